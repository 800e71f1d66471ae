"""Many people at once, on several instances over one store, and a Slack that is busy: the message catches up, a round
stays whole."""

import itertools
import random
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest

from bot.commands.who import Who
from bot.errors import BadInput
from bot.slack.lambda_handler import make_handler
from bot.store.sqlite import SqliteStore
from bot.voting import picking
from bot.voting.identity import named
from bot.voting.round import begin, current, history, load
from bot.voting.standing import standing
from bot.voting.votes import Click, Outcome, suggest, take_off, vote
from tests.fakes.fake_slack import FakeSlack
from tests.fakes.lambda_door import LambdaDoor, ManyDoors
from tests.helpers.contexts import context
from tests.helpers.http import SECRET
from tests.helpers.reading import labels, names

PEOPLE = [f"P{number}" for number in range(12)]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "store.db"


@pytest.fixture
def instance(settings, library, file):
    """A new instance of the function, with a connection of its own to the store."""
    return lambda: make_handler(replace(settings, store=file), library)


@pytest.fixture
def slack(instance):
    """A Slack that speaks to two instances in turn."""
    with FakeSlack() as slack:
        slack.door = ManyDoors([LambdaDoor(instance(), SECRET, slack.broken) for _ in range(2)])
        yield slack


def listed(slack, count: int = 4):
    [post] = slack.types("ana", "names", f"complete mo*** pokemon {count}")
    return post


def test_after_a_storm_one_more_click_leaves_the_message_equal_to_the_tally(slack, file):
    """12 people click 4 names each, some twice, from many threads; whatever arrives when, no click is lost."""
    post = listed(slack)
    votes = post.buttons[:4]
    first = [(person, place) for person in PEOPLE for place in range(4)]
    random.Random(7).shuffle(first)
    told = []
    with ThreadPoolExecutor(8) as pool:
        for clicks in (first, [(person, 3) for person in PEOPLE[:5]]):
            told += pool.map(lambda click: slack.clicks(click[0], post, votes[click[1]]), clicks)
    assert [post.text for posts in told for post in posts] == []
    slack.clicks("ana", post, votes[0])
    assert [label for label in labels(post) if label.startswith("Vote")] == [
        "Vote · 13",
        "Vote · 12",
        "Vote · 12",
        "Vote · 7",
    ]
    after = context(SqliteStore(file), Who("T0TEAM", "C0NAMES", "", ""))
    tally = standing(after, current(after))
    assert [len(tally.entry(name).voters) for name in names(post)] == [13, 12, 12, 7]


def test_many_click_at_once_in_both_modes(workspace):
    """Eight people click three names each at the same time, over a WebSocket too: every click is acknowledged and
    counts."""
    post = listed(workspace, 3)
    votes = post.buttons[:3]
    with ThreadPoolExecutor(8) as pool:
        told = list(
            pool.map(
                lambda click: workspace.clicks(*click),
                [(person, post, button) for person in PEOPLE[:8] for button in votes],
            )
        )
    assert told == [[]] * 24
    workspace.clicks("ana", post, votes[2])
    assert [label for label in labels(post) if label.startswith("Vote")] == ["Vote · 8", "Vote · 8", "Vote · 9"]


def test_a_list_with_too_many_voters_for_one_message_opens_them_name_by_name(slack):
    """20 names with 7 voters each: every count stands there, and Who voted leads to each name's voters, privately."""
    post = listed(slack, 20)
    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(
                lambda click: slack.clicks(*click),
                [(person, post, button) for button in post.buttons[:20] for person in PEOPLE[:7]],
            )
        )
    slack.clicks(PEOPLE[7], post, post.buttons[0])
    assert [label for label in labels(post) if label.startswith("Vote")] == ["Vote · 8"] + ["Vote · 7"] * 19
    [whose] = slack.clicks("ana", post, "Who voted")
    assert whose.only == "U0ANA" and len(whose.buttons) == 20
    [voters] = slack.clicks("ana", whose, whose.buttons[19])
    assert voters.only == "U0ANA" and all(f"<@U0{person}>" in str(voters.message) for person in PEOPLE[:7])


def test_an_update_that_arrives_late_is_followed_by_the_newest(slack, monkeypatch):
    """Slack gets the first click's update after the second's: the first looks again and sends once more."""
    post, take, first = listed(slack), slack.urls.post, itertools.count()
    under_way, overtaken = threading.Event(), threading.Event()

    def late(*args):
        if next(first) == 0:
            under_way.set()
            overtaken.wait()
            return take(*args)
        taken = take(*args)
        overtaken.set()
        return taken

    monkeypatch.setattr(slack.urls, "post", late)
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(slack.clicks, "ana", post, post.buttons[0])
        under_way.wait()
        slack.clicks("ben", post, post.buttons[0])
        assert slow.result() == [] and labels(post)[0] == "Vote · 2"
    assert post.edits == 3


def test_clicks_on_a_message_that_is_in_hand_are_joined_up(slack, instance):
    """In one process, eight votes while Slack makes the first wait: one or two posts show them all, and every vote
    counts."""
    post = listed(slack.through(instance(), SECRET))
    trouble = slack.stumble("/response/", 429, retry_after=0, held=True)
    with ThreadPoolExecutor(9) as pool:
        waiting = pool.submit(slack.clicks, "ana", post, post.buttons[0])
        trouble.met.wait()
        told = list(pool.map(lambda person: slack.clicks(person, post, post.buttons[0]), PEOPLE[:8]))
        trouble.go.set()
        assert [*told, waiting.result()] == [[]] * 9
    assert labels(post)[0] == "Vote · 9" and post.edits <= 2


def test_a_vote_while_a_name_is_being_taken_off_is_shown(slack, instance, monkeypatch):
    """Ana takes one of her names off and votes for another before Slack has the shorter list: what stands there in the
    end has both."""
    slack.through(instance(), SECRET)
    for name in ("Mabor", "Zubor"):
        slack.types("ana", "names", f"suggest {name}")
    [post] = slack.types("ana", "names", "shortlist")
    vote, take, first = post.buttons[0], slack.urls.post, itertools.count()
    off = [button for button in post.buttons if button["action_id"].startswith("off:")][1]

    def slow(*args):
        if next(first) == 0:
            slack.clicks("ana", post, vote)
        return take(*args)

    monkeypatch.setattr(slack.urls, "post", slow)
    assert slack.clicks("ana", post, off) == []
    assert names(post) == ["Mabor"] and labels(post)[0] == "Vote · 1"


def test_a_busy_slack_gets_the_newest_when_it_is_ready(slack):
    """429, and meanwhile another vote: one sending has both."""
    post = listed(slack)
    trouble = slack.stumble("/response/", 429, retry_after=0, held=True)
    with ThreadPoolExecutor(2) as pool:
        waiting = pool.submit(slack.clicks, "ana", post, post.buttons[0])
        trouble.met.wait()
        slack.clicks("ben", post, post.buttons[0])
        trouble.go.set()
        assert waiting.result() == [] and labels(post)[0] == "Vote · 2"
    assert post.edits == 2


@pytest.mark.parametrize(("status", "retry_after", "times"), [(503, None, 2), (500, 0, 1), (429, 0, 3)])
def test_what_passes_is_not_noticed(slack, status, retry_after, times):
    """Slack's own faults and short waits cost a moment, not the update."""
    post = listed(slack)
    slack.stumble("/response/", status, retry_after=retry_after, times=times)
    assert slack.clicks("ana", post, post.buttons[0]) == [] and labels(post)[0] == "Vote · 1"


def test_what_does_not_pass_is_told(slack):
    """Slack wants more time than there is: the vote counts, the person hears that the list is behind, the next click
    mends it."""
    post = listed(slack)
    slack.stumble("/response/", 429, retry_after=30)
    [told] = slack.clicks("ana", post, post.buttons[0])
    assert told.only == "U0ANA" and "catches up" in told.text and labels(post)[0] == "Vote"
    slack.clicks("ben", post, post.buttons[1])
    assert labels(post)[:2] == ["Vote · 1", "Vote · 1"]


def test_a_pick_that_slack_does_not_announce_is_told(slack):
    """The round is closed, and whoever picked hears that the channel was not told; the question does not vanish without
    a word."""
    post = listed(slack)
    slack.clicks("ana", post, post.buttons[0])
    [question] = slack.types("ana", "names", "pick")
    slack.stumble("/response/", 503, times=4)
    [told] = slack.clicks("ana", question, question.buttons[0])
    assert told.only == "U0ANA" and "did not take the message" in told.text and not question.deleted
    assert names(post)[0] in slack.types("ana", "names", "rounds")[0].text


def test_a_list_that_cannot_be_deleted_is_told_and_lives(slack):
    """If Slack does not delete, the buttons still work."""
    post = listed(slack)
    slack.stumble("/response/", 500, times=4)
    [told] = slack.clicks("ana", post, "Delete")
    assert told.only == "U0ANA" and "does not let me delete" in told.text
    slack.clicks("ana", post, post.buttons[0])
    assert labels(post)[0] == "Vote · 1"


@pytest.mark.parametrize("seed", range(2))
def test_deleting_voting_and_picking_at_once_through_slack(slack, file, seed):
    """A list goes while others vote on it and the round is closed: every vote that was not refused is in the tally, and
    the pick led it."""
    slack.types("ana", "names", "suggest Bulbase")
    first, second = listed(slack), listed(slack)
    slack.clicks("ana", second, second.buttons[0])
    question = slack.types("ana", "names", "pick")[0]
    on_first, on_second, delete, pick = first.buttons[1], second.buttons[0], first.button("Delete"), question.buttons[0]
    acts = [(person, second, on_second) for person in PEOPLE] + [(person, first, on_first) for person in PEOPLE[:6]]
    random.Random(seed).shuffle(acts)
    acts[5:5], acts[9:9] = [("ana", first, delete)], [("ana", question, pick)]

    def does(act) -> list | None:
        return None if act[1].deleted else slack.clicks(*act)

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(does, acts))
    texts = [post.text for posts in told for post in posts or ()]
    refused = told.count(None) + sum("round is closed" in text or "deleted already" in text for text in texts)
    after = context(SqliteStore(file), Who("T0TEAM", "C0NAMES", "U0ANA", ""))
    [round] = history(after)
    ended = standing(after, round)
    assert first.deleted and round.picked in [entry.key for entry in ended.leaders()] and current(after) is None
    assert sum(len(entry.voters) for entry in ended.entries.values()) == 1 + len(PEOPLE) + 6 - refused
    slack.broken[:] = [
        refused for refused in slack.broken if "no message in this place" not in refused
    ]  # who voted as it went


def test_buttons_work_over_a_restart(settings, library, file, instance):
    """A list of one process is voted on, continued and deleted in another."""
    with FakeSlack() as slack:
        post = listed(slack.through(instance(), SECRET), 2)
        slack.through(instance(), SECRET)
        slack.clicks("ben", post, post.buttons[0])
        [more] = slack.clicks("ben", post, "More")
        assert labels(post)[0] == "Vote · 1" and not {*names(more)} & {*names(post)}
        slack.clicks("ana", post, "Delete")
        assert post.deleted


def test_a_list_ends_after_thirty_days(slack, file):
    """An expired list is answered with a polite sentence, like one that never was."""
    post = listed(slack, 2)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE items SET expires = expires - ?", (30 * 24 * 3600 + 1,))
    [told] = slack.clicks("ana", post, post.buttons[0])
    assert "too old" in told.text


@pytest.mark.parametrize("seed", range(3))
def test_voting_taking_off_picking_and_undoing_at_once_leave_a_whole_round(store, seed):
    """Whatever happens in whatever order: one round open at most, a closed one has a winner that led it, and no vote
    came after."""
    who, stamp = Who("T1", "C1", "U0", "owner"), itertools.count(1_800_000_000)
    owner = context(store, who, 0.0)
    round = begin(owner)
    for name in "ABC":
        suggest(store, "T1", round.key, named(name), "U0", str(next(stamp)))

    def does(number: int) -> None:
        rng = random.Random(f"{seed} {number}")
        person, now = f"U{number % 5}", float(next(stamp))
        own = context(store, who, now)
        try:
            match rng.choice(["vote", "vote", "vote", "off", "pick", "undo", "run off"]):
                case "vote":
                    at = current(own) or round
                    vote(store, "T1", at.key, named(rng.choice("ABC")), Click(person, "1", str(int(now))))
                case "off":
                    take_off(store, "T1", round.key, named(rng.choice("ABC")).key, person)
                case "pick":
                    stands = picking.ready(own)
                    picking.pick(own, stands.round.id, rng.choice(stands.leaders()).key)
                case "undo":
                    picking.undo(own, round.id)
                case "run off":
                    picking.run_off(own, round.id)
        except BadInput:
            pass  # said to whoever was too late

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(does, range(60)))
    rounds = [load(owner, item.key.split("#")[2]) for item in store.find("T1", "round#C1#")]
    open_ = [each for each in rounds if not each.closed]
    pointed = store.get("T1", "open#C1")
    assert len(open_) <= 1 and [each.id for each in open_] == ([pointed.value["round"]] if pointed else [])
    for each in rounds:
        leaders = [entry.key for entry in standing(owner, each).leaders()]
        assert each.picked in leaders if each.picked else (each.runoff or not each.closed)
    if not open_:
        assert vote(store, "T1", rounds[0].key, named("A"), Click("U9", "1", "1900000000")) is Outcome.CLOSED
