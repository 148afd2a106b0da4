"""The timeline: a bar for every package, then the gates of both tracks, on weeks or months that fit the width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.planning.calendar import Calendar
from gapbench.tui.screens.plan_rows import Line, short_id, shorts
from gapbench.tui.screens.plan_words import long_day
from gapbench.tui.widgets.canvas import Piece, Row, fit
from gapbench.tui.widgets.timeline import Bar, Milestone, Scale

if TYPE_CHECKING:
    from gapbench.planning.values import Gate
    from gapbench.work.planning import Plan

LEGEND = "C critical  · room  | due  ! late  ◆ gate"
_NARROW, _WIDE = 26, 40


def timeline_lines(plan: Plan) -> list[Line]:
    """Packages by the day they begin, then the gates."""
    slots = plan.schedule.slots
    order = [*slots, *(it.id for it in plan.packages if it.id not in slots)]
    return [*(Line(name) for name in order), *(Line(gate=gate) for gate in plan.gates)]


@dataclass(frozen=True)
class Drawing:
    """The timeline of one plan for one width."""

    plan: Plan
    width: int
    scale: Scale
    calendar: Calendar

    @classmethod
    def of(cls, plan: Plan, width: int) -> Drawing:
        """From today, or the first day of work, to the last gate."""
        ends = [plan.schedule.finish, *(gate.finish for gate in plan.gates)]
        ends += [it.decision.due for it in plan.packages if it.decision.due]
        first = min(plan.today, plan.schedule.begin)
        room = width - _label_width(width)
        return cls(plan, width, Scale.fitted(first, max(ends), room), Calendar(plan.schedule.begin, plan.settings))

    def heads(self) -> list[Row]:
        """Years, and months."""
        room = _label_width(self.width)
        return [
            [(f"{self.scale.said:<{room}}", "faint"), (self.scale.years(self.plan.today), "dim")],
            [(f"{'T is today':<{room}}", "faint"), (self.scale.months(), "dim")],
        ]

    def row(self, line: Line) -> Row:
        """One line."""
        return self._gate_row(line.gate) if line.gate else self._package_row(line.package)

    def _package_row(self, name: str) -> Row:
        it, room = self.plan.package[name], _label_width(self.width)
        slot = self.plan.schedule.slots.get(name)
        label: list[Piece] = [
            (f"{short_id(name):<6}", "strong"),
            (f"{fit(it.package.name, room - 8):<{room - 6}}", "dim" if slot is None else ""),
        ]
        if slot is None:
            return [*label, (it.decision.status, "good")]
        slack = self.calendar.shift(slot.finish, slot.slack) if slot.slack and not slot.critical else None
        bar = Bar(slot.start, slot.finish, slot.critical, slack, it.decision.due, bool(slot.late))
        return [*label, *bar.row(self.scale, self.plan.today)]

    def _gate_row(self, gate: Gate) -> Row:
        room = _label_width(self.width)
        short = shorts(self.plan).get(gate.track, "")
        title = gate.title.replace("Certification audit, ", "Audit, ")
        label: Piece = (f"{fit(short, 4):<5}{fit(title, room - 6):<{room - 5}}", "dim")
        mark = Milestone(gate.start, gate.finish, long_day(gate.finish), bool(gate.late))
        return [label, *mark.row(self.scale, self.plan.today)]


def _label_width(width: int) -> int:
    return min(_WIDE if width >= 100 else _NARROW, max(8, width // 2))
