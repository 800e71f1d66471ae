"""The floors of the house: who may import what, and who may read the environment."""

import ast
import subprocess
import sys
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
    "corpora/env.py": "import dotenv",
    "generator/queries/circle.py": "from generator.queries import circle_back",
    "bot/commands/edge.py": "import bot.slack",
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
    for package in (
        "bot",
        "bot/commands",
        "bot/slack",
        "generator",
        "generator/models",
        "generator/queries",
        "corpora",
    ):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    (tmp_path / "bot/settings.py").write_text("import dotenv\n")
    (tmp_path / "generator/queries/circle_back.py").write_text("from generator.queries import circle\n")
    (tmp_path / "generator/queries/circle.py").touch()
    (tmp_path / path).write_text(source + "\n")
    result = lint(tmp_path)
    assert result.returncode == 1 and "BROKEN" in result.stdout, result.stdout + result.stderr


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
