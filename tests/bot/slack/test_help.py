"""What the bot says of itself is true: every example that it shows works as it stands, through the real handler and the
real shell."""

import re
import shlex

import pytest

from bot.cli import main
from bot.commands.quoting import split
from bot.slack.lambda_handler import make_handler
from bot.strings import about, phrasing
from tests.fakes.slack_limits import accept
from tests.helpers.http import form, message_of, v2

pytestmark = pytest.mark.slow

LINES = (*about.PATTERN_EXAMPLES, *phrasing.EXAMPLES)


@pytest.fixture(scope="module")
def whole(settings, whole_library):
    """The handler over the whole shelf: examples are about names that are really there."""
    return make_handler(settings, whole_library)


def code(text: str) -> list[str]:
    """The commands in a text, as they stand."""
    return re.findall(rf"`{phrasing.COMMAND} ([^`]+)`", text)


@pytest.mark.parametrize("line", LINES)
def test_every_example_can_be_pasted(whole, line):
    """It is answered with names, or for `why` with letters, and is no mistake."""
    message = accept(message_of(whole(v2(form(line)), None)))
    assert message["response_type"] == ("ephemeral" if line.startswith("why") else "in_channel"), message["text"]


def test_help_patterns(handler):
    """`help patterns`, in any order and case, shows every example to the one who asked, with room for all of them."""
    for text in ("help patterns", "Patterns help", "patterns"):
        message = accept(message_of(handler(v2(form(text)), None)))
        assert message["response_type"] == "ephemeral"
        assert list(code(message["text"])) == list(about.PATTERN_EXAMPLES)


def test_help_names_only_what_works(handler):
    """The commands in `help` are answered, `help patterns` among them; `taken` says how to switch it on."""
    lines = code(message_of(handler(v2(form("help")), None))["text"])
    assert "help patterns" in lines and len(lines) > 6
    for line in lines:
        said = message_of(handler(v2(form(line)), None))["text"]
        assert "don't know" not in said and "can't read" not in said


def test_help_patterns_in_a_shell(capsys):
    """A line an example, quoted as a shell needs it: taken apart again by the shell's rules it is the same command."""
    assert main(["help", "patterns"]) == 0
    shown = list(capsys.readouterr().out.splitlines())
    for line, (example, said) in zip(shown, about.PATTERN_EXAMPLES.items(), strict=True):
        assert line.endswith(said)
        assert shlex.split(line.removesuffix(said)) == ["techname", *split(example)]
