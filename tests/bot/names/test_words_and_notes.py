"""Corpora of words and of notes are answered for like those of letters: patterns, answers, messages."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpora
import generator
from bot.answers.following import following
from bot.answers.types import Act
from bot.commands.parse import parse
from bot.commands.patterns import of_any_length, read_pattern
from bot.commands.queries import QUERIES, Complete, Draw, Generate, Why
from bot.errors import BadInput, NothingFits
from bot.names.batch import Batch, Name
from bot.names.brainstorm import brainstorm
from bot.names.library import Library
from bot.names.posterior import posterior
from corpora import notes
from tests.helpers.http import form, message_of, v2

KINDS = {"pokemon": "characters", "ikea": "characters", "lyrics": "words", "piano": "notes"}
LINES, TUNES = corpora.load("lyrics"), corpora.load("piano")


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("lyrics", Generate("lyrics", "chain")),
        ("piano 3 seed=7", Generate("piano", "chain", 3, seed=7)),
        ('complete "can you * the ..." lyrics', Complete("lyrics", "mix", pattern="can you * the ...")),
        ("“Can you … now” lyrics", Complete("lyrics", "mix", pattern="Can you ... now")),
        ('draw "[sun|moon] * ..." lyrics', Draw("lyrics", "chain", pattern="[sun|moon] * ...")),
        ('why "C4 * e4:0.5 ..." piano', Why("piano", "mix", pattern="C4 * e4:0.5 ...")),
        ("lyrics order=1", Generate("lyrics", "chain", order=1)),
        ("lyrics max_copy=4", Generate("lyrics", "chain", copy=4)),
        ("--max-copy 4 lyrics", Generate("lyrics", "chain", copy=4)),
        ("Pokémon+IKEA", Generate("pokemon+ikea", "markov")),
        ("complete mo*** pokemon*2+ikea", Complete("pokemon*2+ikea", "markov", pattern="mo***")),
        ("2*ikea+pokemon hmm", Generate("ikea*2+pokemon", "hmm")),
        ("pokemon+pokemon", Generate("pokemon", "mix")),
    ],
)
def test_each_corpus_is_read_its_own_way(text, request_):
    """What a pattern is, and which model is meant where none is named, follows from the corpus; it goes round."""
    assert parse(text, KINDS) == request_ and parse(request_.command(), KINDS) == request_


@pytest.mark.parametrize(
    ("text", "said", "suggestion"),
    [
        ("complete lo* lyrics", "stands alone", None),
        ("complete C4* piano", "stands alone", None),
        ('complete "H4 * ..." piano', "H4 is no note like C4", None),
        ("complete can you * the ... lyrics", "several words", 'complete "can you * the ..." lyrics'),
        ("C4 * E4 ... piano", "several words", '"C4 * E4 ..." piano'),
        ("complete river lyrics", "no hole", 'complete "river ..." lyrics'),
        ('complete "the river" lyrics', "no hole", 'complete "the river ..." lyrics'),
        ("compelte * lyrics", "`compelte`", "complete * lyrics"),
        ("pokmon+ikea", "`pokmon+ikea`", "pokemon+ikea"),
        ("pokemon ikea", "two corpora", "pokemon+ikea"),
        ("pokemon lyrics", "two corpora", "pokemon"),
        ("pokemon+lyrics", "`pokemon` is made of letters and `lyrics` is made of words", None),
        ("pokemon*20+ikea", "up to 10", None),
    ],
)
def test_what_cannot_be_read_is_mended(text, said, suggestion):
    """The answer says what is allowed for that corpus; what it suggests can be read."""
    with pytest.raises(BadInput) as caught:
        parse(text, KINDS)
    assert said in caught.value.message
    assert suggestion in caught.value.suggestions if suggestion else True
    assert all(parse(line, KINDS) for line in caught.value.suggestions)


PIECES = st.sampled_from(
    ["can", "Hold on,", "don't", "*", "...", "[sun|moon]", "C4", "bb3:0.5", "R", "x+y", "[", "lo*", "\\*", "]"]
)


@given(st.lists(PIECES, max_size=6).map(" ".join), st.sampled_from(["lyrics", "piano", "pokemon+ikea"]))
def test_a_pattern_in_quotes_is_read_or_refused(pattern, corpus):
    """Whatever stands in the quotes, what is read is written as a command that is read the same."""
    try:
        request = parse(f'complete "{pattern}" {corpus}', KINDS)
    except BadInput as error:
        assert error.message and all(parse(line, KINDS) for line in error.suggestions)
    else:
        assert parse(request.command(), KINDS) == request


@given(st.lists(st.sampled_from([*"CDEFGAB", "C#", "Bb"]), min_size=1, max_size=4), st.sampled_from(["", ":1", ":0.5"]))
def test_a_pitch_without_a_length_is_of_any(letters, length):
    """Every note of the vocabulary is taken by its pitch alone, and by its length only where that is asked for."""
    tokens = sorted({token for tune in TUNES.sequences for token in tune})
    for letter in letters:
        [part] = of_any_length(read_pattern(f"{letter}4{length}", "notes"), tokens).parts
        pitch = notes.note(f"{letter}4")
        fitting = {token for token in tokens if token.split(":")[0] == pitch}
        assert part.tokens == {token for token in fitting if not length or (token + ":1").split(":")[1] == length[1:]}


def test_a_pattern_of_notes_is_filled_to_the_letter(library):
    """`C4 * E4:1 ...`: pitch by pitch, the quarter a quarter, in draws and in ranks."""
    for verb in ("complete", "draw"):
        asked = QUERIES[verb]("piano", "markov", 20, "C4 * E4:1 ...")
        for name in brainstorm(asked, library).names:
            first, _, third, *_ = name.name.split()
            assert first.split(":")[0] == "C4" and third == "E4"


def test_a_pattern_of_words_takes_signs_with_it(library):
    """A comma is a token of its own, and written against the word before it."""
    batch = brainstorm(Complete("lyrics", "markov", 5, "... , * ..."), library)
    assert batch.kind == "words" and all(re.search(r"\w, \w", name.name) for name in batch.names)


def test_tunes_that_differ_by_a_sharp_are_two(library):
    """Of notes only the very same melody is known: C4 is not C#4, and C4:0.5 is not C4 and a 5."""
    known = library.known("piano")
    tune = library.corpus("piano").sequences[0]
    assert tune in known and tuple(token.replace("C4", "C#4") for token in tune) not in known
    assert ("C4:1.5",) not in generator.Known([("C4", "15")], exact=True)


def test_every_new_tune_is_new(library):
    """A thousand draws of an order that copies much: none is a tune of the corpus, none comes twice."""
    batch = brainstorm(Generate("piano", "chain", 300, order=3), library)
    there = set(library.corpus("piano").entries)
    drawn = [name.name for name in batch.names]
    assert len(set(drawn)) == len(drawn) and not there & set(drawn)


def test_tunes_shown_before_do_not_come_again_and_others_do(library):
    """ "More" passes over what was shown, and over nothing that differs from it by a sharp alone."""
    asked = Generate("piano", "chain", 5, seed=3, raw=True)
    ten = [name.name for name in brainstorm(replace(asked, count=10), library).names]
    sharp = [name.replace("4", "#4", 1).replace("E#", "F").replace("B#", "C") for name in ten[:5]]
    assert [name.name for name in brainstorm(asked, library, shown=ten[:5]).names] == ten[5:]
    assert [name.name for name in brainstorm(asked, library, shown=sharp).names] == ten[:5]


def longest_run(tokens: tuple[str, ...], entries) -> int:
    """How many tokens in a row are those of one entry."""
    return max(
        n
        for n in range(len(tokens) + 1)
        for i in range(len(tokens) - n + 1)
        for entry in entries
        if n == 0 or any(entry[j : j + n] == tokens[i : i + n] for j in range(len(entry) - n + 1))
    )


@pytest.mark.parametrize(
    ("line", "most"),
    [
        ("lyrics 20", 5),
        ("piano 20", 6),
        ("lyrics 20 copy=3", 3),
        ('draw "... river ..." lyrics 10 max_copy=4', 4),
        ('draw "C4 * ..." piano 10 --max-copy 3', 3),
        ("pasta 20 copy=3", 3),
        ("complete pa... pasta markov 10 copy=2", 2),
    ],
)
def test_no_entry_is_parroted(settings, line, most):
    """No run of more tokens than allowed is taken from one entry: five words and six notes unasked, and of letters as
    many as is said."""
    library = Library(settings, progress=lambda said: None)
    request = parse(line, library.kinds())
    corpus, kind = library.corpus(request.corpus), library.kind(request.corpus)
    asked = request if isinstance(request, Complete) else replace(request, seed=1)
    found = [corpora.tokenise(name.name, kind) for name in brainstorm(asked, library).names]
    assert len(found) == request.count and max(longest_run(tokens, corpus.sequences) for tokens in found) <= most
    assert request.command().endswith(f"copy={request.copy}") == bool(request.copy)


def test_letters_are_copied_freely_unasked(library):
    """A made-up name shares its beginning or its ending with known ones: nobody is robbed of five letters."""
    names = brainstorm(Complete("pokemon", "markov", 20, "...saur"), library).names
    assert max(longest_run(tuple(name.name.lower()), library.corpus("pokemon").sequences) for name in names) >= 4


@pytest.mark.parametrize("word", ["copy=0", "copy=65", "copy=x", "max_copy="])
def test_how_much_may_be_copied_has_limits(word):
    """A number from 1 to the longest of entries."""
    with pytest.raises(BadInput, match="from 1 to 64"):
        parse(f"lyrics {word}", KINDS)


def test_why_speaks_of_words_and_notes(library):
    """The weights of a hole are of words, those of a gap of their number."""
    found = posterior(Why("lyrics", "markov", 3, "i * the ..."), library)
    assert sum(p for _, p in found.places[0].likely) <= 1.0 + 1e-9 and len(found.places) == 2
    assert {word for word, _ in found.places[0].likely} <= {
        word for line in library.corpus("lyrics").sequences for word in line
    }


def test_where_a_chain_ends_the_mixture_goes_on(library):
    """A plain chain makes no step that it has not seen: the answer says so, and its button fills the pattern all the
    same."""
    with pytest.raises(NothingFits) as caught:
        brainstorm(Draw("lyrics", "chain", 3, "you the ..."), library)
    [line] = caught.value.suggestions
    assert "with `chain`" in caught.value.message and parse(line, KINDS) == Draw("lyrics", "mix", 3, "you the ...")
    assert len(brainstorm(replace(parse(line, KINDS), model="markov"), library).names) == 3


@pytest.mark.parametrize(
    ("pattern", "said"),
    [("the zebra ...", "nothing in this corpus fits `zebra`"), ("* you * you * you *", "No new line fits")],
)
def test_what_no_line_fits_is_said_of_lines(library, pattern, said):
    """The answer speaks of lines and words and gives an example of such."""
    with pytest.raises(NothingFits) as caught:
        brainstorm(Complete("lyrics", "chain", 3, pattern), library)
    assert (
        said in caught.value.message
        and "lyrics" in caught.value.message
        and "mo" not in caught.value.message.replace("more", "")
    )


def test_the_other_button_asks_the_usual_model(library, settings):
    """From ranks of the mixture to draws of the chain and back; a model that somebody chose stays."""
    batch = Batch(Complete("lyrics", "mix", 1, "i * the ..."), (Name("I want the moon", -9.0),), kind="words")
    assert following(batch, (), Act.SURPRISE, Library(settings, progress=print))[0].request == Generate(
        "lyrics", "chain", 1, "i * the ..."
    )
    chosen = replace(batch, request=replace(batch.request, model="markov"))
    assert following(chosen, (), Act.SURPRISE, library)[0].request == Generate("lyrics", "markov", 1, "i * the ...")


@pytest.mark.parametrize(
    "text",
    ["lyrics 3 seed=1", "piano 3 seed=1", "complete “i * …” lyrics", "why 'C4 * ...' piano", "pasta+spices seed=1"],
)
def test_slack_is_answered(handler, text):
    """Through the real handler: a message, the same for the same command."""
    first, again = (message_of(handler(v2(form(text)), None)) for _ in range(2))
    assert first["blocks"][0]["type"] == "rich_text" and first["text"] == again["text"]
