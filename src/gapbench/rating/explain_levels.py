"""The arithmetic of maturity: practices, practice groups, areas and levels, line by line."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from gapbench.errors import UsageError
from gapbench.rating import characterize, levels, scales, units
from gapbench.rating.results import INDICATIVE, AreaResult, ItemResult, LevelResult
from gapbench.rating.wording import listed, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gapbench.catalog.model import Item
    from gapbench.rating.inputs import Case

_CODES = scales.codes(scales.PRACTICES)
_STATES = {
    "satisfied": "satisfied",
    "unsatisfied": "unsatisfied",
    "not_rated": "not rated",
}
_RULE_OF_GROUP = (
    "First that holds: all FM, or all FM and LM with every lower group satisfied and no "
    "significant impact -> satisfied; any PM, DM or NY, or a significant impact -> unsatisfied; "
    "any NC -> not rated."
)


def explain(case: Case, result: LevelResult, subject: str) -> tuple[str, ...]:
    """Lines for the whole (""), a maturity level, an area, a practice group or a practice."""
    catalog = case.scope.catalog
    areas = {area.id: area for area in result.areas}
    area, _, level = subject.partition("/")
    if not subject:
        return tuple(_whole(case, result))
    if re.fullmatch(r"ML[1-9]", subject):
        return tuple(_maturity(case, result, int(subject[2:])))
    if subject in catalog.item and catalog.item[subject].group in areas:
        item = catalog.item[subject]
        return tuple(_practice(case, areas[item.group].practices[subject], item))
    if subject in areas:
        return tuple(_area(case, result, areas[subject]))
    if area in areas and level in {str(n) for n in areas[area].practice_groups}:
        return tuple(_group(case, areas[area], int(level)))
    raise UsageError(
        f'{catalog.name} has no figure "{subject}" in the chosen view; name a practice, an area '
        '("CM"), a practice group ("CM/2") or a level ("ML2").'
    )


def _whole(case: Case, result: LevelResult) -> Iterator[str]:
    view = f", view {listed(result.views)}" if result.views else ""
    yield f"{case.scope.catalog.name}{view}: {result.sentence}"
    for level in range(1, max(result.target, result.maturity_level) + 1):
        needed = levels.asked_at(result.areas, level)
        held = sum(levels.holds(area, level) for area in needed)
        yield f"ML{level}: {held} of {plural(len(needed), 'area')} hold"
    yield (
        f"Maturity level {result.maturity_level}: the highest at which every area holds, "
        "and at all lower levels too; never an average."
    )
    yield f"Characterized: practices that are not NC / practices up to level {result.target}"
    if result.coverage is not None:
        yield f"  {result.characterized} / {result.in_scope} = {result.coverage} %"
    yield f"  {_counts(result.counts)}"
    for area in result.areas:
        if area.out:
            yield f"Left out: {area.id}, {area.out}"
    if result.judgements_due:
        yield f"Judgements due, the lower value counts: {listed(result.judgements_due)}"
    for blocker in result.blockers:
        yield f"Before level {result.next_level}: {blocker.item} {blocker.value}, {blocker.why}"
    yield INDICATIVE


def _maturity(case: Case, result: LevelResult, level: int) -> Iterator[str]:
    highest = levels.highest_level(case.scope.catalog)
    if level > highest:
        raise UsageError(f"{case.scope.catalog.name} has no level {level}; its highest is {highest}.")
    needed = {area.id: area for area in levels.asked_at(result.areas, level)}
    yield f"Maturity level {level} needs every area that it asks at {level} or at its top group."
    for area in needed.values():
        need = min(level, area.top)
        verdict = "holds" if levels.holds(area, level) else "does not hold"
        yield f"  {area.id} {area.title}: at {area.level}, needs {need}: {verdict}"
    held = sum(levels.holds(area, level) for area in needed.values())
    yield f"{held} of {plural(len(needed), 'area')} hold."
    for area in result.areas:
        if area.out:
            yield f"Left out: {area.id}, {area.out}"
    others = [area for area in result.areas if area.id not in needed and not area.out]
    later = [f"{area.id} (from level {area.asked_from})" for area in others]
    if later:
        yield f"Not asked at this level: {listed(later)}"
    reached = "reached" if result.maturity_level >= level else "not reached"
    yield (f"With all lower levels: level {level} is {reached}; the view is at {result.maturity_level}.")


def _area(case: Case, result: LevelResult, area: AreaResult) -> Iterator[str]:
    yield f"{area.id} {area.title}"
    if area.out:
        yield f"Out of scope for the whole organisation: {area.out}"
        return
    for level, state in area.practice_groups.items():
        values = _counts(_values(case, area, level))
        yield f"  Group {level}: {values} -> {_STATES[state]}"
    yield (
        f"Level {area.level}: the highest with all groups up to it satisfied; "
        "a group that the area does not have is passed over."
    )
    always = [it for it in result.areas if case.scope.catalog.group[it.id].always]
    anchors = [f"{it.id} is at {it.level}" for it in always]
    yield (
        f"Capability level {area.capability_level}, at most 3: the area is at {area.level} of "
        f"{area.top}{', ' if anchors else ''}{listed(anchors)}; the lowest counts, and an area at "
        "its top group does not hold back."
    )


def _group(case: Case, area: AreaResult, level: int) -> Iterator[str]:
    yield f"{area.id} group {level}: {_STATES[area.practice_groups[level]]}"
    yield f"  {_counts(_values(case, area, level))}"
    for item in _items(case, area, level):
        yield f"  {item.id} {item.title}: {area.practices[item.id].value}"
    lower = [f"group {n} {_STATES[s]}" for n, s in area.practice_groups.items() if n < level]
    yield f"Lower groups: {listed(lower) or 'none'}"
    judgement = case.judgements.get(f"{area.id}/{level}")
    if judgement is not None and judgement.value == "significant":
        yield f"Judged: its weaknesses have a significant negative impact ({judgement.reason})"
    elif judgement is not None:
        yield f"Judged: no significant negative impact ({judgement.reason})"
    else:
        yield "No significant negative impact recorded."
    yield _RULE_OF_GROUP


def _practice(case: Case, result: ItemResult, item: Item) -> Iterator[str]:
    yield f"{item.id} {item.title}: {result.value}"
    named = units.names(case.scope)
    for unit, value in result.units.items():
        answer = case.answers.get((item.id, unit))
        note = answer.note.strip() if answer is not None else ""
        yield f"  {named[unit]}: {value}{f' ({note})' if note else ''}"
    if not result.units:
        yield "  Nobody is asked."
    yield from _excluded(case, item)
    yield from _from_units(result)
    yield from _decision(case, result)
    for unit in result.due:
        yield f"Still to be written: the weakness at {named[unit]}."


def _excluded(case: Case, item: Item) -> Iterator[str]:
    for unit in case.scope.units:
        reason = case.scope.exclusions.get((item.group, unit.id), "").strip()
        if reason:
            yield f"  Left out: {unit.name} ({reason})"


def _from_units(result: ItemResult) -> Iterator[str]:
    instances = tuple(result.units.values())
    weak = sum(value in characterize.WEAK for value in instances)
    if weak:
        share = (2000 * weak + len(instances)) // (2 * len(instances)) / 10
        yield f"PM or DM / all units: {weak} / {len(instances)} = {share} %"
    rule = characterize.rule_for(instances)
    yield f"First that holds: {rule.words} -> {listed(result.allowed, last='or')}"


def _decision(case: Case, result: ItemResult) -> Iterator[str]:
    judgement = case.judgements.get(result.id)
    if result.judgement_due:
        yield f"A judgement is due; until then the lower value counts: {result.value}"
    elif len(result.allowed) > 1 and judgement is not None:
        yield f"Judged {judgement.value}: {judgement.reason}"
    if judgement is not None and judgement.value not in result.allowed:
        yield f"The recorded judgement {judgement.value} is not among the allowed values: ignored."


def _items(case: Case, area: AreaResult, level: int) -> list[Item]:
    items = case.scope.catalog.items_of[area.id]
    return [item for item in items if (item.level or 1) == level]


def _values(case: Case, area: AreaResult, level: int) -> dict[str, int]:
    return Counter(area.practices[item.id].value for item in _items(case, area, level))


def _counts(values: dict[str, int] | Iterable[str]) -> str:
    counts = values if isinstance(values, dict) else Counter(values)
    return listed(f"{counts[code]} {code}" for code in _CODES if counts.get(code))
