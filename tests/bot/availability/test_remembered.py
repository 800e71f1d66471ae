"""The memory of answers is bounded, and what is in it grows old."""

from bot.availability.remembered import Remembered


def test_old_answers_are_forgotten():
    """An entry is there for its time and then no more."""
    now = [0.0]
    kept = Remembered(seconds=10, clock=lambda: now[0])
    kept.put("a", 1)
    now[0] = 9.9
    assert kept.get("a") == 1
    now[0] = 10.0
    assert kept.get("a") is None


def test_the_least_asked_for_goes_first():
    """With no room left, the entry that nobody asked for longest is dropped."""
    kept = Remembered(most=2)
    for key in "ab":
        kept.put(key, key)
    kept.get("a")
    kept.put("c", "c")
    assert [kept.get(key) for key in "abc"] == ["a", None, "c"]
