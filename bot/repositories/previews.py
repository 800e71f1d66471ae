"""Batches that only their asker has seen: each is kept for a day and can be sent once, as it was shown."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.context import Context
from bot.errors import BadInput
from bot.names.batch import Batch
from bot.repositories.batches import from_json, to_json
from bot.store import Conflict, delete, put, reading
from bot.store.ttl import PREVIEW
from bot.strings import forms as words


class Preview(NamedTuple):
    """A batch that one person has seen in a channel; `before` are the names that it replaced."""

    id: str
    batch: Batch
    before: tuple[str, ...]
    version: int


def keep(context: Context, batch: Batch, before: Sequence[str] = ()) -> str:
    """Keep a batch for its asker; the id of the preview. The batches that follow it are for the channel."""
    id = secrets.token_hex(8)
    public = replace(batch, request=replace(batch.request, preview=False))
    _write(context, Preview(id, public, tuple(before), 0))
    return id


def fetch(context: Context, id: str) -> Preview:
    """This person's preview of that id in this channel. Raises BadInput if there is none, or it has expired."""
    item, who = context.store.get(context.who.team, _key(id)), context.who
    if item is None or (item.value.get("channel"), item.value.get("asker")) != (who.channel, who.person):
        raise BadInput(words.OLD_PREVIEW)
    with reading(item):
        return Preview(id, from_json(item.value["batch"]), tuple(item.value["before"]), item.version)


def take(context: Context, preview: Preview) -> None:
    """Delete a preview that is about to be sent. Raises BadInput if it is gone: of two clicks only one sends it."""
    try:
        context.store.write(context.who.team, delete(_key(preview.id), preview.version))
    except Conflict:
        raise BadInput(words.OLD_PREVIEW) from None


def put_back(context: Context, preview: Preview) -> None:
    """Keep a taken preview again: it could not be sent, so its asker still sees it."""
    _write(context, preview)


def drop(context: Context, id: str) -> None:
    """Forget a preview that nobody sees any more."""
    context.store.write(context.who.team, delete(_key(id)))


def _write(context: Context, preview: Preview) -> None:
    value = {
        "channel": context.who.channel,
        "asker": context.who.person,
        "batch": to_json(preview.batch),
        "before": list(preview.before),
    }
    context.store.write(context.who.team, put(_key(preview.id), value, 0, context.now + PREVIEW))


def _key(id: str) -> str:
    return f"preview#{id}"
