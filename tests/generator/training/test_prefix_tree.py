"""The tree of prefixes: each distinct prefix once, under its parent, with how many sequences end with it and have
it."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from generator.training.prefix_tree import in_rows, places


@given(st.lists(st.text("abc", min_size=1, max_size=6), min_size=1, max_size=20))
def test_the_tree_holds_every_prefix_once(words):
    """Walked from the empty prefix down, the places spell out just the prefixes there are, with their numbers of
    sequences."""
    rows, row = in_rows([np.array([ord(c) for c in word]) for word in words])
    assert ["".join(chr(i) for i in rows[r] if i >= 0) for r in row] == words
    before, ended = [""], Counter()
    for place in places(rows):
        parents = [before[i] for i in place.parents]
        assert len(set(parents)) == len(parents)
        owners = [parents[i] for children in place.ranks for i in range(children.stop - children.start)]
        assert len(owners) == len(place.token)
        before = [owner + chr(token) for owner, token in zip(owners, place.token.tolist(), strict=True)]
        length = len(before[0])
        assert Counter(before) == Counter({word[:length] for word in words if len(word) >= length})
        assert dict(zip(before, place.through.tolist(), strict=True)) == Counter(
            w[:length] for w in words if len(w) >= length
        )
        ended.update({before[i]: int(n) for i, n in zip(place.ends.tolist(), place.ended.tolist(), strict=True)})
    assert ended == Counter(words)
