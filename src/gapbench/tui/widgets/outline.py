"""A list with a cursor, drawn through the Line API: what a key costs does not grow with the number of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from rich.style import Style
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from gapbench.tui.widgets.canvas import Row, strip_of

if TYPE_CHECKING:
    from textual import events

    from gapbench.tui.app import GapbenchApp

Draw = Callable[[int, int], Row]
"""(row number, width) -> pieces of the row."""


class Outline(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows told by number and drawn on demand; the screen has the keys, or arrows would scroll the cursor away."""

    class Chosen(Message):
        """Enter or a second click on a row."""

        def __init__(self, outline: Outline, index: int) -> None:
            super().__init__()
            self.outline = outline
            self.index = index

    def __init__(
        self,
        draw: Draw,
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
        margin: int = 3,
        reading: bool = False,
        moved: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(id=id)
        self._draw = draw
        self._moved = moved
        self._margin = margin
        self._reading = reading
        self.count = 0
        self.cursor = 0

    def show(self, count: int, cursor: int | None = None) -> None:
        """Take a new number of rows; the cursor stays unless told."""
        self.count = count
        self.cursor = max(0, min(self.cursor if cursor is None else cursor, count - 1))
        self._measure()
        self.refresh()
        self._reveal()

    def redraw_row(self, index: int) -> None:
        """Draw one row again."""
        top = index - self.scroll_offset.y
        if 0 <= top < self.size.height:
            self.refresh(Region(0, top, self.size.width, 1))

    def move_to(self, index: int) -> None:
        """Put the cursor on a row and keep it in sight."""
        index = max(0, min(index, self.count - 1))
        if index == self.cursor or self.count == 0:
            return
        before, self.cursor = self.cursor, index
        self._reveal()
        self.redraw_row(before)
        self.redraw_row(index)
        if self._moved is not None:
            self._moved()  # at once and not by a message: what the cursor leads to is painted in the same frame

    def move(self, rows: int) -> None:
        """Move the cursor by a number of rows; a text that is only read scrolls."""
        if self._reading:
            self.scroll_to(y=self.scroll_offset.y + rows, animate=False, force=True, immediate=True)
            return
        self.move_to(self.cursor + rows)

    def page(self, pages: int) -> None:
        """Move the cursor by screenfuls."""
        self.move(pages * max(1, self.size.height - 2))

    def choose(self) -> None:
        """Say that the row under the cursor is chosen."""
        if self.count:
            self.post_message(self.Chosen(self, self.cursor))

    def _measure(self) -> None:
        self.virtual_size = Size(max(1, self.scrollable_content_region.width), self.count)

    def _reveal(self) -> None:
        height = self.size.height
        if height < 1:
            return
        margin = min(self._margin, (height - 1) // 2)
        top = self.scroll_offset.y
        lowest = max(0, self.count - height)
        wanted = min(max(top, self.cursor - height + 1 + margin), self.cursor - margin)
        if abs(wanted - top) > height:
            wanted = self.cursor - height // 3  # a jump: show what follows, not the edge
        self.scroll_to(y=max(0, min(wanted, lowest)), animate=False, force=True, immediate=True)

    def on_resize(self) -> None:
        """Keep the cursor in sight in the new size."""
        self._measure()
        self._reveal()

    def on_click(self, event: events.Click) -> None:
        """One click moves, a second one on the same row chooses."""
        index = int(event.y + self.scroll_offset.y)
        if index >= self.count:
            return
        if index == self.cursor:
            self.choose()
        self.move_to(index)

    def on_focus(self) -> None:
        """Show which list the keys go to."""
        self.redraw_row(self.cursor)

    def on_blur(self) -> None:
        """Show which list the keys go to."""
        self.redraw_row(self.cursor)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines; their style is asked once, not line by line."""
        self._base = self.rich_style
        return super().render_lines(crop)

    _base = Style.null()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width = self.scrollable_content_region.width
        index = y + self.scroll_offset.y
        base = self._base
        if index >= self.count:
            return Strip.blank(width, base)
        inks = cast("GapbenchApp", self.app).inks
        if index != self.cursor or self._reading:
            return strip_of([(" ", ""), *self._draw(index, width - 1)], width, inks, base)
        return self._cursor_line(index, width, inks, base)

    def _cursor_line(self, index: int, width: int, inks: Mapping[str, Style], base: Style) -> Strip:
        row: Row = [(">", "key"), *self._draw(index, width - 1)]
        if not self.has_focus:
            return strip_of(row, width, inks, base + inks["cursor-away"])
        if self.app.no_color:
            return strip_of(row, width, inks, base).apply_style(Style(reverse=True, bold=True))
        return strip_of([(text, "cursor") for text, _ in row], width, inks, base + inks["cursor"])
