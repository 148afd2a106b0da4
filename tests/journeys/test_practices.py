"""An afternoon on practices: units, judgements, units out of scope; the file says the same."""

from pathlib import Path

from gapbench.engagement.engagement import Engagement
from gapbench.rating.inputs import Answer
from tests.tui.screen import CMMI, SMALL, sitting

FALCON, HERON, KESTREL, GROUP = (f"5d0c6e1a-7b1f-5c52-9a37-0f1e8a6b3c0{number}" for number in range(1, 5))


async def test_each_unit_answers_for_itself(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(CMMI, "DAR 1.1")
        await at.see("unit Falcon 1/3")
        await at.press("1")
        await at.standing_on("DAR 1.2")
        await at.press("right_square_bracket")
        await at.see("unit Heron 2/3")
        await at.told("Unit in hand: Heron")
        await at.press("4")
        await at.told("DAR 1.2", "Heron", "n writes the weakness")
        await at.press("n")
        await at.see("Weakness on DAR 1.2 in Heron")
        await at.type("Nobody wrote it down")
        await at.press("escape")
        await at.told("Note on DAR 1.2")
        await at.press("left_square_bracket", "left_square_bracket")
        await at.see("unit Process Group", "not asked here, counts where rated")
        await at.press("left_square_bracket")
        await at.see("unit Kestrel 3/3")
        await at.press("6")  # not characterized: said, and still open
        await at.told("saved")
        # a support function's area asks the function, and the unit in hand is kept for the others
        await at.stand_on(CMMI, "PAD 1.1")
        await at.see("Process Group 1/")
        await at.stand_on(CMMI, "DAR 2.1")
        await at.see("unit Kestrel 3/3")
        # every digit of the scale
        for key in "12345":
            await at.press(key)
        await at.told("DAR 2.5")
    with Engagement.open(file) as again:
        said = again.answers(CMMI)
        assert said["DAR 1.1", FALCON].value == "FM"
        assert said["DAR 1.2", HERON] == Answer("DM", note="Nobody wrote it down")
        values = [said[f"DAR 2.{number}", KESTREL].value for number in range(1, 6)]
        assert values == ["FM", "LM", "PM", "DM", "NY"]


async def test_the_walk_says_who_was_not_asked(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(CMMI, "GOV 1.1")
        await at.press("5")
        await at.told("GOV")  # refused: governance is not a thing that comes later
        assert "saved" not in at.status
        assert at.engagement.answer(CMMI, "GOV 1.1", FALCON).value == "FM"
        await at.press("n")
        await at.told("Nothing that is in scope has been rated")
        await at.stand_on(CMMI, "CM 1.1")
        await at.press("full_stop")
        await at.told("That key rates nothing here", "5 NY")
        await at.stand_on("iso9001-2015", "4.1 §1")
        await at.press("right_square_bracket")
        await at.told("asked of the organisation as a whole")


async def test_a_judgement_on_a_practice_and_on_a_level(file: Path) -> None:
    async with sitting(file, size=SMALL) as at:
        await at.stand_on(CMMI, "CM 1.1")
        await at.press("d")
        await at.told("Nothing to decide on CM 1.1")
        await at.stand_on(CMMI, "GOV 2.3")
        await at.press("d")
        await at.see("Judgement on GOV 2.3", "1 LM", "2 PM")
        await at.press("escape")
        await at.gone("Judgement on")
        await at.press("d")
        await at.see("Judgement on")
        await at.press("1")
        await at.see("GOV 2.3 is LM. Why?")
        await at.press("escape")
        await at.told("No judgement was recorded")
        await at.press("d")
        await at.see("Judgement on")
        await at.press("1")
        await at.see("Why?")
        await at.type("One gap")
        await at.press("escape")
        await at.told("Judge GOV 2.3 LM")
        result = at.walk.desk.walk.item_result(CMMI, "GOV 2.3")
        assert result is not None
        assert (result.value, result.judgement_due) == ("LM", False)
        # taken back as a decision of its own
        await at.press("d")
        await at.see("take the judgement back")
        await at.press("0")
        await at.told("Take away the judgement on GOV 2.3")
        await at.press("z")
        await at.told("Took back")
        # a level whose weaknesses do real harm is not satisfied
        await at.stand_on(CMMI, "II/2")
        await at.see("satisfied")
        await at.press("d")
        await at.see("Judgement on II/2")
        await at.press("1")
        await at.see("II/2 is significant. Why?")
        await at.type("Nobody could work")
        await at.press("escape")
        await at.told("Judge II/2 significant")
        await at.see("unsatisfied")
        # a whole area has nothing to decide
        await at.stand_on(CMMI, "II")
        await at.press("d")
        await at.told("Stand on a practice or on a level")
    with Engagement.open(file) as again:
        judged = again.judgements(CMMI)
        assert (judged["GOV 2.3"].value, judged["GOV 2.3"].reason) == ("LM", "One gap")
        assert (judged["II/2"].value, judged["II/2"].reason) == ("significant", "Nobody could work")


async def test_a_unit_goes_out_of_an_area_and_comes_back(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(CMMI, "DAR")
        await at.press("minus")
        await at.see("DAR: who is in scope?", "Heron")
        await at.press("escape")
        await at.gone("who is in scope?")
        await at.press("minus")
        await at.see("who is in scope?")
        await at.press("2")
        await at.see("Why is DAR out of scope for Heron?")
        await at.press("escape")
        await at.told("left in scope")
        await at.press("minus")
        await at.see("who is in scope?")
        await at.press("2")
        await at.see("Why is DAR")
        await at.type("Build to print")
        await at.press("escape")
        await at.told("Leave out DAR for Heron")
        await at.see("Heron is out of scope: Build to print")
        assert at.engagement.exclusions(CMMI) == {("DAR", HERON): "Build to print"}
        await at.stand_on(CMMI, "DAR 1.1")
        await at.see("unit Falcon 1/2")
        # from an item the same key means its area
        await at.press("minus")
        await at.see("DAR: who is in scope?", "out: Build to print")
        await at.press("2")
        await at.told("Bring back DAR for Heron")
        await at.see("unit Falcon 1/3")
        assert at.engagement.exclusions(CMMI) == {}
        await at.press("z")
        await at.told("Took back: Bring back DAR")
        # an optional area can go as a whole
        await at.stand_on(CMMI, "SAM")
        await at.press("minus")
        await at.see("whole organisation")
        await at.press("0")
        await at.see("Why is SAM out of scope for the whole organisation?")
        await at.type("No suppliers")
        await at.press("escape")
        await at.told("Leave out SAM")
        await at.see("Declared not applicable", "No suppliers")
        assert "SAM 1.1" not in {line.id for line in at.walk.desk.walk.lines}
        # a framework is no area
        await at.stand_on(CMMI, CMMI)
        await at.press("minus")
        await at.told("Stand on one of the areas")
    with Engagement.open(file) as again:
        assert again.exclusions(CMMI) == {("DAR", HERON): "Build to print", ("SAM", ""): "No suppliers"}
        assert again.check() == ()
