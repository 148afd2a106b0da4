"""What can be read: contrast of every ink and of what is really painted, and the screens without any colour."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.theme import Theme

from gapbench.tui.app import GapbenchApp
from gapbench.tui.theme import DARK, THEMES, inks
from tests.tui.screen import CMMI, ISO, SMALL, WIDE, Sitting, sitting, strips

QUIET = {"faint", "track"}
"""Inks that only label and fill: a contrast of 3 will do."""

Rgb = tuple[float, float, float]


@cache
def _rgb(color: str | Color | None) -> Rgb:
    assert color is not None
    red, green, blue = (Color.parse(color) if isinstance(color, str) else color).get_truecolor()
    return red, green, blue


def _luminance(color: Rgb) -> float:
    """WCAG 2.2, relative luminance."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (each / 255 for each in color)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def contrast(one: Rgb, other: Rgb) -> float:
    """WCAG 2.2, contrast ratio."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_the_one_of_wcag() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast(_rgb("#777777"), _rgb("#FFFFFF")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_ink_can_be_read_on_every_background(theme: Theme) -> None:
    styles = inks(theme)
    grounds = [_rgb(each) for each in (theme.background, theme.surface, theme.panel)]
    away = _rgb(styles["cursor-away"].bgcolor)
    poor = []
    for name, style in styles.items():
        if style.color is None:
            continue
        own = [_rgb(style.bgcolor)] if style.bgcolor else [*grounds, *([] if name in QUIET else [away])]
        least = min(contrast(_rgb(style.color), ground) for ground in own)
        wanted = 3.0 if name == "faint" else 4.5
        if name == "track":
            least, wanted = contrast(_rgb(style.color), grounds[0]), 3.0
        if least < wanted:
            poor.append(f"{name}: {least:.2f}, wanted {wanted}")
    assert not poor


def _painted(app: GapbenchApp) -> Iterator[tuple[str, Style]]:
    """Text with its style; of a dialog only the dialog, what lies behind is dimmed."""
    dialog = next(iter(app.screen.query(".dialog")), app.screen).region
    for strip in strips(app)[dialog.y : dialog.bottom]:
        for text, style, _ in strip.crop(dialog.x, dialog.right):
            if style and text.strip(" ▁▂▃▄▅▆▇█▔▒·■□│╭╮╰╯─"):
                yield text, style


async def _look(at: Sitting, key: str, poor: dict[str, float]) -> None:
    quiet = {inks(at.app.current_theme)[name].color for name in QUIET}
    for text, style in _painted(at.app):
        one, other = style.color, style.bgcolor
        if style.reverse:
            one, other = other, one
        ratio = contrast(_rgb(one), _rgb(other))
        if ratio < (3 if style.color in quiet else 4.5):
            poor[f"{key}: {text.strip()!r}"] = round(ratio, 2)


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_what_is_painted_can_be_read(file: Path, theme: str) -> None:
    poor: dict[str, float] = {}
    async with sitting(file, size=WIDE, theme=theme) as at:
        assert at.app.current_theme.dark == (theme == "dark")
        await at.stand_on(CMMI, "GOV 2.3")
        await at.rest()
        await _look(at, "walk", poor)
        for key in ("t", "f", "d", "v", "minus", "enter", "question_mark", "equals_sign", "h", "number_sign", "b"):
            await at.press(key)
            if at.app.screen.is_modal:
                await at.rest()
                await _look(at, key, poor)
                await at.press("escape")
        for screen in ("readiness", "scope", "walk"):
            at.app.show(screen)
            await at.until(lambda screen=screen: getattr(at.app.screen, "NAME", "") == screen, screen)  # type: ignore[misc]
            await at.rest()
            await _look(at, screen, poor)
        await at.stand_on(ISO, "8.4.1 b")
        await at.press("6")  # a refusal
        await at.told("rates nothing here")
        await _look(at, "refused", poor)
        at.app.show_home()
        await at.see("Skellgarth")
        await at.rest()
        await _look(at, "home", poor)
    assert not poor


async def test_a_theme_is_changed_for_everything_at_once(file: Path) -> None:
    async with sitting(file, size=SMALL) as at:
        before = at.text
        dark = {style.bgcolor for _, style in _painted(at.app)}
        await at.press("T")
        await at.rest()
        light = {style.bgcolor for _, style in _painted(at.app)}
        assert at.text == before
        assert not dark & light, "nothing keeps a background of the other theme"
        await at.press("r")
        await at.see("INCOMPLETE")
        assert not {style.bgcolor for _, style in _painted(at.app)} & dark
        await at.press("T")
        await at.rest()
        assert not {style.bgcolor for _, style in _painted(at.app)} & light


# -- without colour --------------------------------------------------------------------------------------------------


@pytest.fixture
def no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")


def _colours(segments: list[Segment]) -> set[object]:
    found: set[object] = set()
    for _, style, _ in segments:
        if style:
            found |= {each.name for each in (style.color, style.bgcolor) if each and each.name != "default"}
    return found


@pytest.mark.usefixtures("no_color")
@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_without_colour_the_cursor_is_reversed_and_states_are_letters(file: Path, theme: str) -> None:
    async with sitting(file, size=WIDE, theme=theme) as at:
        for place in ((ISO, "8.3.6 c"), (CMMI, "CM 2.4")):
            await at.stand_on(*place)
            await at.rest()
            assert [line for line in _reversed(at.app) if line.startswith(">")], "the cursor row is reversed"
            assert len([line for line in _reversed(at.app) if line.startswith(">")]) == 1
        assert _coloured(at.app) == set(), "the terminal's own colours throughout"
        # what is chosen on the rating bar is bracketed, marks are letters
        await at.see("[2 LM]", "[Falcon LM]")
        for key in ("v", "f", "t", "question_mark"):
            await at.press(key)
            await at.rest()
            assert at.app.screen.is_modal
            assert _coloured(at.app) == set(), key
            if key == "v":
                assert any("> a all" in line for line in _reversed(at.app))
            if key == "f":
                await at.see("[1 major]")
            await at.press("escape")
        at.app.show("readiness")
        await at.see("of 3 aimed at", "■", "x", "□")
        await at.rest()
        assert any("ML1" in line for line in _reversed(at.app))
        assert _coloured(at.app) == set()


def _coloured(app: GapbenchApp) -> set[object]:
    return {name for strip in strips(app) for name in _colours(list(strip))}


def _reversed(app: GapbenchApp) -> list[str]:
    """Text of each line that is painted in reverse."""
    lines = []
    for strip in strips(app):
        text = "".join(text for text, style, _ in strip if style and style.reverse)
        lines += [text] if text.strip() else []
    return lines


async def test_with_colour_the_cursor_row_stands_out(file: Path) -> None:
    async with sitting(file, size=WIDE) as at:
        await at.stand_on(ISO, "8.3.6 c")
        await at.rest()
        cursor = inks(DARK)["cursor"].bgcolor
        rows = [
            "".join(text for text, style, _ in strip if style and style.bgcolor == cursor) for strip in strips(at.app)
        ]
        marked = [row for row in rows if row.strip()]
        assert len(marked) == 1
        assert marked[0].startswith(">  c")
        assert len(marked[0]) > 35, "the whole row of the list, not a letter of it"
