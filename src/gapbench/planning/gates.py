"""The milestones of both tracks, from the day their packages are done to certificate and rating.

Durations are those of the domain files (`iso9001.md` 4.3, 7.1 to 7.4; `cmmi-v2-v3.md` 4.9 and 6): customs
and estimates, so every gate says what its dates rest on.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING

from gapbench.planning.months import months_after
from gapbench.planning.values import TRACKS, Gate, Settings, Size, Track

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gapbench.planning.calendar import Calendar

RECORD_MONTHS = 3
"""Certification bodies want about so many months of records."""

AUDIT_WEEKS: Mapping[Size, int] = {"S": 4, "M": 6, "L": 8}
REVIEW_WEEKS = 2
PAPERS_WEEKS = 2
"""From the review to stage 1."""

STAGE_2_WEEKS = 6
"""From stage 1 to stage 2; practice is 2 to 12."""

PLAN_DAYS = 30
"""To send causes and plan for minor nonconformities."""

EVALUATION_DAYS = 10
"""Working days."""

PREPARATION_DAYS = 60
"""Calendar days from the evaluation to the benchmark appraisal."""

APPRAISAL_DAYS: Mapping[Size, int] = {"S": 5, "M": 8, "L": 10}
REPORT_DAYS = 14

HEADS: Mapping[Size, int] = {"S": 25, "M": 150, "L": 500}
"""Most people of a size: what the days of the certification audit are looked up for."""

_AUDIT_DAYS = (
    (5, 1.5), (10, 2), (15, 2.5), (25, 3), (45, 4), (65, 5), (85, 6), (125, 7), (175, 8), (275, 9), (425, 10),
    (625, 11), (875, 12), (1175, 13), (1550, 14), (2025, 15), (2675, 16), (3450, 17), (4350, 18), (5450, 19),
    (6800, 20), (8500, 21), (10700, 22),
)  # fmt: skip
"""Effective personnel up to -> auditor-days of stage 1 and 2 (IAF MD 5, QMS)."""


@dataclass(frozen=True, slots=True)
class Ready:
    """When the packages of one track are done.

    Attributes:
        day: Last day of work on them; the first day of the programme when nothing is open.
        packages: Which they are.
        target: Highest level aimed at; 0 for certification.
    """

    day: date
    packages: tuple[str, ...] = ()
    target: int = 0


def audit_days(people: int) -> float:
    """Auditor-days of the certification audit, stage 1 and 2 together."""
    place = bisect_left([most for most, _ in _AUDIT_DAYS], people)
    return _AUDIT_DAYS[min(place, len(_AUDIT_DAYS) - 1)][1]


def evidence_months(target: int) -> int:
    """Months of use in projects before an appraisal: three up to level 2, six above (a whole project cycle)."""
    return 3 if target <= 2 else 6


def gates(ready: Mapping[Track, Ready], settings: Settings, calendar: Calendar) -> tuple[Gate, ...]:
    """The gates of each track that is planned, in order, the last one held against its deadline.

    Args:
        ready: Track -> when its packages are done; a track that no framework asks is not there.
        settings: Size and deadlines.
        calendar: Working days.
    """
    made = {"iso": _certification, "cmmi": _appraisal}
    found: list[Gate] = []
    for track in TRACKS:
        if track in ready:
            found += _with_deadline(made[track](ready[track], settings.size, calendar), settings.deadline_of(track))
    return tuple(found)


def _with_deadline(its: Iterable[Gate], due: date | None) -> list[Gate]:
    found = list(its)
    if due is not None:
        found[-1] = replace(found[-1], due=due, late=max((found[-1].finish - due).days, 0))
    return found


def _certification(ready: Ready, size: Size, calendar: Calendar) -> Iterator[Gate]:
    yield Gate(
        "iso.documented", "iso", "Documentation done", calendar.begin, ready.day, ready.packages,
        "All packages with something open in the clauses are done.",
    )  # fmt: skip
    records = months_after(ready.day, RECORD_MONTHS)
    yield Gate(
        "iso.records", "iso", "Implemented, with records", ready.day, records, ("iso.documented",),
        f"Certification bodies want about {RECORD_MONTHS} months of records (a custom, not a rule).",
    )  # fmt: skip
    weeks = AUDIT_WEEKS[size]
    audit = Gate(
        "iso.audit", "iso", "Full internal audit", max(records - timedelta(weeks=weeks), ready.day), records,
        ("iso.documented",),
        f"A full cycle takes 4 to 8 weeks, {weeks} taken; it runs in the last weeks of the records.",
    )  # fmt: skip
    yield audit
    review = _after(audit.finish, timedelta(weeks=REVIEW_WEEKS), calendar)
    yield Gate(
        "iso.review", "iso", "Management review", _next(audit.finish, calendar), review, ("iso.audit", "iso.records"),
        f"Stage 1 expects the audit and the review performed; the review takes 1 to {REVIEW_WEEKS} weeks.",
    )  # fmt: skip
    days = audit_days(HEADS[size])
    first = max(1, ceil(days / 3))
    stage_1 = _after(review, timedelta(weeks=PAPERS_WEEKS), calendar)
    end_1 = calendar.shift(stage_1, first - 1)
    why = f"The audit of up to {HEADS[size]} people takes {days:g} auditor-days (IAF MD 5)"
    yield Gate(
        "iso.stage-1", "iso", "Certification audit, stage 1", stage_1, end_1, ("iso.review",),
        f"{why}, a third of them here; {PAPERS_WEEKS} weeks to send the documents.",
    )  # fmt: skip
    stage_2 = _after(end_1, timedelta(weeks=STAGE_2_WEEKS), calendar)
    end_2 = calendar.shift(stage_2, max(1, ceil(days) - first) - 1)
    yield Gate(
        "iso.stage-2", "iso", "Certification audit, stage 2", stage_2, end_2, ("iso.stage-1",),
        f"{why}; practice leaves 2 to 12 weeks after stage 1 for concerns, {STAGE_2_WEEKS} taken.",
    )  # fmt: skip
    yield Gate(
        "iso.certificate", "iso", "Certificate", end_2, end_2 + timedelta(days=PLAN_DAYS), ("iso.stage-2",),
        f"Without a major: {PLAN_DAYS} days for causes and plan of the minors; the certification body decides.",
    )  # fmt: skip


def _appraisal(ready: Ready, size: Size, calendar: Calendar) -> Iterator[Gate]:
    yield Gate(
        "cmmi.processes", "cmmi", "Processes in place", calendar.begin, ready.day, ready.packages,
        "All packages with something open up to the target are done.",
    )  # fmt: skip
    months = evidence_months(ready.target)
    evidence = months_after(ready.day, months)
    yield Gate(
        "cmmi.evidence", "cmmi", "Evidence from projects", ready.day, evidence, ("cmmi.processes",),
        f"Evidence exists before an appraisal: 3 to 6 months of use, {months} taken for level {ready.target}.",
    )  # fmt: skip
    opening = _after(months_after(ready.day, months - 1), timedelta(0), calendar)
    evaluation = calendar.shift(opening, EVALUATION_DAYS - 1)
    yield Gate(
        "cmmi.evaluation", "cmmi", "Evaluation appraisal", opening, evaluation, ("cmmi.processes",),
        f"A second look without ratings takes 5 to {EVALUATION_DAYS} days, in the last month of the evidence.",
    )  # fmt: skip
    first = _after(max(evidence, evaluation + timedelta(days=PREPARATION_DAYS)), timedelta(0), calendar)
    last = calendar.shift(first, APPRAISAL_DAYS[size] - 1)
    yield Gate(
        "cmmi.benchmark", "cmmi", "Benchmark appraisal", first, last, ("cmmi.evaluation", "cmmi.evidence"),
        f"At least {PREPARATION_DAYS} days after the evaluation to plan and correct, then {APPRAISAL_DAYS[size]} days "
        "on site (5 to 10).",
    )  # fmt: skip
    yield Gate(
        "cmmi.rating", "cmmi", "Rating", last, last + timedelta(days=REPORT_DAYS), ("cmmi.benchmark",),
        f"About {REPORT_DAYS // 7} weeks of report; only a certified lead appraiser rates.",
    )  # fmt: skip


def _after(day: date, wait: timedelta, calendar: Calendar) -> date:
    """The first working day once some time has passed."""
    return calendar.shift(day + wait, 0)


def _next(day: date, calendar: Calendar) -> date:
    return calendar.shift(day + timedelta(days=1), 0)
