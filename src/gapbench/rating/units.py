"""Who is asked: the organisation as one unit, and units by name."""

from __future__ import annotations

from gapbench.rating.inputs import ORGANISATION, Scope, Unit, UnitKind

ORGANISATION_NAME = "Organisation"


def organisation(kind: UnitKind) -> Unit:
    """The whole organisation, standing in where no unit of the kind exists."""
    return Unit(id=ORGANISATION, name=ORGANISATION_NAME, kind=kind)


def of_kind(scope: Scope, *kinds: UnitKind) -> tuple[Unit, ...]:
    """Units of some kinds, in order."""
    return tuple(unit for unit in scope.units if unit.kind in kinds)


def names(scope: Scope) -> dict[str, str]:
    """Unit id -> name, the organisation included."""
    return {ORGANISATION: ORGANISATION_NAME} | {unit.id: unit.name for unit in scope.units}
