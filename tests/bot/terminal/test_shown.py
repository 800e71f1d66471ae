"""bot.terminal.shown: every block we send, and those that we do not, as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.blocks.elements import buttons
from bot.slack.escaping import unescape
from bot.terminal.shown import show
from bot.terminal.text import Screen

BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "More"}, "action_id": "run:0", "value": "pokemon"}


def leaf(**fields):
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [fields]}]}


def listed(style, *names, **more):
    items = [{"type": "rich_text_section", "elements": [{"type": "text", "text": name}]} for name in names]
    return {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": style, "elements": items, **more}]}


def mrkdwn(text):
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


@pytest.mark.parametrize(
    "block, shown",
    [
        ({"type": "header", "text": {"type": "plain_text", "text": "Names"}}, "  Names"),
        ({"type": "divider"}, "  " + "-" * 40),
        (mrkdwn("a &amp;lt; <https://a.example|here>"), "  a &lt; here (https://a.example)"),
        (mrkdwn("for <@U0ANA>"), "  for @ana"),
        ({"type": "section", "fields": [{"type": "plain_text", "text": "&amp;"}]}, "  &amp;"),
        ({"type": "section", "text": {"type": "plain_text", "text": "a"}, "accessory": BUTTON}, "  a   [1] More"),
        ({"type": "context", "elements": [{"type": "plain_text", "text": t} for t in "ab"]}, "  a   b"),
        ({"type": "actions", "elements": [BUTTON, BUTTON]}, "  [1] More   [2] More"),
        (leaf(type="text", text="mo***", style={"code": True}), "  mo***"),
        (leaf(type="user", user_id="U0ANA"), "  @ana"),
        (leaf(type="user", user_id="U0BEN"), "  @U0BEN"),
        (leaf(type="link", url="https://a.example"), "  https://a.example"),
        (leaf(type="emoji", name="tada"), "  :tada:"),
        (leaf(type="date"), "  [date]"),
        (listed("bullet", "Kingar", "Zubat"), "  - Kingar\n  - Zubat"),
        (listed("ordered", "Kingar", "Zubat", offset=5), "  6. Kingar\n  7. Zubat"),
        ({"type": "image", "alt_text": "a graph"}, "  [a graph]"),
        ({"type": "table"}, "  [table]"),
    ],
)
def test_block(block, shown):
    """Each kind of block is shown as what a person would read, unknown ones by their name."""
    assert show({"blocks": [block]}, Screen(), {"U0ANA": "ana"}) == shown


def test_message_without_blocks_shows_its_text():
    """A message of text alone is its text."""
    assert show({"text": "a &lt;b&gt;"}, Screen()) == "  a <b>"


def test_buttons_are_numbered_as_they_are_found():
    """The number beside a button is its place in `buttons`, across blocks."""
    blocks = [{"type": "section", "text": {"type": "plain_text", "text": "a"}, "accessory": BUTTON}]
    message = {"blocks": [*blocks, {"type": "actions", "elements": [{**BUTTON, "value": str(i)} for i in range(2)]}]}
    assert [button["value"] for button in buttons(message)] == ["pokemon", "0", "1"]
    assert "a   [1] More\n  [2] More   [3] More" in show(message, Screen())


def test_hostile_names_are_disarmed():
    """A name that holds escape sequences is shown without their power, even where colours are on."""
    shown = show({"blocks": [leaf(type="text", text="\x1b[2J\u202eKingar", style={"bold": True})]}, Screen(colour=True))
    assert shown == "  \x1b[1m[2JKingar\x1b[0m"


@given(st.text())
def test_unescape_undoes_what_slack_escapes(text):
    """Escaped once, unescaped once: the same text."""
    assert unescape(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")) == text
