"""Text drawn line by line from pieces of (text, ink): no markup, no layout, repainted only when it differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from gapbench.tui.app import GapbenchApp

Piece = tuple[str, str]
"""A run of text and the ink it is written with."""

Row = Sequence[Piece]

_CONSOLE = Console(width=80, color_system=None, legacy_windows=False)
_OVERRIDES = (0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069)
_CONTROL: dict[int, str] = {
    **{code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), *range(127, 160), 0xFFFE, 0xFFFF) if code != 10},
    **dict.fromkeys(_OVERRIDES, ""),
    9: " ",
}


def printable(text: str) -> str:
    """A client's text as it may reach a terminal: no control or direction-override characters, newlines kept."""
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_CONTROL).encode("utf-8", "replace").decode("utf-8")


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells, broken between words where possible."""
    if width < 1:
        return []
    lines: list[str] = []
    for paragraph in printable(text).split("\n"):
        wrapped = Text(paragraph, end="").wrap(_CONSOLE, width)
        lines.extend(line.plain.rstrip() for line in wrapped) if paragraph.strip() else lines.append("")
    return lines


def fit(text: str, width: int) -> str:
    """One line cut to `width` cells, with a sign where something was cut."""
    flat = printable(text).replace("\n", " ")
    if cell_len(flat) <= width:
        return flat
    return set_cell_size(flat, max(0, width - 1)).rstrip() + "…" if width > 0 else ""


def width_of(row: Row) -> int:
    """Cells that a row takes."""
    return sum(cell_len(text) for text, _ in row)


def justified(left: Row, right: Row, width: int) -> Row:
    """A row with something at both ends; the left gives way."""
    room = width - width_of(right) - 1
    cut = cropped(left, max(0, room))
    return [*cut, (" " * max(1, width - width_of(cut) - width_of(right)), ""), *right]


def cropped(row: Row, width: int) -> Row:
    """A row cut to `width` cells."""
    kept: list[Piece] = []
    for text, ink in row:
        room = width - width_of(kept)
        if room <= 0:
            break
        kept.append((fit(text, room), ink))
    return kept


def wrapped(row: Row, width: int) -> list[Row]:
    """A row as it is, or, when it is too long, its text broken between words in the ink of its last piece."""
    if width_of(row) <= width:
        return [row]
    head, (text, ink) = row[:-1], row[-1]
    taken = width_of(head)
    if taken > width // 2:
        return [cropped(row, width)]
    lines = wrap(text, width - taken)
    return [[*(head if number == 0 else [(" " * taken, "")]), (line, ink)] for number, line in enumerate(lines)]


def strip_of(row: Row, width: int, inks: Mapping[str, Style], base: Style) -> Strip:
    """A row as Textual draws it, filled with the base style."""
    segments = [Segment(printable(text).replace("\n", " "), base + inks[ink]) for text, ink in row if text]
    return Strip(segments).adjust_cell_length(width, base)


class Canvas(Widget):
    """A widget that draws the rows of `rows()`; `redraw()` after what it shows has changed."""

    can_focus = False

    def rows(self, width: int, height: int) -> Sequence[Row]:
        """The lines to draw, at most `height` of them used."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw again the lines that differ."""
        before, width, height = self._drawn, self.size.width, self.size.height
        if before is None or self._drawn_for != self.size:
            self._drawn = None
            self.refresh()
            return
        self._drawn = now = self.rows(width, height)
        pairs = enumerate(zip_longest(before[:height], now[:height], fillvalue=()))
        differing = [Region(0, y, width, 1) for y, (old, new) in pairs if old != new]
        if differing:
            self.refresh(*differing)

    _drawn: Sequence[Row] | None = None
    _drawn_for: Size | None = None
    """Size that the rows were laid out for; a frame may be painted before a resize is told."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines; their style is asked once, not line by line."""
        self._base = self.rich_style
        return super().render_lines(crop)

    _base = Style.null()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        if self._drawn is None or self._drawn_for != self.size:
            self._drawn, self._drawn_for = self.rows(self.size.width, self.size.height), self.size
        row = self._drawn[y] if y < len(self._drawn) else ()
        return strip_of(row, self.size.width, self.inks, self._base)

    @property
    def inks(self) -> Mapping[str, Style]:
        """Styles of the theme in use."""
        return cast("GapbenchApp", self.app).inks
