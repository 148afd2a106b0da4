"""The plan and the advisor as text at both sizes, and what holds whatever the client wrote and however wide it is.

Goldens stand in golden_plan/; write them again as those of test_golden: GAPBENCH_GOLDEN=write.
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapbench.engagement.engagement import Engagement
from gapbench.errors import UsageError
from gapbench.planning.values import Action, Decision, Settings
from gapbench.tui.desk import Desk
from gapbench.tui.screens.plan import PlanScreen
from gapbench.tui.screens.plan_settings import read, written
from gapbench.tui.screens.plan_words import day_of, effort, effort_of
from gapbench.tui.widgets.timeline import Bar, Milestone, Scale
from tests.tui import made, test_golden
from tests.tui.screen import CMMI, SMALL, WIDE, Sitting, sha, sitting, turns
from tests.tui.test_client_text import LONG, MARKUP, WIDE_LETTERS, harmless
from tests.tui.test_golden import Shot, compare, lay_out, reach

GOLDEN = Path(__file__).parent / "golden_plan"
TODAY = date(2026, 11, 17)

_PLAN = ("p", "[table]"), ("home", "Context")
_WHAT_IF = (*_PLAN, ("i", "WHAT IF 0"), (("space", "down", "space"), "WHAT IF 2"))
_FORECAST = (*_PLAN, (("tab", "tab"), "[forecast]"), ("home", "level reached"))
_ADVICE = (("1", "1  "), ("enter", "CMMI level?"), ("3", "Which level?"), ("3", "version"), ("2", "NASA"), ("a", "B08"))

SHOTS: tuple[Shot, ...] = (
    Shot("table", does=_PLAN),
    Shot("actions", does=(*_PLAN, (("down", "right", "down"), "closes"))),
    Shot("card", does=(*_PLAN, (("down", "down", "enter"), "Work package"))),
    Shot("timeline", does=(*_PLAN, ("tab", "[timeline]"))),
    Shot("gates", does=(*_PLAN, ("tab", "[timeline]"), ("end", "certified lead appraiser"))),
    Shot("forecast", does=_FORECAST),
    Shot("forecast-end", does=(*_FORECAST, ("end", "Modelled, not measured"))),
    Shot("what-if", does=_WHAT_IF),
    Shot("most", does=(*_PLAN, ("m", "How many person-days?"), ("enter", "for 30 days"))),
    Shot("start", does=(*_PLAN, ("d", "not before"))),
    Shot("slips", does=(*_PLAN, ("d", "not before"), ("=2027-02-01", "2027"), ("enter", "What slips"))),
    Shot("settings", does=(*_PLAN, ("c", "The programme"))),
    Shot("audits", does=(*_PLAN, ("A", "Quarter 1"))),
    Shot("review", does=(*_PLAN, ("M", "MR01"))),
    Shot("plan-help", does=(*_PLAN, ("question_mark", "Keys and help"))),
    Shot("other-work", "spice", does=(("p", "[table]"), ("home", "Other work"))),
    Shot("advisor", "empty", does=(("a", "What does the company do?"),)),
    Shot(
        "advisor-number", "empty", does=(("a", "company do?"), *_ADVICE[:-1], (("space",) * 3, "months"), ("2", "> 2_"))
    ),
    Shot("advice", "empty", does=(("a", "company do?"), *_ADVICE)),
)


@pytest.mark.parametrize("shot", SHOTS, ids=[shot.name for shot in SHOTS])
async def test_golden_plan(shot: Shot, example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(test_golden, "GOLDEN", GOLDEN)
    difference: list[str] = []
    async with sitting(lay_out(shot.start, example), size=shot.sizes[0]) as at:
        await reach(shot, at)
        for size in shot.sizes:
            await at.resize(*size)
            await at.press(*["home"] * (shot.name in {"forecast", "audits", "review"}))
            await at.press(*["end"] * (shot.name == "forecast-end"))
            difference += compare(f"{shot.name}-{size[0]}x{size[1]}.txt", await at.rest() + "\n")
    if difference:
        pytest.fail("\n".join(difference), pytrace=False)


def test_no_golden_plan_is_left_over() -> None:
    wanted = {f"{shot.name}-{width}x{height}.txt" for shot in SHOTS for width, height in shot.sizes}
    assert {path.name for path in GOLDEN.iterdir()} == wanted


# -- whatever the file holds -----------------------------------------------------------------------------------------


async def _plan(at: Sitting) -> PlanScreen:
    await at.press("p")
    await at.until(lambda: isinstance(at.app.screen, PlanScreen) and at.app.screen.is_mounted, "the plan is up")
    await at.rest()
    assert isinstance(at.app.screen, PlanScreen)
    return at.app.screen


@pytest.mark.parametrize("size", [SMALL, WIDE])
@pytest.mark.parametrize("nasty", [MARKUP, WIDE_LETTERS, LONG], ids=["markup", "wide", "long"])
async def test_a_clients_text_is_only_text(file: Path, nasty: str, size: tuple[int, int]) -> None:
    with Engagement.open(file, author="E. [/ Gray") as engagement:
        engagement.decide_package(Decision("WP01", owner=nasty, priority=9.0, reason=nasty))
        engagement.record_action(Action("", "WP01", nasty, owner=nasty, manual=True))
    async with sitting(file, size=size) as at:
        await _plan(at)
        await at.press("home", "right")
        harmless(at.app)
        for keys in (("down",), ("enter",), ("escape",), ("o",), ("escape",), ("up",), ("enter",), ("escape",)):
            await at.press(*keys)
            await turns()
            harmless(at.app)
        for _ in range(3):
            await at.press("tab")
            await at.rest()
            harmless(at.app)


@pytest.mark.parametrize("make", [made.goals, made.spice, made.kpa, made.profile])
async def test_every_framework_has_its_plan(make: Callable[[Path], Path], tmp_path: Path) -> None:
    async with sitting(make(tmp_path / "any.gapbench"), size=SMALL) as at:
        screen = await _plan(at)
        assert screen.plan is not None
        assert bool(screen.plan.packages) == (make is not made.profile)
        if make is made.profile:
            await at.see("Nothing that was rated is open")
        for key in ("tab", "tab", "tab", "A", "M", "escape", "i", "space", "escape"):
            await at.press(key)
            await at.rest()
            harmless(at.app)


async def test_both_editions_at_once_have_one_plan(example: Path, tmp_path: Path) -> None:
    async with sitting(made.gone_on(example, tmp_path / "dual.gapbench", "dual"), size=WIDE) as at:
        await _plan(at)
        await at.press("tab", "tab")
        await at.see("ISO 9001:2015", "ISO 9001:2026", "CMMI 2.0", "Month by month")
        await at.press("i")
        await at.see("WHAT IF 0 packages", "ISO 9001:2026")


async def test_without_frameworks_it_says_the_way_on(tmp_path: Path) -> None:
    from gapbench.engagement.values import Profile

    Engagement.create(tmp_path / "new.gapbench", Profile("Acme"), author="E. Gray").close()
    async with sitting(tmp_path / "new.gapbench", size=SMALL) as at:
        await _plan(at)
        await at.see("Nothing to plan for yet")
        for key in (
            "tab",
            "i",
            "space",
            "escape",
            "m",
            "escape",
            "enter",
            "t",
            "a",
            "d",
            "backspace",
            "f",
            "y",
            "A",
            "u",
        ):
            await at.press(key)
            await at.rest()
            harmless(at.app)


async def test_an_action_of_ones_own_while_nothing_is_open(tmp_path: Path) -> None:
    async with sitting(made.profile(tmp_path / "profile.gapbench"), size=SMALL) as at:
        await _plan(at)
        await at.press("a")
        await at.see("New action")
        await at.press("enter")
        await at.see("An action says what is to be done")
        await at.type("Buy a shelf")
        await at.press("enter")
        await at.see("Other actions")
        await at.press("right")
        await at.see("+ Buy a shelf")


async def test_what_cannot_be_planned_is_a_sentence_and_the_settings_mend_it(file: Path) -> None:
    with Engagement.open(file, author="E. Gray") as engagement:
        engagement.set_plan(Settings(capacity=0.0))
    async with sitting(file, size=SMALL) as at:
        screen = await _plan(at)
        await at.see("does not end within 20 years", "c changes the settings")
        assert screen.plan is None
        for key in ("tab", "i", "space", "m", "enter", "t", "y", "A"):
            await at.press(key)
            await at.rest()
        await at.press("c")
        await at.see("The programme")
        await at.press("tab", "tab", "backspace")
        await at.type("20")
        await at.press("enter")
        await at.until(lambda: screen.plan is not None, "there is a plan")


async def test_an_engagement_that_may_only_be_read(file: Path) -> None:
    before = sha(file)
    async with sitting(file.parent) as at:
        at.app.take_desk(Desk(Engagement.open(file, author="E. Gray", read_only=True)))
        await at.until(lambda: at.place is not None, "the walk is up")
        await _plan(at)
        await at.press("home", "t")
        await at.until(lambda: "read" in at.status and "saved" not in at.status, "it is refused")
        await at.press("i", "space")
        await at.see("WHAT IF 1 package")
    assert sha(file) == before


async def test_a_resized_plan_looks_like_a_fresh_one(file: Path) -> None:
    async with sitting(file, size=WIDE) as at:
        await _plan(at)
        for _ in range(3):
            await at.press("home")
            wide = await at.rest()
            for size in (SMALL, (60, 20), (20, 5), (40, 12), (200, 60), WIDE):
                await at.resize(*size)
                await turns()
                harmless(at.app)
            assert await at.rest() == wide
            await at.press("tab")
            await at.rest()


async def test_moving_the_cursor_plans_nothing_anew(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sitting(file, size=WIDE) as at:
        screen = await _plan(at)
        plan = screen.plan
        calls: list[object] = []
        monkeypatch.setattr("gapbench.work.planning.outlook", lambda *a, **k: calls.append(a))
        for view in ("table", "timeline", "forecast"):
            assert screen.view == view
            await at.press("down", "down", "pagedown", "up", "home", "end")
            await at.press("tab")
            await at.rest()
        assert not calls
        assert screen.plan is plan


async def test_a_rating_elsewhere_is_in_the_plan(file: Path) -> None:
    async with sitting(file, size=WIDE) as at:
        screen = await _plan(at)
        assert screen.plan is not None
        before = len(screen.plan.package["WP04"].open)
        await at.stand_on(CMMI, "CM 2.1")
        for _ in range(3):
            await at.press("1", "right_square_bracket")
            await at.stand_on(CMMI, "CM 2.1")
        screen = await _plan(at)
        assert screen.plan is not None
        assert len(screen.plan.package["WP04"].open) < before


# -- words and scales ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["2027-03-15", "15 Mar 2027", "15.3.2027", "15 march 2027", "15. Mar. 2027", "2027-3-15"]
)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert day_of(text, TODAY) == date(2027, 3, 15)


def test_a_day_may_be_some_weeks_on_or_nothing() -> None:
    assert day_of("+2w", TODAY) == TODAY + timedelta(days=14)
    assert day_of("+3", TODAY) == TODAY + timedelta(days=3)
    assert day_of("  ", TODAY) is None
    for text in ("soon", "31 Feb 2027", "2027-13-01", "32.1.2027", "5 Xyz 2027"):
        with pytest.raises(UsageError, match="2027-03-15"):
            day_of(text, TODAY)


@given(st.floats(0, 900), st.floats(0, 900))
def test_an_effort_is_read_back(one: float, other: float) -> None:
    low, high = sorted((round(one), round(other)))
    assert effort_of(effort(low, high)) == (low, high)


@given(
    st.builds(
        Settings,
        size=st.sampled_from(["S", "M", "L"]),
        begin=st.none() | st.dates(date(2020, 1, 1), date(2090, 1, 1)),
        capacity=st.integers(0, 500).map(lambda number: number / 4),
        cmmi_mandate=st.integers(0, 3),
        iso_mandate=st.integers(0, 3),
        deadline=st.none() | st.dates(date(2020, 1, 1), date(2090, 1, 1)),
        holidays=st.lists(
            st.dates(date(2020, 1, 1), date(2090, 1, 1)).map(lambda day: (day, day + timedelta(days=3)))
        ).map(tuple),
        capacities=st.dictionaries(st.sampled_from(["2027-01", "2027-12"]), st.floats(0, 99).map(round)),
        deadlines=st.dictionaries(st.sampled_from(["iso", "cmmi"]), st.dates(date(2020, 1, 1), date(2090, 1, 1))),
    )
)
def test_settings_are_read_back_as_they_were_written(settings: Settings) -> None:
    assert read(written(settings), Settings(), TODAY) == settings


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 9000), st.integers(1, 300), st.data())
def test_a_scale_keeps_days_in_order_and_inside(first: date, days: int, width: int, data: st.DataObject) -> None:
    last = first + timedelta(days=days)
    scale = Scale.fitted(first, last, width)
    assert 1 <= scale.width <= width
    some = sorted(data.draw(st.lists(st.dates(first, last), min_size=2, max_size=6)))
    columns = [scale.column(day) for day in some]
    assert columns == sorted(columns)
    assert 0 <= columns[0] <= columns[-1] < scale.width
    assert len(scale.years(first)) == len(scale.months()) == scale.width
    bar = Bar(some[0], some[-1], critical=True, slack=last, due=some[0], late=True)
    for row in (bar.row(scale, first), Milestone(some[0], some[-1], "7 Dec 2026").row(scale, first)):
        assert sum(len(text) for text, _ in row) == scale.width


def test_letters_tell_what_colours_repeat() -> None:
    scale = Scale.fitted(TODAY, TODAY + timedelta(days=60), 40)
    said = "".join(text for text, _ in Bar(TODAY, TODAY + timedelta(days=20), critical=True).row(scale, TODAY))
    assert said.strip().startswith("C█")
    late = Bar(TODAY, TODAY + timedelta(days=20), due=TODAY + timedelta(days=9), late=True)
    assert "!" in "".join(text for text, _ in late.row(scale, TODAY))
