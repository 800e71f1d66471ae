"""A search on a budget of nothing: what it says of what it lost is true all the same."""

import itertools
import math
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import generator
from generator.constraints.known import Known
from generator.queries import completions
from generator.queries.completions import complete
from generator.training.kneser_ney import train_markov
from tests.generator.inference.test_product_truth import ACCEPTORS
from tests.helpers import enumeration
from tests.helpers.models import MODELS, constrained, markov, truth


def best_of_each(expected, known):
    """By length, the log-probability of the likeliest of all sequences that count as one."""
    best = defaultdict(dict)
    for tokens, log_prob in expected.items():
        if known is None or tokens not in known:
            name = tokens if known is None else known.key(tokens)
            best[len(tokens)][name] = max(best[len(tokens)].get(name, -math.inf), log_prob)
    return best


@MODELS
@given(
    corpus=enumeration.corpora,
    pattern=enumeration.patterns,
    order=st.integers(1, 3),
    n=st.integers(1, 6),
    new=st.booleans(),
    beams=st.sampled_from([(1,), (2, 4)]),
)
@example(corpus=["ab", "abba", "ba-b"], pattern="...", order=2, n=6, new=True, beams=(1,))
@settings(max_examples=25)
def test_the_gap_is_a_true_bound(make, corpus, pattern, order, n, new, beams):
    """What was lost is likelier than the last of its length by no more than the gap; a list called exact is the true
    one, and whole."""
    model, log_prob = make(corpus, order)
    if (constraint := constrained(model, pattern)) is None:
        return
    known = Known(corpus) if new else None
    answer = complete(model, constraint, n, known, beams=beams)
    best = best_of_each(truth(model, log_prob, pattern), known)
    assert answer.exact == (answer.gap == 0)
    assert not answer.exact or len(answer.found) == min(n, sum(map(len, best.values())))
    for length in {len(f.tokens) for f in answer.found}:
        here = [f for f in answer.found if len(f.tokens) == length]
        assert [f.log_prob for f in here] == sorted((f.log_prob for f in here), reverse=True)
        names = {f.tokens if known is None else known.key(f.tokens) for f in here}
        assert len(names) == len(here)
        lost = max((p for name, p in best[length].items() if name not in names), default=-math.inf)
        assert lost <= here[-1].log_prob + answer.gap + 1e-8


def test_a_list_that_ends_too_early_is_not_called_exact():
    """Thirty places of letters and hyphens: more new names fit than the widest beam finds, and nobody says that no more
    do."""
    model, _ = markov(["a-a", "aa", "a-aa", "aaa", "a-a-a"] * 3, 3)
    constraint = generator.constrain(generator.parse_pattern("*" * 30), model.vocabulary)
    answer = complete(model, constraint, 100, Known(["aa", "aaa"]))
    assert 0 < len(answer.found) < 30
    assert (answer.exact, answer.gap) == (False, math.inf)


def test_a_second_search_gives_no_name_twice():
    """Where a length gets more places than were foreseen, it is searched anew; what was given before stays given once,
    in order."""
    corpus = ["B", "aB", "aa", "Ba", "BAaB", "AaaAB"]
    model = generator.temper(markov(corpus, 3)[0], 2.0)
    constraint = constrained(model, "...***", (2, 5), ACCEPTORS["together"](model.vocabulary, corpus)[0])
    for n in range(1, 9):
        found = complete(model, constraint, n, Known(corpus), beams=(1,)).found
        assert len({f.tokens for f in found}) == len(found)
        for length in constraint.lengths:
            ranked = [f.log_prob for f in found if len(f.tokens) == length]
            assert ranked == sorted(ranked, reverse=True)


def test_words_by_the_thousand_keep_the_beam_narrow(monkeypatch):
    """However wide a beam is asked for, no more masses are looked at in a layer than memory has room for."""
    rng, looked_at = np.random.default_rng(0), []
    lines = [tuple(f"w{i}" for i in rng.integers(600, size=5)) for _ in range(300)]
    model = train_markov(lines, 2)
    monkeypatch.setattr(completions, "MOST_MASSES", 60_000)
    monkeypatch.setattr(
        completions,
        "_best",
        lambda bounds, *rest, best=completions._best: looked_at.append(bounds.size) or best(bounds, *rest),
    )
    answer = complete(model, constrained(model, "*****", (5, 5)), 5, Known(lines, exact=True), beams=(16, 100_000))
    assert len(answer.found) == 5
    assert 10_000 < max(looked_at) <= 60_000


@pytest.mark.parametrize("corpus", [["a", "-", "b"], ["a", "b", "c", "d"], ["abc", "bca", "cab"]])
def test_equal_ones_have_one_order_however_many_are_asked_for(corpus):
    """Where many names are as likely as one another, a page of the list is that page of the whole list."""
    model = generator.train("markov", corpus, np.random.default_rng(0), order=1)
    constraint = generator.constrain(generator.parse_pattern("****"), model.vocabulary)
    whole = generator.complete(model, constraint, 1000).found
    for n, skip in itertools.product((1, 3, 7), (0, 2, 11)):
        assert [f.tokens for f in generator.complete(model, constraint, n, skip=skip).found] == [
            f.tokens for f in whole[skip : skip + n]
        ]
