"""A pool of distinct new draws to choose a few from, by its seed.

The time of an ancestral draw goes by steps, not by sequences: eight pools drawn together take little longer than one.
So pools come in blocks. A seed tells its block and its place in the block. The last block is kept for the other seeds
of it. A pool is drawn by itself if the vocabulary is large, or if messages are quicker (see bulk).
"""

import numpy as np

from generator.constraints.dfa import Constraint
from generator.constraints.known import Known
from generator.inference.ancestral import Sums, can_sample_directly, stacked
from generator.models.model import Model
from generator.queries.bulk import Sample, fill, sample_directly
from generator.queries.distinct import DistinctSampler, padded
from generator.vocabulary import Vocabulary

TOGETHER = 4_096  # draws of a block, or of one pool that is larger
MOST_POOLS = 8  # in a block
APART = 125_000  # distance of the seeds of one block: the next seed in line is of another block
DOUBLES = 1.15  # draws for each that is wanted: some come twice
LETTERS = 200  # tokens: a larger vocabulary holds words, whose rows are too long to lay out for a few hundred draws


def pool(model: Model, constraint: Constraint, n: int, seed: int, known: Known | None = None, least: int = 1) -> Sample:
    """n distinct draws from p(sequence | constraint, not known), by a seed; fewer if some of n independent draws are
    equal.

    There are at least `least` all the same, unless no more fit. Draws are distinct as in `draw`.

    >>> import generator
    >>> model = generator.train("markov", ["mew", "mow", "muw"], np.random.default_rng(0), order=1)
    >>> constraint = generator.constrain(None, model.vocabulary, (3, 3))
    >>> pool(model, constraint, 4, 7).texts() == pool(model, constraint, 4, 7).texts()
    True
    """
    blocks = len(model.vocabulary) <= LETTERS and can_sample_directly(model, constraint)
    ids = _part_of_block(model, constraint, n, seed, known) if blocks else np.empty((0, 0), dtype=np.int16)
    if len(ids) >= n:
        ids = ids[_firsts(ids, known, model.vocabulary)][:n]
        if len(ids) >= least:
            return Sample(model.vocabulary, ids)
    return _ahead(model, constraint, n, np.random.default_rng(seed), known, least)


def pools_of(n: int) -> int:
    """The number of pools of n draws in a block."""
    return max(1, min(MOST_POOLS, TOGETHER // n))


def _part_of_block(model: Model, constraint: Constraint, n: int, seed: int, known: Known | None) -> np.ndarray:
    """The draws of a seed, some of them twice."""
    turn, column = divmod(seed, APART)
    row, place = divmod(turn, pools_of(n))
    kept, name, block = constraint.cache, ("pool", model, known), (n, row, column)
    held = kept.get(name)  # threads may each walk a block, and get the same
    if held is None or held[0] != block:
        held = kept[name] = block, _block(model, constraint, n, np.random.default_rng([row, column]), known)
    return held[1][place :: pools_of(n)]


def _block(model: Model, constraint: Constraint, n: int, rng: np.random.Generator, known: Known | None) -> np.ndarray:
    """Independent new draws, more than all pools of a block hold; none if too few tries are of use."""
    wanted = int(n * DOUBLES) * pools_of(n)
    ids = stacked(sample_directly(model, constraint, wanted, rng, known, Sums))
    return ids if len(ids) >= wanted else ids[:0]


def _firsts(ids: np.ndarray, known: Known | None, vocabulary: Vocabulary) -> np.ndarray:
    """The places of the sequences that equal no earlier one, ascending."""
    known = Known(()) if known is None else known
    told = known.told(ids, vocabulary)
    if told is None or not told.all():
        keys = [known.key(tokens) for tokens in Sample(vocabulary, ids).sequences()]
        return np.array(list({key: place for place, key in reversed(list(enumerate(keys)))}.values()), dtype=int)[::-1]
    order = np.argsort(told, kind="stable")  # as np.unique has it, which imports much for a first answer
    return np.sort(order[np.append(True, told[order[1:]] != told[order[:-1]])])


def _ahead(
    model: Model, constraint: Constraint, n: int, rng: np.random.Generator, known: Known | None, least: int
) -> Sample:
    """The distinct ones of n draws by messages, and further draws until there are `least`."""
    sampler = DistinctSampler(model, constraint, known)
    if len(model.vocabulary) > LETTERS:
        fill(sampler, n, rng, few=True)
    if len(sampler.found) < n:
        sampler.gather(n - len(sampler.found), rng)
    while len(sampler.found) < least and sampler.refill(least - len(sampler.found), rng):
        pass
    ids = [model.vocabulary.encode(one.tokens) for one in sampler.found[:n]]
    return Sample(model.vocabulary, padded(ids, max(map(len, ids), default=0)).astype(np.int16))
