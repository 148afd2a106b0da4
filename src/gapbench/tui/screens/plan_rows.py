"""The plan as lines: packages in the order of work with their actions, and what stands above and below the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import set_cell_size

from gapbench.planning.plan import OTHER
from gapbench.planning.values import DONE
from gapbench.rating.wording import listed, plural
from gapbench.tui.screens.plan_words import effort, figure, long_day, owner_of, short_day
from gapbench.tui.widgets.canvas import Piece, Row, cropped, fit, justified

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from gapbench.planning.values import Action, Gate, PlannedPackage, Slot, Status, Track
    from gapbench.work.planning import Plan

WIDE = 100
"""Columns from which days have their year and owners their whole name."""

TICKED, FREE = "[x] ", "[ ] "
STATUS_INKS: Mapping[Status, str] = {"planned": "dim", "started": "note", "done": "good", "verified": "good"}
_SHORT: Mapping[Status, str] = {"planned": "plan", "started": "start", "done": "done", "verified": "verif"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a package, one of its actions, or a gate of the timeline."""

    package: str = ""
    action: Action | None = None
    gate: Gate | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths of the table; the name takes what is left."""

    name: int
    counts: bool
    day: int
    owner: int
    status: int

    @classmethod
    def fitted(cls, width: int, tracks: int, ticks: bool) -> Columns:
        """For a width."""
        wide = width >= WIDE
        day, owner, status = (11, 18, 9) if wide else (6, 8, 5)
        counts = 5 * tracks if wide else 6
        fixed = 6 + 6 + counts + 9 + 2 * (day + 1) + owner + 1 + status + 1 + 3 + (len(TICKED) if ticks else 0)
        return cls(max(6, width - fixed), wide, day, owner, status)


def lines_of(plan: Plan, opened: Collection[str]) -> list[Line]:
    """Packages in the order of work, the actions of those that are open below them."""
    found: list[Line] = []
    for it in plan.packages:
        found.append(Line(it.id))
        if it.id in opened:
            found += (Line(it.id, action) for action in it.actions)
    return found


def place_of(old: Line, lines: Sequence[Line], cursor: int) -> int:
    """Where a line stands after a step: an action by its words or id, else what took its place, else its package."""
    inside = [number for number, each in enumerate(lines) if each.package == old.package]
    if old.gate is not None:
        return next((n for n, each in enumerate(lines) if each.gate and each.gate.id == old.gate.id), cursor)
    if old.action is not None:
        its = {number: action for number in inside if (action := lines[number].action) is not None}
        by_id = [
            number for number, action in its.items() if action.id == old.action.id and action.what == old.action.what
        ]
        by_words = [number for number, action in its.items() if action.what == old.action.what]
        changed = [n for n, action in its.items() if action.id == old.action.id and "/" not in action.id]
        return next(iter((*by_id, *by_words, *changed, *(n for n in inside if n == cursor), *inside)), cursor)
    return next(iter(inside), cursor)


def header_row(plan: Plan, width: int, *, ticks: bool) -> Row:
    """Names of the columns."""
    names = shorts(plan)
    columns = Columns.fitted(width, len(names), ticks)
    counts = "".join(f"{fit(name, 4):>5}" for name in names.values()) if columns.counts else "closes".rjust(6)
    head = f"{' ' * len(TICKED) if ticks else ''}{'':<6}{'package':<{columns.name}}{'P':>5} {counts}{'days':>8} "
    days = f" {'start':<{columns.day}} {'finish':<{columns.day}} "
    return [(fit(f"{head}{days}{'owner':<{columns.owner}} {'status':<{columns.status}}", width), "faint")]


def shorts(plan: Plan) -> dict[Track, str]:
    """Track -> what its frameworks are called in a word."""
    found: dict[Track, str] = {}
    for case, result in plan.parts:
        found.setdefault(plan.tracks[result.catalog], case.scope.catalog.title.split()[0])
    return {track: found[track] for track in ("iso", "cmmi") if track in found}


def line_row(plan: Plan, line: Line, width: int, ticks: Collection[str] | None) -> Row:
    """One line of the table."""
    it = plan.package[line.package]
    if line.action is not None:
        return _action_row(plan, line.action, width, ticks=ticks is not None)
    return _package_row(plan, it, width, ticks)


def _package_row(plan: Plan, it: PlannedPackage, width: int, ticks: Collection[str] | None) -> Row:
    names = shorts(plan)
    columns = Columns.fitted(width, len(names), ticks is not None)
    slot = plan.schedule.slots.get(it.id)
    priority = it.priority
    mark = "*" if priority.override else "^" if priority.inherited_from else " "
    row: list[Piece] = []
    if ticks is not None:
        row.append((TICKED if it.id in ticks else FREE, "key" if it.id in ticks else "faint"))
    row += [
        (f"{short_id(it.id):<6}", "strong"),
        (_cell(it.package.name, columns.name), "dim" if it.done else ""),
        (f"{priority.P:5.2f}", "strong" if it.mandatory else ""),
        (mark, "note"),
        (_counts(it, names, columns), ""),
        (f"{effort(*it.effort):>8}", "note" if it.decision.effort else ""),
        ("  ", ""),
        *_days(it, slot, columns),
        (_cell(owner_of(it), columns.owner), "" if it.decision.owner else "dim"),
        (" ", ""),
        (_cell(_status(it.decision.status, columns), columns.status), STATUS_INKS[it.decision.status]),
        (" ", ""),
        *_marks(it, slot),
    ]
    return row


def short_id(name: str) -> str:
    """The id of a package; what no package knows is "other"."""
    return fit(name.partition("-")[0] if name.startswith(OTHER) else name, 5)


def _cell(text: str, width: int) -> str:
    """A text that fills its column and leaves a blank behind it."""
    return set_cell_size(fit(text, width - 1), width)


def _counts(it: PlannedPackage, names: Iterable[Track], columns: Columns) -> str:
    counts = [sum(each.track == track for each in it.open) for track in names]
    if columns.counts:
        return "".join(f"{count or '-':>5}" for count in counts)
    return "/".join(str(count) if count else "-" for count in counts).rjust(6)


def _days(it: PlannedPackage, slot: Slot | None, columns: Columns) -> Iterable[Piece]:
    said = long_day if columns.counts else short_day
    ink = "note" if it.decision.start else ""
    late = "bad" if slot and slot.late else ""
    yield f"{said(slot.start) if slot else '-':<{columns.day}} ", ink
    yield f"{said(slot.finish) if slot else '-':<{columns.day}} ", late


def _status(status: Status, columns: Columns) -> str:
    return status if columns.counts else _SHORT[status]


def _marks(it: PlannedPackage, slot: Slot | None) -> Iterable[Piece]:
    yield "M" if it.mandatory else " ", "strong"
    yield "C" if slot and slot.critical else " ", "key"
    yield "L" if slot and slot.late else " ", "bad"


def _action_row(plan: Plan, action: Action, width: int, *, ticks: bool) -> Row:
    columns = Columns.fitted(width, len(shorts(plan)), ticks)
    start, due = plan.dates.get(action.id, (action.start, action.due))
    said = long_day if columns.counts else short_day
    recorded = any(action.id == it.id for it in plan.recorded)
    head = "  + " if action.manual else "  - " if recorded else "  . "
    span = 6 + columns.name + 6 + (5 * len(shorts(plan)) if columns.counts else 6) + (len(TICKED) if ticks else 0)
    days = figure(action.effort) if action.effort is not None else ""
    late = action.due is not None and action.status not in DONE and action.due < plan.today
    return [
        (head, "note" if recorded else "faint"),
        (_cell(action.what, span - len(head)), "" if recorded else "dim"),
        (f"{days:>8}  ", ""),
        (f"{said(start) or '-':<{columns.day}} ", "note" if action.start else "dim"),
        (f"{said(due) or '-':<{columns.day}} ", "bad" if late else "" if action.due else "dim"),
        (_cell(action.owner, columns.owner), "" if recorded else "dim"),
        (" ", ""),
        (_cell(_status(action.status, columns), columns.status), STATUS_INKS[action.status]),
        ("   L" if late else "", "bad"),
    ]


# -- above and below -------------------------------------------------------------------------------------------------


def summary_rows(plan: Plan, width: int) -> list[Row]:
    """How much, from when to when, and the last gate of each track."""
    left = [it for it in plan.packages if not it.done]
    low, high = (sum(it.effort[end] for it in left) for end in (0, 1))
    schedule = plan.schedule
    first: list[Piece] = [
        (plural(len(left), "package"), "strong"),
        (f", {effort(low, high)} person-days", "strong"),
        (f"  {long_day(schedule.begin)} to {long_day(schedule.finish)}", ""),
        (f"  size {plan.settings.size}, {figure(plan.settings.capacity)}/month", "dim"),
    ]
    second: list[Piece] = []
    for gate in last_gates(plan):
        late = f", {gate.late} days late" if gate.late else ""
        second += [(f"{gate.title} ", "dim"), (f"{long_day(gate.finish)}{late}", "bad" if late else "strong")]
        second.append(("   ", ""))
    unsaid = sum(not it.rated for it in plan.requirements)
    if unsaid:
        second.append((f"{unsaid} not rated to the end", "faint"))
    return [cropped(first, width), cropped(second, width)]


def last_gates(plan: Plan) -> list[Gate]:
    """Certificate and rating."""
    found: dict[Track, Gate] = {gate.track: gate for gate in plan.gates}
    return list(found.values())


def foot_rows(plan: Plan, line: Line | None, width: int) -> list[Row]:
    """What the line in hand closes, and when and why it runs."""
    if line is None:
        return []
    if line.gate is not None:
        return _gate_foot(line.gate, width)
    it = plan.package[line.package]
    if line.action is not None:
        return _action_foot(plan, line.action, width)
    facts = _facts(plan, it)
    if width < WIDE and owner_of(it):
        facts.append((f", {owner_of(it)}", "dim"))
    return [_closes(plan, it, width), cropped(facts, width)]


def _closes(plan: Plan, it: PlannedPackage, width: int) -> Row:
    its = {name: [each.ref[1] for each in it.open if each.ref[0] == catalog] for catalog, name in plan.names.items()}
    said = {name: " ".join(refs) for name, refs in its.items() if refs}
    if not said:
        return cropped([("Nothing is open in it; its actions are not done.", "dim")], width)
    whole = sum(len(name) + len(refs) + 4 for name, refs in said.items())
    room = width if whole <= width else width // len(said)
    row: list[Piece] = []
    for name, refs in said.items():
        row += [(f"{name} ", "dim"), (fit(refs, max(10, room - len(name) - 4)), ""), ("   ", "")]
    return cropped(row, width)


def _facts(plan: Plan, it: PlannedPackage) -> list[Piece]:
    slot = plan.schedule.slots.get(it.id)
    if slot is None:
        return [(f"{it.decision.status}, stays until its requirements are closed", "dim")]
    facts: list[Piece] = [(f"{figure(it.days)} days", "")]
    if slot.after:
        facts.append((f", after {slot.after}", ""))
    facts.append((", critical path" if slot.critical else f", {plural(slot.slack, 'working day')} of room", ""))
    if held := contained(plan, it.id):
        facts.append((f", its majors are held down on {short_day(held.finish)}", "bad"))
    if it.decision.start:
        facts.append((f", not before {long_day(it.decision.start)}", "note"))
    if it.decision.due:
        late = f", {plural(slot.late, 'working day')} late" if slot.late else ""
        facts.append((f", due {long_day(it.decision.due)}{late}", "bad" if late else "note"))
    if it.priority.inherited_from:
        facts.append((f", lifted by {it.priority.inherited_from}", "dim"))
    if it.priority.override:
        facts.append((f", P set: {it.priority.override}", "note"))
    return facts


def contained(plan: Plan, name: str) -> Slot | None:
    """When the effect of a package's majors is held down, before all else."""
    return next((slot for slot in plan.schedule.containment if slot.package == name), None)


def _gate_foot(gate: Gate, width: int) -> list[Row]:
    due = f"   due {long_day(gate.due)}" if gate.due else ""
    late = f", {gate.late} days late" if gate.late else ""
    head: list[Piece] = [
        (gate.title, "strong"),
        (f"   {long_day(gate.start)} to {long_day(gate.finish)}", ""),
        (f"{due}{late}", "bad" if late else "note"),
    ]
    return [cropped(head, width), [(fit(gate.why, width), "dim")]]


def _action_foot(plan: Plan, action: Action, width: int) -> list[Row]:
    refs = listed([ref[1] for ref in action.closes], limit=8)
    recorded = any(action.id == it.id for it in plan.recorded)
    kind = (
        "written by hand"
        if action.manual
        else "recorded"
        if recorded
        else "proposed: a key that changes it takes it up"
    )
    return [
        [(fit(action.what, width), "")],
        justified([(f"closes {refs}" if refs else "closes no requirement", "dim")], [(kind, "faint")], width),
    ]
