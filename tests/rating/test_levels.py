"""Practice groups, areas, capability and maturity as examples."""

from dataclasses import replace
from typing import cast

import pytest

from gapbench.catalog.model import View
from gapbench.errors import UsageError
from gapbench.rating import levels, practice_groups, practice_method
from gapbench.rating.areas import areas_of_views
from gapbench.rating.inputs import Scope
from gapbench.rating.results import AreaResult, GroupState

from .small import CMMI, HERON, PLANT, QUALITY, Given, cmmi, significant

STATES = [
    # own values, lower groups, judged significant -> state
    ("FM FM", "", False, "satisfied"),
    ("FM LM", "", False, "satisfied"),
    ("LM LM", "satisfied", False, "satisfied"),
    ("FM LM", "", True, "unsatisfied"),
    ("FM FM", "", True, "satisfied"),
    ("FM FM", "unsatisfied", False, "satisfied"),
    ("FM FM", "not_rated", False, "satisfied"),
    ("FM LM", "unsatisfied", False, "unsatisfied"),
    ("FM LM", "not_rated", False, "not_rated"),
    ("FM LM", "unsatisfied not_rated", False, "unsatisfied"),
    ("FM LM", "not_rated", True, "unsatisfied"),
    ("FM PM", "satisfied", False, "unsatisfied"),
    ("FM DM", "satisfied", False, "unsatisfied"),
    ("FM NY", "satisfied", False, "unsatisfied"),
    ("PM NC", "satisfied", False, "unsatisfied"),
    ("FM NC", "satisfied", False, "not_rated"),
    ("LM NC", "satisfied", True, "not_rated"),
    ("NC", "", False, "not_rated"),
]


@pytest.mark.parametrize(("values", "lower", "judged", "state"), STATES)
def test_state_of_a_practice_group(values: str, lower: str, judged: bool, state: str) -> None:
    below = cast("list[GroupState]", lower.split())
    assert practice_method.group_state(values.split(), below, significant=judged) == state


AREA_LEVELS = [
    ({}, 0),
    ({1: "unsatisfied"}, 0),
    ({1: "satisfied", 2: "not_rated"}, 1),
    ({1: "satisfied", 2: "satisfied", 3: "satisfied"}, 3),
    ({1: "unsatisfied", 2: "satisfied"}, 0),
    ({1: "satisfied", 2: "unsatisfied", 3: "satisfied"}, 1),
    ({1: "satisfied", 3: "unsatisfied"}, 2),  # group 2 does not exist: passed over
    ({1: "satisfied", 3: "satisfied"}, 3),
]


@pytest.mark.parametrize(("states", "level"), AREA_LEVELS)
def test_level_of_an_area(states: dict[int, GroupState], level: int) -> None:
    assert levels.area_level(states) == level


def area(name: str, level: int, top: int = 3, asked_from: int = 2, out: str = "") -> AreaResult:
    return AreaResult(name, name, level, 0, top, asked_from, {}, {}, out)


MATURITY = [
    # the two published examples: CM stops at 2 by itself, a GOV at 2 caps the view
    ("GOV=2 II=3 CM=2/2 TS=3", 2),
    ("GOV=3 II=3 CM=2/2 TS=3", 3),
    ("GOV=3 II=3 CM=1/2 TS=3", 1),
    ("GOV=3 II=3 CM=2/2 TS=0", 0),
    ("GOV=3 II=3 CM=2/2 TS=0@3", 2),
    ("GOV=1 II=1 CM=1/2 TS=0@3", 1),
    ("GOV=3 II=3 CM=2/2 TS=0!", 3),
    ("GOV=0 II=3", 0),
    ("", 0),
]


@pytest.mark.parametrize(("row", "level"), MATURITY)
def test_maturity_level_is_the_weakest_area_at_its_stage(row: str, level: int) -> None:
    areas = []
    for cell in row.split():
        name, _, rest = cell.partition("=")
        figures, _, start = rest.rstrip("!").partition("@")
        reached, _, top = figures.partition("/")
        out = "nobody does it" if rest.endswith("!") else ""
        areas.append(area(name, int(reached), int(top or 3), int(start or 2), out))
    assert levels.maturity_level(areas, 5 if not row else 3) == level


CAPABILITY = [
    # area at / top, GOV, II -> capability level
    (2, 2, 3, 3, 3),
    (1, 2, 3, 3, 1),
    (2, 2, 2, 3, 2),
    (3, 3, 3, 1, 1),
    (0, 3, 3, 3, 0),
    (5, 5, 4, 4, 3),
    (2, 3, 3, 3, 2),
]


@pytest.mark.parametrize(("reached", "top", "gov", "ii", "capability"), CAPABILITY)
def test_capability_level(reached: int, top: int, gov: int, ii: int, capability: int) -> None:
    ceiling = levels.capability_ceiling([area("GOV", gov, 4), area("II", ii, 4)])
    assert levels.capability_level(area("CM", reached, top), ceiling) == capability


def test_an_area_that_is_out_has_no_capability() -> None:
    assert levels.capability_level(area("SAM", 3, out="nothing is bought"), 3) == 0


VIEWS = [
    (("DEV",), "GOV=2 II=2 CM=2 DAR=3 PCM=3 SAM=2"),
    (("SVC",), "GOV=2 II=2 CM=2 DAR=2"),
    (("DEV", "SVC"), "GOV=2 II=2 CM=2 DAR=2 PCM=3 SAM=2"),
    (("SVC", "DEV"), "GOV=2 II=2 CM=2 DAR=2 PCM=3 SAM=2"),
    (("dev",), "GOV=2 II=2 CM=2 DAR=3 PCM=3 SAM=2"),
    ((), "GOV=2 II=2 CM=2 DAR=2 PCM=2 SAM=2"),
]


@pytest.mark.parametrize(("views", "areas"), VIEWS)
def test_areas_of_views(views: tuple[str, ...], areas: str) -> None:
    found = areas_of_views(Scope(CMMI, views))
    assert " ".join(f"{group.id}={level}" for group, level in found) == areas


def test_areas_that_are_always_in_scope_join_a_view_that_forgot_them() -> None:
    catalog = replace(CMMI, views=(View("CORE", "Core", {"CM": 2, "DAR": 3}),))
    found = areas_of_views(Scope(catalog, ("CORE",)))
    assert " ".join(f"{group.id}={level}" for group, level in found) == "GOV=2 II=2 CM=2 DAR=3"


def test_an_unknown_view_is_a_sentence_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="has no view SPM; choose DEV or SVC"):
        areas_of_views(Scope(CMMI, ("SPM",)))


REACHED = [
    # what is not FM -> maturity level, verdict
    ({}, 3, "on_target"),
    ({"CM 2.2": "LM"}, 3, "on_target"),
    ({"CM 2.2": "PM"}, 1, "below_target"),
    ({"CM 1.1": "DM"}, 0, "below_target"),
    ({"DAR 3.1": "NY"}, 2, "below_target"),
    ({"DAR 1.1": "DM"}, 2, "below_target"),
    ({"GOV 2.1": "DM"}, 1, "below_target"),
    ({"DAR 3.1": "NC"}, 2, "incomplete"),
    ({"CM 1.1": "NC", "DAR 2.1": "DM"}, 0, "incomplete"),
]


@pytest.mark.parametrize(("answers", "level", "verdict"), REACHED)
def test_level_and_verdict_of_a_view(answers: Given, level: int, verdict: str) -> None:
    result = practice_groups.assess(cmmi(answers))
    assert (result.maturity_level, result.verdict) == (level, verdict)


TARGETS = [
    # target, what is not FM -> target shown, level, next, verdict, practices in scope
    (2, {"DAR 1.1": "NC"}, 2, 2, None, "on_target", 9),
    (2, {}, 2, 3, None, "on_target", 9),
    (2, {"CM 2.1": "NC"}, 2, 1, 2, "incomplete", 9),
    (1, {"CM 2.1": "NC"}, 1, 1, None, "on_target", 4),
    (0, {"CM 2.1": "DM"}, 3, 1, 2, "below_target", 17),
    (3, {"GOV 3.1": "DM"}, 3, 2, 3, "below_target", 17),
    (9, {}, 3, 3, None, "on_target", 17),
]


@pytest.mark.parametrize(("target", "answers", "shown", "level", "following", "verdict", "scope"), TARGETS)
def test_only_the_target_is_asked(
    target: int,
    answers: Given,
    shown: int,
    level: int,
    following: int | None,
    verdict: str,
    scope: int,
) -> None:
    case = cmmi(answers, target=target)
    result = practice_groups.assess(case)
    assert (result.target, result.maturity_level, result.next_level) == (shown, level, following)
    assert (result.verdict, result.in_scope) == (verdict, scope)
    assert len(practice_groups.in_scope(case.scope)) == scope


def test_in_scope_stops_at_the_level_and_keeps_reading_order() -> None:
    scope = cmmi(target=2, exclusions={("SAM", ""): "nothing is bought"}).scope
    assert [item.id for item in practice_groups.in_scope(scope)] == [
        "GOV 1.1", "GOV 2.1", "II 1.1", "II 2.1", "CM 1.1", "CM 2.1", "CM 2.2",
    ]  # fmt: skip


def test_an_optional_area_can_be_out_and_is_skipped() -> None:
    answers = {"SAM 1.1": "DM", "SAM 2.1": "NC"}
    assert practice_groups.assess(cmmi(answers)).maturity_level == 0
    result = practice_groups.assess(cmmi(answers, exclusions={("SAM", ""): "nothing is bought"}))
    sam = result.areas[-1]
    assert (result.maturity_level, result.verdict) == (3, "on_target")
    assert (sam.id, sam.out, sam.level) == ("SAM", "nothing is bought", 0)


def test_an_area_that_is_not_optional_cannot_be_out() -> None:
    result = practice_groups.assess(cmmi({"CM 1.1": "DM"}, exclusions={("CM", ""): "no tool"}))
    assert (result.maturity_level, result.areas[2].out) == (0, "")


def test_weaknesses_judged_significant_pull_a_group_down() -> None:
    case = cmmi({"CM 2.1": "LM"}, judgements=[significant("CM/2")])
    result = practice_groups.assess(case)
    assert result.areas[2].practice_groups == {1: "satisfied", 2: "unsatisfied"}
    assert (result.areas[2].level, result.maturity_level) == (1, 1)


def test_a_judgement_without_the_word_significant_weighs_nothing() -> None:
    judgement = significant("CM/2").__class__("CM/2", "none", "small")
    assert practice_groups.assess(cmmi({"CM 2.1": "LM"}, judgements=[judgement])).maturity_level == 3


def test_risk_is_shown_in_an_evaluation_only() -> None:
    answers = {"CM 1.1": "LM", "CM 2.1": "DM", "CM 2.2": "NC", "DAR 1.1": "PM", "DAR 2.1": "NY"}
    areas = {area.id: area for area in practice_groups.assess(cmmi(answers)).areas}
    assert areas["CM"].risk == {"CM 1.1": "M", "CM 2.1": "H", "CM 2.2": ""}
    assert areas["DAR"].risk == {"DAR 1.1": "H", "DAR 2.1": "NY", "DAR 3.1": "L"}
    rated = practice_groups.assess(cmmi(answers, evaluation=False))
    assert [dict(area.risk) for area in rated.areas] == [{}] * 6


def test_counts_coverage_and_judgements_of_the_practices_in_scope() -> None:
    case = cmmi(
        {("CM 1.1", "heron"): "PM", ("CM 2.1", "heron"): "NC", ("DAR 3.1", "heron"): "NC"},
        units=(HERON, *(HERON.__class__(f"p{n}", f"P{n}", "project") for n in range(2))),
        target=2,
    )
    result = practice_groups.assess(case)
    assert result.counts == {"FM": 7, "LM": 0, "PM": 1, "DM": 0, "NY": 0, "NC": 1}
    assert (result.characterized, result.in_scope, result.coverage) == (8, 9, 88.9)
    assert result.judgements_due == ("CM 1.1",)


def test_sites_are_no_units_of_practices() -> None:
    case = cmmi(units=(PLANT,))
    assert practice_groups.assess(case).maturity_level == 3


@pytest.mark.parametrize(
    ("area_id", "unit", "refused"),
    [
        ("GOV", "", "never out of scope"),
        ("II", "heron", "never out of scope"),
        ("CM", "", "cannot be out of scope for the whole organisation"),
        ("CM", "heron", None),
        ("SAM", "", None),
    ],
)
def test_what_may_be_excluded(area_id: str, unit: str, refused: str | None) -> None:
    said = practice_groups.refuse_exclusion(Scope(CMMI), area_id, unit)
    assert (said is None) if refused is None else (refused in (said or ""))


def test_an_area_asked_of_nobody_is_not_silently_satisfied() -> None:
    case = cmmi(
        units=(HERON, QUALITY),
        exclusions={("PCM", "quality"): "outsourced", ("PCM", "heron"): "not theirs"},
    )
    result = practice_groups.assess(case)
    assert (result.verdict, result.maturity_level) == ("incomplete", 2)
    assert [blocker.value for blocker in result.blockers] == ["NC"] * 3
    assert "nobody is asked" in result.blockers[0].why
