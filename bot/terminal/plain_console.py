"""The console in plain text: people talk to the use cases without Slack in between."""

import time

from bot.answers.answer import answer
from bot.answers.press import press
from bot.answers.types import Answer, Audience, Press, Problem
from bot.commands.click import Click
from bot.commands.who import Who
from bot.context import Context
from bot.errors import BadInput
from bot.names.library import Library
from bot.store import Store, Unavailable
from bot.strings import terminal as words
from bot.strings.operating import NOT_NOW
from bot.terminal.choices import Choice, choices
from bot.terminal.conversation import Aside, Conversation, command_in
from bot.terminal.plain import render
from bot.terminal.standin import TEAM

CHANNEL = "terminal"


class PlainConversation(Conversation):
    """A conversation in plain text; a number is a choice of the last answer that has any."""

    def __init__(self, library: Library, store: Store, interactive: bool):
        super().__init__(interactive)
        self.library, self.store = library, store
        self.last: Answer | None = None

    def answer_line(self, line: str, person: str) -> str:
        context = Context(self.library, self.store, Who(TEAM, CHANNEL, person, person), time.time())
        try:
            if line.isdecimal() and self.last:
                return self._choose(context, int(line))
            return self._shown(context, answer(context, command_in(line)))
        except BadInput as error:
            return self._shown(context, Problem(error))
        except Unavailable:
            raise Aside(NOT_NOW) from None

    def _choose(self, context: Context, number: int) -> str:
        there = choices(self.last)
        if not 1 <= number <= len(there):
            raise Aside(words.no_button(number, len(there)))
        chosen = there[number - 1]
        if chosen.act is None:
            return self._shown(context, answer(context, chosen.value, pressed=True))
        return self._press(context, chosen)

    def _press(self, context: Context, chosen: Choice) -> str:
        click = Click(context.who.person, CHANNEL, f"{context.now:.6f}")
        alone = self.last.audience is Audience.ASKER
        effect = press(context, Press(chosen.act, chosen.value, click, alone))
        texts = [self._shown(context, effect.current())] if effect.current else []
        texts += [self._shown(context, effect.answer)] if effect.answer else []
        texts += [words.GONE] if effect.removes else []
        effect.then()
        return "\n\n".join(texts)

    def _shown(self, context: Context, shown: Answer) -> str:
        self.last = shown if choices(shown) else self.last
        seen_by = context.who.person if shown.audience is Audience.ASKER else None
        return f"{words.BOT} {words.seen_by(seen_by)}\n{render(shown)}"
