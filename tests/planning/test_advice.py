"""The decision guide: its checked cases, and every rule, modifier and change by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gapbench.catalog import compiling_advice, reading
from gapbench.catalog.guide import Checked, Condition, guide
from gapbench.catalog.shipped import catalogs_folder
from gapbench.errors import UsageError
from gapbench.planning.advice import Change, advise, asked, holds

GUIDE = guide()
MUST = {"contract_cmmi": "mandatory"}
SCORED = {"contract_cmmi": "scored_or_preferred"}


def path_of(**inputs: str | int) -> tuple[str, str]:
    advice = advise(GUIDE, inputs)
    return advice.rule, advice.path


@pytest.mark.parametrize("case", GUIDE.cases, ids=lambda case: case.name)
def test_the_checked_cases(case: Checked) -> None:
    advice = advise(GUIDE, case.inputs)
    assert (advice.path, advice.rule) == (case.path, case.rule)
    assert advice.name == GUIDE.path[case.path].name
    assert advice.reasons


def test_there_are_eight_cases_twenty_rules_and_eight_modifiers() -> None:
    assert len(GUIDE.cases) == 8
    assert [rule.id for rule in GUIDE.rules] == [f"B{number:02}" for number in range(20)]
    assert [modifier.id for modifier in GUIDE.modifiers] == [f"M{number:02}" for number in range(1, 9)]
    assert len(GUIDE.inputs) == 14


@pytest.mark.parametrize(
    ("inputs", "rule", "path"),
    [
        ({"current": "both", **MUST, "contract_iso9001": "mandatory"}, "B00", "MERGE_SYSTEMS"),
        ({**MUST, "contract_iso9001": "mandatory"}, "B01", "BOTH_INTEGRATED"),
        ({"nasa_software_class": "A"}, "B02", "CMMI_REQUIRED"),
        ({"nasa_software_class": "C_or_lower"}, "B19", "ISO_FIRST"),
        ({"contract_sector": "AS9100", **MUST}, "B03", "AS9100_PLUS_CMMI"),
        ({"contract_sector": "AS9100"}, "B04", "AS9100_ONLY"),
        ({**MUST, "deadline_months": 11}, "B05", "CMMI_FIRST_ISO_SHAPED"),
        ({**MUST, "deadline_months": 12}, "B08", "CMMI_FIRST"),
        ({**MUST, "deadline_months": 11, "current": "iso9001"}, "B06", "EXTEND_ISO_TO_CMMI"),
        ({**MUST, "current": "as9100"}, "B06", "EXTEND_ISO_TO_CMMI"),
        ({**MUST, "contract_iso9001": "scored_or_preferred"}, "B07", "BOTH_INTEGRATED"),
        (MUST, "B08", "CMMI_FIRST"),
        ({"current": "cmmi_ml2", "contract_iso9001": "scored_or_preferred"}, "B09", "ADD_ISO_DELTA"),
        ({"contract_iso9001": "mandatory"}, "B10", "ISO_FIRST"),
        ({**SCORED, "contract_iso9001": "scored_or_preferred"}, "B11", "BOTH_STAGED"),
        ({**SCORED, "develops_products": "yes", "size": "L"}, "B12", "ISO_FIRST_THEN_CMMI"),
        ({**SCORED, "develops_products": "yes", "size": "S"}, "B19", "ISO_FIRST"),
        ({"goal": "high_maturity", "industry": "startup"}, "B13", "CMMI_ML3_THEN_4_5"),
        ({"goal": "internal_improvement"}, "B14", "CMMI_AS_INTERNAL_MODEL"),
        ({"industry": "manufacturing"}, "B15", "ISO_ONLY"),
        ({"industry": "startup"}, "B16", "ISO_FIRST_LIGHT"),
        ({"industry": "software_commercial"}, "B17", "ISO_ONLY"),
        ({"industry": "software_commercial", "goal": "rating"}, "B19", "ISO_FIRST"),
        ({"industry": "it_services_commercial"}, "B18", "ISO_ONLY"),
        ({}, "B19", "ISO_FIRST"),
    ],
)
def test_the_first_rule_that_holds_gives_the_path(inputs: dict[str, str | int], rule: str, path: str) -> None:
    assert path_of(**inputs) == (rule, path)


@pytest.mark.parametrize(
    ("inputs", "modifier"),
    [
        ({"industry": "automotive"}, "M01"),
        ({"industry": "medical"}, "M02"),
        ({"contract_sector": "CMMC"}, "M03"),
        ({"contract_sector": "ISO27001"}, "M03"),
        ({"budget_share_of_estimate": 59}, "M04"),
        ({"goal": "certificate"}, "M05"),
        ({"contract_names_version": "yes"}, "M06"),
        ({"design_in_iso_scope": "no"}, "M07"),
        ({"current": "both"}, "M08"),
    ],
)
def test_each_modifier_adds_to_the_path(inputs: dict[str, str | int], modifier: str) -> None:
    assert [each.id for each in advise(GUIDE, inputs).modifiers] == [modifier]


def test_modifiers_do_not_hold_without_their_reason() -> None:
    assert advise(GUIDE, {}).modifiers == ()
    assert advise(GUIDE, {"budget_share_of_estimate": 60}).modifiers == ()
    joint = {path.id for path in GUIDE.paths if path.joint}
    assert joint == {
        "BOTH_INTEGRATED",
        "BOTH_STAGED",
        "EXTEND_ISO_TO_CMMI",
        "ADD_ISO_DELTA",
        "MERGE_SYSTEMS",
        "AS9100_PLUS_CMMI",
    }


def test_what_follows_from_an_answer_is_said_and_counts_only_for_the_rules() -> None:
    advice = advise(GUIDE, {"nasa_software_class": "B", "contract_iso9001": "mandatory"})
    assert any(reason.startswith("NASA asks for a current CMMI rating") for reason in advice.reasons)
    assert advice.inputs["contract_cmmi"] == "none"
    as9100 = advise(GUIDE, {**MUST, "current": "as9100"})
    assert any("counts as one" in reason for reason in as9100.reasons)


def test_what_nobody_said_is_assumed_or_unknown_and_named() -> None:
    advice = advise(GUIDE, {"industry": "startup"})
    assert advice.inputs["contract_cmmi"] == "none"
    assert "deadline_months" not in advice.inputs
    assert "size" not in advice.inputs
    assert "contract_cmmi" in advice.assumed
    assert "industry" not in advice.assumed


def test_what_would_change_it_names_single_answers_and_each_leads_there() -> None:
    inputs = dict(GUIDE.cases[0].inputs)
    advice = advise(GUIDE, inputs)
    assert Change("contract_iso9001", "none", "CMMI_FIRST") in advice.would_change
    assert Change("deadline_months", "below 12", "CMMI_FIRST_ISO_SHAPED") in advice.would_change
    assert Change("current", "iso9001", "EXTEND_ISO_TO_CMMI") in advice.would_change
    assert all(change.path != advice.path for change in advice.would_change)
    for change in advice.would_change:
        value: str | int = 11 if change.to == "below 12" else change.to
        assert advise(GUIDE, {**inputs, change.input: value}).path == change.path
    hurried = advise(GUIDE, {**MUST, "deadline_months": 6})
    assert Change("deadline_months", "12 or more", "CMMI_FIRST") in hurried.would_change


def test_every_other_answer_that_is_not_named_leads_to_the_same_path() -> None:
    for case in GUIDE.cases:
        advice = advise(GUIDE, case.inputs)
        named = {(change.input, change.to) for change in advice.would_change}
        for each in GUIDE.inputs:
            for value in each.values:
                same = advise(GUIDE, {**case.inputs, each.id: value}).path == advice.path
                assert same or (each.id, value) in named


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"weather": "fine"}, "does not ask for 'weather'"),
        ({"industry": "circus"}, "industry has no value 'circus'; it has software_defence"),
        ({"deadline_months": "soon"}, "deadline_months is a number of months"),
        ({"deadline_months": -1}, "deadline_months is a number of months"),
        ({"size": 3}, "size has no value 3"),
    ],
)
def test_strange_answers_are_refused_in_a_sentence(inputs: dict[str, str | int], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        advise(GUIDE, inputs)


def test_only_what_is_worth_it_is_asked() -> None:
    names = [each.id for each in asked(GUIDE, {})]
    assert names[0] == "industry"
    assert {"contract_cmmi_level", "nasa_software_class", "design_in_iso_scope"}.isdisjoint(names)
    names = [each.id for each in asked(GUIDE, {"industry": "space_nasa", **MUST, "develops_products": "yes"})]
    assert {"contract_cmmi_level", "nasa_software_class", "design_in_iso_scope"} <= set(names)
    assert {"industry", "contract_cmmi"}.isdisjoint(names)


def test_what_is_unknown_fulfils_no_condition() -> None:
    assert holds((), {})
    assert not holds((Condition("size", ("S",)),), {})
    assert not holds((Condition("deadline_months", below=12),), {})
    assert not holds((Condition("deadline_months", below=12),), {"deadline_months": "11"})


def test_another_guide_is_obeyed() -> None:
    other = replace(GUIDE, rules=(replace(GUIDE.rules[-1], path="ISO_ONLY"),))
    assert advise(other, MUST).path == "ISO_ONLY"


# --- what is refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("when: {current: [both]}", "when: {currant: [both]}", "B00: when: there is no input 'currant'"),
        ("when: {current: [both]}", "when: {current: [bath]}", "B00: when: current has no value 'bath'"),
        ("when: {current: [both]}", "when: {current: {below: 3}}", "B00: when: current is no number"),
        ("path: MERGE_SYSTEMS", "path: MERGE", "B00: path: there is no such path"),
        ("- id: B01", "- id: B00", "B00: id: stands twice"),
        ("when: {}", "when: {size: [S]}", "B19: when: the last rule must hold always"),
        ("else: other", "else: others", "industry: else: 'others' is not one of its values"),
        ("rules: 20", "rules: 21", "counts: rules: says 21, there are 20"),
        ("rule: B07", "rule: B77", "there is no such rule"),
        ("size: L, deadline_months: 24", "size: XL, deadline_months: 24", "size has no value 'XL'"),
        ("becomes: mandatory", "becomes: must", "derive: becomes: contract_cmmi has no value 'must'"),
        ("    unit: months\n", "", "deadline_months: needs either values or a unit"),
    ],
)
def test_a_guide_that_is_wrong_is_refused_in_a_sentence(old: str, new: str, said: str) -> None:
    text = (catalogs_folder() / "advice" / compiling_advice.FILE).read_text(encoding="utf-8")
    assert old in text
    document: Any = reading.read_bytes(text.replace(old, new, 1).encode(), compiling_advice.FILE)
    found = list(compiling_advice.problems_of(document, compiling_advice.FILE))
    assert any(said in problem for problem in found), found
