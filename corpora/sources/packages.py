"""Packages from their registries, each pinned to a version and a hash, fetched by the registry's ordinary client."""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Package:
    """One release of a package and the sha256 of its archive."""

    registry: str  # "npm" or "PyPI"
    name: str
    version: str
    sha256: str

    def __str__(self) -> str:
        return f"{self.registry} {self.name} {self.version}"


def fetch(package: Package) -> dict[str, bytes]:
    """The files in a package's archive by their path; raises ValueError if it is not the archive that was pinned.

    A client that fails speaks for itself on stderr and raises CalledProcessError.
    """
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(_command(package), cwd=folder, check=True, stdout=subprocess.DEVNULL)
        (archive,) = Path(folder).iterdir()
        found = hashlib.sha256(archive.read_bytes()).hexdigest()
        if found != package.sha256:
            raise ValueError(f"{package} has sha256 {found}, not {package.sha256}")
        return _unpack(archive)


def _command(package: Package) -> list[str]:
    """The client's own command that puts a package's archive into the current folder."""
    if package.registry == "npm":
        return ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    return [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--only-binary=:all:",
        f"{package.name}=={package.version}",
    ]


def _unpack(archive: Path) -> dict[str, bytes]:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as files:
            return {name: files.read(name) for name in files.namelist()}
    with tarfile.open(archive) as files:
        return {member.name: files.extractfile(member).read() for member in files if member.isfile()}
