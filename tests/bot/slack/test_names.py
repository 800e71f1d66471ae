"""A list of names in the channel, in both modes: votes, more, why, surprise me, delete; and what a forged button
reaches."""

import pytest

from tests.helpers.forged import FORGED
from tests.helpers.reading import labels, names, said
from tests.helpers.together import together


@pytest.fixture
def listed(workspace):
    """Ana's list of two completions."""
    [post] = workspace.types("ana", "names", "complete mo*** pokemon 2")
    return post


def test_votes_are_live(workspace, listed):
    """Two people vote and one withdraws: the message in the channel is changed each time, and says who voted."""
    first, second, *_ = listed.buttons
    assert workspace.clicks("ana", listed, first) == workspace.clicks("ben", listed, first) == []
    assert labels(listed)[:2] == ["Vote · 2", "Vote"] and "'<@U0ANA>, <@U0BEN>'" in said(listed)
    assert f"{names(listed)[0]} (2 votes" in listed.text
    workspace.clicks("ana", listed, first)
    workspace.clicks("ana", listed, second)
    assert labels(listed)[:2] == ["Vote · 1", "Vote · 1"] and listed.edits == 4


def test_a_click_that_comes_twice_counts_once(workspace, listed):
    """Slack delivers a click again: nothing changes."""
    workspace.clicks("ana", listed, listed.buttons[0])
    workspace.again()
    assert labels(listed)[0] == "Vote · 1"


def test_the_tally_is_one_wherever_the_name_is_shown(workspace, listed):
    """The same name in another list of the channel has the same votes, and another channel knows nothing of them."""
    workspace.clicks("ana", listed, listed.buttons[0])
    [again] = workspace.types("ben", "names", "complete mo*** pokemon 2")
    assert labels(again)[:2] == ["Vote · 1", "Vote"]
    workspace.clicks("ben", again, again.buttons[0])
    workspace.clicks("cleo", listed, listed.buttons[1])
    assert labels(listed)[:2] == ["Vote · 2", "Vote · 1"]
    [elsewhere] = workspace.types("ben", "random", "complete mo*** pokemon 2")
    assert labels(elsewhere)[:2] == ["Vote", "Vote"]


def test_more_voters_than_five_open_to_who_clicks(workspace, listed):
    """Five are named, the rest is a button that shows all of them, privately."""
    people = ["ana", "ben", "cleo", "dan", "eve", "finn", "gus"]
    for person in people:
        workspace.clicks(person, listed, listed.buttons[0])
    [everybody] = workspace.clicks("ben", listed, "and 2 more")
    assert everybody.only == "U0BEN" and "7 votes" in everybody.text
    assert all(f"<@U0{person.upper()}>" in said(everybody) for person in people)


def test_more_brings_the_next_ranks(workspace, listed):
    """More goes on where the list ended, for everybody, and says who pressed."""
    shown = names(listed)
    last = listed
    for rank in (3, 5):
        [last] = workspace.clicks("ben", last, "More")
        assert (
            last.only is None
            and {"type": "user", "user_id": "U0BEN"} in last.message["blocks"][0]["elements"][0]["elements"]
        )
        assert f"{rank}. {names(last)[0]}" in said(last)
        shown += names(last)
    assert len(set(shown)) == 6


@pytest.mark.parametrize("text", ["complete mo*** pokemon 2", "draw mo*** pokemon 2"])
def test_more_below_one_list_shows_nothing_twice(workspace, text):
    """Each press, a second or a simultaneous one too, brings names after all that it brought before."""
    [first] = workspace.types("ana", "names", text)
    more = [
        post
        for posts in together(*(lambda who=who: workspace.clicks(who, first, "More") for who in ("ben", "cleo")))
        for post in posts
    ]
    more += workspace.clicks("ana", first, "More")
    assert len({name for post in (first, *more) for name in names(post)}) == 8


def test_what_more_brought_may_be_deleted_and_brought_again(workspace, listed):
    """And where all that there is stands further down already, that is said."""
    [more] = workspace.clicks("ben", listed, "More")
    workspace.clicks("ben", more, "Delete")
    [again] = workspace.clicks("cleo", listed, "More")
    assert names(again) == names(more)
    [few] = workspace.types("ana", "names", "complete [kp][aeiou]cha pokemon 7")
    [rest] = workspace.clicks("ana", few, "More")
    assert 0 < len(names(rest)) < 7
    [told] = workspace.clicks("ben", few, "More")
    assert told.only == "U0BEN" and "further down" in told.text


@pytest.mark.parametrize("text", ["draw mo*** pokemon 5", "pokemon 5", "draw [kp]*cha pokemon 6"])
def test_nothing_comes_again_in_a_chain_of_draws(workspace, text):
    """However often more is pressed, no name is shown twice; at the end it is said that no more fit."""
    [post] = workspace.types("ana", "names", text)
    shown = names(post)
    for _ in range(6):
        if "More" not in labels(post):
            break
        [post] = workspace.clicks("ana", post, "More")
        shown += names(post)
    assert len(shown) == len(set(shown)) > 5


def test_surprise_me_draws_others_and_back(workspace, listed):
    """Draws for the same pattern, none of those shown before; from there the likeliest again, from the first."""
    [drawn] = workspace.clicks("ben", listed, "Surprise me")
    assert ", chosen" in drawn.text and not {*names(listed)} & {*names(drawn)}
    [ranked] = workspace.clicks("ben", drawn, "Likeliest first")
    assert names(ranked) == names(listed)


def test_why_is_for_the_one_who_asks(workspace, listed):
    """The probabilities in each hole, for the asker alone, and a note that the list leaves more out."""
    [why] = workspace.clicks("ben", listed, "Why")
    assert why.only == "U0BEN" and why.text.count("%") >= 15 and "the list leaves out the first two" in why.text


def test_only_the_asker_deletes(workspace, listed):
    """Another is told so politely; after the asker has deleted the list, nobody sees it, and its votes stay in the
    round."""
    workspace.clicks("ben", listed, listed.buttons[0])
    [told] = workspace.clicks("ben", listed, "Delete")
    assert told.only == "U0BEN" and "Only the person who asked" in told.text and not listed.deleted
    delete = listed.button("Delete")
    assert workspace.clicks("ana", listed, "Delete") == [] and listed.deleted
    listed.deleted = False  # the second of two clicks was on its way
    [told] = workspace.clicks("ana", listed, delete)
    assert told.only == "U0ANA" and "deleted already" in told.text
    listed.deleted = True
    [again] = workspace.types("ben", "names", "complete mo*** pokemon 2")
    assert labels(again)[0] == "Vote · 1"


def test_who_presses_more_may_delete_what_it_brought(workspace, listed):
    """The asker of a list that a button brought is the person who pressed it."""
    [more] = workspace.clicks("ben", listed, "More")
    assert workspace.clicks("ben", more, "Delete") == [] and more.deleted


@pytest.mark.parametrize("value", FORGED)
def test_a_forged_or_old_value_gets_a_polite_answer(workspace, listed, value):
    """Whatever a button carries that is not ours, the person is told so alone, and nothing in the channel changes."""
    for button in listed.buttons:
        [told] = workspace.clicks("ben", listed, button | {"value": value or "-"})
        assert told.only == "U0BEN" and "too old" in told.text
    assert listed.edits == 0


def test_a_button_that_its_list_does_not_have_is_as_polite(workspace):
    """Why and Surprise me are for lists with a pattern: sent for another they are not carried out."""
    [drawn] = workspace.types("ana", "names", "pokemon 2")
    for way in ("why:0", "surprise:0", "ranked:0"):
        [told] = workspace.clicks("ben", drawn, drawn.button("More") | {"action_id": way})
        assert told.only == "U0BEN" and "too old" in told.text


@pytest.mark.parametrize("part", ["2", "-1", "99999999999", "morus", "1.5", "0:0"])
def test_a_place_that_is_not_in_the_list_is_no_name(workspace, listed, part):
    """The right list with a wrong place is as polite."""
    button = listed.buttons[0]
    [told] = workspace.clicks("ben", listed, button | {"value": button["value"][:-1] + part})
    assert told.only == "U0BEN" and "too old" in told.text


def test_a_button_of_another_channel_or_team_reaches_nothing(workspace, listed):
    """A value taken from one channel is nothing in another, nor in another team: both come from what Slack signed."""
    [elsewhere] = workspace.types("eve", "random", "pokemon 2")
    for button in listed.buttons:
        [told] = workspace.clicks("eve", elsewhere, button)
        assert told.only == "U0EVE" and "too old" in told.text
        [told] = workspace.clicks("eve", listed, button, team={"id": "T0OTHER", "domain": "others"})
        assert "too old" in told.text
    workspace.clicks("ana", listed, listed.buttons[0])
    assert labels(listed)[0] == "Vote · 1"
