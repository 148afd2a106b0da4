"""Made-up frameworks and engagements of any size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.catalog.model import Catalog, Group, Item, View
from gapbench.catalog.shipped import load_shipped
from gapbench.engagement import ledger
from gapbench.engagement.engagement import Engagement
from gapbench.engagement.rows import Shape, key_json
from gapbench.engagement.values import AnswerRow, Profile
from gapbench.rating.inputs import Unit
from gapbench.rating.models import model_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from gapbench.rating.inputs import UnitKind

LEAVES_IN_A_CHAPTER, POINTS_IN_A_LEAF = 25, 8
NOTE = "Seen in the sample: the record of the review, its minutes, two of the actions."


def points(count: int, catalog_id: str = "made-up") -> Catalog:
    """A framework of so many points: chapters, clauses, points, with words of the usual length."""
    groups: list[Group] = []
    items: list[Item] = []
    for number in range(count):
        leaf_number, place = divmod(number, POINTS_IN_A_LEAF)
        chapter_number, within = divmod(leaf_number, LEAVES_IN_A_CHAPTER)
        chapter, leaf = f"{chapter_number + 4}", f"{chapter_number + 4}.{within + 1}"
        if leaf_number % LEAVES_IN_A_CHAPTER == 0 and place == 0:
            groups.append(Group(chapter, f"Chapter {chapter} of the work"))
        if place == 0:
            groups.append(Group(leaf, f"Clause {leaf} on what is done", chapter, evidence=("records", "minutes")))
        items.append(
            Item(
                id=f"{leaf} {'abcdefgh'[place]}",
                group=leaf,
                title=f"Point {number} is planned, done and recorded where it applies",
                text=f"Show me how you plan point {number}, who does it, and where I can see that it was done?",
                look_for="A plan that is followed, a record that is signed, somebody who knows both.",
                evidence=("plan", "record", "minutes of the review"),
                ask=("process owner", "project manager"),
                principles=("evidence",),
            )
        )
    return Catalog(
        id=catalog_id,
        title="Made up",
        edition="2026",
        family="Made up",
        model="conformity",
        revision=1,
        groups=tuple(groups),
        items=tuple(items),
        principles={"evidence": "Evidence-based decisions"},
    )


def goals(count: int, catalog_id: str = "made-up-goals") -> Catalog:
    """A staged framework of so many practices: areas of two goals with five practices each."""
    groups: list[Group] = []
    items: list[Item] = []
    for number in range(count):
        goal, place = divmod(number, 5)
        area, within = divmod(goal, 2)
        if place == 0 and within == 0:
            groups.append(Group(f"A{area}", f"Area {area} of the work", area=True))
        if place == 0:
            groups.append(Group(f"A{area} SG {within + 1}", f"Goal {within + 1} is reached", f"A{area}", level=1))
        items.append(
            Item(
                id=f"A{area} SP {within + 1}.{place + 1}",
                group=f"A{area} SG {within + 1}",
                title=f"Practice {number} is done wherever the work needs it",
                text=f"How do you go about practice {number}, and what does the last project have to show for it?",
                look_for="A result that is used, and somebody who can say why it looks as it does.",
                level=1,
            )
        )
    areas = {group.id: 2 for group in groups if group.area}
    return Catalog(
        id=catalog_id,
        title="Made up of goals",
        edition="1.0",
        family="Made up",
        model="goals",
        revision=1,
        groups=tuple(groups),
        items=tuple(items),
        views=(View("ALL", "All areas", areas),),
        levels=2,
    )


def shipped() -> list[Catalog]:
    """The two frameworks of most sessions."""
    return [load_shipped("iso9001-2015"), load_shipped("cmmi-2.0")]


def furnished(path: Path, catalogs: Sequence[Catalog], *, sites: int = 0, projects: int = 0) -> Path:
    """An engagement without answers, at rest."""
    kinds: list[UnitKind] = [*["site"] * sites, *["project"] * projects]  # type: ignore[list-item]
    made = Engagement.create(path, Profile("Made-up Works"), author="Bench")
    with made as engagement, engagement.together("Set up"):
        for catalog in catalogs:
            engagement.add_framework(catalog)
        for number, kind in enumerate(kinds, 1):
            engagement.put_unit(Unit(f"{kind}-{number}", f"{kind.capitalize()} {number}", kind))
    return path


def answered(path: Path, catalogs: Sequence[Catalog], *, sites: int = 0, projects: int = 0) -> Path:
    """An engagement in which all that is asked has an answer, at rest."""
    furnished(path, catalogs, sites=sites, projects=projects)
    with Engagement.open(path, author="Bench") as engagement:
        engagement.write_answers(answers(engagement), "Answer everything")
    return path


def answers(engagement: Engagement) -> Iterator[AnswerRow]:
    """One answer for each item and unit that is asked; the third value of a scale is not among them."""
    for framework in engagement.frameworks():
        scope = engagement.scope(framework.catalog)
        rules = model_of(scope)
        for number, item in enumerate(rules.in_scope(scope)):
            for place, unit in enumerate(rules.units_for(scope, item)):
                value = rules.scale(scope.catalog)[int((number + place) % 5 == 0)]
                yield AnswerRow(framework.catalog, item.id, unit.id, value.code, note=NOTE if number % 3 == 0 else None)


def age(path: Path, steps: int) -> None:
    """Give an engagement a long past: single ratings of the first framework, chained as the journal chains them."""
    with Engagement.open(path, author="Bench") as engagement:
        framework = engagement.frameworks()[0].catalog
        items = engagement.catalog(framework).items
        engagement.rate(framework, [(items[0].id, "")], "partial")  # the file is in its mode for writing now
        connection = engagement._file.connection
        shape = Shape.of(connection, "answer")
        now = {items[0].id: "partial"}
        connection.execute("BEGIN IMMEDIATE")
        for number in range(1, steps):
            item = items[number % len(items)].id
            value = ("conforming", "partial", "not_conforming")[(number // len(items)) % 3]
            before = shape.json(_others(shape, now[item])) if item in now else None
            change = ("answer", key_json((framework, item, "")), before, shape.json(_others(shape, value)))
            now[item] = value
            ledger.append(connection, ledger.Entry(f"Rate {item} {value}", "Bench"), [change])
        rows = [(framework, item, "", *_others(shape, value)) for item, value in now.items()]
        connection.executemany(shape.upsert, rows)
        connection.execute("COMMIT")


def _others(shape: Shape, value: str) -> list[str | int]:
    cells: dict[str, str | int] = {"value": value, "note": "", "reason": "", "flag": 0}
    return [cells[name] for name in shape.others]
