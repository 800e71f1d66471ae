"""The buttons of a list of names: vote, who voted, more, why, surprise me, delete."""

import re
import time

from slack_bolt import App

from bot import log
from bot.answers import pressing
from bot.answers.following import DELETE, WAYS
from bot.commands import button_refs
from bot.names.library import Library
from bot.slack.blocks.listing import TAKEN, VOTE, VOTERS, WHO
from bot.slack.listeners.replying import politely, remove_original, reply, show_anew
from bot.slack.payloads import clicked, who
from bot.slack.updating import Updates
from bot.store import Store

_ASKING = 1.5  # seconds after the click for whoever knows whether a name is taken; the rest is for showing it
_BELOW = re.compile(f"({'|'.join(WAYS)}):")


def register(app: App, library: Library, store: Store, updates: Updates) -> None:
    """Answer every button of a batch or a shortlist. Who clicked, and where, is what Slack says; the value says on
    what."""

    @app.action(re.compile(f"^{VOTE}"))
    def vote(ack, body, action):
        started = time.monotonic()
        ack()
        with politely(body, started):
            ref = button_refs.read(action.get("value"))
            answer = pressing.vote(store, who(body), ref, clicked(body, action), time.time())
            log.note(command="vote", outcome=answer.outcome.value)
            if answer.counted:
                show_anew(
                    updates, body, lambda: pressing.as_it_stands(library, store, who(body), ref, _alone(body)), started
                )
            if answer.told:
                reply(body, answer.told, started)

    @app.action(re.compile(f"^({VOTERS}|{WHO})"))
    def voters(ack, body, action):
        started = time.monotonic()
        ack()
        with politely(body, started):
            reply(body, pressing.voters(store, who(body), button_refs.read(action.get("value"))), started)

    @app.action(re.compile(f"^{TAKEN}"))
    def taken(ack, body, action):
        started = time.monotonic()
        ack()
        log.note(command="taken", outcome="answered")
        with politely(body, started):
            ref = button_refs.read(action.get("value"))
            pressing.ask_taken(library, store, who(body), ref, started + _ASKING)
            show_anew(
                updates, body, lambda: pressing.as_it_stands(library, store, who(body), ref, _alone(body)), started
            )

    @app.action(_BELOW)
    def below(ack, body, action):
        started = time.monotonic()
        ack()
        way = _BELOW.match(action["action_id"])[1]
        log.note(command=way, outcome="answered")
        with politely(body, started):
            ref = button_refs.read(action.get("value"))
            if way == DELETE:
                pressing.check_deletable(store, who(body), ref)
                remove_original(body, started)
                pressing.forget(store, who(body), ref)
            else:
                reply(body, pressing.follow(library, store, who(body), ref, way), started)


def _alone(body: dict) -> bool:
    """Whether the message is shown to the person who clicked alone."""
    return bool((body.get("container") or {}).get("is_ephemeral"))
