"""What the rules are given: plain frozen values, nothing of the file or of the screen.

The organisation as a whole is the unit id "" (`ORGANISATION`). An item without an `Answer` is
unrated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from gapbench.catalog.model import Catalog

ORGANISATION = ""

UnitKind = Literal["project", "function", "site"]
FindingClass = Literal["major", "minor", "ofi", "observation", "strength"]
FindingStatus = Literal["open", "closed"]

NONCONFORMITIES: frozenset[str] = frozenset({"major", "minor"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A sampled project, an organisational support function or a site."""

    id: str
    name: str
    kind: UnitKind
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of one item in one unit.

    Attributes:
        value: A code of the model's scale, or "" when only a note or a flag exists.
        note: Free text; for a value below the best of a model with levels it is the weakness.
        reason: Why it is not applicable, or which trigger is absent.
        flag: Marked by the consultant to come back to.
    """

    value: str = ""
    note: str = ""
    reason: str = ""
    flag: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """A recorded decision where the rules leave a choice, with its reason.

    Subjects: an item id ("CM 2.1") whose value is the chosen organisation-level characterization;
    an area and level ("CM/2") or a goal ("CM SG 1") whose value is "significant" when the weaknesses
    of the group or goal have a significant negative impact.
    """

    subject: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding as recorded, or as the rules propose it (`proposed`, number 0).

    Attributes:
        id: Given by the file; "proposed:8.4.1" for the proposed one of a leaf.
        cls: Its class.
        items: (catalog id, item id) pairs it rests on; at least one.
        requirement: What is required, in words of the consultant.
        evidence: What was seen.
        gap: What is missing.
        cause: Root cause, when known.
        status: "closed" once verified.
    """

    id: str
    number: int
    cls: FindingClass
    items: tuple[tuple[str, str], ...]
    requirement: str = ""
    evidence: str = ""
    gap: str = ""
    cause: str = ""
    status: FindingStatus = "open"
    proposed: bool = False

    @property
    def label(self) -> str:
        """Its number, "F-03", or "proposed"."""
        return "proposed" if self.proposed else f"F-{self.number:02d}"


@dataclass(frozen=True)
class Scope:
    """One framework as it is assessed in one engagement.

    Attributes:
        views: Chosen views by id; empty where the framework has none.
        target: Level aimed at, 0 for the top one or where the framework has none.
        units: Every unit of the engagement, in order; each model takes the kinds it asks.
        exclusions: (area, unit id) -> written justification; unit "" excludes the area for the
            organisation.
        evaluation: A gap analysis without ratings: show the risk view too.
        major_threshold: Points of one leaf not conforming from which a proposed finding is major.
    """

    catalog: Catalog
    views: tuple[str, ...] = ()
    target: int = 0
    units: tuple[Unit, ...] = ()
    exclusions: Mapping[tuple[str, str], str] = field(default_factory=dict)
    evaluation: bool = True
    major_threshold: int = 3


Answers = Mapping[tuple[str, str], Answer]
"""(item id, unit id) -> answer, for one catalog."""

Judgements = Mapping[str, Judgement]
"""Subject -> judgement, for one catalog."""


@dataclass(frozen=True)
class Case:
    """All that a verdict on one framework rests on.

    Attributes:
        carried: (item, unit) -> where its answer came from in the edition before, for the answers
            that came along and that nobody has confirmed since; no rule looks at it.
    """

    scope: Scope
    answers: Answers = field(default_factory=dict)
    judgements: Judgements = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    carried: Mapping[tuple[str, str], str] = field(default_factory=dict)
