"""One audit programme and one agenda of the management review, to be read: what, when, by whom, for which framework."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.rating.wording import listed
from gapbench.tui.screens.plan_words import long_day
from gapbench.tui.widgets.canvas import Row, wrap, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gapbench.planning.agenda import AgendaItem
    from gapbench.planning.programme import Audit, AuditedUnit
    from gapbench.planning.values import Reference
    from gapbench.work.planning import Plan


def programme_rows(plan: Plan, width: int) -> list[Row]:
    """Calendar, then every unit with its joint checklist."""
    found = plan.programme
    low, high = found.days
    rows: list[Row] = [[("One internal audit programme for every framework", "title")]]
    days = f"Twelve months from {long_day(found.begin)}; about {low} to {high} auditor-days a year (an estimate)."
    for text in (days, found.projects):
        rows += _text(text, width)
    units = {unit.id: unit for unit in found.units}
    for quarter in range(1, 5):
        rows += _quarter(quarter, found.of_quarter(quarter), units, width)
    rows += [[], [("Rules", "title")]]
    for rule in found.rules:
        rows += wrapped([("  - ", "dim"), (rule, "")], width)
    for unit in found.units:
        rows += _unit(unit, plan.names, width)
    return rows


def _text(text: str, width: int, indent: int = 0, ink: str = "") -> list[Row]:
    return [[(" " * indent, ""), (line, ink)] for line in wrap(text, max(10, width - indent))]


def _quarter(number: int, audits: Iterable[Audit], units: Mapping[str, AuditedUnit], width: int) -> list[Row]:
    its = list(audits)
    if not its:
        return []
    rows: list[Row] = [
        [],
        [(f"Quarter {number}", "title"), (f"   {long_day(its[0].begin)} to {long_day(its[0].end)}", "dim")],
    ]
    for audit in its:
        sample = f"   with {', '.join(audit.sample)}" if audit.sample else ""
        sample += f"   {audit.visits} visits" if audit.visits > 1 else ""
        rows += wrapped([(f"  {audit.unit:<6}", "strong"), (f"{units[audit.unit].text.name}{sample}", "")], width)
    return rows


def _unit(unit: AuditedUnit, names: Mapping[str, str], width: int) -> Iterator[Row]:
    text = unit.text
    yield []
    yield [(f"{unit.id}  {text.name}", "title"), (f"   {unit.times} a year", "dim")]
    facts = [
        ("holds", _refs(unit.refs, names)),
        ("why more", unit.doubled),
        ("how", text.method),
        ("sample", text.sample),
        ("auditor", text.auditor),
        ("not by", listed(unit.not_by)),
    ]
    for word, said in facts:
        if said:
            yield from wrapped([(f"  {word:<9}", "faint"), (said, "note" if word == "why more" else "")], width)
    for question in unit.questions:
        yield from wrapped([("  ? ", "key"), (question.ask, "strong")], width)
        yield from _text(_refs(question.refs, names), width, 4, "dim")
        yield from _text(question.evidence, width, 4)


def _refs(refs: Iterable[Reference], names: Mapping[str, str]) -> str:
    """References by framework: "ISO 9001:2015 7.5.1, 7.5.2; CMMI 2.0 CM 2.1"."""
    its: dict[str, list[str]] = {}
    for catalog, number in refs:
        its.setdefault(catalog, []).append(number)
    return "; ".join(f"{names.get(catalog, catalog)} {', '.join(numbers)}" for catalog, numbers in its.items())


def agenda_rows(plan: Plan, width: int) -> list[Row]:
    """The items of the review with what is due for each."""
    found = plan.agenda
    rows: list[Row] = [
        [("One management review for every framework", "title"), (f"   {long_day(found.day)}", "strong")],
        *wrapped([("  rhythm   ", "faint"), (found.rhythm, "")], width),
        *wrapped([("  present  ", "faint"), (found.present, "")], width),
    ]
    for item in found.items:
        rows += _item(item, plan.names, width)
    return rows


def _item(item: AgendaItem, names: Mapping[str, str], width: int) -> Iterator[Row]:
    yield []
    yield from wrapped([(f"{item.id}  ", "key"), (item.topic, "title")], width)
    if item.refs:
        yield from _text(_refs(item.refs, names), width, 2, "dim")
    for figure in item.figures:
        yield from wrapped([("  = ", "key"), (figure, "strong")], width)
    facts = [
        ("bring", item.pack),
        ("by", f"{long_day(item.due)}, {listed(item.brings)}" if item.brings else long_day(item.due)),
        ("decide", item.decision),
    ]
    for word, said in facts:
        if said:
            yield from wrapped([(f"  {word:<8}", "faint"), (said, "")], width)


__all__ = ["agenda_rows", "programme_rows"]
