"""The only reader of what people type: `parse(text, shelf) -> Request`, or a BadInput that says how to mend the line.

Words come in any order (see lexer), but for the commands of a round and of the quiz, whose verb comes first.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields

import generator
from bot.commands import suggestions
from bot.commands.cleaning import clean
from bot.commands.defaults import Defaults
from bot.commands.lexer import NAMED, classified, split_line
from bot.commands.naming import read_names
from bot.commands.options import MOST_NAMES, BadNumber, read_count, read_option
from bot.commands.patterns import read_pattern
from bot.commands.queries import AFFIXES, OPTIONS, QUERIES, Complete, Draw, Generate, Query, Why
from bot.commands.quiz_commands import read_quiz, refusal
from bot.commands.request import (
    AskQuiz,
    Informing,
    Request,
    RoundCommand,
    SetDefaults,
    ShowForm,
    ShowHelp,
    ShowPatterns,
    ShowQuizHelp,
    Taken,
    by_verb,
)
from bot.commands.round_commands import read_round_command
from bot.commands.shelf import corpus, kind, name, plain, usual_model
from bot.errors import BadInput
from bot.strings import forms, rounds
from bot.strings import reading as words
from bot.text import harmless

__all__ = ["BadInput", "parse"]

_RESET = "reset"
_INFORMING, _OF_ROUNDS = by_verb(Informing), by_verb(RoundCommand)


def parse(
    text: str,
    shelf: Mapping[str, str] | Iterable[str],
    limit: int = MOST_NAMES,
    usual: Callable[[], Defaults] = Defaults,
) -> Request:
    """Read what follows `/techname`. Raises BadInput.

    `shelf` maps each corpus to the kind of its tokens; a list of names stands for corpora of characters. `limit` is the
    greatest number of names. `usual` gives the channel's defaults, and is called only if the command needs them.

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
        raise BadInput(message, works, harmless(text)) from None


def _works(line: str, shelf: Mapping[str, str], limit: int) -> bool:
    """Whether a suggestion can be read and has a letter: Slack takes no button without a label."""
    try:
        return bool(line.strip() and _read(line, shelf, limit))
    except BadInput:
        return False


def _read(text: str, shelf: Mapping[str, str], limit: int, usual: Callable[[], Defaults] = Defaults) -> Request:
    typed = split_line(clean(text))
    if verb_first := read_round_command(typed) or read_quiz(typed):
        return verb_first
    if Taken.verb in map(plain, typed):
        return Taken(read_names(_without(Taken.verb, typed)))
    found = [classified(word, shelf) for word in typed]
    verbs = {plain(word.text) for word in found if word.kind == "verb"}
    if ShowHelp.verb in verbs:
        return ShowPatterns() if ShowPatterns.verb in verbs else ShowQuizHelp() if AskQuiz.verb in verbs else ShowHelp()
    if [plain(word.text) for word in found] == [SetDefaults.verb, _RESET]:
        return SetDefaults(Defaults())
    suggestions.refuse_unquoted(found, shelf)
    suggestions.refuse_unknown(found, shelf)
    suggestions.refuse_twice(found)
    said = {word.kind: word.text for word in found}
    return _of_verb(plain(said.get("verb", "")) if typed else ShowForm.verb, typed, said, shelf, limit, usual)


def _of_verb(
    verb: str,
    typed: Sequence[str],
    said: dict[str, str],
    shelf: Mapping[str, str],
    limit: int,
    usual: Callable[[], Defaults],
) -> Request:
    """The request of a verb among words in any order; without a verb the words are a query."""
    if verb in _OF_ROUNDS:
        raise BadInput(rounds.verb_first(verb), [suggestions.line([verb, *_without(verb, typed)])])
    if verb == AskQuiz.verb:
        raise refusal(suggestions.line(_without(verb, typed)))
    if verb == SetDefaults.verb:
        return SetDefaults(_defaults(said, shelf, limit))
    if verb == ShowForm.verb:
        return _form(said, shelf, limit, usual())
    return _INFORMING[verb]() if verb in _INFORMING else _query(verb, said, shelf, limit, usual())


def _without(verb: str, typed: Sequence[str]) -> list[str]:
    """The words without the first that is this verb: the others are names, even if they look like verbs."""
    at = [plain(word) for word in typed].index(verb)
    return [*typed[:at], *typed[at + 1 :]]


def _form(said: dict[str, str], shelf: Mapping[str, str], limit: int, usual: Defaults) -> ShowForm:
    """The form, with the query that was typed in its fields."""
    allowed = ("verb", "preview", "pattern", "length", *AFFIXES, *NAMED)
    strange = [word for kind, word in said.items() if kind not in allowed]
    if strange:
        kept = (word for word in said.values() if word not in (ShowForm.verb, strange[0]))
        raise BadInput(forms.not_in_the_form(strange[0]), [suggestions.line([ShowForm.verb, *kept])])
    return ShowForm(_query("", said, shelf, limit, usual))


def _defaults(said: dict[str, str], shelf: Mapping[str, str], limit: int) -> Defaults | None:
    """The defaults that a channel sets; None if it sets none."""
    strange = [word for kind, word in said.items() if kind not in ("verb", "preview", *NAMED)]
    if strange:
        raise BadInput(forms.not_a_setting(strange[0]), [SetDefaults.verb])
    kept = _names(said, shelf)
    kept |= {"count": _usual_count(said, limit)} if "count" in said else {}
    kept |= {"preview": _preview(said)} if "preview" in said else {}
    return Defaults(**kept) if kept else None


def _usual_count(said: dict[str, str], limit: int) -> int:
    """The channel's number of names. A person who types 0 does not mean one name, so 1 is not suggested."""
    try:
        return _number("count", said, limit)
    except BadInput as error:
        none = said["count"].rpartition("=")[2].strip("-0") == ""
        raise BadInput(error.message, [] if none else error.suggestions) from None


def _names(said: dict[str, str], shelf: Mapping[str, str]) -> dict[str, str]:
    """The corpus and the model, if they are said."""
    home = {"corpus": corpus(said["corpus"], shelf)} if "corpus" in said else {}
    return home | ({"model": name(said["model"], generator.MODELS)} if "model" in said else {})


def _preview(said: dict[str, str]) -> bool:
    """Read `preview`, `preview=on` or `preview=off`."""
    asked = said["preview"].lower().lstrip("-").partition("=")[2] or "on"
    if asked not in ("on", "off"):
        mended = (suggestions.line({**said, "preview": f"preview={switch}"}.values()) for switch in ("on", "off"))
        raise BadInput(forms.bad_preview(said["preview"]), mended)
    return asked == "on"


def _query(verb: str, said: dict[str, str], shelf: Mapping[str, str], limit: int, usual: Defaults) -> Query:
    options = {key: _number(key, said, limit) for key in ("count", *OPTIONS) if key in said}
    names = {"corpus": Query.corpus} | usual.names(shelf) | _names(said, shelf)
    of = kind(names["corpus"], shelf)
    options = {"count": min(usual.count, limit)} | options if usual.count else options
    options["preview"] = _preview(said) if "preview" in said else bool(usual.preview)
    options |= _letters(said, options, of)
    _refuse_empty(verb, options)
    sought = any(key in options for key in ("pattern", *AFFIXES))
    asked, options["raw"] = _type(verb, sought, options.get("raw"))
    names.setdefault("model", usual_model(asked.verb, names["corpus"], of))
    if "order" in said and "model" not in said and names["model"] not in generator.DEFAULT_ORDERS:
        names["model"] = "markov"  # the better of the two models that have an order
    known = {field.name for field in fields(asked)}
    query = asked(**names, **{key: value for key, value in options.items() if key in known})
    suggestions.refuse_clash(query, options, said, of)
    return query


def _letters(said: dict[str, str], options: dict[str, object], kind: str) -> dict[str, str]:
    """The pattern, if there is one, once it and the affixes are known to be readable."""
    pattern = {"pattern": _pattern(said["pattern"], kind)} if "pattern" in said else {}
    for key in AFFIXES:
        if key in options:
            _readable(options[key], kind, f"{key}=")
    return pattern


def _refuse_empty(verb: str, options: dict[str, object]) -> None:
    """Raise BadInput if `complete` or `why` comes without letters."""
    if verb == Complete.verb and not any(key in options for key in ("pattern", *AFFIXES)):
        raise BadInput(words.PATTERN_MISSING)
    if verb == Why.verb and "pattern" not in options:
        raise BadInput(words.WHY_WHAT)


def _type(verb: str, sought: bool, raw: bool | None) -> tuple[type[Query], bool]:
    """The type of a query, and whether its draws are given as they come: with letters by `draw`, without by `generate
    raw=on`."""
    if verb == Draw.verb and raw is False:
        raise BadInput(words.RAW_WITHOUT_CHOICE)
    if not verb:
        verb = Complete.verb if sought and raw is None else Generate.verb
    if verb in (Generate.verb, Draw.verb):
        raw = verb == Draw.verb or bool(raw)
        return (Draw, False) if raw and sought else (Generate, raw)
    return QUERIES[verb], bool(raw)


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
        at = len(before) + error.position
        raise BadInput(words.bad_pattern(before + error.text, at, error.reason, kind)) from None


def _pattern(text: str, kind: str) -> str:
    """A pattern as typed. Raises BadInput if it cannot be read or has no hole."""
    pattern = _readable(text, kind)
    if not pattern.holes and pattern.longest is not None:
        raise BadInput(words.no_hole(text, kind))
    return text
