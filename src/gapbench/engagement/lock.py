"""Asks whether another process has a file open, with the very bytes that SQLite locks.

Needed only for a file with something left beside it: opening such a file with SQLite would already
recover it, before a copy is kept; and what lies beside may belong to a window that is still open.
"""

from __future__ import annotations

import errno
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from gapbench.engagement import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FIRST = 0x40000002  # SQLite's "shared" bytes; whoever reads or writes holds one or all of them
_COUNT = 510


@contextmanager
def held(path: Path, *, write: bool) -> Iterator[None]:
    """Keep everybody else out of a file that this process has not open.

    Raises:
        EngagementBusyError: Somebody is in it.
    """
    with path.open("r+b" if write else "rb") as stream:
        try:
            _take(stream, write=write)
        except OSError as problem:
            if problem.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
                raise sentences.busy(path) from problem
            # A share without locks: SQLite will meet the same when the file is opened.
        yield


if sys.platform == "win32":
    import msvcrt

    def _take(stream: IO[bytes], *, write: bool) -> None:  # noqa: ARG001 (one kind of lock)
        stream.seek(_FIRST)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, _COUNT)
        stream.seek(0)

else:
    import fcntl

    def _take(stream: IO[bytes], *, write: bool) -> None:
        kind = fcntl.LOCK_EX if write else fcntl.LOCK_SH
        fcntl.lockf(stream, kind | fcntl.LOCK_NB, _COUNT, _FIRST)
