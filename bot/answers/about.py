"""The bot about itself, and a channel's settings."""

from bot.answers.types import Answer, ChannelSettings, CorporaList, Help, ModelsList, PatternsList
from bot.commands.request import Request, SetDefaults
from bot.context import Context
from bot.repositories import defaults


def help(context: Context, request: Request, pressed: bool) -> Answer:
    return Help()


def corpora(context: Context, request: Request, pressed: bool) -> Answer:
    return CorporaList(tuple(context.library.shelf()))


def models(context: Context, request: Request, pressed: bool) -> Answer:
    return ModelsList()


def patterns(context: Context, request: Request, pressed: bool) -> Answer:
    return PatternsList()


def settings(context: Context, request: SetDefaults, pressed: bool) -> Answer:
    """The channel's settings for the asker; new ones for everybody."""
    if request.defaults is None:
        return ChannelSettings(defaults.defaults(context))
    kept = defaults.keep(context, request.defaults)
    return ChannelSettings(kept, new=True, presser=context.who.person if pressed else None)
