"""Pools: distinct new draws by a seed, with the law of draws; and the likelihood that names are ranked by."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

import generator
from generator.constraints.acceptor import PAST
from generator.inference.ancestral import AncestralSampler, Sums
from generator.queries import pooling
from tests.generator.queries.test_bulk import KNOWN, LONGEST, constrained, each_model, truth
from tests.helpers import enumeration


@each_model
def test_pools_are_draws(model):
    """The first of each of thousands of pools, of several blocks, obeys the law of draws, what is known left out."""
    constraint = constrained(model, "...", (1, LONGEST))
    seeds = [place + turn * pooling.APART for place in range(500) for turn in range(pooling.MOST_POOLS)]
    firsts = [next(iter(generator.pool(model, constraint, 2, seed, KNOWN).sequences())) for seed in seeds]
    assert enumeration.drawn_as_expected(Counter(firsts), truth(model, (1, LONGEST), KNOWN))


@each_model
@pytest.mark.parametrize("lengths", [(1, LONGEST), (2, 3)])
def test_walks_by_running_sums_follow_the_distribution(model, lengths):
    """What is laid out as running sums is walked with the same law."""
    drawn = generator.Sample(
        model.vocabulary,
        AncestralSampler(model, constrained(model, "...", lengths), table=Sums).draw(9_000, np.random.default_rng(5)),
    )
    assert enumeration.drawn_as_expected(Counter(drawn.sequences()), truth(model, lengths))


@each_model
@pytest.mark.parametrize("pattern", ["...", "a..."])
def test_a_pool_is_distinct_and_its_seeds_alone(model, pattern):
    """Whatever was drawn before, a seed gives the same pool: distinct sequences, none of them known."""
    asked, again = (constrained(model, pattern, (1, LONGEST)) for _ in range(2))
    for seed in (3, 3 + pooling.APART, 4):
        found = list(generator.pool(model, asked, 9, seed, KNOWN).sequences())
        assert found == list(generator.pool(model, again, 9, seed, KNOWN).sequences())
        assert len({KNOWN.key(s) for s in found}) == len(found) and not any(s in KNOWN for s in found)


@each_model
def test_at_least_so_many_unless_no_more_fit(model):
    """A pool of a few draws goes on until the least wanted are there; of more than fit it has each once."""
    fit = {KNOWN.key(s) for s in truth(model, (1, 3), KNOWN)}
    found = generator.pool(model, constrained(model, "...", (1, 3)), 200, 1, KNOWN, least=200).sequences()
    assert sorted(map(KNOWN.key, found)) == sorted(fit)


def test_pools_of_a_block_have_no_draw_in_common():
    """Eight seeds of one block are eight parts of it: together they are its draws, each once."""
    model = generator.train("markov", ["mew", "muk", "mewtwo", "onix", "abra"], np.random.default_rng(0), order=1)
    constraint = constrained(model, "...", (3, 9))
    pools = [
        pooling._part_of_block(model, constraint, 50, 5 + turn * pooling.APART, None)
        for turn in range(pooling.MOST_POOLS)
    ]
    [(_, block)] = [kept for name, kept in constraint.cache.items() if name[0] == "pool"]
    assert sum(map(len, pools)) == len(block) and all((block[turn::8] == part).all() for turn, part in enumerate(pools))


@each_model
def test_names_are_ranked_by_log_p_a_token(model):
    """Walked all together, names have the log p a token of the part that judges, whatever their lengths."""
    ids = generator.pool(model, constrained(model, "...", (1, LONGEST)), 20, 1).ids
    sequences = [model.vocabulary.decode(row[row != PAST].tolist()) for row in ids]
    expected = generator.log_probs(generator.judge(model), sequences) / [len(s) + 1 for s in sequences]
    assert generator.token_nats(model, ids) == pytest.approx(expected)


def test_what_was_held_out_is_held_against_the_judge():
    """A mixture's file has how likely its judging part finds what was held out; an older file has the whole's instead;
    nonsense is nothing."""
    model = generator.train(
        "mix",
        ["".join(chr(97 + (i * j) % 7) for j in range(1, 4 + i % 5)) for i in range(60)],
        np.random.default_rng(0),
    )
    said = model.provenance
    assert generator.held_out_nats(model) == said["held_out_judge"]
    assert generator.held_out_nats(replace(model, provenance={"held_out": said["held_out"]})) == said["held_out"]
    assert generator.held_out_nats(replace(model, provenance={"held_out": [1.0, "x"]})) == []
