"""The seats of a list of completions, shared among the lengths that a pattern leaves open."""

import numpy as np

from generator.constraints.dfa import Constraint
from generator.models.model import Model
from generator.queries.evidence import length_log_probs


class Seats:
    """The seats of a list, given to lengths in proportion to their shares p(length | constraint) (D'Hondt's rule)."""

    def __init__(self, model: Model, constraint: Constraint):
        several = len(constraint.lengths) > 1
        self.share = length_log_probs(model, constraint) if several else dict.fromkeys(constraint.lengths, 0.0)
        self.taken = dict.fromkeys(constraint.lengths, 0)
        self.open = [length for length, share in self.share.items() if share > -np.inf]
        self.given: list[int] = []  # the lengths of the sequences in the list, as they come

    def expected(self, length: int, n: int) -> int:
        """About how many of n seats a length will get."""
        if length not in self.open:
            return 0
        shares = np.array(list(self.share.values()))
        return int(np.ceil(n * np.exp(self.share[length] - np.logaddexp.reduce(shares)))) if len(shares) > 1 else n

    def next(self) -> int:
        """The length that gets the next seat: the one furthest behind its share."""
        if len(self.open) == 1:
            return self.open[0]
        return max(self.open, key=lambda length: self.share[length] - np.log(self.taken[length] + 1))

    def give(self, length: int) -> None:
        """Give a length the next seat."""
        self.given.append(length)
        self.taken[length] += 1

    def close(self, length: int) -> None:
        """Leave the seats of a length without further sequences to the others."""
        self.open.remove(length)
