"""What is loaded before the first frame, and on opening a file: counted, not timed."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.bench.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.bench.ground import Ground

HEAVY = ("sqlmodel", "sqlalchemy", "pydantic", "openpyxl", "xlsxwriter", "yaml", "jsonschema")

FIRST_FRAME = """
import sys
from pathlib import Path
from gapbench.tui.app import GapbenchApp
app = GapbenchApp(Path(sys.argv[1]))
async def look(pilot):
    await pilot.pause()
    assert app.desk is not None and app.desk.walk.lines, "no rows on the screen"
    app.exit()
app.run(headless=True, size=(120, 40), auto_pilot=look)
"""
OPENING = """
import sys
from pathlib import Path
from gapbench.engagement.engagement import Engagement
from gapbench.work.readiness import Readiness
with Engagement.open(Path(sys.argv[1])) as engagement:
    assert Readiness(engagement).results, "nothing was read"
"""
_TELL = "\nimport json\nprint('loaded:' + json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"


def measure(ground: Ground) -> list[Figure]:
    """Two rows of which each must be nothing."""
    return [
        _row(ground, "heavy libraries before the first frame", FIRST_FRAME, HEAVY),
        _row(ground, "YAML on opening an engagement with its readiness", OPENING, ("yaml",)),
    ]


def loaded(program: str, path: Path, environment: Mapping[str, str] | None = None) -> set[str]:
    """Top-level names of what a program has loaded when it ends."""
    command = [sys.executable, "-c", program + _TELL, str(path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.rpartition("loaded:")[2]))


def _row(ground: Ground, what: str, program: str, names: tuple[str, ...]) -> Figure:
    there = loaded(program, ground.example, ground.environment)
    found = [name for name in names if name in there]
    return Figure(what, "none", (float(len(found)),), ", ".join(found), "", 0, 0, " loaded")
