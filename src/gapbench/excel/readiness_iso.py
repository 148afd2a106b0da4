"""Readiness for certification, clause by clause: every figure a formula over the Assessment table.

The rules stand once more as formulas: points count by their worst site (once every site is rated,
or one does not conform), a proposed finding stands where weak points are covered by no recorded
one, and the verdict is the first rule that holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.excel.assessment import column
from gapbench.excel.book import ISO, Book, ConformityCells, Values, conformity_of
from gapbench.excel.clause_facts import (
    CLAUSE,
    COLUMNS,
    COVERAGE,
    DIRECT,
    LAST,
    MAJORS,
    MINORS,
    NO_POINTS,
    NOTHING_RATED,
    PERCENT,
    PROPOSED,
    ClauseFacts,
    Line,
)
from gapbench.excel.clause_panel import Verdict, headline
from gapbench.excel.clause_points import Points
from gapbench.excel.clause_table import Clauses
from gapbench.excel.page import Page

if TYPE_CHECKING:
    from gapbench.rating.results import ConformityResult
    from gapbench.work.deliverable import Assessed


def write(book: Book) -> None:
    """Write the sheet, one block per framework."""
    page = Page(book, ISO, [it.width for it in COLUMNS])
    page.hide(place for place, it in enumerate(COLUMNS) if it.hidden)
    page.heading("Readiness for certification", LAST, CLAUSE)
    breaks = []
    head = 0
    for number, (assessed, result) in enumerate(conformity_of(book.deliverable)):
        if number:
            breaks.append(page.row)
        block = _Block(page, assessed, result, number)
        block.write()
        head = head or block.head
    page.sheet.set_h_pagebreaks(breaks)
    page.sheet.repeat_rows(head)
    page.finish(page.row, LAST, CLAUSE)


class _Block:
    """One framework: verdict above, clauses below, points over sites last."""

    def __init__(self, page: Page, assessed: Assessed, result: ConformityResult, number: int) -> None:
        recorded = [it for it in page.book.deliverable.findings if not it.proposed]
        self.page, self.assessed, self.result = page, assessed, result
        self.facts = ClauseFacts(assessed, result, f"Points{number + 1}", recorded)
        self.head = 0

    def write(self) -> None:
        """Write the block at the cursor of the page."""
        page, facts, name = self.page, self.facts, self.assessed.name
        page.section(f"{name}: the verdict and its rules", LAST, CLAUSE)
        verdict = Verdict(page, facts)
        verdict.cautions()
        page.section(f"{name}: clause by clause", LAST, CLAUSE)
        self.head = page.row
        clauses = Clauses(page, facts)
        clauses.write()
        verdict.write(clauses.total)
        if facts.source is not DIRECT:
            page.section(f"{name}: points over {len(facts.sites)} sites", LAST, CLAUSE)
            Points(page, facts).write()
        self._remember(verdict.row, clauses.total, facts.lines)

    def _remember(self, panel: int, total: int, lines: list[Line]) -> None:
        page, book, name = self.page, self.page.book, self.assessed.name
        cells = ConformityCells(
            headline=page.far_ref(panel, CLAUSE),
            percent=page.far_ref(total, PERCENT),
            coverage=page.far_ref(total, COVERAGE),
            majors=page.far_ref(total, MAJORS),
            minors=page.far_ref(total, MINORS),
            rows={line.clause.id: line.row for line in lines},
            proposed={it.clause.id: page.far_ref(it.row, PROPOSED) for it in lines if it.clause.points},
        )
        book.conformity[self.facts.catalog.id] = cells
        table = self.facts.table
        over_sites = self.facts.source is not DIRECT
        book.values[self.facts.catalog.id] = (
            Values(f"{table}[Key]", f"{table}[Value]") if over_sites else Values(column("Item key"), column("Rating"))
        )
        tally = self.result.tally
        book.check(f"{name}: verdict and headline", headline(self.result), cells.headline)
        book.check(f"{name}: readiness %", tally.percent, cells.percent, NOTHING_RATED)
        book.check(f"{name}: coverage %", tally.coverage, cells.coverage, NO_POINTS)
        book.check(f"{name}: majors", self.result.majors, cells.majors)
        book.check(f"{name}: minors", self.result.minors, cells.minors)
        for line in lines:
            if line.depth == 0:
                self._check_clause(line)

    def _check_clause(self, line: Line) -> None:
        clause, what = line.clause, f"{self.assessed.name} clause {line.clause.id}"
        for col, word, value, empty in (
            (PERCENT, "readiness %", clause.tally.percent, NOTHING_RATED),
            (COVERAGE, "coverage %", clause.tally.coverage, NO_POINTS),
            (MAJORS, "majors", clause.majors, ""),
            (MINORS, "minors", clause.minors, ""),
        ):
            self.page.book.check(f"{what}: {word}", value, self.page.far_ref(line.row, col), empty)
