"""The documents: short where they must be, whole where they must be, and no link leads nowhere."""

import re
from pathlib import Path

import pytest

import corpora
import generator
from bot import cli
from bot.commands.parse import parse
from bot.commands.queries import OPTIONS
from bot.commands.request import VERBS
from bot.strings.about import PATTERN_EXAMPLES

ROOT = Path(__file__).parents[1]
PAGES = [
    *ROOT.glob("*.md"),
    *(ROOT / "docs").glob("*.md"),
    *(ROOT / "corpora").glob("*.md"),
    *(ROOT / "benchmarks").rglob("*.md"),
]
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
_INSIDE = {"form", "patterns"}  # nobody types these verbs: the form is the command alone, patterns are `help patterns`
_SLIP = "pokeman"  # what the benchmark of "did you mean" types


def source(path: str) -> str:
    """The text of one of our files."""
    return (ROOT / path).read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_readme_is_short():
    """Eight thousand characters at most: the rest stands in docs/."""
    assert len(source("README.md")) <= 8_000


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    """Each relative link is a file, and each anchor a heading of it."""
    text = page.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'src="([^"]+)"', text):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{link} leads nowhere"
        assert not anchor or anchor in anchors(target), f"{link} has no such heading"


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb not in _INSIDE])
def test_every_command_is_documented(verb):
    """Each verb stands in a document as it is typed."""
    assert re.search(rf"`(?:/techname )?{verb}\b|techname {verb}\b", TEXT)


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_is_documented(option):
    """Each option of a command stands in a document with its sign."""
    assert f"`{option}=" in TEXT


@pytest.mark.parametrize("line", PATTERN_EXAMPLES)
def test_every_example_of_a_pattern_is_documented(line):
    """Each line of `help patterns` stands on the page about patterns, where `|` is `\\|` inside a table."""
    assert f"`/techname {line}`" in source("docs/patterns.md").replace("\\|", "|")


@pytest.mark.parametrize("package", ["bot", "generator"])
def test_the_readme_shows_every_folder(package):
    """The map of the house names each folder of the packages, except the sentences'."""
    folders = {path.parent.name for path in (ROOT / package).glob("*/__init__.py")} - {"strings"}
    assert len(folders) > 5 and not {folder for folder in folders if f"{folder}/" not in source("README.md")}


@pytest.mark.parametrize("kind", generator.MODELS)
def test_every_model_is_documented(kind):
    """Each kind of model is explained on its page."""
    assert f"- `{kind}`" in source("docs/models.md")


def test_every_setting_of_the_environment_is_documented():
    """Each variable that the settings read stands in a document."""
    read = set(re.findall(r'"([A-Z][A-Z_]{3,})"', source("bot/settings.py")))
    assert {"TECHNAME_STORE", "NO_COLOR"} <= read
    assert not {name for name in read if name not in TEXT}


def test_every_parameter_of_the_stack_is_documented():
    """Each parameter that serverless.yml takes stands on the page about AWS."""
    params = set(re.findall(r"\$\{param:([a-z-]+)", source("serverless.yml") + source("tools/resources.yml")))
    page = source("docs/aws.md")
    assert params and not {name for name in params if f"`{name}`" not in page}


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_of_the_command_line_is_documented(command):
    """Each stands in a row of its own, or beside its kin, on the page of commands."""
    assert re.search(rf"^\|.*`{command}\b", source("docs/commands.md"), re.M)


def test_every_option_of_the_command_line_is_documented():
    """Each long option stands in a document, or is one of the chat's, which are written there with their sign."""
    arguments = [argument for command in (*cli.COMMANDS.values(), cli.QUESTION) for argument in command.arguments]
    taken = {flag for argument in arguments for flag in argument.flags if flag.startswith("--")}
    chat = {f"--{option}" for option in (*OPTIONS, "max-copy", "meter", "count", "output")}  # or -n and -o
    assert {"--scores", "--folds", "--column"} <= taken
    assert not {option for option in taken - chat if option not in TEXT}


def test_every_target_of_make_is_documented():
    """Each target that `make help` lists stands in a document."""
    targets = re.findall(r"^([a-z]+):.*  ## ", source("Makefile"), re.M)
    assert "test" in targets and not {target for target in targets if f"make {target}" not in TEXT}


def typed() -> list[str]:
    """Every command that stands in a document as code, as it is typed: `\\|` is | inside a table."""
    spans = re.findall(r"`/techname([^`\n]*)`", TEXT) + re.findall(r"^> /techname(.*)$", TEXT, re.M)
    return sorted({span.replace("\\|", "|").strip() for span in spans if "…" not in span} - {_SLIP})


@pytest.mark.parametrize("text", typed())
def test_every_command_in_the_documents_can_be_read(text):
    """What stands in a document can be pasted: the parser takes it."""
    assert parse(text, {card.name: card.kind for card in corpora.shelf()}).verb


def test_every_file_that_a_document_names_is_there():
    """A path of the house in a code span, such as `bot/cli.py`, is a file, unless it is a pattern of several."""
    named = set(re.findall(r"`((?:bot|generator|corpora|benchmarks|tests|tools)/[\w/.-]+\.\w+)`", TEXT))
    assert len(named) > 5 and not {path for path in named if not (ROOT / path).exists()}


def test_the_architecture_names_modules_that_are_there():
    """Each `room/module` of the page is a file of the house."""
    named = set(re.findall(r"`([a-z]+/[a-z_/]+)`", source("docs/architecture.md")))
    assert len(named) > 30
    assert not {
        path
        for path in named
        if not (any((home / f"{path}.py").exists() or (home / path).is_dir() for home in (ROOT, ROOT / "bot")))
    }
