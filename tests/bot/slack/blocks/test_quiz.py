"""Messages of the quiz keep Slack's limits whatever the name, and an open question looks the same whatever the truth
is."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.answers.types import QuizHelp, QuizQuestion, ScoreBoard
from bot.quiz.board import Place
from bot.quiz.kinds import KINDS, REAL
from bot.quiz.question import Guess, Question
from bot.slack.blocks.render import render
from tests.fakes.slack_limits import accept

ID = "0123456789abcdef"
PEOPLE = [f"U{number:010}" for number in range(60)]
NAME = st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"]), min_size=1, max_size=200)
GUESSES = st.dictionaries(st.sampled_from(PEOPLE[:10]), st.builds(Guess, st.sampled_from(KINDS), st.just("1")))
QUESTIONS = st.builds(
    Question, st.just("C1"), st.just(ID), NAME, NAME, st.sampled_from(KINDS), st.sampled_from(REAL), st.just("U0"), st.just(0.0), st.booleans(), GUESSES,
    st.none() | st.just(9.0),
)  # fmt: skip


@given(QUESTIONS)
def test_every_message_of_a_question_keeps_the_limits(question):
    """Open and ended, with any name, any spelling and any answers."""
    accept(render(QuizQuestion(question)).payload() | {"replace_original": True})


@given(QUESTIONS, st.sampled_from(KINDS), st.sampled_from(REAL), NAME)
def test_an_open_question_does_not_tell_the_answer(question, kind, corpus, spelling):
    """Its whole payload, buttons' values included, is the same for any answer, corpus and spelling, and for any that
    people gave."""
    question = replace(question, ended=None)
    others = {person: guess._replace(kind=kind) for person, guess in question.guesses.items()}
    assert render(QuizQuestion(question)) == render(
        QuizQuestion(replace(question, kind=kind, corpus=corpus, spelling=spelling, guesses=others))
    )


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)), min_size=1, max_size=60))
def test_any_board_keeps_the_limits(scores):
    """For one person and for all, with more people than have room."""
    places = [Place(rank, person, *score) for rank, (person, score) in enumerate(zip(PEOPLE, scores, strict=False), 1)]
    for viewer in (None, PEOPLE[0], PEOPLE[len(places) - 1]):
        accept(render(ScoreBoard(places, viewer)).payload())


def test_a_long_board_shows_its_reader_too():
    """The best twenty, the reader's own place, and how many there are besides."""
    places = [Place(rank, person, 99 - rank, 99) for rank, person in enumerate(PEOPLE, 1)]
    shown = str(render(ScoreBoard(places, PEOPLE[40])).blocks)
    assert "20. " in shown and "21. " not in shown and f"41. <@{PEOPLE[40]}>" in shown and "and 39 more people" in shown
    assert "and 40 more people" in str(render(ScoreBoard(places)).blocks)
    assert "and 1 more person" in str(render(ScoreBoard(places[:21])).blocks)


def test_help_keeps_the_limits():
    """And has a button for each command."""
    message = accept(render(QuizHelp()).payload())
    assert [button["value"] for button in message["blocks"][-1]["elements"]] == ["quiz", "quiz board"]
