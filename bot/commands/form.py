"""The fields of the form, read one by one by the parser of commands, so that each error stands beside its field."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from bot.commands.cleaning import straighten
from bot.commands.queries import AFFIXES, Complete, Generate, NamesQuery
from bot.commands.quoting import OpenQuote, quote, split
from bot.commands.request import Request
from bot.commands.shelf import usual_model
from bot.errors import BadInput
from bot.strings import forms as words

CORPUS, MODEL, PATTERN, LENGTH, COUNT, SHOW = FIELDS = "corpus", "model", "pattern", "length", "count", "show"
FIRST, STRAIGHT = "first", "straight"  # shown to the asker first, or straight to the channel
USUAL = "usual"  # the model that suits the corpus
Parse = Callable[[str], Request]
_AFFIX = re.compile(rf"-*({'|'.join(AFFIXES)})=", re.IGNORECASE)


class BadFields(ValueError):
    """Fields of the form that cannot be used, each with the parser's message."""

    def __init__(self, messages: Mapping[str, str]):
        super().__init__(", ".join(messages))
        self.messages = dict(messages)


@dataclass(frozen=True)
class Filled:
    """The fields as they were typed or chosen, not checked yet."""

    corpus: str = ""
    model: str = ""
    pattern: str = ""
    length: str = ""
    count: str = ""
    show: str = STRAIGHT

    @classmethod
    def of(cls, query: NamesQuery, kind: str = "characters") -> "Filled":
        """The form that asks the same; `kind` is that of the corpus's tokens.

        >>> Filled.of(Generate(count=7, length=(6, 8), preview=True))
        Filled(corpus='tech', model='usual', pattern='', length='6-8', count='7', show='first')
        """
        usual = usual_model((Complete if query.sought else Generate).verb, query.corpus, kind)
        return cls(
            query.corpus,
            USUAL if query.model == usual else query.model,
            query.sought or "",
            "-".join(map(str, dict.fromkeys(query.length or ()))),
            str(query.count),
            FIRST if query.preview else STRAIGHT,
        )

    def command(self) -> str:
        """The command that asks the same, as somebody would type it."""
        verb = (Complete if self.pattern.strip() else Generate).verb
        said = filter(None, map(self.word, (PATTERN, CORPUS, MODEL, COUNT, LENGTH)))
        return " ".join([verb, *said, "preview=on" if self.show == FIRST else "preview=off"])

    def word(self, field: str) -> str:
        """A field as a word of a command; an empty field gives no word."""
        text = straighten(getattr(self, field))
        if field == MODEL and text == USUAL:
            return ""
        if field == LENGTH:
            return text and f"length={''.join(text.split())}"
        if field == PATTERN:
            return _sought(text)
        return text if not text or _one_word(text) else quote(text)


def _sought(text: str) -> str:
    """The pattern field as words of a command: a pattern, which may have spaces here, and begins=, ends= and contains=.

    >>> _sought("mr. * ends=e")
    '"mr. *" ends=e'
    """
    try:
        typed = split(text)
    except OpenQuote:
        typed = []
    affixes = [quote(word) for word in typed if _AFFIX.match(word)]
    pattern = " ".join(word for word in typed if not _AFFIX.match(word)) if affixes else text
    return " ".join([*([pattern if _one_word(pattern) else quote(pattern)] if pattern else []), *affixes])


def _one_word(text: str) -> bool:
    """Whether a text is one word of a command already: people type patterns in quotes here too."""
    try:
        return len(split(text)) == 1
    except OpenQuote:
        return False


def check(filled: Filled, parse: Parse) -> NamesQuery:
    """The query of a form. Raises BadFields with an error for each wrong field, or for all fields together."""
    wrong = {}
    for field in (CORPUS, MODEL, PATTERN, LENGTH, COUNT):
        try:
            _try(filled, field, parse)
        except BadInput as error:
            wrong[field] = error.message
    if wrong:
        raise BadFields(wrong)
    try:
        return cast(NamesQuery, parse(filled.command()))  # as each field is
    except BadInput as error:
        raise BadFields({PATTERN if filled.pattern.strip() else LENGTH: error.message}) from None


def _try(filled: Filled, field: str, parse: Parse) -> None:
    """Read one field as a command of its own; a pattern also beside its corpus, whose tokens it must fit."""
    word = filled.word(field)
    lines = [f"complete {word}", f"complete {word} {filled.word(CORPUS)}"] if field == PATTERN else [word]
    for line in lines if word else ():
        if not isinstance(parse(line), NamesQuery):  # a word such as help or taken is a command of its own
            raise BadInput(words.not_in_a_field(getattr(filled, field)))
