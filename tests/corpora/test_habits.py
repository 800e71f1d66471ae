"""How names are written that a style alone would write otherwise, and what a line leaves out."""

import pytest

import corpora
from corpora import lines
from corpora.habits import Habits
from corpora.style import written


@pytest.fixture
def read(tmp_path):
    def of(*entries):
        (tmp_path / "names.txt").write_text("\n".join(entries), encoding="utf-8")
        return corpora.read(tmp_path / "names.txt")

    return of


@pytest.mark.parametrize(
    ("entries", "made"),
    [
        (["O'Brien", "O'Hara", "O'Shea"], ["O'Hahoy", "O'Xyz"]),
        (["O’Brien", "O’Hara", "D’Arcy"], ["O’Hahoy", "D’Xyz"]),
        (["O'Brien", "O'Hara", "Farfetch'd", "Sirfetch'd"], ["O'Hahoy", "Xyzfetch'd"]),
        (["van Dyke", "van Gent", "de la Cruz", "de la Rosa", "Vandenberg"], ["van Leit", "de la Leit", "Vanleit"]),
        (["McDonald", "McCoy", "Smith", "Jones"], ["McEuin", "Smeuin"]),
        (["Plan (Class A)", "Plan (Class B)", "Ship"], ["Foo (Class C)"]),
        (["Kim Jae-hyun", "Park Min-ho", "Lee Su-jin"], ["Foo Bar-baz"]),
        (["Roue-de-Fer", "Mite-de-Fer", "Pikachu"], ["Foo-de-Bar"]),
        (["J.R.R. Tolkien", "C.S. Lewis", "E.A. Poe"], ["A.B. Xyz"]),
        (["İstanbul", "Iğdır", "İzmir", "Diyarbakır"], ["İzdır", "Istan"]),
        (["Mewtwo", "Ho-Oh", "Kommo-o"], ["Foo-Bar", "Foo-o"]),
    ],
)
def test_made_names_are_written_as_the_entries_are(read, entries, made):
    """Capitals behind apostrophes, brackets, stops and beginnings, and words in small letters, as the entries have
    them; and all entries come back from their own tokens."""
    corpus = read(*entries)
    assert [corpus.write(corpora.tokenise(name)) for name in made] == made
    assert [corpus.write(tokens) for tokens in corpus.sequences] == list(corpus.entries)


def test_one_odd_entry_is_no_habit(read):
    """What a single entry does is its own affair: of `GitHub` alone nothing is learned."""
    corpus = read("GitHub", "Gitea", "van Dyke", "Rust", "Python")
    assert not any(corpus.habits) and corpus.write(tuple("gitfoo")) == "Gitfoo"


def test_habits_survive_a_model_file():
    """Habits kept as JSON are the same again; whatever else a file holds in their place is none."""
    habits = Habits({"short'": True}, frozenset(["van"]), frozenset(["mc"]))
    assert Habits.of_json(habits.as_json()) == habits
    for odd in (None, [], {"after": [], "small": {}, "within": 3}, {"after": {"x": 1}, "small": [2]}):
        assert not any(Habits.of_json(odd))


def test_the_dotted_capital():
    """İ is one token, written İ as a capital and i as a small letter: never an i with two dots."""
    assert len(corpora.tokenise("İ")) == 1
    assert written(corpora.tokenise("İSTANBİL"), "characters", "capitalised") == "İstanbil"
    assert written(corpora.tokenise("İZMİR"), "characters", "upper") == "İZMİR"


def test_joiners_are_spelling_and_marks_of_direction_are_not(read):
    """Joiners stay between letters that join and go elsewhere; marks around a name go; within it they are told."""
    corpus = read(
        "علی\u200cرضا", "\u200fדוד\u200f", "\u2067משה\u2069", "M\u200cew", "Do\u00adnau", "ශ්\u200dරී", "a\u200eb"
    )
    assert corpus.entries == ("علی\u200cرضا", "דוד", "משה", "Mew", "Donau", "ශ්\u200dරී")
    assert corpus.dropped == ((7, "has a character that cannot be seen (U+200E)"),)
    assert not any(token in ("\u200c", "\u200d") for tokens in corpus.sequences for token in tokens)
    assert corpus.write(corpus.sequences[0][:3]) == "علی"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("'We must go,' said Tom.", "We must go, said Tom."),
        ("'I don't know the man's way,' said Tom.", "I don't know the man's way, said Tom."),
        ("‘Go,’ he said, ‘and come back.’", "Go, he said, and come back."),
        ("He said 'wait for me' and left.", "He said wait for me and left."),
        ("'Go on (and no end)", "Go on and no end"),
        ("She sang 'the dogs' dinner is big' aloud", "She sang the dogs' dinner is big aloud"),
        ("'Tis runnin' wild 'bout the dogs' rock 'n' roll of the '90s", None),
        ("At 3 p.m. in the U.S. with the king", None),
        ("We saw Mr. Smith, etc. and e.g. the dog of St. John", None),
        ("I said no. And then I went", None),
    ],
)
def test_lines_keep_words_and_lose_quotation_marks(text, made):
    """Single quotation marks go like double ones, apostrophes stay, and the stop of an abbreviation ends nothing."""
    words = lines.words(text)
    assert lines.join(words).lower() == (made or text).lower()
    assert len(lines.starts([word.lower() for word in words])) == 1 + ("And then" in text)
