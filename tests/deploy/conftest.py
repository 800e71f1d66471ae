"""What the deployment tests share: the models of the whole shelf, one build of the zip, Node.js."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.helpers.checkout import ROOT, once, said_by, shelf_is_built


@pytest.fixture(scope="session")
def shelf_models() -> None:
    """The models of the whole shelf stand in models/, built from the engine and the corpora as they are now.

    `make test` builds them first: no test trains thirty models while its timeout runs.
    """
    assert shelf_is_built(), "models/ is not of this state of the sources: run `make models` first"


@pytest.fixture(scope="session")
def built(shelf_models, tmp_path_factory) -> tuple[Path, str]:
    """The zip for Lambda's arm64, and what was said of it; built once for all processes of the session."""

    def build(folder: Path) -> None:
        said = said_by(sys.executable, "tools/bundle.py", "--zip", str(folder / "function.zip"))
        (folder / "said.txt").write_text(said)

    folder = once(tmp_path_factory, "zip", build)
    return folder / "function.zip", (folder / "said.txt").read_text()


@pytest.fixture(scope="session")
def node() -> None:
    """Skip what needs Node.js where it, or what package-lock.json pins, is not installed."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("Node.js is not installed")
    if not (ROOT / "node_modules/osls").is_dir():
        pytest.skip("node_modules is not installed (npm ci)")
