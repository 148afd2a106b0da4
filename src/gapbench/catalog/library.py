"""The person's own folder of catalogs, with an index that is brought in line when a file has changed.

A file that is wrong is one sentence in `Library.problems` and hinders nothing else.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from gapbench import __version__, config
from gapbench.catalog.shipped import CatalogLine, list_shipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

INDEX = ".index.json"
FORMAT = "gapbench-own/1"
SUFFIXES = (".yaml", ".yml")
MOST = 500

_Stamp = tuple[int, int]


class Known(NamedTuple):
    """What the index holds of one file.

    Attributes:
        stamp: Size and time of change when it was read.
        line: None when it is not sound.
        problem: Why it is left out.
    """

    stamp: _Stamp
    line: CatalogLine | None
    problem: str = ""


class Library(NamedTuple):
    """One's own catalogs.

    Attributes:
        folder: "" on a machine that gives no home.
        lines: Sound ones, by title and edition.
        problems: One sentence for each file that was left out.
    """

    folder: str = ""
    lines: tuple[CatalogLine, ...] = ()
    problems: tuple[str, ...] = ()


def look() -> Library:
    """One's own catalogs as they lie in the folder now; YAML is read only for a file that has changed."""
    folder = config.library()
    stamps = dict(_files(folder)) if folder else {}
    if not stamps:
        return Library(folder)
    known = _index(folder)
    fresh = {name: _known(folder, name, stamp, known) for name, stamp in stamps.items()}
    if fresh != known:
        _keep(folder, fresh)
    return _library(folder, fresh)


def find(catalog_id: str) -> Path | None:
    """The file whose catalog has this id, sound or not; the first by name. No file is checked for it."""
    from pathlib import Path

    folder = config.library()
    known = _index(folder) if folder else {}
    for name, stamp in _files(folder):
        before = known.get(name)
        fresh = before is not None and before.stamp == stamp and before.line is not None
        if (before.line.id if before and before.line and fresh else _id_in(Path(folder, name))) == catalog_id:
            return Path(folder, name)
    return None


def _id_in(path: Path) -> str:
    """The id that a file gives itself; "" when it cannot be read."""
    from gapbench.catalog.reading import read
    from gapbench.errors import GapbenchError

    try:
        return str(read(path).get("id", ""))
    except GapbenchError:
        return ""


def _files(folder: str) -> Iterator[tuple[str, _Stamp]]:
    """Names of the catalog files with size and time of change, by name."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(
                (entry for entry in entries if entry.name.casefold().endswith(SUFFIXES) and entry.is_file()),
                key=lambda entry: entry.name,
            )
            for entry in found[:MOST]:
                status = entry.stat()
                yield entry.name, (status.st_size, status.st_mtime_ns)
    except OSError:
        return  # no folder, no catalogs of one's own


def _known(folder: str, name: str, stamp: _Stamp, known: dict[str, Known]) -> Known:
    before = known.get(name)
    return before if before is not None and before.stamp == stamp else _read(folder, name, stamp)


def _read(folder: str, name: str, stamp: _Stamp) -> Known:
    from pathlib import Path

    from gapbench.catalog.load import load
    from gapbench.catalog.shipped import line_of
    from gapbench.errors import GapbenchError

    try:
        return Known(stamp, line_of(load(Path(folder, name)), name, own=True))
    except GapbenchError as problem:
        return Known(stamp, None, str(problem))


def _library(folder: str, files: dict[str, Known]) -> Library:
    taken = {line.id: "a framework that comes with gapbench" for line in list_shipped()}
    lines, problems = [], []
    for name, known in files.items():
        if known.line is None:
            problems.append(known.problem)
        elif known.line.id in taken:
            problems.append(f"{name}: its id {known.line.id} is that of {taken[known.line.id]}; choose another id.")
        else:
            taken[known.line.id] = name
            lines.append(known.line)
    lines.sort(key=lambda line: (line.title.casefold(), line.edition, line.id))
    return Library(folder, tuple(lines), tuple(problems))


# --- the index beside the files --------------------------------------------------------------------


def _index(folder: str) -> dict[str, Known]:
    """What was known when the index was written; nothing when it is missing, foreign or of another gapbench."""
    try:
        with open(f"{folder}{os.sep}{INDEX}", encoding="utf-8") as file:  # noqa: PTH123 (pathlib is slow)
            document = json.loads(file.read(LARGEST))
        if document["format"] != FORMAT or document["gapbench"] != __version__:
            return {}
        return {str(name): _from_row(row) for name, row in document["files"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


LARGEST = 4 * 1024 * 1024


def _from_row(row: dict[str, Any]) -> Known:
    size, changed = map(int, row["stamp"])
    if row.get("line") is None:
        return Known((size, changed), None, str(row["problem"]))
    line = CatalogLine(**row["line"] | {"views": tuple(map(str, row["line"]["views"])), "own": True})
    if any(type(value) is not _TYPES.get(name, str) for name, value in line._asdict().items()):
        raise ValueError("a value of another type")
    return Known((size, changed), line)


_TYPES = dict.fromkeys(("items", "points", "leaves", "areas", "revision"), int) | {"views": tuple, "own": bool}


def _keep(folder: str, files: dict[str, Known]) -> None:
    """Write the index beside its place, then put it there; a folder that takes none is read again next time."""
    rows = {
        name: {"stamp": known.stamp, "line": known.line and known.line.as_row(), "problem": known.problem}
        for name, known in files.items()
    }
    text = json.dumps({"format": FORMAT, "gapbench": __version__, "files": rows}, ensure_ascii=False, indent=1)
    place = f"{folder}{os.sep}{INDEX}"
    fresh = f"{place}.{os.getpid()}.part"
    try:
        with open(fresh, "w", encoding="utf-8", errors="replace") as file:  # noqa: PTH123
            file.write(text + "\n")
        os.replace(fresh, place)  # noqa: PTH105
    except OSError:
        with suppress(OSError):
            os.unlink(fresh)  # noqa: PTH108
