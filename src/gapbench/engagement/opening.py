"""Opens and makes engagement files: what is refused, kept beside, recovered and upgraded."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from gapbench.engagement import beside, header, lock, sentences, upgrades
from gapbench.engagement.file import File, is_open_here, reserved
from gapbench.engagement.sentences import called

if TYPE_CHECKING:
    from collections.abc import Iterator


def open_file(path: Path, *, read_only: bool = False) -> File:
    """Open an engagement; one of an earlier version is upgraded, with a copy kept beside.

    Raises:
        EngagementFileError: It cannot be opened; the sentence says why and what to do.
        EngagementBusyError: It is open in another window.
    """
    identity = header.identity(path)
    if is_open_here(identity):
        raise sentences.busy(path)
    known = header.examine(path, upgrades.VERSION)
    real = Path(os.path.realpath(path))
    file = File(path, identity, read_only=read_only or not _writable(real))
    with _closed_on_failure(file), ExitStack() as held:
        version = known.version
        if file.read_only:
            real = _at_rest(real, known, held)
            if version < upgrades.VERSION:
                real, version = held.enter_context(_climbed(file, real, version)), upgrades.VERSION
        elif beside.sides(real):
            file.notice = sentences.recovered(path, _kept_before_recovery(real, known))
        file.connect(real, held.pop_all())
        _look(file)
        if version < upgrades.VERSION:
            _upgrade(file, version)
        _look_for_tables(file)
    return file


@contextmanager
def made_file(path: Path) -> Iterator[File]:
    """Make a new engagement file with empty tables; on failure nothing is left of it."""
    with reserved(path):
        real = Path(os.path.realpath(path))
        file = File(path, header.identity(path), read_only=False)
        with _closed_on_failure(file):
            with file.speaking("making it"), closing(sqlite3.connect(real)) as bare:
                upgrades.lay_out(bare)
            file.connect(real, ExitStack())
            yield file


@contextmanager
def _closed_on_failure(file: File) -> Iterator[None]:
    try:
        yield
    except BaseException:
        file.close()
        raise


def _writable(path: Path) -> bool:
    try:
        with path.open("r+b"):
            return os.access(path.parent, os.W_OK | os.X_OK)
    except OSError:
        return False


def _at_rest(real: Path, known: header.Header, held: ExitStack) -> Path:
    """The file when nothing is missing in it, else a recovered scratch copy."""
    if not (beside.sides(real) or known.wal):
        return real
    with lock.held(real, write=False):
        return held.enter_context(beside.proved(real, known))


def _kept_before_recovery(real: Path, known: header.Header) -> Path:
    with lock.held(real, write=True), beside.proved(real, known):
        return beside.keep(real)


def _look(file: File) -> None:
    """Refuse what is plainly not as we left it, before anything is written."""
    schema = file.rows("SELECT type, name FROM sqlite_schema")
    if strange := sorted(name for kind, name in schema if kind in ("trigger", "view")):
        # They would run with our own statements.
        raise sentences.damaged(file.path, f"it carries {', '.join(strange)}, not made by gapbench")
    if not file.rows("SELECT 1 FROM sqlite_schema WHERE name = 'step'") or not file.rows(
        "SELECT seq FROM step LIMIT 1"
    ):
        raise sentences.damaged(file.path, "it was never finished being made")


def _look_for_tables(file: File) -> None:
    """Refuse a file that is without one of our tables."""
    names = {name for (name,) in file.rows("SELECT name FROM sqlite_schema")}
    if missing := sorted(upgrades.TABLE_NAMES - names):
        raise sentences.damaged(file.path, f"it is without {', '.join(missing)}")


@contextmanager
def _climbed(file: File, real: Path, version: int) -> Iterator[Path]:
    """A scratch copy brought up to date, to read a file that is not to be written; the file stays as it is."""
    with tempfile.TemporaryDirectory(prefix="gapbench-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / file.path.name
        try:
            with lock.held(real, write=False):
                shutil.copyfile(real, copy)
        except OSError as problem:
            raise sentences.of_system(copy, problem, "a first look at it") from problem
        scratch = File(copy, header.identity(copy), read_only=False)
        with closing(scratch):
            scratch.connect(copy, ExitStack())
            _look(scratch)
            upgrades.climb(scratch, version)
        yield copy


def _upgrade(file: File, version: int) -> None:
    copy = beside.free(file.path, f"before-upgrade-v{version}")
    with reserved(copy):
        file.copy_into(copy)
    upgrades.climb(file, version)


def copy_to(file: File, target: Path) -> None:
    """Write a copy that can be handed over.

    Raises:
        FileError: The target exists or cannot be written; nothing is left of it.
    """
    with reserved(target):
        file.copy_into(target)
        _flush(target)


def _flush(path: Path) -> None:
    try:
        with path.open("rb+") as stream:
            os.fsync(stream.fileno())
    except OSError as problem:
        raise sentences.of_system(path, problem, f"the copy {called(path)}") from problem
