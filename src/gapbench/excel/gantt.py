"""A Gantt chart drawn in cells: periods across, and marks that follow the dates beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from gapbench.excel.page import cell, letter
from gapbench.excel.style import FILLS, NAVY
from gapbench.planning.months import months_after

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapbench.excel.page import Page

COLUMNS = 22
WIDTH = 2.6
CRITICAL, PLANNED, DONE = "c", "x", "d"
"""Marks in the cells: a letter stands beside every colour."""

_SPARE = 2
"""Periods left free at the end, so that a date may slip and still be seen."""

_CRITICAL_INK = "#8C2D19"


@dataclass(frozen=True, slots=True)
class Scale:
    """Periods of one length.

    Attributes:
        days: First day of each period, and of the one after the last.
        unit: How a period is called.
    """

    days: tuple[date, ...]
    unit: Literal["week", "two weeks", "month", "quarter"]

    def marks(self, start: date | None, finish: date | None, mark: str) -> list[str]:
        """What the cells of one line say."""
        if start is None or finish is None:
            return [""] * COLUMNS
        pairs = zip(self.days, self.days[1:], strict=False)
        return [mark if start < after and finish >= first else "" for first, after in pairs]


def scale_of(first: date, last: date) -> Scale:
    """Periods that show some time on as many columns as there are, with a little to spare; at best in weeks."""
    monday = first - timedelta(days=first.weekday())
    weeks = (last - monday).days // 7 + 1 + _SPARE
    if weeks <= 2 * COLUMNS:
        step = 7 if weeks <= COLUMNS else 14
        days = tuple(monday + timedelta(days=step * place) for place in range(COLUMNS + 1))
        return Scale(days, "week" if step == 7 else "two weeks")
    month = first.replace(day=1)
    months = (last.year - month.year) * 12 + last.month - month.month + 1
    step = 1 if months + _SPARE <= COLUMNS else 3
    if step == 3:
        month = month.replace(month=(month.month - 1) // 3 * 3 + 1)
    return Scale(
        tuple(months_after(month, step * place) for place in range(COLUMNS + 1)), "month" if step == 1 else "quarter"
    )


class Gantt:
    """Periods in the columns from `first` on, and the lines that are drawn in them."""

    def __init__(self, page: Page, first: int, scale: Scale) -> None:
        self.page, self.first, self.scale = page, first, scale
        self.head = 0

    def heading(self, row: int) -> None:
        """Two lines of headings that end on `row`: months or years above, the first day of each period below."""
        page, scale = self.page, self.scale
        self.head = row
        by_month = scale.unit in ("week", "two weeks")
        form = page.style("head centre", num_format="d" if by_month else "mmm", font_size=6.5)
        above = page.style("head", font_size=6.5, text_wrap=False)
        last = None
        for place, day in enumerate(scale.days[:COLUMNS]):
            whole = f"{day:%b} {day.year}" if by_month else str(day.year)
            page.sheet.write_string(row - 1, self.first + place, "" if whole == last else whole, above)
            last = whole
        for place, day in enumerate(scale.days):
            page.sheet.write_datetime(row, self.first + place, day, form)

    def line(
        self, row: int, dates: tuple[int, int], mark: tuple[str, str], said: tuple[date | None, date | None]
    ) -> None:
        """One line.

        Args:
            row: On which row.
            dates: Columns with the first and the last day.
            mark: Formula of what its cells say while it runs, and what that gives now.
            said: First and last day as they stand there now.
        """
        page = self.page
        start, finish = (f"${cell(row, col)}" for col in dates)
        form = page.style("centre", font_size=6.5, font_color="#FFFFFF", valign="vcenter")
        for place, value in enumerate(self.scale.marks(*said, mark[1])):
            here, after = (f"{letter(self.first + place + more)}${self.head + 1}" for more in (0, 1))
            formula = f'=IF(AND(N({start})>0,N({finish})>={here},N({start})<{after}),{mark[0]},"")'
            page.formula(row, self.first + place, formula, value, form)

    def colour(self, rows: Sequence[int], dates: tuple[int, int]) -> None:
        """Fill the cells in which something runs, by the dates themselves; `rows` are the first and the last one."""
        page, first, last = self.page, rows[0], rows[-1]
        cells = (first, self.first, last, self.first + COLUMNS - 1)
        start, finish = (f"${cell(first, col)}" for col in dates)
        here, after = (f"{letter(self.first + more)}${self.head + 1}" for more in (0, 1))
        runs = f"N({start})>0,N({finish})>={here},N({start})<{after}"
        mark = cell(first, self.first)
        for word, colour in ((DONE, FILLS["good"]), (CRITICAL, _CRITICAL_INK)):
            page.mark_where(cells, f'=AND({runs},{mark}="{word}")', bg_color=colour, font_color="#FFFFFF")
        page.mark_where(cells, f"=AND({runs})", bg_color=NAVY, font_color="#FFFFFF")

    @property
    def unit(self) -> str:
        """How long one column is, in words."""
        return self.scale.unit if self.scale.unit == "two weeks" else f"a {self.scale.unit}"
