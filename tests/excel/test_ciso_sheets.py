"""The Excel form of a CISO Assistant library: read as its YAML form would be, and nothing in it is trusted."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from gapbench.catalog.importers import ciso
from gapbench.errors import CatalogError, FileError
from gapbench.excel import ciso_sheets

if TYPE_CHECKING:
    from pathlib import Path

Rows = list[list[Any]]

META: Rows = [["type", "library"], ["urn", "urn:x:risk:library:shop"], ["version", 3], ["name", "Shop rules 2024"]]
FRAMEWORK: Rows = [
    ["type", "framework"],
    ["ref_id", "SHOP"],
    ["name", "Shop rules"],
    ["name[fr]", "Règles"],
    ["min_score", 1],
    ["max_score", 4],
    ["implementation_groups_definition", "groups"],
]
CONTENT: Rows = [
    ["assessable", "depth", "ref_id", "name", "description", "typical_evidence", "questions", "name[fr]"],
    [None, 1, "8", "Counter", None, None, None, "Comptoir"],
    ["x", 2, "8.10", "Orders", "Every order is written down.", "Order book\nSlips", None, None],
    ["x", 2, "8.1", None, "Nothing is lost.", None, "Is it?\n|Really?\nSince when?", None],
]
GROUPS: Rows = [["ref_id", "name"], ["B", "Basic"]]
TABS: dict[str, Rows] = {
    "library_meta": META,
    "shop_meta": FRAMEWORK,
    "shop_content": CONTENT,
    "groups_meta": [["type", "implementation_groups"], ["name", "groups"]],
    "groups_content": GROUPS,
}


def workbook(path: Path, tabs: dict[str, Rows], **formats: str) -> Path:
    """A workbook with these tabs."""
    book = Workbook()
    del book["Sheet"]
    for name, rows in tabs.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cell, form in formats.items():
            if name == "shop_content":
                sheet[cell].number_format = form
    book.save(path)
    return path


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return workbook(tmp_path / "theirs.xlsx", TABS)


def items(path: Path) -> list[dict[str, Any]]:
    document, _ = ciso_sheets.read_library(path)
    return [item for group in ciso.draft(document, path.name).document["groups"] for item in group.get("items", ())]


def test_it_is_read_as_its_yaml_would_be(good: Path) -> None:
    assert ciso_sheets.is_library(good)
    document, spoiled = ciso_sheets.read_library(good)
    assert spoiled == ()
    (framework,) = document["objects"]["framework"]
    assert (document["version"], framework["ref_id"]) == ("3", "SHOP")
    assert framework["translations"] == {"fr": {"name": "Règles"}}
    assert framework["implementation_groups_definition"] == [{"ref_id": "B", "name": "Basic"}]
    draft = ciso.draft(document, good.name)
    assert (draft.id, draft.document["title"], draft.form) == (
        "shop",
        "Shop rules",
        "CISO Assistant library, version 3",
    )
    assert draft.used[0] == "2 requirements as 3 items in 1 group"
    assert draft.ignored[:2] == (
        "1 implementation group (B): every item is asked, none is a view",
        "the scores from 1 to 4: an item is rated conforming, partial or not conforming",
    )


def test_its_items(good: Path) -> None:
    first, second, third = items(good)
    assert (first["id"], first["title"], first["evidence"]) == ("8.10", "Orders", ["Order book", "Slips"])
    assert (second["text"], second["look_for"]) == ("Is it? Really?", "Nothing is lost.")
    assert third["text"] == "Since when?"


def test_tabs_in_any_order_and_case(tmp_path: Path) -> None:
    tabs = {name.upper(): TABS[name] for name in reversed(TABS)}
    assert len(items(workbook(tmp_path / "x.xlsx", tabs))) == 3


@pytest.mark.parametrize(
    ("meta", "content"),
    [
        ("a_name_that_is_almost_as_lo_meta", "a_name_that_is_almost_as_lo_con"),
        ("Cyber_Essentials_Requirements_m", "Cyber_Essentials_Requirements_c"),
        ("RTS-DORA-ICT-related-incident_", "RTS-DORA-ICT-related-incident_1"),
    ],
)
def test_names_that_excel_has_cut(tmp_path: Path, meta: str, content: str) -> None:
    tabs = {"library_meta": META, meta[:31]: FRAMEWORK, content[:31]: CONTENT}
    assert len(items(workbook(tmp_path / "x.xlsx", tabs))) == 3


CELLS: dict[str, tuple[Any, str, str]] = {
    "a number as text": ("8.10", "General", "8.10"),
    "a number with two places": (8.1, "0.00", "8.10"),
    "a number": (8.1, "General", "8.1"),
    "a whole number": (8.0, "General", "8"),
    "a large number": (1e300, "General", "1e+300"),
    "a mark": (True, "General", "x"),
    "blanks": ("  8 ", "General", "8"),
    "a formula": ("=1+1", "General", ""),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_is_what_it_shows(tmp_path: Path, name: str) -> None:
    value, form, wanted = CELLS[name]
    content = [CONTENT[0], ["x", 1, value, "Name", "Do it."]]
    path = workbook(tmp_path / "x.xlsx", {**TABS, "shop_content": content}, C2=form)
    document, _ = ciso_sheets.read_library(path)
    assert document["objects"]["framework"][0]["requirement_nodes"][0].get("ref_id", "") == wanted


def test_a_number_that_became_a_date_is_told(tmp_path: Path) -> None:
    content = [CONTENT[0], ["x", 1, datetime(2024, 2, 1), "Name", "Do it."]]  # noqa: DTZ001 (Excel knows no zones)
    path = workbook(tmp_path / "x.xlsx", {**TABS, "shop_content": content})
    assert ciso_sheets.read_library(path)[1] == ("1 number that Excel made a date (2024-02-01): type it again as text",)


@pytest.mark.parametrize("text", ["@SUM(A1)", "+1", "-1", "<b>x</b>", "_x0041_", "品質", "\U0001f9ea"])
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    path = workbook(tmp_path / "x.xlsx", {**TABS, "shop_content": [CONTENT[0], ["x", 1, "1", "Name", text]]})
    (item,) = items(path)
    assert item["text"] == text


# --- what is refused -----------------------------------------------------------------------------------


def repacked(path: Path, **changes: bytes | None) -> Path:
    """The same archive with parts changed, added or (None) left out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {**dict.fromkeys(old.namelist()), **changes}:
            content = changes[name] if name in changes else old.read(name)
            if content is not None:
                new.writestr(name, content)
    path.write_bytes(stream.getvalue())
    return path


def refused(path: Path) -> str:
    with pytest.raises((CatalogError, FileError)) as caught:
        items(path)
    said = str(caught.value)
    assert said.startswith(path.name)
    assert said.isprintable()
    assert "\n" not in said
    return said


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"", "is not a workbook"),
        (b"hello", "is not a workbook"),
        (b"PK\x03\x04 and no more", "is not a whole workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "is an old .xls or an encrypted workbook"),
    ],
)
def test_a_file_that_is_none(tmp_path: Path, content: bytes, wanted: str) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    assert wanted in refused(path)


def test_a_missing_one_and_a_folder(tmp_path: Path) -> None:
    assert "cannot be read" in refused(tmp_path / "gone.xlsx")
    (tmp_path / "folder.xlsx").mkdir()
    assert "cannot be read" in refused(tmp_path / "folder.xlsx")


def test_a_bomb_is_not_unpacked(good: Path) -> None:
    assert "unpacks to more than 48 MB" in refused(repacked(good, **{"xl/media/a.bin": b"\0" * (49 * 1024 * 1024)}))


def test_too_many_parts(good: Path) -> None:
    assert "unpacks to more than" in refused(repacked(good, **{f"x/{n}": b"" for n in range(2001)}))


def test_a_part_that_declares_entities(good: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "x"><!ENTITY y "&x;&x;">]><worksheet>&y;</worksheet>'
    assert "declares entities in xl/worksheets/sheet1.xml" in refused(
        repacked(good, **{"xl/worksheets/sheet1.xml": bomb})
    )


def test_one_that_is_larger_than_any_framework(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciso_sheets, "LARGEST", 1024)
    assert "is larger than 0 MB" in refused(good)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "[Content_Types].xml", "xl/worksheets/sheet2.xml"])
@pytest.mark.parametrize("content", [None, b"", b"<broken"])
def test_a_part_that_is_lost_or_broken(good: Path, part: str, content: bytes | None) -> None:
    refused(repacked(good, **{part: content}))


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9, 0.99])
def test_one_that_is_cut(good: Path, keep: float) -> None:
    data = good.read_bytes()
    good.write_bytes(data[: int(len(data) * keep)])
    refused(good)


LAYOUTS: dict[str, tuple[dict[str, Rows], str]] = {
    "the old layout": ({"library_content": [["library_urn", "x"]]}, "has the old layout of CISO Assistant (v1)"),
    "another workbook": ({"Sheet1": [["a"]]}, "has no tab library_meta"),
    "no content": ({"library_meta": META, "shop_meta": FRAMEWORK}, "has the tab shop_meta but no tab with its content"),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_workbook_without_a_library(tmp_path: Path, name: str) -> None:
    tabs, wanted = LAYOUTS[name]
    assert wanted in refused(workbook(tmp_path / "x.xlsx", tabs))


STRANGE: dict[str, dict[str, Rows]] = {
    "no framework": {"library_meta": META},
    "empty tabs": {"library_meta": [], "shop_meta": FRAMEWORK, "shop_content": []},
    "only a header": {"library_meta": META, "shop_meta": FRAMEWORK, "shop_content": CONTENT[:1]},
    "a header twice": {"library_meta": META, "shop_meta": FRAMEWORK, "shop_content": [["name", "name"], ["a", "b"]]},
    "a threat": {"library_meta": META, "t_meta": [["type", "threats"]], "t_content": [["ref_id"], ["T1"]]},
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_library_is_a_sentence(tmp_path: Path, name: str) -> None:
    path = workbook(tmp_path / "x.xlsx", STRANGE[name])
    with pytest.raises(CatalogError, match=r"^x\.xlsx (has no framework|holds no requirement)"):
        items(path)


def test_a_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", TABS)
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet3.xml")
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData>'
    assert len(items(repacked(path, **{"xl/worksheets/sheet3.xml": sheet.replace(b"</sheetData>", far)}))) == 3
