"""What makes names: sequence models and exact inference over tokens.

Importing this package is cheap: each name below is fetched from its module (and numpy with it) when it is first used, so that
a command that needs no model, such as `help`, does not pay for one at a cold start.

>>> import generator
>>> generator.parse_pattern("mo***").holes
3
"""

from importlib import import_module

_HOME = {
    "Completions": "search", "complete": "search",
    "compact": "compacting",
    "Constraint": "constraint", "Tangled": "constraint", "Unfillable": "constraint", "constrain": "constraint",
    "affixes": "affixing",
    "Guard": "guard", "any_allowed": "futures", "allowed": "guard", "both": "guard", "single_guards": "guard", "forbid": "forbidding", "collocated": "collocations", "no_copy": "copying",
    "DEFAULT_MODEL": "kinds", "DEFAULT_ORDER": "kinds", "DEFAULT_ORDERS": "kinds", "MODELS": "kinds", "ORDERS": "kinds", "WILD": "kinds",
    "parse_phrase": "phrase",
    "read_markovify": "markovify_files",
    "Model": "models", "train": "models",
    "Draws": "sampling", "draw": "sampling",
    "held_out_nats": "judging", "judge": "judging", "token_nats": "judging",
    "pool": "pooling",
    "Sample": "bulk", "sample": "bulk",
    "held_runs": "sayable", "sayable_like": "sayable",
    "FORMATS": "exporting", "Unsayable": "exporting", "export": "exporting", "plain": "exporting",
    "Found": "found",
    "Masked": "masked", "evaluate_masked": "masked",
    "Scores": "evaluation", "evaluate": "evaluation",
    "Known": "known",
    "LONGEST": "pattern", "Part": "pattern", "Pattern": "pattern", "PatternError": "pattern", "parse_pattern": "pattern",
    "ModelFileError": "files", "load": "files", "save": "files",
    "Signature": "metre", "metre_guard": "metre",
    "Hole": "marginals", "Posterior": "marginals", "posterior": "marginals",
    "prepare": "tempering", "temper": "tempering",
    "Spelt": "spelling", "lay_out": "spelling",
    "Vocabulary": "vocabulary",
    "evidence": "queries", "log_prob": "queries", "log_probs": "queries",
    "token_quantiles": "spread",
    "fold": "folding", "key": "folding",
}

__all__ = sorted(_HOME)


def __getattr__(name: str):
    if name not in _HOME:
        raise AttributeError(f"module 'generator' has no attribute {name!r}")
    value = getattr(import_module(f"generator.{_HOME[name]}"), name)
    globals()[name] = value
    return value
