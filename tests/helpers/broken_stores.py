"""Stores in which something comes in between, for the tests of what uses one."""

from bot.store import Unavailable


class Interrupted:
    """A store in which something happens between the reading and the writing of whoever uses it, once."""

    def __init__(self, store, happens):
        self.store, self.happens = store, [happens]
        self.get, self.read, self.find = store.get, store.read, store.find

    def write(self, team, *changes):
        while self.happens:
            self.happens.pop()(self.store)
        self.store.write(team, *changes)


class Failing:
    """A store that can write so many times more and is out of reach of writes from then on."""

    def __init__(self, store, writes: int):
        self.store, self.writes = store, writes
        self.get, self.read, self.find = store.get, store.read, store.find

    def write(self, team, *changes):
        self.writes -= 1
        if self.writes < 0:
            raise Unavailable("throttled")
        self.store.write(team, *changes)
