"""What a button of a list of names does: from a reference that was checked to a message. Knows no Slack."""

from typing import NamedTuple

from bot.answers.answer import show
from bot.answers.following import MORE, WHY, following, follows
from bot.answers.voter import told
from bot.commands.button_refs import BATCH, ONE, Ref
from bot.commands.queries import Why
from bot.commands.who import Who
from bot.errors import BadInput
from bot.names.library import Library
from bot.names.reasons import reasons
from bot.repositories import batches
from bot.repositories.batches import Kept
from bot.settings import SettingsError
from bot.slack.blocks.message import Message
from bot.slack.blocks.names import render, render_reasons
from bot.slack.blocks.rounds import render_ballots, render_shortlist, render_suggested, render_voters
from bot.store import Store
from bot.store.retry import again
from bot.strings import rounds as words
from bot.strings import taken as taken_words
from bot.voting import casting
from bot.voting.round import Round, load, note_taken
from bot.voting.standing import Standing, standing
from bot.voting.votes import Click, Outcome

_COUNTED = (Outcome.VOTED, Outcome.WITHDRAWN, Outcome.SEEN)


class Voted(NamedTuple):
    """What came of a vote, whether the message shows it, and what the voter alone is told."""

    outcome: Outcome
    counted: bool
    told: Message | None


def vote(store: Store, who: Who, ref: Ref, click: Click, now: float) -> Voted:
    """Count a click on a name. Raises BadInput for a name that is not there."""
    if ref.kind == BATCH:
        cast = casting.vote_in_batch(store, who, ref.id, ref.part, click, now)
    else:
        cast = casting.vote_in_list(store, who, ref.id, ref.part, click)
    return Voted(cast.outcome, cast.outcome in _COUNTED, told(store, who, cast))


def as_it_stands(library: Library, store: Store, who: Who, ref: Ref, alone: bool) -> Message:
    """The message whose button did something, as it is now; `alone` where only this person sees it. Raises BadInput if
    it has gone."""
    if ref.kind == BATCH:
        try:
            kept = batches.fetch(store, who, ref.id)
        except BadInput:
            raise BadInput(words.GONE_MEANWHILE) from None
        return render(kept, standing(store, who, _round(store, who, kept)), editing=True)
    stands = _standing(store, who, ref)
    if ref.kind == ONE:
        return render_suggested(stands, ref.part, new=not alone, editing=True)
    return render_shortlist(stands, who.person if alone else None, probes=library.settings.taken is not None)


def voters(store: Store, who: Who, ref: Ref) -> Message:
    """Everybody who voted for a name, for the person who asked alone; without a name, a button for each that has
    votes."""
    stands = _standing(store, who, ref)
    if stands.round and (stands.round.options.anonymous or not stands.round.shows_counts):
        raise BadInput(words.SECRET)
    names = _names(store, who, ref, stands)
    if ref.part:
        name = names.get(ref.part)
        if name is None:
            raise BadInput(words.OLD_BUTTON)
        return render_voters(name, stands.entry(name))
    return render_ballots(ref, [(part, name, stands.entry(name)) for part, name in names.items()])


def follow(library: Library, store: Store, who: Who, ref: Ref, way: str) -> Message:
    """What follows a batch: more names for everybody, or the reasons for one person. Raises BadInput and
    NothingFits."""
    kept = batches.fetch(store, who, ref.id)
    if way not in follows(kept.batch):
        raise BadInput(words.OLD_BUTTON)
    if way == WHY:
        return render_reasons(reasons(kept.batch.request.to(Why, count=Why.count), library), kept.batch)
    if way == MORE:
        return again(lambda: _more(library, store, who, ref.id))
    batch, before = following(kept, way, library)
    return show(batch, library, store, who, before, pressed=True, sequel=bool(before))


def _more(library: Library, store: Store, who: Who, id: str) -> Message:
    """What comes after all that More has brought before: whoever presses it below an older list sees nothing again."""
    kept = batches.last(store, who, batches.fetch(store, who, id))
    if MORE not in follows(kept.batch):
        raise BadInput(words.ALL_FOLLOWED)
    batch, before = following(kept, MORE, library)
    return show(batch, library, store, who, before, pressed=True, sequel=True, after=kept)


def ask_taken(library: Library, store: Store, who: Who, ref: Ref, deadline: float) -> None:
    """Ask whether a name is taken, before `deadline` in time.monotonic() seconds, and keep what is said beside it.

    Raises BadInput where nobody can be asked.
    """
    from bot import availability  # what only those need who have switched it on

    name = _names(store, who, ref, _standing(store, who, ref)).get(ref.part)
    if name is None:
        raise BadInput(words.OLD_BUTTON)
    try:
        said = taken_words.line(availability.check([name], library.settings, deadline))
    except SettingsError:  # what is wrong is for whoever runs the bot to see, and `doctor` tells it
        raise BadInput(taken_words.OUT_OF_ORDER) from None
    again(lambda: _note(store, who, ref, said))


def _note(store: Store, who: Who, ref: Ref, said: str) -> None:
    if ref.kind != BATCH:
        note_taken(store, who, _standing(store, who, ref).round, ref.part, said)
        return
    kept = batches.fetch(store, who, ref.id)
    batches.rewrite(store, who, kept, taken={**kept.taken, ref.part: said})


def check_deletable(store: Store, who: Who, ref: Ref) -> None:
    """Raise BadInput unless this person asked for the batch."""
    if batches.fetch(store, who, ref.id).asker != who.person:
        raise BadInput(words.NOT_YOURS_TO_DELETE)


def forget(store: Store, who: Who, ref: Ref) -> None:
    """Let the buttons of a deleted batch be dead; its votes stay in their round."""
    batches.drop(store, who, batches.fetch(store, who, ref.id))


def _standing(store: Store, who: Who, ref: Ref) -> Standing:
    round = _round(store, who, batches.fetch(store, who, ref.id)) if ref.kind == BATCH else load(store, who, ref.id)
    if ref.kind != BATCH and round is None:
        raise BadInput(words.OLD_BUTTON)
    return standing(store, who, round)


def _round(store: Store, who: Who, kept: Kept) -> Round | None:
    return load(store, who, kept.round) if kept.round else None


def _names(store: Store, who: Who, ref: Ref, stands: Standing) -> dict[str, str]:
    """The names of a message, by the part of it that a button carries."""
    if ref.kind != BATCH:
        return {key: entry.name for key, entry in stands.entries.items()}
    return {str(place): name.name for place, name in enumerate(batches.fetch(store, who, ref.id).batch.names)}
