"""Process attributes, instances and the profile of processes as examples."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapbench.catalog.model import Item
from gapbench.errors import UsageError
from gapbench.rating import process_attributes
from gapbench.rating.achievement import POINTS, TABLE, basic, mean
from gapbench.rating.attribute_method import level_states
from gapbench.rating.inputs import Answer, Case, Judgement, Scope
from gapbench.rating.levels import area_level
from gapbench.rating.results import AreaResult

from .small import HERON, KESTREL, QUALITY, SPICE, Given, spice

CODES = ("F", "L", "P", "N", "L+", "L-", "P+", "P-")

MEANS = [
    # the examples of the guideline
    ("F L", "F"),
    ("L P", "L"),
    ("F F P", "L"),
    ("N P", "P"),
    # ours
    ("F N", "L"),
    ("N N P", "N"),
    ("F F F L", "F"),
    ("F F N N", "L"),
    ("L+ L-", "L"),
    ("P+ P-", "P"),
    ("P- F", "L"),
    ("L L", "L"),
    ("L+ L+", "L+"),  # all the same: the refinement is kept
    ("P-", "P-"),
    ("F ?", "?"),
    ("? ?", "?"),
    ("", "?"),
]


@pytest.mark.parametrize(("instances", "value"), MEANS)
def test_units_to_organisation(instances: str, value: str) -> None:
    values = [value.replace("?", "") for value in instances.split()]
    assert TABLE.allowed(values) == (value.replace("?", ""),)


def test_every_rule_is_reached() -> None:
    reached = {TABLE.rule_for(row.split()).words for row, _ in MEANS}
    assert reached == {rule.words for rule in TABLE.rules}


@given(st.lists(st.sampled_from(CODES), min_size=1, max_size=9))
def test_the_mean_is_the_nearest_rating_and_halves_go_up(values: list[str]) -> None:
    exact = sum(POINTS[basic(value)] for value in values) / len(values)
    distance = exact - POINTS[mean(values)]
    assert -0.5 <= distance < 0.5
    assert mean(values) == mean(sorted(values))


LEVELS = [
    # the examples of the rule; what is not said is unrated
    ("1.1=L", 1),
    ("1.1=L 2.1=F 2.2=F", 1),
    ("1.1=F 2.1=L 2.2=L", 2),
    ("1.1=F 2.1=F 2.2=L 3.1=F 3.2=F", 2),
    ("1.1=F 2.1=F 2.2=F 3.1=L 3.2=L", 3),
    ("1.1=P", 0),
    # ours
    ("", 0),
    ("1.1=L+", 1),
    ("1.1=P+", 0),
    ("1.1=F 2.1=L- 2.2=F", 2),
    ("1.1=F 2.1=L- 2.2=P+", 1),
    ("1.1=F 2.1=F", 1),
    ("2.1=F 2.2=F", 0),
    ("1.1=F 2.1=F 2.2=F 3.1=N 3.2=F", 2),
    ("1.1=F 2.1=F 2.2=F 3.1=F 3.2=F 4.1=L 4.2=L", 4),
    ("1.1=F 2.1=F 2.2=F 3.1=F 3.2=F 4.1=F 4.2=F 5.1=F 5.2=L", 5),
]


@pytest.mark.parametrize(("ratings", "level"), LEVELS)
def test_level_of_a_process(ratings: str, level: int) -> None:
    given_values = dict(row.split("=") for row in ratings.split())
    known = ("1.1", "2.1", "2.2", "3.1", "3.2", "4.1", "4.2", "5.1", "5.2")
    values: dict[int, list[str]] = {}
    for number in known:
        values.setdefault(int(number[0]), []).append(given_values.get(number, ""))
    assert area_level(level_states(values)) == level


STATES = [
    ("F / F F / L F", "satisfied satisfied satisfied"),
    ("L / F F / L F", "satisfied unsatisfied unsatisfied"),
    ("P / ? F / ? F", "unsatisfied not_rated not_rated"),
    ("F / L ? / F F", "satisfied not_rated not_rated"),
    ("? / F F / F F", "not_rated not_rated not_rated"),
]


@pytest.mark.parametrize(("ratings", "states"), STATES)
def test_states_of_the_levels(ratings: str, states: str) -> None:
    values = {level: part.replace("?", "").split(" ") for level, part in enumerate(ratings.split(" / "), 1)}
    assert list(level_states(values).values()) == states.split()


def areas(case: Case) -> dict[str, AreaResult]:
    return {area.id: area for area in process_attributes.assess(case).areas}


PROFILES = [
    # what is not F, target -> lowest, next, verdict, blockers
    ({}, 3, 3, None, "on_target", []),
    ({}, 0, 3, None, "on_target", []),
    ({}, 1, 3, None, "on_target", []),
    ({"SWE.1 PA 3.1": "L"}, 3, 3, None, "on_target", []),
    ({"SWE.1 PA 3.1": "P"}, 2, 2, None, "on_target", []),
    ({"SWE.1 PA 3.1": "P"}, 3, 2, 3, "below_target", ["SWE.1 PA 3.1"]),
    ({"SWE.1 PA 1.1": "L"}, 3, 1, 2, "below_target", ["SWE.1 PA 1.1"]),
    ({"SWE.1 PA 1.1": "L"}, 1, 1, None, "on_target", []),
    (
        {"SWE.1 PA 1.1": "P", "SWE.1 PA 2.1": "P", "SUP.1 PA 2.2": "L"},
        3,
        0,
        1,
        "below_target",
        ["SWE.1 PA 1.1", "SUP.1 PA 2.2"],
    ),
    ({"SWE.1 PA 1.1": "P", "SUP.1 PA 2.2": "L"}, 2, 0, 1, "below_target", ["SWE.1 PA 1.1"]),
    ({"SUP.1 PA 2.2": ""}, 2, 1, 2, "incomplete", ["SUP.1 PA 2.2"]),
    ({"SUP.1 PA 3.1": ""}, 2, 2, None, "on_target", []),
]


@pytest.mark.parametrize(("answers", "target", "level", "following", "verdict", "blockers"), PROFILES)
def test_profile(
    answers: Given, target: int, level: int, following: int | None, verdict: str, blockers: list[str]
) -> None:
    result = process_attributes.assess(spice(answers, target=target))
    assert (result.maturity_level, result.next_level, result.verdict) == (level, following, verdict)
    assert [it.item for it in result.blockers] == blockers
    assert (result.scheme, result.short) == ("continuous", f"CL{level}")


def test_only_the_target_is_asked() -> None:
    numbers = [len(process_attributes.in_scope(Scope(SPICE, ("CORE",), target))) for target in (1, 2, 3, 0)]
    assert numbers == [2, 6, 10, 10]
    both = Scope(SPICE, ("CORE", "PLUS"), 1)
    assert [item.id for item in process_attributes.in_scope(both)] == [
        "SWE.1 PA 1.1", "SWE.2 PA 1.1", "SUP.1 PA 1.1",
    ]  # fmt: skip


def test_a_process_shows_its_level_its_states_and_no_goals() -> None:
    area = areas(spice({"SWE.1 PA 1.1": "L"}))["SWE.1"]
    assert (area.level, area.capability_level, area.top) == (1, 1, 3)
    assert area.practice_groups == {1: "satisfied", 2: "unsatisfied", 3: "unsatisfied"}
    assert (area.goals, area.risk) == ({}, {})


def test_the_level_of_a_process_may_pass_3() -> None:
    attributes = tuple(Item(f"SWE.1 PA {n}.1", "SWE.1", "Attribute", "?", level=n) for n in range(1, 6))
    catalog = replace(SPICE, groups=SPICE.groups[:2], items=attributes, views=(), levels=5)
    case = Case(Scope(catalog), {(item.id, ""): Answer("F") for item in attributes})
    result = process_attributes.assess(case)
    assert (result.maturity_level, result.areas[0].capability_level) == (5, 5)


UNITS = [
    ({("SWE.1 PA 1.1", "heron"): "F", ("SWE.1 PA 1.1", "kestrel"): "L"}, "F", []),
    (
        {("SWE.1 PA 1.1", "heron"): "N", ("SWE.1 PA 1.1", "kestrel"): "L"},
        "P",
        ["Heron N: weak"],
    ),
    (
        {("SWE.1 PA 1.1", "heron"): "L", ("SWE.1 PA 1.1", "kestrel"): "P"},
        "L",
        ["Heron L: weak; Kestrel P: weak; enough for level 1, not for level 2"],
    ),
    ({("SWE.1 PA 1.1", "kestrel"): ""}, "", ["not rated: Kestrel"]),
]


@pytest.mark.parametrize(("answers", "value", "why"), UNITS)
def test_who_pulls_an_attribute_down(answers: Given, value: str, why: list[str]) -> None:
    case = spice(answers, units=(HERON, KESTREL), target=2)
    assert process_attributes.item_result(case, SPICE.item["SWE.1 PA 1.1"]).value == value
    assert [it.why for it in process_attributes.assess(case).blockers] == why


def test_an_instance_that_the_mean_hides_is_questioned() -> None:
    low = {("SWE.1 PA 1.1", "heron"): "F", ("SWE.1 PA 1.1", "kestrel"): "N"}
    result = process_attributes.assess(spice(low, units=(HERON, KESTREL), target=1))
    (caution,) = result.cautions
    assert caution.item == "SWE.1"
    assert "SWE.1 PA 1.1 is L by the mean while Kestrel N" in caution.why
    assert process_attributes.assess(spice({"SWE.1 PA 1.1": "N"}, units=(HERON, KESTREL))).cautions == ()


def test_support_processes_ask_functions() -> None:
    scope = Scope(SPICE, ("CORE",), 1, (HERON, QUALITY))
    asked = {item.id: [it.id for it in process_attributes.units_for(scope, item)] for item in SPICE.items[::5]}
    assert asked == {"SWE.1 PA 1.1": ["heron"], "SWE.2 PA 1.1": ["heron"], "SUP.1 PA 1.1": ["quality"]}


SENTENCES = [
    ({}, 3, "Every process in scope reaches capability level 3, the level aimed at."),
    ({}, 2, "Every process in scope reaches capability level 3, above the level aimed at, 2."),
    (
        {"SWE.1 PA 1.1": "L"},
        2,
        "1 of 2 processes is below capability level 2, the level aimed at; "
        "the lowest is at 1: 1 process attribute stands before the next levels.",
    ),
    (
        {"SWE.1 PA 2.1": ""},
        2,
        "No verdict yet: 1 of 6 process attributes up to level 2 not rated; "
        "so far the lowest of 2 processes is at capability level 1; 1 is at the 2 aimed at.",
    ),
]


@pytest.mark.parametrize(("answers", "target", "sentence"), SENTENCES)
def test_the_verdict_as_a_sentence(answers: Given, target: int, sentence: str) -> None:
    assert process_attributes.assess(spice(answers, target=target)).sentence == sentence


def test_a_process_may_be_left_out_only_when_the_scope_lets_it() -> None:
    scope = Scope(SPICE, ("CORE",))
    refused = process_attributes.refuse_exclusion(scope, "SWE.1")
    assert refused is not None
    assert "every process in the agreed scope is rated, and view CORE holds it" in refused
    assert process_attributes.refuse_exclusion(scope, "SWE.2") is None
    assert process_attributes.refuse_exclusion(scope, "SWE.1", "heron") is None
    assert "leave out a whole area" in (process_attributes.refuse_exclusion(scope, "SWE", "heron") or "")
    out = spice({"SWE.2 PA 1.1": "N"}, views=("PLUS",), exclusions={("SWE.2", ""): "bought"})
    assert process_attributes.assess(out).maturity_level == 3


def test_the_mean_leaves_nothing_to_judge() -> None:
    assert "is F by the answers" in (process_attributes.refuse_judgement(spice(), "SWE.1 PA 1.1", "L") or "")
    with pytest.raises(UsageError, match=r"leaves nothing to judge in SWE\.1/2"):
        process_attributes.refuse_judgement(spice(), "SWE.1/2", "significant")
    case = spice({"SWE.1 PA 1.1": "N"}, judgements=[Judgement("SWE.1 PA 1.1", "F", "we think so")])
    assert process_attributes.item_result(case, SPICE.item["SWE.1 PA 1.1"]).value == "N"


def test_counts_hold_every_value_and_the_unrated() -> None:
    result = process_attributes.assess(spice({"SWE.1 PA 1.1": "L+", "SWE.1 PA 2.1": ""}, target=2))
    assert result.counts == {"F": 4, "L": 0, "P": 0, "N": 0, "L+": 1, "L-": 0, "P+": 0, "P-": 0, "": 1}
    assert (result.in_scope, result.characterized, result.coverage) == (6, 5, 83.3)


def test_a_group_above_processes_stands_for_all_their_attributes() -> None:
    before = process_attributes.assess(spice())
    now = spice({"SWE.1 PA 1.1": "N"})
    assert process_attributes.reassess(now, before, frozenset({"SWE"})) == process_attributes.assess(now)


def test_every_rule_says_what_comes_out() -> None:
    assert [rule.gives for rule in TABLE.rules] == [
        "unrated",
        "the value they share",
        "the arithmetic mean, from the midpoint up",
    ]
