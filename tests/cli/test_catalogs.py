"""The catalogs as a person meets them on the command line: list, map, check, preview, and one's own."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gapbench import config
from gapbench.catalog.overlay import overlay_path
from gapbench.catalog.shipped import template_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Said

    Run = Callable[..., Said]

ID = "supplier-check-2026"


@pytest.fixture
def own() -> Path:
    """One's own folder with one framework in it."""
    folder = Path(config.library())
    folder.mkdir(parents=True)
    path = folder / "supplier.yaml"
    path.write_bytes(template_file("conformity").read_bytes())
    return path


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# --- list and show -------------------------------------------------------------------------------------


def test_the_list_has_counts_and_fits(run: Run) -> None:
    said = run("catalogs", "list")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0].split() == ["id", "catalog", "areas", "items", "views"]
    assert [line.split()[0] for line in lines if line[0] != " "][1:3] == ["iso9001-2015", "iso9001-2026"]
    assert max(map(len, lines)) <= 80
    assert "cmmi-dev-1.3" in said.out


def test_ones_own_is_listed_and_marked(run: Run, own: Path) -> None:
    said = run("catalogs", "list")
    assert said.out.splitlines()[-1].split() == [ID, "Supplier", "check", "2026", "(own)", "3", "6"]
    rows = json.loads(run("catalogs", "list", "--json").out)
    assert [row["id"] for row in rows if row["own"]] == [ID]
    assert "Tell" not in run("catalogs", "show", ID).err


def test_a_broken_own_one_is_told_beside_the_list(run: Run, own: Path) -> None:
    own.with_name("bad.yaml").write_text("a: [", "utf-8")
    said = run("catalogs", "list")
    assert said.code == 0
    assert ID in said.out
    assert said.sentence.startswith("gapbench: One of your own was left out: bad.yaml, line 2: not YAML")


LISTING = """
import sys
from gapbench.cli import main
main(["catalogs", "list"])
heavy = {"yaml", "jsonschema", "dataclasses", "pathlib", "rich", "sqlalchemy"}
print(sorted(heavy & set(sys.modules)), file=sys.stderr)
"""


def test_listing_reads_no_yaml_and_loads_next_to_nothing() -> None:
    """`-S` keeps `site` away, which loads `pathlib` for packages that are installed for editing."""
    there = {**os.environ, "PYTHONPATH": str(Path(config.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-S", "-c", LISTING], capture_output=True, text=True, check=True, env=there)
    assert done.stderr.strip() == "[]"


def test_show_says_what_changed_and_what_is_to_be_proof_read(run: Run) -> None:
    said = run("catalogs", "show", "iso9001-2026").out
    assert "the edition before: iso9001-2015" in said
    assert "to be proof-read against your" in said
    assert "disputed" in said
    assert "contains iso9001-2015 whole" in run("catalogs", "show", "as9100d").out


# --- maps ------------------------------------------------------------------------------------------------


def test_a_map_is_shown_with_what_it_never_does(run: Run) -> None:
    said = run("catalogs", "map", "sw-cmm-1.1", "cmmi-dev-1.3")
    assert said.code == 0
    assert "a rating is never converted" in said.out
    assert max(map(len, said.out.splitlines())) <= 80
    document = json.loads(run("catalogs", "map", "cmmi-dev-1.3", "sw-cmm-1.1", "--json").out)
    assert (document["from"], document["to"]) == ("cmmi-dev-1.3", "sw-cmm-1.1")
    assert "never converted" in document["notice"]
    assert {"from", "to", "also", "confidence", "note"} == set(document["rows"][0])


def test_a_map_between_editions(run: Run) -> None:
    document = json.loads(run("catalogs", "map", "iso9001-2026", "iso9001-2015", "--json").out)
    assert len(document["rows"]) == 337


def test_no_map_is_a_sentence(run: Run) -> None:
    said = run("catalogs", "map", "iso9001-2015", "cmmi-3.0")
    assert said.code == 2
    assert "There is no map between iso9001-2015 and cmmi-3.0" in said.sentence


# --- a framework of one's own, from the form to an engagement ----------------------------------------------


@pytest.mark.parametrize("suffix", ["xlsx", "yaml"])
@pytest.mark.parametrize("model", ["conformity", "practice_groups", "goals", "process_attributes"])
def test_a_form_is_sound_as_it_is(run: Run, model: str, suffix: str) -> None:
    name = f"mine.{suffix}"
    assert run("catalogs", "template", name, "--model", model).code == 0
    said = run("catalogs", "validate", name)
    assert (said.code, said.out) == (0, f"{name}: a sound catalog; 2 of its tests hold.\n")
    assert run("catalogs", "preview", name).code == 0


def test_a_form_writes_over_nothing(run: Run) -> None:
    Path("mine.yaml").write_text("precious", "utf-8")
    said = run("catalogs", "template", "mine.yaml")
    assert (said.code, "exists already" in said.sentence) == (1, True)
    assert Path("mine.yaml").read_text("utf-8") == "precious"
    assert run("catalogs", "template", "mine.docx").code == 2
    assert "name another file" in run("catalogs", "template", "none/mine.yaml").sentence


def test_a_broken_workbook_names_sheet_row_and_column(run: Run) -> None:
    from openpyxl import load_workbook

    run("catalogs", "template", "mine.xlsx")
    book = load_workbook("mine.xlsx")
    book["Items"]["A3"].value = 8.1
    book["Items"]["B4"].value = "9"
    book.save("mine.xlsx")
    said = run("catalogs", "validate", "mine.xlsx")
    assert said.code == 1
    first, second = said.out.splitlines()
    assert first.startswith("mine.xlsx, sheet Items, row 3, column A: id: 8.1 is a number to Excel")
    assert second.startswith("mine.xlsx, sheet Items, row 4, column B: 1.2 a: group: there is no group '9'")
    assert said.sentence == "gapbench: mine.xlsx is not a sound catalog (2 problems); correct it and validate again."
    document = json.loads(run("catalogs", "validate", "mine.xlsx", "--json").out)
    assert (document["sound"], document["sort"], len(document["problems"])) == (False, "catalog", 2)


def test_the_tests_of_a_pack_are_run(run: Run) -> None:
    run("catalogs", "template", "mine.yaml", "--model", "goals")
    path = Path("mine.yaml")
    text = path.read_text("utf-8")
    path.write_text(text.replace("gives: {level: 2, areas", "gives: {level: 1, areas"), "utf-8")
    said = run("catalogs", "validate", "mine.yaml")
    assert said.code == 1
    assert said.out == "mine.yaml, line 43: all is done: gives: level should be 1, but is 2.\n"
    path.write_text(text.replace('"*": FI', '"*": conforming', 1), "utf-8")
    assert "conforming is not a rating of Plant model 1" in run("catalogs", "validate", "mine.yaml").out


@pytest.mark.parametrize("name", ["crosswalks/sw-cmm-1.1--cmmi-dev-1.3.yaml", "iso/iso9001-2026.yaml"])
def test_validate_says_what_it_looked_through(run: Run, name: str) -> None:
    path = template_file("goals").parents[1] / name
    said = run("catalogs", "validate", path)
    assert said.code == 0
    assert ("a sound crosswalk." if "--" in name else "a sound catalog; 3 of its tests hold.") in said.out


def test_validate_watches_until_it_is_stopped(run: Run) -> None:
    run("catalogs", "template", "mine.yaml")
    command = [sys.executable, "-u", "-m", "gapbench", "catalogs", "validate", "mine.yaml", "--watch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as watching:
        assert watching.stdout is not None

        def until(words: str) -> str:
            seen = []
            for line in watching.stdout or ():
                seen.append(line)
                if words in line:
                    return line
            raise AssertionError(seen)

        try:
            until("a sound catalog")
            path = Path("mine.yaml")
            text = path.read_text("utf-8")
            time.sleep(0.05)
            path.write_text(text.replace("family: Supplier check", "family: 5"), "utf-8")
            assert "family: must be text, write it in quotes" in until("family")
            path.unlink()
            until("cannot be read")
            path.write_text(text, "utf-8")
            until("a sound catalog")
        finally:
            watching.send_signal(2)
        assert watching.wait(10) == 0


def test_a_preview_is_an_interview(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    run("catalogs", "template", "mine.yaml")
    lines = run("catalogs", "preview", "mine.yaml").out.splitlines()
    assert lines[0] == "Supplier check:2026: 6 questions, 3 sheets"
    assert [line for line in lines if line and line[0] != " "][1:] == ["Sales (2)", "Planning (2)", "Quality lead (2)"]
    assert "    1.1 a (or Planning)" in lines
    assert max(map(len, lines)) <= 60
    only = run("catalogs", "preview", "mine.yaml", "--ask", "planning").out
    assert "4 questions, 1 sheet" in only.splitlines()[0]
    said = run("catalogs", "preview", "mine.yaml", "--ask", "Nobody")
    assert (said.code, "asks no 'Nobody'; it asks Planning, Quality lead, Sales" in said.sentence) == (2, True)


@pytest.mark.parametrize("name", ["none.yaml", "none.xlsx"])
def test_what_is_not_there_is_a_sentence(run: Run, name: str) -> None:
    for verb in ("preview", "validate"):
        said = run("catalogs", verb, name)
        assert said.code == 1
        assert said.sentence == f"gapbench: {name} cannot be read (No such file or directory); check the path."
    assert "There is no framework 'none'" in run("catalogs", "preview", "none").sentence


def test_hostile_words_stay_words_in_a_preview(run: Run) -> None:
    run("catalogs", "template", "mine.yaml")
    path = Path("mine.yaml")
    text = path.read_text("utf-8").replace("title: Taking an order", 'title: "[/red] [bold]:smile: \\u200f"')
    path.write_text(text, "utf-8")
    assert "[/red] [bold]:smile:" in run("catalogs", "preview", "mine.yaml").out


def test_an_engagement_with_ones_own_framework(run: Run, own: Path) -> None:
    made = run("new", "a.gapbench", "--client", "ACME", "--framework", ID)
    assert made.code == 0
    assert run("rate", "a.gapbench", "1.1 a", "partial").code == 0
    before = run("readiness", "a.gapbench", "--json").out
    assert json.loads(before)


def test_an_engagement_never_breaks_because_a_pack_changed_on_disk(run: Run, own: Path) -> None:
    run("new", "a.gapbench", "--client", "ACME", "--framework", ID)
    run("rate", "a.gapbench", "1.1 a", "partial")
    before = _figures(run)
    text = own.read_text("utf-8")
    for content in (text.replace('id: "1.1 a"', 'id: "1.9 z"'), "a: [", None):
        if content is None:
            own.unlink()
        else:
            own.write_text(content, "utf-8")
        assert _figures(run) == before
        assert run("rate", "a.gapbench", "1.1 b", "conforming").code == 0
        assert run("undo", "a.gapbench").code == 0
        assert run("check", "a.gapbench").code == 0


def _figures(run: Run) -> object:
    """What the readiness report says of the frameworks, whenever it was made."""
    document = json.loads(run("readiness", "a.gapbench", "--json").out)
    assert document["assessments"]
    return document["assessments"]


# --- the private overlay -----------------------------------------------------------------------------------

LICENSED = "Quokka licensed sentence that belongs to somebody else"


def test_an_overlay_begins_with_a_form(run: Run) -> None:
    none = run("catalogs", "overlay", "iso9001-2026")
    assert (none.code, "has no overlay of yours" in none.out) == (0, True)
    assert run("catalogs", "overlay", "iso9001-2026", "--template").code == 0
    place = Path(overlay_path("iso9001-2026"))
    assert run("catalogs", "validate", place).out.endswith("a sound overlay.\n")
    again = run("catalogs", "overlay", "iso9001-2026", "--template")
    assert (again.code, "exists already" in again.sentence) == (1, True)
    text = place.read_text("utf-8").replace("checked: false", "checked: true", 1)
    place.write_text(text.replace('text: ""', f"text: {LICENSED}", 1), "utf-8")
    assert (
        "words for 1 of 337 items of ISO 9001:2026; 1 proof-read by you."
        in run("catalogs", "overlay", "iso9001-2026").out
    )
    assert "proof-read by you" in run("catalogs", "show", "iso9001-2026").out


def test_no_word_of_an_overlay_leaves_the_folder(run: Run, acme: Path) -> None:
    """Not into the engagement, nor into anything that is made from it."""
    place = Path(overlay_path("iso9001-2015"))
    place.parent.mkdir(parents=True)
    place.write_text(
        "gapbench_overlay: 1\ncatalog: iso9001-2015\nitems:\n"
        + "".join(
            f'  "{item}": {{title: "{LICENSED} 1", text: "{LICENSED} 2", note: "{LICENSED} 3", checked: true}}\n'
            for item in ("4.1 §1", "8.4.1 c", "9.2.2 a")
        ),
        "utf-8",
    )
    assert "3 proof-read by you" in run("catalogs", "overlay", "iso9001-2015").out
    said = [
        run("rate", acme, "8.4.1 c", "partial", "--note", "seen"),
        run("rate", acme, "9.2.2 a", "not_conforming", "--finding", "major"),
        run("answers", "export", acme, "-o", "a.csv", "--all"),
        run("export", acme, "-o", "a.xlsx"),
        run("readiness", acme),
        run("readiness", acme, "--json"),
        run("readiness", acme, "--explain", "8.4.1"),
        run("history", acme),
        run("check", acme),
        run("catalogs", "show", "iso9001-2015", "--json"),
    ]
    assert {each.code for each in said} == {0}
    assert not [each for each in said if "Quokka" in each.out + each.err]
    files = [path for path in Path.cwd().rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".gapbench", ".csv", ".xlsx"}
    for path in files:
        assert "Quokka" not in _everything(path)


def _everything(path: Path) -> str:
    """The bytes of a file; of a workbook, of all its parts."""
    import zipfile

    if not zipfile.is_zipfile(path):
        return path.read_bytes().decode("utf-8", "replace")
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


# --- the guide -------------------------------------------------------------------------------------------------

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "packs.md"


@pytest.mark.skipif(sys.platform != "linux", reason="the guide shows the folders and the tools of Linux")
def test_the_guide_is_real(run: Run, home: Path) -> None:
    """Each block of the guide is written or run, and every line of output is what comes out; "..." stands for any."""
    blocks = re.findall(r"```(yaml|console) ?([^\n]*)\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    for sort, name, text in blocks:
        if sort == "console":
            for command, expected in re.findall(r"^\$ ([^\n]+)\n(.*?)(?=^\$ |\Z)", text, re.DOTALL | re.MULTILINE):
                assert _fits(_done(run, command, home), expected), command
        elif name:
            file, _, more = name.partition(" ")
            before = Path(file).read_text("utf-8") if more else ""
            Path(file).write_text(before + text, "utf-8")
    assert len(blocks) > 12


def _done(run: Run, command: str, home: Path) -> str:
    words = shlex.split(command)
    if words[0] == "gapbench":
        said = run(*words[1:])
        return (said.out + said.err).replace(str(home), "~")
    return subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True).stdout


def _fits(said: str, expected: str) -> bool:
    pattern = ".*".join(re.escape(part.strip("\n")) for part in re.split(r"^\.\.\.$", expected, flags=re.MULTILINE))
    return re.fullmatch(rf"\n*{pattern}\n*", said, re.DOTALL) is not None


def test_a_workbook_is_spoken_of_in_its_headings(run: Run, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "my.xlsx"
    run("catalogs", "template", path)
    book = load_workbook(path)
    sheet = book["Items"]
    column = [cell.value for cell in sheet[1]].index("Question") + 1
    for value, words in ((None, "the column Question is empty"), ("#REF!", "#REF! is an error of Excel")):
        sheet.cell(2, column).value = value
        book.save(path)
        said = run("catalogs", "validate", path)
        assert said.code == 1
        assert words in said.out
