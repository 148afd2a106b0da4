"""Answers as CSV, out and in: `catalog,item,unit,rating,finding,note,reason`, all or nothing.

Texts are written as they are, without a mark before = + - or @: what went out comes back.
"""

from __future__ import annotations

import csv
import io
import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, ParamSpec, TypeVar

from gapbench.engagement.values import AnswerRow
from gapbench.errors import ExportError, FileError, GapbenchError, ImportRefusedError, UsageError
from gapbench.rating.inputs import Answer, Case, Finding, FindingClass
from gapbench.rating.models import model_of
from gapbench.work import words
from gapbench.work.words import Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from gapbench.engagement.engagement import Engagement
    from gapbench.engagement.values import Cell

COLUMNS = ("catalog", "item", "unit", "rating", "finding", "note", "reason")
LARGEST = 64 * 1024 * 1024

_HEADER = ",".join(COLUMNS)
_SAVE_AGAIN = 'save it as "CSV UTF-8" and import that'
_RAGGED = ""
_WIDE = (b"\xff\xfe", b"\xfe\xff")

_P = ParamSpec("_P")
_T = TypeVar("_T")


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
        for row in _rows(engagement.case(framework.catalog), findings, everything=everything)
    ]


def _rows(case: Case, findings: Iterable[Finding], *, everything: bool) -> Iterator[tuple[str, ...]]:
    scope = case.scope
    model, catalog = model_of(scope), scope.catalog.id
    classes = _classes(findings, catalog)
    asked = {item.id for item in model.in_scope(scope)} if everything else set()
    for item in scope.catalog.items:
        cls = classes.get(item.id, "")
        by_default = model.units_for(scope, item)
        for unit in (*by_default, *(each for each in scope.units if each not in by_default)):
            answer = case.answers.get((item.id, unit.id), Answer())
            empty = not (answer.value or answer.note or answer.reason)
            if ((cls or item.id in asked) and unit in by_default) or not empty:
                name = unit.name if unit.id else ""
                yield (catalog, item.id, name, answer.value, cls, answer.note, answer.reason)
                cls = ""


def _classes(findings: Iterable[Finding], catalog: str) -> dict[str, FindingClass]:
    """Item -> class of the open finding that rests on nothing else."""
    found: dict[str, FindingClass] = {}
    for finding in findings:
        if finding.status == "open" and len(finding.items) == 1 and finding.items[0][0] == catalog:
            found.setdefault(finding.items[0][1], finding.cls)
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
    intake = _Intake(engagement)
    for line, cells in _records(_text(raw, name), name):
        intake.take(line, cells)
    intake.ask_rules()
    intake.refuse_if_wrong(name)
    before = engagement.head()
    with engagement.together(f"Import answers from {name}"):
        engagement.write_answers(intake.rows, f"Import answers from {name}")
        recorded = intake.record_findings()
        intake.refuse_if_wrong(name)
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
                yield line, {_RAGGED: f"{len(cells)} cells instead of {len(COLUMNS)}."}
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


@dataclass
class _Intake:
    """Rows on their way in: what they say, and what is wrong with them.

    Attributes:
        rows: What will be written.
        lines: The line of each row.
        problems: (line, what is wrong with it).
    """

    engagement: Engagement
    rows: list[AnswerRow] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        frameworks = self.engagement.frameworks()
        self._scopes = {one.catalog: self.engagement.scope(one.catalog) for one in frameworks}
        self._seen: dict[Cell, int] = {}
        self._findings: dict[tuple[str, str], _Wanted] = {}
        self._subject = _remembered(self._find_subject)
        self._unit = _remembered(self._find_unit)
        self._rating = _remembered(self._find_rating)

    def take(self, line: int, cells: dict[str, str]) -> None:
        """Look at one row."""
        if _RAGGED in cells:
            self.problems.append((line, cells[_RAGGED]))
            return
        cls = self._asked(line, _finding_class, cells["finding"])
        subject = self._asked(line, self._subject, cells["catalog"].strip(), cells["item"].strip())
        if subject is None:
            return
        catalog = subject.scope.catalog.id
        unit = self._asked(line, self._unit, catalog, cells["unit"])
        value = self._asked(line, self._rating, catalog, cells["rating"])
        if unit is None or value is None:
            return
        self._refuse_twice(line, (catalog, subject.id, unit))
        note, reason = cells["note"] or None, cells["reason"] or None
        self.rows.append(AnswerRow(catalog, subject.id, unit, value, note, reason))
        self.lines.append(line)
        if cls:
            self._want(_Wanted(cls, line, subject, cells["note"]))

    def ask_rules(self) -> None:
        """Note which rows and findings the rules refuse."""
        refused = self.engagement.refused(self.rows)
        self.problems += [(self.lines[place], why) for place, why in refused]
        cases = {name: self.engagement.case(name) for name in {name for name, _ in self._findings}}
        values: dict[tuple[str, str], dict[tuple[str, str], str]] = {}
        for row in self.rows:
            values.setdefault((row.catalog, row.item), {})[row.item, row.unit] = row.value or ""
        for key, wanted in self._findings.items():
            why = words.refuse_finding(cases[key[0]], wanted.subject, values.get(key, {}), wanted.cls)
            if why:
                self.problems.append((wanted.line, why))

    def record_findings(self) -> int:
        """Record the findings of the rows; the number of those that are new or changed."""
        known = self.engagement.findings()
        changed = 0
        for wanted in self._findings.values():
            finding = words.finding(known, wanted.subject, wanted.cls, wanted.note)
            if finding in known:
                continue
            self._asked(wanted.line, self.engagement.record_finding, finding)
            changed += 1
        return changed

    def refuse_if_wrong(self, name: str) -> None:
        """Refuse the whole file when any of its rows cannot be taken.

        Raises:
            ImportRefusedError: With the lines that are wrong, in order.
        """
        if self.problems:
            count = len({line for line, _ in self.problems})
            what = "1 line is wrong" if count == 1 else f"{count} lines are wrong"
            raise ImportRefusedError(
                f"Nothing was imported from {name}: {what}; correct and import again.",
                tuple(f"line {line}: {why}" for line, why in sorted(self.problems)),
            )

    def _asked(self, line: int, ask: Callable[_P, _T], *args: _P.args, **named: _P.kwargs) -> _T | None:
        try:
            return ask(*args, **named)
        except GapbenchError as problem:
            self.problems.append((line, str(problem)))
            return None

    def _find_subject(self, catalog: str, item: str) -> Subject:
        scope = self._scopes.get(catalog.casefold())
        if scope is not None and item in scope.catalog.item:
            return Subject(scope, item, (scope.catalog.item[item],), is_group=False)
        if catalog and scope is None:
            raise UsageError(f"Framework {catalog[:40]!r} is not in this engagement; it has {', '.join(self._scopes)}.")
        return words.item([scope] if scope else list(self._scopes.values()), item)

    def _find_unit(self, catalog: str, name: str) -> str:
        return words.unit_of(self._scopes[catalog], name)

    def _find_rating(self, catalog: str, word: str) -> str:
        return words.rating(self._scopes[catalog], word)

    def _refuse_twice(self, line: int, cell: Cell) -> None:
        before = self._seen.setdefault(cell, line)
        if before != line:
            self.problems.append((line, f"{cell[1]} stands on line {before} already, for the same unit."))

    def _want(self, wanted: _Wanted) -> None:
        key = (wanted.subject.scope.catalog.id, wanted.subject.id)
        before = self._findings.setdefault(key, wanted)
        if before.cls != wanted.cls:
            what = f"the finding on {key[1]} is {before.cls} on line {before.line}."
            self.problems.append((wanted.line, what))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A finding that a row asks for."""

    cls: FindingClass
    line: int
    subject: Subject
    note: str


def _finding_class(text: str) -> FindingClass | Literal[""]:
    return words.finding_class(text) if text.strip() else ""


def _remembered(ask: Callable[_P, _T]) -> Callable[_P, _T]:
    """Ask once for the same words: a column holds few different ones."""
    from functools import lru_cache

    return lru_cache(maxsize=None)(ask)  # type: ignore[return-value]
