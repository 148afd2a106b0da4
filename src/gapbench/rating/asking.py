"""Who is asked in an area, and whose answers count there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.rating import units

if TYPE_CHECKING:
    from gapbench.catalog.model import Group
    from gapbench.rating.inputs import Scope, Unit


@dataclass(frozen=True, slots=True)
class Roster:
    """The units of an area.

    Attributes:
        members: (unit id, asked) in unit order: those that must answer, and those that count once
            they have.
    """

    members: tuple[tuple[str, bool], ...]


def is_out(scope: Scope, area: Group) -> str:
    """The justification when an area is out for the whole organisation, else ""."""
    return scope.exclusions.get((area.id, ""), "").strip() if area.optional else ""


def is_excluded(scope: Scope, area: Group, unit: str) -> bool:
    """Whether a unit is out of an area; an exclusion without a justification does not count."""
    return bool(scope.exclusions.get((area.id, unit), "").strip())


def asked(scope: Scope, area: Group) -> tuple[Unit, ...]:
    """Units that must answer in an area; the organisation where there is no project or function."""
    if is_out(scope, area):
        return ()
    chosen = _candidates(scope, area)
    if not chosen:
        return (units.organisation("project"),)
    return tuple(unit for unit in chosen if not is_excluded(scope, area, unit.id))


def _candidates(scope: Scope, area: Group) -> tuple[Unit, ...]:
    if scope.catalog.units == "organisation":
        return ()
    projects, functions = units.of_kind(scope, "project"), units.of_kind(scope, "function")
    first, second = (functions, projects) if area.support else (projects, functions)
    return first or second


def roster(scope: Scope, area: Group) -> Roster:
    """Every unit whose answers can count in an area, in unit order."""
    must = {unit.id for unit in asked(scope, area)}
    if units.organisation("project").id in must:
        return Roster(((units.organisation("project").id, True),))
    if is_out(scope, area):
        return Roster(())
    return Roster(
        tuple(
            (unit.id, unit.id in must)
            for unit in units.of_kind(scope, "project", "function")
            if not is_excluded(scope, area, unit.id)
        )
    )
