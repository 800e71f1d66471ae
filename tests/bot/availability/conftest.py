"""Probes of a place on loopback, and a resolver that answers by heart."""

from collections.abc import Iterator

import pytest

from tests.helpers.places import Place, place


@pytest.fixture
def there() -> Iterator[Place]:
    with place() as opened:
        yield opened
