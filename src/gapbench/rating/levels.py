"""Levels: how high the groups of an area reach, and how high the areas of a view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.errors import UsageError
from gapbench.rating import areas

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gapbench.catalog.model import Catalog, Scheme
    from gapbench.rating.inputs import Judgements, Scope
    from gapbench.rating.results import AreaResult, GroupState

CAPABILITY_MAX = 3
SIGNIFICANT = "significant"


def weighs(judgements: Judgements, subject: str) -> bool:
    """Whether the weaknesses of a practice group or goal were judged to have a significant impact."""
    judgement = judgements.get(subject)
    return judgement is not None and judgement.value == SIGNIFICANT


def is_significant(judgements: Judgements, area: str, level: int) -> bool:
    """Whether a practice group's weaknesses were judged to have a significant negative impact."""
    return weighs(judgements, f"{area}/{level}")


def check_impact(subject: str, value: str) -> None:
    """Refuse another word than the one by which the impact of weaknesses is judged.

    Raises:
        UsageError: It is another.
    """
    if value != SIGNIFICANT:
        raise UsageError(
            f"The weaknesses of {subject} are judged {SIGNIFICANT}, or not at all; "
            "take the judgement away when they are not."
        )


def area_level(states: Mapping[int, GroupState]) -> int:
    """Highest n with groups 1..n satisfied; a group that the area does not have is passed over."""
    unmet = [level for level, state in states.items() if state != "satisfied"]
    return min(unmet) - 1 if unmet else max(states, default=0)


def holds(area: AreaResult, level: int) -> bool:
    """Whether an area is at a level, or at its top group where that is lower."""
    return area.level >= min(level, area.top)


def next_step(area: AreaResult, target: int) -> int | None:
    """The next level that an area has up to a target; None where it holds that."""
    if holds(area, target):
        return None
    return min((level for level in area.practice_groups if level > area.level), default=area.level + 1)


def capability_ceiling(always: Iterable[AreaResult]) -> int:
    """The capability level that GOV and II allow any area, at most 3."""
    return min((CAPABILITY_MAX, *(area.level for area in always)))


def capability_level(area: AreaResult, ceiling: int) -> int:
    """Highest n at which the area holds and GOV and II are."""
    reach = ceiling if area.level >= area.top else area.level
    return 0 if area.out else min(reach, ceiling)


def asked_at(areas: Iterable[AreaResult], level: int) -> tuple[AreaResult, ...]:
    """Areas that a level needs: in scope, and asked from that level or below.

    The lowest level from which any area is asked stands for level 1 too.
    """
    known = tuple(areas)
    floor = max(level, min((area.asked_from for area in known), default=0))
    return tuple(area for area in known if area.asked_from <= floor and not area.out)


def maturity_level(areas: Iterable[AreaResult], highest: int, floor: int = 0) -> int:
    """Highest n at which every area that it needs holds, and so for all lower levels.

    Args:
        areas: Areas of the view.
        highest: The top level.
        floor: The level at which everybody is (1 in CMMI 1.3).
    """
    known = tuple(areas)
    reached = floor
    for level in range(floor + 1, highest + 1):
        needed = asked_at(known, level)
        if not needed or not all(holds(area, level) for area in needed):
            break
        reached = level
    return reached


def profile_level(areas: Iterable[AreaResult], target: int) -> int:
    """The capability level that every area reaches that the target asks; one at its top does not hold back."""
    asked = asked_at(areas, target)
    highest = max((area.top for area in asked), default=0)
    return max((n for n in range(highest + 1) if all(holds(area, n) for area in asked)), default=0)


def scheme_of(scope: Scope) -> Scheme:
    """Whether the views of a scope give one maturity level or a profile of capability levels."""
    if scope.catalog.model == "process_attributes":
        return "continuous"
    is_profile = any(view.scheme == "continuous" for view in areas.chosen_views(scope))
    return "continuous" if is_profile else "staged"


def floor_of(scope: Scope) -> int:
    """The level that asks nothing: 1 in the staged models of goals, else 0."""
    return 1 if scope.catalog.model == "goals" and scheme_of(scope) == "staged" else 0


def highest_level(catalog: Catalog) -> int:
    """The top level of a framework."""
    return catalog.levels or _deepest(catalog)


def _deepest(catalog: Catalog) -> int:
    return max((areas.level_of(catalog, item) for item in catalog.items), default=0)


def top_of(scope: Scope) -> int:
    """The top level of a scope: that of the framework, unless its views stop below.

    A profile stops where the items do: CMMI 1.3 has maturity levels up to 5, capability levels up to 3.
    """
    highest = highest_level(scope.catalog)
    if scheme_of(scope) == "continuous":
        highest = min(highest, _deepest(scope.catalog))
    caps = [view.levels or highest for view in areas.chosen_views(scope)]
    return min(highest, max(caps, default=highest))


def target_of(scope: Scope) -> int:
    """The level aimed at: the top one unless a lower one is set."""
    top = top_of(scope)
    return min(scope.target, top) if scope.target > 0 else top


def reached(scope: Scope, results: Iterable[AreaResult]) -> int:
    """The maturity level of a view, or the capability level that all its areas reach."""
    if scheme_of(scope) == "continuous":
        return profile_level(results, target_of(scope))
    return maturity_level(results, top_of(scope), floor_of(scope))
