"""Sheets of the models that give levels: what stands there, how it may be handled, how many pages it takes."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from gapbench.catalog.shipped import load_shipped
from gapbench.excel.book import CMMI, GOALS, LEVEL_SHEETS, PROCESSES, said
from gapbench.excel.workbook import sheets_of, write
from gapbench.rating.results import LevelResult
from tests.excel import examples, oracle, reading
from tests.excel.test_print import pages
from tests.excel.test_workbook import SAFE

if TYPE_CHECKING:
    from pathlib import Path

NAMES = list(examples.levels())


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("levels")
    made = {}
    for name in NAMES:
        made[name] = folder / f"{name}.xlsx"
        write(examples.levels()[name]().deliverable(), made[name])
    return made


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_of_its_own(name: str, files: dict[str, Path]) -> None:
    there = set(oracle.load(files[name]).sheetnames) & set(LEVEL_SHEETS.values())
    assert there == {GOALS if name.startswith("goals") else PROCESSES}


@pytest.mark.parametrize("name", NAMES)
def test_only_functions_that_every_excel_has(name: str, files: dict[str, Path]) -> None:
    used = set()
    for _, _, formula in oracle.formula_cells(files[name]):
        assert len(formula) < 8_000
        used |= set(re.findall(r"([A-Z_][A-Z0-9_.]*)\(", re.sub(r'"[^"]*"', '""', formula)))
    assert used <= SAFE


@pytest.mark.parametrize("name", NAMES)
def test_tables_lists_and_locks(name: str, files: dict[str, Path]) -> None:
    book = oracle.load(files[name])
    deliverable = examples.levels()[name]().deliverable()
    offered = {it.formula1.strip('"') for it in book["Assessment"].data_validations.dataValidation if it.type == "list"}
    assert offered == {",".join(said(value) for value in one.scale) for one in deliverable.assessed}
    sheet = next(sheet for sheet in book.worksheets if sheet.title in LEVEL_SHEETS.values())
    assert sheet.protection.sheet
    assert sheet.print_title_rows
    assert all(cell.protection.locked for row in sheet.iter_rows() for cell in row)
    for table in sheet.tables.values():
        first, last = (int(it) for it in re.findall(r"\d+", table.ref))
        assert not [it for it in sheet.merged_cells.ranges if it.min_row <= last and it.max_row >= first]
        heads = [it.name for it in table.tableColumns]
        assert len(heads) == len(set(heads))


@pytest.mark.parametrize(("name", "charts"), [("goals staged", 3), ("goals answered", 1), ("processes", 2)])
def test_pictures_have_words_and_no_radar_where_there_are_no_levels(
    name: str, charts: int, files: dict[str, Path]
) -> None:
    with zipfile.ZipFile(files[name]) as parts:
        drawn = [parts.read(it).decode() for it in parts.namelist() if "charts/chart" in it]
        drawings = [ET.fromstring(parts.read(it)) for it in parts.namelist() if "drawings/drawing" in it]  # noqa: S314
    assert len(drawn) == charts
    assert any("radarChart" in it for it in drawn) == (name == "goals staged")
    alts = [it.get("descr") for drawing in drawings for it in drawing.iter() if it.tag.endswith("cNvPr")]
    assert len([it for it in alts if it and len(it) > 40]) == charts


def test_words_of_the_model_stand_in_the_headline(files: dict[str, Path]) -> None:
    told = {name: "\n".join(reading.texts(oracle.load(files[name], data_only=True))) for name in NAMES}
    assert "goals stand before level" in told["goals answered"]
    assert "every process reaches capability level" in told["processes"]
    assert "practices stand before" in told["goals staged"]
    assert "the rounded mean" in told["processes"]
    assert "Whatever the verdict, an assessor will question" in told["goals answered in part"]


def test_signs_are_counted_beside_the_goals_and_never_in_them(files: dict[str, Path]) -> None:
    name = "goals answered"
    result = examples.levels()[name]().deliverable().assessed[0].result
    assert isinstance(result, LevelResult)
    rows = reading.keyed(oracle.load(files[name], data_only=True)[GOALS])
    for area in result.areas:
        signs = [it for key, it in area.practices.items() if f"sw-cmm-1.1|{key}" not in rows and " G" not in key]
        if area.asked_from <= 3:
            said_no = sum(it.value == "no" for it in signs)
            assert rows[f"sw-cmm-1.1/{area.id}"]["Signs that say no"] == said_no
    assert not any(re.search(r"\|[A-Z]+ (CO|AB|AC|ME|VE)$", key) for key in rows)


def test_the_mean_of_instances(files: dict[str, Path]) -> None:
    rows = reading.keyed(oracle.load(files["processes"], data_only=True)[PROCESSES])
    means = [row for key, row in rows.items() if "|" in key]
    assert means
    for row in means:
        number = row["F"] + row["L"] + row["P"] + row["N"]
        assert row["Mean"] == pytest.approx((3 * row["F"] + 2 * row["L"] + row["P"]) / number)
        assert row["Counts as"] == int(row["Mean"] + 0.5)
        assert str(row["Value"])[0] == "NPLF"[row["Counts as"]]


def test_points_beside_clauses_below_count_once(tmp_path: Path) -> None:
    deliverable = examples.shipped("as9100d").deliverable()
    write(deliverable, tmp_path / "client.xlsx")
    rows = reading.keyed(oracle.load(tmp_path / "client.xlsx", data_only=True)["Readiness ISO"])
    catalog = deliverable.assessed[0].scope.catalog
    assert rows["as9100d/"]["Points"] == sum(item.scored for item in catalog.items)
    assert rows["as9100d/8.1"]["Points"] == sum(item.scored for item in catalog.below("8.1"))
    tops = [group.id for group in catalog.children[None]]
    assert sum(rows[f"as9100d/{top}"]["Points"] for top in tops) == rows["as9100d/"]["Points"]


def test_all_kinds_in_one_workbook(tmp_path: Path) -> None:
    example = examples.both()
    for name, view, target in (("sw-cmm-1.1", "STAGED", 2), ("cmmi-svc-1.3", "STAGED", 2), ("aspice-4.0", "ML", 1)):
        catalog = load_shipped(name)
        example.add(catalog, view, target=target)
        example.fill(name, 0.9, 2, examples.WEIGHTS[catalog.scale or catalog.model])
    deliverable = example.deliverable()
    assert [it for it in sheets_of(deliverable) if it.startswith("Readiness")] == [
        "Readiness ISO",
        CMMI,
        GOALS,
        PROCESSES,
    ]
    write(deliverable, tmp_path / "client.xlsx")
    if oracle.find_soffice() is not None:
        assert oracle.ask(tmp_path / "client.xlsx").differences == ()


@pytest.mark.skipif(oracle.find_soffice() is None, reason="LibreOffice is not installed: no pages to count")
@pytest.mark.parametrize(("name", "most"), [("goals staged", 31), ("goals answered", 14), ("processes", 16)])
def test_pages(name: str, most: int, files: dict[str, Path], tmp_path: Path) -> None:
    assert 8 < pages(files[name], tmp_path) <= most
