"""The Excel form of a CISO Assistant library, layout v2, as the document that its YAML form would be.

A tab `xxx_meta` says what `xxx_content` holds; `library_meta` speaks of the whole. Nothing of the workbook is
evaluated, followed or kept.
"""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from gapbench.catalog.importers.wording import many
from gapbench.errors import CatalogError, FileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LARGEST = 16 * 1024 * 1024
UNPACKED = 48 * 1024 * 1024
MEMBERS = 2000
ROWS = 20_000
COLUMNS = 80
META_ROWS = 200

_META, _CONTENT = "_meta", "_content"
_OLD = "library_content"
_DECIMALS = re.compile(r"0\.(0+)")
_IN_LANGUAGE = re.compile(r"(.+)\[(.+)\]")

Document = dict[str, Any]


def is_library(path: Path) -> bool:
    """Whether a workbook has the tabs of a CISO Assistant library, old or new layout."""
    with _opened(path) as book:
        return any(name.strip().casefold() in ("library_meta", _OLD) for name in book.sheetnames)


def read_library(path: Path) -> tuple[Document, tuple[str, ...]]:
    """The library that a workbook describes, and a sentence for each thing that Excel has spoiled.

    Raises:
        FileError: It cannot be read.
        CatalogError: It is no such workbook, or not a harmless one.
    """
    with _opened(path) as book:
        return _library(book, path.name)


# --- opening --------------------------------------------------------------------------------------


class _opened:  # noqa: N801 (reads as a verb where it is used)
    """A workbook that is open for reading; whatever is broken in it becomes a sentence."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._quiet = warnings.catch_warnings()
        self._book: Any = None
        self._file: Any = None

    def __enter__(self) -> Any:
        self._quiet.__enter__()
        warnings.simplefilter("ignore")
        try:
            _look_through(self._path)
            from openpyxl import load_workbook

            self._file = self._path.open("rb")  # openpyxl would leave it open where it gives up
            self._book = load_workbook(self._file, read_only=True, data_only=True, keep_links=False)
        except BaseException as problem:
            self._leave()
            self._explain(problem)
            raise
        return self._book

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: object) -> None:
        self._leave()
        if problem is not None:
            self._explain(problem)

    def _leave(self) -> None:
        for opened in (self._book, self._file):
            if opened is not None:
                opened.close()
        self._quiet.__exit__(None, None, None)

    def _explain(self, problem: BaseException) -> None:
        name = self._path.name
        if isinstance(problem, OSError) and problem.errno is not None:
            reason = problem.strerror or problem
            raise FileError(f"{name} cannot be read ({reason}); check the path.") from problem
        if _is_broken(problem):
            raise CatalogError(f"{name} is not a whole workbook; open it in Excel and save it as .xlsx.") from problem


def _is_broken(problem: BaseException) -> bool:
    from openpyxl.utils.exceptions import InvalidFileException, ReadOnlyWorkbookException, SheetTitleException

    broken = (
        zipfile.BadZipFile, zlib.error, EOFError, LookupError, ValueError, TypeError, AttributeError, SyntaxError,
        RecursionError, NotImplementedError, RuntimeError, ArithmeticError, OSError, InvalidFileException,
        ReadOnlyWorkbookException, SheetTitleException,
    )  # fmt: skip
    return isinstance(problem, broken)


def _look_through(path: Path) -> None:
    """Refuse a file that is no workbook, and one that would unpack to more than a framework is."""
    name = path.name
    with path.open("rb") as file:
        head = file.read(8)
        size = file.seek(0, 2)
    if size > LARGEST:
        raise CatalogError(f"{name} is larger than {LARGEST // 1024**2} MB; a framework is text and stays below.")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise CatalogError(f"{name} is an old .xls or an encrypted workbook; save it as .xlsx without a password.")
    if not head.startswith(b"PK"):
        raise CatalogError(f"{name} is not a workbook; choose a file that Excel has saved as .xlsx.")
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if len(members) > MEMBERS or sum(member.file_size for member in members) > UNPACKED:
            raise CatalogError(f"{name} unpacks to more than {UNPACKED // 1024**2} MB; a framework stays below.")
        if "xl/workbook.xml" not in {member.filename for member in members}:
            raise CatalogError(f"{name} is not a workbook; choose a file that Excel has saved as .xlsx.")
        for member in members:
            if member.filename.endswith((".xml", ".rels", ".vml")):
                _refuse_entities(archive, member, name)


def _refuse_entities(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> None:
    """A part that declares entities could unfold without end; Excel never writes one."""
    with archive.open(member) as part:
        start = part.read(4096).replace(b"\0", b"")
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise CatalogError(f"{name} declares entities in {member.filename}; open it in Excel and save it again.")


# --- tabs -----------------------------------------------------------------------------------------


def _library(book: Any, name: str) -> tuple[Document, tuple[str, ...]]:
    tabs = {sheet.strip().casefold(): sheet for sheet in book.sheetnames}
    if "library_meta" not in tabs and _OLD in tabs:
        raise CatalogError(
            f"{name} has the old layout of CISO Assistant (v1); import the library's YAML file instead, or convert "
            "it with CISO Assistant's convert_v1_to_v2.py."
        )
    if "library_meta" not in tabs:
        raise CatalogError(f"{name} has no tab library_meta; is it a CISO Assistant library?")
    reading = _Reading(book, tabs, name)
    for tab, sheet in tabs.items():
        if tab != "library_meta" and (tab.endswith(_META) or _says_its_type(book[sheet])):
            reading.take(tab)
    return reading.document(), _said_of(reading.spoiled)


class _Reading:
    """Puts the tabs of a workbook together.

    Attributes:
        spoiled: Numbers that Excel has turned into dates.
    """

    def __init__(self, book: Any, tabs: dict[str, str], name: str) -> None:
        self._book = book
        self._tabs = tabs
        self._name = name
        self._frameworks: list[Document] = []
        self._definitions: dict[str, list[Document]] = {}
        self._others: dict[str, list[Document]] = {}
        self.spoiled: list[str] = []

    def take(self, tab: str) -> None:
        """One tab that says what another holds, with that other one."""
        meta = _named(self._book[self._tabs[tab]])
        kind = meta.pop("type", "")
        content = _content_of(self._tabs, tab)
        rows = list(_entries(self._book[content], self.spoiled)) if content else []
        if kind == "framework":
            if not content:
                sheet = self._tabs[tab]
                raise CatalogError(f"{self._name} has the tab {sheet} but no tab with its content; add it.")
            self._frameworks.append(meta | {"requirement_nodes": rows})
        elif kind in _DEFINING:
            self._definitions[meta.get("name", "").casefold()] = rows
        elif kind != "urn_prefix":
            self._others.setdefault(kind or "other", []).extend(rows or [meta])

    def document(self) -> Document:
        """The library as its YAML form would be."""
        for framework in self._frameworks:
            for key in ("scores_definition", "implementation_groups_definition"):
                if key in framework:
                    framework[key] = self._definitions.get(str(framework[key]).casefold(), [])
        head = _named(self._book[self._tabs["library_meta"]])
        return head | {"objects": {**self._others, "framework": self._frameworks}}


_DEFINING = ("scores", "implementation_groups", "answers")


def _says_its_type(sheet: Any) -> bool:
    """Whether a tab begins as one that describes another; Excel cuts a long name, and `_meta` with it."""
    return any(_text(cell).casefold() == "type" for row in sheet.iter_rows(max_row=1, max_col=1) for cell in row)


def _content_of(tabs: dict[str, str], meta: str) -> str:
    """The tab with the content; where Excel has cut the names, a beginning of it or the tab behind will do."""
    base = meta.removesuffix(_META)
    whole = f"{base}{_CONTENT}"
    if whole in tabs:
        return tabs[whole]
    names = list(tabs)
    near = [tab for tab in names if tab.startswith(f"{base}_c") and whole.startswith(tab)]
    if not meta.endswith(_META):
        near += names[names.index(meta) + 1 :][:1]
    return tabs[near[0]] if near else ""


def _named(sheet: Any) -> Document:
    """Key and value of each row of a tab without a header."""
    found: Document = {}
    for row in sheet.iter_rows(max_row=META_ROWS, max_col=2):
        key, value = (_text(cell) for cell in (*row, None, None)[:2])
        if key:
            found.setdefault(key.casefold(), value)
    return _by_language(found)


def _entries(sheet: Any, spoiled: list[str]) -> Iterator[Document]:
    """The rows of a tab with a header, as keys and values."""
    heads: list[str] = []
    for row in sheet.iter_rows(max_row=ROWS, max_col=COLUMNS):
        if not heads:
            heads = [_text(cell).casefold() for cell in row]
            continue
        entry = {head: text for head, cell in zip(heads, row, strict=False) if head and (text := _text(cell))}
        if "ref_id" in heads and isinstance(getattr(row[heads.index("ref_id")], "value", None), datetime):
            spoiled.append(entry.get("ref_id", ""))
        if entry:
            yield _asked(_by_language(entry))


def _asked(entry: Document) -> Document:
    """The questions of a row, one a line, as the YAML form has them."""
    questions = entry.pop("questions", "") or entry.pop("question", "")
    if isinstance(questions, str) and questions:
        entry["questions"] = {str(place): {"text": line} for place, line in enumerate(_several(questions))}
    return entry


def _several(text: str) -> list[str]:
    """The lines of a cell; a line that begins with a bar goes on with the one before."""
    found: list[str] = []
    for line in text.splitlines():
        if line.startswith("|") and found:
            found[-1] += f" {line[1:].strip()}"
        elif line.strip():
            found.append(line.strip())
    return found


def _by_language(entry: Document) -> Document:
    """`name[fr]` and its like, put together by language."""
    found: Document = {}
    for key, value in entry.items():
        match = _IN_LANGUAGE.fullmatch(key)
        if match:
            found.setdefault("translations", {}).setdefault(match[2], {})[match[1]] = value
        else:
            found[key] = value
    return found


def _text(cell: Any) -> str:
    """What a cell shows, as text: 8.10 stays 8.10 where its format says so."""
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, float):
        return _number(value, str(getattr(cell, "number_format", "")))
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()[:10]
    return str(value).strip()


def _number(value: float, form: str) -> str:
    if found := _DECIMALS.fullmatch(form):
        return f"{value:.{min(len(found[1]), 9)}f}"
    return str(int(value)) if value.is_integer() and abs(value) < 10**15 else repr(value)


def _said_of(spoiled: Iterable[str]) -> tuple[str, ...]:
    days = list(spoiled)
    if not days:
        return ()
    return (f"{many(len(days), 'number')} that Excel made a date ({', '.join(days[:3])}): type it again as text",)
