"""The plan for programs, `gapbench-plan/1`: keys may be added, none is renamed without a new number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gapbench.planning.values import TRACKS
from gapbench.rating.results import LevelResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from gapbench.planning.values import Action, Gate, Moment, PlannedPackage, Reference, Settings, Standing
    from gapbench.rating.results import Result
    from gapbench.work.planning import Plan

FORMAT = "gapbench-plan/1"

_DAYS = 1
"""Decimals of person-days."""


def plan_json(plan: Plan) -> dict[str, Any]:
    """The plan as values that JSON knows: days as dates, figures rounded, `null` where there is nothing to say."""
    schedule = plan.schedule
    return {
        "format": FORMAT,
        "client": plan.client,
        "today": plan.today.isoformat(),
        "settings": settings_json(plan.settings),
        "packages": [_package(plan, it) for it in plan.packages],
        "now": moment_json(plan, plan.now),
        "forecast": [_moment(plan, it) for it in plan.forecast],
        "schedule": {
            "begin": _day(schedule.begin),
            "finish": _day(schedule.finish),
            "critical": list(schedule.critical),
            "containment": [
                {"package": it.package, "start": _day(it.start), "finish": _day(it.finish), "days": _days(it.days)}
                for it in schedule.containment
            ],
            "months": {
                month: {"capacity": _days(gives), "planned": _days(schedule.loads.get(month, 0.0))}
                for month, gives in schedule.capacity.items()
            },
        },
        "gates": [gate_json(it) for it in plan.gates],
        "saving": {
            "integrated": [_days(it) for it in plan.saving.integrated],
            "separate": [_days(it) for it in plan.saving.separate],
            "percent": _days(plan.saving.percent),
            "low": _days(plan.saving.low),
            "high": _days(plan.saving.high),
            "label": plan.saving.label,
        },
        "candidates": {name: dict(counts) for name, counts in plan.candidates.items()},
    }


def settings_json(settings: Settings) -> dict[str, Any]:
    """What the client said about the programme."""
    return {
        "size": settings.size,
        "begin": _day(settings.begin),
        "capacity": settings.capacity,
        "capacities": dict(settings.capacities),
        "cmmi_mandate": settings.cmmi_mandate,
        "iso_mandate": settings.iso_mandate,
        "deadline": _day(settings.deadline),
        "deadlines": {track: _day(until) for track, until in settings.deadlines.items()},
        "holidays": [[_day(first), _day(last)] for first, last in settings.holidays],
    }


def moment_json(plan: Plan, standings: Mapping[str, Standing]) -> dict[str, Any]:
    """What the rules say at one moment: by track, of its first framework, and of every framework."""
    results = {result.catalog: result for _, result in plan.parts}
    every = {name: standing_json(it, results[name]) for name, it in standings.items()}
    first = {track: next((name for name, own in plan.tracks.items() if own == track), "") for track in TRACKS}
    return {**{track: every.get(name) for track, name in first.items()}, "assessments": every}


def standing_json(standing: Standing, result: Result) -> dict[str, Any]:
    """What the rules say of one framework."""
    said: dict[str, Any] = {"verdict": standing.verdict, "open": standing.open}
    if isinstance(result, LevelResult):
        staged = result.scheme == "staged"
        return {
            "maturity_level": standing.level if staged else None,
            "capability_level": None if staged else standing.level,
            **said,
        }
    return {"percent": standing.percent, **said}


def gate_json(gate: Gate) -> dict[str, Any]:
    """A milestone."""
    return {
        "id": gate.id,
        "track": gate.track,
        "title": gate.title,
        "start": _day(gate.start),
        "finish": _day(gate.finish),
        "needs": list(gate.needs),
        "why": gate.why,
        "due": _day(gate.due),
        "late": gate.late,
    }


def _package(plan: Plan, it: PlannedPackage) -> dict[str, Any]:
    slot = plan.schedule.slots.get(it.id)
    return {
        "id": it.id,
        "name": it.package.name,
        "theme": it.package.theme,
        "closes": _items(plan, (each.ref for each in it.requirements)),
        "open": [f"{each.ref[0]}:{name}" for each in it.open for name in each.open_items],
        "requirements": [_ref(each.ref) for each in it.open],
        "effort": [_days(figure) for figure in it.effort],
        "share": round(it.share, 3),
        "days": _days(it.days),
        "priority": _priority(it),
        "mandatory": it.mandatory,
        "pain": list(it.decision.pain) if it.decision.pain else None,
        "needs": list(it.needs),
        "start": _day(slot.start if slot else None),
        "finish": _day(slot.finish if slot else None),
        "due": _day(it.decision.due),
        "slack": slot.slack if slot else None,
        "late": slot.late if slot else 0,
        "critical": slot.critical if slot else False,
        "owner": it.decision.owner or it.package.owner,
        "supporting": it.package.supporting,
        "status": it.decision.status,
        "deliverables": list(it.package.deliverables),
        "actions": [action_json(plan, each) for each in it.actions],
    }


def _priority(it: PlannedPackage) -> dict[str, Any]:
    priority = it.priority
    return {
        **{letter: round(getattr(priority, letter), 2) for letter in "PSCBRGUZV"},
        "days": _days(priority.days),
        "own": round(priority.own, 2),
        "inherited_from": priority.inherited_from or None,
        "override": priority.override or None,
    }


def action_json(plan: Plan, action: Action) -> dict[str, Any]:
    """An action, proposed or recorded, with the days on which it runs."""
    start, due = plan.dates.get(action.id, (action.start, action.due))
    return {
        "id": action.id,
        "what": action.what,
        "closes": [_ref(ref) for ref in action.closes],
        "owner": action.owner or None,
        "effort": action.effort,
        "start": _day(start),
        "due": _day(due),
        "status": action.status,
        "needs": list(action.needs),
        "finding": action.finding or None,
        "manual": action.manual,
        "recorded": any(action.id == it.id for it in plan.recorded),
    }


def _items(plan: Plan, refs: Iterable[Reference]) -> list[str]:
    """Every point of these clauses, and these practices."""
    catalogs = {case.scope.catalog.id: case.scope.catalog for case, _ in plan.parts}
    found: list[str] = []
    for name, ref in refs:
        catalog = catalogs[name]
        inside = [ref] if catalog.levels else [item.id for item in catalog.items_of[ref]]
        found += (f"{name}:{item}" for item in inside)
    return found


def _moment(plan: Plan, moment: Moment) -> dict[str, Any]:
    return {"date": _day(moment.day), "done": list(moment.done), **moment_json(plan, moment.standings)}


def _ref(ref: Reference) -> str:
    return f"{ref[0]}:{ref[1]}"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _days(figure: float) -> float:
    return round(figure, _DAYS)
