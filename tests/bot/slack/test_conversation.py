"""Three people, one name: the whole way in both modes, on the strict Slack; and its picture."""

from xml.etree import ElementTree

from tests.helpers.conversation import play
from tests.helpers.reading import labels, names
from tools.picture import draw


def votes(post) -> list[str]:
    return [label for label in labels(post) if label.startswith("Vote")]


def test_from_pokemon_to_the_announced_pick(workspace):
    """Ana asks, all vote, Ben wants more, Cleo changes her mind and suggests her own, Ana picks what leads: everybody
    hears."""
    first, more, own, shortlist, question, announced = [turn.post for turn in play(workspace)]
    winner = names(more)[3]
    assert votes(first) == ["Vote · 2", "Vote", "Vote", "Vote", "Vote"]
    assert votes(more) == ["Vote", "Vote", "Vote", "Vote · 3", "Vote"] and not {*names(first)} & {*names(more)}
    assert votes(own) == ["Vote · 2"]
    assert shortlist.only == "U0BEN" and names(shortlist) == [winner, names(first)[0], "Snorlaxia", names(first)[2]]
    assert question.only == "U0ANA" and question.deleted and f"Pick `{winner}`, with 3 votes?" in question.text
    assert announced.only is None and f"The name is {winner}" in announced.text
    assert list(workspace.sees("cleo", "names")) == [first, more, own, announced]


def test_the_picture_shows_what_the_payloads_say(workspace):
    """Every name, label and heading of the run stands in the picture, which is well-formed and mentions nobody by
    id."""
    turns = play(workspace)
    picture = ElementTree.fromstring(draw(turns))
    written = " ".join("".join(text.itertext()) for text in picture.iter("{http://www.w3.org/2000/svg}text"))
    for turn in turns:
        assert turn.did in written
        assert all(name in written for name in names(turn.post)) and all(
            label in written for label in labels(turn.post)
        )
    assert "U0" not in written and "The name is" in written
