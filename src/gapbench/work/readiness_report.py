"""Readiness as programs read it, `gapbench-readiness/1`: keys may be added, never renamed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from gapbench.rating.models import model_of
from gapbench.rating.results import (
    AreaResult,
    Blocker,
    ClauseResult,
    ConformityResult,
    ItemResult,
    LevelResult,
    Result,
)
from gapbench.rating.units import names

if TYPE_CHECKING:
    from gapbench.engagement.engagement import Engagement
    from gapbench.rating.inputs import Case

FORMAT = "gapbench-readiness/1"

Json = dict[str, Any]


def report(engagement: Engagement, at: datetime | None = None) -> Json:
    """Ask the rules about every framework of an engagement.

    Args:
        engagement: The open file.
        at: What the report says of its moment; now, when left out.
    """
    moment = (at or datetime.now(UTC)).astimezone(UTC)
    cases = [engagement.case(framework.catalog) for framework in engagement.frameworks()]
    return {
        "format": FORMAT,
        "client": engagement.profile().client,
        "at": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "assessments": [assessment(case, model_of(case.scope).assess(case)) for case in cases],
    }


def assessment(case: Case, result: Result) -> Json:
    """One framework with its verdict, what stands in the way, and all of its groups."""
    known = names(case.scope)
    start: Json = {"catalog": case.scope.catalog.id, "model": case.scope.catalog.model}
    if isinstance(result, ConformityResult):
        return start | _conformity(result, known)
    return start | _practice_groups(result, known)


def _conformity(result: ConformityResult, known: dict[str, str]) -> Json:
    return {
        "verdict": result.verdict,
        "sentence": result.sentence,
        "percent": result.tally.percent,
        "coverage": result.tally.coverage,
        "majors": result.majors,
        "minors": result.minors,
        "blockers": [_blocker(blocker) for blocker in result.blockers],
        "cautions": [_blocker(caution) for caution in result.cautions],
        "groups": [_clause(clause, known) for clause in result.groups],
    }


def _clause(clause: ClauseResult, known: dict[str, str]) -> Json:
    row: Json = {
        "id": clause.id,
        "title": clause.title,
        "percent": clause.tally.percent,
        "coverage": clause.tally.coverage,
        "majors": clause.majors,
        "minors": clause.minors,
        "worst": clause.worst or None,
        "groups": [_clause(child, known) for child in clause.groups],
    }
    if clause.points:
        row["points"] = {name: _point(point, known) for name, point in clause.points.items()}
    return row


def _point(point: ItemResult, known: dict[str, str]) -> Json:
    row: Json = {"value": point.value or None}
    if any(point.units):  # sites; the organisation alone would only repeat the value
        row["units"] = {known[unit]: value or None for unit, value in point.units.items()}
    return row


def _blocker(blocker: Blocker) -> Json:
    return {"item": blocker.item, "value": blocker.value or None, "why": blocker.why}


def _practice_groups(result: LevelResult, known: dict[str, str]) -> Json:
    return {
        "view": "+".join(result.views),
        "target_level": result.target,
        **_level_reached(result),
        "verdict": result.verdict,
        "sentence": result.sentence,
        "coverage": result.coverage,
        "next_level": result.next_level,
        "blockers": [_blocker(blocker) for blocker in result.blockers],
        "cautions": [_blocker(caution) for caution in result.cautions],
        "judgements_due": list(result.judgements_due),
        "groups": [_area(area, known) for area in result.areas],
    }


def _level_reached(result: LevelResult) -> Json:
    if result.scheme == "staged":
        return {"maturity_level": result.maturity_level}
    return {"maturity_level": None, "capability_level": result.maturity_level}


def _area(area: AreaResult, known: dict[str, str]) -> Json:
    row: Json = {
        "id": area.id,
        "title": area.title,
        "level": area.level,
        "capability_level": area.capability_level,
        "practice_groups": {str(level): state for level, state in area.practice_groups.items()},
        "practices": {name: _practice(result, known) for name, result in area.practices.items()},
    }
    if area.goals:
        row["goals"] = dict(area.goals)
    if area.out:
        row["out"] = area.out
    return row


def _practice(result: ItemResult, known: dict[str, str]) -> Json:
    return {
        "value": result.value or None,
        "allowed": list(result.allowed),
        "units": {known[unit]: value or None for unit, value in result.units.items()},
    }
