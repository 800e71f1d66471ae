"""The words of what is remembered: what the operator reads when it cannot be, and what everybody else reads then."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NOT_NOW = "I cannot get at what I remember right now, so nothing is certain: look here again in a minute, then try once more."
_ELSEWHERE = "set TECHNAME_STORE to a file that can be written"


def busy(path: Path) -> str:
    return f"The store {path} has been busy for too long: another process is writing to it. Try again."


def unusable(path: Path, error: Exception) -> str:
    """What is wrong with the file, and what to do about it."""
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return busy(path)
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return (f"The store {path} is damaged, or no file of techname's ({error}). Put a copy of it back, or move it away and a new "
                f"one is begun; or {_ELSEWHERE}.")
    return f"The store {path} cannot be used ({error}). See that its folder can be written and the disk is not full, or {_ELSEWHERE}."


def newer(path: Path) -> str:
    return f"The store {path} was written by a newer techname. Update this one, or {_ELSEWHERE}."


def no_table(table: str, error: Exception) -> str:
    return (f"DynamoDB's table {table} cannot be used ({error}). See that TECHNAME_TABLE names a table of this account and region, and "
            "that the credentials may read and write it.")
