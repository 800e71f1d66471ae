"""What the function's zip holds, and that it answers on the target's Python with nothing but the runtime's own
packages."""

import json
import os
import platform
import shutil
import subprocess
import sysconfig
import zipfile
from pathlib import Path

import pytest

import corpora
from tests.helpers.checkout import ROOT, clean_environment
from tests.helpers.http import SECRET, form, function_url
from tools import bundle

pytestmark = pytest.mark.slow

# What the Lambda runtime for Python brings besides the standard library.
RUNTIME = ("boto3", "botocore", "dateutil", "jmespath", "s3transfer", "six.py", "urllib3")

ANSWER = """
import json, sys
sys.path[:0] = sys.argv[1:]
from bot.slack.lambda_handler import lambda_handler
context = type("Context", (), {"aws_request_id": "request-1"})()
print(json.dumps([lambda_handler(event, context) for event in json.load(sys.stdin)]))
"""


@pytest.fixture(scope="module")
def shipped(built):
    with zipfile.ZipFile(built[0]) as archive:
        yield archive


def test_it_is_small_and_says_how_small(shipped, built):
    """Under 30 MB packed (Lambda's own limit is 50), far under Lambda's 250 MB unpacked, and the build reports both."""
    packed = os.path.getsize(shipped.filename)
    unpacked = sum(entry.file_size for entry in shipped.infolist())
    assert packed < 30_000_000 and unpacked < 100_000_000
    assert f"{packed / 1e6:.1f} MB packed, {unpacked / 1e6:.1f} MB unpacked" in built[1]


def test_it_holds_what_answers_and_nothing_else(shipped):
    """The packages, the corpora's data, the mixture of each; no tests, sources of lists, secrets or what AWS brings."""
    names = set(shipped.namelist())
    assert names >= {
        "bot/slack/lambda_handler.py",
        "generator/__init__.py",
        "corpora/data/pokemon.txt",
        "corpora/data/tech.txt",
        *(f"models/{card.name}.mix.npz" for card in corpora.shelf()),
    }
    roots = {name.split("/")[0] for name in names}
    assert not roots & {
        "tests",
        "benchmarks",
        "tools",
        "node_modules",
        "README.md",
        ".env",
        "setuptools",
        "dotenv",
        "markovify",
        "unidecode",
        *RUNTIME,
    }
    assert not [name for name in names if "/tests/" in name or name.startswith("corpora/sources")]


def test_other_models_stay_at_home(tmp_path):
    """Of a developer's models those that the shelf needs are packed; without the one of a corpus the build says what to
    do."""
    models = tmp_path / "models"
    models.mkdir()
    packed = {*(f"{card.name}.mix.npz" for card in corpora.shelf()), "pasta.hmm.npz"}
    for name in {*packed, "pokemon.markov-3.npz", "ours.mix.npz", "pokemon+ikea.mix.npz"}:
        (models / name).touch()
    bundle.copy_own(tmp_path / "function", models)
    assert {file.name for file in (tmp_path / "function/models").iterdir()} == packed
    (models / "tech.mix.npz").unlink()
    with pytest.raises(SystemExit, match="no model of tech"):
        bundle.copy_own(tmp_path / "again", models)


def test_the_operators_probes_go_along(tmp_path, monkeypatch):
    """A list of whom to ask whether a name is taken is packed where there is one, under the name that the function
    looks for."""
    models, probes = tmp_path / "models", tmp_path / "taken.toml"
    models.mkdir()
    for card in corpora.shelf():
        (models / f"{card.name}.mix.npz").touch()
    monkeypatch.setattr(bundle, "PROBES", probes)
    bundle.copy_own(tmp_path / "without", models)
    probes.write_text('[[domain]]\nsuffix = ".com"\n')
    bundle.copy_own(tmp_path / "with", models)
    assert (
        not (tmp_path / "without/taken.toml").exists()
        and (tmp_path / "with/taken.toml").read_text() == probes.read_text()
    )


def test_its_compiled_parts_are_for_arm64(shipped):
    """Every shared library is AArch64 (ELF machine 183), whatever machine built the zip."""
    libraries = [name for name in shipped.namelist() if name.endswith(".so") or ".so." in name]
    assert len(libraries) > 10
    assert {int.from_bytes(shipped.read(name)[18:20], "little") for name in libraries} == {183}


def test_every_module_has_a_pyc_that_needs_no_date(shipped):
    """Each .py lies beside a .pyc of Python 3.13, unchecked, so that a zip's dates do not undo it; none names this
    machine."""
    if bundle.target_python() is None:
        pytest.skip("no Python 3.13 on this machine, so the zip has no .pyc (the build said so)")
    names = set(shipped.namelist())
    modules = [name for name in names if name.endswith(".py")]
    for name in modules:
        folder, _, file = name.rpartition("/")
        pyc = f"{folder}/__pycache__/{file[:-3]}.cpython-313.pyc".lstrip("/")
        assert pyc in names, f"{name} has no .pyc"
        content = shipped.read(pyc)
        assert content[4:8] == (1).to_bytes(4, "little"), f"{pyc} is not unchecked-hash"  # PEP 552
        assert str(ROOT).encode() not in content
    assert len(modules) > 500


def test_every_file_is_readable_by_lambda(shipped):
    """Lambda runs as a user of its own."""
    assert {entry.external_attr >> 16 & 0o444 for entry in shipped.infolist()} == {0o444}


def test_the_zip_answers_on_this_machine(shipped, tmp_path):
    """With this machine's shared libraries in place of arm64's, and nothing but what Lambda's runtime brings beside it,
    it answers from both models and from its .pyc files alone."""
    python = bundle.target_python()
    if python is None:
        pytest.skip("no Python 3.13 on this machine to run the zip with")
    if platform.system() != "Linux" or platform.machine() not in ("x86_64", "aarch64"):
        pytest.skip("the zip can be built for Linux on x86_64 and aarch64 only")
    task = tmp_path / "task"
    shipped.extractall(task)
    bundle.install_wheels(tmp_path / "wheels", platform.machine(), ROOT / "requirements.txt", bundle.LEFT_OUT)
    bundle.drop_unread(tmp_path / "wheels")
    for library in (tmp_path / "wheels").rglob("*.so*"):
        shutil.copy(library, task / library.relative_to(tmp_path / "wheels"))
    for module in task.rglob("*.py"):
        module.write_text("raise RuntimeError('read the source, not the .pyc')")
    runtime = tmp_path / "runtime"
    runtime.mkdir()
    for name in RUNTIME:
        (runtime / name).symlink_to(Path(sysconfig.get_path("purelib"), name))
    asked = ("complete mo*** pokemon", "draw mo*** tech hmm", "pokemon", "lyrics", "piano 2", "pokemon+ikea chain")
    events = [function_url(form(text)) for text in asked]
    answered = subprocess.run(
        [python, "-I", "-S", "-B", "-c", ANSWER, str(task), str(runtime)],
        input=json.dumps(events),
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=clean_environment(SLACK_SIGNING_SECRET=SECRET, AWS_LAMBDA_FUNCTION_NAME="techname"),
    )
    assert answered.returncode == 0, answered.stderr
    for answer in json.loads(answered.stdout.splitlines()[-1]):
        assert answer["statusCode"] == 200 and json.loads(answer["body"])["response_type"] == "in_channel", answer


def test_the_lock_is_read_for_the_target_not_for_this_machine():
    """Markers are decided for the target's Python and hashes stay; what developers or the runtime have is left out."""
    lock = (
        "# a comment\n"
        "numpy==2.4.6 ; python_full_version < '3.12' \\\n    --hash=sha256:aa\n"
        "numpy==2.5.5 ; python_full_version >= '3.12' \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"
        "colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:dd\n"
        "python-dotenv==1.2.4 \\\n    --hash=sha256:ee\n"
    )
    assert bundle.target_requirements(lock, "aarch64") == "numpy==2.5.5 --hash=sha256:bb --hash=sha256:cc\n"


def test_without_the_targets_python_the_build_says_what_follows(tmp_path, monkeypatch, capsys):
    """A machine without Python 3.13 still gets a zip, and is told that cold starts take longer and how to mend it."""
    monkeypatch.setattr(bundle, "target_python", lambda: None)
    assert bundle.compile_all(tmp_path) is False
    said = capsys.readouterr().err
    assert "no .pyc" in said and "PYTHON313=" in said
