"""A question of the quiz, one item in the store: the name, who said what of it, and whether the answer is out."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import NamedTuple

import generator
from bot.commands.who import Who
from bot.errors import BadInput
from bot.quiz import panel
from bot.quiz.drawing import Drawn
from bot.store import Change, Store, put
from bot.store.retry import again
from bot.store.ttl import QUESTION, SCORE
from bot.strings import quiz as words

REMEMBERED = 100  # names that do not come again in a channel
Draw = Callable[[list[str]], Drawn]  # from the keys of the names that were asked about before


class Guess(NamedTuple):
    """What a person says that a name is, and when they clicked, in unix seconds as text."""

    kind: str
    at: str


@dataclass(frozen=True)
class Question:
    """A name that a channel was asked about; times are unix seconds.

    `kind` is what it is, `corpus` where it is from. `guesses` are by person. `pressed` says that the asker pressed a
    button. `next` is the question that was asked after this one by its button.
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


def fetch(store: Store, who: Who, id: str) -> Question:
    """The question of that id in this channel. Raises BadInput where there is none, or none any more."""
    item = store.get(who.team, _key(who.channel, id))
    if item is None:
        raise BadInput(words.OLD_BUTTON)
    guesses = {person: Guess(*guess) for person, guess in item.value["guesses"].items()}
    return Question(who.channel, id, **item.value | {"guesses": guesses}, version=item.version)


def ask(store: Store, who: Who, draw: Draw, now: float, after: str | None = None, pressed: bool = False) -> Question:
    """Ask this channel about a name that it was not asked about lately, perhaps `after` the question of that id.

    Raises BadInput where that one was followed by another already, or its answer is not out.
    """
    return again(lambda: _ask(store, who, draw, now, after, pressed))


def _ask(store: Store, who: Who, draw: Draw, now: float, after: str | None, pressed: bool) -> Question:
    last = _to_follow(store, who, after) if after else None
    channel = store.get(who.team, _channel(who))
    before = channel.value["asked"] if channel else []
    new = Question(who.channel, secrets.token_hex(8), *draw(before), asker=who.person, asked=now, pressed=pressed)
    remembered = {"asked": [*before, generator.key(new.name)][-REMEMBERED:]}
    store.write(
        who.team,
        written(new),
        put(_channel(who), remembered, channel.version if channel else 0, now + SCORE),
        panel.shown(store, who.team, new.asked, new.corpus, new.kind),
        *([written(replace(last, next=new.id))] if last else []),
    )
    return new


def _to_follow(store: Store, who: Who, id: str) -> Question:
    last = fetch(store, who, id)
    if not last.ended:
        raise BadInput(words.STILL_OPEN)
    if last.next:
        raise BadInput(words.ASKED_ALREADY)
    return last


def written(question: Question) -> Change:
    """The change that writes a question, if it is still as it was read."""
    value = asdict(question) | {"guesses": {person: list(guess) for person, guess in question.guesses.items()}}
    for derived in ("channel", "id", "version"):
        del value[derived]
    return put(_key(question.channel, question.id), value, question.version, question.asked + QUESTION)


def _key(channel: str, id: str) -> str:
    return f"question#{channel}#{id}"


def _channel(who: Who) -> str:
    """The item that remembers what a channel was asked about lately."""
    return f"quiz#{who.channel}"
