"""Whether a file holds what was written: SQLite's own check, every hash, and the tables replayed.

SQLite cannot see a changed byte inside a text. The hash of each step can; and the tables must be
what the steps make of them, row for row. Plain SQL, read once from front to back.
"""

from __future__ import annotations

import sqlite3
from itertools import islice
from typing import TYPE_CHECKING

from gapbench.engagement import ledger, rows
from gapbench.engagement.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ENOUGH = 50
"""Problems of one sort that are listed one by one."""

_STEPS = "SELECT seq, id, parents, title, author, kind, target, at, device FROM step ORDER BY seq"
_CHANGES = 'SELECT n, table_name, key, before, after FROM "change" WHERE step = ? ORDER BY n'

_Current = dict[tuple[str, str], str]


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """What is wrong, as sentences; nothing when the file is sound."""
    yield from told("The file", lambda: structure(connection))
    yield from told("The journal", lambda: journal(connection))


def told(what: str, check: Callable[[], Iterable[str]]) -> Iterator[str]:
    """What a check finds; that it cannot read on is a problem too.

    In a damaged file any cell may be anything: bytes where a text should be, a text for a number.
    """
    try:
        found = iter(check())
        yield from islice(found, ENOUGH)
        if more := sum(1 for _ in found):
            yield f"... and {more} more of this kind."
    except (sqlite3.Error, ValueError, TypeError, AttributeError, OverflowError) as problem:
        yield f"{what} cannot be read to the end: {clean_text(str(problem))}."


def structure(connection: sqlite3.Connection) -> Iterator[str]:
    """The pages of the file."""
    (encoding,) = connection.execute("PRAGMA encoding").fetchone()
    if encoding != "UTF-8":
        yield f"The file says that its texts are {encoding}, and gapbench writes UTF-8."
    for (line,) in connection.execute(f"PRAGMA integrity_check({ENOUGH})"):
        if line != "ok":
            yield f"The file is damaged: {clean_text(line)}."
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"A row of {table} belongs to a row of {parent} that is not there."


def journal(connection: sqlite3.Connection) -> Iterator[str]:
    """Every step whole and in its place, and the tables what the steps make of them."""
    current: _Current = {}
    last = ""
    seen: set[str] = set()
    for place, (seq, name, parents, *words) in enumerate(connection.execute(_STEPS), start=1):
        entry = ledger.Entry(*words)
        lines = connection.execute(_CHANGES, (seq,)).fetchall()
        changes: list[ledger.Difference] = [line[1:] for line in lines]
        called = f"Step {seq} ({clean_text(str(entry.title))})"
        if seq != place or parents != rows.key_json((last,) if last else ()):
            yield f"{called} does not follow the step before it: a step is missing or was moved."
        if entry.target and entry.target not in seen:
            yield f"{called} takes back a step that is not there."
        if [line[0] for line in lines] != list(range(len(lines))):
            yield f"{called} has lost rows."
        if ledger.step_id(entry, parents, changes) != name:
            yield f"{called} was changed after it was written: its hash does not fit."
        yield from _replayed(called, changes, current)
        last = name
        seen.add(name)
    yield from _compared(connection, current)


def _replayed(called: str, changes: Iterable[ledger.Difference], current: _Current) -> Iterator[str]:
    for table, key, before, after in changes:
        if current.get((table, key)) != before:
            yield f"{called} found {table} {key} otherwise than the steps before had left it."
        if after is None:
            current.pop((table, key), None)
        else:
            current[table, key] = after


def _compared(connection: sqlite3.Connection, expected: _Current) -> Iterator[str]:
    for table in rows.JOURNALLED:
        for key, row in rows.read_all(connection, table):
            if expected.pop((table, key), None) != row:
                yield f"{table} {clean_text(key)} is not what the journal says."
    for table, key in expected:
        yield f"{table} {clean_text(key)} is in the journal and not in its table."
