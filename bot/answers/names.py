"""New names for the channel or for a preview, the reasons for them, and the batches that follow."""

from collections.abc import Sequence

from bot.answers.following import following
from bot.answers.types import Act, Answer, Effect, Press, PreviewNames, ShownNames, ShownReasons
from bot.answers.types.names import follows
from bot.commands.queries import NamesQuery, Why
from bot.context import Context
from bot.errors import BadInput
from bot.log import note
from bot.names.batch import Batch
from bot.names.brainstorm import brainstorm
from bot.names.posterior import posterior
from bot.repositories import batches, previews
from bot.repositories.batches import Kept
from bot.store import Unavailable
from bot.store.retry import retry_on_conflict
from bot.strings import rounds as words
from bot.voting.round import current
from bot.voting.standing import standing


def find(context: Context, request: NamesQuery, pressed: bool) -> Answer:
    """New names, for everybody or first for the asker. Raises NothingFits."""
    note(corpus=request.corpus, model=request.model)
    batch = brainstorm(request, context.library)
    return preview(context, batch) if request.preview else show(context, batch, pressed=pressed)


def why(context: Context, request: Why, pressed: bool) -> Answer:
    """The probabilities of tokens in each hole. Raises NothingFits."""
    note(corpus=request.corpus, model=request.model)
    return ShownReasons(posterior(request, context.library))


def show(
    context: Context,
    batch: Batch,
    before: Sequence[str] = (),
    pressed: bool = False,
    sequel: bool = False,
    after: Kept | None = None,
) -> ShownNames:
    """Keep a batch so that its actions work, and show it with the votes that its names have; see Kept and `keep`.

    If the store is out of reach, the names are shown without actions.
    """
    try:
        round, probes = current(context), context.settings.taken is not None
        more = {"sequel": sequel, "round": round and round.id, "pressed": pressed, "probes": probes}
        kept = batches.keep(context, batch, before, after, **more)
        return ShownNames(kept, standing(context, round) if round else None)
    except Unavailable as trouble:
        note(store=f"unavailable: {trouble}")
        return ShownNames(Kept("", batch, context.who.channel, context.who.person, pressed=pressed))


def preview(context: Context, batch: Batch) -> PreviewNames:
    """Keep a batch so that its asker can send it. If the store is out of reach, it cannot be sent."""
    try:
        return PreviewNames(previews.keep(context, batch), batch)
    except Unavailable as trouble:
        note(store=f"unavailable: {trouble}")
        return PreviewNames("", batch)


def follow(context: Context, press: Press) -> Effect:
    """More names, or the same query in another order, for everybody; or the reasons for the asker.

    Raises BadInput and NothingFits.
    """
    kept = batches.fetch(context, press.ref.id)
    if press.act not in follows(kept.batch):
        raise BadInput(words.OLD_BUTTON)
    if press.act is Act.WHY:
        asked = kept.batch.request.to(Why, count=Why.count)
        return Effect(answer=ShownReasons(posterior(asked, context.library), kept.batch))
    if press.act is Act.MORE:
        return Effect(answer=retry_on_conflict(lambda: _more(context, press.ref.id)))
    batch, before = following(kept.batch, kept.shown, press.act, context.library)
    return Effect(answer=show(context, batch, before, pressed=True, sequel=bool(before)))


def _more(context: Context, id: str) -> Answer:
    """The names after the last list that More has brought, also below an earlier list, so that no name comes twice."""
    kept = batches.last(context, batches.fetch(context, id))
    if Act.MORE not in follows(kept.batch):
        raise BadInput(words.ALL_FOLLOWED)
    batch, before = following(kept.batch, kept.shown, Act.MORE, context.library)
    return show(context, batch, before, pressed=True, sequel=True, after=kept)


def delete(context: Context, press: Press) -> Effect:
    """Delete a batch's message for its asker; its votes stay in their round. Raises BadInput for anybody else."""
    kept = batches.fetch(context, press.ref.id)
    if kept.asker != context.who.person:
        raise BadInput(words.NOT_YOURS_TO_DELETE)
    return Effect(removes=True, then=lambda: batches.drop(context, kept))
