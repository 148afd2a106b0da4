"""Points, sites, clauses and principles as examples."""

from collections.abc import Mapping
from typing import Any

import pytest

from gapbench.rating import conformity
from gapbench.rating.inputs import Answer, Case, Scope, Unit
from gapbench.rating.results import Tally

from .small import HERON, ISO, OFFICE, PLANT, SCORED, finding, iso, iso_sites

SITES = [
    # plant, office -> value, complete
    ("conforming", "conforming", "conforming", True),
    ("conforming", "partial", "partial", True),
    ("partial", "not_conforming", "not_conforming", True),
    ("not_conforming", "conforming", "not_conforming", True),
    ("na", "conforming", "conforming", True),
    ("condition_not_met", "partial", "partial", True),
    ("na", "na", "na", True),
    ("condition_not_met", "condition_not_met", "condition_not_met", True),
    ("na", "condition_not_met", "na", True),
    # what only some sites have said waits for the others
    ("conforming", "", "", False),
    ("partial", "", "", False),
    ("na", "", "", False),
    ("", "condition_not_met", "", False),
    ("", "", "", False),
    # nothing that another site may say makes this any worse
    ("not_conforming", "", "not_conforming", True),
    ("", "not_conforming", "not_conforming", True),
]


@pytest.mark.parametrize(("plant", "office", "value", "complete"), SITES)
def test_a_point_is_as_good_as_its_worst_site_once_that_is_final(
    plant: str, office: str, value: str, complete: bool
) -> None:
    case = iso_sites({("4.1 §1", "plant"): plant, ("4.1 §1", "office"): office})
    result = conformity.item_result(case, ISO.item["4.1 §1"])
    assert (result.value, result.complete) == (value, complete)
    assert dict(result.units) == {"plant": plant, "office": office}


SO_FAR = [
    # plant, office -> what a finding may rest on, whether the point waits
    ("conforming", "partial", ("partial",), False),
    ("not_conforming", "", ("not_conforming",), False),
    ("partial", "", ("partial",), True),
    ("", "conforming", ("conforming",), True),
    ("", "", ("",), False),
]


@pytest.mark.parametrize(("plant", "office", "so_far", "waits"), SO_FAR)
def test_what_stands_before_every_site_is_rated(plant: str, office: str, so_far: tuple[str], waits: bool) -> None:
    case = iso_sites({("4.1 §1", "plant"): plant, ("4.1 §1", "office"): office})
    result = conformity.item_result(case, ISO.item["4.1 §1"])
    assert (result.so_far, result.waits) == (so_far, waits)


@pytest.mark.parametrize(
    ("units", "asked"),
    [((), [""]), ((HERON,), [""]), ((HERON, PLANT, OFFICE), ["plant", "office"])],
)
def test_points_are_asked_of_sites_or_of_the_organisation(units: tuple[Unit, ...], asked: list[str]) -> None:
    found = conformity.units_for(Scope(ISO, units=units), ISO.items[0])
    assert [unit.id for unit in found] == asked
    assert found[0].name == ("Plant" if asked[0] else "Organisation")


def test_every_point_is_walked_and_an_option_is_not_scored() -> None:
    before = conformity.assess(iso())
    case = iso({"8.7 a": "not_conforming", "8.7 b": "partial"})
    assert conformity.in_scope(case.scope) == ISO.items
    assert conformity.item_result(case, ISO.item["8.7 a"]).value == "not_conforming"
    after = conformity.assess(case)
    assert (after.tally, after.findings, after.verdict) == (before.tally, (), "likely")


WRITTEN = [
    ("na", "", True),
    ("na", " ", True),
    ("na", "nothing is designed here", False),
    ("condition_not_met", "", True),
    ("condition_not_met", "no customer property this year", False),
    ("not_conforming", "", False),
]


@pytest.mark.parametrize(("value", "reason", "due"), WRITTEN)
def test_a_reason_is_due_in_writing(value: str, reason: str, due: bool) -> None:
    case = Case(Scope(ISO), {("4.1 §1", ""): Answer(value, reason=reason)})
    assert conformity.item_result(case, ISO.item["4.1 §1"]).due == (("",) if due else ())


def test_a_word_of_another_scale_says_nothing() -> None:
    result = conformity.item_result(iso({"4.1 §1": "LM"}), ISO.item["4.1 §1"])
    assert (result.value, result.complete) == ("", False)


FIGURES = [
    # answers in 8.4.1 a b c d -> percent, coverage, worst
    ("conforming conforming conforming conforming", 100.0, 100.0, "conforming"),
    ("conforming partial partial not_conforming", 50.0, 100.0, "not_conforming"),
    ("conforming conforming partial -", 83.3, 75.0, "partial"),
    ("conforming conforming na condition_not_met", 100.0, 100.0, "conforming"),
    ("partial na na na", 50.0, 100.0, "partial"),
    ("na na na na", None, 100.0, ""),
    ("- - - -", None, 0.0, ""),
    ("not_conforming - - -", 0.0, 25.0, "not_conforming"),
]


@pytest.mark.parametrize(("row", "percent", "coverage", "worst"), FIGURES)
def test_figures_of_a_clause(row: str, percent: float | None, coverage: float, worst: str) -> None:
    values = row.replace("-", "").split(" ")
    answers = dict(zip(("8.4.1 a", "8.4.1 b", "8.4.1 c", "8.4.1 d"), values, strict=True))
    leaf = conformity.assess(iso(answers)).leaves["8.4.1"]
    assert (leaf.tally.percent, leaf.tally.coverage, leaf.worst) == (percent, coverage, worst)


@pytest.mark.parametrize(("met", "percent"), [(303, 94.7), (292, 91.3), (320, 100.0), (1, 0.3)])
def test_percent_of_320_points_rounds_halves_up(met: int, percent: float) -> None:
    tally = Tally(scored=320, rated=320, counted=320, halves=2 * met, counts={})
    assert (tally.percent, tally.coverage) == (percent, 100.0)


def test_no_figure_counts_a_point_before_its_value_is_final() -> None:
    answers = {(item, "office"): "" for item in SCORED}
    first = conformity.assess(iso_sites(answers | {("4.1 §1", "plant"): "partial"}))
    assert (first.tally.percent, first.tally.coverage, first.findings) == (None, 0.0, ())
    assert (first.tally.counted, first.tally.rated, first.tally.counts[""]) == (0, 0, 10)
    assert first.leaves["4.1"].worst == ""
    bad = conformity.assess(iso_sites(answers | {("4.1 §1", "plant"): "not_conforming"}))
    assert (bad.tally.percent, bad.tally.coverage, bad.minors) == (0.0, 10.0, 1)
    assert bad.leaves["4.1"].worst == "not_conforming"


def test_a_gate_is_missing_as_soon_as_one_site_says_so() -> None:
    bad = conformity.assess(iso_sites({("9.3 §1", "plant"): "not_conforming", ("9.3 §1", "office"): ""}))
    assert bad.verdict == "not_ready"
    weak = conformity.assess(iso_sites({("9.3 §1", "plant"): "partial", ("9.3 §1", "office"): ""}))
    assert (weak.verdict, weak.minors) == ("incomplete", 0)


def test_the_tree_keeps_the_order_of_the_catalog() -> None:
    result = conformity.assess(iso())
    assert [group.id for group in result.groups] == ["4", "8", "9"]
    assert [group.id for group in result.groups[1].groups] == ["8.4", "8.7"]
    assert list(result.leaves) == ["4.1", "8.4.1", "8.7", "9.2", "9.3"]
    assert list(result.leaves["8.7"].points) == ["8.7 §1", "8.7 a", "8.7 b"]
    assert result.groups[1].groups[0].groups[0] is result.leaves["8.4.1"]


GATES = [
    # 9.2 a, 9.2 b -> missing
    ("not_conforming", "not_conforming", True),
    ("not_conforming", "na", True),
    ("not_conforming", "condition_not_met", True),
    ("not_conforming", "partial", False),
    ("not_conforming", "", False),
    ("na", "na", False),
    ("conforming", "conforming", False),
]


@pytest.mark.parametrize(("first", "second", "missing"), GATES)
def test_a_gate_leaf_of_which_nothing_is_in_place(first: str, second: str, missing: bool) -> None:
    leaf = conformity.assess(iso({"9.2 a": first, "9.2 b": second})).leaves["9.2"]
    assert (leaf.gate, leaf.missing) == (True, missing)


def test_a_leaf_that_is_no_gate_is_never_missing() -> None:
    leaf = conformity.assess(iso({"8.7 §1": "not_conforming"})).leaves["8.7"]
    assert (leaf.gate, leaf.missing) == (False, False)


def test_readiness_per_principle() -> None:
    result = conformity.assess(iso({"8.4.1 b": "not_conforming", "9.2 a": "partial"}))
    assert {name: (it.scored, it.percent) for name, it in result.principles.items()} == {
        "relationships": (2, 50.0),
        "evidence": (4, 62.5),
    }


def test_reassess_looks_again_only_where_something_changed() -> None:
    before = conformity.assess(iso())
    after = conformity.reassess(iso({"8.4.1 a": "partial"}), before, frozenset({"8.4.1 a"}))
    assert after.leaves["9.2"] is before.leaves["9.2"]
    assert after.groups[0] is before.groups[0]
    assert after.groups[1].groups[1] is before.groups[1].groups[1]
    assert after.leaves["8.4.1"].worst == "partial"


class Read(dict[tuple[str, str], Answer]):
    """Answers that remember which items were looked up."""

    def __init__(self, answers: Mapping[tuple[str, str], Answer]) -> None:
        super().__init__(answers)
        self.items_read: set[str] = set()

    def get(self, key: tuple[str, str], default: object = None) -> Any:
        self.items_read.add(key[0])
        return super().get(key, default)


def test_reassess_reads_only_the_answers_of_the_leaf_concerned() -> None:
    case = iso({"8.4.1 a": "partial", "9.2 a": "partial"})
    answers = Read(case.answers)
    conformity.reassess(Case(case.scope, answers), conformity.assess(iso()), frozenset({"8.4.1 a"}))
    assert answers.items_read == {"8.4.1 a", "8.4.1 b", "8.4.1 c", "8.4.1 d"}


def test_reassess_reads_findings_anew_even_when_no_item_is_named() -> None:
    weak = {"8.4.1 a": "not_conforming", "9.2 a": "partial"}
    before = conformity.assess(iso(weak))
    case = iso(weak, findings=(finding(1, "major", "8.4.1 a", "9.2 a"),))
    assert conformity.reassess(case, before, frozenset()) == conformity.assess(case)
    assert conformity.reassess(case, before, frozenset()).majors == 1
