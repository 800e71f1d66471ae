"""What is read out of a message: its names, and what is like them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import generator
from bot.commands.parse import parse
from bot.slack.likeness import common_pattern, lengths, nearest_corpus
from bot.slack.names_in import MOST, names_in
from corpora.tokens import tokenise


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


def test_nearest_corpus_is_the_likeliest(library):
    """Of the corpora at hand it is the one whose model gives the names the greatest probability; their own, for known
    names."""
    for home in ("pokemon", "tech"):
        library.model(home, generator.DEFAULT_MODEL)
    no_hurry = time.monotonic() + 600  # when the message arrives: a busy machine has time to look at every corpus
    for home in ("pokemon", "tech"):
        names = library.corpus(home).entries[:8]
        assert nearest_corpus(names, library, no_hurry) == (home, True)
    odd = ["Kingar", "Kubernetix"]
    at_hand = [
        card.name for card in library.shelf() if card.kind == "characters" and library.at_hand(card.name, "mix")
    ]  # other tests' too
    letters = {home: set(library.model(home, "mix").vocabulary.tokens) for home in at_hand}
    scores = {
        home: sum(generator.log_prob(library.model(home, "mix"), tokenise(name)) for name in odd)
        for home in at_hand
        if letters[home] >= set("kingarkubernetix")
    }
    assert nearest_corpus(odd, library, no_hurry)[0] == max(scores, key=scores.get)
    theirs = {home: set("".join(library.corpus(home).entries)) for home in ("pokemon", "tech")}
    for foreign in theirs["pokemon"] - theirs["tech"]:
        assert nearest_corpus([f"Kubernetes{foreign}"], library, no_hurry)[0] != "tech", (
            "it lacks a letter, whatever else is like it"
        )


def test_nothing_is_guessed_without_time(library):
    """A message that arrived too long ago is answered without a guess."""
    assert nearest_corpus(["Kingar"], library, time.monotonic() - 100) == (None, False)
