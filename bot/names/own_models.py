"""Models of a team's own file: how long a training takes is said beforehand, and one that takes long is kept.

A kept model is known by the hash of what it was trained on, so that the next command with the same file reads it. The
estimate counts the steps of training; its constants were measured on one core of 2.1 GHz.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.errors import BadInput
from bot.strings import models as words

if TYPE_CHECKING:
    from pathlib import Path

    from bot.names.library import Library
    from corpora import Corpus
    from generator.training.train import Model

LONG = 5.0  # seconds: a training of more is told and its model kept
MOST_KEPT = 20  # files
_LETTER, _WORD = 40e-6, 150e-6  # seconds a token for a chain that is smoothed, whose time is its counting and tuning
_PLAIN = 10e-6  # for one that is not
_STATES, _EMISSIONS = 3.5e-8, 6e-9  # seconds for one transition, and for one emission, of a hidden Markov model in all
MOST_EMISSIONS = 30_000_000  # states × different tokens
_ROUNDS, _BATCHES = 20, 16  # of its training


def trained(library: Library, name: str, kind: str, order: int | None) -> Model:
    """A model of a corpus: of a team's own file, if it takes long to train, the one that was kept."""
    corpus = library.corpus(name)
    refuse_too_many(corpus.sequences, corpus.card.kind, kind)
    seconds = estimate(corpus.sequences, corpus.card.kind, kind)
    if seconds < LONG or library.settings.on_lambda or not is_own(corpus):
        return library.train(name, kind, order)
    path = _folder(library) / f"{corpus.card.sha256[:32]}.{kind}{order or ''}.npz"
    if model := library.load_kept(path, name):
        return model
    library.progress(words.takes(corpus.card, kind, seconds, quicker(corpus, kind)))
    model = library.train(name, kind, order)
    library.keep(model, path)
    _tidy(path.parent)
    return model


def is_own(corpus: Corpus) -> bool:
    """Whether a corpus is a file that somebody brought."""
    return not corpus.card.date and bool(corpus.entries)


def quicker(corpus: Corpus, kind: str) -> dict[str, float]:
    """The kinds of model that take at most half as long, with their seconds."""
    times = {one: estimate(corpus.sequences, corpus.card.kind, one) for one in (kind, "markov", "chain")}
    return {other: took for other, took in times.items() if 2 * took <= times[kind]}


def refuse_too_many(sequences: Sequence[Sequence[str]], of: str, kind: str) -> None:
    """Raise BadInput where a hidden Markov model would have more emissions than a memory holds."""
    different = len({token for sequence in sequences for token in sequence})
    if kind in ("mix", "hmm") and different * _states(sum(map(len, sequences))) > MOST_EMISSIONS:
        raise BadInput(words.too_many_tokens(kind, different, of, "markov"))


def estimate(sequences: Sequence[Sequence[str]], of: str, kind: str) -> float:
    """About how many seconds a training on sequences of characters, words or notes takes.

    >>> 0.1 < estimate(["kingar"] * 1000, "characters", "markov") < 1 < estimate(["kingar"] * 1000, "characters", "mix")
    True
    """
    tokens = sum(map(len, sequences))
    if kind == "chain":
        return tokens * _PLAIN
    smoothed = tokens * (_LETTER if of == "characters" else _WORD)
    return smoothed if kind == "markov" else smoothed * (kind == "mix") + _hidden(sequences, tokens)


def _states(tokens: int) -> float:
    return min(max(8.0, 1.5 * tokens**0.5), 256.0)


def _hidden(sequences: Sequence[Sequence[str]], tokens: int) -> float:
    """About how many seconds a hidden Markov model takes."""
    states = _states(tokens)
    batches = max(_BATCHES, len(sequences) // 256)
    different = len({token for sequence in sequences for token in sequence})
    return tokens * states**2 * _STATES + _ROUNDS * batches * states * different * _EMISSIONS


def _folder(library: Library) -> Path:
    """Where kept models are: beside what else is remembered of this person's work."""
    return library.settings.history.expanduser().parent / "models"


def _tidy(folder: Path) -> None:
    """Delete the models that were written longest ago, where there are many."""
    files = sorted(folder.glob("*.npz"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[MOST_KEPT:]:
        file.unlink(missing_ok=True)
