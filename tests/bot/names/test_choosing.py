"""Names are the best few of many draws: reproducible, new, unlike one another, and never more than what was drawn."""

import re
import threading
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

import generator
from bot.commands.parse import parse
from bot.commands.queries import DRAWN, MOST_CHOSEN, Complete, Generate
from bot.names.brainstorm import brainstorm
from bot.names.choosing import DRAWS, pick
from bot.names.constraints import constraint_of
from bot.names.faults import NEVER, NEW
from bot.names.score import is_word
from bot.names.seeds import BLOCKS, TURNS, Seeds
from bot.strings.chat import made_with, title
from corpora import rude
from generator.queries import pooling
from tests.bot.slack.test_previews import names
from tests.helpers.http import form, message_of, v2

FIVE = Generate("pokemon", seed=7)
ASKED = [
    FIVE,
    replace(FIVE, corpus="tech"),
    replace(FIVE, length=(6, 7)),
    replace(FIVE, pattern="mo..."),
    replace(FIVE, begins="m", ends="a"),
    replace(FIVE, corpus="pokemon+ikea", model="markov"),
    replace(FIVE, corpus="pokemon-ja"),
    replace(FIVE, corpus="lyrics", model="chain"),
    replace(FIVE, corpus="piano", model="chain"),
    replace(FIVE, model="hmm"),
    replace(FIVE, model="chain"),
    replace(FIVE, wild=1.5),
]


def named(batch):
    return [name.name for name in batch.names]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.command())
def test_a_seed_gives_its_names_again(library, asked):
    """Whatever was asked before, a seed's names are the same; another seed gives others; each is one of the draws of
    its pool."""
    found = brainstorm(asked, library)
    brainstorm(replace(asked, seed=8), library)
    assert found == brainstorm(asked, library) and found.names and found.drawn
    model = library.model(asked.corpus, asked.model, asked.order, asked.temperature)
    constraint = constraint_of(asked, library, model.vocabulary)
    size = 40 * asked.count if library.kind(asked.corpus) == "words" else DRAWS * asked.count
    pool = generator.pool(model, constraint, size, asked.seed, library.known(asked.corpus), asked.count)
    write = library.corpus(asked.corpus).write
    assert set(named(found)) <= {write(tokens) for tokens in pool.sequences()} and found.drawn == len(pool.ids)


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.command())
def test_nothing_known_and_nothing_twice(library, asked):
    """Chosen names are new, and nothing of theirs is rude."""
    found = named(brainstorm(asked, library))
    assert len(set(found)) == len(found) == asked.count
    assert not set(found) & set(library.corpus(asked.corpus).entries)
    assert library.kind(asked.corpus) == "notes" or not any(map(rude.is_rude, found))


def test_names_of_a_list_are_unlike_one_another_and_what_is_known(library):
    """No bare word, nothing an edit away from a known name, none that begin alike, and three edits apart."""
    known = [generator.key(entry) for entry in library.corpus("pokemon").entries]
    for seed in range(30):
        keys = [generator.key(name) for name in named(brainstorm(replace(FIVE, seed=seed), library))]
        assert not any(map(is_word, keys))
        assert all(Levenshtein.distance(key, entry) >= NEW for key in keys if len(key) > 3 for entry in known)
        assert all(
            Levenshtein.distance(one, other) >= min(3, len(one) // 2, len(other) // 2) and one[:3] != other[:3]
            for one, other in combinations(keys, 2)
        )


def test_many_lists_have_many_names(library):
    """The best names take turns: of 250 names in fifty lists more than three quarters differ, though the corpus is
    tiny."""
    found = [name for seed in range(50) for name in named(brainstorm(replace(FIVE, seed=seed), library))]
    assert len(set(found)) > 0.75 * len(found)


def test_the_order_is_that_of_the_score(library):
    """Chosen names come best first, sorted by score they stay as they are, and a name has one score wherever it is
    shown."""
    asked = replace(FIVE, count=12)
    found = brainstorm(asked, library, scored=True).names
    totals = [name.score.total for name in found]
    assert totals == sorted(totals, reverse=True)
    assert brainstorm(replace(asked, sort="score"), library).names == found
    [one] = [
        name
        for name in brainstorm(
            Complete("pokemon", pattern=f"{found[0].name[:-1]}*", count=20, sort="score"), library
        ).names
        if name.name == found[0].name
    ]
    assert one.score == found[0].score


def test_raw_draws_come_as_they_are_drawn(library):
    """raw=on, `draw` without a pattern, and more names than can be chosen are plain draws; nothing says chosen."""
    raw, many = replace(FIVE, raw=True), replace(FIVE, count=MOST_CHOSEN + 1)
    assert raw.temperature == many.temperature == FIVE.temperature == DRAWN
    assert parse("draw pokemon seed=7", ["pokemon"]) == raw == parse("generate pokemon raw=on seed=7", ["pokemon"])
    model = library.model("pokemon", "mix", None, DRAWN)
    drawn = generator.draw(
        model, constraint_of(raw, library, model.vocabulary), 5, np.random.default_rng(7), library.known("pokemon")
    )
    batch = brainstorm(raw, library)
    assert named(batch) == [library.corpus("pokemon").write(one.tokens) for one in drawn.found]
    assert "chosen" not in made_with(batch) and "drawn as they come" in made_with(batch)
    assert "at most 1,000 are chosen" in made_with(brainstorm(many, library))


def test_where_fewer_fit_than_wanted(library):
    """Of a pattern that few new names fit, all are given, and the small print has the true number of draws."""
    asked = Generate("pokemon", pattern="[pm]i[ck]a", count=20, seed=7)
    fit = {
        "".join(one.tokens)
        for one in generator.complete(
            library.trained("pokemon", "mix"),
            constraint_of(asked, library, library.trained("pokemon", "mix").vocabulary),
            20,
            library.known("pokemon"),
        ).found
    }
    batch = brainstorm(asked, library)
    assert {name.lower() for name in named(batch)} == fit and batch.drawn == len(fit) < 20
    assert f"chosen from {len(fit)} draws · seed 7" in made_with(batch) and "no more fit" in title(batch)


def test_what_was_shown_does_not_come_again(library):
    """More goes on without repeating, page after page, and keeps away from what was shown."""
    shown: list[str] = []
    for seed in range(7, 17):
        found = named(brainstorm(replace(FIVE, seed=seed), library, shown=shown))
        assert len(found) == 5 and not set(found) & set(shown)
        shown += found


def test_threads_choose_alike(library):
    """Threads that walk one block at once give what one alone gives."""
    seeds = [50_000, 175_000, 300_000, 50_000, 50_001, 175_000]
    alone, found = [named(brainstorm(replace(FIVE, seed=seed), library)) for seed in seeds], {}
    start = threading.Barrier(len(seeds))

    def ask(place, seed):
        start.wait()
        found[place] = named(brainstorm(replace(FIVE, seed=seed), library))

    threads = [threading.Thread(target=ask, args=each) for each in enumerate(seeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[place] for place in range(len(seeds))] == alone


def test_new_seeds_share_blocks():
    """Eight new seeds in a row lie in one block; the seed after any of them, which More takes, does not."""
    assert (BLOCKS, TURNS) == (pooling.APART, pooling.MOST_POOLS)
    new = Seeds()
    seeds = [new() for _ in range(16)]
    assert len({seed % 125_000 for seed in seeds[:8]}) == 1 and len(set(seeds)) == 16 and max(seeds) < 1_000_000


@given(st.lists(st.integers(0, NEVER), max_size=30), st.integers(1, 10))
def test_the_least_faults_are_taken_first(faults, count):
    """Of candidates in order: as many as wanted of those that may be taken at all, never one whose fault is graver than
    one left behind."""
    chosen = pick(range(len(faults)), count, lambda place, most: faults[place], lambda place: None)
    usable = [place for place, fault in enumerate(faults) if fault < NEVER]
    assert chosen == sorted(usable, key=lambda place: (faults[place], place))[:count]


@pytest.mark.parametrize(
    "text",
    [
        "pokemon seed=7",
        "generate mo... pokemon seed=7",
        "pokemon 3 length=6 seed=7",
        "lyrics 3 seed=7",
        "pokemon ends=a raw=off seed=7",
    ],
)
def test_through_the_handler(handler, text):
    """In Slack the small print says what the names were chosen from, and the seed gives them again."""
    message = message_of(handler(v2(form(text)), None))
    assert " draws · seed 7" in message["text"] and "chosen from " in message["text"]
    assert message["text"] == message_of(handler(v2(form(text)), None))["text"]


def test_a_seed_is_printed_where_it_gives_the_list(workspace, trained):
    """Typed again, every printed seed gives the names that it stands below; what Shuffle and More bring after others
    has none printed."""

    def said(post):
        return re.search(r"seed (\d+)", post.text)

    [post] = workspace.types("ana", "names", "preview pokemon 3")
    [again] = workspace.types("ben", "names", f"pokemon 3 seed={said(post)[1]}")
    assert names(again) == names(post) and said(again)[1] == said(post)[1]
    [more] = workspace.clicks("ben", again, "More")
    workspace.clicks("ana", post, "Shuffle")
    assert said(more) is said(post) is None and not set(names(more)) & set(names(again))
    [sent] = workspace.clicks("ana", post, "Send")
    assert said(sent) is None and names(sent) == names(post) and "chosen from 300 draws" in sent.text


def test_raw_must_be_on_or_off(handler):
    """What was sent, what is allowed, and the line that works."""
    for text, said in (
        ("pokemon raw=maybe", "raw=on"),
        ("draw mo*** raw=off", "goes with `generate` alone"),
        ("complete mo*** raw=on", "goes with `generate` alone"),
    ):
        assert said in message_of(handler(v2(form(text)), None))["text"]
