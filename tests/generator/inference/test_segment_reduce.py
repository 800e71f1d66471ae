"""Sums and maxima over the edges of contexts, against numpy's own reduceat."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.inference import segment_reduce

sizes = st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=30), min_size=1, max_size=4)


@pytest.mark.parametrize("ufunc", [np.add, np.maximum])
@given(levels=sizes, few=st.integers(0, 20), depth=st.integers(1, 4), seed=st.integers(0, 99))
def test_reduced_is_reduceat(ufunc, levels, few, depth, seed):
    """Whatever the sizes of levels and contexts, and from whatever size on a level is ranked."""
    counts = np.concatenate([np.array(level) for level in levels])
    offsets, bounds = np.append(0, np.cumsum(counts)), np.append(0, np.cumsum([len(level) for level in levels]))
    spans = [slice(int(a), int(b)) for a, b in zip(bounds, bounds[1:], strict=False)]
    values = np.random.default_rng(seed).random(offsets[-1])
    expected = ufunc.reduceat(values, offsets[:-1])
    expected[bounds[min(depth, len(levels))] :] = 0.0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segment_reduce, "FEW", few)
        edges = segment_reduce.SegmentReduce(offsets, spans)
    np.testing.assert_allclose(edges.reduce(ufunc, values, depth), expected)
