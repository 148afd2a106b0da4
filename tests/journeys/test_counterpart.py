"""To the counterpart and back: what the other framework says beside the item, and what it only suggests."""

from pathlib import Path

from gapbench.engagement.engagement import Engagement
from tests.tui import made
from tests.tui.screen import CMMI, ISO, NEWER, SMALL, WIDE, sitting


async def test_there_and_back(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(ISO, "8.4.2 c1")
        await at.see("in CMMI 2.0", "SAM 1.2 FM FM NY", "strong, ISO suffices", "3 more, X shows all")
        await at.press("x")
        await at.standing_on("SAM 1.2")
        await at.told("SAM 1.2 is the counterpart of 8.4.2 c1; x goes back")
        await at.see("in ISO 9001:2015", "8.4.2 0 of 6 rated")
        await at.press("x")
        await at.standing_on("8.4.2 c1")
        await at.told("Back at 8.4.2 c1")
        await at.press("x")
        await at.standing_on("SAM 1.2")
        # from a practice that nobody came from it leads to the first open point of its clause
        await at.stand_on(CMMI, "CM 2.2")
        await at.press("x")
        await at.standing_on("7.5.3.1 a")
        # a clause stands for its first point
        await at.stand_on(ISO, "8.4.2")
        await at.press("x")
        await at.standing_on("SAM 1.2")


async def test_a_narrowed_list_is_there_again_on_the_way_back(file: Path) -> None:
    async with sitting(file, size=SMALL) as at:
        await at.press("v")
        await at.see("Which items stay")
        await at.press("u")
        await at.see("view unrated")
        await at.press("number_sign")
        await at.see("Go to which number?")
        await at.paste("8.4.2 a")
        await at.press("enter")
        await at.standing_on("8.4.2 a")
        await at.see("view unrated")
        await at.press("x")  # rated in the unit in hand: not in that list
        await at.standing_on("SAM 1.2")
        await at.see("view all")
        await at.press("x")
        await at.standing_on("8.4.2 a")
        await at.see("view unrated")


async def test_where_there_is_no_counterpart_it_says_so(file: Path, tmp_path: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(ISO, "4.1 §1")
        await at.press("x")
        await at.told("4.1 §1 has only weak counterparts in CMMI 2.0; X shows them.")
        await at.press("u")
        await at.told("t writes the note of 4.1 §1 alone.")
        await at.press("X")
        await at.see("Counterparts of 4.1 §1", "only weak counterparts", "w shows 4 weak ones")
        await at.press("w")
        await at.see("w hides 4 weak ones", "weak: ", "low confidence")
        await at.press("w")
        await at.see("w shows 4 weak ones")
        await at.press("escape")
        await at.gone("Counterparts of")
        await at.stand_on(ISO, ISO)
        for key, purpose in (("x", "go to its counterpart"), ("X", "see its counterparts"), ("u", "write a note")):
            await at.press(key)
            await at.told(f"Stand on an item to {purpose}")
    async with sitting(made.spice(tmp_path / "spice.gapbench")) as at:
        await at.stand_on(made.SPICE, "SWE.1 PA 1.1")
        await at.press("x")
        await at.told("No other framework of this engagement has counterparts here.")
        await at.press("X")
        await at.see("No other framework")


async def test_all_pairs_with_their_reasons(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(CMMI, "CAR 1.1")
        await at.press("X")
        await at.see(
            "Counterparts of CAR 1.1",
            "10.2.1  Reacting to nonconformities",
            "strong: good evidence for the clause usually suffices",
            "high confidence; a link of these themes was read in a published source; X395",
            "Still to ask: ",
            "it never rates",
        )


async def test_a_conforming_clause_proposes_candidates_and_rates_nothing(file: Path) -> None:
    async with sitting(file) as at:
        await at.stand_on(ISO, "10.2.1")
        await at.press("1")
        await at.told("Rate 10 unrated below 10.2.1 conforming")
        before = at.engagement.answers(CMMI)
        await at.press("x")
        await at.standing_on("CAR 1.1")
        await at.see("candidate  ISO 9001:2015 10.2.1 conforms; ask", "every sampled project for evidence")
        marked = next(line for line in at.text.splitlines() if line.startswith(">"))
        assert " e  . " in marked, "a letter, beside the dot of what is unrated"
        assert at.engagement.answers(CMMI) == before
        await at.press("r")
        await at.see("aimed at")
        figures = [_words(at.app.screen, number) for number in range(60)]
        assert " confirmed by rating  108   87 met, 21 gaps" in figures
        assert " candidate              2   by a clause: evidence to ask for" in figures
        assert " neither               71   " in figures
        assert " questions saved      112   asked 393, answers 505" in figures
        assert "2 candidates among the practices: evidence to ask for, no rating" in figures
        assert " CAR 1.1  10.2.1 conforms" in figures
        await at.press("w", "z")
        await at.told("Took back")
        await at.stand_on(CMMI, "CAR 1.1")
        await at.gone("candidate  ISO")
    with Engagement.open(file) as again:
        assert again.check() == ()


def _words(screen: object, number: int) -> str:
    side = screen.query("Side").last()  # type: ignore[attr-defined]
    return "".join(text for text, _ in side.figures[number].row(90)) if number < len(side.figures) else ""


async def test_what_failed_strongly_is_a_look_on_the_other_side(file: Path) -> None:
    async with sitting(file, size=SMALL) as at:
        await at.stand_on(CMMI, "II 2.2")
        assert at.walk.desk.findings_on(CMMI, ("II 2.2",)) == ()
        await at.press("X")
        await at.see("check: ISO 9001:2015 4.4.1 failed: have a look at CMMI 2.0 II 2.2.")
        await at.press("escape")
        await at.gone("Counterparts of")
        await at.resize(*WIDE)
        await at.see("check      ISO 9001:2015 4.4.1 failed: have a")


async def test_two_editions_have_counterparts_too(example: Path, tmp_path: Path) -> None:
    path = made.gone_on(example, tmp_path / "dual.gapbench", "dual")
    async with sitting(path, size=WIDE) as at:
        await at.stand_on(NEWER, "6.1.2 a")
        await at.see("in CMMI 2.0", "RSK 2.2")
        await at.press("x")
        await at.standing_on("RSK 2.2")
        await at.see("in ISO 9001:2015", "in ISO 9001:2026")
        await at.press("x")
        await at.until(lambda: at.place == (NEWER, "6.1.2 a"), "back at the point of 2026")
