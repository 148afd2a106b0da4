"""Goals and the practices that reach them (CMMI 1.3, SW-CMM): what is asked, what is refused, and the level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.errors import UsageError
from gapbench.rating import assessment, findings, goal_method, implementation, levels, refusals
from gapbench.rating.methods import method_of
from gapbench.rating.results import Noun
from gapbench.rating.scales import refuse_foreign
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapbench.catalog.model import Catalog, Item
    from gapbench.rating.inputs import Case, FindingClass, Scope
    from gapbench.rating.results import Value

NOUN = Noun("practice", "practices")
"""In CMMI 1.3; `models.noun_of` knows that SW-CMM rates goals."""

units_for = assessment.units_for
in_scope = assessment.in_scope
item_result = assessment.item_result
assess = assessment.assess
reassess = assessment.reassess

_NAMED = 6
_WEAK = implementation.WEAK | {"partly", "no"}


def scale(catalog: Catalog) -> tuple[Value, ...]:
    """From fully to not implemented and not yet; or yes, partly, no and not applicable."""
    return method_of(catalog).table.scale


def refuse(scope: Scope, item: Item, value: str) -> str | None:  # noqa: ARG001 (one scale for all)
    """Why the rules do not allow this value here; None when they do."""
    return refuse_foreign(scope.catalog, scale(scope.catalog), value)


def caution(scope: Scope, item: Item, value: str) -> str | None:
    """What to think of before this allowed value is kept; None when nothing speaks against it."""
    return next(iter(cautions(scope, (item,), value)), None)


def cautions(scope: Scope, items: Iterable[Item], value: str) -> tuple[str, ...]:
    """The same for many items, summed up."""
    if value != goal_method.NA:
        return refusals.not_yet(items, value, "NI")
    items = tuple(items)
    alone = _alone(scope.catalog, items)
    optional = [area.id for area in scope.catalog.areas if area.optional]
    inside = {name for name, area in scope.catalog.area_of.items() if area in optional}
    doubtful = listed((item.id for item in items if item.scored and item.group not in inside), _NAMED)
    if not doubtful:
        return alone
    only = f"; of {scope.catalog.name} that is {listed(optional, last='or')}" if optional else ""
    return (f"{doubtful}: not applicable is only what does not fit the business at all{only}.", *alone)


def _alone(catalog: Catalog, items: Iterable[Item]) -> tuple[str, ...]:
    """Goals that are not applicable only together with the others of their area."""
    said = {item.id for item in items}
    known = {catalog.area_of.get(item.group, item.group) for item in items if item.scored}
    areas = [
        area.id
        for area in catalog.areas
        if area.id in known
        and not {goal.id for goal in goal_method.goals_of(catalog, area.id) if goal_method.stands_alone(goal)} <= said
    ]
    if not areas:
        return ()
    whole = method_of(catalog).area.one
    return (
        f"Only a whole {whole} can be not applicable: while another goal of {listed(areas, _NAMED, last='or')} "
        "is answered otherwise, this one counts as not rated.",
    )


def refuse_finding(cls: FindingClass, values: Iterable[str]) -> str | None:
    """Why a finding of this class cannot rest on practices or goals with these values."""
    return findings.refuse_on_levels(cls, values, "practice or goal", _WEAK)


def refuse_exclusion(scope: Scope, area: str, unit: str = "") -> str | None:
    """Why an area cannot be excluded for a unit, or ("") for the organisation; None when it can."""
    catalog = scope.catalog
    optional = listed((each.id for each in catalog.areas if each.optional), last="or") or "none"
    return refusals.exclusion(
        scope,
        area,
        unit,
        f"{area} cannot be out of scope for the whole organisation: of {catalog.name} only what does not fit "
        f"the business can be not applicable ({optional}). Aim at a lower level, or choose another view.",
    )


def refuse_judgement(case: Case, subject: str, value: str) -> str | None:
    """Why a practice, or the harm that weaknesses do to a goal ("CM SG 1"), is not judged so."""
    catalog = case.scope.catalog
    if subject in catalog.item:
        return refusals.choice(case, subject, value)
    area = catalog.area_of.get(subject, "")
    if not method_of(catalog).weighty or subject not in {goal.id for goal in goal_method.goals_of(catalog, area)}:
        raise UsageError(_no_goal(catalog, subject))
    levels.check_impact(subject, value)
    return None


def _no_goal(catalog: Catalog, subject: str) -> str:
    if not method_of(catalog).weighty:
        return f"{catalog.name} leaves nothing to judge in {subject[:40]}; answer its goals."
    first = next((goal.id for area in catalog.areas for goal in goal_method.goals_of(catalog, area.id)), "")
    return f"There is no goal {subject[:40]} to judge; say a practice, or a goal as in {first}."
