"""The person behind a command, a click or a form, and where they are: Slack signs both, no button carries them."""

from typing import NamedTuple


class Who(NamedTuple):
    """A person in a channel of a team: ids, and the name that people know the person by."""

    team: str
    channel: str
    person: str
    name: str
