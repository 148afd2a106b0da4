"""An engagement that may only be read: everything is shown, every verb is refused in a sentence, no byte changes."""

from pathlib import Path

from gapbench.engagement.engagement import Engagement
from gapbench.tui.desk import Desk
from tests.tui.screen import CMMI, ISO, Sitting, files_in, sha, sitting


async def _open(at: Sitting, file: Path) -> None:
    at.app.take_desk(Desk(Engagement.open(file, author="E. Gray", read_only=True)))
    await at.until(lambda: at.place is not None, "the walk is up")
    await at.told("read-only: skellgarth.gapbench")


async def _refused(at: Sitting) -> None:
    await at.until(lambda: "read" in at.status and "saved" not in at.status, "the status line refuses")
    assert not at.app.screen.is_modal
    at.app.say("-")
    await at.told("-")


async def test_every_verb_is_refused_in_the_status_line(file: Path) -> None:
    before = sha(file)
    async with sitting(file.parent) as at:
        await _open(at, file)
        await at.stand_on(ISO, "8.4.1 c")
        for key in ("1", "2", "3", "asterisk"):
            await at.press(key)
            await _refused(at)
            assert at.place == (ISO, "8.4.1 c"), "a refused rating does not step on"
        for key in ("z", "Z"):
            await at.press(key)
            await at.until(lambda: at.status != "-", "something is told")
            assert "saved" not in at.status
        for key in ("t", "minus", "full_stop"):
            await at.press(key)
            await at.until(lambda: at.app.screen.is_modal, "a text is asked")
            await at.type("x")
            await at.press("escape")
            await _refused(at)
        await at.stand_on(ISO, "8.3.6 c")
        await at.press("backspace")
        await _refused(at)
        await at.stand_on(ISO, "8.4")
        await at.press("1")
        await _refused(at)
        await at.stand_on(CMMI, "GOV 2.3")
        await at.press("d", "1")
        await at.see("Why?")
        await at.type("x")
        await at.press("escape")
        await _refused(at)
        await at.stand_on(CMMI, "DAR")
        await at.press("minus", "1")
        await at.see("Why is DAR")
        await at.type("x")
        await at.press("escape")
        await _refused(at)
        # the form of a finding tells it itself and keeps what was typed
        await at.stand_on(ISO, "8.4.1 c")
        await at.press("f")
        await at.see("New finding on")
        await at.press("tab")
        await at.type("Seen in May")
        await at.press("escape")
        await at.see("Seen in May")
        assert at.app.screen.is_modal
        assert "read" in at.text
        await at.press("shift+tab", "x")
        await at.until(lambda: not at.app.screen.is_modal, "x leaves without it")
        # scope
        await at.press("s")
        await at.see("Frameworks")
        await at.press("home", "down", "enter")
        await at.until(lambda: at.app.screen.is_modal, "a field is asked")
        await at.type("x")
        await at.press("escape")
        await _refused(at)
        await at.press("n")
        await at.type("Osprey")
        await at.press("enter", "1")
        await _refused(at)
        await at.press("end", "backspace", "y")
        await _refused(at)
    assert sha(file) == before
    assert files_in(file.parent) == [file.name]


async def test_everything_else_works(file: Path) -> None:
    async with sitting(file.parent) as at:
        await _open(at, file)
        await at.stand_on(ISO, "8.3.6 c")
        for key in ("equals_sign", "enter", "h", "v", "question_mark", "colon", "number_sign"):
            await at.press(key)
            await at.until(lambda: at.app.screen.is_modal, f"{key} shows something")
            await at.press("escape")
            await at.until(lambda: not at.app.screen.is_modal, "esc closes it")
        await at.press("r")
        await at.see("INCOMPLETE")


async def test_its_workbook_can_be_written(file: Path, tmp_path: Path) -> None:
    async with sitting(file.parent) as at:
        await _open(at, file)
        await at.press("b")
        await at.see("Write the client workbook")
        await at.press("ctrl+u")
        await at.paste(str(tmp_path / "x.xlsx"))
        await at.press("enter")
        await at.told("Workbook written")
        await at.app.workers.wait_for_complete()
    assert "x.xlsx" in files_in(tmp_path)
