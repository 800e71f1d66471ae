"""What Slack's app directory and command list say of the app, and what is wrong with an address."""

from __future__ import annotations

from bot.strings.phrasing import shown

DESCRIPTION = "Finds a name with your team: new names that sound like known ones, and the holes in yours filled."
LONG_DESCRIPTION = (
    "techname finds a name together with you. It has read lists of names, from Pokémon to technology, and makes new ones that "
    "could stand among them. Give it a name with holes, such as mo*** or ...base, and it fills them. Everybody in the channel "
    "sees the names; help and mistakes are shown to you alone. It reads nothing but the commands and messages that you give it."
)
SHORTCUTS = {  # name, up to 24 characters, and description
    "global": ("Find new names", "Opens the form: corpus, model, pattern, length, how many"),
    "message": ("More names like this", "Finds the names in a message and opens the form with what is like them"),
}
COMMAND_DESCRIPTION = "Find new names, or fill the holes in one"
USAGE_HINT = "pokemon | complete mo*** | draw ...base pokemon 8 | quiz | help"


def bad_url(url: str) -> str:
    wrong = f"Slack cannot call {shown(url)}." if url.strip() else "There is no address for Slack to call."
    return (
        f"{wrong} It begins with https:// and has no spaces, as the deployment prints it: "
        "`techname manifest --url https://abc123.execute-api.eu-central-1.amazonaws.com/slack/events`."
    )
