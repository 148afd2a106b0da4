"""A morning on other models: goals with a judgement, process attributes with refinements, goals answered yes or no."""

from pathlib import Path

from gapbench.engagement.engagement import Engagement
from gapbench.rating.models import model_of
from tests.tui import made
from tests.tui.made import KPA, SPICE, V13
from tests.tui.screen import SMALL, sitting


async def test_goals_are_walked_rated_and_judged(tmp_path: Path) -> None:
    path = made.goals(tmp_path / "goals.gapbench")
    async with sitting(path, size=SMALL) as at:
        await at.stand_on(V13, "CM SP 2.2")
        await at.see("CM SP 2.2", "Changes under control", "unit Falcon 1/2", "1-5 rate")
        await at.press("2")
        await at.told("Rate CM SP 2.2 LI in Falcon", "n writes the weakness")
        await at.press("n")
        await at.see("Weakness on CM SP 2.2 in Falcon")
        await at.press("escape")
        await at.stand_on(V13, "CM SP 2.2")
        await at.see("weakness")
        # one goal, judged: its largely implemented practice does real harm
        await at.stand_on(V13, "CM SG 2")
        await at.see("goal  satisfied", "d records")
        await at.press("d")
        await at.see("Judgement on CM SG 2")
        await at.press("1")
        await at.see("CM SG 2 is significant. Why?")
        await at.type("Two of three changes came in unseen")
        await at.press("escape")
        await at.told("Judge CM SG 2 significant")
        await at.see("goal  unsatisfied", "Judged significant")
        await at.press("z")
        await at.told("Took back")
        await at.see("goal  satisfied")
        # nothing of the kind on an area or on a practice with one value
        await at.stand_on(V13, "CM")
        await at.see("Capability level", "asked from maturity level 2", "GG 2")
        await at.press("d")
        await at.told("Stand on a practice or on a goal")
        await at.stand_on(V13, "CM SP 1.1")
        await at.press("d")
        await at.told("Nothing to decide")
        # a unit out of an area
        await at.stand_on(V13, "CM SP 1.1")
        await at.press("minus")
        await at.see("CM: who is in scope?", "Heron")
        await at.press("2")
        await at.see("Why is CM out of scope for Heron?")
        await at.type("Build to print")
        await at.press("escape")
        await at.told("Leave out CM for Heron")
        # a goal by one key
        await at.stand_on(V13, "PP SG 2")
        await at.press("1")
        await at.told("unrated below SG 2 FI")
        await at.press("r")
        await at.see("GG2", "GG3", "maturity level 2: not reached yet", "ML1 of 3 aimed at")
        await at.press("down", "down", "space")
        await at.standing_on("CM")
    with Engagement.open(path) as again:
        assert again.check() == ()


async def test_process_attributes_take_refinements(tmp_path: Path) -> None:
    path = made.spice(tmp_path / "spice.gapbench")
    async with sitting(path, size=SMALL) as at:
        await at.stand_on(SPICE, "SYS.4 PA 2.2")
        await at.see("1 F fully", "2 L largely", "5 L+", "8 P-", "1-8 rate")
        await at.press("6")
        await at.told("Rate SYS.4 PA 2.2 L- in Falcon")
        await at.standing_on("SYS.4 PA 3.1")
        await at.press("8")
        await at.told("P-")
        falcon = at.engagement.units()[0].id
        assert at.engagement.answer(SPICE, "SYS.4 PA 2.2", falcon).value == "L-"
        assert at.engagement.answer(SPICE, "SYS.4 PA 3.1", falcon).value == "P-"
        await at.stand_on(SPICE, "SYS.4")
        await at.see("Capability level")
        await at.stand_on(SPICE, "SYS")
        await at.see("4 processes")
        await at.press("minus")
        await at.told("Stand on one of the processes")
        await at.press("d")
        await at.told("")
        await at.press("r")
        await at.see("1.1 2.1 2.2 3.1 3.2", "CL0 of 3 aimed at")
        await at.press("down", "enter")
        await at.see("Arithmetic of SYS.2")
    with Engagement.open(path) as again:
        assert again.check() == ()


async def test_goals_of_the_organisation_are_answered(tmp_path: Path) -> None:
    path = made.kpa(tmp_path / "kpa.gapbench")
    async with sitting(path, size=SMALL) as at:
        await at.stand_on(KPA, "SPP G2")
        await at.see("the organisation", "1 yes", "2 partly", "3 no", "- not applicable")
        await at.press("3")
        await at.told("Rate SPP G2 no")
        await at.stand_on(KPA, "SPP CO")
        await at.see("a sign, not counted")
        # an area that does not fit the business: its goals are not applicable, with the reason
        await at.stand_on(KPA, "SSM")
        await at.press("minus")
        await at.see("not applicable. Why?")
        await at.type("Nothing is subcontracted")
        await at.press("escape")
        await at.told("unrated below SSM")
        await at.see("Declared not applicable", "Nothing is subcontracted")
        await at.press("r")
        await at.see("goals", "not applicable")
        scope = at.engagement.scope(KPA)
        assert model_of(scope).units_for(scope, scope.catalog.item["SPP G2"])[0].id == ""
    with Engagement.open(path) as again:
        assert again.check() == ()
