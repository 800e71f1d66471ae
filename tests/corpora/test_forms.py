"""What a team's file may look like: lines, CSV or prose, in whatever encoding, guessed or said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpora
from corpora import forms, shapes

PROSE = """Mr. Darcy walked in at 3.5 miles an hour. He said nothing! "Well?" asked
Jane… and then she left, i.e. she ran.

A new day began"""


@pytest.fixture
def write(tmp_path):
    """Writes bytes or text (as UTF-8) to a file and returns its path."""

    def to(content, name="names.txt"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return to


def test_prose_is_split_into_sentences(write):
    """Sentences end at their marks, not at abbreviations, numbers or the ends of lines, and know the line that they
    begin on."""
    assert forms.sentences(PROSE) == [
        (1, "Mr. Darcy walked in at 3.5 miles an hour."),
        (1, "He said nothing!"),
        (1, '"Well?" asked Jane… and then she left, i.e. she ran.'),
        (4, "A new day began"),
    ]


def test_prose_is_guessed(write):
    """A text whose lines hold several sentences is read as prose, and the notes say so; it can be overruled."""
    corpus = corpora.read(write(PROSE))
    assert corpus.card.kind == "words" and "prose" in corpus.notes[0] and len(corpus.entries) == 4
    assert (
        corpora.read(write(PROSE), form="lines")
        .entries[0]
        .startswith("Mr. Darcy walked in at 3.5 miles an hour. He said")
    )
    assert len(corpora.read(write("Mew. Mewtwo. Pikachu"), form="prose").entries) == 3


def test_sentences_of_scripts_without_spaces():
    """A full stop of Chinese or Japanese ends a sentence without a space behind it."""
    assert [s for _, s in forms.sentences("雨が降る。風が吹く。「行こう。」")] == [
        "雨が降る。",
        "風が吹く。",
        "「行こう。」",
    ]
    assert shapes.shape_of("", "雨が降る。風が吹く。「行こう。」そして") == "prose"


def test_too_long_a_sentence_is_dropped_by_line(write):
    """A sentence that no pattern could hold is left out, with the line that it begins on."""
    text = "Short one here, my dear friend.\n\n" + "word " * 70 + "end. Another short one, my friend."
    corpus = corpora.read(write(text), form="prose")
    assert len(corpus.entries) == 2 and corpus.dropped == ((3, "has 72 words, more than 64"),)


@pytest.mark.parametrize(
    ("content", "column", "entries"),
    [
        ("id,name\n1,Mew\n2,Mewtwo\n", None, ("Mew", "Mewtwo")),
        ("id,name\n1,Mew\n2,Mewtwo\n", "Name", ("Mew", "Mewtwo")),
        ("id,name\n1,Mew\n2,Mewtwo\n", 2, ("Mew", "Mewtwo")),
        ("id;Produkt\n1;Mew\n2;Mewtwo\n", None, ("Mew", "Mewtwo")),
        ("1\tMew\n2\tMewtwo\n", "2", ("Mew", "Mewtwo")),
        ("Mew\nMewtwo\n", None, ("Mew", "Mewtwo")),
        ('a,"Mr. Mime, Jr."\nb,"Farfetch\'d"\n', 2, ("Mr. Mime, Jr.", "Farfetch'd")),
        ("Mew,150\nMewtwo,151\n", None, ("Mew", "Mewtwo")),
        ("\ufefftitle,x\nMew,1\nMewtwo,2\n", "title", ("Mew", "Mewtwo")),
        ('name,x\n"Mr.\nMime",1\nMew,2\n', None, ("Mr. Mime", "Mew")),
        ("name,x\nMew,1\n,2\nMewtwo\n", None, ("Mew", "Mewtwo")),
    ],
)
def test_csv(write, content, column, entries):
    """A column of CSV is found by its head or its number, or guessed; its delimiter and its head are found out."""
    assert corpora.read(write(content, "names.csv"), column=column).entries == entries


def test_a_column_makes_it_csv(write):
    """Whoever names a column means CSV, whatever the file is called; the notes say which column it was."""
    corpus = corpora.read(write("a,b\nMew,1\nMewtwo,2\n"), column="a")
    assert corpus.entries == ("Mew", "Mewtwo") and corpus.notes[0] == "column a of 2, whose first row is its head"


@pytest.mark.parametrize("column", ["nobody", 0, 3, "9", -1, ""])
def test_a_column_that_is_not_there(write, column):
    """The error says which columns there are."""
    with pytest.raises(corpora.CorpusError, match="no column .*there are 2: id, name"):
        corpora.read(write("id,name\n1,Mew\n", "names.csv"), column=column)


@pytest.mark.parametrize("content", ["a,b\n" + "x" * 200_000 + ",1\n", 'a,b\n"' + "x,\n" * 70_000])
def test_bad_csv(write, content):
    """A cell without an end, or longer than any name, is refused with the line that its row begins on."""
    with pytest.raises(corpora.CorpusError, match="line 2 is not CSV"):
        corpora.read(write(content, "names.csv"))


def test_lines_of_csv_are_those_of_the_file(write):
    """What is dropped from CSV is told by the line that its row begins on, also behind a cell of several lines."""
    corpus = corpora.read(write('name,x\n"Mr.\nMime",1\nmew,2\nMEW,3\n', "names.csv"))
    assert corpus.dropped == ((5, "is the same name as on line 4"),)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Zoë\nŒuvre\n"),
        ("utf-16", "Zoë\n日本\n"),
        ("utf-16-le", "Zoe\nMew\n"),
        ("utf-16-be", "Zoë\nMew\n"),
        ("utf-32", "Zoë\nMew\n"),
        ("utf-8-sig", "Zoë\nMew\n"),
    ],
)
def test_other_encodings(write, encoding, text):
    """UTF-16 and UTF-32 show by their mark or their zeros; what is none of these is Windows-1252; a guess leaves a
    note."""
    corpus = corpora.read(write(text.encode(encoding)))
    assert corpus.entries == tuple(text.split())
    assert ("not UTF-8, read as" in corpus.notes[0]) == (encoding in ("cp1252", "utf-16-le", "utf-16-be"))


def test_an_encoding_can_be_said(write):
    """Whoever knows better says so; a wrong or unknown encoding is refused."""
    path = write("Мьюту\n".encode("cp1251"))
    assert corpora.read(path, encoding="cp1251").entries == ("Мьюту",)
    for encoding in ("utf-8", "klingon", "base64", "ascii"):
        with pytest.raises(corpora.CorpusError, match=encoding):
            corpora.read(path, encoding=encoding)


def test_the_kind_can_be_said(write):
    """A guess of the kind can be overruled, and the same entries as another kind are another corpus to train on."""
    path = write("Down by the river we go\nHold on, hold on, my love\n")
    words, letters = corpora.read(path), corpora.read(path, kind="characters")
    assert words.sequences[0] == ("down", "by", "the", "river", "we", "go")
    assert letters.sequences[0] == tuple("down by the river we go")
    assert words.card.sha256 != letters.card.sha256


@pytest.mark.parametrize("asked", [{"kind": "letters"}, {"form": "xml"}])
def test_what_cannot_be_asked_for(write, asked):
    """A kind or form that there is not is refused with those that there are."""
    with pytest.raises(corpora.CorpusError, match="there is no .*; there are .*(notes|prose)"):
        corpora.read(write("Mew\n"), **asked)


def test_melodies_are_read(write):
    """A file of melodies is guessed; each note has one spelling; a line with what is no note is dropped."""
    corpus = corpora.read(write("c4 e4 g4:1\nBb3:0.5 R\nC4 H4\n" + "D4 E4\n" * 3))
    assert corpus.card.kind == "notes" and corpus.entries == ("C4 E4 G4", "A#3:0.5 R", "D4 E4")
    assert corpus.dropped[0] == (3, "has 'H4', which is no note like C4, F#4:0.5 or R:2")


@pytest.mark.parametrize(
    ("count", "note"),
    [
        (1, "1 entry is too few"),
        (19, "19 entries are too few"),
        (20, "20 entries are a start"),
        (99, "99 entries"),
        (100, ""),
    ],
)
def test_little_is_said_to_be_little(write, count, note):
    """Under 20 entries are too few to learn much from, 20 are a start, and from 100 on nothing is said."""
    found = corpora.read(write("".join(f"name{i}\n" for i in range(count)))).notes
    assert note in found[0] if note else found == ()


@pytest.mark.parametrize(
    "text", ["." * 400_000, ". " * 200_000, "\n" * 400_000, "a.\n" * 100_000, "'" * 400_000, "。" * 200_000]
)
def test_long_and_odd_text_ends(text):
    """Text of a sign alone takes no more than a moment, so that the test ends."""
    assert "".join("".join(s for _, s in forms.sentences(text)).split()) == "".join(text.split())


@given(text=st.text(st.sampled_from("Ab. !?…\n\"'\t9,;ß。"), max_size=60))
def test_no_sentence_is_lost(text):
    """Whatever the text, its sentences in a row are the text but for spaces, and each begins on the line that it
    says."""
    found = forms.sentences(text)
    assert "".join("".join(s for _, s in found).split()) == "".join(text.split())
    for line, sentence in found:
        assert text.split("\n")[line - 1].split() and sentence.split()[0] in text.split("\n")[line - 1]


@given(text=st.text(max_size=80), column=st.one_of(st.none(), st.integers(1, 3)))
def test_csv_never_breaks(tmp_path_factory, text, column):
    """Whatever stands in a file of CSV, it is read or refused."""
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_text(text, encoding="utf-8", errors="replace")
    try:
        corpus = corpora.read(path, column=column)
    except corpora.CorpusError:
        return
    assert corpus.entries
