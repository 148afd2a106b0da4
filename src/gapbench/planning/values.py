"""What a plan is made from and what comes out: plain frozen values, nothing of the file or of the screen.

Effort is in person-days, dates are calendar days. A requirement is what one package closes: a leaf
clause with its points, or one practice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Size = Literal["S", "M", "L"]
Status = Literal["planned", "started", "done", "verified"]
Track = Literal["iso", "cmmi"]
GateFactor = Literal["blocks", "inside", "above"]
Reference = tuple[str, str]
"""(catalog id, id of a leaf clause or practice)."""

STATUSES: tuple[Status, ...] = ("planned", "started", "done", "verified")
DONE: frozenset[Status] = frozenset({"done", "verified"})
TRACKS: tuple[Track, ...] = ("iso", "cmmi")


@dataclass(frozen=True, slots=True)
class Package:
    """An integrated work package: what it closes in the frameworks of one engagement, and how it is done.

    Attributes:
        id: "WP04".
        closes: Requirements that only this package closes, in reading order.
        touches: Requirements whose evidence it shares.
        effort: Client size -> (low, high) person-days from near zero.
        doubled: Share of the effort that would be done twice if both programmes ran apart.
        needs: Packages that come before it.
        step: Earliest place in the order of prerequisites.
    """

    id: str
    name: str
    theme: str
    closes: tuple[Reference, ...]
    touches: tuple[Reference, ...]
    activities: tuple[str, ...]
    deliverables: tuple[str, ...]
    owner: str
    supporting: str
    effort: Mapping[Size, tuple[float, float]]
    doubled: float
    needs: tuple[str, ...]
    step: int
    audit_unit: str
    review_items: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement as the answers leave it.

    Attributes:
        ref: What it is.
        track: Which programme asks it.
        severity: 0 to 5 on the scale of the priority model.
        weight: Its part of the gap share, 0 (closed) to 1 (nothing there).
        gate: Whether it stands before the certificate or the target level; "above" lies beyond the target.
        open_items: Points or practices that are still to be closed; empty for a closed requirement.
        rated: Whether all of it has its rating; what has none is not open, and may turn out to be.
        findings: Labels of the open findings on it.
        level: Level that asks it; 0 for a clause.
    """

    ref: Reference
    track: Track
    title: str
    severity: float
    weight: float
    gate: GateFactor
    open_items: tuple[str, ...]
    rated: bool = True
    findings: tuple[str, ...] = ()
    level: int = 0

    @property
    def open(self) -> bool:
        """Whether something is left to do."""
        return bool(self.open_items)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do, inside a package.

    Attributes:
        id: Made by us for a recorded one; "WP04/2" for one that the plan proposes.
        package: Id of its package; "" for a manual one that belongs to none.
        closes: Requirements it closes; a manual action may close none.
        effort: Person-days; None leaves it to the package.
        needs: Ids of actions that come before it.
        finding: Id of the finding that it answers.
        manual: Written by the consultant, not proposed.
    """

    id: str
    package: str
    what: str
    closes: tuple[Reference, ...] = ()
    owner: str = ""
    effort: float | None = None
    start: date | None = None
    due: date | None = None
    status: Status = "planned"
    needs: tuple[str, ...] = ()
    finding: str = ""
    manual: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What the consultant decided on one package; empty fields leave it to the model.

    Attributes:
        pain: (likelihood, impact), each 1 to 5; None while nobody has said.
        priority: An overriding P, with its reason.
        effort: An overriding (low, high) for what this client has to do: the gap share is in it.
        start: Not before this day.
        due: To be done by this day.
    """

    package: str
    owner: str = ""
    status: Status = "planned"
    start: date | None = None
    due: date | None = None
    effort: tuple[float, float] | None = None
    pain: tuple[int, int] | None = None
    priority: float | None = None
    reason: str = ""


@dataclass(frozen=True)
class Settings:
    """What the client said about the programme.

    Attributes:
        size: Up to 25, 150 or 500 people.
        begin: First day of work; today when left out or past.
        capacity: Person-days that a calendar month gives to the programme, spread evenly over its working days.
        cmmi_mandate, iso_mandate: 0 none, 1 scored, 2 expected by flow-down, 3 mandatory.
        deadline: Day by which contract and certificate must stand; None when there is none.
        holidays: Days and ranges without work, both ends included.
        capacities: Month ("2027-03") -> person-days where it differs.
        deadlines: Track -> the deadline of its own, which counts instead of `deadline`.
    """

    size: Size = "M"
    begin: date | None = None
    capacity: float = 20.0
    cmmi_mandate: int = 0
    iso_mandate: int = 0
    deadline: date | None = None
    holidays: tuple[tuple[date, date], ...] = ()
    capacities: Mapping[str, float] = field(default_factory=dict)
    deadlines: Mapping[Track, date] = field(default_factory=dict)

    def mandate(self, track: Track) -> int:
        """How much somebody outside asks for a track, 0 to 3."""
        return self.iso_mandate if track == "iso" else self.cmmi_mandate

    def deadline_of(self, track: Track) -> date | None:
        """Day by which a track must stand."""
        return self.deadlines.get(track, self.deadline)


@dataclass(frozen=True, slots=True)
class Priority:
    """P with everything it rests on; the figures are exact, print them with two decimals.

    Attributes:
        P: The figure that ranks; `inherited_from` names the package whose P it takes over.
        S, C, B, R, G, U, Z, V: As the priority model names them. R is 0 while nobody was asked.
        days: Person-days behind Z: middle of the effort times the gap share.
        own: P before anything is inherited or decided.
        override: The reason when a person set P.
    """

    P: float
    S: float
    C: float
    B: float
    R: float
    V: float
    G: float
    U: float
    Z: int
    days: float
    own: float
    inherited_from: str = ""
    override: str = ""


@dataclass(frozen=True, slots=True)
class PlannedPackage:
    """One package in the plan of one engagement.

    Attributes:
        requirements: All that it closes here, rated or not; what lies above the target only once it is rated.
        open: Requirements that are still to be closed.
        effort: (low, high) person-days for the client's size and gap share, or as decided.
        share: Gap share, 0 to 1.
        mandatory: In the band that comes before all others, for itself or for a package that needs it.
        needs: Planned packages that must be done before it.
        days: Person-days still to be spent: the middle of the effort without the part of its actions that is done.
    """

    package: Package
    requirements: tuple[Requirement, ...]
    open: tuple[Requirement, ...]
    effort: tuple[float, float]
    share: float
    priority: Priority
    mandatory: bool
    needs: tuple[str, ...]
    decision: Decision
    actions: tuple[Action, ...]
    days: float

    @property
    def id(self) -> str:
        """The id of the package."""
        return self.package.id

    @property
    def done(self) -> bool:
        """Whether somebody said that its work is done; it stays in the plan until its requirements are closed."""
        return self.decision.status in DONE

    @property
    def tracks(self) -> tuple[Track, ...]:
        """Programmes that have something open in it, up to the target."""
        return tuple(dict.fromkeys(it.track for it in self.open if it.gate != "above"))


@dataclass(frozen=True, slots=True)
class Slot:
    """When one package runs.

    Attributes:
        start, finish: First and last day of work.
        days: Person-days that were planned in.
        slack: Working days that its start may slip before the end of the programme does, when all else moves up.
        late: Working days after the day it is due, 0 in time.
        after: The package whose end let it begin: a prerequisite, or the one that freed the people; "" for none.
        critical: On the chain of such packages that ends with the last one of the programme.
    """

    package: str
    start: date
    finish: date
    days: float
    slack: int = 0
    late: int = 0
    after: str = ""
    critical: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """A milestone of one track: documentation, records, internal audit, review, stages, appraisal.

    Attributes:
        id: "iso.stage-2", "cmmi.benchmark".
        start, finish: First and last day.
        needs: Ids of the gates or packages that it waits for.
        why: What the dates rest on, one sentence.
        due: Day by which the track must stand; only on the last gate of a track.
        late: Calendar days after that day, 0 in time.
    """

    id: str
    track: Track
    title: str
    start: date
    finish: date
    needs: tuple[str, ...]
    why: str
    due: date | None = None
    late: int = 0


@dataclass(frozen=True)
class Schedule:
    """When everything runs.

    Attributes:
        begin: First day that could be worked.
        finish: Last day of work; `begin` when nothing is left to do.
        slots: Package -> when it runs, by start; packages that are done have none.
        containment: What holds the effect of each package's major findings down, before all else.
        gates: Milestones of both tracks, in order.
        loads: Month ("2027-03") -> person-days planned in it.
        capacity: Month -> person-days that there are from `begin` on, to the end of the last month of work.
    """

    begin: date
    finish: date
    slots: Mapping[str, Slot]
    containment: tuple[Slot, ...] = ()
    gates: tuple[Gate, ...] = ()
    loads: Mapping[str, float] = field(default_factory=dict)
    capacity: Mapping[str, float] = field(default_factory=dict)

    @property
    def critical(self) -> tuple[str, ...]:
        """The chain that the end of the programme waits for, by start."""
        return tuple(slot.package for slot in self.slots.values() if slot.critical)

    @property
    def gate(self) -> Mapping[str, Gate]:
        """Gates by id."""
        return {gate.id: gate for gate in self.gates}


@dataclass(frozen=True, slots=True)
class Slip:
    """A package or gate whose last day moved between two schedules; days are calendar days, below 0 earlier."""

    id: str
    before: date
    after: date

    @property
    def days(self) -> int:
        """By how many calendar days it moved."""
        return (self.after - self.before).days


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules say of one framework at one moment.

    Attributes:
        percent: Readiness of a conformity framework; None for the others.
        level: Maturity level, or the capability level that all areas reach; None for conformity.
        short: As people say it: "72.4 %", "ML2".
        open: Requirements that are still open.
    """

    catalog: str
    track: Track
    verdict: str
    short: str
    open: int
    percent: float | None = None
    level: int | None = None


@dataclass(frozen=True)
class Moment:
    """Readiness once some packages are done.

    Attributes:
        day: The end of the day.
        done: Packages that are done by then, in the order of finishing.
        standings: Catalog id -> what the rules say.
    """

    day: date
    done: tuple[str, ...]
    standings: Mapping[str, Standing]


@dataclass(frozen=True, slots=True)
class Saving:
    """Modelled saving of one programme over two; an estimate, never a measured figure.

    Attributes:
        integrated: (low, high) person-days of the one programme.
        separate: (low, high) person-days of two programmes apart.
        percent: Share of the two that the one saves; `low` and `high` with the shares of double work
            halved and 1.5 times as large.
    """

    integrated: tuple[float, float]
    separate: tuple[float, float]
    percent: float
    low: float
    high: float
    label: str = "modelled, not measured: every package has an estimated share of work that two programmes do twice"
