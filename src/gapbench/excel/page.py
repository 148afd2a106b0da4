"""A sheet with a cursor: writes values, keeps rows high enough, sets up print and protection."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from gapbench.excel import measure, strings
from gapbench.excel.style import SIZE, size_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from gapbench.excel.book import Book, Cell
    from gapbench.rating.results import Tone

MARGIN = 0.4
_ZOOM = 115
_EPOCH = datetime.date(2000, 1, 1)
_DAY_ZERO = 693_594
_NEAR_LIMIT = strings.CELL_LIMIT // 2
_PROTECTION = {
    "sort": True,
    "autofilter": True,
    "format_columns": True,
    "format_rows": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}


Cells = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width as Excel counts it, what its heading looks like."""

    head: str
    width: float
    hidden: bool = False
    centre: bool = False


class Page:
    """One sheet.

    Attributes:
        sheet: The XlsxWriter worksheet.
        row: Where the next block goes, from 0.
    """

    def __init__(self, book: Book, name: str, widths: Sequence[float]) -> None:
        self.book = book
        self.name = name
        self.sheet: Any = book.workbook.get_worksheet_by_name(name)
        self.row = 0
        self._widths = list(widths)
        self._heights: dict[int, float] = {}
        for place, width in enumerate(widths):
            self.sheet.set_column(place, place, width)
        self._set_up()

    def _set_up(self) -> None:
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=MARGIN, right=MARGIN, top=0.36, bottom=0.52)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        sheet.set_zoom(_ZOOM)
        sheet.protect("", _PROTECTION)
        sheet.set_footer("&C", {"margin": 0.25})
        sheet.footer = self._footer()

    def _footer(self) -> str:
        profile = self.book.deliverable.profile
        clean = self.book.clean
        left = strings.footer_text(strings.shortened(clean(profile.client), 60))
        mark = strings.footer_text(strings.shortened(clean(profile.classification), 40))
        font = '&"Arial,Regular"&8'
        return f"&L{font} {left}&C{font} {mark}&R{font} page &P of &N"

    def hide(self, columns: Iterable[int]) -> None:
        """Hide columns."""
        for place in columns:
            self.sheet.set_column(place, place, self._widths[place], None, {"hidden": True})

    def style(self, name: str, **differing: object) -> Any:
        """A cell format."""
        return self.book.styles(name, **differing)

    def ref(self, row: int, col: int) -> str:
        """Absolute reference on this sheet."""
        return str(xl_rowcol_to_cell(row, col, row_abs=True, col_abs=True))

    def far_ref(self, row: int, col: int) -> str:
        """Absolute reference from another sheet."""
        return f"'{self.name}'!{self.ref(row, col)}"

    def text(self, row: int, col: int, text: str, style: str = "cell", **differing: object) -> None:
        """Client text or ours, as text; a single cell that the caller knows to be short."""
        self.string(row, col, self.book.clean(text), self.style(style, **differing))
        if self._heights.get(row, 0) == 0:
            self.need(row, measure.height(1, float(str(differing.get("font_size", size_of(style))))))

    def string(self, row: int, col: int, text: str, form: Any) -> None:
        """Clean text, or a blank cell."""
        if text:
            if len(text) > _NEAR_LIMIT:
                text = strings.first_of(text)
            self.sheet.write_string(row, col, text, form)
        else:
            self.sheet.write_blank(row, col, None, form)

    def number(self, row: int, col: int, value: float, style: str = "number") -> None:
        """A number."""
        self.sheet.write_number(row, col, value, self.style(style))

    def date(self, row: int, col: int, value: datetime.date | None, style: str = "date") -> None:
        """A day as a date, or a blank cell."""
        if value is None:
            self.sheet.write_blank(row, col, None, self.style(style))
        else:
            self.sheet.write_datetime(row, col, value, self.style(style))

    def formula(self, row: int, col: int, formula: str, value: Cell | None, form: Any, empty: str = "") -> None:
        """A formula with its true value; None is the word `empty`."""
        self.sheet.write_formula(row, col, formula, form, empty if value is None else value)

    def room(self, first: int, last: int) -> float:
        """Points for text across some columns."""
        return measure.column_points(sum(self._widths[first : last + 1])) + 3.7 * (last - first)

    def need(self, row: int, height: float) -> None:
        """Make a row at least so high."""
        if height > self._heights.get(row, 0.0):
            self._heights[row] = min(height, measure.MAX_ROW + 8)

    def fit(self, row: int, texts: Iterable[tuple[int, int, str]], size: float = SIZE) -> None:
        """Make a row high enough for texts that stand across columns (first, last, text)."""
        most = max(
            (measure.line_count(text, self.room(first, last), size) for first, last, text in texts),
            default=1,
        )
        self.need(row, measure.height(most, size))

    def span(self, row: int, first: int, last: int, text: str, style: str, **differing: object) -> int:
        """Text across columns in merged cells, on as many rows as it takes; gives the next row."""
        form = self.style(style, **differing)
        size = float(str(differing.get("font_size", size_of(style))))
        if differing.get("bold"):
            size *= 1.07
        room = self.room(first, last)
        for piece in measure.fitting_pieces(self.book.clean(text), room, size):
            self.blank_span(row, first, last, form)
            self.string(row, first, piece, form)
            self.need(row, measure.height(measure.line_count(piece, room, size), size))
            row += 1
        return row

    def blank_span(self, row: int, first: int, last: int, form: Any) -> None:
        """Merged cells with nothing in them yet."""
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", form)

    def live_span(
        self,
        row: int,
        first: int,
        last: int,
        formula: str,
        value: str,
        style: str,
        **differing: object,
    ) -> None:
        """A sentence by formula across columns."""
        form = self.style(style, **differing)
        self.blank_span(row, first, last, form)
        self.formula(row, first, formula, value, form)
        size = size_of(style) * 1.07
        lines = measure.line_count(value + "x" * 12, self.room(first, last), size)
        self.need(row, measure.height(lines, size))

    def parts(self, texts: Mapping[int, str], size: float = SIZE) -> Iterator[dict[int, str]]:
        """Texts by column cut into rows that are not too high; mostly one row."""
        clean = self.book.clean
        pieces = {
            col: list(measure.fitting_pieces(clean(text), self.room(col, col), size)) for col, text in texts.items()
        }
        for part in range(max(map(len, pieces.values()), default=1)):
            yield {col: "".join(found[part : part + 1]) for col, found in pieces.items()}

    def fit_cells(self, row: int, texts: Mapping[int, str], size: float = SIZE) -> None:
        """Make a row high enough for texts by column."""
        self.fit(row, ((col, col, text) for col, text in texts.items()), size)

    def section(self, title: str, last: int, first: int = 0) -> None:
        """A heading across the sheet at the cursor."""
        self.sheet.set_row(self.row, 8)
        self._heights[self.row] = 8
        self.row += 1
        for col in range(first, last + 1):
            self.sheet.write_blank(self.row, col, None, self.style("section"))
        self.sheet.write_string(self.row, first, title, self.style("section"))
        self.need(self.row, 18)
        self.row += 1

    def heading(self, title: str, last: int, first: int = 0) -> None:
        """The title of the sheet with the client below it, at the cursor."""
        profile = self.book.deliverable.profile
        self.sheet.write_string(self.row, first, title, self.style("title"))
        self.need(self.row, 27)
        below = " \N{MIDDLE DOT} ".join(filter(None, (profile.client, profile.title)))
        self.row = self.span(self.row + 1, first, last, strings.shortened(below, 220), "subtitle")

    def head_row(self, row: int, heads: Sequence[str], first: int = 0, centred: Container[int] = ()) -> None:
        """Headings of a table; `centred` are the columns whose figures stand in the middle."""
        for place, head in enumerate(heads, first):
            style = "head centre" if place in centred else "head"
            self.sheet.write_string(row, place, head, self.style(style))
        self.fit(row, [(p, p, head + "x") for p, head in enumerate(heads, first)], SIZE * 1.07)
        self.need(row, self._heights[row] + 4)

    def table(self, name: str, columns: Sequence[Column], rows: int, row: int, first: int = 0) -> None:
        """A real Excel table at `row` with a heading line; the caller writes the cells."""
        last = first + len(columns) - 1
        self.sheet.add_table(
            row,
            first,
            row + max(rows, 1),
            last,
            {
                "name": name,
                "style": None,
                "autofilter": True,
                "columns": [{"header": column.head} for column in columns],
            },
        )
        centred = {place for place, column in enumerate(columns, first) if column.centre}
        self.head_row(row, [column.head for column in columns], first, centred)
        if not rows:
            for col in range(first, last + 1):
                self.sheet.write_blank(row + 1, col, None, self.style("cell"))

    def ink_words(self, cells: Cells, tones: Mapping[str, Tone]) -> None:
        """Ink cells by the word that stands in them now."""
        for word, tone in tones.items():
            rule = {"type": "cell", "criteria": "==", "value": strings.quoted(word)}
            self.sheet.conditional_format(*cells, {**rule, "format": self.book.styles.tone(tone)})

    def mark_where(self, cells: Cells, formula: str, **look: object) -> None:
        """Give cells a look while a formula, written for the first of them, is true."""
        rule = {"type": "formula", "criteria": formula, "format": self.book.styles.bare(**look)}
        self.sheet.conditional_format(*cells, rule)

    def choices(self, cells: Cells, words: Sequence[str], title: str) -> None:
        """Cells that take one of these words, or nothing."""
        message = strings.shortened(f"Choose one of: {', '.join(words)}; or leave it empty.", 250)
        rule = {"validate": "list", "source": list(words), "error_title": title}
        self.sheet.data_validation(*cells, {**rule, "error_message": message})

    def dates(self, cells: Cells, title: str) -> None:
        """Cells that take a date, or nothing."""
        rule = {"validate": "date", "criteria": ">=", "value": _EPOCH, "error_title": title}
        self.sheet.data_validation(*cells, {**rule, "error_message": "A date, such as 2026-12-01."})

    def figures(self, cells: Cells, title: str, least: float, most: float | None, message: str) -> None:
        """Cells that take a number from a range, or nothing."""
        bounds = {"criteria": ">=", "value": least}
        if most is not None:
            bounds = {"criteria": "between", "minimum": least, "maximum": most}
        rule = {"validate": "decimal", **bounds, "error_title": title}
        self.sheet.data_validation(*cells, {**rule, "error_message": message})

    def finish(self, last_row: int, last_col: int, first_col: int = 0) -> None:
        """Set the heights and what is printed."""
        for row, height in self._heights.items():
            self.sheet.set_row(row, height)
        self.sheet.print_area(0, first_col, max(last_row, 0), last_col)
        self.book.tick()


def letter(col: int) -> str:
    """Column letter."""
    return str(xl_col_to_name(col))


def cell(row: int, col: int) -> str:
    """Relative reference on the same sheet."""
    return f"{xl_col_to_name(col)}{row + 1}"


def serial(day: datetime.date) -> int:
    """A day as Excel counts it."""
    return day.toordinal() - _DAY_ZERO


def summed(rows: Sequence[int], col: int) -> str:
    """The sum of some cells of a column, neighbours as ranges."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    terms = [cell(first, col) if first == last else f"{cell(first, col)}:{cell(last, col)}" for first, last in runs]
    sums = [f"SUM({','.join(terms[at : at + 100])})" for at in range(0, len(terms), 100)]
    return "+".join(sums) or "0"
