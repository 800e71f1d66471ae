"""The quiz asks about a third of each kind, only fair names, all written alike; one seed gives the same names."""

import random
import re
from collections import Counter

import pytest

import corpora
import generator
from bot.errors import BadInput, NothingFits
from bot.quiz import drawing
from bot.quiz.drawing import Drawn, draw
from bot.quiz.fair import fair, plain_form
from bot.quiz.kinds import KINDS, REAL
from corpora import english, rude

SHELF = {name: {generator.key(entry): entry for entry in corpora.load(name).entries} for name in REAL}


@pytest.fixture(scope="module")
def drawn(library) -> list[Drawn]:
    """Three hundred questions of a channel, without what it was asked about before."""
    chance = random.Random(9)
    return [draw(library, chance) for _ in range(300)]


def edits(one: str, other: str) -> int:
    """Levenshtein's distance, by the textbook's table."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row, before = [i], row
        for j, b in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b)))
    return row[-1]


def test_a_third_of_each_kind(drawn):
    """Within what chance does to 300: four standard deviations; made-up names are of both corpora."""
    kinds = Counter(each.kind for each in drawn)
    assert set(kinds) == set(KINDS) and all(abs(count - 100) < 4 * (300 * 2 / 9) ** 0.5 for count in kinds.values())
    assert {each.corpus for each in drawn if each.kind == "made"} == set(REAL)


def test_real_names_are_real_and_made_up_ones_are_not(drawn):
    """A real one is an entry of its corpus; a made-up one of no list of Pokémon or technologies, nor one edit from
    it."""
    for name, spelling, kind, corpus in drawn:
        others = REAL if kind == "made" else [home for home in REAL if home != kind]
        assert kind == "made" or (SHELF[kind][generator.key(name)] == spelling and kind == corpus)
        alike = (key for home in others for key in SHELF[home] if abs(len(key) - len(name)) <= 1)
        assert all(edits(name.lower(), key) > 1 for key in alike), name


def test_the_writing_gives_nothing_away(drawn):
    """One word of 4 to 10 letters, a capital and small ones, whatever its corpus writes; nothing rude, no English word,
    no initials."""
    words = set(english.common())
    for name, spelling, *_ in drawn:
        assert re.fullmatch("[A-Z][a-z]{3,9}", name) and name.lower() == spelling.lower()
        assert name.lower() not in words and not rude.is_rude(name) and not spelling.isupper()


@pytest.mark.parametrize("name, kind, is_fair", [
    ("Onix", "pokemon", False), ("Shinx", "pokemon", False), ("Snorlax", "pokemon", True), ("Unix", "tech", False), ("Cloud", "tech", False),
    ("Kubernetes", "tech", True), ("Charmandar", "made", False), ("Glumanda", "made", False), ("Gluminda", "made", False),
    ("Kubernetis", "made", False), ("Vizorlet", "made", True), ("Cloud", "made", False),
])  # fmt: skip
def test_names_with_two_answers_are_not_asked_about(name, kind, is_fair):
    """Both, or nearly; a made-up one that is nearly real, in other languages of the cards too; English words."""
    assert fair(name, kind) is is_fair


@pytest.mark.parametrize(
    "entry",
    [
        "C++",
        "Node.js",
        "7-Zip",
        "Porygon2",
        "Mr. Mime",
        "Ho-Oh",
        "Flabébé",
        "Mew",
        "ABAP",
        "Kommo-o",
        "Go",
        "Internationalised",
    ],
)
def test_names_that_tell_by_their_form_are_not_asked_about(entry):
    """Signs, digits, spaces, accents, all capitals, fewer letters than 4 or more than 10."""
    assert not plain_form(entry)


def test_one_seed_gives_the_same_questions(library):
    """Made-up names too."""
    one, other = (random.Random(5) for _ in range(2))
    assert [draw(library, one) for _ in range(20)] == [draw(library, other) for _ in range(20)]


def test_no_name_comes_again_while_it_is_remembered(library):
    """As `question.ask` hands in what was asked: a hundred in a row are a hundred, from a shelf of three hundred."""
    chance, asked = random.Random(2), []
    for _ in range(100):
        asked.append(generator.key(draw(library, chance, asked).name))
    assert len(set(asked)) == 100


def test_where_no_name_can_be_made_up_real_ones_are_asked_about(library, monkeypatch):
    """And where there is nothing left at all, that is said."""

    def nothing(request, library):
        raise NothingFits("none")

    monkeypatch.setattr(drawing, "brainstorm", nothing)
    chance = random.Random(1)
    assert {draw(library, chance).kind for _ in range(40)} == set(REAL)
    everything = [generator.key(entry) for name in REAL for entry in library.corpus(name).entries]
    with pytest.raises(BadInput, match="no fair name left"):
        draw(library, chance, everything)


def test_made_up_names_are_those_of_the_usual_request(library, monkeypatch):
    """They are what `/techname pokemon` or `/techname tech` shows, so that people rate that and nothing else."""
    asked, brainstorm = [], drawing.brainstorm
    monkeypatch.setattr(
        drawing, "brainstorm", lambda request, library: asked.append(request) or brainstorm(request, library)
    )
    chance = random.Random(4)
    made = [each for each in (draw(library, chance) for _ in range(30)) if each.kind == "made"]
    assert made and len(asked) >= len(made)
    assert {
        (request.verb, request.model, request.count, request.length, request.wild, request.sought) for request in asked
    } == {("generate", "mix", 5, (4, 10), 1.0, None)}


def test_the_whole_shelf_has_many_questions():
    """Nine of ten Pokémon and two of three technologies are fair: nobody learns the list by heart in a week."""
    fit = {name: sum(plain_form(entry) and fair(entry, name) for entry in corpora.load(name).entries) for name in REAL}
    assert fit["pokemon"] > 900 and fit["tech"] > 1_900
