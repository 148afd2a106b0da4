"""Where the bench works: a scratch folder, children without anybody's settings, engagements made once."""

from __future__ import annotations

import os
import shutil
import sys
from functools import cached_property
from pathlib import Path

from tests.bench import made

APPS = Path(__file__).parent / "apps"
_PERSONAL = ("HOME", "USERPROFILE", "APPDATA", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
_BENDING = ("PYTHONDONTWRITEBYTECODE", "PYTHONPROFILEIMPORTTIME", "NO_COLOR", "COLUMNS", "LINES")


class Ground:
    """What every benchmark is given.

    Attributes:
        folder: For scratch files; on a real disk, as saving is measured there.
        full: Also what takes minutes.
    """

    def __init__(self, folder: Path, rounds: int = 0, *, full: bool = False) -> None:
        self.folder = folder
        self.full = full
        self._rounds = rounds

    def rounds(self, usual: int) -> int:
        """How often to measure."""
        return self._rounds or usual

    def scratch(self, name: str) -> Path:
        """A path with nothing there."""
        path = self.folder / name
        path.unlink(missing_ok=True)
        return path

    def copy(self, path: Path, name: str) -> Path:
        """A copy to write into."""
        target = self.scratch(f"{name}.gapbench")
        shutil.copyfile(path, target)
        return target

    @cached_property
    def environment(self) -> dict[str, str]:
        """For children: a terminal with colours, an empty home."""
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        kept = {name: value for name, value in os.environ.items() if name not in _BENDING}
        personal = dict.fromkeys(_PERSONAL, str(home))
        terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        return kept | personal | terminal | {"GAPBENCH_AUTHOR": "Bench"}

    @staticmethod
    def program(*words: str | Path) -> list[str]:
        """The call of gapbench, as its console script makes it."""
        call = "import sys; from gapbench.cli import main; sys.exit(main())"
        return [sys.executable, "-c", call, *map(str, words)]

    @staticmethod
    def app(name: str, *words: str | Path) -> list[str]:
        """The call of one of the programs in apps/."""
        return [sys.executable, str(APPS / f"{name}.py"), *map(str, words)]

    # -- engagements -------------------------------------------------------------------------------------------------

    @cached_property
    def example(self) -> Path:
        """The worked example, as `demo` writes it."""
        from gapbench.work.example import write_example

        path = self.scratch("example.gapbench")
        write_example(path)
        return path

    @cached_property
    def whole(self) -> Path:
        """Both frameworks with three projects, every item answered: about 1,000 rows."""
        return made.answered(self.scratch("whole.gapbench"), made.shipped(), projects=3)

    @cached_property
    def eleven_thousand(self) -> Path:
        """Both frameworks with 20 sites and 20 projects, every item answered: 11,000 answers."""
        return made.answered(self.scratch("eleven-thousand.gapbench"), made.shipped(), sites=20, projects=20)

    @cached_property
    def five_hundred(self) -> Path:
        """A synthetic framework of 500 points."""
        return made.answered(self.scratch("500.gapbench"), [made.points(500)])

    def of_goals(self, count: int) -> Path:
        """A synthetic framework of goals with so many practices."""
        return made.answered(self.scratch(f"goals-{count}.gapbench"), [made.goals(count)])

    def of_points(self, count: int) -> Path:
        """A synthetic framework of so many points."""
        return made.answered(self.scratch(f"points-{count}.gapbench"), [made.points(count)])

    @cached_property
    def thirty_thousand(self) -> Path:
        """A synthetic framework of 30,000 points."""
        return made.answered(self.scratch("30000.gapbench"), [made.points(30_000)])

    @cached_property
    def young(self) -> Path:
        """A framework, and no answer yet."""
        return made.furnished(self.scratch("young.gapbench"), made.shipped())

    @cached_property
    def old(self) -> Path:
        """The same with 150,000 steps in its journal."""
        path = made.furnished(self.scratch("old.gapbench"), made.shipped())
        made.age(path, 150_000)
        return path


def first_words(path: Path) -> tuple[str, ...]:
    """What the first screen shows of the rows of an engagement: its client and its first lines."""
    from gapbench.tui.desk import Desk

    desk = Desk.open(path, "Bench")
    desk.engagement.close()
    first = desk.walk.lines[:4]
    return (desk.client[:16], *(line.title[:16] for line in first))
