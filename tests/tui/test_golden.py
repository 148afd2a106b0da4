"""Every screen and every dialog as text, at both sizes, against the files in golden/.

After a change that is meant, write the files again and read the difference before it is committed:

    GAPBENCH_GOLDEN=write python -m pytest -q tests/tui/test_golden.py && git diff tests/tui/golden

A file is the screen line by line without blanks at the ends of lines; colours are another test's matter.
"""

import difflib
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.tui import made
from tests.tui.made import KPA, SPICE, V13
from tests.tui.screen import CMMI, ISO, NEWER, SMALL, WIDE, Sitting, sitting

GOLDEN = Path(__file__).parent / "golden"
WRITE = os.environ.get("GAPBENCH_GOLDEN") == "write"

POINT = (ISO, "8.3.6 c")
PRACTICE = (CMMI, "CM 2.2")
OWN = """gapbench_overlay: 1
catalog: iso9001-2015
owner: Gray Consulting, one licence
items:
  "8.4.1 c":
    title: Outsourced work [/red] is controlled
    text: |-
      Here stands what the licensed copy says, in as many words as it takes; the house asks for the control plan of
      every coating and every casting, and for the name of the person who last looked at it.
    note: Ask for the plan of the last three orders.
    checked: true
"""

UNDECIDED = (CMMI, "GOV 2.3")
OPEN_POINT = (ISO, "8.4.1 b")


@dataclass(frozen=True)
class Shot:
    """How to get somewhere.

    Attributes:
        start: "file" opens the example; "folder" lists it among others; "empty" is the first run; any other is a
            function of `made`, or the example with its ISO 9001 in the newer edition ("transition", "dual").
        at: Line of the walk to stand on first.
        does: Each entry is keys to press, or "=text" to type, then what must stand on the screen before going on.
        sizes: The app starts at the first; the terminal is then given the others.
    """

    name: str
    start: str = "file"
    at: tuple[str, str] | None = None
    does: Sequence[tuple[str | tuple[str, ...], str]] = ()
    sizes: Sequence[tuple[int, int]] = (SMALL, WIDE)


_NEW = (("n", "1 of 4"), ("=Acme Rail", "Acme Rail"), ("enter", "2 of 4"))
_BOTH = (("space",), "1 marked"), ("=cmmi2", "cmmi2"), (("space",), "2 marked")
_CHOSEN = (*_NEW, *_BOTH, ("enter", "which view"))
_UNITS = (*_CHOSEN, ("enter", "which level"), ("enter", "3 of 4"))

_TO_CANDIDATES = (("tab", "end", *["up"] * 7), "2 candidates among the practices")

SHOTS: tuple[Shot, ...] = (
    Shot("home", "folder", does=((("down",), "73.4"),)),
    Shot("home-first-run", "empty"),
    Shot("home-help", "empty", does=(("question_mark", "Keys and help"),)),
    Shot("new-1-client", "empty", does=_NEW[:2]),
    Shot("new-2-frameworks", "empty", does=(*_NEW, *_BOTH)),
    Shot("new-2-view", "empty", does=_CHOSEN),
    Shot("new-2-level", "empty", does=_UNITS[:-1]),
    Shot("new-3-units", "empty", does=_UNITS),
    Shot("new-4-file", "empty", does=(*_UNITS, ("enter", "4 of 4"))),
    Shot("scope", does=(("s", "target maturity"),)),
    Shot("scope-field", does=(("s", "target maturity"), (("down", "enter"), "What this is called"))),
    Shot("scope-unit", does=(("s", "target maturity"), ("n", "Name of the unit"))),
    Shot("scope-unit-kind", does=(("s", "target maturity"), (("n", "O", "enter"), "What is O?"))),
    Shot("scope-framework", does=(("s", "target maturity"), ("a", "Which framework?"))),
    Shot("scope-drop", does=(("s", "target maturity"), (("end", "backspace"), "Take Process Group out"))),
    Shot("scope-help", does=(("s", "target maturity"), ("question_mark", "Keys and help"))),
    Shot("walk-point", at=POINT),
    Shot("walk-open-point", at=OPEN_POINT),
    Shot("walk-practice", at=PRACTICE),
    Shot("walk-practice-undecided", at=UNDECIDED),
    Shot("walk-clause", at=(ISO, "8.3")),
    Shot("walk-area", at=(CMMI, "CM")),
    Shot("walk-level", at=(CMMI, "CM/2")),
    Shot("walk-framework", at=(ISO, ISO)),
    Shot("walk-narrow", at=POINT, sizes=((60, 20), (20, 5))),
    Shot("walk-search", at=POINT, does=(("slash", "words to find"), ("=audit prog", "audit prog   "))),
    Shot("walk-search-empty", at=POINT, does=(("slash", "words to find"), ("=xyzzy", "0 items"))),
    Shot("walk-rated", at=OPEN_POINT, does=(("2", "saved"),)),
    Shot("filter", at=POINT, does=(("v", "Which items stay"),)),
    Shot("filter-due", at=POINT, does=(("v", "Which items stay"), ("d", "view due"))),
    Shot("finding-recorded", at=POINT, does=(("f", "F-02 on"),)),
    Shot("finding-new", at=PRACTICE, does=(("f", "New finding"),)),
    Shot("note", at=PRACTICE, does=(("t", "Note on CM 2.2"),)),
    Shot("not-applicable", at=POINT, does=(("minus", "Why?"),)),
    Shot("no-trigger", at=OPEN_POINT, does=(("full_stop", "Why?"),)),
    Shot("judgement", at=UNDECIDED, does=(("d", "Judgement on"),)),
    Shot("exclusion", at=(CMMI, "CM"), does=(("minus", "who is in scope"),)),
    Shot("card", at=POINT, does=(("enter", "arrows scroll"),)),
    Shot("history", at=POINT, does=(("h", "History of 8.3.6 c"),)),
    Shot("arithmetic-clause", at=(ISO, "9.2"), does=(("equals_sign", "Arithmetic of 9.2"),)),
    Shot("arithmetic-area", at=(CMMI, "CM"), does=(("equals_sign", "Arithmetic of CM"),)),
    Shot("goto", at=POINT, does=(("number_sign", "Go to which number?"),)),
    Shot("goto-refused", at=POINT, does=(("number_sign", "Go to"), ("=99.9", "99.9"), ("enter", 'no "99.9"'))),
    Shot("workbook", at=POINT, does=(("b", "Write the client workbook"),)),
    Shot("walk-help", at=POINT, does=(("question_mark", "Keys and help"),)),
    Shot("palette", at=POINT, does=(("colon", "go to the next item"),)),
    Shot("palette-words", at=POINT, does=(("colon", "go to the next item"), ("=9.2.1", "go to 9.2.1"))),
    Shot("readiness", does=(("r", "INCOMPLETE"),)),
    Shot("readiness-cmmi", at=PRACTICE, does=(("r", "of 3 aimed at"),)),
    Shot("readiness-arithmetic", does=(("r", "INCOMPLETE"), (("down", "enter"), "Arithmetic of 4"))),
    # other models
    Shot("goals-practice", "goals", (V13, "CM SP 2.2")),
    Shot("goals-goal", "goals", (V13, "CM GG 2")),
    Shot("goals-area", "goals", (V13, "CM")),
    Shot("goals-judgement", "goals", (V13, "CM SG 2"), (("d", "significant"),)),
    Shot("goals-readiness", "goals", (V13, "CM"), (("r", "aimed at"),)),
    Shot("goals-arithmetic", "goals", (V13, "CM"), (("equals_sign", "Arithmetic of CM"),)),
    Shot("goals-scope", "goals", (V13, "CM"), (("s", "target maturity"),)),
    Shot("profile-readiness", "profile", (V13, "CM"), (("r", "aimed at"),)),
    Shot("profile-area", "profile", (V13, "MA")),
    Shot("kpa-goal", "kpa", (KPA, "SPP G2")),
    Shot("kpa-readiness", "kpa", (KPA, "SPP"), (("r", "aimed at"),)),
    Shot("spice-attribute", "spice", (SPICE, "SYS.4 PA 2.2")),
    Shot("spice-process", "spice", (SPICE, "SWE.1")),
    Shot("spice-group", "spice", (SPICE, "SWE")),
    Shot("spice-readiness", "spice", (SPICE, "SWE.1"), (("r", "aimed at"),)),
    Shot("spice-scope", "spice", (SPICE, "SWE.1"), (("s", "target capab"),)),
    # editions
    Shot("newer-preview-cmmi", at=PRACTICE, does=(("N", "1 goes on"),)),
    Shot("newer-preview", at=POINT, does=(("N", "1 goes on"),)),
    Shot("carried-point", "transition", (NEWER, "6.1.2 b1")),
    Shot("carried-clause", "transition", (NEWER, "6.1.2")),
    Shot("carried-confirmed", "transition", (NEWER, "6.1.2 b1"), (("c", "Confirm 6.1.2 b1"),)),
    Shot("changed-point", "transition", (NEWER, "6.1.2 a")),
    Shot("new-point", "transition", (NEWER, "6.1.3 a")),
    Shot("disputed-point", "transition", (NEWER, "8.4.3 d")),
    Shot("filter-editions", "transition", (NEWER, "6.1.2 a"), (("v", "Which items stay"),)),
    Shot("filter-changed", "transition", (NEWER, "6.1.2 a"), (("v", "Which items stay"), ("n", "view new or changed"))),
    Shot("dual-framework", "dual", (ISO, ISO)),
    Shot("dual-shared", "dual", (ISO, "9.2.2 c")),
    Shot("dual-differs", "dual", (NEWER, "4.2 c")),
    Shot("dual-heading", "dual", (NEWER, "6.1.2")),
    Shot("dual-new-clause", "dual", (NEWER, "6.1.3")),
    Shot("dual-only-former", "dual", (ISO, "6.1.2 §2")),
    Shot("dual-readiness", "dual", (ISO, "4.2 b"), (("r", "INCOMPLETE"), ("tab", "ISO 9001:2026   INCOMPLETE"))),
    Shot("bridge", at=(ISO, "6.1.2 b1"), does=(("E", "keep their meaning"), ("enter", "6.1.2 a"))),
    Shot("bridge-gone-on", "transition", (NEWER, "6.1.2 a"), (("E", "gone on to"), ("enter", "6.1.2 a"))),
    Shot("bridge-cmmi", at=PRACTICE, does=(("E", "keep their meaning"), ("enter", "CM"))),
    Shot("bridge-help", at=POINT, does=(("E", "keep their meaning"), ("question_mark", "Keys and help"))),
    # across the frameworks
    Shot("pairs", at=(CMMI, "RSK 2.1"), does=(("X", "Counterparts of RSK 2.1"),)),
    Shot("pairs-weak", at=(ISO, "4.1 §1"), does=(("X", "w shows"), ("w", "w hides"))),
    Shot("counterpart", at=(ISO, "8.4.2 c1"), does=(("x", "SAM 1.2 is the counterpart"),)),
    Shot("candidate", at=(ISO, "10.2.1"), does=(("1", "saved"), ("x", "candidate  "))),
    Shot("candidate-readiness", at=(ISO, "10.2.1"), does=(("1", "saved"), ("r", "INCOMPLETE"), _TO_CANDIDATES)),
    Shot("theme", at=(ISO, "8.4.2 a"), does=((("o", "left"), "asked 393"),)),
    Shot("theme-point", at=(ISO, "8.4.2 a"), does=(("o", "by theme"),)),
    Shot("theme-practice", at=(CMMI, "SAM 2.1"), does=(("o", "by theme"),)),
    Shot("theme-alone", at=(CMMI, "DAR 1.1"), does=(("o", "by theme"),)),
    Shot("theme-note", at=(ISO, "8.4.2 a"), does=(("o", "by theme"), ("u", "One note for both"))),
    Shot("theme-saved", at=(ISO, "8.4.2 a"), does=((("o", "left"), "asked 393"), ("equals_sign", "the longer side"))),
    Shot("theme-dual", "dual", (NEWER, "6.1.2 a"), (("o", "by theme"),)),
    Shot("theme-goals", "goals", (V13, "CM SP 2.2"), (("o", "by theme"),)),
    Shot("theme-none", "spice", (SPICE, "SWE.1 PA 1.1"), ((("o", "left"), "What no package"),)),
    Shot("interview", at=(CMMI, "CM 2.4"), does=((("o", "o", "left"), "Can answer"),)),
    Shot("interview-item", at=(CMMI, "CM 2.4"), does=((("o", "o"), "by interview"),)),
    Shot("own-text", "own", (ISO, "8.4.1 c")),
    Shot("own-text-full", "own", (ISO, "8.4.1 c"), (("l", "Your text on 8.4.1 c"),)),
    Shot("readiness-help", does=(("r", "INCOMPLETE"), ("question_mark", "Keys and help"))),
)


@pytest.mark.parametrize("shot", SHOTS, ids=[shot.name for shot in SHOTS])
async def test_golden(shot: Shot, example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a relative path: the name of the test's own folder must not show
    monkeypatch.setattr("gapbench.tui.screens.walk_list.SIDE_DELAY", 0.001)
    difference: list[str] = []
    async with sitting(lay_out(shot.start, example), size=shot.sizes[0]) as at:
        await reach(shot, at)
        for size in shot.sizes:
            await at.resize(*size)
            difference += compare(f"{shot.name}-{size[0]}x{size[1]}.txt", await at.rest() + "\n")
    if difference:
        pytest.fail("\n".join(difference), pytrace=False)


async def reach(shot: Shot, at: Sitting) -> None:
    """Go where the shot is taken."""
    if shot.at:
        await at.stand_on(*shot.at)
    for keys, words in shot.does:
        if isinstance(keys, str) and keys.startswith("="):
            await at.paste(keys[1:])
        else:
            await at.press(*([keys] if isinstance(keys, str) else keys))
        await at.see(words)


def compare(name: str, seen: str) -> list[str]:
    """Lines that differ from the golden text; writes it anew when asked."""
    target = GOLDEN / name
    if WRITE:
        target.write_text(seen, encoding="utf-8", newline="\n")
    wanted = target.read_text(encoding="utf-8") if target.exists() else ""
    return list(difflib.unified_diff(wanted.splitlines(), seen.splitlines(), name, "now", lineterm=""))


def lay_out(start: str, example: Path) -> Path:
    """The file or folder that the app is started on."""
    folder = Path("clients")
    folder.mkdir()
    if start in {"goals", "profile", "spice", "kpa"}:
        make: Callable[[Path], Path] = getattr(made, start)
        return make(folder / "northwind.gapbench")
    if start in {"transition", "dual"}:
        return made.gone_on(example, folder / "skellgarth.gapbench", "dual" if start == "dual" else "transition")
    if start == "empty":
        return folder
    if start == "own":
        made.overlay(ISO, OWN, Path(os.environ["HOME"]))
        start = "file"
    path = folder / "skellgarth.gapbench"
    shutil.copy(example, path)
    if start == "folder":
        (folder / "broken.gapbench").write_bytes(path.read_bytes()[:5000])
        (folder / "letter.gapbench").write_text("Dear client", encoding="utf-8")
        for age, each in enumerate(sorted(folder.iterdir())):
            os.utime(each, (1_790_000_000 - age, 1_790_000_000 - age))
    return path if start == "file" else folder


def test_no_golden_is_left_over() -> None:
    wanted = {f"{shot.name}-{width}x{height}.txt" for shot in SHOTS for width, height in shot.sizes}
    assert {path.name for path in GOLDEN.iterdir()} == wanted
