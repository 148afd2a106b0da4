"""From an empty folder to an engagement with its scope, by keyboard; then the file is opened again."""

from pathlib import Path

import pytest

from gapbench.engagement.engagement import Engagement
from gapbench.errors import FileError
from tests.tui.screen import CMMI, ISO, SMALL, Sitting, files_in, sitting


async def _name_client(at: Sitting, client: str) -> None:
    await at.press("n")
    await at.see("1 of 4")
    await at.type(client)
    await at.press("enter")
    await at.see("2 of 4")


async def test_four_questions_make_a_file(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=SMALL) as at:
        await at.see("No engagement in this folder yet.")
        await at.press("n")
        await at.see("1 of 4")
        await at.press("enter")
        await at.see("Type the client's name")
        await at.type("Acme Rail")
        await at.press("enter")
        await at.see("2 of 4")
        await at.press("enter")
        await at.see("Mark at least one")
        await at.press("space", "down", "space", "space")  # the second: marked and unmarked
        await at.type("cmmi2")
        await at.see('"cmmi2"', "CMMI 2.0")
        await at.gone("AS9100")
        await at.press("space")
        await at.see("2 marked", "AS9100")
        await at.press("enter")
        await at.see("which view")
        await at.press("2")
        await at.see("which level")
        await at.press("2")
        await at.see("3 of 4", "none, the organisation answers as one")
        await at.type("Falcon, Team 7")
        await at.press("enter")
        await at.see("What is Falcon, Team 7?")
        await at.press("1")
        await at.see("Falcon (project), Team 7 (project)")
        await at.type("Process Group")
        await at.press("enter")
        await at.see("What is Process Group?")
        await at.press("2")
        await at.see("Process Group (function)")
        await at.type("Plant North")
        await at.press("enter")
        await at.see("What is Plant North?")
        await at.press("3")
        await at.see("Plant North (site)")
        await at.press("enter")
        await at.see("4 of 4", "acme-rail.gapbench")
        await at.press("enter")
        await at.see("Started.", "Acme Rail", "CMMI 2.0, view SVC, target maturity level 2", "Team 7")
        assert not at.engagement.read_only
        await at.press("ctrl+q")
    path = tmp_path / "acme-rail.gapbench"
    assert files_in(tmp_path) == [path.name], "one file at rest"
    with Engagement.open(path) as made:
        assert made.profile().client == "Acme Rail"
        assert [(each.catalog, each.views, each.target) for each in made.frameworks()] == [
            (ISO, (), 0),
            (CMMI, ("SVC",), 2),
        ]
        assert [(unit.name, unit.kind) for unit in made.units()] == [
            ("Falcon", "project"),
            ("Team 7", "project"),
            ("Process Group", "function"),
            ("Plant North", "site"),
        ]
        assert made.history()[0].author == "E. Gray"
        assert made.check() == ()


async def test_esc_goes_one_question_back_and_loses_no_answer(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await _name_client(at, "Acme")
        await at.type("cmmi2")
        await at.press("space", "enter")
        await at.see("which view")
        await at.press("escape")
        await at.see("2 of 4", "[x] CMMI 2.0", "1 marked")
        await at.type("cmmi2")
        await at.press("space")
        await at.type("9001:2015")
        await at.press("space", "enter")
        await at.see("3 of 4")
        await at.type("Plant North")
        await at.press("enter")
        await at.see("What is Plant North?")
        await at.press("3")
        await at.see("Plant North (site)")
        await at.press("enter")
        await at.see("4 of 4")
        await at.press("escape")
        await at.see("3 of 4", "Plant North (site)")
        await at.press("escape")
        await at.see("2 of 4", "[x] ISO 9001:2015")
        await at.press("escape")
        await at.see("1 of 4", "Acme")
        assert not files_in(tmp_path)
        await at.press("escape")
        await at.told("Nothing was started.")
    assert not files_in(tmp_path)


async def test_a_unit_that_is_there_already_is_refused_in_the_question(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await _name_client(at, "Acme")
        await at.press("space", "enter")
        await at.see("3 of 4")
        await at.type("North")
        await at.press("enter")
        await at.see("What is North?", "site")
        assert not at.shows("project"), "ISO alone asks no projects"
        await at.press("3")
        await at.see("North (site)")
        await at.type("north")
        await at.press("enter")
        await at.see("north is in the list already")
        await at.type(", South, south")
        await at.press("home", *["delete"] * 7, "enter")
        await at.see("south is in the list already")
        await at.press("end", "ctrl+u", "enter")
        await at.see("4 of 4")
        await at.press("enter")
        await at.see("Started.", "North")
    with Engagement.open(tmp_path / "acme.gapbench") as made:
        assert [(unit.name, unit.kind) for unit in made.units()] == [("North", "site")]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("acme.xlsx", "end in .gapbench"),
        ("taken.gapbench", "a file of that name already"),
        ("no/such/folder.gapbench", "There is no folder"),
        ("~nobody-here/acme.gapbench", "type another name"),
        (f"{'x' * 300}.gapbench", "type another"),
        ("a\0b.gapbench", "type another"),
    ],
    ids=["suffix", "taken", "folder", "home", "long", "nul"],
)
async def test_a_place_that_cannot_be_is_refused_in_the_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    taken = tmp_path / "taken.gapbench"
    taken.write_text("mine", encoding="utf-8")
    async with sitting(tmp_path) as at:
        await _name_client(at, "Acme")
        await at.press("space", "enter")
        await at.see("3 of 4")
        await at.press("enter")
        await at.see("4 of 4")
        await at.press("end", "ctrl+u")
        await at.paste(typed)
        await at.press("enter")
        await at.see("4 of 4")
        await at.until(lambda: told in " ".join(at.text.replace("│", " ").split()), f"{told!r} is told")
    assert taken.read_text(encoding="utf-8") == "mine"


async def test_scope_is_changed_line_by_line(file: Path) -> None:
    async with sitting(file) as at:
        await at.press("s")
        await at.see("target maturity level 3")
        # a field: its text goes on at the end
        await at.press("enter")
        await at.see("The name on the cover")
        await at.press("backspace")
        await at.type(" Ltd")
        await at.press("escape")
        await at.told("saved")
        assert at.engagement.profile().client == "Skellgarth Mission Software Ltd"
        # a new unit
        await at.press("n")
        await at.see("Name of the unit")
        await at.type("Osprey")
        await at.press("enter")
        await at.see("What is Osprey?")
        await at.press("3")
        await at.told("Add site Osprey")
        assert [(unit.name, unit.kind) for unit in at.engagement.units()][-1] == ("Osprey", "site")
        # a name that is taken
        await at.press("n")
        await at.see("Name of the unit")
        await at.type("osprey")
        await at.press("enter", "1")
        await at.told("There is a unit osprey already")
        # taken out, and back with all its answers
        await at.press("end", "up", "up")
        before = at.engagement.answers(CMMI)
        kestrel = next(unit.id for unit in at.engagement.units() if unit.name == "Kestrel")
        gone = sum(of == kestrel for _, of in before)
        await at.press("backspace")
        await at.see(f"Take Kestrel out, with its {gone} answers?")
        await at.press("n")
        assert len(at.engagement.units()) == 5
        await at.press("backspace")
        await at.see("Take Kestrel out")
        await at.press("y")
        await at.told("Remove Kestrel")
        assert len(at.engagement.answers(CMMI)) == len(before) - gone
        await at.gone("Kestrel  ")
        await at.press("z")
        await at.told("Took back: Remove Kestrel")
        assert at.engagement.answers(CMMI) == before
        # what is no unit and no framework stays
        await at.press("home", "backspace")
        await at.told("Only a framework or a unit")
    with Engagement.open(file) as again:
        assert [unit.name for unit in again.units()] == ["Falcon", "Heron", "Kestrel", "Process Group", "Osprey"]
        assert again.profile().client.endswith("Ltd")
        assert again.check() == ()


async def test_frameworks_come_change_and_go(file: Path) -> None:
    async with sitting(file) as at:
        before = at.engagement.answers(ISO)
        await at.stand_on(ISO, "8.4.1 b")
        await at.press("1")
        await at.told("saved")
        await at.press("z", "s")
        await at.see("target maturity level 3")
        # add one, with two domains
        await at.press("a")
        await at.see("Which framework?")
        await at.type("9001:2027")  # the last letter leaves nothing and is not taken
        await at.see('"9001:202"', "ISO 9001:2026")
        await at.press("escape")
        await at.see("type to narrow", "AS9100")
        await at.type("cmmi 3")
        await at.press("enter")
        await at.see("They can be combined.")
        await at.press("4", "enter")
        await at.see("which level")
        await at.press("2")
        await at.told("Add CMMI 3.0")
        assert [(each.catalog, each.views, each.target) for each in at.engagement.frameworks()][-1] == (
            "cmmi-3.0",
            ("DEV", "SEC"),
            2,
        )
        await at.see("view DEV+SEC, target maturity level 2")
        # another level for the second one
        await at.press("home", *["down"] * 14)
        await at.press("enter")
        await at.see("CMMI 2.0: which view?")
        await at.press("1")
        await at.see("which level")
        await at.press("4")
        await at.told("Change CMMI 2.0")
        assert at.engagement.frameworks()[1].target == 4
        # from how many points a finding is major
        await at.press("up", "enter")
        await at.see("From how many points")
        for wrong in ("0", "²", "9" * 5000):
            await at.press("end", "ctrl+u")
            await at.paste(wrong)
            await at.press("enter")
            await at.see("Type a number from 1 to 99.")
        await at.press("end", "ctrl+u", "5", "enter")
        await at.told("Change ISO 9001")
        assert at.engagement.frameworks()[0].major_threshold == 5
        # out with ISO: nothing that was said of it may be asked for any more
        await at.press("backspace")
        await at.see("Take ISO 9001:2015 out, with its answers?")
        await at.press("y")
        await at.told("Remove ")
        assert ISO not in at.app.desk.readiness.cases if at.app.desk else False
        await at.press("w")
        await at.until(lambda: at.place and at.place[0] == CMMI, "the walk stands on what is left")
        await at.press("n")  # the note on the item rated last: its framework is gone
        await at.told("")
        await at.press("F")
        assert not at.app.screen.is_modal
        await at.press("z")
        await at.told("Took back: Remove")
        assert at.engagement.answers(ISO) == before
        assert ISO in {line.catalog for line in at.app.desk.walk.lines} if at.app.desk else False
    with Engagement.open(file) as again:
        assert len(again.frameworks()) == 3
        assert again.check() == ()


async def test_undo_where_nothing_is_left_to_show(tmp_path: Path) -> None:
    async with sitting(tmp_path) as at:
        await _name_client(at, "Acme")
        await at.press("space", "enter")
        await at.see("3 of 4")
        await at.press("enter")
        await at.see("4 of 4")
        await at.press("enter")
        await at.see("Started.")
        await at.press("r")
        await at.see("nothing rated")
        await at.press("z")  # takes the scope back: readiness has nothing to show any more
        await at.told("Took back: Set the scope")
        await at.see("Nothing to be ready for yet")
        await at.press("down", "enter", "space", "tab", "equals_sign", "end", "home", "pagedown")
        await at.press("w")
        await at.see("No framework yet", "s goes to the scope")
        keys = "1 minus space t n f F d h enter tab left right equals_sign y asterisk backspace left_square_bracket"
        await at.press(*keys.split())
        assert at.place is None
        await at.press("Z")
        await at.told("Did again: Set the scope")
        await at.until(lambda: at.place is not None, "the list is there again")


async def test_a_file_that_cannot_be_made_is_told_and_every_answer_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Engagement:
        raise FileError("There is no room left on the disk.")

    async with sitting(tmp_path) as at:
        await _name_client(at, "Acme")
        await at.press("space", "enter")
        await at.see("3 of 4")
        await at.press("enter")
        await at.see("4 of 4")
        with monkeypatch.context() as broken:
            broken.setattr("gapbench.tui.screens.new_engagement.start", full)
            await at.press("enter")
            await at.see("4 of 4", "There is no room left on the disk.", "acme.gapbench")
        await at.press("enter")
        await at.see("Started.")
    assert files_in(tmp_path) == ["acme.gapbench"]
