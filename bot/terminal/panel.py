"""`techname panel`: which names the people of a team took for real in the quiz, as a table or JSON."""

from collections.abc import Sequence

from bot.quiz.kinds import KINDS
from bot.quiz.panel import Count, counts
from bot.store import Store
from bot.strings import quiz as words
from bot.terminal.forgetting import check_id
from bot.terminal.printing import show_json, show_table
from bot.terminal.standin import TEAM

_WORDS = 3  # the first columns hold words, the others numbers


def panel(teams: Sequence[str], store: Store, as_json: bool) -> None:
    """Print the counts of these teams together, or of the console's team: each month, then all months.

    Raises BadInput if an id of a team is none, and Unavailable.
    """
    for team in teams:
        check_id(team)
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
    """Add up the counts of all months; give nothing if there is only one month."""
    if len({count.month for count in found}) < 2:
        return []
    groups: dict[tuple[str, bool], list[Count]] = {}
    for count in sorted(found, key=lambda count: (count.corpus, not count.made)):
        groups.setdefault((count.corpus, count.made), []).append(count)
    return [Count("", *which, *_summed(group)) for which, group in groups.items()]


def _summed(group: Sequence[Count]) -> tuple[int, dict[str, int]]:
    """Count the names that were shown, and the answers by kind."""
    return sum(count.shown for count in group), {kind: sum(count.guesses[kind] for count in group) for kind in KINDS}
