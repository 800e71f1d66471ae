"""Probes of a place on loopback, and a resolver that answers by heart."""

import socket
from collections.abc import Callable, Iterator

import pytest

from bot.taken.domain import Domain
from bot.taken.page import Page
from bot.taken.prober import Prober
from bot.taken.probes import Probes
from tests.bot.taken.places import Place, place

MEANINGS = ((200, "taken"), (404, "free"))


@pytest.fixture
def there() -> Iterator[Place]:
    with place() as opened:
        yield opened


def page(address: str, label: str = "pages", **how) -> Page:
    return Page(label, address, MEANINGS, **how)


def prober(*pages: Page, suffixes: tuple[str, ...] = (), known: str = "", contact: str = "", resolve: Callable = socket.getaddrinfo) -> Prober:
    return Prober(Probes(pages, tuple(Domain(suffix, known) for suffix in suffixes), contact), resolve)
