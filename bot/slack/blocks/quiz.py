"""From a question of the quiz to the messages that show it: the question, the answer, the score board, how it is
played."""

from collections.abc import Sequence

from bot.commands.button_refs import QUESTION, Ref, written
from bot.commands.request import ShowBoard
from bot.quiz.answering import ENOUGH
from bot.quiz.board import Place
from bot.quiz.kinds import KINDS
from bot.quiz.question import Question
from bot.slack.blocks import elements
from bot.slack.blocks.about import told
from bot.slack.blocks.elements import Button
from bot.slack.blocks.message import CHANNEL, PRIVATE, Message
from bot.slack.blocks.names import asked_by
from bot.strings import quiz as words
from bot.text import escape

GUESS, REVEAL, NEXT, SHARE = "guess:", "reveal:", "next:", "board:"  # so begin the action_ids of their buttons
_PLACES = 20


def render_question(question: Question) -> Message:
    """A question as it stands, to the channel. While it is open nothing of the message depends on what the name is."""
    return _answer(question) if question.ended else _open(question)


def _open(question: Question) -> Message:
    ref, count = Ref(QUESTION, question.id), words.answered(len(question.guesses))
    head = [
        *asked_by(question.asker if question.pressed else None),
        elements.text(f"{words.QUESTION}\n"),
        elements.text(question.name, bold=True),
    ]
    guesses = [
        Button(words.LABELS[kind], written(ref._replace(part=kind)), words.spoken_guess(kind), GUESS) for kind in KINDS
    ]
    show = Button(words.SHOW, written(ref), words.SPOKEN_SHOW, REVEAL)
    small = elements.small_print(count, words.rules(ENOUGH))
    body = (elements.rich(elements.section(*head)), *elements.actions([*guesses, show]), small)
    return Message(escape(f"{words.QUESTION} {question.name}\n{count}"), body, CHANNEL)


def _answer(question: Question) -> Message:
    """The answer, in the place of the question: an edit, so that naming people tells nobody off."""
    ref, truth = Ref(QUESTION, question.id), words.truth(question)
    said = words.said(
        question, [(kind, _people(question, kind)) for kind in sorted(KINDS, key=lambda kind: kind != question.kind)]
    )
    below = [
        Button(words.NEXT, written(ref), words.SPOKEN_NEXT, NEXT),
        Button(words.BOARD, ShowBoard.verb, words.SPOKEN_BOARD),
    ]
    head = elements.rich(elements.section(elements.text(question.name, bold=True), elements.text(truth)))
    people = [elements.line(elements.people(line)) for line in said]
    return Message(
        "\n".join([escape(f"{question.name}{truth}"), *said]), (head, *people, *elements.actions(below)), CHANNEL
    )


def _people(question: Question, kind: str) -> list[str]:
    return [elements.mention(person) for person, guess in question.guesses.items() if guess.kind == kind]


def render_board(places: Sequence[Place], viewer: str | None = None) -> Message:
    """The score board: to one person, with a button that shows it to everybody, or (None) to the channel."""
    shown = places[:_PLACES]
    own = [place for place in places[_PLACES:] if place.person == viewer]
    lines = [f"{place.rank}. {elements.mention(place.person)} {words.score(place)}" for place in (*shown, *own)]
    left = len(places) - len(lines)
    paragraphs = [words.BOARD_TITLE, "\n".join(lines), *([words.more_people(left)] if left else [])]
    share = [Button(words.SHARE, ShowBoard.verb, words.SPOKEN_SHARE, SHARE)] if viewer else []
    body = [elements.line(elements.people(paragraph)) for paragraph in paragraphs]
    return Message("\n".join(paragraphs), (*body, *elements.actions(share)), PRIVATE if viewer else CHANNEL)


def render_quiz_help() -> Message:
    """How the quiz is played, to the person who asked."""
    return told(words.HELP[0], words.HELP[1:], words.HELP_EXAMPLES)
