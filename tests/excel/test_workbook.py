"""What stands in the workbook, and how a person may handle it."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from gapbench.excel import action_plan, assessment, clause_facts
from gapbench.excel.book import said
from gapbench.excel.workbook import sheets_of, write
from gapbench.rating.results import ConformityResult
from tests.excel import examples, oracle, reading

if TYPE_CHECKING:
    from pathlib import Path

SAFE = frozenset(
    (
        "ABS",
        "AND",
        "COUNT",
        "COUNTIF",
        "COUNTIFS",
        "FIXED",
        "IF",
        "INDEX",
        "ISNUMBER",
        "MATCH",
        "MAX",
        "MIN",
        "N",
        "NOT",
        "OR",
        "ROUND",
        "ROWS",
        "SUM",
        "SUMIFS",
        "SUMPRODUCT",
    )
)
EVERYTHING = (
    "Cover",
    "Management summary",
    "Readiness ISO",
    "Readiness CMMI",
    "Assessment",
    "Findings",
    "Action plan",
    "Not applicable",
    "Method and legend",
    "Self-check",
    "Metadata",
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("workbook") / "client.xlsx"
    write(examples.both().deliverable(), target)
    return target


@pytest.fixture(scope="module")
def book(file: Path) -> Any:
    return oracle.load(file)


@pytest.fixture(scope="module")
def values(file: Path) -> Any:
    return oracle.load(file, data_only=True)


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("both", ()),
        ("only iso", ("Readiness CMMI",)),
        ("only cmmi", ("Readiness ISO", "Findings", "Not applicable")),
        ("perfect", ("Findings", "Action plan", "Not applicable")),
        ("untouched", ("Findings", "Action plan", "Not applicable")),
        (
            "nothing",
            ("Management summary", "Readiness ISO", "Readiness CMMI", "Findings", "Action plan", "Not applicable"),
        ),
    ],
)
def test_a_sheet_with_nothing_to_say_is_left_out(name: str, missing: tuple[str, ...], tmp_path: Path) -> None:
    deliverable = examples.EVERY[name]().deliverable()
    expected = tuple(it for it in EVERYTHING if it not in missing)
    assert sheets_of(deliverable) == expected
    write(deliverable, tmp_path / "client.xlsx")
    assert tuple(oracle.load(tmp_path / "client.xlsx").sheetnames) == expected


@pytest.mark.parametrize("name", list(examples.EVERY))
def test_only_functions_that_every_excel_has(name: str, tmp_path: Path) -> None:
    write(examples.EVERY[name]().deliverable(), tmp_path / "client.xlsx")
    used = set()
    for _, _, formula in oracle.formula_cells(tmp_path / "client.xlsx"):
        bare = re.sub(r'"[^"]*"', '""', formula)
        used |= set(re.findall(r"([A-Z_][A-Z0-9_.]*)\(", bare))
        assert "#" not in bare.replace("#This Row", "")
        assert "[" not in re.sub(r"\b[A-Z]\w+\[[^\[\]]+\]", "", bare), formula
    assert used <= SAFE


def test_every_formula_comes_with_its_value(book: Any, values: Any) -> None:
    empty = [formula for sheet, cell, formula in oracle.formula_cells_of(book) if values[sheet][cell].value is None]
    assert all('""' in it or "Owner" in it or "Due" in it for it in empty), empty


def test_figures_are_the_engine_s(values: Any) -> None:
    deliverable = examples.both().deliverable()
    result = deliverable.assessed[0].result
    assert isinstance(result, ConformityResult)
    rows = reading.by_key(values["Readiness ISO"], "Clause", "Readiness")
    for name, clause in reading.clauses(result.groups).items():
        row = rows[f"iso-test/{name}"]
        assert row["Readiness"] == (clause.tally.percent or clause_facts.NOTHING_RATED) or clause.tally.percent == 0
        assert row["Coverage"] == clause.tally.coverage
        assert (row["Majors"], row["Minors"]) == (clause.majors, clause.minors)
        assert row["Gate"] == ("gate" if clause.gate else None)


def test_unrated_and_not_applicable_never_look_like_zero(tmp_path: Path) -> None:
    write(examples.untouched().deliverable(), tmp_path / "client.xlsx")
    sheet = oracle.load(tmp_path / "client.xlsx", data_only=True)
    rows = reading.by_key(sheet["Readiness ISO"], "Clause", "Readiness").values()
    assert {row["Readiness"] for row in rows} == {clause_facts.NOTHING_RATED}
    ratings = reading.table(sheet["Assessment"], "Key", "Rating")
    assert {row["Rating"] for row in ratings} == {None}
    assert "nothing rated" in " ".join(reading.texts(sheet))


def test_numbers_of_clauses_are_text(book: Any) -> None:
    refs = [row["Ref"] for row in reading.table(book["Assessment"], "Key", "Ref")]
    assert {"8.1 a", "8.10 a"} <= set(refs)
    clauses = [row["Clause"] for row in reading.by_key(book["Readiness ISO"], "Clause", "Readiness").values()]
    assert {"4", "8.1", "8.10"} <= set(clauses)
    assert all(isinstance(it, str) for it in (*refs, *clauses))


def test_8_1_counts_nothing_of_8_10(values: Any) -> None:
    rows = reading.by_key(values["Readiness ISO"], "Clause", "Readiness")
    assert rows["iso-test/8.1"]["Points"] == 4
    assert rows["iso-test/8.10"]["Points"] == 5
    assert rows["iso-test/8.7"]["Points"] == 2  # two more are options


def test_keys_are_unique_and_say_what_they_are(book: Any) -> None:
    for name in ("Assessment", "Findings", "Action plan"):
        keys = [row["Key"] for row in reading.table(book[name], "Key")]
        assert keys
        assert max(Counter(keys).values()) == 1
    rows = reading.table(book["Assessment"], "Key", "Ref", "Fingerprint")
    deliverable = examples.both().deliverable()
    assert [row["Key"] for row in rows] == [it.key for it in deliverable.rows]
    assert [row["Fingerprint"] for row in rows] == [assessment.fingerprint(it) for it in deliverable.rows]


def test_what_a_client_fills_in_is_unlocked_and_looks_it(book: Any) -> None:
    open_cells: dict[str, set[str]] = {}
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert not sheet.protection.autoFilter  # False: not forbidden
        heads: list[Any] = []
        for row in sheet.iter_rows():
            heads = [it.value for it in row] if row[0].value == "Key" else heads
            for place, cell in enumerate(row):
                if not cell.protection.locked:
                    head = heads[place] if heads else "Status date"
                    open_cells.setdefault(sheet.title, set()).add(head)
                    assert cell.fill.fgColor.rgb == "FFFFF8D6", cell.coordinate
    assert open_cells == {
        "Assessment": {"Rating", "Client's own rating", "Client comment"},
        "Findings": {"Agreed by client", "Client's view"},
        "Action plan": {"Status date", "Owner", "Start", "Effort days", "Due", "Status", "Done %"},
    }


def test_lists_offer_the_words_of_the_framework_s_own_scale(book: Any) -> None:
    deliverable = examples.both().deliverable()
    offered = {it.formula1.strip('"') for it in book["Assessment"].data_validations.dataValidation if it.type == "list"}
    assert offered == {",".join(said(value) for value in one.scale) for one in deliverable.assessed}
    covered = sum(
        cells.size["rows"] * cells.size["columns"]
        for rule in book["Assessment"].data_validations.dataValidation
        for cells in rule.sqref.ranges
    )
    assert covered == 2 * len(deliverable.rows)
    lists = [it.formula1 for it in book["Action plan"].data_validations.dataValidation if it.type == "list"]
    assert lists == [f'"{",".join(action_plan.STATUSES)}"']
    kinds = Counter(it.type for it in book["Action plan"].data_validations.dataValidation)
    assert kinds == {"date": 3, "list": 1, "decimal": 2}
    assert [it.formula1 for it in book["Findings"].data_validations.dataValidation] == ['"yes,no,partly"']


def test_a_missing_reason_shows(book: Any) -> None:
    rules = [
        formula
        for cells in book["Assessment"].conditional_formatting
        for rule in cells.rules
        for formula in rule.formula
    ]
    assert any("not applicable" in it and "LEN(TRIM(" in it for it in rules)
    assert any('"PM"' in it and "LEN(TRIM(" in it for it in rules)
    assert any("SUBTOTAL(103" in it for it in rules)


def test_print_set_up(book: Any) -> None:
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "Northwind Avionics" in sheet.oddFooter.left.text
        assert "Confidential" in sheet.oddFooter.center.text
        assert sheet.oddFooter.right.text.endswith("page &P of &N")
        assert sheet.print_area
    for name in ("Assessment", "Findings", "Action plan", "Not applicable", "Readiness ISO", "Self-check"):
        assert book[name].print_title_rows, name
    for name in ("Assessment", "Findings", "Action plan", "Self-check"):
        assert book[name].freeze_panes, name


def test_tables_are_real_and_hold_no_merged_cells(book: Any) -> None:
    names = {name for sheet in book.worksheets for name in sheet.tables}
    assert names == {"Assessment", "Findings", "Actions", "NotApplicable", "Practices1"}
    for sheet in book.worksheets:
        for table in sheet.tables.values():
            first, last = (int(it) for it in re.findall(r"\d+", table.ref))
            assert not [it for it in sheet.merged_cells.ranges if it.min_row <= last and it.max_row >= first]


def test_pictures_say_their_message_and_have_words_for_those_who_cannot_see_them(file: Path, values: Any) -> None:
    with zipfile.ZipFile(file) as parts:
        charts = [ET.fromstring(parts.read(it)) for it in parts.namelist() if "charts/chart" in it]  # noqa: S314
        drawings = [ET.fromstring(parts.read(it)) for it in parts.namelist() if "drawings/drawing" in it]  # noqa: S314
    assert len(charts) == 4
    told = reading.texts(values)
    for chart in charts:
        title = chart.find(".//{*}title//{*}strCache//{*}v")
        assert title is not None
        assert title.text in told
        axes = chart.findall(".//{*}cat")
        assert axes
        if chart.find(".//{*}radarChart") is not None:
            assert len(axes[0].findall(".//{*}pt")) <= 10
            assert len(chart.findall(".//{*}ser")) == 2
    alts = [it.get("descr") for drawing in drawings for it in drawing.iter() if it.tag.endswith("cNvPr")]
    assert len([it for it in alts if it and len(it) > 40]) == 4


def test_the_cover_leads_to_every_sheet(book: Any) -> None:
    links = {it.hyperlink.location for row in book["Cover"].iter_rows() for it in row if it.hyperlink}
    assert links == {f"'{name}'!A1" for name in book.sheetnames if name not in ("Cover", "Metadata")}


def test_actions_to_begin_with(tmp_path: Path) -> None:
    example = examples.Example().add(examples.iso()).add(examples.cmmi(), "DEV", target=3)
    for item in ("9.3 a", "8.1 a", "8.1 b", "8.1 c", "8.10 a", "8.10 b", "8.10 c", "8.10 d"):
        example.say("iso-test", item, "not_conforming")
    for item in ("4.1 a", "4.2 a", "8.7 a", "8.7 b", "9.2 a", "9.2 b"):
        example.say("iso-test", item, "partial")
    for item in ("CM 1.1", "EST 1.1", "GOV 1.1", "TS 3.2"):
        example.say("cmmi-test", item, "PM")
    write(example.deliverable(), tmp_path / "client.xlsx")
    sheet = oracle.load(tmp_path / "client.xlsx", data_only=True)["Management summary"]
    rows = reading.table(sheet, "Action", "What has to be in place")
    listed = [str(row["Where"]).split(",")[0] for row in rows if str(row["Action"]).startswith("A-")]
    missing, majors, practices, gates, others = ["9.3"], ["8.10", "8.1"], ["CM", "EST", "GOV"], ["9.2", "4.2"], ["8.7"]
    alternating = [majors[0], practices[0], majors[1], practices[1]]
    assert listed == [*missing, *alternating, *gates, practices[2], *others, "4.1"]


def summary_of(example: examples.Example, tmp_path: Path) -> tuple[list[str], dict[str, list[tuple[str, str]]]]:
    """Every text of the summary, and the lines of each short list by its first word."""
    write(example.deliverable(), tmp_path / "client.xlsx")
    sheet = oracle.load(tmp_path / "client.xlsx", data_only=True)["Management summary"]
    texts = [str(it.value) for row in sheet.iter_rows(max_col=25) for it in row if it.value is not None]
    lists: dict[str, list[tuple[str, str]]] = {}
    heads = [it for row in sheet.iter_rows(max_col=25) for it in row if str(it.value)[:8] in ("Stronges", "Weakest:")]
    for head in heads:
        width = next(it.size["columns"] for it in sheet.merged_cells.ranges if head.coordinate in it)
        lines = lists.setdefault(str(head.value).split(":")[0], [])
        for number in range(head.row + 1, head.row + 6):
            told = [sheet.cell(number, head.column + col).value for col in range(width)]
            line = [str(it) for it in told if it is not None]
            lines.append((line[0], " ".join(line[1:]))) if line else None
    return texts, lists


def test_strong_and_weak_clauses_stand_with_coverage_and_majors(tmp_path: Path) -> None:
    example = examples.Example().add(examples.iso())
    for item in ("4.1 a", "4.1 b", "4.1 c", "8.1 a", "8.1 b", "8.1 c", "8.7 a", "8.10 a", "8.10 b"):
        example.say("iso-test", item, "conforming")
    for item, value in (("9.2 a", "not_conforming"), ("9.2 b", "conforming"), ("9.3 a", "not_conforming")):
        example.say("iso-test", item, value)
    example.findings = (examples.finding(1, "major", [("iso-test", "8.1 a")]),)
    texts, lists = summary_of(example, tmp_path)
    assert lists["Strongest"] == [("4.1 Context", "100.0 % of 100 %"), ("8.7 Nonconforming output", "100.0 % of 50 %")]
    assert lists["Weakest"] == [
        ("9.3 Management review", "0.0 % of 100 %, 1 major"),
        ("9.2 Internal audit", "50.0 % of 67 %"),
        ("8.1 Planning", "100.0 % of 75 %, 1 major"),
    ]
    assert not any("8.10" in name for lines in lists.values() for name, _ in lines)  # two of five rated
    assert any(it.startswith("\N{BULLET} F-01 major") for it in "\n".join(texts).split("\n"))


def test_areas_that_nobody_characterized_are_neither_strong_nor_weak(tmp_path: Path) -> None:
    example = examples.Example().add(examples.cmmi(), "DEV", target=2)
    for item, value in (("CM 1.1", "FM"), ("CM 2.2", "FM"), ("CM 2.3", "LM"), ("EST 1.1", "DM"), ("GOV 1.1", "FM")):
        example.say("cmmi-test", item, value)
    example.say("cmmi-test", "GOV 2.2", "PM").say("cmmi-test", "SAM 1.1", "FM")
    texts, lists = summary_of(example, tmp_path)
    assert lists["Strongest"] == [("CM CM area", "level 2")]
    assert lists["Weakest"] == [("EST EST area", "level 0"), ("GOV GOV area", "level 1")]
    assert "1 area not characterized, so not listed here: II." in texts


def test_a_short_list_without_lines_says_so(tmp_path: Path) -> None:
    texts, lists = summary_of(examples.perfect(), tmp_path)
    assert [name for name, _ in lists["Weakest"]] == [
        "None: nothing weak in what is at least half rated.",
        "None: no practice group is unsatisfied.",
    ]
    assert not any("not characterized, so" in it for it in texts)
    texts, _ = summary_of(examples.hopeless(), tmp_path)
    assert {"None: no clause has 75 % without a major.", "None: no area holds yet what is asked of it."} <= set(texts)
    texts, _ = summary_of(examples.untouched(), tmp_path)
    assert {"No clause is half rated yet.", "No area is characterized yet."} <= set(texts)


@pytest.mark.parametrize("name", list(examples.EVERY))
def test_nothing_is_both_strong_and_weak(name: str, tmp_path: Path) -> None:
    if examples.EVERY[name]().frameworks:
        _, lists = summary_of(examples.EVERY[name](), tmp_path)
        strong, weak = ({it for it in lists[side] if it[1]} for side in ("Strongest", "Weakest"))
        assert not {it for it, _ in strong} & {it for it, _ in weak}
        assert not any("major" in figures for _, figures in strong)


def test_cautions_stand_beside_the_verdict(tmp_path: Path) -> None:
    example = examples.perfect()
    for item in ("9.2 a", "9.2 b", "9.2 c", "4.1 a"):
        example.say("iso-test", item, "na", reason="Too much work")
    result = example.deliverable().assessed[0].result
    assert isinstance(result, ConformityResult)
    assert [it.item for it in result.cautions] == ["4.1", "9.2"]
    texts, _ = summary_of(example, tmp_path)
    told = [line for it in texts for line in it.split("\n")]
    assert "Whatever the verdict, an auditor will question: 4.1 and 9.2 (see Readiness ISO)" in told
    sheet = oracle.load(tmp_path / "client.xlsx", data_only=True)["Readiness ISO"]
    rows = [[it for it in row if it is not None] for row in sheet.iter_rows(values_only=True)]
    at = rows.index(["Whatever the verdict, an auditor will question (at the time of export):"])
    assert [row[0] for row in rows[at + 1 : at + 3]] == ["4.1", "9.2"]
    assert "an auditor will not accept that" in rows[at + 2][1]
    assert not any("will question" in it for it in summary_of(examples.perfect(), tmp_path)[0])


def test_dates_are_dates_and_days_late_are_blank_without_one(values: Any) -> None:
    sheet = values["Action plan"]
    row = next(row for row in sheet.iter_rows() if any(it.value == "Status date" for it in row))
    assert any(getattr(it.value, "year", None) == 2026 for it in row)
    assert {it["Days late"] for it in reading.table(sheet, "Key", "Days late")} == {None}
    assert {it["Due"] for it in reading.table(sheet, "Key", "Due")} == {None}


def test_metadata_name_the_state_and_the_catalogs(book: Any, file: Path) -> None:
    values = {row[0].value: row[1].value for row in book["Metadata"].iter_rows(max_col=2)}
    assert values["Format"] == "gapbench-workbook/1"
    assert values["State of the engagement (last step)"] == "f" * 64
    assert values["Catalog iso-test"] == "ISO test:2015, revision 3"
    assert values["Rows on Assessment"] == str(len(examples.both().deliverable().rows))
    with zipfile.ZipFile(file) as parts:
        custom = parts.read("docProps/custom.xml").decode()
    assert "gapbench-workbook/1" in custom
    assert "f" * 64 in custom
    assert "iso-test@3 cmmi-test@2" in custom


def test_the_self_check_holds_every_total(values: Any) -> None:
    lines = [it for it in reading.table(values["Self-check"], "Total", "Check") if it["Total"]]
    assert {it["Check"] for it in lines} == {"OK"}
    told = {it["Total"] for it in lines}
    assert {"ISO test:2015: readiness %", "ISO test:2015 clause 8: majors", "CMMI test 2.0: maturity level"} <= told
    assert "Rows of the assessment" in told
    assert any(it.startswith("Keys of the assessment") for it in told)


def test_refs_and_caveat_stand_where_a_client_reads(book: Any) -> None:
    text = "\n".join(reading.texts(book))
    assert "only an accredited certification body certifies" in text
    assert "The standard is ISO's; the words are ours." in text
    assert "By size" in text


@pytest.mark.parametrize("rows", [0, 1, 5_000])
def test_sizes(rows: int, tmp_path: Path) -> None:
    example = examples.large(rows) if rows > 1 else examples.nothing()
    if rows == 1:
        one = examples.iso()
        example = examples.only(type(one)(**{**vars_of(one), "items": one.items[:1], "groups": one.groups[:2]}))
    deliverable = example.deliverable()
    assert len(deliverable.rows) == rows
    write(deliverable, tmp_path / "client.xlsx")
    keys = [it["Key"] for it in reading.table(oracle.load(tmp_path / "client.xlsx")["Assessment"], "Key", "Ref")]
    assert len(keys) == rows
    if oracle.find_soffice() is not None:
        assert oracle.ask(tmp_path / "client.xlsx").sound


def vars_of(catalog: Any) -> dict[str, Any]:
    return {name: getattr(catalog, name) for name in catalog.__dataclass_fields__}
