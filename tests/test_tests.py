"""The tests themselves: helpers come from where helpers are, and are called what nothing of the product is called."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
HELPERS = [path for path in TESTS if path.parent.name in ("helpers", "fakes") and not path.name.startswith("test_")]


def imported(tree: ast.Module) -> set[str]:
    """The modules that a module imports from, and what could be one, in code that it hands to a process too."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return found


def lends(module: str) -> bool:
    """Whether a module is a test or a conftest, from which nothing is imported."""
    name = module.rpartition(".")[2]
    return module.startswith("tests.") and (name.startswith("test_") or name == "conftest")


def defined(path: Path) -> set[str]:
    """The public functions and classes at the top of a module."""
    nodes = ast.parse(path.read_text()).body
    names = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
    return {name for name in names if not name.startswith("_")}


@pytest.mark.parametrize("path", TESTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_imported_from_a_test(path):
    """What two tests share stands in tests/helpers or tests/fakes, or is a fixture."""
    assert not {module for module in imported(ast.parse(path.read_text())) if lends(module)}


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("from tests.bot.test_cli import names", True),
        ("from tests.bot import test_cli", True),
        ("def f():\n    import tests.bot.conftest", True),
        ("from tests.helpers.checkout import ROOT", False),
    ],
)
def test_an_import_from_a_test_is_seen(source, seen):
    """In every spelling."""
    assert any(map(lends, imported(ast.parse(source)))) is seen


def test_no_helper_is_called_what_tests_import_from_the_product():
    """Who reads a call in a test knows whether it is the product that is called."""
    product = {
        name.name
        for path in TESTS
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("bot", "generator", "corpora")
        for name in node.names
        if not (ROOT / node.module.replace(".", "/") / f"{name.name}.py").exists()
    }
    assert not {f"{path.name}: {name}" for path in HELPERS for name in defined(path) & product}
