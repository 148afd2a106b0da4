"""Not applicable: what was taken out of the assessment, why, and a line to sign it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.excel.book import OUT, Book
from gapbench.excel.page import Column, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.work.deliverable import NotApplicableRow

TABLE = "NotApplicable"
COLUMNS = (
    Column("Framework", 13),
    Column("Ref", 12),
    Column("Topic", 44),
    Column("Unit", 14),
    Column("What", 17),
    Column("Reason", 54),
    Column("Warning", 36),
)
_HINT = (
    "Nothing here counts for or against readiness. Each line needs a reason that an auditor or a "
    "lead appraiser accepts; for ISO 9001 it belongs in the scope statement. By signing, the client "
    "confirms the reasons."
)


def write(book: Book) -> None:
    """Write the sheet."""
    page = Page(book, OUT, [it.width for it in COLUMNS])
    last = len(COLUMNS) - 1
    page.sheet.write_string(0, 0, OUT, page.style("title"))
    page.need(0, 27)
    page.span(1, 0, last, _HINT, "note")
    lines = list(_lines(page))
    head = 3
    page.table(TABLE, COLUMNS, len(lines), head)
    for row, (line, texts) in enumerate(lines, head + 1):
        for col, text in enumerate((line.framework, line.subject, line.title, line.unit, line.kind)):
            page.text(row, col, text)
        for col, text in texts.items():
            page.text(row, col, text, "cell", **({"font_color": "#8A5A00"} if col == last else {}))
        page.fit_cells(row, {1: line.subject, 2: line.title, 3: line.unit, **texts})
    page.sheet.freeze_panes(head + 1, 0)
    page.sheet.repeat_rows(head)
    book.table_rows[OUT] = len(lines)
    end = _signature(page, head + len(lines) + 2)
    page.finish(end, last)


def _lines(page: Page) -> Iterator[tuple[NotApplicableRow, dict[int, str]]]:
    for line in page.book.deliverable.not_applicable:
        for texts in page.parts({5: line.reason, 6: line.warning}):
            yield line, texts


def _signature(page: Page, row: int) -> int:
    page.need(row, 30)
    for first, last, label in (
        (0, 2, "For the client: name, date, signature"),
        (4, 5, "For the consultants: name, date, signature"),
    ):
        page.blank_span(row, first, last, page.style("rule"))
        page.span(row + 1, first, last, label, "label")
    return row + 1
