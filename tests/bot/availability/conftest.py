"""Probes of a place on loopback, and a resolver that answers by heart."""

from collections.abc import Iterator

import pytest

from tests.helpers.places import LoopbackPlace, place


@pytest.fixture
def there() -> Iterator[LoopbackPlace]:
    with place() as opened:
        yield opened
