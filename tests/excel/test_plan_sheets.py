"""The plan in the client's workbook: what stands there, and what moves when the client ticks, types or moves a date."""

from __future__ import annotations

import random
import re
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from gapbench.catalog.shipped import load_shipped
from gapbench.engagement.engagement import Engagement
from gapbench.excel import crosswalk, roadmap_facts, whatif
from gapbench.excel.whatif_facts import Audited, Levelled, facts_of
from gapbench.excel.workbook import sheets_of, write
from gapbench.planning import future
from gapbench.planning.values import Action, Decision, Settings
from gapbench.rating.inputs import Unit
from gapbench.rating.results import ConformityResult
from gapbench.work.deliverable import Deliverable, build
from gapbench.work.example import write_example
from tests.excel import examples, oracle, reading
from tests.excel.test_print import pages

if TYPE_CHECKING:
    from pathlib import Path

ISO, CMMI = "iso9001-2015", "cmmi-2.0"
SHEETS = ("Roadmap", "What-if", "Crosswalk", "Audit programme", "Management review")
UNITS = (Unit("u-falcon", "Falcon", "project"), Unit("u-heron", "Heron", "project"))
WEIGHTS = {"conforming": 8, "partial": 2, "not_conforming": 1}
needs_oracle = pytest.mark.skipif(oracle.find_soffice() is None, reason="LibreOffice is not installed: no oracle")


def planned() -> examples.Example:
    """ISO 9001 beside CMMI 2.0 DEV to level 3, with decisions, recorded actions and findings."""
    example = examples.Example(units=UNITS)
    example.add(load_shipped(ISO)).add(load_shipped(CMMI), "DEV", target=3)
    example.fill(ISO, 0.9, 3, WEIGHTS).fill(CMMI, 1.0, 3, {"FM": 12, "LM": 5, "PM": 1})
    for item in example.catalogs[ISO].items_of["8.4.1"]:
        example.say(ISO, item.id, "conforming")
    example.say(CMMI, "SAM 1.1", "NY", "u-falcon")
    example.findings = (
        examples.finding(1, "major", [(ISO, "9.2.1 a"), (CMMI, "PQA 2.1")], gap="No audit of projects"),
        examples.finding(2, "minor", [(ISO, "7.5.2 a")], gap="Drafts in use"),
    )
    example.settings = Settings(size="M", capacity=15, cmmi_mandate=2, deadline=date(2027, 9, 30))
    example.decisions = (
        Decision("WP01", owner="=HYPERLINK(1)", status="done"),
        Decision("WP05", pain=(4, 4)),
        Decision("WP09", priority=4.5, reason="The board asked for it"),
        Decision("WP12", effort=(6, 10), start=date(2027, 3, 1), due=date(2027, 4, 1)),
    )
    example.actions = (
        Action("a-1", "WP04", "Buy a repository", ((ISO, "7.5.2"),), "E. Gray", 4, status="done", finding="f-2"),
        Action("a-2", "WP04", "Move the drafts", needs=("a-1",), due=date(2026, 11, 1), status="started", manual=True),
        Action("a-3", "", "Tell everybody", owner="The board", manual=True),
    )
    return example


@pytest.fixture(scope="module")
def deliverable() -> Deliverable:
    return planned().deliverable()


@pytest.fixture(scope="module")
def file(deliverable: Deliverable, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("plan") / "client.xlsx"
    write(deliverable, target)
    return target


@pytest.fixture(scope="module")
def book(file: Path) -> Any:
    return oracle.load(file)


@pytest.fixture(scope="module")
def values(file: Path) -> Any:
    return oracle.load(file, data_only=True)


def rows(sheet: Any, *heads: str) -> dict[str, dict[str, Any]]:
    return reading.by_key(sheet, *heads)


# --- which sheets --------------------------------------------------------------------------------------


def test_sheets_of_the_plan_stand_where_packages_know_the_frameworks(deliverable: Deliverable) -> None:
    assert set(SHEETS) <= set(sheets_of(deliverable))
    assert not set(SHEETS) & set(sheets_of(examples.both().deliverable()))


def test_one_framework_has_no_crosswalk_and_nothing_open_no_roadmap() -> None:
    one = examples.Example().add(load_shipped(ISO)).fill(ISO, 1.0, 1, {"conforming": 1}).deliverable()
    assert set(sheets_of(one)) & {*SHEETS, "Action plan"} == {"Audit programme", "Management review"}


def test_a_plan_that_cannot_be_is_said_and_the_workbook_written(tmp_path: Path) -> None:
    with Engagement.create(tmp_path / "client.gapbench", examples.PROFILE, author="E. Gray") as engagement:
        engagement.add_framework(load_shipped(ISO))
        engagement.rate(ISO, [("4.1 §1", "")], "not_conforming", note="None")
        engagement.set_plan(Settings(capacity=0))
        found = build(engagement)
    assert found.plan is None
    assert "does not end within 20 years" in found.refused
    write(found, tmp_path / "client.xlsx")
    said = reading.texts(oracle.load(tmp_path / "client.xlsx", data_only=True))
    assert any("does not end within 20 years" in it for it in said)


# --- the action plan -------------------------------------------------------------------------------------


def test_every_open_item_is_closed_by_the_actions_of_one_package(deliverable: Deliverable) -> None:
    assert deliverable.plan is not None
    homes: dict[tuple[str, str], set[str]] = {}
    for line in deliverable.lines:
        for ref in line.closes:
            homes.setdefault(ref, set()).add(line.package)
    open_ = {(it.ref[0], item) for it in deliverable.plan.requirements if it.open for item in it.open_items}
    assert set(homes) == open_
    assert {len(its) for its in homes.values()} == {1}
    for it in deliverable.plan.packages:
        if it.decision.effort is None:
            own = sum(line.effort or 0 for line in deliverable.lines if line.package == it.id)
            assert own == pytest.approx(sum(it.effort) / 2), it.id


def test_lines_stand_by_package_with_owner_dates_and_status(values: Any, deliverable: Deliverable) -> None:
    lines = rows(values["Action plan"], "Action", "Package")
    assert deliverable.plan is not None
    order = [str(it["Package"]).split()[0] for it in lines.values() if it["Package"]]
    assert list(dict.fromkeys(order)) == [it.id for it in deliverable.plan.packages]
    done, late, other = lines["a-1"], lines["a-2"], lines["a-3"]
    assert (done["Action"], done["Owner"], done["Status"], done["Done %"]) == ("WP04/R1", "E. Gray", "done", 1)
    assert (done["Effort days"], done["Severity"], done["Findings"]) == (4, "minor", "F-02")
    assert done["Closes"].startswith("ISO 9001:2015: 7.5.2 a")
    assert (late["Status"], late["Days late"], late["Severity"]) == ("in progress", 20, "other")
    assert (other["Package"], other["Closes"]) == ("other Other actions", None)
    major = next(it for it in lines.values() if it["Findings"] == "F-01")
    assert (major["Severity"], str(major["Package"])[:4]) == ("major", "WP21")
    assert "PQA 2.1" in major["Closes"]
    assert {it["Owner"] for it in lines.values() if str(it["Package"]).startswith("WP01 ")} == {"=HYPERLINK(1)"}


def test_what_two_editions_ask_alike_is_one_line(tmp_path: Path) -> None:
    new = load_shipped("iso9001-2026")
    with Engagement.create(tmp_path / "client.gapbench", examples.PROFILE, author="E. Gray") as engagement:
        engagement.add_framework(load_shipped(ISO))
        engagement.succeed(new, "dual")
        engagement.rate(ISO, [("7.5.2 a", ""), ("7.5.2 b", "")], "partial", note="Half")
        engagement.rate(new.id, [("7.5.2 a", ""), ("7.5.2 b", "")], "partial", note="Half")
        found = build(engagement)
    (line,) = (it for it in found.lines if it.closes[0][1].startswith("7.5.2"))
    assert {catalog for catalog, _ in line.closes} == {ISO, new.id}
    assert len(found.actions) > len(found.lines)


# --- roadmap ---------------------------------------------------------------------------------------------


def test_the_roadmap_says_what_the_plan_says(values: Any, deliverable: Deliverable) -> None:
    plan = deliverable.plan
    assert plan is not None
    told = rows(values["Roadmap"], "Package", "Finish")
    assert [*told] == [it.id for it in plan.packages]
    for it in plan.packages:
        row, slot = told[it.id], plan.schedule.slots.get(it.id)
        assert (row["Low"], row["High"]) == pytest.approx(it.effort, abs=1e-4)
        if slot is not None:
            assert (row["Start"].date(), row["Finish"].date()) == (slot.start, slot.finish)
            assert bool(row["Critical"]) == slot.critical
    assert (told["WP01"]["Status"], told["WP01"]["Done"]) == ("done", 1)
    assert 0 < told["WP04"]["Done"] < 1


def test_priorities_are_the_engine_s_and_give_the_order(values: Any, deliverable: Deliverable) -> None:
    plan = deliverable.plan
    assert plan is not None
    found = priorities(values)
    for it in plan.packages:
        row = found[it.id]
        assert row["P"] == pytest.approx(it.priority.P, abs=1e-5), it.id
        assert row["own P"] == pytest.approx(it.priority.own if not it.priority.override else it.priority.P, abs=1e-5)
        for name in ("S", "C", "B", "R", "G", "U", "Z", "V"):
            assert row[name] == pytest.approx(getattr(it.priority, name), abs=1e-5), (it.id, name)
    assert sorted(row["place"] for row in found.values()) == list(range(1, len(found) + 1))
    plain = examples.Example(units=UNITS).add(load_shipped(ISO)).fill(ISO, 0.9, 3, WEIGHTS).deliverable()
    assert plain.plan is not None


def priorities(values: Any) -> dict[str, dict[str, Any]]:
    """Rows of the block below the roadmap, by package."""
    heads: dict[int, str] = {}
    found: dict[str, dict[str, Any]] = {}
    for cells in values["Roadmap"].iter_rows():
        texts = {it.column: str(it.value) for it in cells if it.value is not None}
        if "own P" in texts.values():
            heads = texts
        elif heads and cells[0].value is None:
            return found
        elif heads:
            found[str(cells[0].value)] = {heads[it.column]: it.value for it in cells if it.column in heads}
    return found


def gantt(values: Any, package: str) -> list[int]:
    """Places of the periods that are marked for a package."""
    row = next(it for it in values["Roadmap"].iter_rows() if it[0].value == package)
    first = len(roadmap_facts.GRID)
    return [place for place, it in enumerate(row[first : first + 22]) if it.value]


def test_bars_stand_where_the_dates_are(values: Any, deliverable: Deliverable) -> None:
    assert deliverable.plan is not None
    slots = list(deliverable.plan.schedule.slots.values())
    firsts = [min(gantt(values, it.package)) for it in slots]
    assert firsts == sorted(firsts)
    assert all(gantt(values, it.package) for it in slots)


def test_gates_and_forecast_stand_below(values: Any, deliverable: Deliverable) -> None:
    plan = deliverable.plan
    assert plan is not None
    text = [[it.value for it in row] for row in values["Roadmap"].iter_rows()]
    for gate in plan.gates:
        row = next(it for it in text if gate.title in it)
        days = [it for it in row if isinstance(it, (int, float)) or hasattr(it, "date")]
        told = [it.date() if hasattr(it, "date") else date(1899, 12, 30) + timedelta(days=it) for it in days]
        assert told[:2] == [gate.start, gate.finish], gate.id
    last = plan.forecast[-1]
    assert any(f"{last.day:%Y-%m-%d}" in row for row in text)
    assert any("to stand by 2027-09-30" in str(it) for row in text for it in row)


# --- what if ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_counts_give_what_the_rules_give_whatever_is_ticked(deliverable: Deliverable, seed: int) -> None:
    plan = deliverable.plan
    assert plan is not None
    dice = random.Random(seed)  # noqa: S311
    done = [it.id for it in plan.packages if dice.random() < dice.choice((0.2, 0.5, 0.9, 1.0))]
    after = future.after(plan.parts, plan.packages, done)
    for fact in facts_of(plan):
        standing = after[fact.catalog]
        left = sum(fact.open.values()) - sum(fact.open.get(it, 0) for it in done)
        assert left == standing.open
        if isinstance(fact, Audited):
            assert fact.percent(done) == standing.percent
        else:
            assert fact.is_exact
            assert fact.level(done) == standing.level


def test_levels_are_left_out_where_counts_do_not_give_them() -> None:
    fact = Levelled("c", "C", "maturity level", 1, 3, {2: 3, 3: 5}, {2: 1, 3: 1}, {2: {"A": 2}, 3: {"A": 4}}, {"A": 4})
    assert (fact.level(), fact.level(["A"]), fact.left(2, ["A"])) == (1, 1, 1)


# --- crosswalk, audits, review ------------------------------------------------------------------------------


def test_the_crosswalk_shows_both_sides_and_never_rates(values: Any, deliverable: Deliverable) -> None:
    told = rows(values["Crosswalk"], "Clause", "Practice")
    assert len(told) == len(list(crosswalk.rows_of(deliverable))) > 200
    assert {it["Strength"] for it in told.values()} == {"strong", "partial"}
    scored = {row.key: row for row in crosswalk.rows_of(deliverable)}
    assert {told[key]["Clause ready"] for key in told if scored[key].pair.leaf == "8.4.1"} == {100}
    assert all(told[key]["Practice now"] == row.value for key, row in scored.items())
    assert all(it["What they share"] for it in told.values())
    result = deliverable.assessed[0].result
    assert isinstance(result, ConformityResult)
    for row in told.values():
        assert row["Clause ready"] in (result.leaves[row["Clause"]].tally.percent, "nothing rated")


def test_a_candidate_is_called_one_and_names_who_is_to_be_asked() -> None:
    example = planned()
    catalog = example.catalogs[ISO]
    for item in catalog.items:
        example.say(ISO, item.id, "conforming")
    example.findings = ()
    del example.answers[CMMI]
    example.answers[CMMI] = {}
    example.say(CMMI, "CM 1.1", "FM", "u-falcon")
    found = {it.pair.practice: it.standing for it in crosswalk.rows_of(example.deliverable())}
    assert any(it == "candidate, not rated; ask Falcon and Heron" for it in found.values())
    assert {it.split(";")[0] for it in found.values()} == {"candidate, not rated", "not rated"}


def test_the_audit_programme_asks_once_with_two_references(values: Any, deliverable: Deliverable) -> None:
    assert deliverable.plan is not None
    told = rows(values["Audit programme"], "Question", "Evidence to see")
    assert len(told) == sum(len(unit.questions) for unit in deliverable.plan.programme.units)
    both = [it for it in told.values() if it["ISO 9001:2015"] != "\N{EN DASH}" and it["CMMI 2.0"] != "\N{EN DASH}"]
    assert len(both) > len(told) / 2
    assert {it["ISO result"] for it in told.values()} == {None}


def test_the_review_has_its_items_with_inputs_due(values: Any, deliverable: Deliverable) -> None:
    assert deliverable.plan is not None
    agenda = deliverable.plan.agenda
    told = rows(values["Management review"], "Item", "Pack due")
    assert len(told) == 14
    assert {it["Pack due"].date() for it in told.values()} == {agenda.items[0].due}
    assert told["MR01"]["ISO 9001:2015"] == "9.3.2 a"


# --- handling ----------------------------------------------------------------------------------------------


def test_only_what_a_client_fills_in_is_unlocked(book: Any) -> None:
    unlocked: dict[str, set[str]] = {}
    for name in (*SHEETS, "Action plan"):
        heads: dict[int, str] = {}
        for cells in book[name].iter_rows():
            if "Key" in [it.value for it in cells] or "own P" in [it.value for it in cells]:
                heads = {it.column: str(it.value) for it in cells if it.value is not None}
            for it in cells:
                if not it.protection.locked and type(it).__name__ != "MergedCell":
                    unlocked.setdefault(name, set()).add(heads.get(it.column, "Status date"))
                    assert it.fill.fgColor.rgb == "FFFFF8D6", (name, it.coordinate)
    assert unlocked == {
        "Action plan": {"Status date", "Owner", "Start", "Effort days", "Due", "Status", "Done %"},
        "Roadmap": {"Owner", "Start", "Finish", "Status", "Low", "High", "R"},
        "What-if": {"Do it"},
        "Audit programme": {"ISO result", "CMMI result", "Finding", "What was seen"},
        "Management review": {"Decision", "Owner", "By"},
    }


def test_keys_lists_and_print(book: Any, values: Any) -> None:
    for name in (*SHEETS, "Action plan"):
        keys = [row["Key"] for row in reading.table(values[name], "Key")]
        assert max(Counter(keys).values()) == 1, name
        sheet = book[name]
        assert sheet.protection.sheet
        assert sheet.print_area
        assert sheet.page_setup.orientation == "landscape"
        assert "Northwind Avionics" in sheet.oddFooter.left.text
    lists = {
        name: {it.formula1 for it in book[name].data_validations.dataValidation if it.type == "list"} for name in SHEETS
    }
    assert lists["What-if"] == {'"yes,no"'}
    assert lists["Roadmap"] == {'"planned,in progress,done,verified"'}
    assert lists["Crosswalk"] == set()
    assert any("FM,LM,PM,DM" in it for it in lists["Audit programme"])
    names = {name for sheet in book.worksheets for name in sheet.tables}
    assert {"Actions", "Roadmap", "WhatIf", "Crosswalk", "AuditChecklist", "ReviewAgenda"} <= names
    for sheet in book.worksheets:
        for table in sheet.tables.values():
            first, last = (int(it) for it in re.findall(r"\d+", table.ref))
            assert not [it for it in sheet.merged_cells.ranges if it.min_row <= last and it.max_row >= first], (
                sheet.title
            )


def test_the_bars_are_conditional_formats_over_the_dates(book: Any) -> None:
    rules = [rule for it in book["Roadmap"].conditional_formatting for rule in it.rules if rule.formula]
    said = [formula for rule in rules for formula in rule.formula if "N($" in formula]
    assert len(said) >= 6


def test_the_forecast_says_its_message_and_has_words(file: Path, values: Any) -> None:
    with zipfile.ZipFile(file) as parts:
        charts = [ET.fromstring(parts.read(it)) for it in parts.namelist() if "charts/chart" in it]  # noqa: S314
        drawings = [ET.fromstring(parts.read(it)) for it in parts.namelist() if "drawings/drawing" in it]  # noqa: S314
    titles = [it.text or "" for chart in charts for it in chart.findall(".//{*}title//{*}strCache//{*}v")]
    (title,) = (it for it in titles if it.startswith("By 20"))
    assert re.fullmatch(r"By 20\d\d-\d\d: ISO 9001:2015 \d+\.\d %, CMMI 2.0 level \d", title)
    assert title in reading.texts(values)
    alts = [it.get("descr") or "" for drawing in drawings for it in drawing.iter() if it.tag.endswith("cNvPr")]
    assert any(it.startswith("Forecast by month") and title in it for it in alts)


def test_the_summary_begins_with_the_plan_and_calls_the_saving_modelled(values: Any, deliverable: Deliverable) -> None:
    assert deliverable.plan is not None
    sheet = values["Management summary"]
    listed = [str(row["Package"]) for row in reading.table(sheet, "Package", "Closes", "Finish")]
    assert listed[:10] == [it.id for it in deliverable.plan.packages[:10]]
    (saving,) = (it for it in reading.texts(values) if it.startswith("One programme of"))
    assert "modelled, not measured" in saving
    assert re.search(r"about \d+ % \(\d+ to \d+ %\)", saving)


@pytest.mark.parametrize("text", ["=1+1", "<r><t>x</t></r>", "a\x00b\ufffe", "\u05e9\u05dc\u05d5\u05dd " * 400])
def test_a_client_s_text_is_only_text(text: str, tmp_path: Path) -> None:
    example = examples.Example(units=(Unit("u", text, "project"),))
    example.add(load_shipped("cmmi-2.0"), "DEV", target=2).fill(CMMI, 0.6, 2, {"FM": 2, "PM": 1})
    example.profile = replace(example.profile, client=text, classification=text)
    example.actions = (Action("a", "WP04", text, ((CMMI, "CM 2.2"),), text),)
    example.decisions = (Decision("WP04", owner=text, priority=3.0, reason=text),)
    write(example.deliverable(), tmp_path / "client.xlsx")
    book = oracle.load(tmp_path / "client.xlsx")
    said = [str(it.value) for sheet in book for row in sheet.iter_rows() for it in row if it.data_type == "f"]
    assert not [it for it in said if "1+1" in it and "ROUND" not in it and "COUNTIF" not in it]
    owners = [row["Owner"] for row in reading.table(book["Roadmap"], "Key", "Owner")]
    assert any(str(it).strip().startswith(text[:1]) for it in owners)


# --- what moves --------------------------------------------------------------------------------------------


@needs_oracle
def test_libreoffice_calculates_the_plan_to_the_delivered_values(file: Path) -> None:
    verdict = oracle.ask(file)
    assert verdict.differences == ()
    assert verdict.errors == ()
    assert verdict.self_check == oracle.ALL_OK


def edited(file: Path, folder: Path, edits: dict[tuple[str, str, str], Any]) -> Any:
    """The workbook after a client wrote into cells, named by sheet, key and heading."""
    book = oracle.load(file)
    for (name, key, head), value in edits.items():
        _cell(book[name], key, head).value = value
    book.save(folder / "edited.xlsx")
    (folder / "out").mkdir()
    return oracle.load(oracle.convert(folder / "edited.xlsx", folder / "out", "xlsx"), data_only=True)


def _cell(sheet: Any, key: str, head: str) -> Any:
    columns: dict[str, int] = {}
    for cells in sheet.iter_rows():
        told = {str(it.value): it.column for it in cells if it.value is not None}
        columns = told if head in told else columns
        if cells[0].value == key and columns:
            return sheet.cell(cells[0].row, columns[head])
    raise AssertionError((key, head))


@needs_oracle
def test_a_client_s_hand_moves_what_it_should(
    file: Path, values: Any, deliverable: Deliverable, tmp_path: Path
) -> None:
    plan = deliverable.plan
    assert plan is not None
    ticked = ["WP21", "WP02", plan.packages[-1].id, "WP11"]
    last = max(plan.schedule.slots.values(), key=lambda it: it.finish)
    moved = last.finish + timedelta(days=14)
    low = min(plan.packages, key=lambda it: (it.mandatory, it.priority.P))
    line = next(it for it in deliverable.lines if it.package == "WP06")
    after = edited(
        file,
        tmp_path,
        {
            **{("What-if", name, whatif.TICK): whatif.YES for name in ticked},
            ("Roadmap", low.id, "R"): 5,
            ("Roadmap", last.package, "Finish"): moved,
            ("Roadmap", "WP05", "Low"): 100,
            ("Roadmap", "WP05", "High"): 140,
            ("Action plan", line.key, "Status"): "verified",
        },
    )
    _ticked(after, plan, ticked)
    before, now = priorities(values), priorities(after)
    assert now[low.id]["P"] > before[low.id]["P"]
    assert now[low.id]["V"] == pytest.approx(before[low.id]["V"] + 0.2 * (5 - before[low.id]["R"]))
    assert (before["WP05"]["Z"], now["WP05"]["Z"]) != (13, before["WP05"]["Z"])
    assert now["WP05"]["Z"] == 13
    assert len(gantt(after, last.package)) > len(gantt(values, last.package))
    done = rows(after["Roadmap"], "Package", "Finish")["WP06"]["Done"]
    assert done == pytest.approx(round(line.effort or 0, 2) / _middle(deliverable, "WP06"), abs=1e-3)
    _gate_moved(values, after, plan.gates[-1].title, days=(moved - last.finish).days)
    assert "differ from the export" in oracle.self_check_of(after)


def _middle(deliverable: Deliverable, package: str) -> float:
    return sum(round(it.effort or 0, 2) for it in deliverable.lines if it.package == package)


def _ticked(book: Any, plan: Any, ticked: list[str]) -> None:
    """What the sheet says of ticked packages is what the rules say."""
    standings = future.after(plan.parts, plan.packages, ticked)
    told = {str(row[1].value): row[4].value for row in book["What-if"].iter_rows() if row[1].value is not None}
    assert told["ISO 9001:2015: readiness of what is rated"] == pytest.approx(standings[ISO].percent)
    assert told["ISO 9001:2015: clauses that are open"] == standings[ISO].open
    assert told["CMMI 2.0: maturity level"] == standings[CMMI].level
    assert told["CMMI 2.0: practices that are open"] == standings[CMMI].open
    (message,) = (it for it in reading.texts(book) if it.startswith("With 4 packages ("))
    assert f"ISO 9001:2015 {standings[ISO].percent:.1f} %, {standings[ISO].open} clauses open" in message
    assert "first need others" in message
    missing = rows(book["What-if"], "Package", whatif.NEEDS)["WP11"][whatif.NEEDS].split()
    assert missing == [it for it in plan.package["WP11"].needs if it not in ticked]


def _gate_moved(before: Any, after: Any, title: str, days: int) -> None:
    found = []
    for book in (before, after):
        row = next(it for it in book["Roadmap"].iter_rows(values_only=True) if title in it)
        found.append(next(it for it in row if hasattr(it, "date")))
    assert (found[1] - found[0]).days == days


# --- on paper ----------------------------------------------------------------------------------------------


@needs_oracle
def test_the_worked_example_with_its_plan_prints_on_at_most_sixty_pages(tmp_path: Path) -> None:
    write_example(tmp_path / "example.gapbench")
    with Engagement.open(tmp_path / "example.gapbench", read_only=True) as engagement:
        found = build(engagement, examples.AT)
    write(found, tmp_path / "client.xlsx")
    number = pages(tmp_path / "client.xlsx", tmp_path)
    print(f"the worked example prints on {number} pages")  # noqa: T201
    assert 45 <= number <= 60
