"""Rows of an answers CSV on their way into an engagement: all of them, or the lines that are wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, ParamSpec, TypeVar

from gapbench.engagement.values import AnswerRow, Cell
from gapbench.errors import GapbenchError, ImportRefusedError, RefusedError, UsageError
from gapbench.work import words
from gapbench.work.words import Subject

if TYPE_CHECKING:
    from collections.abc import Callable

    from gapbench.engagement.engagement import Engagement
    from gapbench.rating.inputs import FindingClass

RAGGED = ""
"""Column name under which a row that does not fit the header line says why."""

_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass
class Intake:
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
        self._twins: dict[tuple[str, str], tuple[str, str]] = {}
        self._subject = _remembered(self._find_subject)
        self._unit = _remembered(self._find_unit)
        self._rating = _remembered(self._find_rating)

    def take(self, line: int, cells: dict[str, str]) -> None:
        """Look at one row."""
        if RAGGED in cells:
            self.problems.append((line, cells[RAGGED]))
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

    def write(self, title: str, name: str) -> int:
        """Write all of it as one step; gives the number of findings that are new or changed.

        Raises:
            ImportRefusedError: A row cannot be taken; nothing was begun.
        """
        if self.problems or self._findings:
            self._ask_rules()
            self._refuse_if_wrong(name)
            with self.engagement.together(title):
                self.engagement.write_answers(self.rows, title)
                recorded = self._record_findings()
                self._refuse_if_wrong(name)
            return recorded
        try:
            self.engagement.write_answers(self.rows, title)  # asks the rules itself, once
        except (RefusedError, UsageError):
            self._ask_rules()
            self._refuse_if_wrong(name)
            raise
        return 0

    def _ask_rules(self) -> None:
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

    def _record_findings(self) -> int:
        """Record the findings of the rows; the number of those that are new or changed."""
        known = self.engagement.findings()
        changed = 0
        for wanted in self._findings.values():
            finding = words.finding(known, wanted.subject, wanted.cls, wanted.note, self.engagement.twins_of)
            if finding in known:
                continue
            self._asked(wanted.line, self.engagement.record_finding, finding)
            changed += 1
        return changed

    def _refuse_if_wrong(self, name: str) -> None:
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
        return words.item([scope] if scope else list(self._scopes.values()), item, self.engagement.twins_of)

    def _find_unit(self, catalog: str, name: str) -> str:
        return words.unit_of(self._scopes[catalog], name)

    def _find_rating(self, catalog: str, word: str) -> str:
        return words.rating(self._scopes[catalog], word)

    def _refuse_twice(self, line: int, cell: Cell) -> None:
        before = self._seen.setdefault(cell, line)
        if before != line:
            self.problems.append((line, f"{cell[1]} stands on line {before} already, for the same unit."))

    def _want(self, wanted: _Wanted) -> None:
        catalog, item = wanted.subject.scope.catalog.id, wanted.subject.id
        key = self._twins.get((catalog, item), (catalog, item))
        before = self._findings.setdefault(key, wanted)
        if before is wanted:
            twins = self.engagement.twins_of(catalog, (item,)).get(item, ())
            self._twins.update(dict.fromkeys(twins, key))
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
