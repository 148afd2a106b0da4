"""The version of the schema, and how a file of an earlier one climbs to it.

A version is a number in the header (`PRAGMA user_version`). To change the schema: change
`tables.py`, add one, and say here how a file gets there. Every upgrade runs in one transaction with
all later ones, and what it changes in journalled rows is written down as a step like any other (it
cannot be taken back: its rows before fit the earlier tables only). One that only adds tables changes
no row: it is no step, and what was done before can still be taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.engagement import ledger, rows
from gapbench.engagement.header import APPLICATION_ID

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping

    from gapbench.engagement.file import File

VERSION = 2


def _table(name: str, *lines: str) -> str:
    """A table as `tables.py` has it made, to the letter: `check` compares the texts."""
    return f"CREATE TABLE {name} (\n\t" + ", \n\t".join(lines) + "\n)\n WITHOUT ROWID\n\n"


_SUCCESSION = _table(
    "succession",
    "catalog TEXT NOT NULL",
    "former TEXT NOT NULL",
    "mode TEXT NOT NULL",
    "PRIMARY KEY (catalog)",
    "CONSTRAINT succession_former UNIQUE (former)",
    "CONSTRAINT succession_mode CHECK (mode IN ('transition', 'dual'))",
    "CONSTRAINT succession_other CHECK (former <> catalog)",
)
_CARRIED = _table(
    "carried",
    "catalog TEXT NOT NULL",
    "item TEXT NOT NULL",
    "unit TEXT NOT NULL",
    "origin TEXT NOT NULL",
    "PRIMARY KEY (catalog, item, unit)",
)

_WORK_PACKAGE = _table(
    "work_package",
    "package TEXT NOT NULL",
    "owner TEXT NOT NULL",
    "status TEXT NOT NULL",
    "start TEXT NOT NULL",
    "due TEXT NOT NULL",
    "effort_low TEXT NOT NULL",
    "effort_high TEXT NOT NULL",
    "likelihood INTEGER NOT NULL",
    "impact INTEGER NOT NULL",
    "priority TEXT NOT NULL",
    "reason TEXT NOT NULL",
    "PRIMARY KEY (package)",
    "CONSTRAINT work_package_status CHECK (status IN ('planned', 'started', 'done', 'verified'))",
    "CONSTRAINT work_package_likelihood CHECK (likelihood BETWEEN 0 AND 5)",
    "CONSTRAINT work_package_impact CHECK (impact BETWEEN 0 AND 5)",
    "CONSTRAINT work_package_pain CHECK ((likelihood = 0) = (impact = 0))",
    "CONSTRAINT work_package_effort CHECK ((effort_low = '') = (effort_high = ''))",
)
_ACTION = _table(
    "action",
    "id TEXT NOT NULL",
    "package TEXT NOT NULL",
    "what TEXT NOT NULL",
    "closes TEXT NOT NULL",
    "owner TEXT NOT NULL",
    "effort TEXT NOT NULL",
    "start TEXT NOT NULL",
    "due TEXT NOT NULL",
    "status TEXT NOT NULL",
    "needs TEXT NOT NULL",
    "finding TEXT NOT NULL",
    "manual INTEGER NOT NULL",
    "position INTEGER NOT NULL",
    "PRIMARY KEY (id)",
    "CONSTRAINT action_status CHECK (status IN ('planned', 'started', 'done', 'verified'))",
    "CONSTRAINT action_manual CHECK (manual IN (0, 1))",
)
_PLANNING = _table(
    "planning",
    "name TEXT NOT NULL",
    "value TEXT NOT NULL",
    "PRIMARY KEY (name)",
)


def _editions_and_plan(connection: sqlite3.Connection) -> None:
    """From 1: an edition may follow the one before, and the plan is kept.

    New tables only, so every old step can still be taken back.
    """
    for table in (_SUCCESSION, _CARRIED, _WORK_PACKAGE, _ACTION, _PLANNING):
        connection.execute(table)


UPGRADES: Mapping[int, Callable[[sqlite3.Connection], None]] = {1: _editions_and_plan}
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
