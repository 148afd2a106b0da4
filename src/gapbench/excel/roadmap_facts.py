"""What the roadmap knows of every package, and the columns in which it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.catalog.packages import waves
from gapbench.excel.action_plan import FINISHED, WORDS
from gapbench.excel.gantt import COLUMNS as PERIODS
from gapbench.excel.page import Column

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from gapbench.planning.values import PlannedPackage, Priority
    from gapbench.work.deliverable import Deliverable, PlanLine
    from gapbench.work.planning import Plan

TABLE = "Roadmap"
STATUSES = ("planned", "in progress", "done", "verified")
GRID = (
    Column("Key", 8, hidden=True),
    Column("No", 3.6, centre=True),
    Column("Package", 7.5),
    Column("Wave", 5, centre=True),
    Column("Name", 32),
    Column("Owner", 17),
    Column("Start", 9.2, centre=True),
    Column("Finish", 9.2, centre=True),
    Column("Status", 9.5, centre=True),
    Column("Low", 5.5, centre=True),
    Column("High", 5.5, centre=True),
    Column("Done", 6, centre=True),
    Column("Critical", 7, centre=True),
)
LAST = len(GRID) + PERIODS - 1
"""The last column that is printed: of the Gantt chart."""

OTHERS = "5"
"""Wave of a package that the 25 do not hold."""


def at(head: str) -> int:
    """Place of a column."""
    return next(place for place, it in enumerate(GRID) if it.head == head)


@dataclass(frozen=True)
class Line:
    """One package.

    Attributes:
        number: Its place in the order of work, from 1.
        wave: "1" to "4" as suggested, else `OTHERS`.
        done: Share of its effort that is done, by its actions.
        middle: Middle of the effort.
    """

    number: int
    id: str
    name: str
    wave: str
    owner: str
    start: date | None
    finish: date | None
    status: str
    effort: tuple[float, float]
    done: float
    critical: bool
    it: PlannedPackage

    @property
    def is_done(self) -> bool:
        """Whether somebody said so."""
        return self.status in FINISHED

    @property
    def middle(self) -> float:
        """Middle of the effort."""
        return sum(self.effort) / 2

    @property
    def order(self) -> Priority:
        """Priority with all that it rests on."""
        return self.it.priority


def lines_of(plan: Plan, deliverable: Deliverable) -> tuple[Line, ...]:
    """Every package in the order of work."""
    wave = {package: str(number) for number, (_, its) in enumerate(waves(), 1) for package in its}
    actions: dict[str, list[PlanLine]] = {}
    for line in deliverable.lines:
        actions.setdefault(line.package, []).append(line)
    found = []
    for number, it in enumerate(plan.packages, 1):
        slot = plan.schedule.slots.get(it.id)
        status = WORDS.get(it.decision.status, it.decision.status)
        found.append(
            Line(
                number=number,
                id=it.id,
                name=it.package.name,
                wave=wave.get(it.id, OTHERS),
                owner=it.decision.owner or it.package.owner,
                start=slot.start if slot else it.decision.start,
                finish=slot.finish if slot else it.decision.due,
                status=status,
                effort=(round(it.effort[0], 4), round(it.effort[1], 4)),
                done=1.0 if status in FINISHED else _done(actions.get(it.id, ())),
                critical=bool(slot and slot.critical),
                it=it,
            )
        )
    return tuple(found)


def _done(lines: Sequence[PlanLine]) -> float:
    """Share of the effort of some actions that is done, as the sheet counts it."""
    efforts = [(round(it.effort or 0.0, 2), it.status in FINISHED) for it in lines]
    total = sum(days for days, _ in efforts)
    return sum(days for days, done in efforts if done) / total if total else 0.0


def wave_names() -> Mapping[str, str]:
    """Number of a wave -> its name."""
    return {str(number): name for number, (name, _) in enumerate(waves(), 1)}
