"""Three people find a name, from `/techname pokemon` to the announced pick: what the test plays and the README's
picture shows."""

from typing import NamedTuple

from tests.fakes.channels import Post


class Turn(NamedTuple):
    """What somebody did, as a line that a reader understands, and the message that came of it."""

    person: str
    did: str
    post: Post


def play(slack, first: str = "pokemon") -> list[Turn]:
    """Play it in a strict Slack; the messages as they stand at its end."""
    turns = []

    def types(person: str, text: str) -> Post:
        [post] = slack.types(person, "names", text)
        turns.append(Turn(person, f"/techname {text}", post))
        return post

    def clicks(person: str, post: Post, label: str) -> Post:
        [new] = slack.clicks(person, post, label)
        turns.append(Turn(person, label, new))
        return new

    def votes(post: Post, place: int, *people: str) -> None:
        button = [button for button in post.buttons if button["action_id"].startswith("vote")][place]
        for person in people:
            assert slack.clicks(person, post, button) == []

    names = types("ana", first)
    votes(names, 0, "ana", "ben")
    votes(names, 2, "cleo")
    more = clicks("ben", names, "More")
    votes(more, 3, "cleo", "ben", "ana")
    votes(names, 2, "cleo")  # she changes her mind
    votes(types("cleo", "suggest Snorlaxia"), 0, "cleo", "ben")
    types("ben", "shortlist")
    question = types("ana", "pick")
    clicks("ana", question, question.buttons[0]["text"]["text"])
    return turns
