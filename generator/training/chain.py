"""Training an unsmoothed chain: markovify counts.

On AWS, where the zip leaves markovify out, the same counts come from a loop of our own; so every order and every blend
of corpora has its chain there too.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from generator.models.unsmoothed import BEGIN, Chain, Counts, chain_of
from generator.vocabulary import Vocabulary


def train_chain(sequences: Iterable[Sequence[str]], order: int) -> Chain:
    """The chain of the given order with the counts of `markovify.Chain`. Raises ValueError if there are no tokens.

    >>> import generator
    >>> model = train_chain(["mew", "mow", "mow"], 1)
    >>> round(2.718281828 ** generator.log_prob(model, "mow"), 3)
    0.667
    """
    sequences = [s for s in sequences if len(s)]
    if not sequences:
        raise ValueError("no state begins a sequence")
    vocabulary = Vocabulary.of(sequences)
    coded = [vocabulary.encode(s).tolist() for s in sequences]
    return chain_of(vocabulary, order, _counts(coded, order, end=len(vocabulary)))


def _counts(coded: Sequence[list[int]], order: int, end: int) -> Counts:
    try:
        import markovify
    except ModuleNotFoundError:
        return count_grams(coded, order, end)
    from generator.formats.markovify import END, grams

    return grams(markovify.Chain(coded, order), {token: token for token in range(end)} | {END: end})


def count_grams(coded: Iterable[list[int]], order: int, end: int) -> Counts:
    """What markovify counts: how often each token, or the end, follows each state.

    >>> count_grams([[0]], 2, end=1) == {((BEGIN,), 0): 1, ((BEGIN, 0), 1): 1}
    True
    """
    histories = (([BEGIN, *ids], [*ids, end]) for ids in coded)
    return Counter(
        (tuple(history[max(0, i - order) : i]), token)
        for history, tokens in histories
        for i, token in enumerate(tokens, 1)
    )
