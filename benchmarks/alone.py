"""One piece of work in a process of its own: `python -m benchmarks.alone WORK NAMES.txt [SETTING ...]` prints its cost.

A work takes the names and gives a function that does it, so that neither the time nor the memory of its set-up counts.
The cost is JSON: seconds of the processor, and megabytes of the process's peak above its start (on Linux).
"""

import json
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

Names = Sequence[str]
ORDER = 5  # tokens that a chain looks back
DRAWN = 5  # names a call of the talk's function


def count(names: Names) -> Callable[[], dict]:
    """Count, smooth and link our chain."""
    from generator.training.kneser_ney import train_markov

    return lambda: {"ngrams": len(train_markov(names, ORDER).q)}


def count_markovify(names: Names) -> Callable[[], dict]:
    """Count markovify's chain."""
    import markovify

    return lambda: {"states": len(markovify.Chain(map(list, names), ORDER).model)}


def naive(names: Names, calls: str) -> Callable[[], dict]:
    """Call the talk's first function, which trains in each call."""
    import markovify

    corpus = [list(name) for name in names]

    def call() -> list[str]:
        chain = markovify.Chain(corpus, 3)
        return ["".join(chain.walk()) for _ in range(DRAWN)]

    return lambda: {"names": [call() for _ in range(int(calls))][-1]}


def em(names: Names, states: str, times: str) -> Callable[[], dict]:
    """Repeat an iteration of our EM."""
    from generator.training.baum_welch import blocks, e_step, m_step

    model, coded = _random_model(names, int(states))
    data = blocks(coded, int(states))

    def iteration() -> float:
        counts = e_step(model, data)
        m_step(model, counts)
        return counts.log_prob

    iteration()  # warms up the matrix library
    return lambda: {"log_prob": [iteration() for _ in range(int(times))][-1]}


def em_hmmlearn(names: Names, states: str, way: str) -> Callable[[], dict]:
    """Run an iteration of hmmlearn's EM in one of its two ways. Its models have no end, so it does a little less."""
    import numpy as np

    model, coded = _random_model(names, int(states))
    peer = _peer(model.start, _rows(model.move), _rows(model.emit), way)
    tokens, lengths = np.concatenate(coded)[:, None], [len(ids) for ids in coded]
    return lambda: {"iterations": peer.fit(tokens, lengths).monitor_.iter}


def score_hmmlearn(names: Names, states: str) -> Callable[[], dict]:
    """Compute log p of all names with hmmlearn, under the model that our EM begins with; one more state emits the end."""
    import numpy as np

    model, coded = _random_model(names, int(states))
    last, end = len(model.start), len(model.vocabulary)
    emit = np.zeros((last + 1, end + 1))
    emit[:last, :end], emit[last, end] = model.emit, 1.0
    peer = _peer(np.append(model.start, 0.0), np.vstack([model.leave, np.eye(last + 1)[last]]), emit, "scaling")
    tokens = np.concatenate([np.append(ids, end) for ids in coded])[:, None]
    return lambda: {"log_prob": peer.score(tokens, [len(ids) + 1 for ids in coded])}


def _random_model(names: Names, states: int):
    """Make an HMM of random rows, always the same, and the names as token ids."""
    import numpy as np

    from generator.models.hmm import Hmm
    from generator.vocabulary import Vocabulary

    vocabulary, rng = Vocabulary.of(names), np.random.default_rng(0)
    leave, emit = (rng.dirichlet(np.ones(width), size=states) for width in (states + 1, len(vocabulary)))
    return Hmm(vocabulary, rng.dirichlet(np.ones(states)), leave, emit), [vocabulary.encode(name) for name in names]


def _rows(table):
    return table / table.sum(axis=1, keepdims=True)


def _peer(start, move, emit, way: str):
    """Make an hmmlearn model with these rows that learns for one iteration."""
    from hmmlearn.hmm import CategoricalHMM

    peer = CategoricalHMM(
        len(start), n_features=emit.shape[1], n_iter=1, tol=float("-inf"), init_params="", implementation=way
    )
    peer.startprob_, peer.transmat_, peer.emissionprob_ = start, move, emit
    return peer


WORKS = {work.__name__: work for work in (count, count_markovify, naive, em, em_hmmlearn, score_hmmlearn)}


def main(argv: Sequence[str]) -> None:
    """Do one work and print its cost."""
    work, file, *settings = argv
    run = WORKS[work](Path(file).read_text(encoding="utf-8").split("\n"), *settings)
    held, start = _megabytes("VmRSS"), time.process_time()
    result = run()
    print(json.dumps({"seconds": time.process_time() - start, "megabytes": _megabytes("VmHWM") - held, **result}))


def _megabytes(figure: str) -> float:
    """Read VmRSS, the current memory of this process, or VmHWM, its peak; 0 on systems other than Linux."""
    try:
        found = re.search(rf"{figure}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    main(sys.argv[1:])
