"""How the lists were made: from pinned packages, through ordinary clients, to the same bytes again."""

import os
import re
import shutil
import subprocess
import sys

import pytest

import corpora
from corpora.cards import HERE, INDEX
from corpora.sources import english, packages, rude, second, tech
from corpora.sources.__main__ import SOURCES
from corpora.sources.packages import Package
from corpora.sources.tech_denied import DENIED

PACKAGES = [package for source in SOURCES.values() for package in source.packages] + [
    second.MUSIC21,
    *rude.PACKAGES,
    english.SYMSPELLPY,
]
# Read while pytest collects: later the tests' environment is cleared of such settings.
ASKED = os.environ.get("TECHNAME_TEST_SOURCES") == "1"


@pytest.mark.parametrize("package", PACKAGES, ids=str)
def test_packages_are_pinned(package):
    """Each package is one exact release, held by the hash of its archive, from a registry that has a client."""
    assert package.registry in ("npm", "PyPI")
    assert re.fullmatch(r"\d+\.\d+\.\d+", package.version) and re.fullmatch("[0-9a-f]{64}", package.sha256)


def test_cards_name_their_packages():
    """A card's source is what its script fetches and what was typed or written here, and nothing has no source."""
    for card in corpora.shelf():
        source = SOURCES[card.name]
        assert card.source == ", ".join([*map(str, source.packages), *filter(None, [source.own])]) != ""


def test_no_registry_is_named():
    """The scripts ask by name alone: where a registry stands is the client's own setting."""
    for path in HERE.rglob("*.py"):
        assert "://" not in path.read_text(encoding="utf-8"), path


def test_clients_get_name_and_version():
    """npm and pip are asked for exactly the release that is pinned, and for nothing that it depends on."""
    assert packages._command(Package("npm", "a", "1.2.3", ""))[-1] == "a@1.2.3"
    pip = packages._command(Package("PyPI", "a", "1.2.3", ""))
    assert pip[-1] == "a==1.2.3" and "--no-deps" in pip and "--only-binary=:all:" in pip


def test_another_archive_is_refused(monkeypatch, tmp_path):
    """An archive that is not the one that was pinned is never unpacked."""
    monkeypatch.setattr(
        packages, "_command", lambda package: [sys.executable, "-c", "open('a-1.tgz', 'w').write('other')"]
    )
    with pytest.raises(ValueError, match="npm a 1.0.0 has sha256 [0-9a-f]{64}, not 00"):
        packages.fetch(Package("npm", "a", "1.0.0", "00"))


FILES = {
    tech.ICONS: {
        "package/data/simple-icons.json": b'[{"title": "GitHub"}, {"title": "Two Words"}, {"title": "Deno"}, {"title": "C3"}]'
    },
    tech.LINGUIST: {
        "package/data/Python.js": b"export default {\n  name: 'Python',\n  type: 'programming',\n}\n",
        "package/data/JSON.js": b"export default {\n  name: 'JSON',\n  type: 'data',\n}\n",
        "package/data/Python.d.ts": b"  name: 'Typings',\n  type: 'programming',\n",
        "package/data/X.js": b"export default {\n  name: \"O'Caml\",\n  type: 'programming',\n}\n",
    },
    tech.PYGMENTS: {
        "pygments/lexers/_mapping.py": b"LEXERS = {'A': ('m', 'github', (), (), ()), 'B': ('m', 'Awk', (), (), ())}\n"
    },
}


def test_tech_takes_one_word_from_each_source(monkeypatch):
    """Names of one plain word come from all three packages, languages of type programming alone, in the brand's own
    spelling."""
    monkeypatch.setattr(tech, "DENIED", frozenset())
    assert tech.names(FILES) == ["Awk", "Deno", "GitHub", "Python"]


def test_tech_denies(monkeypatch):
    """A denied name is left out, and one that no source has stops the script, so that the list keeps no dead names."""
    monkeypatch.setattr(tech, "DENIED", frozenset({"deno"}))
    assert "Deno" not in tech.names(FILES)
    monkeypatch.setattr(tech, "DENIED", frozenset({"gone"}))
    with pytest.raises(ValueError, match="gone"):
        tech.names(FILES)


def test_nothing_denied_is_on_the_shelf():
    """Neither car makers nor airlines nor shops, nor what nobody is to be shown at work, are among the technologies."""
    assert {"toyota", "lufthansa", "ikea", "brainfuck"} <= DENIED
    assert not DENIED & {entry.lower() for entry in corpora.load("tech").entries}


@pytest.mark.slow
@pytest.mark.skipif(not ASKED, reason="TECHNAME_TEST_SOURCES=1 is not set: this fetches packages")
@pytest.mark.skipif(not shutil.which("npm"), reason="npm is not installed")
def test_the_scripts_give_the_same_bytes(tmp_path):
    """Made again from their packages, every list and the index are what stands in the repository, byte for byte."""
    subprocess.run([sys.executable, "-m", "corpora.sources", "--into", tmp_path], check=True, cwd=HERE.parent)
    for card in corpora.shelf():
        assert (tmp_path / "data" / f"{card.name}.txt").read_bytes() == (
            HERE / "data" / f"{card.name}.txt"
        ).read_bytes()
    assert (tmp_path / INDEX.name).read_bytes() == INDEX.read_bytes()
