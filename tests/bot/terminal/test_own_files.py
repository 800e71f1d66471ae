"""A team's own file on the command line, from CSV, prose, lines of words and tunes to new ones, in every command that
takes one."""

import json
import re

import pytest

import generator
from tests.helpers.command_line import names

pytestmark = pytest.mark.slow

ALL = [
    f"{who} {does} the {what} {when}"
    for who in ("I", "You", "We")
    for does in ("see", "hear", "want", "love")
    for what, when in (("moon", "tonight"), ("sea", "again"), ("road", "at dawn"))
]
LINES = "\n".join(line for i, line in enumerate(ALL) if i % 5)
TUNES = "\n".join(f"C4 {a} G4:2 {b} E4:0.5 C4" for a in ("D4", "E4", "F4:0.5") for b in ("F4", "Bb4", "A4:1"))
TABLE = (
    "Product;Price\n"
    + "\n".join(
        f"{name};{i}"
        for i, name in enumerate(["Robin", "Raven", "Heron", "Wren", "Egret", "Merlin", "Kestrel", "Robin"])
    )
    + "\n!!!;9\n"
)
PROSE = "The cat sat on the mat. The dog sat on the cat, and nobody knew why it did.\nThen the dog ran to the mat. The cat ran on to the dog."


@pytest.fixture
def run(techname_in_a_folder, tmp_path):
    """The command line in a folder with a team's files."""
    for name, text in {"lines.txt": LINES, "tunes.txt": TUNES, "birds.csv": TABLE, "story.txt": PROSE}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "cafes.txt").write_bytes("Café Müller\nCafé Ångström\nBäckerei\nCrêperie\n".encode("cp1252"))
    return techname_in_a_folder


def test_lines_of_words_are_guessed(run):
    """Four words a line make a corpus of words: drawn lines are new, made of its words and written as it writes its
    own."""
    status, out, err = run("generate --corpus lines.txt -n 5 --seed 1")
    assert status == 0 and "lines.txt · chain" in err and "28 entries are a start" in err
    assert all(
        re.fullmatch("(I|You|We)( [a-z]+)+", line) and line in ALL and line not in LINES.splitlines()
        for line in names(out)
    ) and names(out)


def test_where_every_line_that_a_chain_makes_is_there_already(run, tmp_path):
    """A file whose lines say all that a plain chain could: the answer says so, and names the model that goes on."""
    (tmp_path / "all.txt").write_text("\n".join(ALL))
    status, _, err = run("generate --corpus all.txt")
    assert status == 3 and "makes no step that it has not seen" in err and "mix" in err
    assert run("generate --corpus all.txt --model mix -n 3")[0] == 0


@pytest.mark.parametrize(
    "line",
    [
        "complete 'we * the ...' --corpus lines.txt -n 3",
        "draw 'I * the ... again' --corpus lines.txt -n 2 --model markov",
        "complete '[I|you] ... tonight' --corpus lines.txt -n 3",
    ],
)
def test_patterns_over_a_teams_own_words(run, line):
    """What comes fits the pattern, word by word."""
    status, out, _ = run(line)
    assert status == 0 and names(out)
    assert all(
        re.match({"w": "We .+ the", "I": "I .+ the .*again$", "[": "(I|You) .*tonight$"}[line.split("'")[1][0]], found)
        for found in names(out)
    )


def test_tunes_are_guessed(run):
    """Notes are notes: flats come as sharps, a pitch without a length is of any, and `why` weighs notes."""
    status, out, _ = run("complete 'C4 * G4 ...' --corpus tunes.txt -n 4")
    assert (
        status == 0 and all(tune.startswith("C4 ") and tune.split()[2] == "G4:2" for tune in names(out)) and names(out)
    )
    hole, _ = json.loads(run("why 'C4 * ...' --corpus tunes.txt --json")[1])
    assert {found["token"] for found in hole["likely"]} >= {"D4", "E4", "F4:0.5"}
    assert (
        "B4 " not in run("generate --corpus tunes.txt -n 3 --model markov")[1]
        or "A#4" in run("generate --corpus tunes.txt -n 3 --model markov")[1]
    )


@pytest.mark.parametrize(("options", "kind"), [("--kind characters", "letter"), ("--kind words", "word")])
def test_the_guess_can_be_overruled(run, options, kind):
    """--kind says what a file is made of, whatever it looks like."""
    status, _, err = run(f"complete 'H4' --corpus tunes.txt {options}")
    assert status == 2 and f"one unknown {kind}" in err


def test_a_column_of_a_table(run):
    """The column is found by itself, by its name or by its number; what is left out is told with its line and the
    reason."""
    found = [
        run(f"complete 'r...' -n 3 --corpus birds.csv {option}") for option in ("", "--column Product", "--column 1")
    ]
    assert len({out for _, out, _ in found}) == 1 and found[0][0] == 0
    assert "Left out: line 9 is the same name as on line 2; line 10 has no letter or digit." in found[0][2]
    assert "Column Product of 2" in found[0][2] and "too few to learn much from" in found[0][2]
    status, _, err = run("generate --corpus birds.csv --column Colour")
    assert status == 2 and "there are 2: Product, Price" in err


def test_prose_is_read_sentence_by_sentence(run):
    """A story is a corpus of its sentences, and its words are tokens; it can be said to be lines."""
    status, out, err = run("complete 'the * sat ...' --corpus story.txt -n 2 --copy 4")
    assert (
        status == 0
        and "Read as prose, sentence by sentence." in err
        and all(line.startswith("The ") for line in names(out))
        and names(out)
    )
    assert "Read as prose" not in run("complete 'the * sat ...' --corpus story.txt -n 2 --form lines")[2]


def test_another_encoding(run):
    """A file that is not UTF-8 is read with a guess that is said, or as whoever brings it says."""
    guessed = run("complete 'caf***' --corpus cafes.txt -n 2")
    assert "Not UTF-8, read as Windows-1252" in guessed[2]
    said = run("complete 'caf***' --corpus cafes.txt -n 2 --encoding cp1252")
    assert said[1] == guessed[1] and "Windows-1252" not in said[2]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--kind letters", "there are characters, words, notes"),
        ("--form xml", "there are lines, csv, prose"),
        ("--encoding klingon", "no encoding is called"),
    ],
)
def test_what_cannot_be_said_of_a_file(run, options, said):
    """What is there to choose from is told."""
    status, out, err = run(f"generate --corpus lines.txt {options}")
    assert (status, out) == (2, "") and said in err


def test_a_model_of_words_keeps_what_it_is_made_of(run):
    """Trained and saved, a model of words answers patterns of words, and of notes notes; lines are written as the
    file's were."""
    assert run("train lines.txt -o lines.npz")[0] == 0 and generator.load("lines.npz").provenance["kind"] == "words"
    status, out, _ = run("complete 'we * the ...' -n 3 --model-file lines.npz")
    assert status == 0 and all(line.startswith("We ") for line in names(out))
    assert run("train tunes.txt -o tunes.npz --model markov")[0] == 0
    assert run("draw 'C4 * G4 ...' -n 2 --model-file tunes.npz")[1].startswith("C4 ")
    assert "alone" in run("draw 'C4*' --model-file tunes.npz")[2]


def test_models_of_words_are_judged_by_words(run):
    """`evaluate --kind words` counts words: fewer tokens than letters, and more nats for each."""
    judged = {
        kind: json.loads(run(f"evaluate lines.txt --model markov --folds 2 --json --kind {kind}")[1])
        for kind in ("words", "characters")
    }
    assert (
        judged["words"]["tokens"] < judged["characters"]["tokens"] / 2
        and judged["words"]["nll"] > judged["characters"]["nll"]
    )
    assert run("evaluate lines.txt --kind verse")[0] == 2


def test_twenty_entries_are_enough_to_start(run, tmp_path):
    """Names come from twenty entries, and the answer says that it is little."""
    (tmp_path / "team.txt").write_text(
        "\n".join(
            [
                "Ada",
                "Alan",
                "Grace",
                "Edsger",
                "Donald",
                "Barbara",
                "Linus",
                "Guido",
                "Bjarne",
                "Ken",
                "Dennis",
                "Brian",
                "Margaret",
                "Radia",
                "Leslie",
                "Tim",
                "Vint",
                "Anita",
                "Frances",
                "John",
            ]
        )
    )
    status, out, err = run("generate --corpus team.txt -n 5 --seed 3")
    assert status == 0 and len(names(out)) == 5 and "20 entries are a start" in err


NAMES = ["Nahap", "Limer", "Colan", "Pelan", "Runix", "Litor", "Diron", "Hudil", "Xaper", "Gaper", "Naron", "Kahap"]
SHAPES = {
    "table.txt": "".join(f"{name},F,{90 - i}\n" for i, name in enumerate(NAMES)),
    "names.json": json.dumps({"names": NAMES}, indent=1),
    "line.txt": ", ".join(NAMES),
    "names.md": "# Names\n\n" + "".join(f"- {name}\n" for name in NAMES),
    "sep.csv": "sep=;\r\nName;Land\r\n" + "".join(f"{name};DE\r\n" for name in NAMES),
    "names.dic": "12\n" + "".join(f"{name}/GT\n" for name in NAMES),
    "mac.txt": "\r".join(NAMES),
    "wide.txt": "\r\n".join(NAMES).encode("utf-16"),
}


@pytest.mark.parametrize("name", SHAPES)
def test_every_command_reads_a_file_alike(run, tmp_path, name):
    """`train`, `evaluate` and the questions have the same twelve names of a file, whatever its shape."""
    content = SHAPES[name]
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    assert run(f"train {name} -o m.npz --model markov")[0] == 0
    model = generator.load("m.npz")
    assert model.provenance["names"] == 12 and set(model.vocabulary.tokens) >= set("".join(NAMES).lower())
    assert not set(model.vocabulary.tokens) & set(',;"{}[]#/0123456789')
    assert json.loads(run(f"evaluate {name} --folds 2 --model markov --json")[1])["names"] == 12
    status, out, _ = run(f"draw --corpus {name} --model markov -n 3 --seed 1")
    assert status == 0 and all(found.isalpha() for found in names(out)) and names(out)


def test_an_open_quotation_mark_is_told_by_every_command(run, tmp_path):
    """The line on which it opens, and nothing learned."""
    (tmp_path / "open.csv").write_text('id,name\n1,Balan\n2,"Comer\n' + "".join(f"{i},N{i}a\n" for i in range(3, 30)))
    for line in ("train open.csv -o m.npz", "evaluate open.csv", "draw --corpus open.csv"):
        status, out, err = run(line)
        assert (status, out) == (2, "") and "line 3 is not CSV" in err


@pytest.mark.parametrize("where", ["--corpus irish.txt --model markov", "--model-file irish.npz"])
def test_made_names_keep_the_form_of_the_file(run, tmp_path, where):
    """Capitals, small words and single spaces as in the file, from the file itself and from a model that was trained
    on it."""
    last = ["Brien", "Connor", "Neill", "Reilly", "Sullivan", "Hara", "Keefe", "Leary", "Malley", "Shea"]
    (tmp_path / "irish.txt").write_text("\n".join([f"O'{name}" for name in last] + [f"van {name}" for name in last]))
    assert run("train irish.txt -o irish.npz --model markov")[0] == 0
    made = names(run(f"draw {where} -n 300 --seed 5 --sayable off")[1])
    assert len(made) == 300 and not [name for name in made if "  " in name or "''" in name or name != name.strip()]
    assert not [name for name in made if re.search(r"^O'[a-z]|^Van \w", name)]
    assert any(name.startswith("O'") for name in made) and any(name.startswith("van ") for name in made)


def test_json_holds_every_letter_whatever_stdout_can(run, tmp_path, monkeypatch):
    """Where the encoding of stdout lacks a letter JSON has it escaped: what is read back is the same."""
    (tmp_path / "ja.txt").write_text(
        "\n".join(["ピカチュウ", "ライチュウ", "フシギダネ", "ヒトカゲ", "ゼニガメ"]), encoding="utf-8"
    )
    line = "draw --corpus ja.txt --model markov -n 2 --seed 1 --json"
    plain = run(line)[1]
    monkeypatch.setattr("bot.terminal.printing.encoding", lambda: "cp1252")
    escaped = run(line)[1]
    assert escaped.isascii() and not plain.isascii() and json.loads(escaped) == json.loads(plain)
