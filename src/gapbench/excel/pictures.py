"""Pictures of the summary: figures beside what is printed, and the charts that are made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gapbench.excel.style import FILLS, FONT, INK, MUTED, NAVY, RULE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapbench.excel.page import Page
    from gapbench.rating.results import Tone

AXES = 10
"""Most that a radar or lying bars can show."""

_BEHIND = ("#C9D6E8", "#E4D9BE")
"""Columns that stand behind lines."""

_UNITS = tuple(step * 10**power for power in range(7) for step in (1, 2, 5))
"""Steps of an axis that counts."""


@dataclass(frozen=True)
class Figures:
    """A small table of figures, its names in the column `at`: references to its parts."""

    page: Page
    at: int
    head: int
    rows: int
    columns: int
    sums: tuple[float, ...]

    def column(self, number: int) -> str:
        """The figures of a series (from 1)."""
        return self._range(self.at + number, self.at + number)

    @property
    def labels(self) -> str:
        """The names of the rows."""
        return self._range(self.at, self.at)

    @property
    def body(self) -> str:
        """All figures."""
        return self._range(self.at + 1, self.at + self.columns)

    def _range(self, first: int, last: int) -> str:
        page = self.page
        return f"{page.ref(self.head + 1, first)}:{page.ref(self.head + self.rows, last)}"

    def far(self, number: int) -> str:
        """The same for a chart."""
        return f"='{self.page.name}'!{self._range(self.at + number, self.at + number)}"

    def name(self, number: int) -> str:
        """Cell with the name of a series."""
        return f"='{self.page.name}'!{self.page.ref(self.head, self.at + number)}"

    def say(self, formula: str, value: str) -> str:
        """Write the message of the picture; gives its cell for the title."""
        page = self.page
        page.formula(self.head - 1, self.at + 1, formula, value, page.style("line"))
        return f"='{page.name}'!{page.ref(self.head - 1, self.at + 1)}"


class Beside:
    """Tables of figures beside the page, one below the other, and the pictures made of them."""

    def __init__(self, page: Page, at: int) -> None:
        self._page = page
        self._at = at
        self._row = 1
        page.sheet.write_string(0, self._at, "Figures behind the pictures", page.style("line", bold=True))

    def table(self, title: str, heads: Sequence[str], rows: Sequence[tuple[str, list[Any]]]) -> Figures:
        """Write one; a figure is a number, or a formula with its value."""
        page, head = self._page, self._row + 1
        page.sheet.write_string(head - 1, self._at, title, page.style("line", bold=True))
        page.sheet.write_string(head, self._at, "", page.style("line"))
        for place, name in enumerate(heads, self._at + 1):
            page.sheet.write_string(head, place, name, page.style("line"))
        for row, (label, figures) in enumerate(rows, head + 1):
            page.sheet.write_string(row, self._at, page.book.clean(label), page.style("line"))
            for col, figure in enumerate(figures, self._at + 1):
                if isinstance(figure, tuple):
                    page.formula(row, col, f"={figure[0]}", figure[1], page.style("number"))
                else:
                    page.sheet.write_number(row, col, figure, page.style("number"))
        self._row = head + len(rows) + 2
        sums = (sum(it[1] if isinstance(it, tuple) else it for it in figures) for _, figures in rows)
        return Figures(page, self._at, head, len(rows), len(heads), tuple(sums))

    def radar(self, block: Figures, title: str, top: int, size: tuple[int, int]) -> Any:
        """A radar with the target as second series."""
        chart = self._page.book.workbook.add_chart({"type": "radar", "subtype": "with_markers"})
        looks: tuple[dict[str, Any], ...] = (
            {
                "line": {"color": NAVY, "width": 2},
                "marker": {"type": "circle", "size": 4, "fill": {"color": NAVY}, "border": {"color": NAVY}},
            },
            {"line": {"color": "#B07A1E", "width": 1.25, "dash_type": "dash"}, "marker": {"type": "none"}},
        )
        for number, look in enumerate(looks, 1):
            chart.add_series(
                {"name": block.name(number), "categories": block.far(0), "values": block.far(number), **look}
            )
        font = {"name": FONT, "size": 7, "color": MUTED}
        step = 1 if top <= 5 else 25
        chart.set_y_axis(
            {
                "min": 0,
                "max": top,
                "major_unit": step,
                "num_font": font,
                "major_gridlines": {"visible": True, "line": {"color": RULE}},
                "line": {"color": RULE},
            }
        )
        chart.set_x_axis({"num_font": {**font, "color": INK}})
        return _dressed(chart, title, size)

    def profile(self, block: Figures, title: str, top: int, size: tuple[int, int]) -> Any:
        """A column for each row with its level, the one aimed at as a line across."""
        chart = self._page.book.workbook.add_chart({"type": "column"})
        series = {"name": block.name(1), "categories": block.far(0), "values": block.far(1)}
        chart.add_series({**series, "fill": {"color": NAVY}, "border": {"none": True}, "gap": 40})
        aim = self._page.book.workbook.add_chart({"type": "line"})
        look = {"line": {"color": "#B07A1E", "width": 1.5, "dash_type": "dash"}, "marker": {"type": "none"}}
        aim.add_series({"name": block.name(2), "categories": block.far(0), "values": block.far(2), **look})
        chart.combine(aim)
        font = {"name": FONT, "size": 7, "color": INK}
        chart.set_x_axis(
            {
                "num_font": {**font, "rotation": -90} if block.rows > 8 else font,
                "line": {"color": RULE},
                "major_tick_mark": "none",
                "interval_unit": 1,
            }
        )
        chart.set_y_axis(
            {
                "min": 0,
                "max": top,
                "major_unit": 1,
                "num_format": "0",
                "num_font": {**font, "color": MUTED},
                "line": {"none": True},
                "major_gridlines": {"visible": True, "line": {"color": RULE, "width": 0.5}},
            }
        )
        return _dressed(chart, title, size)

    def forecast(self, block: Figures, title: str, lines: int, top: int, size: tuple[int, int]) -> Any:
        """Readiness in percent as lines, levels as columns behind them.

        Args:
            block: A row for each month; first the columns of percent, then those of levels.
            title: Of the picture.
            lines: How many columns are percent; the others are levels.
            top: Highest level.
            size: Pixels.
        """
        has_levels = lines < block.columns
        chart = self._levels(block, lines) if has_levels else self._lines(block, lines)
        if has_levels and lines:
            front = self._lines(block, lines, behind=True)
            front.set_y2_axis({**_axis(100, 25, '0" %"'), "major_gridlines": {"visible": False}})
            chart.combine(front)
        grid = {"visible": True, "line": {"color": RULE, "width": 0.5}}
        axis = _axis(top, 1, '"level "0') if has_levels else _axis(100, 25, '0" %"')
        font = {"name": FONT, "size": 7, "color": INK}
        chart.set_x_axis({"num_font": font, "line": {"color": RULE}, "major_tick_mark": "none"})
        chart.set_y_axis({**axis, "major_gridlines": grid})
        return _dressed(chart, title, size)

    def _levels(self, block: Figures, lines: int) -> Any:
        chart = self._page.book.workbook.add_chart({"type": "column"})
        for place, number in enumerate(range(lines + 1, block.columns + 1)):
            series = {"name": block.name(number), "categories": block.far(0), "values": block.far(number)}
            chart.add_series({**series, "fill": {"color": _BEHIND[place % 2]}, "border": {"none": True}, "gap": 60})
        return chart

    def _lines(self, block: Figures, lines: int, *, behind: bool = False) -> Any:
        """Lines, on an axis of their own where columns stand behind them."""
        chart = self._page.book.workbook.add_chart({"type": "line"})
        for place, number in enumerate(range(1, lines + 1)):
            series = {"name": block.name(number), "categories": block.far(0), "values": block.far(number)}
            colour = (NAVY, "#B07A1E")[place % 2]
            marker = {"type": "circle", "size": 4, "fill": {"color": colour}, "border": {"color": colour}}
            look = {"line": {"color": colour, "width": 2}, "marker": marker}
            chart.add_series({**series, **look, "y2_axis": behind})
        return chart

    def bars(self, block: Figures, title: str, tones: Sequence[Tone], size: tuple[int, int]) -> Any:
        """Stacked bars, one per row of the table: lying while they are few, the first on top."""
        lying = block.rows <= AXES
        kind = {"type": "bar" if lying else "column", "subtype": "stacked"}
        chart = self._page.book.workbook.add_chart(kind)
        for number, tone in enumerate(tones, 1):
            chart.add_series(
                {
                    "name": block.name(number),
                    "categories": block.far(0),
                    "values": block.far(number),
                    "fill": {"color": FILLS[tone]},
                    "border": {"color": "#FFFFFF", "width": 0.5},
                    "gap": 35,
                }
            )
        font = {"name": FONT, "size": 7, "color": INK}
        names = {
            "num_font": font if lying else {**font, "rotation": -90},
            "line": {"color": RULE},
            "major_tick_mark": "none",
            "interval_unit": 1,
            "reverse": lying,
        }
        most = max(1, *block.sums)
        counts = {
            "min": 0,
            "major_unit": next(unit for unit in _UNITS if 8 * unit >= most),
            "num_format": "0",
            "num_font": {**font, "color": MUTED},
            "line": {"none": True},
            "label_position": "high" if lying else "low",
            "major_gridlines": {"visible": True, "line": {"color": RULE, "width": 0.5}},
        }
        chart.set_x_axis(counts if lying else names)
        chart.set_y_axis(names if lying else counts)
        return _dressed(chart, title, size)


def _axis(most: int, unit: int, form: str) -> dict[str, Any]:
    font = {"name": FONT, "size": 7, "color": MUTED}
    return {"min": 0, "max": most, "major_unit": unit, "num_format": form, "num_font": font, "line": {"none": True}}


def _dressed(chart: Any, title: str, size: tuple[int, int]) -> Any:
    chart.set_title(
        {"name": title, "overlay": False, "name_font": {"name": FONT, "size": 9, "bold": True, "color": INK}}
    )
    chart.set_legend({"position": "bottom", "font": {"name": FONT, "size": 7, "color": INK}})
    chart.set_chartarea({"border": {"color": RULE}, "fill": {"color": "#FFFFFF"}})
    chart.set_size({"width": size[0], "height": size[1]})
    return chart


def placed(left: int, alt: str) -> dict[str, Any]:
    """Where a picture stands in its cell, and its words for those who cannot see it."""
    return {"x_offset": left, "y_offset": 4, "object_position": 2, "description": alt}


def or_word(value: float | None, empty: str) -> float | str:
    """A figure, or the word for none."""
    return empty if value is None else value
