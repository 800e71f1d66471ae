"""Updates of clicked messages, from many threads and instances at once."""

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from bot.slack.blocks.message import Message
from bot.slack.post import deliver

MOST = 3  # posts after one click: a response_url takes five, and one is left for a sentence


@dataclass
class _Hand:
    """The thread that refreshes a message. `left` has the address and the time of the latest click that came
    meanwhile."""

    left: tuple[str | None, float] | None = None


class Updates:
    """The messages that this process is refreshing. If another thread is refreshing a message, a click marks it stale
    and returns.

    So a storm of clicks becomes few posts, which matters most when Slack makes each of them wait.
    """

    def __init__(self):
        self._lock = threading.Lock()
        self._hands: dict[Hashable, _Hand] = {}

    def show(self, place: Hashable, url: str | None, build: Callable[[], Message], started: float) -> str | None:
        """Replace the clicked message by what `build` gives, and again while that changes; the trouble, or None.

        Two instances may send their updates in any order. So the message is built once more after each post, and each
        try after a wait sends the newest: after the last click everybody sees the last state.
        """
        hand = self._take(place, url, started)
        if hand is None:
            return None
        sent: list[Message] = []

        def newest() -> dict:
            sent.append(build())
            return {**sent[-1].payload(), "replace_original": True}

        try:
            posts = MOST
            while True:
                trouble, posts = deliver(url, newest, started, repeatable=True), posts - 1
                done, left = self._lets_go(place, hand, trouble is not None or posts == 0 or build() == sent[-1])
                if done:
                    return trouble
                if left:  # a click that left the showing to us left its posts as well
                    (url, started), posts = left, MOST
        finally:
            self._drop(place, hand)

    def _take(self, place: Hashable, url: str | None, started: float) -> _Hand | None:
        """A hand for a message that no thread refreshes; else the hand that does is told of the click."""
        with self._lock:
            if place in self._hands:
                self._hands[place].left = url, started
                return None
            return self._hands.setdefault(place, _Hand())

    def _lets_go(self, place: Hashable, hand: _Hand, finished: bool) -> tuple[bool, tuple[str | None, float] | None]:
        """Whether a hand may let go of its message, and if not, the click that was left to it meanwhile."""
        with self._lock:
            left, hand.left = hand.left, None
            if finished and left is None:
                del self._hands[place]
                return True, None
            return False, left

    def _drop(self, place: Hashable, hand: _Hand) -> None:
        with self._lock:
            if self._hands.get(place) is hand:
                del self._hands[place]
