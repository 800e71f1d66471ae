"""Who shows a message that many click at once: whoever lets go of it leaves it as the store has it, or in another's
hand."""

import pytest

from bot.slack import updating
from bot.slack.blocks.message import Message


@pytest.fixture
def counted(monkeypatch):
    """A message that shows a count; each post is met by one more click from another address, as long as clicks are
    left."""

    def play(clicks, trouble=lambda url: None):
        state, posts, updates = {"count": 1, "clicks": clicks}, [], updating.Updates()

        def build():
            return Message(str(state["count"]), ())

        def deliver(url, payload, started, repeatable):
            posts.append((url, payload()["text"]))
            if state["clicks"]:
                state["clicks"] -= 1
                state["count"] += 1
                assert updates.show("message", f"address {state['count']}", build, 0.0) is None
            return trouble(url)

        monkeypatch.setattr(updating, "deliver", deliver)
        said = updates.show("message", "address 1", build, 0.0)
        assert not updates._hands
        return posts, state["count"], said

    return play


@pytest.mark.parametrize("clicks", [0, 1, 2, 3, 9])
def test_the_last_post_shows_the_last_click(counted, clicks):
    """However many click while a post is under way; each brings an address, and none is posted to more often than it
    takes."""
    posts, count, said = counted(clicks)
    assert posts[-1][1] == str(count) == str(clicks + 1) and said is None
    assert all([url for url, _ in posts].count(url) <= updating.MOST for url, _ in posts)


def test_an_address_that_takes_nothing_leaves_the_message_to_the_next_click(counted):
    """The click that came meanwhile shows it; the trouble is told where nobody else is left."""
    posts, count, said = counted(1, lambda url: "gone" if url == "address 1" else None)
    assert posts == [("address 1", "1"), ("address 2", str(count))] and said is None
    assert counted(0, lambda url: "gone")[2] == "gone"


def test_what_changes_elsewhere_is_shown_a_few_times_and_no_more(monkeypatch):
    """Another instance's clicks bring no address here, so their message is theirs to show."""
    state, posts = [0], []
    monkeypatch.setattr(updating, "deliver", lambda url, payload, started, repeatable: posts.append(payload()["text"]))

    def build():
        state[0] += 1
        return Message(str(state[0]), ())

    assert updating.Updates().show("message", "address", build, 0.0) is None
    assert len(posts) == updating.MOST
