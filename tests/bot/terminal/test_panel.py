"""`techname panel`: what people took for real, by month and corpus, as a table and as JSON; over both stores and as a
program's command."""

import calendar
import json

import pytest

from bot import cli
from bot.cli import main
from bot.quiz.answering import answer, reveal
from bot.quiz.panel import counts
from bot.quiz.question import ask
from bot.settings import Settings
from bot.store.sqlite import SqliteStore
from tests.helpers.contexts import context
from tests.helpers.quizzes import NAMES, asked, click, who

OCTOBER, NOVEMBER = (
    calendar.timegm((2026, *day, 23, 59, 59)) for day in ((10, 31), (11, 30))
)  # the last second of each


def played(store, drawn: str, now: float, *guesses: str, team: str = "T1", over: bool = True) -> None:
    """A question at that time, these answers from as many people, and its end."""
    question = asked(store, NAMES[drawn], now)
    for number, guess in enumerate(guesses):
        answer(context(store, who(f"U{number}"), now), question.id, guess, click(f"U{number}", 1))
    if over:
        reveal(context(store, who("U0"), now + 60), question.id)


def two_months(store, clock) -> None:
    """Answers of October, whose questions end in November, one of which never ends, and answers of November."""
    clock.now = OCTOBER
    played(store, "made", OCTOBER, "pokemon", "made", "tech", "pokemon")
    played(store, "pokemon", OCTOBER, "pokemon", "tech", "made")
    played(store, "made", OCTOBER, "made", over=False)
    clock.now = NOVEMBER
    played(store, "made", NOVEMBER, "pokemon")
    played(store, "made tech", NOVEMBER, "tech", "made")
    played(store, "tech", NOVEMBER, "tech", "tech", "made")


TABLE = """\
month    corpus   names    shown  answered  taken for real    right
2026-10  pokemon  made up      2         4         3 (75%)  1 (25%)
2026-10  pokemon  real         1         3         2 (67%)  1 (33%)
2026-11  pokemon  made up      1         1        1 (100%)   0 (0%)
2026-11  tech     made up      1         2         1 (50%)  1 (50%)
2026-11  tech     real         1         3         2 (67%)  2 (67%)
all      pokemon  made up      3         5         4 (80%)  1 (20%)
all      pokemon  real         1         3         2 (67%)  1 (33%)
all      tech     made up      1         2         1 (50%)  1 (50%)
all      tech     real         1         3         2 (67%)  2 (67%)
"""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "store.db"


@pytest.fixture
def techname(monkeypatch, capsys, file):
    """Run a command line on that store: (status, stdout, stderr)."""
    monkeypatch.setattr(cli, "load_settings", lambda: Settings(store=file))

    def run(*words: str) -> tuple[int, str, str]:
        status = main(words)
        return status, *capsys.readouterr()

    return run


def test_both_stores_count_the_same(store, clock):
    """Shown, answered, taken for real and right, in the month in which a question was asked; what was not let out is
    shown alone."""
    two_months(store, clock)
    found = {
        (count.month, count.corpus, count.made): (count.shown, count.answered, count.taken_for_real, count.right)
        for count in counts(store, ["T1"])
    }
    assert found == {
        ("2026-10", "pokemon", True): (2, 4, 3, 1), ("2026-10", "pokemon", False): (1, 3, 2, 1), ("2026-11", "pokemon", True): (1, 1, 1, 0),
        ("2026-11", "tech", True): (1, 2, 1, 1), ("2026-11", "tech", False): (1, 3, 2, 2),
    }  # fmt: skip


def test_two_months_are_a_table(techname, file, clock):
    """A line a month, corpus and sort of name, and all months together below."""
    two_months(SqliteStore(file, clock), clock)
    assert techname("panel", "T1") == (0, TABLE, "")


def test_json_has_every_number(techname, file, clock):
    """An object a line of the table but the last ones, which are sums, with what was answered by kind; nothing else on
    stdout."""
    two_months(SqliteStore(file, clock), clock)
    status, out, err = techname("panel", "--json", "T1")
    found = json.loads(out)
    assert (status, err, len(found)) == (0, "", 5)
    assert found[0] == {"month": "2026-10", "corpus": "pokemon", "made": True, "shown": 2, "answered": 4, "taken_for_real": 3, "right": 1,
                        "answers": {"pokemon": 2, "tech": 1, "made": 1}}  # fmt: skip


def test_one_month_has_no_sum(techname, file):
    """It would say the same twice."""
    played(SqliteStore(file, clock=lambda: NOVEMBER), "tech", NOVEMBER)
    assert techname("panel", "T1")[1].splitlines()[1:] == [
        "2026-11  tech    real       1         0               -      -"
    ]


def test_teams_are_added_up_and_no_other_is_read(techname, file):
    """Each once, however often it is named."""
    store = SqliteStore(file, clock=lambda: NOVEMBER)
    for team in ("T1", "T2", "T3"):
        asker = context(store, who("U1", team=team), NOVEMBER)
        question = ask(asker, lambda before: NAMES["made"])
        answer(asker, question.id, "made", click("U1", 1))
        reveal(asker, question.id)
    [count] = json.loads(techname("panel", "T1", "T2", "T1", "--json")[1])
    assert (count["shown"], count["answered"]) == (2, 2)


def test_nothing_yet_is_said(techname):
    """And where a quiz is asked; the console's own team is the one that is meant without a name. As JSON it is an empty
    list."""
    status, out, _err = techname("panel")
    assert status == 0 and "T0HERE" in out and "/techname quiz" in out
    assert techname("panel", "--json") == (0, "[]\n", "")


@pytest.mark.parametrize("team", ["", "T1#", "acme team", "Tü"])
def test_what_is_no_team_is_told(techname, team):
    """As `techname forget` does."""
    status, out, err = techname("panel", team)
    assert (status, out) == (2, "") and "T0123ABCD" in err


def test_forgetting_a_team_takes_the_quiz_along(techname, file, clock):
    """Questions, scores and the panel are counted by kind and gone."""
    two_months(SqliteStore(file, clock), clock)
    status, out, _ = techname("forget", "T1", "--yes")
    assert status == 0 and all(kind in out for kind in ("panel", "question", "quiz", "score"))
    assert techname("panel", "T1")[1].startswith("No quiz was asked in T1")
