"""Scores: each part is what it says, against plain counting and another library's distances; lists are sorted by
them."""

import json
import math
import re
from dataclasses import replace
from itertools import pairwise

import markovify
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import generator
from bot.commands import queries
from bot.commands.queries import SORTS, Complete, Generate
from bot.commands.who import Who
from bot.names import endings
from bot.names.brainstorm import brainstorm
from bot.names.library import Library
from bot.names.score import BENT, FILE, LEAST, MOST, Score, share_below
from bot.names.similarity import NearestNames
from bot.repositories.batches import fetch, from_json, keep, to_json
from bot.store.sqlite import SqliteStore
from bot.strings.names import SCORED
from corpora import english
from tests.bot.terminal.test_cli import names, techname  # noqa: F401  (a fixture)
from tests.fakes.slack_limits import accept
from tests.helpers.contexts import context
from tests.helpers.http import form, message_of, v2

DRAWN = Generate("pokemon", count=12, seed=7, sort="score")
AS_TRAINED = replace(DRAWN, wild=1 / queries.DRAWN, raw=True)


def distance(a: str, b: str) -> int:
    """Levenshtein's distance by its definition (Wagner and Fischer 1974)."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row, before = [i], row
        for j, y in enumerate(b, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (x != y)))
    return row[-1]


@given(
    st.lists(st.text("abcdé '", min_size=1, max_size=8), min_size=1, max_size=20),
    st.lists(st.text("abcdé '", min_size=1, max_size=8), min_size=1, max_size=5),
)
def test_the_nearest_is_the_nearest(known, asked):
    """No known name takes fewer edits than the one that is given, and it takes as many as are given."""
    for name, near in zip(asked, NearestNames(known).nearest(asked), strict=True):
        edits = {each: distance(generator.key(name), generator.key(each)) for each in known}
        assert near.name in known and near.edits == edits[near.name] == min(edits.values())


def test_more_names_than_are_compared_at_once():
    """Thousands of names are compared in parts, each with its own neighbour."""
    asked = [f"name{i}" for i in range(2_500)]
    assert [near.edits for near in NearestNames(asked).nearest(asked)] == [0] * 2_500


@given(st.lists(st.floats(-9, 0), min_size=2, max_size=60), st.floats(-10, 1))
def test_a_share_is_the_share(sample, value):
    """From the quantiles of a sample, the share of it that is no greater, to the nearest step of the quantiles."""
    quantiles = np.quantile(sample, np.linspace(0, 1, 21)).tolist()
    exact = sum(x <= value for x in sample) / len(sample)
    assert abs(share_below(value, quantiles) - exact) <= 1 / 20 + 1 / (len(sample) - 1) + 1e-9


def _strange(name, corpus):
    """How many of the runs of four letters of a name, its ends included, are in no entry."""
    held = "\n".join(f"^{entry.lower()}$" for entry in corpus.entries)
    return sum(f"^{name}$"[i : i + 4] not in held for i in range(len(name) - 1))


def _ending(name, corpus):
    """How a name ends beside its corpus and English words: the mean log ratio of how often each has its last one, two
    and three letters."""

    def share(names, text):
        return sum(one.endswith(text) if len(one) >= len(text) else one == text for one in names) / len(names)

    entries = [entry.lower() for entry in corpus.entries]
    return np.mean(
        [np.log((share(entries, name[-n:]) + 0.001) / (share(english.common(), name[-n:]) + 0.001)) for n in (1, 2, 3)]
    )


def test_a_share_of_nothing():
    """Where no real name can be made at all, any new one is likelier."""
    assert share_below(-2.0, []) == 1.0


def test_the_formula(library):
    """A score is what score.json says of what plain counting gives, and its reasons are true."""
    batch, corpus = brainstorm(AS_TRAINED, library), library.corpus("pokemon")
    model, said = library.trained("pokemon", "mix"), json.loads(FILE.read_text())
    quantiles, lengths = model.provenance["held_out_judge"], sorted(map(len, corpus.sequences))
    first, third = np.quantile(lengths, [0.25, 0.75])
    for name in batch.names:
        score, length = name.score, len(name.name)
        nats = generator.log_prob(model.parts[0], name.name.lower()) / (length + 1)
        likely = np.clip((nats - np.median(quantiles)) / (quantiles[15] - quantiles[5]), LEAST, MOST)
        features = {
            "likely": min(likely, BENT),
            "likelier": max(likely - BENT, 0),
            "long": max(length - third, 0) / max(third - first, 1),
            "ending": _ending(name.name.lower(), corpus),
            "strange": _strange(name.name.lower(), corpus),
            "word": score.word,
        }
        rating = said["intercept"] + sum(said["weights"][feature] * value for feature, value in features.items())
        assert score.total == pytest.approx(min(max(25 * (rating - 1), 0), 100), abs=0.51)
        assert score.off == round(max(length - third, 0) - max(first - length, 0))
        assert score.word == (name.name.lower() in english.common())
        assert score.likelier == pytest.approx(share_below(nats, quantiles), abs=6e-4)
        assert score.nearest in corpus.entries
        assert score.edits == min(distance(generator.key(name.name), generator.key(entry)) for entry in corpus.entries)


def test_real_names_that_were_held_out_are_the_measure():
    """How likely a model finds names that it did not see is in its file: for one tenth of them, what a model of the
    others says."""
    sequences = [
        tuple(entry) for entry in ("".join(chr(97 + (i * j) % 7) for j in range(1, 3 + i % 5)) for i in range(60))
    ]
    seen, held_out = sequences[:48], sequences[48:]
    model = generator.train("markov", seen, np.random.default_rng(0), held_out=held_out)
    nats = generator.log_probs(model, held_out) / [len(sequence) + 1 for sequence in held_out]
    assert model.provenance["held_out"] == pytest.approx(np.quantile(nats, np.linspace(0, 1, 21)), abs=1e-3)


def test_draws_are_as_likely_as_real_names(settings):
    """At the temperature of its training a model that foretells its corpus draws names of which about half are likelier
    than the middle one of the real ones."""
    library = Library(settings, progress=lambda line: None)
    likelier = [
        name.score.likelier for name in brainstorm(replace(AS_TRAINED, model="markov", count=300), library).names
    ]
    assert 0.35 < np.mean(np.array(likelier) > 0.5) < 0.75


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("asked", [DRAWN, Complete("pokemon", pattern="m...", count=12)])
def test_sorted(library, asked, sort):
    """The same names in another order, with scores where they are sorted by them; those alike stay as they were."""
    sort = None if sort == "rank" else sort
    plain, found = (
        brainstorm(replace(asked, sort=None), library).names,
        brainstorm(replace(asked, sort=sort), library).names,
    )
    assert {name.name for name in plain} == {name.name for name in found} and all(
        (name.score is None) == (sort != "score") for name in found
    )
    rank = [name.name for name in plain].index
    keys = {
        None: lambda name: rank(name.name),
        "score": lambda name: (-name.score.total, rank(name.name)),
        "length": lambda name: (len(name.name), rank(name.name)),
        "name": lambda name: (generator.fold(name.name), rank(name.name)),
    }
    assert all(keys[sort](a) < keys[sort](b) for a, b in pairwise(found))


def test_bold_names_are_judged_by_the_model_as_trained(library):
    """The temperature that made a name is not what it is held against: the same name has the same score."""
    pattern = Complete("pokemon", pattern="mor*", count=20, sort="score")
    usual = {name.name: name.score for name in brainstorm(pattern, library).names}
    bold = {name.name: name.score for name in brainstorm(replace(pattern, wild=1.7), library).names}
    both = usual.keys() & bold.keys()
    assert len(both) > 5 and all(usual[name] == bold[name] for name in both)


def test_words_and_notes_have_scores_too(library):
    """Lines and melodies are held against lines and melodies; a plain chain, which holds nothing out, against all of
    its corpus."""
    for corpus in ("lyrics", "piano"):
        found = brainstorm(Generate(corpus, "chain", 3, seed=1, sort="score"), library).names
        assert all(
            0 <= name.score.total <= 100 and name.score.nearest in library.corpus(corpus).entries for name in found
        )


@pytest.mark.parametrize(
    "said", [None, [], "x", [1.0], [-1.0, -2.0], [math.nan, -1.0], [-math.inf, -1.0], [[-1.0], [-2.0]]]
)
def test_a_file_that_says_nonsense_of_itself(settings, monkeypatch, said):
    """What a model's file says of names held out is believed only where it could be true; else its corpus is
    weighed."""
    library = Library(settings, progress=lambda line: None)
    monkeypatch.setitem(library.trained("pokemon", "markov").provenance, "held_out", said)
    nats = library.reference("pokemon", "markov").nats
    assert len(nats) == 21 and nats == sorted(nats)


def test_scores_on_the_command_line(techname):  # noqa: F811
    """--json has the score with its parts; --scores says them in words behind each name; without either names stand
    alone."""
    line = "generate pokemon --seed 7 -n 4 --sort score"
    found = json.loads(techname(f"{line} --json")[1])
    assert all(set(thing["score"]) == set(Score._fields) for thing in found)
    assert [thing["score"]["total"] for thing in found] == sorted(
        (thing["score"]["total"] for thing in found), reverse=True
    )
    said = names(techname(f"{line} --scores")[1])
    for thing, row in zip(found, said, strict=True):
        assert (
            row.startswith(thing["name"])
            and f" {thing['score']['total']}  likelier than " in row
            and row.endswith(thing["score"]["nearest"])
        )
    assert names(techname(line)[1]) == [thing["name"] for thing in found]


def test_a_model_without_its_names_gives_no_scores(techname, tmp_path):  # noqa: F811
    """Where nothing is known of what a model was made from there is nothing to hold a name against."""
    (tmp_path / "chain.json").write_text(markovify.Chain([list("mongo"), list("monzo"), list("mango")], 1).to_json())
    assert techname(f"import {tmp_path / 'chain.json'} -o {tmp_path / 'chain.npz'}")[0] == 0
    status, out, _ = techname(f"generate --model-file {tmp_path / 'chain.npz'} --length 3-8 --sort score --json")
    assert status == 0 and json.loads(out) and all(thing["score"] is None for thing in json.loads(out))


@pytest.mark.parametrize(
    "line, said",
    [
        ("generate --sort best", r"`sort=best`.*`score`, `length` or `name`"),
        ("generate --sort scroe", r"Did you mean `techname generate sort=score`"),
        ("why mo* sort=score", r"`why` gives none.*"),
    ],
)
def test_sorts_that_cannot_be(techname, line, said):  # noqa: F811
    """What was sent, what is allowed, and the line that works."""
    status, out, err = techname(line)
    assert (status, out) == (2, "") and re.search(said, err, re.DOTALL), err


def test_scores_in_slack(handler):
    """Sorted by score, each name has its score before it and none its rank; the heading and the small print say what
    that is."""
    for text in ("complete m... pokemon sort=score", "pokemon 20 seed=3 sort=score"):
        message = accept(message_of(handler(v2(form(text)), None)))
        lines = [block["text"]["text"] for block in message["blocks"] if block["type"] == "section"]
        scores = [int(re.fullmatch(r"(\d+) · .+", line)[1]) for line in lines]
        assert len(scores) > 3 and scores == sorted(scores, reverse=True)
        assert "sorted by score" in message["text"] and SCORED in message["text"]


def test_another_order_in_slack(handler):
    """Sorted by name or length, completions lose their ranks and have no scores."""
    message = message_of(handler(v2(form("complete m... pokemon sort=name")), None))
    lines = [block["text"]["text"] for block in message["blocks"] if block["type"] == "section"]
    assert lines == sorted(lines, key=generator.fold) and not any(line[0].isdigit() for line in lines)
    assert ", the likeliest of each length, sorted by name" in message["text"] and SCORED not in message["text"]


def test_scores_are_kept_with_a_batch(library, tmp_path):
    """A message that is shown again a month later has the scores that it had."""
    asked = context(SqliteStore(tmp_path / "store.db"), Who("T0", "C0NAMES", "U0ANA", "ana"))
    batch = brainstorm(replace(DRAWN, count=3), library)
    assert fetch(asked, keep(asked, batch).id).batch == batch


def test_a_score_of_an_earlier_version_is_left_out(library):
    """A batch stored with other parts of a score opens, with its names and without their scores."""
    batch = brainstorm(Complete("tech", pattern="mo***", sort="score"), library)
    plain = to_json(batch)
    old = plain | {
        "names": [
            [name, log_prob, [61, 0.5, 0.5, 5, "Monzo", 1], near]
            for name, log_prob, _, near in map(list, plain["names"])
        ]
    }
    again = from_json(old)
    assert [name.name for name in again.names] == [name.name for name in batch.names] and {
        name.score for name in again.names
    } == {None}


def test_the_endings_of_english_words_come_counted():
    """The file is what counting gives."""
    names = english.common()
    told = dict(line.split("\t") for line in endings.FILE.read_text(encoding="ascii").splitlines())
    for text in ("g", "ng", "ing", "x", "tly"):
        assert float(told[text]) == pytest.approx(sum(name.endswith(text) for name in names) / len(names), abs=1e-4)
