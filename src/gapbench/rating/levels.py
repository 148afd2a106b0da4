"""Practice groups, areas and levels: what is satisfied, and how high that reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.errors import UsageError
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from gapbench.catalog.model import Catalog, Group
    from gapbench.rating.inputs import Judgements, Scope
    from gapbench.rating.results import AreaResult, GroupState

CAPABILITY_MAX = 3
SIGNIFICANT = "significant"

_MET = frozenset({"FM", "LM"})
_UNMET = frozenset({"PM", "DM", "NY"})


def is_significant(judgements: Judgements, area: str, level: int) -> bool:
    """Whether a practice group's weaknesses were judged to have a significant negative impact."""
    judgement = judgements.get(f"{area}/{level}")
    return judgement is not None and judgement.value == SIGNIFICANT


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


def group_state(values: Collection[str], lower: Collection[GroupState], *, significant: bool) -> GroupState:
    """The state of a practice group.

    Args:
        values: Organisation-level values of its practices.
        lower: States of the lower groups that the area has.
        significant: Whether the weaknesses were judged significant.
    """
    if all(value == "FM" for value in values):
        return "satisfied"
    if any(value in _UNMET for value in values):
        return "unsatisfied"
    if not all(value in _MET for value in values):
        return "not_rated"
    if significant or "unsatisfied" in lower:
        return "unsatisfied"
    return "not_rated" if "not_rated" in lower else "satisfied"


def group_states(values: Mapping[int, Collection[str]], significant: Collection[int]) -> dict[int, GroupState]:
    """Level -> state, from the values per level of the groups that an area has."""
    states: dict[int, GroupState] = {}
    for level in sorted(values):
        lower = tuple(states.values())
        states[level] = group_state(values[level], lower, significant=level in significant)
    return states


def area_level(states: Mapping[int, GroupState]) -> int:
    """Highest n with groups 1..n satisfied; a group that the area does not have is passed over."""
    unmet = [level for level, state in states.items() if state != "satisfied"]
    return min(unmet) - 1 if unmet else max(states, default=0)


def holds(area: AreaResult, level: int) -> bool:
    """Whether an area is at a level, or at its top group where that is lower."""
    return area.level >= min(level, area.top)


def capability_ceiling(always: Iterable[AreaResult]) -> int:
    """The capability level that GOV and II allow any area, at most 3."""
    return min((CAPABILITY_MAX, *(area.level for area in always)))


def capability_level(area: AreaResult, ceiling: int) -> int:
    """Highest n at which the area holds and GOV and II are."""
    reach = ceiling if area.level >= area.top else area.level
    return 0 if area.out else min(reach, ceiling)


def asked_at(areas: Iterable[AreaResult], level: int) -> tuple[AreaResult, ...]:
    """Areas that a maturity level needs: in scope, and asked from that level or below.

    The lowest level from which any area is asked stands for level 1 too.
    """
    known = tuple(areas)
    floor = max(level, min((area.asked_from for area in known), default=0))
    return tuple(area for area in known if area.asked_from <= floor and not area.out)


def maturity_level(areas: Iterable[AreaResult], highest: int) -> int:
    """Highest n at which every area that it needs holds, and so for all lower levels."""
    known = tuple(areas)
    reached = 0
    for level in range(1, highest + 1):
        needed = asked_at(known, level)
        if not needed or not all(holds(area, level) for area in needed):
            break
        reached = level
    return reached


def highest_level(catalog: Catalog) -> int:
    """The top maturity level of a framework."""
    return catalog.levels or max((item.level or 1 for item in catalog.items), default=0)


def target_of(scope: Scope) -> int:
    """The level aimed at: the top one unless a lower one is set."""
    top = highest_level(scope.catalog)
    return min(scope.target, top) if scope.target > 0 else top


def areas_of_views(scope: Scope) -> tuple[tuple[Group, int], ...]:
    """Areas of the chosen views in catalog order, each with the level from which it is asked.

    Where views share an area the lower level counts. Areas that are never out of scope come in
    always; a framework without views asks every area.
    """
    leaves = scope.catalog.leaves
    wanted: dict[str, int] = {}
    for areas in _chosen(scope):
        for area, level in areas.items():
            wanted[area] = min(level, wanted.get(area, level))
    floor = min(wanted.values(), default=2)
    if not wanted:
        wanted = {leaf.id: floor for leaf in leaves}
    wanted |= {leaf.id: floor for leaf in leaves if leaf.always and leaf.id not in wanted}
    return tuple((leaf, wanted[leaf.id]) for leaf in leaves if leaf.id in wanted)


def _chosen(scope: Scope) -> Iterator[Mapping[str, int]]:
    known = {view.id.casefold(): view for view in scope.catalog.views}
    for name in scope.views:
        view = known.get(name.casefold())
        if view is None:
            names = listed((view.id for view in scope.catalog.views), last="or")
            raise UsageError(f"{scope.catalog.name} has no view {name}; choose {names or 'none'}.")
        yield view.areas
