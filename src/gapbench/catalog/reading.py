"""YAML as a consultant writes it: text, lists and named values, each with the line it stands on.

A narrow YAML on purpose. Only `true`, `false` and whole numbers are anything but text, so `no`,
`4.10` and `2024-02-01` stay what was typed; anchors, tags and a key given twice are refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from gapbench.errors import CatalogError, FileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LIMIT = 4 * 1024 * 1024
DEPTH = 8
VALUES = 60_000

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEY = re.compile(r"[A-Za-z0-9_<§*-][A-Za-z0-9_<§. ()-]{0,39}")
_NUMBER = re.compile(r"-?[0-9]{1,9}", re.ASCII)
# Control characters, halves of characters and marks that turn the reading direction around.
_UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")


def unprintable(text: str) -> str:
    """What a text may not hold, as "U+001B"; "" when it is fit for a screen."""
    found = _UNPRINTABLE.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def shown(text: str, most: int = 40) -> str:
    """A text out of a file, short and harmless enough for a sentence."""
    return _UNPRINTABLE.sub("?", text if len(text) <= most else text[: most - 3] + "...")


class Cell(int):
    """Where something stands in a workbook; in place of the line of a text file."""

    sheet: str
    column: str

    def __new__(cls, row: int, sheet: str, column: str = "") -> Cell:
        """The cell of a sheet; without a column, the whole row."""
        made = super().__new__(cls, row)
        made.sheet = sheet
        made.column = column
        return made


def place(line: int) -> str:
    """Where something stands, for a person: "line 12", or sheet, row and column of a workbook."""
    if not isinstance(line, Cell):
        return f"line {line}"
    column = f", column {line.column}" if line.column else ""
    return f"sheet {line.sheet}, row {int(line)}{column}"


class Entry(dict[str, Any]):
    """Named values, with the line each name stands on."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class Rows(list[Any]):
    """A list, with the line each part begins on."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[int] = []


def read(path: Path) -> Entry:
    """Read a YAML file.

    Raises:
        FileError: It cannot be read.
        CatalogError: It is not the YAML described above; the sentence names file, line and key.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except OSError as problem:
        reason = problem.strerror or problem
        raise FileError(f"{path.name} cannot be read ({reason}); check the path.") from problem
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> Entry:
    """Read the content of a YAML file; `name` is used in what is said about it."""
    if len(data) > LIMIT:
        raise CatalogError(f"{name} is larger than {LIMIT // 1024**2} MB; a catalog is text and stays well below.")
    text = _text(data, name)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise CatalogError(f"{name}, line {line}: a NUL character; save the file as plain text.")
    try:
        return _Reading(iter(yaml.parse(text, Loader=_Loader)), name).document()
    except yaml.YAMLError as problem:
        raise CatalogError(f"{name}{_where(problem)}: {_what(problem)}.") from problem


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise CatalogError(f"{name}, line {line}: not UTF-8; save the file as UTF-8.") from problem


def _where(problem: yaml.YAMLError) -> str:
    mark = getattr(problem, "problem_mark", None)
    return f", line {mark.line + 1}" if mark else ""


def _what(problem: yaml.YAMLError) -> str:
    text = str(getattr(problem, "problem", None) or getattr(problem, "reason", None) or "broken")
    hint = ""
    if "\\t" in text or "tab" in text:
        hint = "; indent with spaces, not with tabs"
    elif "mapping values are not allowed" in text or "could not find expected ':'" in text:
        hint = "; put a text with a colon in quotes and check the indentation"
    return f"not YAML, {text}{hint}"


class _Reading:
    """Turns the parser's events into entries; nothing is expanded, nothing is constructed."""

    def __init__(self, events: Iterator[Any], name: str) -> None:
        self._events = events
        self._name = name
        self._left = VALUES

    def document(self) -> Entry:
        next(self._events)  # the stream begins
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            raise CatalogError(f"{self._name} is empty.")
        value = self._value(next(self._events), 0, "")
        next(self._events)  # the document ends
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            self._refuse(event, "", "a second document begins; one file holds one catalog")
        if not isinstance(value, Entry):
            raise CatalogError(f"{self._name}, line 1: no `key: value` lines; is it a catalog?")
        return value

    def _value(self, event: Any, depth: int, key: str) -> Any:
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, key, f"the reference *{shown(event.anchor or '')} is not allowed; write it out")
        if event.anchor is not None:
            self._refuse(event, key, f"the anchor &{shown(event.anchor or '')} is not allowed; write it out")
        if event.tag is not None:
            self._refuse(event, key, f"the tag {shown(event.tag)} is not allowed; remove it")
        self._left -= 1
        if self._left < 0:
            self._refuse(event, key, f"more than {VALUES} values; a catalog stays well below")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, key)
        if depth == DEPTH:
            self._refuse(event, key, "too many levels of indentation")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._rows(depth, key)
        return self._entry(event, depth)

    def _rows(self, depth: int, key: str) -> Rows:
        rows = Rows()
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            rows.lines.append(event.start_mark.line + 1)
            rows.append(self._value(event, depth + 1, key))
        return rows

    def _entry(self, start: Any, depth: int) -> Entry:
        entry = Entry(start.start_mark.line + 1)
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.tag or event.anchor:
                self._refuse(event, "", "a key must be a plain word")
            key = event.value
            if not _KEY.fullmatch(key):
                self._refuse(event, key, "this key cannot be used")
            if key in entry:
                self._refuse(event, key, f"given twice (first on line {entry.lines[key]})")
            entry.lines[key] = event.start_mark.line + 1
            entry[key] = self._value(next(self._events), depth + 1, key)
        return entry

    def _scalar(self, event: Any, key: str) -> Any:
        text: str = event.value
        if found := unprintable(text):
            self._refuse(event, key, f"contains the unprintable character {found}")
        if not event.implicit[0]:  # quoted or a block: text as it stands
            return text
        if text in ("true", "false"):
            return text == "true"
        if text in ("", "~", "null"):
            return None
        return int(text) if _NUMBER.fullmatch(text) else text

    def _refuse(self, event: Any, key: str, what: str) -> None:
        where = f"{self._name}, line {event.start_mark.line + 1}"
        raise CatalogError(f"{where}: {shown(key)}: {what}." if key else f"{where}: {what}.")
