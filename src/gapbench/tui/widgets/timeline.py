"""A scale of weeks or months fitted to a width, and bars and marks on it; letters tell what colours only repeat."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gapbench.tui.widgets.canvas import Piece, Row

BAR, SLACK, SPAN, MARK, TODAY, CRITICAL = "█", "·", "-", "◆", ":", "C"
DUE, MISSED = "|", "!"

_WIDEST_WEEK = 4
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

Cell = tuple[str, str]
"""A character and its ink."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Days as columns.

    Attributes:
        first: Monday of the first week, or the first day of the first month.
        width: Columns in use.
        by: What a unit is; `cells` columns stand for one unit, or one column for `every` months.
    """

    first: date
    width: int
    by: str
    cells: int = 1
    every: int = 1

    @classmethod
    def fitted(cls, first: date, last: date, width: int) -> Scale:
        """Weeks where they fit, else months."""
        width = max(1, width)
        monday = first - timedelta(days=first.weekday())
        weeks = (last - monday).days // 7 + 1
        if weeks <= width:
            cells = min(_WIDEST_WEEK, width // weeks)
            return cls(monday, weeks * cells, "week", cells)
        months = _months(first, last) + 1
        if months <= width:
            return cls(first.replace(day=1), months * (width // months), "month", width // months)
        every = -(-months // width)
        return cls(first.replace(day=1), -(-months // every), "month", 1, every)

    def column(self, day: date) -> int:
        """Where a day stands; days outside stand at the edge."""
        if self.by == "week":
            weeks, rest = divmod((day - self.first).days, 7)
            place = weeks * self.cells + rest * self.cells // 7
        else:
            part = (day.day - 1) * self.cells // monthrange(day.year, day.month)[1]
            place = (_months(self.first, day) * self.cells + part) // self.every
        return max(0, min(place, self.width - 1))

    @property
    def said(self) -> str:
        """What a column stands for."""
        if self.every > 1:
            return f"a column is {self.every} months"
        return f"a {self.by} is a column" if self.cells == 1 else f"a {self.by} is {self.cells} columns"

    def years(self, today: date) -> str:
        """A line with each year where it begins, and T where today is."""
        line = _labels(self.width, ((column, str(day.year)) for column, day in self._months() if day.month == 1))
        head = str(self.first.year)
        if len(head) <= self.width and not line[: len(head) + 1].strip():
            line = head + line[len(head) :]
        at = self.column(today)
        beside = line[max(0, at - 1) : at + 2]
        return line if beside.strip() or len(line) < at else f"{line[:at]}T{line[at + 1 :]}"

    def months(self) -> str:
        """A line with each month where it begins, as many as there is room for."""
        return _labels(self.width, ((column, _NAMES[day.month - 1]) for column, day in self._months()))

    def _months(self) -> Iterator[tuple[int, date]]:
        day = self.first.replace(day=1)
        if day < self.first:
            if self.column(_next(day)) > len(_NAMES[0]):
                yield 0, day
            day = _next(day)
        while True:
            column = self.column(day)
            yield column, day
            following = _next(day)
            if self.column(following) >= self.width - 1 and column >= self.width - 1:
                return
            if self.column(following) == column == self.width - 1:
                return
            day = following


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _next(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _labels(width: int, labels: Iterator[tuple[int, str]]) -> str:
    """Words from their columns on; one without room is left out."""
    line, free = "", 0
    for column, word in labels:
        if column >= free and column + len(word) <= width:
            line += " " * (column - len(line)) + word
            free = len(line) + 1
    return line.ljust(width)


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of work.

    Attributes:
        slack: Last day to which it may slip.
        due: By when it is to be done; `late` when it is not.
    """

    start: date
    finish: date
    critical: bool = False
    slack: date | None = None
    due: date | None = None
    late: bool = False

    def row(self, scale: Scale, today: date) -> Row:
        """The bar on its scale: C begins one on the critical path, dots are room, | is the due day, ! a missed one."""
        cells = _ground(scale, today)
        first, last = scale.column(self.start), scale.column(self.finish)
        if self.slack is not None:
            for place in range(last + 1, scale.column(self.slack) + 1):
                cells[place] = (SLACK, "faint")
        ink = "note" if self.critical else "good"
        for place in range(first, last + 1):
            cells[place] = (BAR, ink)
        if self.critical:
            cells[first] = (CRITICAL, "key")
        if self.due is not None:
            cells[scale.column(self.due)] = (MISSED, "bad") if self.late else (DUE, "strong")
        return joined(cells)


@dataclass(frozen=True, slots=True)
class Milestone:
    """A gate: from when to when, and its day in words."""

    start: date
    finish: date
    words: str
    late: bool = False

    def row(self, scale: Scale, today: date) -> Row:
        """A dashed span to its mark, the day beside it."""
        cells = _ground(scale, today)
        first, last = scale.column(self.start), scale.column(self.finish)
        for place in range(first, last):
            cells[place] = (SPAN, "dim")
        cells[last] = (MARK, "bad" if self.late else "title")
        words = f"{self.words} late" if self.late else self.words
        at = last + 2 if last + 2 + len(words) <= scale.width else first - len(words) - 1
        if at >= 0:
            for place, letter in enumerate(words, at):
                cells[place] = (letter, "bad" if self.late else "")
        return joined(cells)


def _ground(scale: Scale, today: date) -> list[Cell]:
    cells: list[Cell] = [(" ", "")] * scale.width
    if scale.first <= today:
        cells[scale.column(today)] = (TODAY, "faint")
    return cells


def joined(cells: Sequence[Cell]) -> Row:
    """Cells as runs of one ink."""
    row: list[Piece] = []
    for letter, ink in cells:
        if row and row[-1][1] == ink:
            row[-1] = (row[-1][0] + letter, ink)
        else:
            row.append((letter, ink))
    return row
