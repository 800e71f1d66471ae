"""Training with settings tuned on held-out names: the smoothing of chains, rounds of EM, the weights of a mixture.

The weights w_k maximise Σ_x log Σ_k w_k p_k(x) over held-out names x, p_k(x) their probability under part k.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from generator.inference.messages import log, log_sum
from generator.kinds import DEFAULT_ORDER
from generator.models.hmm import Hmm
from generator.models.lengths import weigh_lengths
from generator.models.markov import Markov
from generator.models.mixture import Mixture
from generator.models.model import Component
from generator.queries.evidence import log_probs
from generator.queries.quantiles import token_quantiles
from generator.training.background import Background, teach
from generator.training.baum_welch import fit_early_stopping, fit_rounds, states_for
from generator.training.counts import Counted
from generator.training.kneser_ney import count, tuned_smoothing
from generator.training.pruning import prune
from generator.vocabulary import Vocabulary

TENTHS = 10  # each fold holds out a tenth of the corpus
MOST_IN_TURN = 4_000  # sequences: a smaller corpus has several folds, to hold out enough names
ENOUGH_TURNS = 5  # most folds of a chain with a background
ENOUGH_VOTES, MOST_VOTERS = 100, 3  # names held out, and folds, that tune an adapted chain
MOST_STATES = 128  # of an HMM in a mixture: twice as many gain 0.002 nats a token and are too slow
LEAST_WEIGHT = 0.1  # a part with less is dropped: it gains a few thousandths of a nat a token and slows every query
# N-grams of the background that stay, and more for each n-gram of the list: twice as many gain 0.003 nats a token, half
# as many cost 0.01.
FROM_BACKGROUND, FOR_EACH = 40_000, 1.2
MOST_TOKENS_FOR_POSITIONS = 300  # a larger vocabulary is one of words, whose positions tell little
ROUNDS = 200  # of EM for the weights, which converge from any start

Sequences = Sequence[Sequence[str]]


class Fold(NamedTuple):
    """Sequences to train on, and others to test on."""

    kept: Sequences
    held_out: Sequences


class Recipe(Protocol):
    """How a part is tuned and trained."""

    def tune(self, folds: Sequence[Fold]) -> Sequence[Component]:
        """Set the settings; the model of each fold's kept sequences."""

    def train(self, sequences: Sequences) -> Component:
        """The model of all sequences with the settings found."""


class Chain:
    """A back-off chain whose smoothing is tuned."""

    def __init__(self, vocabulary: Vocabulary, order: int, position: str | None = None):
        self.vocabulary, self.order, self.position = vocabulary, order, position

    def tune(self, folds: Sequence[Fold]) -> list[Markov]:
        self.smoothing = tuned_smoothing(folds, self.count)
        return [self.train(fold.kept) for fold in folds]

    def train(self, sequences: Sequences) -> Markov:
        return self.count(sequences).chain(self.smoothing)

    def count(self, sequences: Sequences) -> Counted:
        """The counts of some sequences."""
        return count(sequences, self.order, self.position, self.vocabulary)


class AdaptedChain(Chain):
    """A back-off chain that is adapted to a background and pruned.

    Only the first folds tune it (see voters), so that the chain in a mixture equals a `markov`.
    """

    def __init__(self, vocabulary: Vocabulary, order: int, background: Background):
        super().__init__(vocabulary, order)
        self.background = background

    def tune(self, folds: Sequence[Fold]) -> list[Markov]:
        self.smoothing = tuned_smoothing(folds[: voters(folds)], self.count)
        return [self.train(fold.kept) for fold in folds]

    def train(self, sequences: Sequences) -> Markov:
        counted = self.count(sequences)
        own = counted.counts > 0
        return prune(counted.chain(self.smoothing), own, FROM_BACKGROUND + int(FOR_EACH * own.sum()))

    def count(self, sequences: Sequences) -> Counted:
        return self.background.adapt(sequences, self.order)


class Hidden:
    """A hidden Markov model whose number of rounds is tuned."""

    def __init__(self, vocabulary: Vocabulary, seed: int, states: int, progress: Callable[[str], None] | None):
        self.vocabulary, self.seed, self.states, self.progress = vocabulary, seed, states, progress

    def tune(self, folds: Sequence[Fold]) -> list[Hmm]:
        fits = [fit_early_stopping(*fold, self.vocabulary, self.seed, self.states, self.progress) for fold in folds]
        self.rounds = int(np.median([rounds for _, rounds in fits]))
        return [model for model, _ in fits]

    def train(self, sequences: Sequences) -> Hmm:
        return fit_rounds(sequences, self.vocabulary, self.seed, self.rounds, self.states)


class LengthWeighted:
    """A recipe with the lengths of the training names, if that makes held-out names likelier."""

    def __init__(self, recipe: Recipe):
        self.recipe = recipe

    def tune(self, folds: Sequence[Fold]) -> Sequence[Component]:
        plain, some = self.recipe.tune(folds), voters(folds) if isinstance(self.recipe, AdaptedChain) else len(folds)
        weighed = [weigh_lengths(model, fold.kept) for model, fold in zip(plain, folds, strict=True)]
        self.pays = _judged(weighed[:some], folds[:some]).sum() > _judged(plain[:some], folds[:some]).sum()
        return weighed if self.pays else plain

    def train(self, sequences: Sequences) -> Component:
        model = self.recipe.train(sequences)
        return weigh_lengths(model, sequences) if self.pays else model


def train_tuned(
    kind: str,
    sequences: Sequences,
    rng: np.random.Generator,
    order: int | None = None,
    progress: Callable[[str], None] | None = None,
    held_out: Sequences | None = None,
    background: Sequences = (),
) -> Component | Mixture:
    """A model of the given kind (see train); its provenance has the quantiles of held-out names."""
    sequences = [tuple(s) for s in sequences if len(s)]
    vocabulary, read = (
        teach(Vocabulary.of(sequences), background)
        if background and kind != "hmm"
        else (Vocabulary.of(sequences), None)
    )
    folds = _folds(sequences, rng, held_out)
    if read:
        folds = folds[: voters(folds) if kind == "markov" else ENOUGH_TURNS]
    recipes = _recipes(
        kind,
        vocabulary,
        order or DEFAULT_ORDER,
        _hidden(kind, sequences, vocabulary, rng, progress),
        read,
        few=len(sequences) < MOST_IN_TURN,
    )
    judged = np.stack([_judged(recipe.tune(folds), folds) for recipe in recipes])
    model: Component | Mixture
    if kind != "mix":
        model, log_prob = recipes[0].train(sequences), judged[0]
    else:
        chosen, weights = _chosen(judged)
        model = Mixture(vocabulary, tuple(recipes[k].train(sequences) for k in chosen), weights)
        log_prob = log_sum(judged[chosen] + log(weights)[:, None], axis=0)
    held_out = [sequence for fold in folds for sequence in fold.held_out]
    model.provenance["held_out"] = token_quantiles(log_prob, held_out)
    if kind == "mix":
        model.provenance["held_out_judge"] = token_quantiles(judged[chosen[0]], held_out)  # see judging
    if read:
        model.provenance["background"] = len(read.sequences)
    return model


def _chosen(log_prob: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The parts of enough weight, and their weights, from log p of each sequence under each part, (K, N)."""
    chosen = np.arange(len(log_prob))
    while (weights := mixing_weights(log_prob[chosen])).min() < LEAST_WEIGHT:
        chosen = np.delete(chosen, weights.argmin())
    return chosen, weights


def voters(folds: Sequence[Fold]) -> int:
    """How many folds tune an adapted chain: few, because each counts the background again."""
    return int(np.clip(ENOUGH_VOTES // max(len(folds[0].held_out), 1), 1, min(MOST_VOTERS, len(folds))))


def _folds(sequences: Sequences, rng: np.random.Generator, held_out: Sequences | None) -> list[Fold]:
    """The folds: a seeded tenth, or several for a small corpus."""
    if held_out is not None:
        return [Fold(sequences, [tuple(s) for s in held_out if len(s)])]
    if len(sequences) < 2:
        return [Fold(sequences, sequences)]
    shuffled = [sequences[i] for i in rng.permutation(len(sequences))]
    step = min(TENTHS, len(sequences))
    return [
        Fold([s for i, s in enumerate(shuffled) if i % step != turn], shuffled[turn::step])
        for turn in range(int(np.clip(MOST_IN_TURN // len(sequences), 1, step)))
    ]


def _hidden(
    kind: str,
    sequences: Sequences,
    vocabulary: Vocabulary,
    rng: np.random.Generator,
    progress: Callable[[str], None] | None,
) -> Hidden:
    """An HMM with as many states as suit the corpus."""
    states = states_for(sum(len(s) + 1 for s in sequences))
    return Hidden(vocabulary, int(rng.integers(2**31)), min(states, MOST_STATES) if kind == "mix" else states, progress)


def _recipes(
    kind: str, vocabulary: Vocabulary, order: int, hidden: Hidden, background: Background | None, few: bool
) -> list[Recipe]:
    """The parts of a kind of model. Beside an adapted chain, chains with positions pay only for many sequences."""
    plain = LengthWeighted(AdaptedChain(vocabulary, order, background) if background else Chain(vocabulary, order))
    weighted = LengthWeighted(hidden)
    if kind != "mix":
        return [plain if kind == "markov" else weighted]
    if len(vocabulary) > MOST_TOKENS_FOR_POSITIONS or (background and few):
        return [plain, weighted]
    return [
        plain,
        LengthWeighted(Chain(vocabulary, order, "from_start")),
        Chain(vocabulary, order - 1, "to_end"),
        weighted,
    ]


def _judged(models: Sequence[Component], folds: Sequence[Fold]) -> np.ndarray:
    """log p of all held-out sequences, each under the model of its own fold, (N,)."""
    return np.concatenate([log_probs(model, fold.held_out) for model, fold in zip(models, folds, strict=True)])


def mixing_weights(log_prob: np.ndarray) -> np.ndarray:
    """The weights that make sequences likeliest, (K,), by EM from log p of each under each part, (K, N)."""
    possible = log_prob[:, np.isfinite(log_prob).any(axis=0)]
    weights = np.full(len(log_prob), 1.0 / len(log_prob))
    if not possible.shape[1]:
        return weights
    for _ in range(ROUNDS):
        joint = possible + log(weights)[:, None]
        weights = np.exp(joint - log_sum(joint, axis=0)).mean(axis=1)
    return weights
