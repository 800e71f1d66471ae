"""A channel's round, in both modes: suggestions, the shortlist, picking, ties, undo, old rounds, what a round keeps secret."""

import codecs
from contextlib import nullcontext
from dataclasses import replace

import pytest

from bot.asking.who import Who
from bot.errors import BadInput
from bot.rounds import picking
from bot.rounds.round import begin, current, history, note_taken
from bot.rounds.standing import standing
from bot.rounds.votes import Click, Named
from bot.rounds.votes import vote as vote_for
from bot.settings import Settings
from bot.store import Unavailable
from bot.store.sqlite import MEMORY, SqliteStore
from tests.bot.test_names import labels, names, said
from tests.bot.test_votes import Interrupted

ANA = Who("T1", "C1", "U0ANA", "ana")
NOW = 1_800_000_000.0


@pytest.fixture
def listed(workspace):
    """Ana's list of three completions, on which nobody has voted."""
    [post] = workspace.types("ana", "names", "complete mo*** pokemon 3")
    return post


def vote(workspace, post, place: int, *people: str) -> None:
    for person in people:
        assert workspace.clicks(person, post, post.buttons[place]) == []


def ask(workspace, person: str, text: str):
    [post] = workspace.types(person, "names", text)
    return post


def test_a_suggestion_begins_a_round_and_can_be_voted_on(workspace):
    """It is shown to everybody with who suggested it and a vote button; the same name written otherwise is there already."""
    post = ask(workspace, "ana", "suggest Mr. Mime")
    assert post.only is None and names(post) == ["Mr. Mime"] and "U0ANA" in said(post)
    vote(workspace, post, 0, "ben", "cleo")
    assert labels(post) == ["Vote · 2"]
    again = ask(workspace, "ben", "suggest MR-MIME")
    assert again.only == "U0BEN" and "already" in again.text and labels(again) == ["Vote · 2"]


def test_a_vote_may_be_typed(workspace):
    """For a name on the shortlist, however it is written; the same again takes it back. Only the voter is told, and its message agrees."""
    post = ask(workspace, "ana", "suggest Mr. Mime")
    told = ask(workspace, "ben", "vote mr-mime")
    assert told.only == "U0BEN" and "Mr. Mime" in told.text and "1 vote now" in told.text
    vote(workspace, post, 0, "cleo")
    assert labels(post) == ["Vote · 2"]
    assert "withdrawn: it has 1 vote now" in ask(workspace, "ben", "vote Mr. Mime").text
    vote(workspace, post, 0, "ben")
    assert labels(post) == ["Vote · 2"]


def test_a_typed_vote_keeps_to_the_rules_of_its_round(workspace):
    """No more votes than one has, and no counts where they are hidden."""
    workspace.types("ana", "names", "round votes=1 hidden")
    for name in ("Mabor", "Zubor"):
        ask(workspace, "ana", f"suggest {name}")
    first, second = (ask(workspace, "ben", f"vote {name}") for name in ("mabor", "Zubor"))
    assert "Mabor" in first.text and "1 vote" not in first.text and "all your votes" in second.text


def test_a_typed_vote_puts_nothing_on_the_shortlist(workspace):
    """A name that is not there is offered as a suggestion, one that is rude is not said again."""
    ask(workspace, "ana", "suggest Mabor")
    told = ask(workspace, "ben", "vote Zubor")
    assert told.only == "U0BEN" and "not on the shortlist" in told.text and labels(told) == ["suggest Zubor"]
    word = codecs.decode("Shpxvat Tbbq", "rot13")
    rude = ask(workspace, "ben", f"vote {word}")
    assert "rude" in rude.text and word.split()[0] not in said(rude) + rude.text
    assert names(ask(workspace, "ana", "shortlist")) == ["Mabor"]


def test_a_rude_suggestion_is_refused_and_not_repeated(workspace):
    """Nobody in the channel sees it, no round is begun, and the answer does not say it again."""
    word = codecs.decode("Shpxvat Tbbq", "rot13")
    post = ask(workspace, "ana", f"suggest {word}")
    assert post.only == "U0ANA" and "rude" in post.text and word.split()[0] not in said(post) + post.text
    assert "No round is open" in ask(workspace, "ana", "shortlist").text


def test_the_first_vote_puts_a_name_on_the_shortlist(workspace, listed):
    """Ranked by votes, with who proposed and who voted, for the one who asks; its buttons vote too."""
    vote(workspace, listed, 1, "ben")
    vote(workspace, listed, 0, "cleo", "dan")
    shortlist = ask(workspace, "ana", "shortlist")
    first, second, _ = names(listed)
    assert shortlist.only == "U0ANA" and names(shortlist) == [first, second]
    assert "Proposed by <@U0CLEO> · Votes: <@U0CLEO>, <@U0DAN>" in said(shortlist)
    vote(workspace, shortlist, 1, "ana")
    assert labels(shortlist)[:2] == ["Vote · 2", "Vote · 2"]


def test_a_shortlist_is_shown_to_everybody_on_request(workspace, listed):
    """Show everybody posts it in the channel, where others vote on it."""
    vote(workspace, listed, 0, "ana")
    [public] = workspace.clicks("ana", ask(workspace, "ana", "shortlist"), "Show everybody")
    assert public.only is None and "<@" not in said(public)
    vote(workspace, public, 0, "ben")
    assert labels(public) == ["Vote · 2"] and "<@U0ANA>, <@U0BEN>" in said(public)


def test_only_its_proposer_takes_a_name_off(workspace, listed):
    """By a button or by a command; with the name go its votes, and a vote brings it back without them."""
    vote(workspace, listed, 0, "ana", "ben")
    vote(workspace, listed, 1, "ben")
    bens = ask(workspace, "ben", "shortlist")
    assert labels(bens).count("Take off") == 1
    assert "Only the person who proposed" in ask(workspace, "ben", f"drop {names(listed)[0]}").text
    anas = ask(workspace, "ana", "shortlist")
    assert workspace.clicks("ana", anas, "Take off") == [] and names(anas) == [names(listed)[1]]
    vote(workspace, listed, 0, "cleo")
    assert labels(listed)[0] == "Vote · 1"
    dropped = ask(workspace, "cleo", f"drop {names(listed)[0].upper()}")
    assert names(dropped) == [names(listed)[1]]


def test_the_owner_picks_and_everybody_hears(workspace, listed):
    """Asked once, the round is closed and the winner announced with its votes; buttons of the round say so from then on."""
    vote(workspace, listed, 0, "ana", "ben")
    vote(workspace, listed, 1, "ben")
    question = ask(workspace, "ana", "pick")
    winner = names(listed)[0]
    assert question.only == "U0ANA" and f"Pick `{winner}`, with 2 votes?" in question.text
    [announced] = workspace.clicks("ana", question, f"Pick {winner}")
    assert announced.only is None and f"The name is {winner}" in announced.text and f"{winner} (2 votes)" in announced.text
    assert "<@U0ANA>, <@U0BEN>" in said(announced) and question.deleted
    [late] = workspace.clicks("cleo", listed, listed.buttons[2])
    assert late.only == "U0CLEO" and f"closed; the name is `{winner}`" in late.text and labels(listed)[0] == "Vote · 2"
    assert "No round is open" in ask(workspace, "ana", "shortlist").text


def test_the_shortlist_has_the_owner_s_way_to_pick(workspace, listed):
    """Pick stands below the owner's shortlist, and below nobody else's."""
    vote(workspace, listed, 0, "ana")
    assert "Pick" not in labels(ask(workspace, "ben", "shortlist"))
    [question] = workspace.clicks("ana", ask(workspace, "ana", "shortlist"), "Pick")
    assert f"Pick {names(listed)[0]}" in labels(question)


def test_a_pick_can_be_left(workspace, listed):
    """Not yet: the question goes, the round stays."""
    vote(workspace, listed, 0, "ana")
    question = ask(workspace, "ana", "pick")
    assert workspace.clicks("ana", question, "Not yet") == [] and question.deleted
    vote(workspace, listed, 0, "ben")
    assert labels(listed)[0] == "Vote · 2"


def test_nobody_else_picks(workspace, listed):
    """Whoever did not begin the round is told who may, and so is one who got hold of the button."""
    vote(workspace, listed, 0, "ana")
    assert "Only the person who began the round" in ask(workspace, "ben", "pick").text
    button = ask(workspace, "ana", "pick").buttons[0]
    [told] = workspace.clicks("ben", listed, button)
    assert "Only the person who began the round" in told.text
    vote(workspace, listed, 0, "cleo")


def test_an_admin_picks_too(workspace, listed, library, monkeypatch):
    """An id in TECHNAME_ADMINS may end a round that somebody else began."""
    monkeypatch.setattr(library, "settings", replace(library.settings, admins=Settings.read({"TECHNAME_ADMINS": "U0DAN, U0EVE"}).admins))
    vote(workspace, listed, 0, "ana")
    [announced] = workspace.clicks("eve", ask(workspace, "eve", "pick"), f"Pick {names(listed)[0]}")
    assert "Picked by <@U0EVE>" in said(announced)
    assert "Only the person" in ask(workspace, "ben", "undo").text and "open again" in ask(workspace, "dan", "undo").text


def test_without_votes_there_is_nothing_to_pick(workspace):
    """It refuses, and the round stays open."""
    ask(workspace, "ana", "suggest Bulbase")
    assert "Nobody has voted yet" in ask(workspace, "ana", "pick").text
    assert names(ask(workspace, "ana", "shortlist")) == ["Bulbase"]


def test_a_tie_is_shown_as_one_and_one_of_them_picked(workspace, listed):
    """Every name that leads has a button; the others have none."""
    vote(workspace, listed, 0, "ana")
    vote(workspace, listed, 1, "ben")
    workspace.types("ana", "names", "suggest Bulbase")
    question = ask(workspace, "ana", "pick")
    first, second, _ = names(listed)
    assert f"`{first}` and `{second}` are tied" in question.text
    assert labels(question) == [f"Pick {first}", f"Pick {second}", "Run-off", "Not yet"]
    [announced] = workspace.clicks("ana", question, f"Pick {second}")
    assert f"The name is {second}" in announced.text


def test_a_run_off_votes_once_more_between_the_tied(workspace, listed):
    """A new round of the same owner with the tied names alone and no votes; the old buttons say where to vote."""
    vote(workspace, listed, 0, "ana")
    vote(workspace, listed, 1, "ben")
    workspace.types("ana", "names", "suggest Bulbase")
    [runoff] = workspace.clicks("ana", ask(workspace, "ana", "pick"), "Run-off")
    first, second, _ = names(listed)
    assert runoff.only is None and names(runoff) == [first, second] and labels(runoff) == ["Vote", "Vote"]
    [told] = workspace.clicks("ben", listed, listed.buttons[0])
    assert "run-off" in told.text
    vote(workspace, runoff, 1, "ana")
    vote(workspace, runoff, 0, "ben")  # with a vote it leads
    [announced] = workspace.clicks("ana", ask(workspace, "ana", "pick"), f"Pick {second}")
    assert f"{second} (2 votes)" in announced.text


@pytest.mark.parametrize("now", [1_800_000_000.0, 1_795_927_918.3392825])  # the second rounds to the same microsecond as the one after it
def test_a_run_off_lists_the_tied_in_the_order_that_they_had(now):
    """Not by their letters, whatever the clock says."""
    store = SqliteStore(MEMORY)
    round = begin(store, ANA, now - 60)
    for place, key in enumerate(("zubase", "mobase", "abase")):
        vote_for(store, ANA.team, round.key, Named(key, key.title()), Click(ANA.person, "1700000001.000100", f"{1_700_000_000 + place}"))
    runoff = picking.run_off(store, ANA, (), round.id, now)
    assert [entry.name for entry in runoff.entries.values()] == ["Zubase", "Mobase", "Abase"]


def test_votes_between_question_and_answer_count(workspace, listed):
    """A name that does not lead any more is not picked: the round stays open, and asking again has the new count."""
    vote(workspace, listed, 0, "ana")
    question = ask(workspace, "ana", "pick")
    vote(workspace, listed, 1, "ben", "cleo")
    [told] = workspace.clicks("ana", question, question.buttons[0])
    assert "votes have changed" in told.text
    assert f"Pick `{names(listed)[1]}`, with 2 votes?" in ask(workspace, "ana", "pick").text
    vote(workspace, listed, 2, "dan")


def voted_round(store):
    """Ana's round, with two votes for Mobase and one for Abase."""
    round = begin(store, ANA, NOW)
    for person, key in (("U1", "mobase"), ("U2", "mobase"), ("U3", "abase")):
        vote_for(store, ANA.team, round.key, Named(key, key.title()), Click(person, "1700000001.000100", "1700000000"))
    return round


def test_a_pick_of_a_name_that_leads_no_more_never_shuts_the_door(store):
    """Not for a moment: a suggestion in between would begin another round, and the wrong name would stay picked."""
    round = voted_round(store)
    before = store.find(ANA.team, "")
    with pytest.raises(BadInput, match="votes have changed"):
        picking.pick(store, ANA, (), round.id, "abase", NOW)
    assert store.find(ANA.team, "") == before


def votes_for_abase(store) -> None:
    round = current(store, ANA)
    for person in ("U4", "U5"):
        vote_for(store, ANA.team, round.key, Named("abase", "Abase"), Click(person, "1700000001.000100", "1700000000"))


def test_votes_while_the_door_is_shut_open_it_again(store):
    """The votes that came before the closing was written count, and the round is as open as ever."""
    round = voted_round(store)
    with pytest.raises(BadInput, match="votes have changed"):
        picking.pick(Interrupted(store, votes_for_abase), ANA, (), round.id, "mobase", NOW)
    assert current(store, ANA).id == round.id and [entry.key for entry in standing(store, ANA, round).leaders()] == ["abase"]


class Failing:
    """A store that can write so many times more and is out of reach of writes from then on."""

    def __init__(self, store, writes: int):
        self.store, self.writes = store, writes
        self.get, self.read, self.find = store.get, store.read, store.find

    def write(self, team, *changes):
        self.writes -= 1
        if self.writes < 0:
            raise Unavailable("throttled")
        self.store.write(team, *changes)


def test_what_is_done_is_told_though_tidying_up_fails(store):
    """Of a round that was picked, undone or run off the channel hears, even where its names and ballots cannot be given an end."""
    round = voted_round(store)
    assert picking.pick(Failing(store, 1), ANA, (), round.id, "mobase", NOW).round.picked == "mobase"
    assert picking.undo(Failing(store, 1), ANA, (), round.id, NOW).round.closed is None
    vote_for(store, ANA.team, round.key, Named("abase", "Abase"), Click("U4", "1700000001.000100", "1700000000"))
    assert list(picking.run_off(Failing(store, 1), ANA, (), round.id, NOW).entries) == ["abase", "mobase"]


@pytest.mark.parametrize(("meanwhile", "refused"), [
    (lambda store: picking.undo(store, ANA, (), history(store, ANA)[0].id, NOW), "nothing to undo"),
    (lambda store: note_taken(store, ANA, history(store, ANA)[0], "mobase", "not taken"), None),
    (lambda store: begin(store, ANA._replace(person="U2"), NOW), "Another round"),
], ids=["undone by another click", "found not to be taken", "another round begun"])  # fmt: skip
def test_whatever_happens_while_a_pick_is_undone_is_said_as_it_is(store, meanwhile, refused):
    """Another round is blamed only where there is one; what else changed is read again."""
    round = voted_round(store)
    picking.pick(store, ANA, (), round.id, "mobase", NOW)
    undone = pytest.raises(BadInput, match=refused) if refused else nullcontext()
    with undone:
        picking.undo(Interrupted(store, meanwhile), ANA, (), round.id, NOW + 1)
    assert (current(store, ANA).id == round.id) is (refused != "Another round")


@pytest.mark.parametrize("by", ["button", "command"])
def test_a_pick_is_undone(workspace, listed, by):
    """Within ten minutes, by whoever picked: the round is open again with its votes, and a vote counts in it."""
    vote(workspace, listed, 0, "ana", "ben")
    [announced] = workspace.clicks("ana", ask(workspace, "ana", "pick"), f"Pick {names(listed)[0]}")
    if by == "button":
        [told] = workspace.clicks("ben", announced, "Undo")
        assert told.only == "U0BEN" and "Only the person" in told.text
        assert workspace.clicks("ana", announced, "Undo") == [] and "open again" in announced.text
    else:
        assert "Only the person" in ask(workspace, "ben", "undo").text
        assert "open again" in ask(workspace, "ana", "undo").text
        [told] = workspace.clicks("ana", announced, "Undo")
        assert "nothing to undo" in told.text
    vote(workspace, listed, 0, "cleo")
    assert labels(listed)[0] == "Vote · 3"


def test_a_pick_is_not_undone_after_ten_minutes_nor_over_another_round(workspace, listed, monkeypatch):
    """Too late, or another round is open: the name stays."""
    vote(workspace, listed, 0, "ana")
    [announced] = workspace.clicks("ana", ask(workspace, "ana", "pick"), f"Pick {names(listed)[0]}")
    workspace.types("ben", "names", "suggest Bulbase")
    [told] = workspace.clicks("ana", announced, "Undo")
    assert "Another round has been begun" in told.text
    monkeypatch.setattr(picking, "UNDO", -1)
    [told] = workspace.clicks("ana", announced, "Undo")
    assert "ten minutes" in told.text and announced.edits == 0


def test_old_rounds_stay_readable(workspace, listed):
    """The latest first, each opened by its button, with who proposed and who voted."""
    vote(workspace, listed, 0, "ana", "ben")
    workspace.clicks("ana", ask(workspace, "ana", "pick"), f"Pick {names(listed)[0]}")
    second = ask(workspace, "cleo", "suggest Bulbase")
    vote(workspace, second, 0, "cleo")
    workspace.clicks("cleo", ask(workspace, "cleo", "pick"), "Pick Bulbase")
    old = ask(workspace, "dan", "rounds")
    assert old.only == "U0DAN" and labels(old) == ["Bulbase", names(listed)[0]]
    [opened] = workspace.clicks("dan", old, names(listed)[0])
    assert opened.only == "U0DAN" and "Votes: <@U0ANA>, <@U0BEN>" in said(opened)
    assert f"{names(listed)[0]} (2 votes)" in said(opened) and labels(opened) == [], "what is closed has no button to vote with"


def test_a_shortlist_without_names_says_how_one_gets_there(workspace):
    """A round may be begun by its rules alone."""
    ask(workspace, "ana", "round votes=3")
    assert "No name is on it yet" in said(ask(workspace, "ana", "shortlist"))


def test_a_round_that_ended_in_a_run_off_stays_readable_too(workspace, listed):
    """It stands among the old ones as a tie, with the names and votes that it had; undo is about the pick that came after."""
    vote(workspace, listed, 0, "ana")
    vote(workspace, listed, 1, "ben")
    [runoff] = workspace.clicks("ana", ask(workspace, "ana", "pick"), "Run-off")
    first, second, _ = names(listed)
    old = ask(workspace, "dan", "rounds")
    assert labels(old) == ["Tie"] and "a tie, voted on once more" in old.text
    [opened] = workspace.clicks("dan", old, "Tie")
    assert "ended in a tie" in opened.text and names(opened) == [first, second] and "<@U0BEN>" in said(opened)
    vote(workspace, runoff, 1, "ben")
    workspace.clicks("ana", ask(workspace, "ana", "pick"), f"Pick {second}")
    assert labels(ask(workspace, "dan", "rounds")) == [second, "Tie"]
    assert "open again" in ask(workspace, "ana", "undo").text and "picked" in ask(workspace, "ana", "undo").text


def test_votes_a_person_are_limited_and_hidden_until_the_end(workspace, listed):
    """With votes=2 hidden=on: a third is refused with where the two are; counts are told to nobody before the pick."""
    told = ask(workspace, "ana", "round votes=2 hidden=on")
    assert told.only is None and "2 votes a person" in told.text
    for place in (0, 1):
        [counts] = workspace.clicks("ben", listed, listed.buttons[place])
        assert counts.only == "U0BEN" and "counts" in counts.text
    [spent] = workspace.clicks("ben", listed, listed.buttons[2])
    assert all(name in spent.text for name in names(listed)[:2]) and "all your votes" in spent.text
    assert labels(listed)[:3] == ["Vote"] * 3 and "<@" not in said(listed)
    shortlist = ask(workspace, "ben", "shortlist")
    assert "Votes" not in said(shortlist) and "hidden" in shortlist.text
    workspace.clicks("ana", listed, listed.buttons[1])
    question = ask(workspace, "ana", "pick")
    assert not any(name in question.text for name in names(listed)) and "2 votes" not in question.text
    [announced] = workspace.clicks("ana", question, "Close and count")
    assert f"{names(listed)[1]} (2 votes)" in announced.text


def test_a_tie_in_a_secret_round_tells_no_counts(workspace, listed):
    """Whoever is asked which of the tied to pick learns which they are, and not how many votes they have."""
    workspace.types("ana", "names", "round hidden=on")
    for place in (0, 1):
        for person in ("ana", "ben", "cleo"):
            workspace.clicks(person, listed, listed.buttons[place])
    question = ask(workspace, "ana", "pick")
    assert "are tied" in question.text and "3 votes" not in question.text + said(question) and labels(question)[-2:] == ["Run-off", "Not yet"]


def test_a_long_shortlist_opens_its_votes_name_by_name(workspace):
    """Where 17 names leave no room for a button with each one's other voters, Who voted leads to them, privately."""
    people = ["ana", "ben", "cleo", "dan", "eve", "finn"]
    for letter in "abcdefghijklmnopq":
        [own] = workspace.types("ana", "names", f"suggest Bulbase {letter}")
    for person in people:
        workspace.clicks(person, own, own.buttons[0])
    shortlist = ask(workspace, "ana", "shortlist")
    [whose] = workspace.clicks("ana", shortlist, "Who voted")
    assert whose.only == "U0ANA" and labels(whose) == ["Bulbase q · 6"]
    [voters] = workspace.clicks("ana", whose, whose.buttons[0])
    assert voters.only == "U0ANA" and all(f"<@U0{person.upper()}>" in said(voters) for person in people)


def test_an_anonymous_round_names_nobody(workspace, listed):
    """Counts are live, and no voter or proposer stands in a list, a shortlist or the announcement."""
    workspace.types("ana", "names", "round anonymous")
    vote(workspace, listed, 0, "ana", "ben", "cleo", "dan", "eve", "finn")
    shortlist = ask(workspace, "ben", "shortlist")
    [announced] = workspace.clicks("ana", ask(workspace, "ana", "pick"), f"Pick {names(listed)[0]}")
    assert labels(listed)[0] == "Vote · 6"
    assert all("U0FINN" not in said(post) and "U0BEN" not in said(post) for post in (listed, shortlist, announced))


def test_a_suggestion_in_an_anonymous_round_is_between_the_bot_and_its_proposer(workspace):
    """Slack shows everybody who typed a command that is answered for everybody: here only the shortlist shows the name."""
    workspace.types("ana", "names", "round anonymous")
    told = ask(workspace, "ben", "suggest Bulbase")
    assert told.only == "U0BEN" and "U0BEN" not in said(told)
    vote(workspace, told, 0, "ben")
    assert labels(told) == ["Vote · 1"] and names(ask(workspace, "cleo", "shortlist")) == ["Bulbase"]


def test_a_round_may_become_anonymous_over_what_stands_in_the_channel(workspace):
    """A suggestion that everybody sees stays where it is, and its next update names nobody any more."""
    public = ask(workspace, "ana", "suggest Bulbase")
    vote(workspace, public, 0, "ben")
    workspace.types("ana", "names", "round anonymous")
    vote(workspace, public, 0, "cleo")
    assert labels(public) == ["Vote · 2"] and "U0" not in said(public)


def test_only_the_owner_says_how_a_round_is_voted_in(workspace, listed):
    """Another is told so; nothing said shows how it is."""
    vote(workspace, listed, 0, "ana")
    assert "Only the person" in ask(workspace, "ben", "round votes=1").text
    assert "any number of votes" in ask(workspace, "ben", "round").text


@pytest.mark.parametrize(("text", "said_"), [
    ("suggest", "Which name?"), ("suggest &lt;!here&gt;", "cannot be in a name"), ("suggest a\\b", "cannot be in a name"),
    ("suggest mo***", "holes"), ("suggest " + "x" * 65, "a name has 64 at most"), ("suggest ...", "hole"), ("suggest !!", "letter"),
    ("pick Bulbase", "takes nothing after it"), ("round votes=0 hidden", "Did you mean `/techname round votes=any hidden`"),
    ("round votes=101", "Did you mean `/techname round votes=100`"), ("round counts=off", "votes="), ("pokemon shortlist", "comes first"),
    ("vote", "Which name?"), ("vote Bulbase", "not on the shortlist"),
    ("shrtlist", "Did you mean `/techname shortlist`"), ("undo", "Nothing has been picked"), ("rounds", "No round has been closed"),
])  # fmt: skip
def test_what_cannot_be_done_is_said(workspace, text, said_):
    """Every mistake is answered to the person alone, with what is allowed."""
    post = ask(workspace, "ana", text)
    assert post.only == "U0ANA" and said_ in post.text
