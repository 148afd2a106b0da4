"""What the rules answer: the same questions for every model.

Screens, workbook and command line ask them once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapbench.rating.inputs import Finding

Tone = Literal["good", "fair", "poor", "bad", "out", "open"]
"""How a value looks before colour: every tone has a letter too."""

Need = Literal["", "note", "reason"]

INDICATIVE = (
    "Indicative; only an accredited certification body certifies, only a benchmark appraisal by a "
    "certified lead appraiser rates."
)
"""The line that stands with every verdict."""


@dataclass(frozen=True, slots=True)
class Value:
    """One step of a scale.

    Attributes:
        code: As stored and as the command line speaks it ("partial", "LM").
        key: The key that rates it.
        word: In full; `letter` is the one- or two-character mark in lists.
        tone: Which colour may carry it.
        needs: What it wants in writing: a weakness ("note") or a justification ("reason").
        meaning: One line for help, legend and palette.
    """

    code: str
    key: str
    word: str
    letter: str
    tone: Tone
    needs: Need
    meaning: str


@dataclass(frozen=True, slots=True)
class Noun:
    """What the items of a model are called."""

    one: str
    many: str


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One item over its units.

    Attributes:
        value: Organisation-level value code, "" when unrated ("NC" in practice groups). An item is
            unrated while one of its units is, unless (conformity) another does not conform: nothing
            can make that worse.
        allowed: Values the rules allow at organisation level; more than one means a judgement
            decides.
        judgement_due: A choice is open and nobody has recorded it; the lower value counts until
            then.
        units: Unit id -> value code as it counts ("NC" or "" where missing), in unit order.
        complete: The value is final: every unit that is asked has one, or (conformity) one of
            them does not conform.
        due: Unit ids whose value wants a note or reason that is still missing.
    """

    id: str
    value: str
    allowed: tuple[str, ...]
    judgement_due: bool
    units: Mapping[str, str]
    complete: bool
    due: tuple[str, ...] = ()

    @property
    def so_far(self) -> tuple[str, ...]:
        """What a finding may rest on: the value or, until it is final, what units said; "" for nothing."""
        if self.complete:
            return (self.value,)
        return tuple(dict.fromkeys(value for value in self.units.values() if value not in ("", "NC"))) or ("",)

    @property
    def waits(self) -> bool:
        """Whether some of its units are rated and the value has to wait for the others."""
        return not self.complete and self.so_far != ("",)


@dataclass(frozen=True, slots=True)
class Blocker:
    """What stands before the next better verdict: an item or group, its value, and why."""

    item: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums of conformity points, so that a parent's figures are the sum of its children's.

    Attributes:
        scored: Points that count at all.
        rated: Points in any state but unrated; a point that some of its sites have not answered is
            unrated, unless another site does not conform.
        counted: Points in the denominator: conforming, partial or not conforming.
        halves: Sum of values in halves: conforming 2, partial 1, not conforming 0.
        counts: Value code -> number of points; "" holds the unrated.
    """

    scored: int
    rated: int
    counted: int
    halves: int
    counts: Mapping[str, int]

    @property
    def percent(self) -> float | None:
        """Readiness with one decimal, halves rounded up; None when nothing is counted."""
        return _percent(self.halves, 2 * self.counted)

    @property
    def coverage(self) -> float | None:
        """Share of scored points in any state but unrated; None without scored points."""
        return _percent(self.rated, self.scored)


def _percent(part: int, whole: int) -> float | None:
    return None if whole == 0 else ((2000 * part + whole) // (2 * whole)) / 10


@dataclass(frozen=True)
class ClauseResult:
    """A clause or leaf: figures, findings, worst point.

    Attributes:
        worst: Worst counted value code of its points; "" while nothing is counted.
        majors, minors: Open findings that touch it, proposed ones included.
        missing: A gate leaf of which nothing that applies conforms even in part.
        points: Results of its own points, by item id.
        groups: Results of its children.
    """

    id: str
    title: str
    tally: Tally
    worst: str
    majors: int
    minors: int
    gate: bool = False
    missing: bool = False
    points: Mapping[str, ItemResult] = field(default_factory=dict)
    groups: tuple[ClauseResult, ...] = ()


@dataclass(frozen=True)
class ConformityResult:
    """Readiness for certification.

    Attributes:
        verdict: "not_ready", "incomplete", "not_recommended", "likely_with_plan" or "likely".
        sentence: The verdict in words a client understands, with what an auditor will not accept.
        cautions: Leaves that are out of the count, whole gates or single points, on grounds that an
            auditor will question; they stand beside every verdict and do not change it.
        groups: Top clauses in order.
        leaves: Every leaf by id. A clause with points of its own above other clauses stands here with
            its own points only, and in `groups` with all that is below it.
        findings: Real findings that touch this catalog, then the proposed ones, in reading order.
        principles: Principle -> tally over the points that serve it.
    """

    catalog: str
    verdict: str
    sentence: str
    tally: Tally
    majors: int
    minors: int
    blockers: tuple[Blocker, ...]
    groups: tuple[ClauseResult, ...]
    leaves: Mapping[str, ClauseResult]
    findings: tuple[Finding, ...]
    principles: Mapping[str, Tally] = field(default_factory=dict)
    cautions: tuple[Blocker, ...] = ()


GroupState = Literal["satisfied", "unsatisfied", "not_rated"]


@dataclass(frozen=True)
class AreaResult:
    """A practice area, process area, key process area or process.

    Attributes:
        level: Highest n with groups 1..n satisfied.
        capability_level: The same, but in practice groups at most 3 and held by GOV and II.
        top: Highest group the area has.
        asked_from: Maturity level from which the view asks this area.
        practice_groups: Level -> state, for the groups that the area has. Goals: 1 the specific
            goals, 2 and 3 the generic ones. Process attributes: capability level -> whether it is
            reached.
        goals: Goal -> state, where the model has goals; one that is not applicable is left out.
        practices: Results by item id, every item of the area, indicators too.
        out: Justification when the area is out for the whole organisation, else "". Where every goal
            is answered not applicable, the reasons given there.
        risk: Practice id -> "L", "M", "H", "NY" or "" (evaluation view).
    """

    id: str
    title: str
    level: int
    capability_level: int
    top: int
    asked_from: int
    practice_groups: Mapping[int, GroupState]
    practices: Mapping[str, ItemResult]
    out: str = ""
    risk: Mapping[str, str] = field(default_factory=dict)
    goals: Mapping[str, GroupState] = field(default_factory=dict)


@dataclass(frozen=True)
class LevelResult:
    """Maturity level of a view, or the capability profile of its areas.

    Attributes:
        scheme: "staged": `maturity_level` is one. "continuous": there is none, and `maturity_level`
            is the capability level that every area in scope reaches (never an average).
        verdict: "incomplete", "below_target" or "on_target".
        next_level: The next level of the whole; None once the target is reached.
        blockers: What stands before it; in a profile, before the next level of each area.
        areas: Areas of the view in catalog order, out-of-scope ones included.
        in_scope: Items asked for the target, without indicators; `characterized` how many have a value.
        counts: Value code -> number of these items; what has no value is "NC" or "".
        judgements_due: Subjects where a choice is open.
        cautions: Areas whose answers an assessor will question; they change no level.
    """

    catalog: str
    views: tuple[str, ...]
    verdict: str
    sentence: str
    maturity_level: int
    target: int
    next_level: int | None
    blockers: tuple[Blocker, ...]
    areas: tuple[AreaResult, ...]
    in_scope: int
    characterized: int
    counts: Mapping[str, int]
    judgements_due: tuple[str, ...] = ()
    scheme: Literal["staged", "continuous"] = "staged"
    cautions: tuple[Blocker, ...] = ()

    @property
    def short(self) -> str:
        """The level as people write it: "ML2", or "CL1" for a profile."""
        return f"{self.mark}{self.maturity_level}"

    @property
    def mark(self) -> str:
        """What stands before the number of a level: "ML" or "CL"."""
        return "ML" if self.scheme == "staged" else "CL"

    @property
    def coverage(self) -> float | None:
        """Share of items in scope that are characterized, one decimal."""
        return _percent(self.characterized, self.in_scope)


Result = ConformityResult | LevelResult
