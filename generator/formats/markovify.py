"""Chains in markovify's own files: JSON of a `Chain` or of a `Text`, compiled or not. Read as text; markovify is not
needed.

A Chain is [[state, follows], …]: a state is a list of tokens, padded with ___BEGIN__, and follows are {token: count},
or where it is compiled [tokens, counts added up]; ___END__ ends. A Text has such a Chain as a string under "chain".
"""

import json
import os
from pathlib import Path
from typing import Any

from generator.formats.npz import ModelFileError
from generator.models.unsmoothed import BEGIN, Chain, chain_of, counts_of
from generator.vocabulary import Vocabulary

PADDING, END = "___BEGIN__", "___END__"
LARGEST = 500_000_000  # bytes in a file: a Python list of more would not fit most memories
LONGEST_STATE = 16  # tokens
MOST = 2**53  # times that something follows: up to it every whole number is a float of its own

Follows = dict[tuple[str, ...], dict[str, float]]


def read_markovify(path: str | os.PathLike) -> Chain:
    """The chain in a file that markovify's `to_json` wrote.

    Raises FileNotFoundError, or ModelFileError for a file that is none or whose states do not fit together.

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
        return _chain(_follows(json.loads(path.read_text(encoding="utf-8"))))
    except FileNotFoundError:
        raise
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise ModelFileError(path, "this is not a file of markovify's: it is not JSON in UTF-8") from error
    except (TypeError, KeyError, IndexError, AttributeError) as error:
        raise ModelFileError(path, "this is not a file of markovify's: it holds no chain") from error
    except ValueError as error:
        raise ModelFileError(path, f"the chain is damaged: {error}") from error


def as_markovify(chain: Chain) -> str:
    """The JSON of a chain, as `markovify.Chain.from_json` reads it."""
    tokens, follows = (*chain.vocabulary.tokens, END), {}
    for (state, token), count in counts_of(chain).items():
        padded = (PADDING,) * (chain.order - len(state)) + tuple(PADDING if t == BEGIN else tokens[t] for t in state)
        follows.setdefault(padded, {})[tokens[token]] = int(count) if count.is_integer() else count
    return json.dumps([[list(state), counts] for state, counts in follows.items()], ensure_ascii=False)


def _follows(content: Any) -> Follows:
    """What follows each state and how often."""
    if isinstance(content, dict):
        content = content["chain"]
        content = json.loads(content) if isinstance(content, str) else content
    follows = {tuple(state): _counts(counts) for state, counts in content}
    sizes = {len(state) for state in follows}
    if len(sizes) != 1 or not 1 <= sizes.pop() <= LONGEST_STATE:
        raise ValueError(f"its states are not all of one size from 1 to {LONGEST_STATE}")
    return follows


def _counts(counts: Any) -> dict[str, float]:
    """The counts of what follows a state, those of a compiled chain taken apart again."""
    if isinstance(counts, list):
        tokens, sums = counts
        counts = {token: after - before for token, after, before in zip(tokens, sums, [0, *sums], strict=False)}
    if not all(type(n) in (int, float) and 0 <= n <= MOST for n in counts.values()):
        raise ValueError(f"a count is not a number from 0 to {MOST:,}")
    return {token: float(n) for token, n in counts.items() if n > 0}


def _chain(follows: Follows) -> Chain:
    tokens = {token for state, counts in follows.items() for token in (*state, *counts)} - {PADDING, END}
    if not all(isinstance(token, str) and token for token in tokens):
        raise ValueError("a token is not a text")
    vocabulary, order = Vocabulary(sorted(tokens)), len(next(iter(follows)))
    ids = vocabulary.ids | {END: len(vocabulary)}
    grams = {
        (_state(state, vocabulary), ids[token]): n for state, counts in follows.items() for token, n in _known(counts)
    }
    return chain_of(vocabulary, order, grams)


def _known(counts: dict[str, float]):
    if PADDING in counts:
        raise ValueError(f"{PADDING} follows a state")
    return counts.items()


def _state(state: tuple[str, ...], vocabulary: Vocabulary) -> tuple[int, ...]:
    """A state as ids, its padding as one BEGIN."""
    padding = sum(token == PADDING for token in state)
    if PADDING in state[padding:] or END in state:
        raise ValueError(f"a state has {PADDING} or {END} among its tokens")
    return (BEGIN,) * (padding > 0) + tuple(vocabulary.ids[token] for token in state[padding:])
