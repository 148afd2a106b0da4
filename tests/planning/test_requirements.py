"""What the answers leave open, in the models of clauses, practices, goals and attributes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gapbench.planning.requirements import findings_of, of_parts, requirements
from gapbench.rating.inputs import Finding
from gapbench.rating.models import model_of
from tests.rating import small

if TYPE_CHECKING:
    from gapbench.planning.values import Requirement
    from gapbench.rating.inputs import Case


def _by_id(case: Case) -> dict[str, Requirement]:
    return {it.ref[1]: it for it in requirements(case, model_of(case.scope).assess(case))}


def _told(it: Requirement) -> tuple[float, float, str, tuple[str, ...], bool]:
    return it.severity, it.weight, it.gate, it.open_items, it.rated


def test_a_clause_takes_the_worst_open_finding() -> None:
    case = small.iso(
        {"4.1 §1": "partial", "8.4.1 a": "not_conforming", "8.4.1 b": "partial", "9.2 a": "not_conforming",
         "9.2 b": "not_conforming", "8.7 §1": ""},
        findings=(small.finding(1, "major", "8.4.1 a"), small.finding(2, "ofi", "9.3 §1"),
                  small.finding(3, "observation", "4.1 §2"), small.finding(4, "major", "9.3 §1", closed=True)),
    )  # fmt: skip
    found = _by_id(case)
    assert _told(found["4.1"]) == (3, 0.5, "inside", ("4.1 §1",), True)
    assert _told(found["8.4.1"]) == (5, 1, "blocks", ("8.4.1 a", "8.4.1 b"), True)
    assert found["8.4.1"].findings == ("F-01", "proposed")
    assert _told(found["9.2"]) == (5, 1, "blocks", ("9.2 a", "9.2 b"), True)
    assert found["9.2"].findings == ("proposed",)
    assert _told(found["9.3"]) == (1, 0.2, "inside", ("9.3 §1",), True)
    assert _told(found["8.7"]) == (0, 0, "inside", (), False)
    assert not found["8.7"].open


def test_a_clause_that_does_not_apply_is_no_requirement() -> None:
    out = {f"8.4.1 {letter}": "na" for letter in "abcd"}
    assert "8.4.1" not in _by_id(small.iso(out))


def test_a_point_that_a_closed_finding_covers_is_still_open() -> None:
    case = small.iso({"8.4.1 a": "partial"}, findings=(small.finding(1, "minor", "8.4.1 a", closed=True),))
    assert _told(_by_id(case)["8.4.1"]) == (3, 0.5, "inside", ("8.4.1 a",), True)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("FM", (0, 0, "inside", (), True)),
        ("LM", (1, 0.2, "inside", ("CM 2.1",), True)),
        ("PM", (3, 0.7, "blocks", ("CM 2.1",), True)),
        ("DM", (5, 1, "blocks", ("CM 2.1",), True)),
        ("NY", (2, 0.45, "blocks", ("CM 2.1",), True)),
        ("NC", (0, 0, "inside", (), False)),
        ("", (0, 0, "inside", (), False)),
    ],
)
def test_a_practice(value: str, told: tuple[float, float, str, tuple[str, ...], bool]) -> None:
    assert _told(_by_id(small.cmmi({"CM 2.1": value}, target=2))["CM 2.1"]) == told


def test_weaknesses_that_weigh_block() -> None:
    case = small.cmmi({"CM 2.1": "LM"}, target=2, judgements=(small.significant("CM/2"),))
    assert _by_id(case)["CM 2.1"].gate == "blocks"


@pytest.mark.parametrize(
    ("practice", "value", "gate"),
    [
        ("GOV 3.1", "DM", "above"),  # a practice of level 3, the target is 2
        ("DAR 1.1", "PM", "above"),  # an area that level 2 does not ask
        ("GOV 3.1", "NY", None),  # not due before the appraisal
        ("GOV 3.1", "", None),
    ],
)
def test_above_the_target_counts_only_what_is_rated(practice: str, value: str, gate: str | None) -> None:
    found = _by_id(small.cmmi({practice: value}, target=2)).get(practice)
    assert (found.gate if found else None) == gate
    assert found is None or found.level == int(practice.split()[1][0])


def test_an_area_that_is_out_is_no_requirement() -> None:
    found = _by_id(small.cmmi({"SAM 1.1": "DM"}, exclusions={("SAM", ""): "nothing is bought"}))
    assert not [name for name in found if name.startswith("SAM")]


def test_a_finding_keeps_a_practice_open_that_is_met() -> None:
    case = small.cmmi(target=2)
    case = replace(case, findings=(Finding("f", 1, "minor", ((small.CMMI.id, "CM 2.1"),)),))
    found = _by_id(case)["CM 2.1"]
    assert (_told(found), found.findings) == ((1, 0.2, "inside", ("CM 2.1",), True), ("F-01",))


def test_goals_and_attributes_speak_the_same_scale() -> None:
    dev = _by_id(small.dev({"CM SP 1.1": "NI", "CM SP 1.2": "PI", "CM SP 2.1": "LI"}))
    assert [dev[f"CM SP {n}"].severity for n in ("1.1", "1.2", "2.1")] == [5, 3, 1]
    assert {it.track for it in dev.values()} == {"cmmi"}
    sw = small.sw()
    goal = sw.scope.catalog.items[0].id
    assert [_by_id(small.sw({goal: value}))[goal].severity for value in ("yes", "partly", "no")] == [0, 3, 5]
    assert goal not in _by_id(small.sw({goal: "na"}))
    spice = small.spice()
    first = spice.scope.catalog.items[0].id
    assert [_by_id(small.spice({first: value}))[first].severity for value in ("F", "L", "P-", "N")] == [0, 1, 3, 5]


def test_the_findings_of_all_frameworks_once() -> None:
    both = Finding("f", 1, "major", ((small.ISO.id, "8.4.1 a"), (small.CMMI.id, "CM 2.1")))
    iso = small.iso({"8.4.1 a": "partial", "4.1 §1": "partial"}, findings=(both,))
    cmmi = replace(small.cmmi(), findings=(both, replace(both, id="g", cls="strength")))
    parts = [(case, model_of(case.scope).assess(case)) for case in (iso, cmmi)]
    assert [finding.id for finding in findings_of(parts)] == ["f", "proposed:4.1"]
    assert [it.ref for it in of_parts(parts) if "F-01" in it.findings] == [
        (small.ISO.id, "8.4.1"), (small.CMMI.id, "CM 2.1"),
    ]  # fmt: skip
