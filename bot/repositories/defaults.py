"""A channel's defaults in the store: one item a channel, under its team."""

from dataclasses import asdict

from bot import log
from bot.commands.defaults import Defaults
from bot.commands.who import Who
from bot.store import Store, Unavailable, delete, put
from bot.store.retry import again


def defaults(store: Store, who: Who) -> Defaults:
    """What is set for the channel where somebody asks; nothing where the store cannot be asked, since names come all
    the same.

    >>> from bot.store.sqlite import MEMORY, SqliteStore
    >>> store, who = SqliteStore(MEMORY), Who("T1", "C1", "U1", "ada")
    >>> keep(store, who, Defaults(corpus="tech"))
    Defaults(corpus='tech', model=None, count=None, preview=None)
    >>> keep(store, who, Defaults(count=7)) == defaults(store, who), defaults(store, who._replace(channel="C2"))
    (True, Defaults(corpus=None, model=None, count=None, preview=None))
    """
    if not (who.team and who.channel):
        return Defaults()
    try:
        item = store.get(who.team, _key(who))
    except Unavailable as trouble:
        log.note(store=f"unavailable: {trouble}")
        return Defaults()
    return Defaults(**item.value) if item else Defaults()


def keep(store: Store, who: Who, settings: Defaults) -> Defaults:
    """Set what is said on top of what was set, and give it all; Defaults() forgets it. Raises Unavailable."""
    if not settings.said():
        store.write(who.team, delete(_key(who)))
        return settings
    return again(lambda: _keep(store, who, settings))


def _keep(store: Store, who: Who, settings: Defaults) -> Defaults:
    item = store.get(who.team, _key(who))
    together = Defaults(**{**(item.value if item else {}), **settings.said()})
    store.write(who.team, put(_key(who), asdict(together), item.version if item else 0))
    return together


def _key(who: Who) -> str:
    return f"settings#{who.channel}"
