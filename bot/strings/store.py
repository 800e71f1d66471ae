"""The words of what is remembered: what the operator reads when it cannot be, and what everybody else reads then."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NOT_NOW = (
    "I cannot get at what I remember right now, so nothing is certain: look here again in a minute, then try once more."
)
_ELSEWHERE = "set TECHNAME_STORE to a file that can be written"


def busy(path: Path) -> str:
    return f"The store {path} has been busy for too long: another process is writing to it. Try again."


def damaged(path: Path, error: Exception) -> str:
    return (
        f"The store {path} is damaged, or no file of techname's ({error}). Put a copy of it back, or move it away and a new one is "
        f"begun; or {_ELSEWHERE}."
    )


def unusable(path: Path, error: Exception) -> str:
    return f"The store {path} cannot be used ({error}). See that its folder can be written and the disk is not full, or {_ELSEWHERE}."


def newer(path: Path) -> str:
    return f"The store {path} was written by a newer techname. Update this one, or {_ELSEWHERE}."


def no_table(table: str, error: Exception | str) -> str:
    return (
        f"DynamoDB's table {table} cannot be used ({error}). See that TECHNAME_TABLE names a table of this account and region, and "
        "that the credentials may read and write it."
    )
