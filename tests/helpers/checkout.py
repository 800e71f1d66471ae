"""Programs of the checkout as tests start them, and what the processes of one session build once for all."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TECHNAME = [sys.executable, "-m", "bot"]


def clean_environment(**more: str) -> dict[str, str]:
    """The environment of a child: no settings of ours, none of an outer make, nothing remembered in the developer's
    home."""
    drop = ("SLACK_", "AWS_", "TECHNAME_", "LAMBDA_", "MAKE", "MFLAGS")
    ours = {key: value for key, value in os.environ.items() if not key.startswith(drop)}
    return ours | {"TECHNAME_STORE": ":memory:"} | more


def said_by(*command: str, **environment: str) -> str:
    """What a command of the checkout prints on stdout; its stderr goes to the test's."""
    return subprocess.run(
        command,
        cwd=ROOT,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        env=clean_environment(**environment),
    ).stdout


def shelf_is_built() -> bool:
    """Whether models/ holds the models of the whole shelf, of the sources as they are."""
    asked = subprocess.run(["make", "--question", "models"], cwd=ROOT, env=clean_environment(), capture_output=True)
    return asked.returncode == 0


def once(tmp_path_factory, name: str, make: Callable[[Path], object]) -> Path:
    """The session's folder of that name. The process that first needs it has `make` fill it; the others wait and find
    it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, unfinished = shared / name, shared / f"{name}.unfinished"
    with open(shared / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(folder)
    return folder
