"""The shelf: what lies in a folder, what cannot be opened, the way in and out, and the workbook as the last step."""

from pathlib import Path

from gapbench.engagement.engagement import Engagement
from gapbench.engagement.values import Profile
from tests.tui.screen import CMMI, ISO, SMALL, files_in, sitting


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _spoil(file: Path) -> None:
    """A broken engagement and two that are none, next to a good one."""
    whole = file.read_bytes()
    file.with_name("broken.gapbench").write_bytes(whole[:5000])
    file.with_name("letter.gapbench").write_text("Dear client", encoding="utf-8")
    file.with_name("empty.gapbench").write_bytes(b"")
    file.with_name("folder.gapbench").mkdir()


async def test_every_file_of_the_folder_stands_there_and_bad_ones_say_why(file: Path) -> None:
    _spoil(file)
    file.with_name("folder.gapbench").rmdir()
    before = _bytes(file.parent)
    async with sitting(file.parent) as at:
        await at.see("Skellgarth", "ISO 73.4 %", "broken.gapbench is damaged", "letter.gapbench is not an engagement")
        await at.until(lambda: "reading" not in at.text, "every file has been looked at")
        assert at.text.count("empty.gapbench") >= 2, "the empty one says why as well"
        for _line in range(4):
            await at.press("enter")
            if at.app.desk is not None:
                break
            await at.see("gapbench   ISO 9001 and CMMI")
            assert at.status, "a refusal is told in the status line"
            await at.press("down")
        await at.until(lambda: at.place is not None, "the good one opens")
        await at.press("q")
        await at.see("gapbench   ISO 9001 and CMMI")
        assert at.app.desk is None
    assert _bytes(file.parent) == before, "looking and opening changes no byte"


async def test_a_file_that_is_none_ends_the_program_with_a_sentence(tmp_path: Path) -> None:
    letter = tmp_path / "letter.gapbench"
    letter.write_text("Dear client", encoding="utf-8")
    async with sitting(letter) as at:
        await at.until(lambda: at.app.return_code is not None, "the program ends")
    assert at.app.return_code == 1
    assert files_in(tmp_path) == ["letter.gapbench"]


async def test_an_engagement_that_is_open_elsewhere_is_told(file: Path) -> None:
    async with sitting(file.parent) as at:
        await at.see("Skellgarth")
        with Engagement.open(file):
            await at.press("enter")
            await at.told("open")
            assert at.app.desk is None
        await at.press("enter")
        await at.until(lambda: at.place is not None, "now it opens")


async def test_the_worked_example_is_written_once(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=SMALL) as at:
        await at.press("enter")
        await at.told("e writes the worked example")
        await at.press("escape", "q")
        await at.told("ctrl+q leaves")
        await at.press("down", "up", "end", "home", "pagedown")  # nothing to move in
        await at.press("e")
        await at.until(lambda: at.place is not None, "the example is open")
        await at.stand_on(ISO, "8.4.1 c")
        await at.press("1")
        await at.told("saved")
        await at.press("q")
        await at.see("Skellgarth")
        await at.press("e")
        await at.until(lambda: at.place is not None, "the example is open again")
        assert at.engagement.answer(ISO, "8.4.1 c", "").value == "conforming", "it is not written anew"
    assert files_in(tmp_path) == ["example.gapbench"]


async def test_back_from_home_the_cursor_is_where_it_was(file: Path) -> None:
    with Engagement.create(file.with_name("acme.gapbench"), Profile(client="Acme")):
        pass
    async with sitting(file) as at:
        await at.stand_on(CMMI, "CM 2.2")
        await at.press("q")
        await at.see("Acme", "Skellgarth")
        if "> Acme" in at.text:
            await at.press("down")
        await at.press("enter")
        await at.standing_on("CM 2.2")
        await at.press("T")
        await at.until(lambda: at.app.theme.endswith("light"), "the light theme is on")
        await at.press("s", "T", "r", "q")
        await at.standing_on("CM 2.2")  # one step back is the walk
        await at.press("q")
        await at.see("Acme", "Skellgarth")
        assert at.app.theme.endswith("dark")
        await at.press("question_mark")
        await at.see("Keys and help: home")
        await at.press("escape")
        await at.gone("Keys and help")


async def test_an_engagement_without_frameworks_opens_on_its_scope(tmp_path: Path) -> None:
    path = tmp_path / "acme.gapbench"
    with Engagement.create(path, Profile(client="Acme")):
        pass
    async with sitting(path) as at:
        await at.see("a adds one")
        await at.press("r")
        await at.see("Nothing to be ready for yet")
        await at.press("z")
        await at.told("Nothing to take back.")
        await at.press("Z")
        await at.told("Nothing to do again.")


async def test_the_workbook_is_written_where_it_is_wanted(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "hand over.xlsx"
    async with sitting(file) as at:
        steps = len(at.engagement.history())
        await at.press("b")
        await at.see("Write the client workbook", "skellgarth.xlsx")
        await at.press("escape")
        await at.gone("Write the client workbook")
        await at.press("b")
        await at.see("Write the client workbook")
        await at.press("ctrl+u")
        await at.paste("~nobody-here/x.xlsx")
        await at.press("enter")
        await at.see("No file can be called so")
        await at.press("ctrl+u")
        await at.paste(str(tmp_path / "no" / "folder" / "x.xlsx"))
        await at.press("enter")
        await at.gone("Write the client workbook")
        await at.until(lambda: at.status and "Writing" not in at.status, "the refusal is told")
        assert "Workbook written" not in at.status
        await at.press("b")
        await at.see("Write the client workbook")
        await at.press("ctrl+u")
        await at.paste(str(target))
        await at.press("enter")
        await at.told("Workbook written")
        await at.app.workers.wait_for_complete()
        assert len(at.engagement.history()) == steps
    assert target.read_bytes()[:2] == b"PK"
    assert files_in(file.parent) == [file.name]


async def test_leaving_right_after_a_key_is_quiet(file: Path) -> None:
    """What was to be drawn a moment later must not be looked for in a closed file."""
    async with sitting(file) as at:
        await at.stand_on(ISO, "8.4.1 c")
        await at.press("1")
        walk = at.walk
        at.app.show_home()
        walk._draw_side()  # as its timer does
        walk.outline.refresh()
        await at.see("ISO 9001 and CMMI gap")
        assert at.app.desk is None
    with Engagement.open(file) as again:
        assert again.answer(ISO, "8.4.1 c", "").value == "conforming"
