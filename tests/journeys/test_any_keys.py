"""Keys at random: whatever is pressed, nothing breaks, no screen drives the terminal, and the file is sound."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gapbench.engagement.engagement import Engagement
from gapbench.tui.keys import ALL, keys_of
from gapbench.work.readiness import Readiness
from tests.tui import made
from tests.tui.screen import SMALL, files_in, sitting
from tests.tui.test_client_text import harmless

PRESSES = 100
LEFT_OUT = {"ctrl+q", "b", "e"}
"""Leaving, and what takes long each time: the workbook, the example; the palette finds them all the same."""

EVERY = sorted({name for screen in ALL for key in keys_of(screen) for name in key.keys.split(",")} - LEFT_OUT)
IN_DIALOGS = ["escape", "enter", "x", "ctrl+x", "ctrl+s", "shift+tab", "delete", "y", "0", "c"]
PASTED = ("[/ [red]x", "8.3.6 c", "CM 2.1", "株式会社 \x1b]0;owned\x07", "Acme", "two\nlines")


MADE: tuple[Callable[[Path, Path], Path], ...] = (
    lambda example, path: Path(shutil.copy(example, path)),
    made.gone_on,
    lambda example, path: made.gone_on(example, path, "dual"),
    lambda _, path: made.goals(path),
    lambda _, path: made.spice(path),
)


@pytest.mark.parametrize("seed", range(7))
async def test_any_keys(example: Path, tmp_path: Path, seed: int) -> None:  # noqa: C901 - one session is one loop
    (tmp_path / "clients").mkdir()
    file = MADE[seed % len(MADE)](example, tmp_path / "clients" / "any.gapbench")
    dice = random.Random(seed)  # noqa: S311 - the same keys every time
    pressed: list[str] = []
    async with sitting(file, size=SMALL) as at:
        try:
            for number in range(PRESSES):
                if at.app.return_code is not None:
                    break  # "leave" was found in the palette
                if dice.random() < 0.04 and at.app.screen.is_modal:
                    await at.paste(dice.choice(PASTED))
                key = dice.choice(IN_DIALOGS if at.app.screen.is_modal and dice.random() < 0.6 else EVERY)
                pressed.append(key)
                await at.press(key)
                if number % 10 == 0:
                    harmless(at.app)
                if number % 60 == 59:
                    await at.resize(*dice.choice(((80, 24), (120, 40), (50, 14), (20, 5))))
        except BaseException:
            print("pressed:", *pressed)  # noqa: T201 - shown when the test fails
            raise
        desk = at.app.desk
        if desk is not None and at.app.return_code is None:
            fresh = Readiness(desk.engagement)
            assert (desk.readiness.cases, desk.readiness.results) == (fresh.cases, fresh.results)
    names = files_in(file.parent)
    assert not [name for name in names if not name.endswith((".gapbench", ".xlsx"))], "one file at rest"
    for name in (name for name in names if name.endswith(".gapbench")):
        with Engagement.open(file.with_name(name)) as again:
            assert again.check() == ()
