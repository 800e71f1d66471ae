"""The three actions of a preview: send it to the channel, shuffle it, cancel it."""

from bot.answers.following import shuffled
from bot.answers.names import show
from bot.answers.types import Effect, Press, PreviewNames
from bot.context import Context
from bot.repositories import previews


def send(context: Context, press: Press) -> Effect:
    """Show the names to the channel, then remove the preview. If they do not arrive, the preview stays sendable."""
    preview = previews.fetch(context, press.ref.id)
    previews.take(context, preview)
    names = show(context, preview.batch, preview.before, pressed=True)
    return Effect(answer=names, undelivered=lambda: previews.put_back(context, preview), removes=True)


def shuffle(context: Context, press: Press) -> Effect:
    """Show other names in place of the preview, which stays sendable until they have arrived."""
    preview = previews.fetch(context, press.ref.id)
    shown = preview.before + tuple(name.name for name in preview.batch.names)
    batch, before = shuffled(preview.batch, shown, context.library)
    id = previews.keep(context, batch, before)
    return Effect(
        answer=PreviewNames(id, batch, again=not before, update=True),
        replaces=True,
        undelivered=lambda: previews.drop(context, id),
        then=lambda: previews.drop(context, preview.id),
    )


def cancel(context: Context, press: Press) -> Effect:
    """Remove the preview."""
    preview = previews.fetch(context, press.ref.id)
    return Effect(removes=True, then=lambda: previews.drop(context, preview.id))
