"""Fields to write in: a text stays as it was typed or pasted, and what reaches the terminal is safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input, TextArea

from gapbench.tui.widgets.canvas import printable

if TYPE_CHECKING:
    from textual.events import Paste


class OneLine(Input):
    """A line to write in."""

    class Cut(Message):
        """More than one line was pasted; only the first was taken."""

    def on_mount(self) -> None:
        """Show the end of a long text: the cursor stands there."""
        self.call_after_refresh(lambda: self.scroll_to(x=self.max_scroll_x, animate=False, force=True))

    def on_paste(self, event: Paste) -> None:
        """Say so when a pasted text is cut."""
        if len(event.text.splitlines()) > 1:
            self.post_message(self.Cut())

    def render_line(self, y: int) -> Strip:
        """Draw the line without what would drive the terminal."""
        return _safe(super().render_line(y))


class Paper(TextArea):
    """A text to write."""

    def on_resize(self) -> None:
        """Paint again what was wrapped anew."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line without what would drive the terminal."""
        return _safe(super().render_line(y))


def _safe(strip: Strip) -> Strip:
    if strip.text.isascii() and strip.text.isprintable():
        return strip
    segments = [Segment(printable(text), style) for text, style, _ in strip]
    return Strip(segments).adjust_cell_length(strip.cell_length)
