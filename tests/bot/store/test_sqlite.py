"""What holds of SQLite's file alone: several processes, and files that cannot be used."""

import gc
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands.who import Who
from bot.repositories import batches, defaults
from bot.store import Unavailable, put
from bot.store.sqlite import MEMORY, SqliteStore
from bot.store.ttl import DAY
from bot.voting import round
from tests.helpers.contexts import context

ROOT = Path(__file__).parents[3]
COUNT = """
import sys
from pathlib import Path
from bot.store import Conflict, put
from bot.store.sqlite import SqliteStore
store = SqliteStore(Path(sys.argv[1]))
for _ in range(25):
    while True:
        item = store.get("T1", "count")
        try:
            store.write("T1", put("count", {"n": item.value["n"] + 1 if item else 1}, item.version if item else 0))
            break
        except Conflict:
            continue
"""


def test_several_processes_begin_one_file_and_lose_nothing(tmp_path):
    """Four processes open a file that is not there yet and add 25 each: 100."""
    file = tmp_path / "store.db"
    started = [subprocess.Popen([sys.executable, "-c", COUNT, file], cwd=ROOT) for _ in range(4)]
    assert [process.wait() for process in started] == [0, 0, 0, 0]
    assert SqliteStore(file).get("T1", "count").value == {"n": 100}


def test_it_is_still_there_after_a_restart(tmp_path):
    """Another object on the same file finds what was written, also while the first is open."""
    first = SqliteStore(tmp_path / "store.db")
    first.write("T1", put("a", {"n": 1}))
    assert SqliteStore(tmp_path / "store.db").get("T1", "a") == first.get("T1", "a")


def test_nothing_is_touched_before_it_is_asked(tmp_path):
    """A console that only answers patterns leaves no file; folders are made when they are needed, for the owner
    alone."""
    store = SqliteStore(tmp_path / "new" / "state" / "store.db")
    assert not (tmp_path / "new").exists()
    store.get("T1", "a")
    assert (tmp_path / "new/state/store.db").is_file() and (tmp_path / "new/state").stat().st_mode & 0o077 == 0


def test_the_home_directory_is_found(tmp_path, monkeypatch):
    """The default begins with ~."""
    monkeypatch.setenv("HOME", str(tmp_path))
    SqliteStore(Path("~/state/store.db")).get("T1", "a")
    assert (tmp_path / "state/store.db").is_file()


def test_the_memory_is_one_for_all_threads_and_nobody_else(tmp_path, monkeypatch):
    """Tests need no file, and two stores in memory know nothing of one another."""
    monkeypatch.chdir(tmp_path)
    first, second = SqliteStore(MEMORY), SqliteStore(MEMORY)
    first.write("T1", put("a", {}))
    assert second.get("T1", "a") is None and list(tmp_path.iterdir()) == []


def test_what_expired_is_cleared_from_the_file(tmp_path):
    """The file of a process that runs for months does not grow with batches that nobody can press any more."""
    store = SqliteStore(tmp_path / "store.db", clock=lambda: 100.0)
    store.write("T1", put("a", {}, expires=100), put("b", {}, expires=101))
    SqliteStore(tmp_path / "store.db", clock=lambda: 101 + 60 * DAY).write("T2", put("c", {}))
    assert store.forget("T1") == {}


def test_a_clock_that_ran_ahead_deletes_nothing_for_good(tmp_path):
    """An item that looked expired forty days ahead is there again once the clock is right, with its version."""
    now = [100.0]
    store = SqliteStore(tmp_path / "store.db", clock=lambda: now[0])
    store.write("T1", put("a", {"n": 1}, expires=100 + 30 * DAY))
    before = store.get("T1", "a")
    now[0] += 40 * DAY
    store.write("T1", put("b", {}))
    assert store.get("T1", "a") is None and store.find("T1", "a") == []
    now[0] -= 40 * DAY
    assert store.get("T1", "a") == before


@pytest.mark.parametrize("text", ["{secretword", '"secretword"', "[1]", "", "[" * 100_000])
def test_a_damaged_row_is_told_as_damaged(tmp_path, text):
    """One row that is no JSON object: the message names its kind and what to do, and nothing of its content is said."""
    store = SqliteStore(tmp_path / "store.db")
    store.write("T1", put("round#C1#r1", {}), put("settings#C1", {}))
    connection = sqlite3.connect(tmp_path / "store.db")
    with connection:
        connection.execute("UPDATE items SET value = ? WHERE key = ?", (text, b"round#C1#r1"))
    connection.close()
    for call in (lambda: store.get("T1", "round#C1#r1"), lambda: store.find("T1", "")):
        with pytest.raises(Unavailable, match="of the kind `round` is damaged") as caught:
            call()
        assert "secretword" not in str(caught.value) and caught.value.__cause__ is None
    assert store.get("T1", "settings#C1").value == {}
    assert store.forget("T1") == {"round": 1, "settings": 1}


@pytest.mark.parametrize("key", ["round#C0NAMES#r1", "batch#0123456789abcdef", "settings#C0NAMES"])
def test_an_item_without_its_fields_is_damaged_too(key):
    """It is JSON and nothing that was ever written: the person hears of the store, and not of a bug."""
    store = SqliteStore(MEMORY)
    store.write("T1", put("open#C0NAMES", {"round": "r1"}), put(key, {"channel": "C0NAMES", "odd": "secretword"}))
    ana = context(store, Who("T1", "C0NAMES", "U0ANA", "ana"))
    reads = {"round": round.current, "batch": lambda ana: batches.fetch(ana, key[6:]), "settings": defaults.defaults}
    with pytest.raises(Unavailable, match="damaged") as caught:
        reads[key.split("#")[0]](ana)
    assert "secretword" not in str(caught.value)


@pytest.mark.parametrize(
    "broken, told",
    [
        (b"no database, but long enough that SQLite looks at it: " + b"x" * 4096, "damaged, or no file of techname's"),
        (None, "cannot be used"),
    ],
    ids=["damaged", "a folder"],
)
def test_a_file_that_cannot_be_used_is_named_with_what_to_do(tmp_path, broken, told):
    """The message has the path, the reason and the setting that leads elsewhere; the file is left as it was."""
    file = tmp_path / "store.db"
    file.mkdir() if broken is None else file.write_bytes(broken)
    for call in (lambda: SqliteStore(file).get("T1", "a"), lambda: SqliteStore(file).write("T1", put("a", {}))):
        with pytest.raises(Unavailable, match=told) as caught:
            call()
        assert str(file) in str(caught.value) and "TECHNAME_STORE" in str(caught.value)
    assert broken is None or file.read_bytes() == broken


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    """A file stands where the folder should."""
    (tmp_path / "state").write_text("")
    with pytest.raises(Unavailable, match="cannot be used"):
        SqliteStore(tmp_path / "state/store.db").get("T1", "a")


def test_pages_that_were_damaged_later_are_told(tmp_path):
    """The header is whole and what follows is not."""
    file = tmp_path / "store.db"
    store = SqliteStore(file)
    store.write("T1", *(put(f"a{n}", {"x": "x" * 1000}) for n in range(50)))
    del store
    gc.collect()
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))
    with pytest.raises(Unavailable, match="damaged"):
        SqliteStore(file).find("T1", "")


def test_a_file_of_a_newer_version_is_left_alone(tmp_path):
    """Going back a version must not spoil what a newer one wrote."""
    SqliteStore(tmp_path / "store.db").get("T1", "a")
    with sqlite3.connect(tmp_path / "store.db") as connection:
        connection.execute("PRAGMA user_version = 2")
    connection.close()
    with pytest.raises(Unavailable, match="newer techname"):
        SqliteStore(tmp_path / "store.db").get("T1", "a")


def test_a_file_that_another_process_holds_is_told_in_time(tmp_path, monkeypatch):
    """Slack waits three seconds: a lock that is not let go ends in an answer, and afterwards all is well."""
    monkeypatch.setattr("bot.store.sqlite.PATIENCE", 0.05)
    store = SqliteStore(tmp_path / "store.db")
    store.write("T1", put("a", {}))
    holder = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match="busy"):
        store.write("T1", put("a", {}))
    assert store.get("T1", "a"), "reading goes on meanwhile"
    holder.execute("ROLLBACK")
    holder.close()
    store.write("T1", put("a", {}))
