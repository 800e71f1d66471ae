"""Answers in plain text, and a conversation in which nothing of Slack's takes part."""

import re
from pathlib import Path

import pytest

from bot.answers.types import Answer
from bot.store.sqlite import MEMORY, SqliteStore
from bot.terminal import plain
from bot.terminal.conversation import Aside
from bot.terminal.plain_console import PlainConversation
from tests.helpers.answer_types import found, samples


@pytest.fixture
def talk(library):
    """A conversation over an empty store."""
    return PlainConversation(library, SqliteStore(MEMORY), interactive=False)


def choice(talk: PlainConversation, label: str) -> str:
    """The number of the choice with that label."""
    return str([each.label for each in plain.choices(talk.last)].index(label) + 1)


def test_every_type_of_answer_has_plain_text():
    """The types are found in the code; one without plain text fails here."""
    assert set(plain.LINES) == set(found())


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: type(sample).__name__)
def test_plain_text_is_plain(sample: Answer):
    """It says something, and holds no payload and no mention as Slack writes it."""
    text = plain.render(sample)
    assert len(text) > 5 and "<@" not in text and "{" not in text


def test_plain_text_is_short():
    """A whole edge's rendering takes less than 150 lines."""
    assert len(Path(plain.__file__).read_text().splitlines()) < 150


def test_a_round_from_names_to_the_pick(talk):
    """People vote by numbers, the shortlist counts, the owner picks, and undoes it."""
    names = talk.reply("complete mo*** pokemon 2")
    first, second = re.findall(r"^  \d\. (\w[\w-]*)", names, re.M)
    assert f"{first} (1 vote" in talk.reply(choice(talk, f"vote {first}"))
    assert f"{first} (2 votes" in talk.reply(f"as Ada: {choice(talk, f'vote {first}')}")
    talk.reply(f"as Ada: {choice(talk, f'vote {second}')}")
    assert "Votes: @you, @Ada" in talk.reply("shortlist")
    assert "Only the person who began the round" in talk.reply("as Ada: pick")
    assert "with 2 votes?" in talk.reply("pick")
    picked = talk.reply(choice(talk, f"pick {first}"))
    assert f"The name is {first}" in picked and "voted for by @you, @Ada" in picked
    assert "open again" in talk.reply(choice(talk, "undo"))


def test_what_follows_a_list(talk):
    """More, the reasons and another order, by numbers; a deleted list is gone."""
    before = set(re.findall(r"^  \d+\. (\S+)", talk.reply("complete mo*** pokemon 3"), re.M))
    more = set(re.findall(r"^  \d+\. (\S+)", talk.reply(choice(talk, "more")), re.M))
    assert len(more) == 3 and not before & more
    assert "What may stand in each hole" in talk.reply(choice(talk, "why"))
    talk.reply("complete mo*** pokemon 3")
    assert "chosen" in talk.reply(choice(talk, "surprise"))
    assert talk.reply(choice(talk, "delete")) == "The message is gone."


def test_a_preview_is_shuffled_and_sent(talk):
    """The asker alone sees it until it is sent."""
    assert "only visible to you" in talk.reply("preview complete mo*** pokemon 2")
    shuffled = talk.reply(choice(talk, "shuffle"))
    sent = talk.reply(choice(talk, "send"))
    assert "only visible to you" in shuffled and "everybody" in sent
    assert re.findall(r"^  \d\. (\w+)", sent, re.M) == re.findall(r"^  \d\. (\w+)", shuffled, re.M)


def test_mistakes_are_mended_by_a_number(talk):
    """A slip is answered with what was meant; a number that is not there, and another app's command, with a sentence."""
    assert "pokemon" in talk.reply("pokmon 2")
    assert "New names in the style of `pokemon`" in talk.reply("1")
    with pytest.raises(Aside, match="no button 99"):
        talk.reply("99")
    with pytest.raises(Aside, match="another app"):
        talk.reply("/remind me")
