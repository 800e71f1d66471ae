"""What people type becomes a Request, or an answer that says how to mend it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import generator
from bot.commands.defaults import Defaults
from bot.commands.parse import parse
from bot.commands.queries import Complete, Draw, Generate, Why
from bot.commands.request import VERBS, SetDefaults, ShowCorpora, ShowForm, ShowHelp, ShowModels
from bot.errors import BadInput

SHELF = ("pokemon", "tech")


def refused(text: str, limit: int = 20) -> BadInput:
    with pytest.raises(BadInput) as caught:
        parse(text, SHELF, limit)
    return caught.value


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("pokemon", Generate("pokemon")),
        ("pokemon 8 hmm", Generate("pokemon", "hmm", 8)),
        ("hmm 8 pokemon", Generate("pokemon", "hmm", 8)),
        ("complete mo***", Complete(pattern="mo***")),
        ("draw mo***", Draw(pattern="mo***")),
        ("complete ***base pokemon markov 10", Complete("pokemon", "markov", 10, "***base")),
        ("mo*** pokemon", Complete("pokemon", pattern="mo***")),
        ("m[aeiou]n", Complete(pattern="m[aeiou]n")),
        ("...base", Complete(pattern="...base")),
        ("order=3 length=6-8 seed=7 pokemon", Generate("pokemon", "markov", order=3, length=(6, 8), seed=7)),
        ("length=6", Generate(length=(6, 6))),
        ("pokemon wild=1.3", Generate("pokemon", wild=1.3)),
        ("mo*** --wild 0,75", Complete(pattern="mo***", wild=0.75)),
        ("pokemon wild=1", Generate("pokemon")),
        ("generate mo*", Generate(pattern="mo*")),
        ("generate mo* raw=on", Draw(pattern="mo*")),
        ("mo* raw=on", Draw(pattern="mo*")),
        ("mo* raw=off", Generate(pattern="mo*")),
        ("raw=on", Generate(raw=True)),
        ("raw=off", Generate()),
        ("draw", Generate(raw=True)),
        ("contains=base", Complete(contains="base")),
        ("draw begins=m* pokemon", Draw("pokemon", begins="m*")),
        ("pokemon generate ends=a", Generate("pokemon", ends="a")),
        ("mo*** --ends a contains=n", Complete(pattern="mo***", ends="a", contains="n")),
        ('contains="r. m" BEGINS=Mr', Complete(begins="Mr", contains="r. m")),
        ("why *u*a contains=k", Why(pattern="*u*a", contains="k")),
        ("corpus=pokemon model=hmm count=8", Generate("pokemon", "hmm", 8)),
        ("preview pokemon", Generate("pokemon", preview=True)),
        ("mo*** preview=on", Complete(pattern="mo***", preview=True)),
        ("settings", SetDefaults()),
        ("settings corpus=tech count=7 model=mix preview=on", SetDefaults(Defaults("tech", "mix", 7, True))),
        ("Pokémon settings 7", SetDefaults(Defaults("pokemon", count=7))),
        ("settings preview=off", SetDefaults(Defaults(preview=False))),
        ("settings reset", SetDefaults(Defaults())),
        ("corpora", ShowCorpora()),
        ("models", ShowModels()),
        ("help", ShowHelp()),
        ("help me, please", ShowHelp()),
        ("", ShowForm(Generate())),
        ("  \u00a0\t\n ", ShowForm(Generate())),
        ("form", ShowForm(Generate())),
    ],
)
def test_reads_what_the_help_promises(text, request_):
    """Each row of the table of commands is read as it says, in any order of words."""
    assert parse(text, SHELF) == request_


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("mo…", "mo..."),
        ("“mr. *”", "mr. *"),
        ("«mr. *»", "mr. *"),
        ("‘mr. *’", "mr. *"),
        ("'farfetch'd *'", "farfetch'd *"),
        ("farfetch’*", "farfetch'*"),
        ("complete\u00a0mo***", "mo***"),
        ("\u2003mo***\u202f5\u3000pokemon", "mo***"),
        ("`mo***`", "mo***"),
        ("ho—*", "ho-*"),
        ("AT&T*", "AT&T*"),
        ("&lt;*", "&lt;*"),
        ("a<*>", "a<*>"),
        ("COMPLETE Mo*** POKEMON", "Mo***"),
        ("poke\u0301*", "poké*"),
        (r"mo\**", r"mo\**"),
        ("mo＊", "mo*"),
    ],
)
def test_reads_what_phones_and_editors_make_of_it(text, pattern):
    """Entities, smart quotes, dashes, ellipses, odd spaces and capitals arrive as what was meant."""
    assert parse(text, SHELF).pattern == pattern


@pytest.mark.parametrize("text", ["--seed 7 --model hmm -n 3 pokemon", "—seed=7 hmm 3 pokemon", "SEED=7 HMM 3 Pokémon"])
def test_reads_habits_of_the_command_line(text):
    """Flags mean the same in chat, even after a phone has joined their dashes."""
    assert parse(text, SHELF) == Generate("pokemon", "hmm", 3, seed=7)


@pytest.mark.parametrize(
    ("text", "shown", "suggestion"),
    [
        ("pokmon 8", "`pokmon`", "pokemon 8"),
        ("compelte mo***", "`compelte`", "complete mo***"),
        ("pokemon hm", "`hm`", "pokemon hmm"),
        ("sed=7 pokemon", "`sed=7`", "seed=7 pokemon"),
        ("compelte mo*** pokmon", "`compelte`", "complete mo*** pokemon"),
        ("mo*** 50", "`50`", "mo*** 20"),
        ("mo*** 0", "from 1 to 20", "mo*** 1"),
        ("mo*** -3", "`-3`", "mo*** 1"),
        ("pokemon contains=", "nothing comes after it", "pokemon"),
        ("pokemon ends=[ab", "`ends=[ab`", None),
        ("contians=base", "`contians=base`", "contains=base"),
        ("contains=a contains=b", "`contains=` twice", "contains=a"),
        ("pokemon order=9", "from 1 to 6", "pokemon order=6"),
        ("pokemon order=two", "`order=two`", "pokemon"),
        ("pokemon order=2 hmm", "`hmm`", "pokemon order=2 markov"),
        ("pokemon wild=3", "from 0.5 (tame) to 2 (wild)", "pokemon wild=2"),
        ("pokemon wild=-1.5", "`wild=-1.5`", "pokemon wild=0.5"),
        ("pokemon wild=1.234", "two decimals at most", "pokemon"),
        ("pokemon wild=very", "`wild=very`", "pokemon"),
        ("pokemon wild=1 wild=2", "`wild=` twice", "pokemon wild=1"),
        ("pokemon length=8-6", "`length=8-6`", "pokemon length=6-8"),
        ("pokemon length=0", "from 1 to 64", "pokemon"),
        ("pokemon seed=-1", "`seed=-1`", "pokemon seed=0"),
        ("mo*** seed=7", "`seed=`", "draw mo*** seed=7"),
        ("pokemon skip=5", "`skip=`", "pokemon"),
        ("pokemon tech", "two corpora", "pokemon"),
        ("mo*** ba*** pokemon", "`ba***`", "ba*** pokemon"),
        ("mo*** 3 4", "two numbers", "mo*** 3"),
        ("mo*** skip=1001", "from 0 to 1,000", "mo*** skip=1000"),
        ("seed=1 seed=2", "`seed=` twice", "seed=1"),
        ("length=65", "from 1 to 64", None),
        ("order=two", "from 1 to 6", None),
        ("skip=5", "`skip=`", None),
        ("\u200b", "U+200B", None),
        ("complete", "`/techname complete mo***`", None),
        ("complete pokemon", "holes", None),
        ("complete mobase", "`mobase` has no hole", "complete mobase***"),
        (r"mo\*", "no hole", None),
        ("complete 'mo***", "never closes", None),
        ("mo[ab", "at character 3", None),
        ("mo\u202e***", "U+202E", "mo***"),
        ("mo\u200b*** pokemon", "U+200B", "mo*** pokemon"),
        ("mo\x07***", "U+0007", "mo***"),
        ("x" * 4_000, "4,000 characters", None),
        ("please draw 5 names like pokemon", "`please`", "draw 5 pokemon"),
        ("please give me a tehc name like pokemon", "`please`", "pokemon"),
        ("complete mo*** from pokemon", "`from`", "complete mo*** pokemon"),
        ("complete mo*** in pokemon", "`in`", "complete mo*** pokemon"),
        ("how do I use this", "`how`", None),
        ("complete mo..", "no hole", "complete mo..."),
        ("more", "is a button, below a list", "more***"),
        ("*" * 65, "64 places", None),
    ],
)
def test_says_how_to_mend_it(text, shown, suggestion):
    """The message has what was sent and what is allowed; a suggestion is a command that works."""
    error = refused(text)
    assert shown in error.message
    assert (suggestion in error.suggestions) if suggestion else not error.suggestions
    for command in error.suggestions:
        parse(command, SHELF)


def test_a_terminal_may_ask_for_more():
    """The number of names has the limit of its edge."""
    assert parse("pokemon 10000", SHELF, 10_000).count == 10_000
    assert "10,000" in refused("pokemon 10001", 10_000).message


@pytest.mark.parametrize(
    "text", ["<!channel>", "<!here> mo*", "<@U123|x>", "@channel", "<!subteam^S1>*x*[", "`<!here>`"]
)
def test_mentions_nobody(text):
    """What was typed is shown without the marks that Slack would read as a mention."""
    error = refused(text)
    assert not {"<", ">", "@channel", "@here"} & {
        *error.message,
        *error.message.split(),
        *error.sent,
        *error.sent.split(),
    }


ODD = st.text(
    st.one_of(st.sampled_from("*.…[]^-\\\"'“’`&<>;= \u00a0\u202e\u200b🎉é\x00m"), st.characters()), max_size=60
)
WORDS = st.sampled_from(
    [
        *VERBS,
        *SHELF,
        *generator.MODELS,
        "5",
        "mo***",
        "order=3",
        "length=6-8",
        "wild=0.7",
        "seed=7",
        "skip=5",
        '"mr. *"',
        "pokmon",
        "preview",
        "preview=off",
        "corpus=tech",
        "reset",
        "begins=m",
        'contains="a b"',
        "ends=[",
        "contains='",
        'begins="',
    ]
)


@given(st.one_of(ODD, st.lists(st.one_of(WORDS, ODD), max_size=8).map(" ".join)))
@example("\ud800")
@example("=" * 999)
@example('complete "' + "\\" * 900)
def test_never_crashes_and_goes_round(text):
    """Whatever is typed is read or refused in words; what is read is written as a command that is read the same."""
    try:
        request = parse(text, SHELF)
    except BadInput as error:
        assert error.message and len(error.message) < 1_500
        assert all(command.strip() and parse(command, SHELF) for command in error.suggestions)
        assert "<" not in error.message + error.sent
    else:
        assert parse(request.command(), SHELF) == request
        assert len(request.command()) <= 2_000


PIECE = st.from_regex(r"[a-zA-Zé&<>'. *-]{1,10}", fullmatch=True).filter(
    lambda p: p == " ".join(p.split()) and not p.startswith("'") and "...." not in p  # typed, that means three dots
)


@pytest.mark.parametrize("query", [Complete, Draw])
@given(
    asked=st.fixed_dictionaries(
        {
            "corpus": st.sampled_from(SHELF),
            "model": st.just("markov"),
            "count": st.integers(1, 20),
            "pattern": st.from_regex(r"[a-zA-Zé&<>'. -]{1,10}(\*|\.\.\.|\[ab\])", fullmatch=True).filter(
                lambda p: p == " ".join(p.split()) and "...." not in p
            ),
            "begins": st.none() | PIECE,
            "ends": st.none() | PIECE,
            "contains": st.none() | PIECE,
            "order": st.none() | st.integers(1, 6),
            "length": st.none() | st.tuples(st.integers(1, 30), st.integers(30, 64)),
            "wild": st.integers(50, 200).map(lambda hundredths: hundredths / 100),
        }
    )
)
def test_every_request_can_be_typed(query, asked):
    """A request made by a program reads back from its command."""
    request = query(**asked)
    assert parse(request.command(), SHELF) == request


@pytest.mark.parametrize(
    "text", ['"' + "\\" * 998, "pokemon " * 120, "pokmon " * 140, "a=" * 499, "'" * 999, "-" * 999]
)
def test_hostile_lines_are_read_at_once(text):
    """No line makes the reader try every way to split or mend it, which would take years."""
    assert refused(text).message


@pytest.mark.parametrize(
    ("text", "said", "mends"),
    [
        ("settings corpus=pokmon", "`corpus=pokmon`", ["settings corpus=pokemon"]),
        ("settings model=chian count=7", "`model=chian`", ["settings model=chain 7"]),
        ("settings count=99", "`99`", ["settings 20"]),
        ("settings tech pokemon", "two corpora", ["settings tech", "settings pokemon", "settings tech+pokemon"]),
        ("settings model=tech", "`model=tech`", []),
        ("settings preview=perhaps", "`preview=perhaps`", ["settings preview=on", "settings preview=off"]),
        ("settings mo***", "cannot be set for a channel", ["settings"]),
        ("settings corpus=tech seed=7", "cannot be set for a channel", ["settings"]),
        ("preveiw pokemon", "`preveiw`", ["preview pokemon"]),
    ],
)
def test_settings_that_cannot_be_used(text, said, mends):
    """What a channel cannot keep is refused as anywhere else, with what can be meant."""
    error = refused(text)
    assert said in error.message and list(error.suggestions) == mends


@pytest.mark.parametrize(
    ("text", "usual", "request_"),
    [
        ("generate", Defaults("pokemon", "hmm", 7, True), Generate("pokemon", "hmm", 7, preview=True)),
        ("mo***", Defaults("pokemon", count=7), Complete("pokemon", "mix", 7, "mo***")),
        ("tech chain 3 preview=off", Defaults("pokemon", "hmm", 7, True), Generate("tech", "chain", 3)),
        ("mo*** order=3", Defaults(model="chain"), Complete(model="chain", pattern="mo***", order=3)),
        ("mo*** order=3", Defaults(model="hmm"), Complete(model="markov", pattern="mo***", order=3)),
        ("generate", Defaults("gone"), Generate()),
        ("help", Defaults("pokemon"), ShowHelp()),
    ],
)
def test_a_channels_defaults_stand_in_for_what_is_not_said(text, usual, request_):
    """What is said wins over what is set, what is set over what is usual; a corpus that is no more is passed over."""
    assert parse(text, SHELF, usual=lambda: usual) == request_
