"""A workbook in which people write a framework of their own; what is in a document already is filled in."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from gapbench.excel import pack_sheets as sheets
from gapbench.excel.strings import Cleaner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gapbench.excel.pack_sheets import Column

ROWS = 3000
"""Rows that have drop-downs and text format."""

_BANNER = (
    "A framework of your own. Write over the example on the green sheets, from left to right.",
    "Then let gapbench look through it:  gapbench catalogs validate THIS-FILE.xlsx --watch",
    "See it as an interview:  gapbench catalogs preview THIS-FILE.xlsx",
    "Bring it in:  gapbench catalogs import THIS-FILE.xlsx",
    "Lists in one cell have ; between their parts. Columns that you do not need may stay empty or be deleted.",
    "Your own words only, or text that you have the right to use.",
)


def workbook(document: Mapping[str, Any]) -> bytes:
    """The bytes of the workbook.

    Args:
        document: A catalog as its YAML file says it, in plain values; its model decides which columns are shown.
    """
    from xlsxwriter import Workbook

    stream = BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with Workbook(stream, plain) as book:
        _Writing(book, document).write()
    return stream.getvalue()


class _Writing:
    def __init__(self, book: Any, document: Mapping[str, Any]) -> None:
        self._book = book
        self._document = document
        self._model = document["model"]
        self._clean = Cleaner()
        plain: dict[str, Any] = {"num_format": "@", "text_wrap": True, "valign": "top"}
        self._cell = book.add_format(plain)
        self._head = book.add_format({"bold": True, "bg_color": "#DDEBE3", "bottom": 1, "text_wrap": True})
        self._title = book.add_format({"bold": True, "font_size": 14})

    def write(self) -> None:
        """Every sheet, in the order of writing."""
        self._read_me()
        self._framework()
        tables = {
            sheets.GROUPS: _groups(self._document),
            sheets.ITEMS: _items(self._document),
            sheets.VIEWS: _views(self._document),
            sheets.TESTS: _tests(self._document),
        }
        for name, rows in tables.items():
            self._table(name, rows)

    def _sheet(self, name: str) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.hide_gridlines(0 if name != sheets.README else 2)
        if name != sheets.README:
            sheet.set_tab_color("#3C8D62")
        return sheet

    def _read_me(self) -> None:
        sheet = self._sheet(sheets.README)
        sheet.set_column(0, 0, 14)
        sheet.set_column(1, 1, 18)
        sheet.set_column(2, 2, 90)
        sheet.write_string(0, 0, "A framework of your own", self._title)
        row = 2
        for line in _BANNER:
            sheet.write_string(row, 0, line)
            row += 1
        for name, columns in ((sheets.FRAMEWORK, (*sheets.HEAD, sheets.PRINCIPLE)), *sheets.TABLES.items()):
            row += 1
            for place, text in enumerate((name, "Column" if name != sheets.FRAMEWORK else "Row", "Meaning")):
                sheet.write_string(row, place, text, self._head)
            for column in sheets.shown(columns, self._model):
                row += 1
                sheet.write_string(row, 1, column.label)
                sheet.write_string(row, 2, _meaning(column))
            row += 1

    def _framework(self) -> None:
        sheet = self._sheet(sheets.FRAMEWORK)
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 70, self._cell)
        sheet.set_column(2, 2, 70)
        for place, text in enumerate(("What", "Value", "Meaning")):
            sheet.write_string(0, place, text, self._head)
        sheet.freeze_panes(1, 0)
        row = 0
        for column in sheets.shown(sheets.HEAD, self._model):
            row += 1
            self._line(sheet, row, column, _written(column, self._document.get(column.key)))
        if self._model in sheets.PRINCIPLE.models:
            pairs = dict(self._document.get("principles", {})) or {"": ""}
            for key, title in pairs.items():
                row += 1
                self._line(sheet, row, sheets.PRINCIPLE, f"{key} = {title}" if key else "")

    def _line(self, sheet: Any, row: int, column: Column, text: str) -> None:
        sheet.write_string(row, 0, column.label, self._head)
        sheet.write_string(row, 1, self._clean(text), self._cell)
        sheet.write_string(row, 2, column.help)
        _offer(sheet, (row, 1, row, 1), column)

    def _table(self, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
        sheet = self._sheet(name)
        columns = sheets.shown(sheets.TABLES[name], self._model)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width, self._cell)
            sheet.write_string(0, place, column.label, self._head)
            _offer(sheet, (1, place, ROWS, place), column)
        sheet.freeze_panes(1, 1)
        for number, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                if column.key in row:
                    sheet.write_string(number, place, self._clean(_written(column, row[column.key])), self._cell)
        sheet.autofilter(0, 0, ROWS, len(columns) - 1)


def _meaning(column: Column) -> str:
    words = f" ({', '.join(column.words)})" if column.words else " (yes or empty)" if column.sort == "flag" else ""
    return f"{column.help}{words}"


def _offer(sheet: Any, cells: tuple[int, int, int, int], column: Column) -> None:
    """A drop-down where only some words are possible."""
    words = ("yes",) if column.sort == "flag" else column.words
    if words:
        sheet.data_validation(
            *cells,
            {
                "validate": "list",
                "source": list(words),
                "error_title": column.label,
                "error_message": f"One of: {', '.join(words)}; or leave it empty.",
            },
        )


def _written(column: Column, value: Any) -> str:
    """A value as it stands in a cell."""
    if value is None or value is False:
        return ""
    if column.sort == "list":
        return "; ".join(map(str, value))
    if column.sort == "pairs":
        return "; ".join(f"{key} = {each}" for key, each in value.items())
    return "yes" if column.sort == "flag" else str(value)


# --- rows of the tables ------------------------------------------------------------------------------


def _groups(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from document["groups"]
    for row in document.get("generic", ()):
        if "id" in row:
            yield {**row, "every_area": True}


def _items(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for group in (*document["groups"], *document.get("generic", ())):
        for item in group.get("items", ()):
            yield {**item, "group": group.get("id", sheets.EVERY_AREA)}


def _views(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from document.get("views", ())


def _tests(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for test in document.get("tests", ()):
        yield {**test, **test["gives"]}
