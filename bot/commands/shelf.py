"""The names of corpora that can be asked for, and what their tokens are: `pokemon`, `lyrics`, `pokemon*2+ikea`."""

import re
import unicodedata
from collections.abc import Collection, Mapping

import corpora
import generator
from bot.errors import BadInput
from bot.strings import reading as words

_WEIGHED = re.compile(r"(?:[0-9]{1,3}\*)?([^*]+?)(?:\*[0-9]{1,3})?")


def plain(word: str) -> str:
    """Fold case and accents, for words that are names of ours: Pokémon is pokemon."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def name(word: str, among: Collection[str]) -> str | None:
    """The name that a word stands for, whatever its case and accents."""
    return next((found for found in (word, plain(word)) if found in among), None)


def ingredients(word: str) -> list[str]:
    """What a word blends, without weights; nothing where it is no blend.

    >>> ingredients("Pokémon*2+ikea"), ingredients("c+*"), ingredients("pokemon")
    (['Pokémon', 'ikea'], [], [])
    """
    found = [_WEIGHED.fullmatch(part.strip()) for part in word.split("+")]
    return [part[1] for part in found] if len(found) > 1 and all(found) else []


def is_corpus(word: str, shelf: Collection[str]) -> bool:
    """Whether a word names a corpus on the shelf, or several as a blend."""
    return all(name(part, shelf) for part in ingredients(word) or [word])


def corpus(word: str, shelf: Mapping[str, str]) -> str:
    """The name of the corpus or the blend that a word stands for. Raises BadInput for a blend that cannot be.

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
    """What the tokens of a corpus or a blend are."""
    return shelf.get(name((ingredients(corpus) or [corpus])[0], shelf), "characters")


def usual_model(verb: str, corpus: str, kind: str) -> str:
    """The model of a request that names none.

    Lines and melodies are drawn by a plain chain: a smoothed one is made to give every sequence a chance, and from so
    little text draws much that makes no sense. It fills any pattern, though, and what it ranks first does make sense. A
    blend is trained while somebody waits, and a chain alone takes a tenth of the time.
    """
    if kind in ("words", "notes"):
        return generator.DEFAULT_MODEL if verb in ("complete", "why") else "chain"
    return "markov" if ingredients(corpus) else generator.DEFAULT_MODEL
