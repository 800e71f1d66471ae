"""Messages brought up to date after clicks, from many threads and instances at once."""

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from bot.showing.message import Message
from bot.slack.post import deliver

MOST = 3  # times after one click: a response_url takes five posts, and one is left for a sentence


@dataclass
class _Hand:
    """Whoever is showing a message; `moved` says that somebody clicked on it since they last looked."""

    moved: bool = False


class Updates:
    """What is being brought up to date in this process: a click on a message that is in hand leaves the showing to that hand.

    So a storm of clicks is joined up into few posts, which matters most where Slack makes each of them wait.
    """

    def __init__(self):
        self._lock = threading.Lock()
        self._hands: dict[Hashable, _Hand] = {}

    def show(self, place: Hashable, url: str | None, build: Callable[[], Message], started: float) -> str | None:
        """Show what `build` gives in the place of the message that was clicked, and again while that changes; the trouble, or None.

        Two instances may send their updates in any order. So what `build` gives is looked at once more after each sending, and a wait
        that Slack asks for ends with the newest: after the last click everybody sees what it left.
        """
        hand = self._take(place)
        if hand is None:
            return None
        sent: list[Message] = []

        def newest() -> dict:
            sent.append(build())
            return {**sent[-1].payload(), "replace_original": True}

        try:
            for _ in range(MOST):
                trouble = deliver(url, newest, started, repeatable=True)
                if trouble or self._lets_go(place, hand, build() == sent[-1]):
                    return trouble
            return None
        finally:
            self._drop(place, hand)

    def _take(self, place: Hashable) -> _Hand | None:
        """A hand for a message that nobody has; whoever has it is told that it moved."""
        with self._lock:
            if place in self._hands:
                self._hands[place].moved = True
                return None
            return self._hands.setdefault(place, _Hand())

    def _lets_go(self, place: Hashable, hand: _Hand, shown: bool) -> bool:
        """Whether what was shown is the last word; not where somebody clicked since, who has left the showing to us."""
        with self._lock:
            if shown and not hand.moved:
                del self._hands[place]
                return True
            hand.moved = False
            return False

    def _drop(self, place: Hashable, hand: _Hand) -> None:
        with self._lock:
            if self._hands.get(place) is hand:
                del self._hands[place]
