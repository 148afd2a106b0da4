"""The priority model: its tables, and the worked example of the domain file to the printed figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gapbench.errors import UsageError
from gapbench.planning import priority
from gapbench.planning.plan import plan
from gapbench.planning.values import Decision, PlannedPackage, Requirement
from tests.planning.ground import TODAY, clause, practice, settings, small, twenty_five

IN_NINE_MONTHS = date(2027, 8, 23)

WORKED = """
WP04 | 3.5 | 5 | 3.00 | 4 | 3.97 | 1.5 | 1.50 | 16 | 5 | 4.00
WP12 | 5.0 | 5 | 3.70 | 4 | 4.61 | 1.5 | 1.25 | 20 | 5 | 3.86
WP21 | 5.0 | 5 | 2.81 | 3 | 4.27 | 1.5 | 1.10 | 22 | 5 | 3.15
WP09 | 3.0 | 1 | 2.00 | 1 | 1.85 | 1.0 | 1.00 | 10 | 3 | 1.07
WP15 | 5.0 | 0 | 3.17 | 2 | 2.63 | 0.5 | 1.00 |  6 | 2 | 0.93
"""
"""Package, S, C, B, R, V, G, U, days, Z, P as section 7 of the crosswalk prints them, in the order of P."""


@pytest.mark.parametrize(
    ("iso", "cmmi", "expected"),
    [(0, 0, 0), (1, 0, 1), (3, 0, 3), (0, 5, 5), (3, 3, 3.5), (3, 5, 5), (5, 5, 5), (1, 3, 3), (3, 2, 3)],
)
def test_severity_is_the_worse_track_and_half_a_step_more_for_both(iso: float, cmmi: float, expected: float) -> None:
    assert priority.severity([clause("4.1", iso), practice("CM 1.1", cmmi)]) == expected


@pytest.mark.parametrize(
    ("mandate", "deadline", "expected"),
    [
        (0, IN_NINE_MONTHS, 0),
        (1, None, 1),
        (3, IN_NINE_MONTHS, 5),
        (3, date(2027, 8, 24), 4),
        (3, date(2028, 5, 23), 4),
        (3, date(2028, 5, 24), 3),
        (2, date(2026, 1, 1), 4),  # in breach already
    ],
)
def test_contract_risk_is_mandate_and_time(mandate: int, deadline: date | None, expected: float) -> None:
    said = settings(cmmi_mandate=mandate, deadline=deadline)
    assert priority.contract_risk(said, ["cmmi"], TODAY) == expected
    assert priority.contract_risk(said, ["iso"], TODAY) == 0


@pytest.mark.parametrize(("open_", "expected"), [(0, 0), (1, 1), (3, 2), (7, 3), (31, 5), (200, 5)])
def test_breadth(open_: int, expected: float) -> None:
    assert priority.breadth(open_) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, 1), (3, 1), (3.1, 2), (8, 2), (15, 3), (16, 5), (30, 5), (60, 8), (60.5, 13)],
)
def test_size_class(days: float, expected: int) -> None:
    assert priority.size_class(days) == expected


@pytest.mark.parametrize(("packages", "expected"), [(0, 1), (1, 1.05), (10, 1.5), (19, 1.5)])
def test_unlock_counts_ten_at_most(packages: int, expected: float) -> None:
    assert priority.unlock(packages) == expected


def _open(count: int, iso: float, cmmi: float) -> list[Requirement]:
    """One clause and the rest practices, which block from a severity of minor on."""
    return [
        clause("c", iso, "blocks" if iso == 5 else "inside"),
        *(practice(f"p{n}", cmmi, "blocks") for n in range(count - 1)),
    ]


EXAMPLE = {
    "WP21": (_open(6, 5, 5), (3, 5), 22),
    "WP04": (_open(7, 3, 3), (4, 5), 16),
    "WP12": (_open(12, 3, 5), (4, 5), 20),
    "WP09": ([clause("c", 1), practice("p1", 3, "above"), practice("p2", 3, "above")], (1, 5), 10),
    "WP15": ([practice(f"p{n}", 5, "above") for n in range(8)], (2, 5), 6),
}
"""What is open, pain, days: CMMI 2.0 ML2 mandatory within nine months, ISO 9001 scored; DAR above the target."""


def _worked_example() -> dict[str, PlannedPackage]:
    """The 25 packages; in the 20 others one opportunity for improvement is left."""
    packages, requirements = [], []
    for package in twenty_five():
        its = [
            replace(it, ref=(it.ref[0], f"{package.id} {it.ref[1]}"))
            for it in EXAMPLE.get(package.id, ([clause("c", 1)], None, 0))[0]
        ]
        packages.append(replace(package, closes=tuple(it.ref for it in its)))
        requirements += its
    decisions = [Decision(name, pain=pain, effort=(days, days)) for name, (_, pain, days) in EXAMPLE.items()]
    said = settings(cmmi_mandate=3, iso_mandate=1, deadlines={"cmmi": IN_NINE_MONTHS})
    return {it.id: it for it in plan(packages, requirements, said, today=TODAY, decisions=decisions)}


def test_the_worked_example_to_the_printed_figures() -> None:
    found = _worked_example()
    expected = [[cell.strip() for cell in line.split("|")] for line in WORKED.strip().splitlines()]
    for name, *figures in expected:
        it = found[name].priority
        printed = [it.S, it.C, it.B, it.R, it.V, it.G, it.U, it.days, it.Z, it.own]
        assert printed == pytest.approx([float(figure) for figure in figures], abs=0.0051), name
    assert [name for name in found if name in EXAMPLE] == [name for name, *_ in expected]


def test_the_prerequisites_of_the_worked_example_inherit() -> None:
    found = _worked_example()
    for name in ("WP05", "WP11"):
        assert f"{found[name].priority.P:.2f}" == "3.86"
        assert found[name].priority.inherited_from == "WP12"
        assert found[name].mandatory
        assert list(found).index(name) < list(found).index("WP12")
    assert found["WP04"].priority.inherited_from == ""
    assert not found["WP15"].mandatory


def test_a_priority_of_ones_own_stands_and_is_handed_on() -> None:
    packages = [small("A", closes=(clause("a").ref,)), small("B", "A", closes=(clause("b").ref,))]
    requirements = [clause("a"), clause("b")]
    said = [Decision("B", priority=9.0, reason="The board wants it first.")]
    first, second = plan(packages, requirements, settings(), today=TODAY, decisions=said)
    assert (first.priority.P, first.priority.inherited_from) == (9.0, "B")
    assert (second.priority.P, second.priority.override) == (9.0, "The board wants it first.")
    assert second.priority.own < 9
    lowered = [*said, Decision("A", priority=0.1, reason="Later.")]
    assert plan(packages, requirements, settings(), today=TODAY, decisions=lowered)[0].priority.P == 0.1


def test_a_priority_of_ones_own_wants_its_reason() -> None:
    with pytest.raises(UsageError, match="A: a priority of your own wants its reason"):
        plan([small("A")], [], settings(), today=TODAY, decisions=[Decision("A", priority=1.0)])


def test_the_mandatory_band_comes_before_a_higher_p() -> None:
    packages = [
        small("A", days=80, closes=(clause("a").ref,)),
        small("B", days=1, closes=tuple(clause(f"b{n}").ref for n in range(9))),
    ]
    requirements = [clause("a", 5, "blocks"), *(clause(f"b{n}", 3) for n in range(9))]
    first, second = plan(packages, requirements, settings(), today=TODAY)
    assert (first.id, first.mandatory) == ("A", True)
    assert second.priority.P > first.priority.P
    assert not second.mandatory


def test_equal_p_goes_by_size_and_name() -> None:
    scored = priority.score(S=3, C=0, B=1, R=0, G=1, U=1, days=2)
    larger = replace(scored, Z=5)
    assert priority.ranked({"B": scored, "C": larger, "A": scored}, (), {"A": (), "B": (), "C": ()}) == ("A", "B", "C")
