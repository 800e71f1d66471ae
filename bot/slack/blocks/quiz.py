"""Messages of the quiz: the question, the truth, the score board, the rules."""

from bot.answers.types import Act, Action, QuizHelp, QuizQuestion, ScoreBoard
from bot.commands.button_refs import written
from bot.quiz.answering import ENOUGH
from bot.slack.blocks import elements
from bot.slack.blocks.about import asked_by, with_list
from bot.slack.blocks.elements import Button
from bot.slack.blocks.message import Message
from bot.slack.escaping import escape
from bot.strings import quiz as words

_PLACES = 20
_BUTTONS = {Act.REVEAL: (words.SHOW, words.SPOKEN_SHOW), Act.NEXT: (words.NEXT, words.SPOKEN_NEXT)}


def quiz_question(answer: QuizQuestion) -> Message:
    """A question. While it is open, nothing in its message depends on the truth."""
    return _ended(answer) if answer.question.ended else _open(answer)


def _open(answer: QuizQuestion) -> Message:
    question, count = answer.question, words.answered(len(answer.question.guesses))
    asked = [elements.text(f"{words.QUESTION}\n"), elements.text(question.name, bold=True)]
    head = elements.section(*asked_by(question.asker if question.pressed else None), *asked)
    small = elements.small_print(count, words.rules(ENOUGH))
    body = (elements.rich(head), *elements.actions(map(_button, answer.actions)), small)
    return Message(escape(f"{words.QUESTION} {question.name}\n{count}"), body, answer.audience)


def _ended(answer: QuizQuestion) -> Message:
    """The truth, in the place of the question. An edit notifies nobody, so people can be named."""
    question, truth = answer.question, words.truth(answer.question)
    said = words.said(question, [(kind, list(map(elements.mention, people))) for kind, people in answer.by_kind])
    board = [Button(words.BOARD, command, words.SPOKEN_BOARD) for command in answer.commands]
    head = elements.rich(elements.section(elements.text(question.name, bold=True), elements.text(truth)))
    people = [elements.line(elements.people(line)) for line in said]
    body = (head, *people, *elements.actions([*map(_button, answer.actions), *board]))
    return Message("\n".join([escape(f"{question.name}{truth}"), *said]), body, answer.audience)


def _button(action: Action) -> Button:
    guessed = (words.LABELS.get(action.label), words.spoken_guess(action.label)) if action.act is Act.GUESS else None
    label, aloud = guessed or _BUTTONS[action.act]
    return Button(label, written(action.ref), aloud, action.act)


def score_board(answer: ScoreBoard) -> Message:
    """The best places, and the viewer's own."""
    own = [place for place in answer.places[_PLACES:] if place.person == answer.viewer]
    shown = [*answer.places[:_PLACES], *own]
    lines = [f"{place.rank}. {elements.mention(place.person)} {words.score(place)}" for place in shown]
    left = len(answer.places) - len(lines)
    paragraphs = [words.BOARD_TITLE, "\n".join(lines), *([words.more_people(left)] if left else [])]
    share = [Button(words.SHARE, "quiz board", words.SPOKEN_SHARE, action.act) for action in answer.actions]
    body = [elements.line(elements.people(paragraph)) for paragraph in paragraphs]
    return Message("\n".join(paragraphs), (*body, *elements.actions(share)), answer.audience)


def quiz_help(answer: QuizHelp) -> Message:
    """The rules."""
    return with_list(answer, words.HELP[0], words.HELP[1:])
