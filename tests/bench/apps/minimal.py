"""Floor of the screens: one Static, repainted at every key."""

from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.widgets import Static


class Minimal(App[None]):
    """The least that Textual can show."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding("down,up,home,pagedown,tab,1,2,3", "again", priority=True),
        Binding("ctrl+q", "quit", priority=True),
    ]
    painted = 0

    def compose(self) -> ComposeResult:
        """One widget."""
        yield Static("FIRST FRAME")

    def action_again(self) -> None:
        """Paint the one line again."""
        self.painted += 1
        self.query_one(Static).update(f"painted {self.painted}")


if __name__ == "__main__":
    Minimal().run()
