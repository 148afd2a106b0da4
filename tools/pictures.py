"""Pictures of every screen, from the worked example: `make pictures` writes them into screenshots/.

The clock stands still and the author is fixed, so that the same program gives the same pictures.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gapbench.tui.app import GapbenchApp
from gapbench.work.example import write_example

if TYPE_CHECKING:
    from collections.abc import Sequence

WHEN = datetime(2026, 11, 17, 16, 40, tzinfo=UTC)
WIDE, SMALL = (120, 40), (80, 24)


@dataclass(frozen=True)
class Picture:
    """One picture: the keys that lead there, on which size, in which theme."""

    name: str
    keys: Sequence[str] = ()
    size: tuple[int, int] = WIDE
    theme: str = "dark"
    start: str = "file"


def typed(text: str) -> list[str]:
    """Keys that type a text."""
    names = {" ": "space", ".": "full_stop", "-": "minus", "'": "apostrophe", ",": "comma"}
    return [names.get(char, char) for char in text]


GO_CM = ["number_sign", *typed("CM 2.2"), "enter"]
GO_836 = ["number_sign", *typed("8.3.6 c"), "enter"]

PICTURES: tuple[Picture, ...] = (
    Picture("home", start="folder"),
    Picture("home-first-run", start="empty"),
    Picture("scope", ["s"]),
    Picture("walk", GO_836),
    Picture("walk-80x24", GO_836, SMALL),
    Picture("walk-practice", GO_CM),
    Picture("walk-practice-80x24", GO_CM, SMALL),
    Picture("walk-light", GO_CM, WIDE, "light"),
    Picture("finding", [*GO_836, "f"]),
    Picture("note", [*GO_CM, "t"]),
    Picture("not-applicable", [*GO_836, "minus"]),
    Picture("filter", ["v"]),
    Picture("arithmetic", ["number_sign", *typed("9.2"), "enter", "equals_sign"]),
    Picture("readiness", ["r"]),
    Picture("readiness-80x24", ["r"], SMALL),
    Picture("readiness-light", ["r"], WIDE, "light"),
    Picture("help", ["question_mark"]),
    Picture("palette", ["colon", *typed("note")]),
    Picture("new-engagement", ["n", *typed("Acme"), "enter", "space"], WIDE, "dark", "empty"),
)


def _prepared(picture: Picture, folder: Path) -> Path:
    """What the workbench is started on."""
    if picture.start == "empty":
        return folder
    path = folder / "skellgarth.gapbench"
    write_example(path, clock=lambda: WHEN)
    return path if picture.start == "file" else folder


async def take(picture: Picture, folder: Path) -> str:
    """Press the keys and take the picture."""
    start = _prepared(picture, folder)
    app = GapbenchApp(start, author="E. Gray", theme=picture.theme, clock=lambda: WHEN)
    async with app.run_test(size=picture.size) as pilot:
        await pilot.pause()
        for key in picture.keys:
            await pilot.press(key)
        await pilot.pause(0.4)
        return _at_home(app.export_screenshot(title="gapbench"))


def _at_home(svg: str) -> str:
    """The picture without the web fonts that it would fetch when looked at, and with names that stay the same."""
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace("font-family: Fira Code", "font-family: 'DejaVu Sans Mono', Menlo, Consolas, monospace")
    return re.sub(r"terminal-\d+", "terminal", svg)


def main() -> None:
    """Write every picture."""
    os.environ["TZ"] = "UTC"
    target = Path(__file__).resolve().parents[1] / "screenshots"
    target.mkdir(exist_ok=True)
    for picture in PICTURES:
        with tempfile.TemporaryDirectory() as place, contextlib.chdir(place):
            folder = Path("clients")  # the picture names the folder, and a temporary one has another name each time
            folder.mkdir()
            svg = asyncio.run(take(picture, folder))
        (target / f"{picture.name}.svg").write_text(svg, encoding="utf-8")
        print(picture.name)


if __name__ == "__main__":
    main()
