"""What people do in a round, for the tests of it: vote by the buttons, and ask the bot for something."""


def press_vote(workspace, post, place: int, *people: str) -> None:
    for person in people:
        assert workspace.clicks(person, post, post.buttons[place]) == []


def ask_the_bot(workspace, person: str, text: str):
    [post] = workspace.types(person, "names", text)
    return post
