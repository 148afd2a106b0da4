"""The plan by keyboard: edit and take back, what slips, what if, so many days, audits and review; the advisor."""

from datetime import date
from pathlib import Path

from gapbench.catalog.known import load_known
from gapbench.engagement.engagement import Engagement
from gapbench.engagement.values import AnswerRow, Profile
from gapbench.planning.values import Settings
from gapbench.rating.models import model_of
from gapbench.tui.screens.plan import PlanScreen
from tests.tui.screen import CMMI, SMALL, WIDE, Sitting, sha, sitting, ticking


async def plan_of(at: Sitting) -> PlanScreen:
    """The plan, up and with a plan made."""
    await at.press("p")
    await at.until(lambda: isinstance(at.app.screen, PlanScreen) and at.app.screen.plan, "the plan is up")
    await at.see("package", "[table]")
    assert isinstance(at.app.screen, PlanScreen)
    await at.press("home")
    return at.app.screen


def hand(at: Sitting) -> str:
    """The line under the cursor."""
    return next((line for line in at.text.splitlines() if line.startswith(">")), "")


def small(path: Path, weak: dict[str, str]) -> Path:
    """CMMI 2.0 DEV to level 2, everything met but some practices."""
    with Engagement.create(path, Profile("Acme Rail"), author="E. Gray", clock=ticking()) as made:
        made.add_framework(load_known(CMMI), ("DEV",), 2)
        scope = made.scope(CMMI)
        items = [item.id for item in model_of(scope).in_scope(scope)]
        assert set(weak) <= set(items)
        made.write_answers([AnswerRow(CMMI, name, "", weak.get(name, "FM"), note="weak") for name in items], "All")
    return path


# -- the table -------------------------------------------------------------------------------------------------------


async def test_a_package_is_edited_by_keyboard_and_taken_back(file: Path) -> None:
    async with sitting(file, size=WIDE) as at:
        screen = await plan_of(at)
        assert screen.plan is not None
        name = screen.plan.packages[0].id
        steps = len(at.engagement.history())
        await at.press("t")
        await at.told(f"{name} started", "z takes it back")
        await at.press("o")
        await at.see(f"Owner of {name}", "Suggested: Managing director")
        await at.type("Ann [/red]")
        await at.press("enter")
        await at.told(f"{name}: owner Ann [/red]")
        assert "Ann [/red]" in hand(at)
        await at.press("e")
        await at.see("by the model, now")
        await at.type("soon")
        await at.press("enter")
        await at.see("Write person-days as 4-8")
        await at.press(*["backspace"] * 4)
        await at.type("3-5")
        await at.press("enter")
        await at.told(f"Decide on {name}")
        assert "3-5" in hand(at)
        await at.press("l")
        await at.see("Likelihood, then impact")
        await at.type("4 9")
        await at.press("enter")
        await at.see("likelihood and impact go from 1 to 5")
        await at.press("backspace")
        await at.type("5")
        await at.press("enter")
        await at.told(f"{name}: pain 4 x 5")
        (decision,) = at.engagement.decisions()
        assert (decision.owner, decision.status, decision.effort) == ("Ann [/red]", "started", (3.0, 5.0))
        assert decision.pain == (4, 5)
        assert len(at.engagement.history()) == steps + 4, "each edit is one step"
        for _ in range(4):
            await at.press("z")
        await at.told("Took back")
        assert at.engagement.decisions() == ()
        assert hand(at).startswith(f">{name}"), "the cursor stays on its package"


async def test_a_priority_of_ones_own_wants_its_reason(file: Path) -> None:
    async with sitting(file, size=SMALL) as at:
        screen = await plan_of(at)
        assert screen.plan is not None
        await at.press("end")
        name = screen.plan.packages[-1].id
        await at.press("P")
        await at.see(f"Priority of {name}", "The model says")
        await at.type("9")
        await at.press("enter")
        await at.see("Why does")
        await at.press("escape")
        await at.told("wants its reason; nothing was changed")
        await at.press("P")
        await at.see("The model says")
        await at.type("9")
        await at.press("enter")
        await at.see("Why does")
        await at.type("The board asked.")
        await at.press("escape")
        await at.told(f"{name}: priority 9")
        assert "9.00*" in hand(at)
        await at.press("enter")
        await at.see("Work package", f"{name}  ")
        await at.press("escape")
        await at.press("backspace")
        await at.see("Drop what was decided")
        await at.press("y")
        await at.told("Take away what was decided")
        assert at.engagement.decisions() == ()


async def test_the_card_says_why_a_package_ranks_where_it_does(file: Path) -> None:
    async with sitting(file, size=(120, 80)) as at:
        screen = await plan_of(at)
        assert screen.plan is not None
        await at.press("down", "down", "enter")
        await at.see("Why it ranks where it does", "root of Z", "0.35 S + 0.30 C + 0.15 B + 0.20 R")
        await at.see("ISO 9001:2015: 3 of 5 open", "needs", "Actions", "nobody was asked yet")
        for letter in "PVSCBRGUZ":
            assert f"  {letter}  " in at.text
        await at.press(*["pagedown"] * 4)
        await at.see("Activities", "Deliverables", "Evidence that it is done")


async def test_actions_are_written_taken_up_and_dropped(file: Path) -> None:
    async with sitting(file, size=WIDE) as at:
        screen = await plan_of(at)
        assert screen.plan is not None
        first = screen.plan.packages[0]
        await at.press("a")
        await at.see(f"New action in {first.id}")
        await at.type("Walk the store")
        await at.press("enter")
        await at.told("Action “Walk the store”")
        await at.see("+ Walk the store")
        await at.press("down")
        assert "Walk the store" in hand(at)
        await at.press("t", "t")
        await at.told("“Walk the store” done")
        await at.press("enter")
        await at.see("What is to be done?")
        await at.type("and the yard")
        await at.press("escape")
        await at.told("Change the action")
        (action,) = at.engagement.actions()
        assert (action.package, action.status, action.manual) == (first.id, "done", True)
        assert "and the yard" in action.what
        await at.press("down", "o")
        await at.see("Owner of")
        await at.press(*["backspace"] * 40)
        await at.type("Ann")
        await at.press("enter")
        await at.told("Action “Close")
        taken = at.engagement.actions()[1]
        assert taken.owner == "Ann"
        assert taken.closes, "a proposal that is taken up still closes what it closes"
        assert "Ann" in hand(at), "the cursor follows it"
        await at.press("backspace")
        await at.told("Remove the action")
        assert len(at.engagement.actions()) == 1
        await at.press("left")
        await at.gone("+ Walk the store")
        assert hand(at).startswith(f">{first.id}")


# -- days ------------------------------------------------------------------------------------------------------------


async def test_moving_a_start_lists_what_slips(file: Path) -> None:
    async with sitting(file, size=WIDE) as at:
        screen = await plan_of(at)
        assert screen.plan is not None
        before = screen.plan.schedule
        name = screen.plan.packages[0].id
        await at.press("tab")
        await at.see("[timeline]", "◆", "Certificate", "is a column")
        await at.press("home", "d")
        await at.see(f"{name}: not before")
        await at.type("31 Feb 2027")
        await at.press("enter")
        await at.see("There is no such day.")
        await at.press(*["backspace"] * 11)
        await at.type("2027-02-01")
        await at.press("enter")
        await at.see("What slips", "days", f"{name}  ", "Certificate")
        await at.press("escape")
        await at.told("slip", "z takes it back")
        slot = screen.plan.schedule.slots[name]
        assert slot.start == date(2027, 2, 1)
        assert screen.plan.schedule.finish > before.finish
        await at.press("right_square_bracket")
        await at.until(lambda: screen.plan and screen.plan.schedule.slots[name].start == date(2027, 2, 8), "a week on")
        await at.press("left_square_bracket", "z", "z", "z")
        await at.told("Took back")
        assert screen.plan.schedule == before


async def test_settings_are_one_form_and_one_step_and_what_cannot_be_is_told(file: Path) -> None:
    async with sitting(file, size=SMALL) as at:
        screen = await plan_of(at)
        steps = len(at.engagement.history())
        await at.press("c")
        await at.see("The programme", "person-days a month")
        await at.press("tab", "tab", *["backspace"] * 3)
        await at.type("0")
        await at.press("enter")
        await at.see("does not end within")
        await at.press("backspace")
        await at.type("5")
        await at.press(*["tab"] * 7)
        await at.type("24 Dec 2026 to 2027-01-01")
        await at.press("enter")
        await at.told("Set the plan")
        assert screen.plan is not None
        assert screen.plan.settings == Settings(capacity=5.0, holidays=((date(2026, 12, 24), date(2027, 1, 1)),))
        assert len(at.engagement.history()) == steps + 1
        await at.press("c")
        await at.see("2026-12-24 to 2027-01-01")
        await at.press("escape")
        await at.gone("The programme")
        assert len(at.engagement.history()) == steps + 1


# -- what if ---------------------------------------------------------------------------------------------------------


async def test_what_if_turns_level_1_into_level_2_and_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "clients"
    folder.mkdir()
    file = small(folder / "acme.gapbench", {"CM 2.2": "PM", "PLAN 2.1": "DM"})
    async with sitting(file, size=SMALL) as at:
        screen = await plan_of(at)
        assert screen.plan is not None
        assert len(screen.plan.packages) == 2
        steps = len(at.engagement.history())
        await at.press("i")
        await at.see("WHAT IF 0 packages", "CMMI 2.0 ML1")
        await at.press("space")
        await at.see("[x]", "WHAT IF 1 package were done")
        assert "ML1 > ML2" not in at.text
        await at.press("down", "space")
        await at.see("WHAT IF 2 packages", "ML1 > ML2", "below target > on target")
        await at.press("t")
        await at.told("only what if")
        await at.press("escape")
        await at.gone("WHAT IF")
        assert len(at.engagement.history()) == steps
        await at.press("tab", "tab")
        await at.see("[forecast]", "level reached", "What changes when", "ML1 > ML2")
        await at.press("end")
        await at.see("One track has one order.", "Modelled, not measured")


async def test_thirty_days_tick_what_gives_most(file: Path) -> None:
    async with sitting(file, size=WIDE) as at:
        screen = await plan_of(at)
        assert screen.plan is not None
        best = screen.plan.best(30.0)
        before = sha(file)
        await at.press("m")
        await at.see("How many person-days?", "30")
        await at.press("enter")
        await at.see(f"WHAT IF {len(best.packages)} packages were done", "for 30 days")
        assert screen.ticks == set(best.packages)
        assert 0 < best.days <= 30
        await at.press("escape")
        await at.gone("WHAT IF")
        await at.press("u", "tab", "tab")
        await at.see("unrated taken for met", "what nobody has rated is met")
        assert sha(file) == before


# -- pages and the advisor -------------------------------------------------------------------------------------------


async def test_audits_and_review_are_read_and_left(file: Path) -> None:
    async with sitting(file, size=WIDE) as at:
        await plan_of(at)
        await at.press("A")
        await at.see("[audit programme]", "Quarter 1", "AU01", "auditor-days")
        await at.press("M")
        await at.see("[management review]", "MR01", "bring", "decide")
        await at.press("escape")
        await at.see("[table]")
        await at.press("f")
        await at.until(lambda: at.place is not None, "the walk is up")


async def test_the_advisor_leads_to_two_paths(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=SMALL) as at:
        await at.press("a")
        await at.see("What does the company do?", "software for defence")
        await at.press("1", "enter")
        await at.see("Do contracts or tenders ask for a CMMI level?")
        await at.press("3")
        await at.see("Which level?")
        await at.press("escape")
        await at.see("Do contracts or tenders ask for a CMMI level?")
        await at.press("3", "3", "2", "1")
        await at.see("certificate to ISO 9001?")
        await at.press("2", "1")
        await at.see("In how many months")
        await at.type("24")
        await at.see("> 24_")
        await at.press("enter", "a")
        await at.see("Both at once, in one system", "B07", "What would change it", "CMMI is the gate")
        await at.press("y")
        await at.told("The advice is copied")
        assert "Both at once, in one system" in at.app.clipboard
        await at.press("n")
        await at.see("What does the company do?")
        await at.press("1", "1")
        await at.see("CMMI level?")
        await at.press("1", "a")
        await at.see("A light ISO 9001 first", "B16")
        await at.press("question_mark")
        await at.see("Keys and help: advisor")
        await at.press("escape", "q")
        await at.see("No engagement in this folder yet.")


async def test_the_advisor_goes_back_to_the_screen_it_came_from(file: Path) -> None:
    async with sitting(file, size=SMALL) as at:
        await plan_of(at)
        await at.press("V")
        await at.see("What does the company do?")
        await at.press("escape")
        await at.see("[table]")
