"""What SQLite and the system say, in a sentence for a person."""

from __future__ import annotations

import errno
import sqlite3
from typing import TYPE_CHECKING

from gapbench.engagement.text import clean_text
from gapbench.errors import EngagementBusyError, EngagementFileError, FileError

if TYPE_CHECKING:
    from pathlib import Path

NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def called(path: Path) -> str:
    """The name of a file, fit for a terminal."""
    return clean_text(path.name or str(path))


def folder_of(path: Path) -> str:
    """The folder of a file, fit for a terminal."""
    return clean_text(str(path.parent))


def busy(path: Path) -> EngagementBusyError:
    """The file is open elsewhere."""
    return EngagementBusyError(f"{called(path)} is open in another window or program; close it there, then try again.")


def damaged(path: Path, why: str) -> EngagementFileError:
    """The file is ours, and too much of it is gone for it to be opened or read."""
    return EngagementFileError(
        f"{called(path)} is damaged ({why}); keep it as it is, and restore the last copy or backup of it."
    )


def unsound(path: Path, why: str) -> EngagementFileError:
    """The file is open, and something in it is not as it was written; `check` can say what else."""
    name = called(path)
    return EngagementFileError(
        f"{name} is damaged: {why}; run `gapbench check {name}` to see all that is wrong, "
        "and go on with the last copy or backup of it."
    )


def recovered(path: Path, copy: Path) -> str:
    """The file was put right while it was opened."""
    return (
        f"{called(path)} had not been closed the last time; everything that was acknowledged is in it, "
        f"and the file as it was found is kept beside it as {called(copy)}."
    )


def no_space(doing: str) -> FileError:
    """The disk is full."""
    return FileError(
        f"The disk is full, so {doing} was not done; all that was saved before is safe. "
        "Free some space and do it again."
    )


def read_only(path: Path) -> FileError:
    """The file is open for reading."""
    return FileError(
        f"{called(path)} is open for reading only; copy it to a folder where you may write, and open the copy."
    )


def of_database(path: Path, problem: sqlite3.Error, doing: str) -> FileError:
    """What a refused statement means.

    Args:
        path: The engagement.
        problem: What SQLite raised.
        doing: What was about to be done, "this step".
    """
    code = getattr(problem, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return busy(path)
    if code == sqlite3.SQLITE_FULL:
        return no_space(doing)
    if code == sqlite3.SQLITE_READONLY:
        return read_only(path)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT):
        return damaged(path, str(problem))
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return FileError(
            f"The disk or share that holds {called(path)} does not answer as it should "
            f"({problem}), so {doing} was not done; all that was saved before is safe. "
            "Close the file, see to the disk, and open it again."
        )
    if isinstance(problem, sqlite3.OperationalError) and not code:
        return damaged(path, clean_text(str(problem)))  # text that is not UTF-8
    return FileError(f"{called(path)}: {doing} was not done ({clean_text(str(problem))}).")


def of_system(path: Path, problem: OSError, doing: str) -> FileError:
    """What a refused call of the system means."""
    if problem.errno in NO_SPACE:
        return no_space(doing)
    if isinstance(problem, PermissionError) or problem.errno == errno.EROFS:
        return FileError(
            f"{doing[:1].upper()}{doing[1:]} was not done: you may not write in "
            f"{folder_of(path)}. Choose another folder."
        )
    return FileError(
        f"{called(path)}: {doing} was not done ({problem.strerror or problem}). See to the disk, then try again."
    )
