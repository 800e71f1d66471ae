"""`quiz`, `quiz board`, `help quiz`: how they are read, mended and refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import button_refs
from bot.commands.button_refs import QUESTION, Ref
from bot.commands.parse import parse
from bot.commands.request import AskQuiz, QuizCommand, ShowBoard, ShowQuizHelp, by_verb
from bot.errors import BadInput

SHELF = ("pokemon", "tech")


def refused(text: str) -> BadInput:
    with pytest.raises(BadInput) as caught:
        parse(text, SHELF)
    return caught.value


@pytest.mark.parametrize("text, request_", [
    ("quiz", AskQuiz()), (" QUIZ ", AskQuiz()), ("quiz board", ShowBoard()), ("Quiz Board", ShowBoard()),
    ("quiz help", ShowQuizHelp()), ("help quiz", ShowQuizHelp()), ("help me, quiz", ShowQuizHelp()),
])  # fmt: skip
def test_it_is_read(text, request_):
    """In any case; help in any order."""
    assert parse(text, SHELF) == request_


@pytest.mark.parametrize("kind", by_verb(QuizCommand).values())
def test_it_can_be_typed_again(kind):
    """What a button carries reads back."""
    assert parse(kind().command(), SHELF) == kind()


@pytest.mark.parametrize("text", ["quizz", "quis", "qiuz", "Quizz"])
def test_a_near_miss_is_mended(text):
    """Did you mean: a button that runs it."""
    assert AskQuiz.verb in refused(text).suggestions


@pytest.mark.parametrize(
    "text",
    [
        "quiz pokemon",
        "pokemon quiz",
        "quiz 5",
        "quiz bored",
        "quiz mo***",
        "quiz board tech",
        "preview quiz",
        "quiz seed=7",
    ],
)
def test_words_that_it_does_not_take_are_said(text):
    """With the two commands that there are."""
    error = refused(text)
    assert "cannot take" in error.message and error.suggestions == ("quiz", "quiz board")


@given(st.text(max_size=60))
def test_any_words_after_it_are_read_or_refused_harmlessly(text):
    """Nothing typed breaks it or comes back as a mention."""
    try:
        request = parse(f"quiz {text}", SHELF)
    except BadInput as error:
        assert error.message and "<" not in error.message and "@channel" not in error.message.lower()
    else:
        assert isinstance(request, QuizCommand)


@given(
    st.text(max_size=80)
    | st.builds(
        "1:{}:{}:{}".format, st.sampled_from("qbsnpx"), st.text("0123456789abcdefg", max_size=17), st.text(max_size=20)
    )
)
def test_any_value_of_a_button_is_a_reference_or_refused(value):
    """A reference that is read is written the same: nothing else gets through."""
    try:
        ref = button_refs.read(value)
    except BadInput:
        return
    assert button_refs.written(ref) == value and len(ref.id) == 16


def test_a_reference_to_an_answer_reads_back():
    """The kind of message, its id and what the button says."""
    assert button_refs.read(button_refs.written(Ref(QUESTION, "0123456789abcdef", "made"))) == Ref(
        QUESTION, "0123456789abcdef", "made"
    )
