"""From one edition to the next by keyboard: transition and back, both at once, what was carried, what changed."""

from pathlib import Path

from gapbench.engagement.engagement import Engagement
from tests.tui import made
from tests.tui.screen import CMMI, ISO, NEWER, SMALL, WIDE, sitting


async def test_a_transition_is_previewed_done_and_taken_back(file: Path) -> None:
    async with sitting(file, size=SMALL) as at:
        await at.stand_on(ISO, "8.3.6 c")
        answers = at.engagement.answers(ISO)
        steps = len(at.engagement.history())
        await at.press("s")
        await at.see("N goes on to a newer edition")
        await at.press("N")
        await at.see("From ISO 9001:2015 to 2026", "come along", "9 changed", "12 new", "certification body")
        await at.press("escape")
        await at.gone("From ISO 9001:2015 to 2026")
        assert len(at.engagement.history()) == steps, "looking writes nothing"
        await at.press("N")
        await at.see("1 goes on")
        await at.press("1")
        await at.told("Go from ISO 9001:2015 to 2026")
        await at.press("w")
        await at.standing_on("8.3.6 c")
        assert at.place == (NEWER, "8.3.6 c"), "the walk stands on the same point"
        await at.see("carried over")
        assert [each.catalog for each in at.engagement.frameworks()] == [NEWER, CMMI]
        await at.press("z")
        await at.told("Took back: Go from")
        assert at.place == (ISO, "8.3.6 c")
        assert at.engagement.answers(ISO) == answers
        await at.gone("carried over")
        await at.press("Z")
        await at.told("Did again: Go from")
        assert at.place == (NEWER, "8.3.6 c")
    with Engagement.open(file) as again:
        assert again.check() == ()


async def test_the_place_is_kept_on_headings_and_on_what_is_gone(file: Path) -> None:
    async with sitting(file) as at:
        for former, new in (("8.3", (NEWER, "8.3")), (ISO, (NEWER, NEWER)), ("9.2.2 b", (NEWER, "9.2.2 a"))):
            await at.stand_on(ISO, former)
            await at.press("N")
            await at.see("1 goes on")
            await at.press("1")
            await at.told("Go from")
            assert at.place == new
            await at.press("z")
            await at.told("Took back")
            assert at.place == (ISO, former)


async def test_what_came_along_is_confirmed_one_by_one_and_by_the_clause(example: Path, tmp_path: Path) -> None:
    path = made.gone_on(example, tmp_path / "gone-on.gapbench")
    async with sitting(path, size=SMALL) as at:
        before = at.engagement.carried(NEWER)
        await at.stand_on(NEWER, "6.1.2 b")
        await at.see("carried    over from 2015 6.1.2 a")
        await at.press("c")
        await at.told("Confirm 6.1.2 b")
        await at.standing_on("6.1.2 b1")
        assert ("6.1.2 b", "") not in at.engagement.carried(NEWER)
        assert at.engagement.answer(NEWER, "6.1.2 b", "").value == "conforming"
        # a digit rates and so confirms
        await at.press("2")
        await at.standing_on("6.1.2 b2")
        assert ("6.1.2 b1", "") not in at.engagement.carried(NEWER)
        # a clause, as one step
        await at.stand_on(NEWER, "6")
        await at.see("answers came along from 2015; c confirms all")
        await at.press("c")
        await at.told("Confirm")
        left = at.engagement.carried(NEWER)
        assert not [item for item, _ in left if item.startswith("6.")]
        assert [item for item, _ in left if item.startswith("5.")]
        await at.press("z")
        await at.told("Took back: Confirm")
        assert len(at.engagement.carried(NEWER)) == len(before) - 2
        # what is left, by the view
        await at.press("v")
        await at.see("carried over")
        await at.press("c")
        await at.see("view carried over")
        await at.press("c")
        await at.told("Confirm 24 points of 6")
        await at.see("169 of 193 left")
        # nothing to confirm on what is asked again
        await at.press("escape")
        await at.stand_on(NEWER, "6.1.2 a")
        await at.press("c")
        await at.told("Nothing here came along")
        await at.stand_on(CMMI, "CM")
        await at.press("c")
        await at.told("Nothing here came along")
    with Engagement.open(path) as again:
        assert again.check() == ()


async def test_the_old_answer_stands_beside_what_is_asked_again(example: Path, tmp_path: Path) -> None:
    path = made.gone_on(example, tmp_path / "gone-on.gapbench")
    async with sitting(path, size=WIDE) as at:
        await at.stand_on(NEWER, "6.1.2 a")
        await at.see("changed since 2015", "2015 6.1.1 a  conforming", "2015 6.1.1 c  conforming")
        await at.stand_on(NEWER, "6.1.3 a")
        await at.see("new in 2026", "2015 6.1.1 b  nearest: partial")
        await at.press("3")
        await at.told("Rate 6.1.3 a not conforming")
        await at.resize(*SMALL)
        await at.stand_on(NEWER, "6.1.2 a")
        await at.see("2015 6.1.1 a  conforming")


async def test_one_question_serves_both_editions(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(ISO, "8.4.1 c")
        await at.press("N")
        await at.see("2 asks both", "questions serve both editions")
        await at.press("2")
        await at.told("Ask ISO 9001:2015 and 2026 together")
        await at.standing_on("8.4.1 c")
        await at.see("one answer serves both editions", "ISO 9001:2015 and 2026")
        await at.press("2")
        await at.told("Rate 8.4.1 c partial")
        assert at.engagement.answer(ISO, "8.4.1 c", "").value == "partial"
        assert at.engagement.answer(NEWER, "8.4.1 c", "").value == "partial"
        # other numbers, one answer
        await at.stand_on(ISO, "9.2.2 c")
        await at.see("9.2.2 c = 2026 9.2.2 b")
        await at.press("1")
        assert at.engagement.answer(NEWER, "9.2.2 b", "").value == "conforming"
        # the number of the newer edition leads to the question that serves it
        await at.press("number_sign")
        await at.type("iso9001-2026:9.2.2 b")
        await at.press("enter")
        await at.until(lambda: at.place == (ISO, "9.2.2 c"), "the shared question is in hand")
        # what differs stands below its clause, what is new in its place
        await at.stand_on(NEWER, "4.2 c")
        lines = [line.key for line in at.walk.desk.walk.lines]
        place = lines.index((NEWER, "4.2 c"))
        assert lines[place - 2 : place] == [(ISO, "4.2 §2"), (NEWER, "4.2")]
        assert lines[place + 1] == (ISO, "4.3")
        assert lines.index((NEWER, "6.1.3")) + 6 == lines.index((ISO, "6.2"))
        before = at.engagement.answer(ISO, "4.2 §2", "")
        await at.press("3")
        await at.told("Rate 4.2 c not conforming")
        assert at.engagement.answer(ISO, "4.2 §2", "") == before
        # a heading rates both as one step
        await at.stand_on(ISO, "7.1.6")
        await at.press("1")
        await at.told("unrated below 7.1.6 conforming")
        assert at.engagement.answer(NEWER, "7.1.6 §1", "").value == "conforming"
        assert at.engagement.answer(ISO, "7.1.6 §1", "").value == "conforming"
        await at.press("z")
        await at.told("Took back")
        assert at.engagement.answer(NEWER, "7.1.6 §1", "").value == ""
        await at.stand_on(ISO, ISO)
        await at.see("312 questions are asked once", "12 of 2015 and 25 of 2026", "2026: No verdict yet")
    with Engagement.open(file) as again:
        assert again.check() == ()


async def test_undo_of_both_leads_back_from_what_only_the_newer_asks(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(ISO, "6.1.2 §2")
        await at.press("N")
        await at.see("2 asks both")
        await at.press("2")
        await at.told("together")
        await at.stand_on(NEWER, "6.1.3 b")
        await at.press("z")
        await at.told("Took back")
        assert at.place is not None
        assert at.place[0] == ISO


async def test_the_bridge_says_what_changed_and_leads_there(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(ISO, "6.1.2 b1")
        await at.press("E")
        await at.see("ISO 9001:2015 to ISO 9001:2026", "not gone on to yet", "9 changed, 12 new")
        await at.press("enter")
        await at.see("was 6.1.1 a, 6.1.1 c", "analysed and evaluated as well")
        await at.press("down", "down", "space")
        await at.until(lambda: at.place == (ISO, "6.1.2 a"), "the former point is in hand")
        await at.press("E")
        await at.see("keep their meaning")
        assert not at.shows("5.1.2")
        await at.press("v")
        await at.see("5.1.2")
        await at.press("end", "home", "pagedown", "pageup", "tab")
        await at.see("CMMI 2.0 to CMMI 3.0")
        await at.press("tab")
        await at.see("ISO 9001:2015 to ISO 9001:2026")
        await at.press("N")
        await at.see("1 goes on")
        await at.press("1")
        await at.see("gone on to")
        await at.press("q")
        await at.standing_on("6.1.2 b")
        await at.press("E")
        await at.see("gone on to")
        await at.press("enter")
        await at.see("carried", "conforming")
        await at.press("question_mark")
        await at.see("What changed", "other wording")
        await at.press("escape", "z")
        await at.told("Took back")
        await at.see("not gone on to yet")


async def test_without_editions_the_keys_say_so(tmp_path: Path) -> None:
    path = made.goals(tmp_path / "goals.gapbench")
    async with sitting(path) as at:
        await at.press("N")
        await at.told("No newer edition")
        await at.press("E")
        await at.see("No framework of this engagement has an edition")
        await at.press("enter", "space", "v", "tab", "down", "end", "home", "pagedown", "q")
        await at.until(lambda: at.place is not None, "the walk is there again")
        await at.press("l")
        await at.told("no text of your own")
