"""Models of a team's own file: told beforehand, kept by what the file holds, refused where no memory holds them."""

from dataclasses import replace

import pytest

import corpora
from bot.errors import BadInput
from bot.names import own_models
from bot.names.library import Library
from bot.settings import Settings

NAMES = "\n".join(f"{a}{b}" for a in ("Mor", "Bal", "Kin", "Tar") for b in ("base", "gar", "tle", "dun", "wick"))


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A library that tells what it does, and a file of names; every training counts as long."""
    (tmp_path / "names.txt").write_text(NAMES)
    monkeypatch.setattr(own_models, "LONG", 0.0)
    told = []

    def library(**settings):
        return Library(replace(Settings(), history=tmp_path / "state" / "history", **settings), told.append), told

    return library, str(tmp_path / "names.txt"), tmp_path / "state" / "models"


def test_a_long_training_is_told_and_kept(own):
    """The second command with the same file reads the model of the first; a file that changed is trained on anew."""
    library, path, folder = own
    first, told = library()
    model = first.trained(path, "markov")
    assert "a markov of 20 names takes about 5 seconds to train, once: it is kept" in told[0]
    assert len(list(folder.iterdir())) == 1
    told.clear()
    again = library()[0].trained(path, "markov")
    assert not told and again.vocabulary.tokens == model.vocabulary.tokens and again.provenance == model.provenance
    with open(path, "a") as file:
        file.write("\nMorwick Two")
    library()[0].trained(path, "markov")
    assert len(told) == 1 and len(list(folder.iterdir())) == 2


def test_a_short_training_leaves_nothing(own, monkeypatch):
    """What trains in a moment is neither told nor kept; nor is anything on Lambda, where no disk stays."""
    library, path, folder = own
    library(on_lambda=True)[0].trained(path, "markov")
    monkeypatch.setattr(own_models, "LONG", 5.0)
    found, told = library()
    found.trained(path, "markov")
    assert not told and not folder.exists()


def test_only_the_latest_are_kept(own, monkeypatch):
    """There is a bound on the files that are kept."""
    library, path, folder = own
    monkeypatch.setattr(own_models, "MOST_KEPT", 2)
    for order in (1, 2, 3):
        library()[0].trained(path, "markov", order)
    assert len(list(folder.iterdir())) == 2


def test_quicker_models_are_offered(tmp_path):
    """A mixture of thousands of lines is told with the chains that take at most half as long."""
    (tmp_path / "a.txt").write_text(
        "\n".join(f"the {i} of the {i * 7 % 991} is at {i % 13} again" for i in range(3000))
    )
    corpus = corpora.read(tmp_path / "a.txt")
    assert set(own_models.quicker(corpus, "mix")) == {"markov", "chain"}
    assert own_models.estimate(corpus.sequences, "words", "mix") > 10 * own_models.estimate(
        corpus.sequences, "words", "markov"
    )


def test_more_than_a_memory_holds_is_refused():
    """Hundreds of thousands of different tokens make no hidden Markov model; a chain takes them."""
    many = [[str(i)] for i in range(300_000)]
    with pytest.raises(BadInput, match="300,000 different words"):
        own_models.refuse_too_many(many, "words", "mix")
    own_models.refuse_too_many(many, "words", "markov")
