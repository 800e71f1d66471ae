"""The names of corpora and blends, and the kinds of their tokens: `pokemon`, `lyrics`, `pokemon*2+ikea`."""

import re
import unicodedata
from collections.abc import Collection, Mapping

import corpora
import generator
from bot.errors import BadInput
from bot.strings import reading as words

_WEIGHED = re.compile(r"(?:[0-9]{1,3}\*)?([^*]+?)(?:\*[0-9]{1,3})?")


def plain(word: str) -> str:
    """Fold case and accents of a word that may be a name of ours: Pokémon is pokemon."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def name(word: str, among: Collection[str]) -> str | None:
    """The name among these that a word means, regardless of case and accents."""
    return next((found for found in (word, plain(word)) if found in among), None)


def ingredients(word: str) -> list[str]:
    """The corpora that a blend mixes, without weights; empty for any other word.

    >>> ingredients("Pokémon*2+ikea"), ingredients("c+*"), ingredients("pokemon")
    (['Pokémon', 'ikea'], [], [])
    """
    found = [_WEIGHED.fullmatch(part.strip()) for part in word.split("+")]
    return [part[1] for part in found] if len(found) > 1 and all(found) else []


def is_corpus(word: str, shelf: Collection[str]) -> bool:
    """Whether a word names a corpus on the shelf or a blend of such."""
    return all(name(part, shelf) for part in ingredients(word) or [word])


def corpus(word: str, shelf: Mapping[str, str]) -> str:
    """The name of the corpus or blend that a word means. Raises BadInput for an impossible blend.

    >>> corpus("Pokémon*2+IKEA", {"pokemon": "characters", "ikea": "characters"})
    'pokemon*2+ikea'
    """
    parts = ingredients(word)
    if not parts:
        return name(word, shelf) or word
    if len({kind(part, shelf) for part in parts}) > 1:
        raise BadInput(words.blend_of_kinds(word, {part: kind(part, shelf) for part in parts}))
    try:
        weights = corpora.parts(plain(word))
    except (corpora.CorpusError, corpora.UnknownCorpus):
        raise BadInput(words.bad_blend(word)) from None
    return "+".join(part if weight == 1 else f"{part}*{weight}" for part, weight in weights)


def kind(corpus: str, shelf: Mapping[str, str]) -> str:
    """The kind of the tokens of a corpus or a blend."""
    return shelf.get(name((ingredients(corpus) or [corpus])[0], shelf), "characters")


def usual_model(verb: str, corpus: str, kind: str) -> str:
    """The model of a query that names none.

    A plain chain draws lines and melodies: a smoothed model gives every sequence a chance, and learns too little from
    such texts to draw sense. Yet it fills any pattern, and its first ranks make sense. A blend is trained while
    somebody waits, and a chain alone takes a tenth of the time.
    """
    if kind in ("words", "notes"):
        return generator.DEFAULT_MODEL if verb in ("complete", "why") else "chain"
    return "markov" if ingredients(corpus) else generator.DEFAULT_MODEL
