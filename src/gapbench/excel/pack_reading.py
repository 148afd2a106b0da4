"""A framework that somebody wrote in the workbook of `pack_template`, read as the document that YAML would give.

Nothing of the file is trusted: it is weighed before it is opened, and only cells are looked at.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from gapbench.catalog.load import first_of
from gapbench.catalog.reading import Cell, Entry, Rows, shown, unprintable
from gapbench.catalog.shape import sentence
from gapbench.errors import CatalogError, FileError
from gapbench.excel import pack_sheets as sheets

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from gapbench.excel.pack_sheets import Column

LARGEST = 8 * 1024 * 1024
LARGEST_OPEN = 48 * 1024 * 1024
PARTS = 500
ROWS = 12_000
WIDTH = 60
LONGEST = 2000
MOST = 100

_FLAGS = {"yes": True, "true": True, "x": True, "1": True, "no": False, "false": False, "0": False}
_ERRORS = frozenset(
    {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!"}
)
_Row = tuple[int, list[Any]]


class PackError(CatalogError):
    """The workbook cannot be read as a framework; `problems` holds a sentence for each cell that is wrong."""

    def __init__(self, problems: tuple[str, ...], name: str) -> None:
        super().__init__(first_of(problems, name))
        self.problems = problems


def read_pack(path: Path) -> Entry:
    """Read the workbook.

    Raises:
        FileError: It cannot be read at all.
        PackError: It is not the workbook of the template, or cells cannot be understood; each is named with
            sheet, row and column.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as problem:
        raise FileError(f"{path.name} cannot be read ({problem.strerror or problem}); check the path.") from problem
    return read_pack_bytes(data, path.name)


def read_pack_bytes(data: bytes, name: str) -> Entry:
    """Read the content of the workbook; `name` is used in what is said about it."""
    if why := _unfit(data):
        raise PackError((f"{name}: {why}.",), name)
    found = _Reading(name, _tables(data, name))
    document = found.document()
    if found.problems:
        raise PackError(tuple(found.problems[:MOST]), name)
    return document


def in_headings(problem: str) -> str:
    """A problem in the words of the workbook: headings of columns instead of keys."""
    sheet = next((name for name in (sheets.FRAMEWORK, *sheets.TABLES) if f"sheet {name}" in problem), "")
    columns = sheets.TABLES.get(sheet, sheets.HEAD)
    place = "row" if sheet == sheets.FRAMEWORK else "column"
    for column in columns:
        problem = problem.replace(f"the key '{column.key}' is missing", f"the {place} {column.label} is empty")
        problem = problem.replace(f": {column.key}: ", f": {column.label}: ")
    return problem


# --- the file ----------------------------------------------------------------------------------------


def _unfit(data: bytes) -> str:
    """Why these bytes are not opened; "" when they may be."""
    if len(data) > LARGEST:
        return f"it is larger than {LARGEST // 1024**2} MB; a framework stays well below"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "an old or a protected workbook; take the password away and save it as .xlsx"
    if not data.startswith(b"PK"):
        return "not a workbook; save it as .xlsx, or give a text file the ending .yaml"
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _unfit_parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        return "the file is damaged; open it in Excel and save it again"


def _unfit_parts(archive: zipfile.ZipFile) -> str:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(parts) > PARTS or len(set(names)) < len(names) or sum(part.file_size for part in parts) > LARGEST_OPEN:
        return "it unfolds into more than a framework holds"
    if "xl/workbook.xml" not in names:
        return "not a workbook; save it as .xlsx"
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as stream:
                text = stream.read()
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text or text.startswith((b"\xff\xfe", b"\xfe\xff")):
                return "it holds definitions that no workbook needs"
    return ""


def _tables(data: bytes, name: str) -> dict[str, list[_Row]]:
    """Rows of the sheets that are ours, with their numbers; empty rows are left out."""
    from openpyxl import load_workbook

    wanted = {sheets.said(each): each for each in (sheets.FRAMEWORK, *sheets.TABLES)}
    found: dict[str, list[_Row]] = {}
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for title in book.sheetnames:
            if sheet := wanted.get(sheets.said(title)):
                found[sheet] = _rows(book[title])
        book.close()
    except _BROKEN as problem:
        what = f"{name}: the workbook cannot be read ({type(problem).__name__}); open it in Excel and save it again."
        raise PackError((what,), name) from problem
    return found


_BROKEN = (
    ArithmeticError, AttributeError, EOFError, LookupError, NotImplementedError, OSError, RuntimeError, SyntaxError,
    TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


def _rows(sheet: Any) -> list[_Row]:
    if not hasattr(sheet, "reset_dimensions"):  # a sheet of charts has no cells
        return []
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    found: list[_Row] = []
    for number, cells in enumerate(sheet.iter_rows(max_col=WIDTH, max_row=ROWS + 1, values_only=True), start=1):
        if any(cell not in (None, "") for cell in cells):
            found.append((number, list(cells)))
    return found


# --- the document --------------------------------------------------------------------------------------


class _Reading:
    """Turns rows into entries, and keeps what cannot be understood as sentences."""

    def __init__(self, name: str, tables: dict[str, list[_Row]]) -> None:
        self.problems: list[str] = []
        self._name = name
        self._tables = tables

    def document(self) -> Entry:
        """The catalog, as far as it could be read."""
        missing = [sheet for sheet in (sheets.FRAMEWORK, sheets.GROUPS, sheets.ITEMS) if sheet not in self._tables]
        if missing:
            self.problems.append(
                f"{self._name}: there is no sheet {missing[0]}; begin with `gapbench catalogs template my.xlsx`."
            )
            return Entry(Cell(1, sheets.FRAMEWORK))
        document = self._head()
        groups, every = self._groups()
        self._items(groups, every)
        _put(document, "views", self._table(sheets.VIEWS), Cell(1, sheets.VIEWS))
        _put(document, "generic", _list(every), Cell(1, sheets.GROUPS))
        _put(document, "tests", self._tests(), Cell(1, sheets.TESTS))
        document["groups"] = _list(groups)
        document.lines["groups"] = Cell(1, sheets.GROUPS)
        return document

    def _head(self) -> Entry:
        document = Entry(Cell(1, sheets.FRAMEWORK))
        document["gapbench_catalog"] = 1
        document.lines["gapbench_catalog"] = document.line
        known = {sheets.said(word): column for column in sheets.HEAD for word in (column.label, column.key)}
        for number, cells in self._tables[sheets.FRAMEWORK][1:]:
            at, label, value = Cell(number, sheets.FRAMEWORK, "B"), str(cells[0] or ""), cells[1]
            if sheets.said(label) in (sheets.said(sheets.PRINCIPLE.label), "principles"):
                self._principle(document, value, at)
            elif (column := known.get(sheets.said(label))) is None:
                self._say(Cell(number, sheets.FRAMEWORK, "A"), "", label, "there is no such row in the template")
            elif column.key in document:
                self._say(at, "", column.key, "given twice")
            else:
                self._keep(document, column, value, at)
        return document

    def _principle(self, document: Entry, value: Any, at: Cell) -> None:
        for key, title in self._pairs(value, at, "", "principles").items():
            principles = document.setdefault("principles", Entry(at))
            document.lines.setdefault("principles", at)
            principles[key] = title
            principles.lines[key] = at

    def _groups(self) -> tuple[list[Entry], list[Entry]]:
        """Groups, and goals that every area has."""
        groups, every = [], []
        for entry in self._table(sheets.GROUPS):
            if entry.pop("every_area", False):
                every.append(entry)
            else:
                groups.append(entry)
        return groups, every

    def _items(self, groups: list[Entry], every: list[Entry]) -> None:
        places = {entry.get("id", ""): entry for entry in (*every, *groups)}
        for item in self._table(sheets.ITEMS):
            group = item.pop("group", "")
            at = item.lines.pop("group", item.line)
            assert isinstance(at, Cell)  # noqa: S101 (made by `_table`)
            if group == sheets.EVERY_AREA and group not in places:
                places[group] = Entry(at)
                every.append(places[group])
            if group not in places:
                what = f"there is no group {group!r} on sheet {sheets.GROUPS}" if group else "missing"
                self._say(at, str(item.get("id", "")), "group", what)
                continue
            place = places[group]
            rows = place.setdefault("items", Rows())
            place.lines.setdefault("items", item.line)
            rows.append(item)
            rows.lines.append(item.line)

    def _tests(self) -> list[Entry]:
        tests = self._table(sheets.TESTS)
        for test in tests:
            gives = Entry(test.line)
            for key in [key for key in test if key in sheets.GIVES]:
                gives[key], gives.lines[key] = test.pop(key), test.lines.pop(key)
            test["gives"], test.lines["gives"] = gives, test.line
        return tests

    def _table(self, sheet: str) -> list[Entry]:
        """The rows of a sheet below its headings."""
        rows = self._tables.get(sheet, [])
        if not rows:
            return []
        columns = self._columns(sheet, *rows[0])
        found: list[Entry] = []
        for number, cells in rows[1:]:
            if len(found) == ROWS - 1:
                self._say(Cell(number, sheet), "", "", f"more than {ROWS} rows; a framework stays well below")
                break
            entry = Entry(Cell(number, sheet))
            for place, column in columns.items():
                self._keep(entry, column, cells[place], Cell(number, sheet, _letter(place)))
            if entry:
                found.append(entry)
        return found

    def _columns(self, sheet: str, number: int, headings: list[Any]) -> dict[int, Column]:
        known = {sheets.said(word): column for column in sheets.TABLES[sheet] for word in (column.label, column.key)}
        known |= {sheets.said(f"from level {level}"): _from_level(level) for level in range(1, 10)}
        found: dict[int, Column] = {}
        for place, heading in enumerate(headings):
            if heading in (None, ""):
                continue
            at = Cell(number, sheet, _letter(place))
            column = known.get(sheets.said(str(heading)))
            if column is None:
                self._say(at, "", str(heading), "there is no such column in the template; delete it")
            elif any(column.key == other.key for other in found.values()):
                self._say(at, "", str(heading), "this column stands there twice")
            else:
                found[place] = column
        return found

    # --- one cell ----------------------------------------------------------------------------------

    def _keep(self, entry: Entry, column: Column, value: Any, at: Cell) -> None:
        """Put a value into an entry, unless the cell is empty."""
        if value is None or (isinstance(value, str) and not value.strip()):
            return
        name = str(entry.get("id", entry.get("name", "")))
        found = self._value(column, value, at, name)
        if found is not None:
            entry[column.key] = found
            entry.lines[column.key] = at

    def _value(self, column: Column, value: Any, at: Cell, name: str) -> Any:
        if column.sort == "pairs":
            return self._pairs(value, at, name, column.key)
        text = self._text(column, value, at, name)
        if text is None:
            return None
        if column.sort == "list":
            rows = Rows()
            for part in filter(None, (" ".join(each.split()) for each in text.replace("\n", ";").split(";"))):
                rows.append(part)
                rows.lines.append(at)
            return rows
        line = " ".join(text.split())
        if column.sort == "flag":
            if line.casefold() not in _FLAGS:
                self._say(at, name, column.key, f"{shown(line)!r} is neither yes nor empty")
                return None
            return _FLAGS[line.casefold()] or None
        return int(line) if column.sort == "level" and line.isascii() and line.isdecimal() and len(line) < 8 else line

    def _text(self, column: Column, value: Any, at: Cell, name: str) -> str | None:
        """A cell as text; None, and a sentence, when Excel has made something else of it."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, (int, float)):
            return self._number(column, value, at, name)
        if not isinstance(value, str):
            self._say(at, name, column.key, "Excel has made a date of it; format the cell as text and type it again")
            return None
        if value.strip().upper() in _ERRORS:
            self._say(at, name, column.key, f"{value.strip()} is an error of Excel; correct the cell")
            return None
        if len(value) > LONGEST:
            self._say(at, name, column.key, f"{len(value)} characters; at most {LONGEST} fit into a cell")
            return None
        if found := unprintable(value.replace("\t", " ").replace("\r", "\n")):
            self._say(at, name, column.key, f"contains the unprintable character {found}")
            return None
        return value.replace("\r", "\n")

    def _number(self, column: Column, value: float, at: Cell, name: str) -> str | None:
        if float(value).is_integer() and abs(value) < 1e9:
            return str(int(value))
        if column.sort in ("number", "list"):
            what = f"{value} is a number to Excel, and 8.10 would be 8.1; format the cell as text and type it again"
            self._say(at, name, column.key, what)
            return None
        return str(value)

    def _pairs(self, value: Any, at: Cell, name: str, key: str) -> Entry:
        """Pairs written as "a = b; c = d"."""
        pairs = Entry(at)
        if isinstance(value, str) and value.strip().upper() in _ERRORS:
            self._say(at, name, key, f"{value.strip()} is an error of Excel; correct the cell")
            return pairs
        text = value if isinstance(value, str) else "" if value is None else str(value)
        if len(text) > LONGEST * 10 or unprintable(text.replace("\r", "\n")):
            self._say(at, name, key, "too long, or with characters that cannot be shown")
            return pairs
        for part in filter(str.strip, text.replace("\n", ";").split(";")):
            left, equals, right = (" ".join(each.split()) for each in part.partition("="))
            if not (left and equals and right):
                self._say(at, name, key, f"{shown(part.strip())!r} is not of the form: name = value")
            elif left in pairs:
                self._say(at, name, key, f"{shown(left)!r} is given twice")
            else:
                pairs[left] = int(right) if right.isascii() and right.isdecimal() and len(right) < 8 else right
                pairs.lines[left] = at
        return pairs

    def _say(self, at: Cell, entry: str, key: str, what: str) -> None:
        if len(self.problems) < MOST:
            self.problems.append(sentence(self._name, at, entry, key, what))


def _from_level(level: int) -> Column:
    return sheets.Column(f"from_level_{level}", f"From level {level}", "", "list")


def _put(document: Entry, key: str, rows: Iterable[Entry], at: Cell) -> None:
    found = _list(rows)
    if found:
        document[key] = found
        document.lines[key] = at


def _list(entries: Iterable[Entry]) -> Rows:
    rows = Rows()
    for entry in entries:
        rows.append(entry)
        rows.lines.append(entry.line)
    return rows


def _letter(place: int) -> str:
    """The letters of a column: 0 -> A, 26 -> AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
