"""How a channel's round ends, in both modes: picking, ties, run-offs, undo, old rounds."""

from dataclasses import replace

import pytest

from bot.settings import Settings
from bot.voting import picking
from tests.helpers.reading import labels, names, said
from tests.helpers.rounds import ask_the_bot, press_vote


def test_the_owner_picks_and_everybody_hears(workspace, listed):
    """Asked once, the round is closed and the winner announced with its votes; buttons of the round say so from then
    on."""
    press_vote(workspace, listed, 0, "ana", "ben")
    press_vote(workspace, listed, 1, "ben")
    question = ask_the_bot(workspace, "ana", "pick")
    winner = names(listed)[0]
    assert question.only == "U0ANA" and f"Pick `{winner}`, with 2 votes?" in question.text
    [announced] = workspace.clicks("ana", question, f"Pick {winner}")
    assert (
        announced.only is None and f"The name is {winner}" in announced.text and f"{winner} (2 votes)" in announced.text
    )
    assert "<@U0ANA>, <@U0BEN>" in said(announced) and question.deleted
    [late] = workspace.clicks("cleo", listed, listed.buttons[2])
    assert late.only == "U0CLEO" and f"closed; the name is `{winner}`" in late.text and labels(listed)[0] == "Vote · 2"
    assert "No round is open" in ask_the_bot(workspace, "ana", "shortlist").text


def test_the_shortlist_has_the_owner_s_way_to_pick(workspace, listed):
    """Pick stands below the owner's shortlist, and below nobody else's."""
    press_vote(workspace, listed, 0, "ana")
    assert "Pick" not in labels(ask_the_bot(workspace, "ben", "shortlist"))
    [question] = workspace.clicks("ana", ask_the_bot(workspace, "ana", "shortlist"), "Pick")
    assert f"Pick {names(listed)[0]}" in labels(question)


def test_a_pick_can_be_left(workspace, listed):
    """Not yet: the question goes, the round stays."""
    press_vote(workspace, listed, 0, "ana")
    question = ask_the_bot(workspace, "ana", "pick")
    assert workspace.clicks("ana", question, "Not yet") == [] and question.deleted
    press_vote(workspace, listed, 0, "ben")
    assert labels(listed)[0] == "Vote · 2"


def test_nobody_else_picks(workspace, listed):
    """Anybody but the owner is told who may pick, even with the owner's button."""
    press_vote(workspace, listed, 0, "ana")
    assert "Only the person who began the round" in ask_the_bot(workspace, "ben", "pick").text
    button = ask_the_bot(workspace, "ana", "pick").buttons[0]
    [told] = workspace.clicks("ben", listed, button)
    assert "Only the person who began the round" in told.text
    press_vote(workspace, listed, 0, "cleo")


def test_an_admin_picks_too(workspace, listed, library, monkeypatch):
    """An id in TECHNAME_ADMINS may end a round that somebody else began."""
    monkeypatch.setattr(
        library, "settings", replace(library.settings, admins=Settings.read({"TECHNAME_ADMINS": "U0DAN, U0EVE"}).admins)
    )
    press_vote(workspace, listed, 0, "ana")
    [announced] = workspace.clicks("eve", ask_the_bot(workspace, "eve", "pick"), f"Pick {names(listed)[0]}")
    assert "Picked by <@U0EVE>" in said(announced)
    assert (
        "Only the person" in ask_the_bot(workspace, "ben", "undo").text
        and "open again" in ask_the_bot(workspace, "dan", "undo").text
    )


@pytest.mark.parametrize(("said", "may"), [("T1:U0EVE", False), ("T0TEAM:U0EVE", True)])
def test_an_admin_of_one_team_is_none_elsewhere(workspace, listed, library, monkeypatch, said, may):
    """An id with its team counts in that team alone: another team's people may have the same id."""
    admins = Settings.read({"TECHNAME_ADMINS": said}).admins
    monkeypatch.setattr(library, "settings", replace(library.settings, admins=admins))
    press_vote(workspace, listed, 0, "ana")
    assert ("Only the person who began" in ask_the_bot(workspace, "eve", "pick").text) != may


def test_without_votes_there_is_nothing_to_pick(workspace):
    """It refuses, and the round stays open."""
    ask_the_bot(workspace, "ana", "suggest Bulbase")
    assert "Nobody has voted yet" in ask_the_bot(workspace, "ana", "pick").text
    assert names(ask_the_bot(workspace, "ana", "shortlist")) == ["Bulbase"]


def test_a_tie_is_shown_as_one_and_one_of_them_picked(workspace, listed):
    """Every name that leads has a button; the others have none."""
    press_vote(workspace, listed, 0, "ana")
    press_vote(workspace, listed, 1, "ben")
    workspace.types("ana", "names", "suggest Bulbase")
    question = ask_the_bot(workspace, "ana", "pick")
    first, second, _ = names(listed)
    assert f"`{first}` and `{second}` are tied" in question.text
    assert labels(question) == [f"Pick {first}", f"Pick {second}", "Run-off", "Not yet"]
    [announced] = workspace.clicks("ana", question, f"Pick {second}")
    assert f"The name is {second}" in announced.text


def test_a_run_off_votes_once_more_between_the_tied(workspace, listed):
    """A new round of the same owner with the tied names alone and no votes; the old buttons say where to vote."""
    press_vote(workspace, listed, 0, "ana")
    press_vote(workspace, listed, 1, "ben")
    workspace.types("ana", "names", "suggest Bulbase")
    [runoff] = workspace.clicks("ana", ask_the_bot(workspace, "ana", "pick"), "Run-off")
    first, second, _ = names(listed)
    assert runoff.only is None and names(runoff) == [first, second] and labels(runoff) == ["Vote", "Vote"]
    [told] = workspace.clicks("ben", listed, listed.buttons[0])
    assert "run-off" in told.text
    press_vote(workspace, runoff, 1, "ana")
    press_vote(workspace, runoff, 0, "ben")  # with a vote it leads
    [announced] = workspace.clicks("ana", ask_the_bot(workspace, "ana", "pick"), f"Pick {second}")
    assert f"{second} (2 votes)" in announced.text


def test_votes_between_question_and_answer_count(workspace, listed):
    """A name that does not lead any more is not picked: the round stays open, and asking again has the new count."""
    press_vote(workspace, listed, 0, "ana")
    question = ask_the_bot(workspace, "ana", "pick")
    press_vote(workspace, listed, 1, "ben", "cleo")
    [told] = workspace.clicks("ana", question, question.buttons[0])
    assert "votes have changed" in told.text
    assert f"Pick `{names(listed)[1]}`, with 2 votes?" in ask_the_bot(workspace, "ana", "pick").text
    press_vote(workspace, listed, 2, "dan")


@pytest.mark.parametrize("by", ["button", "command"])
def test_a_pick_is_undone(workspace, listed, by):
    """Within ten minutes the person who picked opens the round again, with its votes, and a vote counts in it."""
    press_vote(workspace, listed, 0, "ana", "ben")
    [announced] = workspace.clicks("ana", ask_the_bot(workspace, "ana", "pick"), f"Pick {names(listed)[0]}")
    if by == "button":
        [told] = workspace.clicks("ben", announced, "Undo")
        assert told.only == "U0BEN" and "Only the person" in told.text
        assert workspace.clicks("ana", announced, "Undo") == [] and "open again" in announced.text
    else:
        assert "Only the person" in ask_the_bot(workspace, "ben", "undo").text
        assert "open again" in ask_the_bot(workspace, "ana", "undo").text
        [told] = workspace.clicks("ana", announced, "Undo")
        assert "nothing to undo" in told.text
    press_vote(workspace, listed, 0, "cleo")
    assert labels(listed)[0] == "Vote · 3"


def test_an_old_undo_undoes_no_other_pick(workspace, listed):
    """An Undo belongs to its own pick: of one that was undone it says so, above and in the message, and leaves the new
    one alone."""
    press_vote(workspace, listed, 0, "ana")
    [first] = workspace.clicks("ana", ask_the_bot(workspace, "ana", "pick"), f"Pick {names(listed)[0]}")
    undo = first.button("Undo")
    ask_the_bot(workspace, "ana", "undo")
    press_vote(workspace, listed, 1, "ana", "ben")
    [second] = workspace.clicks("ana", ask_the_bot(workspace, "ana", "pick"), f"Pick {names(listed)[1]}")
    [told] = workspace.clicks("ana", first, undo)
    assert told.only == "U0ANA" and "Another one stands" in told.text
    assert "pick that stood here was undone" in first.text and "Undo" not in labels(first)
    assert "No round is open" in ask_the_bot(workspace, "ana", "shortlist").text, "the second pick stands"
    assert workspace.clicks("ana", second, "Undo") == [] and "open again" in second.text


def test_a_pick_is_not_undone_after_ten_minutes_nor_over_another_round(workspace, listed, monkeypatch):
    """Too late, or another round is open: the name stays."""
    press_vote(workspace, listed, 0, "ana")
    [announced] = workspace.clicks("ana", ask_the_bot(workspace, "ana", "pick"), f"Pick {names(listed)[0]}")
    workspace.types("ben", "names", "suggest Bulbase")
    [told] = workspace.clicks("ana", announced, "Undo")
    assert "Another round has been begun" in told.text
    monkeypatch.setattr(picking, "UNDO", -1)
    [told] = workspace.clicks("ana", announced, "Undo")
    assert "ten minutes" in told.text and announced.edits == 0


def test_old_rounds_stay_readable(workspace, listed):
    """The latest first, each opened by its button, with who proposed and who voted."""
    press_vote(workspace, listed, 0, "ana", "ben")
    workspace.clicks("ana", ask_the_bot(workspace, "ana", "pick"), f"Pick {names(listed)[0]}")
    second = ask_the_bot(workspace, "cleo", "suggest Bulbase")
    press_vote(workspace, second, 0, "cleo")
    workspace.clicks("cleo", ask_the_bot(workspace, "cleo", "pick"), "Pick Bulbase")
    old = ask_the_bot(workspace, "dan", "rounds")
    assert old.only == "U0DAN" and labels(old) == ["Bulbase", names(listed)[0]]
    [opened] = workspace.clicks("dan", old, names(listed)[0])
    assert opened.only == "U0DAN" and "Votes: <@U0ANA>, <@U0BEN>" in said(opened)
    assert f"{names(listed)[0]} (2 votes)" in said(opened) and labels(opened) == [], (
        "what is closed has no button to vote with"
    )


def test_a_round_that_ended_in_a_run_off_stays_readable_too(workspace, listed):
    """It stands among the old ones as a tie, with the names and votes that it had; undo is about the pick that came
    after."""
    press_vote(workspace, listed, 0, "ana")
    press_vote(workspace, listed, 1, "ben")
    [runoff] = workspace.clicks("ana", ask_the_bot(workspace, "ana", "pick"), "Run-off")
    first, second, _ = names(listed)
    old = ask_the_bot(workspace, "dan", "rounds")
    assert labels(old) == ["Tie"] and "a tie, voted on once more" in old.text
    [opened] = workspace.clicks("dan", old, "Tie")
    assert "ended in a tie" in opened.text and names(opened) == [first, second] and "<@U0BEN>" in said(opened)
    press_vote(workspace, runoff, 1, "ben")
    workspace.clicks("ana", ask_the_bot(workspace, "ana", "pick"), f"Pick {second}")
    assert labels(ask_the_bot(workspace, "dan", "rounds")) == [second, "Tie"]
    assert (
        "open again" in ask_the_bot(workspace, "ana", "undo").text
        and "picked" in ask_the_bot(workspace, "ana", "undo").text
    )
