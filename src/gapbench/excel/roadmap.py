"""Roadmap: packages in the order of work with dates, effort and a Gantt chart, the gates, and why in this order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.catalog.packages import notice, sizes
from gapbench.excel import action_plan, roadmap_gates, roadmap_order
from gapbench.excel.book import PLAN, ROADMAP, Book
from gapbench.excel.gantt import COLUMNS as PERIODS
from gapbench.excel.gantt import CRITICAL, DONE, PLANNED, Gantt, scale_of
from gapbench.excel.gantt import WIDTH as PERIOD
from gapbench.excel.page import Page, cell, serial
from gapbench.excel.roadmap_facts import GRID, LAST, STATUSES, TABLE, Line, at, lines_of, wave_names
from gapbench.excel.strings import quoted
from gapbench.excel.style import TAB

if TYPE_CHECKING:
    from collections.abc import Sequence

_HINT = (
    "Packages in the order of work, closing what is open in every framework at once. Pale yellow cells are yours: a "
    "new start or finish moves the bars and, by as many days, the gates that wait for it; effort and status move the "
    "totals. Efforts are for a client of size {size}, by how much is open. Dates come from prerequisites, from "
    "priority and from {capacity:g} person-days a month; a package that is moved does not push the others, so plan "
    "again in the tool after larger changes. "
    "Bars: {planned} planned, {critical} critical (the end of the programme waits for it, at the time of export), "
    "{done} done. One column is {unit}."
)


def write(book: Book) -> None:
    """Write the sheet; the action plan stands already."""
    _Sheet(book).write()


class _Sheet:
    def __init__(self, book: Book) -> None:
        self.book, self.plan = book, book.plan
        self.page = Page(book, ROADMAP, [*(it.width for it in GRID), *[PERIOD] * PERIODS, 2])
        self.lines = lines_of(self.plan, book.deliverable)
        ends = [it.finish for it in self.lines if it.finish] or [self.plan.schedule.finish]
        starts = [it.start for it in self.lines if it.start] or [self.plan.schedule.begin]
        scale = scale_of(min(*starts, self.plan.schedule.begin), max(ends))
        self.gantt = Gantt(self.page, len(GRID), scale)
        self.head = 0

    def write(self) -> None:
        """Write it."""
        page = self.page
        page.sheet.set_tab_color(TAB)
        page.hide((0, LAST + 1))
        page.heading(ROADMAP, LAST, 1)
        tiles = page.row
        page.row += 2
        self._hint()
        contained = self._contained()
        if contained:
            page.row = page.span(page.row, 1, LAST, contained, "plain", bold=True)
        page.row += 1
        self._table()
        self._tiles(tiles)
        self._waves()
        breaks = [page.row]
        roadmap_gates.write(page, self.plan, {it.id: self.row(it) for it in self.lines})
        breaks.append(page.row)
        roadmap_order.write(page, self.plan, self.lines, {it.id: self.row(it) for it in self.lines})
        page.row = page.span(page.row, 1, LAST, notice(), "note", italic=True)
        page.sheet.set_h_pagebreaks(breaks)
        page.sheet.freeze_panes(0, at("Name") + 1)
        self.book.table_rows[ROADMAP] = len(self.lines)
        page.finish(page.row - 1, LAST, 1)

    def row(self, line: Line) -> int:
        """The row of a package in the table."""
        return self.head + line.number

    def _hint(self) -> None:
        page = self.page
        text = _HINT.format(
            capacity=self.plan.settings.capacity,
            size=f"{self.plan.settings.size} ({sizes()[self.plan.settings.size]})",
            planned=PLANNED,
            critical=CRITICAL,
            done=DONE,
            unit=self.gantt.unit,
        )
        page.row = page.span(page.row, 1, LAST, text, "note")

    def _contained(self) -> str:
        """What is done before all else about the majors."""
        slots = self.plan.schedule.containment
        if not slots:
            return ""
        days = {f"{it.start:%Y-%m-%d}" for it in slots} | {f"{it.finish:%Y-%m-%d}" for it in slots}
        when = min(days) if len(days) == 1 else f"{min(days)} to {max(days)}"
        names = ", ".join(f"{it.package} {self.plan.package[it.package].package.name}" for it in slots)
        each = "half a person-day each" if len(slots) > 1 else "half a person-day"
        return f"At once, before the plan: hold down the effect of the majors in {names} ({each}, {when})."

    # --- figures at the top -------------------------------------------------------------------------

    def _tiles(self, row: int) -> None:
        page, lines = self.page, self.lines
        low, high = (sum(it.effort[end] for it in lines) for end in (0, 1))
        finish = max((it.finish for it in lines if it.finish), default=None)
        column = {head: f"{TABLE}[{head}]" for head in ("Low", "High", "Status", "Finish")}
        done = "+".join(f"COUNTIFS({column['Status']},{quoted(it)})" for it in action_plan.FINISHED)
        share = self._share(self.lines)
        edges = (1, at("Name"), at("Owner"), at("Start"), at("Low"), len(GRID), len(GRID) + 9, LAST + 1)
        end_day = "none" if finish is None else serial(finish)
        tiles: Sequence[tuple[str, str, float | str, str]] = (
            ("packages", f'COUNTIFS({TABLE}[Package],"?*")', len(lines), "0"),
            ("done", done, sum(it.is_done for it in lines), "0"),
            ("person-days from", f"SUM({column['Low']})", low, "0"),
            ("person-days to", f"SUM({column['High']})", high, "0"),
            ("of the effort done", self._share_formula(TABLE), share, "0%"),
            (
                "last day of work",
                f'IF(COUNT({column["Finish"]})=0,"none",MAX({column["Finish"]}))',
                end_day,
                "yyyy-mm-dd",
            ),
        )
        for (label, formula, value, form), first, end in zip(tiles, edges, edges[1:], strict=False):
            style = page.style("tile", num_format=form)
            page.blank_span(row, first, end - 1, style)
            page.formula(row, first, f"={formula}", value, style)
            page.blank_span(row + 1, first, end - 1, page.style("tile label"))
            page.sheet.write_string(row + 1, first, label, page.style("tile label"))
        page.need(row, 24)
        page.need(row + 1, 13)
        book = self.book
        book.check("Roadmap: packages", len(lines), page.far_ref(row, edges[0]))
        book.check("Roadmap: person-days from", round(low, 4), page.far_ref(row, edges[2]))
        book.check("Roadmap: person-days to", round(high, 4), page.far_ref(row, edges[3]))
        book.check("Roadmap: last day of work", end_day, page.far_ref(row, edges[5]))

    # --- the packages ---------------------------------------------------------------------------------

    def _table(self) -> None:
        page = self.page
        self.head = page.row + 1
        self.gantt.heading(self.head)
        page.table(TABLE, GRID, len(self.lines), self.head)
        page.need(self.head - 1, 11)
        first, last = self.head + 1, self.head + len(self.lines)
        for line in self.lines:
            self._line(line)
            self.book.package_rows[line.id] = self.row(line)
            start, finish = (None if day is None else serial(day) for day in (line.start, line.finish))
            self.book.package_days[line.id] = (self.book.clean(line.owner), start, finish)
        dates = (at("Start"), at("Finish"))
        self.gantt.colour((first, last), dates)
        for col in dates:
            page.dates((first, col, last, col), "Date")
        page.choices((first, at("Status"), last, at("Status")), STATUSES, ROADMAP)
        for col in (at("Low"), at("High")):
            page.figures((first, col, last, col), ROADMAP, 0, None, "Person-days as a number, such as 2.5.")
        page.mark_where(
            (first, at("Critical"), last, at("Critical")), f'={cell(first, at("Critical"))}="yes"', bold=True
        )
        page.row = last + 1

    def _line(self, line: Line) -> None:
        page, row = self.page, self.row(line)
        page.text(row, 0, line.id, "line")
        page.sheet.write_number(row, at("No"), line.number, page.style("number"))
        page.text(row, at("Package"), line.id, "line", bold=True)
        page.text(row, at("Wave"), line.wave, "centre")
        page.text(row, at("Name"), line.name)
        page.string(row, at("Owner"), page.book.clean(line.owner), page.style("input"))
        page.date(row, at("Start"), line.start, "input date")
        page.date(row, at("Finish"), line.finish, "input date")
        page.string(row, at("Status"), line.status, page.style("input", align="center"))
        for end, head in enumerate(("Low", "High")):
            style = page.style("input", align="center", num_format="0.0")
            page.sheet.write_number(row, at(head), line.effort[end], style)
        page.formula(row, at("Done"), self._done_formula(row), line.done, page.style("share"))
        page.text(row, at("Critical"), "yes" if line.critical else "", "centre")
        status = cell(row, at("Status"))
        finished = ",".join(f"${status}={quoted(it)}" for it in action_plan.FINISHED)
        mark = f'IF(OR({finished}),"{DONE}",IF(${cell(row, at("Critical"))}="yes","{CRITICAL}","{PLANNED}"))'
        said = DONE if line.is_done else CRITICAL if line.critical else PLANNED
        self.gantt.line(row, (at("Start"), at("Finish")), (mark, said), (line.start, line.finish))
        page.fit(row, [(at("Name"), at("Name"), line.name), (at("Owner"), at("Owner"), page.book.clean(line.owner))])

    def _done_formula(self, row: int) -> str:
        """All once the package is done; else the part of its actions that is, by their effort."""
        status = cell(row, at("Status"))
        finished = ",".join(f"{status}={quoted(it)}" for it in action_plan.FINISHED)
        if PLAN not in self.book.sheets:
            return f"=IF(OR({finished}),1,0)"
        effort = f"{action_plan.TABLE}[Effort days]"
        which = f'{effort},{action_plan.TABLE}[{action_plan.PACKAGE}],{cell(row, at("Package"))}&" *"'
        done = "+".join(f"SUMIFS({which},{action_plan.TABLE}[Status],{quoted(it)})" for it in action_plan.FINISHED)
        return f"=IF(OR({finished}),1,IF(SUMIFS({which})=0,0,({done})/SUMIFS({which})))"

    # --- totals by wave -------------------------------------------------------------------------------

    def _share(self, lines: Sequence[Line]) -> float:
        days = sum(it.middle for it in lines)
        return sum(it.middle * it.done for it in lines) / days if days else 0.0

    def _share_formula(self, table: str, which: str = "") -> str:
        middle = f"({table}[Low]+{table}[High])"
        where = f"*({table}[Wave]={which})" if which else ""
        total = f"SUMPRODUCT({middle}{where or '*1'})"
        return f"IF({total}=0,0,SUMPRODUCT({middle}*{table}[Done]{where})/{total})"

    def _waves(self) -> None:
        page = self.page
        page.section("Effort by wave", LAST, 1)
        heads = {
            1: "Wave",
            at("Owner"): "Packages",
            at("Start"): "Low",
            at("Finish"): "High",
            at("Status"): "Days left",
        }
        heads[at("Low")] = "Done share"
        head = page.style("head")
        page.blank_span(page.row, 1, at("Name"), head)
        page.blank_span(page.row, at("Low"), at("Done"), head)
        for col, text in heads.items():
            page.sheet.write_string(page.row, col, text, page.style("head centre") if col > 1 else head)
        page.need(page.row, 14)
        names = wave_names()
        for wave in (*dict.fromkeys(sorted(it.wave for it in self.lines)), ""):
            page.row += 1
            self._wave(page.row, wave, f"{wave} {names.get(wave, 'beyond the 25')}" if wave else "all")
        page.row += 1

    def _wave(self, row: int, wave: str, name: str) -> None:
        page = self.page
        lines = [it for it in self.lines if wave in ("", it.wave)]
        style = "cell" if wave else "group"
        page.blank_span(row, 1, at("Name"), page.style(style))
        page.string(row, 1, name, page.style(style))
        centre = page.style(style, align="center")
        days = page.style(style, align="center", num_format="0.0")
        which = f",{TABLE}[Wave],{quoted(wave)}" if wave else ""
        sums = [f"SUMIFS({TABLE}[{it}]{which})" if wave else f"SUM({TABLE}[{it}])" for it in ("Low", "High")]
        low, high = (sum(it.effort[end] for it in lines) for end in (0, 1))
        share = self._share(lines)
        page.formula(row, at("Owner"), f'=COUNTIFS({TABLE}[Package],"?*"{which})', len(lines), centre)
        page.formula(row, at("Start"), f"={sums[0]}", low, days)
        page.formula(row, at("Finish"), f"={sums[1]}", high, days)
        done = cell(row, at("Low"))
        left = f"=({cell(row, at('Start'))}+{cell(row, at('Finish'))})/2*(1-{done})"
        page.formula(row, at("Status"), left, (low + high) / 2 * (1 - share), days)
        percent = page.style(style, align="center", num_format="0%")
        page.blank_span(row, at("Low"), at("Done"), percent)
        page.formula(row, at("Low"), f"={self._share_formula(TABLE, quoted(wave) if wave else '')}", share, percent)
        page.need(row, 12.5)
