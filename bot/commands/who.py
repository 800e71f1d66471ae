"""Who asks, and where: read from what Slack signed, never from what a button carries."""

from typing import NamedTuple


class Who(NamedTuple):
    """A person in a channel of a team: ids, and the name that people know the person by."""

    team: str
    channel: str
    person: str
    name: str


def who(body: dict) -> Who:
    """The person behind a command, a click or a form; what the payload lacks is empty.

    >>> who({"team_id": "T1", "channel_id": "C1", "user_id": "U1", "user_name": "ada"}).name
    'ada'
    >>> who({"team": {"id": "T1"}, "channel": {"id": "C1"}, "user": {"id": "U1", "username": "ada"}}).channel
    'C1'
    """
    user, channel = (
        _object(body, "user"),
        _object(body, "channel").get("id") or _object(body, "container").get("channel_id"),
    )
    # An app that is installed for a whole organisation has no team of its own there.
    team = (
        _object(body, "team").get("id")
        or body.get("team_id")
        or _object(body, "enterprise").get("id")
        or body.get("enterprise_id")
    )
    person = user.get("id") or body.get("user_id") or ""
    name = user.get("name") or user.get("username") or body.get("user_name") or person
    return Who(team or "", channel or body.get("channel_id") or "", person, name)


def _object(body: dict, key: str) -> dict:
    found = body.get(key)
    return found if isinstance(found, dict) else {}
