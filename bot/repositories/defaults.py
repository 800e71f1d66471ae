"""A channel's defaults in the store: one item a channel, under its team."""

from dataclasses import asdict

from bot import log
from bot.commands.defaults import Defaults
from bot.context import Context
from bot.store import Unavailable, delete, put, reading
from bot.store.retry import retry_on_conflict


def defaults(context: Context) -> Defaults:
    """The defaults of this channel; none if the store is out of reach, since names come all the same."""
    if not (context.who.team and context.who.channel):
        return Defaults()
    try:
        item = context.store.get(context.who.team, _key(context))
    except Unavailable as trouble:
        log.note(store=f"unavailable: {trouble}")
        return Defaults()
    if item is None:
        return Defaults()
    with reading(item):
        return Defaults(**item.value)


def keep(context: Context, settings: Defaults) -> Defaults:
    """Add settings to this channel's defaults, and give them all; Defaults() forgets them. Raises Unavailable."""
    if not settings.said():
        context.store.write(context.who.team, delete(_key(context)))
        return settings
    return retry_on_conflict(lambda: _keep(context, settings))


def _keep(context: Context, settings: Defaults) -> Defaults:
    item = context.store.get(context.who.team, _key(context))
    together = Defaults(**{**(item.value if item else {}), **settings.said()})
    context.store.write(context.who.team, put(_key(context), asdict(together), item.version if item else 0))
    return together


def _key(context: Context) -> str:
    return f"settings#{context.who.channel}"
