"""The only reader of what people type: `parse(text, shelf) -> Request`, or a BadInput that says how to mend it.

Words come in any order and each is known by what it looks like: a verb, a corpus, a model, a number of names,
`key=value`, or a pattern, which has a hole.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import generator
from bot.commands import suggestions
from bot.commands.cleaning import clean
from bot.commands.defaults import Defaults
from bot.commands.naming import read_names
from bot.commands.options import COUNT, MOST_NAMES, OPTIONS, BadNumber, option_name, read_count, read_option
from bot.commands.patterns import read_pattern
from bot.commands.quiz_commands import read_quiz, refusal
from bot.commands.quoting import OpenQuote, split
from bot.commands.request import (
    AFFIXES,
    FORM,
    PATTERNS,
    PRIVATE,
    QUIZ,
    QUIZ_HELP,
    SETTINGS,
    TAKEN,
    TURNS,
    VERBS,
    WHY,
    Request,
)
from bot.commands.round_commands import read_turn
from bot.commands.shelf import corpus, is_corpus, kind, name, plain, usual_model
from bot.errors import BadInput
from bot.strings import forms, rounds
from bot.strings import reading as words
from bot.text import escape, harmless, unescape

__all__ = ["BadInput", "parse"]

_HOLE = re.compile(r"\*|\.\.\.|\[")
_OPTION = re.compile(r"-*([a-z][a-z_-]*)=(.*)", re.IGNORECASE | re.DOTALL)
_NAMED = ("corpus", "model", "count")  # corpus=tech says what tech alone says
_RESET = "reset"
_NEEDLESS = {
    "-n",
    "--count",
    "--corpus",
    "--model",
    "--pattern",
}  # habits of the command line: the next word says it all


class Word(NamedTuple):
    """One word as typed and what it was taken for."""

    kind: str  # "verb" | "corpus" | "model" | "count" | "pattern" | "preview" | "unknown" | one of OPTIONS
    text: str


def parse(
    text: str,
    shelf: Mapping[str, str] | Iterable[str],
    limit: int = MOST_NAMES,
    usual: Callable[[], Defaults] = Defaults,
) -> Request:
    """Read what follows `/techname`; `shelf` are the corpora there are, `limit` the most names at once.

    With the name of each corpus goes the kind of its tokens; where there are names alone, all are of characters.
    `usual` gives what is meant where the text says nothing, and is asked only where that matters. Raises BadInput.

    >>> parse("pokemon mo*** 8", ["pokemon", "tech"]).command()
    'complete mo*** pokemon mix 8'
    >>> parse('"can you * ..." lyrics', {"lyrics": "words"}).command()
    'complete "can you * ..." lyrics mix 5'
    """
    shelf = dict(shelf) if isinstance(shelf, Mapping) else dict.fromkeys(shelf, "characters")
    try:
        return _read(text, shelf, limit, usual)
    except BadInput as error:
        works = [mend for mend in error.suggestions if _works(mend, shelf, limit)]
        message = words.with_suggestions(error.message, works)
        raise BadInput(message, map(escape, works), harmless(unescape(text))) from None


def _works(line: str, shelf: Mapping[str, str], limit: int) -> bool:
    """Only a command that says something and can be read is worth suggesting; Slack takes no button without a label."""
    try:
        return bool(line.strip() and _read(escape(line), shelf, limit))
    except BadInput:
        return False


def _read(text: str, shelf: Mapping[str, str], limit: int, usual: Callable[[], Defaults] = Defaults) -> Request:
    typed = _words(clean(text))
    turn = read_turn(typed) or read_quiz(typed)
    if turn:
        return turn
    if TAKEN in map(plain, typed):
        return Request(TAKEN, names=read_names(_without(TAKEN, typed)))
    found = [_word(word, shelf) for word in typed]
    verbs = {plain(word.text) for word in found if word.kind == "verb"}
    if "help" in verbs:
        return Request(PATTERNS if PATTERNS in verbs else QUIZ_HELP if QUIZ in verbs else "help")
    if [plain(word.text) for word in found] == [SETTINGS, _RESET]:
        return Request(SETTINGS, settings=Defaults())
    suggestions.refuse_unquoted(found, shelf)
    suggestions.refuse_unknown(found, shelf)
    suggestions.refuse_twice(found)
    said = {word.kind: word.text for word in found}
    verb = plain(said.get("verb", "")) if typed else FORM
    if verb in TURNS:
        raise BadInput(rounds.verb_first(verb), [suggestions.line([verb, *_without(verb, typed)])])
    if verb == QUIZ:
        raise refusal(suggestions.line(_without(verb, typed)))
    if verb == SETTINGS:
        return Request(verb, settings=_defaults(said, shelf, limit))
    if verb == FORM:
        return _form(said, shelf, limit, usual())
    return Request(verb) if verb in PRIVATE else _query(verb, said, shelf, limit, usual())


def _without(verb: str, typed: Sequence[str]) -> list[str]:
    """The words but the first that is this verb: what else is typed are names, whatever they look like."""
    at = [plain(word) for word in typed].index(verb)
    return [*typed[:at], *typed[at + 1 :]]


def _form(said: dict[str, str], shelf: Mapping[str, str], limit: int, usual: Defaults) -> Request:
    """The form, with what was said in its fields."""
    strange = [
        word for kind, word in said.items() if kind not in ("verb", "preview", "pattern", "length", *AFFIXES, *_NAMED)
    ]
    if strange:
        raise BadInput(
            forms.not_in_the_form(strange[0]),
            [suggestions.line([FORM, *(word for word in said.values() if word not in (FORM, strange[0]))])],
        )
    return replace(_query("", said, shelf, limit, usual), verb=FORM)


def _defaults(said: dict[str, str], shelf: Mapping[str, str], limit: int) -> Defaults | None:
    """What a channel is to take for granted; None where nothing is said of it."""
    strange = [word for kind, word in said.items() if kind not in ("verb", "preview", *_NAMED)]
    if strange:
        raise BadInput(forms.not_a_setting(strange[0]), [SETTINGS])
    kept = _names(said, shelf)
    kept |= {"count": _number("count", said, limit)} if "count" in said else {}
    kept |= {"preview": _preview(said)} if "preview" in said else {}
    return Defaults(**kept) if kept else None


def _names(said: dict[str, str], shelf: Mapping[str, str]) -> dict[str, str]:
    """The corpus and the model, as far as they are said."""
    home = {"corpus": corpus(said["corpus"], shelf)} if "corpus" in said else {}
    return home | ({"model": name(said["model"], generator.MODELS)} if "model" in said else {})


def _preview(said: dict[str, str]) -> bool:
    """`preview` and `preview=on` alike."""
    asked = said["preview"].lower().lstrip("-").partition("=")[2] or "on"
    if asked not in ("on", "off"):
        mended = (suggestions.line({**said, "preview": f"preview={switch}"}.values()) for switch in ("on", "off"))
        raise BadInput(forms.bad_preview(said["preview"]), mended)
    return asked == "on"


def _query(verb: str, said: dict[str, str], shelf: Mapping[str, str], limit: int, usual: Defaults) -> Request:
    numbers = {key: _number(key, said, limit) for key in ("count", *OPTIONS) if key in said}
    names = {"corpus": Request.corpus} | usual.names(shelf) | _names(said, shelf)
    of = kind(names["corpus"], shelf)
    numbers = {"count": min(usual.count, limit)} | numbers if usual.count else numbers
    preview = _preview(said) if "preview" in said else bool(usual.preview)
    pattern = _pattern(said["pattern"], of) if "pattern" in said else None
    affixes = {key: numbers[key] for key in AFFIXES if key in numbers}
    for key, affix in affixes.items():
        _readable(affix, of, f"{key}=")
    if verb in ("complete", WHY) and not pattern and not (verb == "complete" and affixes):
        raise BadInput(words.PATTERN_MISSING if verb == "complete" else words.WHY_WHAT)
    verb, raw = _verb(verb, bool(pattern or affixes), numbers.pop("raw", None))
    names.setdefault("model", usual_model(verb, names["corpus"], of))
    if "order" in said and "model" not in said and names["model"] not in generator.DEFAULT_ORDERS:
        names["model"] = "markov"  # the better of the two that have an order
    request = Request(verb, pattern=pattern, preview=preview, raw=raw, **names, **numbers)
    suggestions.refuse_clash(request, said, of)
    return request


def _verb(verb: str, sought: bool, raw: bool | None) -> tuple[str, bool]:
    """The verb that is meant, and whether its draws are given as they come: `draw` draws what fits, `generate raw=on`
    anything."""
    if verb == "draw" and raw is False:
        raise BadInput(words.RAW_WITHOUT_CHOICE)
    if not verb:
        verb = "complete" if sought and raw is None else "generate"
    if verb in ("generate", "draw"):
        raw = verb == "draw" or bool(raw)
        return ("draw", False) if raw and sought else ("generate", raw)
    return verb, bool(raw)


def _number(kind: str, said: dict[str, str], limit: int):
    try:
        return read_count(said[kind], limit) if kind == "count" else read_option(said[kind])
    except BadNumber as error:
        mended = suggestions.line(error.nearest if key == kind else word for key, word in said.items())
        raise BadInput(str(error), [mended]) from None


def _readable(text: str, kind: str, before: str = "") -> generator.Pattern:
    """The pattern in a text; `before` is what was typed before it in the same word."""
    try:
        return read_pattern(text, kind)
    except generator.PatternError as error:
        raise BadInput(
            words.bad_pattern(before + error.text, len(before) + error.position, error.reason, kind)
        ) from None


def _pattern(text: str, kind: str) -> str:
    """A pattern as it stands, once it is known to be one over tokens of that kind, and to have a hole."""
    pattern = _readable(text, kind)
    if not pattern.holes and pattern.longest is not None:
        raise BadInput(words.no_hole(text, kind))
    return text


def _words(line: str) -> list[str]:
    """Split a line, with `--seed 7` read as `seed=7`."""
    try:
        typed = iter(split(line))
    except OpenQuote as error:
        raise BadInput(words.open_quote(str(error))) from None
    read = []
    for word in typed:
        key = option_name(word.lstrip("-"))
        if word.startswith("-") and key in OPTIONS:
            read.append(f"{key}={next(typed, '')}")
        elif word.lower() not in _NEEDLESS:
            read.append(word)
    return read


def _word(word: str, shelf: Collection[str]) -> Word:
    """What a word is; one that names its kind, as corpus=tech does, stands for its value."""
    option = _OPTION.fullmatch(word)
    key = option[1].lower() if option else ""
    return (
        Word(key, option[2])
        if key in (*_NAMED, "pattern") and _kind(option[2], shelf) == key
        else Word(_kind(word, shelf), word)
    )


def _kind(word: str, shelf: Collection[str]) -> str:
    option = _OPTION.fullmatch(word)
    if plain(word).lstrip("-") == "preview" or (option and option[1].lower() == "preview"):
        return "preview"
    if option and option_name(option[1]) in OPTIONS:
        return option_name(option[1])
    if COUNT.fullmatch(word):
        return "count"
    if is_corpus(word, shelf):  # before patterns: the * in pokemon*2+ikea is none of theirs
        return "corpus"
    if _HOLE.search(word):
        return "pattern"
    return next(
        (kind for kind, names in {"verb": VERBS, "model": generator.MODELS}.items() if name(word, names)), "unknown"
    )
