"""The corpus that is most like some names."""

import time

import generator
from bot.answers.likeness import nearest_corpus
from corpora.tokens import tokenise


def test_nearest_corpus_is_the_likeliest(library):
    """Of the corpora at hand it is the one whose model gives the names the greatest probability; their own, for known
    names."""
    for home in ("pokemon", "tech"):
        library.model(home, generator.DEFAULT_MODEL)
    no_hurry = time.monotonic() + 60  # a busy machine has time to compare every corpus
    for home in ("pokemon", "tech"):
        names = library.corpus(home).entries[:8]
        assert nearest_corpus(names, library, no_hurry) == (home, True)
    odd = ["Kingar", "Kubernetix"]
    at_hand = [
        card.name for card in library.shelf() if card.kind == "characters" and library.at_hand(card.name, "mix")
    ]  # other tests' too
    letters = {home: set(library.model(home, "mix").vocabulary.tokens) for home in at_hand}
    scores = {
        home: sum(generator.log_prob(library.model(home, "mix"), tokenise(name)) for name in odd)
        for home in at_hand
        if letters[home] >= set("kingarkubernetix")
    }
    assert nearest_corpus(odd, library, no_hurry)[0] == max(scores, key=scores.get)
    theirs = {home: set("".join(library.corpus(home).entries)) for home in ("pokemon", "tech")}
    for foreign in theirs["pokemon"] - theirs["tech"]:
        assert nearest_corpus([f"Kubernetes{foreign}"], library, no_hurry)[0] != "tech", (
            "it lacks a letter, whatever else is like it"
        )


def test_nothing_is_guessed_without_time(library):
    """A message that arrived too long ago is answered without a guess."""
    assert nearest_corpus(["Kingar"], library, time.monotonic() - 10) == (None, False)
