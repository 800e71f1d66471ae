"""The shapes that files of names really have: each gives its names and nothing else, or is refused in words."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpora
from corpora import shapes
from corpora.columns import like_name

NAMES = [
    "Nahap",
    "Limer",
    "Colan",
    "Pelan",
    "Runix",
    "Litor",
    "Diron",
    "Hudil",
    "Xaper",
    "Gaper",
    "Naron",
    "Kahap",
    "Ruwen",
    "Ganix",
    "Nasel",
    "Wemer",
    "Zovax",
    "Jomer",
    "Mohap",
    "Cotor",
    "Vuwen",
    "Zonix",
    "Humer",
    "Husel",
]
UUIDS = [f"d95bafc{i:x}-f2a4-4{i:03x}-8cf4-bb99f4bea9{i:02x}" for i in range(1, 25)]
ARPABET = ["N AA1 HH AE0 P", "L AY1 M ER0"] * 12


def rows(template, names=NAMES):
    """A line for each name: {n} the name, {i} its number, {c} a country, {s} a letter, {u} an identifier."""
    return [
        template.format(
            n=name, i=i, c=("Italy", "Spain", "Peru")[i % 3], s="FM"[i % 2], u=UUIDS[i], p=ARPABET[i], k=99_000 - 37 * i
        )
        for i, name in enumerate(names)
    ]


def text(template, before="", after="", end="\n"):
    return before + end.join(rows(template)) + end + after


SHAPES = {
    "commas in a txt": ("a.txt", text("{n},{s},{k}")),
    "commas and spaces in a txt": ("a.txt", text("{n}, {s}, {k}")),
    "a column of years": ("a.txt", text("19{i:02},{n}")),
    "tabs in a txt": ("a.txt", text("{n}\t{i}")),
    "tabs between names": ("a.txt", text("{n}\t{c}")),
    "semicolons in a txt": ("a.txt", text("{n};{c};{k}")),
    "pipes in a txt": ("a.txt", text("{i}|{n}|{c}")),
    "a table of markdown": ("a.md", text("| {n} | {c} |", "| Marke | Land |\n|:---|---:|\n")),
    "a table as psql shows it": ("a.txt", text(" {i} | {n} | {c}", " nr | etwas | wo\n----+-----+----\n")),
    "the census": ("dist.txt", text("{n:15}{i}.006  {k}  {i}")),
    "the census, one space": ("dist.txt", text("{n} {i}.006 {k}.1 {i}")),
    "names aligned": ("a.txt", text("{n:12}  {c}")),
    "excel's own line": ("a.csv", text("{n};{c}", "sep=;\nName;Land\n", end="\r\n")),
    "excel's own line in a txt": ("a.txt", text("{c},{n}", "sep=,\n", end="\r\n")),
    "a head that is a brand": ("a.csv", text("{n},{c}", "Brand,Country\n")),
    "a head of another language": ("a.csv", text("{n},{c}", "Tavaramerkki,Maa\n")),
    "a head in Japanese": ("a.csv", text("{c},{n}", "国,名前\n")),
    "a head in Hebrew": ("a.csv", text("{n}", "שם\n")),
    "a head in Russian": ("a.csv", text("{n};{i}", "Марка;Число\n")),
    "a head in capitals": ("a.csv", text("{n}", "ETWAS\n")),
    "a head over numbers": ("a.csv", text("{n},{k}", "Qwertz,Uiop\n")),
    "an index without a title": ("a.csv", text("{i},{n},{c}", ",etwas,wo\n")),
    "identifiers first": (
        "a.csv",
        text("{u},{n},https://{i}.example.org,2001-01-02", "uuid,company_name,homepage_url,founded_on\n"),
    ),
    "tickers first": ("a.csv", text("AB{s}{s},{n} Group,{k}").replace(" Group", "")),
    "mails first": ("a.csv", text("p{i}@example.org,{n}")),
    "dates first": ("a.csv", text("{i}/11/2001,{n}")),
    "descriptions": ("a.csv", text('"Well, this is quite a long story, number {i}",{n}')),
    "slugs": ("a.csv", "\n".join(f"the-{n.lower()},{n}" for n in NAMES)),
    "json, a list": ("a.json", json.dumps(NAMES, indent=1)),
    "json in a txt": ("a.txt", json.dumps(NAMES)),
    "json, under a key": ("a.json", json.dumps({"description": "some names", "names": NAMES})),
    "json, lists under keys": ("a.json", json.dumps({"a": {"b": NAMES[:10]}, "c": {"d": NAMES[10:]}})),
    "json, objects": (
        "a.json",
        json.dumps([{"id": u, "name": n, "sex": "F"} for u, n in zip(UUIDS, NAMES, strict=False)]),
    ),
    "json, objects without the word": (
        "a.json",
        json.dumps({"data": [{"k": i, "x": {"y": n}} for i, n in enumerate(NAMES)]}),
    ),
    "json, columns": ("a.json", json.dumps({"id": UUIDS, "city": NAMES})),
    "json, names with numbers": ("a.json", json.dumps({n: i for i, n in enumerate(NAMES)})),
    "json, codes with names": ("a.json", json.dumps({"names": dict(zip(UUIDS, NAMES, strict=False))})),
    "json, rows": ("a.json", json.dumps([[i, n, "F"] for i, n in enumerate(NAMES)])),
    "json, one a line": ("a.jsonl", text('{{"id": {i}, "name": "{n}"}}')),
    "php": ("a.php", text("    '{n}',", "<?php\n// the names\nreturn [\n", "];\n")),
    "php, keys and values": ("a.php", text("    'k{i}' => '{n}',", "<?php\nreturn array(\n", ");\n")),
    "python": ("a.py", f"NAMES = {NAMES!r}\n"),
    "javascript": ("a.js", f"export const names = {json.dumps(NAMES)};\n"),
    "r": ("a.R", "names <- c(" + ", ".join(f'"{n}"' for n in NAMES) + ")\n"),
    "yaml": ("a.yml", text("  - {n}", "---\nnames:\n")),
    "yaml with quotes": ("a.yaml", text('- "{n}"')),
    "yaml, records": ("a.yaml", text("- name: {n}\n  land: {c}", "people:\n")),
    "bullets": ("a.md", text("- {n}", "# Names\n\n")),
    "bullets in a txt": ("a.txt", text("• {n}")),
    "boxes": ("a.md", text("* [ ] **{n}**")),
    "links": ("a.md", text("* [{n}](https://example.org/{i})", "Some names\n==========\n")),
    "numbers": ("a.txt", text("{i}. {n}")),
    "numbers in brackets": ("a.txt", text("{i}) {n}", "The list:\n")),
    "html": ("a.html", text("<li>{n}</li>", "<html><body><ul>\n", "</ul></body></html>")),
    "html, a table": ("a.html", text("<tr><td>{i}</td><td><a href='#'>{n}</a></td></tr>", "<table>\n", "</table>")),
    "html, choices": ("a.htm", text("<option value='{i}'>{n}</option>", "<select>\n", "</select>")),
    "html, no end tags": ("a.html", text("<li>{n}", "<body><h1>Names</h1><p>Hello</p><ul>\n", "</ul></body>")),
    "xml": ("a.xml", text("<person><id>{u}</id><name>{n}</name></person>", '<?xml version="1.0"?>\n<all>', "</all>")),
    "hunspell": ("x.dic", text("{n}/GT", "24\n")),
    "hunspell, no flags": ("x.dic", text("{n}", "24\n")),
    "hunspell in a txt": ("x.txt", text("{n}/{s} po:noun", "24\n")),
    "cmu": ("cmudict", text("{n}  {p}", ";;; a comment\n").replace("\nLimer  ", "\nLimer(1)  ")),
    "commas on one line": ("a.txt", ",".join(NAMES)),
    "commas and spaces on one line": ("a.txt", "; ".join(NAMES) + "\n"),
    "quotes and commas on one line": ("a.txt", ", ".join(f'"{n}"' for n in NAMES)),
    "one row of csv": ("a.csv", ",".join(NAMES) + "\r\n"),
    "some lines of commas": ("a.txt", "\n".join(", ".join(NAMES[i : i + 8]) for i in range(0, 24, 8))),
    "spaces on one line": ("a.txt", " ".join(NAMES)),
    "a list in brackets": ("a.yml", f"names: [{', '.join(NAMES)}]\n"),
    "lists in a column": ("base.txt", "\n".join(f"Base{i}|5|12|lr|0|{','.join(NAMES[i::4])}" for i in range(4))),
    "comments": ("a.txt", text("{n}", "# names of the team\n# one a line\n;;; third\n")),
    "more comments than names on top": ("a.txt", text("{n}", "# licence\n" * 30)),
    "a head in a list": ("a.txt", text("{n}", "Name\n")),
    "cr": ("a.txt", text("{n}", end="\r")),
    "cr in csv": ("a.csv", text("{n},{i}", "Name,x\r", end="\r")),
    "utf-16": ("a.txt", text("{n}", end="\r\n").encode("utf-16")),
    "utf-16 with tabs": ("a.txt", text("{n}\t{k}", end="\r\n").encode("utf-16")),
}


@pytest.fixture
def read(tmp_path):
    """Reads a file of that name and content."""

    def of(name, content, **said):
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return corpora.read(tmp_path / name, **said)

    return of


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_its_names(read, shape):
    """The 24 names, in whatever order, and nothing of what stands around them."""
    corpus = read(*SHAPES[shape])
    assert sorted(corpus.entries) == sorted(NAMES), corpus.notes


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_is_told(read, shape):
    """What is no plain list is said to be read as something else, or its lines are told that were left out."""
    corpus = read(*SHAPES[shape])
    plain = shape in ("cr", "utf-16")
    assert plain == (not [note for note in corpus.notes if "24 entries" not in note] and not corpus.dropped)


@pytest.mark.parametrize(
    "entries",
    [
        ["Mr. Mime", "Farfetch'd", "Type: Null", "Ho-Oh", "Nidoran♀"],
        ["Smith, John", "Jones, Mary", "O'Brien, Pat", "Neumann, John"],
        ["Boeing 707", "Boeing 717", "Boeing 727", "Airbus 319"],
        ["#hashtag", "#mew", "#muk", "#seel"],
        ["A/B", "Mew/Two", "Muk/Seel", "Onix/Abra"],
        ["3 Musketeers", "7 Up", "4711 Cologne", "Chanel No. 5"],
        ["1. FC Nürnberg", "1. FC Köln", "1. FC Saarbrücken", "FSV Mainz"],
        ["Down, by the river, we go", "Hold on, my love, hold on", "Hey, Joe, where are you going"],
        ["C++", "C#", "F#", ".NET", "Objective-C"],
        ["AC/DC", "R.E.M.", "Guns N' Roses", "(Sandy) Alex G"],
        ["Yahoo!", "eBay", "iPhone", "booking.com", "monday.com"],
        ["[Babbles back] Sixty seconds to go.", "(laughs) We have sixty seconds left now.", "We [all] wait."],
        ['"Come back," she said to me', '"Go," he said to them', '"No," said Tom at last (softly)'],
        ["X: the Unknown", "K: a Novel", "M: a City"],
    ],
)
def test_a_plain_list_stays_one(read, entries):
    """Signs that belong to names make no table and no list of them: every line is an entry as it stands."""
    assert read("a.txt", "\n".join(entries)).entries == tuple(entries)


def test_the_shelf_reads_as_before(read):
    """Every list of the shelf, given as a team's own file, is read as it is on the shelf, with nothing left out."""
    for card in corpora.shelf():
        corpus = corpora.load(card.name)
        mine = read("mine.txt", "".join(f"{entry}\n" for entry in corpus.entries))
        assert (mine.entries, mine.dropped, mine.card.style, mine.card.kind) == (
            corpus.entries,
            (),
            card.style,
            card.kind,
        )


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.csv", 'id,name\n1,Mew\n2,"Muk\n3,Seel\n4,Onix\n', "line 3 is not CSV .*never closed"),
        ("a.csv", 'id,name\n1,"Mew\n2,Muk\n3,Seel\n4,"Onix"\n', "line 2 is not CSV .*never closed"),
        ("a.txt", 'Mew\t1\n"Muk\t2\nSeel\t3\n', "line 2 is not CSV .*never closed"),
        ("a.json", '["Mew",\n"Muk"', "not JSON"),
        ("x.csv", b"PK\x03\x04\x14\x00\x06\x00", "no text but a workbook"),
        ("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "no text but an old workbook"),
        ("x.txt", b"%PDF-1.7", "no text but a PDF"),
        ("x.aff", "SET UTF-8\nSFX A Y 1\n", "rules of a dictionary"),
    ],
)
def test_what_is_refused(read, name, content, what):
    """A quotation mark that is not closed is told with its line, and a file that is no text by what it is."""
    with pytest.raises(corpora.CorpusError, match=what):
        read(name, content)


def test_a_quotation_mark_within_a_cell_is_a_letter(read):
    """Marks that are closed on their own line are read, strictly or loosely; a cell over two lines is one entry."""
    content = 'name,x\n"The Rock" Johnson,1\nDwayne "D" Smith,2\n"Balan\nComer","two\nlines"\n"say ""hi""",3\n'
    assert read("a.csv", content).entries == ("The Rock Johnson", 'Dwayne "D" Smith', "Balan Comer", 'say "hi"')


def test_lines_as_they_stand(read):
    """`form="lines"` reads every line, whatever it looks like."""
    assert read("a.txt", "# Mew\n- Muk,1\n- Seel,2\n", form="lines").entries == ("# Mew", "- Muk,1", "- Seel,2")


def test_a_form_can_be_said(read):
    """What is not recognised can be said: names with a sign between them, few as they are."""
    assert read("a.txt", "Mew, Muk\n", form="commas").entries == ("Mew", "Muk")
    assert read("a.txt", "- Mew\nMuk\n", form="list").entries == ("Mew",)
    assert set(shapes.FORMS) == set(shapes.SHAPES)


def test_odd_signs_are_told(read):
    """Where most entries have a sign of tables in them, the notes name the options that may mend it."""
    corpus = read("a.txt", "Mew=1\nMuk=2\nSeel=3\n")
    assert corpus.entries[0] == "Mew=1" and "most entries have = in them" in corpus.notes[0]


ABC = """X:1
T:Speed the Plough
M:4/4
L:1/8
K:G
|:GABc dedB|dedB dedB|
c2ec B2dB|A2A2 A2BA:|
w: some words
X:2
T:Another
M:3/4
K:Am
"Am"A2 z [CEG]2 | (3ABc ^f- f | g>a _b
"""


def test_abc_is_read_as_notes(read):
    """Lines of music become melodies: the key, accidentals, octaves, lengths, rests, chords, ties, tuplets and dots."""
    corpus = read("tunes.abc", ABC)
    assert corpus.card.kind == "notes"
    assert corpus.entries[0] == " ".join(
        f"{pitch}:0.5"
        for pitch in ["G4", "A4", "B4", "C5", "D5", "E5", "D5", "B4", "D5", "E5", "D5", "B4", "D5", "E5", "D5", "B4"]
    )
    assert corpus.entries[1] == "C5 E5:0.5 C5:0.5 B4 D5:0.5 B4:0.5 A4 A4 A4 B4:0.5 A4:0.5"
    assert corpus.entries[2] == "A4 R:0.5 C4 A4:0.3333 B4:0.3333 C5:0.3333 F#5 G5:0.75 A5:0.25 A#5:0.5"


@pytest.mark.parametrize(
    ("cell", "like"),
    [("Mr. Mime", True), ("Guns N' Roses", True), ("東京", True), ("İzmir", True), ("می\u200cرود", True)]
    + [
        (odd, False)
        for odd in ("12.5", "2001-01-02", "a@b.org", "https://x.org", UUIDS[0], "q1w2e3r4t5y6u7", "x.example.com")
    ],
)
def test_what_looks_like_a_name(cell, like):
    """Letters are a name in any script; numbers, dates, addresses and identifiers are none."""
    assert (like_name(cell) >= 0.5) == like


@given(
    content=st.text(st.sampled_from("ab1 ,;|\t\n\r\"'<>/[](){}:#-*.K=\\\u200f"), max_size=60),
    suffix=st.sampled_from([".txt", ".csv", ".json", ".md", ".html", ".abc", ".dic", ""]),
)
def test_any_file_is_read_or_refused(tmp_path_factory, content, suffix):
    """Whatever stands in a file and whatever it is called, it is a corpus or an error in words."""
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(content.encode())
    try:
        corpus = corpora.read(path)
    except corpora.CorpusError:
        return
    assert corpus.entries and all(line > 0 and why for line, why in corpus.dropped)


@pytest.mark.parametrize(
    "piece",
    ["a,", "1 ", "'a' ", "- a\n", "<a>", "[", '"', "a/b c ", "A1 ", "x\u0301", "a-", "1-", "(a) ", "{", "C4 ", "a.b"],
)
@pytest.mark.timeout(20)
def test_no_text_holds_the_reader(tmp_path, piece):
    """A megabyte of the same is looked at in time that grows with it alone: it is read or refused in seconds."""
    (tmp_path / "a.txt").write_text(piece * (1_000_000 // len(piece)))
    try:
        corpora.read(tmp_path / "a.txt")
    except corpora.CorpusError as error:
        assert len(str(error)) < 500
