"""The form, previews and a channel's settings: their labels, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.strings.phrasing import COMMAND, cannot_use, command, shown
from bot.text import harmless

if TYPE_CHECKING:
    from bot.commands.defaults import Defaults
    from bot.commands.queries import Query

_SETTINGS = f"What can be set for a channel is a corpus, a model, a number of names and `preview=on` or `off`: {command('settings corpus=tech count=7 model=mix preview=on')}."


def not_a_setting(word: str) -> str:
    return f"{shown(word)} cannot be set for a channel.\n{_SETTINGS}"


def bad_preview(word: str) -> str:
    return cannot_use(word, "`preview=on` shows names to you first, `preview=off` to everybody at once.")


SETTINGS_NOW = "What this channel uses where a command does not say otherwise:"
SETTINGS_NEW = "From now on this channel uses, where a command does not say otherwise:"


def settings_lines(defaults: Defaults, usual: Query) -> list[str]:
    """List the settings of a channel, each with whether it is set here or as everywhere."""
    return [
        f"the corpus {_set(defaults.corpus, usual.corpus)}",
        f"the model `{defaults.model}`, set here"
        if defaults.model
        else "the model that suits the corpus, as everywhere",
        f"the number of names {_set(defaults.count, usual.count)}",
        "names are shown to you first, with a button that sends them"
        if defaults.preview
        else "names go to everybody at once",
    ]


def _set(here: object, everywhere: object) -> str:
    return f"`{everywhere}`, as everywhere" if here is None else f"`{here}`, set here"


# The form

FORM = "Find new names"
SUBMIT = "Find names"
CLOSE = "Cancel"
USUAL_MODEL = "the usual one for that corpus"
STRAIGHT = "Straight to the channel"
FIRST = "To me first; I send them when I like them"
FIELDS = {
    "pattern": ("A name with holes, if you have one", None),
    "corpus": ("Names like those of", None),
    "model": ("How names are made", None),
    "length": (
        "Length",
        "Letters of a name (words of a line, notes of a melody), such as 7 or 6-8; as known names are if you leave it empty.",
    ),
    "count": ("How many names", None),
    "show": ("Show them", None),
    "where": ("Where", None),
}
PLACEHOLDERS = {"pattern": "mo***", "length": "6-8"}
LANGUAGE = "* is one unknown letter, ... any number of them, [aeiou] one of these: mo*** is mo and three letters, ...base ends in base."
_ALLOWED = {
    "pattern": "* is one unknown letter, ... any number of them, for example mo***.",
    "length": "A number of letters such as 7, or a range such as 6-8.",
    "count": "A whole number from 1 to 20.",
    "corpus": "Choose another.",
    "model": "Choose another.",
    "show": "",
}


def not_in_the_form(word: str) -> str:
    return f"The form has no field for {shown(word)}.\nIt asks for a pattern, a corpus, a model, a length and how many; a command can say more."


def not_in_a_field(word: str) -> str:
    return f"I can't use {shown(word)}."


def beside(field: str, message: str) -> str:
    """Say what is wrong with a field, beside it. Slack shows no code there, so backticks go.

    >>> beside("length", "I can't use `length=six`.\\nIt is …")
    "I can't use length=six. A number of letters such as 7, or a range such as 6-8."
    """
    wrong = message.split("\n")[0].replace("`", "")
    return f"{wrong} {_ALLOWED[field]}".strip()


def for_example(request: Query, names: Sequence[str], awaited: str | None = None) -> str:
    """List names for the pattern, with the model that made them if another one is `awaited`."""
    by = f" ({request.model} until {awaited} is trained)" if awaited else ""
    return f"{harmless(request.sought)} from {harmless(request.corpus)}{by}, for example: {', '.join(names)}"


def not_trained(corpus: str) -> str:
    return f"That can be read. No model of {harmless(corpus)} is trained yet: names come when you send the form."


def not_sent(trouble: str, command: str) -> str:
    """Say that Slack took no message of this form, and give the command that says the same."""
    too_old = "Slack takes no message from this form any more: it has been open for too long."
    why = (
        too_old
        if trouble.endswith("404")
        else "Slack did not take the names just now. Send the form again if they do not come."
    )
    return f"{why} You can also type this in the channel: {COMMAND} {harmless(command, 400)}"


NO_TOKEN = "no bot token"
_NO_TOKEN = "The form needs SLACK_BOT_TOKEN, which is not set where I run; commands work as ever."
_NO_FORM = "The form did not open just now; try again, or type a command."


def no_form(trouble: str) -> str:
    return _NO_TOKEN if trouble == NO_TOKEN else _NO_FORM


# More names like these

NO_NAMES = "I found no name in that message; the form is as empty as ever."


def names_found(names: Sequence[str], corpus: str | None, seen_all: bool = True) -> str:
    """List the names found in a message, and the corpus that they are most like."""
    among = "what I know" if seen_all else "what I had time to look at"
    nearest = f" Of {among} they are most like {corpus}." if corpus else ""
    return f"Found in the message: {', '.join(map(harmless, names))}.{nearest} Change what you like."


# Previews

PREVIEW = {  # action: label, what a screen reader says, style
    "send": ("Send", "Send these names to the channel", "primary"),
    "shuffle": ("Shuffle", "Other names in their place", None),
    "cancel": ("Cancel", "Throw these names away", None),
}
ONLY_YOU_YET = "Only you see these yet; Send shows them to everybody here."
NOT_KEPT = "I cannot keep these just now, so there is no button that sends them."
OLD_PREVIEW = f"That preview is over: it was sent, shuffled or cancelled already, or is more than a day old. Ask again, for example {command('preview pokemon')}."
NOT_SENT = "Slack did not take the names in time. Look whether they are there; if not, press Send again."
NOT_SHUFFLED = "Slack did not take other names in time, so these still stand; press Shuffle again."
