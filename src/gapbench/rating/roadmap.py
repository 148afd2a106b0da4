"""What stands before the next level, item by item, and who pulls it down."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gapbench.rating import areas as layout
from gapbench.rating import goal_method, levels, units
from gapbench.rating.methods import method_of
from gapbench.rating.results import AreaResult, Blocker, ItemResult
from gapbench.rating.wording import joined, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapbench.catalog.model import Item
    from gapbench.rating.inputs import Case
    from gapbench.rating.method import Method

_NOT_YET = frozenset({"NY"})


@dataclass(frozen=True)
class Roadmap:
    """Blockers of the next level.

    Attributes:
        known: Blockers already worded, of areas where nothing changed.
    """

    case: Case
    known: Mapping[str, Blocker]

    @cached_property
    def _method(self) -> Method:
        return method_of(self.case.scope.catalog)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return units.names(self.case.scope)

    def blockers(self, areas: tuple[AreaResult, ...], level: int) -> tuple[Blocker, ...]:
        """What stands before a level in every area that it asks, in reading order."""
        return tuple(it for area in levels.asked_at(areas, level) for it in self._of_area(area, level))

    def next_steps(self, areas: tuple[AreaResult, ...], target: int) -> tuple[Blocker, ...]:
        """What stands before the next level of each area up to a target, in reading order."""
        steps = ((area, levels.next_step(area, target)) for area in levels.asked_at(areas, target))
        return tuple(it for area, step in steps if step is not None for it in self._of_area(area, step))

    def _of_area(self, area: AreaResult, level: int) -> Iterator[Blocker]:
        catalog = self.case.scope.catalog
        level = min(level, area.top)
        for item in layout.items_in(catalog, area.id):
            own = layout.level_of(catalog, item)
            if item.scored and own <= level and self._is_in_the_way(item, area, own, level):
                yield self.known.get(item.id) or self._blocker(item, area, own, level)

    def _is_in_the_way(self, item: Item, area: AreaResult, own: int, level: int) -> bool:
        value = area.practices[item.id].value
        if goal_method.is_left_alone(area, item.id):
            return True
        if value == self._method.table.missing or value in self._method.stands(own, level):
            return True
        return self._is_heavy(item, value)

    def _is_heavy(self, item: Item, value: str) -> bool:
        if not value or value != self._method.weighty:
            return False
        return levels.weighs(self.case.judgements, self._method.subject(item))

    def _blocker(self, item: Item, area: AreaResult, own: int, level: int) -> Blocker:
        result = area.practices[item.id]
        if result.value == self._method.table.missing:
            return Blocker(item.id, result.value, self._open(result, area))
        weak = self._method.stands(own, level)
        remarks = [*self._weak(result, weak - _NOT_YET)]
        if result.judgement_due:
            remarks.append(f"{listed(result.allowed, last='or')} is to be judged")
        if self._is_heavy(item, result.value):
            remarks.append(self._significance(item))
        if result.value not in self._method.stands(level, level) and result.value in weak:
            remarks.append(f"enough for level {own}, not for level {level}")
        if goal_method.is_left_alone(area, item.id):
            remarks.append(
                f"only {area.id} as a whole can be not applicable; answer this goal, or all of its goals not applicable"
            )
        if result.value in _NOT_YET and self._method.subject(item) in area.goals:
            remarks.append(f"the work has not come there yet, so {self._method.subject(item)} cannot be rated")
        return Blocker(item.id, result.value, joined(remarks))

    def _open(self, result: ItemResult, area: AreaResult) -> str:
        missing = [self._names[unit] for unit, value in result.units.items() if value == self._method.table.missing]
        if missing:
            return f"not {self._method.done}: {listed(missing)}"
        return f"nobody is asked: every unit that could answer is excluded from {area.id}; take one back in"

    def _weak(self, result: ItemResult, weak: frozenset[str]) -> Iterator[str]:
        said = set(result.units.values())
        worst = said & weak or said & {result.value}
        for unit, value in result.units.items():
            if value not in worst:
                continue
            answer = self.case.answers.get((result.id, unit))
            note = answer.note.strip() if answer is not None else ""
            yield f"{self._names[unit]} {value}: {note}" if note else f"{self._names[unit]} {value}"

    def _significance(self, item: Item) -> str:
        subject = self._method.subject(item)
        reason = self.case.judgements[subject].reason.strip()
        text = f"the weaknesses of {subject.replace('/', ' level ')} were judged significant"
        return f"{text}: {reason}" if reason else text
