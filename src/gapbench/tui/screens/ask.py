"""Questions to the person at the keyboard: a line, a text, a choice, something to read.

Esc keeps what was typed where a text is edited (one key takes it back afterwards); nothing typed is ever thrown away
by a wrong key.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from gapbench.engagement.text import LONGEST
from gapbench.tui.screens.menu import Menu, Option, step
from gapbench.tui.widgets.canvas import Row, cropped, printable
from gapbench.tui.widgets.fields import OneLine, Paper
from gapbench.tui.widgets.outline import Outline

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Key, Paste

Refuse = Callable[[str], str | None]


NO_PATH = "No file can be called so; type another name."


def path_of(text: str) -> Path | None:
    """A path as it was typed; None when no file can be called so."""
    try:
        return Path(text.strip()).expanduser() if text.strip() and text.isprintable() else None
    except RuntimeError:  # the home of somebody who is not there
        return None


def _plain(text: str, *, classes: str = "") -> Static:
    return Static(Content(printable(text)), classes=classes, markup=False)


class AskLine(ModalScreen[str | None]):
    """One line of text; enter takes it, esc goes back."""

    BINDINGS: ClassVar[list[Any]] = [Binding("escape", "leave", "leave", show=False)]

    def __init__(
        self, title: str, *, hint: str = "", value: str = "", refuse: Refuse | None = None, keys: str = ""
    ) -> None:
        super().__init__()
        self._words = (title, hint)
        self._value = value
        self._refuse = refuse
        self._keys = keys or "enter takes it   esc goes back"

    def compose(self) -> ComposeResult:
        """Title, line, hint."""
        with Vertical(classes="dialog"):
            yield _plain(self._words[0], classes="dialog-title")
            if self._words[1]:
                yield _plain(self._words[1], classes="dialog-hint")
            yield OneLine(value=self._value, select_on_focus=False)
            yield _plain(self._keys, classes="dialog-keys")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the line unless it is refused."""
        problem = self._refuse(event.value) if self._refuse else None
        if problem:
            self.query_one(".dialog-keys", Static).update(Content(printable(problem)))
            self.query_one(".dialog-keys").add_class("-bad")
            return
        self.dismiss(event.value.strip())

    def on_one_line_cut(self) -> None:
        """Say so when a pasted text is cut: a line takes one line."""
        self.query_one(".dialog-keys", Static).update(Content("Only the first line of a pasted text is taken here."))

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)


class AskText(ModalScreen[str | None]):
    """A text of any length; esc keeps it. Returns None when nothing was changed."""

    BINDINGS: ClassVar[list[Any]] = [Binding("escape,ctrl+s", "keep", "keep", show=False, priority=True)]

    def __init__(self, title: str, *, hint: str = "", value: str = "", warning: str = "", must: str = "") -> None:
        super().__init__()
        self._words = (title, hint, warning)
        self._value = value
        self._shown = ""
        self._must = must

    def compose(self) -> ComposeResult:
        """Title, warning, hint, text."""
        title, hint, warning = self._words
        with Vertical(classes="dialog"):
            yield _plain(title, classes="dialog-title")
            if warning:
                yield _plain(warning, classes="dialog-warning")
            if hint:
                yield _plain(hint, classes="dialog-hint")
            yield Paper(self._value, soft_wrap=True, tab_behavior="focus", compact=True)
            yield _plain(self._must or "esc keeps it (z takes it back)   enter new line", classes="dialog-keys")

    def on_mount(self) -> None:
        """Write on at the end of what is there."""
        area = self.query_one(TextArea)
        if self._value.strip():
            area.text = f"{self._value.rstrip()}\n"
        area.move_cursor(area.document.end)
        self._shown = area.text.strip()  # a field may break lines otherwise than the text did: that is no change

    def action_keep(self) -> None:
        """Take the text."""
        text = self.query_one(TextArea).text.strip()
        if len(text) > LONGEST:
            keys = self.query_one(".dialog-keys", Static)
            keys.update(Content(f"{len(text):,} characters stand here and {LONGEST:,} fit; shorten the text."))
            keys.add_class("-bad")
            return
        self.dismiss(None if text == self._shown and text else text)


class Choose(ModalScreen[str | None]):
    """One of a list, by its key, by typing or by the cursor."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape", "leave", "leave", show=False),
        Binding("down", "move(1)", "down", show=False),
        Binding("up", "move(-1)", "up", show=False),
        Binding("pagedown", "move(8)", "page", show=False),
        Binding("pageup", "move(-8)", "page", show=False),
        Binding("enter", "take", "take", show=False),
    ]

    def __init__(self, title: str, options: Sequence[Option], *, hint: str = "", chosen: str = "") -> None:
        super().__init__()
        self._title_words, self._hint = title, hint
        self._menu = Menu(options)
        self._start = self._menu.place(chosen)

    def compose(self) -> ComposeResult:
        """Title, options."""
        with Vertical(classes="dialog"):
            yield _plain(self._title_words, classes="dialog-title")
            if self._hint:
                yield _plain(self._hint, classes="dialog-hint")
            outline = Outline(self._row, margin=0)
            outline.styles.height = self._menu.height
            yield outline
            yield _plain(self._keys(), classes="dialog-keys")

    def _keys(self) -> str:
        if not self._menu.by_typing:
            return "enter or its key takes it   esc goes back"
        typed = f'"{self._menu.typed}"   ' if self._menu.typed else ""
        return f"{typed}type to narrow the list, arrows, enter takes it   esc goes back"

    def on_mount(self) -> None:
        """Stand on what is chosen now."""
        outline = self.query_one(Outline)
        outline.show(len(self._menu.rows), self._start)
        outline.focus()

    def _row(self, index: int, width: int) -> Row:
        option = self._menu.option(index)
        if option is None:
            return cropped([(str(self._menu.rows[index]), "faint")], width)
        key = f" {option.key} " if option.key and not self._menu.by_typing else "  "
        return cropped([(key, "key"), (f"{option.word:<{self._menu.widest}} ", "strong"), (option.help, "dim")], width)

    def on_key(self, event: Key) -> None:
        """An option's own key takes it; in a long list what is typed narrows it."""
        character = event.character or ""
        if self._menu.by_typing:
            self._type(event, character)
            return
        option = next((each for each in self._menu.options if each.key and each.key == character), None)
        if option:
            event.stop()
            self.dismiss(option.id)
        elif character in {"j", "k", "q"}:
            event.stop()
            self.action_leave() if character == "q" else self.action_move(1 if character == "j" else -1)

    def on_paste(self, event: Paste) -> None:
        """What is pasted narrows a long list too."""
        for character in event.text if self._menu.by_typing else "":
            if character.isprintable():
                self._menu.type(character)
        self._narrowed()

    def _type(self, event: Key, character: str) -> None:
        if event.key == "backspace":
            self._menu.back()
        elif not character.isprintable() or not character:
            return
        else:
            self._menu.type(character)
        event.stop()
        self._narrowed()

    def _narrowed(self) -> None:
        self.query_one(Outline).show(len(self._menu.rows), self._menu.place(""))
        self.query_one(".dialog-keys", Static).update(Content(printable(self._keys())))

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        step(self.query_one(Outline), self._menu, rows)

    def action_take(self) -> None:
        """Take what the cursor is on."""
        option = self._menu.option(self.query_one(Outline).cursor)
        if option is not None:
            self.dismiss(option.id)

    def on_outline_chosen(self, event: Outline.Chosen) -> None:
        """A second click takes it too."""
        self.action_take()

    def action_leave(self) -> None:
        """Leave without a choice; first out of what was typed."""
        if self._menu.typed:
            self._menu.clear()
            self._narrowed()
        else:
            self.dismiss(None)


class Reading(ModalScreen[None]):
    """Something to read: arithmetic, history, help, a whole card."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape,q,enter,question_mark", "leave", "leave", show=False),
        Binding("down,j", "scroll(1)", "down", show=False),
        Binding("up,k", "scroll(-1)", "up", show=False),
        Binding("pagedown,space", "scroll(12)", "page", show=False),
        Binding("pageup", "scroll(-12)", "page", show=False),
    ]

    def __init__(self, title: str, rows: Callable[[int], Sequence[Row]]) -> None:
        super().__init__()
        self._title_words = title
        self._make = rows
        self._rows: Sequence[Row] = ()

    def compose(self) -> ComposeResult:
        """Title and text."""
        with Vertical(classes="dialog -tall"):
            yield _plain(self._title_words, classes="dialog-title")
            yield Outline(lambda index, _: self._rows[index], margin=0, reading=True)
            yield _plain("arrows scroll   esc closes", classes="dialog-keys")

    def on_mount(self) -> None:
        """Lay the text out once the width is known."""
        self.call_after_refresh(self._lay_out)

    def on_resize(self) -> None:
        """Lay the text out for the new width."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        outline = self.query_one(Outline)
        self._rows = self._make(max(20, outline.scrollable_content_region.width - 2))
        outline.show(len(self._rows), 0)
        outline.focus()

    def action_scroll(self, rows: int) -> None:
        """Scroll by lines."""
        self.query_one(Outline).move(rows)

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)


__all__ = ["NO_PATH", "AskLine", "AskText", "Choose", "Option", "Reading", "path_of"]
