"""Every regular expression that reads typed text: twice the text is about twice the work, or the text is short."""

import ast
import importlib
import pkgutil
import re
import sys
from itertools import product

import pytest

import bot
import corpora
import generator
from bot.settings import ROOT
from bot.slack.names_in import names_in
from tests.helpers.regex_steps import Matcher, letters

# These begin at the beginning of a word and are never looked for inside it.
ANCHORED = ("_AFFIX", "_OPTION", "_WEIGHED", "-*votes=([0-9]+)")
# These read files on the command line, for the person who waits for them; Slack sends none.
FILES = ("abc.", "columns.", "dictionaries.", "marked.", "table.")
# Work that grows faster, with the length at which the text is refused.
BOUNDED = {"phrase._PIECE": generator.constraints.pattern.LONGEST_TEXT}


def modules() -> list:
    """The modules of the program; the modules that build the corpora read no typed text."""
    found = [
        name
        for package in (bot, generator, corpora)
        for _, name, _ in pkgutil.walk_packages(package.__path__, package.__name__ + ".")
    ]
    return [importlib.import_module(name) for name in found if "__main__" not in name and ".sources" not in name]


def compiled(module) -> dict[str, re.Pattern]:
    """The patterns that a module keeps, and those that are written in its calls."""
    kept = {name: value for name, value in vars(module).items() if isinstance(value, re.Pattern)}
    tree = ast.parse((ROOT / (module.__name__.replace(".", "/") + ".py")).read_text()) if "__init__" not in (
        module.__file__ or "") else ast.Module([], [])  # fmt: skip
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.")]
    texts = [
        call.args[0].value
        for call in calls
        if ast.unparse(call.func) != "re.compile" and call.args and isinstance(call.args[0], ast.Constant)
    ]
    return kept | {text: re.compile(text) for text in texts if isinstance(text, str)}


PATTERNS = {
    f"{module.__name__.rpartition('.')[2]}.{name}": pattern
    for module in modules()
    for name, pattern in compiled(module).items()
}
SIZE = 40


def hostile(pattern: re.Pattern, size: int) -> list[str]:
    """Long runs of one character or two, after one and before one that may not fit."""
    runs = [(a + b) * (size // 2) for a, b in product(letters(pattern), repeat=2)]
    return [*runs, *(a + b * size for a, b in product(letters(pattern), repeat=2)), *(run + "\x00" for run in runs)]


@pytest.fixture
def deep():
    """The counter recurses as deep as a text is long."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    yield
    sys.setrecursionlimit(before)


@pytest.mark.parametrize("name", [name for name in PATTERNS if name not in BOUNDED and not name.startswith(FILES)])
def test_twice_the_text_is_twice_the_work(deep, name):
    """No input of a person makes a pattern go over the text again and again."""
    matcher, finds = Matcher(PATTERNS[name]), not name.endswith(ANCHORED)
    for short, long in zip(hostile(PATTERNS[name], SIZE), hostile(PATTERNS[name], 2 * SIZE), strict=True):
        few, many = matcher.work(short, finds), matcher.work(long, finds)
        assert many <= 2.5 * few + 200, (short[:6], few, many)


@pytest.mark.parametrize("name", BOUNDED)
def test_what_grows_faster_reads_short_texts(deep, name):
    """The text's greatest length bounds the work."""
    matcher, longest = Matcher(PATTERNS[name]), max(hostile(PATTERNS[name], SIZE), key=Matcher(PATTERNS[name]).work)
    whole = (longest * BOUNDED[name])[: BOUNDED[name]]
    assert matcher.work(whole) < 300_000


def test_the_count_finds_a_quadratic_pattern():
    """The pattern that took 24 s on 40,000 opening quotation marks counts as four times the work."""
    matcher = Matcher(re.compile('["“«]([^"”»\\n]+)["”»]'))
    assert matcher.work("“" * 2 * SIZE) > 3.5 * matcher.work("“" * SIZE)


def test_of_a_long_message_the_beginning_is_read():
    """Slack recommends 4,000 characters for a message; names behind them are not looked for."""
    assert names_in({"text": "Kingar, Golbase, " + "x" * 4_000 + ", Sixtle"})[:2] == ("Kingar", "Golbase")
    assert "Sixtle" not in names_in({"text": "Kingar, Golbase, " * 300 + "Sixtle"})
