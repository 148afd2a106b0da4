"""The card of a package: what it closes in both frameworks, how, by whom and when, and why it ranks where it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.planning.values import STATUSES
from gapbench.rating.wording import listed, plural
from gapbench.tui.screens.plan_rows import contained
from gapbench.tui.screens.plan_words import effort, figure, long_day, owner_of
from gapbench.tui.widgets.canvas import Row, fit, wrap, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from gapbench.planning.values import PlannedPackage, Priority, Requirement
    from gapbench.work.planning import Plan

_GATE = {
    1.5: "stands before the certificate or the target level",
    1.0: "inside of the target, in nobody's way",
    0.5: "beyond the target",
}
_SEVERITY = ((5.0, "as severe as can be"), (3.0, "minor, or partially met"), (1.0, "an opportunity, or largely met"))
_INDENT = 4


def package_rows(plan: Plan, name: str) -> Callable[[int], list[Row]]:
    """The card, laid out for a width."""
    it = plan.package[name]
    return lambda width: [
        *_lines([f"{it.id}  {it.package.name}"], width, "title", 0),
        *_running(plan, it, width),
        *_ranking(it, width),
        *_open(plan, it, width),
        *_doing(plan, it, width),
    ]


def _lines(texts: Iterable[str], width: int, ink: str = "", indent: int = _INDENT) -> Iterator[Row]:
    for text in texts:
        for line in wrap(text, max(10, width - indent)):
            yield [(" " * indent, ""), (line, ink)]


def _head(words: str) -> list[Row]:
    return [[], [(words, "title")]]


def _fact(name: str, text: str, width: int, ink: str = "") -> list[Row]:
    return [*wrapped([(f"  {name:<12}", "faint"), (text, ink)], width)]


# -- who and when ----------------------------------------------------------------------------------------------------


def _running(plan: Plan, it: PlannedPackage, width: int) -> Iterator[Row]:
    decision, slot = it.decision, plan.schedule.slots.get(it.id)
    place = [each.id for each in plan.packages].index(it.id) + 1
    yield from _fact("place", f"{place} of {len(plan.packages)} in the order of work", width)
    yield from _fact("status", f"{decision.status}   (of {', '.join(STATUSES)})", width)
    suggested = "" if decision.owner else "   suggested"
    yield from _fact("owner", f"{owner_of(it) or 'nobody yet'}{suggested}", width)
    if it.package.supporting:
        yield from _fact("with", it.package.supporting, width)
    yield from _fact("effort", _effort(plan, it), width)
    if slot is not None:
        room = "on the critical path" if slot.critical else f"{plural(slot.slack, 'working day')} of room"
        after = f", after {slot.after}" if slot.after else ""
        yield from _fact("runs", f"{long_day(slot.start)} to {long_day(slot.finish)}, {room}{after}", width)
    if held := contained(plan, it.id):
        text = f"{long_day(held.start)}: the effect of its majors is held down before all else"
        yield from _fact("at once", text, width, "bad")
    if decision.start:
        yield from _fact("not before", long_day(decision.start), width, "note")
    if decision.due:
        late = f", {plural(slot.late, 'working day')} late" if slot and slot.late else ""
        yield from _fact("due", f"{long_day(decision.due)}{late}", width, "bad" if late else "note")
    needs = [f"{name} {plan.package[name].package.name}" for name in it.needs]
    yield from _fact("needs", listed(needs) or "nothing before it", width)
    later = [each.id for each in plan.packages if it.id in each.needs]
    if later:
        yield from _fact("before", listed(later), width)


def _effort(plan: Plan, it: PlannedPackage) -> str:
    said = f"{effort(*it.effort)} person-days, {figure(it.days)} planned in"
    if it.decision.effort:
        return f"{said}; as decided"
    low, high = it.package.effort[plan.settings.size]
    whole = f"{effort(low, high)} from near zero at size {plan.settings.size}"
    return f"{said}: {whole}, of which {it.share:.0%} are to be done"


# -- why it ranks where it does --------------------------------------------------------------------------------------


def _ranking(it: PlannedPackage, width: int) -> Iterator[Row]:
    yield from _head("Why it ranks where it does")
    priority = it.priority
    figures = f"V {priority.V:.2f} x G {priority.G:.2f} x U {priority.U:.2f} / root of Z {priority.Z}"
    yield from wrapped([("  P ", "key"), (f"{priority.own:5.2f}  ", "strong"), (f"= {figures}", "")], width)
    yield from wrapped(
        [("  V ", "key"), (f"{priority.V:5.2f}  ", "strong"), ("= 0.35 S + 0.30 C + 0.15 B + 0.20 R", "")], width
    )
    for letter, number, why in _symbols(it, priority):
        yield from wrapped([(f"  {letter} ", "key"), (f"{number:>5}  ", "strong"), (why, "dim")], width)
    if priority.inherited_from:
        heir = priority.inherited_from
        text = f"{heir} needs it and ranks at {priority.P:.2f}, so this comes first and takes over its P."
        yield from _lines([text], width, "note", 2)
    if priority.override:
        text = f"Set to {priority.P:.2f} by hand: {priority.override}"
        yield from _lines([text], width, "note", 2)
    if it.mandatory:
        text = "M: in the band that comes before all others, for itself or for a package that needs it."
        yield from _lines([text], width, "", 2)
    yield from _lines(["A transparent heuristic; differences below about 0.3 mean nothing."], width, "faint", 2)


def _symbols(it: PlannedPackage, priority: Priority) -> Iterator[tuple[str, str, str]]:
    worst = next((words for least, words in _SEVERITY if least <= priority.S), "nothing severe")
    judged = it.decision.pain
    felt = (
        f"pain: likelihood {judged[0]} x impact {judged[1]} / 5" if judged else "pain: nobody was asked yet (l says it)"
    )
    asked = "contracts: mandate and time left" if priority.C else "contracts: no mandate is set (c sets it)"
    yield "S", f"{priority.S:.2f}", f"severity of the worst that is open: {worst}"
    yield "C", f"{priority.C:.2f}", asked
    yield "B", f"{priority.B:.2f}", f"breadth: {plural(len(it.open), 'open requirement')}"
    yield "R", f"{priority.R:.2f}", felt
    yield "G", f"{priority.G:.2f}", f"gate: {_GATE.get(priority.G, '')}"
    yield "U", f"{priority.U:.2f}", f"unlocks {plural(round((priority.U - 1) * 20), 'package')} that wait for it"
    yield "Z", str(priority.Z), f"size class of {figure(priority.days)} person-days"


# -- what it closes --------------------------------------------------------------------------------------------------


def _open(plan: Plan, it: PlannedPackage, width: int) -> Iterator[Row]:
    for catalog, name in plan.names.items():
        own = [each for each in it.requirements if each.ref[0] == catalog]
        left = [each for each in own if each.open]
        if not own:
            continue
        unsaid = sum(not each.rated for each in own)
        more = f", {unsaid} not rated to the end" if unsaid else ""
        marks = "   ! stands in the way" if any(each.gate == "blocks" for each in left) else ""
        yield from _head(f"{name}: {len(left)} of {len(own)} open{more}{marks}")
        for each in left:
            yield from _requirement(each, width)


def _requirement(each: Requirement, width: int) -> Iterator[Row]:
    items = [] if each.open_items == (each.ref[1],) else [fit(", ".join(each.open_items), 200)]
    found = f"   {', '.join(each.findings)}" if each.findings else ""
    gate = {"blocks": "!", "inside": " ", "above": "+"}[each.gate]
    yield from wrapped([(f"  {gate} ", "bad"), (f"{each.ref[1]:<10} ", "strong"), (f"{each.title}{found}", "")], width)
    yield from _lines(items, width, "dim", 15)


# -- how it is done --------------------------------------------------------------------------------------------------


def _doing(plan: Plan, it: PlannedPackage, width: int) -> Iterator[Row]:
    package = it.package
    if it.actions:
        yield from _head("Actions")
        for action in it.actions:
            who = f"   {action.owner}" if action.owner else ""
            kind = "+" if action.manual else "-" if any(action.id == each.id for each in plan.recorded) else "."
            yield from wrapped(
                [(f"  {kind} ", "note"), (f"{action.status:<9}", "dim"), (f"{action.what}{who}", "")], width
            )
    for title, texts in (("Activities", package.activities), ("Deliverables", package.deliverables)):
        if texts:
            yield from _head(title)
            yield from _lines(texts, width, "", 2)
    if package.evidence:
        yield from _head("Evidence that it is done")
        yield from _lines([package.evidence], width, "", 2)
