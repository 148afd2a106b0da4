"""Rows of any journalled table as JSON, learned from the file itself so that SQLModel stays away.

One row has one text: columns in the order of the alphabet, no spaces, no escapes beyond what JSON
asks. Equal text is equal content, and the hash of a step is taken over these very texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from json.encoder import encode_basestring
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3

Cell = str | int
Key = tuple[Cell, ...]
Row = Mapping[str, Cell]

JOURNALLED = (
    "profile",
    "framework",
    "unit",
    "answer",
    "judgement",
    "exclusion",
    "finding",
    "finding_item",
    "succession",
    "carried",
    "work_package",
    "action",
    "planning",
)
"""Tables that only a step may touch."""

_other = json.JSONEncoder(ensure_ascii=False).encode


def cell_json(cell: object) -> str:
    """One cell; what is neither text nor a whole number (a damaged file) shows as what it is."""
    return encode_basestring(cell) if type(cell) is str else _other(cell)


def _texts(cells: Iterable[object]) -> list[str]:
    """`cell_json` of each, spelled out: an import of answers spends a fifth of its time here."""
    return [
        encode_basestring(cell) if type(cell) is str else repr(cell) if type(cell) is int else _other(cell)
        for cell in cells
    ]


def key_json(key: Iterable[object]) -> str:
    """The key of a row."""
    return f"[{','.join(_texts(key))}]"


@dataclass(frozen=True)
class Shape:
    """Columns and key of one table, and the few statements ever made on it."""

    table: str
    keys: tuple[str, ...]
    others: tuple[str, ...]

    @classmethod
    def of(cls, connection: sqlite3.Connection, table: str) -> Shape:
        """Ask the file."""
        info = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
        keys = sorted((row[5], row[1]) for row in info if row[5])
        others = sorted(row[1] for row in info if not row[5])
        return cls(table, tuple(name for _, name in keys), tuple(others))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Key first, then the others in the order of the alphabet."""
        return self.keys + self.others

    @cached_property
    def one(self) -> str:
        """SELECT of the columns that are not the key, by key."""
        where = " AND ".join(f'"{name}" = ?' for name in self.keys)
        return f'SELECT {_names(self.others) or "1"} FROM "{self.table}" WHERE {where}'  # noqa: S608 (our own names)

    @cached_property
    def all(self) -> str:
        """SELECT of every row, key first."""
        return f'SELECT {_names(self.columns)} FROM "{self.table}"'  # noqa: S608 (our own names)

    @cached_property
    def upsert(self) -> str:
        """INSERT that replaces what stands there."""
        marks = ",".join("?" * len(self.columns))
        sets = ",".join(f'"{name}" = excluded."{name}"' for name in self.others)
        return (
            f'INSERT INTO "{self.table}" ({_names(self.columns)}) VALUES ({marks}) '  # noqa: S608 (our own names)
            f"ON CONFLICT ({_names(self.keys)}) DO {f'UPDATE SET {sets}' if sets else 'NOTHING'}"
        )

    @cached_property
    def delete(self) -> str:
        """DELETE by key."""
        where = " AND ".join(f'"{name}" = ?' for name in self.keys)
        return f'DELETE FROM "{self.table}" WHERE {where}'  # noqa: S608 (our own names)

    @cached_property
    def _pattern(self) -> str:
        return "{" + ",".join(f'"{name}":%s' for name in self.others) + "}"

    @cached_property
    def _cells(self) -> Any:
        return itemgetter(*self.columns) if len(self.columns) > 1 else None

    def cells(self, row: Row) -> tuple[Cell, ...]:
        """The cells of a row in the order of `columns`."""
        cells: tuple[Cell, ...] = self._cells(row)
        return cells

    def json(self, others: Iterable[object]) -> str:
        """The cells that are not the key, as the journal keeps them."""
        return self._pattern % tuple(_texts(others))

    def read(self, text: str) -> tuple[Cell, ...] | None:
        """The cells of a row out of the journal; None when it has other columns than today's."""
        row: dict[str, Cell] = json.loads(text)
        fits = tuple(sorted(row)) == self.others
        return tuple([row[name] for name in self.others]) if fits else None


def read_all(connection: sqlite3.Connection, table: str) -> Iterator[tuple[str, str]]:
    """Every row of a table as the journal keeps rows: key and the rest, as JSON.

    A file of an earlier version is without some tables: no rows.
    """
    shape = Shape.of(connection, table)
    if not shape.keys:
        return
    split = len(shape.keys)
    for cells in connection.execute(shape.all):
        yield key_json(cells[:split]), shape.json(cells[split:])


def _names(columns: Iterable[str]) -> str:
    return ",".join(f'"{name}"' for name in columns)
