"""`techname panel`: what the people of a team took for real in the quiz, a table on stdout, or JSON."""

from collections.abc import Sequence

from bot.errors import BadInput
from bot.quiz.kinds import KINDS
from bot.quiz.panel import Count, counts
from bot.store import Store
from bot.strings import cli
from bot.strings import quiz as words
from bot.terminal.printing import show_json, show_table
from bot.terminal.standin import TEAM

_WORDS = 3  # columns of words, before those of numbers


def panel(teams: Sequence[str], store: Store, as_json: bool) -> None:
    """Print the counts of these teams together, or of the console's; months first, then all of them.

    Raises BadInput for no id of a team, Unavailable with the store.
    """
    for team in teams:
        if not team.isalnum() or not team.isascii():
            raise BadInput(cli.no_team(team))
    found = counts(store, dict.fromkeys(teams or [TEAM]))
    if as_json:
        show_json([_object(count) for count in found])
    elif found:
        show_table([words.HEADS, *map(words.row, [*found, *_in_all(found)])], right=range(_WORDS, len(words.HEADS)))
    else:
        print(words.no_answers(teams or [TEAM]))


def _object(count: Count) -> dict:
    numbers = {
        "shown": count.shown,
        "answered": count.answered,
        "taken_for_real": count.taken_for_real,
        "right": count.right,
    }
    return {"month": count.month, "corpus": count.corpus, "made": count.made, **numbers, "answers": dict(count.guesses)}


def _in_all(found: Sequence[Count]) -> list[Count]:
    """The counts of all months together, without a month; none of a single month."""
    if len({count.month for count in found}) < 2:
        return []
    groups: dict[tuple[str, bool], list[Count]] = {}
    for count in sorted(found, key=lambda count: (count.corpus, not count.made)):
        groups.setdefault((count.corpus, count.made), []).append(count)
    return [Count("", *which, *_summed(group)) for which, group in groups.items()]


def _summed(group: Sequence[Count]) -> tuple[int, dict[str, int]]:
    """How many names were shown, and the answers by kind."""
    return sum(count.shown for count in group), {kind: sum(count.guesses[kind] for count in group) for kind in KINDS}
