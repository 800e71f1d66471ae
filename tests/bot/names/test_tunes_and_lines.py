"""New tunes are in metre and new lines read as lines, in every query; what somebody types is let be, or told apart with
a button."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpora
from bot.commands.parse import parse
from bot.commands.queries import METRES, Generate, Why
from bot.errors import BadInput, NothingFits
from bot.names.brainstorm import brainstorm
from bot.names.library import Library
from bot.names.posterior import posterior
from bot.strings.chat import made_with
from corpora.wording import wording
from tests.bot.terminal.test_cli import techname  # noqa: F401  (a fixture)
from tests.bot.terminal.test_own_files import run  # noqa: F401

KINDS = {"pokemon": "characters", "lyrics": "words", "piano": "notes"}
LYRICS = corpora.load("lyrics")
PARTS = {"4/4": [4], "3/4": [3], "2/4": [2], "6/8": [Fraction(3, 2)] * 2}


@pytest.fixture(scope="module")
def shelf(settings) -> Library:
    """All tunes and lines."""
    return Library(settings, progress=lambda line: None)


def in_bars(tune: str, signature: str) -> bool:
    """Whether a tune can be cut into whole bars: note by note, as somebody counts who writes bar lines between them."""
    parts, left = PARTS[signature], []
    for note in tune.split():
        left = left or list(parts)
        length = Fraction(note.partition(":")[2] or "1")
        if length > left[0] and left[0] not in parts:  # it begins within a beat and goes on after
            return False
        while length and left:
            taken = min(length, left[0])
            length, left[0] = length - taken, left[0] - taken
            left = left if left[0] else left[1:]
        if length:
            return False
    return not left


@pytest.mark.parametrize(
    "line",
    [
        "piano 20 seed=1",
        "piano 20 markov seed=2",
        'draw "C4 * E4 ..." piano 10 seed=3',
        'complete "C4 * E4 ..." piano markov 20',
        'complete "* * * * * *" piano chain 20',
        "piano 20 copy=3 seed=4",
        "piano 10 wild=1.4 markov seed=5",
        "piano 10 length=12-14 seed=6",
        "draw contains=E4:2 piano 5 seed=7",
        *(
            f"{ask} metre={metre}"
            for metre in PARTS
            for ask in ("piano 10 seed=8", 'complete "... C5 ..." piano markov 8')
        ),
    ],
)
def test_every_tune_is_in_metre(shelf, line):
    """Its bars add up in its signature, no note crosses a bar line, the last bar is whole, and it ends on C or A:
    drawn, ranked and filled."""
    asked = parse(line, KINDS)
    names = [name.name for name in brainstorm(asked, shelf).names]
    assert len(names) == asked.count
    for tune in names:
        assert any(in_bars(tune, signature) for signature in ([asked.metre] if asked.metre else ["4/4", "3/4"])), tune
        assert tune.split()[-1].partition(":")[0].rstrip("0123456789") in ("C", "A")


@given(
    st.lists(st.sampled_from(["C4", "C4:2", "C4:0.5", "C4:1.5", "C4:3"]), min_size=1, max_size=6),
    st.sampled_from(sorted(PARTS)),
)
def test_two_ways_of_counting_agree(tune, signature):
    """The corpus's own count and the one that writes bar lines."""
    from corpora.metre import adds_up

    assert adds_up(tune, signature) == in_bars(" ".join(tune), signature)


def test_metre_off_lets_all_be(shelf):
    """Without a metre most tunes are in none, as they were."""
    names = [name.name for name in brainstorm(parse("piano 20 metre=off seed=1", KINDS), shelf).names]
    assert sum(any(in_bars(tune, signature) for signature in PARTS) for tune in names) < 10


def test_more_tunes_are_others_and_in_metre(shelf):
    """The same seed gives the same; what was shown does not come again."""
    asked = parse("piano 5 seed=9", KINDS)
    first, again = ([name.name for name in brainstorm(asked, shelf).names] for _ in range(2))
    more = [name.name for name in brainstorm(asked, shelf, shown=first).names]
    assert (
        first == again
        and not set(first) & set(more)
        and all(in_bars(tune, "4/4") or in_bars(tune, "3/4") for tune in more)
    )


@pytest.mark.parametrize(
    "line",
    [
        'complete "E4:9 ..." piano markov',
        'draw "E4:9 ..." piano markov',
        'complete "C4:1 C4:1 C4:1 C4:1 *" piano markov metre=6/8',
        'complete "... G4:5" piano markov',
    ],
)
def test_a_pattern_out_of_metre_says_so(shelf, line):
    """What cannot be in metre is told so, with a command that lets it be."""
    with pytest.raises(NothingFits, match="is in metre: whole bars of") as caught:
        brainstorm(parse(line, KINDS), shelf)
    [freed] = caught.value.suggestions
    assert parse(freed, KINDS).metre == "off" and brainstorm(parse(freed, KINDS), shelf).names


def test_a_pattern_that_can_be_in_metre_but_is_copied_says_that(shelf):
    """The two limits are told apart: a greater `copy=` lets it, in metre still."""
    with pytest.raises(NothingFits) as caught:
        brainstorm(parse('complete "C4:1 C4:1 G4:1 G4:1 A4:1 A4:1 G4:2 *" piano markov', KINDS), shelf)
    [freed] = caught.value.suggestions
    assert "in a row" in caught.value.message and "copy=64" in freed and "metre" not in freed


@pytest.mark.parametrize("metre", METRES)
def test_a_metre_is_read_and_said_again(metre):
    """As an option of words or of a command line, under either spelling; it goes round, and the small print has it."""
    asked = Generate("piano", "chain", metre=metre)
    for text in (f"piano metre={metre}", f"meter={metre} piano", f"piano --metre {metre}"):
        assert parse(text, KINDS) == asked
    assert parse(asked.command(), KINDS) == asked


def test_the_small_print_says_the_metre_that_was_asked_for(shelf):
    """And none where nobody asked."""
    for line, said in (("piano metre=3/4 seed=1", True), ("piano seed=1", False)):
        assert ("metre 3/4" in made_with(brainstorm(parse(line, KINDS), shelf))) == said


@pytest.mark.parametrize(
    ("text", "said", "mended"),
    [
        ("lyrics metre=3/4", "`lyrics` is made of words", "lyrics"),
        ("pokemon 3 metre=off", "`pokemon` is made of letters", "pokemon 3"),
        ("piano metre=5/4", "I can't use `metre=5/4`", "piano metre=4/4"),
        ("piano metre=", "I can't use `metre=`", None),
        ("piano metre=3/4 metre=4/4", "twice", "piano metre=4/4"),
    ],
)
def test_what_is_no_metre_is_refused(text, said, mended):
    """For letters and words, and for signatures that are not to be had; what is suggested can be read."""
    with pytest.raises(BadInput) as caught:
        parse(text, KINDS)
    assert said in caught.value.message and (mended is None or mended in caught.value.suggestions)
    assert all(parse(line, KINDS) for line in caught.value.suggestions)


def test_why_weighs_what_is_in_metre_if_asked(shelf):
    """A hole that must fill the bar takes one length, where it takes many without."""
    asked = Why("piano", "markov", 20, "C4:2 E4:1 *")
    lengths = [
        {token.partition(":")[2] for token, _ in posterior(each, shelf).places[0].likely}
        for each in (asked, replace(asked, metre="4/4"))
    ]
    assert len(lengths[0]) > 3 and lengths[1] == {""}


def test_a_file_gets_its_own_metre(run, tmp_path):  # noqa: F811
    """A team's jigs are in 6/8; tunes whose bars do not add up are in none, and nothing claims it: they are drawn as
    they come."""
    jigs = ["C4 D4:0.5 E4 D4:0.5", "E4 D4:0.5 C4:1.5", "G4:0.5 E4:0.5 G4:0.5 E4 D4:0.5", "E4:1.5 D4:1.5"]
    (tmp_path / "jigs.txt").write_text(
        "\n".join(f"{a} {b} {c} C4:{n}" for a in jigs for b in jigs for c in jigs[:2] for n in ("3", "1.5 C4:1.5")),
        "utf-8",
    )
    (tmp_path / "odd.txt").write_text(
        "\n".join(f"C4:{n} D4 E4:0.5 C4" for n in ("0.7", "1.1", "1.3", "1.9", "2.3")), "utf-8"
    )
    status, out, err = run("generate --corpus jigs.txt -n 8 --seed 1")
    assert status == 0 and all(in_bars(tune, "6/8") for tune in out.splitlines())
    status, out, err = run('draw --corpus odd.txt --model markov "* * ..." -n 8 --seed 1')
    assert (
        status == 0
        and "metre" not in err
        and not all(in_bars(tune, "3/4") or in_bars(tune, "4/4") for tune in out.splitlines())
    )


def test_the_command_line_takes_a_metre(run):  # noqa: F811
    """`--metre 3/4` as `metre=3/4`; a metre that is asked for holds for a file in none too."""
    for option in ("--metre 3/4", "--meter 3/4", "metre=3/4"):
        status, out, err = run(f"piano -n 4 --seed 1 {option}")
        assert status == 0 and "metre 3/4" in err and all(in_bars(tune, "3/4") for tune in out.splitlines())


@pytest.mark.parametrize(
    "line",
    [
        "lyrics 20 seed=1",
        "lyrics 15 markov seed=2",
        'complete "i * the ..." lyrics markov 20',
        'draw "... river ..." lyrics 10 seed=3',
    ],
)
def test_a_line_ends_where_lines_end(shelf, line):
    """None begins or ends with a word that no line of the corpus does, and no two words meet that never do."""
    learned = wording(LYRICS.sequences)
    lines = [corpora.tokenise(name.name, "words") for name in brainstorm(parse(line, KINDS), shelf).names]
    assert (
        lines
        and not {tokens[-1] for tokens in lines} & learned.never_last
        and not {tokens[0] for tokens in lines} & learned.never_first
    )
    assert not {pair for tokens in lines for pair in zip(tokens, tokens[1:], strict=False)} & learned.apart


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        ('complete "... the" lyrics markov 3', "the"),
        ('complete "the the ..." lyrics markov 3', "The the"),
        ('complete "me ..." lyrics markov 3', "Me"),
    ],
)
def test_what_is_typed_may_stand_anywhere(shelf, line, typed):
    """A pattern says itself how a line begins and ends, and which words meet."""
    names = [name.name for name in brainstorm(parse(line, KINDS), shelf).names]
    assert len(names) == 3 and all(name.endswith(typed) or name.startswith(typed) for name in names)


def test_words_that_bind_stand_as_they_stood(shelf):
    """Of a drawn line the first three words begin a line of the corpus, and what stands around a `the` stands so in
    one."""
    binding = wording(LYRICS.sequences).binding
    padded = [("^", *line, "$") for line in LYRICS.sequences]
    there = {line[i : i + n] for line in padded for i in range(len(line)) for n in (2, 3, 4)}
    for name in brainstorm(replace(parse("lyrics seed=5", KINDS), count=100), shelf).names:
        line = ("^", *corpora.tokenise(name.name, "words"), "$")
        assert all(line[i : i + 4] in there for i in range(len(line) - 1) if i == 0 or line[i + 1] in binding), (
            name.name
        )


def test_a_few_lines_still_make_lines(library):
    """Where a corpus has too little for that, lines are drawn without, as many as were asked for if a chain makes
    them."""
    assert len(brainstorm(parse("lyrics 5 chain seed=1 copy=20", KINDS), library).names) == 5
