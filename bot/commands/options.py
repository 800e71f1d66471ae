"""The options of a command: how many names, and `order=3`, `length=6-8`, `wild=1.3`, `copy=4`, `sayable=off`,
`metre=3/4`, `seed=7`, `sort=score`, `contains=base` …"""

import difflib
import re

import generator
from bot.commands.queries import AFFIXES, METRES, SORTS
from bot.strings import reading as words

MOST_NAMES = 20  # at once, in a channel
MOST_SEED = 2**31 - 1
MOST_SKIP = 1_000  # ranking so many takes up to about a second, and ten thousand long names would take ten
COUNT = re.compile(r"-?[0-9]+")
_ALIASES = {"max-copy": "copy", "meter": "metre"}
_SWITCHES = ("sayable", "raw")
SWITCH = {"on": True, "off": False}
_MEANT = {"on": ("", "yes", "true", "1", "an"), "off": ("no", "false", "0", "of", "aus", "none")}
_LENGTH = re.compile(r"([0-9]+)(?:-([0-9]+))?")
_WILD = re.compile(r"-?[0-9]{1,9}(?:[.,][0-9]{1,2}0*)?")


class BadNumber(ValueError):
    """A value that cannot be used, in words; `nearest` is the word that could stand in its place, or nothing."""

    def __init__(self, message: str, nearest: str = ""):
        super().__init__(message)
        self.nearest = nearest


def read_count(text: str, most: int) -> int:
    """How many names, from 1 to `most`; raises BadNumber."""
    return _within("count", text, text, 1, most)


def option_name(word: str) -> str:
    """The option that a word before = stands for, if it is one.

    >>> option_name("Seed"), option_name("max_copy"), option_name("meter")
    ('seed', 'copy', 'metre')
    """
    plain = word.lower().replace("_", "-")
    return _ALIASES.get(plain, plain)


def read_option(word: str) -> int | float | bool | str | tuple[int, int] | None:
    """The value of a word such as `order=3`; raises BadNumber where it is no number in its range.

    >>> read_option("length=6-8")
    (6, 8)
    """
    key, _, value = word.lstrip("-").partition("=")
    key = option_name(key)
    if key in AFFIXES:
        return _affix(key, word, value)
    if key == "length":
        return _length(word, value)
    if key == "wild":
        return _wild(word, value)
    if key in _SWITCHES:
        return _switch(key, word, value)
    if key == "sort":
        return _sort(word, value)
    if key == "metre":
        return _metre(word, value)
    least, most = _range(key)
    return _within(key, word, value, least, most)


def _affix(key: str, word: str, value: str) -> str:
    """A piece of a pattern; how it reads depends on what its tokens are, and is seen later."""
    if not value.strip():
        raise BadNumber(words.no_affix(key, word))
    return value


def _range(key: str) -> tuple[int, int]:
    if key == "order":
        return generator.ORDERS[0], generator.ORDERS[-1]
    if key == "copy":
        return 1, generator.LONGEST
    return 0, MOST_SEED if key == "seed" else MOST_SKIP


def _within(key: str, word: str, value: str, least: int, most: int) -> int:
    if not COUNT.fullmatch(value):
        raise BadNumber(words.out_of_range(key, word, least, most))
    number = int(value)
    if not least <= number <= most:
        nearest = str(min(max(number, least), most))
        raise BadNumber(words.out_of_range(key, word, least, most), nearest if key == "count" else f"{key}={nearest}")
    return number


def _length(word: str, value: str) -> tuple[int, int]:
    found = _LENGTH.fullmatch(value)
    low, high = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 1 <= low <= high <= generator.LONGEST:
        backwards = 1 <= high < low <= generator.LONGEST
        raise BadNumber(words.bad_length(word, generator.LONGEST), f"length={high}-{low}" if backwards else "")
    return low, high


def _switch(key: str, word: str, value: str) -> bool:
    """On or off; what else people say for either is suggested."""
    asked = value.lower()
    if asked not in SWITCH:
        meant = [switch for switch, others in _MEANT.items() if asked in others]
        raise BadNumber(words.bad_switch(key, word), f"{key}={meant[0]}" if meant else "")
    return SWITCH[asked]


def _sort(word: str, value: str) -> str | None:
    """What to sort by; None for the order in which names are found, which is how they come unasked."""
    asked = value.lower()
    if asked not in SORTS:
        near = difflib.get_close_matches(asked, SORTS, 1)
        raise BadNumber(words.bad_sort(word, SORTS), f"sort={near[0]}" if near else "")
    return None if asked == "rank" else asked


def _metre(word: str, value: str) -> str:
    if value.lower() not in METRES:
        near = difflib.get_close_matches(value.lower(), METRES, 1)
        raise BadNumber(words.bad_metre(word, METRES), f"metre={near[0]}" if near else "")
    return value.lower()


def _wild(word: str, value: str) -> float:
    least, most = generator.WILD
    number = float(value.replace(",", ".")) if _WILD.fullmatch(value) else None
    if number is None or not least <= number <= most:
        nearest = "" if number is None else f"wild={min(max(number, least), most):g}"
        raise BadNumber(words.bad_wild(word, least, most), nearest)
    return number
