"""ISO/IEC 15504 and 33020, Automotive SPICE: the level of a process from its attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.rating import achievement, areas
from gapbench.rating.method import Method, States
from gapbench.rating.results import Noun

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from gapbench.catalog.model import Group
    from gapbench.rating.inputs import Case
    from gapbench.rating.results import GroupState, ItemResult

NOUN = Noun("process attribute", "process attributes")

_BELOW_L = frozenset({"N", "P", "P+", "P-"})
_BELOW_F = _BELOW_L | {"L", "L+", "L-"}


def level_states(values: Mapping[int, Collection[str]]) -> dict[int, GroupState]:
    """Level -> whether it is reached: its attributes at L or F, and all of the lower levels at F."""
    states: dict[int, GroupState] = {}
    lower: list[str] = []
    for level in sorted(values):
        own = list(values[level])
        states[level] = _state(own, lower)
        lower += own
    return states


def _state(own: Collection[str], lower: Collection[str]) -> GroupState:
    if achievement.OPEN in own or achievement.OPEN in lower:
        return "not_rated"
    unmet = _BELOW_L.intersection(own) or _BELOW_F.intersection(lower)
    return "unsatisfied" if unmet else "satisfied"


def _states(case: Case, area: Group, attributes: Mapping[str, ItemResult]) -> States:
    catalog = case.scope.catalog
    values: dict[int, list[str]] = {}
    for item in areas.items_in(catalog, area.id):
        if item.scored:
            values.setdefault(areas.level_of(catalog, item), []).append(attributes[item.id].value)
    return States(level_states(values))


def _stands(own: int, level: int) -> frozenset[str]:
    if own > level:
        return frozenset()
    return _BELOW_L if own == level else _BELOW_F


METHOD = Method(
    noun=NOUN,
    area=Noun("process", "processes"),
    done="rated",
    table=achievement.TABLE,
    states=_states,
    stands=_stands,
)
