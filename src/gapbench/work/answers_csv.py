"""Answers as CSV, out and in: `catalog,item,unit,rating,finding,note,reason`, all or nothing.

Texts are written as they are, without a mark before = + - or @: what went out comes back.
"""

from __future__ import annotations

import csv
import io
import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.errors import ExportError, FileError, ImportRefusedError
from gapbench.rating.inputs import Answer, Case, Finding, FindingClass, Scope, Unit
from gapbench.rating.models import model_of
from gapbench.work.answers_intake import RAGGED, Intake

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from gapbench.catalog.model import Item
    from gapbench.engagement.engagement import Engagement
    from gapbench.work.words import TwinsOf

COLUMNS = ("catalog", "item", "unit", "rating", "finding", "note", "reason")
LARGEST = 64 * 1024 * 1024

_HEADER = ",".join(COLUMNS)
_SAVE_AGAIN = 'save it as "CSV UTF-8" and import that'
_EMPTY = Answer()
_WIDE = (b"\xff\xfe", b"\xfe\xff")


# --- out -----------------------------------------------------------------------------------------


def rows(engagement: Engagement, *, everything: bool = False) -> list[tuple[str, ...]]:
    """One row for each answer, in reading order; a finding stands with the first of its item.

    Args:
        engagement: The open file.
        everything: Also what is asked and not answered yet.
    """
    findings = engagement.findings()
    return [
        row
        for framework in engagement.frameworks()
        for row in _rows(
            engagement.case(framework.catalog),
            _classes(findings, framework.catalog, engagement.twins_of),
            everything=everything,
        )
    ]


def _rows(case: Case, classes: Mapping[str, FindingClass], *, everything: bool) -> Iterator[tuple[str, ...]]:
    scope = case.scope
    model, catalog = model_of(scope), scope.catalog.id
    asked = {item.id for item in model.in_scope(scope)} if everything else set()
    by_group: dict[str, list[tuple[Unit, bool]]] = {}
    for item in scope.catalog.items:
        cls = classes.get(item.id, "")
        if item.group not in by_group:
            by_group[item.group] = _units(scope, item)
        for unit, by_default in by_group[item.group]:
            answer = case.answers.get((item.id, unit.id), _EMPTY)
            said = answer.value or answer.note or answer.reason
            if said or (by_default and (cls or item.id in asked)):
                name = unit.name if unit.id else ""
                yield (catalog, item.id, name, answer.value, cls, answer.note, answer.reason)
                cls = ""


def _units(scope: Scope, item: Item) -> list[tuple[Unit, bool]]:
    """Units that may have answered an item, and whether they are asked it."""
    asked = model_of(scope).units_for(scope, item)
    ids = {unit.id for unit in asked}
    return [(unit, True) for unit in asked] + [(unit, False) for unit in scope.units if unit.id not in ids]


def _classes(findings: Iterable[Finding], catalog: str, twins_of: TwinsOf) -> dict[str, FindingClass]:
    """Item -> class of the open finding that rests on nothing else than it and its twins."""
    found: dict[str, FindingClass] = {}
    for finding in findings:
        own = [item for name, item in finding.items if name == catalog]
        if finding.status == "open" and len(own) == 1:
            twins = twins_of(catalog, own).get(own[0], ()) if len(finding.items) > 1 else ()
            if {*finding.items} == {(catalog, own[0]), *twins}:
                found.setdefault(own[0], finding.cls)
    return found


def written(table: Iterable[Sequence[str]]) -> str:
    """The text of the file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(table)
    return out.getvalue()


def save(target: Path, text: str, besides: Path) -> None:
    """Write the file beside its place, then put it there: an old one stays whole until then.

    Args:
        target: Where it goes.
        text: What goes in.
        besides: The engagement, which must not be written over.

    Raises:
        ExportError: It cannot be written there.
    """
    place = target.resolve()
    if place.exists() and not place.is_file():
        raise ExportError(f"{target} is not a file; name a file, as in {target / 'answers.csv'}.")
    if place.exists() and besides.exists() and place.samefile(besides):
        raise ExportError(f"{target} is the engagement itself; name another file for the answers.")
    fresh = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with fresh.open("x", encoding="utf-8", errors="replace", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(place)
    except OSError as problem:
        with suppress(OSError):
            fresh.unlink()
        raise ExportError(f"{target} was not written ({problem.strerror}); choose another place.") from problem


# --- in ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Done:
    """What an import did; `changed` is false when all of it was there already."""

    rows: int
    findings: int
    changed: bool


def read(path: Path) -> bytes:
    """The bytes of a CSV file.

    Raises:
        FileError: It cannot be read.
    """
    if path.is_dir():
        raise FileError(f"{path} is a folder; name the CSV file in it.")
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        raise FileError(f"There is no file {path}; check the name and the folder.") from None
    except OSError as problem:
        raise FileError(f"{path} cannot be read ({problem.strerror}); make that possible and try again.") from problem


def bring_in(engagement: Engagement, raw: bytes, name: str) -> Done:
    """Take all answers of a CSV file as one step, or none.

    Args:
        engagement: The open file.
        raw: Content of the CSV file.
        name: What to call it.

    Raises:
        ImportRefusedError: Nothing was taken; `problems` says which lines are wrong.
    """
    intake = Intake(engagement)
    for line, cells in _records(_text(raw, name), name):
        intake.take(line, cells)
    before = engagement.head()
    recorded = intake.write(f"Import answers from {name}", name)
    return Done(len(intake.rows), recorded, changed=engagement.head() != before)


def _text(raw: bytes, name: str) -> str:
    if len(raw) > LARGEST:
        raise ImportRefusedError(f"{name} is larger than {LARGEST // 1024**2} MB; nothing was imported. Divide it.")
    if raw.startswith(_WIDE):
        raise ImportRefusedError(f"{name} is UTF-16, not UTF-8; nothing was imported: {_SAVE_AGAIN}.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        raise ImportRefusedError(
            f"{name} is not UTF-8; nothing was imported: {_SAVE_AGAIN}.",
            (f"line {line}: byte {raw[problem.start]:#04x} is not UTF-8",),
        ) from None


def _records(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Number of the first line and cells by column of each row."""
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    header: list[str] = []
    with _any_length():
        for line, cells in _lines(text, delimiter, name):
            if not any(cells):
                continue
            if not header:
                header = _columns(cells, name)
            elif len(cells) != len(COLUMNS):
                yield line, {RAGGED: f"{len(cells)} cells instead of {len(COLUMNS)}."}
            else:
                yield line, dict(zip(header, cells, strict=True))
    if not header:
        raise ImportRefusedError(f"{name} is empty; its first line must be {_HEADER}.")


def _lines(text: str, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as problem:
        raise ImportRefusedError(
            f"{name} is not proper CSV from line {line} on; nothing was imported. "
            "Look for a quotation mark that is not closed or not doubled.",
            (f"line {line}: {problem}",),
        ) from None


@contextmanager
def _any_length() -> Iterator[None]:
    """Let a cell be as long as the file, whose size is limited already."""
    before = csv.field_size_limit(LARGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _columns(cells: list[str], name: str) -> list[str]:
    header = [cell.strip().casefold() for cell in cells]
    if sorted(header) != sorted(COLUMNS):
        missing = [column for column in COLUMNS if column not in header]
        strange = [cell for cell in header if cell not in COLUMNS]
        what = [f"{', '.join(missing)} missing"] if missing else []
        what += [f"{', '.join(map(repr, strange))[:80]} not known"] if strange else []
        raise ImportRefusedError(
            f"{name} has another header line ({'; '.join(what) or 'a column stands twice'}); "
            f"nothing was imported. Its first line must be {_HEADER}.",
            ("line 1: the header line is wrong",),
        )
    return header
