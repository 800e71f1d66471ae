"""Chains in the files of markovify, which reads and writes them: the JSON of a `Chain` or a `Text`, compiled or not.

A Chain is [[state, follows], …]: a state is a list of tokens, padded with ___BEGIN__; follows are {token: count}, or if
compiled [tokens, cumulative counts]; the token ___END__ ends. A Text holds such a Chain under "chain". markovify is
imported when a file is read or written.
"""

import json
import math
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.formats.npz import ModelFileError
from generator.models.unsmoothed import BEGIN, Chain, Counts, chain_of, counts_of
from generator.vocabulary import Vocabulary

if TYPE_CHECKING:
    import markovify

PADDING, END = "___BEGIN__", "___END__"
LARGEST = 500_000_000  # bytes in a file: the Python lists of a larger one would not fit most memories
LONGEST_STATE = 16  # tokens


def read_markovify(path: str | os.PathLike) -> Chain:
    """The chain in a file that markovify's `to_json` wrote.

    Raises FileNotFoundError, or ModelFileError for a file that holds no chain or whose states do not fit together.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "chain.json"
    >>> _ = path.write_text('[[["___BEGIN__"], {"m": 1}], [["m"], {"___END__": 1}]]')
    >>> read_markovify(path).vocabulary.tokens
    ('m',)
    """
    path = Path(path)
    try:
        if path.stat().st_size > LARGEST:
            raise ModelFileError(path, f"the file is larger than {LARGEST:,} bytes")
        return _chain(_peer(json.loads(path.read_text(encoding="utf-8"))))
    except FileNotFoundError:
        raise
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise ModelFileError(path, "this is not a file of markovify's: it is not JSON in UTF-8") from error
    except (TypeError, KeyError, IndexError, AttributeError) as error:
        raise ModelFileError(path, "this is not a file of markovify's: it holds no chain") from error
    except ValueError as error:
        raise ModelFileError(path, f"the chain is damaged: {error}") from error


def as_markovify(chain: Chain) -> str:
    """The JSON of a chain, written by markovify.

    >>> import generator
    >>> as_markovify(generator.train("chain", ["m"], None, order=1))
    '[[["___BEGIN__"], {"m": 1}], [["m"], {"___END__": 1}]]'
    """
    import markovify

    tokens = (*chain.vocabulary.tokens, END)
    follows: dict[tuple[str, ...], dict[str, float]] = {}
    for (state, token), count in counts_of(chain).items():
        padded = (PADDING,) * (chain.order - len(state)) + tuple(PADDING if t == BEGIN else tokens[t] for t in state)
        follows.setdefault(padded, {})[tokens[token]] = int(count) if count.is_integer() else count
    return markovify.Chain(None, chain.order, follows).to_json()


def grams(peer: "markovify.Chain", ids: Mapping[Any, int]) -> Counts:
    """The counts of markovify's chain by (state, token); `ids` has the id of every token and of END.

    Raises ValueError for a state of tokens that cannot stand in one.
    """
    return {
        (_state(state, ids), ids[token]): n for state, follows in peer.model.items() for token, n in _counts(follows)
    }


def _peer(content: Any) -> "markovify.Chain":
    """markovify's chain of parsed JSON. Raises TypeError for content of another kind."""
    import markovify

    if not isinstance(content, dict | list):
        raise TypeError
    try:
        return (
            markovify.Text.from_dict(content).chain if isinstance(content, dict) else markovify.Chain.from_json(content)
        )
    except KeyError as error:
        if isinstance(error.args[0], tuple):  # markovify looks up the state of the beginning
            raise ValueError("no state begins a sequence") from error
        raise


def _chain(peer: "markovify.Chain") -> Chain:
    if {len(state) for state in peer.model} != {peer.state_size} or not 1 <= peer.state_size <= LONGEST_STATE:
        raise ValueError(f"its states are not all of one size from 1 to {LONGEST_STATE}")
    tokens = {token for state, follows in peer.model.items() for token in (*state, *(t for t, _ in _counts(follows)))}
    tokens -= {PADDING, END}
    if not all(isinstance(token, str) and token for token in tokens):
        raise ValueError("a token is not a text")
    vocabulary = Vocabulary(sorted(tokens))
    return chain_of(vocabulary, peer.state_size, grams(peer, vocabulary.ids | {END: len(vocabulary)}))


def _counts(follows: Any) -> list[tuple[Any, float]]:
    """The tokens after a state and their counts above zero."""
    if isinstance(follows, list):  # compiled
        tokens, sums = follows
        follows = {token: after - before for token, after, before in zip(tokens, sums, [0, *sums], strict=False)}
    if not all(type(n) in (int, float) and 0 <= n < math.inf for n in follows.values()):
        raise ValueError("a count is not a number from 0 up")
    if PADDING in follows:
        raise ValueError(f"{PADDING} follows a state")
    return [(token, float(n)) for token, n in follows.items() if n > 0]


def _state(state: tuple, ids: Mapping[Any, int]) -> tuple[int, ...]:
    """A state as ids, its padding as one BEGIN."""
    padding = sum(token == PADDING for token in state)
    if PADDING in state[padding:] or END in state:
        raise ValueError(f"a state has {PADDING} or {END} among its tokens")
    return (BEGIN,) * (padding > 0) + tuple(ids[token] for token in state[padding:])
