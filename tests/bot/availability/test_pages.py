"""Pages over real connections: a place that answers, refuses, hangs, redirects, lies or never ends cannot mislead or
delay."""

import threading
import time

import pytest

from bot.availability.verdict import FREE, TAKEN, UNKNOWN
from bot.strings import taken as words
from tests.bot.availability.conftest import page, prober
from tests.helpers.places import ENDLESS, nowhere


def soon(seconds: float = 0.4) -> float:
    return time.monotonic() + seconds


def verdict(asking, name: str, seconds: float = 5.0):
    (found,) = asking.check([name], soon(seconds))
    return found.said, found.reason


@pytest.mark.parametrize(
    "name, said, reason",
    [
        ("taken", TAKEN, ""),
        ("free", FREE, ""),
        ("broken", UNKNOWN, "answered 500"),
        ("busy", UNKNOWN, "answered 429"),
        ("away", UNKNOWN, "answered 302"),
        ("no-http", UNKNOWN, words.NO_ANSWER),
        ("odd-status", UNKNOWN, words.NO_ANSWER),
        ("odd-length", TAKEN, ""),
        ("no-end", TAKEN, ""),
        ("nothing", UNKNOWN, words.NO_ANSWER),
        ("endless-body", TAKEN, ""),
        ("endless-status", UNKNOWN, words.NO_ANSWER),
        ("endless-headers", UNKNOWN, words.NO_ANSWER),
    ],
)
def test_the_status_alone_speaks(there, name, said, reason):
    """A listed status says what it means, whatever the body is; anything else is unknown, with its reason; nothing is
    asked twice."""
    assert verdict(prober(page(there.address + "/{name}")), name) == (said, reason)
    assert there.paths.count(f"/{name}") == 1 and len(there.paths) == 2  # the other is about nobody


def test_nobody_listens():
    """A refused connection is unknown."""
    assert verdict(prober(page(nowhere() + "/{name}")), "mongo") == (UNKNOWN, words.NO_ANSWER)


def test_no_redirect_is_followed(there):
    """A redirect is never followed, even if its status is listed."""
    assert verdict(prober(page(there.address + "/{name}")), "away") == (UNKNOWN, "answered 302")
    listed = page(there.address + "/{name}")._replace(meanings=((302, "taken"),))
    assert verdict(prober(listed), "away") == (TAKEN, "")
    assert "/free" not in there.paths


@pytest.mark.parametrize("name", ["hang", "drip", "endless-continue"])
def test_the_deadline_holds(there, name):
    """A page that hangs, drips or never ends is unknown while it does so, and nobody waits for it."""
    before = set(threading.enumerate())
    assert verdict(prober(page(there.address + "/{name}")), name, seconds=0.4) == (UNKNOWN, words.LATE)
    assert not there.over.is_set() and f"/{name}" in there.paths
    for thread in set(threading.enumerate()) - before:
        if "_work" in thread.name:
            thread.join()  # pytest's timeout ends a wait that does not end


def test_one_that_hangs_delays_no_other(there):
    """The names of one call are asked about at once: one that hangs leaves the others their verdicts."""
    found = prober(page(there.address + "/{name}")).check(["hang", "taken", "free"], soon(1))
    assert [one.said for one in found] == [UNKNOWN, TAKEN, FREE]


def test_a_place_that_says_taken_of_everything(there):
    """If a page calls a made-up name taken too, its `taken` is not believed; it may call everything free."""
    assert verdict(prober(page(there.address + "/{name}/taken")), "mongo") == (UNKNOWN, words.SAYS_SO_OF_ALL)
    assert verdict(prober(page(there.address + "/{name}/free")), "mongo") == (FREE, "")


def test_a_place_that_says_free_of_everything(there):
    """If a page calls a certainly taken name free, its `free` is not believed; a page that knows it is."""
    assert verdict(prober(page(there.address + "/{name}/free", known="numbers")), "mongo") == (
        UNKNOWN,
        words.SAYS_SO_OF_NONE,
    )
    assert verdict(prober(page(there.address + "/{name}", known="taken")), "mongo") == (FREE, "")
    assert verdict(prober(page(there.address + "/{name}", known="broken")), "mongo") == (
        FREE,
        "",
    )  # that says nothing against it


def test_an_answer_is_kept(there):
    """An answered question is not asked again, in any spelling of the name; an unanswered one is."""
    asking = prober(page(there.address + "/{name}"))
    for name in ("Taken", "taken", "TAKEN!", "broken", "broken"):
        verdict(asking, name)
    assert sorted(path for path in there.paths if "zq" not in path) == ["/broken", "/broken", "/taken"]
    assert sum("zq" in path for path in there.paths) == 1


def test_few_at_a_time(there):
    """However many ask about however much, a host has two connections of ours at most; and all is asked in the end."""
    there.slow = 0.03
    asking = prober(page(there.address + "/{name}"), page(there.address + "/again/{name}", label="again"))
    groups = [[f"name{i}{j}" for j in range(5)] for i in range(4)]
    asked = [threading.Thread(target=asking.check, args=(names, soon(30))) for names in groups]
    for thread in asked:
        thread.start()
    for thread in asked:
        thread.join()
    assert there.most == 2 and {f"/name{i}{j}" for i in range(4) for j in range(5)} <= set(there.paths)


def test_we_say_who_we_are(there):
    """The User-Agent names the app and whom to write to; no body is asked for with HEAD; nothing else is told."""
    verdict(prober(page(there.address + "/{name}", method="HEAD"), contact="naming@example.org"), "free")
    assert all(
        request.startswith("HEAD /") and "User-Agent: techname (naming@example.org)\r\n" in request
        for request in there.asked
    )
    assert all("cookie" not in request.lower() and "authorization" not in request.lower() for request in there.asked)


@pytest.mark.parametrize(
    "name, path",
    [
        ("Mr. Mime", "/project/mr-mime/?q=1"),
        ("../../admin?x=1#y", "/project/admin-x-1-y/?q=1"),
        ("a\r\nHost: evil", "/project/a-host-evil/?q=1"),
        ("@evil.example/%2e%2e", "/project/evil-example-2e-2e/?q=1"),
        ("東京", "/project/%E6%9D%B1%E4%BA%AC/?q=1"),
        ("{name}", "/project/name/?q=1"),
    ],
)
def test_a_name_stays_in_its_place(there, name, path):
    """Whatever a name holds, it is one segment of the path; neither host nor headers nor query are its to choose."""
    verdict(prober(page(there.address + "/project/{name}/?q=1")), name)
    asked = [request for request in there.asked if "zq" not in request]
    assert [request.split(" ")[1] for request in asked] == [path]
    assert asked[0].lower().count("host:") == 1


def test_https_is_not_given_up(there):
    """A place that was to speak TLS and does not is unknown: nothing is asked in clear."""
    assert verdict(prober(page(there.address.replace("http:", "https:") + "/{name}")), "taken") == (
        UNKNOWN,
        words.NO_ANSWER,
    )
    assert there.asked == []


def test_endless_answers_are_all_tried():
    """The cases above cover every endless answer that the place knows."""
    assert set(ENDLESS) == {"endless-body", "endless-status", "endless-headers", "endless-continue"}
