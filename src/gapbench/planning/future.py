"""The rules run on "and if these packages were done?": open items at their best value, findings on them closed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from gapbench.planning.requirements import track_of
from gapbench.planning.values import Standing
from gapbench.rating.inputs import Answer
from gapbench.rating.models import model_of
from gapbench.rating.results import ConformityResult

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from gapbench.planning.requirements import Part
    from gapbench.planning.values import PlannedPackage
    from gapbench.rating.inputs import Case, Finding
    from gapbench.rating.results import Result

_UNSAID = frozenset({"", "NC"})


class Future:
    """One framework as packages get done. Nothing is recorded, and the case that it starts from stays as it is.

    Attributes:
        start: What the rules say before any package is done.
        case: Answers and findings by now.
        result: What the rules say of them.
    """

    def __init__(self, case: Case, result: Result, *, unrated_is_met: bool = False) -> None:
        """Start from today.

        Args:
            case: What was answered.
            result: What the rules say of it.
            unrated_is_met: Take what nobody has rated for met.
        """
        self._rules = model_of(case.scope)
        scale = self._rules.scale(case.scope.catalog)
        self._best = scale[0].code
        self._out = frozenset(value.code for value in scale if value.needs == "reason")
        self._answers: dict[tuple[str, str], Answer] | None = None
        self.case, self.result = case, result
        if unrated_is_met:
            asked = [item.id for item in self._rules.in_scope(case.scope) if item.scored]
            self._write(
                [(name, unit) for name in asked for unit, value in self.units(name).items() if value in _UNSAID]
            )
        self.start, self._findings = self.result, self.case.findings

    def close(
        self,
        items: Iterable[str],
        findings: frozenset[str] = frozenset(),
        near: tuple[Result, frozenset[str]] | None = None,
    ) -> None:
        """Bring items to their best value in every unit and close findings; what is not applicable stays so.

        Args:
            items: Ids of open items.
            findings: Ids of recorded findings of which nothing is left.
            near: A result that differs from the one to come in some items only, and these.
        """
        cells = [(name, unit) for name in items for unit, value in self.units(name).items() if value not in self._out]
        if findings:
            self.case = replace(self.case, findings=_close(self.case.findings, findings))
        self._write(cells, near)

    def is_like(self, other: Future) -> bool:
        """Whether all but the answers is the same at the start, so that only answers can make a difference."""
        mine, its = self.case, other.case
        same = self._findings == other._findings and mine.judgements == its.judgements
        return same and (mine.scope is its.scope or mine.scope == its.scope)

    def units(self, name: str) -> Mapping[str, str]:
        """What the units say of an item by now; nothing where it is out of scope."""
        return self._units(name, self.result)

    def start_units(self, name: str) -> Mapping[str, str]:
        """What they said before any package was done."""
        return self._units(name, self.start)

    def _units(self, name: str, result: Result) -> Mapping[str, str]:
        catalog = self.case.scope.catalog
        group = catalog.item[name].group
        if isinstance(result, ConformityResult):
            return result.leaves[group].points[name].units
        area = self._areas.get(catalog.area_of.get(group, group))
        return {} if area is None else result.areas[area].practices[name].units

    def closed(self, units: Mapping[str, str]) -> tuple[str, ...]:
        """What the units will say once an item is closed."""
        return tuple(value if value in self._out else self._best for value in units.values())

    def standing(self, left: int) -> Standing:
        """What the rules say by now, with so many requirements left open."""
        return standing(self.case, self.result, left)

    def _write(self, cells: Sequence[tuple[str, str]], near: tuple[Result, frozenset[str]] | None = None) -> None:
        if self._answers is None:
            self._answers = dict(self.case.answers)
            self.case = replace(self.case, answers=self._answers)
        self._answers.update(dict.fromkeys(cells, Answer(self._best)))
        before, items = near or (self.result, frozenset(name for name, _ in cells))
        self.result = self._rules.reassess(self.case, before, items)

    @cached_property
    def _areas(self) -> Mapping[str, int]:
        """Area -> its place in the result, the same before and after."""
        if isinstance(self.result, ConformityResult):
            return {}
        return {area.id: place for place, area in enumerate(self.result.areas)}


@dataclass(frozen=True)
class Contents:
    """What the packages of a plan close.

    Attributes:
        items: Catalog id -> package -> open items.
        requirements: Catalog id -> package -> number of open requirements.
        endings: Recorded finding -> packages that close it together.
    """

    items: Mapping[str, Mapping[str, Sequence[str]]]
    requirements: Mapping[str, Mapping[str, int]]
    endings: Mapping[str, frozenset[str]]

    def left(self, catalog: str, done: Collection[str]) -> int:
        """Requirements of a framework that are still open once some packages are done."""
        return sum(count for name, count in self.requirements.get(catalog, {}).items() if name not in done)

    def ended(self, done: Collection[str]) -> frozenset[str]:
        """Recorded findings of which nothing is left once some packages are done."""
        return frozenset(name for name, packages in self.endings.items() if packages.issubset(done))


def contents(parts: Iterable[Part], planned: Iterable[PlannedPackage]) -> Contents:
    """What the packages of a plan close in some frameworks."""
    items: dict[str, dict[str, list[str]]] = {}
    counts: dict[str, dict[str, int]] = {}
    holder: dict[tuple[str, str], str] = {}
    for package in planned:
        for it in package.open:
            catalog = it.ref[0]
            items.setdefault(catalog, {}).setdefault(package.id, []).extend(it.open_items)
            count = counts.setdefault(catalog, {})
            count[package.id] = count.get(package.id, 0) + 1
            holder.update(((catalog, item), package.id) for item in it.open_items)
    findings = {it.id: it for case, _ in parts for it in case.findings if it.status == "open"}
    holders = {name: frozenset(holder[it] for it in each.items if it in holder) for name, each in findings.items()}
    return Contents(items, counts, {name: packages for name, packages in holders.items() if packages})


def after(
    parts: Sequence[Part], planned: Sequence[PlannedPackage], done: Iterable[str], *, unrated_is_met: bool = False
) -> dict[str, Standing]:
    """Catalog id -> what the rules say once some packages are done; of none of them it is today.

    Args:
        parts: Case and result of each framework.
        planned: The plan.
        done: Ids of the packages that are ticked.
        unrated_is_met: Take what nobody has rated for met, to look beyond a session that is still going on.
    """
    chosen = frozenset(done)
    inside = contents(parts, planned)
    found: dict[str, Standing] = {}
    for case, result in parts:
        future = Future(case, result, unrated_is_met=unrated_is_met)
        own = inside.items.get(result.catalog, {})
        future.close([item for name in own if name in chosen for item in own[name]], inside.ended(chosen))
        found[result.catalog] = future.standing(inside.left(result.catalog, chosen))
    return found


def standing(case: Case, result: Result, left: int) -> Standing:
    """One framework as it stands.

    Args:
        case: Says which framework.
        result: What the rules say.
        left: Requirements that are still open.
    """
    track = track_of(case.scope.catalog)
    if isinstance(result, ConformityResult):
        percent = result.tally.percent
        short = "-" if percent is None else f"{percent:.1f} %"
        return Standing(result.catalog, track, result.verdict, short, left, percent=percent)
    return Standing(result.catalog, track, result.verdict, result.short, left, level=result.maturity_level)


def _close(findings: Iterable[Finding], ended: frozenset[str]) -> tuple[Finding, ...]:
    return tuple(replace(it, status="closed") if it.id in ended else it for it in findings)
