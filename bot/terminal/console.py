"""The console: a conversation with the bot in a terminal, or line by line from a pipe. Not a second bot.

Each line goes, signed, through the Lambda handler (bot/terminal/standin.py); the reply is shown as it would look in a
channel. Replies alone go to stdout, everything else to stderr.
"""

import re
import secrets
import shutil
import sys
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path

from bot.names.library import Library
from bot.names.training_queue import library_in_background
from bot.settings import Settings
from bot.slack.blocks.elements import buttons
from bot.slack.manifest import LIKE_THESE, OPEN_FORM
from bot.store.opening import open_store
from bot.strings import terminal as words
from bot.terminal.conversation import Aside, Conversation, command_in
from bot.terminal.open_form import BadField, OpenForm
from bot.terminal.plain_console import PlainConversation
from bot.terminal.shown import show
from bot.terminal.standin import CHANNEL, Answers, Refused, StandIn
from bot.terminal.text import Screen, Span

PROMPT = "> "
LEAVE = ("exit", "quit")
KEPT = 1_000  # lines of history
_FIELD = re.compile(r"(?P<number>[0-9]{1,2})(?:\s+(?P<text>.*))?", re.DOTALL)
_SHORTCUT, _LIKE = "shortcut", re.compile(r"like(?:\s+(?P<text>.+))?", re.IGNORECASE | re.DOTALL)


Page = Callable[[Settings, Library], AbstractContextManager[str | None]]  # gives the address, None if there is none


class SlackConversation(Conversation):
    """A conversation through Slack's payloads; a number presses a button of the last message that has any."""

    def __init__(self, standin: StandIn, interactive: bool, colour: bool):
        super().__init__(interactive)
        self.standin = standin
        self.colour = colour
        self.message: dict = {}
        self.last: dict = {}
        self.form: OpenForm | None = None

    def answer_line(self, line: str, person: str) -> str:
        if self.form and (line.lower() in ("ok", "cancel") or _FIELD.fullmatch(line)):
            return self._fill_in(line, person)
        if line.lower() == _SHORTCUT:
            self.standin.shortcut(OPEN_FORM, person)
            return self._opened(person)
        if like := _LIKE.fullmatch(line):
            return self._like(like["text"], person)
        if re.fullmatch("[0-9]{1,3}", line):
            return self._press(int(line), person)
        return self._ask(command_in(line), person)

    def _ask(self, text: str, person: str) -> str:
        message = self.standin.command(text, person)
        return self._opened(person) if message is None else self._shown(message, person, text)

    def _like(self, text: str | None, person: str) -> str:
        """The message shortcut, on a text or on the last message."""
        if not text and not self.last:
            raise Aside(words.NO_MESSAGE)
        self.standin.shortcut(LIKE_THESE, person, {"type": "message", "text": text} if text else self.last)
        return self._opened(person)

    def _opened(self, person: str) -> str:
        """The form that has just been opened."""
        view = self.standin.view()
        if view is None:
            return self._all_shown(self.standin.answers.take(), person, words.NO_REPLY)
        self.form = OpenForm(view, CHANNEL)
        return self._form(person)

    def _fill_in(self, line: str, person: str) -> str:
        """One line at the open form: a field and its text, `ok` or `cancel`."""
        if line.lower() == "cancel":
            self.form = None
            raise Aside(words.CLOSED)
        if line.lower() == "ok":
            return self._submit(person)
        found = _FIELD.fullmatch(line)
        try:
            action = self.form.fill(int(found["number"]), (found["text"] or "").strip())
        except BadField as error:
            raise Aside(str(error)) from None
        if action:
            self.standin.change(self.form.payload(), action, person)
            self.form.show_view(self.standin.view() or self.form.view)
        return self._form(person)

    def _submit(self, person: str) -> str:
        answer, messages = self.standin.submit(self.form.payload(), person)
        if answer.get("response_action") == "errors":
            self.form.errors = answer["errors"]
            return self._form(person)
        self.form = None
        return self._all_shown(messages, person, words.SENT)

    def _all_shown(self, messages: list[dict], person: str, silence: str) -> str:
        if not messages:
            raise Aside(silence)
        return "\n\n".join([self._shown(message, person) for message in messages])

    def _form(self, person: str) -> str:
        screen = self._screen()
        head = screen.lines([Span(words.BOT, "bold"), Span(f" {words.form_of(person)}", "dim")])
        return "\n".join([*head, self.form.shown(screen)])

    def _press(self, number: int, person: str) -> str:
        choices = buttons(self.message)
        if not 1 <= number <= len(choices):
            raise Aside(words.no_button(number, len(choices)))
        messages = self.standin.press(choices[number - 1], self.message, person)
        shown = [self._shown(message, person) for message in messages if not message.get("delete_original")]
        if len(shown) < len(messages) and not shown:
            self.message = {}
            raise Aside(words.GONE)
        if not shown:
            raise Aside(words.NO_REPLY)
        return "\n\n".join(shown)

    def _shown(self, message: dict, person: str, typed: str | None = None) -> str:
        self.message = message if buttons(message) else self.message
        self.last = message
        screen = self._screen()
        return "\n".join([*_head(screen, message, person, typed), show(message, screen, self.standin.people)])

    def _screen(self) -> Screen:
        return Screen(shutil.get_terminal_size().columns, self.colour) if self.interactive else Screen()


def _head(screen: Screen, message: dict, person: str, typed: str | None) -> Iterator[str]:
    """Who says it and who sees it; a command answered for everybody is seen by everybody too."""
    public = message.get("response_type") == "in_channel"
    if public and typed is not None:
        yield from screen.lines([Span(words.asked(person, typed), "dim")])
    yield from screen.lines([Span(words.BOT, "bold"), Span(f" {words.seen_by(None if public else person)}", "dim")])


def console(settings: Settings, text: bool = False, page: Page | None = None) -> int:
    """Talk as in Slack, or in plain `text`, until `exit`, `quit` or the end of the input; the exit status 0.

    `page` serves the web page meanwhile, if a person sits at the terminal, and gives its address.
    """
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    if sys.stdin.isatty():
        print(words.greeting(), file=sys.stdout if interactive else sys.stderr)
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(errors="replace")  # a byte that is no text must not end the conversation
    settings = replace(settings, on_lambda=False)
    library = (
        library_in_background if interactive else Library
    )  # a pipe has time, and its replies are to be the same each time
    history = _history(settings.history.expanduser()) if interactive else nullcontext()
    with ExitStack() as held:
        library = held.enter_context(closing(library(settings)))
        if page and interactive and (address := held.enter_context(page(settings, library))):
            print(words.page_at(address))
        if text:
            conversation = PlainConversation(library, open_store(settings), interactive)
        else:
            standin = held.enter_context(closing(_standin(settings, library)))
            conversation = SlackConversation(standin, interactive, settings.colour)
        held.enter_context(history)
        _talk(conversation, _typed() if interactive else sys.stdin)
    return 0


def _standin(settings: Settings, library: Library) -> StandIn:
    """The real handler with secrets of its own: nothing said here can reach Slack."""
    from bot.slack.lambda_handler import make_handler  # slow to import, and the greeting stands already

    # Buttons are answered on 127.0.0.1, of which a proxy knows nothing.
    urllib.request.install_opener(urllib.request.build_opener(urllib.request.ProxyHandler({})))
    secret = secrets.token_hex(16)
    answers = Answers()
    alone = replace(
        settings, signing_secret=secret, bot_token="xoxb-console", app_token=None, slack_api_url=answers.api_url
    )
    return StandIn(make_handler(alone, library), secret, answers)


def _talk(conversation: Conversation, lines: Iterable[str]) -> None:
    for line in lines:
        if line.strip().lower() in LEAVE:
            return
        if line.strip():
            _answer(conversation, line)


def _answer(conversation: Conversation, line: str) -> None:
    try:
        print(conversation.reply(line), end="\n\n", flush=True)
    except (Aside, Refused) as aside:
        print(aside, end="\n\n", file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        if not conversation.interactive:
            raise
        print()


def _typed() -> Iterator[str]:
    """Lines from the keyboard: Ctrl-C gives up the line, Ctrl-D ends."""
    while True:
        try:
            yield input(PROMPT)
        except KeyboardInterrupt:
            print()
        except EOFError:
            print()
            return


@contextmanager
def _history(file: Path) -> Iterator[None]:
    """Line editing and a history that outlives the conversation, where this Python and this disk allow them."""
    try:
        import readline  # not on every platform, and it writes to the terminal when imported
    except ImportError:
        yield
        return
    with suppress(OSError):
        readline.read_history_file(file)
    try:
        yield
    finally:
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
            readline.set_history_length(KEPT)
            readline.write_history_file(file)
