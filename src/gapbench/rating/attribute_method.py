"""ISO/IEC 15504 and 33020, Automotive SPICE: the level of a process from its attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.rating import achievement, areas, units
from gapbench.rating.method import Method, States
from gapbench.rating.results import Blocker, Noun
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from gapbench.catalog.model import Group
    from gapbench.rating.inputs import Case
    from gapbench.rating.results import AreaResult, GroupState, ItemResult

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


def _cautions(case: Case, processes: tuple[AreaResult, ...]) -> tuple[Blocker, ...]:
    """Attributes where one instance is weak and the mean hides it, process by process."""
    names = units.names(case.scope)
    return tuple(it for process in processes for it in _hidden(process, names))


def _hidden(process: AreaResult, names: Mapping[str, str]) -> Iterator[Blocker]:
    said = []
    for result in process.practices.values():
        weak = [f"{names[unit]} {value}" for unit, value in result.units.items() if value in _BELOW_L]
        if weak and result.value and result.value not in _BELOW_L:
            said.append(f"{result.id} is {result.value} by the mean while {listed(weak)}")
    if said and not process.out:
        yield Blocker(process.id, "", f"{process.title}: {'; '.join(said)}; an assessor will look at that one")


METHOD = Method(
    noun=NOUN,
    area=Noun("process", "processes"),
    done="rated",
    table=achievement.TABLE,
    states=_states,
    stands=_stands,
    cautions=_cautions,
)
