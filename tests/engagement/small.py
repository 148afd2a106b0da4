"""Two small frameworks, a client, and what every test wants to find."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gapbench.catalog.model import Catalog, Change, Group, Item, View
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


ISO26 = "tiny-iso-26"
CMMI3 = "tiny-cmmi-3"


def points_after() -> Catalog:
    """The edition after `points(3)`: something of everything that may happen to a point."""
    rows: tuple[tuple[str, Change, tuple[str, ...]], ...] = (
        ("8.1 a", "same", ("8.1 a",)),
        ("8.1 b", "wording", ("8.1 b",)),
        ("8.1 c", "changed", ("8.1 c",)),
        ("8.2 a", "moved", ("8.2 b",)),  # letters change places
        ("8.2 b", "moved", ("8.2 a",)),
        ("8.2 c", "same", ("8.2 c", "8.3 a")),  # merged
        ("8.2 d", "new", ("8.2 c",)),
        ("8.4 a", "moved", ("8.3 b",)),  # split
        ("8.4 b", "wording", ("8.3 b",)),
    )  # and 8.3 c is gone
    groups = (Group("8", "Operation"), *(Group(f"8.{n}", f"Clause {n}", parent="8") for n in (1, 2, 4)))
    items = tuple(
        Item(
            name,
            name.split()[0],
            f"Point {name}",
            f"Is {name} done?",
            base=base,
            change=change,
            change_note="" if change == "same" else f"It is {change}",
            disputed=name == "8.1 b",
        )
        for name, change, base in rows
    )
    return Catalog(ISO26, "Tiny ISO", "2026", "Tiny ISO", "conformity", 1, groups, items, base=ISO)


def practices_after() -> Catalog:
    """The edition after `practices()`: OT 2.1 merged, SAM 2.1 changed, SAM 2.2 gone, GOV 2.3 new."""
    before = practices()
    items = [replace(item, base=(item.id,)) for item in before.items if item.id not in ("OT 2.2", "SAM 2.2")]
    named = {item.id: item for item in items}
    named["OT 2.1"] = replace(named["OT 2.1"], base=("OT 2.1", "OT 2.2"), change="wording")
    named["SAM 2.1"] = replace(named["SAM 2.1"], change="changed")
    named["GOV 2.2"] = replace(named["GOV 2.2"], change="wording")
    new = Item("GOV 2.3", "GOV", "Practice 3", "Is GOV 2.3 done?", level=2, change="new")
    items = [*named.values()]
    items.insert(items.index(named["GOV 2.2"]) + 1, new)
    views = (View("SVC", "Services", {"CM": 2, "GOV": 2}), View("DEV", "Development", before.views[0].areas))
    return replace(before, id=CMMI3, edition="3.0", items=tuple(items), views=views, base=CMMI)


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
