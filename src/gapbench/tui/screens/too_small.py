"""What a window shows in which nothing can be read: one sentence, until it is larger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.geometry import Size

LEAST = (40, 12)


def too_small(size: Size) -> bool:
    """Whether a dialog would not fit."""
    return size.width < LEAST[0] or size.height < LEAST[1]


class TooSmall(ModalScreen[None]):
    """Covers the screen; what was being typed below it stays."""

    DEFAULT_CSS = "TooSmall { background: $background; align: left top; }"

    def compose(self) -> ComposeResult:
        """One sentence."""
        yield Static(Content(f"Make the window at least {LEAST[0]} by {LEAST[1]}; ctrl+q leaves, all is saved."))
