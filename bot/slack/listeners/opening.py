"""Opening the form, while the trigger of the command, click or shortcut lives."""

from collections.abc import Callable

from bot import log
from bot.answers.example import example
from bot.commands.form import Filled, Origin
from bot.commands.options import MOST_NAMES
from bot.commands.parse import parse
from bot.names.library import Library
from bot.slack.blocks.form import render_form
from bot.slack.payloads import who
from bot.slack.web_api import Views

Show = Callable[..., str | None]  # of a Filled, and what was found in a message


def view_of(filled: Filled, library: Library, origin: Origin | None, found: str, opening: bool = False) -> dict:
    """The form as it is shown, with an example for the pattern that stands in it; nothing is trained while it is
    `opening`."""
    shelf = library.kinds()
    said = example(filled, lambda text: parse(text, shelf), library, opening)
    return render_form(filled, shelf, MOST_NAMES, said, origin, found)


def opener(views: Views, library: Library, body: dict, started: float) -> Show:
    """Give the function that shows a filled form to whoever sent that payload; it gives the trouble, if any.

    Names go where the payload came from; a global shortcut comes from nowhere, and then the form asks.
    """
    origin = Origin(who(body).channel, body.get("response_url") or "")

    def show(filled: Filled, found: str = "") -> str | None:
        view = view_of(filled, library, origin if all(origin) else None, found, opening=True)
        trouble = views.open(body.get("trigger_id") or "", view, started)
        if trouble:
            log.note(outcome=f"no form: {trouble}")
        return trouble

    return show
