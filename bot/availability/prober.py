"""Asks all probes about all names at once; the deadline holds even if a host hangs."""

import secrets
import socket
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue

from bot.availability.call import Call
from bot.availability.domain import RESOLVER, Domain
from bot.availability.page import AGENT, Page
from bot.availability.probes import Probes
from bot.availability.remembered import Remembered
from bot.availability.verdict import FREE, IMPOSSIBLE, IN_USE, NO_RECORD, TAKEN, UNKNOWN, Answer, Verdict
from bot.strings import taken as words

AT_ONCE = 2  # questions to one host, of all people together
RESOLVED_AT_ONCE = 8  # questions to the machine's own resolver
Question = tuple[Page | Domain, str]  # a probe, and the address or domain that it asks about


class Prober:
    """The probes of one file, their answers of the last hour, and the number of questions at each host.

    Threads ask, and are left behind at the deadline: there is no other way out of a resolver that hangs. A thread left
    behind keeps its place at its host, so at most AT_ONCE threads wait for one host.
    """

    def __init__(self, probes: Probes, resolve: Callable = socket.getaddrinfo):
        self.probes, self.resolve = probes, resolve
        self.agent = f"{AGENT} ({probes.contact})" if probes.contact else AGENT
        self.remembered = Remembered()
        self._places = {probe.host: threading.Semaphore(_at_once(probe.host)) for probe in probes.all}
        self._nobody = "zq" + secrets.token_hex(6)  # a name that nobody has

    def check(self, names: Sequence[str], deadline: float) -> tuple[Verdict, ...]:
        """A verdict for each name and probe, name by name, before the deadline (time.monotonic seconds)."""
        wanted = [(probe, probe.asked(name)) for name in names for probe in self.probes.all]
        wanted += [
            (probe, probe.asked(name)) for probe in self.probes.all for name in (self._nobody, probe.known) if name
        ]
        answers = {question: self.remembered.get(question) for question in wanted if question[1]}
        fresh = self._ask([question for question, answer in answers.items() if answer is None], deadline)
        for question, answer in fresh.items():
            if answer.said != UNKNOWN:
                self.remembered.put(question, answer)
        answers |= fresh
        return tuple(self._verdict(name, probe, answers) for name in names for probe in self.probes.all)

    def _verdict(self, name: str, probe: Page | Domain, answers: dict[Question, Answer | None]) -> Verdict:
        asked = probe.asked(name)
        if not asked:
            return Verdict(name, probe.label, asked, IMPOSSIBLE)
        answer = answers[probe, asked] or Answer(UNKNOWN, words.LATE)
        return Verdict(name, probe.label, asked, *self._believed(probe, answer, answers))

    def _believed(self, probe: Page | Domain, answer: Answer, answers: dict[Question, Answer | None]) -> Answer:
        """The answer, unless the probe says the same about a name of which the contrary is certain."""
        if answer.said in (TAKEN, IN_USE):
            sure, doubt = self._nobody, words.SAYS_SO_OF_ALL
        elif answer.said in (FREE, NO_RECORD):
            sure, doubt = probe.known, words.SAYS_SO_OF_NONE
        else:
            return answer
        told = answers.get((probe, probe.asked(sure)))
        return Answer(UNKNOWN, doubt) if told and told.said == answer.said else answer

    def _ask(self, questions: Sequence[Question], deadline: float) -> dict[Question, Answer]:
        """The answers that arrive in time."""
        call, arriving, answers = Call(deadline, self.agent, self.resolve), SimpleQueue(), {}
        for host, waiting in _by_host(questions).items():
            for _ in range(min(_at_once(host), len(waiting))):
                threading.Thread(target=self._work, args=(host, waiting, call, arriving), daemon=True).start()
        while len(answers) < len(questions) and call.left() > 0:
            try:
                question, answer = arriving.get(timeout=max(0.0, call.left()))
            except Empty:
                break
            answers[question] = answer
        call.hang_up()
        return answers

    def _work(self, host: str, waiting: deque[Question], call: Call, arriving: SimpleQueue) -> None:
        """Ask one host, question after question, while there is time and a place."""
        place = self._places[host]
        for probe, asked in _taken_from(waiting):
            if not place.acquire(timeout=max(0.0, call.left())):
                return
            try:
                arriving.put(((probe, asked), probe.ask(asked, call)))
            finally:
                place.release()


def _taken_from(waiting: deque[Question]) -> Iterator[Question]:
    """The questions, each to one thread alone."""
    with suppress(IndexError):
        while True:
            yield waiting.popleft()


def _at_once(host: str) -> int:
    return RESOLVED_AT_ONCE if host == RESOLVER else AT_ONCE


def _by_host(questions: Iterable[Question]) -> dict[str, deque[Question]]:
    """The questions of each host, in order."""
    waiting: dict[str, deque[Question]] = {}
    for probe, asked in questions:
        waiting.setdefault(probe.host, deque()).append((probe, asked))
    return waiting
