"""Probes of a place on loopback, and a resolver that answers by heart."""

import socket
from collections.abc import Callable, Iterator

import pytest

from bot.availability.domain import Domain
from bot.availability.page import Page
from bot.availability.prober import Prober
from bot.availability.probes import Probes
from tests.helpers.places import Place, place

MEANINGS = ((200, "taken"), (404, "free"))


@pytest.fixture
def there() -> Iterator[Place]:
    with place() as opened:
        yield opened


def page(address: str, label: str = "pages", **how) -> Page:
    return Page(label, address, MEANINGS, **how)


def prober(
    *pages: Page,
    suffixes: tuple[str, ...] = (),
    known: str = "",
    contact: str = "",
    resolve: Callable = socket.getaddrinfo,
) -> Prober:
    return Prober(Probes(pages, tuple(Domain(suffix, known) for suffix in suffixes), contact), resolve)
