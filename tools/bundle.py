"""Build a Lambda function's zip: `python tools/bundle.py [slack|web]`. No docker, no AWS account.

The zip has the locked runtime requirements as wheels for the target, the three packages, the built models, and `.pyc`
files made by the target's Python. Lambda's disk is read-only, so without `.pyc` files every cold start would compile, and
imports would take twice as long.
"""

import argparse
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Collection, Set
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PYTHON, DEPLOYED = "3.13", "aarch64"  # as serverless.yml has them
PROBES = ROOT / "taken.toml"  # the function finds them under this name
OWN = ("bot", "generator", "corpora")
RUNTIME = {"boto3", "botocore", "jmespath", "python-dateutil", "s3transfer", "six", "urllib3"}  # has them already
# setuptools serves the editable install, dotenv a developer's .env. Without markovify (and its unidecode) chains are
# counted by generator.training.chain itself.
LEFT_OUT = RUNTIME | {"setuptools", "python-dotenv", "markovify", "unidecode"}
# What `techname serve` alone needs, and MCP with what it stands on (10 MB, of which cryptography is half): `--mcp` keeps it.
SERVING = {"slack-bolt", "slack-sdk", "uvicorn", "click", "h11"}
MCP = {"mcp", "mcp-types", "cryptography", "cffi", "pycparser", "pyjwt", "httpx2", "httpcore2", "jsonschema", "attrs"}
MCP |= {"jsonschema-specifications", "referencing", "rpds-py", "sse-starlette", "python-multipart", "truststore"}
# A back end of anyio that is not used, and plugins of pytest and mypy.
PAGE_UNREAD = (
    "bot/slack",
    "bot/terminal",
    "pydantic/v1",
    "anyio/_backends/*trio*",
    "anyio/pytest_plugin*",
    "pydantic/mypy*",
)
# For each function its zip, its locked requirements, what of them it leaves out, and the packages that it never imports.
BUNDLES = {
    "slack": ("function.zip", "requirements.txt", LEFT_OUT, ("bot/web",)),
    "web": ("web.zip", "requirements-web.txt", LEFT_OUT | SERVING | MCP, PAGE_UNREAD),
}
# Nothing reads these at run time. Licences stay, in each package's dist-info.
UNREAD = (
    "**/tests",
    "**/include",
    "**/*.pyi",
    "**/*.a",
    "**/*.h",
    "**/*.dist-info/RECORD",
    "bin",
    "corpora/sources",
    # numpy imports these when they are asked for. `unique` needs numpy.ma.
    *(f"numpy/{part}" for part in ("f2py", "fft", "polynomial", "testing", "ma/mrecords*", "lib/recfunctions*")),
    "numpy/_core/_simd*.so",
    "numpy/_core/*_tests*.so",  # numpy's own tests
    "rapidfuzz/fuzz_cpp*.so",  # unused measures, which rapidfuzz also has in Python
    "slack",
    "slack_sdk/web/legacy_*",
    "slack_sdk/scim",
    "slack_sdk/audit_logs",
    "slack_sdk/rtm*",
)
MEGABYTE = 1_000_000
LARGEST = 30 * MEGABYTE


def target_requirements(lock: str, machine: str, left_out: Collection[str] = LEFT_OUT) -> str:
    """Give the lock's entries that apply to the target, with their hashes and without markers.

    pip evaluates markers for the Python that it runs on, whatever `--python-version` says, so they are evaluated here.
    """
    target = {
        "python_version": PYTHON,
        "python_full_version": f"{PYTHON}.0",
        "sys_platform": "linux",
        "platform_system": "Linux",
        "platform_machine": machine,
        "os_name": "posix",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    kept = []
    for entry in lock.replace("\\\n", " ").splitlines():
        if not entry.strip() or entry.startswith("#"):
            continue
        written, *hashes = entry.split(" --hash=")
        requirement = Requirement(written.strip())
        if requirement.name in left_out or (requirement.marker and not requirement.marker.evaluate(target)):
            continue
        kept.append(" --hash=".join([f"{requirement.name}{requirement.specifier}", *map(str.strip, hashes)]))
    return "\n".join(kept) + "\n"


def install_wheels(folder: Path, machine: str, lock: Path, left_out: Collection[str]) -> None:
    """Put the target's wheels into the folder. With manylinux2014 alone pip would silently take an older numpy."""
    listed = folder.with_suffix(".txt")
    listed.write_text(target_requirements(lock.read_text(), machine, left_out))
    platforms = [f"--platform=manylinux{tag}_{machine}" for tag in ("2014", "_2_17", "_2_28")]
    # --ignore-requires-python: the lock has chosen for the target, not for the Python that pip runs on.
    how = "--quiet --disable-pip-version-check --no-deps --no-compile --ignore-requires-python --require-hashes"
    target = ["--only-binary=:all:", f"--python-version={PYTHON}", "--implementation=cp", *platforms]
    _python(sys.executable, "-m", "pip", "install", *how.split(), *target, f"--target={folder}", "-r", str(listed))


def _python(*command: str) -> None:
    """Run a Python with stdout on stderr; the hash seed makes `.pyc` files the same each time."""
    env = os.environ | {"PYTHONHASHSEED": "0"}
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=env)


def copy_own(folder: Path, models: Path) -> None:
    """Put our packages, the models of the shelf and the operator's probes into the folder."""
    import corpora
    from bot.names.library import Library
    from bot.settings import Settings

    for package in OWN:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    if PROBES.is_file():
        shutil.copy(PROBES, folder)
    (folder / "models").mkdir()
    library = Library(Settings(models_dir=models))
    for card in corpora.shelf():
        if not library.files(card.name):
            sys.exit(f"There is no model of {card.name} in {models}: run `make models` first.")
        for model in library.files(card.name):
            shutil.copy(model, folder / "models")


def drop_unread(folder: Path, more: Collection[str] = ()) -> None:
    """Remove the files that nothing reads at run time."""
    for pattern in (*UNREAD, *more):
        for path in list(folder.glob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def target_python() -> str | None:
    """Find a Python of the target's version on this machine; None if there is none."""
    names = [os.environ.get("PYTHON313"), sys.executable, f"python{PYTHON}"]
    version = "import sys; print('%d.%d' % sys.version_info[:2], sys.executable)"
    for name in filter(None, names):
        env = os.environ | {"PYENV_VERSION": PYTHON}  # without it pyenv's python3.13 refuses
        try:
            said = subprocess.run([name, "-c", version], capture_output=True, text=True, env=env)
        except OSError:
            continue
        if said.returncode == 0 and said.stdout.startswith(PYTHON + " "):
            return said.stdout.split(" ", 1)[1].strip()
    return None


def compile_all(folder: Path) -> bool:
    """Write every `.pyc`, or say that it is not possible. They are unchecked, since a zip's dates mean nothing."""
    python = target_python()
    if python is None:
        print(
            f"No Python {PYTHON} here, so the zip has no .pyc files: it works, and each cold start takes about 0.3 s longer.\n"
            f"Install Python {PYTHON}, or name one (PYTHON313=/path/to/python{PYTHON}), and run this again.",
            file=sys.stderr,
        )
        return False
    how = "-q -j 2 --invalidation-mode unchecked-hash -p /var/task -s"
    _python(python, "-m", "compileall", *how.split(), str(folder), str(folder))
    return True


def empty_sources(folder: Path) -> None:
    """Empty the sources of other people's packages: unchecked `.pyc` files stand in for them, 3 MB packed. Ours stay:
    their digest is part of a model's version."""
    for module in folder.rglob("*.py"):
        if module.relative_to(folder).parts[0] not in OWN:
            module.write_text("")


def write_zip(folder: Path, path: Path) -> tuple[int, int]:
    """Zip the folder in a fixed order with a fixed date; give the bytes packed and unpacked."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in files:
            entry = zipfile.ZipInfo(str(file.relative_to(folder)), date_time=(1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16  # Lambda runs as another user, who must read it
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes())
    return path.stat().st_size, sum(file.stat().st_size for file in files)


def build(path: Path, models: Path, machine: str, function: str = "slack", kept: Set = frozenset()) -> None:
    """Build the zip of a function at that path, with requirements that are otherwise left out, and print its size."""
    _, requirements, left_out, unused = BUNDLES[function]
    folder = path.with_suffix("")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    install_wheels(folder, machine, ROOT / requirements, left_out - kept)
    copy_own(folder, models)
    drop_unread(folder, unused)
    compiled = compile_all(folder)
    if compiled and function == "web":
        empty_sources(folder)
    packed, unpacked = write_zip(folder, path)
    print(
        f"{path.name}: {packed / MEGABYTE:.1f} MB packed, {unpacked / MEGABYTE:.1f} MB unpacked, "
        f"{'with' if compiled else 'without'} .pyc for Python {PYTHON}, {machine}"
    )
    if packed > LARGEST and machine == DEPLOYED and not kept:
        sys.exit(f"The zip is over its limit of {LARGEST / MEGABYTE:.0f} MB.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("function", choices=BUNDLES, nargs="?", default="slack")
    parser.add_argument("--mcp", action="store_true", help="web with MCP, which makes its zip 40 MB")
    parser.add_argument("--zip", type=Path)
    parser.add_argument("--models", type=Path, default=ROOT / "models")
    parser.add_argument("--machine", choices=["aarch64", "x86_64"], default=DEPLOYED)
    given = parser.parse_args()
    path = given.zip or ROOT / "build" / BUNDLES[given.function][0]
    build(path.resolve(), given.models, given.machine, given.function, MCP if given.mcp else frozenset())
