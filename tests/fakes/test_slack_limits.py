"""The checker of Slack's limits proves itself: for each rule that it keeps, a message that breaks only that rule."""

import copy

import pytest

from tests.fakes.slack_limits import accept, problems

A = {"type": "text", "text": "a"}


def words(n, kind="plain_text", **more):
    return {"type": kind, "text": "x" * n, **more}


def button(**more):
    return {"type": "button", "text": words(4), "action_id": "run:1", "value": "pokemon", **more}


def rich(*leaves):
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(leaves)}]}


GOOD = {
    "response_type": "in_channel",
    "text": "Kingar &amp; <@U0ANA>",
    "blocks": [
        {"type": "header", "text": words(150)},
        {"type": "section", "text": words(3_000, "mrkdwn", verbatim=True), "accessory": button(style="danger")},
        rich({"type": "text", "text": "mo***", "style": {"code": True}}, {"type": "user", "user_id": "U0ANA"}),
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_list", "style": "bullet", "elements": rich({"type": "text", "text": "a"})["elements"]}],
        },
        {"type": "divider", "block_id": "b" * 255},
        {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "a"},
        {"type": "context", "elements": [words(5)] * 10},
        {"type": "actions", "elements": [button(action_id=f"run:{i}", value="v" * 2_000) for i in range(2)]},
    ],
}  # fmt: skip


def section(text):
    return {"text": "a", "blocks": [{"type": "section", "text": text}]}


def actions(*elements):
    return {"text": "a", "blocks": [{"type": "actions", "elements": list(elements)}]}


def blocks(*given):
    return {"text": "a", "blocks": list(given)}


BROKEN = {
    "not an object": [],
    "unknown field of the message": {"text": "a", "channel": "C1"},
    "whole message": blocks(*[{"type": "section", "text": words(2_900)}] * 5),
    "attachments beside blocks": {"text": "a", "attachments": [], "blocks": [{"type": "divider"}]},
    "response_type": {"text": "a", "response_type": "everyone"},
    "no text beside the blocks": {"blocks": [{"type": "divider"}]},
    "text too long": {"text": "a" * 4_001},
    "mention of everybody": {"text": "<!channel>"},
    "bare ampersand": {"text": "a & b"},
    "mention in mrkdwn": section({"type": "mrkdwn", "text": "<!here>", "verbatim": True}),
    "mrkdwn that links @here": section({"type": "mrkdwn", "text": "a"}),
    "no block at all": blocks(),
    "too many blocks": blocks(*[{"type": "divider"}] * 51),
    "block_id twice": blocks(*[{"type": "divider", "block_id": "a"}] * 2),
    "block_id too long": blocks({"type": "divider", "block_id": "a" * 256}),
    "unknown block": blocks({"type": "table"}),
    "unknown field of a block": blocks({"type": "divider", "text": "a"}),
    "section of nothing": blocks({"type": "section"}),
    "section text too long": section(words(3_001)),
    "empty text": section(words(0)),
    "text without a type": section({"text": "a"}),
    "emoji on mrkdwn": section({"type": "mrkdwn", "text": "a", "verbatim": True, "emoji": False}),
    "too many fields": blocks({"type": "section", "fields": [words(1)] * 11}),
    "field too long": blocks({"type": "section", "fields": [words(2_001)]}),
    "header too long": blocks({"type": "header", "text": words(151)}),
    "header in mrkdwn": blocks({"type": "header", "text": words(1, "mrkdwn", verbatim=True)}),
    "too many in a context": blocks({"type": "context", "elements": [words(1)] * 11}),
    "too many buttons": actions(*[button(action_id=f"run:{i}", value="v") for i in range(26)]),
    "action_id twice": actions(button(), button()),
    "action_id too long": actions(button(action_id="a" * 256)),
    "button without action_id": actions({"type": "button", "text": words(1)}),
    "button text too long": actions(button(text=words(76))),
    "button text in mrkdwn": actions(button(text=words(1, "mrkdwn", verbatim=True))),
    "button value too long": actions(button(value="v" * 2_001)),
    "empty button value": actions(button(value="")),
    "button label too long": actions(button(accessibility_label="v" * 76)),
    "button style": actions(button(style="default")),
    "unknown field of a button": actions(button(colour="red")),
    "a stranger among the buttons": actions({"type": "datepicker", "action_id": "a"}),
    "accessory that is no button": blocks({"type": "section", "text": words(1), "accessory": {"type": "image"}}),
    "image without alt_text": blocks({"type": "image", "image_url": "https://example.org/a.png"}),
    "image in svg": blocks({"type": "image", "image_url": "https://example.org/a.svg", "alt_text": "a"}),
    "rich text without elements": blocks({"type": "rich_text", "elements": []}),
    "rich text of an unknown kind": blocks({"type": "rich_text", "elements": [{"type": "text", "text": "a"}]}),
    "list without style": blocks({"type": "rich_text", "elements": [{"type": "rich_text_list", "elements": rich(A)["elements"]}]}),
    "empty rich text": blocks(rich({"type": "text", "text": ""})),
    "broadcast": blocks(rich({"type": "broadcast", "range": "channel"})),
    "unknown field of rich text": blocks(rich({"type": "text", "text": "a", "bold": True})),
    "unknown style": blocks(rich({"type": "text", "text": "a", "style": {"blink": True}})),
}  # fmt: skip


def test_message_with_everything_in_bounds_is_accepted():
    """A message that uses every block we know, at its limits, has no problem."""
    message = copy.deepcopy(GOOD)
    assert problems(message) == [] and accept(message) == GOOD


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_rule_refuses(broken):
    """Each rule, broken alone, is named once, and `accept` raises."""
    assert len(problems(broken)) == 1, problems(broken)
    with pytest.raises(AssertionError):
        accept(broken)


def test_delete_original_needs_no_text():
    """`delete_original` alone is a whole message."""
    assert problems({"delete_original": True}) == []
