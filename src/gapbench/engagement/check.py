"""Everything that can be wrong with an engagement, each thing as a sentence that names it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from gapbench.catalog import snapshot
from gapbench.engagement import soundness
from gapbench.engagement.reading import sha_of
from gapbench.engagement.text import clean_text
from gapbench.errors import CatalogError
from gapbench.rating.inputs import ORGANISATION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pydantic import BaseModel

    from gapbench.catalog.model import Catalog
    from gapbench.engagement.file import File
    from gapbench.planning.values import Action

_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
_OF_CATALOGS = (
    ("answer", "item"),
    ("judgement", "subject"),
    ("exclusion", "area"),
    ("finding_item", "item"),
    ("carried", "item"),
)
_LOOSE = (
    ("finding", "id", "SELECT finding FROM finding_item", "rests on no item"),
    ("finding_item", "finding", "SELECT id FROM finding", "belongs to no finding"),
    ("framework", "snapshot", "SELECT sha FROM snapshot", "has lost the copy of its catalog"),
    ("succession", "catalog", "SELECT catalog FROM framework", "is of a framework that is not there"),
    ("succession", "former", "SELECT catalog FROM framework", "follows a framework that is not there"),
)
_UNITS = "SELECT id FROM unit"
_MARKED_ALONE = """
SELECT item FROM carried AS c WHERE NOT EXISTS (
    SELECT 1 FROM answer AS a WHERE a.catalog = c.catalog AND a.item = c.item AND a.unit = c.unit AND a.value <> ''
) OR NOT EXISTS (
    SELECT 1 FROM succession AS s WHERE s.catalog = c.catalog AND s.mode = 'transition'
)
"""


def check(file: File) -> tuple[str, ...]:
    """Problems as sentences; () when the file is sound."""
    connection = file.connection
    problems = [*soundness.problems(connection)]
    for what, part in (
        ("The schema", _schema),
        ("The rows", _rows),
        ("The copies of frameworks", _snapshots),
        ("What rows refer to", _references),
    ):
        problems += soundness.told(what, partial(part, connection))
    return tuple(dict.fromkeys(problems))


@cache
def _expected() -> frozenset[tuple[str, ...]]:
    """The schema as `tables.py` makes it."""
    from gapbench.engagement import upgrades

    with closing(sqlite3.connect(":memory:")) as connection:
        upgrades.lay_out(connection)
        return frozenset(connection.execute(_SCHEMA).fetchall())


def _schema(connection: sqlite3.Connection) -> Iterator[str]:
    found = frozenset(connection.execute(_SCHEMA).fetchall())
    for kind, name, *_ in sorted(_expected() ^ found, key=str):
        yield f"The {kind} {clean_text(str(name))} is not as gapbench makes it."


def _rows(connection: sqlite3.Connection) -> Iterator[str]:
    """Every row as its class in `tables.py` wants it."""
    from pydantic import ValidationError

    for name, validate in _validators().items():
        columns = tuple(validate.model_fields)
        names = ", ".join(f'"{column}"' for column in columns)
        for row in connection.execute(f'SELECT {names} FROM "{name}"'):  # noqa: S608 (our own names)
            try:
                validate.model_validate(dict(zip(columns, row, strict=True)), strict=True)
            except ValidationError as problem:
                field = problem.errors()[0]
                where = clean_text(", ".join(map(str, row[:2])))
                yield f"{name} {where}: {'.'.join(map(str, field['loc']))}: {field['msg']}."


@cache
def _validators() -> dict[str, type[BaseModel]]:
    """The fields of `tables.py` without the mapper, which makes validating ten times slower."""
    from pydantic import create_model

    from gapbench.engagement.tables import TABLES

    validators: dict[str, type[BaseModel]] = {}
    for name, table in TABLES.items():
        fields: dict[str, Any] = {key: (field.annotation, field) for key, field in table.model_fields.items()}
        validators[name] = create_model(name, **fields)
    return validators


def _snapshots(connection: sqlite3.Connection) -> Iterator[str]:
    for sha, name, text in connection.execute("SELECT sha, catalog, text FROM snapshot"):
        called = f"The copy of framework {clean_text(name)}"
        if sha_of(text) != sha:
            yield f"{called} was changed after it was written: its hash does not fit."
            continue
        try:
            catalog = snapshot.from_json(text)
        except CatalogError as problem:
            yield str(problem)
            continue
        if catalog.id != name:
            yield f"{called} is one of {catalog.id}."


def _references(connection: sqlite3.Connection) -> Iterator[str]:
    """Items, areas, units and findings that rows name and that are not there."""
    yield from _strange_items(connection)
    yield from _strange_editions(connection)
    yield from _strange_units(connection)
    for table, column, among, what in _LOOSE:
        query = f'SELECT "{column}" FROM "{table}" WHERE "{column}" NOT IN ({among})'  # noqa: S608 (our own names)
        for (name,) in connection.execute(query):
            yield f"{table} {clean_text(name)} {what}."
    for (name,) in connection.execute(_MARKED_ALONE):
        yield f"carried {clean_text(name)}: no answer came along there."
    yield from _strange_plan(connection)


def _strange_items(connection: sqlite3.Connection) -> Iterator[str]:
    catalogs = _catalogs(connection)
    for table, column in _OF_CATALOGS:
        query = f'SELECT DISTINCT catalog, "{column}" FROM "{table}"'  # noqa: S608 (our own names)
        for catalog_id, name in connection.execute(query):
            if catalog_id not in catalogs:
                yield f"{table} {clean_text(name)}: there is no framework {clean_text(catalog_id)}."
            elif not _has(catalogs[catalog_id], name):
                yield f"{table}: {catalogs[catalog_id].name} has no {clean_text(name)}."


def _strange_editions(connection: sqlite3.Connection) -> Iterator[str]:
    catalogs = _catalogs(connection)
    for new, former in connection.execute("SELECT catalog, former FROM succession"):
        if new in catalogs and former in catalogs and catalogs[new].base != former:
            yield f"succession: {catalogs[new].name} is no edition after {catalogs[former].name}."


def _strange_plan(connection: sqlite3.Connection) -> Iterator[str]:
    """Days, figures and lists of the plan, and what its actions name; packages are no part of the file."""
    from gapbench.engagement import plan_rows

    for row in connection.execute(plan_rows.DECISIONS):
        yield from _unread(f"work_package {clean_text(row[0])}", partial(plan_rows.decision_of, *row))
    yield from _unread("planning", partial(plan_rows.settings_of, dict(connection.execute(plan_rows.SETTINGS))))
    actions: list[Action] = []
    for row in connection.execute(plan_rows.ACTIONS):
        make = partial(plan_rows.action_of, *row)
        strange = [*_unread(f"action {clean_text(row[0])}", make)]
        yield from strange
        actions += [] if strange else [make()]
    yield from _strange_actions(connection, actions)


def _unread(called: str, make: Callable[[], object]) -> Iterator[str]:
    try:
        make()
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        yield f"{called} cannot be read: {clean_text(str(problem))}."


def _strange_actions(connection: sqlite3.Connection, actions: Iterable[Action]) -> Iterator[str]:
    catalogs = _catalogs(connection)
    findings = {row[0] for row in connection.execute("SELECT id FROM finding")}
    names = {row[0] for row in connection.execute("SELECT id FROM action")}
    for it in actions:
        called = f"action {clean_text(it.id)}"
        if it.finding and it.finding not in findings:
            yield f"{called} answers a finding that is not there."
        if not names.issuperset(it.needs):
            yield f"{called} waits for an action that is not there."
        for catalog, ref in it.closes:
            if catalog not in catalogs:
                yield f"{called}: there is no framework {clean_text(catalog)}."
            elif not _has(catalogs[catalog], ref):
                yield f"{called}: {catalogs[catalog].name} has no {clean_text(ref)}."


def _strange_units(connection: sqlite3.Connection) -> Iterator[str]:
    units = {ORGANISATION, *(row[0] for row in connection.execute(_UNITS))}
    for table in ("answer", "exclusion", "carried"):
        query = f'SELECT DISTINCT unit FROM "{table}"'  # noqa: S608 (our own names)
        for (unit,) in connection.execute(query):
            if unit not in units:
                yield f"{table}: there is no unit {clean_text(unit)}."


def _catalogs(connection: sqlite3.Connection) -> dict[str, Catalog]:
    """The catalogs of the frameworks; one that cannot be read is told of elsewhere."""
    query = "SELECT f.catalog, s.text FROM framework AS f JOIN snapshot AS s ON s.sha = f.snapshot"
    return {name: snapshot.from_json(text) for name, text in connection.execute(query)}


def _has(catalog: Catalog, name: str) -> bool:
    return name in catalog.item or name.partition("/")[0] in catalog.group
