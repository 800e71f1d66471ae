"""The acceptor of sayable names: their runs of consonants and of vowels occur in a list of names or in common words.

A run has a place: the start of a word, inside it, its end, or the whole word. The lists are the only pronunciation
rules. The acceptor reads each run on a trie of the runs of its place, and changes to the next trie between consonants
and vowels. At a space, a sign or the end it checks that the run may end a word:

                 consonants            vowels                consonants
    word ──▶ s ─▶ st ─▶ str ──────▶ a ─▶ au ─▶ eau ──────▶ n ─▶ nd ─▶ ndr ──▶ …
    ▲   may start a word? │   may stand inside? │    may stand inside? │
    └──── may be a word? ─┴── may end a word? ──┴── may end a word? ───┘
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from generator.constraints.acceptor import SINK
from generator.constraints.letters import APART, END, INSIDE, START, WHOLE, is_vowel, runs_of, spell
from generator.constraints.relabelled import Relabelled
from generator.vocabulary import Vocabulary

ENTRIES = 2  # entries that must hold a run, unless the list is foreign
MOST_VOWELS = 3  # in a row
SPELT_OUT = 100  # words without vowels (HTML) of a length are sayable if one entry in so many is one of that length
ASKED = 200  # entries sampled to test whether a list is foreign
FOREIGN = 4  # a list is foreign if more than one sampled entry in so many breaks the rule of the others
Run = tuple[str, str]  # its place in the word, and its letters


def sayable_like(
    sequences: Sequence[Sequence[str]], vocabulary: Vocabulary, common: frozenset[Run] = frozenset()
) -> Relabelled | None:
    """The acceptor of names that are sayable by the runs of a list and of common words (see held_runs).

    A run must occur in two entries. In a foreign list, whose entries have little in common, one entry is enough. None
    if the list is mostly of scripts that do not write vowels (see letters).

    >>> from generator.constraints.acceptor import allowed
    >>> vocabulary = Vocabulary("adklnruvz")
    >>> acceptor = sayable_like(["kandal", "kundar", "landur", "kaldun", "valdur", "zuldan"], vocabulary)
    >>> [bool(allowed(acceptor, vocabulary.encode(name)[None])[0]) for name in ("kankul", "kaldur", "znkduv", "kaznd")]
    [True, True, False, False]
    """
    texts = ["".join(map(spell, sequence)) for sequence in sequences]
    own = Counter(run for text in texts for run in runs_of(text))
    if not texts or _without_vowels(sequences, texts):
        return None
    rule = Rule(_held(own, ENTRIES) | common, _spelt_out(own, len(texts)))
    lone = {run for run, n in own.items() if n == ENTRIES} - common
    if _foreign(texts, rule, lone):
        rule = rule._replace(held=_held(own, 1) | common)
    return rule_acceptor(rule, vocabulary)


def held_runs(words: Sequence[Sequence[str]], least: int) -> frozenset[Run]:
    """The runs that at least so many words hold, each with its place.

    >>> sorted(held_runs(["stern", "stork", "swift"], 2))
    [('start', 'st')]
    """
    return _held(Counter(run for word in words for run in runs_of("".join(map(spell, word)))), least)


def _held(counts: Counter[Run], least: int) -> frozenset[Run]:
    return frozenset(
        (where, run)
        for (where, run), n in counts.items()
        if n >= least and (len(run) <= MOST_VOWELS or not is_vowel(run[0]))
    )


def _spelt_out(own: Counter[Run], entries: int) -> frozenset[int]:
    """The lengths of which a list has many words without vowels."""
    lengths: Counter[int] = Counter()
    for (where, run), n in own.items():
        lengths[len(run)] += n if where == WHOLE and not is_vowel(run[0]) else 0
    return frozenset(length for length, n in lengths.items() if n >= max(ENTRIES, entries / SPELT_OUT))


def _without_vowels(sequences: Sequence[Sequence[str]], texts: Sequence[str]) -> bool:
    """Whether most letters of a list belong to scripts that do not write vowels."""
    letters = sum(letter.isalpha() for sequence in sequences for letter in "".join(sequence))
    return 2 * sum(len(text) - text.count(APART) for text in texts) < letters


def _foreign(texts: Sequence[str], rule: "Rule", lone: set[Run]) -> bool:
    """Whether too many entries break the rule of the other entries; `lone` runs occur in only one other entry."""
    asked = [runs_of(text) for text in texts[:: -(-len(texts) // ASKED) or 1]]
    broken = [not all(map(rule._replace(held=rule.held - (runs & lone)).allows, runs)) for runs in asked]
    return FOREIGN * sum(broken) > len(broken)


class Rule(NamedTuple):
    """The runs that are sayable at their places, and the lengths that a word without vowels may have."""

    held: frozenset[Run]
    spelt_out: frozenset[int] = frozenset()

    def allows(self, place: Run) -> bool:
        """Whether a run is sayable at its place: a held run, a single letter, or inside a word two joined runs.

        A word of vowels alone must be sayable as a start and as an end.
        """
        where, run = place
        if place in self.held:
            return True
        if where == WHOLE:
            return (
                self.allows((START, run)) and self.allows((END, run))
                if is_vowel(run[0])
                else len(run) in self.spelt_out
            )
        return len(run) == 1 or (
            where == INSIDE and not is_vowel(run[0]) and any(self._joined(run, i) for i in range(1, len(run)))
        )

    def _joined(self, run: str, i: int) -> bool:
        """Whether a run splits at i into an end and a start with different letters there.

        The end may also be a doubled letter from inside a word whose last letter begins the start (`bb`, `bl`).
        """
        if run[i - 1] == run[i]:
            return False
        apart = (END, run[:i]) in self.held and (START, run[i:]) in self.held
        return apart or (
            run[i - 2 : i - 1] == run[i - 1] and (INSIDE, run[:i]) in self.held and (START, run[i - 1 :]) in self.held
        )


def rule_acceptor(rule: Rule, vocabulary: Vocabulary) -> Relabelled:
    """The acceptor of names whose runs a rule allows.

    >>> from generator.constraints.acceptor import allowed
    >>> vocabulary = Vocabulary("enst")
    >>> acceptor = rule_acceptor(Rule(frozenset([("start", "st"), ("end", "ts")])), vocabulary)
    >>> [bool(allowed(acceptor, vocabulary.encode(name)[None])[0]) for name in ("stets", "tsen")]
    [True, False]
    """
    return _Automaton(rule, sorted({APART}.union(*map(spell, vocabulary.tokens)))).acceptor(vocabulary)


class _State(NamedTuple):
    """The last run of a prefix: its place, its letters, and the starts of words that it may continue after an end."""

    where: str  # START, INSIDE, or ANY if what came before is unknown
    run: str = ""
    starts: frozenset[str] = frozenset()


ANY = "any"
GONE = "\0\0"  # the consonants of a run that is not held as a whole
BEGIN, ROOT = _State(START), _State(ANY)


class _Automaton:
    """The automaton of a rule over letters."""

    def __init__(self, rule: Rule, letters: Sequence[str]):
        self.rule, self.letters = rule, letters
        self.begun = {(where, begun) for where, run in rule.held for begun in accumulate(run)}
        self.longest = max(rule.spelt_out, default=0)
        self.number: dict[_State | None, int] = {None: SINK, ROOT: 1, BEGIN: 2}
        self.rows = [[SINK] * len(letters)]
        self.first_inside = {letter: _State(INSIDE, letter) for letter in letters}

    def acceptor(self, vocabulary: Vocabulary) -> Relabelled:
        """The acceptor over the tokens of a vocabulary."""
        states = [ROOT, BEGIN]
        for state in states:  # grows during this loop
            after = self.row(state)
            for new in after:
                if new is not None and new not in self.number:
                    self.number[new] = len(self.number)
                    states.append(new)
            self.rows.append([self.number[new] for new in after])
        final = np.array([False, *map(self.is_final, states)])
        return Relabelled(np.array(self.rows), Vocabulary(self.letters), vocabulary, spell, self.number[BEGIN], final)

    def is_final(self, state: _State) -> bool:
        """Whether a word may end at a state."""
        if state.where == ANY or not state.run:
            return True
        return self.rule.allows((WHOLE if state.where == START else END, state.run))

    def row(self, state: _State) -> list[_State | None]:
        """The state after each letter; None if the run before it may not end there, or may not go on so."""
        vowels, stands = is_vowel(state.run[-1:]), self._stands(state)
        row: list[_State | None] = []
        for letter in self.letters:
            if letter == APART:
                row.append(BEGIN if self.is_final(state) else None)
            elif state.run and is_vowel(letter) != vowels:
                row.append(self.first_inside[letter] if stands else None)
            elif state.where == ANY:
                row.append(_State(ANY, "a" if is_vowel(letter) else GONE))
            else:
                row.append(self._begun(state, letter) if state.where == START else self._grown(state, letter))
        return row

    def _stands(self, state: _State) -> bool:
        """Whether vowels may follow a run of consonants, or consonants a run of vowels."""
        return (
            state.where == ANY
            or (state.where, state.run) in self.rule.held
            or len(state.run) == 1
            or (any((START, run) in self.rule.held for run in state.starts))
        )

    def _begun(self, state: _State, letter: str) -> _State | None:
        """The state after one more letter of the first run of a word."""
        run = state.run + letter
        if len(run) == 1 or (START, run) in self.begun or (WHOLE, run) in self.begun:
            return _State(START, run)
        return _State(START, GONE[0] * len(run)) if len(run) <= self.longest and not is_vowel(letter) else None

    def _grown(self, state: _State, letter: str) -> _State | None:
        """The state after one more letter of a run inside a word."""
        starts = frozenset(run for run in self._starts(state, letter) if (START, run) in self.begun)
        if (INSIDE, state.run + letter) in self.begun or (END, state.run + letter) in self.begun:
            return _State(INSIDE, state.run + letter, starts)
        return _State(INSIDE, GONE, starts) if starts else None

    def _starts(self, state: _State, letter: str) -> Iterator[str]:
        """The starts of words as which a run inside a word may go on with a letter (see Rule)."""
        run = state.run
        yield from (start + letter for start in state.starts)
        if run[-1] != letter and not is_vowel(letter):
            yield from [letter] if (END, run) in self.rule.held else []
            yield from [run[-1] + letter] if run[-2:-1] == run[-1] and (INSIDE, run) in self.rule.held else []
