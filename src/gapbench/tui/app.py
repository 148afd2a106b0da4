"""The workbench: which engagement is on the desk, which screen is up, and what every step sets in motion."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import Binding
from textual.events import Paste
from textual.screen import ModalScreen

from gapbench.config import remember_theme
from gapbench.errors import GapbenchError
from gapbench.tui.desk import Desk, Place
from gapbench.tui.keys import clashes, unfit
from gapbench.tui.screens.desk_screen import DeskScreen
from gapbench.tui.theme import DARK, LIGHT, THEMES, inks
from gapbench.tui.widgets.canvas import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from rich.style import Style
    from textual.command import Provider
    from textual.events import Event, Resize
    from textual.timer import Timer

    from gapbench.engagement.values import Change

IDLE_SECONDS = 1.5


def _commands() -> type[Provider]:
    """The palette's commands, loaded when it is first opened."""
    from gapbench.tui.commands import GapbenchCommands

    return GapbenchCommands


class GapbenchApp(App[int], inherit_bindings=False):
    """The workbench on one file, or on a folder of them.

    Args:
        path: An engagement to open, or a folder whose engagements to list.
        author: Whose steps these are.
        theme: "dark" or "light".
        keys: Key ids moved by the person, from the settings file.
        clock: Says what time it is, for pictures and tests.
    """

    TITLE = "gapbench"
    CSS_PATH = "app.tcss"
    COMMANDS: ClassVar[set[Any]] = {_commands}
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[Any]] = [
        Binding("ctrl+q", "quit", "leave", show=False, priority=True, id="go.quit"),
        Binding("ctrl+c", "say_quit", "leave", show=False),
    ]

    def __init__(
        self,
        path: Path,
        *,
        author: str = "",
        theme: str = "dark",
        keys: Mapping[str, str] | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        # Under NO_COLOR the terminal's own colours throughout: greys are colours too.
        super().__init__(ansi_color="NO_COLOR" in os.environ)
        self.path = path
        self.author = author
        self.clock = clock
        self.desk: Desk | None = None
        self.said: tuple[str, str, str] | None = None
        """What the status line says, its ink, and the hint how to take it back."""
        self._problem = ""
        self.user_keys = dict(keys or {})
        self._inks: dict[str, Mapping[str, Style]] = {}
        self._idle: Timer | None = None
        self._places: dict[Path, Place] = {}
        for each in THEMES:
            self.register_theme(each)
        self.animation_level = "none"  # slow links repaint once
        self.theme = LIGHT.name if theme == "light" else DARK.name

    @property
    def inks(self) -> Mapping[str, Style]:
        """Styles of the theme in use."""
        name = self.theme
        if name not in self._inks:
            self._inks[name] = inks(self.get_theme(name) or DARK)
        return self._inks[name]

    def on_mount(self) -> None:
        """Open what the program was started on."""
        self._take_keymap()
        if self.path.is_dir():
            self.show_home()
            self.call_after_refresh(_settle)
        else:
            self.open(self.path)

    def on_resize(self, event: Resize) -> None:
        """Cover everything while the window is too small to read a dialog in."""
        from gapbench.tui.screens.too_small import TooSmall, too_small

        covered = isinstance(self.screen, TooSmall)
        if too_small(event.size) and not covered:
            self.push_screen(TooSmall())
        elif covered and not too_small(event.size):
            self.pop_screen()

    def _take_keymap(self) -> None:
        problems = unfit(self.user_keys) or clashes(self.user_keys)
        if problems:
            self._problem = f"{problems[0]} The usual keys are in force."
            self.said = (self._problem, "bad", "")
            self.user_keys = {}
            return
        self.set_keymap(self.user_keys)

    # -- the engagement on the desk ------------------------------------------------------------------------------

    def open(self, path: Path) -> bool:
        """Put an engagement on the desk; a refusal is told where the person is."""
        try:
            desk = Desk.open(path, self.author, self.clock)
        except GapbenchError as problem:
            self._refused(str(problem))
            return False
        self.take_desk(desk)
        return True

    def take_desk(self, desk: Desk) -> None:
        """Show an open engagement: the walk, or the scope while nothing is in it."""
        self.close_desk()
        self.desk = desk
        desk.place = self._places.setdefault(desk.engagement.path.resolve(), desk.place)
        step, at = desk.engagement.head()
        when = f", last change {at.astimezone():%d %b %H:%M}" if step and at else ""
        access = "read-only: " if desk.engagement.read_only else ""
        self.said = (f"{access}{desk.engagement.path.name}{when}", "dim", "")
        if desk.engagement.notice or self._problem:
            self.said = (desk.engagement.notice or self._problem, "note", "")
        self.show("walk" if desk.readiness.cases else "scope")
        self.call_after_refresh(_settle)

    def close_desk(self) -> None:
        """Close the open engagement, if any."""
        if self.desk is not None:
            self.desk.engagement.close()
            self.path = self.desk.engagement.path.parent
            self.desk = None
            gc.unfreeze()

    def on_unmount(self) -> None:
        """Leave one whole file behind."""
        self.close_desk()

    def _refused(self, sentence: str) -> None:
        if self.desk is None and not self.path.is_dir():
            self.exit(return_code=1, message=f"gapbench: {sentence}")
        else:
            self.say(sentence, "bad")

    # -- steps ---------------------------------------------------------------------------------------------------

    def do(self, verb: Callable[[], Change], saying: str = "") -> bool:
        """Carry out one verb on the engagement and draw what it changed.

        Returns:
            Whether a step was written.
        """
        try:
            change = verb()
        except GapbenchError as problem:
            self.say(str(problem), "bad")
            return False
        if change:
            self._took(change, saying)
        else:
            self.say("Nothing differs from what is saved already.", "dim")
        return bool(change)

    def _took(self, change: Change, saying: str) -> None:
        assert self.desk is not None  # noqa: S101 - verbs exist only while an engagement is open
        self.desk.take(change)
        at = f"{change.at.astimezone():%H:%M}" if change.at else ""
        back = "Z does it again" if change.title.startswith("Took back") else "z takes it back"
        self.said = (f"{change.title}, saved {at}", "", f"{saying}, {back}" if saying else back)
        if isinstance(self.screen, DeskScreen):
            self.screen.draw_frame()
            self.screen.took(change)
        if self._idle is not None:
            self._idle.stop()
        self._idle = self.set_timer(IDLE_SECONDS, self._tidy)

    def _tidy(self) -> None:
        if self.desk is not None:
            self.desk.engagement.tidy()

    def say(self, text: str, ink: str = "") -> None:
        """Tell something in the status line; a screen that is still coming up shows it as its first words."""
        from gapbench.tui.widgets.bars import StatusBar

        self.said = (text, ink, "")
        for screen in self.screen_stack:
            for bar in screen.query(StatusBar):
                bar.say(text, ink)

    # -- screens -------------------------------------------------------------------------------------------------

    def show(self, name: str) -> None:
        """Bring up a screen of the open engagement."""
        self._switch(_screen(name))

    def go_to(self, catalog: str, line: str) -> None:
        """Show a line of the walk."""
        assert self.desk is not None  # noqa: S101 - the palette offers places only while an engagement is open
        place = self.desk.place
        place.line, place.filter, place.words = self.desk.walk.home((catalog, line)), "all", ""
        place.folded.clear()
        self.show("walk")

    def show_home(self) -> None:
        """Close the engagement and list those of its folder."""
        from gapbench.tui.screens.home import HomeScreen

        self.close_desk()
        self._switch(HomeScreen(self.path if self.path.is_dir() else self.path.parent))

    def action_advisor(self) -> None:
        """Ask whether it is to be ISO 9001, CMMI or both; leaving leads back to where the person was."""
        from gapbench.tui.screens.advisor import AdvisorScreen

        self._switch(AdvisorScreen(getattr(self.screen, "NAME", "") if self.desk is not None else ""))

    def _switch(self, screen: Any) -> None:
        if len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def show_help(self, name: str) -> None:
        """Show the keys of a screen and its page."""
        from gapbench.tui.help_pages import help_rows
        from gapbench.tui.screens.ask import Reading

        self.push_screen(Reading(f"Keys and help: {name}", lambda width: help_rows(name, width, self.user_keys)))

    def toggle_theme(self) -> None:
        """Change between dark and light."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name
        remember_theme("light" if self.theme == LIGHT.name else "dark")
        self.refresh_css(animate=False)
        from gapbench.tui.widgets.canvas import Canvas

        for canvas in self.screen.query(Canvas):
            canvas.refresh()
        self.screen.refresh(layout=True)

    async def action_quit(self) -> None:
        """Leave; what is being written is kept first, and where that is refused the person stays."""
        writing = next((screen for screen in reversed(self.screen_stack) if hasattr(screen, "action_keep")), None)
        if writing is None:
            self.exit()
            return
        if writing is not self.screen:  # covered by "make the window larger"
            self.pop_screen()
        keep: Callable[[], None] = writing.action_keep  # type: ignore[union-attr]
        keep()
        self.set_timer(0.05, lambda: self.exit() if writing not in self.screen_stack else None)

    async def on_event(self, event: Event) -> None:
        """Nothing that would drive the terminal gets into the palette's own field; the other fields look to it."""
        if isinstance(event, Paste):
            from textual.command import CommandPalette

            if isinstance(self.screen, CommandPalette):
                event.text = printable(event.text)
        await super().on_event(event)

    def action_command_palette(self) -> None:
        """Not while something is being asked: a command would throw away what was typed."""
        if not isinstance(self.screen, ModalScreen):
            from gapbench.tui.commands import Palette

            self.push_screen(Palette())

    def action_say_quit(self) -> None:
        """Ctrl+c copies in many terminals and must not end a session by accident."""
        self.say("ctrl+q leaves; everything is saved already.")

    # -- the workbook --------------------------------------------------------------------------------------------

    def write_workbook(self, target: Path) -> None:
        """Read everything now, then write the workbook in a thread that never sees the file of the engagement."""
        assert self.desk is not None  # noqa: S101 - the key exists only while an engagement is open
        from gapbench.work.deliverable import build

        deliverable = build(self.desk.engagement)
        self.say(f"Writing {target.name} ...", "dim")

        def write() -> None:
            from gapbench.excel.workbook import write as write_file

            try:
                write_file(deliverable, target)
            except GapbenchError as problem:
                self.call_from_thread(self.say, str(problem), "bad")
            else:
                self.call_from_thread(self.say, f"Workbook written: {target}", "good")

        self.run_worker(write, thread=True, exclusive=True, group="workbook")


def _settle() -> None:
    """What has been read stays: the collector need not look at it again, or now and then a key would wait for it."""
    gc.freeze()
    gc.enable()


def _screen(name: str) -> DeskScreen:
    if name == "readiness":
        from gapbench.tui.screens.readiness import ReadinessScreen

        return ReadinessScreen()
    if name == "bridge":
        from gapbench.tui.screens.bridge import BridgeScreen

        return BridgeScreen()
    if name == "plan":
        from gapbench.tui.screens.plan import PlanScreen

        return PlanScreen()
    if name == "scope":
        from gapbench.tui.screens.scope import ScopeScreen

        return ScopeScreen()
    from gapbench.tui.screens.walk import WalkScreen

    return WalkScreen()


def run(path: Path | None, *, author: str = "", theme: str = "dark", keys: Mapping[str, str] | None = None) -> int:
    """Run the workbench until the person leaves; returns the exit code."""
    app = GapbenchApp(path or Path.cwd(), author=author, theme=theme, keys=keys)
    app.run()
    return app.return_code or 0
