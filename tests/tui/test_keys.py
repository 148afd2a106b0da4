"""The key table: one meaning per key and screen, moved keys, and what is made from it: footer, help, docs/keys.md."""

import re
from importlib import resources
from itertools import combinations
from pathlib import Path

import pytest

from gapbench.tui import keys
from gapbench.tui.help_pages import help_rows
from gapbench.tui.keys import ADVISOR, ALL, BRIDGE, HOME, KEYS, PLAN, READINESS, SCOPE, WALK
from gapbench.tui.screens.advisor import AdvisorScreen
from gapbench.tui.screens.bridge import BridgeScreen
from gapbench.tui.screens.home import HomeScreen
from gapbench.tui.screens.plan import PlanScreen
from gapbench.tui.screens.readiness import ReadinessScreen
from gapbench.tui.screens.scope import ScopeScreen
from gapbench.tui.screens.walk import WalkScreen
from tests.tui.screen import ISO, sitting

DOCS = Path(__file__).parents[2] / "docs" / "keys.md"
SCREENS = {
    WALK: WalkScreen,
    READINESS: ReadinessScreen,
    SCOPE: ScopeScreen,
    BRIDGE: BridgeScreen,
    PLAN: PlanScreen,
    HOME: HomeScreen,
    ADVISOR: AdvisorScreen,
}


# -- the table -------------------------------------------------------------------------------------------------------


def test_no_key_means_two_things_on_one_screen() -> None:
    assert keys.clashes({}) == []
    for screen in ALL:
        taken = [(name, key.id) for key in keys.keys_of(screen) for name in key.keys.split(",")]
        twice = [(a, b) for a, b in combinations(taken, 2) if a[0] == b[0]]
        assert not twice, screen


def test_every_key_has_an_id_of_its_own_and_words() -> None:
    ids = [key.id for key in KEYS]
    assert len(ids) == len(set(ids))
    for key in KEYS:
        assert re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", key.id), key.id
        assert key.word, key.id
        assert key.help, key.id
        assert key.screens, key.id
        assert set(key.screens) <= set(ALL), key.id


@pytest.mark.parametrize("screen", ALL)
def test_every_key_does_something_that_exists(screen: str) -> None:
    for binding in keys.bindings(screen):
        name = binding.action.partition("(")[0]
        if name.startswith("app."):
            from gapbench.tui.app import GapbenchApp

            assert hasattr(GapbenchApp, f"action_{name.removeprefix('app.')}"), name
        else:
            assert hasattr(SCREENS[screen], f"action_{name}"), f"{screen}: {name}"


@pytest.mark.parametrize("screen", ALL)
def test_no_letter_needs_ctrl_and_every_screen_leads_out(screen: str) -> None:
    here = keys.keys_of(screen)
    assert {"go.help", "go.palette", "go.quit", "go.back"} <= {key.id for key in here}
    only_ctrl = [key.id for key in here if all(name.startswith("ctrl+") for name in key.keys.split(","))]
    assert only_ctrl == ["go.quit"], "ctrl is only ever a second name; quitting alone must not be hit by chance"


def test_the_page_of_keys_is_what_the_table_says() -> None:
    assert DOCS.read_text(encoding="utf-8") == keys.as_markdown(), (
        "write it again: python -c \"from gapbench.tui.keys import as_markdown; print(as_markdown(), end='')\""
        " > docs/keys.md"
    )


# -- help ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("screen", ALL)
@pytest.mark.parametrize("width", [20, 70, 110])
def test_each_screen_has_help_with_all_its_keys(screen: str, width: int) -> None:
    page = resources.files("gapbench.tui").joinpath("help", f"{screen}.md").read_text(encoding="utf-8")
    assert page.startswith("# ")
    rows = ["".join(text for text, _ in row) for row in help_rows(screen, width, {})]
    whole = " ".join(" ".join(rows).split())
    if width > 60:
        for key in keys.keys_of(screen):
            assert " ".join(key.help.split()) in whole, key.id
        for line in page.splitlines():
            assert " ".join(line.removeprefix("# ").split()) in whole
    assert max(map(len, rows)) <= width


def test_help_shows_a_moved_key() -> None:
    rows = ["".join(text for text, _ in row) for row in help_rows(WALK, 80, {"walk.note": "N"})]
    assert any(row.strip().startswith("N  write a note (") for row in rows)


# -- the footer ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
async def test_the_footer_never_runs_over_and_always_shows_help(file: Path, width: int) -> None:
    async with sitting(file, size=(width, 24)) as at:
        for screen, shown in (("walk", "rate"), ("readiness", "arithmetic"), ("scope", "change")):
            at.app.show(screen)
            await at.until(lambda screen=screen: getattr(at.app.screen, "NAME", "") == screen, screen)  # type: ignore[misc]
            footer = (await at.rest()).splitlines()[-1]
            assert footer.endswith("? keys"), footer
            assert "q back" in footer
            assert len(footer) <= width - 1
            assert "…" not in footer, "keys are left out whole"
            if width >= 40:
                assert shown in footer


async def test_seven_keys_fit_eighty_columns_on_the_walk(file: Path) -> None:
    async with sitting(file, size=(80, 24)) as at:
        footer = at.text.splitlines()[-1]
    assert [word for word in ("rate", "next open", "note", "finding", "unit", "find", "back", "keys") if word in footer]
    assert footer.split("  ") == [
        " 1-3 rate",
        "space next open",
        "t note",
        "f finding",
        "] unit",
        "/ find",
        "",
        "q back",
        "? keys",
    ]


# -- moved keys ------------------------------------------------------------------------------------------------------


async def test_a_person_moves_a_key(file: Path) -> None:
    async with sitting(file, keys={"walk.note": "M,ctrl+t", "rate.1": "comma", "rate.6": "K"}) as at:
        await at.stand_on(ISO, "8.4.1 c")
        assert " M note" in at.text.splitlines()[-1]
        await at.press("t")
        assert len(at.app.screen_stack) == 2, "the old key is free"
        await at.press("M")
        await at.see("Note on 8.4.1 c")
        await at.press("escape")
        await at.press("ctrl+t")
        await at.see("Note on 8.4.1 c")
        await at.press("escape")
        await at.gone("Note on 8.4.1 c")
        await at.press("comma")
        await at.told("conforming")
        assert at.engagement.answer(ISO, "8.4.1 c", "").value == "conforming"


@pytest.mark.parametrize(
    ("moved", "told"),
    [
        ({"walk.notes": "N"}, '"walk.notes"'),
        ({"walk.note": "f"}, '"f" would mean both walk.note and walk.finding'),
        ({"rate.1": "2"}, '"2" would mean both rate.1 and rate.2'),
        ({"walk.note": "N", "go.theme": "question_mark"}, "go.help"),
        ({"walk.note": ""}, '"walk.note"'),
        ({"walk.note": ","}, '"walk.note"'),
        ({"walk.note": "ctrl+alt+nonsense+q"}, '"walk.note"'),
    ],
)
async def test_what_cannot_be_moved_is_told_and_the_usual_keys_stay(
    file: Path, moved: dict[str, str], told: str
) -> None:
    async with sitting(file, keys=moved, size=(160, 24)) as at:
        await at.told(told, "The usual keys are in force.")
        await at.stand_on(ISO, "8.4.1 c")
        await at.press("t")
        await at.see("Note on 8.4.1 c")


async def test_a_clash_is_told_on_the_shelf_too(file: Path) -> None:
    async with sitting(file.parent, keys={"home.new": "e"}, size=(160, 24)) as at:
        await at.told('"e" would mean both home.new and home.example', "The usual keys are in force.")
