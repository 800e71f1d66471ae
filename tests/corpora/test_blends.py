"""Blends: what they are called, how much each corpus counts, and how their names are written."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpora
from corpora.blends import spread


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("tech", (("tech", 1),)),
        ("pokemon+ikea", (("pokemon", 1), ("ikea", 1))),
        ("pokemon*2+ikea", (("pokemon", 2), ("ikea", 1))),
        (" 3 * pokemon + ikea ", (("pokemon", 3), ("ikea", 1))),
        ("ikea+ikea*2+tech", (("ikea", 3), ("tech", 1))),
        ("tech*5", (("tech", 1),)),
        ("pokemon-de+pokemon-fr", (("pokemon-de", 1), ("pokemon-fr", 1))),
    ],
)
def test_parts(text, parts):
    """A blend names its corpora and their weights in either order; the same corpus twice counts twice; one alone is
    itself."""
    assert corpora.parts(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "pokemon+",
        "+",
        "*",
        "pokemon**2",
        "pokemon*0+ikea",
        "pokemon*11+ikea",
        "pokemon*ikea",
        "2*2+tech",
        "pokemon*-1",
        "pokemon*2.5",
        "ikea*6+ikea*6+tech",
        "ikea+tech+birds+moons+gods+stars",
        "pokemon*2*2",
    ],
)
def test_what_is_no_blend(text):
    """A blend that cannot be read says so, what is allowed, and an example."""
    with pytest.raises(corpora.CorpusError, match="from 1 to 10.*like pokemon.2.ikea"):
        corpora.parts(text)


def test_an_unknown_part_is_named():
    """Of a blend, the one corpus that is not there is named."""
    with pytest.raises(corpora.UnknownCorpus) as caught:
        corpora.load("pokemon+ikae")
    assert caught.value.name == "ikae"


def test_kinds_do_not_blend():
    """Names and lines have no token in common, and the error says which is what."""
    with pytest.raises(corpora.CorpusError, match="ikea is made of characters and lyrics is made of words"):
        corpora.load("ikea+lyrics")


@pytest.mark.parametrize(
    ("name", "weights"),
    [("pokemon+ikea", (1, 1)), ("pokemon*2+ikea", (2, 1)), ("ikea*3+cities", (3, 1)), ("moons*10+tech", (10, 1))],
)
def test_each_part_has_its_share(name, weights):
    """As many entries of each corpus are trained on as its weight says, to within one, and every entry is there at
    least once."""
    corpus = corpora.load(name)
    parts = [corpora.load(part) for part, _ in corpora.parts(name)]
    times = Counter(corpus.training)
    alone = [set(parts[0].sequences) - set(parts[1].sequences), set(parts[1].sequences) - set(parts[0].sequences)]
    shared = set(parts[0].sequences) & set(parts[1].sequences)
    mass = [sum(times[s] for s in own) for own in alone]
    assert set(times) == set(corpus.sequences) and min(times.values()) >= 1
    slack = sum(times[s] for s in shared) * max(weights) + 2 * max(weights)
    assert abs(mass[0] * weights[1] - mass[1] * weights[0]) <= slack


def test_the_larger_is_not_repeated():
    """No more copies are made than needed: of two equal weights the larger corpus is there as it is."""
    corpus = corpora.load("pokemon+ikea")
    pokemon, ikea = corpora.load("pokemon"), corpora.load("ikea")
    assert corpus.entries == pokemon.entries + ikea.entries
    assert corpus.copies[:1025] == (1,) * 1025 and sum(corpus.copies) == 2 * 1025
    assert len(corpus.training) == 2050 and len(corpus.sequences) == len(corpus.entries) == corpus.card.count


def test_a_blend_is_written_like_the_heaviest():
    """Names are written the way of the heaviest corpus, of equals the first."""
    tokens = tuple("billyduck")
    assert corpora.load("pokemon+ikea").write(tokens) == "Billyduck"
    assert corpora.load("ikea+pokemon").write(tokens) == corpora.load("pokemon+ikea*2").write(tokens) == "BILLYDUCK"


def test_a_blend_has_a_card_of_its_own():
    """The card names the parts, their sources and licences, and its hash changes with a weight: models are kept by
    it."""
    one, two = corpora.load("pokemon+ikea").card, corpora.load("pokemon*2+ikea").card
    assert (one.name, two.name) == ("pokemon+ikea", "pokemon*2+ikea")
    assert "npm pokemon" in one.source and "typed by hand" in one.source
    assert one.sha256 != two.sha256 and len(one.samples) == 5


def test_an_entry_of_both_counts_for_both():
    """What two corpora have in common is one entry, as often as they say together."""
    corpus = corpora.load("moons+stars")
    both = set(corpora.load("moons").sequences) & set(corpora.load("stars").sequences)
    assert both and len(corpus.entries) == len(set(corpus.sequences))
    assert all(corpus.copies[corpus.sequences.index(tokens)] >= 2 for tokens in both)


def test_a_file_blends_with_the_shelf(tmp_path):
    """A team's own corpus can be a part: `blend` takes any."""
    (tmp_path / "own.txt").write_text("Morbase\nKafkette\n")
    corpus = corpora.blend([(corpora.read(tmp_path / "own.txt"), 1), (corpora.load("moons"), 1)])
    assert corpus.copies[0] == 174 and corpus.card.name == "own+moons"


@given(entries=st.integers(1, 50), total=st.integers(0, 500))
def test_copies_are_spread_evenly(entries, total):
    """Copies add up to the total, and no entry has two more than another."""
    times = spread(entries, total)
    assert sum(times) == total and len(times) == entries and max(times) - min(times) <= 1
