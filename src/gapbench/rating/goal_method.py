"""CMMI 1.3 and SW-CMM: when a goal is satisfied, and what that makes of its area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.rating import areas, implementation, levels
from gapbench.rating.goal_cautions import of_areas
from gapbench.rating.method import Method, States
from gapbench.rating.results import Noun

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from gapbench.catalog.model import Catalog, Group, Item
    from gapbench.rating.inputs import Case
    from gapbench.rating.results import AreaResult, GroupState, ItemResult

NA = "na"

_MET = frozenset({"FI", "LI", "yes"})
_OPEN = frozenset({"", "NY"})
_UNMET = frozenset({"PI", "NI", "NY", "partly", "no"})


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal with what it is rated by: its practices, or itself.

    Attributes:
        id: Of its group, "CM SG 1", or of the item that is the goal, "RM G1".
        level: Capability level that it belongs to.
    """

    id: str
    title: str
    level: int
    items: tuple[Item, ...]


def goals_of(catalog: Catalog, area: str) -> Iterator[Goal]:
    """Goals of an area in reading order: items of the area itself, then groups with scored items."""
    for item in catalog.items_of.get(area, ()):
        if item.scored:
            yield Goal(item.id, item.title, areas.level_of(catalog, item), (item,))
    for group in areas.groups_in(catalog, area):
        items = tuple(item for item in catalog.items_of.get(group.id, ()) if item.scored)
        if items:
            yield Goal(group.id, group.title, group.level or areas.level_of(catalog, items[0]), items)


def goal_state(values: Collection[str], *, significant: bool = False) -> GroupState | None:
    """The state of a goal; None when all it is rated by is not applicable.

    Args:
        values: Organisation-level values of its practices, or its own.
        significant: Whether the weaknesses were judged to harm the goal significantly.
    """
    counted = [value for value in values if value != NA]
    if not counted:
        return None
    if any(value in _OPEN for value in counted):
        return "not_rated"
    harmed = significant and "LI" in counted
    return "satisfied" if not harmed and all(value in _MET for value in counted) else "unsatisfied"


def stands_alone(goal: Goal) -> bool:
    """Whether a goal is answered itself, and not by practices."""
    return [item.id for item in goal.items] == [goal.id]


def is_left_alone(area: AreaResult, item: str) -> bool:
    """Whether a goal is not applicable while others of its area are answered: nothing is rated by that."""
    return area.practices[item].value == NA and area.goals.get(item) == "not_rated"


def together(states: Collection[GroupState]) -> GroupState:
    """Several goals as one: unsatisfied when one is, else not rated when one is."""
    if "unsatisfied" in states:
        return "unsatisfied"
    return "not_rated" if "not_rated" in states else "satisfied"


def _states(case: Case, area: Group, practices: Mapping[str, ItemResult]) -> States:
    goals = tuple(goals_of(case.scope.catalog, area.id))
    found: dict[str, GroupState] = {}
    by_level: dict[int, list[GroupState]] = {}
    for goal in goals:
        values = [practices[item.id].value for item in goal.items]
        state = goal_state(values, significant=levels.weighs(case.judgements, goal.id))
        if state is not None:
            found[goal.id] = state
    if found:
        # Only an area as a whole can be not applicable: a goal alone is not rated by that.
        found = {goal.id: found.get(goal.id, "not_rated") for goal in goals if goal.id in found or stands_alone(goal)}
    for goal in goals:
        if goal.id in found:
            by_level.setdefault(goal.level, []).append(found[goal.id])
    return States(
        {level: together(by_level[level]) for level in sorted(by_level)},
        found,
        "" if found or not goals else _why_out(case, goals),
    )


def _why_out(case: Case, goals: Iterable[Goal]) -> str:
    items = {item.id for goal in goals for item in goal.items}
    said = (answer.reason.strip() for (item, _), answer in case.answers.items() if item in items)
    reasons = list(dict.fromkeys(reason for reason in said if reason))
    return "; ".join(reasons) or "every goal is answered not applicable, without a reason yet"


def _stands(own: int, level: int) -> frozenset[str]:
    return _UNMET if own <= level else frozenset()


PRACTICES = Method(
    noun=Noun("practice", "practices"),
    area=Noun("area", "areas"),
    done="characterized",
    table=implementation.IMPLEMENTED,
    states=_states,
    stands=_stands,
    weighty="LI",
    subject=lambda item: item.group,
)
"""CMMI 1.3: practices are rated, and make the goals."""

GOALS = Method(
    noun=Noun("goal", "goals"),
    area=Noun("key process area", "key process areas"),
    done="answered",
    table=implementation.ANSWERED,
    states=_states,
    stands=_stands,
    cautions=of_areas,
)
"""SW-CMM: the goals themselves are answered."""
