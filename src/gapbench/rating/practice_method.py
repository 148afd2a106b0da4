"""CMMI 2.0 and later: when a practice group is satisfied, and what stands before its level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.rating import areas, characterize, levels
from gapbench.rating.method import Method, States
from gapbench.rating.results import Noun

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from gapbench.catalog.model import Group
    from gapbench.rating.inputs import Case
    from gapbench.rating.results import GroupState, ItemResult

NOUN = Noun("practice", "practices")

RISK: Mapping[str, str] = {"FM": "L", "LM": "M", "PM": "H", "DM": "H", "NY": "NY", "NC": ""}
"""Practice value -> risk of not meeting it, as an evaluation shows it."""

_MET = frozenset({"FM", "LM"})
_UNMET = frozenset({"PM", "DM", "NY"})


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


def _states(case: Case, area: Group, practices: Mapping[str, ItemResult]) -> States:
    values: dict[int, list[str]] = {}
    for item in areas.items_in(case.scope.catalog, area.id):
        if item.scored:
            values.setdefault(areas.level_of(case.scope.catalog, item), []).append(practices[item.id].value)
    significant = [n for n in values if levels.is_significant(case.judgements, area.id, n)]
    return States(group_states(values, significant))


METHOD = Method(
    noun=NOUN,
    area=Noun("area", "areas"),
    done="characterized",
    table=characterize.TABLE,
    states=_states,
    stands=lambda own, level: _UNMET if own <= level else frozenset(),
    weighty="LM",
    subject=lambda item: f"{item.group}/{item.level or 1}",
    capped=True,
    risk=RISK,
)
