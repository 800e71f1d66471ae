"""From a request to names: the one caller of the generator."""

import itertools
from dataclasses import replace

import pytest

import generator
from bot.commands.options import MOST_SEED
from bot.commands.parse import parse
from bot.commands.queries import QUERIES, Complete, Draw, Generate, NamesQuery
from bot.errors import BadInput
from bot.names.brainstorm import NothingFits, brainstorm
from bot.names.seeds import new_seed
from bot.strings import chat as words
from generator.inference import product_hmm

TALK = ("mo***", "***base", "***ly", "*u*a", "ou*a")


def names(request: NamesQuery, library) -> list[str]:
    return [name.name for name in brainstorm(request, library).names]


@pytest.mark.parametrize(
    ("pattern", "corpus", "model"), list(itertools.product(TALK, ("pokemon", "tech"), ("markov", "hmm")))
)
def test_the_talks_patterns_answer(library, pattern, corpus, model):
    """Every pattern of the talk gets names that fit it and are new, from each corpus and model, by rank and by
    chance."""
    for verb in ("complete", "draw"):
        batch = brainstorm(QUERIES[verb](corpus, model, 5, pattern), library)
        assert len({name.name.casefold() for name in batch.names}) == len(batch.names) == 5
        for name in batch.names:
            assert len(name.name) == len(pattern)
            assert all(hole in ("*", letter) for hole, letter in zip(pattern, name.name.casefold(), strict=True))
            assert tuple(name.name.lower()) not in library.known(corpus)


@pytest.mark.parametrize(
    ("corpus", "said", "fits"),
    [
        (
            "pokemon",
            {"contains": "b*r"},
            lambda name: any(a == "b" and c == "r" for a, c in zip(name, name[2:], strict=False)),
        ),
        ("tech", {"begins": "mo", "ends": "a"}, lambda name: name.startswith("mo") and name.endswith("a")),
        (
            "tech",
            {"pattern": "*******", "begins": "[aeiou]", "contains": "oo"},
            lambda name: len(name) == 7 and name[0] in "aeiou" and "oo" in name,
        ),
    ],
)
def test_what_names_begin_with_end_with_and_contain(library, corpus, said, fits):
    """Every name does all that is said, ranked or drawn, and so do the known ones that are told."""
    for verb in ("complete", "draw"):
        batch = brainstorm(QUERIES[verb](corpus, "markov", 5, **said), library)
        assert len(batch.names) == 5
        assert all(fits(name.name.lower()) for name in batch.names)
        assert all(fits(name.lower()) for name in batch.known)
        assert batch.known_count == sum(fits(entry.lower()) for entry in library.corpus(corpus).entries)


def test_what_would_take_too_much_memory_is_refused(library, monkeypatch):
    """A hidden model that may copy next to nothing of a large corpus: told in words, before memory runs out."""
    monkeypatch.setattr(product_hmm, "MOST_NUMBERS", 100)
    with pytest.raises(BadInput, match="copy=3"):
        brainstorm(Generate("pokemon", "hmm", copy=1), library)


def test_affixes_that_exclude_one_another_are_told(library):
    """A name that would have to be longer than was asked for fits nothing, in words."""
    with pytest.raises(NothingFits, match="begins=abc ends=xyz"):
        brainstorm(Complete("tech", begins="abc", ends="xyz", length=(4, 5)), library)


def test_completions_come_likeliest_first_and_go_on(library):
    """The next five are those that follow the first five, none of them twice."""
    first = Complete("pokemon", count=10, pattern="mo***")
    halves = [replace(first, count=5, skip=skip) for skip in (0, 5)]
    batch = brainstorm(first, library)
    assert [name for half in halves for name in brainstorm(half, library).names] == list(batch.names)
    assert sorted(batch.names, key=lambda name: -name.log_prob) == list(batch.names)
    assert batch.seed is None


def test_the_same_seed_gives_the_same_names(library):
    """A seed that a reply shows draws its names again; another draws others."""
    request = Generate("pokemon")
    batch = brainstorm(request, library)
    assert brainstorm(replace(request, seed=batch.seed), library).names == batch.names
    assert brainstorm(replace(request, seed=batch.seed + 1), library).names != batch.names


def test_a_new_seed_can_be_typed():
    """Seeds of our own are short and within what `seed=` takes."""
    assert all(0 <= new_seed() < 1_000_000 <= MOST_SEED for _ in range(100))


def test_known_names_are_told_and_not_given(library):
    """Known names that fit stand beside the new ones: at most three of them, and how many there are."""
    known = library.corpus("pokemon").entries
    fitting = [entry for entry in known if entry.lower().startswith("s")]
    batch = brainstorm(Complete("pokemon", pattern="s..."), library)
    assert (batch.known, batch.known_count) == (tuple(fitting[:3]), len(fitting))
    assert not {name.name for name in batch.names} & set(known)


def test_names_are_as_long_as_asked_or_as_usual(library):
    """`length=` holds; without it names are as long as the corpus's own, and a gap is no licence for more."""
    sequences = library.corpus("pokemon").sequences
    usual = range(3, max(map(len, sequences)) + 1)
    assert all(len(name) in (4, 5) for name in names(Generate("pokemon", count=20, length=(4, 5)), library))
    assert all(len(name) in usual for name in names(Generate("pokemon", count=20), library))
    assert all(len(name) in usual for name in names(Draw("pokemon", count=20, pattern="m..."), library))
    long = "..." + "*" * max(usual) + "..."
    assert len(names(Draw("pokemon", count=1, pattern=long), library)[0]) == max(usual)


def test_a_length_that_somebody_chose_is_not_kept_for_ever(library, monkeypatch):
    """What is worked out for the usual lengths is kept; there are two thousand ranges that people can choose, tens of
    MB each."""
    asked, anything = [], library.anything
    monkeypatch.setattr(type(library), "anything", lambda _, *given: asked.append(given) or anything(*given))
    for length in (None, (4, 5), (6, 6)):
        names(Generate("pokemon", length=length), library)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (Complete("pokemon", pattern="mo🎉*"), "`🎉`"),
        (Complete("pokemon", pattern="<!here>*"), "`‹`"),
        (Complete("pokemon", pattern="mo***", length=(2, 3)), "mo***"),
        (Complete("pokemon", pattern="...zzzzzzzzzzzzzzzzz...", length=(1, 4)), "zzz"),
        (Complete("pokemon", pattern="mo*", skip=9_000), "No more new names"),
    ],
)
def test_says_what_is_in_the_way(library, request_, said):
    """Where nothing fits, the part or the reason is named, and nobody is mentioned."""
    with pytest.raises(NothingFits) as caught:
        brainstorm(request_, library)
    assert said in caught.value.message and "<" not in caught.value.message


def test_says_that_all_is_known(library):
    """Where every name that fits is known already, it says so and which."""
    entry = library.corpus("pokemon").entries[0]
    pattern = f"[{entry[0]}]{entry[1:]}"
    with pytest.raises(NothingFits, match=f"known already: {entry}"):
        brainstorm(Complete("pokemon", pattern=pattern), library)


def test_says_that_what_fits_is_copied(library):
    """Where new lines fit and each copies too much, that is the reason, asked for or not, and the command that lets
    them is offered and works."""
    for request, most in (
        (Complete("lyrics", pattern="Can you feel the floor begin to *"), 5),
        (Complete("pokemon", pattern="pikach*", copy=2), 2),
    ):
        with pytest.raises(NothingFits, match=f"more than {most} in a row") as caught:
            brainstorm(request, library)
        [mended] = caught.value.suggestions
        assert "known already" not in caught.value.message and brainstorm(parse(mended, library.kinds()), library).names


def test_fewer_than_asked_for_where_no_more_fit(library):
    """A pattern with few fillings gives those, not the same ones again."""
    found = names(Draw("pokemon", count=20, pattern="molt[aeio]d"), library)
    assert len(set(found)) == len(found) <= 4


def test_a_search_that_gave_up_claims_nothing(library, monkeypatch):
    """Where the generator could not look at everything and found nothing, the answer does not say that all is known."""
    nothing = generator.Completions((), False, float("inf"))
    monkeypatch.setattr(generator, "complete", lambda *_: nothing)
    with pytest.raises(NothingFits, match="as far as I could look"):
        brainstorm(Complete("pokemon", pattern="s..."), library)


def test_a_tangled_pattern_is_refused_with_a_way_out(library):
    """A pattern that would take seconds is bad input, not a claim that nothing fits; the example given works."""
    with pytest.raises(BadInput) as refused:
        brainstorm(Complete("pokemon", pattern="...a********b...", length=(3, 40)), library)
    assert not isinstance(refused.value, NothingFits)
    assert "length=7" in refused.value.message


@pytest.mark.parametrize(
    ("pattern", "length", "many"), [("mo***", None, False), ("mo...", None, True), ("mo...", (5, 5), False)]
)
def test_the_title_claims_no_more_than_the_order_keeps(library, pattern, length, many):
    """Names of several lengths share a list, so it is the likeliest of each length and not likeliest first."""
    batch = brainstorm(Complete("pokemon", pattern=pattern, length=length), library)
    assert batch.many_lengths is many
    assert ("of each length" in words.title(batch)) is many


@pytest.mark.parametrize("model", list(generator.MODELS))
def test_wild_names_are_bolder_and_tame_ones_tamer(library, model):
    """The wilder, the less likely drawn names are under the model as it was trained; every draw can be had again."""
    plain, means = library.model("pokemon", model), []
    for wild in (0.5, 1.0, 2.0):
        request = Generate("pokemon", model, 200, wild=wild, seed=7, raw=True)
        batch = brainstorm(request, library)
        assert batch.names == brainstorm(request, library).names
        assert (f"wild {wild:g}" in words.made_with(batch)) == (wild != 1.0)
        drawn = [
            name.name.lower() for seed in range(8) for name in brainstorm(replace(request, seed=seed), library).names
        ]
        means.append(generator.log_probs(plain, drawn).mean())
    assert means[0] > means[1] > means[2]


def test_wild_reaches_completions_and_their_buttons(library):
    """`wild` weighs completions too, and "More" goes on at the same temperature."""
    tame, bold = (Complete("pokemon", "markov", 10, "mo...", wild=wild) for wild in (0.5, 2.0))
    assert brainstorm(tame, library).names != brainstorm(bold, library).names
    assert "wild=0.5" in tame.command()
