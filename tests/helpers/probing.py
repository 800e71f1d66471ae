"""Probers of a few places that a test names, with a resolver that answers by heart."""

import socket
from collections.abc import Callable

from bot.availability.domain import Domain
from bot.availability.page import Page
from bot.availability.prober import Prober
from bot.availability.probes import Probes

MEANINGS = ((200, "taken"), (404, "free"))


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
