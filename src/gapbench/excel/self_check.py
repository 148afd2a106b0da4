"""Self-check: every total as the tool computed it and as this workbook computes it, side by side."""

from __future__ import annotations

from gapbench.excel.assessment import TABLE, column
from gapbench.excel.book import ASSESSMENT, CHECK, Book
from gapbench.excel.page import Page, cell
from gapbench.excel.style import TONES

ALL_OK = "All OK"
_PAIRWISE = 6_000
"""Keys up to this number are compared each with each; above, that would make a workbook slow."""

_HINT = (
    "Made so that nobody has to trust a number: the second column is what the tool computed, the third "
    "what the formulas of this workbook give now. Right after the export all are OK. Once a rating is "
    'changed here, totals that follow it differ from the export; that is what "differs" then means.'
)


def write(book: Book) -> None:
    """Write the sheet; every other sheet has noted its totals."""
    page = Page(book, CHECK, (70, 50, 50, 14))
    page.heading("Self-check", 3)
    page.row = page.span(page.row, 0, 3, _HINT, "note") + 1
    overall = page.row
    page.row += 2
    head = page.row
    page.head_row(head, ("Total", "Computed by the tool", "Computed by this workbook", "Check"), 0, (3,))
    page.row += 1
    for check in book.checks:
        _line(page, check.what, check.tool, f"={check.cell}")
    _rows(page)
    _keys(page)
    _overall(page, overall, head + 1, page.row - 1)
    page.sheet.freeze_panes(head + 1, 0)
    page.sheet.repeat_rows(head)
    page.finish(page.row - 1, 3)


def _line(page: Page, what: str, tool: str | float, formula: str) -> None:
    row = page.row
    form = page.style("cell", align="right")
    page.text(row, 0, what)
    if isinstance(tool, str):
        page.text(row, 1, tool, "cell", align="right")
        page.fit_cells(row, {1: tool + "x" * 8})
    else:
        page.sheet.write_number(row, 1, tool, form)
    page.formula(row, 2, formula, tool, form)
    ours, theirs = cell(row, 1), cell(row, 2)
    same = f"{ours}={theirs}"
    if not isinstance(tool, str):
        same = f"IF(ISNUMBER({theirs}),ABS({ours}-{theirs})<0.0001,FALSE)"
    page.formula(row, 3, f'=IF({same},"OK","differs")', "OK", page.style("centre"))
    page.row += 1


def _rows(page: Page) -> None:
    rows = page.book.table_rows.get(ASSESSMENT, 0)
    _line(page, "Rows of the assessment", rows, f'=COUNTIFS({column("Key")},"?*")')


def _keys(page: Page) -> None:
    rows = page.book.table_rows.get(ASSESSMENT, 0)
    keys = column("Key")
    if rows <= _PAIRWISE:
        formula = f"=SUMPRODUCT((COUNTIF({keys},{keys})>1)*1)"
        _line(page, "Keys of the assessment that stand there twice", 0, formula)
        return
    first, last = 5, 4 + rows
    above, below = f"{TABLE}!$A${first}:$A${last - 1}", f"{TABLE}!$A${first + 1}:$A${last}"
    formula = f"=SUMPRODUCT(({above}={below})*1)"
    _line(page, "Keys of the assessment that equal the one above", 0, formula)


def _overall(page: Page, row: int, first: int, last: int) -> None:
    where = f"{cell(first, 3)}:{cell(last, 3)}"
    formula = (
        f'=IF(COUNTIF({where},"OK")=ROWS({where}),"{ALL_OK}",'
        f'(ROWS({where})-COUNTIF({where},"OK"))&" of "&ROWS({where})&" differ from the export")'
    )
    page.live_span(row, 0, 3, formula, ALL_OK, "verdict")
    good, bad = {"font_color": TONES["good"], "bold": True}, {"font_color": TONES["bad"], "bold": True}
    lines = (first, 3, last, 3)
    page.mark_where(lines, f'=${cell(first, 3)}="OK"', **good)
    page.mark_where(lines, f'=${cell(first, 3)}="differs"', **bad)
    page.mark_where((row, 0, row, 3), f'=${cell(row, 0)}="{ALL_OK}"', **good)
    page.book.overall = page.far_ref(row, 0)
