"""So many person-days: the exact choice, against every choice that there is."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, get_args

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapbench.planning.plan import plan
from gapbench.planning.values import Decision, GateFactor, PlannedPackage, Requirement
from gapbench.planning.whatif import Choice, best, cost, goals_of, points_of, worth
from tests.planning.ground import TODAY, clause, everything_open, planned, practice, settings, twenty_five

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def _every_choice(its: Sequence[PlannedPackage], budget: float) -> Iterator[tuple[PlannedPackage, ...]]:
    """Every set of packages that holds all it needs and fits."""
    todo = [it for it in its if not it.done]
    names = {it.id for it in todo}
    for size in range(len(todo) + 1):
        for chosen in combinations(todo, size):
            inside = {it.id for it in chosen}
            whole = all(name in inside for it in chosen for name in it.needs if name in names)
            if whole and sum(map(cost, chosen)) <= round(budget * 100, 6):
                yield chosen


def _worth(its: Sequence[PlannedPackage], chosen: Sequence[PlannedPackage]) -> tuple[int, float, int]:
    inside = {it.id for it in chosen}
    reached = [goal for goal in goals_of(its) if goal.packages <= inside]
    return worth(reached, sum(map(points_of, chosen)), sum(map(cost, chosen)))


def _of(its: Sequence[PlannedPackage], choice: Choice) -> tuple[PlannedPackage, ...]:
    return tuple(it for it in its if it.id in choice.packages)


def test_points_are_severity_times_gate() -> None:
    its = [clause("a", 5, "blocks"), clause("b", 1), practice("c", 3, "above")]
    assert points_of(planned("A", open_=its)) == 7.5 + 1 + 1.5


def test_goals_are_targets_and_steps_on_the_way() -> None:
    its = [
        planned("A", open_=[clause("a", 5, "blocks"), practice("p1", 5, level=1)]),
        planned("B", open_=[clause("b", 3), practice("p2", 5, level=2)]),
        planned("C", open_=[clause("c", 1), practice("p3", 5, "above", level=3)]),
    ]
    assert [(goal.title, "".join(sorted(goal.packages)), goal.target) for goal in goals_of(its)] == [
        ("no major left", "A", True),
        ("no nonconformity left", "AB", False),
        ("level 1", "A", False),
        ("level 2", "AB", True),
    ]


def test_a_target_comes_before_points() -> None:
    its = [
        planned("A", days=10, open_=[practice("p", 3, "blocks")]),
        planned("B", days=10, open_=[practice(f"q{n}", 5, "above", level=3) for n in range(9)]),
    ]
    assert best(its, 10).packages == ("A",)
    assert [goal.title for goal in best(its, 10).goals] == ["level 2"]
    assert best(its, 9.99).packages == ()
    assert best(its, 20).packages == ("A", "B")


def test_prerequisites_come_along() -> None:
    its = [planned("A", days=4), planned("B", "A", days=4, open_=[clause("b", 5, "blocks")]), planned("C", days=7)]
    assert best(its, 8).packages == ("A", "B")
    assert best(its, 7).packages == ("A",)  # as many points as C, for fewer days


def test_what_is_done_is_there_already() -> None:
    its = [
        planned("A", days=0.0, decision=Decision("A", status="done")),
        planned("B", "A", days=4),
    ]
    assert best(its, 4) == Choice(("B",), 4, 3, goals_of(its))


GATES = st.sampled_from(get_args(GateFactor))
OPEN = st.lists(st.tuples(st.sampled_from([1, 3, 5]), GATES, st.integers(0, 3)), min_size=1, max_size=3)


@st.composite
def plans(draw: st.DrawFn) -> tuple[PlannedPackage, ...]:
    """Up to nine packages, each needing some of those before it."""
    its: list[PlannedPackage] = []
    for number in range(draw(st.integers(1, 9))):
        needs = draw(st.sets(st.sampled_from([it.id for it in its]), max_size=2)) if its else set()
        open_: list[Requirement] = [
            clause(f"c{number}.{n}", severity, gate)
            if not level
            else practice(f"p{number}.{n}", severity, gate, level=level)
            for n, (severity, gate, level) in enumerate(draw(OPEN))
        ]
        days = draw(st.floats(0, 12))
        decision = Decision(f"W{number}", status="planned" if draw(st.integers(0, 9)) else "done")
        its.append(planned(f"W{number}", *sorted(needs), days=days, open_=open_, decision=decision))
    return tuple(its)


@hypothesis.settings(deadline=None, max_examples=200)
@given(plans(), st.floats(0, 60))
def test_nothing_is_better_than_the_best(its: tuple[PlannedPackage, ...], budget: float) -> None:
    choice = best(its, budget)
    chosen = _of(its, choice)
    assert choice.days <= budget + 1e-6
    assert chosen in list(_every_choice(its, budget))
    assert _worth(its, chosen) == max(_worth(its, other) for other in _every_choice(its, budget))


@hypothesis.settings(deadline=None, max_examples=20)
@given(st.sets(st.integers(1, 25), min_size=11, max_size=13), st.sampled_from([15.0, 30.0, 60.0]))
def test_nothing_is_better_among_packages_of_the_domain(sample: set[int], budget: float) -> None:
    names = {f"WP{number:02d}" for number in sample}
    closes = {ref for package in twenty_five() if package.id in names for ref in package.closes}
    requirements = [it for it in everything_open(2) if it.ref in closes]
    its = plan(twenty_five(), requirements, settings(size="S"), today=TODAY)
    assert {it.id for it in its} == names
    chosen = _of(its, best(its, budget))
    assert _worth(its, chosen) == max(_worth(its, other) for other in _every_choice(its, budget))


@pytest.mark.parametrize("budget", [0.0, 30.0, 100.0, 1000.0])
def test_the_25_packages(budget: float) -> None:
    its = plan(twenty_five(), everything_open(), settings(), today=TODAY)
    choice = best(its, budget)
    assert choice.days <= budget
    inside = set(choice.packages)
    assert all(set(it.needs) <= inside for it in its if it.id in inside)
    assert (len(inside) == 25) == (budget == 1000.0)
