"""Rows of the plan as the values that the rules eat, and back: days and figures are texts, "" says nothing."""

from __future__ import annotations

import json
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Any, get_args

from gapbench.engagement.sentences import unsound
from gapbench.planning.values import STATUSES, Action, Decision, Settings, Size

if TYPE_CHECKING:
    from pathlib import Path

    from gapbench.engagement.file import File
    from gapbench.engagement.rows import Row

SETTINGS = "SELECT name, value FROM planning"
DECISIONS = """
SELECT package, owner, status, start, due, effort_low, effort_high, likelihood, impact, priority, reason
FROM work_package ORDER BY package
"""
ACTIONS = """
SELECT id, package, what, closes, owner, effort, start, due, status, needs, finding, manual
FROM action ORDER BY position, id
"""
_SIZES = get_args(Size)


# --- out of the file -------------------------------------------------------------------------------


def settings(file: File) -> Settings:
    """What the client said about the programme; what nobody said is as the model takes it."""
    try:
        return settings_of(dict(file.rows(SETTINGS)))
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        raise _unsound(file.path, "a setting of its plan") from problem


def decisions(file: File) -> tuple[Decision, ...]:
    """What was decided on packages, by package."""
    try:
        return tuple(decision_of(*row) for row in file.rows(DECISIONS))
    except (ValueError, TypeError) as problem:
        raise _unsound(file.path, "a decision on a work package") from problem


def actions(file: File) -> tuple[Action, ...]:
    """Every recorded action, in the order in which they were recorded."""
    try:
        return tuple(action_of(*row) for row in file.rows(ACTIONS))
    except (ValueError, TypeError) as problem:
        raise _unsound(file.path, "an action of its plan") from problem


def settings_of(said: dict[str, str]) -> Settings:
    """Settings as they are stored, by name.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: Something is there that no gapbench has written.
    """
    known = {name: json.loads(value) for name, value in said.items() if name in _SETTING_NAMES}
    given: dict[str, Any] = dict(known)
    for name in ("begin", "deadline"):
        if name in known:
            given[name] = day(known[name])
    if "holidays" in known:
        given["holidays"] = tuple(
            (date.fromisoformat(first), date.fromisoformat(last)) for first, last in known["holidays"]
        )
    if "capacity" in known:
        given["capacity"] = float(known["capacity"])
    if "capacities" in known:
        given["capacities"] = {str(month): float(days) for month, days in known["capacities"].items()}
    if "deadlines" in known:
        given["deadlines"] = {track: date.fromisoformat(until) for track, until in known["deadlines"].items()}
    if given.get("size", "M") not in _SIZES:
        raise ValueError(given["size"])
    return Settings(**given)


_SETTING_NAMES = (
    "size",
    "begin",
    "capacity",
    "cmmi_mandate",
    "iso_mandate",
    "deadline",
    "holidays",
    "capacities",
    "deadlines",
)


def decision_of(package: str, owner: str, status: Any, *rest: Any) -> Decision:
    """A row of `work_package`.

    Raises:
        ValueError, TypeError: It is damaged.
    """
    start, due, low, high, likelihood, impact, priority, reason = rest
    return Decision(
        package,
        owner,
        _status(status),
        day(start),
        day(due),
        None if low == "" else (_number(low), _number(high)),
        (likelihood, impact) if likelihood else None,
        None if priority == "" else _number(priority),
        reason,
    )


def action_of(name: str, package: str, what: str, closes: str, owner: str, effort: str, *rest: Any) -> Action:
    """A row of `action`.

    Raises:
        ValueError, TypeError: It is damaged.
    """
    start, due, status, needs, finding, manual = rest
    return Action(
        name,
        package,
        what,
        tuple((str(catalog), str(ref)) for catalog, ref in json.loads(closes)),
        owner,
        None if effort == "" else _number(effort),
        day(start),
        day(due),
        _status(status),
        tuple(map(str, json.loads(needs))),
        finding,
        bool(manual),
    )


def day(text: str) -> date | None:
    """A stored day; None where none was said."""
    return date.fromisoformat(text) if text else None


def _number(text: str) -> float:
    found = float(text)
    if not isfinite(found):
        raise ValueError(text)
    return found


def _status(text: Any) -> Any:
    if text not in STATUSES:
        raise ValueError(text)
    return text


def _unsound(path: Path, what: str) -> Exception:
    return unsound(path, f"{what} cannot be read")


# --- into the file ---------------------------------------------------------------------------------


def setting_rows(given: Settings) -> list[Row]:
    """Every setting, said or not: what the model takes for unsaid may be another in ten years."""
    said: dict[str, Any] = {
        "size": given.size,
        "begin": written_day(given.begin),
        "capacity": given.capacity,
        "cmmi_mandate": given.cmmi_mandate,
        "iso_mandate": given.iso_mandate,
        "deadline": written_day(given.deadline),
        "holidays": sorted([first.isoformat(), last.isoformat()] for first, last in given.holidays),
        "capacities": dict(sorted(given.capacities.items())),
        "deadlines": {track: until.isoformat() for track, until in sorted(given.deadlines.items())},
    }
    return [{"name": name, "value": _json(value)} for name, value in said.items()]


def decision_row(given: Decision) -> Row:
    """A decision as it is stored."""
    low, high = ("", "") if given.effort is None else map(written_number, given.effort)
    likelihood, impact = given.pain or (0, 0)
    return {
        "package": given.package,
        "owner": given.owner,
        "status": given.status,
        "start": written_day(given.start),
        "due": written_day(given.due),
        "effort_low": low,
        "effort_high": high,
        "likelihood": likelihood,
        "impact": impact,
        "priority": "" if given.priority is None else written_number(given.priority),
        "reason": given.reason,
    }


def action_row(given: Action, position: int) -> Row:
    """An action as it is stored."""
    return {
        "id": given.id,
        "package": given.package,
        "what": given.what,
        "closes": _json([list(ref) for ref in given.closes]),
        "owner": given.owner,
        "effort": "" if given.effort is None else written_number(given.effort),
        "start": written_day(given.start),
        "due": written_day(given.due),
        "status": given.status,
        "needs": _json(list(given.needs)),
        "finding": given.finding,
        "manual": int(given.manual),
        "position": position,
    }


def written_day(when: date | None) -> str:
    """A day as it is stored."""
    return "" if when is None else when.isoformat()


def written_number(number: float) -> str:
    """A figure as it is stored, as short as can be: "12", "0.5"."""
    text = f"{float(number):.6f}"
    return text.rstrip("0").rstrip(".")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
