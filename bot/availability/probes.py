"""The operator's probes, read from a TOML file such as taken.example.toml and checked as a whole."""

import re
import tomllib
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from bot.availability.domain import Domain
from bot.availability.page import PLACE, Page
from bot.availability.verdict import FREE, TAKEN, UNKNOWN
from bot.settings import SettingsError
from bot.strings import taken as words

MOST = 12  # probes; a message has no room for more beside five names
LONGEST_LABEL = 24
_MEANINGS = (TAKEN, FREE, UNKNOWN)
_METHODS = ("GET", "HEAD")
_JOINTS = ("-", "_", "")
_SUFFIX = re.compile(r"\.?([a-z0-9](-*[a-z0-9])*(\.[a-z0-9](-*[a-z0-9])*)*)")
_STATUS = re.compile("[1-5][0-9][0-9]")


class Probes(NamedTuple):
    """The pages and domains to ask, and the operator's `contact` for the User-Agent."""

    pages: tuple[Page, ...]
    domains: tuple[Domain, ...]
    contact: str = ""

    @property
    def all(self) -> tuple[Page | Domain, ...]:
        return (*self.pages, *self.domains)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(probe.label for probe in self.all)


def read_probes(path: Path) -> Probes:
    """The probes in a file. Raises SettingsError, which names the file and the error in it."""
    try:
        return _probes(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SettingsError(words.no_file(path, error)) from None
    except ValueError as error:  # in TOML, in UTF-8, in an address, or ours
        raise SettingsError(words.bad_file(path, error)) from None


def _probes(said: dict) -> Probes:
    _only(said, ("contact", "page", "domain"), "the file")
    pages = tuple(map(_page, _tables(said, "page")))
    domains = tuple(map(_domain, _tables(said, "domain")))
    found = Probes(pages, domains, _text(said, "contact", ""))
    if not 1 <= len(found.all) <= MOST or len(set(found.labels)) < len(found.all):
        raise ValueError(words.probes_wanted(MOST))
    if not found.contact.isprintable() or not found.contact.isascii():
        raise ValueError(words.bad_contact(found.contact))
    return found


def _page(said: dict) -> Page:
    label = _label(said)
    _only(said, ("label", "address", "method", "joint", "known"), label, _STATUS)
    address = _address(label, _text(said, "address"))
    meanings = {int(key): _one_of(said, key, _MEANINGS) for key in said if _STATUS.fullmatch(key)}
    if not meanings:
        raise ValueError(words.meaning_missing(label))
    return Page(
        label,
        address,
        tuple(meanings.items()),
        _one_of(said, "method", _METHODS),
        _one_of(said, "joint", _JOINTS),
        _text(said, "known", ""),
    )


def _domain(said: dict) -> Domain:
    _only(said, ("suffix", "known"), "domain")
    suffix = _text(said, "suffix").lower()
    found = _SUFFIX.fullmatch(suffix)
    if not found or len(suffix) > LONGEST_LABEL:
        raise ValueError(words.bad_suffix(suffix))
    return Domain(f".{found[1]}", _text(said, "known", ""))


def _address(label: str, address: str) -> str:
    """An address of http or https with `{name}` once, after the host: no name may choose the host."""
    parts = urlsplit(address)
    behind = f"{parts.path}?{parts.query}"
    whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0  # ValueError: a port of letters
    plain = (
        address.isascii()
        and address.isprintable()
        and " " not in address
        and parts.username is None
        and "#" not in address
    )
    if not whole or not plain or address.count(PLACE) != 1 or PLACE not in behind:
        raise ValueError(words.bad_address(label, address))
    return address


def _label(said: dict) -> str:
    label = _text(said, "label")
    if not (label.isprintable() and 0 < len(label.strip()) <= LONGEST_LABEL):
        raise ValueError(words.bad_label(label, LONGEST_LABEL))
    return label.strip()


def _tables(said: dict, key: str) -> list[dict]:
    tables = said.get(key, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ValueError(words.not_tables(key))
    return tables


def _text(said: dict, key: str, default: str | None = None) -> str:
    text = said.get(key, default)
    if not isinstance(text, str):
        raise ValueError(words.text_wanted(key))
    return text


def _one_of(said: dict, key: str, allowed: tuple[str, ...]) -> str:
    """One of the allowed words; the first by default."""
    text = _text(said, key, allowed[0])
    if text not in allowed:
        raise ValueError(words.one_of(key, text, allowed))
    return text


def _only(said: dict, keys: tuple[str, ...], where: str, also: re.Pattern = re.compile("(?!)")) -> None:
    """Raise ValueError for an unknown key, which may be a slip."""
    for key in said:
        if key not in keys and not also.fullmatch(key):
            raise ValueError(words.strange_key(where, key, keys))
