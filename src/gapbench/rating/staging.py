"""Equivalent staging: the maturity level that a profile of capability levels stands for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gapbench.rating import levels

if TYPE_CHECKING:
    from gapbench.catalog.model import Catalog, View
    from gapbench.rating.results import AreaResult


@dataclass(frozen=True, slots=True)
class Step:
    """One maturity level, as a profile is held against it.

    Attributes:
        needs: Capability level that it asks of each area.
        asked: Areas of the profile that it asks; `short` those below.
        unknown: Areas that it asks and the profile does not hold.
    """

    level: int
    needs: int
    asked: tuple[AreaResult, ...]
    short: tuple[AreaResult, ...]
    unknown: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether every area is at what is asked."""
        return bool(self.asked) and not self.short and not self.unknown


@dataclass(frozen=True, slots=True)
class Staging:
    """What a profile comes to under a staged view."""

    view: str
    steps: tuple[Step, ...]

    @property
    def level(self) -> int:
        """The highest maturity level that holds with all lower ones, at least 1."""
        reached = 1
        for step in self.steps:
            if not step.holds:
                break
            reached = step.level
        return reached


def equivalent(catalog: Catalog, areas: tuple[AreaResult, ...]) -> Staging | None:
    """A profile under the first staged view of its framework; None where there is none."""
    view = next((view for view in catalog.views if view.scheme == "staged"), None)
    if view is None or catalog.model != "goals":
        return None
    return Staging(view.id, tuple(_step(view, areas, level) for level in sorted({*view.areas.values()})))


def _step(view: View, areas: tuple[AreaResult, ...], level: int) -> Step:
    known = {area.id for area in areas}
    staged = tuple(replace(area, asked_from=view.areas[area.id]) for area in areas if area.id in view.areas)
    asked = tuple(area for area in staged if area.asked_from <= level and not area.out)
    return Step(
        level=level,
        needs=min(level, levels.CAPABILITY_MAX),
        asked=asked,
        short=tuple(area for area in asked if not levels.holds(area, level)),
        unknown=tuple(area for area, asked_from in view.areas.items() if asked_from <= level and area not in known),
    )
