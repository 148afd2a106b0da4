"""A sitting at the screen: press, paste, read, wait for what must come. The one place that knows Textual's inside."""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.strip import Strip

from gapbench.engagement.engagement import Engagement
from gapbench.tui.app import GapbenchApp
from gapbench.tui.screens import walk_list
from gapbench.tui.screens.walk import WalkScreen

ISO, CMMI = "iso9001-2015", "cmmi-2.0"
NEWER = "iso9001-2026"
WIDE, SMALL = (120, 40), (80, 24)
EVENING = datetime(2026, 11, 17, 16, 40, tzinfo=UTC)
"""After the last step of the worked example as the tests write it."""

PATIENCE = 10.0
"""Seconds until something that must come counts as missing; nothing waits that long when all is well."""

_KEYS = {
    " ": "space",
    ".": "full_stop",
    "-": "minus",
    ":": "colon",
    "/": "slash",
    "'": "apostrophe",
    ",": "comma",
    "\n": "enter",
}

_FRAME = dict.fromkeys(map(ord, "│╭╮╰╯─"), " ")


def ticking(start: datetime = EVENING, step: timedelta = timedelta(minutes=1)) -> Callable[[], datetime]:
    """A clock that goes on by one step whenever it is asked."""
    now = start

    def clock() -> datetime:
        nonlocal now
        now += step
        return now

    return clock


async def turns(_: float = 0, count: int = 60) -> None:
    """Let everything that is ready run, and what that makes ready in turn."""
    for _turn in range(count):
        await asyncio.sleep(0)


def sha(file: Path) -> str:
    """What stands in a file, to the byte."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def files_in(folder: Path) -> list[str]:
    """Names of what lies in a folder."""
    return sorted(each.name for each in folder.iterdir())


def strips(app: GapbenchApp) -> list[Strip]:
    """The screen as it goes to the terminal."""
    return app.screen._compositor.render_strips()


def screen_text(app: GapbenchApp) -> str:
    """The screen as a person reads it, lines without blanks at their ends."""
    return "\n".join(strip.text.rstrip() for strip in strips(app))


def is_up(app: GapbenchApp) -> bool:
    """Whether a screen of ours stands there, composed and drawn."""
    return len(app.screen_stack) > 1 and app.screen.is_mounted and bool(screen_text(app).strip())


async def wait_for(pilot: Pilot[Any], condition: Callable[[], object], saying: str) -> None:
    """Wait until something holds; fails with what the screen shows instead."""
    limit = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > limit:
            screen = screen_text(pilot.app) if isinstance(pilot.app, GapbenchApp) and pilot.app.is_running else ""
            raise AssertionError(f"waited {PATIENCE:.0f} s: {saying}\n{screen}")
        await pilot.pause(0.01)


class Sitting:
    """The app while it runs, and the hands and eyes of the person before it."""

    def __init__(self, app: GapbenchApp, pilot: Pilot[Any]) -> None:
        self.app = app
        self.pilot = pilot

    # -- hands ---------------------------------------------------------------------------------------------------

    async def press(self, *keys: str) -> None:
        """Press keys by Textual's names."""
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Type a text key by key."""
        await self.pilot.press(*(_KEYS.get(char, char) for char in text))

    async def paste(self, text: str) -> None:
        """Paste a text into whatever has the focus, as a terminal does."""
        self.app.post_message(events.Paste(text))
        await turns()
        await turns()

    async def resize(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(width, height)
        await self.until(lambda: len(strips(self.app)) == height, f"the screen has {height} lines")

    async def stand_on(self, catalog: str, line: str) -> None:
        """Be in the walk with the cursor on a line."""
        self.app.go_to(catalog, line)
        await self.until(lambda: self.place == (catalog, line), f"the cursor stands on {line}")

    # -- eyes ----------------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """What the screen says."""
        return screen_text(self.app)

    def shows(self, words: str) -> bool:
        """Whether words stand on the screen, also when they are broken over lines of a dialog."""
        return words in self.text or words in " ".join(self.text.translate(_FRAME).split())

    @property
    def status(self) -> str:
        """The status line: the last but one."""
        return self.text.splitlines()[-2].strip()

    @property
    def engagement(self) -> Engagement:
        """The open engagement, read as it is on disk."""
        assert self.app.desk is not None
        return self.app.desk.engagement

    @property
    def walk(self) -> WalkScreen:
        """The walk, when it is up."""
        assert isinstance(self.app.screen, WalkScreen), self.text
        return self.app.screen

    @property
    def place(self) -> tuple[str, str] | None:
        """(catalog, line) under the cursor of the walk; None elsewhere."""
        line = self.app.screen.line if isinstance(self.app.screen, WalkScreen) else None
        return (line.catalog, line.id) if line else None

    async def until(self, condition: Callable[[], object], saying: str) -> None:
        """Wait until something holds."""
        await wait_for(self.pilot, condition, saying)

    async def see(self, *words: str) -> None:
        """Wait until all words stand on the screen."""
        for each in words:
            await self.until(lambda each=each: self.shows(each), f"{each!r} stands on the screen")  # type: ignore[misc]

    async def told(self, *words: str) -> None:
        """Wait until the status line says all words."""
        for each in words:
            await self.until(lambda each=each: each in self.status, f"the status line says {each!r}")  # type: ignore[misc]

    async def gone(self, word: str) -> None:
        """Wait until a word has left the screen."""
        await self.until(lambda: word not in self.text, f"{word!r} has left the screen")

    async def standing_on(self, line: str) -> None:
        """Wait until the cursor of the walk stands on a line."""
        await self.until(lambda: self.place is not None and self.place[1] == line, f"the cursor stands on {line}")

    async def rest(self) -> str:
        """The screen once it has stopped changing, the delayed side pane of the walk included."""
        if self.app.size.width >= 100 and any(isinstance(screen, WalkScreen) for screen in self.app.screen_stack):
            await self.pilot.pause(walk_list.SIDE_DELAY + 0.03)
        before = ""
        limit = time.monotonic() + PATIENCE
        while (now := self.text if is_up(self.app) else "") != before or not now.strip():
            assert time.monotonic() < limit, f"the screen never comes to rest\n{now}"
            before = now
            await self.pilot.pause(0.03)
        return now


@asynccontextmanager
async def sitting(path: Path, *, size: tuple[int, int] = WIDE, **how: Any) -> AsyncIterator[Sitting]:
    """Run the app on a file or folder."""
    app = GapbenchApp(path, author="E. Gray", clock=ticking(), **how)
    async with app.run_test(size=size, notifications=True) as pilot:
        await wait_for(pilot, lambda: is_up(app) or app.return_code, "a screen is up")
        await pilot.pause()
        yield Sitting(app, pilot)
