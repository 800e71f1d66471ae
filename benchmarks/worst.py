"""The dearest commands that anybody may type: `make worst`, or `python -m benchmarks.worst [COMMANDS] [--seed N]`.

A seeded random search over the grammar of commands: verbs, corpora and blends, models, patterns with holes, gaps and
classes, and every option. Four in ten vary one of the dearest commands found so far. Each is answered in this process,
as on a Lambda that trains in line, except that blends never ask for a model of seconds, which Lambda refuses. The CPU
seconds of each are told, beside `complete mo***` in the same run, and the memory of the process at the end.
"""

import argparse
import random
import resource
import signal
import time
from collections.abc import Callable
from contextlib import contextmanager
from typing import NamedTuple

from benchmarks.table import machine
from bot.answers.answer import answer
from bot.commands.who import Who
from bot.context import Context
from bot.names.library import Library
from bot.names.memory import resident
from bot.settings import load_settings
from bot.slack.blocks.render import render
from bot.store.sqlite import MEMORY, SqliteStore

AIM = 1.5  # CPU seconds
PATIENCE = 20.0  # CPU seconds, after which a command is cut short
ORDINARY = "complete mo***"
LETTERS = [
    "pokemon",
    "tech",
    "ikea",
    "cities",
    "moons",
    "heroes",
    "dinosaurs",
    "birds",
    "colours",
    "spices",
    "pokemon-ru",
    "pokemon-zh-hans",
    "pokemon-ja",
]
# Commands that once took long.
LISTED = (
    'complete "... *" lyrics 20 copy=2 order=4',
    'complete "... *" lyrics 20 copy=2 order=4 skip=1000',
    'complete "to ..." lyrics length=20',
    'complete "to ..." lyrics 1 length=50-51',
    'complete "... C4 ... * ..." piano 20',
    "why *...**...**...[bcdfg]* cities length=3-64 contains=a",
    "lyrics chain 5 length=9-49 wild=1.3",
    "pokemon-th*5+colours+moons*5+cities*5+pokemon-ja*2 markov 20",
)


class Spent(NamedTuple):
    """A command, its CPU seconds, and the beginning of its answer."""

    seconds: float
    command: str
    answer: str


class _Cut(BaseException):
    """The patience of the search is over."""


def command(rng: random.Random) -> str:
    """A random command."""
    corpus, kind = _corpus(rng)
    verb = rng.choice(("complete", "complete", "draw", "why", ""))
    pattern = _pattern(rng, kind) if verb in ("complete", "why") or rng.random() < 0.4 else ""
    model = rng.choice(("markov", "chain", "") if "+" in corpus else ("mix", "markov", "hmm", "chain", ""))
    if "+" in corpus and not model:
        model = "markov"
    count = "" if verb == "why" else rng.choice(("", "1", "20", "20"))
    return " ".join(word for word in (verb, pattern, corpus, model, count, *_options(rng)) if word)


def varied(rng: random.Random, text: str) -> str:
    """A command with one more option, and perhaps a word fewer."""
    words = [text] if '"' in text else text.split(" ")
    if len(words) > 2 and rng.random() < 0.5:
        words.pop(rng.randrange(1, len(words)))
    return " ".join([*words, *_options(rng)[:1]])


def _corpus(rng: random.Random) -> tuple[str, str]:
    if rng.random() < 0.15:
        return rng.choice((("lyrics", "words"), ("piano", "notes")))
    if rng.random() < 0.7:
        return rng.choice(LETTERS), "characters"
    parts = rng.sample(LETTERS, rng.randint(2, 5))
    return "+".join(part + rng.choice(("", "*2", "*5")) for part in parts), "characters"


def _pattern(rng: random.Random, kind: str) -> str:
    if kind == "characters":
        return "".join(_part(rng) for _ in range(rng.randint(1, 6)))
    tokens = ("the", "to", "love", "and", "a") if kind == "words" else ("C4", "E4", "G4:2", "[C4|E4]")
    return '"' + " ".join(rng.choice(("*", "...", *tokens)) for _ in range(rng.randint(1, 6))) + '"'


def _part(rng: random.Random) -> str:
    makers: list[Callable[[], str]] = [
        lambda: "*" * rng.randint(1, 6),
        lambda: "...",
        lambda: f"[{''.join(rng.sample('abcdefgilmnorst', rng.randint(2, 6)))}]",
        lambda: _letters(rng),
    ]
    return rng.choice(makers)()


def _letters(rng: random.Random) -> str:
    return "".join(rng.choice("abcdeimnorst") for _ in range(rng.randint(1, 4)))


def _options(rng: random.Random) -> list[str]:
    least = rng.randint(1, 24)
    every = (
        (0.3, f"length={least}-{least + rng.choice((0, 1, 3, 10, 40))}"),
        (0.15, f"copy={rng.randint(1, 6)}"),
        (0.2, f"order={rng.randint(1, 6)}"),
        (0.15, f"wild={rng.choice((0.5, 0.7, 1.3, 2))}"),
        (0.15, f"sayable={rng.choice(('on', 'off'))}"),
        (0.1, f"metre={rng.choice(('4/4', '3/4', 'off'))}"),
        (0.15, f"begins={_letters(rng)}"),
        (0.15, f"ends={_letters(rng)}"),
        (0.15, f"contains={_letters(rng)}"),
        (0.1, f"skip={rng.choice((10, 100, 1000))}"),
        (0.1, f"sort={rng.choice(('score', 'length', 'name'))}"),
        (0.1, "raw=on"),
    )
    chosen = [option for chance, option in every if rng.random() < chance]
    return rng.sample(chosen, len(chosen))


@contextmanager
def _patience(seconds: float):
    """Cut the work short that takes more CPU seconds."""

    def cut(*_: object) -> None:
        raise _Cut

    signal.signal(signal.SIGPROF, cut)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def spend(context: Context, text: str) -> Spent:
    """Answer a command and count its CPU seconds."""
    begun = time.process_time()
    try:
        with _patience(PATIENCE):
            said = render(answer(context, text)).text.splitlines()[0]
    except _Cut:
        said = "cut short"
    return Spent(time.process_time() - begun, text, said[:60])


def search(context: Context, commands: int, rng: random.Random) -> list[Spent]:
    """The commands of the search, the dearest first."""
    found = [spend(context, text) for text in LISTED]
    for _ in range(commands):
        dearest = sorted(found, reverse=True)[:12]
        text = varied(rng, rng.choice(dearest).command) if rng.random() < 0.4 else command(rng)
        found.append(spend(context, text))
    return sorted(found, reverse=True)


def main() -> None:
    """Print the ten dearest commands and the memory that all took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commands", nargs="?", type=int, default=1_200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    library = Library(load_settings(), progress=lambda line: None)
    context = Context(library, SqliteStore(MEMORY), Who("T1", "C1", "U1", "ana"), time.time())
    spend(context, ORDINARY)  # imports and loads
    ordinary = spend(context, ORDINARY).seconds
    found = search(context, asked.commands, random.Random(asked.seed))
    over = sum(each.seconds > AIM for each in found)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_000
    print(f"{machine()}\n\n{len(found)} commands, seed {asked.seed}: {over} over {AIM} CPU s. ", end="")
    print(f"Memory at the end {resident() // 1_000_000} MB, at most {peak} MB.\n")
    print(f"| CPU s | times `{ORDINARY}` | command | answer begins |\n|---|---|---|---|")
    for seconds, text, said in found[:10]:
        print(f"| {seconds:.2f} | {seconds / ordinary:.0f} | `{text}` | {said} |")


if __name__ == "__main__":
    main()
