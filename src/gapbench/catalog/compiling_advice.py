"""The decision guide: held against its schema, and its rules against its inputs and paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gapbench.catalog.reading import Entry, read
from gapbench.catalog.shape import against_schema, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FILE = "decision-guide.yaml"
SCHEMA = "schema/advice.schema.json"
_PARTS = ("notice", "provenance", "inputs", "derive", "paths", "rules", "modifiers", "cases")


def compile_folder(folder: Path) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The content of the index, and what is wrong with the file; one of the two is empty."""
    document = read(folder / FILE)
    problems = tuple(problems_of(document, FILE))
    return ({} if problems else {part: document[part] for part in _PARTS}), problems


def problems_of(document: Entry, name: str) -> Iterator[str]:
    """Name what is wrong with a guide that was read; `name` is that of its file."""
    misshapen = tuple(against_schema(document, name, SCHEMA))
    if misshapen:
        yield from misshapen
        return
    inputs = {row["id"]: row for row in document["inputs"]}
    yield from _twice(document, name)
    yield from _inputs(document, name)
    for row in (*document["rules"], *document["modifiers"], *document["derive"], *document["inputs"]):
        yield from _conditions(row, name, inputs)
    yield from _paths(document, name)
    yield from _facts(document, name, inputs)
    yield from _counts(document, name)


def _twice(document: Entry, name: str) -> Iterator[str]:
    seen: set[str] = set()
    for part in ("inputs", "paths", "rules", "modifiers"):
        for row in document[part]:
            if row["id"] in seen:
                yield sentence(name, row.line, row["id"], "id", "stands twice")
            seen.add(row["id"])
    *_, last = document["rules"]
    if last["when"]:
        yield sentence(name, last.line, last["id"], "when", "the last rule must hold always: `when: {}`")


def _inputs(document: Entry, name: str) -> Iterator[str]:
    for row in document["inputs"]:
        if ("unit" in row) == ("values" in row):
            yield sentence(name, row.line, row["id"], "", "needs either values or a unit")
        elif row.get("else", "") not in ("", *row.get("values", ())):
            yield sentence(name, row.lines["else"], row["id"], "else", f"{row['else']!r} is not one of its values")


def _conditions(row: Entry, name: str, inputs: Mapping[str, Entry]) -> Iterator[str]:
    for key in ("when", "asked_when"):
        for said, wanted in row.get(key, {}).items():
            what = _unfit(said, wanted, inputs)
            if what:
                yield sentence(name, row.lines[key], row.get("id", "derive"), key, what)
    if "joint" not in row and "when" not in row and "add" in row:
        yield sentence(name, row.line, row["id"], "when", "missing; say when it is added, or `joint: true`")


def _unfit(said: str, wanted: Any, inputs: Mapping[str, Entry]) -> str:
    if said not in inputs:
        return f"there is no input {said!r}"
    if isinstance(wanted, Entry):
        return "" if "unit" in inputs[said] else f"{said} is no number"
    strange = [value for value in wanted if value not in inputs[said].get("values", ())]
    return f"{said} has no value {strange[0]!r}" if strange else ""


def _paths(document: Entry, name: str) -> Iterator[str]:
    known = {path["id"] for path in document["paths"]}
    led = {rule["path"] for rule in document["rules"]}
    for row in (*document["rules"], *document["cases"]):
        if row["path"] not in known:
            yield sentence(name, row.lines["path"], row.get("id", row.get("name")), "path", "there is no such path")
    for path in document["paths"]:
        if path["id"] not in led:
            yield sentence(name, path.line, path["id"], "id", "no rule leads to it")


def _facts(document: Entry, name: str, inputs: Mapping[str, Entry]) -> Iterator[str]:
    rules = {rule["id"] for rule in document["rules"]}
    for case in document["cases"]:
        if case["rule"] not in rules:
            yield sentence(name, case.lines["rule"], case["name"], "rule", "there is no such rule")
        for said, value in case["inputs"].items():
            what = _unfit(said, case if isinstance(value, int) else [value], inputs)
            if what:
                yield sentence(name, case.lines["inputs"], case["name"], said, what)
    for row in document["derive"]:
        what = _unfit(row["input"], [row["becomes"]], inputs)
        if what:
            yield sentence(name, row.line, "derive", "becomes", what)


def _counts(document: Entry, name: str) -> Iterator[str]:
    for key, count in document.get("counts", {}).items():
        if len(document[key]) != count:
            line = document["counts"].lines[key]
            yield sentence(name, line, "counts", key, f"says {count}, there are {len(document[key])}")
