"""The console: a conversation with the bot in a terminal, or line by line from a pipe. Not a second bot.

Each line goes, signed, through the Lambda handler (bot/standin.py); the reply is shown as it would look in a channel.
Replies alone go to stdout, everything else to stderr.
"""

import re
import secrets
import shutil
import sys
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path

from bot.settings import Settings
from bot.shown import buttons, show
from bot.standin import YOU, Refused, StandIn
from bot.terminal import Screen, Span
from bot.words import terminal as words

PROMPT = "> "
LEAVE = ("exit", "quit")
KEPT = 1_000  # lines of history
_AS = re.compile(r"as (?P<person>\w{1,20})(?::(?P<line>.*))?", re.IGNORECASE | re.DOTALL)
_COMMAND = re.compile(r"/?techname(?:\s+(?P<text>.*))?", re.IGNORECASE | re.DOTALL)


class Aside(Exception):
    """A sentence of the console's own where there is no reply of the bot's."""


class Conversation:
    """People's lines and the replies; it knows the last message with buttons, so that a number can press one."""

    def __init__(self, standin: StandIn, interactive: bool, colour: bool):
        self.standin = standin
        self.interactive = interactive
        self.colour = colour
        self.message: dict = {}
        self.person = YOU

    def reply(self, line: str) -> str:
        """What is shown for one line; `as Ada: …` is a line of Ada's, `as Ada` alone makes the lines from then on hers. Raises Aside."""
        said = _AS.fullmatch(line.strip())
        if said and not (said["line"] or "").strip():
            self.person = said["person"]
            raise Aside(words.now_as(self.person))
        return self._reply(*((said["line"].strip(), said["person"]) if said else (line.strip(), self.person)))

    def _reply(self, line: str, person: str) -> str:
        if re.fullmatch("[0-9]{1,3}", line):
            return self._press(int(line), person)
        command = _COMMAND.fullmatch(line)
        if line.startswith("/") and not command:
            raise Aside(words.other_command(line.split()[0]))
        return self._ask((command["text"] or "" if command else line).strip(), person)

    def _ask(self, text: str, person: str) -> str:
        message = self.standin.command(text, person)
        if message is None:
            raise Aside(words.NO_REPLY)
        return self._shown(message, person, text)

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
        screen = Screen(shutil.get_terminal_size().columns, self.colour) if self.interactive else Screen()
        return "\n".join([*_head(screen, message, person, typed), show(message, screen, self.standin.people)])


def _head(screen: Screen, message: dict, person: str, typed: str | None) -> Iterator[str]:
    """Who says it and who sees it; a command answered for everybody is seen by everybody too."""
    public = message.get("response_type") == "in_channel"
    if public and typed is not None:
        yield from screen.lines([Span(words.asked(person, typed), "dim")])
    yield from screen.lines([Span(words.BOT, "bold"), Span(f" {words.seen_by(None if public else person)}", "dim")])


def console(settings: Settings) -> int:
    """Talk until `exit`, `quit` or the end of the input; the exit status, which is 0."""
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    if sys.stdin.isatty():
        print(words.greeting(), file=sys.stdout if interactive else sys.stderr)
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(errors="replace")  # a byte that is no text must not end the conversation
    standin = _standin(settings)
    try:
        with _history(settings.history.expanduser()) if interactive else nullcontext():
            _talk(Conversation(standin, interactive, settings.colour), _typed() if interactive else sys.stdin)
    finally:
        standin.close()
    return 0


def _standin(settings: Settings) -> StandIn:
    """The real handler with secrets of its own: nothing said here can reach Slack."""
    from bot.handler import make_handler  # slow to import, and the greeting stands already

    # Buttons are answered on 127.0.0.1, of which a proxy knows nothing.
    urllib.request.install_opener(urllib.request.build_opener(urllib.request.ProxyHandler({})))
    secret = secrets.token_hex(16)
    alone = replace(settings, signing_secret=secret, bot_token=None, app_token=None, on_lambda=False)
    return StandIn(make_handler(alone), secret)


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
