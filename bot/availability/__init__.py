"""Is a name taken? `check` asks the sites and domains that the operator has listed; without a list nobody is asked."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.availability.verdict import Verdict
from bot.errors import BadInput
from bot.settings import Settings
from bot.strings import taken as words

if TYPE_CHECKING:
    from bot.availability.prober import Prober

__all__ = ["PATIENCE", "Verdict", "check", "labels"]

PATIENCE = 1.8  # seconds for everything: Slack waits 3 s, and a cold start takes one of them


def check(names: Sequence[str], settings: Settings, deadline: float | None = None) -> tuple[Verdict, ...]:
    """The verdict of each probe on each name, name by name, before `deadline` (time.monotonic seconds; at most PATIENCE
    from now).

    Verdicts that do not arrive in time are "unknown". Raises BadInput if no probes are set up, and SettingsError if
    their file cannot be used.
    """
    latest = time.monotonic() + PATIENCE
    return _prober(settings).check(names, latest if deadline is None else min(deadline, latest))


def labels(settings: Settings) -> tuple[str, ...]:
    """The labels of the probes, if any are set up. Raises SettingsError."""
    return _prober(settings).probes.labels if settings.taken else ()


def _prober(settings: Settings) -> Prober:
    if not settings.taken:
        raise BadInput(words.OFF)
    return _kept(settings.taken)


@lru_cache(maxsize=4)
def _kept(path: Path) -> Prober:
    """One prober a file for the life of the process: it holds earlier answers, and the questions under way."""
    from bot.availability.prober import Prober  # imported only if it is switched on
    from bot.availability.probes import read_probes

    return Prober(read_probes(path))
