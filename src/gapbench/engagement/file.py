"""One engagement on disk: one connection, one window, one file at rest.

While steps are written the file is in WAL mode with full sync: a committed step is one flush of the
disk, and nothing acknowledged was lost in any simulated power cut. The mode is entered with the
first row that differs and left on closing. So a file that was only read, or to which nothing new was
said, stays byte for byte as it was, and a file at rest has nothing beside it. There is never a
second connection: that keeps a second window out, saves the shared-memory file, and stays clear of
the WAL-reset fault of SQLite before 3.51.3.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import ExitStack, closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from gapbench.engagement import sentences
from gapbench.engagement.sentences import called
from gapbench.errors import FileError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_PRAGMAS = (
    "busy_timeout = 0",  # a second window is told at once
    "locking_mode = EXCLUSIVE",  # held from the first read to the close
    "foreign_keys = ON",
    "trusted_schema = OFF",  # a file may come by mail
    "cell_size_check = ON",
    "temp_store = MEMORY",
    "synchronous = FULL",  # a committed step is on the disk, not on its way there
    # On a Mac an ordinary flush stops at the drive's own memory.
    *(("fullfsync = ON", "checkpoint_fullfsync = ON") if sys.platform == "darwin" else ()),
)

# Pages (4 KiB) of the log after which SQLite writes it back by itself; we do it when idle (`tidy`),
# so that no key has to wait for it.
_LONG_LOG = "wal_autocheckpoint = 16384"

_IN_MEMORY = ("cache_spill = OFF", "journal_mode = MEMORY")  # nothing is written before a commit
_ON_DISK = ("journal_mode = DELETE", "cache_spill = ON")

_open_here: WeakValueDictionary[tuple[int, int], File] = WeakValueDictionary()


def is_open_here(identity: tuple[int, int]) -> bool:
    """Whether this process has the file open.

    To be asked before a file is opened even for a glance: POSIX drops the locks that a process
    holds on a file as soon as it closes any descriptor of it.
    """
    return identity in _open_here


class File:
    """An open engagement file; its errors are sentences.

    Attributes:
        path: As it was named by whoever opened it.
        read_only: File or folder cannot be written, or it was asked for so.
        notice: What its person must be told after opening, "" when nothing.
        rehearsing: What is written now can only be rolled back.
    """

    def __init__(self, path: Path, identity: tuple[int, int], *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self.notice = ""
        self.rehearsing = False
        self._identity = identity
        self._connection: sqlite3.Connection | None = None
        self._mode = ""  # of the journal, once the file is being written
        self._held = ExitStack()

    @property
    def written(self) -> bool:
        """Whether the file is in its mode for writing."""
        return bool(self._mode)

    @property
    def connection(self) -> sqlite3.Connection:
        """The one connection.

        Raises:
            FileError: The file was closed.
        """
        if self._connection is None:
            raise FileError(f"{called(self.path)} is closed; open it again.")
        return self._connection

    def connect(self, real: Path, held: ExitStack) -> None:
        """Open the connection and keep everybody else out, without writing a byte.

        Args:
            real: The file itself, or a scratch copy that stands for it.
            held: What to let go of when the file is closed.
        """
        self._held = held
        _open_here[self._identity] = self
        with self.speaking("opening it"):
            uri = f"{real.as_uri()}?mode={'ro' if self.read_only else 'rw'}"
            self._connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=0)
            for pragma in _PRAGMAS:
                self._connection.execute(f"PRAGMA {pragma}").fetchall()
            self._connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            if not self.read_only:
                self._connection.execute("BEGIN EXCLUSIVE")
                self._connection.execute("COMMIT")
                if self._connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
                    self._enter_wal()  # it was never closed; this time it shall be

    def rows(self, query: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[Any]:
        """Every row of a query."""
        with self.speaking("reading it"):
            return self.connection.execute(query, values).fetchall()

    @contextmanager
    def speaking(self, doing: str) -> Iterator[None]:
        """Turn what SQLite raises into a sentence."""
        try:
            yield
        except sqlite3.Error as problem:
            raise sentences.of_database(self.path, problem, doing) from problem
        except (UnicodeEncodeError, OverflowError) as problem:  # half a character; beyond 64 bits
            raise UsageError("A name or number of this call can be in no file; check how it is written.") from problem
        except UnicodeDecodeError as problem:  # the words of an error may hold damaged bytes
            raise sentences.damaged(self.path, "its texts cannot be read") from problem

    def refuse_read_only(self) -> None:
        """Refuse to change a file that is open for reading.

        Raises:
            FileError: It is.
        """
        if self.read_only:
            raise sentences.read_only(self.path)

    def begin(self) -> None:
        """Start a transaction.

        Raises:
            FileError: The file is open for reading only.
        """
        self.refuse_read_only()
        self._enter_wal()
        self.connection.execute("BEGIN IMMEDIATE")

    def rehearse(self) -> None:
        """Start a transaction that stays in memory and can only be rolled back.

        Entering WAL changes the header at once, and cannot be taken back as a transaction can. So
        the first step of a session that may be refused half-way is tried like this.
        """
        for pragma in _IN_MEMORY:
            self.connection.execute(f"PRAGMA {pragma}").fetchall()
        self.rehearsing = True
        self.connection.execute("BEGIN IMMEDIATE")

    def roll_back(self) -> None:
        """Undo what was not committed.

        After a full disk there is nothing to do: SQLite has rolled back by itself.
        """
        if self._connection is None:
            return
        if self._connection.in_transaction:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
        if self.rehearsing:
            with self.speaking("this step"):
                for pragma in _ON_DISK:
                    self._connection.execute(f"PRAGMA {pragma}").fetchall()
            self.rehearsing = False

    def tidy(self) -> None:
        """Write the log back into the file, so that even a copy of it alone is whole."""
        if self._mode == "wal" and not self.connection.in_transaction:
            with self.speaking("writing the log back"):
                self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def copy_into(self, target: Path) -> None:
        """Fill an empty file with all that is in this one, so that it stands alone."""
        with self.speaking("the copy"), closing(sqlite3.connect(target)) as copy:
            self.connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE").fetchall()

    def close(self) -> None:
        """Leave one file behind; closing twice is nothing.

        Raises:
            FileError: The log could not be written back (a full disk): it lies beside the file.
        """
        connection = self._connection
        if connection is None:
            return self._let_go()
        try:
            self.roll_back()
            if self._mode == "wal":
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                connection.execute("PRAGMA locking_mode = NORMAL").fetchall()
                connection.execute("PRAGMA journal_mode = DELETE").fetchall()
        except sqlite3.Error as problem:
            raise FileError(
                f"{called(self.path)} is closed, but its last steps may still lie in "
                f"{called(self.path)}-wal ({problem}); keep both together, free some space and "
                "open the file once more."
            ) from problem
        finally:
            self._connection = None
            connection.close()
            self._let_go()
        return None

    def _let_go(self) -> None:
        if _open_here.get(self._identity) is self:
            del _open_here[self._identity]
        self._held.close()

    def _enter_wal(self) -> None:
        if self._mode:
            return
        mode = self.connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        if mode == "wal":
            self.connection.execute(f"PRAGMA {_LONG_LOG}").fetchall()
        else:  # a share that knows no WAL: slower, and as safe
            self.connection.execute("PRAGMA synchronous = EXTRA").fetchall()
        self._mode = mode


@contextmanager
def reserved(path: Path) -> Iterator[None]:
    """Take a name that nothing has yet, for its owner's eyes only; on failure it is free again.

    Raises:
        FileError: The name is taken, or its folder is missing or may not be written.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as problem:
        raise FileError(f"{called(path)} exists already; choose another name, or move it away first.") from problem
    except (FileNotFoundError, NotADirectoryError) as problem:
        raise FileError(
            f"There is no folder {sentences.folder_of(path)}; make it first, or choose another."
        ) from problem
    except OSError as problem:
        raise sentences.of_system(path, problem, f"making {called(path)}") from problem
    except ValueError as problem:
        raise FileError(f"{called(path)} is not a name for a file; choose another.") from problem
    try:
        yield
    except BaseException:
        for end in ("", "-wal", "-journal"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        raise
