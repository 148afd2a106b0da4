"""One framework on the summary: name, verdict, figures, pictures, strongest and weakest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gapbench.excel import measure
from gapbench.excel.strings import shortened
from gapbench.excel.style import INK, SIZE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.excel.page import Page
    from gapbench.excel.pictures import Beside
    from gapbench.work.deliverable import Assessed

HALF = 12
COLUMNS = 2 * HALF + 1
WIDTH, GUTTER = 7.2, 2.0
BEST = 5
CHART_ROWS = 14
CHART_HEIGHT = 15.0

_PIXELS = 55
_REASONS = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where a panel stands: its columns and the row of its first line."""

    first: int
    last: int

    @property
    def pixels(self) -> int:
        """Width on the screen, without the gutter."""
        return _PIXELS * (HALF if self.last - self.first < COLUMNS - 1 else 2 * HALF)


Entry = tuple[str, str, str]
"""Name, formula of its figures, what that gives."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """A short list: its heading, its lines, and what to say when it has none."""

    title: str
    lines: list[Entry]
    none: str


class Panel:
    """One framework on the summary.

    Attributes:
        wide: Columns that the figures of a ranking take.
    """

    wide = 2

    def __init__(self, page: Page, one: Assessed, place: Place, data: Beside) -> None:
        self.page, self.one, self.place, self.data = page, one, place, data

    def head(self, row: int) -> int:
        """Name, verdict, reasons and figures; gives the row below."""
        page, place = self.page, self.place
        for col in range(place.first, place.last + 1):
            page.sheet.write_blank(row, col, None, page.style("section"))
        page.sheet.write_string(row, place.first, self.title(), page.style("section"))
        page.need(row, 18)
        formula, text = self.headline()
        page.live_span(row + 1, place.first, place.last, formula, text, "verdict")
        self.tiles(row + 2)
        reasons = (self.one.result.sentence, *self.reasons())
        text = "\n".join(shortened(page.book.clean(reason), 260) for reason in reasons)
        return page.span(row + 4, place.first, place.last, text, "note", font_color=INK)

    def tiles(self, row: int) -> None:
        """The figures that matter, large."""
        page, place = self.page, self.place
        figures = list(self.figures())
        edges = [
            place.first + (place.last + 1 - place.first) * number // len(figures) for number in range(len(figures) + 1)
        ]
        for (label, source, value, form), first, end in zip(figures, edges, edges[1:], strict=False):
            tile = page.style("tile", num_format=form)
            page.blank_span(row, first, end - 1, tile)
            page.formula(row, first, f"={source}", value, tile)
            page.blank_span(row + 1, first, end - 1, page.style("tile label"))
            page.sheet.write_string(row + 1, first, label, page.style("tile label"))
        page.need(row, 24)
        page.need(row + 1, 13)

    def charts(self, row: int) -> None:
        """Radar on the left, bars on the right."""
        page, place = self.page, self.place
        wide = place.pixels - 4
        tall = int(CHART_HEIGHT / 0.75 * CHART_ROWS) - 10
        radar = (wide + 4) * 5 // 12 - 4
        alone = not self.radar(row, place.first, radar, tall)
        first = place.first if alone else place.first + (place.last + 1 - place.first) * 5 // 12
        self.bars(row, first, 2, wide if alone else (wide + 4) * 7 // 12 - 4, tall)
        page.need(row, CHART_HEIGHT)

    def lists(self, row: int) -> int:
        """Five strongest and five weakest, and what is not among them; gives the row below."""
        strong, weak = self.ranked()
        place = self.place
        middle = place.first + (place.last + 1 - place.first) // 2
        self._list(row, place.first, middle - 1, strong)
        self._list(row, middle, place.last, weak)
        below, remark = row + 1 + BEST, self.remark()
        return self.page.span(below, place.first, place.last, remark, "note") if remark else below

    def _list(self, row: int, first: int, last: int, ranking: Ranking) -> None:
        page = self.page
        head = page.style("head")
        page.blank_span(row, first, last, head)
        page.sheet.write_string(row, first, ranking.title, head)
        page.need(row, 14)
        if not ranking.lines:
            page.span(row + 1, first, last, ranking.none, "muted")
        split = last - self.wide
        for place, (name, source, value) in enumerate(ranking.lines, row + 1):
            page.blank_span(place, first, split, page.style("line"))
            label = measure.fitted(page.book.clean(name), page.room(first, split), SIZE)
            page.sheet.write_string(place, first, label, page.style("line"))
            figure = page.style("line", align="right", indent=1)
            page.blank_span(place, split + 1, last, figure)
            page.formula(place, split + 1, f"={source}", value, figure)
            page.need(place, 12.5)

    def title(self) -> str:
        """Name of the framework with its view."""
        return " ".join([self.one.name, "+".join(self.one.scope.views)]).strip()

    def reasons(self) -> list[str]:
        """What the verdict rests on, a line each."""
        raise NotImplementedError

    def headline(self) -> tuple[str, str]:
        """Formula and value of the verdict."""
        raise NotImplementedError

    def figures(self) -> Iterator[tuple[str, str, Any, str]]:
        """Label, cell, value and number format of each tile."""
        raise NotImplementedError

    def radar(self, row: int, col: int, wide: int, tall: int) -> bool:
        """Draw the radar; False when there is too little to draw."""
        raise NotImplementedError

    def bars(self, row: int, col: int, left: int, wide: int, tall: int) -> None:
        """Draw the stacked bars."""
        raise NotImplementedError

    def ranked(self) -> tuple[Ranking, Ranking]:
        """Strongest and weakest."""
        raise NotImplementedError

    def remark(self) -> str:
        """What could not be ranked, in a line."""
        return ""


def bulleted(lines: list[str], sheet: str) -> list[str]:
    """The first lines with a bullet each, and how many more there are."""
    told = [f"\N{BULLET} {shortened(line, 200)}" for line in lines[:_REASONS]]
    more = len(lines) - _REASONS
    return [*told, f"and {more} more: see {sheet}"] if more > 0 else told
