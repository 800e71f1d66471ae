"""The console, and the connection over Socket Mode."""

from __future__ import annotations

from collections.abc import Sequence

from bot.strings.phrasing import COMMAND, EXAMPLES, many
from bot.text import harmless

BOT = "techname"
NO_REPLY = "There was no reply."
GONE = "The message is gone."


def seen_by(person: str | None) -> str:
    """Say who sees a message; None is everybody."""
    return f"· only visible to {person}" if person else "· everybody in #names sees this"


def now_as(person: str) -> str:
    return f"Lines are {person}'s from now on; `as you` brings you back."


def greeting() -> str:
    tries = "\n".join(f"  {COMMAND} {example}" for example in EXAMPLES)
    return f"This is techname as Slack would show it; nothing leaves this machine. Three things to try:\n{tries}\nA number presses a button, as Ada: … is somebody else's line, {COMMAND} alone opens the form, exit or Ctrl-D leaves.\n"


def page_at(address: str) -> str:
    return f"The page with the same names: {address} (--no-web leaves it out)\n"


def asked(person: str, text: str) -> str:
    return f"{person} · {COMMAND} {text}".rstrip()


def other_command(word: str) -> str:
    return (
        f"{harmless(word)} is a command of another app; here there is {COMMAND} alone, for example {COMMAND} pokemon."
    )


def no_button(number: int, count: int) -> str:
    there = f"The buttons of the last reply go from 1 to {count}" if count else "The last reply has no buttons"
    return f"There is no button {number}. {there}; for {many(number, 'name')} type {COMMAND} {number}."


def refused(status: object) -> str:
    return f"The handler answered with status {status}, which Slack would show as a failure of the app."


RECONNECTING = "The connection is lost; trying again until it is back."
CONNECTED_AGAIN = "Connected again."
DISCONNECTED = "Disconnected."
NO_HANDSHAKE = "it accepts no WebSocket"
NOT_SLACK = "it does not answer as Slack does"
TOKENS = {
    "SLACK_BOT_TOKEN": "the Bot User OAuth Token under OAuth & Permissions; it begins with xoxb-",
    "SLACK_APP_TOKEN": "an App-Level Token with the scope connections:write under Basic Information; it begins with xapp-",
}


def connected(team: str | None, user: str | None) -> str:
    where = f" to {harmless(team)}" if team else ""
    who = f" as @{harmless(user)}" if user else ""
    return f"Connected{where}{who} over Socket Mode. Type {COMMAND} pokemon in a channel there; Ctrl-C here leaves."


def one_token(here: str, missing: str) -> str:
    return (
        f"{here} is set and {missing} is not; Socket Mode needs both. {missing} is {TOKENS[missing]}. "
        "Put it in the environment or in .env, or unset both for the console (make console)."
    )


def refused_token(variable: str, code: str) -> str:
    return f"Slack does not accept {variable} ({harmless(code)}). It is {TOKENS[variable]}. Copy it again from https://api.slack.com/apps."


def unreachable(url: str, reason: str) -> str:
    return f"I cannot reach {url}: {harmless(reason, 200)}. Check the network, SLACK_API_URL and, if there is a proxy, HTTPS_PROXY."


# Forms in the console


def instead_of_form(command: str) -> str:
    return f"Here a form is a command: {command}"


EMPTY = "(empty)"
FORM_KEYS = "1 mo*** fills in field 1, 1 alone empties it; ok sends the form, cancel closes it."
CLOSED = "The form is closed."
SENT = "The form is sent, and there was no reply."
NO_MESSAGE = "There is no message yet; like Kingar, Sixtle takes what you type for one."


def form_of(person: str) -> str:
    return f"· a form only {person} can see"


def no_field(number: int, count: int) -> str:
    return f"There is no field {number}; the fields go from 1 to {count}. `ok` sends the form, `cancel` closes it."


def no_option(text: str, options: Sequence[str]) -> str:
    few = ", ".join(options[:6]) + (", …" if len(options) > 6 else "")
    return f"That field has no choice {harmless(text) or 'of nothing'}. There are: {few}"
