"""Capability of processes (ISO/IEC 15504 and 33020, Automotive SPICE): what is asked, refused, and the profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.errors import UsageError
from gapbench.rating import assessment, attribute_method, findings, refusals, scales
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapbench.catalog.model import Catalog, Item
    from gapbench.rating.inputs import Case, FindingClass, Scope
    from gapbench.rating.results import Value

NOUN = attribute_method.NOUN

units_for = assessment.units_for
in_scope = assessment.in_scope
item_result = assessment.item_result
assess = assessment.assess
reassess = assessment.reassess

_WEAK = frozenset({"N", "P", "P+", "P-"})


def scale(catalog: Catalog) -> tuple[Value, ...]:  # noqa: ARG001 (one scale for all)
    """From fully to not achieved, then the halves of largely and partially."""
    return scales.ACHIEVEMENT


def refuse(scope: Scope, item: Item, value: str) -> str | None:  # noqa: ARG001 (one scale for all)
    """Why the rules do not allow this value here; None when they do."""
    return scales.refuse_foreign(scope.catalog, scales.ACHIEVEMENT, value)


def caution(scope: Scope, item: Item, value: str) -> str | None:  # noqa: ARG001 (as the others)
    """Nothing speaks against a rating of an attribute."""
    return None


def cautions(scope: Scope, items: Iterable[Item], value: str) -> tuple[str, ...]:  # noqa: ARG001 (as the others)
    """The same for many attributes."""
    return ()


def refuse_finding(cls: FindingClass, values: Iterable[str]) -> str | None:
    """Why a finding of this class cannot rest on attributes with these values."""
    return findings.refuse_on_levels(cls, values, NOUN.one, _WEAK)


def refuse_exclusion(scope: Scope, area: str, unit: str = "") -> str | None:
    """Why a process cannot be excluded for a unit, or ("") for the organisation; None when it can."""
    views = f"view {listed(scope.views)}" if scope.views else scope.catalog.name
    return refusals.exclusion(
        scope,
        area,
        unit,
        f"{area} cannot be out of scope for the whole organisation: every process in the agreed scope is rated, and "
        f"{views} holds it. Agree on another view, or exclude single units with a justification.",
    )


def refuse_judgement(case: Case, subject: str, value: str) -> str | None:
    """Why nothing is judged here: the mean over the units leaves no choice.

    Raises:
        UsageError: There is no such attribute.
    """
    if subject in case.scope.catalog.item:
        return refusals.choice(case, subject, value)
    raise UsageError(f"{case.scope.catalog.name} leaves nothing to judge in {subject[:40]}; rate its attributes.")
