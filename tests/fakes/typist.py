"""Somebody at a terminal: starts a program on a pty of its own, types, and waits for what it shows."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

from tests.helpers.checkout import ROOT, TECHNAME
from tests.helpers.waiting import wait_until

PATIENCE = 300  # seconds until a program that shows nothing fails its test
# Takes the terminal for its own first, so that Ctrl-C reaches it as a signal.
_SITS_DOWN = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"


class Typist:
    """`with Typist(["run"], env) as typist:`; `expect` fails with everything shown since the last match."""

    def __init__(self, arguments: list[str], env: dict[str, str], columns: int = 80):
        self.screen, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.shown = ""
        self.program = subprocess.Popen(
            [sys.executable, "-c", _SITS_DOWN, *TECHNAME[1:], *arguments],
            cwd=ROOT,
            env=env,
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            start_new_session=True,
        )
        os.close(terminal)

    def __enter__(self) -> "Typist":
        return self

    def __exit__(self, *_) -> None:
        self.program.kill()
        self.program.wait()
        os.close(self.screen)

    def type(self, text: str) -> None:
        """Press keys once the program waits for them: Python loses a Ctrl-C between showing a key and waiting for the
        next."""
        wait_until(self._waits)
        os.write(self.screen, text.encode())

    def expect(self, pattern: str, seconds: float = PATIENCE) -> str:
        """Wait until the pattern is shown; what was shown up to its end, colours included."""
        deadline = time.monotonic() + seconds
        while not (found := re.search(pattern, self.shown, re.DOTALL)):
            left = deadline - time.monotonic()
            more = self._read(left) if left > 0 else ""
            assert more, f"{pattern!r} was not shown, but {self.shown!r}"
            self.shown += more
        before, self.shown = self.shown[: found.end()], self.shown[found.end() :]
        return before

    def left(self) -> int:
        """Wait until the program has ended; its exit status, with the rest of what it showed in `shown`."""
        while more := self._read(PATIENCE):
            self.shown += more
        return self.program.wait(PATIENCE)

    def _waits(self) -> bool:
        """Whether the program sleeps, or has ended; where no file tells, a moment is enough."""
        try:
            return Path(f"/proc/{self.program.pid}/stat").read_text().rpartition(") ")[2][0] in "SZ"
        except FileNotFoundError:
            time.sleep(0.1)
            return True

    def _read(self, seconds: float) -> str:
        if not select.select([self.screen], [], [], seconds)[0]:
            return ""
        try:
            return os.read(self.screen, 65_536).decode("utf-8", "replace").replace("\r\n", "\n")
        except OSError:  # Linux says so when the other side is closed
            return ""
