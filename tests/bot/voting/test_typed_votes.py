"""`vote NAME`, in both modes."""

import codecs

from tests.helpers.reading import labels, names, said
from tests.helpers.rounds import ask_the_bot, press_vote


def test_a_vote_may_be_typed(workspace):
    """For a name on the shortlist, however it is written; the same again takes it back. Only the voter is told, and its
    message agrees."""
    post = ask_the_bot(workspace, "ana", "suggest Mr. Mime")
    told = ask_the_bot(workspace, "ben", "vote mr-mime")
    assert told.only == "U0BEN" and "Mr. Mime" in told.text and "1 vote now" in told.text
    press_vote(workspace, post, 0, "cleo")
    assert labels(post) == ["Vote · 2"]
    assert "withdrawn: it has 1 vote now" in ask_the_bot(workspace, "ben", "vote Mr. Mime").text
    press_vote(workspace, post, 0, "ben")
    assert labels(post) == ["Vote · 2"]


def test_a_typed_vote_that_slack_delivers_again_is_told_again(workspace):
    """The same signed call twice counts once, and both answers say the same; in a hidden round no count is told."""
    ask_the_bot(workspace, "ana", "suggest Mabor")
    ask_the_bot(workspace, "ana", "round hidden=on")
    ask_the_bot(workspace, "ben", "vote Mabor")
    kind, payload = workspace.last
    again = workspace.door.send(kind, payload).answer
    assert "Your vote for `Mabor` counts" in again["text"] and "1 vote" not in again["text"]
    ask_the_bot(workspace, "ana", "round hidden=off")
    assert "withdrawn: it has 0 votes" in ask_the_bot(workspace, "ben", "vote Mabor").text


def test_an_address_is_no_name(workspace):
    """Slack would make a link of it, in everybody's list."""
    told = ask_the_bot(workspace, "ana", "suggest http://evil.example")
    assert told.only == "U0ANA" and "is an address" in told.text
    assert "No round is open" in ask_the_bot(workspace, "ana", "shortlist").text


def test_a_typed_vote_keeps_to_the_rules_of_its_round(workspace):
    """No more votes than one has, and no counts where they are hidden."""
    workspace.types("ana", "names", "round votes=1 hidden")
    for name in ("Mabor", "Zubor"):
        ask_the_bot(workspace, "ana", f"suggest {name}")
    first, second = (ask_the_bot(workspace, "ben", f"vote {name}") for name in ("mabor", "Zubor"))
    assert "Mabor" in first.text and "1 vote" not in first.text and "all your votes" in second.text


def test_a_typed_vote_puts_nothing_on_the_shortlist(workspace):
    """A name that is not there is offered as a suggestion, one that is rude is not said again."""
    ask_the_bot(workspace, "ana", "suggest Mabor")
    told = ask_the_bot(workspace, "ben", "vote Zubor")
    assert told.only == "U0BEN" and "not on the shortlist" in told.text and labels(told) == ["suggest Zubor"]
    word = codecs.decode("Shpxvat Tbbq", "rot13")
    rude = ask_the_bot(workspace, "ben", f"vote {word}")
    assert "rude" in rude.text and word.split()[0] not in said(rude) + rude.text
    assert names(ask_the_bot(workspace, "ana", "shortlist")) == ["Mabor"]
