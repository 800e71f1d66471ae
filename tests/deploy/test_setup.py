"""Setting up: what is pinned, what `make` promises, and what a machine that cannot is told."""

import re
import subprocess
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.helpers.checkout import ROOT, clean_environment

LOCKS = {"requirements.txt": ("build",), "requirements-dev.txt": ("build", "dev")}


def entries(lock: str) -> list[str]:
    return [
        line
        for line in (ROOT / lock).read_text().replace("\\\n", " ").splitlines()
        if line and not line.startswith("#")
    ]


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_is_pinned_with_hashes_and_without_addresses(lock):
    """pip installs exactly what was locked, from whatever index a machine uses."""
    for entry in entries(lock):
        assert re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", entry), entry
    assert "://" not in (ROOT / lock).read_text()


@pytest.mark.parametrize("lock, groups", LOCKS.items())
def test_the_lock_has_all_that_is_declared(lock, groups):
    """A dependency added to pyproject.toml without `make lock` is seen, and so is a pin that it no longer admits."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = declared["project"]["dependencies"] + [
        line for group in groups for line in declared["dependency-groups"][group]
    ]
    pinned = {Requirement(entry.split(" ")[0]).name: Requirement(entry.split(" ")[0]) for entry in entries(lock)}
    for requirement in map(Requirement, wanted):
        [pin] = pinned[requirement.name].specifier
        assert requirement.specifier.contains(pin.version), requirement


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_each_python_gets_one_numpy(python):
    """The markers of one universal lock choose exactly one release for every Python."""
    lines = [
        Requirement(entry.split(" --hash")[0]) for entry in entries("requirements.txt") if entry.startswith("numpy==")
    ]
    assert (
        sum(line.marker.evaluate({"python_full_version": f"{python}.0", "python_version": python}) for line in lines)
        == 1
    )


def test_package_lock_has_no_addresses():
    """npm installs what was locked from whatever registry a machine uses."""
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_make_help_lists_every_target():
    """Every phony target says what it is for."""
    makefile = (ROOT / "Makefile").read_text()
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()
    listed = subprocess.run(
        ["make", "help"], cwd=ROOT, env=clean_environment(), capture_output=True, text=True, check=True
    ).stdout
    assert {line.split()[0] for line in listed.splitlines()} == set(targets)


def install(folder, python: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [ROOT / "tools/install.sh", python, "requirements.txt"],
        cwd=folder,
        env=clean_environment(),
        capture_output=True,
        text=True,
    )


def test_a_machine_without_python_is_told(tmp_path):
    """The message names what is missing and what to type; nothing goes to stdout."""
    result = install(tmp_path, "python-that-is-not-there")
    assert result.returncode == 1 and result.stdout == ""
    assert "Python 3.11 or later" in result.stderr and "PYTHON=" in result.stderr


@pytest.mark.parametrize(
    "script, told",
    [
        ('case "$*" in *version_info*) exit 1;; --version) echo Python 3.9.2;; esac', "is Python 3.9.2"),
        ('case "$*" in *ensurepip*) exit 1;; esac', "apt-get install python3-venv"),
    ],
    ids=["too old", "no venv"],
)
def test_a_python_that_will_not_do_is_told(tmp_path, script, told):
    """A Python that is too old or has no venv is named before anything is made."""
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\n{script}\n")
    python.chmod(0o755)
    result = install(tmp_path, str(python))
    assert result.returncode == 1 and result.stdout == "" and told in result.stderr
    assert not (tmp_path / ".venv").exists()


@pytest.mark.slow
def test_a_pipe_into_make_run_gets_the_replies_alone(models):
    """The README's own line: stdout holds two replies and nothing of make or the set-up, and the exit status is 0."""
    result = subprocess.run(
        ["make", "run"],
        cwd=ROOT,
        env=clean_environment(TECHNAME_MODELS=str(models)),
        capture_output=True,
        text=True,
        input="/techname pokemon\n/techname complete mo***\n",
    )
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines[0].startswith("you · ") and len(lines) > 10 and result.stdout.count("\n\n") >= 1
    assert not [
        line for line in lines if line.startswith(("make", "pip", "techname: "))
    ]  # a made-up name may hold what it likes


@pytest.mark.slow
def test_node_missing_is_told(tmp_path):
    """Packaging without Node.js says what is missing and what works without it."""
    (tmp_path / "bin").mkdir()
    result = subprocess.run(
        ["/bin/sh", str(ROOT / "tools/node.sh")],
        cwd=tmp_path,
        env={"PATH": str(tmp_path / "bin")},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 1 and result.stdout == ""
    assert "Node.js 20" in result.stderr and "make run" in result.stderr
