"""Models of one's own: `train`, `import`, `export`, and `--model-file` on every question of the command line."""

import json

import markovify
import numpy as np
import pytest

import corpora
import generator
from bot import cli
from bot.names.library import Library
from bot.strings import models as words
from bot.terminal import query
from tests.bot.terminal.test_cli import names, techname  # noqa: F401  (a fixture)

BIRDS = "Robin\nRavin\nRobot\nRaven\nHeron\nHerring\nGreat auk\n"
VERSE = (
    "The cat sat on the mat. The dog sat on the cat. A dog ran to the mat and the cat ran on. It was a very odd day."
)


@pytest.fixture
def run(techname, monkeypatch, settings, tmp_path):  # noqa: F811
    """The command line in a folder of its own with a file of birds; the shelf as it is."""
    monkeypatch.setattr(query, "Library", Library)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "birds.txt").write_text(BIRDS, encoding="utf-8")
    return techname


@pytest.mark.parametrize(
    "asked, kind, order",
    [
        ("--model markov --order 2", "markov", 2),
        ("--model chain", "chain", 2),
        ("--order 3", "markov", 3),
        ("--model HMM", "hmm", None),
        ("", "mix", None),
    ],
)
def test_train_writes_a_model(run, asked, kind, order):
    """Any kind of model, with where it comes from: the corpus's hash, how its names are written and the settings."""
    status, out, err = run(f"train birds.txt -o birds.npz {asked}")
    adapted = kind in ("markov", "mix")
    assert (status, out) == (0, "") and f"birds.npz written: {kind}" in err
    assert (
        f"from 7 names of {27 if adapted else 14} different letters" in err
        and ("names of other lists for a background" in err) == adapted
    )
    assert "7 entries are too few" in err
    model, card = generator.load("birds.npz"), corpora.read("birds.txt").card
    assert (model.kind, model.order) == (kind, order)
    assert ("held_out" in model.provenance) == (kind != "chain")
    assert ("background" in model.provenance) == adapted
    said = {
        key: said for key, said in model.provenance.items() if not key.startswith("held_out") and key != "background"
    }
    assert said == {
        "corpus": "birds",
        "sha256": card.sha256,
        "names": 7,
        "kind": "characters",
        "style": "sentence",
        "lengths": [5, 9],
        "seed": 0,
    }


@pytest.mark.parametrize("silent, told", [(0.0, True), (float("inf"), False)], ids=["long", "short"])
def test_a_long_training_is_told_round_by_round(run, monkeypatch, silent, told):
    """A training tells of itself once it has been silent for some seconds; one that takes a moment tells nothing."""
    monkeypatch.setattr("bot.names.progress._SILENT", silent)
    _, _, err = run("train birds.txt -o birds.npz --model hmm")
    assert ("hidden Markov model: round" in err) == told


def test_plain_is_a_markov_unless_said_and_refused_where_it_means_nothing(run):
    """What --plain asks for is done or refused, never passed over."""
    assert run("train birds.txt -o birds.npz --plain")[0] == 0
    model = generator.load("birds.npz")
    assert model.kind == "markov" and not model.lengths.size
    status, _, err = run("train birds.txt -o birds.npz --model mix --plain")
    assert status == 2 and "`--plain` does not go with `mix`, only with `markov` or `hmm`" in err


def test_training_again_gives_the_same_bytes(run, tmp_path):
    """The same file and settings give the same model file."""
    for name in ("a.npz", "b.npz"):
        run(f"train birds.txt -o {name} --model markov")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


@pytest.mark.parametrize(
    "line",
    ["generate -n 3 --seed 7", "complete 'r***n' -n 3", "draw 'r...' -n 3 --seed 7", "why 'r*...'", "'r***n' -n 3"],
)
def test_a_model_file_answers_every_question(run, line):
    """With the file alone: the very answers of the model trained in passing, but that nobody knows which names exist
    already."""
    run("train birds.txt -o birds.npz --model markov --order 2")
    status, _out, err = run(f"{line} --model-file birds.npz")
    assert status == 0 and "birds.npz · markov · order 2" in err
    assert (words.NO_KNOWN_NAMES in err) == ("why" not in line)
    with_names = run(f"{line} --model-file birds.npz --corpus birds.txt")
    assert with_names[1] == run(f"{line} --corpus birds.txt --model markov --order 2")[1]
    assert words.NO_KNOWN_NAMES not in with_names[2] and "birds.npz · markov · order 2" in with_names[2]


def test_names_are_written_as_the_corpus_writes_its_own(run):
    """The file remembers capitals and usual lengths."""
    run("train birds.txt -o birds.npz --model markov --order 2")
    found = names(run("generate -n 20 --seed 1 --model-file birds.npz")[1])
    assert all(
        name[0].isupper() and name[1:].islower() and 5 <= len(name) <= 9 for name in map(str, found) if " " not in name
    )


def test_a_shelf_corpus_unchanged_is_known(run):
    """A model trained on a corpus of the shelf knows which names to leave out without being told."""
    run("train pokemon -o p.npz --model chain --order 1")
    status, out, err = run("complete 'mew...' --model-file p.npz")
    assert status == 0 and "Already out there: Mew" in err and "Mewtwo" not in names(out)
    assert run("complete 'mew...' pokemon --model-file p.npz")[1] == out


@pytest.mark.parametrize("compiled", [False, True])
def test_markovify_comes_in_and_goes_out(run, tmp_path, compiled):
    """A chain of markovify's is imported, answers patterns that markovify cannot, and is exported as markovify wrote
    it."""
    chain = markovify.Chain([list(line) for line in BIRDS.lower().splitlines()], 2)
    (tmp_path / "chain.json").write_text((chain.compile() if compiled else chain).to_json())
    assert run("import chain.json -o chain.npz")[0] == 0
    assert generator.load("chain.npz").provenance["imported"] == "markovify"
    assert "herring" in names(run("complete '*err***' --model-file chain.npz")[1])
    status, out, _ = run("export chain.npz --to markovify")
    assert status == 0 and markovify.Chain.from_json(out).model == chain.model
    assert run("export chain.npz --to markovify -o again.json")[:2] == (0, "")
    assert json.loads((tmp_path / "again.json").read_text()) == json.loads(out)


def test_a_text_of_words_answers_patterns_of_words(run, tmp_path):
    """Where tokens are words, `*` is one word, and what is found is written with spaces."""
    (tmp_path / "text.json").write_text(markovify.Text(VERSE, state_size=1).to_json())
    run("import text.json -o text.npz")
    status, out, _ = run("complete 'the * sat on ...' -n 3 --length 4-8 --model-file text.npz")
    assert (
        status == 0 and all(line.lower().startswith("the ") and " sat on" in line for line in names(out)) and names(out)
    )
    hole, _ = json.loads(run("why 'the * sat ...' --model-file text.npz --json")[1])
    assert {found["token"] for found in hole["likely"]} == {"cat", "dog"}


def test_arpa_goes_out(run):
    """A smoothed chain that ends by chance is written for language-model tools; one that weighs lengths is refused,
    with what to do."""
    run("train birds.txt -o birds.npz --model markov")
    if generator.load("birds.npz").lengths.size:
        status, out, err = run("export birds.npz --to arpa")
        assert (status, out) == (2, "") and "how long a name is" in err and "--plain" in err
    run("train birds.txt -o birds.npz --model markov --plain")
    status, out, _ = run("export birds.npz --to arpa")
    assert status == 0 and out.startswith("\\data\\\n") and out.endswith("\\end\\\n")


@pytest.mark.parametrize(
    "line, said",
    [
        ("train birds.txt", r"required: -o"),
        ("train none.txt -o m.npz", "none.txt cannot be read"),
        ("train birds.txt -o m.npz --model hmn", "Did you mean `--model hmm`"),
        ("train birds.txt -o m.npz --model hmm --order 2", "`order=` does not go with `hmm`"),
        ("train birds.txt -o m.npz --order 9", "from 1 to 6"),
        ("train birds.txt -o birds.txt/m.npz", "I cannot write `birds.txt/m.npz`"),
        ("import none.json -o m.npz", "I cannot read `none.json` (no such file"),
        ("import birds.txt -o m.npz", "not JSON"),
        ("import esc.json -o m.npz", "U+001B"),
        ("export none.npz --to arpa", "I cannot read `none.npz`"),
        ("export hmm.npz --to arpa", "hidden states"),
        ("export hmm.npz --to markovify", "counts alone"),
        ("export hmm.npz --to onnx", "no format 'onnx'"),
        ("export hmm.npz", "required: --to"),
        ("generate --model-file none.npz", "I cannot read `none.npz`"),
        ("generate --model-file .", "I cannot use `.`"),
        ("generate --model-file birds.txt", "not a techname model"),
        ("complete 'r*' --model-file cut.npz", "damaged"),
        ("why 'r*' --model-file newer.npz", "version 99"),
        ("draw 'r*' --model-file esc.npz", "U+001B"),
        ("generate --model-file hmm.npz --model markov", "is a model already"),
        ("generate --model-file hmm.npz hmm", "is a model already"),
        ("generate --model-file hmm.npz --order 3", "is a model already"),
        ("generate --model-file hmm.npz --length 8-6", "--model-file hmm.npz length=6-8"),
    ],
)
def test_what_cannot_be_done_is_told_and_exits_2(run, tmp_path, line, said):
    """A damaged, foreign or newer file, or one that a terminal would obey, is refused in words; no output, status 2."""
    model = generator.train("hmm", ["robin", "raven"], np.random.default_rng(0))
    generator.save(model, tmp_path / "hmm.npz")
    (tmp_path / "cut.npz").write_bytes((tmp_path / "hmm.npz").read_bytes()[:-200])
    with np.load(tmp_path / "hmm.npz") as file:
        arrays = dict(file)
    header = json.dumps(json.loads(arrays.pop("header").tobytes()) | {"version": 99})
    np.savez(tmp_path / "newer.npz", header=np.frombuffer(header.encode(), np.uint8), **arrays)
    generator.save(generator.train("chain", ["\x1b[2J"], None), tmp_path / "esc.npz")
    (tmp_path / "esc.json").write_text(markovify.Chain([["\x1b"]], 1).to_json())
    status, out, err = run(line)
    assert (status, out) == (2, "") and said in err, err
    assert "\x1b" not in err and not (tmp_path / "m.npz").exists()


def test_nothing_that_fits_exits_3(run):
    """A chain says never of what it has not seen: that is an answer and not a mistake."""
    run("train birds.txt -o birds.npz --model chain")
    for line in ("complete 'zz*'", "why 'rr*'", "draw 'rr*'"):
        status, out, err = run(f"{line} --model-file birds.npz")
        assert (status, out) == (3, ""), err


@pytest.mark.parametrize("name", ["train", "import", "export"])
def test_each_option_is_explained(name, capsys):
    """`--help` says what each option is for."""
    with pytest.raises(SystemExit):
        cli.main([name, "--help"])
    assert "None" not in capsys.readouterr().out
