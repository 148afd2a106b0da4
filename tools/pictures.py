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

from gapbench.catalog.known import load_known
from gapbench.engagement.engagement import Engagement
from gapbench.engagement.values import AnswerRow, Profile
from gapbench.rating.inputs import Unit
from gapbench.rating.models import model_of
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
GO_9001 = ["number_sign", *typed("6.1.2 b1"), "enter"]
GO_922 = ["number_sign", *typed("9.2.2 c"), "enter"]
NEWER = "iso9001-2026"
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
    Picture("transition-preview", [*GO_836, "N"]),
    Picture("carried-over", GO_9001, start="transition"),
    Picture("dual-walk", GO_922, start="dual"),
    Picture("dual-walk-80x24", GO_922, SMALL, start="dual"),
    Picture("bridge", [*GO_9001, "E", "enter"]),
    Picture("readiness-cmmi-1.3", ["r"], start="goals"),
    Picture("readiness-spice", ["r"], start="spice"),
    Picture("walk-spice", ["number_sign", *typed("SWE.1 PA 2.2"), "enter"], start="spice"),
    Picture("walk-theme", [*typed("o"), *GO_836]),
    Picture("walk-interview", [*typed("oo"), *GO_836]),
    Picture("counterpart", [*GO_836, "X"]),
    Picture("plan", ["p"]),
    Picture("plan-80x24", ["p"], SMALL),
    Picture("plan-package", ["p", "down", "down", "enter"]),
    Picture("timeline", ["p", "tab"]),
    Picture("forecast", ["p", "tab", "tab"]),
    Picture("what-if", ["p", "i", "space", "down", "down", "space"]),
    Picture("advisor", ["V"]),
    Picture("new-engagement", ["n", *typed("Acme"), "enter", "space"], WIDE, "dark", "empty"),
)


def _prepared(picture: Picture, folder: Path) -> Path:
    """What the workbench is started on."""
    if picture.start == "empty":
        return folder
    if picture.start in MODELS:
        return _northwind(folder / "northwind.gapbench", *MODELS[picture.start])
    path = folder / "skellgarth.gapbench"
    write_example(path, clock=lambda: WHEN)
    if picture.start in {"transition", "dual"}:
        with Engagement.open(path, author="E. Gray", clock=lambda: WHEN) as engagement:
            engagement.succeed(load_known(NEWER), "dual" if picture.start == "dual" else "transition")
        return path
    return path if picture.start == "file" else folder


MODELS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "goals": ("cmmi-dev-1.3", ("STAGED",), ("FI", "FI", "LI", "FI", "FI", "PI", "FI", "FI")),
    "spice": ("aspice-4.0", ("SOFTWARE", "SYSTEM"), ("F", "F", "L", "L-", "P", "F", "L+", "F", "F", "F")),
}
"""Catalog, views, and the values that are given in turn."""


def _northwind(path: Path, catalog: str, views: tuple[str, ...], values: tuple[str, ...]) -> Path:
    """An engagement on another model, two projects, half of it asked."""
    with Engagement.create(path, Profile("Northwind Avionics"), author="E. Gray", clock=lambda: WHEN) as made:
        made.add_framework(load_known(catalog), views, 3)
        for name in ("Falcon", "Heron"):
            made.put_unit(Unit(name.lower(), name, "project"))
        scope = made.scope(catalog)
        rules = model_of(scope)
        items = rules.in_scope(scope)
        rows = [
            AnswerRow(catalog, item.id, unit.id, values[number % len(values)], note="Not in every project.")
            for number, item in enumerate(items[: len(items) * 3 // 5])
            for unit in rules.units_for(scope, item)
        ]
        made.write_answers(rows, "First interviews")
    return path


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
