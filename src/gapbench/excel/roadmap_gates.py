"""The gates of both tracks below the roadmap, in months, and readiness at each month end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.excel.gantt import PLANNED, Gantt, scale_of
from gapbench.excel.page import cell, serial
from gapbench.excel.roadmap_facts import GRID, LAST, at
from gapbench.excel.style import SIZE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gapbench.excel.page import Page
    from gapbench.planning.values import Gate, Track
    from gapbench.work.planning import Plan

TRACKS: Mapping[Track, str] = {"iso": "ISO", "cmmi": "CMMI"}
_AIMS: Mapping[Track, str] = {"iso": "certificate", "cmmi": "rating"}
_HINT = (
    "After the work come records, audits and appraisals. A gate moves by as many days as the last package of its "
    "track; durations are customs and estimates, and certification body and lead appraiser decide."
)
_SMALL = 7.0


def write(page: Page, plan: Plan, rows: Mapping[str, int]) -> None:
    """Write gates and forecast at the cursor.

    Args:
        page: The roadmap.
        plan: The plan.
        rows: Package -> its row.
    """
    if plan.gates:
        aims = " and ".join(f"the {_AIMS[track]}" for track in dict.fromkeys(it.track for it in plan.gates))
        page.section(f"When {aims} can be there", LAST, 1)
        page.row = page.span(page.row, 1, LAST, _HINT, "note") + 1
        _gates(page, plan.gates, rows)
    if plan.forecast:
        _forecast(page, plan)


def _gates(page: Page, gates: Sequence[Gate], rows: Mapping[str, int]) -> None:
    first = min(it.start for it in gates)
    gantt = Gantt(page, len(GRID), scale_of(first, max(it.finish for it in gates)))
    head = page.row
    gantt.heading(head)
    for col, text in (
        (at("Name"), "Gate"),
        (at("Start"), "Start"),
        (at("Finish"), "Finish"),
        (at("Owner"), "Waits for"),
    ):
        page.sheet.write_string(head, col, text, page.style("head"))
    _across(page, head, (at("Status"), at("Critical")), "What the dates rest on", "head")
    _across(page, head, (1, at("Wave")), "Track", "head")
    page.need(head, 14)
    shifts: dict[Track, str] = {}
    for row, gate in enumerate(gates, head + 1):
        _gate(page, gantt, row, gate, rows, shifts)
        page.row = row + 1
    dates = (at("Start"), at("Finish"))
    gantt.colour((head + 1, page.row - 1), dates)
    late = [it for it in gates if it.due is not None]
    if late:
        words = "; ".join(_due(it) for it in late)
        page.row = page.span(page.row, 1, LAST, words, "plain", bold=True)


def _due(gate: Gate) -> str:
    late = f"{gate.late} days late at the time of export" if gate.late else "in time"
    return f"{TRACKS[gate.track]}: {gate.title} is to stand by {gate.due:%Y-%m-%d}: {late}"


def _gate(page: Page, gantt: Gantt, row: int, gate: Gate, rows: Mapping[str, int], shifts: dict[Track, str]) -> None:
    waits = [name for name in gate.needs if name in rows]
    if waits:
        # The first gate of a track ends with the last of its packages; all later ones move along.
        end = f"MAX({','.join(cell(rows[name], at('Finish')) for name in waits)})"
        page.date(row, at("Start"), gate.start)
        page.formula(row, at("Finish"), f"={end}", serial(gate.finish), page.style("date"))
        shifts[gate.track] = f"{cell(row, at('Finish'))}-{serial(gate.finish)}"
    else:
        shift = shifts.get(gate.track, "0")
        for head, day in (("Start", gate.start), ("Finish", gate.finish)):
            page.formula(row, at(head), f"={serial(day)}+({shift})", serial(day), page.style("date"))
    _across(page, row, (1, at("Wave")), TRACKS[gate.track], "cell")
    page.text(row, at("Name"), gate.title, "cell", bold=True)
    said = f"{len(waits)} packages" if len(waits) > 3 else ", ".join(waits) if waits else _needs(gate)
    page.text(row, at("Owner"), said, "cell")
    _across(page, row, (at("Status"), at("Critical")), gate.why, "cell", font_size=_SMALL)
    page.fit(row, [(at("Status"), at("Critical"), gate.why)], _SMALL)
    page.fit(row, [(at("Owner"), at("Owner"), said)], SIZE)
    gantt.line(row, (at("Start"), at("Finish")), (f'"{PLANNED}"', PLANNED), (gate.start, gate.finish))


def _needs(gate: Gate) -> str:
    return ", ".join(name.partition(".")[2].replace("-", " ") for name in gate.needs)


def _across(page: Page, row: int, cols: tuple[int, int], text: str, style: str, **differing: object) -> None:
    form = page.style(style, **differing)
    page.blank_span(row, *cols, form)
    page.string(row, cols[0], page.book.clean(text), form)


# --- readiness by month ------------------------------------------------------------------------------


def _forecast(page: Page, plan: Plan) -> None:
    page.section("What the rules will say, month by month, if the packages are done as planned", LAST, 1)
    hint = "From the ratings at the time of export; what nobody has rated stays unrated and holds levels back."
    page.row = page.span(page.row, 1, LAST, hint, "note")
    names = list(plan.names)
    spans = [(1, at("Wave"), "Month end"), (at("Name"), at("Name"), "Packages done")]
    left = [at(head) for head in ("Owner", "Start", "Status", "Low")]
    edges = [*left, *(len(GRID) + 6 * place for place in range(4)), LAST + 1]
    spans += [(edges[place], edges[place + 1] - 1, plan.names[name]) for place, name in enumerate(names[:8])]
    for first, last, text in spans:
        _across(page, page.row, (first, last), text, "head")
    page.need(page.row, 14)
    for moment in plan.forecast:
        page.row += 1
        _across(page, page.row, spans[0][:2], f"{moment.day:%Y-%m-%d}", "cell")
        page.sheet.write_number(page.row, at("Name"), len(moment.done), page.style("number", align="left"))
        for (first, last, _), name in zip(spans[2:], names, strict=False):
            standing = moment.standings.get(name)
            text = f"{standing.short}, {standing.open} open" if standing else ""
            blank = page.style("cell")
            page.blank_span(page.row, first, last, blank)
            page.string(page.row, first, text, blank)
        page.need(page.row, 12.5)
    page.row += 1
