"""Draw docs/messages.svg, messages that meet at a hole, with the numbers of a real model: `make picture`.

Run `python -m tools.draw_messages PATTERN FILE`. The pattern has one hole; the model is the back-off chain of the pokemon
corpus.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np

import corpora
import generator

SHOWN = 6  # tokens at the hole, the likeliest of each column
CELL, TOP, BAR = 62, 40, 120
BEFORE, AFTER, BOTH = "#2b6cb0", "#c05621", "#2f855a"
COLUMNS = (
    ("what came before says", "p(token | before)", BEFORE),
    ("what comes after says", "∝ β(after | token)", AFTER),
    ("together", "p(token | pattern)", BOTH),
)


def believed(pattern: str) -> tuple[generator.Vocabulary, list[np.ndarray]]:
    """Give p(token | tokens before the hole), the scaled backward message of the hole, and the posterior.

    Each has shape (V,) and sums to 1.
    """
    names = corpora.load("pokemon").sequences
    model = generator.train("markov", names, np.random.default_rng(0))
    vocabulary, hole = model.vocabulary, pattern.index("*")
    frontier = model.begin(np.array([len(pattern)]))
    for letter in pattern[:hole]:
        frontier = model.advance(frontier, np.array([0]), vocabulary.encode([letter]))
    before = model.rows(frontier.state)[0][0]
    posterior = (
        generator.posterior(model, generator.constrain(generator.parse_pattern(pattern), vocabulary)).holes[0].probs
    )
    return vocabulary, [before, posterior / before / (posterior / before).sum(), posterior]


def picture(pattern: str) -> Iterator[str]:
    """Give the lines of the SVG."""
    vocabulary, columns = believed(pattern)
    width, hole = max(CELL * len(pattern) + 40, 3 * 210 + 40), pattern.index("*")
    left, middle = (width - CELL * len(pattern)) / 2, (width - CELL * len(pattern)) / 2 + CELL * (hole + 0.5)
    shown = sorted(
        set().union(*(np.argsort(-column)[: SHOWN // 2].tolist() for column in columns)), key=lambda i: -columns[2][i]
    )
    height = TOP + CELL + 110 + 24 * len(shown) + 20
    yield f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" font-size="14">'
    yield f'<title>Messages meet at the hole of {escape(pattern)}</title><rect width="100%" height="100%" fill="#ffffff"/>'
    for place, letter in enumerate(pattern):
        x, fill = left + CELL * place, "#fefcbf" if place == hole else "#edf2f7"
        yield f'<rect x="{x + 4}" y="{TOP}" width="{CELL - 8}" height="{CELL - 8}" rx="6" fill="{fill}" stroke="#4a5568"/>'
        yield f'<text x="{x + CELL / 2}" y="{TOP + 36}" text-anchor="middle" font-size="26" font-family="monospace">{escape(letter)}</text>'
    y = TOP + CELL + 18
    yield from _arrow(left + 8, middle - 14, y, BEFORE, "forward: α", "start", left + 8)
    yield from _arrow(
        left + CELL * len(pattern) - 8, middle + 14, y, AFTER, "backward: β", "end", left + CELL * len(pattern) - 8
    )
    for number, ((title, formula, colour), column) in enumerate(zip(COLUMNS, columns, strict=True)):
        x = (width - 3 * 210) / 2 + 210 * number
        yield f'<text x="{x + 24}" y="{y + 46}" fill="{colour}" font-weight="bold">{title}</text>'
        yield f'<text x="{x + 24}" y="{y + 64}" fill="#4a5568" font-size="12">{formula}</text>'
        for row, token in enumerate(shown):
            yield from _bar(x, y + 74 + 24 * row, vocabulary.tokens[token], float(column[token]), colour)
    yield "</svg>"


def _arrow(start: float, end: float, y: float, colour: str, label: str, anchor: str, at: float) -> Iterator[str]:
    back = 8 if end < start else -8
    yield f'<line x1="{start}" y1="{y}" x2="{end}" y2="{y}" stroke="{colour}" stroke-width="3"/>'
    yield f'<path d="M{end},{y} l{back},-6 l0,12 z" fill="{colour}"/>'
    yield f'<text x="{at}" y="{y + 20}" fill="{colour}" text-anchor="{anchor}">{label}</text>'


def _bar(x: float, y: float, token: str, share: float, colour: str) -> Iterator[str]:
    yield f'<text x="{x + 10}" y="{y + 14}" font-family="monospace">{escape(token)}</text>'
    yield f'<rect x="{x + 24}" y="{y + 2}" width="{max(1.0, BAR * share):.1f}" height="16" fill="{colour}"/>'
    yield f'<text x="{x + 30 + BAR * share:.1f}" y="{y + 14}" font-size="12">{share:.1%}</text>'


if __name__ == "__main__":
    Path(sys.argv[2]).parent.mkdir(exist_ok=True)
    Path(sys.argv[2]).write_text("\n".join(picture(sys.argv[1])) + "\n", encoding="utf-8")
