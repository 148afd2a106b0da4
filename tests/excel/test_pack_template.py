"""A framework written in Excel is the document that YAML would give; what is wrong names sheet, row and column."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook, load_workbook

from gapbench.catalog.load import build, checked
from gapbench.catalog.reading import read, read_bytes
from gapbench.catalog.shipped import catalogs_folder, template_file
from gapbench.catalog.writing import written
from gapbench.errors import CatalogError, FileError
from gapbench.excel.pack_reading import LARGEST, PackError, read_pack, read_pack_bytes
from gapbench.excel.pack_sheets import TABLES
from gapbench.excel.pack_template import workbook
from gapbench.work.packs import examine_document

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GOOD = workbook(read(template_file("conformity")))
MODELS = ("conformity", "practice_groups", "goals", "process_attributes")
CATALOGS = ("iso/iso9001-2015", "cmmi/cmmi-2.0", "cmmi/cmmi-dev-1.3", "cmmi/sw-cmm-1.1", "spice/iso33061-2021")


def plain(value: Any) -> Any:
    """A document without its lines, and without what the workbook has no place for."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items() if key not in ("counts", "gapbench_catalog")}
    return [plain(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("model", MODELS)
def test_the_form_of_each_model_comes_back_as_its_yaml(model: str) -> None:
    document = read(template_file(model))
    again = read_pack_bytes(workbook(document), "mine.xlsx")
    assert build(again) == build(document)
    assert plain(again["tests"]) == plain(document["tests"])
    done = examine_document(again, "mine.xlsx")
    assert (done.problems, done.tests) == ((), 2)


@pytest.mark.parametrize("name", CATALOGS)
def test_a_whole_framework_comes_back(name: str) -> None:
    document = read(catalogs_folder() / f"{name}.yaml")
    again = read_pack_bytes(workbook(document), "mine.xlsx")
    assert build(again) == build(document)


def test_what_was_read_is_written_as_yaml() -> None:
    document = read_pack_bytes(workbook(read(template_file("goals"))), "mine.xlsx")
    again = read_bytes(written(document).encode(), "mine.yaml")
    assert build(again) == build(document)


def test_the_form_has_drop_downs_and_text_where_numbers_lose_their_end() -> None:
    book = load_workbook(io.BytesIO(GOOD))
    assert book.sheetnames == ["Read me", "Framework", "Groups", "Items", "Views", "Tests"]
    items = book["Items"]
    heads = [cell.value for cell in items[1]]
    assert heads[:2] == ["Number", "Group"]
    assert items.cell(900, 1).number_format == "@" or items.column_dimensions["A"].number_format == "@"
    offered = {rule.formula1 for rule in items.data_validations.dataValidation}
    assert '"none,maintain,retain,maintain+retain,available"' in offered
    assert items.freeze_panes == "B2"
    told = {cell.value for cell in book["Read me"]["B"]}
    assert {column.label for column in TABLES["Items"] if not column.models or "conformity" in column.models} <= told


def changed(change: Callable[[Any], None]) -> bytes:
    book = load_workbook(io.BytesIO(GOOD))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def put(sheet: str, cell: str, value: Any) -> Callable[[Any], None]:
    def _put(book: Any) -> None:
        book[sheet][cell].value = value

    return _put


def problems(data: bytes) -> tuple[str, ...]:
    try:
        return examine_document(read_pack_bytes(data, "mine.xlsx"), "mine.xlsx").problems
    except PackError as problem:
        return problem.problems


def at(book: Any, sheet: str, label: str, row: int) -> Any:
    heads = [cell.value for cell in book[sheet][1]]
    return book[sheet].cell(row, heads.index(label) + 1)


def say(sheet: str, label: str, row: int, value: Any) -> Callable[[Any], None]:
    def _say(book: Any) -> None:
        at(book, sheet, label, row).value = value

    return _say


def drop(sheet: str) -> Callable[[Any], None]:
    def _drop(book: Any) -> None:
        del book[sheet]

    return _drop


CASES: dict[str, tuple[Callable[[Any], None], str]] = {
    "a number": (say("Items", "Number", 3, 8.1), r"sheet Items, row 3, column A: id: 8\.1 is a number to Excel"),
    "a date": (say("Items", "Number", 3, date(2026, 2, 1)), "sheet Items, row 3, column A: id: Excel .* a date"),
    "unknown group": (say("Items", "Group", 3, "7.7"), "row 3, column B: 1.1 b: group: there is no group '7.7'"),
    "no group": (say("Items", "Group", 3, None), "row 3: 1.1 b: group: missing"),
    "no question": (say("Items", "Question", 2, None), "row 2: 1.1 a: the key 'text' is missing"),
    "twice": (say("Items", "Number", 3, "1.1 a"), "row 3, column A: 1.1 a: id: this item stands on sheet Items, row 2"),
    "odd kind": (say("Items", "Kind", 2, "maybe"), "column [A-Z]: 1.1 a: kind: 'maybe' is not one of do, consider"),
    "odd flag": (say("Items", "Conditional", 2, "perhaps"), "conditional: 'perhaps' is neither yes nor empty"),
    "overlong": (say("Items", "Question", 2, "so " * 80), "1.1 a: text: 239 characters; at most 200"),
    "much too long": (say("Items", "Question", 2, "so " * 5000), "1.1 a: text: 15000 characters; at most 2000"),
    "a mark": (say("Items", "Title", 2, "a \u202e b"), "title: contains the unprintable character U\\+202E"),
    "parent": (say("Groups", "Stands below", 3, "9"), "sheet Groups, row 3, column B: 1.1: parent: there is no group"),
    "head": (put("Framework", "B2", "My Rules"), "sheet Framework, row 2, column B: id: 'My Rules' cannot be used"),
    "head row": (put("Framework", "A3", "Colour"), "sheet Framework, row 3, column A: Colour: there is no such row"),
    "head twice": (put("Framework", "A3", "Id"), "sheet Framework, row 3, column B: id: given twice"),
    "column": (put("Items", "D1", "Colour"), "sheet Items, row 1, column D: Colour: there is no such column"),
    "column twice": (put("Items", "D1", "Title"), "sheet Items, row 1, column D: Title: this column stands there"),
    "pairs": (
        say("Tests", "Answers", 2, "* conforming"),
        "sheet Tests, row 2, column B: all is well: answers",
    ),
    "pair twice": (say("Tests", "Answers", 2, "*=na; * = na"), "answers: '\\*' is given twice"),
    "test": (say("Tests", "Verdict", 2, "not_ready"), "sheet Tests, row 2: all is well: gives: verdict should be"),
    "no sheet": (drop("Items"), "mine.xlsx: there is no sheet Items; begin with"),
    "principle": (say("Items", "Principles", 2, "luck"), "1.1 a: principles: there is no principle 'luck'"),
}


@pytest.mark.parametrize(("change", "said"), CASES.values(), ids=CASES)
def test_what_is_wrong_names_its_cell(change: Callable[[Any], None], said: str) -> None:
    found = problems(changed(change))
    assert any(re.search(said, problem) for problem in found), found
    assert all(problem.startswith("mine.xlsx") and problem.endswith(".") for problem in found)
    assert all(problem.isprintable() and len(problem) < 400 for problem in found)


def test_harmless_habits_are_taken() -> None:
    def habits(book: Any) -> None:
        book["Items"].insert_rows(3)
        at(book, "Items", "Question", 2).value = "  Show me  the last\nthree orders.  "
        at(book, "Items", "Who can answer", 2).value = "Sales;\nPlanning; "
        at(book, "Items", "Conditional", 2).value = True
        book["Items"]["A1"].value = "id"
        book.create_sheet("Scratch")["A1"].value = "anything"

    catalog = checked(read_pack_bytes(changed(habits), "mine.xlsx"), "mine.xlsx")
    item = catalog.item["1.1 a"]
    assert (item.text, item.ask, item.conditional) == ("Show me the last three orders.", ("Sales", "Planning"), True)


def test_a_number_that_says_no_more_than_its_text_is_taken() -> None:
    def numbers(book: Any) -> None:
        at(book, "Groups", "Number", 2).value = 1
        at(book, "Groups", "Stands below", 3).value = 1
        book["Framework"]["B4"].value = 2026

    assert checked(read_pack_bytes(changed(numbers), "mine.xlsx"), "mine.xlsx").edition == "2026"


# --- hostile files -------------------------------------------------------------------------------------


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return stream.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """The form with one part exchanged."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return stream.getvalue()


def merged_whole() -> bytes:
    """Every cell of the sheet Items is one cell, as the file says."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        sheet = archive.read("xl/worksheets/sheet4.xml")
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return with_part("xl/worksheets/sheet4.xml", sheet.replace(b"</sheetData>", merge))


def test_a_sheet_that_is_merged_whole_and_says_a_wrong_size_is_read() -> None:
    assert problems(merged_whole()) == ()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        sheet = archive.read("xl/worksheets/sheet4.xml")
    wrong = re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:A1"/>', sheet)
    assert wrong != sheet
    assert problems(with_part("xl/worksheets/sheet4.xml", wrong)) == ()


def far_away() -> bytes:
    book = Workbook()
    for name in ("Framework", "Groups", "Items"):
        book.create_sheet(name)["XFD1048576"].value = "far"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
HOSTILE = {
    "empty": (b"", "not a workbook"),
    "text": (b"id,title\n1,a\n", "not a workbook"),
    "old or encrypted": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "old or a protected workbook"),
    "another kind": (zipped(word__document_dot_xml=b"<x/>"), "not a workbook"),
    "cut": (GOOD[: len(GOOD) // 2], "damaged"),
    "bomb": (with_part("xl/sharedStrings.xml", bytes(60 * 1024 * 1024)), "unfolds into more"),
    "entities": (with_part("xl/sharedStrings.xml", ENTITIES), "definitions that no workbook needs"),
    "broken part": (with_part("xl/workbook.xml", b"<workbook"), "cannot be read"),
    "odd part": (with_part("xl/sharedStrings.xml", b"<x/>"), "."),
    "far away": (far_away(), "."),
    "too large": (b"PK" + bytes(LARGEST), "larger than 8 MB"),
}


@pytest.mark.parametrize(("data", "said"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_a_sentence(data: bytes, said: str) -> None:
    found = problems(data)
    assert found
    assert re.search(said, found[0])
    assert all(problem.startswith("mine.xlsx") for problem in found)


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (500 * 1024**2, 500 * 1024**2))
from gapbench.cli import main
sys.exit(main(["catalogs", "validate", sys.argv[1]]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are those of POSIX")
@pytest.mark.parametrize("name", ["bomb", "entities", "far away", "cut"])
def test_time_and_memory_are_bounded(tmp_path: Path, name: str) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_bytes(HOSTILE[name][0])
    command = [sys.executable, "-c", LIMITED, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("gapbench: ")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.xlsx"):
        with pytest.raises(FileError, match="check the path"):
            read_pack(path)


def test_the_first_problem_is_told_and_the_rest_counted() -> None:
    def two(book: Any) -> None:
        at(book, "Items", "Number", 2).value = 8.1
        at(book, "Items", "Number", 3).value = 8.2

    with pytest.raises(CatalogError, match=r"row 2, column A.*\(1 more; see `gapbench catalogs validate mine.xlsx`"):
        read_pack_bytes(changed(two), "mine.xlsx")
