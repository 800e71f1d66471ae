"""The form, previews and a channel's settings: what they say and what is said when they cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.words.phrasing import command, shown

if TYPE_CHECKING:
    from bot.defaults import Defaults
    from bot.request import Request

_SETTINGS = f"A channel keeps a corpus, a model, a number of names and `preview=on` or `off`: {command('settings corpus=tech count=7 model=mix preview=on')}."


def not_a_setting(word: str) -> str:
    return f"{shown(word)} is nothing that a channel keeps.\n{_SETTINGS}"


def bad_preview(word: str) -> str:
    return f"I can't use {shown(word)}.\n`preview=on` shows names to you first, `preview=off` to everybody at once."


SETTINGS_NOW = "What commands in this channel mean where they say nothing of it:"
SETTINGS_NEW = "From now on commands in this channel mean, where they say nothing of it:"


def settings_lines(defaults: Defaults, usual: Request) -> list[str]:
    """Each thing that a channel may set, as it is now and whether that is as everywhere."""
    return [
        f"the corpus {_set(defaults.corpus, usual.corpus)}",
        f"the model {_set(defaults.model, usual.model)}",
        f"so many names: {_set(defaults.count, usual.count)}",
        "names are shown to you first, with a button that sends them" if defaults.preview else "names go to everybody at once",
    ]


def _set(here: object, everywhere: object) -> str:
    return f"`{everywhere}`, as everywhere" if here is None else f"`{here}`, set here"
