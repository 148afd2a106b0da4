"""A morning on ISO points: rate, take back, write notes and findings, leave points out; the file says the same."""

from pathlib import Path

from gapbench.engagement.engagement import Engagement
from gapbench.rating.inputs import Answer
from tests.tui.screen import ISO, SMALL, files_in, sitting

FIRST, SECOND, THIRD = "8.4.1 §1", "8.4.1 a", "8.4.1 c"


async def test_one_key_rates_and_steps_on_and_stays_after_a_restart(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(ISO, FIRST)
        await at.press("1")
        await at.standing_on(SECOND)
        await at.told(f"Rate {FIRST} conforming", "saved", "z takes it back")
        assert at.engagement.answer(ISO, FIRST, "").value == "conforming", "on disk before the next key"
        await at.see("199 of 320 points")
        await at.press("2", "down", "3")
        await at.told(f"Rate {THIRD} not conforming")
        await at.see("201 of 320 points")
        # a key that rates nothing here names the scale
        await at.press("5")
        await at.told("That key rates nothing here", "1 conforming")
        # the same again is no step
        steps = len(at.engagement.history())
        await at.press("up")
        await at.standing_on(THIRD)
        await at.press("3")
        await at.told("already")
        assert len(at.engagement.history()) == steps
        # clear it
        await at.press("up", "backspace")
        await at.told("saved")
        assert at.engagement.answer(ISO, THIRD, "").value == ""
        await at.press("ctrl+q")
    assert files_in(file.parent) == [file.name], "one file at rest"

    async with sitting(file, size=SMALL) as at:  # another day
        await at.press("z")
        await at.told("Took back: ")
        await at.standing_on(THIRD)
        assert at.engagement.answer(ISO, THIRD, "").value == "not_conforming"
        await at.press("z", "z")
        await at.standing_on(SECOND)
        assert at.engagement.answer(ISO, SECOND, "").value == ""
        assert at.engagement.answer(ISO, FIRST, "").value == "conforming"

    async with sitting(file) as at:  # redo survives as well
        await at.press("Z")
        await at.told(f"Did again: Rate {SECOND} partial")
        await at.press("Z")
        await at.told(f"Did again: Rate {THIRD}")
        await at.press("Z", "Z")
        await at.told("Nothing to do again.")
    with Engagement.open(file) as again:
        values = [again.answer(ISO, item, "").value for item in (FIRST, SECOND, THIRD)]
        assert values == ["conforming", "partial", ""]
        assert again.check() == ()


async def test_a_heading_rates_what_is_unrated_below_and_one_key_takes_it_back(file: Path) -> None:
    async with sitting(file) as at:
        before = at.engagement.answers(ISO)
        await at.stand_on(ISO, "8.4")
        line = at.walk.line
        assert line is not None
        unrated = [item for item in line.items if before.get((item, ""), Answer()).value == ""]
        assert 0 < len(unrated) < len(line.items), "some are rated already, and must stay"
        await at.see(f"A digit rates the {len(unrated)} unrated items below")
        await at.press("1")
        await at.told(f"Rate {len(unrated)} unrated below 8.4", "z takes it back")
        after = at.engagement.answers(ISO)
        assert all(after[item, ""].value == "conforming" for item in unrated)
        assert {cell: answer for cell, answer in after.items() if cell[0] not in unrated} == {
            cell: answer for cell, answer in before.items() if cell[0] not in unrated
        }
        await at.press("1")
        await at.told("Everything below 8.4 has a rating already.")
        await at.press("z")
        await at.told("Took back")
        assert at.engagement.answers(ISO) == before
        # a whole framework is too much for one key
        await at.stand_on(ISO, ISO)
        await at.press("1")
        await at.told("too much for one key")
        assert at.engagement.answers(ISO) == before


async def test_not_applicable_asks_why(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(ISO, FIRST)
        await at.press("minus")
        await at.see(f"{FIRST}: not applicable. Why?", "Auditors hardly ever accept this")
        await at.press("escape")
        await at.told("was left as it is")
        assert at.engagement.answer(ISO, FIRST, "") == Answer()
        await at.press("minus")
        await at.see("Why?")
        await at.type("Nothing is bought.")
        await at.press("escape")
        await at.told(f"Rate {FIRST} not applicable")
        await at.standing_on(SECOND)
        # no trigger
        await at.press("full_stop")
        await at.see("condition not met. Why?")
        await at.paste("No supplier delivers straight to a customer.")
        await at.press("escape")
        await at.told(f"Rate {SECOND}")
        # rated otherwise, and out again: the reason is still there, and esc takes it
        await at.press("up")
        await at.standing_on(SECOND)
        await at.press("1")
        await at.told("conforming")
        await at.press("up", "full_stop")
        await at.see("No supplier delivers")
        await at.press("escape")
        await at.told("condition not met")
    with Engagement.open(file) as again:
        assert again.answer(ISO, FIRST, "") == Answer("na", reason="Nothing is bought.")
        assert again.answer(ISO, SECOND, "") == Answer(
            "condition_not_met", reason="No supplier delivers straight to a customer."
        )


async def test_notes_and_flags(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(ISO, FIRST)
        await at.press("n")
        await at.told("Nothing that is in scope has been rated")
        await at.press("2")
        await at.standing_on(SECOND)
        await at.press("n")  # the cursor has stepped on: the note goes to what was rated
        await at.see(f"Note on {FIRST}")
        await at.type("Coating goes out")
        await at.press("enter")
        await at.type("no plan.")
        await at.press("escape")
        await at.told(f"Note on {FIRST}", "saved")
        assert at.place == (ISO, SECOND), "writing a note moves nothing"
        await at.press("t")
        await at.see(f"Note on {SECOND}")
        await at.press("escape")
        assert at.engagement.answer(ISO, SECOND, "") == Answer(), "an empty note is no step"
        await at.press("up", "t")
        await at.see("Coating goes out")
        await at.type("Since 2024.")
        await at.press("ctrl+s")
        await at.told("Note on")
        await at.see("Since 2024.")
        steps = len(at.engagement.history())
        await at.press("t")
        await at.see("esc keeps it")
        await at.press("escape")
        await at.gone("esc keeps it")
        assert len(at.engagement.history()) == steps, "reading a note is no step"
        await at.press("asterisk")
        await at.told("Flag ")
        await at.see("* flagged")
        await at.press("asterisk")
        await at.told("Unflag ")
        await at.gone("* flagged")
        await at.press("asterisk")
        await at.told("Flag ")
        await at.stand_on(ISO, "8.4")
        await at.press("asterisk")
        await at.told("Stand on an item")
        await at.press("t")
        await at.told("Stand on an item")
    with Engagement.open(file) as again:
        assert again.answer(ISO, FIRST, "") == Answer(
            "partial", note="Coating goes out\nno plan.\nSince 2024.", flag=True
        )


async def test_a_finding_is_written_changed_closed_and_dropped(file: Path) -> None:
    async with sitting(file, size=SMALL) as at:
        numbers = {finding.label for finding in at.engagement.findings()}
        await at.stand_on(ISO, FIRST)
        await at.press("3")
        await at.standing_on(SECOND)
        await at.press("F")
        await at.see(f"New finding on {FIRST}", "[2 minor]")
        # what does not conform is no opportunity: told in the form, and nothing typed is lost
        await at.press("3", "tab", "tab")
        await at.type("Three orders, no control plan.")
        await at.press("escape")
        await at.see(
            "cannot be written up as an opportunity for improvement",
            "Three orders, no control plan.",
            "[3 opportunity]",
        )
        assert {finding.label for finding in at.engagement.findings()} == numbers
        await at.press("shift+tab", "shift+tab", "1", "escape")
        await at.told("Finding F-19 major")
        made = at.engagement.findings()[-1]
        assert (made.cls, made.items, made.evidence) == ("major", ((ISO, FIRST),), "Three orders, no control plan.")
        await at.see("3 majors")
        # change: the cursor keys choose the class as well
        await at.press("F")
        await at.see(f"F-19 on {FIRST}", "[1 major]")
        await at.press("right", "tab", "tab", "tab", "f7")
        await at.paste("No control at all.")
        await at.press("tab")
        await at.paste("Bought in a hurry.")
        await at.press("ctrl+s")
        await at.told("Change finding F-19")
        made = at.engagement.findings()[-1]
        assert (made.cls, made.gap, made.cause, made.status) == (
            "minor",
            "No control at all.",
            "Bought in a hurry.",
            "open",
        )
        # closed
        await at.press("F")
        await at.see("F-19 on")
        await at.press("c")
        await at.see("verified closed")
        await at.press("escape")
        await at.told("Close finding F-19")
        assert at.engagement.findings()[-1].status == "closed"
        # looked at only: no step
        steps = len(at.engagement.history())
        await at.press("F")
        await at.see("F-19 on")
        await at.press("escape")
        await at.gone("F-19 on")
        assert len(at.engagement.history()) == steps
        # dropped, and back
        await at.press("F")
        await at.see("drops the finding")
        await at.press("ctrl+x")
        await at.told("Remove finding F-19")
        assert {finding.label for finding in at.engagement.findings()} == numbers
        await at.press("z")
        await at.told("Took back: Remove finding")
        # a form that is left is no finding
        await at.stand_on(ISO, SECOND)
        await at.press("f")
        await at.see(f"New finding on {SECOND}")
        await at.press("ctrl+x")
        await at.gone("New finding")
        # nothing to write up on a heading that is fine
        await at.stand_on(ISO, ISO)
        await at.press("f")
        await at.told("Stand on an item")
    with Engagement.open(file) as again:
        kept = again.findings()[-1]
        assert (kept.label, kept.status, kept.cause) == ("F-19", "closed", "Bought in a hurry.")
        assert again.check() == ()
