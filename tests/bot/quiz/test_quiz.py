"""The quiz in a channel, in both modes: a name, everybody's answer, who was right, the next one, the score."""

import pytest

from tests.helpers.forged import FORGED
from tests.helpers.quizzes import LABELS, drawn_in_turn
from tests.helpers.reading import labels, said
from tests.helpers.rounds import ask_the_bot
from tests.helpers.together import together

QUESTION = ["Pokémon", "Technology", "Made up", "Show the answer"]
ANSWER = ["Next one", "Score"]
TRUTHS = {
    "pokemon": "Zubatite is a Pokémon.", "tech": "Sqlova is a technology, and spelt SQLova.",
    "made": "Morbase is made up, to sound like a Pokémon's name.", "made tech": "Kubelor is made up, to sound like a technology's name.",
}  # fmt: skip


def says(workspace, post, *guesses: tuple[str, str]) -> list:
    """People answer one after the other: what each alone is told."""
    return [told for person, kind in guesses for told in workspace.clicks(person, post, LABELS[kind])]


@pytest.fixture
def question(workspace, monkeypatch):
    """Ana's question about a made-up name; the next one is about a technology."""
    drawn_in_turn(monkeypatch, "made", "tech")
    return ask_the_bot(workspace, "ana", "quiz")


def test_a_name_is_shown_to_everybody_with_three_answers(workspace, question):
    """And with the rule that nobody sees an answer before the end."""
    assert question.only is None and labels(question) == QUESTION
    assert (
        "Morbase" in question.text
        and "Nobody has answered yet" in question.text
        and "after 10 answers" in said(question)
    )


def test_what_people_say_is_a_secret_until_the_end(workspace, question):
    """The message counts, each person alone is told what they said, and nothing says whether that is right."""
    told = says(workspace, question, ("ana", "pokemon"), ("ben", "made"), ("cleo", "tech"))
    assert [post.only for post in told] == ["U0ANA", "U0BEN", "U0CLEO"]
    assert [
        sentence in post.text for post, sentence in zip(told, ("a Pokémon", "made up", "a technology"), strict=True)
    ] == [True] * 3
    assert "3 answered" in question.text and labels(question) == QUESTION
    assert not any(name in said(question) + question.text for name in ("U0ANA", "U0BEN", "U0CLEO", " right:"))


@pytest.mark.parametrize("kind", TRUTHS)
def test_the_answer_comes_out_when_somebody_asks(workspace, monkeypatch, kind):
    """In the place of the question: what the name is, who was right, and who said what; anybody may ask."""
    drawn_in_turn(monkeypatch, kind)
    post, right = ask_the_bot(workspace, "ana", "quiz"), kind.split()[0]
    wrong = "made" if right != "made" else "tech"
    says(workspace, post, ("ana", right), ("ben", wrong), ("cleo", right))
    assert workspace.clicks("dan", post, "Show the answer") == []
    assert post.text.startswith(TRUTHS[kind]) and labels(post) == ANSWER
    assert (
        "2 of 3 right: <@U0ANA>, <@U0CLEO>" in said(post)
        and "2 of 3 right: <@U0ANA>" in post.text
        and ": <@U0BEN>" in said(post)
    )


def test_an_answer_that_nobody_gave_comes_out_too(workspace, question):
    """And nobody has a score by it."""
    workspace.clicks("ana", question, "Show the answer")
    assert "Nobody answered." in said(question)
    assert "Nobody has a score" in ask_the_bot(workspace, "ana", "quiz board").text


def test_a_person_has_one_answer_and_may_change_it(workspace, question):
    """The last that they say counts; the same again changes nothing, and each time they alone are told."""
    first, again, other = says(workspace, question, ("ana", "pokemon"), ("ana", "pokemon"), ("ana", "made"))
    assert (
        "You say that it is a Pokémon" in first.text
        and "nothing changes" in again.text
        and "Now you say that it is made up" in other.text
    )
    assert "1 answered" in question.text
    workspace.clicks("ben", question, "Show the answer")
    assert "1 of 1 right: <@U0ANA>" in said(question)


def test_a_click_that_comes_twice_counts_once(workspace, question):
    """Slack delivers it again: nothing changes and nobody is told anything; after another one it does not come back
    either."""
    says(workspace, question, ("ana", "pokemon"))
    before, posts = workspace.last, len(workspace.channels.posts)
    workspace.again()
    assert len(workspace.channels.posts) == posts and "1 answered" in question.text
    says(workspace, question, ("ana", "made"))
    workspace.last = before
    workspace.again()
    workspace.clicks("ben", question, "Show the answer")
    assert "1 of 1 right: <@U0ANA>" in said(question)


def test_ten_answers_bring_the_answer_out(workspace, question):
    """Whoever is the tenth sees it at once, the eleventh is told that it is out; it is not counted again by asking for
    it."""
    people = [f"p{number}" for number in range(10)]
    told = says(
        workspace, question, *((person, "made" if number % 2 else "tech") for number, person in enumerate(people))
    )
    assert len(told) == 9 and labels(question) == ANSWER and "5 of 10 right" in said(question)
    assert workspace.clicks("ana", question, question.button("Next one")) != []
    [late] = workspace.clicks(
        "eve", question, question.buttons[0] | {"action_id": "guess:0", "value": question.buttons[0]["value"] + "made"}
    )
    assert late.only == "U0EVE" and "out already" in late.text and "5 of 10 right" in said(question)


def test_the_next_one_is_asked_once(workspace, question):
    """Its asker is who pressed; another press below the same answer is told that it stands there already."""
    workspace.clicks("ana", question, "Show the answer")
    [following] = workspace.clicks("ben", question, "Next one")
    assert following.only is None and "Sqlova" in following.text and labels(following) == QUESTION
    assert {"type": "user", "user_id": "U0BEN"} in following.message["blocks"][0]["elements"][0]["elements"]
    [told] = workspace.clicks("cleo", question, "Next one")
    assert told.only == "U0CLEO" and "further down" in told.text


def test_two_who_press_next_at_one_moment_get_one_question(workspace, question):
    """One of them is told."""
    workspace.clicks("ana", question, "Show the answer")
    posts = together(
        *(lambda person=person: workspace.clicks(person, question, "Next one") for person in ("ben", "cleo"))
    )
    assert sorted(post.visibility for [post] in posts) == ["ephemeral", "in_channel"]


def test_the_board_ranks_people_and_ties_share_a_place(workspace, monkeypatch):
    """By right answers, and with as many by fewer answers; to the one who asks, and to everybody on request."""
    drawn_in_turn(monkeypatch, "made")
    for guesses in (
        [("ana", "made"), ("ben", "made"), ("cleo", "made"), ("dan", "tech")],
        [("ana", "made"), ("cleo", "tech")],
    ):
        post = ask_the_bot(workspace, "ana", "quiz")
        says(workspace, post, *guesses)
        workspace.clicks("ana", post, "Show the answer")
    workspace.clicks("ana", post, "Next one")
    board = ask_the_bot(workspace, "ben", "quiz board")
    lines = "1. <@U0ANA> 2 of 2 right\\n2. <@U0BEN> 1 of 1 right\\n3. <@U0CLEO> 1 of 2 right\\n4. <@U0DAN> 0 of 1 right"
    assert board.only == "U0BEN" and lines in said(board)
    [public] = workspace.clicks("ben", board, "Show everybody")
    assert public.only is None and lines in said(public) and labels(public) == []
    [own] = workspace.clicks("dan", post, "Score")
    assert own.only == "U0DAN" and lines in said(own)
    assert "Nobody has a score" in workspace.types("ana", "random", "quiz board")[0].text


def test_the_board_tells_nothing_before_the_end(workspace, question):
    """Who was right would be seen by whose score has grown."""
    says(workspace, question, ("ana", "made"))
    assert "Nobody has a score" in ask_the_bot(workspace, "ana", "quiz board").text


@pytest.mark.parametrize(
    "value", [*FORGED, "1:q:0123456789abcdef:made", "1:q:0123456789abcdef:", "1:b:0123456789abcdef:made"]
)
def test_a_forged_value_reaches_nothing(workspace, question, value):
    """Whatever a button carries that is not ours, its person is told so alone; the question stands as it stood."""
    for action in ("guess:0", "reveal:3", "next:0"):
        [told] = workspace.clicks("ben", question, question.buttons[0] | {"action_id": action, "value": value or "-"})
        assert told.only == "U0BEN" and "too old" in told.text
    assert question.edits == 0


@pytest.mark.parametrize("part", ["x", "", "pokemon ", "POKEMON", "made:0", "0", "a" * 600])
def test_an_answer_that_there_is_not_is_none(workspace, question, part):
    """The right question with another answer counts nothing and tells nothing."""
    value = question.buttons[0]["value"].removesuffix("pokemon") + part
    [told] = workspace.clicks("ben", question, question.buttons[0] | {"value": value})
    assert told.only == "U0BEN" and "too old" in told.text and question.edits == 0


def test_the_next_one_waits_for_the_answer(workspace, question):
    """A forged press before the end brings no name and no answer."""
    [told] = workspace.clicks("ben", question, question.button("Show the answer") | {"action_id": "next:0"})
    assert told.only == "U0BEN" and "not out yet" in told.text and question.edits == 0


def test_a_button_of_another_channel_or_team_reaches_nothing(workspace, question):
    """A value taken from one channel is nothing in another, nor in another team: both come from what Slack signed."""
    elsewhere = workspace.types("eve", "random", "quiz")[0]
    for button in question.buttons:
        [told] = workspace.clicks("eve", elsewhere, button)
        assert told.only == "U0EVE" and "too old" in told.text
        [told] = workspace.clicks("eve", question, button, team={"id": "T0OTHER", "domain": "others"})
        assert "too old" in told.text
    assert question.edits == elsewhere.edits == 0


def test_other_buttons_of_ours_do_nothing_with_a_question(workspace, question):
    """A question's reference behind a vote, a preview's or a list's button reaches nothing of it."""
    for action in ("vote:0", "voters:0", "who:0", "more:0", "delete:0", "send:0", "open:0", "pick:0", "share:0"):
        [told] = workspace.clicks("ben", question, question.buttons[0] | {"action_id": action})
        assert told.only == "U0BEN" and "Morbase" not in told.text
    assert question.edits == 0 and not question.deleted


def test_names_come_without_a_name_being_known(workspace):
    """With nothing set by the test: ten questions of a channel are about ten names, and each is answered."""
    seen = set()
    post = ask_the_bot(workspace, "ana", "quiz")
    for _ in range(10):
        says(workspace, post, ("ben", "pokemon"), ("cleo", "tech"), ("dan", "made"))
        workspace.clicks("ana", post, "Show the answer")
        assert "1 of 3 right" in said(post)
        seen.add(post.text.split()[0])
        [post] = workspace.clicks("ana", post, "Next one")
    assert len(seen) == 10


def test_help_says_how_it_goes(workspace):
    """To the one who asks, in either order; its buttons run."""
    for text in ("help quiz", "quiz help", "Quiz HELP"):
        post = ask_the_bot(workspace, "ana", text)
        assert post.only == "U0ANA" and "ten people" in post.text and labels(post) == ["quiz", "quiz board"]
    [question] = workspace.clicks("ana", post, "quiz")
    assert question.only is None and labels(question) == QUESTION
