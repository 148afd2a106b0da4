"""The version of the schema, and how a file of an earlier one climbs to it.

A version is a number in the header (`PRAGMA user_version`). To change the schema: change
`tables.py`, add one, and say here how a file gets there. Every upgrade runs in one transaction with
all later ones, and what it changes in journalled rows is written down as a step like any other (it
cannot be taken back: its rows before fit the earlier tables only).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.engagement import ledger, rows
from gapbench.engagement.header import APPLICATION_ID

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping

    from gapbench.engagement.file import File

VERSION = 1

UPGRADES: Mapping[int, Callable[[sqlite3.Connection], None]] = {}
"""Version -> what brings a file of that version one further; statements only, no BEGIN or COMMIT."""

TABLE_NAMES = frozenset((*rows.JOURNALLED, "snapshot", "step", "change"))


def lay_out(connection: sqlite3.Connection) -> None:
    """Make the tables of this version in an empty file."""
    from gapbench.engagement import tables

    tables.create_all(
        connection,
        (f"PRAGMA application_id = {APPLICATION_ID}", f"PRAGMA user_version = {VERSION}"),
    )


def climb(file: File, version: int) -> None:
    """Bring a file up to date, all the way or not at all."""
    try:
        with file.speaking("bringing it up to date"):
            file.begin()
            before = _rows(file.connection)
            for step in range(version, VERSION):
                UPGRADES[step](file.connection)
            changes = _differences(before, _rows(file.connection))
            if changes:
                entry = ledger.Entry(f"Brought up to date (format {version} to {VERSION})")
                ledger.append(file.connection, entry, changes)
            file.connection.execute(f"PRAGMA user_version = {VERSION}")
            file.connection.execute("COMMIT")
    finally:
        file.roll_back()


_Rows = dict[tuple[str, str], str]


def _rows(connection: sqlite3.Connection) -> _Rows:
    found: _Rows = {}
    for table in rows.JOURNALLED:
        found |= {(table, key): row for key, row in rows.read_all(connection, table)}
    return found


def _differences(before: _Rows, after: _Rows) -> list[ledger.Difference]:
    keys = dict.fromkeys((*before, *after))
    pairs = ((key, before.get(key), after.get(key)) for key in keys)
    return [(*key, was, now) for key, was, now in pairs if was != now]
