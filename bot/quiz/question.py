"""A question of the quiz, one item in the store: the name, the answers, and the time at which it ended."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import NamedTuple

import generator
from bot.context import Context
from bot.errors import BadInput
from bot.quiz import panel
from bot.quiz.drawing import Drawn
from bot.store import Change, put
from bot.store.retry import retry_on_conflict
from bot.store.ttl import QUESTION, SCORE
from bot.strings import quiz as words

REMEMBERED = 100  # names of a channel's last questions, which are not asked again
Draw = Callable[[list[str]], Drawn]  # takes the keys of those names


class Guess(NamedTuple):
    """A person's answer and the time of the click, in unix seconds as text."""

    kind: str
    at: str


@dataclass(frozen=True)
class Question:
    """A question about a name; times are unix seconds.

    `kind` is the truth, `corpus` the list that the name or its style is from. `guesses` are by person. `pressed`: the
    asker pressed a button. `next` is the id of the question that followed by this one's button.
    """

    channel: str
    id: str
    name: str
    spelling: str
    kind: str
    corpus: str
    asker: str
    asked: float
    pressed: bool = False
    guesses: Mapping[str, Guess] = field(default_factory=dict)
    ended: float | None = None
    next: str | None = None
    version: int = 0


def fetch(context: Context, id: str) -> Question:
    """The question of that id in this channel. Raises BadInput if there is none, or it has expired."""
    channel = context.who.channel
    item = context.store.get(context.who.team, _key(channel, id))
    if item is None:
        raise BadInput(words.OLD_BUTTON)
    guesses = {person: Guess(*guess) for person, guess in item.value["guesses"].items()}
    return Question(channel, id, **item.value | {"guesses": guesses}, version=item.version)


def ask(context: Context, draw: Draw, after: str | None = None, pressed: bool = False) -> Question:
    """Ask this channel about a name that is new to it; `after` is the id of the question whose button was pressed.

    Raises BadInput if that question is still open, or has been followed already.
    """
    return retry_on_conflict(lambda: _ask(context, draw, after, pressed))


def _ask(context: Context, draw: Draw, after: str | None, pressed: bool) -> Question:
    store, who = context.store, context.who
    last = _to_follow(context, after) if after else None
    channel = store.get(who.team, _channel(who.channel))
    before = channel.value["asked"] if channel else []
    new = Question(who.channel, secrets.token_hex(8), *draw(before), who.person, context.now, pressed)
    remembered = {"asked": [*before, generator.key(new.name)][-REMEMBERED:]}
    store.write(
        who.team,
        written(new),
        put(_channel(who.channel), remembered, channel.version if channel else 0, context.now + SCORE),
        panel.shown(store, who.team, new.asked, new.corpus, new.kind),
        *([written(replace(last, next=new.id))] if last else []),
    )
    return new


def _to_follow(context: Context, id: str) -> Question:
    last = fetch(context, id)
    if not last.ended:
        raise BadInput(words.STILL_OPEN)
    if last.next:
        raise BadInput(words.ASKED_ALREADY)
    return last


def written(question: Question) -> Change:
    """The change that writes a question, on condition that its version is current."""
    value = asdict(question) | {"guesses": {person: list(guess) for person, guess in question.guesses.items()}}
    for derived in ("channel", "id", "version"):
        del value[derived]
    return put(_key(question.channel, question.id), value, question.version, question.asked + QUESTION)


def _key(channel: str, id: str) -> str:
    return f"question#{channel}#{id}"


def _channel(channel: str) -> str:
    """The key of the item with the names of a channel's last questions."""
    return f"quiz#{channel}"
