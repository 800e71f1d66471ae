"""What the page shows, as values: the form as it was filled in, names, a heat map of a pattern, a shortlist.

Every address of the page holds the whole of its state, so that it can be shared, and so that the page works without
JavaScript.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

import generator
from bot.commands.patterns import read_pattern
from bot.text import harmless
from bot.web import schemas
from bot.web.limits import LONGEST_NAME, MOST_NAMES
from corpora import rude

CORPUS, COUNT = "pokemon", 8
LIKELIEST, DRAWN = "likeliest", "drawn"
ROWS = 12  # tokens of a heat map
LEVELS = 9  # shades above none
_SIGNS = {"characters": "*[]\\", "words": "*[]|\\", "notes": "*[]|\\"}


@dataclass(frozen=True)
class Form:
    """The form's fields as text, and the shortlist. An empty field asks for the usual."""

    corpus: str = CORPUS
    model: str = ""
    n: str = str(COUNT)
    length: str = ""
    q: str = ""
    how: str = LIKELIEST
    seed: str = ""
    keep: tuple[str, ...] = ()

    def link(self, path: str = "/", **changed: object) -> str:
        """The address of this form with some fields changed; usual values are left out.

        >>> Form(q="mo***").link(keep=("Morbase",)), Form().link()
        ('/?q=mo%2A%2A%2A&keep=Morbase', '/')
        """
        form, usual = vars(replace(self, **changed)), vars(Form())
        said = {name: value for name, value in form.items() if value != usual[name]}
        return f"{path}?{urlencode(said, doseq=True)}" if said else path

    def why(self, name: str) -> str:
        """The address of the reasons for a name."""
        link = self.link("/why", keep=())
        return f"{link}{'&' if '?' in link else '?'}{urlencode({'name': name})}"

    def toggled(self, name: str) -> str:
        """The address with a name put on the shortlist, or taken off it."""
        kept = tuple(each for each in self.keep if each != name)
        return self.link(keep=kept if name in self.keep else (*kept, name)[-MOST_NAMES:])


def read_form(sent: QueryParams) -> Form:
    """The form in a query string, made harmless; rude names are not kept."""
    fields = {
        name: sent[name].strip() for name in ("corpus", "model", "n", "length", "q", "how", "seed") if sent.get(name)
    }
    kept = (harmless(name.strip(), LONGEST_NAME) for name in sent.getlist("keep"))
    decent = dict.fromkeys(name for name in kept if name and not rude.is_rude(name))
    return Form(**fields, keep=tuple(decent)[:MOST_NAMES])


class Cell(NamedTuple):
    """One cell of a heat map: the posterior, its shade from 0 to LEVELS, and the pattern with the hole filled."""

    probability: float
    level: int
    filled: str
    whole: bool  # no hole is left then

    @property
    def percent(self) -> str:
        """The probability as the reader sees it."""
        return "<1%" if 0 < self.probability < 0.005 else f"{100 * self.probability:.0f}%"


class Heat(NamedTuple):
    """A pattern's parts, and for each token a row with a cell for each part: None where a part is no hole or the token
    is not among the likeliest there. `gaps` are the lengths of each `...`."""

    parts: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell | None, ...]], ...]
    gaps: tuple[tuple[str, tuple[tuple[int, Cell], ...]], ...]


def heat(text: str, believed: schemas.Why) -> Heat:
    """The heat map of a pattern from the posterior at its holes: places by tokens."""
    kind = believed.made.kind
    pattern = read_pattern(text, kind)
    parts, open_left = pattern.parts, pattern.holes + pattern.gaps
    written = [part.text for part in parts]
    open_parts = [i for i, part in enumerate(parts) if part.kind not in ("letter", "exact")]
    places = dict(zip(open_parts, believed.places, strict=True))
    holes = {i: place for i, place in places.items() if parts[i].kind != "gap"}
    rows = []
    for token in _tokens(holes.values()):
        cells = [None] * len(parts)
        for i, place in holes.items():
            found = next((each for each in place.likely if each.token == token), None)
            cells[i] = found and _cell(
                found.probability, _filled(written, i, _escaped(token, kind), kind), open_left == 1
            )
        rows.append((token, tuple(cells)))
    gaps = []
    for i in (i for i in places if parts[i].kind == "gap"):
        lengths = [(each.length, each.probability) for each in places[i].likely[:6]]
        joined = "" if kind == "characters" else " "
        cells = [
            (n, _cell(p, _filled(written, i, joined.join("*" * n), kind), open_left == 1 and n == 0))
            for n, p in lengths
        ]
        gaps.append((written[i], tuple(cells)))
    return Heat(tuple(written), tuple(rows), tuple(gaps))


def _tokens(places) -> list[str]:
    """The tokens that are likeliest in any place, in the order of the alphabet."""
    best: dict[str, float] = {}
    for place in places:
        for each in place.likely:
            best[each.token] = max(best.get(each.token, 0.0), each.probability)
    return sorted(sorted(best, key=best.get, reverse=True)[:ROWS], key=generator.fold)


def _cell(probability: float, filled: str, whole: bool) -> Cell:
    # A square root, so that a tenth can be told from a hundredth.
    return Cell(probability, max(1, round(LEVELS * probability**0.5)), filled, whole)


def _filled(written: list[str], at: int, text: str, kind: str) -> str:
    parts = [*written[:at], *([text] if text else []), *written[at + 1 :]]
    return ("" if kind == "characters" else " ").join(parts)


def _escaped(token: str, kind: str) -> str:
    return "".join(f"\\{char}" if char in _SIGNS[kind] else char for char in token)
