"""Batches that only their asker sees yet: kept for a day, sent as they were shown, once."""

import secrets
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.answers.following import MORE, following
from bot.commands.who import Who
from bot.errors import BadInput, NothingFits
from bot.names.batch import Batch
from bot.names.brainstorm import brainstorm
from bot.names.library import Library
from bot.repositories.batches import Kept, from_json, to_json
from bot.store import Conflict, Store, delete, put
from bot.store.ttl import PREVIEW
from bot.strings import forms as words

SEND, SHUFFLE, CANCEL = WAYS = tuple(words.PREVIEW)


class Preview(NamedTuple):
    """A batch that was shown to one person in a channel, and the names that its shuffles showed before."""

    id: str
    batch: Batch
    before: tuple[str, ...]
    version: int


def keep(store: Store, who: Who, batch: Batch, before: Sequence[str] = ()) -> str:
    """Keep a batch that is about to be shown to its asker: the id of the preview."""
    batch = replace(
        batch, request=replace(batch.request, preview=False)
    )  # what follows it in the channel is for the channel
    id = secrets.token_hex(8)
    _write(store, who, Preview(id, batch, tuple(before), 0))
    return id


def fetch(store: Store, who: Who, id: str) -> Preview:
    """The preview of that id, for who asked for it and where. Raises BadInput where there is none, or none any more."""
    item = store.get(who.team, _key(id))
    if item is None or (item.value["channel"], item.value["asker"]) != (who.channel, who.person):
        raise BadInput(words.OLD_PREVIEW)
    return Preview(id, from_json(item.value["batch"]), tuple(item.value["before"]), item.version)


def take(store: Store, who: Who, preview: Preview) -> None:
    """Take a preview out of the store; raises BadInput where somebody was quicker: of two clicks one goes on."""
    try:
        store.write(who.team, delete(_key(preview.id), preview.version))
    except Conflict:
        raise BadInput(words.OLD_PREVIEW) from None


def put_back(store: Store, who: Who, preview: Preview) -> None:
    """Put a preview that was taken where it was, since it still stands before its asker."""
    _write(store, who, preview)


def drop(store: Store, who: Who, id: str) -> None:
    """Forget a preview that nobody sees any more."""
    store.write(who.team, delete(_key(id)))


def shuffled(preview: Preview, who: Who, library: Library) -> tuple[Batch, tuple[str, ...]]:
    """Other names in place of a preview's, and those shown before. Where no more fit, completions begin again; else
    raises NothingFits."""
    asked = preview.batch.request
    try:
        return following(Kept("", preview.batch, who.channel, who.person, preview.before), MORE, library)
    except NothingFits:
        if not asked.continues:
            raise
        return brainstorm(replace(asked, skip=0), library), ()


def _write(store: Store, who: Who, preview: Preview) -> None:
    value = {
        "channel": who.channel,
        "asker": who.person,
        "batch": to_json(preview.batch),
        "before": list(preview.before),
    }
    store.write(who.team, put(_key(preview.id), value, 0, time.time() + PREVIEW))


def _key(id: str) -> str:
    return f"preview#{id}"
