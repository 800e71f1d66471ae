"""Answers: however many people click at the same time, each is counted once and a question ends once, in both
stores."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.errors import BadInput
from bot.quiz.answering import ENOUGH, Outcome, answer, reveal
from bot.quiz.board import board
from bot.quiz.panel import counts
from bot.quiz.question import ask, fetch
from bot.store.dynamodb import DynamoStore
from bot.store.ttl import QUESTION, SCORE
from tests.fakes.dynamodb import LOST
from tests.helpers.broken_stores import Interrupted
from tests.helpers.contexts import context
from tests.helpers.quizzes import NAMES, asked, click, who
from tests.helpers.together import together

NOW = 1_800_000_000.0


def say(store, question, person: str, kind: str = "made", at: int | str = 1) -> Outcome:
    return answer(context(store, who(person)), question.id, kind, click(person, at)).outcome


def scores(store, channel: str = "C1") -> dict[str, tuple[int, int]]:
    return {place.person: (place.right, place.answered) for place in board(context(store, who("", channel)))}


def panelled(store, team: str = "T1") -> Counter:
    """All answers on the panel, by kind."""
    return sum((Counter(count.guesses) for count in counts(store, [team])), Counter())


def test_sixty_people_at_once_are_each_counted_once(store):
    """Ten answer each of six questions, all in one channel and every third click comes twice: sixty scores, sixty
    answers on the panel."""
    questions = [asked(store) for _ in range(6)]
    tasks = [(f"U{number}", questions[number % 6], ("made", "tech")[number % 2]) for number in range(60)]
    tasks += tasks[::3]
    random.Random(7).shuffle(tasks)
    with ThreadPoolExecutor(20) as pool:
        outcomes = list(pool.map(lambda task: say(store, task[1], task[0], task[2]), tasks))
    assert Counter(outcomes) == {Outcome.ANSWERED: 60, Outcome.SEEN: 20}
    assert all(fetch(context(store, who("U0")), question.id).ended for question in questions)
    assert scores(store) == {f"U{number}": (int(number % 2 == 0), 1) for number in range(60)}
    assert panelled(store) == {"made": 30, "tech": 30}


def test_of_sixty_people_at_one_question_ten_are_counted_and_fifty_told(store):
    """The tenth answer ends it once, whoever comes at the same moment; who was told that they answered is on the board,
    and nobody else."""
    question = asked(store)
    outcomes = together(*(lambda person=f"U{number}": (person, say(store, question, person)) for number in range(60)))
    counted = {person for person, outcome in outcomes if outcome is Outcome.ANSWERED}
    assert len(counted) == ENOUGH and {outcome for _, outcome in outcomes} == {Outcome.ANSWERED, Outcome.LATE}
    assert scores(store) == dict.fromkeys(counted, (1, 1)) and panelled(store) == {"made": ENOUGH}
    assert set(fetch(context(store, who("U0")), question.id).guesses) == counted


@pytest.mark.parametrize("attempt", range(3))
def test_answers_and_the_wish_for_the_answer_at_once_leave_one_truth(store, attempt):
    """Three ask for the answer while seven people answer: it ends once, and those counted then are those on the
    board."""
    question = asked(store)
    results = together(
        *(lambda person=f"U{number}": (person, say(store, question, person)) for number in range(7)),
        *(lambda: reveal(context(store, who("U0")), question.id) for _ in range(3)),
    )
    counted = {person for person, outcome in results[:7] if outcome is Outcome.ANSWERED}
    ended = fetch(context(store, who("U0")), question.id)
    assert set(ended.guesses) == counted and all(result.guesses == ended.guesses for result in results[7:])
    assert scores(store) == dict.fromkeys(counted, (1, 1)) and panelled(store).total() == len(counted)


@pytest.mark.parametrize(
    "happens, outcome, left",
    [
        (lambda store, id: reveal(context(store, who("U9")), id), Outcome.LATE, {}),
        (lambda store, id: answer(context(store, who("U1")), id, "tech", click("U1", 9)), Outcome.SEEN, {"U1": "tech"}),
        (lambda store, id: answer(context(store, who("U1")), id, "made", click("U1", 2)), Outcome.SAME, {"U1": "made"}),
        (
            lambda store, id: answer(context(store, who("U2")), id, "tech", click("U2", 9)),
            Outcome.ANSWERED,
            {"U1": "made", "U2": "tech"},
        ),
    ],
    ids=["the answer came out", "a later click", "an earlier click", "somebody else's"],
)
def test_whatever_happens_while_an_answer_is_decided_is_taken_into_account(store, happens, outcome, left):
    """Between reading and writing somebody else is quicker: the answer is decided again on what there is then."""
    question = asked(store)
    between = Interrupted(store, lambda store: happens(store, question.id))
    assert say(between, question, "U1", at=5) is outcome
    assert {
        person: guess.kind for person, guess in fetch(context(store, who("U0")), question.id).guesses.items()
    } == left


@pytest.mark.parametrize("times, outcomes", [
    ((1, 1), (Outcome.ANSWERED, Outcome.SEEN)), ((2, 1), (Outcome.ANSWERED, Outcome.SEEN)), ((1, 2), (Outcome.ANSWERED, Outcome.CHANGED)),
    (("9", "10"), (Outcome.ANSWERED, Outcome.CHANGED)), (("1.5", "1.50"), (Outcome.ANSWERED, Outcome.SEEN)),
])  # fmt: skip
def test_clicks_count_in_the_order_in_which_they_were_made(store, times, outcomes):
    """Whatever comes late; times are compared as the numbers that they are."""
    question = asked(store)
    assert (
        tuple(say(store, question, "U1", kind, at) for kind, at in zip(("made", "tech"), times, strict=True))
        == outcomes
    )


def test_the_last_click_delivered_again_after_the_end_is_no_late_one(store):
    """Whose answer ended the question is not told that it came too late."""
    question = asked(store)
    for number in range(ENOUGH):
        say(store, question, f"U{number}")
    assert say(store, question, f"U{ENOUGH - 1}") is Outcome.SEEN and say(store, question, "U99") is Outcome.LATE
    assert scores(store)[f"U{ENOUGH - 1}"] == (1, 1)


def test_asking_again_for_the_answer_counts_nothing_again(store):
    """However often people ask, and whichever of them."""
    question = asked(store)
    say(store, question, "U1")
    assert [reveal(context(store, who(f"U{number}"), NOW + number), question.id).ended for number in range(3)] == [
        NOW
    ] * 3
    assert scores(store) == {"U1": (1, 1)} and panelled(store) == {"made": 1}


def test_an_interrupted_end_is_made_once(store):
    """The panel and a score have changed meanwhile: the question ends on what there is then."""
    one, other = asked(store), asked(store)
    for question in (one, other):
        say(store, question, "U1")
    reveal(context(Interrupted(store, lambda store: reveal(context(store, who("U2")), other.id)), who("U2")), one.id)
    assert scores(store) == {"U1": (2, 2)} and panelled(store) == {"made": 2}


def test_questions_of_channels_and_teams_know_nothing_of_one_another(store):
    """A question is there for its own channel and team, and so is its score; the panel is the team's."""
    question = asked(store)
    for other in (who("U1", channel="C2"), who("U1", team="T2"), who("U1", channel="C1#x")):
        with pytest.raises(BadInput, match="too old"):
            answer(context(store, other), question.id, "made", click("U1", 1))
        with pytest.raises(BadInput, match="too old"):
            reveal(context(store, other), question.id)
    say(store, question, "U1")
    reveal(context(store, who("U1")), question.id)
    assert scores(store, "C2") == {} and board(context(store, who("", team="T2"))) == [] and counts(store, ["T2"]) == []
    assert panelled(store).total() == 1


def test_a_name_does_not_come_again_within_a_hundred(store):
    """A draw gets the last hundred keys of its channel, and none of other channels."""
    told = []

    def drawn(number):
        name = "".join("abcdefghij"[int(digit)] for digit in f"{number:04}").title()
        return lambda before: told.append(before) or NAMES["made"]._replace(name=name)

    for number in range(103):
        ask(context(store, who("U1")), drawn(number))
    ask(context(store, who("U1", "C2")), drawn(0))
    assert told[0] == told[103] == [] and len(told[50]) == 50 and len(told[102]) == 100
    assert "aaab" not in told[102] and "aaac" in told[102] and told[102][-1] == "abab"


def test_it_ends_as_other_things_do(store, clock):
    """A question after a month, a score a year after the person's last answer; the counts of the panel, which name
    nobody, stay."""
    question = asked(store)
    say(store, question, "U1")
    reveal(context(store, who("U1")), question.id)
    clock.now += QUESTION + 1
    with pytest.raises(BadInput, match="too old"):
        fetch(context(store, who("U1")), question.id)
    assert scores(store) == {"U1": (1, 1)}
    clock.now += SCORE
    assert scores(store) == {} and [item.key for item in store.find("T1", "")] == ["panel#2027-01#pokemon#made"]


def test_the_panel_holds_no_person_and_no_name(store):
    """Four counters a month at most, each with four numbers at most."""
    for kind in NAMES:
        question = asked(store, NAMES[kind])
        for number, guess in enumerate(("pokemon", "tech", "made")):
            say(store, question, f"U{number}", guess)
        reveal(context(store, who("U1")), question.id)
    items = store.find("T1", "panel#")
    assert [item.key for item in items] == [
        f"panel#2027-01#{corpus}#{names}" for corpus in ("pokemon", "tech") for names in ("made", "real")
    ]
    assert [item.value for item in items] == [{"shown": 1, "pokemon": 1, "tech": 1, "made": 1}] * 4


def test_an_answer_whose_reply_is_lost_counts_once(dynamodb):
    """DynamoDB has written it and the connection breaks: it is decided again and found there, the one that ends a
    question too."""
    store = DynamoStore(dynamodb.calls())
    question = asked(store)
    for number in range(ENOUGH):
        last = number == ENOUGH - 1
        dynamodb.fail(*[None] * (3 if last else 1), LOST)  # after what is read before the write
        assert say(store, question, f"U{number}") in (Outcome.ANSWERED, Outcome.SEEN)
        dynamodb.recover()
    assert fetch(context(store, who("U0")), question.id).ended and panelled(store) == {"made": ENOUGH}
    assert scores(store) == {f"U{number}": (1, 1) for number in range(ENOUGH)}
