"""What can be said: an acceptor of names whose runs of consonants and of vowels a list of names, or common words, have
as well.

A run counts where it stands: at the start of a word, inside it, at its end, or as the whole word. There is no table of
pronunciation rules; the lists alone tell. The acceptor reads each run in a trie of the runs that may stand there, and
takes the next trie where vowels follow consonants or consonants vowels; a space, a sign or the end asks whether the run
may end a word:

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

ENTRIES = 2  # of a list that must hold a run, but where the list is foreign
MOST_VOWELS = 3  # in a row, whatever the lists hold
SPELT_OUT = (
    100  # where one entry in so many is a word without vowel of some length, as HTML is, new ones of that length may be
)
ASKED = 200  # entries, from all over a list, that are asked whether the others tell what can be said
FOREIGN = 4  # where one in so many of them breaks the rule of the others, one entry will do
Run = tuple[str, str]  # where it stands, and its letters


def sayable_like(
    sequences: Sequence[Sequence[str]], vocabulary: Vocabulary, common: frozenset[Run] = frozenset()
) -> Relabelled | None:
    """The acceptor of what can be said as the entries of a list are, or as common words are, whose runs these are (see
    held_runs).

    Of a list whose entries have too little in common, with one another and with the words, each entry says for itself
    what can be said: where more than one in FOREIGN break the rule that the others make. None where most letters have
    no vowels written (see letters).

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
    """The runs that so many of some words hold, each with where it stands.

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
    """How long the words without vowel are that a list has many of."""
    lengths: Counter[int] = Counter()
    for (where, run), n in own.items():
        lengths[len(run)] += n if where == WHOLE and not is_vowel(run[0]) else 0
    return frozenset(length for length, n in lengths.items() if n >= max(ENTRIES, entries / SPELT_OUT))


def _without_vowels(sequences: Sequence[Sequence[str]], texts: Sequence[str]) -> bool:
    """Whether most letters of a list are of an alphabet whose vowels nobody writes."""
    letters = sum(letter.isalpha() for sequence in sequences for letter in "".join(sequence))
    return 2 * sum(len(text) - text.count(APART) for text in texts) < letters


def _foreign(texts: Sequence[str], rule: "Rule", lone: set[Run]) -> bool:
    """Whether too many entries break the rule without what they bring in themselves; `lone` runs are held by one other
    entry alone."""
    asked = [runs_of(text) for text in texts[:: -(-len(texts) // ASKED) or 1]]
    broken = [not all(map(rule._replace(held=rule.held - (runs & lone)).allows, runs)) for runs in asked]
    return FOREIGN * sum(broken) > len(broken)


class Rule(NamedTuple):
    """The runs that are held, with where they stand, and how long a word without vowel may be."""

    held: frozenset[Run]
    spelt_out: frozenset[int] = frozenset()

    def allows(self, place: Run) -> bool:
        """Whether a run can be said where it stands: what is held, a single letter, and inside a word two runs in one.

        A word of vowels alone must begin and end a word as they do.
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
        """Whether an end and a start meet at a place in a run, and are unlike there; or share the last of two letters
        that stand inside (`bb`, `bl`)."""
        if run[i - 1] == run[i]:
            return False
        apart = (END, run[:i]) in self.held and (START, run[i:]) in self.held
        return apart or (
            run[i - 2 : i - 1] == run[i - 1] and (INSIDE, run[:i]) in self.held and (START, run[i - 1 :]) in self.held
        )


def rule_acceptor(rule: Rule, vocabulary: Vocabulary) -> Relabelled:
    """The acceptor of names over a vocabulary of which a rule allows every run.

    >>> from generator.constraints.acceptor import allowed
    >>> vocabulary = Vocabulary("enst")
    >>> acceptor = rule_acceptor(Rule(frozenset([("start", "st"), ("end", "ts")])), vocabulary)
    >>> [bool(allowed(acceptor, vocabulary.encode(name)[None])[0]) for name in ("stets", "tsen")]
    [True, False]
    """
    return _Automaton(rule, sorted({APART}.union(*map(spell, vocabulary.tokens)))).acceptor(vocabulary)


class _State(NamedTuple):
    """What of a prefix matters: where its last run stands, the run, and as what starts of words it may go on after an
    end inside it."""

    where: str  # START, INSIDE, or ANY where nobody knows what was before
    run: str = ""
    starts: frozenset[str] = frozenset()


ANY = "any"
GONE = "\0\0"  # consonants of a run that stands in no list as a whole
BEGIN, ROOT = _State(START), _State(ANY)


class _Automaton:
    """The states that some letters lead to, worked out from the rule."""

    def __init__(self, rule: Rule, letters: Sequence[str]):
        self.rule, self.letters = rule, letters
        self.begun = {(where, begun) for where, run in rule.held for begun in accumulate(run)}
        self.longest = max(rule.spelt_out, default=0)
        self.number: dict[_State | None, int] = {None: SINK, ROOT: 1, BEGIN: 2}
        self.rows = [[SINK] * len(letters)]
        self.anew = {letter: _State(INSIDE, letter) for letter in letters}

    def acceptor(self, vocabulary: Vocabulary) -> Relabelled:
        """The acceptor over the tokens of a vocabulary."""
        states = [ROOT, BEGIN]
        for state in states:  # it grows as it is read
            after = self.row(state)
            for new in after:
                if new not in self.number:
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
        """The state after each letter; None where the run before it cannot stand there, or with it nowhere."""
        vowels, stands = is_vowel(state.run[-1:]), self._stands(state)
        row: list[_State | None] = []
        for letter in self.letters:
            if letter == APART:
                row.append(BEGIN if self.is_final(state) else None)
            elif state.run and is_vowel(letter) != vowels:
                row.append(self.anew[letter] if stands else None)
            elif state.where == ANY:
                row.append(_State(ANY, "a" if is_vowel(letter) else GONE))
            else:
                row.append(self._begun(state, letter) if state.where == START else self._grown(state, letter))
        return row

    def _stands(self, state: _State) -> bool:
        """Whether the run of a state may be followed by letters of the other sort."""
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
        """What the starts of words are that a run inside one may go on as with a letter (see Rule)."""
        run = state.run
        yield from (start + letter for start in state.starts)
        if run[-1] != letter and not is_vowel(letter):
            yield from [letter] if (END, run) in self.rule.held else []
            yield from [run[-1] + letter] if run[-2:-1] == run[-1] and (INSIDE, run) in self.rule.held else []
