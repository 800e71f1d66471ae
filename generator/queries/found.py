"""One sequence that a query found, with its probability."""

from typing import NamedTuple


class Found(NamedTuple):
    """A sequence of tokens and log p(sequence) in nats, its end included; None if it was not asked for."""

    tokens: tuple[str, ...]
    log_prob: float | None
