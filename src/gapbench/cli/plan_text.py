"""The plan as lines of 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.cli import terminal
from gapbench.planning.values import TRACKS
from gapbench.rating.wording import listed, plural
from gapbench.work.headline import VERDICTS
from gapbench.work.planning import slips

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.planning.values import Gate, Moment, PlannedPackage, Standing
    from gapbench.work.planning import Plan

_TRACKS = {"iso": "To the certificate", "cmmi": "To the rating"}
_MOVED = 12


def show(plan: Plan) -> None:
    """Print all of the plan."""
    terminal.paragraph(f"{plan.client}: the plan of {plan.today}")
    for name, standing in plan.now.items():
        terminal.paragraph(
            f"{plan.names[name]}: {said(plan, standing)}, {plural(standing.open, 'requirement')} open", "  "
        )
    terminal.say("")
    if not plan.packages:
        terminal.paragraph("Nothing is open and no action is recorded, so there is nothing to plan.")
        return
    _packages(plan)
    _order(plan)
    _containment(plan)
    _gates(plan)
    _forecast(plan)
    _saving(plan)
    _candidates(plan)


def moved(before: Plan, after: Plan) -> None:
    """Print what slips between two plans: the milestones, and how many packages."""
    titles = {gate.id: gate.title for gate in after.gates}
    found = slips(before.schedule, after.schedule)
    gates = [it for it in found if it.id in titles]
    for it in gates[:_MOVED]:
        terminal.paragraph(f"{titles[it.id]}: {it.before} -> {it.after}, {_later(it.days)}", "  ", "    ")
    packages = [it for it in found if it.id not in titles]
    if packages:
        later = sum(it.days > 0 for it in packages)
        terminal.say(f"  {plural(len(packages), 'package')} end on another day, {later} of them later.")
    ranks = [name for name in after.package if before.package.keys() >= {name}]
    if [name for name in before.package if name in after.package] != ranks:
        terminal.paragraph(f"The order of work is now {listed(after.package)}.", "  ", "    ")


def said(plan: Plan, standing: Standing) -> str:
    """A framework as it stands: "72.4 %, not ready", "ML2, below target"."""
    del plan
    return f"{standing.short}, {VERDICTS[standing.verdict]}"


def _later(days: int) -> str:
    return f"{plural(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def _packages(plan: Plan) -> None:
    terminal.say("Packages in the order of work (days: person-days of this client)", "")
    heads = ("id", "P", "days", "from", "to", "state", "package")
    terminal.table((_package(plan, it) for it in plan.packages), heads, right="P")
    low, high = plan.saving.integrated
    terminal.paragraph(
        f"{plural(len(plan.packages), 'package')}, {low:.0f} to {high:.0f} person-days, done by {plan.schedule.finish}."
    )


def _package(plan: Plan, it: PlannedPackage) -> tuple[str, ...]:
    slot = plan.schedule.slots.get(it.id)
    owner = f" ({it.decision.owner})" if it.decision.owner else ""
    late = f"; {plural(slot.late, 'working day')} late" if slot is not None and slot.late else ""
    low, high = it.effort
    return (
        it.id,
        f"{it.priority.P:.2f}",
        f"{low:.1f}-{high:.1f}",
        str(slot.start) if slot else "",
        str(slot.finish) if slot else "",
        "" if it.decision.status == "planned" else it.decision.status,
        f"{it.package.name}{owner}{late}",
    )


def _order(plan: Plan) -> None:
    terminal.say("", "Why: P = V x G x U / sqrt(Z), V = 0.35 S + 0.30 C + 0.15 B + 0.20 R", "")
    heads = ("id", "P", "S", "C", "B", "R", "G", "U", "Z", "open", "days", "")
    terminal.table((_figures(it) for it in plan.packages), heads, right="P S C B R G U Z open days")
    terminal.paragraph(
        "Figures less than about 0.3 apart mean the same; P is never a level. S severity, C contract risk, B breadth, "
        "R pain (- nobody was asked), G gate, U unlocks, Z size; * is in the mandatory band."
    )


def _figures(it: PlannedPackage) -> tuple[str, ...]:
    p = it.priority
    notes = ["*"] if it.mandatory else []
    if p.inherited_from:
        notes.append(f"from {p.inherited_from}, own {p.own:.2f}")
    if p.override:
        notes.append(f"own figure: {p.override}")
    return (
        it.id,
        f"{p.P:.2f}",
        f"{p.S:.1f}",
        f"{p.C:.0f}",
        f"{p.B:.2f}",
        "-" if it.decision.pain is None else f"{p.R:.1f}",
        f"{p.G:.1f}",
        f"{p.U:.2f}",
        str(p.Z),
        str(len(it.open)),
        f"{p.days:.1f}",
        " ".join(notes),
    )


def _containment(plan: Plan) -> None:
    if plan.schedule.containment:
        terminal.say("", "At once, before all else: hold the effect of the majors down")
        for slot in plan.schedule.containment:
            name = plan.package[slot.package].package.name
            terminal.paragraph(f"{slot.start}  {slot.package} {name}, {slot.days:g} person-days", "  ", "    ")


def _gates(plan: Plan) -> None:
    for track in TRACKS:
        gates = [gate for gate in plan.gates if gate.track == track]
        if gates:
            terminal.say("", _TRACKS[track])
            rows = [(gate.start.isoformat(), gate.finish.isoformat(), f"{gate.title}{_due(gate)}") for gate in gates]
            terminal.table(rows, heads=("from", "to", "milestone"))
    if plan.schedule.critical:
        terminal.say("")
        terminal.paragraph(f"Critical path: {' > '.join(plan.schedule.critical)}", "", "  ")


def _due(gate: Gate) -> str:
    if gate.due is None:
        return ""
    return f"; due {gate.due}, {plural(gate.late, 'day')} late" if gate.late else f"; due {gate.due}, in time"


def _forecast(plan: Plan) -> None:
    terminal.say("", "Forecast, if each package closes what it closes")
    names = list(plan.names)
    heads = ("month end", *(plan.names[name] for name in names), "done by then")
    terminal.table(_months(plan, names), heads)


def _months(plan: Plan, names: list[str]) -> Iterator[tuple[str, ...]]:
    before: frozenset[str] = frozenset()
    for moment in plan.forecast:
        new = [name for name in moment.done if name not in before]
        before = frozenset(moment.done)
        yield _moment(plan, names, moment, new)


def _moment(plan: Plan, names: list[str], moment: Moment, new: list[str]) -> tuple[str, ...]:
    return (str(moment.day), *(said(plan, moment.standings[name]) for name in names), listed(new, last="and"))


def _saving(plan: Plan) -> None:
    saving = plan.saving
    one, two = ("{:.0f} to {:.0f}".format(*figures) for figures in (saving.integrated, saving.separate))
    terminal.say("")
    if len({*plan.tracks.values()}) < 2:
        return
    terminal.paragraph(
        f"One programme {one} person-days, two apart {two}: {saving.percent:.0f} % saved "
        f"({saving.low:.0f} to {saving.high:.0f} %); {saving.label}."
    )


def _candidates(plan: Plan) -> None:
    for name, counts in plan.candidates.items():
        terminal.paragraph(
            f"{plan.names[name]}, practices in scope: {counts['confirmed']} confirmed, {counts['gap']} with a gap, "
            f"{counts['candidate']} candidates by an ISO answer (look there; never a rating), {counts['none']} open."
        )
