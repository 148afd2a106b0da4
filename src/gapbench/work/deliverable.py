"""All that the client workbook says, as frozen values: read once from the engagement, then written by `excel`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from gapbench.engagement.values import Framework, Profile
from gapbench.rating.inputs import Finding, Judgement, Scope, Unit
from gapbench.rating.results import Result, Value


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """One item in one unit, in reading order: framework, group, item, unit.

    Attributes:
        key: Stable hidden key "catalog|item|unit id".
        framework: As people say it, "ISO 9001:2015".
        unit: Unit name; "Organisation" for the whole.
        value: Code, "" when unrated ("NC" stays "NC").
        counts: Whether the row takes part in readiness (scored, in scope).
        findings: Labels of the findings on the item ("F-01", "proposed").
    """

    key: str
    catalog: str
    framework: str
    group: str
    group_title: str
    item: str
    title: str
    question: str
    look_for: str
    level: int | None
    unit: str
    value: str
    counts: bool
    note: str
    reason: str
    findings: tuple[str, ...]
    flag: bool
    documented: str
    confidence: str


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One line of the first-edition plan: one gap, grouped by clause or practice area.

    A gap is a leaf clause with points not or partly met, or a practice in the way of the target.

    Attributes:
        id: "A-001", stable for the same engagement state.
        closes: Item numbers that the action closes.
        what: What has to be in place, composed from the titles of the items.
        severity: "major", "minor" for a conformity gap; "weakness" for a practice.
        findings: Labels of findings it answers.
    """

    id: str
    catalog: str
    framework: str
    group: str
    group_title: str
    closes: tuple[str, ...]
    what: str
    severity: str
    findings: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class NotApplicableRow:
    """Something taken out of the assessment, with its written reason, for the client's signature."""

    framework: str
    subject: str
    title: str
    unit: str
    kind: str
    reason: str
    warning: str


@dataclass(frozen=True)
class Assessed:
    """One framework with everything the rules say of it."""

    framework: Framework
    name: str
    scope: Scope
    scale: tuple[Value, ...]
    result: Result
    judgements: Mapping[str, Judgement]


@dataclass(frozen=True)
class Deliverable:
    """The engagement at one moment.

    Attributes:
        at: When it was read; `head` the id of the last step then ("" in an empty file).
        findings: Recorded findings by number, then the proposed ones in reading order.
    """

    profile: Profile
    units: tuple[Unit, ...]
    assessed: tuple[Assessed, ...]
    rows: tuple[AssessmentRow, ...]
    findings: tuple[Finding, ...]
    actions: tuple[ActionRow, ...]
    not_applicable: tuple[NotApplicableRow, ...]
    at: datetime
    head: str
    version: str
