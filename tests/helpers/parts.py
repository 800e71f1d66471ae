"""What each part of a pattern stands for, by enumeration."""

import math
import re
from collections import defaultdict

import generator
from tests.helpers.models import log_sum


def read(pattern, tokens):
    """What each part of a pattern stands for in a sequence, each gap as short as can be, by Python's own regular
    expressions."""
    expression = ""
    for part in generator.parse_pattern(pattern).parts:
        expression += {"hole": "(.)", "gap": "(.*?)"}.get(
            part.kind, f"({part.text if part.text[0] == '[' else re.escape(part.text)})"
        )
    return re.fullmatch(expression, "".join(tokens)).groups()


def counted(pattern, weights):
    """By enumeration, for each part of a pattern p(its token | pattern), or p(its length | pattern) for a gap."""
    parts = generator.parse_pattern(pattern).parts
    found = [defaultdict(float) for _ in parts]
    total = log_sum(weights.values())
    for tokens, log_prob in weights.items():
        for part, into, run in zip(parts, found, read(pattern, tokens), strict=True):
            into[len(run) if part.kind == "gap" else run] += math.exp(log_prob - total)
    return found
