"""The shelf: every card says the truth about its file, and listing the shelf opens nothing else."""

import dataclasses
import json
import subprocess
import sys
import unicodedata
from hashlib import sha256

import pytest

import corpora
from corpora.cards import HERE, INDEX
from corpora.sources.__main__ import SOURCES
from corpora.style import STYLES

every = pytest.mark.parametrize("card", corpora.shelf(), ids=lambda card: card.name)

# Runs in a fresh process: prints what was imported from outside the standard library, and which files of the package
# were opened.
WATCHED = """
import json, sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
import corpora
at_import = list(opened)
corpora.shelf()
listed = len(opened)
corpora.load("ikea")
print(json.dumps({
    "foreign": sorted({m.partition(".")[0] for m in sys.modules} - sys.stdlib_module_names - {"corpora", "__main__"} - BEFORE),
    "at_import": [f for f in at_import if f.endswith((".txt", ".json"))],
    "listing": [f for f in opened[len(at_import):listed] if f.endswith((".txt", ".json"))],
    "loading": [f for f in opened[listed:] if f.endswith((".txt", ".json"))],
}))
"""


@pytest.fixture(scope="module")
def watched():
    # What an environment's own start-up imports (.pth files) is not ours.
    code = "import sys; BEFORE = {m.partition('.')[0] for m in sys.modules}\n" + WATCHED
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HERE.parent)
    return json.loads(done.stdout)


def test_nothing_is_read_at_import(watched):
    """Importing the package opens no data and no index."""
    assert watched["at_import"] == []


def test_listing_reads_the_index_alone(watched):
    """The shelf is listed from one file."""
    assert watched["listing"] == [str(INDEX)]


def test_loading_reads_one_file(watched):
    """A corpus is loaded from its own file; no other is opened."""
    assert watched["loading"] == [str(HERE / "data" / "ikea.txt")]


def test_standard_library_only(watched):
    """The package imports nothing from outside the standard library."""
    assert watched["foreign"] == []


def test_the_shelf_holds_what_the_talk_named():
    """All that the talk named is there, in the order of the names, each with the script that made it."""
    names = [card.name for card in corpora.shelf()]
    assert {"pokemon", "tech", "ikea", "lyrics", "piano", "ipsum"} <= set(names)
    assert names == sorted(set(names)) == sorted(SOURCES)


def test_no_file_without_a_card():
    """Every data file has a card, so that no list is shipped without its source and licence."""
    assert sorted(path.name for path in (HERE / "data").glob("*.txt")) == sorted(
        f"{card.name}.txt" for card in corpora.shelf()
    )


def test_pokemon_are_all_there():
    """The list begins and ends as the Pokédex does, at its full 1,025."""
    entries = corpora.load("pokemon").entries
    assert (len(entries), entries[0], entries[24], entries[150], entries[-1]) == (
        1025,
        "Bulbasaur",
        "Pikachu",
        "Mew",
        "Pecharunt",
    )


def test_tech_is_one_plain_word_each():
    """Technologies are about three thousand words of 3 to 14 plain letters, in alphabetical order."""
    corpus = corpora.load("tech")
    assert 2900 <= len(corpus.entries) <= 3100
    assert all(3 <= len(e) <= 14 and e.isascii() and e.isalpha() for e in corpus.entries)
    assert list(corpus.sequences) == sorted(corpus.sequences)
    assert {"GitHub", "Python", "npm", "Zig"} <= set(corpus.entries)


@every
def test_the_hash_is_of_the_file(card):
    """The card's hash is what `sha256sum` says of the file, and its count is the number of lines."""
    data = (HERE / "data" / f"{card.name}.txt").read_bytes()
    assert sha256(data).hexdigest() == card.sha256
    assert data.count(b"\n") == card.count == len(corpora.load(card.name).entries)


@every
def test_entries_are_clean(card):
    """Entries are composed, can be seen, have no space around them, fit a pattern, and no two are the same but for
    case."""
    corpus = corpora.load(card.name)
    for entry in corpus.entries:
        assert entry == unicodedata.normalize("NFC", entry).strip() and entry.isprintable()
    assert len(set(corpus.sequences)) == len(corpus.sequences)
    assert all(1 <= len(sequence) <= 64 for sequence in corpus.sequences)


@every
def test_every_field_is_filled(card):
    """A card is complete, in one line each, and its five samples stand in the file."""
    for field in dataclasses.fields(card):
        value = getattr(card, field.name)
        assert value and "\n" not in str(value), field.name
    assert card.style in STYLES[card.kind]
    assert len(set(card.samples)) == 5 and set(card.samples) <= set(corpora.load(card.name).entries)


@every
def test_every_source_is_attributed(card):
    """The README and the notices name every package that a corpus was made from."""
    readme, notices = ((HERE / name).read_text(encoding="utf-8") for name in ("README.md", "NOTICES.md"))
    (row,) = (line for line in readme.splitlines() if line.startswith(f"| `{card.name}` |"))
    assert f"| {card.count:,} |" in row and (SOURCES[card.name].own or "") in row
    for package in SOURCES[card.name].packages:
        assert f"`{package.name}` {package.version}" in row and f"`{package.name}`" in notices


def test_an_unknown_corpus_is_named():
    """Asking for what is not there says what was asked for and what there is."""
    for ask in (corpora.card, corpora.load):
        with pytest.raises(corpora.UnknownCorpus, match="'pokmon'.*pokemon, .*tech") as caught:
            ask("pokmon")
        assert isinstance(caught.value, LookupError) and caught.value.name == "pokmon"


@pytest.mark.parametrize("name", ["../cards", "tech.txt", "", "TECH"])
def test_only_names_on_the_shelf_are_opened(name):
    """A name is looked up on the shelf and is never a path."""
    with pytest.raises(corpora.UnknownCorpus):
        corpora.load(name)


def test_an_edited_file_is_refused(monkeypatch, tmp_path):
    """A file that is not the one on its card says so, and how to make it again, instead of training other models."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "tech.txt").write_text("Edited\n")
    monkeypatch.setattr("corpora.cards.HERE", tmp_path)
    with pytest.raises(corpora.CorpusError, match="python -m corpora.sources tech"):
        corpora.load("tech")
