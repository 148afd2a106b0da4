"""Goals, process areas, capability and maturity of CMMI 1.3 and SW-CMM as examples."""

import pytest

from gapbench.catalog.model import Catalog
from gapbench.errors import UsageError
from gapbench.rating import goals, levels
from gapbench.rating.goal_method import goal_state, goals_of, together
from gapbench.rating.inputs import Answer, Case, Judgement, Scope
from gapbench.rating.results import AreaResult, GroupState

from .small import DEV, HERON, KESTREL, SW, Given, dev, significant, sw

STATES = [
    # values, judged significant -> state
    ("FI FI", False, "satisfied"),
    ("FI LI", False, "satisfied"),
    ("LI LI", False, "satisfied"),
    ("LI FI", True, "unsatisfied"),
    ("FI FI", True, "satisfied"),
    ("FI PI", False, "unsatisfied"),
    ("FI NI", False, "unsatisfied"),
    ("FI NY", False, "not_rated"),
    ("PI NY", False, "not_rated"),
    ("FI ?", False, "not_rated"),
    ("NI ?", False, "not_rated"),
    ("yes", False, "satisfied"),
    ("partly", False, "unsatisfied"),
    ("no", False, "unsatisfied"),
    ("?", False, "not_rated"),
    ("na", False, None),
    ("na FI", False, "satisfied"),
]


@pytest.mark.parametrize(("values", "judged", "state"), STATES)
def test_state_of_a_goal(values: str, judged: bool, state: GroupState | None) -> None:
    assert goal_state(values.replace("?", "").split(" "), significant=judged) == state


TOGETHER: list[tuple[list[GroupState], GroupState]] = [
    (["satisfied", "satisfied"], "satisfied"),
    (["satisfied", "unsatisfied"], "unsatisfied"),
    (["not_rated", "unsatisfied"], "unsatisfied"),
    (["satisfied", "not_rated"], "not_rated"),
]


@pytest.mark.parametrize(("states", "whole"), TOGETHER)
def test_goals_of_one_level_together(states: list[GroupState], whole: GroupState) -> None:
    assert together(states) == whole


GOALS = [
    (DEV, "CM", "CM SG 1 (1), CM SG 2 (1), CM GG 2 (2), CM GG 3 (3)"),
    (SW, "RM", "RM G1 (1), RM G2 (1)"),
]


@pytest.mark.parametrize(("catalog", "area", "expected"), GOALS)
def test_the_goals_of_an_area(catalog: Catalog, area: str, expected: str) -> None:
    assert ", ".join(f"{goal.id} ({goal.level})" for goal in goals_of(catalog, area)) == expected


def area_of(case: Case, name: str) -> AreaResult:
    return {area.id: area for area in goals.assess(case).areas}[name]


CAPABILITY = [
    # what is not FI in CM -> capability level, states of levels 1, 2 and 3
    ({}, 3, "satisfied satisfied satisfied"),
    ({"CM SP 1.1": "PI"}, 0, "unsatisfied satisfied satisfied"),
    ({"CM SP 2.1": "NI"}, 0, "unsatisfied satisfied satisfied"),
    ({"CM SP 1.1": "LI", "CM GP 2.1": "LI"}, 3, "satisfied satisfied satisfied"),
    ({"CM GP 2.1": "NI"}, 1, "satisfied unsatisfied satisfied"),
    ({"CM GP 3.1": "PI"}, 2, "satisfied satisfied unsatisfied"),
    ({"CM SP 1.1": "NY"}, 0, "not_rated satisfied satisfied"),
    ({"CM SP 1.1": "NY", "CM SP 2.1": "NI"}, 0, "unsatisfied satisfied satisfied"),
    ({"CM GP 2.2": ""}, 1, "satisfied not_rated satisfied"),
]


@pytest.mark.parametrize(("answers", "level", "states"), CAPABILITY)
def test_capability_level_of_an_area(answers: Given, level: int, states: str) -> None:
    area = area_of(dev(answers), "CM")
    assert (area.level, area.capability_level, area.top) == (level, level, 3)
    assert area.practice_groups == dict(enumerate(states.split(), 1))


def test_an_area_shows_its_goals_and_all_its_practices() -> None:
    area = area_of(dev({"CM SP 1.1": "PI"}), "CM")
    assert area.goals == {
        "CM SG 1": "unsatisfied", "CM SG 2": "satisfied", "CM GG 2": "satisfied", "CM GG 3": "satisfied",
    }  # fmt: skip
    assert list(area.practices) == [
        "CM SP 1.1", "CM SP 1.2", "CM SP 2.1", "CM GP 2.1", "CM GP 2.2", "CM GP 3.1",
    ]  # fmt: skip
    assert dict(area.risk) == {}


STAGED = [
    # what is not FI, target -> maturity level, next, verdict
    ({}, 4, 4, None, "on_target"),
    ({"CM SP 1.1": "PI"}, 4, 1, 2, "below_target"),
    ({"CM GP 2.1": "NI"}, 4, 1, 2, "below_target"),
    ({"CM GP 3.1": "NI"}, 2, 2, None, "on_target"),  # GG 3 of a level 2 area is not needed for level 2
    ({"CM GP 3.1": "NI"}, 4, 2, 3, "below_target"),  # but from level 3 on it is
    ({"OPD SP 1.1": "NI"}, 4, 2, 3, "below_target"),
    ({"OPD GP 3.1": "NI"}, 4, 2, 3, "below_target"),
    ({"QPM SP 1.1": "NI"}, 4, 3, 4, "below_target"),
    ({"QPM GP 3.1": "PI"}, 3, 3, None, "on_target"),
    ({"CM SP 1.1": "NI", "QPM SP 1.1": "FI"}, 0, 1, 2, "below_target"),
    ({"CM SP 1.1": ""}, 4, 1, 2, "incomplete"),
    ({"CM GP 3.1": ""}, 2, 2, None, "on_target"),
    ({"QPM SP 1.1": ""}, 3, 3, None, "on_target"),
    ({"QPM SP 1.1": "NY"}, 4, 3, 4, "below_target"),
]


@pytest.mark.parametrize(("answers", "target", "level", "following", "verdict"), STAGED)
def test_staged(answers: Given, target: int, level: int, following: int | None, verdict: str) -> None:
    result = goals.assess(dev(answers, target=target))
    assert (result.maturity_level, result.next_level, result.verdict) == (level, following, verdict)
    assert (result.scheme, result.short) == ("staged", f"ML{level}")


def test_maturity_level_1_asks_nothing() -> None:
    case = Case(Scope(DEV, ("STAGED",), 1))
    result = goals.assess(case)
    assert goals.in_scope(case.scope) == ()
    assert (result.maturity_level, result.verdict, result.blockers) == (1, "on_target", ())
    assert goals.assess(Case(Scope(DEV, ("STAGED",), 2))).maturity_level == 1


SCOPED = [
    (("STAGED",), 2, 5 + 3),  # CM and SAM without GG 3
    (("STAGED",), 3, 6 + 4 + 4),
    (("STAGED",), 4, 6 + 4 + 4 + 4),
    (("STAGED",), 0, 18),
    (("PROFILE",), 1, 3 + 1 + 1 + 1),
    (("PROFILE",), 2, 5 + 3 + 3 + 3),
    (("PROFILE",), 3, 18),
    (("PROFILE",), 9, 18),
    (("PART",), 3, 10),
]


@pytest.mark.parametrize(("views", "target", "number"), SCOPED)
def test_only_what_the_target_needs_is_asked(views: tuple[str, ...], target: int, number: int) -> None:
    scope = Scope(DEV, views, target)
    assert len(goals.in_scope(scope)) == number
    result = goals.assess(Case(scope))
    assert (result.in_scope, result.characterized, result.counts[""]) == (number, 0, number)


def test_an_optional_area_can_be_out() -> None:
    answers = {"SAM SP 1.1": "NI", "SAM GP 2.1": ""}
    assert goals.assess(dev(answers)).maturity_level == 1
    result = goals.assess(dev(answers, exclusions={("SAM", ""): "nothing is bought"}))
    assert (result.maturity_level, result.verdict) == (4, "on_target")
    sam = result.areas[1]
    assert (sam.id, sam.out, sam.level) == ("SAM", "nothing is bought", 0)
    kept = goals.assess(dev({"CM SP 1.1": "NI"}, exclusions={("CM", ""): "no tool"}))
    assert (kept.maturity_level, kept.areas[0].out) == (1, "")


def test_weaknesses_judged_significant_pull_their_goal_down() -> None:
    case = dev({"CM SP 1.1": "LI"}, judgements=[significant("CM SG 1")])
    area = area_of(case, "CM")
    assert (area.goals["CM SG 1"], area.goals["CM SG 2"], area.level) == ("unsatisfied", "satisfied", 0)
    (blocker,) = goals.assess(case).blockers
    assert (blocker.item, blocker.value) == ("CM SP 1.1", "LI")
    assert blocker.why == (
        "Organisation LI: weak; the weaknesses of CM SG 1 were judged significant: habit will not hold"
    )
    assert goals.assess(dev({"CM SP 2.1": "LI"}, judgements=[significant("CM SG 1")])).maturity_level == 4


PROFILES = [
    # what is not FI, target -> level, next, verdict, areas of the blockers
    ({}, 3, 3, None, "on_target", ""),
    ({}, 2, 3, None, "on_target", ""),
    ({"CM GP 3.1": "NI"}, 3, 2, 3, "below_target", "CM"),
    ({"CM SP 1.1": "NI", "OPD GP 2.1": "PI"}, 3, 0, 1, "below_target", "CM OPD"),
    ({"CM SP 1.1": "NI", "OPD GP 2.1": "PI"}, 1, 0, 1, "below_target", "CM"),
    ({"QPM SP 1.1": ""}, 3, 0, 1, "incomplete", "QPM"),
]


@pytest.mark.parametrize(("answers", "target", "level", "following", "verdict", "where"), PROFILES)
def test_profile(answers: Given, target: int, level: int, following: int | None, verdict: str, where: str) -> None:
    result = goals.assess(dev(answers, target=target, views=("PROFILE",)))
    assert (result.maturity_level, result.next_level, result.verdict) == (level, following, verdict)
    assert (result.scheme, result.short) == ("continuous", f"CL{level}")
    assert [it.item.split()[0] for it in result.blockers] == where.split()


def test_the_target_of_a_profile_ends_with_its_view() -> None:
    assert [levels.target_of(Scope(DEV, ("PROFILE",), target)) for target in (0, 2, 3, 5)] == [3, 2, 3, 3]
    assert [levels.target_of(Scope(DEV, ("STAGED",), target)) for target in (0, 2, 5)] == [4, 2, 4]


SW_LEVELS = [
    ({}, 4, "on_target"),
    ({"RM G1": "partly"}, 1, "below_target"),
    ({"RM G2": "no"}, 1, "below_target"),
    ({"PR G1": "no"}, 2, "below_target"),
    ({"DP G1": "partly"}, 3, "below_target"),
    ({"RM G1": ""}, 1, "incomplete"),
    ({"RM CO": "no", "RM AC": ""}, 4, "on_target"),  # signs never count
    ({"SSM G1": "na", "SSM G2": "na"}, 4, "on_target"),
    ({"SSM G1": "na", "SSM G2": "no"}, 1, "below_target"),
    ({"SSM G1": "na"}, 1, "below_target"),  # only a whole area can be not applicable
    ({"SSM G1": "na", "SSM G2": "yes"}, 1, "below_target"),
    ({"SSM G1": "na", "SSM G2": ""}, 1, "incomplete"),
]


@pytest.mark.parametrize(("answers", "level", "verdict"), SW_LEVELS)
def test_key_process_areas(answers: Given, level: int, verdict: str) -> None:
    result = goals.assess(sw(answers))
    assert (result.maturity_level, result.verdict) == (level, verdict)


def test_a_goal_alone_cannot_be_not_applicable() -> None:
    result = goals.assess(sw({"SSM G1": "na"}))
    part = result.areas[1]
    assert part.goals == {"SSM G1": "not_rated", "SSM G2": "satisfied"}
    assert (part.practice_groups, part.level, part.out) == ({1: "not_rated"}, 0, "")
    (blocker,) = result.blockers
    assert (blocker.item, blocker.value) == ("SSM G1", "na")
    assert "only SSM as a whole can be not applicable" in blocker.why


def test_an_area_of_which_no_goal_applies_is_out() -> None:
    whole = area_of(sw({"SSM G1": "na", "SSM G2": "na"}), "SSM")
    assert (whole.goals, whole.practice_groups, whole.level, whole.out) == ({}, {}, 0, "weak")


def test_signs_are_walked_but_never_counted() -> None:
    scope = sw(target=2).scope
    assert [item.id for item in goals.in_scope(scope)] == [
        "RM G1", "RM G2", "RM CO", "RM AC", "SSM G1", "SSM G2", "SSM CO", "SSM AC",
    ]  # fmt: skip
    result = goals.assess(sw({"RM CO": "", "RM AC": "no", "SSM G1": "na", "SSM G2": "na"}, target=2))
    assert (result.in_scope, result.characterized, result.coverage) == (4, 4, 100.0)
    assert result.counts == {"yes": 2, "partly": 0, "no": 0, "na": 2, "": 0}
    assert result.areas[0].practices["RM AC"].value == "no"


def test_a_sign_that_contradicts_its_goals_is_questioned() -> None:
    result = goals.assess(sw({"RM CO": "no", "RM G2": "partly", "PR AC": "partly"}, target=2))
    (caution,) = result.cautions
    assert (caution.item, caution.value) == ("RM", "yes")
    assert caution.why == (
        "Requirements: RM G1 is answered yes while RM CO is answered no; an assessor will ask how that can hold"
    )
    assert result.sentence.endswith("An assessor will question the answers in RM.")
    assert goals.assess(sw({"RM CO": "no", "RM G1": "no", "RM G2": "no"})).cautions == ()


def test_an_area_declared_out_by_its_answers_is_questioned_unless_it_is_optional() -> None:
    assert goals.assess(sw({"SSM G1": "na", "SSM G2": "na"})).cautions == ()
    result = goals.assess(sw({"PR G1": "na"}))
    assert result.maturity_level == 4
    assert [(it.item, it.value) for it in result.cautions] == [("PR", "na")]


SENTENCES = [
    (dev(), "Maturity level 4, the level aimed at, is in place."),
    (dev(target=2), "Maturity level 4 is in place, above the level aimed at, 2."),
    (
        dev({"CM SP 1.1": "NI", "CM GP 2.1": "PI"}, target=2),
        "Maturity level 1 of the 2 aimed at: 2 practices stand before level 2.",
    ),
    (
        dev({"CM SP 1.1": ""}, target=2),
        "No verdict yet: 1 of 8 practices up to level 2 not characterized; maturity level 1 so far.",
    ),
    (dev(views=("PROFILE",)), "Every area in scope reaches capability level 3, the level aimed at."),
    (
        dev(views=("PROFILE",), target=2),
        "Every area in scope reaches capability level 3, above the level aimed at, 2.",
    ),
    (
        dev({"CM SP 1.1": "NI", "OPD GP 3.1": "NI"}, views=("PROFILE",)),
        "2 of 4 areas are below capability level 3, the level aimed at; "
        "the lowest is at 0: 2 practices stand before the next levels.",
    ),
    (
        dev({"CM GP 3.1": ""}, views=("PROFILE",)),
        "No verdict yet: 1 of 18 practices up to level 3 not characterized; "
        "so far the lowest of 4 areas is at capability level 2; 3 are at the 3 aimed at.",
    ),
    (sw({"RM G1": "no"}), "Maturity level 1 of the 4 aimed at: 1 goal stands before level 2."),
    (
        sw({"RM G1": ""}, target=2),
        "No verdict yet: 1 of 4 goals up to level 2 not answered; maturity level 1 so far.",
    ),
    (
        sw(dict.fromkeys(("RM G1", "RM G2", "SSM G1", "SSM G2"), "na"), target=2),
        "Maturity level 1 of the 2 aimed at: nothing is left in scope at level 2. "
        "An assessor will question the answers in RM.",
    ),
    (
        dev({("CM SP 1.1", "heron"): "NI"}, units=(HERON, KESTREL)),
        "Maturity level 1 of the 4 aimed at: 1 practice stands before level 2. "
        "1 judgement is due; the lower value counts until then.",
    ),
]


@pytest.mark.parametrize(("case", "sentence"), SENTENCES)
def test_the_verdict_as_a_sentence(case: Case, sentence: str) -> None:
    assert goals.assess(case).sentence == sentence


BLOCKERS = [
    (dev({("CM SP 1.1", "heron"): "PI"}, units=(HERON, KESTREL)), "CM SP 1.1", "PI",
     "Heron PI: weak; LI or PI is to be judged"),
    (dev({("CM SP 1.1", "kestrel"): ""}, units=(HERON, KESTREL)), "CM SP 1.1", "", "not characterized: Kestrel"),
    (dev({"CM SP 1.1": "NY"}), "CM SP 1.1", "NY",
     "Organisation NY: weak; the work has not come there yet, so CM SG 1 cannot be rated"),
    (sw({"RM G1": "partly"}), "RM G1", "partly", "Organisation partly: weak"),
    (sw({"RM G1": ""}), "RM G1", "", "not answered: Organisation"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "item", "value", "why"), BLOCKERS)
def test_what_stands_before_the_next_level(case: Case, item: str, value: str, why: str) -> None:
    (blocker,) = goals.assess(case).blockers
    assert (blocker.item, blocker.value, blocker.why) == (item, value, why)


EXCLUSIONS = [
    (DEV, "CM", "", "of DEV small 1.3 only what does not fit the business can be not applicable (SAM)"),
    (DEV, "SAM", "", None),
    (DEV, "CM", "heron", None),
    (DEV, "CM SG 1", "heron", "leave out a whole area"),
    (SW, "SSM", "", None),
    (SW, "RM", "", "not applicable (SSM)"),
    (SW, "SSM", "heron", "asks the organisation as a whole"),
]


@pytest.mark.parametrize(("catalog", "area", "unit", "refused"), EXCLUSIONS)
def test_what_may_be_excluded(catalog: Catalog, area: str, unit: str, refused: str | None) -> None:
    said = goals.refuse_exclusion(Scope(catalog, ("STAGED",)), area, unit)
    assert (said is None) if refused is None else (refused in (said or ""))


def test_areas_that_the_work_has_not_come_to_are_named() -> None:
    said = goals.assess(dev({"CM SP 1.1": "NY", "CM SP 1.2": "NI", "SAM SP 1.1": "NY"}, target=2)).sentence
    assert said.endswith(" CM and SAM cannot be rated: the work has not come there yet (NY).")
    assert "(NY)" not in goals.assess(dev({"CM SP 1.1": "NI"}, target=2)).sentence


def test_what_may_be_judged() -> None:
    mixed = dev({("CM SP 1.1", "heron"): "PI"}, units=(HERON, KESTREL))
    assert goals.refuse_judgement(mixed, "CM SP 1.1", "LI") is None
    assert "so it cannot be judged FI" in (goals.refuse_judgement(mixed, "CM SP 1.1", "FI") or "")
    assert "is FI by the answers" in (goals.refuse_judgement(mixed, "CM SP 1.2", "LI") or "")
    assert "is open by the answers" in (goals.refuse_judgement(Case(Scope(DEV)), "CM SP 1.2", "LI") or "")
    assert goals.refuse_judgement(mixed, "CM SG 1", "significant") is None
    for subject, value, said in (
        ("CM SG 1", "light", "judged significant, or not at all"),
        ("CM", "significant", "There is no goal CM to judge; say a practice, or a goal as in CM SG 1"),
        ("CM/2", "significant", "There is no goal CM/2 to judge"),
    ):
        with pytest.raises(UsageError, match=said):
            goals.refuse_judgement(mixed, subject, value)


def test_answers_to_goals_leave_nothing_to_judge() -> None:
    assert "is yes by the answers" in (goals.refuse_judgement(sw(), "RM G1", "no") or "")
    with pytest.raises(UsageError, match="leaves nothing to judge in RM"):
        goals.refuse_judgement(sw(), "RM", "significant")


def test_a_judgement_of_another_scale_weighs_nothing() -> None:
    case = dev({"CM SP 1.1": "LI"}, judgements=[Judgement("CM SG 1", "none", "small")])
    assert goals.assess(case).maturity_level == 4


def test_an_area_of_which_nobody_is_asked_is_not_silently_satisfied() -> None:
    case = dev(units=(HERON,), exclusions={("CM", "heron"): "not theirs"}, target=2)
    result = goals.assess(case)
    assert (result.verdict, result.maturity_level) == ("incomplete", 1)
    assert result.blockers[0].why.startswith("nobody is asked: every unit that could answer is excluded from CM;")


def test_not_applicable_without_a_reason_says_so() -> None:
    answers = {("SSM G1", ""): Answer("na"), ("SSM G2", ""): Answer("na")}
    area = area_of(Case(Scope(SW, ("STAGED",)), answers), "SSM")
    assert area.out == "every goal is answered not applicable, without a reason yet"
