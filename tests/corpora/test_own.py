"""A user's own file: what is kept, what is left out and why, and what is refused."""

import os
import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpora
from corpora import own
from corpora.tokens import JOINERS

# White space, soft hyphens, joiners, marks of direction and of a file's beginning: a line of these alone is blank.
INVISIBLE = "[\\s\u00ad\u200c-\u200f\u061c\u202a-\u202c\u2066-\u2069\ufeff]*"


@pytest.fixture
def write(tmp_path):
    """Writes bytes or text (as UTF-8) to a file and returns its path."""

    def to(content, name="names.txt"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return to


@pytest.mark.parametrize(
    "content", ["Mew\nMewtwo\n", "Mew\r\nMewtwo", "\ufeffMew\nMewtwo\n", "\n  Mew \n\n\tMewtwo\t\n\n", "Mew\rMewtwo\r"]
)
def test_one_name_a_line(write, content):
    """A byte-order mark, any line ending, blank lines and space around a name make no difference, not even to the
    hash."""
    corpus = corpora.read(write(content))
    assert corpus.entries == ("Mew", "Mewtwo") and corpus.dropped == ()
    assert corpus.sequences == (("m", "e", "w"), tuple("mewtwo"))
    assert corpus.card.sha256 == corpora.read(write("Mew\nMewtwo\n", "plain")).card.sha256


def test_a_list_from_the_shelf_reads_as_itself(write):
    """A shelf's file read as a user's own has the same entries, style and hash, so nothing is lost on the way."""
    pokemon = corpora.load("pokemon")
    mine = corpora.read(write("".join(f"{e}\n" for e in pokemon.entries), "mine.txt"))
    assert mine.entries == pokemon.entries and mine.dropped == ()
    assert (mine.card.style, mine.card.sha256, mine.card.count) == (pokemon.card.style, pokemon.card.sha256, 1025)


def test_entries_are_composed(write):
    """A letter and its accent become one, and a no-break or double space one plain one."""
    assert corpora.read(write("Flabe\u0301be\u0301\nMr.\u00a0 Mime\n")).entries == ("Flabébé", "Mr. Mime")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Mew\tTwo", "cannot be seen (U+0009)"),
        ("Mew\x00", "cannot be seen (U+0000)"),
        ("\u202eweM", "cannot be seen (U+202E)"),
        ("Mew\u200b", "cannot be seen (U+200B)"),
        ("M\u2028ew", "cannot be seen (U+2028)"),
        ("a" * 65, "65 characters, more than 64"),
        ("----", "no letter or digit"),
        ("🎉", "no letter or digit"),
        ("PIKACHU", "same name as on line 1"),
    ],
)
def test_what_is_left_out_is_told(write, line, reason):
    """A line that is no name is left out, and its number and the reason are kept."""
    corpus = corpora.read(write(f"Pikachu\n\n{line}\n{'b' * 64}\n"))
    assert corpus.entries == ("Pikachu", "b" * 64)
    ((number, why),) = corpus.dropped
    assert number == 3 and reason in why


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "has no names in it"),
        (b"\n \n", "has no names in it"),
        (b"\x00\n", r"no names in it: line 1 .* \(U\+0000\)"),
        (b"Mew\nZo\xeb\x00\x01\n", r"is not text \(line 2\)"),
        (b"Mew\nZo\x81", r"not UTF-8 \(line 2\)"),
        (b"Mew\n" * (own.LARGEST // 4) + b"!", "larger than 4,000,000 bytes"),
        (b"".join(b"n%d\n" % i for i in range(own.MOST + 1)), "has 100,001 entries"),
    ],
    ids=["empty", "blank", "zeros", "binary", "no encoding", "large", "many"],
)
def test_bad_content(write, content, what):
    """A file that cannot be a corpus is refused: what is wrong with which file, what is allowed, and what to do."""
    with pytest.raises(corpora.CorpusError, match=f"names.txt .*{what}") as caught:
        corpora.read(write(content))
    error = caught.value
    assert isinstance(error, ValueError) and str(error) == f"{error.what}; {error.allowed}; {error.do}"
    assert error.allowed.startswith("a corpus ") and error.do


def test_the_limits_are_inclusive(write):
    """A file of exactly the bytes and names allowed is read."""
    names = b"".join(b"n%d\n" % i for i in range(own.MOST))
    assert corpora.read(write(names.ljust(own.LARGEST, b"\n"))).card.count == own.MOST


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("none.txt", "no such file"),
        (".", "is a directory"),
        ("a\0b", "null byte"),
        ("", "cannot be read"),
        ("x" * 5000, "too long"),
    ],
)
def test_bad_paths(monkeypatch, tmp_path, path, what):
    """A path that leads to no file is refused in words, as text that can be shown, without the folders it lies in."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(corpora.CorpusError, match=what) as caught:
        corpora.read(path)
    assert str(caught.value).isprintable() and len(str(caught.value)) < 300 and str(tmp_path) not in str(caught.value)


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no /dev/zero here")
def test_an_endless_file_ends():
    """No more is read than the limit, whatever kind of file it is."""
    with pytest.raises(corpora.CorpusError, match="larger than"):
        corpora.read("/dev/zero")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_read(tmp_path):
    """What a shell passes as <(command) is a pipe, and reads like a file."""
    import threading

    os.mkfifo(path := tmp_path / "pipe")
    writer = threading.Thread(target=path.write_bytes, args=(b"Mew\n",), daemon=True)
    writer.start()
    assert corpora.read(path).entries == ("Mew",)
    writer.join()


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("My Names (2).txt", "my-names-2"),
        ("Pokémon.csv", "pokemon"),
        ("日本.txt", "file"),
        ("<!channel>.txt", "channel"),
        ("x" * 99, "x" * 32),
    ],
)
def test_the_card_is_named_after_the_file(write, file, name):
    """The name on the card is safe to type and to show, whatever the file is called."""
    card = corpora.read(write("Mew\n", file)).card
    assert card.name == name and card.samples == ("Mew",) and card.kind == "characters"


def test_a_home_is_understood(write, monkeypatch, tmp_path):
    """`~` in a path is the home folder also where no shell has put it in, as in --corpus=~/names.txt."""
    write("Mew\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert corpora.read("~/names.txt").entries == ("Mew",)


def test_samples_are_spread(write):
    """Five samples stand for the whole list and not for its beginning."""
    corpus = corpora.read(write("".join(f"name{i}\n" for i in range(100))))
    assert corpus.card.samples == ("name0", "name20", "name40", "name60", "name80")


def test_errors_can_be_pickled():
    """An error keeps its parts when a test runner or a worker process passes it on."""
    error = pickle.loads(pickle.dumps(corpora.CorpusError("a", "b", "c")))
    assert (error.what, error.allowed, error.do) == ("a", "b", "c")


@given(
    lines=st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=70), max_size=8
    )
)
def test_every_line_is_accounted_for(tmp_path_factory, lines):
    """Each line is an entry, or dropped with a reason, or blank; and entries written to a file again are read as they
    are."""
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes("\n".join(["Anchor", *lines]).encode())
    corpus = corpora.read(path, form="lines")
    blank = sum(bool(re.fullmatch(INVISIBLE, line)) for line in lines)
    assert len(corpus.entries) + len(corpus.dropped) + blank == len(lines) + 1
    assert all(1 <= len(tokens) <= own.LONGEST for tokens in corpus.sequences)
    assert all(char.isprintable() or char in JOINERS for entry in corpus.entries for char in entry)
    assert len(set(corpus.sequences)) == len(corpus.sequences)
    path.write_bytes("\n".join(corpus.entries).encode())
    again = corpora.read(path, kind=corpus.card.kind, form="lines")
    assert (again.entries, again.dropped, again.card) == (corpus.entries, (), corpus.card)
