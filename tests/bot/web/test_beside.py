"""The page beside the console."""

import urllib.request

from bot.web import serving


def test_the_page_is_served_while_the_console_runs(settings, library, monkeypatch):
    """Its address answers until the console ends."""
    monkeypatch.setattr(serving, "PORT", 0)
    with serving.beside(settings, library) as address, urllib.request.urlopen(f"{address}api", timeout=30) as answer:
        assert answer.status == 200


def test_without_its_port_the_console_runs_alone(settings, library, monkeypatch):
    """No address, no complaint."""
    with serving.listen(serving.HOST, 0) as taken:
        monkeypatch.setattr(serving, "PORT", taken.getsockname()[1])
        with serving.beside(settings, library) as address:
            assert address is None
