"""Preview first: shown to the asker alone, sent as it was shown, shuffled in its place, let be."""

import json
import re
import time

import pytest

from bot.answers.answer import answer
from bot.answers.following import shuffled
from bot.answers.names import preview
from bot.answers.press import press
from bot.answers.types import Act, Press
from bot.commands.button_refs import Ref, written
from bot.commands.click import Click
from bot.commands.queries import QUERIES, Complete, Generate
from bot.commands.who import Who
from bot.context import Context
from bot.errors import BadInput
from bot.names.batch import Batch, Name
from bot.repositories import previews
from bot.slack.blocks.render import render
from bot.store import Unavailable
from bot.store.sqlite import MEMORY, SqliteStore
from bot.store.ttl import PREVIEW
from bot.strings import forms
from tests.fakes.slack_limits import accept
from tests.helpers.contexts import context
from tests.helpers.reading import sections as names

ANA = Who("T1", "C1", "U1", "ana")


@pytest.fixture(params=["preview complete mo*** pokemon 3", "draw mo*** pokemon 3 preview=on", "preview tech 3"])
def shown(request, workspace):
    """A workspace in which Ana has a preview of three names before her."""
    [post] = workspace.types("ana", "names", request.param)
    assert post.only == "U0ANA" and len(names(post)) == 3 and workspace.sees("ben", "names") == []
    return workspace, post


def test_send_posts_exactly_what_was_shown(shown):
    """The preview goes, the same names stand there for everybody with all their buttons, and say who sent them."""
    workspace, post = shown
    [sent] = workspace.clicks("ana", post, "Send")
    assert names(sent) == names(post) and workspace.sees("ana", "names") == workspace.sees("ben", "names") == [sent]
    assert {"type": "user", "user_id": "U0ANA"} in sent.message["blocks"][0]["elements"][0]["elements"]
    workspace.clicks("ben", sent, sent.buttons[0])
    assert sent.edits == 1 and "1 vote" in sent.text


def test_shuffle_replaces_and_send_posts_the_last(shown):
    """Other names stand in the place of the first, none of them comes again, and Send posts those that stand there."""
    workspace, post = shown
    seen = [names(post)]
    for _ in range(2):
        assert workspace.clicks("ana", post, "Shuffle") == []
        seen.append(names(post))
    assert len({name for shown in seen for name in shown}) == 9 and post.edits == 2 and post.only == "U0ANA"
    [sent] = workspace.clicks("ana", post, "Send")
    assert names(sent) == seen[-1] and sent.text.startswith("New names"), "the channel saw none before"
    [more] = workspace.clicks("ben", sent, "More")
    assert not set(names(more)) & {name for shown in seen for name in shown}, "nor does More bring them"


def test_cancel_takes_it_away(shown):
    """Nothing is left, for nobody."""
    workspace, post = shown
    cancel = post.button("Cancel")
    assert workspace.clicks("ana", post, "Cancel") == [] and workspace.sees("ana", "names") == []
    post.deleted = False  # the second of two clicks was on its way
    [told] = workspace.clicks("ana", post, cancel)
    assert told.only == "U0ANA" and "cancelled already" in told.text


def test_second_click_sends_nothing_more(shown):
    """Delivered twice, or pressed while the first was on its way, Send posts once; the second says that it is over."""
    workspace, post = shown
    send = post.button("Send")
    [sent] = workspace.clicks("ana", post, send)
    assert [told.only for told in workspace.again()[1:]] == ["U0ANA"]
    post.deleted = False
    [told] = workspace.clicks("ana", post, send)
    assert told.only == "U0ANA" and "preview is over" in told.text
    assert workspace.sees("ben", "names") == [sent]


def test_channel_that_previews_always(workspace):
    """After `settings preview=on` each asker sees names first, `preview=off` in a command goes straight."""
    workspace.types("ana", "names", "settings preview=on")
    assert workspace.types("ben", "names", "pokemon 2")[0].only == "U0BEN"
    assert workspace.types("ben", "names", "pokemon 2 preview=off")[0].only is None
    assert workspace.types("ben", "random", "pokemon 2")[0].only is None


def test_form_shows_first(workspace, library):
    """The form's "to me first" brings the preview, whose Send works as any."""
    library.model("pokemon", "mix")
    workspace.types("ana", "names", "")
    [post] = workspace.submits("ana", {"pattern": "mo***", "corpus": "pokemon", "count": "3", "show": "first"})
    assert post.only == "U0ANA"
    [sent] = workspace.clicks("ana", post, "Send")
    assert sent.only is None and names(sent) == names(post)


def test_what_slack_does_not_take_stays_sendable(workspace):
    """Send and Shuffle that Slack refuses change nothing, say so, and work when pressed again."""
    [post] = workspace.types("ana", "names", "preview complete mo*** pokemon 2")
    before = names(post)
    for way, said in (("Send", "did not take the names"), ("Shuffle", "did not take other names")):
        workspace.stumble("/response/", 404)
        [told] = workspace.clicks("ana", post, way)
        assert said in told.text and told.only == "U0ANA" and names(post) == before
    [sent] = workspace.clicks("ana", post, "Send")
    assert names(sent) == before


def test_completions_begin_again_when_no_more_fit(library):
    """Shuffling a list of completions to its end begins at its beginning."""
    library.model("pokemon", "mix")
    batch = Batch(Complete("pokemon", pattern="mo*", count=20, skip=1_000), (Name("Mob", -1.0),))
    again, before = shuffled(batch, ("Mob", "Mob"), library)
    assert again.request.skip == 0 and before == ()


FORGED = [ANA._replace(team="T2"), ANA._replace(channel="C2"), ANA._replace(person="U2")]


@pytest.mark.parametrize("who", FORGED, ids=["team", "channel", "person"])
def test_preview_is_its_askers(who):
    """A forged value reaches no preview of another team, channel or person."""
    store = SqliteStore(MEMORY)
    id = previews.keep(context(store, ANA, time.time()), Batch(Generate(), (Name("Mob", -1.0),)))
    assert previews.fetch(context(store, ANA), id).batch.names[0].name == "Mob"
    with pytest.raises(BadInput, match="preview is over"):
        previews.fetch(context(store, who), id)


def test_preview_lives_a_day(monkeypatch):
    """A day later it is over, whether the store has cleared it or not."""
    now = [1_000_000_000.0]
    monkeypatch.setattr("time.time", lambda: now[0])
    store = SqliteStore(MEMORY, clock=lambda: now[0])
    id = previews.keep(context(store, ANA, time.time()), Batch(Generate(), (Name("Mob", -1.0),)))
    now[0] += PREVIEW - 1
    assert previews.fetch(context(store, ANA), id)
    now[0] += 2
    with pytest.raises(BadInput):
        previews.fetch(context(store, ANA), id)


class Broken(SqliteStore):
    def write(self, team, *changes):
        raise Unavailable("no disk")


def test_without_the_store_it_is_shown_and_cannot_be_sent():
    """The asker sees the names, and why there is no button."""
    message = accept(render(preview(context(Broken(MEMORY), ANA), Batch(Generate(), (Name("Mob", -1.0),)))).payload())
    assert (
        "Mob" in message["text"]
        and "cannot keep" in message["text"]
        and "button" not in json.dumps(message["blocks"][-1]["type"])
    )


@pytest.mark.parametrize("verb", ["generate", "complete"])
def test_largest_preview_keeps_the_limits(verb):
    """Twenty names of 64 characters that JSON writes longest, and a long list of known ones."""
    found = tuple(Name('"' * 60 + f"{n:04}", -1.0) for n in range(20))
    query = QUERIES[verb](pattern="*" * 64, count=20, **({"skip": 980} if verb == "complete" else {}))
    batch = Batch(query, found, known=("&" * 64,) * 3, known_count=9_999)
    accept(render(preview(context(SqliteStore(MEMORY), ANA), batch)).payload())


def test_the_three_buttons_are_all():
    """Each button of a preview has its act."""
    assert tuple(forms.PREVIEW) == (Act.SEND, Act.SHUFFLE, Act.CANCEL)


SEED = re.compile(r"seed (\d+)")


@pytest.mark.parametrize("text", ["preview pokemon 3", "preview pokemon 3 seed=5", "draw mo*** pokemon 3 preview=on"])
def test_every_printed_seed_gives_its_list_again(library, text):
    """After any shuffles, the sending and what follows: if a seed is printed, it alone brings the same names."""
    store, printed = SqliteStore(MEMORY), 0

    def pressed(act: Act, ref: Ref):
        effect = press(context_of(), Press(act, written(ref), Click("U1", "1", "1")))
        effect.then()
        return effect.answer

    def context_of() -> Context:
        return Context(library, store, ANA, time.time())

    for shuffles in range(3):
        shown = [answer(context_of(), text)]
        for _ in range(shuffles):
            shown.append(pressed(Act.SHUFFLE, Ref("p", shown[-1].id)))
        shown.append(pressed(Act.SEND, Ref("p", shown[-1].id)))
        shown += [
            pressed(action.act, action.ref) for action in shown[-1].actions if action.act in (Act.MORE, Act.RANKED)
        ]
        for each in shown:
            if found := SEED.search(render(each).text):
                printed += 1
                again = answer(context_of(), f"{text.replace(' seed=5', '')} seed={found[1]}")
                assert [line.name for line in again.lines] == [line.name for line in each.lines]
    assert printed
