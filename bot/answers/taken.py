"""Is a name taken? For a typed command, and for the button beside a name."""

from collections.abc import Sequence

from bot.answers.shortlist import as_it_is, names_of
from bot.answers.types import Answer, Effect, Press, Verdicts
from bot.availability.verdict import Verdict
from bot.commands.button_refs import BATCH
from bot.commands.request import Taken
from bot.context import Context
from bot.errors import BadInput
from bot.repositories import batches
from bot.settings import SettingsError
from bot.store.retry import retry_on_conflict
from bot.strings import rounds, taken
from bot.voting.round import existing, note_taken


def check(context: Context, request: Taken, pressed: bool) -> Answer:
    """The verdicts of all probes. Raises BadInput if none are set up."""
    return Verdicts(_verdicts(context, request.names))


def ask(context: Context, press: Press) -> Effect:
    """Ask about one name until the press's deadline, and keep the verdicts beside it. Raises BadInput."""
    names, _ = names_of(context, press.ref)
    if press.ref.part not in names:
        raise BadInput(rounds.OLD_BUTTON)
    said = taken.line(_verdicts(context, [names[press.ref.part]], press.deadline))
    retry_on_conflict(lambda: _keep(context, press, said))
    return Effect(current=lambda: as_it_is(context, press))


def _verdicts(context: Context, names: Sequence[str], deadline: float | None = None) -> Sequence[Verdict]:
    from bot import availability  # imported only if it is switched on

    try:
        return availability.check(names, context.settings, deadline)
    except SettingsError:  # `doctor` tells the operator about it
        raise BadInput(taken.OUT_OF_ORDER) from None


def _keep(context: Context, press: Press, said: str) -> None:
    if press.ref.kind != BATCH:
        note_taken(context, existing(context, press.ref.id), press.ref.part, said)
        return
    kept = batches.fetch(context, press.ref.id)
    batches.rewrite(context, kept, taken={**kept.taken, press.ref.part: said})
