"""Other sizes, long lists, held keys: the cursor stays in sight and on its line, and nothing is lost."""

from pathlib import Path

import pytest

from gapbench.engagement.engagement import Engagement
from gapbench.tui.screens.readiness import ReadinessScreen
from gapbench.tui.widgets.outline import Outline
from tests.tui.screen import CMMI, ISO, SMALL, WIDE, Sitting, sitting, turns


def _cursor_rows(at: Sitting) -> list[str]:
    return [line for line in at.text.splitlines() if line.startswith(">")]


async def test_the_cursor_stays_on_its_line_through_every_size(file: Path) -> None:
    async with sitting(file, size=WIDE) as at:
        await at.stand_on(CMMI, "CM 2.2")
        for size in ((80, 24), (100, 9), (72, 15), (100, 12), (200, 60), (60, 20), (20, 5), (1, 1), (9, 2), (120, 40)):
            await at.resize(*size)
            await turns()
            assert at.app.desk is not None
            assert at.app.desk.place.line == (CMMI, "CM 2.2")
            if size[0] < 40 or size[1] < 12:
                assert "Make" in at.text or size == (1, 1)
            elif size[0] >= 70:
                await at.standing_on("CM 2.2")
                rows = _cursor_rows(at)
                assert len(rows) == 1
                assert "2.2" in rows[0]
        assert at.place == (CMMI, "CM 2.2")
        await at.press("2")
        await at.told("CM 2.2")


async def test_a_text_being_written_outlives_every_size(file: Path) -> None:
    async with sitting(file, size=WIDE) as at:
        await at.stand_on(ISO, "8.4.1 c")
        await at.press("t")
        await at.see("Note on 8.4.1 c")
        await at.type("Kestrel")
        for size in (SMALL, (60, 20), (20, 5), (40, 10), WIDE):
            await at.resize(*size)
            await turns()
        await at.see("Kestrel")
        await at.type(" Ltd")
        await at.press("escape")
        await at.told("Note on 8.4.1 c")
        assert at.engagement.answer(ISO, "8.4.1 c", "").note == "Kestrel Ltd"


@pytest.mark.parametrize("screen", ["walk", "readiness", "scope"])
async def test_a_resized_screen_looks_like_a_fresh_one(file: Path, screen: str) -> None:
    async def look(at: Sitting) -> str:
        at.app.show(screen)
        await at.until(lambda: getattr(at.app.screen, "NAME", "") == screen, f"{screen} is up")
        return await at.rest()

    async with sitting(file, size=WIDE) as at:
        await at.press("home", "down", "down", "down")
        fresh = await look(at)
        if screen == "walk":
            await at.see("history")
            fresh = await at.rest()
        await at.resize(*SMALL)
        small = await at.rest()
        await at.resize(*WIDE)
        assert await at.rest() == fresh
    async with sitting(file, size=SMALL) as at:
        await at.press("home", "down", "down", "down")
        assert await look(at) == small


async def test_the_side_pane_is_there_from_the_first_moment(file: Path) -> None:
    async with sitting(file, size=WIDE) as at:
        at.app.go_to(CMMI, "CM 2.2")
        await at.see("history", "units")
        await at.resize(*SMALL)
        assert "history" not in await at.rest()
        await at.resize(*WIDE)
        await at.see("history", "units")


async def test_holding_an_arrow_over_the_whole_list(file: Path) -> None:
    async with sitting(file, size=SMALL) as at:
        await at.press("home")
        last = at.walk.outline.count - 1
        assert last > 500
        for _ in range(5):
            await at.press(*["down"] * 20)
            assert len(_cursor_rows(at)) == 1
        assert at.walk.outline.cursor == 100
        for _ in range(last):  # quicker than the screen can be painted
            at.walk.action_move(1)
        await turns()
        assert at.walk.outline.cursor == last
        assert at.walk.line is not None
        assert at.place == (at.walk.line.catalog, at.walk.line.id)
        assert len(_cursor_rows(at)) == 1
        assert at.walk.line.label in _cursor_rows(at)[0]
        await at.press("down", "pagedown")
        assert at.walk.outline.cursor == last
        for _ in range(last):
            at.walk.action_move(-1)
        await at.press("up", "pageup")
        assert at.walk.outline.cursor == 0


async def test_paging_never_loses_the_cursor(file: Path) -> None:
    async with sitting(file, size=SMALL) as at:
        await at.press("home")
        before = -1
        while at.walk.outline.cursor != before:
            before = at.walk.outline.cursor
            await at.press("pagedown")
            assert len(_cursor_rows(at)) == 1
        assert before == at.walk.outline.count - 1


async def test_a_click_moves_and_a_second_one_opens(file: Path) -> None:
    async with sitting(file, size=WIDE) as at:
        await at.stand_on(ISO, "8.4")
        y = next(y for y, line in enumerate(at.text.splitlines()) if line.lstrip(" >").startswith("8.4.1 "))
        offset = (6, y - at.walk.outline.region.y)
        await at.pilot.click(Outline, offset=offset)
        await at.standing_on("8.4.1")
        count = at.walk.outline.count
        await at.pilot.click(Outline, offset=offset)
        await at.until(lambda: at.walk.outline.count < count, "the heading is folded")


async def test_readiness_takes_the_side_that_is_clicked(file: Path) -> None:
    async with sitting(file, size=WIDE) as at:
        await at.stand_on(ISO, "8.4")
        await at.press("r")
        await at.see("INCOMPLETE")
        screen = at.app.screen
        assert isinstance(screen, ReadinessScreen)
        assert screen.side is not None
        assert screen.side.catalog == ISO
        second = list(screen.query(Outline))[1]
        await at.pilot.click(offset=(second.region.x + 3, second.region.y + 2))
        await at.until(lambda: screen.side is not None and screen.side.catalog == CMMI, "the other side is in hand")


async def test_leaving_a_tiny_window_keeps_what_is_being_written(file: Path) -> None:
    async with sitting(file, size=SMALL) as at:
        await at.stand_on(ISO, "8.4.1 c")
        await at.press("t")
        await at.see("Note on 8.4.1 c")
        await at.type("Kestrel")
        await at.resize(20, 5)
        await at.see("Make the window")
        await at.press("ctrl+q")
        await at.until(lambda: not at.app.is_running, "the program ends")
    with Engagement.open(file) as again:
        assert again.answer(ISO, "8.4.1 c", "").note == "Kestrel"


@pytest.mark.parametrize("size", [(20, 5), (1, 1)])
async def test_starting_in_a_tiny_window(file: Path, size: tuple[int, int]) -> None:
    async with sitting(file, size=size) as at:
        await turns()
        await at.press("down", "1", "r", "s", "w", "z", "question_mark", "escape")
        await at.resize(*SMALL)
        await at.see("Skellgarth Mission Software")
        at.app.go_to(ISO, "8.4")
        await at.standing_on("8.4")
