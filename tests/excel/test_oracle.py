"""What the workbook says is what its formulas give, before and after a client changes a rating."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from gapbench.excel import (
    clause_facts,
    clause_panel,
    level_facts,
    level_panel,
    readiness_cmmi,
    readiness_goals,
    readiness_processes,
)
from gapbench.excel.book import CMMI, ISO, LEVEL_SHEETS, PROCESSES, saying
from gapbench.excel.workbook import write
from gapbench.rating.inputs import Answer
from gapbench.rating.models import model_of
from gapbench.rating.results import ConformityResult, LevelResult
from tests.excel import examples, oracle, reading

if TYPE_CHECKING:
    from pathlib import Path

    from gapbench.excel.level_recipe import Recipe
    from gapbench.rating.results import AreaResult
    from gapbench.work.deliverable import Assessed, Deliverable

pytestmark = pytest.mark.skipif(oracle.find_soffice() is None, reason="LibreOffice is not installed: no oracle")


@pytest.mark.parametrize("name", list(examples.EVERY))
def test_libreoffice_calculates_every_formula_to_the_delivered_value(name: str, tmp_path: Path) -> None:
    file = tmp_path / "client.xlsx"
    write(examples.EVERY[name]().deliverable(), file)
    verdict = oracle.ask(file)
    assert verdict.differences == ()
    assert verdict.errors == ()
    assert verdict.self_check == oracle.ALL_OK
    assert verdict.formulas > (300 if name not in ("nothing", "only iso") else 4)


def test_the_oracle_finds_a_wrong_value(tmp_path: Path) -> None:
    import xlsxwriter

    file = tmp_path / "wrong.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_number(0, 0, 20)
        sheet.write_formula(1, 0, "=A1*2", None, 40)
        sheet.write_formula(2, 0, "=A1*3", None, 61)
        sheet.write_formula(3, 0, "=A1/0", None, 0)
    verdict = oracle.ask(file)
    assert verdict.formulas == 3
    assert len(verdict.differences) == 2
    assert len(verdict.errors) == 1
    assert not verdict.sound


def test_the_oracle_prints_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "client.xlsx"
    write(examples.only(examples.iso()).deliverable(), file)
    assert oracle.main([str(file)]) == 0
    said = capsys.readouterr().out.strip()
    assert said.startswith("formulas checked ")
    assert said.endswith("differences 0, error values 0, self-check OK")


@pytest.mark.parametrize(
    ("name", "seed"), [("both", 1), ("both", 2), ("judged", 3), ("sites", 4), ("perfect", 5), ("hopeless", 6)]
)
def test_a_client_s_changes_move_readiness_as_the_rules_say(name: str, seed: int, tmp_path: Path) -> None:
    _moves(examples.EVERY[name](), seed, 0.34, tmp_path)


@pytest.mark.parametrize("name", ["goals staged", "goals answered", "processes"])
def test_levels_are_calculated_to_the_delivered_values(name: str, tmp_path: Path) -> None:
    write(examples.levels()[name]().deliverable(), tmp_path / "client.xlsx")
    assert str(oracle.ask(tmp_path / "client.xlsx")).endswith("differences 0, error values 0, self-check OK")


@pytest.mark.parametrize("name", list(examples.levels()))
def test_levels_move_as_the_rules_say(name: str, tmp_path: Path) -> None:
    _moves(examples.levels()[name](), 7, 0.1, tmp_path)


def _moves(example: examples.Example, seed: int, share: float, tmp_path: Path) -> None:
    """Write, let a client change a share of the ratings, and compare with what the rules say of the changed answers."""
    before = example.deliverable()
    file = tmp_path / "client.xlsx"
    write(before, file)
    edits = _edits(before, seed, share)
    book = oracle.recalculated(file, tmp_path, edits)
    _change(example, before, edits)
    after = example.deliverable()
    for one in after.assessed:
        if isinstance(one.result, ConformityResult):
            _same_clauses(book, one.framework.catalog, one.result)
        else:
            assert isinstance(one.result, LevelResult)
            _same_levels(book, one, one.result)
    _same_proposals(book, before, after)
    assert "differ from the export" in oracle.self_check_of(book)


def _edits(deliverable: Deliverable, seed: int, share: float) -> dict[str, str]:
    """A third of the rows get another rating, some none at all."""
    dice = random.Random(seed)  # noqa: S311
    edits = {}
    for row in deliverable.rows:
        if dice.random() < share:
            one = next(it for it in deliverable.assessed if it.framework.catalog == row.catalog)
            item = one.scope.catalog.item[row.item]
            codes = ["", *(value.code for value in one.scale)]
            code = dice.choice([it for it in codes if model_of(one.scope).refuse(one.scope, item, it) is None])
            edits[row.key] = saying(one.scale)[code]
    return edits


def _change(example: examples.Example, before: Deliverable, edits: dict[str, str]) -> None:
    codes = {word: code for one in before.assessed for code, word in saying(one.scale).items()}
    for key, word in edits.items():
        catalog, item, unit = key.split("|")
        answers = example.answers.setdefault(catalog, {})
        old = answers.get((item, unit))
        new = codes[word] if word else ""
        answers[item, unit] = replace(old, value=new) if old else Answer(new)


def _same_clauses(book: Any, catalog: str, result: ConformityResult) -> None:
    rows = reading.by_key(book[ISO], "Clause", "Readiness")
    for name, clause in reading.clauses(result.groups).items():
        row = rows[f"{catalog}/{name}"]
        expected = (
            clause.tally.percent if clause.tally.percent is not None else clause_facts.NOTHING_RATED,
            clause.tally.coverage if clause.tally.coverage is not None else clause_facts.NO_POINTS,
            clause.majors,
            clause.minors,
            clause.tally.scored,
            clause.tally.counts[""],
        )
        heads = ("Readiness", "Coverage", "Majors", "Minors", "Points", "Not rated")
        found = tuple(row[head] for head in heads)
        assert found == pytest.approx(expected), name
    whole = rows[f"{catalog}/"]
    assert (whole["Majors"], whole["Minors"]) == (result.majors, result.minors)
    assert clause_panel.headline(result) in reading.texts(book)


def _recipe_of(one: Assessed) -> Recipe:
    fixed = {CMMI: readiness_cmmi.RECIPE, PROCESSES: readiness_processes.RECIPE}
    catalog = one.scope.catalog
    return fixed.get(LEVEL_SHEETS[catalog.model]) or readiness_goals.recipe_of(catalog)


def _same_levels(book: Any, one: Assessed, result: LevelResult) -> None:
    catalog = one.scope.catalog
    rows = reading.keyed(book[LEVEL_SHEETS[catalog.model]])
    for area in result.areas:
        row = rows[f"{catalog.id}/{area.id}"]
        assert row[_recipe_of(one).reached] == ("out" if area.out else area.level), area.id
        if not area.out:
            _same_area(rows, one, area, {it.item for it in result.blockers})
    assert level_panel.headline(catalog, result) in reading.texts(book)


def _same_area(rows: dict[str, dict[str, Any]], one: Assessed, area: AreaResult, blocking: set[str]) -> None:
    assert isinstance(one.result, LevelResult)
    facts, recipe = level_facts.Facts(one, one.result, 0, ""), _recipe_of(one)
    row = rows[f"{facts.catalog.id}/{area.id}"]
    assert not facts.method.capped or row["Capability level"] == area.capability_level, area.id
    for level, state in area.practice_groups.items():
        assert row[recipe.states(level)] == level_facts.STATES[state], (area.id, level)
    goals = {name: rows.get(f"{facts.catalog.id}/{name}") for name in area.goals if recipe.goals}
    for name, goal in goals.items():
        assert goal is None or goal["Value"] == level_facts.STATES[area.goals[name]], name
    for name, practice in area.practices.items():
        line = rows.get(f"{facts.catalog.id}|{name}")
        if line is not None:
            allowed = " or ".join(practice.allowed)
            assert line["Value"] == facts.words[practice.value], name
            assert (line.get("Rule allows", allowed) or "") == allowed, name
            assert bool(line["Stands before"]) == (name in blocking), name


def _same_proposals(book: Any, before: Deliverable, after: Deliverable) -> None:
    now = {it.id: it.cls for it in after.findings if it.proposed}
    if not before.findings:
        return
    rows = reading.by_key(book["Findings"], "Class", "Origin")
    for finding in before.findings:
        if finding.proposed:
            assert rows[finding.id]["Class"] == now.get(finding.id, "none now")
