"""What the buttons of a round do: from a reference that was checked to what becomes of the messages. Knows no Slack."""

from collections.abc import Callable
from typing import NamedTuple

from bot.answers.rounds import drop, own_shortlist
from bot.commands.button_refs import Ref
from bot.commands.who import Who
from bot.errors import BadInput
from bot.settings import Settings
from bot.slack.blocks.message import Message
from bot.slack.blocks.rounds import (
    ASK,
    LEAVE,
    OFF,
    OPEN,
    PICK,
    RUNOFF,
    SHARE,
    UNDO,
    render_pick,
    render_picked,
    render_reopened,
    render_shortlist,
)
from bot.store import Store
from bot.strings import rounds as words
from bot.voting import picking
from bot.voting.round import Round, load
from bot.voting.standing import standing


class Effect(NamedTuple):
    """A new message, if any, and what becomes of the one that was clicked."""

    message: Message | None = None
    anew: Callable[[], Message] | None = (
        None  # how it reads from now on, looked up whenever it is asked: others click meanwhile
    )
    removes: bool = False


def press(action: str, settings: Settings, store: Store, who: Who, ref: Ref, now: float) -> Effect:
    """Do what the button whose action_id begins so does, at `now` in unix seconds. Raises BadInput."""
    return PRESSES[action](settings, store, who, ref, now)


def _share(settings: Settings, store: Store, who: Who, ref: Ref, now: float) -> Effect:
    return Effect(
        render_shortlist(
            standing(store, who, _round(store, who, ref)), editing=False, probes=settings.taken is not None
        )
    )


def _ask(settings: Settings, store: Store, who: Who, ref: Ref, now: float) -> Effect:
    return Effect(render_pick(picking.ready(store, who, settings.admins, ref.id)))


def _pick(settings: Settings, store: Store, who: Who, ref: Ref, now: float) -> Effect:
    return Effect(render_picked(picking.pick(store, who, settings.admins, ref.id, ref.part, now)), removes=True)


def _run_off(settings: Settings, store: Store, who: Who, ref: Ref, now: float) -> Effect:
    stands = picking.run_off(store, who, settings.admins, ref.id, now)
    return Effect(render_shortlist(stands, editing=False, probes=settings.taken is not None), removes=True)


def _leave(settings: Settings, store: Store, who: Who, ref: Ref, now: float) -> Effect:
    return Effect(removes=True)


def _undo(settings: Settings, store: Store, who: Who, ref: Ref, now: float) -> Effect:
    reopened = render_reopened(picking.undo(store, who, settings.admins, ref.id, now), who.person)
    return Effect(anew=lambda: reopened)


def _drop(settings: Settings, store: Store, who: Who, ref: Ref, now: float) -> Effect:
    drop(store, who, _round(store, who, ref), ref.part)
    return Effect(anew=lambda: own_shortlist(settings, store, who, _round(store, who, ref)))


def _open(settings: Settings, store: Store, who: Who, ref: Ref, now: float) -> Effect:
    return Effect(render_shortlist(standing(store, who, _round(store, who, ref)), who.person))


def _round(store: Store, who: Who, ref: Ref) -> Round:
    round = load(store, who, ref.id)
    if round is None:
        raise BadInput(words.OLD_BUTTON)
    return round


PRESSES: dict[str, Callable[[Settings, Store, Who, Ref, float], Effect]] = {
    SHARE: _share, ASK: _ask, PICK: _pick, RUNOFF: _run_off, LEAVE: _leave, UNDO: _undo, OFF: _drop, OPEN: _open,
}  # fmt: skip
