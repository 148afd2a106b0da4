"""CMMI 1.3 from units to the organisation: the table of the appraisal method as examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapbench.rating import goals
from gapbench.rating.implementation import ANSWERED, IMPLEMENTED
from gapbench.rating.inputs import Answer, Case, Judgement, Scope

from .small import DEV, HERON, KESTREL, QUALITY, SW, dev

CODES = ("FI", "LI", "PI", "NI", "NY")

PUBLISHED = [
    ("FI FI NY", "FI"),
    ("FI LI FI", "LI"),
    ("FI PI LI", "LI PI"),
    ("FI NI", "LI PI"),
    ("PI NI NY", "PI"),
    ("NI NY", "NI"),
    ("NY NY", "NY"),
]

OURS = [
    ("FI", "FI"),
    ("LI NY", "LI"),
    ("LI LI", "LI"),
    ("LI PI NY", "LI PI"),
    ("PI PI", "PI"),
    ("PI NY", "PI"),
    ("PI NI", "PI"),
    ("NI NI", "NI"),
    ("NY", "NY"),
    ("FI FI FI FI FI FI NI", "LI PI"),  # no half of the units here
    ("FI ?", "?"),
    ("NI ? PI", "?"),
    ("", "?"),
]


@pytest.mark.parametrize(("instances", "allowed"), PUBLISHED + OURS)
def test_units_to_organisation(instances: str, allowed: str) -> None:
    values = ["" if value == "?" else value for value in instances.split()]
    assert [value or "?" for value in IMPLEMENTED.allowed(values)] == allowed.split()


def test_every_rule_is_reached() -> None:
    reached = {IMPLEMENTED.rule_for(row.replace("?", "-").split()).words for row, _ in PUBLISHED + OURS}
    assert reached == {rule.words for rule in IMPLEMENTED.rules}


@given(st.lists(st.sampled_from(CODES), min_size=1, max_size=7))
def test_the_value_lies_between_the_units_and_their_order_does_not_matter(values: list[str]) -> None:
    allowed = IMPLEMENTED.allowed(values)
    assert allowed == IMPLEMENTED.allowed(sorted(values))
    ranks = [CODES.index(value) for value in values if value != "NY"] or [CODES.index("NY")]
    assert min(ranks) <= CODES.index(allowed[0]) <= CODES.index(allowed[-1]) <= max(ranks)


ANSWERS = [("yes", "yes"), ("yes no partly", "no"), ("yes partly", "partly"), ("yes na", "yes"), ("na", "na"), ("", "")]


@pytest.mark.parametrize(("instances", "value"), ANSWERS)
def test_should_several_units_answer_a_goal_the_worst_counts(instances: str, value: str) -> None:
    assert ANSWERED.allowed(instances.split()) == (value,)


JUDGED = [
    ("FI PI", None, "PI", True),
    ("FI PI", "LI", "LI", False),
    ("FI PI", "PI", "PI", False),
    ("FI PI", "FI", "PI", True),
    ("FI LI", "FI", "LI", False),
    ("FI ", "LI", "", False),
]


@pytest.mark.parametrize(("instances", "judged", "value", "due"), JUDGED)
def test_a_mix_is_for_the_team_to_judge(instances: str, judged: str | None, value: str, due: bool) -> None:
    first, second = instances.split(" ")
    case = dev(
        {("CM SP 1.1", "heron"): first, ("CM SP 1.1", "kestrel"): second},
        units=(HERON, KESTREL),
        judgements=[Judgement("CM SP 1.1", judged, "one project of two")] if judged else [],
    )
    result = goals.item_result(case, DEV.item["CM SP 1.1"])
    assert (result.value, result.judgement_due) == (value, due)


def test_an_item_waits_until_all_who_are_asked_have_answered() -> None:
    item = DEV.item["CM SP 1.1"]
    nothing = goals.item_result(Case(Scope(DEV, units=(HERON, KESTREL))), item)
    assert (nothing.value, nothing.complete, nothing.waits, nothing.so_far) == ("", False, False, ("",))
    assert nothing.allowed == ()
    assert dict(nothing.units) == {"heron": "", "kestrel": ""}
    half = goals.item_result(dev({("CM SP 1.1", "kestrel"): ""}, rest="PI", units=(HERON, KESTREL)), item)
    assert (half.value, half.complete, half.waits, half.so_far) == ("", False, True, ("PI",))
    whole = goals.item_result(dev(units=(HERON, KESTREL)), item)
    assert (whole.value, whole.complete, whole.waits, whole.so_far) == ("FI", True, False, ("FI",))


ASKED = [
    ("CM SP 1.1", ["heron", "kestrel"]),
    ("CM GP 2.1", ["heron", "kestrel"]),
    ("OPD SP 1.1", ["quality"]),
    ("OPD GP 3.1", ["quality"]),
]


@pytest.mark.parametrize(("item", "asked"), ASKED)
def test_the_area_says_who_is_asked(item: str, asked: list[str]) -> None:
    scope = Scope(DEV, ("STAGED",), 3, (HERON, KESTREL, QUALITY))
    assert [unit.id for unit in goals.units_for(scope, DEV.item[item])] == asked


def test_an_exclusion_names_the_area() -> None:
    scope = Scope(DEV, ("STAGED",), 3, (HERON, KESTREL), {("CM", "heron"): "maintenance only"})
    assert [unit.id for unit in goals.units_for(scope, DEV.item["CM GP 2.1"])] == ["kestrel"]


def test_the_organisation_alone_answers_where_the_framework_asks_it_alone() -> None:
    scope = Scope(SW, ("STAGED",), 4, (HERON, KESTREL, QUALITY))
    assert [unit.id for unit in goals.units_for(scope, SW.item["RM G1"])] == [""]
    case = Case(scope, {("RM G1", "heron"): Answer("no"), ("RM G1", ""): Answer("yes")})
    assert dict(goals.item_result(case, SW.item["RM G1"]).units) == {"": "yes"}


@pytest.mark.parametrize(
    ("value", "answer", "due"),
    [
        ("FI", Answer("FI"), False),
        ("LI", Answer("LI"), True),
        ("NI", Answer("NI", note="no list"), False),
        ("NY", Answer("NY"), False),
    ],
)
def test_a_weakness_is_due_in_writing(value: str, answer: Answer, due: bool) -> None:
    result = goals.item_result(Case(Scope(DEV), {("CM SP 1.1", ""): answer}), DEV.item["CM SP 1.1"])
    assert (result.value, result.due) == (value, ("",) if due else ())


def test_not_applicable_wants_its_reason() -> None:
    item = SW.item["SSM G1"]
    without = goals.item_result(Case(Scope(SW), {("SSM G1", ""): Answer("na", note="a remark")}), item)
    assert (without.value, without.due, without.complete) == ("na", ("",), True)
    assert goals.item_result(Case(Scope(SW), {("SSM G1", ""): Answer("na", reason="all ours")}), item).due == ()
