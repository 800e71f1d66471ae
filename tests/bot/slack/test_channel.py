"""Several people in a channel, over Socket Mode and through the Lambda handler: each sees what is theirs."""


def test_names_are_for_everybody_and_help_is_not(workspace):
    """Everybody sees the names that one person asks for; nobody else sees an answer for one person."""
    [names] = workspace.types("ana", "names", "complete mo*** pokemon 2")
    [help_] = workspace.types("ben", "names", "help")
    assert workspace.sees("cat", "names") == [names] and workspace.sees("ben", "names") == [names, help_]


def test_more_goes_on_below(workspace):
    """Another person's click brings the next names below the first, which stay."""
    [names] = workspace.types("ana", "names", "complete mo*** pokemon 2")
    [more] = workspace.clicks("ben", names, "More")
    assert workspace.sees("cat", "names") == [names, more] and names.edits == 0
    assert {"type": "user", "user_id": "U0BEN"} in more.message["blocks"][0]["elements"][0]["elements"]
