"""The same walk by theme and by interview: asked together, rated one by one, one note for both."""

from pathlib import Path

import pytest

from gapbench.engagement.engagement import Engagement
from tests.tui import made
from tests.tui.screen import CMMI, ISO, NEWER, SMALL, WIDE, sitting

FALCON = "5d0c6e1a-7b1f-5c52-9a37-0f1e8a6b3c01"


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_the_order_goes_round_and_the_item_stays_in_hand(file: Path, size: tuple[int, int]) -> None:
    async with sitting(file, size=size) as at:
        for place in ((ISO, "8.4.2 a"), (CMMI, "CAR 3.1")):
            await at.stand_on(*place)
            for order in ("by theme", "by interview", "by structure"):
                await at.press("o")
                await at.told(f"The walk is in order {order}")
                await at.see(f"{order}   view all")
                assert at.place == place
        # a heading leads to its first item, and the item back to itself
        await at.stand_on(ISO, "8.4")
        await at.press("o")
        await at.standing_on("8.4.1 §1")
        await at.press("left")
        await at.standing_on("WP19")
        await at.see(
            "What do you buy that could spoil your own", "asked 23, answers 30, saved 7", "asked 393, answers 505"
        )
        await at.press("o")
        await at.standing_on("8.4.1 §1")


async def test_both_are_rated_one_after_the_other_each_on_its_scale(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(ISO, "10.2.2 b")
        await at.press("o")
        await at.see("WP22 Corrective action", "Take a trouble that came more than once", "CMMI 2.0  1 FM  2 LM")
        await at.press("2")
        await at.standing_on("CAR 3.4")
        await at.told("Rate 10.2.2 b partial")
        await at.see("ISO 9001:2015 10.2.2  1 C  2 P  3 N", "a .  b P")
        await at.press("u")
        await at.see("Note on CAR 3.4 in Falcon and 10.2.2 b")  # the point that was in hand
        await at.press("escape")
        await at.told("Nothing differs")
        await at.press("2")
        await at.told("CAR 3.4", "LM")
        assert at.engagement.answer(ISO, "10.2.2 b", "").value == "partial"
        assert at.engagement.answer(CMMI, "CAR 3.4", FALCON).value == "LM"
        await at.press("z", "z")
        await at.told("Took back: Rate 10.2.2 b")
        await at.standing_on("10.2.2 b")
        assert at.engagement.answer(CMMI, "CAR 3.4", FALCON).value == ""


async def test_one_note_for_both_is_one_step(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(ISO, "10.2.2 b")
        await at.press("o", "u")
        await at.see("Note on 10.2.2 b and CAR 3.4 in Falcon", "One note for both")
        await at.type("Seen in the log")
        await at.press("escape")
        await at.told("Note on 10.2.2 b and CAR 3.4, saved")
        assert at.engagement.answer(ISO, "10.2.2 b", "").note == "Seen in the log"
        assert at.engagement.answer(CMMI, "CAR 3.4", FALCON).note == "Seen in the log"
        assert at.engagement.answer(ISO, "10.2.2 a", "").note == ""
        await at.press("z")
        await at.told("Took back: Note on 10.2.2 b and CAR 3.4")
        assert at.engagement.answer(ISO, "10.2.2 b", "").note == ""
        assert at.engagement.answer(CMMI, "CAR 3.4", FALCON).note == ""
        # what one of them says already is offered to the other; what both say stays
        await at.press("t")
        await at.see("Note on 10.2.2 b")
        await at.type("Log of 2026")
        await at.press("escape")
        await at.told("Note on 10.2.2 b, saved")
        assert at.engagement.answer(CMMI, "CAR 3.4", FALCON).note == ""
        await at.press("x")
        await at.standing_on("CAR 3.4")
        await at.press("u")
        await at.see("Note on CAR 3.4 in Falcon and 10.2.2 b", "Log of 2026")
        await at.press("escape")
        await at.told("Note on CAR 3.4 and 10.2.2 b, saved")
        assert at.engagement.answer(CMMI, "CAR 3.4", FALCON).note == "Log of 2026"
        await at.press("u")
        await at.see("Note on CAR 3.4 in Falcon")
        await at.press("escape")
        await at.told("Nothing differs")
    with Engagement.open(file) as again:
        assert again.check() == ()


async def test_what_heads_several_frameworks_is_not_rated_by_one_key(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(ISO, "8.4.2 a")
        await at.press("o", "left")
        await at.standing_on("WP19")
        for key in ("1", "minus", "f", "d", "c"):
            await at.press(key)
            await at.told("WP19 heads several frameworks")
        for key in ("t", "x", "asterisk", "h", "backspace"):
            await at.press(key)
            await at.told("Stand on an item")
        await at.press("equals_sign")
        await at.see("Questions asked and saved", "the longer side is asked", "8.4.2: 6 points with SAM 1.2")
        await at.press("escape")
        await at.press("enter")
        await at.see("+ WP19")
        await at.press("down")
        await at.standing_on("WP20")
        await at.press("up", "right")
        await at.gone("+ WP19")
        await at.press("right", "right")
        await at.standing_on("WP20")
        await at.press("tab")
        await at.until(lambda: at.place == (CMMI, "PQA 1.1"), "the next item of the other framework")
        await at.press("tab")
        await at.until(lambda: at.place is not None and at.place[0] == ISO, "and back")


async def test_views_and_words_stay_when_the_order_changes(file: Path) -> None:
    async with sitting(file) as at:
        await at.press("v")
        await at.see("Which items stay")
        await at.press("g")
        await at.see("view gaps")
        counted = at.text.splitlines()[1].split("gaps")[1].split(" items")[0]
        await at.press("o")
        await at.see("by theme   view gaps")
        assert counted in at.text.splitlines()[1]
        await at.press("o")
        await at.see("by interview   view gaps")
        assert counted in at.text.splitlines()[1]
        await at.press("escape")
        await at.see("view all")
        await at.press("space")
        assert at.place is not None
        assert not at.walk.desk.walk.is_rated(*at.place)
        # a number that only the walk by structure has leads to its first item; so does a figure of readiness
        await at.press("number_sign")
        await at.see("Go to which number?")
        await at.paste("8.4")
        await at.press("enter")
        await at.standing_on("8.4.1 §1")
        await at.press("r")
        await at.see("INCOMPLETE")
        await at.press("down", "space")
        await at.standing_on("4.1 §1")
        await at.see("by interview")
        await at.press("left")
        await at.standing_on("Top management")
        await at.see("who", "open item", "Can answer", "Quality")


async def test_two_editions_and_other_models_in_each_order(example: Path, tmp_path: Path) -> None:
    path = made.gone_on(example, tmp_path / "dual.gapbench", "dual")
    async with sitting(path, size=SMALL) as at:
        await at.stand_on(ISO, "8.4.1 c")
        await at.press("o")
        await at.see("by theme")
        await at.press("2")
        await at.told("Rate 8.4.1 c partial")
        assert at.engagement.answer(NEWER, "8.4.1 c", "").value == "partial"
        await at.stand_on(NEWER, "6.1.3 a")
        await at.press("o")
        assert at.place == (NEWER, "6.1.3 a")
        await at.press("1", "z")
        await at.told("Took back")
        await at.press("o")
        await at.see("by structure")
    for make, place in ((made.goals, (made.V13, "CM SP 2.2")), (made.spice, (made.SPICE, "SWE.1 PA 1.1"))):
        async with sitting(make(tmp_path / f"{make.__name__}.gapbench"), size=SMALL) as at:
            await at.stand_on(*place)
            for order in ("by theme", "by interview", "by structure"):
                await at.press("o")
                await at.see(order)
                assert at.place == place
                await at.press("2")
                await at.until(lambda: at.place not in (None, place), "rated, and one step on")  # noqa: B023
                await at.press("z")
                await at.told("Took back")
                await at.standing_on(place[1])
