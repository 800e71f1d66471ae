"""Acceptors of every sort, each with what it forbids by definition."""

import re
from fractions import Fraction

import generator
from generator.constraints.sayable import Rule, rule_acceptor
from tests.helpers import enumeration, sayable_oracle

STEMS, WORDS = ["aba", "bb"], ["a", "ba"]


def without_rude(vocabulary, corpus):
    """An acceptor against stems and words, hyphens passed over and letters drawn out, and what it means."""
    acceptor = generator.blocked_substrings(STEMS, vocabulary, lambda token: {token.strip("-")}, WORDS)
    stems, words = (["".join(letter + "+" for letter in text) for text in texts] for texts in (STEMS, WORDS))

    def forbidden(tokens):
        name = "".join(tokens)
        return any(re.search(stem, name.replace("-", "")) for stem in stems) or any(
            re.fullmatch(word, part) for word in words for part in name.split("-")
        )

    return acceptor, forbidden


def copied(n):
    def make(vocabulary, corpus):
        return generator.max_ngram_overlap(corpus, n, vocabulary), lambda tokens: any(
            "".join(tokens[i : i + n + 1]) in entry for entry in corpus for i in range(len(tokens) - n)
        )

    return make


def together(vocabulary, corpus):
    (one, bad), (other, worse) = without_rude(vocabulary, corpus), copied(2)(vocabulary, corpus)
    return generator.intersect(one, other), lambda tokens: bad(tokens) or worse(tokens)


def everything(vocabulary, corpus):
    return generator.blocked_substrings(
        list(enumeration.LETTERS), vocabulary, lambda token: {token}
    ), lambda tokens: True


def twice_over(vocabulary, corpus):
    """Two acceptors of which one adds nothing but states that differ in nothing."""
    one, other = (generator.blocked_substrings([stem], vocabulary, lambda token: {token}) for stem in ("bb", "abb"))
    return generator.intersect(one, other), lambda tokens: "bb" in "".join(tokens)


def said(vocabulary, corpus):
    """What can be said where `a` is the vowel and `-` no letter: `bb` and `aa` inside, `bb` at an end, no word of `b`
    but `bb`."""
    held = frozenset([("inside", "bb"), ("inside", "aa"), ("end", "bb"), ("end", "b"), ("whole", "bb")])
    return rule_acceptor(Rule(held), vocabulary), lambda tokens: not sayable_oracle.said("".join(tokens), held)


def said_and_decent(vocabulary, corpus):
    (one, bad), (other, worse) = without_rude(vocabulary, corpus), said(vocabulary, corpus)
    return generator.intersect(one, other), lambda tokens: bad(tokens) or worse(tokens)


def bars_add_up(tokens, quarters, bar, beat):
    """Whether notes fill whole bars, as somebody counts who taps along: none goes on over a bar line, or from off a
    beat over the next."""
    gone = Fraction(0)
    for token in tokens:
        in_bar, ends = gone % bar, gone % bar + quarters[token]
        if ends > bar or (in_bar % beat and ends > (in_bar // beat + 1) * beat):
            return False
        gone += quarters[token]
    return gone % bar == 0


QUARTERS = {"a": Fraction(1, 2), "b": Fraction(1), "-": Fraction(3, 2)}
SIGNATURES = {
    "one bar": [(2, 2)],
    "two bars": [(2, 2), (Fraction(3, 2), Fraction(3, 2))],
    "two beats": [(3, Fraction(3, 2))],
}


def within_metre(named, last):
    def make(vocabulary, corpus):
        signatures = [generator.Signature(int(2 * bar), int(2 * beat)) for bar, beat in SIGNATURES[named]]
        acceptor = generator.metre_acceptor(
            vocabulary,
            [int(2 * QUARTERS[token]) for token in vocabulary.tokens],
            signatures,
            [token in last for token in vocabulary.tokens],
        )
        return (
            acceptor,
            lambda tokens: (
                tokens[-1] not in last or not any(bars_add_up(tokens, QUARTERS, *s) for s in SIGNATURES[named])
            ),
        )

    return make


def metre_and_copies(vocabulary, corpus):
    (one, bad), (other, worse) = copied(2)(vocabulary, corpus), within_metre("two bars", "ab")(vocabulary, corpus)
    return generator.intersect(one, other), lambda tokens: bad(tokens) or worse(tokens)


def bound(tokens):
    """An acceptor of runs around some tokens, and what it means: every window of four whose second is bound, or that
    begins the sequence, is an entry's."""

    def make(vocabulary, corpus):
        def windows(sequence):
            padded = ("^", *sequence, "$")
            return {
                padded[i : i + 4][:n]
                for i in range(len(padded) - 1)
                if i == 0 or padded[i + 1] in tokens
                for n in range(2, 5)
            }

        seen = set().union(*(windows(tuple(entry)) for entry in corpus))
        return generator.collocated(
            corpus, vocabulary.among(tokens), vocabulary
        ), lambda sequence: not windows(sequence) <= seen

    return make


def bound_and_copied(vocabulary, corpus):
    (one, bad), (other, worse) = bound("a")(vocabulary, corpus), copied(3)(vocabulary, corpus)
    return generator.intersect(one, other), lambda tokens: bad(tokens) or worse(tokens)


ACCEPTORS = {
    "said": said,
    "said and decent": said_and_decent,
    "rude": without_rude,
    "copied 1": copied(1),
    "copied 3": copied(3),
    "together": together,
    "everything": everything,
    "twice over": twice_over,
    "in two": within_metre("one bar", "ab"),
    "in two or a half and one": within_metre("two bars", "ab-"),
    "with beats": within_metre("two beats", "a-"),
    "metre and copies": metre_and_copies,
    "one bound": bound("a"),
    "two bound": bound("b-"),
    "bound and copied": bound_and_copied,
}
