"""Getting about: search, views, numbers, folding, arithmetic, the palette, help; nothing of it writes a step."""

from collections.abc import Callable, Iterator
from pathlib import Path

from gapbench.engagement.engagement import Engagement
from gapbench.tui.desk import Desk
from gapbench.work.walk import GAP_TONES, Line
from tests.tui.screen import CMMI, ISO, sitting


async def test_search_narrows_and_esc_lets_go(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(ISO, "8.3.6 c")
        await at.press("slash")
        await at.see("words to find")
        await at.type("audit")
        await at.see("find audit")
        await at.type(" prog")
        await at.see("find audit prog", "6 items, esc shows all")
        await at.press("enter")
        await at.gone("words to find")
        shown = at.place
        assert shown is not None
        assert shown[1] != "8.3.6 c"
        await at.press("down", "end")
        await at.see("find audit prog")
        await at.press("1")  # keys rate again: the search box is gone
        await at.told("saved")
        await at.press("escape")
        await at.gone("find audit")
        await at.press("slash")
        await at.see("words to find")
        await at.type("qqq")
        await at.see("Nothing matches", "0 items")
        for key in ("enter", "1", "space", "t", "f", "enter", "left", "right", "down", "G", "h", "d", "equals_sign"):
            await at.press(key)  # nothing under the cursor: nothing happens, nothing breaks
        await at.press("escape")
        await at.gone("find qqq")
        # a note is found by its words, and only where it stands
        await at.press("slash")
        await at.see("words to find")
        await at.type("HER-CR-231")
        await at.see("find HER-CR-231")
        noted = _noted(at.engagement, "HER-CR-231")
        assert noted
        assert {line.id for line in at.walk._shown if line.kind == "item"} == noted
        await at.press("escape")
        await at.gone("find HER")
        assert at.app.desk is not None, "esc leaves the search, not the engagement"
        await at.press("escape")
        await at.told("q goes back")
        assert at.app.desk is not None, "esc is harmless"


def _noted(engagement: Engagement, words: str) -> set[str]:
    """Items in whose notes or reasons the words stand, in any unit."""
    return {
        item
        for catalog in (ISO, CMMI)
        for (item, _), answer in engagement.answers(catalog).items()
        if words in answer.note + answer.reason
    }


def _views(desk: Desk) -> Iterator[tuple[str, str, Callable[[Line], bool]]]:
    """Key and word of a view, and what must hold of every item in it."""
    walk = desk.walk
    yield "u", "unrated", lambda line: not walk.is_rated(line.catalog, line.id)
    yield "g", "gaps", lambda line: walk.mark(line).tone in GAP_TONES or walk.mark(line).text == "P"
    yield "l", "flagged", lambda line: walk.mark(line).flag
    yield "d", "due", lambda line: walk.mark(line).due
    yield "i", "findings", lambda line: bool(desk.findings_on(line.catalog, line.items))


async def test_views_keep_what_passes(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(ISO, "8.3.6 c")
        desk = at.walk.desk
        walk = desk.walk
        for key, word, holds in _views(desk):
            await at.press("v")
            await at.see("Which items stay in the list?")
            await at.press(key)
            await at.see(f"view {word}", "items, esc shows all")
            items = [line for line in at.walk._shown if line.kind == "item"]
            assert items, word
            assert all(holds(line) for line in items), word
        await at.press("escape")
        await at.see("view all")
        # the next open item, round the end of the list
        await at.press("space")
        await at.until(lambda: at.place != (ISO, "8.3.6 c"), "the cursor went on")
        assert at.place is not None
        assert not walk.is_rated(*at.place)
        await at.press("end", "space")
        assert at.place is not None
        assert not walk.is_rated(*at.place)


async def test_a_number_is_gone_to(file: Path) -> None:
    async with sitting(file) as at:
        for typed, found in (
            ("8.4.1 c", (ISO, "8.4.1 c")),
            ("cm 2.1", (CMMI, "CM 2.1")),
            ("9.2", (ISO, "9.2")),
            ("PLAN", (CMMI, "PLAN")),
        ):
            await at.press("number_sign")
            await at.see("Go to which number?")
            await at.paste(typed)
            await at.press("enter")
            await at.until(lambda found=found: at.place == found, f"the cursor stands on {found}")  # type: ignore[misc]
        await at.press("number_sign")
        await at.see("Go to which number?")
        await at.paste("99.1 z")
        await at.press("enter")
        await at.see('There is no "99.1 z"')
        await at.press("escape")
        assert at.place == (CMMI, "PLAN")
        # a narrowed list that hides the number is let go
        await at.press("v")
        await at.see("Which items stay")
        await at.press("l", "number_sign")
        await at.see("Go to which number?")
        await at.paste("10.3 §1")
        await at.press("enter")
        await at.standing_on("10.3 §1")
        await at.see("view all")


async def test_headings_fold_and_keys_lead_along_them(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(ISO, "8.3")
        everything = at.walk.outline.count
        await at.press("enter")
        await at.see("+ 8.3")
        assert at.walk.outline.count < everything
        assert at.place == (ISO, "8.3")
        await at.press("down")
        assert at.place == (ISO, "8.4")
        await at.press("up", "right")  # into a folded heading unfolds it
        await at.gone("+ 8.3")
        assert at.walk.outline.count == everything
        await at.press("right")
        assert at.place == (ISO, "8.3.1")
        await at.press("down", "left")
        assert at.place == (ISO, "8.3.1")
        await at.press("left", "left", "left")
        assert at.place == (ISO, ISO)
        await at.press("tab")
        assert at.place == (CMMI, CMMI)
        await at.press("tab")
        assert at.place == (ISO, ISO)
        await at.press("G")
        assert at.place is not None
        assert at.place[1].startswith("VV")
        await at.press("g", "pagedown", "k", "ctrl+u", "j")
        assert at.walk.outline.cursor in (0, 1)


async def test_arithmetic_history_card_and_help_are_read_and_left(file: Path) -> None:
    async with sitting(file) as at:
        steps = len(at.engagement.history())
        await at.stand_on(ISO, "9.2")
        await at.press("equals_sign")
        await at.see("Arithmetic of 9.2", "4 / 11 = 36.4 %")
        await at.press("pagedown", "up", "q")
        await at.gone("Arithmetic of")
        await at.stand_on(ISO, "8.3.6 c")
        await at.press("h")
        await at.see("History of 8.3.6 c", "Lead auditor")
        await at.press("escape", "enter")
        await at.see("arrows scroll", "8.3.6 c  ISO 9001:2015")
        await at.press("enter")
        await at.gone("arrows scroll")
        await at.press("y")
        await at.told("copied")
        assert "8.3.6 c" in at.app.clipboard
        await at.press("question_mark")
        await at.see("Keys and help: walk", "rate along the scale")
        await at.press("question_mark")
        await at.gone("Keys and help")
        await at.press("r")
        await at.see("INCOMPLETE")
        await at.press("down", "down", "enter")
        await at.see("Arithmetic of 4.1")
        await at.press("escape", "space")
        await at.standing_on("4.1")
        await at.stand_on(CMMI, "CM 2.2")
        await at.press("r")
        await at.see("of 3 aimed at")
        await at.press("down", "down", "equals_sign")
        await at.see("Arithmetic of CM")
        await at.press("escape", "tab", "end", "home", "pagedown", "equals_sign")
        await at.see("Arithmetic of ")
        await at.press("escape", "s")
        await at.see("target maturity level 3")
        await at.press("w")
        await at.standing_on("CM 2.2")
        assert len(at.engagement.history()) == steps


async def test_the_palette_finds_commands_and_places(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(ISO, "8.3.6 c")
        await at.press("colon")
        await at.see("flag the item")
        await at.type("flag")
        await at.see("flag the item to come back to")
        await at.press("enter")
        await at.told("Unflag" if "Unflag" in at.status else "Flag ")
        await at.press("ctrl+p")
        await at.see("narrow the list")
        await at.paste("cm 2.4")
        await at.see("go to CM 2.4")
        await at.press("down", "enter")
        await at.standing_on("CM 2.4")
        await at.press("r")
        await at.see("INCOMPLETE")
        await at.press("colon")
        await at.see("show me the arithmetic")
        await at.paste("9.2.1")
        await at.see("go to 9.2.1")
        await at.press("down", "enter")
        await at.until(lambda: at.place and at.place[1].startswith("9.2.1"), "the walk stands on 9.2.1")


async def test_the_palette_cannot_throw_away_what_is_being_written(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(ISO, "8.4.1 c")
        await at.press("t")
        await at.see("Note on 8.4.1 c")
        await at.type("Kestrel")
        await at.press("ctrl+p")
        await at.type("x")
        await at.press("escape")
        await at.told("Note on 8.4.1 c", "saved")
        assert at.engagement.answer(ISO, "8.4.1 c", "").note == "Kestrelx"
        assert len(at.app.screen_stack) == 2


async def test_leaving_keeps_what_is_being_written(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(ISO, "8.4.1 c")
        await at.press("t")
        await at.see("Note on 8.4.1 c")
        await at.type("Kestrel")
        await at.press("ctrl+q")
    with Engagement.open(file) as again:
        assert again.answer(ISO, "8.4.1 c", "").note == "Kestrel"


async def test_the_palette_with_nothing_found_is_quiet(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(ISO, "8.4.1 c")
        await at.press("colon")
        await at.see("flag the item")
        await at.paste("qqqq")
        await at.gone("flag the item")
        await at.press("pageup", "pagedown", "down", "up", "home", "end", "enter", "ctrl+p")
        await at.press("escape", "escape")
        await at.standing_on("8.4.1 c")
