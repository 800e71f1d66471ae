"""The store in an SQLite file, for the console and Socket Mode: many threads and several processes may use it."""

import sqlite3
import threading
import time
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.store import (
    Change,
    Conflict,
    Item,
    Unavailable,
    check_changes,
    check_key,
    check_keys,
    check_team,
    deadline,
    item,
    kind,
    next_version,
)
from bot.store.ttl import DAY
from bot.strings import operating as words

MEMORY = Path(":memory:")
PATIENCE = 1.0  # seconds that a call waits for the file while another process writes
_LEAST = 0.05  # seconds that it waits after the deadline of its request
_SPARED = 60 * DAY  # seconds that an expired item is kept unread: a clock that runs ahead deletes nothing for good
_FORMAT = 1  # in the file's user_version
# Keys are bytes: UTF-8 sorts by code points and never holds the byte FF, so a prefix is one range.
_TABLE = f"""
CREATE TABLE IF NOT EXISTS items (
    team TEXT NOT NULL, key BLOB NOT NULL, value TEXT NOT NULL, version INTEGER NOT NULL, expires INTEGER,
    PRIMARY KEY (team, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS expiring ON items (expires) WHERE expires IS NOT NULL;
PRAGMA user_version = {_FORMAT};
"""


class SqliteStore:
    """A Store in one file, which is made with its folder at the first use. `clock` gives unix seconds.

    >>> from bot.store import put
    >>> store = SqliteStore(MEMORY)
    >>> store.write("T1", put("round#C1#r7", {"owner": "U1"}))
    >>> store.get("T1", "round#C1#r7").value, store.get("T2", "round#C1#r7")
    ({'owner': 'U1'}, None)
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time):
        self.path = path if path == MEMORY else path.expanduser()
        self._clock = clock
        self._lock = threading.Lock()
        self._opened: sqlite3.Connection | None = None

    def get(self, team: str, key: str) -> Item | None:
        check_key(key)
        items = self._select(team, "key = ?", key.encode())
        return items[0] if items else None

    def read(self, team: str, *keys: str) -> list[Item | None]:
        check_keys(keys)
        return [self.get(team, key) for key in keys]

    def find(self, team: str, prefix: str) -> list[Item]:
        return self._select(team, "key >= ? AND key < ?", prefix.encode(), prefix.encode() + b"\xff")

    def _select(self, team: str, where: str, *bounds: bytes) -> list[Item]:
        check_team(team)
        with self._connection() as connection:
            rows = connection.execute(
                f"SELECT key, value, version FROM items WHERE team = ? AND {where}"
                " AND (expires IS NULL OR expires > ?) ORDER BY key",
                (team, *bounds, self._clock()),
            ).fetchall()
        return [item(*row) for row in rows]

    def write(self, team: str, *changes: Change) -> None:
        check_team(team)
        check_changes(changes)
        with self._writing() as connection:
            connection.execute("DELETE FROM items WHERE expires <= ?", (self._clock() - _SPARED,))
            for change in changes:
                self._make(connection, team, change)

    def _make(self, connection: sqlite3.Connection, team: str, change: Change) -> None:
        place = (team, change.key.encode())
        row = connection.execute("SELECT version, expires FROM items WHERE team = ? AND key = ?", place).fetchone()
        last, expires = row or (0, None)
        version = last if expires is None or expires > self._clock() else 0
        if change.version is not None and change.version != version:
            raise Conflict(change.key)
        if change.kind == "delete":
            connection.execute("DELETE FROM items WHERE team = ? AND key = ?", place)
        elif change.kind == "put":
            written = (*place, change.text, next_version(last), change.expires)
            connection.execute("REPLACE INTO items VALUES (?, ?, ?, ?, ?)", written)

    def forget(self, team: str) -> Counter[str]:
        check_team(team)
        with self._writing() as connection:
            rows = connection.execute("DELETE FROM items WHERE team = ? RETURNING key", (team,)).fetchall()
        return Counter(kind(key.decode(errors="replace")) for (key,) in rows)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction that locks the file at once, so that no write comes between its read and its write."""
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """Lend the one connection of this process to one thread at a time; SQLite allows one writer anyway."""
        patience = min(PATIENCE, max(_LEAST, deadline.ends() - time.monotonic()))
        if not self._lock.acquire(timeout=patience):
            raise Unavailable(words.busy(self.path))
        try:
            if self._opened is None:
                self._opened = self._open()
            self._opened.execute(f"PRAGMA busy_timeout = {round(1_000 * patience)}")
            yield self._opened
        except (sqlite3.Error, OSError) as error:
            raise Unavailable(self._trouble(error)) from error
        finally:
            self._lock.release()

    def _trouble(self, error: Exception) -> str:
        """Say what is wrong and what to do about it."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return words.busy(self.path)
        damaged = code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
        return (words.damaged if damaged else words.unusable)(self.path, error)

    def _open(self) -> sqlite3.Connection:
        if self.path != MEMORY:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        weakref.finalize(self, connection.close)
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA journal_mode = WAL")  # readers do not wait for writers
        if connection.execute("PRAGMA user_version").fetchone()[0] > _FORMAT:
            raise Unavailable(words.newer(self.path))
        connection.executescript(_TABLE)
