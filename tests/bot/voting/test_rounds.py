"""A channel's round, in both modes: suggestions, the shortlist, how it is voted in, what it keeps secret."""

import codecs

import pytest

from tests.helpers.reading import labels, names, said
from tests.helpers.rounds import ask_the_bot, press_vote


def test_a_suggestion_begins_a_round_and_can_be_voted_on(workspace):
    """It is shown to everybody with who suggested it and a vote button; the same name written otherwise is there
    already."""
    post = ask_the_bot(workspace, "ana", "suggest Mr. Mime")
    assert post.only is None and names(post) == ["Mr. Mime"] and "U0ANA" in said(post)
    press_vote(workspace, post, 0, "ben", "cleo")
    assert labels(post) == ["Vote · 2"]
    again = ask_the_bot(workspace, "ben", "suggest MR-MIME")
    assert again.only == "U0BEN" and "already" in again.text and labels(again) == ["Vote · 2"]


@pytest.mark.parametrize(
    "typed",
    ["suggest s_h_p_x", "shpx", "complete shpx..", "complete x*** shpx=3", "drop shpx", "shpxemon", "vote sh.px"],
)
def test_nothing_rude_is_said_again_or_suggested(workspace, typed):
    """Whatever is wrong with a line in which letters are rude, the answer says so, without them and without a
    button."""
    post = ask_the_bot(
        workspace,
        "ana",
        typed.replace("s_h_p_x", "f_u_c_k").replace("shpx", codecs.decode("shpx", "rot13")).replace("sh.px", "fu.ck"),
    )
    assert post.only == "U0ANA" and "rude" in post.text and not labels(post)
    assert codecs.decode("shpx", "rot13") not in (said(post) + post.text).replace(".", "").replace("_", "")


@pytest.mark.parametrize("name", ["MibbitChat", "Dick Van Dyke", "Nwankwo"])
def test_an_innocent_name_may_be_suggested(workspace, name):
    """Names of people and words that meet at a capital are put on the shortlist."""
    assert names(ask_the_bot(workspace, "ana", f'suggest "{name}"')) == [name]


def test_a_rude_suggestion_is_refused_and_not_repeated(workspace):
    """Nobody in the channel sees it, no round is begun, and the answer does not say it again."""
    word = codecs.decode("Shpxvat Tbbq", "rot13")
    post = ask_the_bot(workspace, "ana", f"suggest {word}")
    assert post.only == "U0ANA" and "rude" in post.text and word.split()[0] not in said(post) + post.text
    assert "No round is open" in ask_the_bot(workspace, "ana", "shortlist").text


def test_the_first_vote_puts_a_name_on_the_shortlist(workspace, listed):
    """Ranked by votes, with who proposed and who voted, for the one who asks; its buttons vote too."""
    press_vote(workspace, listed, 1, "ben")
    press_vote(workspace, listed, 0, "cleo", "dan")
    shortlist = ask_the_bot(workspace, "ana", "shortlist")
    first, second, _ = names(listed)
    assert shortlist.only == "U0ANA" and names(shortlist) == [first, second]
    assert "Proposed by <@U0CLEO> · Votes: <@U0CLEO>, <@U0DAN>" in said(shortlist)
    press_vote(workspace, shortlist, 1, "ana")
    assert labels(shortlist)[:2] == ["Vote · 2", "Vote · 2"]


def test_a_shortlist_is_shown_to_everybody_on_request(workspace, listed):
    """Show everybody posts it in the channel, where others vote on it."""
    press_vote(workspace, listed, 0, "ana")
    [public] = workspace.clicks("ana", ask_the_bot(workspace, "ana", "shortlist"), "Show everybody")
    assert public.only is None and "<@" not in said(public)
    press_vote(workspace, public, 0, "ben")
    assert labels(public) == ["Vote · 2"] and "<@U0ANA>, <@U0BEN>" in said(public)


def test_only_its_proposer_takes_a_name_off(workspace, listed):
    """By a button or by a command; with the name go its votes, and a vote brings it back without them."""
    press_vote(workspace, listed, 0, "ana", "ben")
    press_vote(workspace, listed, 1, "ben")
    bens = ask_the_bot(workspace, "ben", "shortlist")
    assert labels(bens).count("Take off") == 1
    assert "Only the person who proposed" in ask_the_bot(workspace, "ben", f"drop {names(listed)[0]}").text
    anas = ask_the_bot(workspace, "ana", "shortlist")
    assert workspace.clicks("ana", anas, "Take off") == [] and names(anas) == [names(listed)[1]]
    press_vote(workspace, listed, 0, "cleo")
    assert labels(listed)[0] == "Vote · 1"
    dropped = ask_the_bot(workspace, "cleo", f"drop {names(listed)[0].upper()}")
    assert names(dropped) == [names(listed)[1]]


def test_a_shortlist_without_names_says_how_one_gets_there(workspace):
    """A round may be begun by its rules alone."""
    ask_the_bot(workspace, "ana", "round votes=3")
    assert "No name is on it yet" in said(ask_the_bot(workspace, "ana", "shortlist"))


def test_votes_a_person_are_limited_and_hidden_until_the_end(workspace, listed):
    """With votes=2 hidden=on: a third is refused with where the two are; counts are told to nobody before the pick."""
    told = ask_the_bot(workspace, "ana", "round votes=2 hidden=on")
    assert told.only is None and "2 votes a person" in told.text
    for place in (0, 1):
        [counts] = workspace.clicks("ben", listed, listed.buttons[place])
        assert counts.only == "U0BEN" and "counts" in counts.text
    [spent] = workspace.clicks("ben", listed, listed.buttons[2])
    assert all(name in spent.text for name in names(listed)[:2]) and "all your votes" in spent.text
    assert labels(listed)[:3] == ["Vote"] * 3 and "<@" not in said(listed)
    shortlist = ask_the_bot(workspace, "ben", "shortlist")
    assert "Votes" not in said(shortlist) and "hidden" in shortlist.text
    workspace.clicks("ana", listed, listed.buttons[1])
    question = ask_the_bot(workspace, "ana", "pick")
    assert not any(name in question.text for name in names(listed)) and "2 votes" not in question.text
    [announced] = workspace.clicks("ana", question, "Close and count")
    assert f"{names(listed)[1]} (2 votes)" in announced.text


def test_a_tie_in_a_secret_round_tells_no_counts(workspace, listed):
    """The question names the tied names, and not how many votes they have."""
    workspace.types("ana", "names", "round hidden=on")
    for place in (0, 1):
        for person in ("ana", "ben", "cleo"):
            workspace.clicks(person, listed, listed.buttons[place])
    question = ask_the_bot(workspace, "ana", "pick")
    assert (
        "are tied" in question.text
        and "3 votes" not in question.text + said(question)
        and labels(question)[-2:] == ["Run-off", "Not yet"]
    )


def test_a_long_shortlist_opens_its_votes_name_by_name(workspace):
    """If 17 names leave no room for a button each, Who voted leads to all voters, privately."""
    people = ["ana", "ben", "cleo", "dan", "eve", "finn"]
    for letter in "abcdefghijklmnopq":
        [own] = workspace.types("ana", "names", f"suggest Bulbase {letter}")
    for person in people:
        workspace.clicks(person, own, own.buttons[0])
    shortlist = ask_the_bot(workspace, "ana", "shortlist")
    [whose] = workspace.clicks("ana", shortlist, "Who voted")
    assert whose.only == "U0ANA" and labels(whose) == ["Bulbase q · 6"]
    [voters] = workspace.clicks("ana", whose, whose.buttons[0])
    assert voters.only == "U0ANA" and all(f"<@U0{person.upper()}>" in said(voters) for person in people)


@pytest.mark.parametrize("rule", ["anonymous", "hidden"])
def test_ones_own_votes_are_shown_to_oneself(workspace, listed, rule):
    """On the private shortlist of a secret round a person sees their own votes, and nobody else's."""
    workspace.types("ana", "names", f"round {rule}")
    told = [workspace.clicks("ben", listed, listed.buttons[0]), workspace.clicks("cleo", listed, listed.buttons[1])]
    assert all(post.only for posts in told for post in posts)
    for person, place in (("ben", 0), ("cleo", 1)):
        own = [
            block["text"]["text"]
            for block in ask_the_bot(workspace, person, "shortlist").message["blocks"]
            if "text" in block
        ]
        said_own = said(ask_the_bot(workspace, person, "shortlist"))
        assert said_own.count("You voted for it") == 1 and any(names(listed)[place] in line for line in own)
    assert "You voted" not in said(ask_the_bot(workspace, "dan", "shortlist"))
    [shared] = workspace.clicks("ben", ask_the_bot(workspace, "ben", "shortlist"), "Show everybody")
    assert "You voted" not in said(shared)


def test_an_anonymous_round_names_nobody(workspace, listed):
    """Counts are live, and no voter or proposer stands in a list, a shortlist or the announcement."""
    workspace.types("ana", "names", "round anonymous")
    press_vote(workspace, listed, 0, "ana", "ben", "cleo", "dan", "eve", "finn")
    shortlist = ask_the_bot(workspace, "ben", "shortlist")
    [announced] = workspace.clicks("ana", ask_the_bot(workspace, "ana", "pick"), f"Pick {names(listed)[0]}")
    assert labels(listed)[0] == "Vote · 6"
    assert all("U0FINN" not in said(post) and "U0BEN" not in said(post) for post in (listed, shortlist, announced))


def test_a_suggestion_in_an_anonymous_round_is_between_the_bot_and_its_proposer(workspace):
    """Slack shows everybody who typed a command that is answered for everybody: here only the shortlist shows the
    name."""
    workspace.types("ana", "names", "round anonymous")
    told = ask_the_bot(workspace, "ben", "suggest Bulbase")
    assert told.only == "U0BEN" and "U0BEN" not in said(told) and "so nobody is told" in told.text
    press_vote(workspace, told, 0, "ben")
    assert labels(told) == ["Vote · 1"] and names(ask_the_bot(workspace, "cleo", "shortlist")) == ["Bulbase"]


def test_a_round_may_become_anonymous_over_what_stands_in_the_channel(workspace):
    """A suggestion that everybody sees stays where it is, and its next update names nobody any more."""
    public = ask_the_bot(workspace, "ana", "suggest Bulbase")
    press_vote(workspace, public, 0, "ben")
    workspace.types("ana", "names", "round anonymous")
    press_vote(workspace, public, 0, "cleo")
    assert labels(public) == ["Vote · 2"] and "U0" not in said(public)


def test_only_the_owner_says_how_a_round_is_voted_in(workspace, listed):
    """Another is told so; nothing said shows how it is."""
    press_vote(workspace, listed, 0, "ana")
    assert "Only the person" in ask_the_bot(workspace, "ben", "round votes=1").text
    assert "any number of votes" in ask_the_bot(workspace, "ben", "round").text


@pytest.mark.parametrize(("text", "said_"), [
    ("suggest", "Which name?"), ("suggest &lt;!here&gt;", "cannot be in a name"), ("suggest a\\b", "cannot be in a name"),
    ("suggest mo***", "holes"), ("suggest " + "x" * 65, "a name has 64 at most"), ("suggest ...", "hole"), ("suggest !!", "letter"),
    ("pick Bulbase", "takes nothing after it"), ("round votes=0 hidden", "Did you mean `/techname round votes=any hidden`"),
    ("round votes=101", "Did you mean `/techname round votes=100`"), ("round counts=off", "votes="), ("pokemon shortlist", "comes first"),
    ("vote", "Which name?"), ("vote Bulbase", "not on the shortlist"),
    ("shrtlist", "Did you mean `/techname shortlist`"), ("undo", "Nothing has been picked"), ("rounds", "No round has been closed"),
])  # fmt: skip
def test_what_cannot_be_done_is_said(workspace, text, said_):
    """Every mistake is answered to the person alone, and says what is allowed."""
    post = ask_the_bot(workspace, "ana", text)
    assert post.only == "U0ANA" and said_ in post.text
