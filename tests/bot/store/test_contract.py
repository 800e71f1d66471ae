"""What every store promises, held against each of them over a real file or connection."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store import LARGEST_VALUE, Conflict, check, delete, put
from tests.helpers.together import together

KEYS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)


def keys(items) -> list[str]:
    return [item.key for item in items]


def test_what_was_put_is_there(store):
    """Any JSON comes back as it was: unicode, nesting, fractions, what JSON must escape."""
    value = {"ключ": ["名", 1.5, None, True, {"": "\x00\u2028\U0001f600"}], "n": -(2**60)}
    store.write("T1", put("round#C1#r1", value))
    key, kept, version = store.get("T1", "round#C1#r1")
    assert (key, kept) == ("round#C1#r1", value) and version > 0


def test_several_are_read_at_once(store, clock):
    """In the order asked, None for what is not there or has expired, the same as one by one."""
    store.write("T1", put("a", {"n": 1}), put("b", {"n": 2}), put("old", {}, expires=clock.now))
    store.write("T2", put("c", {"n": 3}))
    keys = ("b", "c", "old", "a", "b", *map(str, range(95)))
    assert store.read("T1", *keys) == [store.get("T1", key) for key in keys]
    assert store.read("T1") == []
    assert [item and item.value for item in store.read("T1", *keys)][:5] == [{"n": 2}, None, None, {"n": 1}, {"n": 2}]


def test_nothing_is_there_before(store):
    """A key that was never written is None, and a prefix of nothing an empty list."""
    assert store.get("T1", "round#C1#r1") is None
    assert store.find("T1", "") == []
    assert store.forget("T1") == Counter()


def test_the_version_changes_with_every_write(store):
    """Also when the value stays the same, and when the item was deleted between: no version comes twice."""
    seen = set()
    for _ in range(3):
        store.write("T1", put("a", {}))
        seen.add(store.get("T1", "a").version)
        store.write("T1", put("a", {}))
        seen.add(store.get("T1", "a").version)
        store.write("T1", delete("a"))
    assert len(seen) == 6


@pytest.mark.parametrize(
    "change",
    [
        put("a", {}, version=0),
        put("a", {}, version=1),
        put("b", {}, version=5),
        delete("a", version=1),
        delete("b", version=5),
        check("a", 0),
        check("a", 1),
        check("b", 5),
    ],
    ids=repr,
)
def test_a_condition_that_does_not_hold_lets_nothing_be_written(store, change):
    """Alone or among others: all changes or none."""
    store.write("T1", put("a", {"was": "there"}))
    before = store.find("T1", "")
    for changes in ([change], [put("c", {}), change, put("d", {})]):
        with pytest.raises(Conflict):
            store.write("T1", *changes)
        assert store.find("T1", "") == before


def test_conditions_that_hold_let_all_be_written(store):
    """Each sort of change in one write."""
    store.write("T1", put("a", {"n": 1}), put("b", {"n": 1}), put("c", {"n": 1}))
    a, b, c = store.find("T1", "")
    store.write(
        "T1",
        check("a", a.version),
        put("b", {"n": 2}, b.version),
        delete("c", c.version),
        put("d", {}, 0),
        check("e", 0),
        delete("f"),
    )
    assert [(item.key, item.value) for item in store.find("T1", "")] == [("a", {"n": 1}), ("b", {"n": 2}), ("d", {})]
    assert store.get("T1", "a").version == a.version


def test_a_check_alone_says_whether_it_holds(store):
    """Nothing is written by it."""
    store.write("T1", check("a", 0))
    store.write("T1", put("a", {}))
    version = store.get("T1", "a").version
    store.write("T1", check("a", version))
    assert store.get("T1", "a").version == version


def test_deleting_what_is_not_there_is_no_error(store):
    """Unless a version was named."""
    store.write("T1", delete("a"))
    with pytest.raises(Conflict):
        store.write("T1", delete("a", 1))


def test_what_has_expired_is_not_there(store, clock):
    """Neither read nor found, and free to be written as new; a condition on its version no longer holds."""
    store.write("T1", put("a", {"old": 1}, expires=clock.now + 10), put("b", {}))
    version = store.get("T1", "a").version
    clock.now += 9
    store.write("T1", check("a", version))
    clock.now += 1
    assert store.get("T1", "a") is None and keys(store.find("T1", "")) == ["b"]
    for change in (check("a", version), put("a", {}, version), delete("a", version)):
        with pytest.raises(Conflict):
            store.write("T1", change)
    store.write("T1", check("a", 0))
    store.write("T1", put("a", {"new": 1}, version=0))
    clock.now += 10**9
    assert store.get("T1", "a").value == {"new": 1}, "written without an end, it has none"


def test_an_end_may_be_moved(store, clock):
    """A round that is closed gets an end, and one that is opened again loses it."""
    store.write("T1", put("a", {}))
    store.write("T1", put("a", {}, expires=clock.now + 10))
    store.write("T1", put("a", {}))
    clock.now += 20
    assert store.get("T1", "a")


@pytest.mark.parametrize(
    "prefix", ["vote#r1#", "vote#r%", "vote#r_", "\uffff", "\U0010ffff", "\x7f", "é", "", "*", "\\", "'"]
)
def test_a_prefix_is_only_itself(store, prefix):
    """No sign of it means anything: not SQL's wildcards, not the last characters there are."""
    others = {"vote#r11#x", "vote#rX", "vote#", "\ufffe", "\U0010fffe", "~", "e", "e\u0301", "ê", "/", "zz"} - {prefix}
    wanted = {prefix + end for end in ("", "a", "\x00", "\uffff", "\U0010ffff")} - {""}
    store.write("T1", *(put(key, {}) for key in others | wanted))
    assert keys(store.find("T1", prefix)) == sorted(key for key in others | wanted if key.startswith(prefix))


def test_more_than_one_page_is_found(store):
    """DynamoDB answers a megabyte at a time: what is found is found whole and in order."""
    for place in range(8):
        store.write("T1", put(f"batch#{place}", {"text": "x" * (LARGEST_VALUE - 100)}))
    assert keys(store.find("T1", "batch#")) == [f"batch#{place}" for place in range(8)]
    assert store.forget("T1") == {"batch": 8}


def test_no_call_reaches_another_team(store):
    """The same key of two teams is two items, and a team whose id begins like another's is another."""
    for team in ("T1", "T11", "T1#"):
        store.write(team, put("a", {"team": team}), put("#a", {}))
    for team in ("T1", "T11", "T1#"):
        assert store.get(team, "a").value == {"team": team} and len(store.find(team, "")) == 2
    with pytest.raises(Conflict):
        store.write("T2", check("a", store.get("T1", "a").version))
    assert store.forget("T1") == {"a": 1, "": 1}
    assert store.find("T1", "") == [] and len(store.find("T11", "")) == len(store.find("T1#", "")) == 2


def test_forgetting_counts_by_kind(store, clock):
    """What has expired and was not cleared yet goes and counts too; more than a batch of DynamoDB's goes."""
    store.write("T1", put("round#C1#r1", {}), put("settings#C1", {}), *(put(f"ballot#r1#U{n}", {}) for n in range(60)))
    assert store.forget("T1") == {"round": 1, "settings": 1, "ballot": 60}
    assert store.find("T1", "") == []


@pytest.mark.parametrize(
    "call",
    [
        lambda store: store.get("", "a"),
        lambda store: store.find("", "a"),
        lambda store: store.write("", put("a", {})),
        lambda store: store.forget(""),
        lambda store: store.get("T" * 1025, "a"),
        lambda store: store.get("T1", ""),
        lambda store: store.get("T1", "é" * 513),
        lambda store: store.write("T1"),
        lambda store: store.write("T1", *(check(str(n), 0) for n in range(101))),
        lambda store: store.write("T1", put("a", {}), delete("a")),
        lambda store: put("", {}),
        lambda store: put("é" * 513, {}),
        lambda store: put("a", {"x": "x" * LARGEST_VALUE}),
        lambda store: put("a", {"x": float("nan")}),
        lambda store: store.get("T1", "\ud800"),
        lambda store: store.read("T1", "a", ""),
        lambda store: store.read("", "a"),
        lambda store: store.read("T1", *map(str, range(101))),
    ],
)
def test_what_no_store_can_keep_is_refused(store, call):
    """The same limits hold everywhere, so that nothing works at home and fails on AWS."""
    with pytest.raises(ValueError):
        call(store)


def test_the_longest_key_and_the_largest_value_are_kept(store):
    """The limits are what is allowed."""
    value = {"x": "é" * ((LARGEST_VALUE - 8) // 6)}
    store.write("T" * 1024, put("é" * 512, value))
    assert store.get("T" * 1024, "é" * 512).value == value


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["T1", "T2", "T1#", "t1"]), KEYS, st.integers()), max_size=12), KEYS)
def test_any_team_and_key_against_a_dictionary(store, writes, prefix):
    """After any writes each team finds what a dictionary of its own would hold, whatever the keys are."""
    truth: dict[str, dict[str, int]] = {team: {} for team in ("T1", "T2", "T1#", "t1")}
    for team, key, number in writes:
        store.write(team, put(key, {"n": number}))
        truth[team][key] = number
    for team, held in truth.items():
        found = {item.key: item.value["n"] for item in store.find(team, prefix)}
        assert list(found.items()) == sorted((key, number) for key, number in held.items() if key.startswith(prefix))
        assert all(store.get(team, key).value == {"n": number} for key, number in held.items())
        assert sum(store.forget(team).values()) == len(held)


def increased(store, key: str) -> None:
    """Add one the optimistic way: read, write on condition, and again after a conflict."""
    while True:
        item = store.get("T1", key)
        try:
            return store.write("T1", put(key, {"n": item.value["n"] + 1 if item else 1}, item.version if item else 0))
        except Conflict:
            continue


def test_no_write_of_many_threads_is_lost(store):
    """60 increments by 12 threads at once make 60."""
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda _: increased(store, "count"), range(60)))
    assert store.get("T1", "count").value == {"n": 60}


def test_of_many_that_begin_one_thing_one_succeeds(store):
    """Twelve threads put what must not exist, let go at once: eleven are told."""

    def begin(owner: int) -> bool:
        try:
            store.write("T1", put("round", {"owner": owner}, version=0), put(f"list#{owner}", {}))
        except Conflict:
            return False
        return True

    began = together(*(lambda owner=owner: begin(owner) for owner in range(12)))
    assert sum(began) == 1 and keys(store.find("T1", "list#")) == [f"list#{began.index(True)}"]
    assert store.get("T1", "round").value == {"owner": began.index(True)}


class Model:
    """One team's items as a dictionary, with the versions that the store gave them: what a store must not differ
    from."""

    def __init__(self):
        self.items: dict[str, tuple[int, int | None]] = {}  # a number, and when it expires
        self.versions: dict[str, int] = {}
        self.stale: dict[str, int] = {}

    def version(self, key: str, wanted: str) -> int | None:
        """What a condition says: nothing, that there is no item, that it is as last seen, or as it was before."""
        return {"any": None, "absent": 0, "as seen": self.versions.get(key, 1), "stale": self.stale.get(key, 1)}[wanted]

    def holds(self, key: str, version: int | None) -> bool:
        return version is None or version == (self.versions[key] if key in self.items else 0)

    def seen(self, found) -> None:
        """Take the versions from what was read, once it was found to be right."""
        assert {item.key: item.value["n"] for item in found} == {key: number for key, (number, _) in self.items.items()}
        for item in found:
            if item.version != self.versions.get(item.key):
                self.stale[item.key] = self.versions.get(item.key, 1)
            self.versions[item.key] = item.version

    def expire(self, now: float) -> None:
        self.items = {key: kept for key, kept in self.items.items() if kept[1] is None or kept[1] > now}

    def write(self, parts, now: float) -> None:
        for kind, key, _, number, lasting in parts:
            if kind == "put":
                self.items[key] = number, None if lasting is None else int(now) + lasting
            elif kind == "delete":
                self.items.pop(key, None)


PARTS = st.tuples(
    st.sampled_from(["put", "put", "delete", "check"]),
    st.sampled_from("abc"),
    st.sampled_from(["any", "any", "absent", "as seen", "as seen", "stale"]),
    st.integers(0, 9),
    st.sampled_from([None, 1, 5]),
)
STEPS = st.lists(
    st.tuples(st.lists(PARTS, min_size=1, max_size=3, unique_by=lambda part: part[1]), st.integers(0, 3)), max_size=12
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_any_writes_against_a_model(store, clock, steps):
    """Puts, deletions and checks, alone and together, on conditions that hold or not, while time goes on: the store
    does what a dictionary would."""
    store.forget("T1")
    model = Model()
    for parts, seconds in steps:
        clock.now += seconds
        model.expire(clock.now)
        parts = [part for part in parts if not (part[0] == "check" and part[2] == "any")]
        wanted = [
            (kind, key, model.version(key, condition), number, lasting)
            for kind, key, condition, number, lasting in parts
        ]
        changes = [
            put(key, {"n": number}, version, lasting and clock.now + lasting)
            if kind == "put"
            else delete(key, version)
            if kind == "delete"
            else check(key, version)
            for kind, key, version, number, lasting in wanted
        ]
        if not changes:
            continue
        if all(model.holds(key, version) for _, key, version, _, _ in wanted):
            store.write("T1", *changes)
            model.write(wanted, clock.now)
        else:
            with pytest.raises(Conflict):
                store.write("T1", *changes)
        model.seen(store.find("T1", ""))
