"""New names can be said: which commands see to it, what somebody types all the same, and what is said where nothing is
left."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import generator
from bot.answers.following import _next
from bot.answers.types import Act, ShownReasons
from bot.commands.parse import parse
from bot.commands.queries import OPTIONS, QUERIES, Complete, Draw, Generate, Why
from bot.errors import BadInput
from bot.names import saying
from bot.names.brainstorm import NothingFits, brainstorm
from bot.names.posterior import posterior
from bot.repositories.batches import from_json, to_json
from bot.slack.blocks.render import render
from corpora import english
from generator.inference import product_hmm
from generator.queries import distinct
from tests.bot.terminal.test_cli import names, techname  # noqa: F401  (a fixture)
from tests.fakes.fake_slack import buttons
from tests.fakes.slack_limits import accept
from tests.helpers import sayable_oracle

SHELF = ("pokemon", "tech", "pokemon-ja")


def oracle(entries):
    """Whether a name can be said as these entries are, by sets and regular expressions."""
    held = sayable_oracle.held(sayable_oracle.counted(entries), 2) | sayable_oracle.held(
        sayable_oracle.counted(english.common()), 3
    )
    inside = sayable_oracle.joined(held)
    return lambda name: sayable_oracle.said(name, held, inside=inside)


def made(request, library, count=200):
    return [name.name for name in brainstorm(replace(request, count=count, seed=4), library).names]


@pytest.mark.parametrize(
    ("corpus", "model"),
    [("pokemon", "mix"), ("pokemon", "hmm"), ("ikea", "markov"), ("pokemon+ikea", "markov"), ("cities", "chain")],
)
def test_drawn_names_can_be_said_unless_somebody_wants_others(library, corpus, model):
    """`generate` and `draw` give names that can be said alone, of blends and of every model; with sayable=off there are
    others among them."""
    said = oracle(library.corpus(corpus).entries)
    for request in (Generate(corpus, model), Draw(corpus, model, pattern="*...a"), Draw(corpus, model, length=(5, 6))):
        assert all(map(said, made(request, library)))
    if model != "chain":
        assert not all(map(said, made(Generate(corpus, model, sayable=False), library)))


def test_the_likeliest_are_ranked_as_they_are_unless_asked(library):
    """`complete` leaves nothing out by itself; with sayable=on the list is the one without what cannot be said, in its
    order."""
    said, plain = (oracle(library.corpus("pokemon").entries), Complete("pokemon", "markov", 60, "*[bcdfgkl]*[rst]*"))
    every, some = names_of(plain, library), names_of(replace(plain, sayable=True, count=5), library)
    assert not all(map(said, every))
    assert some == list(filter(said, every))[:5]


def names_of(request, library):
    return [name.name for name in brainstorm(request, library).names]


@pytest.mark.parametrize(
    "asked", [{"pattern": "xq***"}, {"pattern": "*****", "begins": "zf"}, {"ends": "qz"}, {"contains": "xqz"}]
)
def test_letters_that_somebody_typed_are_wanted(library, asked):
    """What no name could be said with is completed all the same, as if nothing had to be said."""
    for verb, switch in (("draw", None), ("draw", True), ("complete", True)):
        batch = brainstorm(QUERIES[verb]("pokemon", "markov", sayable=switch, **asked), library)
        assert batch.names and not batch.said


def test_where_nothing_that_fits_can_be_said(answered):
    """The refusal says so and has a button that lets others in; pressing it gives names."""
    message = accept(answered("draw [bcd][gkt][dgk]a** pokemon seed=3").payload())
    assert "can be said" in message["text"]
    [button] = buttons(message)
    assert button["value"] == "draw [bcd][gkt][dgk]a** pokemon mix 5 sayable=off seed=3"
    assert "sayable off" in answered(button["value"]).payload()["text"]


def test_where_all_that_can_be_said_is_known(library):
    """Of two names that fit one is known and the other cannot be said: the refusal offers the other."""
    corpus, said = library.corpus("pokemon"), oracle(library.corpus("pokemon").entries)
    _name, other, pattern = next(
        (entry, changed, f"{entry[:i]}[{entry[i]}{letter}]{entry[i + 1 :]}")
        for entry in map(str.lower, corpus.entries)
        for i, letter in itertools.product(range(1, len(entry)), "zqxk")
        if entry.isalpha()
        and entry.isascii()
        and said(entry)
        and not said(changed := entry[:i] + letter + entry[i + 1 :])
    )
    with pytest.raises(NothingFits, match="can be said") as refused:
        brainstorm(Draw("pokemon", "markov", 5, pattern), library)
    [freed] = refused.value.suggestions
    assert freed == f"draw {pattern} pokemon markov 5 sayable=off" and names_of(parse(freed, SHELF), library) == [
        other.capitalize()
    ]


def test_too_few_to_be_found_in_time(library, monkeypatch):
    """Where the sums under the acceptor would be too many: told in words with a way out, and nothing of copies."""
    monkeypatch.setattr(
        distinct.DistinctSampler, "_rejection_sample", lambda *_: []
    )  # as if the acceptor let next to nothing pass
    monkeypatch.setattr(product_hmm, "MOST_NUMBERS", 100)
    with pytest.raises(BadInput, match="sayable=off") as refused:
        brainstorm(Draw("pokemon", "hmm", 5, "mo***", seed=1), library)
    assert "in a row" not in refused.value.message and list(refused.value.suggestions) == [
        "draw mo*** pokemon hmm 5 sayable=off seed=1"
    ]


def test_other_scripts_lines_and_tunes_have_no_acceptor(library):
    """Where vowels are not written, and of words and notes, nothing is held against what can be said."""
    for corpus in ("pokemon-ja", "pokemon-ko", "lyrics", "piano"):
        assert library.sayable(corpus, library.model(corpus, "chain").vocabulary) is None
        assert not brainstorm(Generate(corpus, "chain", seed=1), library).said


def test_a_teams_own_file_has_its_own(techname, tmp_path):  # noqa: F811
    """A file of Slavic names teaches what starts them; five English ones lean on the words."""
    path = tmp_path / "own.txt"
    path.write_text(
        "\n".join(
            f"{start}{rest}" for start, rest in itertools.product(("vlt", "zdr", "mst"), ("ava", "ina", "oka", "enka"))
        )
    )
    status, out, _ = techname(f"generate --corpus {path} -n 20 --seed 1 --model markov")
    assert status == 0 and all(map(oracle(path.read_text().split()), names(out)))
    assert {name[:3] for name in names(out)} & {"vlt", "zdr", "mst", "Vlt", "Zdr", "Mst"}


@given(st.sampled_from(["generate", "draw", "complete"]), st.sampled_from([None, True, False]))
def test_the_command_says_it(verb, switch):
    """A request and its command are the same, so that buttons and stored batches ask for the same again."""
    request = QUERIES[verb]("pokemon", pattern=None if verb == "generate" else "mo***", sayable=switch)
    assert parse(request.command(), SHELF) == request
    assert ("sayable=" in request.command()) == (switch is not None)


@pytest.mark.parametrize(
    ("typed", "switch"),
    [("draw mo*** sayable=off", False), ("--sayable on complete mo***", True), ("pokemon SAYABLE=Off", False)],
)
def test_it_is_typed_like_every_option(typed, switch):
    assert "sayable" in OPTIONS and parse(typed, SHELF).sayable is switch


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("pokemon sayable=no", ["pokemon sayable=off"]),
        ("pokemon sayable=yes", ["pokemon sayable=on"]),
        ("pokemon sayable=perhaps", ["pokemon"]),
        ("why *u*a sayable=on", ["why *u*a"]),
        ("pokemon sayble=off", ["pokemon sayable=off"]),
    ],
)
def test_what_it_cannot_be_is_told(typed, mended):
    with pytest.raises(BadInput) as refused:
        parse(typed, SHELF)
    assert list(refused.value.suggestions) == mended


def test_buttons_go_on_as_they_were_asked(library):
    """More and the other ways keep what somebody said of it; said of nothing, the likeliest leave nothing out and draws
    do."""
    drawn = brainstorm(Draw("pokemon", pattern="mo***", sayable=False, seed=1), library)
    assert _next(drawn, Act.MORE).sayable is False and not _next(drawn, Act.RANKED).only_sayable
    ranked = brainstorm(Complete("pokemon", pattern="mo***"), library)
    assert _next(ranked, Act.SURPRISE).only_sayable and not ranked.said
    assert from_json(to_json(drawn)) == drawn


def test_the_small_print_of_why_is_true(library):
    """It says what counts there that the list below which somebody asked leaves out."""
    found = posterior(Why("pokemon", pattern="mo***"), library)
    told = {
        verb: render(ShownReasons(found, brainstorm(QUERIES[verb]("pokemon", pattern="mo***"), library))).payload()[
            "text"
        ]
        for verb in ("draw", "complete")
    }
    assert "the list leaves out all three" in told["draw"] and "the list leaves out the first two" in told["complete"]
    assert (
        "the list" not in render(ShownReasons(found)).payload()["text"]
        and "cannot be said" in render(ShownReasons(found)).payload()["text"]
    )


def test_the_runs_of_english_words_are_counted_as_they_stand():
    """After a change of the words, `python -m bot.names.saying` writes their runs anew."""
    assert saying.common_runs() == saying.count() == sayable_oracle.held(sayable_oracle.counted(english.common()), 3)


def test_every_allowed_draw_is_reached_in_bulk(library):
    """Thousands of draws under both acceptors hold nothing that either forbids."""
    model = library.model("pokemon", "mix")
    acceptor = generator.intersect(
        library.clean("pokemon", model.vocabulary), library.sayable("pokemon", model.vocabulary)
    )
    sample = generator.sample(
        model, generator.constrain(None, model.vocabulary, (3, 9), acceptor), 4000, np.random.default_rng(0)
    )
    assert len(sample.ids) == 4000 and generator.allowed(acceptor, sample.ids).all()
