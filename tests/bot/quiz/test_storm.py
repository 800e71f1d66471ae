"""A question that many people answer at once, on several instances over one store: the message catches up, the answer
comes out once."""

from dataclasses import replace

import pytest

from bot.commands.who import Who
from bot.quiz.board import board
from bot.slack.lambda_handler import make_handler
from bot.store.sqlite import SqliteStore
from tests.bot.slack.test_names import labels, said
from tests.bot.slack.test_storm import ManyDoors
from tests.fakes.fake_slack import FakeSlack
from tests.fakes.lambda_door import LambdaDoor
from tests.helpers.contexts import context
from tests.helpers.http import SECRET
from tests.helpers.quizzes import LABELS, drawn_in_turn
from tests.helpers.rounds import ask
from tests.helpers.together import together


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A machine that is busy with a storm may be slower than Slack lets us be; what is held here is what is right, not
    when."""
    monkeypatch.setattr("bot.slack.post.DEADLINE", 15)
    drawn_in_turn(monkeypatch, "made")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "store.db"


@pytest.fixture
def slack(settings, library, file):
    """A Slack that speaks to two instances of the function in turn."""
    with FakeSlack() as slack:
        slack.door = ManyDoors(
            [LambdaDoor(make_handler(replace(settings, store=file), library), SECRET, slack.broken) for _ in range(2)]
        )
        yield slack


def clicks(slack, post, people: int, kind: str = "made") -> list:
    """So many people answer at one moment: what each alone is told."""
    button = post.button(LABELS[kind])
    return [
        told
        for posts in together(*(lambda person=f"p{n}": slack.clicks(person, post, button) for n in range(people)))
        for told in posts
    ]


def test_the_count_catches_up(slack):
    """Nine at one moment: all nine are told, and the message counts nine."""
    post = ask(slack, "ana", "quiz")
    assert len(clicks(slack, post, 9)) == 9
    assert "9 answered" in post.text and "9 answered" in said(post)


def test_the_answer_comes_out_once_and_stays(slack, file):
    """Sixteen at one moment: ten count, the others are told; no count that arrives late covers the answer again."""
    post = ask(slack, "ana", "quiz")
    told = clicks(slack, post, 16)
    assert labels(post) == ["Next one", "Score"] and "10 of 10 right" in said(post)
    assert len([each for each in told if "out already" in each.text]) == 6
    assert len(board(context(SqliteStore(file), Who("T0TEAM", "C0NAMES", "", "")))) == 10


def test_many_answer_at_once_in_both_modes(workspace):
    """Twelve, over a WebSocket too: every click is acknowledged, and the answer comes out."""
    post = ask(workspace, "ana", "quiz")
    told = clicks(workspace, post, 12)
    assert labels(post) == ["Next one", "Score"] and len([each for each in told if "out already" in each.text]) == 2
