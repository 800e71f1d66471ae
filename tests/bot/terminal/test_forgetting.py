"""`techname forget TEAM`: what goes, what stays, what is said."""

import pytest

from bot import cli
from bot.cli import main
from bot.settings import Settings
from bot.store import put
from bot.store.sqlite import SqliteStore
from tests.fakes.typist import Typist


@pytest.fixture
def file(tmp_path):
    """A store in which two teams have something."""
    path = tmp_path / "state" / "techname" / "store.db"
    store = SqliteStore(path)
    for team in ("T1", "T2"):
        store.write(team, put("round#C1#r1", {}), put("ballot#round#C1#r1#U1", {}), put("ballot#round#C1#r1#U2", {}))
    return path


@pytest.fixture
def techname(monkeypatch, capsys, file):
    """Run a command line on that store: (status, stdout, stderr)."""
    monkeypatch.setattr(cli, "load_settings", lambda: Settings(store=file))

    def run(*words: str) -> tuple[int, str, str]:
        status = main(words)
        return status, *capsys.readouterr()

    return run


def test_a_team_goes_whole_and_alone(techname, file):
    """What went is counted by kind; the other team has all it had; a second time nothing is found."""
    assert techname("forget", "T1", "--yes") == (
        0,
        "        2  ballot\n        1  round\nDeleted: 3 items of T1.\n",
        "",
    )
    assert SqliteStore(file).find("T1", "") == [] and len(SqliteStore(file).find("T2", "")) == 3
    assert techname("forget", "T1", "--yes") == (0, "Nothing is remembered of T1.\n", "")


def test_an_unknown_team_is_no_question(techname):
    """Nothing is asked about nothing."""
    assert techname("forget", "T3") == (0, "Nothing is remembered of T3.\n", "")


def test_nobody_is_asked_through_a_pipe(techname, file):
    """A script says --yes; without it nothing goes."""
    status, out, err = techname("forget", "T1")
    assert (status, out) == (2, "") and "--yes" in err
    assert len(SqliteStore(file).find("T1", "")) == 3


@pytest.mark.parametrize("team", ["", "T1#", "acme team", "Tü"])
def test_what_is_no_team_is_told(techname, team):
    """A name or an address is no id."""
    status, out, err = techname("forget", team)
    assert (status, out) == (2, "") and "T0123ABCD" in err


def test_a_store_that_cannot_be_used_is_told(techname, file):
    """One sentence with the file and what to do, and no traceback."""
    file.write_bytes(b"no store" * 1000)
    status, out, err = techname("forget", "T1", "--yes")
    assert (status, out) == (2, "") and str(file) in err and "Traceback" not in err


@pytest.mark.parametrize("answer, left", [("y", 0), ("", 3), ("nope", 3)])
def test_somebody_at_a_terminal_is_asked(environment, file, answer, left):
    """They see what there is before they say yes, and only yes is yes."""
    with Typist(["forget", "T1"], environment) as typist:
        typist.expect("2  ballot\n +1  round\n.*y/N")
        typist.type(f"{answer}\n")
        assert typist.left() == 0
        assert ("Deleted: 3 items" if left == 0 else "Nothing was deleted") in typist.shown
    assert len(SqliteStore(file).find("T1", "")) == left
