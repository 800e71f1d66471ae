"""Parameters of a web request become the queries of `bot.commands`: the one module that knows both."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TypeVar

import generator
from bot import log
from bot.commands.options import BadNumber, read_option
from bot.commands.patterns import read_pattern
from bot.commands.queries import AFFIXES, Complete, Draw, Generate, Query, Why
from bot.commands.shelf import corpus as corpus_name
from bot.commands.shelf import ingredients, is_corpus, kind, name
from bot.commands.shelf import usual_model as _usual_model
from bot.errors import BadInput, NothingFits
from bot.names.library import Library
from bot.strings.phrasing import holes
from bot.web.costs import bounded
from bot.web.limits import LONGEST, MOST_CHOSEN, MOST_PARTS, MOST_QUARTERS
from bot.web.parameters import CompleteParameters, DrawParameters, NamesParameters, Parameters, WhyParameters
from bot.web.problems import Problem
from corpora import notes

Q = TypeVar("Q", bound=Query)


def generate(model: str, corpus: str, given: NamesParameters, library: Library) -> Generate | Draw:
    """The query for chosen names; with `raw`, names as they are drawn."""
    sought = any((given.begins, given.ends, given.contains))
    if given.raw and sought:
        return _query(Draw, model, corpus, given, library, seed=given.seed)
    return _query(Generate, model, corpus, given, library, seed=given.seed, raw=given.raw)


def complete(model: str, corpus: str, given: CompleteParameters, library: Library) -> Complete:
    """The query for the likeliest names that fit a pattern."""
    return _query(Complete, model, corpus, given, library, skip=given.skip)


def draw(model: str, corpus: str, given: DrawParameters, library: Library) -> Draw:
    """The query for names drawn from those that fit a pattern."""
    return _query(Draw, model, corpus, given, library, seed=given.seed)


def why(model: str, corpus: str, given: WhyParameters, library: Library) -> Why:
    """The query for the posterior at each hole of a pattern."""
    return _query(Why, model, corpus, given, library)


def home(model: str, corpus: str, library: Library) -> tuple[str, str]:
    """The names of a corpus, or a blend, and a model as the shelf has them. Raises Problem 404, or 422 for an
    impossible blend."""
    shelf = library.kinds()
    if not is_corpus(corpus, shelf):
        raise _unknown("corpus", corpus, list(shelf))
    found = name(model, generator.MODELS)
    if found is None:
        raise _unknown("model", model, list(generator.MODELS))
    try:
        parts = ingredients(corpus)
        named = corpus_name(corpus, shelf)
    except BadInput as error:
        raise refused(error, "corpus", corpus) from None
    if len(parts) > MOST_PARTS:
        allowed = f"at most {MOST_PARTS} corpora with + between them"
        raise Problem(422, "bad-parameter", f"That blends {len(parts)} corpora.", "corpus", corpus, allowed)
    return named, found


def usual_model(verb: str, corpus: str, shelf: Mapping[str, str], pattern: str = "") -> str:
    """The model of a question that names none, as in Slack; open patterns of notes are for a chain."""
    of = kind(corpus, shelf)
    return "chain" if of == "notes" and "..." in pattern else _usual_model(verb, corpus, of)


def _query(verb: type[Q], model: str, corpus: str, given: Parameters, library: Library, **more: object) -> Q:
    named, found = home(model, corpus, library)
    log.note(command=verb.verb, corpus=named, model=found)
    of = kind(named, library.kinds())
    pattern = getattr(given, "q", None)
    if pattern is not None:
        _check("q", pattern, of)
        _refuse_filled(pattern, of)
    affixes = {key: value for key in AFFIXES if (value := getattr(given, key)) is not None}
    for key, value in affixes.items():
        _check(key, value, of)
    options = {"length": _length(given.length), "wild": round(given.wild, 2), **affixes, **more}
    usual = "n" not in given.model_fields_set and verb is Generate
    count = min(given.n, MOST_CHOSEN[of]) if usual else given.n
    return bounded(verb(named, found, count, pattern, **options), of, library.lengths(named)[1])


def _check(parameter: str, text: str, of: str) -> None:
    """Raise Problem 422 for a text that is no pattern over tokens of that kind."""
    try:
        read_pattern(text, of)
    except generator.PatternError as error:
        detail = f"The pattern cannot be read at character {error.position + 1}: {error.reason}."
        raise Problem(422, "bad-parameter", detail, parameter, text, holes(of)) from None


def _refuse_filled(text: str, of: str) -> None:
    pattern = read_pattern(text, of)
    if not pattern.holes and pattern.longest is not None:
        raise Problem(422, "bad-parameter", "The pattern has no hole to fill.", "q", text, holes(of))


def _length(text: str | None) -> tuple[int, int] | None:
    try:
        return read_option(f"length={text}") if text else None
    except BadNumber:
        allowed = f"a number of tokens from 1 to {LONGEST}, or two with - between them, the smaller first"
        raise Problem(422, "bad-parameter", "That is no length.", "length", text, allowed) from None


def _unknown(parameter: str, sent: str, known: list[str]) -> Problem:
    near = difflib.get_close_matches(sent.lower(), known, 1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return Problem(404, "not-here", f"There is no {parameter} of that name.{hint}", parameter, sent, known)


def tune(text: str) -> tuple[str, ...]:
    """The notes of a tune that is to be heard. Raises Problem 422."""
    tokens = notes.split(text)
    wrong = next((token for token in tokens if notes.note(token) is None), None if tokens else text)
    if wrong is not None:
        allowed = "notes like C4, F#4:0.5 or R:2 with spaces between them"
        raise Problem(422, "bad-parameter", "That is no tune.", "notes", wrong, allowed)
    if sum(map(notes.quarters, tokens)) > MOST_QUARTERS:
        allowed = f"at most {MOST_QUARTERS} quarters"
        raise Problem(422, "bad-parameter", "The tune is too long.", "notes", text, allowed)
    return tokens


def refused(error: BadInput, parameter: str | None = None, sent: str | None = None) -> Problem:
    """What the bot refuses, as a problem: what is wrong, then what is allowed."""
    wrong, _, allowed = error.message.partition("\n")
    fits = "nothing-fits" if isinstance(error, NothingFits) else "bad-parameter"
    return Problem(422, fits, wrong, parameter, sent, allowed or None)
