"""Plan, schedule, forecast and saving of one engagement in one go, for whoever shows them together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.planning.forecast import Forecaster
from gapbench.planning.plan import plan
from gapbench.planning.requirements import findings_of, of_parts, track_of
from gapbench.planning.saving import saving
from gapbench.planning.schedule import schedule
from gapbench.rating.results import LevelResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from gapbench.planning.requirements import Part
    from gapbench.planning.values import (
        Action,
        Decision,
        Moment,
        Package,
        PlannedPackage,
        Requirement,
        Saving,
        Schedule,
        Settings,
        Track,
    )


@dataclass(frozen=True)
class Outlook:
    """What is open, what is to be done about it, when, and what comes of it.

    Attributes:
        requirements: Of every framework, open or not.
        packages: The plan, in the order of work.
        targets: Track -> highest level aimed at, 0 for certification.
        forecast: Readiness at each month end.
    """

    requirements: tuple[Requirement, ...]
    packages: tuple[PlannedPackage, ...]
    targets: dict[Track, int]
    schedule: Schedule
    forecast: tuple[Moment, ...]
    saving: Saving


def outlook(
    parts: Sequence[Part],
    packages: Iterable[Package],
    settings: Settings,
    *,
    today: date,
    decisions: Iterable[Decision] = (),
    actions: Iterable[Action] = (),
    unrated_is_met: bool = False,
    forecaster: Forecaster | None = None,
) -> Outlook:
    """Everything from the answers as they are.

    Args:
        parts: Case and result of each framework.
        packages: Packages of these frameworks.
        settings: What the client said about the programme.
        today: The day of looking.
        decisions: What was decided on packages.
        actions: Recorded ones.
        unrated_is_met: Forecast as if what nobody has rated were met.
        forecaster: The one of the time before, to run only what an answer changed.

    Raises:
        UsageError, RefusedError: Something cannot be planned; the sentence says what.
    """
    known = of_parts(parts)
    planned = plan(
        packages,
        known,
        settings,
        today=today,
        findings=findings_of(parts),
        decisions=decisions,
        actions=actions,
        names={case.scope.catalog.id: case.scope.catalog.name for case, _ in parts},
    )
    targets = targets_of(parts)
    when = schedule(planned, settings, today=today, targets=targets)
    coming = (forecaster or Forecaster()).by_month(parts, planned, when, unrated_is_met=unrated_is_met)
    return Outlook(known, planned, targets, when, coming, saving(planned))


def targets_of(parts: Iterable[Part]) -> dict[Track, int]:
    """Track -> the highest level that one of its frameworks aims at; 0 for certification."""
    found: dict[Track, int] = {}
    for case, result in parts:
        track = track_of(case.scope.catalog)
        found[track] = max(found.get(track, 0), result.target if isinstance(result, LevelResult) else 0)
    return found
