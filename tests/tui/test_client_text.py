"""A client's text is only text: on every screen and in every field it is shown as typed and drives nothing."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path

import pytest

from gapbench.engagement.engagement import Engagement
from gapbench.engagement.values import Profile
from gapbench.rating.inputs import Finding, Unit
from gapbench.tui.app import GapbenchApp
from tests.tui.screen import CMMI, ISO, SMALL, WIDE, sitting, strips, turns

MARKUP = "[/ [red]x[/red] [link=x] =cmd|'/C calc'!A0"
CONTROLS = "\x1b]0;owned\x07 \0nul \ud800half \ufffenon \u202egnp.exe\u2066 \x9b31mred\x0b\x85\u2028end"
WIDE_LETTERS = "株式会社スケルガース 🛩️ e\u0301 שלום"
LONG = "w" * 40_000
LONG_WORDS = "Kestrel has no plan. " * 2_000

NASTY = {"markup": MARKUP, "controls": CONTROLS, "wide": WIDE_LETTERS, "long": LONG, "words": LONG_WORDS}
SEEN = {"markup": "[red]x[/red]", "controls": "owned", "wide": "株式会社", "long": "wwwww", "words": "Kestrel has no"}

POINT, OUT, PRACTICE, AREA = "8.4.1 c", "8.4.1 a", "GOV 2.3", "DAR"
FORBIDDEN = set(map(chr, (0xFFFE, 0xFFFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A))))


def harmless(app: GapbenchApp) -> str:
    """The screen, once nothing in it can drive a terminal."""
    text = []
    for strip in strips(app):
        assert not any(segment.control for segment in strip)
        text.append(strip.text)
        bad = [char for char in strip.text if unicodedata.category(char) in {"Cc", "Cs"} or char in FORBIDDEN]
        assert not bad, f"{bad!r} in {strip.text!r}"
        assert strip.cell_length == app.size.width, strip.text
        strip.text.encode("utf-8")
    return "\n".join(text)


@contextmanager
def opened(file: Path) -> Iterator[Engagement]:
    with Engagement.open(file, author="E. [/ Gray") as engagement:
        yield engagement


def _fill(file: Path, nasty: str) -> None:
    """Write the text into every field that a client file has."""
    with opened(file) as engagement:
        engagement.describe(Profile(**{field.name: nasty for field in fields(Profile)}))
        units = engagement.units()
        engagement.put_unit(replace(units[0], name=nasty, note=nasty))
        engagement.put_unit(Unit("", f"{nasty} 2", "function", nasty))
        engagement.rate(ISO, [(POINT, "")], "not_conforming", note=nasty)
        engagement.rate(ISO, [(OUT, "")], "na", reason=nasty)
        engagement.flag(ISO, POINT, "", on=True)
        engagement.rate(CMMI, [(PRACTICE, units[0].id)], "LM", note=nasty)
        engagement.judge(CMMI, PRACTICE, "LM", nasty)
        engagement.exclude(CMMI, AREA, units[0].id, nasty)
        made = Finding("", 0, "major", ((ISO, POINT), (CMMI, PRACTICE)), nasty, nasty, nasty, nasty)
        engagement.record_finding(made)


@pytest.mark.parametrize(("kind", "size"), [*((kind, WIDE) for kind in NASTY), ("markup", SMALL)])
async def test_every_screen_shows_it_as_text(file: Path, kind: str, size: tuple[int, int]) -> None:
    _fill(file, NASTY[kind])
    seen = SEEN[kind]
    async with sitting(file, size=size) as at:

        async def shown(*words: str) -> None:
            await turns()
            harmless(at.app)
            await at.see(*words)
            harmless(at.app)

        async def dialog(key: str, *words: str, leave: str = "escape") -> None:
            await at.press(key)
            await at.until(lambda: at.app.screen.is_modal, f"{key} asks something")
            await shown(*words)
            await at.press(leave)
            await at.until(lambda: not at.app.screen.is_modal, f"{leave} closes it")
            await shown()

        steps = len(at.engagement.history())
        await at.stand_on(ISO, POINT)
        await shown(seen, "* flagged")
        await dialog("t", seen)
        await dialog("f", seen)
        await dialog("enter", *([seen] if size == WIDE else []))
        await dialog("h", "Gray")
        await dialog("equals_sign")
        await at.stand_on(ISO, OUT)
        await shown(seen)
        await dialog("minus", seen)
        await at.stand_on(ISO, "8.4.1")
        await dialog("equals_sign")
        await at.stand_on(CMMI, PRACTICE)
        await shown(seen)
        await dialog("t", seen)
        await dialog("d")
        await dialog("equals_sign")
        await at.press("right_square_bracket")
        await shown()
        await at.press("left_square_bracket")
        await at.told("Unit in hand")
        await at.rest()  # the side pane comes a moment later
        await shown(seen)
        await at.stand_on(CMMI, AREA)
        await shown(seen)
        await dialog("minus", seen)
        await dialog("colon")
        await at.press("r")
        await at.see("INCOMPLETE")
        await shown()
        await at.press("tab", "end")
        await shown()
        await dialog("enter")
        await at.press("s")
        await at.see("Frameworks")
        await shown(seen)
        await dialog("enter", seen)
        await at.press("end")
        await shown(seen)
        await dialog("enter", seen)
        await dialog("backspace", seen)
        assert len(at.engagement.history()) == steps, "looking at a text is no step"
        at.app.show_home()
        await at.see("ISO 9001 and CMMI gap")
        await at.until(lambda: "reading" not in at.text, "the file was read")
        await shown(seen)


# -- through the fields ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["markup", "controls", "wide", "long"])
async def test_every_field_takes_it(file: Path, kind: str) -> None:
    nasty, seen = NASTY[kind], SEEN[kind]
    async with sitting(file) as at:

        async def write(*leave: str) -> None:
            await at.until(lambda: at.app.screen.is_modal, "something is asked")
            await at.paste(nasty)
            await at.see(seen)
            harmless(at.app)
            await at.press(*leave)
            harmless(at.app)

        await at.stand_on(ISO, POINT)
        await at.press("t")
        await write("escape")
        await at.told("Note on")
        await at.press("minus")
        await write("escape")
        await at.told("not applicable")
        await at.stand_on(CMMI, "DAR")
        await at.press("minus", "1")
        await write("escape")
        await at.told("Leave out DAR")
        await at.stand_on(CMMI, PRACTICE)
        await at.press("d", "1")
        await write("escape")
        await at.told("Judge GOV 2.3")
        await at.press("number_sign")
        await write("enter")
        assert at.app.screen.is_modal, "there is no such number"
        await at.press("escape")
        await at.press("s")
        await at.see("Frameworks")
        await at.press("n")
        await write("enter")
        await at.see("What is ")
        await at.press("1")
        await at.told("Add project")
        await at.press("b")
        await write("escape")
        assert not at.app.screen.is_modal
    with opened(file) as engagement:
        notes = engagement.answer(ISO, POINT, "").note, engagement.judgements(CMMI)[PRACTICE].reason
        for kept in notes:
            kept.encode("utf-8")
            assert seen in kept
            assert kind == "controls" or kept == nasty.strip()
        assert engagement.check() == ()


@pytest.mark.parametrize("kind", ["markup", "controls", "long"])
async def test_the_search_the_palette_and_the_form_take_it(file: Path, kind: str) -> None:
    nasty, seen = NASTY[kind], SEEN[kind]
    async with sitting(file) as at:
        await at.stand_on(ISO, POINT)
        await at.press("slash")
        await at.see("words to find")
        await at.paste(nasty)
        await at.see("find ")
        harmless(at.app)
        await at.press("enter", "escape")
        await at.stand_on(ISO, POINT)
        await at.press("f")
        await at.see("New finding")
        for _field in range(4):
            await at.press("tab")
            await at.paste(nasty)
        await at.rest()
        assert harmless(at.app).count(seen) >= 2
        await at.press("escape")
        await at.told("Finding F-19")
        made = at.engagement.findings()[-1]
        await at.press("colon")
        await at.until(lambda: at.app.screen.is_modal, "the palette is up")
        await at.paste(nasty)
        await at.rest()
        harmless(at.app)
        await at.press("escape")
        await at.until(lambda: not at.app.screen.is_modal, "the palette is down")
    for text in (made.requirement, made.evidence, made.gap, made.cause):
        assert seen in text


async def test_a_text_that_is_too_long_is_refused_where_it_stands(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(ISO, POINT)
        await at.press("t")
        await at.see("Note on")
        await at.paste("y" * 200_001)
        await at.press("escape")
        await at.see("200,001 characters stand here and 200,000 fit")
        await at.press("backspace", "escape")
        await at.told("Note on", "saved")
        assert len(at.engagement.answer(ISO, POINT, "").note) == 200_000


async def test_a_pasted_text_of_many_lines_says_that_one_line_was_taken(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(ISO, POINT)
        await at.press("number_sign")
        await at.see("Go to which number?")
        await at.paste("9.2")
        assert "Only the first line" not in at.text
        await at.paste("\nand more")
        await at.see("Only the first line of a pasted text is taken here.")
        await at.press("enter")
        await at.standing_on("9.2")


async def test_looking_at_a_text_with_odd_line_ends_is_no_step(file: Path) -> None:
    odd = "one\u2028two\ttabbed  \n\n\u202ethree"
    with opened(file) as engagement:
        engagement.note(ISO, POINT, "", odd)
        engagement.record_finding(Finding("", 0, "observation", ((ISO, POINT),), odd, odd, odd, odd))
        steps = len(engagement.history())
    async with sitting(file) as at:
        await at.stand_on(ISO, POINT)
        for key in ("t", "f"):
            await at.press(key)
            await at.until(lambda: at.app.screen.is_modal, "the text is open")
            await at.press("escape")
            await at.until(lambda: not at.app.screen.is_modal, "it is closed")
        assert len(at.engagement.history()) == steps
        assert at.engagement.answer(ISO, POINT, "").note == odd


async def test_a_wide_name_pushes_nothing_off_the_screen(file: Path) -> None:
    with opened(file) as engagement:
        first = engagement.units()[0]
        engagement.put_unit(replace(first, name="株式会社スケルガース開発本部第三課"))
    async with sitting(file) as at:
        await at.stand_on(CMMI, "CM 2.2")
        named = [line for line in (await at.rest()).splitlines()[2:] if "株式会社" in line]
        card, side = sorted(named, key=lambda line: line.index("株式会社"))
        assert "FM]" in card, "the rating of the unit is still there"
        assert side.endswith("FM"), "and in the side pane"
        for other in ("Heron LM", "Kestrel FM"):
            assert other in at.text
