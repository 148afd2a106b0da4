"""Several of a few: space marks, enter goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from gapbench.tui.widgets.canvas import cropped
from gapbench.tui.widgets.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.events import Key

    from gapbench.tui.screens.ask import Option
    from gapbench.tui.widgets.canvas import Row


class Pick(ModalScreen[tuple[str, ...] | None]):
    """Returns the ids that are marked, in order; None when the person left."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("escape,q", "leave", "leave", show=False),
        Binding("down,j", "move(1)", "down", show=False),
        Binding("up,k", "move(-1)", "up", show=False),
        Binding("space", "mark", "mark", show=False),
        Binding("enter", "take", "take", show=False),
    ]

    def __init__(self, title: str, options: Sequence[Option], *, least: int = 0, chosen: Sequence[str] = ()) -> None:
        super().__init__()
        self._words = title
        self._options = tuple(options)
        self._least = least
        self._marked = set(chosen)

    def compose(self) -> ComposeResult:
        """Title, options."""
        with Vertical(classes="dialog"):
            yield Static(Content(self._words), classes="dialog-title")
            outline = Outline(self._row, margin=0)
            outline.styles.height = min(len(self._options), 16)
            yield outline
            yield Static(Content("space or its key marks   enter goes on   esc goes back"), classes="dialog-keys")

    def on_mount(self) -> None:
        """Stand on the first one."""
        outline = self.query_one(Outline)
        outline.show(len(self._options), 0)
        outline.focus()

    def _row(self, index: int, width: int) -> Row:
        option = self._options[index]
        box = "[x]" if option.id in self._marked else "[ ]"
        return cropped(
            [(f" {option.key} ", "key"), (f"{box} {option.word:<24} ", "strong"), (option.help, "dim")], width
        )

    def on_key(self, event: Key) -> None:
        """An option's own key marks it."""
        for index, option in enumerate(self._options):
            if option.key and option.key == event.character:
                event.stop()
                self.query_one(Outline).move_to(index)
                self._mark(index)

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self.query_one(Outline).move(rows)

    def action_mark(self) -> None:
        """Mark what the cursor is on, or take the mark away."""
        self._mark(self.query_one(Outline).cursor)

    def _mark(self, index: int) -> None:
        self._marked ^= {self._options[index].id}
        self.query_one(Outline).redraw_row(index)

    def on_outline_chosen(self, event: Outline.Chosen) -> None:
        """A second click marks."""
        self._mark(event.index)

    def action_take(self) -> None:
        """Go on with what is marked."""
        marked = tuple(option.id for option in self._options if option.id in self._marked)
        if len(marked) < self._least:
            keys = self.query_one(".dialog-keys", Static)
            keys.update(Content("Mark at least one with space, then enter."))
            keys.add_class("-bad")
            return
        self.dismiss(marked)

    def action_leave(self) -> None:
        """Leave without a choice."""
        self.dismiss(None)
