"""Back-off chains as ARPA files, the text format of language-model tools (kenlm, SRILM).

A line holds log10 p(w | h) of an n-gram (h, w) and, if hw is a context, its back-off weight log10 λ(hw). Markov stores
exactly these.
"""

import numpy as np

from generator.inference.automaton_markov import EMPTY, START
from generator.models.markov import Markov
from generator.models.unsmoothed import BEGIN, contexts_of

SPACE = "<space>"  # replaces a token of one space, because spaces separate tokens
NEVER = -99.0  # log10 of zero in ARPA


def as_arpa(model: Markov) -> str:
    """The ARPA text of a chain without positions. Raises ValueError for a token that ARPA cannot write.

    >>> from generator.training.kneser_ney import train_markov
    >>> as_arpa(train_markov(["mew"], 1)).splitlines()[:3]
    ['\\\\data\\\\', 'ngram 1=6', 'ngram 2=4']
    """
    grams = _grams(model)
    counts = [f"ngram {n}={len(lines)}" for n, lines in enumerate(grams, 1)]
    sections = [f"\\{n}-grams:\n" + "\n".join(lines) for n, lines in enumerate(grams, 1)]
    return "\\data\\\n" + "\n".join(counts) + "\n\n" + "\n\n".join(sections) + "\n\n\\end\\\n"


def _grams(model: Markov) -> list[list[str]]:
    """The lines of the n-grams of each length, from 1 up."""
    words, contexts = _words(model), contexts_of(model)
    probs, backoffs = _log10(model.edge_prob), _log10(model.backoff)
    number = {context: i for i, context in enumerate(contexts)}
    grams: list[list[str]] = [[] for _ in range(int(model.length.max()) + 1)]
    grams[0] += [f"{NEVER}\t<s>\t{backoffs[START]:.7f}", f"{_log10(np.array(model.unseen)):.7f}\t<unk>"]
    for edge, (context, token) in enumerate(zip(model.owner.tolist(), model.token.tolist(), strict=True)):
        gram = (*contexts[context], token)
        backoff = number.get(gram, EMPTY)
        lines = grams[len(gram) - 1]
        text = " ".join("<s>" if t == BEGIN else words[t] for t in gram)
        lines.append(f"{probs[edge]:.7f}\t{text}" + (f"\t{backoffs[backoff]:.7f}" if backoff else ""))
    return [lines for lines in grams if lines]


def _words(model: Markov) -> list[str]:
    """The written form of each token and of the end."""
    words = [SPACE if token == " " else token for token in model.vocabulary.tokens]
    for word in words:
        if len(word.split()) != 1 or word in ("<s>", "</s>", "<unk>") or words.count(word) > 1:
            raise ValueError(f"ARPA has no way to write the token {word!r}")
    return [*words, "</s>"]


def _log10(probs: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore"):
        return np.maximum(np.log10(probs), NEVER)
