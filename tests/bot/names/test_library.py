"""Corpora and models: loaded once, built where that is allowed, and never half."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest

import corpora
import generator
from bot.commands.parse import parse
from bot.errors import BadInput
from bot.names.library import Library, ModelMissing
from bot.names.parts import part_of
from tests.helpers.small_library import SmallLibrary

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(settings, tmp_path):
    return replace(settings, models_dir=tmp_path / "models")


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def library(folder, said):
    return SmallLibrary(folder, said.append)


def test_a_missing_model_is_built_and_kept(library, folder, said):
    """The first use builds a model's file and says so; the next process finds it, and nothing else is left lying
    about."""
    model = library.model("pokemon", "mix")
    assert [file.name for file in folder.models_dir.iterdir()] == ["pokemon.mix.npz"]
    assert "pokemon.mix.npz" in said[0]
    said.clear()
    again = SmallLibrary(folder, said.append).model("pokemon", "mix")
    assert generator.log_prob(again, "mew") == generator.log_prob(model, "mew") and not said


def test_a_model_is_loaded_once(library):
    """Asking again gives the same object, and the usual order is the one that is meant when none is."""
    model = library.model("pokemon", "markov")
    assert library.model("pokemon", "markov") is library.model("pokemon", "markov", generator.DEFAULT_ORDER) is model


def test_models_at_a_temperature_are_kept_and_few(library):
    """A model asked for bolder is brought there once; only the last few stay, and 1 is the model as it was trained."""
    model = library.model("pokemon", "markov", 1)
    bold = library.model("pokemon", "markov", 1, 1.3)
    assert library.model("pokemon", "markov", 1, 1.0) is model is not bold
    assert library.model("pokemon", "markov", 1, 1.3) is bold
    for wild in (0.5, 0.6, 0.8):
        library.model("pokemon", "markov", 1, wild)
    assert library.model("pokemon", "markov", 1, 1.3) is not bold


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 no", None])
def test_a_damaged_file_is_built_again(library, folder, said, damage):
    """A file that was cut short, or is none of ours, is replaced by a sound one, and that is said."""
    library.model("pasta", "mix")
    file = folder.models_dir / "pasta.mix.npz"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    SmallLibrary(folder, said.append).model("pasta", "mix")
    assert file.read_bytes() == whole and any("again" in line for line in said)


def test_a_model_of_another_state_of_the_corpus_is_built_again(library, folder):
    """A corpus that changed is not answered for by the model of what it was."""
    library.model("pokemon", "mix")

    class Other(SmallLibrary):
        def corpus(self, name):
            whole = corpora.load(name)
            return replace(whole, card=replace(whole.card, sha256="0" * 64), entries=("Abba",))

    assert Other(folder, print).model("pokemon", "mix").vocabulary.tokens == ("a", "b")


def test_lambda_never_trains_for_seconds(folder):
    """On Lambda a mixture that did not come with the package is an error that names its file."""
    lambda_ = SmallLibrary(replace(folder, on_lambda=True))
    for kind in ("mix", "hmm"):
        with pytest.raises(ModelMissing, match="pokemon.mix.npz"):
            lambda_.model("pokemon", kind)
    assert not folder.models_dir.exists()


@pytest.mark.parametrize("on_lambda", [False, True])
def test_chains_are_trained_wherever_they_are_asked_for(folder, said, on_lambda):
    """A chain trains in a fraction of a second: of every order, of a blend too, nothing is kept in a file and nothing
    is said."""
    library = SmallLibrary(replace(folder, on_lambda=on_lambda), said.append)
    for name, kind, order in [
        ("pasta", "markov", None),
        ("pasta", "chain", 6),
        ("pasta+spices", "markov", None),
        ("lyrics", "chain", None),
    ]:
        assert library.model(name, kind, order).kind == kind
    assert not folder.models_dir.exists() and not said


def test_a_blend_by_a_mixture_is_too_slow_for_lambda(folder, library):
    """The answer says so and mends it; elsewhere it is trained."""
    with pytest.raises(BadInput, match="takes longer to train") as caught:
        SmallLibrary(replace(folder, on_lambda=True)).model("pasta+spices", "mix")
    assert caught.value.suggestions == ("pasta+spices markov",)
    assert library.model("pasta+spices", "mix").kind == "mix"


def test_the_latest_blends_are_kept(library):
    """There are more blends than a memory holds: the one first asked for makes room, and what is not blended stays."""
    plain, first = library.model("pasta", "markov"), library.model("pasta+spices", "chain")
    for weight in range(2, 10):
        library.model(f"pasta*{weight}+spices", "chain")
        library.lengths(f"pasta*{weight}+spices")
    assert library.model("pasta", "markov") is plain
    assert library.model("pasta*9+spices", "chain") is library.model("pasta*9+spices", "chain")
    assert library.model("pasta+spices", "chain") is not first
    assert len({key[1] for key in library._cache.keys() if "+" in str(key[1])}) <= 8


@pytest.mark.parametrize("name", ["pasta", "piano"])
def test_the_hmm_is_the_one_in_the_mixture(library, name):
    """It is not trained twice: the part of the mixture is the very model that would be trained by itself."""
    part, alone = library.model(name, "hmm"), library.train(name, "hmm", None)
    some = library.corpus(name).sequences[:5]
    assert generator.log_probs(part, some) == pytest.approx(generator.log_probs(alone, some), abs=1e-9)
    assert part.provenance["corpus"] == name


def test_lambda_offers_what_came_with_the_package(folder):
    """On Lambda a corpus is on the shelf, and its name understood and suggested, only where its mixture was packed."""
    folder.models_dir.mkdir()
    for name in ["pasta.mix.npz", "tech.hmm.npz", "lyrics.chain.npz"]:
        (folder.models_dir / name).touch()
    shelf = [card.name for card in SmallLibrary(replace(folder, on_lambda=True)).shelf()]
    assert shelf == ["pasta"] and parse("pasta", shelf).corpus == "pasta"
    with pytest.raises(BadInput) as caught:
        parse("pokmon", shelf)
    assert (
        "pokemon" not in caught.value.message
        and "stars" not in caught.value.message
        and "`pasta`" in caught.value.message
    )


def test_elsewhere_every_corpus_is_offered(library):
    """A developer's machine has the whole shelf, words and notes with it."""
    assert library.shelf() == corpora.shelf() and (library.kinds()["lyrics"], library.kinds()["piano"]) == (
        "words",
        "notes",
    )


def test_a_corpus_of_the_shelf_is_trained_when_first_asked_for(library, folder, said):
    """A corpus that is not shipped is trained with a word on progress, and its model is kept for the next process."""
    library.model("pasta", "mix")
    assert "pasta.mix.npz" in said[0] and [file.name for file in folder.models_dir.iterdir()] == ["pasta.mix.npz"]


def test_a_users_file_is_of_what_it_looks_like_or_what_is_said(folder, tmp_path):
    """Rows of notes are notes, unless whoever brings them says that they are not."""
    path = tmp_path / "own.txt"
    path.write_text("C4 D4 E4 F4\nE4 F4 G4:2\nC4 C4 G4 G4\n")
    assert SmallLibrary(folder).corpus(str(path)).sequences[0] == ("C4", "D4", "E4", "F4")
    of_letters = SmallLibrary(folder, read=partial(corpora.read, kind="characters"))
    assert (
        of_letters.corpus(str(path)).sequences[0] == tuple("c4 d4 e4 f4") and of_letters.kind(str(path)) == "characters"
    )


def test_what_is_to_be_trained_on_is_what_is_trained_on(library, monkeypatch):
    """A corpus may say that some of its entries count more often than others."""
    twice = corpora.Corpus(corpora.card("pasta"), ("Aa", "Bb"), copies=(3, 1))
    monkeypatch.setattr(library, "corpus", lambda name: twice)
    model = library.train("pasta", "chain", 1)
    assert generator.log_prob(model, "aa") > generator.log_prob(model, "bb")


def test_a_folder_that_takes_no_files_costs_training_alone(folder, said, tmp_path):
    """The answer does not depend on a place to keep models."""
    (tmp_path / "file").write_text("in the way")
    library = SmallLibrary(replace(folder, models_dir=tmp_path / "file" / "models"), said.append)
    assert library.model("pasta", "mix").kind == "mix"
    assert any("cannot be written" in line for line in said)


def test_a_users_file_is_trained_in_memory(library, folder, tmp_path):
    """A path is a corpus too; nothing of it is written anywhere."""
    path = tmp_path / "birds.txt"
    path.write_text("wren\nrobin\nheron\n")
    assert library.model(str(path), "chain", 2).vocabulary.tokens == tuple(sorted("wrenobih"))
    assert tuple("wren") in library.known(str(path))
    assert not folder.models_dir.exists()


@pytest.mark.parametrize(
    ("names", "lengths"),
    [
        ("C Go Rust Python", (3, 6)),
        ("東京 京都 大阪 名古屋 横浜", (2, 3)),
        ("a b", (1, 3)),
        ("heron", (5, 5)),
        ("Go Rust Zig", (3, 4)),
    ],
)
def test_how_long_names_usually_are(library, tmp_path, names, lengths):
    """From three letters to the longest name; from fewer where half of the names are as short, which in some scripts is
    usual."""
    path = tmp_path / "own.txt"
    path.write_text(names.replace(" ", "\n"), encoding="utf-8")
    assert library.lengths(str(path)) == lengths


def test_threads_share_one_model(library, said):
    """Requests that come at once, as over Socket Mode, wait for one training instead of each starting its own."""
    with ThreadPoolExecutor(8) as pool:
        models = list(pool.map(lambda _: library.model("pasta", "mix"), range(8)))
    assert len(set(map(id, models))) == sum("building" in line for line in said) == 1


def test_build_all_builds_what_can_be_asked_for(library, folder):
    """Then every model of these corpora can be had on Lambda; the same bytes each time."""
    some = ("ipsum-corporate", "pasta")
    library.build_all(some)
    built = {file.name: file.read_bytes() for file in folder.models_dir.iterdir()}
    silent = SmallLibrary(replace(folder, on_lambda=True))
    assert [card.name for card in silent.shelf()] == sorted(some)
    for name in some:
        for kind in generator.MODELS:
            assert silent.model(name, kind).kind == kind
        assert {file.name for file in silent.files(name)} == {file for file in built if file.startswith(f"{name}.")}
    library.path("pasta", "hmm").write_bytes(b"of an earlier mixture, which had no such part")
    SmallLibrary(folder, print).build_all(some)
    assert {file.name: file.read_bytes() for file in folder.models_dir.iterdir()} == built


def test_the_corpora_used_longest_ago_leave_a_full_memory(library, monkeypatch):
    """Above the bound the library forgets one corpus after another, first the one used longest ago, never the one in
    use; a forgotten one is read again."""
    fresh = Library(replace(library.settings, memory=250), progress=lambda line: None)
    held = lambda: {key[1] for key in fresh._cache.keys()}  # noqa: E731 - a cache is no mapping
    monkeypatch.setattr("bot.names.library.resident", lambda: 100 * len(held()))
    for name in ("pasta", "spices", "colours"):
        first = fresh.corpus("pasta")  # in use all the time
        fresh.corpus(name)
    assert held() == {"pasta", "colours"} and fresh.corpus("pasta") is first
    fresh.lengths("spices")
    assert held() == {"pasta", "spices"} and fresh.corpus("spices").card.name == "spices"


def test_a_memory_that_others_fill_is_not_emptied_for_ever(library, monkeypatch):
    """If forgetting everything else does not help, the library goes on with what it has until the process grows."""
    fresh = Library(replace(library.settings, memory=250), progress=lambda line: None)
    monkeypatch.setattr("bot.names.library.resident", lambda: 10**9)
    fresh.corpus("pasta")
    fresh.corpus("spices")
    pasta = fresh.corpus("pasta")
    assert fresh.corpus("spices") and fresh.corpus("pasta") is pasta


def test_a_chain_from_the_mixture_is_judged_as_the_mixture_judges(library):
    """The chain in a mixture's file knows how likely it found names that were held out of training; its own draws would
    look poor beside the names that it was trained on."""
    mix = library.trained("pokemon", "mix")
    chain = part_of(mix, "markov")
    assert generator.held_out_nats(chain) == generator.held_out_nats(mix) and "held_out_judge" not in chain.provenance
    assert all("held_out" not in part.provenance for part in [part_of(mix, "hmm")] if part)
