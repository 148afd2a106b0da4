"""Maturity of practices (CMMI 2.0 and later): what is asked, what is refused, and the door to the level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.errors import UsageError
from gapbench.rating import assessment, characterize, findings, levels, practice_method, refusals, scales
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapbench.catalog.model import Catalog, Item
    from gapbench.rating.inputs import Case, FindingClass, Scope
    from gapbench.rating.results import Value

NOUN = practice_method.NOUN

units_for = assessment.units_for
in_scope = assessment.in_scope
item_result = assessment.item_result
assess = assessment.assess
reassess = assessment.reassess


def scale(catalog: Catalog) -> tuple[Value, ...]:  # noqa: ARG001 (one scale for all)
    """From fully meets to does not meet, not yet, and not characterized."""
    return scales.PRACTICES


def refuse(scope: Scope, item: Item, value: str) -> str | None:
    """Why the rules do not allow this value here; None when they do."""
    if value == "NY" and scope.catalog.group[item.group].always:
        return (
            f"NY is not allowed in {item.group}: it is in place or it is not; "
            "rate DM with the weakness, or NC while too little is seen."
        )
    return scales.refuse_foreign(scope.catalog, scales.PRACTICES, value)


def caution(scope: Scope, item: Item, value: str) -> str | None:
    """What to think of before this allowed value is kept; None when nothing speaks against it."""
    return next(iter(cautions(scope, (item,), value)), None)


def cautions(scope: Scope, items: Iterable[Item], value: str) -> tuple[str, ...]:  # noqa: ARG001 (same for all)
    """The same for many practices, summed up."""
    return refusals.not_yet(items, value, "DM")


def refuse_finding(cls: FindingClass, values: Iterable[str]) -> str | None:
    """Why a finding of this class cannot rest on practices with these values."""
    return findings.refuse_on_levels(cls, values, NOUN.one, characterize.WEAK)


def refuse_exclusion(scope: Scope, area: str, unit: str = "") -> str | None:
    """Why an area cannot be excluded for a unit, or ("") for the organisation; None when it can."""
    return refusals.exclusion(
        scope,
        area,
        unit,
        f"{area} cannot be out of scope for the whole organisation; "
        "exclude single units with a justification, or choose another view.",
    )


def refuse_judgement(case: Case, subject: str, value: str) -> str | None:
    """Why a practice, or the impact of a practice group's weaknesses ("CM/2"), is not judged so."""
    if subject in case.scope.catalog.item:
        return refusals.choice(case, subject, value)
    area, _, level = subject.partition("/")
    levels_of = sorted({str(item.level) for item in case.scope.catalog.items_of.get(area, ()) if item.level})
    if level not in levels_of:
        raise UsageError(_no_group(area, level, levels_of))
    levels.check_impact(subject, value)
    return None


def _no_group(area: str, level: str, have: list[str]) -> str:
    if not have:
        return f"There is no area {area[:40]} to judge; say a practice, or an area and a level as in CM/2."
    return f"{area} has no practice group {level[:40]}; it has {listed(have)}, as in {area}/{have[0]}."
