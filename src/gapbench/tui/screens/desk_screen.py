"""What every screen on an open engagement has: headline, status and key lines, undo, export, the way to the others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual.screen import Screen

from gapbench.tui.keys import WALK
from gapbench.tui.widgets.bars import HeadlineBar, KeyBar, StatusBar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.app import ComposeResult
    from textual.widget import Widget

    from gapbench.engagement.values import Change
    from gapbench.tui.app import GapbenchApp
    from gapbench.tui.desk import Desk


class DeskScreen(Screen[None]):
    """A screen on the open engagement; `NAME` finds its keys and its help page."""

    NAME: ClassVar[str] = ""
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it so
        (0, "-narrow"),
        (70, "-medium"),
        (100, "-wide"),
        (150, "-huge"),
    ]

    def compose(self) -> ComposeResult:
        """Headline, the screen's own part, status, keys."""
        yield HeadlineBar()
        yield from self.body()
        yield StatusBar()
        yield KeyBar(self.NAME)

    def body(self) -> Iterable[Widget]:
        """The screen's own part."""
        raise NotImplementedError

    def took(self, change: Change | None) -> None:
        """Draw what a step has changed; None draws everything."""
        raise NotImplementedError

    @property
    def bench(self) -> GapbenchApp:
        """The app, by its own type."""
        return cast("GapbenchApp", self.app)

    _desk: Desk | None = None

    @property
    def desk(self) -> Desk:
        """The engagement that was on the desk when this screen came up: a last frame may be painted after it closed."""
        if self._desk is None:
            self._desk = self.bench.desk
        assert self._desk is not None  # noqa: S101 - desk screens come up only while one is open
        return self._desk

    def on_mount(self) -> None:
        """Show everything as it is now."""
        self.draw_frame()
        self.took(None)
        self.begin()

    def begin(self) -> None:
        """What a screen does once everything is shown."""

    def draw_frame(self) -> None:
        """Bring the lines around the screen up to date."""
        self.query_one(HeadlineBar).show(self.desk.client, self.desk.headlines())
        self.query_one(StatusBar).progress(self.desk.progress())
        if self.bench.said:
            self.query_one(StatusBar).say(*self.bench.said)

    def do(self, verb: Callable[[], Change], saying: str = "") -> bool:
        """Carry out one verb; refusals are told in the status line and change nothing."""
        return self.bench.do(verb, saying)

    def say(self, text: str, ink: str = "") -> None:
        """Tell something in the status line."""
        self.bench.say(text, ink)

    # -- keys that all of them have ------------------------------------------------------------------------------

    def action_show(self, name: str) -> None:
        """Go to another screen of the engagement."""
        self.bench.show(name)

    def action_back(self) -> None:
        """One step back: to the walk, and from there to the list of engagements."""
        if self.NAME == WALK or not self.desk.walk.lines:
            self.bench.show_home()
        else:
            self.bench.show(WALK)

    def action_out(self) -> None:
        """Esc is harmless: there is nothing to step out of here."""
        self.say("q goes back to the list of engagements; everything is saved already.")

    def action_undo(self) -> None:
        """Take the last step back."""
        self.do(self.desk.engagement.undo)

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self.do(self.desk.engagement.redo)

    def action_help(self) -> None:
        """Show the keys that work here."""
        self.bench.show_help(self.NAME)

    def action_theme(self) -> None:
        """Change between dark and light."""
        self.bench.toggle_theme()

    def action_newer(self) -> None:
        """Go on to a newer edition of a framework."""
        from gapbench.tui.screens.go_on import go_on

        self.run_worker(go_on(self.bench, self.desk, self.framework_in_hand()), exclusive=True)

    def framework_in_hand(self) -> str:
        """The framework that a key means here."""
        return self.desk.place.line[0]

    def action_workbook(self) -> None:
        """Write the client workbook beside the engagement."""
        from gapbench.tui.screens.ask import NO_PATH, AskLine, path_of

        target = self.desk.engagement.path.with_suffix(".xlsx")
        self.app.push_screen(
            AskLine(
                "Write the client workbook",
                hint="File to write; an older one of that name is replaced.",
                value=str(target),
                refuse=lambda text: None if path_of(text) else NO_PATH,
            ),
            self._write_workbook,
        )

    def _write_workbook(self, target: str | None) -> None:
        if target:
            self.bench.write_workbook(Path(target).expanduser())
