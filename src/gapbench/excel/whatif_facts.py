"""What each package brings, so that a sheet can add up what ticked packages make of readiness and levels.

Points of a clause add up exactly: a point counts for itself. A level is reached once nothing stands before it, and
what stands before it adds up too; whether that is what the rules say is tried out on the plan itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gapbench.planning.future import Future, contents
from gapbench.rating import levels
from gapbench.rating.results import ConformityResult, LevelResult
from gapbench.rating.roadmap import Roadmap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gapbench.planning.future import Contents
    from gapbench.planning.requirements import Part
    from gapbench.planning.values import PlannedPackage
    from gapbench.work.planning import Plan


@dataclass(frozen=True)
class Audited:
    """A framework that an audit decides.

    Attributes:
        halves, counted: Sum of values in halves and points in the denominator, today.
        brings: Package -> what its points add to both.
        open, blocking: Package -> open clauses; those with a major or a wholly missing gate.
    """

    catalog: str
    name: str
    halves: int
    counted: int
    brings: Mapping[str, tuple[int, int]]
    open: Mapping[str, int]
    blocking: Mapping[str, int]

    def percent(self, done: Sequence[str] = ()) -> float | None:
        """Readiness once some packages are done."""
        halves = self.halves + sum(self.brings.get(it, (0, 0))[0] for it in done)
        counted = self.counted + sum(self.brings.get(it, (0, 0))[1] for it in done)
        return None if not counted else ((2000 * halves + 2 * counted) // (4 * counted)) / 10


@dataclass(frozen=True)
class Levelled:
    """A framework with levels.

    Attributes:
        floor: The level that is reached today; `target` the one aimed at.
        kind: "maturity level" or "capability level".
        before: Level -> items that stand before it today; `unrated` how many of those nobody has rated to the end.
        brings: Level -> package -> how many of those it closes.
        open: Package -> open practices.
        is_exact: Whether the level follows from these counts, as tried out on the plan.
    """

    catalog: str
    name: str
    kind: str
    floor: int
    target: int
    before: Mapping[int, int]
    unrated: Mapping[int, int]
    brings: Mapping[int, Mapping[str, int]]
    open: Mapping[str, int]
    is_exact: bool = True

    def left(self, level: int, done: Sequence[str] = ()) -> int:
        """What stands before a level once some packages are done."""
        return self.before[level] - sum(self.brings[level].get(it, 0) for it in done)

    def level(self, done: Sequence[str] = ()) -> int:
        """The level that is reached then, at most the one aimed at."""
        reached = self.floor
        for level in self.before:
            if self.left(level, done):
                break
            reached = level
        return reached


Facts = Audited | Levelled


def facts_of(plan: Plan) -> tuple[Facts, ...]:
    """Every framework of a plan."""
    inside = contents(plan.parts, plan.packages)
    return tuple(_facts(plan, part, inside) for part in plan.parts)


def _facts(plan: Plan, part: Part, inside: Contents) -> Facts:
    _, result = part
    name = plan.names[result.catalog]
    if isinstance(result, ConformityResult):
        return _audited(name, part, inside, plan.packages)
    return _levelled(plan, name, part, inside)


def _audited(name: str, part: Part, inside: Contents, packages: Sequence[PlannedPackage]) -> Audited:
    case, result = part
    assert isinstance(result, ConformityResult)  # noqa: S101
    brings: dict[str, tuple[int, int]] = {}
    for package, items in inside.items.get(result.catalog, {}).items():
        future = Future(case, result)
        future.close(items)
        after = future.result
        assert isinstance(after, ConformityResult)  # noqa: S101
        brings[package] = (after.tally.halves - result.tally.halves, after.tally.counted - result.tally.counted)
    blocking = {
        it.id: sum(each.ref[0] == result.catalog and each.gate == "blocks" for each in it.open) for it in packages
    }
    tally = result.tally
    opened = inside.requirements.get(result.catalog, {})
    return Audited(result.catalog, name, tally.halves, tally.counted, brings, opened, blocking)


def _levelled(plan: Plan, name: str, part: Part, inside: Contents) -> Levelled:
    case, result = part
    assert isinstance(result, LevelResult)  # noqa: S101
    roadmap, floor = Roadmap(case, {}), levels.floor_of(case.scope)
    steps = range(floor + 1, result.target + 1)
    before = {level: {it.item: it.value for it in roadmap.blockers(result.areas, level)} for level in steps}
    while before and not next(iter(before.values())):  # nothing stands before it: that level is reached
        floor = next(iter(before))
        del before[floor]
    items = inside.items.get(result.catalog, {})
    found = Levelled(
        catalog=result.catalog,
        name=name,
        kind="maturity level" if result.scheme == "staged" else "capability level",
        floor=floor,
        target=result.target,
        before={level: len(its) for level, its in before.items()},
        unrated={level: sum(value in ("", "NC") for value in its.values()) for level, its in before.items()},
        brings={
            level: {package: count for package, own in items.items() if (count := sum(it in its for it in own))}
            for level, its in before.items()
        },
        open=inside.requirements.get(result.catalog, {}),
    )
    return found if _is_exact(plan, part, found, inside) else replace(found, is_exact=False)


def _is_exact(plan: Plan, part: Part, found: Levelled, inside: Contents) -> bool:
    """Whether the rules reach the same levels as the plan goes on, package by package."""
    case, result = part
    future, done = Future(case, result), []
    items = inside.items.get(result.catalog, {})
    for package in ("", *(it.id for it in plan.packages)):
        if package:
            done.append(package)
            future.close(items.get(package, ()), inside.ended(done))
        said = future.standing(0).level or 0
        if min(said, found.target) != found.level(done):
            return False
    return True
