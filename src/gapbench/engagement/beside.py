"""What a kill or a pulled battery left beside a file: proved on a scratch copy, kept, then recovered.

SQLite replays any `-wal` that lies beside a database, also one of another file, and the result may
even pass its own check. So the pair is first opened as a copy in a temporary folder. It is ours when
the journal in it is sound and goes on from the steps that the database alone holds.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gapbench.engagement import sentences, soundness, wal
from gapbench.engagement.sentences import called
from gapbench.errors import EngagementFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.engagement.header import Header

_SIDES = ("-wal", "-journal")
_PAIR = "pair.gapbench"
_ALONE = "alone.gapbench"


def sides(path: Path) -> tuple[Path, ...]:
    """What lies beside the file and is not empty."""
    names = [path.with_name(path.name + end) for end in _SIDES]
    return tuple(side for side in names if side.is_file() and side.stat().st_size)


@contextmanager
def proved(path: Path, header: Header) -> Iterator[Path]:
    """Recover a copy of the file and of what lies beside it; gives the path of the copy.

    Raises:
        EngagementFileError: What lies beside does not belong to the file; both are as they were.
    """
    beside = sides(path)
    for side in beside:
        if side.name.endswith("-wal") and wal.verdict(side, header.page) == "foreign":
            raise _foreign(path, beside)
    with tempfile.TemporaryDirectory(prefix="gapbench-", ignore_cleanup_errors=True) as folder:
        try:
            pair = _copies(path, beside, Path(folder))
        except OSError as problem:
            raise sentences.of_system(Path(folder), problem, "a first look at it") from problem
        if beside and not _belong(pair, Path(folder) / _ALONE):
            raise _foreign(path, beside)
        yield pair


def keep(path: Path) -> Path:
    """Keep a private copy of the file and of what lies beside it, as they are; gives its path."""
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    copy = free(path, f"recovered-{stamp}")
    try:
        for source in (path, *sides(path)):
            end = source.name.removeprefix(path.name)
            _copy(source, copy.with_name(copy.name + end))
    except OSError as problem:
        raise sentences.of_system(path, problem, "the copy that is kept before a file is recovered") from problem
    return copy


def free(path: Path, what: str) -> Path:
    """A name beside the file that nothing has yet: "acme.WHAT.bak", no second engagement in any listing."""
    names = (f"{path.stem}.{what}{more}.bak" for more in ("", *map("-{}".format, _count())))
    return next(path.with_name(name) for name in names if not path.with_name(name).exists())


def _count() -> Iterator[int]:
    return iter(range(2, 10_000))


def _copies(path: Path, beside: tuple[Path, ...], folder: Path) -> Path:
    pair = folder / _PAIR
    shutil.copyfile(path, folder / _ALONE)
    shutil.copyfile(path, pair)
    for side in beside:
        shutil.copyfile(side, pair.with_name(pair.name + side.name.removeprefix(path.name)))
    return pair


def _copy(source: Path, target: Path) -> None:
    target.touch(mode=0o600, exist_ok=False)
    shutil.copyfile(source, target)


def _belong(pair: Path, alone: Path) -> bool:
    """Whether the recovered pair is a sound journal that goes on from the database alone."""
    held = _ends(alone)
    try:
        with closing(sqlite3.connect(pair, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").fetchall()
            known = all(connection.execute("SELECT 1 FROM step WHERE id = ?", (step,)).fetchone() for step in held)
            return known and (not any(soundness.problems(connection)) or not _sound(alone))
    except (sqlite3.Error, ValueError):
        return False


def _ends(alone: Path) -> tuple[str, ...]:
    """First and last step of the database without what lies beside it.

    None when it cannot be read so: it was killed while the log was being written back, and only
    both together make sense.
    """
    query = "SELECT id FROM step WHERE seq IN ((SELECT min(seq) FROM step), (SELECT max(seq) FROM step))"
    try:
        with closing(sqlite3.connect(alone, isolation_level=None)) as connection:
            return tuple(row[0] for row in connection.execute(query))
    except (sqlite3.Error, ValueError):
        return ()


def _sound(alone: Path) -> bool:
    try:
        with closing(sqlite3.connect(alone, isolation_level=None)) as connection:
            return not any(soundness.problems(connection))
    except (sqlite3.Error, ValueError):
        return False


def _foreign(path: Path, beside: tuple[Path, ...]) -> EngagementFileError:
    names = " and ".join(map(called, beside))
    return EngagementFileError(
        f"{names} beside {called(path)} does not belong to it or is damaged, and opening them "
        f"together would spoil the answers; nothing was touched. Move {names} to another folder "
        "and open the file again; keep it until you have seen that nothing is missing."
    )
