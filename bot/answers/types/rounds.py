"""Answers about a round of voting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.answers.types.base import Act, Action, Answer, Audience, Line, Listing, voted
from bot.commands.button_refs import LIST, ONE, Ref
from bot.strings.rounds import YOUR_VOTE
from bot.voting.round import Round
from bot.voting.standing import Standing
from bot.voting.votes import Entry

_TIED = 10  # leaders, and old rounds, with an action each


@dataclass(frozen=True)
class Shortlist(Listing):
    """A round's shortlist: for one viewer, who may take off their own names, or (None) for the channel.

    `probes`: somebody can be asked whether a name is taken.
    """

    standing: Standing
    viewer: str | None = None
    probes: bool = False
    update: bool = False

    @property
    def round(self) -> Round:
        return self.standing.round

    @property
    def audience(self) -> Audience:
        return Audience.ASKER if self.viewer else Audience.CHANNEL

    @property
    def lines(self) -> tuple[Line, ...]:
        """The most votes first; while counts are secret, the order in which names were proposed."""
        entries = list(self.standing.entries.values())
        if not self.round.shows_counts:
            entries.sort(key=lambda entry: (Decimal(entry.at), entry.key))
        return tuple(self._line(number, entry) for number, entry in enumerate(entries, 1))

    def _line(self, number: int, entry: Entry) -> Line:
        acts = [Act.VOTE, *([Act.TAKEN] if self.probes else []), *([Act.TAKE_OFF] if self.viewer == entry.by else [])]
        secret = self.round.options.anonymous or not self.round.shows_counts
        own = [YOUR_VOTE] if secret and self.viewer in entry.voters else []  # the viewer's votes are no secret to them
        line = Line(
            entry.name,
            Ref(LIST, self.round.id, entry.key),
            f"{number}. ",
            note=" · ".join(filter(None, [*own, self.round.taken.get(entry.key, "")])),
            by=entry.by if self.viewer and not self.round.options.anonymous else None,
            acts=() if self.round.closed else tuple(acts),
        )
        return voted(line, entry, self.round)

    @property
    def actions(self) -> tuple[Action, ...]:
        """A viewer may show it to everybody; the owner may pick."""
        if self.viewer is None or self.round.closed:
            return ()
        acts = (Act.SHARE, Act.ASK) if self.viewer == self.round.owner else (Act.SHARE,)
        return tuple(Action(act, Ref(LIST, self.round.id)) for act in acts)


@dataclass(frozen=True)
class Suggested(Listing):
    """A name that somebody put on the shortlist, for the channel; if it was there already (`new` is False), for the
    asker."""

    standing: Standing
    key: str
    new: bool = True
    update: bool = False

    @property
    def entry(self) -> Entry | None:
        """The name on the shortlist; None if it was taken off since."""
        return self.standing.entries.get(self.key)

    @property
    def by(self) -> str | None:
        """The person who suggested it, unless the round is anonymous."""
        return self.entry.by if self.entry and not self.standing.round.options.anonymous else None

    @property
    def told(self) -> bool:
        """Whether the channel hears of the name: not of one that was suggested in an anonymous round."""
        return self.audience is Audience.CHANNEL

    @property
    def audience(self) -> Audience:
        """An anonymous suggestion is not for the channel: Slack shows the command and its author above such an
        answer."""
        if self.entry is None or (self.new and (self.update or not self.standing.round.options.anonymous)):
            return Audience.CHANNEL
        return Audience.ASKER

    @property
    def lines(self) -> tuple[Line, ...]:
        if self.entry is None:
            return ()
        line = Line(self.entry.name, Ref(ONE, self.standing.round.id, self.key), acts=(Act.VOTE,))
        return (voted(line, self.entry, self.standing.round),)


@dataclass(frozen=True)
class RoundOptions(Answer):
    """The rules of a round: for the asker, or, if they are `new`, for the channel."""

    round: Round
    new: bool = False

    @property
    def audience(self) -> Audience:
        return Audience.CHANNEL if self.new else Audience.ASKER


@dataclass(frozen=True)
class Voters(Answer):
    """Everybody who voted for a name."""

    name: str
    entry: Entry | None

    @property
    def voters(self) -> tuple[str, ...]:
        """People in the order of their votes."""
        return self.entry.voters if self.entry else ()


@dataclass(frozen=True)
class Ballots(Answer):
    """The names of a message by the parts of its ref, each with its entry on the shortlist."""

    ref: Ref
    names: Sequence[tuple[str, str, Entry | None]]

    @property
    def voted(self) -> list[tuple[str, int]]:
        """The names that have votes, with their counts."""
        return [(name, len(entry.voters)) for _, name, entry in self.names if entry and entry.voters]

    @property
    def actions(self) -> tuple[Action, ...]:
        """The voters of each name that has votes."""
        parts = [(part, name) for part, name, entry in self.names if entry and entry.voters]
        return tuple(Action(Act.VOTERS, self.ref._replace(part=part), name) for part, name in parts)


@dataclass(frozen=True)
class PickQuestion(Answer):
    """The question before a round is closed, for a person who may close it."""

    standing: Standing

    @property
    def leaders(self) -> list[Entry]:
        """The names that can be picked."""
        return self.standing.leaders()

    @property
    def secret(self) -> bool:
        """Whether the name that leads is not told before the round is closed; a tie is."""
        return self.standing.round.options.hidden and len(self.leaders) == 1

    @property
    def actions(self) -> tuple[Action, ...]:
        """Pick a leader, vote again between several, or leave it."""
        ref = Ref(LIST, self.standing.round.id)
        leaders = [(entry.key, "" if self.secret else entry.name) for entry in self.leaders[:_TIED]]
        picks = [Action(Act.PICK, ref._replace(part=key), name) for key, name in leaders]
        run_off = [Action(Act.RUN_OFF, ref)] if len(self.leaders) > 1 else []
        return (*picks, *run_off, Action(Act.LEAVE, ref))


@dataclass(frozen=True)
class Picked(Answer):
    """The round that has just ended with a name."""

    standing: Standing

    audience = Audience.CHANNEL

    @property
    def winner(self) -> Entry:
        """The picked name."""
        return self.standing.entries[self.standing.round.picked or ""]

    @property
    def voters(self) -> tuple[str, ...]:
        """The people who voted for the winner; none in an anonymous round."""
        return () if self.standing.round.options.anonymous else self.winner.voters

    @property
    def best(self) -> list[Entry]:
        """The first names of the shortlist."""
        return list(self.standing.entries.values())[:_TIED]

    @property
    def actions(self) -> tuple[Action, ...]:
        return (Action(Act.UNDO, Ref(LIST, self.standing.round.id, self.standing.round.pick)),)


@dataclass(frozen=True)
class Reopened(Answer):
    """A round whose pick was undone by a person; it takes the place of the announcement.

    Without a person the pick was undone earlier, and perhaps another one stands.
    """

    standing: Standing
    person: str | None = None

    audience = Audience.CHANNEL
    commands = ("shortlist",)


@dataclass(frozen=True)
class RoundClosed(Answer):
    """A round that was closed before a vote came."""

    round: Round


@dataclass(frozen=True)
class History(Answer):
    """The closed rounds, the latest first."""

    rounds: Sequence[Round]

    @property
    def shown(self) -> Sequence[Round]:
        """The rounds that can be opened."""
        return self.rounds[:_TIED]

    @property
    def actions(self) -> tuple[Action, ...]:
        return tuple(Action(Act.OPEN, Ref(LIST, round.id), round.picked_name or "") for round in self.shown)
