"""One audit programme and one agenda, from what is in scope and what was found."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from gapbench.catalog import packages
from gapbench.catalog.shipped import load_shipped
from gapbench.planning.agenda import Beside, ReviewAgenda, review_agenda
from gapbench.planning.programme import AuditedUnit, AuditProgramme, Standings, audit_programme
from gapbench.planning.resolve import resolve
from gapbench.planning.values import Action
from gapbench.rating.inputs import Answer, Case, Finding, Scope, Unit
from gapbench.rating.models import model_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapbench.catalog.model import Catalog

ISO, CMMI = "iso9001-2015", "cmmi-3.0"
BEGIN = date(2027, 1, 1)
PROJECTS = tuple(Unit(name.lower(), name, "project") for name in ("Falcon", "Heron", "Kite", "Osprey"))
SITES = (Unit("n", "North", "site"), Unit("s", "South", "site"))
FUNCTIONS = (Unit("b", "Buying", "function"),)


@cache
def catalog(name: str) -> Catalog:
    return load_shipped(name)


def standings(
    said: Mapping[str, str],
    names: tuple[str, ...] = (ISO, CMMI),
    units: tuple[Unit, ...] = PROJECTS + FUNCTIONS,
    **more: Any,
) -> Standings:
    """Frameworks in which leaves, areas or items were answered alike everywhere."""
    cases, results = {}, {}
    for name in names:
        views = tuple(view.id for view in catalog(name).views[:1])
        scope = Scope(catalog(name), views=views, target=3 if views else 0, units=units, **more)
        answers = {
            (item.id, unit.id): Answer(value, note="weak", reason="because")
            for item in scope.catalog.items
            if (value := said.get(item.id) or said.get(item.group))
            for unit in model_of(scope).units_for(scope, item)
        }
        cases[name] = Case(scope, answers)
        results[name] = model_of(scope).assess(cases[name])
    return Standings(cases, results)


def programme(known: Standings, **more: Any) -> AuditProgramme:
    catalogs = [case.scope.catalog for case in known.cases.values()]
    return audit_programme(
        packages.audit_programme(catalogs), resolve(packages.packages(catalogs)), known, BEGIN, **more
    )


def agenda(known: Standings, beside: Beside | None = None) -> ReviewAgenda:
    catalogs = [case.scope.catalog for case in known.cases.values()]
    return review_agenda(
        packages.management_review(catalogs),
        resolve(packages.packages(catalogs)),
        known,
        date(2027, 3, 15),
        beside,
    )


def unit(found: AuditProgramme, name: str) -> AuditedUnit:
    return next(each for each in found.units if each.id == name)


# --- the programme ---------------------------------------------------------------------------------------


def test_one_programme_holds_everything_in_scope_once() -> None:
    known = standings({})
    found = programme(known)
    assert len(found.units) == 12
    held = [ref for each in found.units for ref in each.refs]
    assert len(held) == len(set(held))
    assert set(held) == known.in_scope()
    assert len(held) == 65 + 170
    assert {area for each in found.units for _, area in each.areas} == {
        area.id for area in catalog(CMMI).areas if area.id in catalog(CMMI).view["DEV"].areas
    }
    assert found.days == (15, 30)
    assert programme(known, size="L").days == (40, 80)


def test_only_what_is_in_scope_is_audited() -> None:
    only_iso = programme(standings({}, (ISO,)))
    assert all(ref[0] == ISO for each in only_iso.units for ref in each.refs)
    assert all(not each.areas for each in only_iso.units)
    without = programme(standings({}, ("cmmi-2.0",), exclusions={("SAM", ""): "nothing is bought"}))
    assert all(area != "SAM" for each in without.units for _, area in each.areas)


def test_every_unit_comes_at_least_once_and_the_calendar_runs_from_its_first_day() -> None:
    found = programme(standings({}))
    assert {audit.unit for audit in found.audits} == {each.id for each in found.units}
    assert [audit.unit for audit in found.of_quarter(1)] == ["AU01", "AU03", "AU07", "AU08", "AU11", "AU12"]
    assert [audit.unit for audit in found.of_quarter(3)] == ["AU03", "AU06", "AU07", "AU08", "AU11"]
    assert len(found.audits) == 25
    assert {(audit.begin, audit.end) for audit in found.of_quarter(4)} == {(date(2027, 10, 1), date(2027, 12, 31))}


@pytest.mark.parametrize(
    ("begin", "third", "end"),
    [
        (date(2027, 5, 31), date(2027, 11, 30), date(2028, 5, 30)),
        (date(2027, 11, 15), date(2028, 5, 15), date(2028, 11, 14)),
    ],
)
def test_quarters_follow_each_other_without_a_gap(begin: date, third: date, end: date) -> None:
    catalogs = [catalog(ISO)]
    known = standings({}, (ISO,))
    found = audit_programme(packages.audit_programme(catalogs), resolve(packages.packages(catalogs)), known, begin)
    starts = {audit.quarter: audit.begin for audit in found.audits}
    ends = {audit.quarter: audit.end for audit in found.audits}
    assert (starts[1], starts[3], ends[4]) == (begin, third, end)
    assert all((starts[quarter + 1] - ends[quarter]).days == 1 for quarter in (1, 2, 3))


@pytest.mark.parametrize(
    ("said", "name", "reason"),
    [
        ({"9.2.1": "not_conforming"}, "AU12", "bad results: 9.2.1"),
        ({"VV 2.1": "DM"}, "AU09", "bad results: VV 2.1"),
        ({"RSK": "PM"}, "AU04", "bad results: 8 of 8 rated are weak"),
        ({"RSK": "FM", "RSK 1.1": "PM"}, "AU04", ""),
        ({"RSK": "FM"}, "AU04", ""),
        ({}, "AU04", ""),
    ],
)
def test_bad_results_are_audited_twice_as_often(said: dict[str, str], name: str, reason: str) -> None:
    found = programme(standings(said))
    assert unit(found, name).doubled == reason
    usual = len(unit(found, name).text.quarters)
    assert unit(found, name).times == usual * (2 if reason else 1)
    assert sum(audit.visits for audit in found.audits if audit.unit == name) == unit(found, name).times


def test_visits_that_are_doubled_are_spread() -> None:
    found = programme(
        standings({}), stressed={"AU01": "a new board", "AU02": "new tools", "AU08": "much depends on it"}
    )
    when = {
        name: [(audit.quarter, audit.visits) for audit in found.audits if audit.unit == name]
        for name in ("AU01", "AU02", "AU08")
    }
    once = [(1, 1), (2, 1), (3, 1), (4, 1)]
    assert when == {"AU01": [(1, 1), (3, 1)], "AU02": once, "AU08": [(quarter, 2) for quarter, _ in once]}
    assert unit(found, "AU01").doubled == "a new board"


def test_every_project_of_an_appraisal_is_sampled_within_the_year() -> None:
    found = programme(standings({}))
    for name in ("AU07", "AU08", "AU09", "AU10", "AU11"):
        seen = {one for audit in found.audits if audit.unit == name for one in audit.sample}
        assert seen == {each.name for each in PROJECTS}
    assert found.projects.startswith("Every one of the 4 projects")


def test_without_an_appraisal_one_in_three_projects_is_enough() -> None:
    found = programme(standings({}, (ISO,), PROJECTS + SITES))
    for name in ("AU07", "AU09"):
        seen = {one for audit in found.audits if audit.unit == name for one in audit.sample}
        assert len(seen) == 2
    assert found.projects == "At least 2 of 4 projects in each unit that goes with projects, in turn."
    sampled = {one for audit in found.audits for one in audit.sample if audit.unit in ("AU07", "AU08", "AU09", "AU11")}
    assert sampled == {each.name for each in PROJECTS}
    sites = {one for audit in found.audits if audit.unit == "AU02" for one in audit.sample}
    assert sites == {"North", "South"}


def test_an_organisation_without_units_is_audited_as_one() -> None:
    found = programme(standings({}, units=()))
    assert all(audit.sample == () for audit in found.audits)
    assert "audited as one" in found.projects


def test_no_visit_goes_without_a_sample() -> None:
    found = programme(standings({}, units=PROJECTS[:1] + FUNCTIONS))
    project_audits = [audit for audit in found.audits if unit(found, audit.unit).text.layer == "project"]
    assert all(audit.sample == ("Falcon",) for audit in project_audits)


def test_nobody_audits_their_own_work() -> None:
    found = programme(standings({}))
    assert unit(found, "AU03").not_by == ("Configuration manager",)
    assert unit(found, "AU03").text.independent == "Not the configuration manager"
    assert all(each.not_by and each.text.auditor for each in found.units)
    assert any("own work" in rule for rule in found.rules)


def test_the_checklist_has_both_references() -> None:
    found = programme(standings({}))
    for each in found.units:
        assert len(each.questions) >= 3
        assert all(len({ref[0] for ref in question.refs}) == 2 for question in each.questions)


def test_a_question_without_anything_in_scope_is_left_out() -> None:
    with_sam = programme(standings({}, ("cmmi-2.0",)))
    without = programme(standings({}, ("cmmi-2.0",), exclusions={("SAM", ""): "nothing is bought"}))
    asked = [{question.ask for each in found.units for question in each.questions} for found in (with_sam, without)]
    assert [ask[:18] for ask in asked[0] - asked[1]] == ["Take one supplier."]


# --- the agenda --------------------------------------------------------------------------------------------


def test_one_agenda_of_fourteen_items_with_inputs_due() -> None:
    found = agenda(standings({}))
    assert [item.id for item in found.items] == [f"MR{number:02}" for number in range(1, 15)]
    assert {item.due for item in found.items} == {date(2027, 3, 5)}
    assert all(item.brings and item.topic and item.pack and item.decision for item in found.items)
    assert found.items[8].brings == ("Purchasing manager",)
    assert found.items[12].brings == ("Managing director",)
    assert (ISO, "9.3.2 c7") in found.items[8].refs


def test_figures_of_the_engagement_stand_at_their_item() -> None:
    said = {"8.4.1": "conforming", "8.4.2": "not_conforming", "RSK 1.1": "FM", "RSK 2.1": "LM", "9.1.2": "conforming"}
    found = {item.id: item.figures for item in agenda(standings(said)).items}
    assert found["MR09"] == (
        "ISO 9001:2015, 8.4.1, 8.4.2 and 8.4.3: 21 points, 12 rated, 6 conform; 1 major, 0 minor.",
    )
    assert found["MR08"][1] == "CMMI 3.0, RSK 1.1, RSK 2.1, RSK 2.2, RSK 3.4 and 1 more: 5 practices, 1 FM, 1 LM."
    assert found["MR07"][0] == "ISO 9001:2015, 6.2.1 and 6.2.2: 14 points, none rated."
    assert found["MR02"][-2:] == ("ISO 9001:2015.", "CMMI 3.0, view DEV, to level 3.")
    assert found["MR13"][0].startswith("ISO 9001:2015: No verdict yet")
    assert found["MR13"][1].startswith("CMMI 3.0: No verdict yet")
    assert found["MR01"] == ()


def test_findings_actions_and_audits_stand_at_their_item() -> None:
    known = standings({})
    finding = Finding("1", 1, "major", ((ISO, "8.4.1 a"), (CMMI, "PQA 2.1")))
    cases = {
        name: Case(case.scope, case.answers, findings=(finding, Finding("2", 2, "minor", (), status="closed")))
        for name, case in known.cases.items()
    }
    results = {name: model_of(case.scope).assess(case) for name, case in cases.items()}
    known = Standings(cases, results)
    actions = (
        Action("a", "WP01", "Do it", due=date(2027, 3, 1)),
        Action("b", "WP01", "Do it too", status="done"),
    )
    beside = Beside(programme(known), actions, date(2027, 4, 2))
    found = {item.id: item.figures for item in agenda(known, beside).items}
    assert found["MR05"][-1] == "1 finding is open: 1 major, 0 minor."
    assert found["MR01"] == ("1 of 2 actions is open, 1 of them late.",)
    assert found["MR06"][-1].startswith("27 audits in twelve months, 7 of them due by now; twice as often: AU10")


def test_another_edition_has_its_own_letters() -> None:
    found = agenda(standings({}, ("iso9001-2026", "cmmi-dev-1.3")))
    assert ("iso9001-2026", "9.3.2 d7") in found.items[8].refs
    assert ("cmmi-dev-1.3", "SAM SP 2.1") in found.items[8].refs
    assert any(figure.startswith("ISO 9001:2026, 6.1.1, 6.1.2 and 6.1.3") for figure in found.items[7].figures)
