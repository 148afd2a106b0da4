"""Action plan: the actions of every package, or a line for each gap; owner, dates, effort and status are the client's.

With packages there is a column more, the package, and estimates stand there already; every other column means
the same with and without them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.excel.book import PLAN, Book
from gapbench.excel.page import Column, Page, cell
from gapbench.excel.strings import quoted
from gapbench.excel.style import CLASS_TONES, FAINT, MISSING, TAB, TONES
from gapbench.work.plan_lines import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapbench.work.deliverable import PlanLine

TABLE = "Actions"
PACKAGE = "Package"
_COLUMNS = (
    Column("Key", 12, hidden=True),
    Column("Action", 8),
    Column(PACKAGE, 15),
    Column("Clause or area", 17),
    Column("What has to be in place", 43),
    Column("Why", 35),
    Column("Closes", 15),
    Column("Severity", 9.5, centre=True),
    Column("Findings", 8.5),
    Column("Owner", 12.5),
    Column("Start", 9.5, centre=True),
    Column("Effort days", 6.5, centre=True),
    Column("Due", 9.5, centre=True),
    Column("Status", 9.5, centre=True),
    Column("Done %", 7, centre=True),
    Column("Days late", 7, centre=True),
    Column("Framework", 14),
)
STATUSES = ("open", "planned", "in progress", "done", "verified")
WORDS: Mapping[str, str] = {"started": "in progress"}
"""Status in the tool -> its word here, where that is another."""

FINISHED = ("done", "verified")
NOT_ESTIMATED = "no estimate"

_HINT = (
    "One line per gap. Pale yellow cells are yours: owner, dates, effort and status. Days late are "
    "counted up to the status date below; move it when you look at the plan again. Start with gate "
    "clauses that are wholly missing and the other majors, then with gate clauses and what stands "
    "before the next level."
)
_HINT_PACKAGES = (
    "Actions by package, in the order of work; each open clause and practice is closed by the actions of one package. "
    "Pale yellow cells are yours: owner, dates, effort and status are suggestions until you agree to them; the effort "
    "is a part of the middle of the package's range. What you fill in moves the sheet Roadmap. Days late are counted "
    "up to the status date below."
)


def columns_of(book: Book) -> tuple[Column, ...]:
    """The columns of the sheet."""
    return tuple(it for it in _COLUMNS if it.head != PACKAGE or book.deliverable.plan is not None)


def write(book: Book) -> None:
    """Write the sheet."""
    _Sheet(book).write()


class _Sheet:
    def __init__(self, book: Book) -> None:
        self.book = book
        self.columns = columns_of(book)
        self.page = Page(book, PLAN, [it.width for it in self.columns])
        self.at = {it.head: place for place, it in enumerate(self.columns)}
        self.owner, self.start, self.effort = (self.at[head] for head in ("Owner", "Start", "Effort days"))
        self.due, self.status, self.done = (self.at[head] for head in ("Due", "Status", "Done %"))
        self.late, self.severity = self.at["Days late"], self.at["Severity"]
        self.today = book.deliverable.at.date()

    def write(self) -> None:
        """Write it."""
        page, book = self.page, self.book
        page.sheet.set_tab_color(TAB)
        page.hide((0,))
        page.sheet.write_string(0, 1, PLAN, page.style("title"))
        page.need(0, 27)
        page.span(1, 1, self.at["Why"], self._hint(), "note")
        as_of = self._status_date(1)
        head = self._totals(2) + 1
        lines = list(self._lines())
        page.table(TABLE, self.columns, len(lines), head)
        for row, line in enumerate(lines, head + 1):
            self._line(row, line, as_of)
            if line[1] == 1:
                book.action_rows.update(dict.fromkeys(line[0].ids, row))
        last = head + len(lines)
        self._validate(head + 1, last)
        self._mark(head + 1, last)
        page.sheet.freeze_panes(head + 1, 2)
        page.sheet.repeat_rows(head)
        book.table_rows[PLAN] = len(lines)
        book.check("Action plan: lines", len(book.deliverable.lines), page.far_ref(head - 2, self.owner + 1))
        if book.deliverable.plan is not None:
            book.check("Action plan: effort days", self._effort("all"), page.far_ref(head - 2, self.owner + 3))
        page.finish(last, self.status, 1)

    def _hint(self) -> str:
        deliverable = self.book.deliverable
        hint = _HINT if deliverable.plan is None else _HINT_PACKAGES
        return f"{hint} There is no plan in packages: {deliverable.refused}" if deliverable.refused else hint

    def _status_date(self, row: int) -> str:
        page = self.page
        page.text(row, self.owner, "Status date", "label", font_size=8)
        page.date(row, self.start, self.today, "input date")
        page.dates((row, self.start, row, self.start), "Date")
        return page.ref(row, self.start)

    # --- totals -------------------------------------------------------------------------------------

    def _totals(self, row: int) -> int:
        """Totals by severity; gives the row below them."""
        heads = ("Totals", "Actions", "Done", "Effort days", "Late")
        self.page.head_row(row, heads, self.owner, range(self.owner + 1, self.owner + 5))
        present = [it for it in SEVERITIES if any(line.severity == it for line in self.book.deliverable.lines)]
        for severity in (*present, "all"):
            row += 1
            self._total(row, severity)
        return row + 1

    def _of(self, severity: str) -> list[PlanLine]:
        return [line for line in self.book.deliverable.lines if severity in ("all", line.severity)]

    def _effort(self, severity: str) -> float | str:
        efforts = [_days(line) for line in self._of(severity) if line.effort]
        return sum(efforts) if efforts else NOT_ESTIMATED

    def _total(self, row: int, severity: str) -> None:
        page, col, lines = self.page, self.owner, self._of(severity)
        style = "group" if severity == "all" else "cell"
        centre = page.style(style, align="center")
        which = f"{TABLE}[Severity],{quoted('?*' if severity == 'all' else severity)}"
        page.text(row, col, severity, style)
        page.formula(row, col + 1, f"=COUNTIFS({which})", len(lines), centre)
        finished = "+".join(f"COUNTIFS({which},{TABLE}[Status],{quoted(word)})" for word in FINISHED)
        page.formula(row, col + 2, f"={finished}", sum(line.status in FINISHED for line in lines), centre)
        effort = (
            f'=IF(COUNTIFS({which},{TABLE}[Effort days],">0")=0,{quoted(NOT_ESTIMATED)},'
            f"SUMIFS({TABLE}[Effort days],{which}))"
        )
        page.formula(row, col + 3, effort, self._effort(severity), page.style(style, align="center", num_format="0.0"))
        late = sum(bool(self._days_late(line)) for line in lines)
        page.formula(row, col + 4, f'=COUNTIFS({which},{TABLE}[Days late],">0")', late, centre)

    # --- lines --------------------------------------------------------------------------------------

    def _lines(self) -> Iterator[tuple[PlanLine, int, dict[int, str]]]:
        for line in self.book.deliverable.lines:
            package = {self.at[PACKAGE]: self._package(line)} if PACKAGE in self.at else {}
            texts = package | {
                self.at["Clause or area"]: line.where,
                self.at["What has to be in place"]: line.what,
                self.at["Why"]: line.why,
                self.at["Closes"]: self.book.numbers(line.closes),
                self.at["Findings"]: ", ".join(line.findings),
                self.owner: line.owner,
            }
            for part, piece in enumerate(self.page.parts(texts), 1):
                yield line, part, piece

    def _package(self, line: PlanLine) -> str:
        plan = self.book.deliverable.plan
        known = plan.package.get(line.package) if plan is not None else None
        return f"{line.package} {known.package.name}" if known is not None else line.package

    def _line(self, row: int, told: tuple[PlanLine, int, dict[int, str]], as_of: str) -> None:
        line, part, texts = told
        page, goes_on = self.page, part > 1
        page.text(row, 0, f"{line.key}#{part}" if goes_on else line.key, "line")
        page.text(row, 1, line.id, "line", bold=True)
        if PACKAGE in self.at:
            page.text(row, self.at[PACKAGE], self._package(line))
        for col, text in texts.items():
            if col != self.at.get(PACKAGE):
                page.text(row, col, text)
        page.text(row, self.severity, "" if goes_on else line.severity, "centre")
        names = {one.framework.catalog: one.name for one in self.book.deliverable.assessed}
        frameworks = dict.fromkeys(names[catalog] for catalog, _ in line.closes if catalog in names)
        page.text(row, self.at["Framework"], ", ".join(frameworks), "line")
        if goes_on:
            for col in range(self.owner, self.late + 1):
                page.string(row, col, texts.get(col, ""), page.style("cell"))
        else:
            self._inputs(row, line, texts.get(self.owner, ""), as_of)
        page.fit_cells(row, texts)

    def _inputs(self, row: int, line: PlanLine, owner: str, as_of: str) -> None:
        page = self.page
        page.string(row, self.owner, page.book.clean(owner), page.style("input"))
        if line.effort is None:
            page.string(row, self.effort, "", page.style("input", align="center"))
        else:
            page.sheet.write_number(
                row, self.effort, _days(line), page.style("input", align="center", num_format="0.0")
            )
        page.string(row, self.status, WORDS.get(line.status, line.status), page.style("input", align="center"))
        page.date(row, self.start, line.start, "input date")
        page.date(row, self.due, line.due, "input date")
        if line.status in FINISHED:
            page.sheet.write_number(row, self.done, 1, page.style("input share"))
        else:
            page.string(row, self.done, "", page.style("input share"))
        due, status = cell(row, self.due), cell(row, self.status)
        finished = ",".join(f"{status}={quoted(word)}" for word in FINISHED)
        late = f'=IF(OR(NOT(ISNUMBER({due})),{finished}),"",MAX(0,{as_of}-{due}))'
        page.formula(row, self.late, late, self._days_late(line), page.style("number"))

    def _days_late(self, line: PlanLine) -> int | None:
        if line.due is None or line.status in FINISHED:
            return None
        return max(0, (self.today - line.due).days)

    # --- what may be typed, and what shows ---------------------------------------------------------------

    def _validate(self, first: int, last: int) -> None:
        page = self.page
        page.dates((first, self.start, last, self.start), "Date")
        page.dates((first, self.due, last, self.due), "Date")
        said = f"Choose one of: {', '.join(STATUSES)}."
        rule = {"validate": "list", "source": list(STATUSES), "error_title": PLAN, "error_message": said}
        page.sheet.data_validation(first, self.status, last, self.status, rule)
        page.figures((first, self.effort, last, self.effort), PLAN, 0, None, "Days as a number, such as 2.5.")
        page.figures((first, self.done, last, self.done), PLAN, 0, 1, "A share between 0 % and 100 %.")

    def _mark(self, first: int, last: int) -> None:
        page, late = self.page, f"${cell(first, self.late)}"
        page.ink_words((first, self.severity, last, self.severity), CLASS_TONES)
        page.mark_where(
            (first, self.late, last, self.late),
            f"=AND(ISNUMBER({late}),{late}>0)",
            bg_color=MISSING,
            font_color=TONES["bad"],
        )
        if PACKAGE in self.at:
            package = f"${cell(first, self.at[PACKAGE])}"
            above = f"${cell(first - 1, self.at[PACKAGE])}"
            lines = (first, 1, last, self.at["Framework"])
            page.mark_where(lines, f"={package}<>{above}", top=1, top_color=TONES["open"])
            at = self.at[PACKAGE]
            page.mark_where((first, at, last, at), f"={package}={above}", font_color=FAINT)


def _days(line: PlanLine) -> float:
    return round(line.effort or 0.0, 2)
