"""The arithmetic of levels: the whole of a view, and one level over its areas, line by line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gapbench.errors import UsageError
from gapbench.rating import areas as layout
from gapbench.rating import explain_areas, explain_items, levels, parties, staging
from gapbench.rating.methods import method_of
from gapbench.rating.wording import listed, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gapbench.rating.inputs import Case
    from gapbench.rating.results import AreaResult, LevelResult

_EXAMPLES = {
    "practice_groups": 'a practice, an area ("CM"), a practice group ("CM/2") or a level ("ML2")',
    "goals": 'an item, an area ("CM"), a goal ("CM SG 1"), a level of an area ("CM/2") or a level ("ML2", "CL2")',
    "process_attributes": 'an attribute, a process ("SUP.1"), a level of it ("SUP.1/2") or a level ("CL2")',
}


def explain(case: Case, result: LevelResult, subject: str) -> tuple[str, ...]:
    """Lines for the whole (""), a level, an area, a group or goal, an area and level, or an item.

    Raises:
        UsageError: There is no such figure.
    """
    if not subject:
        return tuple(_whole(case, result))
    if re.fullmatch(rf"{result.mark}[1-9]", subject):
        return tuple(_level(case, result, int(subject[2:])))
    lines = tuple(_below(case, result, subject))
    if lines:
        return lines
    catalog = case.scope.catalog
    raise UsageError(f'{catalog.name} has no figure "{subject}" in the chosen view; name {_EXAMPLES[catalog.model]}.')


def _below(case: Case, result: LevelResult, subject: str) -> Iterator[str]:
    """Lines for what stands in an area of the view; none where nothing is called so."""
    catalog = case.scope.catalog
    areas = {area.id: area for area in result.areas}
    if subject in catalog.item:
        area = areas.get(layout.area_of(catalog, catalog.item[subject]).id)
        if area is not None:
            yield from explain_items.item(case, area, catalog.item[subject])
    elif subject in areas:
        yield from explain_areas.area(case, result, areas[subject])
    elif subject in catalog.area_of:
        area = areas.get(catalog.area_of[subject])
        if area is not None:
            yield from explain_areas.goal(case, area, subject)
    else:
        name, _, level = subject.partition("/")
        if name in areas and level in {str(n) for n in areas[name].practice_groups}:
            yield from explain_areas.group(case, areas[name], int(level))


def _whole(case: Case, result: LevelResult) -> Iterator[str]:
    method = method_of(case.scope.catalog)
    view = f", view {listed(result.views)}" if result.views else ""
    yield f"{case.scope.catalog.name}{view}: {result.sentence}"
    yield from _ladder(case, result)
    yield f"{method.done.capitalize()}: {_share(case)} / {method.noun.many} up to level {result.target}"
    if result.coverage is None:
        yield "  Nothing is asked."
    else:
        yield f"  {result.characterized} / {result.in_scope} = {result.coverage} %"
        yield f"  {explain_areas.counted(case.scope.catalog, result.counts)}"
    for area in result.areas:
        if area.out:
            yield f"Left out: {area.id}, {area.out}"
    if result.judgements_due:
        yield f"Judgements due, the lower value counts: {listed(result.judgements_due)}"
    yield from _steps(case, result)
    for caution in result.cautions:
        yield f"Caution, {caution.item}: {caution.why}"
    yield from _staging(case, result)
    yield parties.indicative(case.scope.catalog)


def _share(case: Case) -> str:
    method = method_of(case.scope.catalog)
    if method.table.missing:
        return f"{method.noun.many} that are not {method.table.missing}"
    alone = case.scope.catalog.units == "organisation"
    return f"{method.noun.many} {method.done}{'' if alone else ' in every unit that is asked'}"


def _ladder(case: Case, result: LevelResult) -> Iterator[str]:
    noun = method_of(case.scope.catalog).area
    floor = levels.floor_of(case.scope)
    if floor:
        yield f"{result.mark}{floor}: asks nothing"
    for level in range(floor + 1, max(result.target, result.maturity_level) + 1):
        needed = _needed(result, level)
        held = sum(levels.holds(area, level) for area in needed)
        yield f"{result.mark}{level}: {held} of {plural(len(needed), noun.one, noun.many)} hold"
    if result.scheme == "continuous":
        yield (
            f"Capability level {result.maturity_level}: the lowest of all {noun.many} in scope, one at its top "
            "level not holding back; never an average."
        )
        return
    yield (
        f"Maturity level {result.maturity_level}: the highest at which every {noun.one} holds, "
        "and at all lower levels too; never an average."
    )


def _needed(result: LevelResult, level: int) -> tuple[AreaResult, ...]:
    """Areas that a level asks; in a profile, all that the target asks."""
    return levels.asked_at(result.areas, result.target if result.scheme == "continuous" else level)


def _steps(case: Case, result: LevelResult) -> Iterator[str]:
    catalog = case.scope.catalog
    areas = {area.id: area for area in result.areas}
    for blocker in result.blockers:
        before = f"level {result.next_level}"
        if result.scheme == "continuous":
            area = areas[layout.area_of(catalog, catalog.item[blocker.item]).id]
            before = f"level {levels.next_step(area, result.target)} of {area.id}"
        value = blocker.value or "unrated"
        yield f"Before {before}: {blocker.item} {value}, {blocker.why}"


def _staging(case: Case, result: LevelResult) -> Iterator[str]:
    if case.scope.catalog.model == "process_attributes":
        yield (
            "No maturity level of the organisation: the standard (ISO/IEC 33004, once 15504-7) leaves open which "
            "processes belong to the set of each level."
        )
    elif result.scheme == "continuous":
        found = staging.equivalent(case.scope.catalog, result.areas)
        if found is not None:
            yield f"Equivalent staging, held against the view {found.view}: this profile stands for ML{found.level}."
            yield from (_held_against(step) for step in found.steps)


def _held_against(step: staging.Step) -> str:
    areas = plural(len(step.asked), "area")
    text = f"  ML{step.level}: {len(step.asked) - len(step.short)} of {areas} at capability level {step.needs}"
    if step.short:
        text += f"; below: {listed((f'{area.id} at {area.level}' for area in step.short), 6)}"
    if step.unknown:
        text += f"; not in this profile: {listed(step.unknown, 6)}"
    return text


def _level(case: Case, result: LevelResult, level: int) -> Iterator[str]:
    highest = levels.top_of(case.scope)
    if level > highest:
        raise UsageError(f"{case.scope.catalog.name} has no level {level}; its highest is {highest}.")
    noun = method_of(case.scope.catalog).area
    if level <= levels.floor_of(case.scope):
        yield f"Maturity level {level} asks nothing: everybody is there."
        return
    kind = "Maturity" if result.scheme == "staged" else "Capability"
    yield f"{kind} level {level} needs every {noun.one} that it asks at {level} or at its top {_top(case)}."
    needed = _needed(result, level)
    yield from (_held(area, level) for area in needed)
    held = sum(levels.holds(area, level) for area in needed)
    yield f"{held} of {plural(len(needed), noun.one, noun.many)} hold."
    yield from _not_needed(result, needed)
    reached = "reached" if result.maturity_level >= level else "not reached"
    yield f"With all lower levels: level {level} is {reached}; the view is at {result.maturity_level}."


def _top(case: Case) -> str:
    return "group" if case.scope.catalog.model == "practice_groups" else "level"


def _held(area: AreaResult, level: int) -> str:
    verdict = "holds" if levels.holds(area, level) else "does not hold"
    return f"  {area.id} {area.title}: at {area.level}, needs {min(level, area.top)}: {verdict}"


def _not_needed(result: LevelResult, needed: Iterable[AreaResult]) -> Iterator[str]:
    asked = {area.id for area in needed}
    for area in result.areas:
        if area.out:
            yield f"Left out: {area.id}, {area.out}"
    others = [area for area in result.areas if area.id not in asked and not area.out]
    later = [f"{area.id} (from level {area.asked_from})" for area in others]
    if later:
        yield f"Not asked at this level: {listed(later)}"
