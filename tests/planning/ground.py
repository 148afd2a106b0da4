"""What the tests of the plan stand on: the 25 packages, small ones, and short ways to answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from gapbench.catalog.shipped import load_shipped
from gapbench.planning import priority
from gapbench.planning.values import Decision, Package, PlannedPackage, Requirement, Settings, Size
from gapbench.rating.inputs import Answer, Case, Scope
from gapbench.rating.models import model_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gapbench.catalog.model import Catalog
    from gapbench.planning.requirements import Part
    from gapbench.planning.values import GateFactor, Track

TODAY = date(2026, 11, 23)
"""A Monday."""

ISO, CMMI = "iso9001-2015", "cmmi-3.0"
SIZES = get_args(Size)
TRACKS: dict[Track, int] = {"iso": 0, "cmmi": 3}


@cache
def catalog(name: str) -> Catalog:
    """A shipped framework."""
    return load_shipped(name)


@cache
def twenty_five() -> tuple[Package, ...]:
    """The packages of the domain file for ISO 9001:2015 and CMMI 3.0."""
    lines = Path(__file__).with_name("packages.txt").read_text(encoding="utf-8").splitlines()[1:]
    return tuple(_package([cell.strip() for cell in line.split("|")]) for line in lines)


def _package(cells: list[str]) -> Package:
    name, title, step, needs, efforts, doubled, clauses, areas, activities = cells
    practices = [f"{area.split()[0]} {number}" for area in areas.split(";") for number in area.split()[1:]]
    ranges = [effort.split("-") for effort in efforts.split()]
    return replace(
        small(name, *needs.split()),
        name=title,
        step=int(step),
        doubled=float(doubled),
        effort={size: (float(low), float(high)) for size, (low, high) in zip(SIZES, ranges, strict=True)},
        closes=(*((ISO, clause) for clause in clauses.split()), *((CMMI, practice) for practice in practices)),
        activities=tuple(activity.strip() for activity in activities.split(";")),
    )


def small(name: str, *needs: str, days: float = 10.0, **more: Any) -> Package:
    """A package that takes so many days whatever the size."""
    given: dict[str, Any] = {
        "closes": (),
        "touches": (),
        "activities": (),
        "deliverables": (),
        "owner": f"Owner of {name}",
        "effort": dict.fromkeys(SIZES, (days, days)),
        "doubled": 0.5,
        "step": 1,
    }
    return Package(
        id=name, name=f"Package {name}", theme="", supporting="", needs=needs, audit_unit="", review_items=(),
        evidence="", **(given | more),
    )  # fmt: skip


def clause(name: str, severity: float = 3, gate: GateFactor = "inside", weight: float = 1.0) -> Requirement:
    """An open leaf clause, or with severity 0 a closed one."""
    items = (f"{name} a",) if severity else ()
    return Requirement((ISO, name), "iso", f"Clause {name}", severity, weight if severity else 0.0, gate, items)


def practice(
    name: str, severity: float = 3, gate: GateFactor = "blocks", weight: float = 1.0, level: int = 2
) -> Requirement:
    """An open practice, or with severity 0 a closed one."""
    items = (name,) if severity else ()
    weight = weight if severity else 0.0
    return Requirement((CMMI, name), "cmmi", f"Practice {name}", severity, weight, gate, items, level=level)


def planned(
    name: str, *needs: str, days: float = 10.0, open_: Iterable[Requirement] = (), **more: Any
) -> PlannedPackage:
    """A package as the plan gives it, with one minor clause open unless told."""
    requirements = tuple(open_) or (clause(f"c-{name}"),)
    given: dict[str, Any] = {
        "package": small(name, *needs, days=days),
        "requirements": requirements,
        "open": requirements,
        "effort": (days, days),
        "share": 1.0,
        "priority": priority.score(S=3, C=0, B=1, R=0, G=1, U=1, days=days),
        "mandatory": False,
        "needs": needs,
        "decision": Decision(name),
        "actions": (),
        "days": days,
    }
    return PlannedPackage(**(given | more))


def everything_open(target: int = 3) -> tuple[Requirement, ...]:
    """Every requirement of the 25 packages, open as wide as can be."""
    found: list[Requirement] = []
    for package in twenty_five():
        for framework, name in package.closes:
            level = int(name.split()[-1][0])
            gate: GateFactor = "blocks" if level <= target else "above"
            found.append(clause(name, 5, "blocks") if framework == ISO else practice(name, 5, gate, level=level))
    return tuple(found)


def answered(name: str, values: Mapping[str, str], rest: str, **scope: Any) -> Part:
    """A shipped framework answered by the organisation: some items by number, all others with `rest`."""
    case_scope = Scope(catalog(name), **scope)
    rules = model_of(case_scope)
    items = [item.id for item in rules.in_scope(case_scope)]
    given = dict.fromkeys(items, rest) | dict(values)
    case = Case(case_scope, {(item, ""): Answer(value, note="weak") for item, value in given.items() if value})
    return case, rules.assess(case)


def settings(**more: Any) -> Settings:
    """A medium client that begins on `TODAY` with 20 person-days a month."""
    return Settings(**({"begin": TODAY} | more))
