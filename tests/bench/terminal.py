"""A program in a terminal of its own: what it paints, and when the last byte of a frame came."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
from time import perf_counter
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from types import TracebackType

LINES, COLUMNS = 40, 120
CALM = 0.06
"""Seconds without a byte after which a key has done all that it does."""

QUIT = b"\x11"  # ctrl+q
DOWN, UP, TOP, PAGE = b"\x1b[B", b"\x1b[A", b"\x1b[H", b"\x1b[6~"

_PATIENCE = 60.0
_STEERING = re.compile(rb"\x1b\[[0-9;?<>=]*[a-zA-Z$]|\x1b[()][A-Z0-9]|\x1b[=>]")
_SYNC_ASKED, _SYNC_KNOWN = b"\x1b[?2026$p", b"\x1b[?2026;2$y"


class Terminal:
    """A child on a pseudo-terminal that knows synchronized output (DEC mode 2026), as most do today."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self._seen = bytearray()
        self._answered = False
        self._ended = False
        self.started = perf_counter()
        self._child = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=dict(environment), start_new_session=True
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()

    def shows(self, words: Iterable[str]) -> float:
        """Wait until all of the words have been painted; seconds since the start of the program."""
        wanted = [word.encode() for word in words]
        end = perf_counter() + _PATIENCE
        moment = self.started
        while not all(word in self._text() for word in wanted):
            read = self._read(1.0)
            moment = read or moment
            if self._ended or perf_counter() > end:
                raise RuntimeError(f"{wanted} was not painted; the end of what was: {self._text()[-800:]!r}")
        return moment - self.started

    def calm(self, quiet: float = 0.4) -> None:
        """Wait until nothing has come for a while."""
        while self._read(quiet):
            pass
        self._seen.clear()

    def press(self, key: bytes) -> float:
        """Seconds from a key to the last byte of what it paints."""
        while self._read(0.0):
            pass
        start = perf_counter()
        os.write(self._ours, key)
        last = self._read(10.0)
        if last is None:
            raise RuntimeError(f"the key {key!r} painted nothing")
        while moment := self._read(CALM):
            last = moment
        self._seen.clear()
        return last - start

    def megabytes(self) -> float:
        """Memory that the child holds now."""
        said = subprocess.run(["ps", "-o", "rss=", "-p", str(self._child.pid)], capture_output=True, check=True)
        return int(said.stdout) / 1024

    def leave(self) -> None:
        """Leave as a person does; by force only where that does not help."""
        if not self._ended:
            os.write(self._ours, QUIT)
        end = perf_counter() + 10
        while not self._ended and perf_counter() < end:
            self._read(0.2)
        try:
            self._child.wait(5)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        os.close(self._ours)

    def _text(self) -> bytes:
        return _STEERING.sub(b"", self._seen)

    def _read(self, patience: float) -> float | None:
        """Read what there is; the moment of it, or None when nothing came."""
        ready, _, _ = select.select([self._ours], [], [], patience)
        if not ready:
            return None
        try:
            found = os.read(self._ours, 65536)
        except OSError:  # Linux says so when the child has gone
            found = b""
        moment = perf_counter()
        if not found:
            self._ended = True
            return None
        self._seen += found
        if not self._answered and _SYNC_ASKED in self._seen:
            os.write(self._ours, _SYNC_KNOWN)
            self._answered = True
        return moment
