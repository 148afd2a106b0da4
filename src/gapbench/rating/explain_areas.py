"""An area of a model with levels: its groups, goals or attributes, and the level they make."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gapbench.rating import areas as layout
from gapbench.rating import goal_method, units
from gapbench.rating.explain_items import STATES, impact
from gapbench.rating.methods import method_of
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapbench.catalog.model import Catalog, Item
    from gapbench.rating.goal_method import Goal
    from gapbench.rating.inputs import Case
    from gapbench.rating.results import AreaResult, LevelResult

_RULE_OF_GROUP = (
    "First that holds: all FM, or all FM and LM with every lower group satisfied and no "
    "significant impact -> satisfied; any PM, DM or NY, or a significant impact -> unsatisfied; "
    "any NC -> not rated."
)
_RULE_OF_GOAL = (
    "First that holds: any practice NY or unrated -> not rated; all FI or LI, without significant "
    "harm by the weaknesses -> satisfied; else unsatisfied."
)
_RULE_OF_LEVEL = (
    "Reached when every attribute of the level is L or F and every attribute of the lower levels is F; "
    "not rated while one of them is unrated."
)


def counted(catalog: Catalog, values: Mapping[str, int]) -> str:
    """How many items have which value, in key order: "3 FI and 1 LI"."""
    codes = method_of(catalog).table.codes
    return listed(f"{values[code]} {code or 'unrated'}" for code in codes if values.get(code))


def area(case: Case, result: LevelResult, it: AreaResult) -> Iterator[str]:
    """Lines for an area."""
    yield f"{it.id} {it.title}"
    if it.out:
        yield f"Out of scope for the whole organisation: {it.out}"
        return
    yield from _AREAS[case.scope.catalog.model](case, result, it)
    yield from _judged(case, it)
    for caution in result.cautions:
        if caution.item == it.id:
            yield f"Caution: {caution.why}"


def _area_of_groups(case: Case, result: LevelResult, it: AreaResult) -> Iterator[str]:
    for level, state in it.practice_groups.items():
        yield f"  Group {level}: {_values(case, it, _items(case, it, level))} -> {STATES[state]}"
    yield (
        f"Level {it.level}: the highest with all groups up to it satisfied; "
        "a group that the area does not have is passed over."
    )
    always = [other for other in result.areas if case.scope.catalog.group[other.id].always]
    anchors = [f"{other.id} is at {other.level}" for other in always]
    yield (
        f"Capability level {it.capability_level}, at most 3: the area is at {it.level} of "
        f"{it.top}{', ' if anchors else ''}{listed(anchors)}; the lowest counts, and an area at "
        "its top group does not hold back."
    )


def _area_of_goals(case: Case, _: LevelResult, it: AreaResult) -> Iterator[str]:
    goals = tuple(goal_method.goals_of(case.scope.catalog, it.id))
    for each in goals:
        yield f"  {each.id} {each.title}: {_values(case, it, each.items)} -> {_state(it, each)}"
    if case.scope.catalog.scale == "answers":
        yield from _signs(case, it)
        yield f"{'Satisfied' if it.level else 'Not satisfied'}: an area is when every goal that applies is."
        return
    for level, state in it.practice_groups.items():
        names = listed(each.id for each in goals if each.level == level)
        yield f"  Level {level}: {names} -> {STATES[state]}"
    yield f"Capability level {it.level}: the highest with the goals of all levels up to it satisfied."


def _signs(case: Case, it: AreaResult) -> Iterator[str]:
    for name, result in it.practices.items():
        if not case.scope.catalog.item[name].scored:
            yield f"  {name}: {result.value or 'unrated'}, a sign that is not counted"


def _area_of_attributes(case: Case, _: LevelResult, it: AreaResult) -> Iterator[str]:
    for level, state in it.practice_groups.items():
        own = listed(f"{item.id} {it.practices[item.id].value or 'unrated'}" for item in _items(case, it, level))
        yield f"  Level {level}: {own} -> {STATES[state]}"
        yield from _instances(case, it, level)
    yield f"Capability level {it.level}: the highest level that is reached."
    yield _RULE_OF_LEVEL


def _instances(case: Case, it: AreaResult, level: int) -> Iterator[str]:
    """What stands behind each attribute of a level where several units are asked."""
    named = units.names(case.scope)
    for item in _items(case, it, level):
        said = it.practices[item.id].units
        if len(said) > 1:
            each = (f"{named[unit]} {value or 'unrated'}" for unit, value in said.items())
            yield f"    {item.id}: {listed(each)}"


def _judged(case: Case, it: AreaResult) -> Iterator[str]:
    """Judgements that were recorded on the area, its groups, goals or items."""
    for subject, judgement in case.judgements.items():
        if it.id in layout.areas_touched(case.scope.catalog, subject):
            reason = f" ({judgement.reason.strip()})" if judgement.reason.strip() else ""
            yield f"Judged: {subject} {judgement.value}{reason}"


def group(case: Case, it: AreaResult, level: int) -> Iterator[str]:
    """Lines for an area and level: a practice group, the goals of a level, the attributes up to it."""
    yield from _GROUPS[case.scope.catalog.model](case, it, level)


def _practice_group(case: Case, it: AreaResult, level: int) -> Iterator[str]:
    items = _items(case, it, level)
    yield f"{it.id} group {level}: {STATES[it.practice_groups[level]]}"
    yield f"  {_values(case, it, items)}"
    yield from _each(it, items)
    lower = [f"group {n} {STATES[state]}" for n, state in it.practice_groups.items() if n < level]
    yield f"Lower groups: {listed(lower) or 'none'}"
    yield impact(case, f"{it.id}/{level}")
    yield _RULE_OF_GROUP


def _goals_of_level(case: Case, it: AreaResult, level: int) -> Iterator[str]:
    yield f"{it.id} level {level}: {STATES[it.practice_groups[level]]}"
    for each in goal_method.goals_of(case.scope.catalog, it.id):
        if each.level == level:
            yield f"  {each.id} {each.title}: {_values(case, it, each.items)} -> {_state(it, each)}"
    yield "Unsatisfied when one of its goals is; else not rated when one of them is; else satisfied."


def _attributes_up_to(case: Case, it: AreaResult, level: int) -> Iterator[str]:
    yield f"{it.id} level {level}: {STATES[it.practice_groups[level]]}"
    for lower in range(1, level + 1):
        for item in _items(case, it, lower):
            need = "L or F" if lower == level else "F"
            yield f"  {item.id} {item.title}: {it.practices[item.id].value or 'unrated'}, needs {need}"
    yield _RULE_OF_LEVEL


def goal(case: Case, it: AreaResult, name: str) -> Iterator[str]:
    """Lines for a goal that is a group of practices; none where no goal is called so."""
    for each in goal_method.goals_of(case.scope.catalog, it.id):
        if each.id != name or case.scope.catalog.model != "goals":
            continue
        yield f"{each.id} {each.title}: {_state(it, each)}"
        yield f"  {_values(case, it, each.items)}"
        yield from _each(it, each.items)
        yield f"It belongs to level {each.level} of {it.id}."
        if method_of(case.scope.catalog).weighty:
            yield impact(case, each.id)
        yield _RULE_OF_GOAL


def _each(it: AreaResult, items: tuple[Item, ...]) -> Iterator[str]:
    for item in items:
        yield f"  {item.id} {item.title}: {it.practices[item.id].value or 'unrated'}"


def _state(it: AreaResult, each: Goal) -> str:
    return STATES[it.goals[each.id]] if each.id in it.goals else "left out"


def _items(case: Case, it: AreaResult, level: int) -> tuple[Item, ...]:
    catalog = case.scope.catalog
    own = layout.items_in(catalog, it.id)
    return tuple(item for item in own if item.scored and layout.level_of(catalog, item) == level)


def _values(case: Case, it: AreaResult, items: tuple[Item, ...]) -> str:
    return counted(case.scope.catalog, Counter(it.practices[item.id].value for item in items))


_AREAS = {
    "practice_groups": _area_of_groups,
    "goals": _area_of_goals,
    "process_attributes": _area_of_attributes,
}
_GROUPS = {
    "practice_groups": _practice_group,
    "goals": _goals_of_level,
    "process_attributes": _attributes_up_to,
}
