"""A tempered model: its rows against the definition, its queries against enumeration, and what boldness does."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import generator
from generator.models import temperature
from generator.models.lengths import length_law, weigh_lengths
from generator.models.mixture import Mixture
from generator.queries.completions import complete
from generator.training.kneser_ney import train_markov
from tests.helpers import enumeration
from tests.helpers.models import LONGEST, constrained, log_sum, truth

CORPUS = ["ab", "abba", "ba-b", "aab", "-ab", "abab", "b"]
WILD = st.floats(0.5, 2.0).filter(lambda wild: wild != 1.0)


def tempered_row(probs, wild):
    """Outcomes raised to 1/wild and made to sum to one."""
    powers = [p ** (1 / wild) for p in probs]
    return [p / sum(powers) for p in powers]


class Tempered(enumeration.KneserNey):
    """The definition of a tempered chain: every row spelt out, the unknown token's share with it."""

    def __init__(self, corpus, order, wild, position=None):
        super().__init__(corpus, order, position)
        self.wild = wild

    def prob(self, prefix, length, token):
        row = {w: super(Tempered, self).prob(prefix, length, w) for w in (*self.tokens, "$")}
        if self.position == "to_end" and len(prefix) == length:
            return float(token == "$")
        rows = tempered_row([*row.values(), 1 - sum(row.values())], self.wild)
        return dict(zip(row, rows, strict=False))[token]


def markov(corpus, order, wild):
    return train_markov(corpus, order), Tempered(corpus, order, wild).log_prob


def from_start(corpus, order, wild):
    return train_markov(corpus, order, "from_start"), Tempered(corpus, order, wild, "from_start").log_prob


def to_end(corpus, order, wild):
    model, oracle = train_markov(corpus, order, "to_end"), Tempered(corpus, order, wild, "to_end")
    return model, lambda tokens: oracle.log_prob(tokens) + model.lengths[len(tokens)]


def hmm(corpus, order, wild):
    model = enumeration.random_hmm(order + 1, tuple(sorted(set("".join(corpus)))), seed=len(corpus))
    model = replace(model, emit=model.emit * 0.9)  # a tenth is the unknown token's
    rows = [
        np.array([tempered_row(row, wild) for row in table])
        for table in (model.start[None], model.leave, np.column_stack([model.emit, 1 - model.emit.sum(axis=1)]))
    ]
    by_hand = replace(model, start=rows[0][0], leave=rows[1], emit=rows[2][:, :-1])
    return model, lambda tokens: enumeration.hmm_log_prob(by_hand, tokens)


def chain(corpus, order, wild):
    oracle = enumeration.Shares(corpus, order)
    for after in oracle.counts.values():
        after.update({token: after[token] ** (1 / wild) - after[token] for token in after})
    return generator.train("chain", corpus, None, order=order), oracle.log_prob


def mix(corpus, order, wild):
    parts = [make(corpus, order, wild) for make in (markov, hmm, from_start, to_end)]
    weights = np.array([0.4, 0.3, 0.2, 0.1])
    model = Mixture(parts[0][0].vocabulary, tuple(part for part, _ in parts), weights)
    return model, lambda tokens: log_sum(
        math.log(w) + log_prob(tokens) for w, (_, log_prob) in zip(weights, parts, strict=True)
    )


MODELS = pytest.mark.parametrize("make", [markov, from_start, to_end, hmm, chain, mix])


@MODELS
@given(corpus=enumeration.corpora, pattern=enumeration.patterns, order=st.integers(1, 3), wild=WILD)
@settings(max_examples=25)
def test_evidence_and_order_are_those_of_the_tempered_rows(make, corpus, pattern, order, wild):
    """Enumeration by rows raised to 1/wild one by one: the same evidence, and completions in the same order."""
    plain, log_prob = make(corpus, order, wild)
    model = generator.temper(plain, wild)
    for sequence in enumeration.sequences(model.vocabulary.tokens, 2):
        assert generator.log_prob(model, sequence) == pytest.approx(log_prob(sequence), abs=1e-9)
    if (constraint := constrained(model, pattern)) is None:
        return
    expected = truth(model, log_prob, pattern)
    assert generator.evidence(model, constraint) == pytest.approx(log_sum(expected.values()), abs=1e-9)
    found = complete(model, constraint, 1000).found
    assert {f.tokens: pytest.approx(f.log_prob, abs=1e-9) for f in found} == expected
    for length in constraint.lengths:
        ranked = [f.log_prob for f in found if len(f.tokens) == length]
        assert ranked == sorted(ranked, reverse=True)


@MODELS
@pytest.mark.parametrize("wild", [0.5, 0.9, 1.3, 2.0])
def test_a_tempered_model_is_a_model_like_any_other(make, wild, tmp_path):
    """Its tables pass the checks of a file, and come back from one with the temperature written down."""
    model = generator.temper(make(CORPUS, 3, wild)[0], wild)
    generator.save(model, tmp_path / "model.npz")
    loaded = generator.load(tmp_path / "model.npz")
    assert loaded.provenance["wild"] == wild
    assert generator.log_prob(loaded, "abb") == generator.log_prob(model, "abb")


def rows_of(model):
    """Every row of a chain, or of an HMM's transitions, with the unknown token's share last."""
    if model.kind == "hmm":
        return model.leave
    rows = np.column_stack([model.rows(np.arange(len(model.shorter)))[0], model.end_prob])
    return np.column_stack([rows, np.clip(1 - rows.sum(axis=1), 0, 1)])


@pytest.mark.parametrize("make", [markov, from_start, to_end, hmm])
def test_rows_grow_even_with_boldness(make):
    """All rows sum to one; each one's entropy grows with the temperature, and the likeliest outcome gains as it
    falls."""
    model = make(CORPUS, 3, 1.0)[0]
    entropies, tops = [], []
    for wild in (0.5, 0.7, 1.0, 1.4, 2.0):
        rows = rows_of(generator.temper(model, wild))
        assert (rows >= 0).all() and rows.sum(axis=1) == pytest.approx(1)
        entropies.append(-(rows * np.log(np.where(rows > 0, rows, 1))).sum(axis=1))
        tops.append(rows.max(axis=1))
    uneven = entropies[2] < np.log((rows_of(model) > 0).sum(axis=1)) - 1e-6
    assert uneven.any()
    assert (np.diff(entropies, axis=0)[:, uneven] > 0).all()
    assert (np.diff(tops, axis=0)[:, uneven] < 0).all()


@pytest.mark.parametrize("make", [markov, from_start, hmm])
@pytest.mark.parametrize("wild", [0.5, 2.0])
def test_lengths_that_a_model_was_given_stay(make, wild):
    """How probable each length is does not change with boldness, where the model says it outright."""
    model = weigh_lengths(make(CORPUS, 2, 1.0)[0], CORPUS)
    tempered = generator.temper(model, wild)
    assert np.exp(length_law(tempered)) == pytest.approx(np.exp(length_law(model)), abs=1e-12)
    for length in range(1, LONGEST + 1):
        every = [s for s in enumeration.sequences(model.vocabulary.tokens, LONGEST) if len(s) == length]
        shares = [np.exp(generator.log_probs(m, every)).sum() / m.length_mass(64).sum() for m in (model, tempered)]
        assert shares[0] == pytest.approx(shares[1], rel=1e-9)


def weighed(make):
    """A model whose parts have lengths of their own."""
    model = make(CORPUS, 2, 1.0)[0]
    if model.kind == "mix":
        return replace(model, parts=tuple(weigh_lengths(part, CORPUS) for part in model.parts))
    return model if model.kind == "chain" else weigh_lengths(model, CORPUS)


@MODELS
def test_what_was_prepared_is_what_would_be_worked_out(make, tmp_path, monkeypatch):
    """A temperature that a file was prepared for gives the same tables without weighing lengths; another is worked out
    as ever."""
    model = weighed(make)
    expected = [generator.log_probs(generator.temper(model, wild), ["ab", "abb", "b"]) for wild in (0.6, 0.8)]
    generator.prepare(model, 0.6)
    generator.save(model, tmp_path / "model.npz")
    loaded = generator.load(tmp_path / "model.npz")
    other = generator.temper(loaded, 0.8)
    monkeypatch.setattr(temperature, "length_law", None)
    assert (generator.log_probs(generator.temper(loaded, 0.6), ["ab", "abb", "b"]) == expected[0]).all()
    assert (generator.log_probs(other, ["ab", "abb", "b"]) == expected[1]).all()


@pytest.mark.parametrize(
    "said",
    [
        None,
        7,
        {},
        {"wild": 0.6},
        {"wild": 0.6, "lengths": 7},
        {"wild": 0.6, "lengths": []},
        {"wild": 0.6, "lengths": [[1.0]]},
        {"wild": 0.6, "lengths": [[float("nan")] * 66]},
        {"wild": 0.6, "lengths": [["x"] * 66]},
        {"wild": 0.6, "lengths": [[1e300] * 66]},
    ],
)
def test_what_cannot_have_been_prepared_is_worked_out(said):
    """Whatever a file says, the model is the one that the temperature gives."""
    model = weighed(markov)
    expected = generator.log_prob(generator.temper(model, 0.6), "abb")
    model.provenance["tempered"] = said
    assert generator.log_prob(generator.temper(model, 0.6), "abb") == expected


@MODELS
def test_at_one_nothing_changes(make):
    """wild=1 is the model itself, not a copy."""
    model = make(CORPUS, 2, 1.0)[0]
    assert generator.temper(model, 1.0) is model


@pytest.mark.parametrize("wild", [0.29, 2.01, float("nan"), -1])
def test_a_temperature_out_of_range_is_refused(wild):
    """What would freeze a model or melt it is an error that says what is allowed."""
    with pytest.raises(ValueError, match=r"0\.3 to 2\.0"):
        generator.temper(train_markov(CORPUS, 2), wild)
