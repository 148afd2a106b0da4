"""Several of a few: space marks, enter goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from gapbench.tui.screens.menu import Menu, step
from gapbench.tui.widgets.canvas import cropped, printable
from gapbench.tui.widgets.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.events import Key, Paste

    from gapbench.tui.screens.menu import Option
    from gapbench.tui.widgets.canvas import Row


class Pick(ModalScreen[tuple[str, ...] | None]):
    """Returns the ids that are marked, in order; None when the person left."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("escape", "leave", "leave", show=False),
        Binding("down", "move(1)", "down", show=False),
        Binding("up", "move(-1)", "up", show=False),
        Binding("pagedown", "move(8)", "page", show=False),
        Binding("pageup", "move(-8)", "page", show=False),
        Binding("enter", "take", "take", show=False),
    ]

    def __init__(self, title: str, options: Sequence[Option], *, least: int = 0, chosen: Sequence[str] = ()) -> None:
        super().__init__()
        self._words = title
        self._menu = Menu(options)
        self._least = least
        self._marked = set(chosen)

    def compose(self) -> ComposeResult:
        """Title, options."""
        with Vertical(classes="dialog"):
            yield Static(Content(self._words), classes="dialog-title")
            outline = Outline(self._row, margin=0)
            outline.styles.height = self._menu.height
            yield outline
            yield Static(Content(self._keys()), classes="dialog-keys")

    def _keys(self) -> str:
        if not self._menu.by_typing:
            return "space or its key marks   enter goes on   esc goes back"
        typed = f'"{self._menu.typed}"   ' if self._menu.typed else ""
        marked = f"{len(self._marked)} marked   " if self._marked else ""
        return f"{typed}{marked}type to narrow   space marks   enter goes on   esc goes back"

    def on_mount(self) -> None:
        """Stand on the first one."""
        self.query_one(Outline).focus()
        self._show()

    def _show(self, on: str = "") -> None:
        self.query_one(Outline).show(len(self._menu.rows), self._menu.place(on))
        self._say(self._keys())

    def _say(self, words: str, *, bad: bool = False) -> None:
        keys = self.query_one(".dialog-keys", Static)
        keys.update(Content(printable(words)))
        keys.set_class(bad, "-bad")

    def _row(self, index: int, width: int) -> Row:
        option = self._menu.option(index)
        if option is None:
            return cropped([(str(self._menu.rows[index]), "faint")], width)
        box = "[x]" if option.id in self._marked else "[ ]"
        key = f" {option.key} " if option.key and not self._menu.by_typing else "  "
        return cropped([(key, "key"), (f"{box} {option.word:<24} ", "strong"), (option.help, "dim")], width)

    def on_key(self, event: Key) -> None:
        """Space marks, an option's own key too; in a long list what is typed narrows it."""
        character = event.character or ""
        if event.key == "space":
            self._mark_here()
        elif self._menu.by_typing and event.key == "backspace":
            self._menu.back()
            self._show()
        elif self._menu.by_typing and character and character.isprintable():
            self._menu.type(character)
            self._show()
        elif not self._by_key(character):
            return
        event.stop()

    def on_paste(self, event: Paste) -> None:
        """What is pasted narrows a long list too."""
        for character in event.text if self._menu.by_typing else "":
            if character.isprintable():
                self._menu.type(character)
        self._show()

    def _by_key(self, character: str) -> bool:
        if self._menu.by_typing:
            return False
        option = next((each for each in self._menu.options if each.key and each.key == character), None)
        if option is not None:
            self.query_one(Outline).move_to(self._menu.place(option.id))
            self._mark(option)
        elif character == "q":
            self.action_leave()
        elif character in {"j", "k"}:
            self.action_move(1 if character == "j" else -1)
        else:
            return False
        return True

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        step(self.query_one(Outline), self._menu, rows)

    def _mark_here(self) -> None:
        option = self._menu.option(self.query_one(Outline).cursor)
        if option is not None:
            self._mark(option)

    def _mark(self, option: Option) -> None:
        self._marked ^= {option.id}
        self._menu.clear()
        self._show(option.id)

    def on_outline_chosen(self, event: Outline.Chosen) -> None:
        """A second click marks."""
        self._mark_here()

    def action_take(self) -> None:
        """Go on with what is marked."""
        marked = tuple(option.id for option in self._menu.options if option.id in self._marked)
        if len(marked) < self._least:
            self._say("Mark at least one with space, then enter.", bad=True)
            return
        self.dismiss(marked)

    def action_leave(self) -> None:
        """Leave without a choice; first out of what was typed."""
        if self._menu.typed:
            self._menu.clear()
            self._show()
        else:
            self.dismiss(None)
