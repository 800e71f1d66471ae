"""The options of a command: how many names, and `order=3`, `length=6-8`, `wild=1.3`, `copy=4`, `sayable=off`,
`metre=3/4`, `seed=7`, `sort=score`, `contains=base` …"""

import difflib
import re
from collections.abc import Callable, Sequence

import generator
from bot.commands.queries import AFFIXES, METRES, SORTS
from bot.strings import reading as words

MOST_NAMES = 20  # at once, in a channel
MOST_SEED = 2**31 - 1
MOST_SKIP = 1_000  # to rank so many takes up to a second; ten thousand long names would take ten
COUNT = re.compile(r"-?[0-9]+")
SWITCH = {"on": True, "off": False}
_ALIASES = {"max-copy": "copy", "meter": "metre"}
_MEANT = {"on": ("", "yes", "true", "1", "an"), "off": ("no", "false", "0", "of", "aus", "none")}
_LENGTH = re.compile(r"([0-9]+)(?:-([0-9]+))?")
_WILD = re.compile(r"-?[0-9]{1,9}(?:[.,][0-9]{1,2}0*)?")
_RANGES = {
    "order": (generator.ORDERS[0], generator.ORDERS[-1]),
    "copy": (1, generator.LONGEST),
    "seed": (0, MOST_SEED),
    "skip": (0, MOST_SKIP),
}

Value = int | float | bool | str | tuple[int, int] | None


class BadNumber(ValueError):
    """A value that cannot be used, as a sentence; `nearest` is a word that could replace it, or empty."""

    def __init__(self, message: str, nearest: str = ""):
        super().__init__(message)
        self.nearest = nearest


def read_count(text: str, most: int) -> int:
    """How many names, from 1 to `most`. Raises BadNumber."""
    return _within("count", text, text, 1, most)


def option_name(word: str) -> str:
    """The name of the option that a word before = means.

    >>> option_name("Seed"), option_name("max_copy"), option_name("meter")
    ('seed', 'copy', 'metre')
    """
    plain = word.lower().replace("_", "-")
    return _ALIASES.get(plain, plain)


def read_option(word: str) -> Value:
    """The value of a word such as `order=3`. Raises BadNumber.

    >>> read_option("length=6-8")
    (6, 8)
    """
    name, _, value = word.lstrip("-").partition("=")
    name = option_name(name)
    return _READERS[name](name, word, value)


def _within(name: str, word: str, value: str, least: int, most: int) -> int:
    if not COUNT.fullmatch(value):
        raise BadNumber(words.out_of_range(name, word, least, most))
    number = int(value)
    if not least <= number <= most:
        near = str(min(max(number, least), most))
        raise BadNumber(words.out_of_range(name, word, least, most), near if name == "count" else f"{name}={near}")
    return number


def _number(name: str, word: str, value: str) -> int:
    return _within(name, word, value, *_RANGES[name])


def _affix(name: str, word: str, value: str) -> str:
    """A piece of a pattern, which is parsed later: the tokens of the corpus are not known yet."""
    if not value.strip():
        raise BadNumber(words.no_affix(name, word))
    return value


def _length(name: str, word: str, value: str) -> tuple[int, int]:
    found = _LENGTH.fullmatch(value)
    low, high = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 1 <= low <= high <= generator.LONGEST:
        backwards = 1 <= high < low <= generator.LONGEST
        raise BadNumber(words.bad_length(word, generator.LONGEST), f"length={high}-{low}" if backwards else "")
    return low, high


def _wild(name: str, word: str, value: str) -> float:
    least, most = generator.WILD
    number = float(value.replace(",", ".")) if _WILD.fullmatch(value) else None
    if number is None or not least <= number <= most:
        nearest = "" if number is None else f"wild={min(max(number, least), most):g}"
        raise BadNumber(words.bad_wild(word, least, most), nearest)
    return number


def _switch(name: str, word: str, value: str) -> bool:
    """On or off; other words for either suggest the switch that they mean."""
    asked = value.lower()
    if asked not in SWITCH:
        meant = [switch for switch, others in _MEANT.items() if asked in others]
        raise BadNumber(words.bad_switch(name, word), f"{name}={meant[0]}" if meant else "")
    return SWITCH[asked]


def _sort(name: str, word: str, value: str) -> str | None:
    """The key to sort by; None for `rank`, the order in which names are found."""
    asked = _one_of(SORTS, value, words.bad_sort(word, SORTS), name)
    return None if asked == "rank" else asked


def _metre(name: str, word: str, value: str) -> str:
    return _one_of(METRES, value, words.bad_metre(word, METRES), name)


def _one_of(allowed: Sequence[str], value: str, refusal: str, name: str) -> str:
    asked = value.lower()
    if asked not in allowed:
        near = difflib.get_close_matches(asked, allowed, 1)
        raise BadNumber(refusal, f"{name}={near[0]}" if near else "")
    return asked


_READERS: dict[str, Callable[[str, str, str], Value]] = {
    **dict.fromkeys(_RANGES, _number),
    **dict.fromkeys(("sayable", "raw"), _switch),
    **dict.fromkeys(AFFIXES, _affix),
    "length": _length,
    "wild": _wild,
    "sort": _sort,
    "metre": _metre,
}
