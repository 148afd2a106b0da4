"""The verdict of the audit: five rules in order, with reasons a client understands."""

from dataclasses import replace

import pytest

from gapbench.catalog.model import Catalog
from gapbench.rating import conformity
from gapbench.rating.inputs import Case, Finding, Scope
from gapbench.rating.parties import indicative

from .small import ISO, finding, iso

N, P = "not_conforming", "partial"

VERDICTS = [
    # answers, recorded findings -> verdict, what stands in the way
    ({}, (), "likely", []),
    ({"4.1 §2": "na"}, (), "likely", []),
    ({}, (finding(1, "observation", "4.1 §1"),), "likely", []),
    ({}, (finding(1, "ofi", "4.1 §1"),), "likely", []),
    ({}, (finding(1, "major", "4.1 §1", closed=True),), "likely", []),
    ({"4.1 §1": P}, (), "likely_with_plan", ["4.1 minor"]),
    ({"4.1 §1": P}, (finding(1, "minor", "4.1 §1"),), "likely_with_plan", ["4.1 §1 minor"]),
    ({"4.1 §1": P}, (finding(1, "minor", "4.1 §1", closed=True),), "likely", []),
    ({"4.1 §1": P}, (finding(1, "major", "4.1 §1"),), "not_recommended", ["4.1 §1 major"]),
    (
        {"8.4.1 a": N, "8.4.1 b": N, "8.4.1 c": N, "4.1 §1": P},
        (),
        "not_recommended",
        ["8.4.1 major"],
    ),
    ({"4.1 §1": ""}, (), "incomplete", ["4.1 "]),
    ({"4.1 §1": "", "8.7 §1": "na"}, (), "incomplete", ["4.1 "]),
    ({"4.1 §1": "", "9.3 §1": ""}, (), "incomplete", ["4.1 ", "9.3 "]),
    ({"4.1 §1": "", "8.7 §1": N}, (finding(1, "major", "8.7 §1"),), "incomplete", ["4.1 "]),
    ({"9.3 §1": N}, (), "not_ready", ["9.3 not_conforming"]),
    ({"9.3 §1": N, "4.1 §1": ""}, (), "not_ready", ["9.3 not_conforming"]),
    (
        {"9.3 §1": N},
        (finding(1, "minor", "9.3 §1", closed=True),),
        "not_ready",
        ["9.3 not_conforming"],
    ),
    (
        {"9.2 a": N, "9.2 b": N, "9.3 §1": N},
        (),
        "not_ready",
        ["9.2 not_conforming", "9.3 not_conforming"],
    ),
    ({"9.2 a": N, "9.2 b": ""}, (), "incomplete", ["9.2 "]),
    ({"9.2 a": N, "9.2 b": "na"}, (), "not_ready", ["9.2 not_conforming"]),
]


def test_nothing_left_in_the_count_leaves_nothing_to_judge() -> None:
    result = conformity.assess(iso(rest="na"))
    assert result.verdict == "incomplete"
    assert result.sentence.startswith("No verdict yet: nothing is left to judge, all 10 points are out of the count.")
    assert {it.item for it in result.blockers} == set(result.leaves)


def test_a_gate_that_is_out_is_a_condition_of_the_sentence() -> None:
    result = conformity.assess(iso({"9.3 §1": "na", "4.1 §1": P}))
    assert result.verdict == "likely_with_plan"
    assert result.sentence.startswith("Only if the certification body accepts that 9.3 is out, likely to be")


FAMILIES = [
    # family -> what the sentence with a minor begins and ends with
    ("ISO 9001", "Likely to be recommended", "is accepted."),
    ("AS9100", "Likely to be recommended", "to close it first; ask the certification body."),
    ("Supplier check", "Would pass once a plan for 1 minor (proposed) is accepted.", "is accepted."),
]


@pytest.mark.parametrize(("family", "start", "end"), FAMILIES)
def test_the_sentence_fits_the_family(family: str, start: str, end: str) -> None:
    case = iso({"4.1 §1": P})
    case = replace(case, scope=replace(case.scope, catalog=replace(ISO, family=family)))
    said = conformity.assess(case).sentence
    assert said.startswith(start)
    assert said.endswith(end)
    assert ("ertification" in indicative(case.scope.catalog)) == (family != "Supplier check")


def test_many_partly_met_points_of_a_gate_may_be_one_major() -> None:
    (caution,) = conformity.assess(iso({"9.2 a": P, "9.2 b": P})).cautions
    assert (caution.item, caution.value) == ("9.2", P)
    assert "2 of 2 points are only partly met (9.2 a and 9.2 b); an auditor may see one major" in caution.why
    assert conformity.assess(iso({"9.2 a": P})).cautions == ()


@pytest.mark.parametrize(("answers", "findings", "verdict", "way"), VERDICTS)
def test_the_first_rule_that_holds(
    answers: dict[str, str], findings: tuple[Finding, ...], verdict: str, way: list[str]
) -> None:
    result = conformity.assess(iso(answers, findings=findings))
    assert result.verdict == verdict
    assert [f"{it.item} {it.value}" for it in result.blockers] == way
    assert all(it.why for it in result.blockers)


SENTENCES = [
    (
        {},
        (),
        "Likely to be recommended for certification: all 10 points rated and no nonconformity open.",
    ),
    (
        {"4.1 §1": P, "8.7 §1": P},
        (finding(4, "minor", "8.7 §1"),),
        "Likely to be recommended for certification once a plan for 2 minors (F-04 and 1 proposed) is accepted.",
    ),
    (
        {"4.1 §1": P, "8.7 §1": P},
        (finding(3, "major", "8.7 §1"),),
        "Would not be recommended for certification as it stands: 1 major (F-03) open, beside "
        "1 minor; each must be corrected and verified first.",
    ),
    (
        {"4.1 §1": "", "4.1 §2": "", "8.7 §1": "", "8.4.1 a": P},
        (finding(3, "major", "8.4.1 a"),),
        "No verdict yet: 3 of 10 points not rated, in 4.1 and 8.7; so far 1 major (F-03) and 0 minors.",
    ),
    (
        {"9.2 a": N, "9.2 b": N, "9.3 §1": N},
        (),
        "Not ready for a certification audit: nothing that applies is in place for "
        "9.2 Internal audit and 9.3 Management review.",
    ),
]


@pytest.mark.parametrize(("answers", "findings", "sentence"), SENTENCES)
def test_the_verdict_as_a_sentence(answers: dict[str, str], findings: tuple[Finding, ...], sentence: str) -> None:
    assert conformity.assess(iso(answers, findings=findings)).sentence == sentence


def test_a_blocker_says_why() -> None:
    result = conformity.assess(iso({"4.1 §1": "", "4.1 §2": ""}))
    assert result.blockers[0].why == "Issues: 2 of 2 points not rated yet"
    result = conformity.assess(iso({"4.1 §1": P}, findings=(finding(3, "major", "4.1 §1"),)))
    assert result.blockers[0].why == "F-03 major: gap 3"
    result = conformity.assess(iso({"4.1 §1": P}))
    assert result.blockers[0].why == "proposed minor: Partly met: Issues are known (4.1 §1)"


def test_a_clause_called_general_is_named_with_the_clause_around_it() -> None:
    groups = tuple(replace(group, title="General") if group.id == "8.4.1" else group for group in ISO.groups)
    case = iso({"8.4.1 a": ""})
    named = replace(case, scope=replace(case.scope, catalog=replace(ISO, groups=groups)))
    (only,) = conformity.assess(named).blockers
    assert only.why == "Purchasing, general: 1 of 4 points not rated yet"


def test_a_finding_over_several_points_blocks_at_its_leaf() -> None:
    case = iso({"8.4.1 a": P}, findings=(finding(3, "major", "8.4.1 a", "9.2 a"),))
    assert conformity.assess(case).blockers[0].item == "8.4.1"


def test_a_catalog_without_points_has_no_verdict() -> None:
    empty = Catalog("none", "None", "1", "None", "conformity", 1, (), ())
    result = conformity.assess(Case(Scope(empty)))
    assert (result.verdict, result.tally.percent) == ("incomplete", None)
    assert result.sentence == "No verdict yet: there is no point to rate."
