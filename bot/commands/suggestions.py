"""Suggestions for a line that cannot be read: other lines near it, for buttons to run."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence

import generator
from bot.commands.queries import OPTIONS, Complete, Draw, Query, Why
from bot.commands.quoting import quote
from bot.commands.request import VERBS
from bot.commands.shelf import ingredients, kind
from bot.errors import BadInput
from bot.strings import reading as words

_PIECE = re.compile(r"[\w.'-]{1,30}")
_BLANKS = re.compile(r"[?_]{2}|[?_](?=\w)")  # other signs for unknown letters
_SMALL = ("from", "for", "with", "of", "like", "and")  # small words, even if they look like commands
_WITH_HOLES = (Complete.verb, Draw.verb, Why.verb)
_ALIKE = 0.7  # difflib's ratio: `pokmon` and `compelte` are near misses, `mobase` and `models` are not


def line(typed: Iterable[str]) -> str:
    """Join words into a line, without the empty ones."""
    return " ".join(quote(word) for word in typed if word)


def replaced(typed: Sequence[str], old: str, new: str) -> str:
    """The line with a new word for the last occurrence of an old one."""
    at = len(typed) - 1 - list(reversed(typed)).index(old)
    return line([*typed[:at], new, *typed[at + 1 :]])


def refuse_unquoted(found: Sequence, shelf: Mapping[str, str]) -> None:
    """Raise BadInput if a pattern of words or notes lacks its quotes."""
    home = next((word.text for word in found if word.kind == "corpus"), "")
    pieces = [at for at, word in enumerate(found) if word.kind in ("unknown", "pattern")]
    if kind(home, shelf) == "characters" or len(pieces) < 2:
        return
    asked = any(word.kind == "verb" for word in found)  # else the unknown word may be the verb
    if not asked and any(nearest(found[at].text, shelf) for at in pieces if found[at].kind == "unknown"):
        return
    together = " ".join(found[at].text for at in pieces)
    typed = [
        together if at == pieces[0] else word.text
        for at, word in enumerate(found)
        if at == pieces[0] or at not in pieces
    ]
    raise BadInput(words.unquoted(together, kind(home, shelf)), [line(typed)])


def refuse_unknown(found: Sequence, shelf: Mapping[str, str]) -> None:
    """Raise BadInput for an unknown word, with the nearest known words."""
    strange = [word.text for word in found if word.kind == "unknown"]
    if not strange:
        return
    typed, first = [word.text for word in found], strange[0]
    if first == typed[0] and first.lower() in words.BUTTONS:
        raise BadInput(words.a_button(first), _with_holes(typed, first, "characters") if len(typed) == 1 else ())
    if variant := _variant(found, strange, shelf):
        raise BadInput(words.unknown(first, tuple(shelf)), [variant])
    near = {word: nearest(word, shelf) for word in strange}
    if len(strange) == 1 and not near[first] and all(word.kind != "pattern" for word in found):
        of = kind(next((word.text for word in found if word.kind == "corpus"), ""), shelf)
        verbs = {word.text.lower() for word in found if word.kind == "verb"}
        message = _alone(first, not verbs.isdisjoint(_WITH_HOLES), of, shelf)
        corrected = () if _BLANKS.search(first) else _corrected(typed, near)
        raise BadInput(message, [*_with_holes(typed, first, of), *corrected])
    raise BadInput(words.unknown(first, tuple(shelf)), _corrected(typed, near))


def _variant(found: Sequence, strange: Sequence[str], shelf: Mapping[str, str]) -> str | None:
    """The line with a corpus of which the strange words say the variant: `pokemon de` means `pokemon-de`."""
    home = next((word.text for word in found if word.kind == "corpus"), "")
    whole = "-".join([home, *strange]).lower()
    if whole not in shelf:
        return None
    return line(whole if word.text == home else word.text for word in found if word.text not in strange)


def _alone(word: str, holes_asked: bool, kind: str, shelf: Mapping[str, str]) -> str:
    """The message for the only strange word of a line, which may be a piece of a name without holes."""
    if holes_asked:
        return words.no_hole(word, kind)
    return (words.unknown if "=" in word else words.unknown_alone)(word, tuple(shelf))


def _with_holes(typed: Sequence[str], piece: str, kind: str) -> list[str]:
    """The line with holes after a piece of a name, and before it; two dots mean three, and ? and _ mean *."""
    if kind == "characters" and _BLANKS.search(piece):
        return [replaced(typed, piece, re.sub("[?_]", "*", piece))]
    if kind == "characters" and ".." in piece:
        return [replaced(typed, piece, piece.replace("..", "..."))]
    if kind == "characters":
        return (
            [replaced(typed, piece, holed) for holed in (piece + "***", "***" + piece)]
            if _PIECE.fullmatch(piece)
            else []
        )
    return [replaced(typed, piece, holed) for holed in (piece + " ...", "... " + piece)]


def _corrected(typed: Sequence[str], near: dict[str, list[str]]) -> list[str]:
    """The line with the nearest known word for each strange one; for a single strange word, a line for each near word.

    Words near nothing (`please`, `names`) are left out, or else all strange words. An option means something, so a
    line with an option near nothing has no suggestion.
    """
    if not all(found or "=" not in word for word, found in near.items()):
        return []
    if not all(near.values()):
        mended = line(near[word][0] if word in near else word for word in typed if near.get(word, True))
        return list(dict.fromkeys([mended, line(word for word in typed if word not in near)]))
    readings = range(min(map(len, near.values()))) if len(near) == 1 else range(1)
    return [line(near[word][i] if word in near else word for word in typed) for i in readings]


def nearest(word: str, shelf: Iterable[str]) -> list[str]:
    """Known words that look like this one, the nearest first; for a blend, the blend of the nearest corpora.

    >>> nearest("pokmon", ["pokemon", "pokemon-th", "tech"])
    ['pokemon']
    """
    if parts := ingredients(word):
        near = [part if part in shelf else next(iter(nearest(part, shelf)), "") for part in parts]
        return ["+".join(near)] if all(near) else []
    key, equals, value = word.lower().partition("=")
    if key in _SMALL:
        return []
    named = {"corpus": shelf, "model": tuple(generator.MODELS)}
    if equals and key in named:
        return [f"{key}={found}" for found in dict.fromkeys(nearest(value, named[key])) if found in named[key]]
    known = (*OPTIONS, "preview") if equals else (*VERBS, "preview", *generator.MODELS, *shelf)
    near = difflib.get_close_matches(key, known, 3, _ALIKE)
    # pokemon-th is near only because it is named after pokemon, which was meant.
    return [found + equals + value for found in near if not found.startswith(f"{near[0]}-")][:2]


def refuse_twice(found: Sequence) -> None:
    """Raise BadInput for two words of one kind, with the line without either, and a blend of two corpora."""
    first: dict = {}
    for at, word in enumerate(found):
        before = first.setdefault(word.kind, at)
        if before != at:
            mended = [line(w.text for i, w in enumerate(found) if i != drop) for drop in (at, before)]
            if word.kind == "corpus":
                blend = f"{found[before].text}+{word.text}"
                mended.append(line(blend if i == before else w.text for i, w in enumerate(found) if i != at))
            raise BadInput(words.twice(word.kind, found[before].text, word.text), dict.fromkeys(mended))


def refuse_clash(query: Query, options: Mapping[str, object], said: dict[str, str], kind: str) -> None:
    """Raise BadInput if two words cannot both be meant; `kind` is that of the corpus's tokens."""
    if query.metre and kind != "notes":
        raise BadInput(words.metre_without_notes(query.corpus, kind), [_said(said, metre="")])
    if query.order is not None and query.model not in generator.DEFAULT_ORDERS:
        raise BadInput(words.order_without_chain(query.model), [_said(said, model="markov"), _said(said, order="")])
    for option, message in _FOREIGN.items():
        if option in said and not hasattr(query, option) and (options[option] or option not in ("raw", "skip")):
            draw = [_said(said, verb=Draw.verb, skip="")] if option == "seed" else []
            message = words.WHY_DRAWS_NOTHING if option == "seed" and isinstance(query, Why) else message
            raise BadInput(message, [*draw, _said(said, **{option: ""})])


# The options that some verbs do not have, and what to say then; raw=off and skip=0 ask for nothing.
_FOREIGN = {
    "seed": words.SEED_WITHOUT_DRAWS,
    "sayable": words.SAYABLE_WITHOUT_NAMES,
    "sort": words.SORT_WITHOUT_NAMES,
    "raw": words.RAW_WITHOUT_CHOICE,
    "skip": words.SKIP_WITHOUT_RANKS,
}


def _said(said: dict[str, str], **instead: str) -> str:
    """The line with the verb first and some words replaced, by kind."""
    return line({"verb": "", **said, **instead}.values())
