"""One item of a model with levels, from its units to the value that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.rating import areas as layout
from gapbench.rating import levels, units
from gapbench.rating.methods import method_of
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.catalog.model import Item
    from gapbench.rating.inputs import Case
    from gapbench.rating.results import AreaResult, ItemResult

STATES = {
    "satisfied": "satisfied",
    "unsatisfied": "unsatisfied",
    "not_rated": "not rated",
}


def item(case: Case, area: AreaResult, it: Item) -> Iterator[str]:
    """Lines for an item."""
    result = area.practices[it.id]
    yield f"{it.id} {it.title}: {result.value or 'unrated'}"
    yield from _said(case, result)
    yield from _excluded(case, it)
    yield from _from_units(case, result)
    yield from _decision(case, result)
    yield from _still_due(case, result)
    if not it.scored:
        yield "A sign beside the goals: it is never counted, and no level rests on it."
    elif it.id in area.goals and result.value == "na":
        yield f"The goal is not rated: only {area.id} as a whole can be not applicable."
    elif it.id in area.goals:
        yield f"The goal {it.id} is {STATES[area.goals[it.id]]}: only yes satisfies it."
    elif result.value == "na":
        yield "Not applicable: the goal is left out."


def _said(case: Case, result: ItemResult) -> Iterator[str]:
    named = units.names(case.scope)
    for unit, value in result.units.items():
        answer = case.answers.get((result.id, unit))
        text = "" if answer is None else (answer.reason if value == "na" else answer.note).strip()
        yield f"  {named[unit]}: {value or 'unrated'}{f' ({text})' if text else ''}"
    if not result.units:
        yield "  Nobody is asked."


def _excluded(case: Case, it: Item) -> Iterator[str]:
    area = layout.area_of(case.scope.catalog, it)
    for unit in case.scope.units:
        reason = case.scope.exclusions.get((area.id, unit.id), "").strip()
        if reason:
            yield f"  Left out: {unit.name} ({reason})"


def _from_units(case: Case, result: ItemResult) -> Iterator[str]:
    table = method_of(case.scope.catalog).table
    instances = tuple(result.units.values())
    yield from table.shown(instances)
    outcome = listed((value or "unrated" for value in table.allowed(instances)), last="or")
    yield f"First that holds: {table.rule_for(instances).words} -> {outcome}"


def _decision(case: Case, result: ItemResult) -> Iterator[str]:
    judgement = case.judgements.get(result.id)
    if result.judgement_due:
        yield f"A judgement is due; until then the lower value counts: {result.value}"
    elif len(result.allowed) > 1 and judgement is not None:
        yield f"Judged {judgement.value}: {judgement.reason}"
    if judgement is not None and judgement.value not in result.allowed:
        yield f"The recorded judgement {judgement.value} is not among the allowed values: ignored."


def _still_due(case: Case, result: ItemResult) -> Iterator[str]:
    named = units.names(case.scope)
    for unit in result.due:
        what = "reason" if result.units[unit] == "na" else "weakness"
        yield f"Still to be written: the {what} at {named[unit]}."


def impact(case: Case, subject: str) -> str:
    """What was judged of the weaknesses of a practice group or goal."""
    judgement = case.judgements.get(subject)
    if judgement is None:
        return "No significant negative impact recorded."
    if judgement.value == levels.SIGNIFICANT:
        return f"Judged: its weaknesses have a significant negative impact ({judgement.reason})"
    return f"Judged: no significant negative impact ({judgement.reason})"
