"""The floors of the house: who may import what, and who may read the environment."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Each contract must be broken by the import that it forbids.
TRESPASSES = {
    "generator/__init__.py": "import bot",
    "corpora/__init__.py": "import generator",
    "bot/__init__.py": "import slack_bolt",
    "generator/lazy.py": "def f():\n    import boto3",
    "bot/deep.py": "from markovify import Chain",
    "generator/models/deep.py": "import generator.queries",
    "bot/deeper.py": "def f():\n    import fastapi",
    "corpora/env.py": "import dotenv",
    "generator/queries/circle.py": "from generator.queries import circle_back",
    "bot/commands/edge.py": "import bot.slack",
    "bot/context.py": "import bot.answers",
    "generator/inference/up.py": "import generator.training",
}


def lint(folder: Path) -> subprocess.CompletedProcess:
    code = "from importlinter.cli import lint_imports_command as c; c()"
    return subprocess.run(
        [sys.executable, "-c", code, "--no-cache", "--config", str(folder / "pyproject.toml")],
        cwd=folder,
        capture_output=True,
        text=True,
    )


def test_no_import_crosses_a_floor():
    """The tree as it stands keeps every contract in pyproject.toml."""
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("path, source", TRESPASSES.items(), ids=TRESPASSES)
def test_a_trespass_is_seen(tmp_path, path, source):
    """The same contracts fail a tree with one forbidden import, so that they can fail at all."""
    contracts = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for package in ("bot", "bot/answers", "bot/commands", "bot/slack", "corpora", "generator", *layers_in(contracts)):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    (tmp_path / "pyproject.toml").write_text(contracts)
    (tmp_path / "bot/settings.py").write_text("import dotenv\n")
    (tmp_path / "generator/queries/circle_back.py").write_text("from generator.queries import circle\n")
    (tmp_path / "generator/queries/circle.py").touch()
    (tmp_path / path).write_text(source + "\n")
    result = lint(tmp_path)
    assert result.returncode == 1 and "BROKEN" in result.stdout, result.stdout + result.stderr


def layers_in(contracts: str) -> list[str]:
    """The folders that contracts ask for inside a package: the layers of its containers."""
    found = tomllib.loads(contracts)["tool"]["importlinter"]["contracts"]
    return [
        f"{container}/{layer.strip(' ()')}"
        for contract in found
        for container in contract.get("containers", ())
        for line in contract["layers"]
        for layer in line.strip("()").split("|")
    ]


def reads_the_environment(tree: ast.Module) -> bool:
    """Whether the module names os.environ or os.getenv; `os.environ.setdefault` tells a library something and reads
    nothing."""
    names = {"environ", "getenv", "environb"}
    told = {node.value for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "setdefault"}
    return any(
        (isinstance(node, ast.Attribute) and node.attr in names and node not in told)
        or (isinstance(node, ast.ImportFrom) and node.module == "os" and names & {alias.name for alias in node.names})
        for node in ast.walk(tree)
    )


@pytest.mark.parametrize(
    "source, reads",
    [
        ("import os\nos.environ['A']", True),
        ("import os as o\no.getenv('A')", True),
        ("from os import environ", True),
        ("import os\nos.environ.get('A')", True),
        ("import os\nos.environ.setdefault('A', '1')", False),
        ("import os\nos.getpid()", False),
    ],
)
def test_reading_the_environment_is_seen(source, reads):
    """The check below sees a reader in every spelling, and only a reader."""
    assert reads_the_environment(ast.parse(source)) is reads


def test_only_settings_read_the_environment():
    """bot/settings.py is the one module of ours that reads environment variables."""
    found = {
        str(path.relative_to(ROOT))
        for package in ("bot", "generator", "corpora")
        for path in (ROOT / package).rglob("*.py")
        if reads_the_environment(ast.parse(path.read_text()))
    }
    assert found == {"bot/settings.py"}


# Words that only a payload of Slack's has; below the edges none of them is a key or any other string.
PAYLOAD = {
    "accessory", "action_id", "action_ts", "block_actions", "block_id", "blocks", "callback_id", "container", "context_block",
    "delete_original", "ephemeral", "in_channel", "initial_value", "mrkdwn", "plain_text", "private_metadata", "replace_original",
    "response_action", "response_type", "response_url", "rich_text", "rich_text_list", "rich_text_section", "selected_option",
    "trigger_id", "user_id", "view_submission", "&amp;", "&lt;", "&gt;",
}  # fmt: skip
EDGES = ("slack", "terminal", "web", "cli.py", "__main__.py")


def speaks_slack(tree: ast.Module) -> set[str]:
    """The payload's words among a module's strings, and the modules of the edges that it imports."""
    nodes = list(ast.walk(tree))
    said = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    said |= {keyword.arg for node in nodes if isinstance(node, ast.Call) for keyword in node.keywords if keyword.arg}
    imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    imported |= {
        f"{node.module}.{alias.name}" for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    return said & PAYLOAD | {name for name in imported if f"{name}.".startswith(("bot.slack.", "bot.terminal."))}


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{'blocks': []}", {"blocks"}),
        ("body.get('response_url')", {"response_url"}),
        ("body['user_id']", {"user_id"}),
        ("dict(response_type='x')", {"response_type"}),
        ("x = 'mrkdwn' if y else 'plain_text'", {"mrkdwn", "plain_text"}),
        ("from bot.slack.blocks import elements", {"bot.slack.blocks.elements"}),
        ("def f():\n    from bot import terminal", {"bot.terminal"}),
        ("import bot.slack", {"bot.slack"}),
        ("blocks = 'a block'  # blocks", set()),
    ],
)
def test_slacks_words_are_seen(source, words):
    """The check below sees a key, a keyword, a string and an import, and nothing in a comment or a name."""
    assert speaks_slack(ast.parse(source)) == words


def test_nothing_below_the_edges_speaks_slack():
    """A web page or an API can stand on all of bot but Slack's and the terminal's edge: it neither reads nor writes a
    payload."""
    below = [path for path in (ROOT / "bot").rglob("*.py") if path.relative_to(ROOT / "bot").parts[0] not in EDGES]
    found = {str(path.relative_to(ROOT)): speaks_slack(ast.parse(path.read_text(encoding="utf-8"))) for path in below}
    assert len(below) > 80 and {path: words for path, words in found.items() if words} == {}
