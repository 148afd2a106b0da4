"""A clause with points of its own above other clauses (AS9100 has 8.1.1 under 8.1): each point counts once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapbench.rating import conformity
from gapbench.rating.explain import explain
from gapbench.rating.inputs import Answer, Case, Finding, FindingClass, Scope
from gapbench.rating.results import ClauseResult

from .small import AS, CLASSES

N, P, C = "not_conforming", "partial", "conforming"

values = st.sampled_from([C, P, N, "na", "condition_not_met", ""])
answer_sets = st.fixed_dictionaries({item.id: values for item in AS.items})


@st.composite
def finding_sets(draw: st.DrawFn) -> tuple[Finding, ...]:
    items = st.lists(st.sampled_from([item.id for item in AS.items]), min_size=1, max_size=3, unique=True)
    rows = draw(st.lists(st.tuples(st.sampled_from(CLASSES), items, st.booleans()), max_size=3))
    return tuple(recorded(number, cls, *its, closed=closed) for number, (cls, its, closed) in enumerate(rows, 1))


def recorded(number: int, cls: FindingClass, *items: str, closed: bool = False) -> Finding:
    pairs = tuple((AS.id, item) for item in items)
    return Finding(f"id-{number}", number, cls, pairs, gap="gap", status="closed" if closed else "open")


def case_of(answers: dict[str, str], findings: tuple[Finding, ...] = ()) -> Case:
    given_answers = {item.id: C for item in AS.items} | answers
    known = {(item, ""): Answer(value, reason="agreed") for item, value in given_answers.items() if value}
    return Case(Scope(AS), known, findings=findings)


def walk(clauses: tuple[ClauseResult, ...]) -> dict[str, ClauseResult]:
    return {it.id: it for clause in clauses for it in (clause, *walk(clause.groups).values())}


@given(answer_sets, finding_sets())
def test_the_leaves_add_up_to_the_whole(answers: dict[str, str], findings: tuple[Finding, ...]) -> None:
    result = conformity.assess(case_of(answers, findings))
    assert list(result.leaves) == ["8.1", "8.1.1", "8.1.2", "8.4.1", "8.4.1.1"]
    for figure in ("scored", "rated", "counted", "halves"):
        assert getattr(result.tally, figure) == sum(getattr(leaf.tally, figure) for leaf in result.leaves.values())
    names = [name for leaf in result.leaves.values() for name in leaf.points]
    assert sorted(names) == sorted(AS.item)
    clauses = walk(result.groups)
    for name, clause in clauses.items():
        own = {item.id for item in AS.below(name)}
        assert clause.tally.scored == len(own)
        counted = [answers[item] for item in own if answers[item] in (C, P, N)]
        assert clause.worst == next((code for code in (N, P, C) if code in counted), "")


@given(answer_sets, finding_sets(), answer_sets, finding_sets())
def test_reassess_equals_assess(
    before: dict[str, str], old: tuple[Finding, ...], now: dict[str, str], new: tuple[Finding, ...]
) -> None:
    former = conformity.assess(case_of(before, old))
    changed = frozenset(item for item in before if before[item] != now[item])
    case = case_of(now, new)
    assert conformity.reassess(case, former, changed) == conformity.assess(case)


@given(answer_sets, finding_sets())
def test_findings_of_every_group_are_those_that_touch_it(answers: dict[str, str], some: tuple[Finding, ...]) -> None:
    result = conformity.assess(case_of(answers, some))
    standing = [it for it in result.findings if it.cls in ("major", "minor") and it.status == "open"]

    def touching(items: set[str], cls: str) -> int:
        return sum(it.cls == cls and not items.isdisjoint(item for _, item in it.items) for it in standing)

    for name, clause in walk(result.groups).items():
        below = {item.id for item in AS.below(name)}
        assert (clause.majors, clause.minors) == (touching(below, "major"), touching(below, "minor"))
    for name, leaf in result.leaves.items():
        own = {item.id for item in AS.items_of[name]}
        assert (leaf.majors, leaf.minors) == (touching(own, "major"), touching(own, "minor"))


def test_what_is_unrated_is_named_where_it_stands() -> None:
    result = conformity.assess(case_of({"8.1.1 a": "", "8.4.1 a": ""}))
    assert [(it.item, it.why.partition(": ")[2]) for it in result.blockers] == [
        ("8.1.1", "1 of 2 points not rated yet"),
        ("8.4.1", "1 of 1 point not rated yet"),
    ]
    assert "2 of 7 points not rated, in 8.1.1 and 8.4.1" in result.sentence


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ({"8.1 a": N, "8.1 b": N}, "not_ready"),
        ({"8.1 a": N, "8.1 b": N, "8.1.1 a": N, "8.1.1 b": N, "8.1.2 a": N}, "not_ready"),
        ({"8.1.1 a": N, "8.1.1 b": N, "8.1.2 a": N}, "likely_with_plan"),
    ],
)
def test_a_gate_looks_at_its_own_points(answers: dict[str, str], verdict: str) -> None:
    assert conformity.assess(case_of(answers)).verdict == verdict


def test_a_clause_is_explained_with_all_that_is_below_it() -> None:
    case = case_of({"8.1 a": N, "8.1.1 a": P, "8.1.2 a": "na"})
    lines = explain(case, conformity.assess(case), "8.1")
    assert lines[:8] == (
        "8.1 Planning",
        "Readiness: 2 conforming x 1 + 1 partial x 0.5 + 1 not conforming x 0 = 2.5",
        "  2.5 / 4 = 62.5 %",
        "  Left out, not applicable (1): 8.1.2 a (agreed)",
        "Coverage: points rated / points scored",
        "  5 / 5 = 100.0 %",
        "Colour: the worst point, not conforming (8.1 a)",
        "Open majors: 0",
    )
    assert "Open minors: 2 (proposed on 8.1 and 8.1.1)" in lines
    out = case_of({"8.1 a": "na", "8.1 b": "na"})
    assert any("here: all of it is out" in line for line in explain(out, conformity.assess(out), "8.1"))


def test_a_principle_counts_a_point_of_either_once() -> None:
    tally = conformity.assess(case_of({"8.1 a": N})).principles["evidence"]
    assert (tally.scored, tally.halves) == (2, 2)
