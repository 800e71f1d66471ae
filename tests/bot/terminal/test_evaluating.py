"""`techname evaluate`: the files it reads, the JSON it prints, and what it refuses."""

import json

import pytest

from bot.cli import main

NAMES = ["mew", "muk", "mewtwo", "onix", "ekans", "kuna", "moltres", "mankey", "oddish", "golem", "gloom", "seel"]


@pytest.fixture
def files(tmp_path):
    """Paths of files with some names each."""
    for name, lines in {
        "all": NAMES,
        "train": NAMES[:8],
        "test": NAMES[6:],
        "dev": NAMES[8:10],
        "empty": ["", " "],
    }.items():
        (tmp_path / name).write_text("\n".join(lines) + "\n")
    (tmp_path / "latin").write_bytes("Flabébé\n".encode("latin-1"))
    return tmp_path


def run(capsys, *argv):
    status = main(["evaluate", *map(str, argv)])
    return status, *capsys.readouterr()


@pytest.mark.parametrize("dev", [False, True])
def test_a_test_file_gives_one_object(files, capsys, dev):
    """Names of the test that are in the training file are told from the novel ones."""
    more = ["--dev", files / "dev"] if dev else []
    status, out, _ = run(
        capsys, "--train", files / "train", "--test", files / "test", *more, "--model", "mix", "--json"
    )
    result = json.loads(out)
    assert status == 0
    assert {"nll", "nll_possible", "novel_nll", "tokens", "zero_probability"} <= result.keys()
    assert (result["model"], result["train"], result["dev"]) == ("mix", 8, 2 if dev else None)
    assert (result["names"], result["novel"], result["tokens"]) == (6, 4, sum(len(n) + 1 for n in NAMES[6:]))
    assert 1 < result["nll"] < 5 and result["zero_probability"] == 0


def test_folds_give_means_and_deviations(files, capsys):
    """Every name is tested once; the mean is that of the folds."""
    status, out, err = run(
        capsys, files / "all", "--folds", 3, "--model", "markov", "--order", 2, "--masked", 0.5, "--json"
    )
    result = json.loads(out)
    assert status == 0 and err.count("fold ") == 3
    assert (result["folds"], len(result["each"]), result["names"]) == (3, 3, len(NAMES))
    assert result["nll"] == pytest.approx(sum(fold["nll"] for fold in result["each"]) / 3)
    assert result["nll_sd"] > 0
    assert result["masked"].keys() >= {"whole", "whole_sd", "letters", "nll", "names", "hidden"}


def test_the_same_again(files, capsys):
    """Nothing is left to chance: two runs print the same."""
    assert run(capsys, files / "all", "--model", "hmm", "--folds", 2) == run(
        capsys, files / "all", "--model", "hmm", "--folds", 2
    )


def test_files_are_read_as_train_reads_them(tmp_path, capsys):
    """The column of a table, letters in lower case, each name once whatever its case: what is left out is told."""
    rows = "".join(f"{name.title()};{i}\n" for i, name in enumerate(NAMES)) + "MEW;99\n" * 500
    (tmp_path / "table.txt").write_text(rows)
    (tmp_path / "plain.txt").write_text("\n".join(NAMES))
    table, plain = (
        run(capsys, tmp_path / f"{name}.txt", "--folds", 2, "--model", "markov", "--json")
        for name in ("table", "plain")
    )
    assert table[0] == 0 and table[1] == plain[1]
    assert "is the same name as on line 1" in table[2] and "495 more lines" in table[2] and "column 1 of 2" in table[2]


def test_a_line_of_thousands_is_left_out(tmp_path, capsys):
    """A line longer than any name is told and judged by nobody."""
    (tmp_path / "long.txt").write_text("\n".join([*NAMES, "abc " * 10_000]))
    status, out, err = run(capsys, tmp_path / "long.txt", "--folds", 2, "--model", "markov", "--json")
    assert (status, json.loads(out)["names"]) == (0, len(NAMES)) and "line 13 has 39999 characters, more than 64" in err


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["nowhere"], "no such file"),
        (["empty"], "no name"),
        (["latin"], "smaller"),
        (["all", "--kind", "verse"], "there is no kind"),
        (["all", "--encoding", "klingon"], "no encoding"),
        (["--train", "train", "--test", "nowhere"], "no such file"),
        (["--train", "train", "--test", "empty"], "no name"),
        ([], "Evaluate what?"),
        (["--train", "train"], "Evaluate what?"),
        (["all", "--test", "test"], "Evaluate what?"),
        (["all", "--dev", "dev"], "Evaluate what?"),
        (["--train", "train", "--test", "test", "--folds", "3"], "Evaluate what?"),
        (["all", "--folds", "1"], "--folds"),
        (["all", "--folds", "99"], "smaller"),
        (["all", "--folds", "two"], "--folds"),
        (["all", "--masked", "0"], "--masked"),
        (["all", "--masked", "nan"], "--masked"),
        (["all", "--model", "gru"], "--model"),
        (["all", "--model", "hmm", "--order", "3"], "order"),
        (["all", "--model", "markov", "--order", "9"], "--order"),
    ],
)
def test_what_cannot_be_is_told(files, capsys, monkeypatch, argv, said):
    """Status 2, words on stderr, and nothing on stdout."""
    monkeypatch.chdir(files)
    status, out, err = run(capsys, *argv)
    assert (status, out) == (2, "")
    assert said in err
