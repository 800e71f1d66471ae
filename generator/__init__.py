"""What makes names: sequence models and exact inference over tokens.

Importing this package is cheap: each name below is fetched from its module (and numpy with it) when it is first used,
so that a command that needs no model, such as `help`, does not pay for one at a cold start.

>>> import generator
>>> generator.parse_pattern("mo***").holes
3
"""

from importlib import import_module
from typing import Any

_HOME = {
    "Completions": "queries.completions",
    "complete": "queries.completions",
    "compact": "models.compacting",
    "Constraint": "constraints.dfa",
    "Tangled": "constraints.dfa",
    "Unfillable": "constraints.dfa",
    "constrain": "constraints.determinize",
    "affixes": "constraints.affixes",
    "Acceptor": "constraints.acceptor",
    "any_allowed": "inference.residuals",
    "allowed": "constraints.acceptor",
    "intersect": "constraints.acceptor",
    "conjuncts": "constraints.acceptor",
    "blocked_substrings": "constraints.blocked_substrings",
    "collocated": "constraints.collocations",
    "max_ngram_overlap": "constraints.ngram_overlap",
    "DEFAULT_MODEL": "kinds",
    "DEFAULT_ORDER": "kinds",
    "DEFAULT_ORDERS": "kinds",
    "MODELS": "kinds",
    "ORDERS": "kinds",
    "WILD": "kinds",
    "parse_phrase": "constraints.phrase",
    "read_markovify": "formats.markovify",
    "Model": "models.model",
    "train": "training.train",
    "Draws": "queries.sampling",
    "draw": "queries.sampling",
    "held_out_nats": "queries.judging",
    "judge": "queries.judging",
    "token_nats": "queries.judging",
    "pool": "queries.pooling",
    "Sample": "queries.bulk",
    "sample": "queries.bulk",
    "held_runs": "constraints.sayable",
    "sayable_like": "constraints.sayable",
    "FORMATS": "formats.exporting",
    "Unsayable": "formats.exporting",
    "export": "formats.exporting",
    "plain": "formats.exporting",
    "Found": "queries.found",
    "Masked": "queries.masked",
    "evaluate_masked": "queries.masked",
    "Scores": "queries.evaluation",
    "evaluate": "queries.evaluation",
    "Known": "constraints.known",
    "LONGEST": "constraints.pattern",
    "Part": "constraints.pattern",
    "Pattern": "constraints.pattern",
    "PatternError": "constraints.pattern",
    "parse_pattern": "constraints.pattern",
    "ModelFileError": "formats.npz",
    "load": "formats.npz",
    "save": "formats.npz",
    "Signature": "constraints.metre",
    "metre_acceptor": "constraints.metre",
    "Hole": "queries.posterior",
    "Posterior": "queries.posterior",
    "posterior": "queries.posterior",
    "prepare": "models.temperature",
    "temper": "models.temperature",
    "Relabelled": "constraints.relabelled",
    "transition_table": "constraints.relabelled",
    "Vocabulary": "vocabulary",
    "evidence": "queries.evidence",
    "log_prob": "queries.evidence",
    "log_probs": "queries.evidence",
    "token_quantiles": "queries.quantiles",
    "fold": "folding",
    "key": "folding",
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:  # each name has the type of its home
    if name not in _HOME:
        raise AttributeError(f"module 'generator' has no attribute {name!r}")
    value = getattr(import_module(f"generator.{_HOME[name]}"), name)
    globals()[name] = value
    return value
