"""Two small frameworks, a client, and what every test wants to find."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from gapbench.catalog.model import Catalog, Group, Item, View
from gapbench.engagement.rows import JOURNALLED
from gapbench.engagement.values import Profile
from gapbench.rating.inputs import Unit

if TYPE_CHECKING:
    from pathlib import Path

    from gapbench.engagement.engagement import Engagement

ISO = "tiny-iso"
CMMI = "tiny-cmmi"


def points(clauses: int = 2, each: int = 3) -> Catalog:
    """A framework of points: clauses 8.1, 8.2 ... with points a, b, c ..."""
    leaves = [Group(f"8.{n}", f"Clause {n}", parent="8") for n in range(1, clauses + 1)]
    items = [
        Item(f"{leaf.id} {'abcdefghijklmnopqrstuvwxyz'[k]}", leaf.id, f"Point {k}", f"Is {leaf.id} {k} done?")
        for leaf in leaves
        for k in range(each)
    ]
    return Catalog(
        ISO,
        "Tiny ISO",
        "2015",
        "Tiny ISO",
        "conformity",
        1,
        (Group("8", "Operation"), *leaves),
        tuple(items),
    )


def practices() -> Catalog:
    """A framework of practice areas: CM, OT (a support function's), GOV (always), SAM (optional)."""
    groups = (
        Group("CM", "Configuration"),
        Group("OT", "Training", support=True),
        Group("GOV", "Governance", always=True),
        Group("SAM", "Suppliers", optional=True),
    )
    items = tuple(
        Item(f"{group.id} {level}.{n}", group.id, f"Practice {n}", f"Is {group.id} {level}.{n} done?", level=level)
        for group in groups
        for level in (1, 2)
        for n in (1, 2)
    )
    areas = dict.fromkeys(("CM", "OT", "GOV", "SAM"), 2)
    views = (View("DEV", "Development", areas), View("SVC", "Services", {"CM": 2, "GOV": 2}))
    return Catalog(CMMI, "Tiny CMMI", "2.0", "Tiny CMMI", "practice_groups", 1, groups, items, views, levels=3)


PROFILE = Profile(client="Acme", title="Gap analysis", sites="Here")


def furnish(engagement: Engagement) -> None:
    """Add what every test wants to find."""
    with engagement.together("Set the scope"):
        engagement.add_framework(points())
        engagement.add_framework(practices(), ("dev",), 2)
        for unit in (
            Unit("falcon", "Falcon", "project"),
            Unit("heron", "Heron", "project"),
            Unit("school", "School", "function"),
        ):
            engagement.put_unit(unit)


def state(engagement: Engagement) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every journalled table, as it lies in the file."""
    return {
        table: engagement._file.rows(f'SELECT * FROM "{table}" ORDER BY 1, 2')  # noqa: S608 (our own names)
        for table in JOURNALLED
    }


def dump(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of a file at rest."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        query = 'SELECT * FROM "{}" ORDER BY 1, 2'
        return {name: connection.execute(query.format(name)).fetchall() for name in names}


def folder(path: Path) -> dict[str, bytes]:
    """Every file of a folder, byte for byte."""
    return {each.name: each.read_bytes() for each in path.iterdir() if each.is_file()}
