"""Management summary: one page with verdicts, pictures, what is strong and weak, and what to do first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.excel import summary_actions, summary_plan
from gapbench.excel.book import CAVEAT, SUMMARY, Book
from gapbench.excel.page import Page
from gapbench.excel.pictures import Beside
from gapbench.excel.summary_audit import AuditPanel
from gapbench.excel.summary_levels import LevelPanel
from gapbench.excel.summary_panel import CHART_HEIGHT, CHART_ROWS, COLUMNS, GUTTER, HALF, WIDTH, Panel, Place
from gapbench.rating.results import ConformityResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapbench.work.deliverable import Assessed

_DATA = COLUMNS + 2
"""First column of the figures behind the pictures, beside what is printed."""


def write(book: Book) -> None:
    """Write the sheet; readiness sheets and plan stand already."""
    page = Page(book, SUMMARY, [*[WIDTH] * HALF, GUTTER, *[WIDTH] * HALF])
    for col, width in ((COLUMNS, 3), (COLUMNS + 1, 3), (_DATA, 34)):
        page.sheet.set_column(col, col, width)
    page.heading(SUMMARY, COLUMNS - 1)
    assessed = book.deliverable.assessed
    data = Beside(page, _DATA)
    breaks = []
    for pair in (assessed[at : at + 2] for at in range(0, len(assessed), 2)):
        if page.row > 2:
            breaks.append(page.row)
        _band(page, pair, data)
    page.sheet.set_h_pagebreaks(breaks)
    if page.book.package_rows:
        summary_plan.write(page, data)
    else:
        summary_actions.write(page)
    page.row = page.span(page.row, 0, COLUMNS - 1, CAVEAT, "note", italic=True)
    page.sheet.fit_to_pages(1, 1 if len(assessed) < 3 else 0)
    page.finish(page.row - 1, COLUMNS - 1)


def _band(page: Page, pair: Sequence[Assessed], data: Beside) -> None:
    """One or two panels side by side."""
    places = [Place(0, COLUMNS - 1)]
    if len(pair) == 2:
        places = [Place(0, HALF - 1), Place(HALF + 1, COLUMNS - 1)]
    page.need(page.row, 6)
    page.row += 1
    start = page.row
    panels = [_panel(page, one, place, data) for one, place in zip(pair, places, strict=True)]
    heads = [panel.head(start) for panel in panels]
    charts = max(heads)
    for panel in panels:
        panel.charts(charts)
    for row in range(charts, charts + CHART_ROWS):
        page.need(row, CHART_HEIGHT)
    lists = charts + CHART_ROWS
    page.row = max(panel.lists(lists) for panel in panels) + 1


def _panel(page: Page, one: Assessed, place: Place, data: Beside) -> Panel:
    if isinstance(one.result, ConformityResult):
        return AuditPanel(page, one, place, data, one.result)
    return LevelPanel(page, one, place, data, one.result)
