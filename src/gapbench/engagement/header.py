"""Looks at the first bytes of a file before SQLite may touch it, so that a foreign file stays as it was."""

from __future__ import annotations

import os
import stat
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.engagement.sentences import called, damaged, folder_of
from gapbench.errors import EngagementFileError

if TYPE_CHECKING:
    from pathlib import Path

APPLICATION_ID = 0x47_61_70_42
""" "GapB" in ASCII, at byte 68 of every engagement; never changes."""

MAGIC = b"SQLite format 3\0"
LENGTH = 100

_OTHERS = (
    (
        b"PK\x03\x04",
        "an Excel workbook (or zip)",
        "open it with Excel; answers come in as CSV with `gapbench answers import`",
    ),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "open it with Office"),
    (b"%PDF", "a PDF", "open it with a reader of PDF files"),
)


@dataclass(frozen=True, slots=True)
class Header:
    """What the first hundred bytes say.

    Attributes:
        file: Device and number of the file, the same by whatever name it is called.
        wal: The file was in use when last written: it expects a `-wal` beside it.
        version: Version of our schema.
        page: Bytes of a page.
    """

    file: tuple[int, int]
    wal: bool
    version: int
    page: int


def identity(path: Path) -> tuple[int, int]:
    """Device and number of an existing ordinary file, without opening it.

    Raises:
        EngagementFileError: There is none; the sentence says what is there instead.
    """
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError) as problem:
        raise EngagementFileError(
            f"There is no file {called(path)} in {folder_of(path)}; check the name, "
            "or make a new engagement with `gapbench new`."
        ) from problem
    except (OSError, ValueError) as problem:
        raise EngagementFileError(
            f"{called(path)} cannot be looked at ({_why(problem)}); check its name and folder."
        ) from problem
    if stat.S_ISDIR(found.st_mode):
        raise EngagementFileError(f"{called(path)} is a folder; name a file in it.")
    if not stat.S_ISREG(found.st_mode):
        raise EngagementFileError(f"{called(path)} is not an ordinary file; name an engagement.")
    return found.st_dev, found.st_ino


def examine(path: Path, newest: int) -> Header:
    """Read the header of a file.

    Nothing of this process may have the file open: closing it here would drop the locks that
    SQLite holds (POSIX drops a process's locks on a file when any descriptor of it is closed).

    Args:
        path: The file.
        newest: Highest version of the schema that this program knows.

    Raises:
        EngagementFileError: It is not an engagement that this program can open.
    """
    file = identity(path)
    try:
        with path.open("rb") as stream:
            head = stream.read(LENGTH)
            size = os.fstat(stream.fileno()).st_size
    except PermissionError as problem:
        raise EngagementFileError(
            f"You may not read {called(path)}; ask its owner for access, or for a copy."
        ) from problem
    except OSError as problem:
        raise EngagementFileError(
            f"{called(path)} cannot be read ({_why(problem)}); see to the disk, or take a copy."
        ) from problem
    _refuse_foreign(path, head)
    _refuse_version(path, head, newest)
    return _ours(path, file, head, size)


def _refuse_foreign(path: Path, head: bytes) -> None:
    if not head:
        raise EngagementFileError(f"{called(path)} is empty; delete it and make a new engagement, or take a copy.")
    if not head.startswith(MAGIC[: len(head)]):
        for start, what, do in _OTHERS:
            if head.startswith(start):
                raise EngagementFileError(f"{called(path)} is {what}, not an engagement: {do}.")
        raise EngagementFileError(f"{called(path)} is not an engagement; name a file that gapbench has made.")
    if len(head) < LENGTH:
        raise damaged(path, "only its beginning is left")
    if struct.unpack_from(">I", head, 68)[0] != APPLICATION_ID:
        raise EngagementFileError(
            f"{called(path)} is a database of another program, not an engagement; name a file that gapbench has made."
        )


def _refuse_version(path: Path, head: bytes, newest: int) -> None:
    version = struct.unpack_from(">I", head, 60)[0]
    if version > newest:
        raise EngagementFileError(
            f"{called(path)} was made by a newer gapbench (format {version}, this one knows up to "
            f"{newest}); update gapbench to open it."
        )
    if version < 1:
        raise damaged(path, "it was never finished being made")


def _ours(path: Path, file: tuple[int, int], head: bytes, size: int) -> Header:
    page = struct.unpack_from(">H", head, 16)[0]
    page = 65536 if page == 1 else page
    changes, pages = struct.unpack_from(">II", head, 24)
    valid_for = struct.unpack_from(">I", head, 92)[0]
    if head[18] != head[19] or head[18] not in (1, 2) or page < 512 or page & (page - 1):
        raise damaged(path, "its header makes no sense")
    wal = head[18] == 2
    if not wal and changes == valid_for and size < pages * page:
        raise damaged(path, f"{size} of {pages * page} bytes are left")
    return Header(file, wal, struct.unpack_from(">I", head, 60)[0], page)


def _why(problem: Exception) -> str:
    return getattr(problem, "strerror", None) or str(problem)
