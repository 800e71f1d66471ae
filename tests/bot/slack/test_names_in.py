"""The names that are read out of a Slack message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.likeness import common_pattern, lengths
from bot.commands.parse import parse
from bot.slack.names_in import MOST, names_in


def rich(*leaves, kind="rich_text_section"):
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(leaves)}]}


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ({"text": "*Kingar* it is"}, ("Kingar",)),
        ({"text": "`Kingar` or “Mr. Morbase”?"}, ("Kingar", "Mr. Morbase")),
        ({"text": "Kingar, Sixtle and Golbase"}, ("Kingar", "Sixtle", "Golbase")),
        ({"text": "kingar\nsixtle\ngolbase"}, ("kingar", "sixtle", "golbase")),
        ({"text": "Our list: AT&amp;T; Kingar"}, ("AT&T", "Kingar")),
        ({"text": "I think that we call it Kingar. Anything else is worse than Sixtle"}, ("Kingar", "Sixtle")),
        ({"text": "Kingar"}, ("Kingar",)),
        ({"text": "<@U1> asked <!here> about <https://example.org|this> and *Kingar*"}, ("Kingar",)),
        ({"text": "Kingar, Kingar, Kingar"}, ("Kingar",)),
        ({"text": "what shall we do about the name of this thing"}, ()),
        ({"text": ""}, ()),
        ({}, ()),
        (
            {
                "text": "x",
                "blocks": [
                    rich(
                        {"type": "text", "text": "Kingar", "style": {"bold": True}}, {"type": "text", "text": " is it"}
                    )
                ],
            },
            ("Kingar",),
        ),
        (
            {
                "text": "x",
                "blocks": [
                    {"type": "actions", "elements": [{"type": "button", "style": "primary", "text": {"text": "Send"}}]}
                ],
            },
            ("x",),
        ),
    ],
)
def test_names_are_found(message, names):
    """Marked, listed, or written as names; mentions, links and the first words of sentences are none."""
    assert names_in(message) == names


def test_items_of_a_list_are_names():
    """A list of short items is a list of names."""
    items = [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": name}]} for name in ("Kingar", "Sixtle")
    ]
    message = {
        "text": "x",
        "blocks": [
            {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "elements": items}]}
        ],
    }
    assert names_in(message) == ("Kingar", "Sixtle")


STYLE = st.fixed_dictionaries({}, optional={"style": st.dictionaries(st.sampled_from(["bold", "code"]), st.booleans())})
LEAF = st.tuples(
    st.fixed_dictionaries({"type": st.sampled_from(["text", "link", "user"])}, optional={"text": st.text(max_size=60)}),
    STYLE,
).map(lambda two: two[0] | two[1])
SECTION = st.fixed_dictionaries(
    {"type": st.sampled_from(["rich_text_section", "rich_text_quote"]), "elements": st.lists(LEAF, max_size=3)}
)
LIST = st.fixed_dictionaries(
    {"type": st.just("rich_text_list"), "style": st.just("bullet"), "elements": st.lists(SECTION, max_size=3)}
)
BLOCK = st.fixed_dictionaries(
    {"type": st.sampled_from(["rich_text", "section", "unheard_of"]), "elements": st.lists(SECTION | LIST, max_size=3)}
)


@given(st.text(max_size=300), st.lists(BLOCK, max_size=3))
def test_any_message_is_read(text, blocks):
    """Whatever a message holds, a few names at most come of it, and what they share is a pattern that can be read."""
    names = names_in({"text": text, "blocks": blocks})
    assert len(names) <= MOST and all(0 < len(name) <= 40 for name in names)
    if pattern := common_pattern(names):
        assert parse(f"complete {pattern}", ["tech"]).pattern == pattern
    if names:
        assert parse(f"length={lengths(names)}", ["tech"]).length
