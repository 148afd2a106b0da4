"""JSON and YAML that others wrote, as plain values: text, true, false, nothing, lists and named values.

Numbers stay the text that was typed, so that 8.10 is not 8.1. Nothing is constructed and nothing is
expanded; anchors, tags, a key given twice, a file that is too large or too deep are refused.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import yaml

from gapbench.catalog.reading import shown
from gapbench.errors import CatalogError, FileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LIMIT = 16 * 1024 * 1024
VALUES = 1_000_000
DEPTH = 60
KEY = 400

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "": None, "~": None, "null": None}
_ENCODINGS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"), (b"\x00\x00\xfe\xff", "UTF-32"))


def read_file(path: Path) -> bytes:
    """The bytes of a file that is not too large.

    Raises:
        FileError: It cannot be read.
        CatalogError: It is larger than any framework.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except OSError as problem:
        reason = problem.strerror or problem
        raise FileError(f"{path.name} cannot be read ({reason}); check the path.") from problem
    if len(data) > LIMIT:
        raise CatalogError(f"{path.name} is larger than {LIMIT // 1024**2} MB; a framework is text and stays below.")
    return data


def parse(data: bytes, name: str) -> dict[str, Any]:
    """Read JSON or YAML, whichever it is.

    Args:
        data: The whole file.
        name: What to call it in a sentence.

    Raises:
        CatalogError: It is neither, or it is not harmless; the sentence says where and what to do.
    """
    if len(data) > LIMIT:
        raise CatalogError(f"{name} is larger than {LIMIT // 1024**2} MB; a framework is text and stays below.")
    text = _decoded(data, name)
    start = text.lstrip()[:1]
    if not start:
        raise CatalogError(f"{name} is empty.")
    if start == "<":
        raise CatalogError(
            f"{name} is XML; convert it to JSON first (`oscal-cli convert --to json`, or export it as JSON where it "
            "was made)."
        )
    value = _json(text, name) if start in "{[" else _yaml(text, name)
    if not isinstance(value, dict):
        raise CatalogError(f"{name} holds no `key: value` lines; is it a framework?")
    return value


def _decoded(data: bytes, name: str) -> str:
    for mark, encoding in _ENCODINGS:
        if data.startswith(mark):
            raise CatalogError(f"{name} is {encoding}; save it as UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise CatalogError(f"{name}, line {line}: not UTF-8; save the file as UTF-8.") from problem
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise CatalogError(f"{name}, line {line}: a NUL character; is it a text file?")
    return text


# --- JSON -----------------------------------------------------------------------------------------


def _json(text: str, name: str) -> Any:
    if sum(map(text.count, ",[{")) > VALUES:
        raise CatalogError(f"{name} holds more than {VALUES:,} values; a framework stays below.")

    def pairs(rows: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(rows)
        if len(found) != len(rows):
            names = [key for key, _ in rows]
            twice = next(key for key in names if names.count(key) > 1)
            raise CatalogError(f"{name}: the key {shown(twice)!r} is given twice in one place; remove one.")
        return found

    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as problem:
        raise CatalogError(f"{name}, line {problem.lineno}: not JSON, {problem.msg.lower()}.") from problem
    except RecursionError as problem:
        raise CatalogError(f"{name} is nested too deeply; a framework has a few levels.") from problem
    _shallow(value, name)
    return value


def _shallow(value: Any, name: str) -> None:
    """Refuse what is deeper than any framework, before something walks through it."""
    level: list[Any] = [value]
    for _ in range(DEPTH):
        level = [part for each in level for part in _parts(each)]
        if not level:
            return
    raise CatalogError(f"{name} is nested more than {DEPTH} levels deep; a framework has a few.")


def _parts(value: Any) -> Iterator[Any]:
    inside = value.values() if isinstance(value, dict) else value
    return (part for part in inside if isinstance(part, (dict, list)))


# --- YAML -----------------------------------------------------------------------------------------


def _yaml(text: str, name: str) -> Any:
    try:
        return _Reading(iter(yaml.parse(text, Loader=_Loader)), name).document()
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        what = str(getattr(problem, "problem", None) or getattr(problem, "reason", None) or "broken")
        raise CatalogError(f"{name}{where}: not YAML, {what}.") from problem


class _Reading:
    """Turns the parser's events into plain values."""

    def __init__(self, events: Iterator[Any], name: str) -> None:
        self._events = events
        self._name = name
        self._left = VALUES

    def document(self) -> Any:
        next(self._events)  # the stream begins
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            raise CatalogError(f"{self._name} is empty.")
        value = self._value(next(self._events), 0)
        next(self._events)  # the document ends
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            self._refuse(event, "a second document begins; one file holds one framework")
        return value

    def _value(self, event: Any, depth: int) -> Any:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self._refuse(event, f"the anchor {shown(event.anchor or '')!r} is not allowed; write it out")
        if event.tag is not None:
            self._refuse(event, f"the tag {shown(event.tag)} is not allowed; remove it")
        self._left -= 1
        if self._left < 0:
            self._refuse(event, f"more than {VALUES:,} values; a framework stays below")
        if isinstance(event, yaml.ScalarEvent):
            text: str = event.value
            return _CONSTANTS.get(text, text) if event.implicit[0] else text
        if depth == DEPTH:
            self._refuse(event, f"nested more than {DEPTH} levels deep; a framework has a few")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(depth)
        return self._named(depth)

    def _list(self, depth: int) -> list[Any]:
        found = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            found.append(self._value(event, depth + 1))
        return found

    def _named(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.tag or event.anchor or len(event.value) > KEY:
                self._refuse(event, "a key must be a plain word")
            key: str = event.value
            if key in found:
                self._refuse(event, f"the key {shown(key)!r} is given twice in one place; remove one")
            found[key] = self._value(next(self._events), depth + 1)
        return found

    def _refuse(self, event: Any, what: str) -> None:
        raise CatalogError(f"{self._name}, line {event.start_mark.line + 1}: {what}.")
