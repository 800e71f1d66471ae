"""Training with settings that names held out of training vote for: the smoothing of chains, the weights of a
mixture."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from generator.inference.messages import log, log_sum
from generator.kinds import DEFAULT_ORDER
from generator.models.hmm import Hmm
from generator.models.lengths import weigh_lengths
from generator.models.markov import Markov
from generator.models.mixture import Mixture
from generator.queries.evidence import log_probs
from generator.queries.quantiles import token_quantiles
from generator.training.background import Background, teach
from generator.training.baum_welch import fit_early_stopping, fit_rounds, states_for
from generator.training.counts import Counted
from generator.training.kneser_ney import count, tuned_smoothing
from generator.training.pruning import prune
from generator.vocabulary import Vocabulary

TENTHS = 10  # a tenth of the corpus is held out at a time
MOST_IN_TURN = 4_000  # sequences: a smaller corpus holds out several tenths in turn, so that enough names vote
ENOUGH_TURNS = 5  # where there is a background, which speaks for what a small corpus does not
ENOUGH_VOTES, MOST_VOTERS = 100, 3  # names held out that tune an adapted chain, and folds
MOST_STATES = (
    128  # of an HMM that does not stand alone: twice as many gain a mixture 0.002 nats a token and cost it its speed
)
LEAST_WEIGHT = (
    0.1  # a part that earns less is left out: it gains a few thousandths of a nat a token and costs every query
)
FROM_BACKGROUND, FOR_EACH = (
    40_000,
    1.2,
    # N-grams of the background that stay, and for each of the list: twice as many gain 0.003 nats a token, half as many
    # cost 0.01
)
MOST_TOKENS_FOR_POSITIONS = 300  # a larger vocabulary is one of words, whose places say little
ROUNDS = 200  # of EM for the weights: cheap, and they converge from any start

Sequences = Sequence[Sequence[str]]


class Fold(NamedTuple):
    """Sequences to train on, and others to try what was trained."""

    kept: Sequences
    held_out: Sequences


class Recipe(Protocol):
    """One way to train a part."""

    def tune(self, folds: Sequence[Fold]) -> list[Markov | Hmm]:
        """Settle the settings; the model that each fold's kept sequences give."""

    def train(self, sequences: Sequences) -> Markov | Hmm:
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
    """A back-off chain that is adapted to a background, and pruned.

    The first folds alone tune it (see voters), so that the chain of a mixture is the very one that a `markov` is.
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
    """A hidden Markov model whose rounds of training are tuned."""

    def __init__(self, vocabulary: Vocabulary, seed: int, states: int, progress: Callable[[str], None] | None):
        self.vocabulary, self.seed, self.states, self.progress = vocabulary, seed, states, progress

    def tune(self, folds: Sequence[Fold]) -> list[Hmm]:
        fits = [fit_early_stopping(*fold, self.vocabulary, self.seed, self.states, self.progress) for fold in folds]
        self.rounds = int(np.median([rounds for _, rounds in fits]))
        return [model for model, _ in fits]

    def train(self, sequences: Sequences) -> Hmm:
        return fit_rounds(sequences, self.vocabulary, self.seed, self.rounds, self.states)


class LengthWeighted:
    """A recipe whose lengths are those of the names seen, where that makes names held out likelier."""

    def __init__(self, recipe: Recipe):
        self.recipe = recipe

    def tune(self, folds: Sequence[Fold]) -> list[Markov | Hmm]:
        plain, some = self.recipe.tune(folds), voters(folds) if isinstance(self.recipe, AdaptedChain) else len(folds)
        weighed = [weigh_lengths(model, fold.kept) for model, fold in zip(plain, folds, strict=True)]
        self.pays = _judged(weighed[:some], folds[:some]).sum() > _judged(plain[:some], folds[:some]).sum()
        return weighed if self.pays else plain

    def train(self, sequences: Sequences) -> Markov | Hmm:
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
) -> Markov | Hmm | Mixture:
    """A model of the given kind trained on all sequences, with settings tuned on `held_out`, or where there is none on
    seeded tenths of the sequences. How likely it found what was held out is written in its provenance.

    background: sequences of other lists, to which the plain chain is adapted (see background); none of the held-out
    ones may be among them.
    """
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
    if kind != "mix":
        model, log_prob = recipes[0].train(sequences), judged[0]
    else:
        chosen, weights = _chosen(judged)
        model = Mixture(vocabulary, tuple(recipes[k].train(sequences) for k in chosen), weights)
        log_prob = log_sum(judged[chosen] + log(weights)[:, None], axis=0)
    held_out = [sequence for fold in folds for sequence in fold.held_out]
    model.provenance["held_out"] = token_quantiles(log_prob, held_out)
    if kind == "mix":
        model.provenance["held_out_judge"] = token_quantiles(
            judged[chosen[0]], held_out
        )  # under the part that ranks (see judging)
    if read:
        model.provenance["background"] = len(read.sequences)
    return model


def _chosen(log_prob: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The parts that earn their place, and their weights, from log p of each sequence under each part, shape (K, N)."""
    chosen = np.arange(len(log_prob))
    while (weights := mixing_weights(log_prob[chosen])).min() < LEAST_WEIGHT:
        chosen = np.delete(chosen, weights.argmin())
    return chosen, weights


def voters(folds: Sequence[Fold]) -> int:
    """How many folds tune a chain that is adapted to a background: somebody may wait for it, and each counts the
    background again."""
    return int(np.clip(ENOUGH_VOTES // max(len(folds[0].held_out), 1), 1, min(MOST_VOTERS, len(folds))))


def _folds(sequences: Sequences, rng: np.random.Generator, held_out: Sequences | None) -> list[Fold]:
    """What to tune on: a seeded tenth, or in a small corpus several in turn."""
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


def _hidden(kind: str, sequences: Sequences, vocabulary: Vocabulary, rng: np.random.Generator, progress) -> Hidden:
    """An HMM as large as the corpus feeds."""
    states = states_for(sum(len(s) + 1 for s in sequences))
    return Hidden(vocabulary, int(rng.integers(2**31)), min(states, MOST_STATES) if kind == "mix" else states, progress)


def _recipes(
    kind: str, vocabulary: Vocabulary, order: int, hidden: Hidden, background: Background | None, few: bool
) -> list[Recipe]:
    """What a kind of model is made of. Chains with a clock gain next to nothing beside an adapted one if the sequences
    are few."""
    plain = LengthWeighted(AdaptedChain(vocabulary, order, background) if background else Chain(vocabulary, order))
    hidden = LengthWeighted(hidden)
    if kind != "mix":
        return [plain if kind == "markov" else hidden]
    if len(vocabulary) > MOST_TOKENS_FOR_POSITIONS or (background and few):
        return [plain, hidden]
    return [
        plain,
        LengthWeighted(Chain(vocabulary, order, "from_start")),
        Chain(vocabulary, order - 1, "to_end"),
        hidden,
    ]


def _judged(models: Sequence[Markov | Hmm], folds: Sequence[Fold]) -> np.ndarray:
    """log p of everything held out, each under the model that did not see it, shape (N,)."""
    return np.concatenate([log_probs(model, fold.held_out) for model, fold in zip(models, folds, strict=True)])


def mixing_weights(log_prob: np.ndarray) -> np.ndarray:
    """The weights that make sequences likeliest, by EM, from log p of each under each part, shape (K, N); shape
    (K,)."""
    possible = log_prob[:, np.isfinite(log_prob).any(axis=0)]
    weights = np.full(len(log_prob), 1.0 / len(log_prob))
    if not possible.shape[1]:
        return weights
    for _ in range(ROUNDS):
        joint = possible + log(weights)[:, None]
        weights = np.exp(joint - log_sum(joint, axis=0)).mean(axis=1)
    return weights
