"""The command line: what goes to stdout, what to stderr, and the exit status."""

import json
import re
import shlex
import signal
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import version

import pytest

import corpora
import generator
from bot import cli
from bot.cli import main
from bot.commands.queries import Draw
from bot.names.workers import TrainingFailed
from bot.strings import cli as words
from bot.terminal import query
from bot.terminal.shell import shell_form
from tests.helpers.checkout import ROOT, TECHNAME
from tests.helpers.command_line import names

SHELF = [card.name for card in corpora.shelf()]


def test_names_alone_on_stdout(techname):
    """A name a line on stdout; what made them, seed included, on stderr."""
    status, out, err = techname("generate pokemon -n 4 --model hmm --seed 7")
    assert status == 0 and len(set(names(out))) == 4
    assert err.endswith("pokemon · hmm · chosen from 400 draws · seed 7\n")


@pytest.mark.parametrize(
    "line",
    [
        "generate pokemon 4 --order 2 --seed 7",
        "generate --seed 7 -n 4 pokemon order=2",
        "generate order=2 seed=7 pokemon --count=4",
        "pokemon 4 markov seed=7 order=2",
        "generate --corpus pokemon -n4 --model markov --order=2 --seed=7",
        "--seed 7 --order 2 -n 4 --corpus POKEMON",
    ],
)
def test_options_and_words_say_the_same(techname, line):
    """Options, words in any order and both together ask for the same, with or without the verb."""
    assert techname(line) == techname("generate pokemon -n 4 --order 2 --seed 7")


def test_same_parser_as_in_the_chat(library):
    """Every part of a request can be said with options, and arrives as the chat's parser reads it."""
    line = "draw 'mo*** x' --corpus pokemon -n 9999 --length 6-8 --wild 1.3 --seed 7 --order 3"
    given = query.read(cli.read(shlex.split(line)), library)
    assert given == Draw("pokemon", "markov", 9999, "mo*** x", 3, (6, 8), 1.3, seed=7)


@pytest.mark.parametrize("verb", ["generate pokemon", "complete 'm***' pokemon", "draw 'm***' pokemon"])
def test_json_alone_on_stdout(techname, verb):
    """--json prints a list of objects with a name, its log-probability, score and neighbour, and nothing else."""
    status, out, _ = techname(f"{verb} -n 3 --json")
    found = json.loads(out)
    assert status == 0 and len(found) == 3
    assert all(set(thing) == {"name", "log_prob", "score", "near"} and thing["log_prob"] < 0 for thing in found)


def test_completions_come_best_first(techname):
    """The list of completions is in the order of their log-probability."""
    found = json.loads(techname("complete 'mo***' pokemon -n 20 --json")[1])
    assert [thing["log_prob"] for thing in found] == sorted((thing["log_prob"] for thing in found), reverse=True)


@pytest.mark.parametrize("verb, there", [("corpora", SHELF), ("models", sorted(generator.MODELS))])
def test_lists_are_lines_or_json(techname, verb, there):
    """What there is to choose from: a line each that begins with the name, or objects with it."""
    assert sorted(line.split()[0] for line in names(techname(verb)[1])) == there
    found = json.loads(techname(f"{verb} --json")[1])
    assert sorted(thing["name"] for thing in found) == there and all("log_prob" not in thing for thing in found)


def test_the_shelf_as_json_is_whole(techname):
    """With --json a corpus has everything that its card says."""
    found = {thing.pop("name"): thing for thing in json.loads(techname("corpora --json")[1])}
    card = corpora.card("cities")
    assert found["cities"] == {
        key: list(v) if key == "samples" else v for key, v in vars(card).items() if key != "name"
    }


def test_models_are_built_for_corpora_of_the_shelf(techname, monkeypatch):
    """build-models builds for the corpora that are named, each once, and for the whole shelf where none is; others it
    refuses."""
    built = []
    monkeypatch.setattr("bot.names.library.Library.build_all", lambda self, names: built.append(names and tuple(names)))
    assert [techname(f"build-models {names}")[0] for names in ("", "Pasta lyrics pasta")] == [0, 0]
    assert built == [None, ("pasta", "lyrics")]
    for name in ("pokemon+ikea", "./names.txt"):
        assert techname(f"build-models pasta {name}")[0] == 2
    status, _, err = techname("build-models psta")
    assert status == 2 and "`pasta`" in err and len(built) == 2


def test_models_that_could_not_be_built_are_a_failure(techname, monkeypatch):
    """So `make models` does not take them for built."""

    def fails(self, names):
        raise TrainingFailed("1 model could not be built: pasta.mix.npz.")

    monkeypatch.setattr("bot.names.library.Library.build_all", fails)
    status, out, err = techname("build-models pasta")
    assert (status, out) == (1, "") and "pasta.mix.npz" in err


def test_thousands_of_names(techname):
    """The command line gives thousands of names at once, each once."""
    status, out, _ = techname("generate pokemon -n 2000")
    assert status == 0 and len(set(names(out))) == 2_000


def test_own_file_is_a_corpus(techname, tmp_path):
    """--corpus takes a path, even one that looks like a pattern; lines that are no names are reported on stderr."""
    file = tmp_path / "my [birds] *.txt"
    file.write_text("Robin\nRavin\nRobot\nRaven\nHeron\nHerring\n\n!!!\n", encoding="utf-8")
    status, out, err = techname(f"complete 'r***n' -n 3 --corpus {shlex.quote(str(file))}")
    assert status == 0 and all(re.fullmatch("(?i)r...n", name) for name in names(out)) and names(out)
    assert "Left out: line 8 has no letter or digit." in err and "Already out there: Robin" in err


@pytest.mark.parametrize(
    "line, said",
    [
        ("generate -n 0", r"`0`.*from 1 to 100,000.*`techname pokemon 8`"),
        ("generate -n 100001", r"`100001`.*from 1 to 100,000"),
        ("generate -n many", r"`many`.*from 1 to 100,000"),
        ("draw 'mo*' -n 10001", r"10,001 names that fit.*up to 10,000"),
        ("generate --order 9", r"`order=9`.*from 1 to 6.*order=3"),
        ("generate --length 8-6", r"`length=8-6`.*Did you mean `techname generate length=6-8`"),
        ("generate --seed x", r"`seed=x`.*whole number"),
        ("generate --model hmn", r"`--model` cannot be `hmn`.*Did you mean `--model hmm`"),
        ("generate --model pokemon", r"`--model` cannot be `pokemon`.*`hmm`.*techname generate --model hmm"),
        (
            "generate --corpus hmm",
            r"`--corpus` cannot be `hmm`.*or another of 36 \(`techname corpora` lists all\).*a file",
        ),
        ("generate --corpus pokmon", r"`--corpus` cannot be `pokmon`.*Did you mean `--corpus pokemon`"),
        ("generate --corpus ./none.txt", r"none.txt cannot be read \(no such file"),
        (
            "generate --corpus './README.md' --order 9",
            r"Did you mean `techname generate --corpus \./README\.md order=6`",
        ),
        ("generate tech --corpus pokemon", r"two corpora"),
        ("complete", r"Complete what\?.*`techname complete 'mo\*\*\*'`"),
        ("complete '[ab'", r"`\[ab`"),
        ("generate --bogus", r"Unrecognized arguments: --bogus.*`techname generate --help`"),
        ("generate -n", r"expected one argument"),
        ("generate --js", r"Unrecognized arguments: --js"),
        ("docter", r"no command `docter`.*`techname doctor`"),
        ("Mongo taken", r"I cannot say whether a name is taken"),
        ("console now", r"Unrecognized arguments: now"),
        ("pokmon", r"Did you mean `techname pokemon`"),
        ("generate $'\\x1b[2J'", r"U\+001B"),
    ],
)
def test_bad_input_is_told_and_exits_2(techname, line, said):
    """What was sent, what is allowed and an example, on stderr; nothing on stdout; status 2."""
    status, out, err = techname(line.replace("$'\\x1b[2J'", "'\x1b[2J'"))
    assert (status, out) == (2, "") and err.startswith("techname: ")
    assert re.search(said, err, re.DOTALL), err
    assert "\x1b" not in err


def test_what_mends_a_command_brings_the_users_file_along(techname, tmp_path):
    """Where a plain chain of a file's lines has nothing new, the command that asks the mixture names the file, and
    works."""
    file = tmp_path / "prose.txt"
    file.write_text(
        "There was a king once upon a time.\nThe end was near, said she.\nBut the town stood.\n", encoding="utf-8"
    )
    status, _, err = techname(f"generate --corpus {file} --form lines -n 2")
    mended = re.search(r"others too: `techname (.*)`", err)[1]
    assert status == 3 and f"--corpus {file} --form lines" in mended and techname(mended)[0] == 0


def test_the_version_is_told(techname):
    """--version, which every tool has."""
    assert techname("--version")[:2] == (0, f"techname {version('techname')}\n")


@pytest.mark.parametrize(
    "line", ["complete '名*' pokemon", "draw 'mo*' pokemon --length 9", "complete '*7777' pokemon --json"]
)
def test_nothing_fits_exits_3(techname, line):
    """A pattern that no name can fit is not bad input: it is said on stderr, with status 3."""
    status, out, err = techname(line)
    assert (status, out) == (3, "") and "fit" in err


def test_a_space_that_fits_nowhere_is_named(techname):
    """A pattern of words over a corpus of letters: what does not fit is a space, which nobody would see."""
    assert "nothing in this corpus fits a space" in techname("complete 'can you *' tech")[2]


def test_fewer_than_asked_for_is_said(techname):
    """When no more fit, the names that do are printed, stderr says so and the status is 0."""
    status, out, err = techname("complete 'zub*t' pokemon -n 100")
    assert status == 0 and 0 < len(names(out)) < 100 and words.CLI_MOST in err


@pytest.mark.parametrize("line", ["", "help", "-h", "--help"])
def test_usage_names_every_command(techname, line):
    """Usage goes to stdout and names every command there is: one that is not documented fails this."""
    status, out, _ = techname(line)
    assert status == 0
    assert all(
        f"techname {name}" in out or f"| {name}" in out
        for name in [*cli.COMMANDS, "complete", "draw", "why", "corpora", "models"]
    )


@pytest.mark.parametrize("name", [*cli.COMMANDS, "generate"])
def test_every_command_has_help(name, capsys):
    """`--help` of each command is on stdout, with status 0."""
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0 and f"techname {name}" in capsys.readouterr().out


def test_commands_are_shown_as_a_shell_takes_them():
    """Examples of the chat are rewritten so that they can be copied to a shell; an open quote is left alone."""
    assert shell_form('a `/techname complete "mr. *"`') == "a `techname complete 'mr. *'`"
    assert shell_form("`/techname 'a` `mo***`") == "`techname 'a` `mo***`"


@pytest.mark.parametrize("both", [{}, {"bot_token": "xoxb-1"}, {"bot_token": "xoxb-1", "app_token": "xapp-1"}])
def test_run_from_a_pipe_is_the_console(monkeypatch, settings, both):
    """Whatever tokens are set, input that is not a terminal means the console."""
    monkeypatch.setattr(cli, "load_settings", lambda: replace(settings, **({"bot_token": None} | both)))
    monkeypatch.setattr("bot.terminal.console.console", lambda settings, text, page: 42)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert main(["run"]) == 42


@pytest.mark.parametrize("here, missing", [("bot_token", "SLACK_APP_TOKEN"), ("app_token", "SLACK_BOT_TOKEN")])
def test_run_with_one_token_names_the_other(monkeypatch, capsys, settings, here, missing):
    """In a terminal one token alone is bad input, and the other is named."""
    alone = replace(settings, **({"bot_token": None, "app_token": None} | {here: "x"}))
    monkeypatch.setattr(cli, "load_settings", lambda: alone)
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)
    assert main(["run"]) == 2 and f"and {missing} is not" in capsys.readouterr().err


@pytest.mark.slow
def test_broken_pipe_is_quiet(environment):
    """Whoever has read enough leaves; nothing is complained of."""
    line = f"{shlex.join([*TECHNAME, 'generate', 'pokemon', '-n', '10000'])} | head -n 1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {line}"], env=environment, cwd=ROOT, capture_output=True)
    assert done.returncode == 0 and done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr and b"BrokenPipe" not in done.stderr


@pytest.mark.slow
def test_interrupt_exits_130(environment):
    """Ctrl-C during a command ends it with status 130 and without a traceback."""
    waiting = (
        "import bot.cli, time; bot.cli.COMMANDS['doctor'] = "
        "bot.cli.Command(lambda asked: (print('here', flush=True), time.sleep(600)), ())"
    )
    program = [sys.executable, "-c", f"{waiting}; raise SystemExit(bot.cli.main(['doctor']))"]
    with subprocess.Popen(
        program, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        running.stdout.readline()
        running.send_signal(signal.SIGINT)
        assert running.wait() == 130 and running.stderr.read() == b""


def test_neighbours_are_said(techname):
    """What is near a name stands in JSON as a field of its own, else on stderr, so that names alone stand on stdout."""
    _, out, _ = techname("complete mo*** tech -n 20 --json")
    found = {row["name"]: row["near"] for row in json.loads(out)}
    near = next(name for name, one in found.items() if one)
    assert set(found[near]) == {"name", "edits", "word"}
    _, out, err = techname("complete mo*** tech -n 20")
    assert near in names(out) and f"{near} (" in err


def test_a_rude_pattern_is_bad_input(techname):
    """The letters are not said again, and the status is that of bad input."""
    letters = "".join(chr(ord(letter) - 1) for letter in "tiju")
    status, out, err = techname(f"complete '{letters}***'")
    assert (status, out) == (2, "") and letters not in err
