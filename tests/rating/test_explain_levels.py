"""The arithmetic of goals and process attributes, line by line."""

import pytest

from gapbench.errors import UsageError
from gapbench.rating.explain import explain
from gapbench.rating.inputs import Answer, Case, Judgement
from gapbench.rating.models import model_of
from gapbench.rating.parties import indicative

from .small import DEV, HERON, KESTREL, PLANT, SPICE, dev, significant, spice, sw


def said(case: Case, subject: str = "") -> list[str]:
    return list(explain(case, model_of(case.scope).assess(case), subject))


def test_the_whole_of_a_staged_view() -> None:
    assert said(dev({"CM SP 1.1": "PI", "QPM GP 3.1": "LI"})) == [
        "DEV small 1.3, view STAGED: Maturity level 1 of the 4 aimed at: 1 practice stands before level 2.",
        "ML1: asks nothing",
        "ML2: 1 of 2 areas hold",
        "ML3: 2 of 3 areas hold",
        "ML4: 3 of 4 areas hold",
        "Maturity level 1: the highest at which every area holds, and at all lower levels too; never an average.",
        "Characterized: practices characterized in every unit that is asked / practices up to level 4",
        "  18 / 18 = 100.0 %",
        "  16 FI, 1 LI and 1 PI",
        "Before level 2: CM SP 1.1 PI, Organisation PI: weak",
        indicative(DEV),
    ]


def test_the_whole_of_a_profile_says_what_it_stands_for() -> None:
    lines = said(dev({"CM GP 3.1": "NI", "QPM SP 1.1": ""}, views=("PROFILE",)))
    assert lines[1:5] == [
        "CL1: 3 of 4 areas hold",
        "CL2: 3 of 4 areas hold",
        "CL3: 2 of 4 areas hold",
        "Capability level 0: the lowest of all areas in scope, one at its top level not holding back; "
        "never an average.",
    ]
    assert "  16 FI, 1 NI and 1 unrated" in lines
    assert lines[-7:] == [
        "Before level 3 of CM: CM GP 3.1 NI, Organisation NI: weak",
        "Before level 1 of QPM: QPM SP 1.1 unrated, not characterized: Organisation",
        "Equivalent staging, held against the view STAGED: this profile stands for ML2.",
        "  ML2: 2 of 2 areas at capability level 2",
        "  ML3: 2 of 3 areas at capability level 3; below: CM at 2",
        "  ML4: 2 of 4 areas at capability level 3; below: CM at 2 and QPM at 0",
        indicative(DEV),
    ]


STAGING = [
    # what is not FI, view -> level, last words
    ({}, "PROFILE", 4, "  ML4: 4 of 4 areas at capability level 3"),
    ({"CM GP 2.1": "NI"}, "PROFILE", 1, "  ML4: 3 of 4 areas at capability level 3; below: CM at 1"),
    ({"OPD SP 1.1": "NI"}, "PROFILE", 2, "  ML4: 3 of 4 areas at capability level 3; below: OPD at 0"),
    ({"QPM GP 2.1": "NI"}, "PROFILE", 3, "  ML4: 3 of 4 areas at capability level 3; below: QPM at 1"),
    ({}, "PART", 1, "  ML4: 2 of 2 areas at capability level 3; not in this profile: SAM and QPM"),
]


@pytest.mark.parametrize(("answers", "view", "level", "last"), STAGING)
def test_equivalent_staging(answers: dict[str, str], view: str, level: int, last: str) -> None:
    lines = said(dev(answers, views=(view,)))
    assert f"Equivalent staging, held against the view STAGED: this profile stands for ML{level}." in lines
    assert lines[-2] == last


def test_an_area_that_is_not_applicable_does_not_hold_back_a_profile() -> None:
    lines = said(dev({"SAM SP 1.1": "NI"}, views=("PROFILE",), exclusions={("SAM", ""): "nothing is bought"}))
    assert "Left out: SAM, nothing is bought" in lines
    assert "  ML2: 1 of 1 area at capability level 2" in lines


def test_an_area_shows_goals_and_levels() -> None:
    assert said(dev({"CM SP 1.1": "LI", "CM GP 2.1": "NI", "CM GP 3.1": "NY"}), "CM") == [
        "CM Configuration Management",
        "  CM SG 1 SG 1 of CM: 1 FI and 1 LI -> satisfied",
        "  CM SG 2 SG 2 of CM: 1 FI -> satisfied",
        "  CM GG 2 GG 2 of CM: 1 FI and 1 NI -> unsatisfied",
        "  CM GG 3 GG 3 of CM: 1 NY -> not rated",
        "  Level 1: CM SG 1 and CM SG 2 -> satisfied",
        "  Level 2: CM GG 2 -> unsatisfied",
        "  Level 3: CM GG 3 -> not rated",
        "Capability level 1: the highest with the goals of all levels up to it satisfied.",
    ]


def test_a_goal_shows_its_practices_and_the_judgement() -> None:
    lines = said(dev({"CM SP 1.1": "LI", "CM SP 1.2": ""}, judgements=[significant("CM SG 1")]), "CM SG 1")
    assert lines[:6] == [
        "CM SG 1 SG 1 of CM: not rated",
        "  1 LI and 1 unrated",
        "  CM SP 1.1 CM SP 1.1 is done: LI",
        "  CM SP 1.2 CM SP 1.2 is done: unrated",
        "It belongs to level 1 of CM.",
        "Judged: its weaknesses have a significant negative impact (habit will not hold)",
    ]
    assert "No significant negative impact recorded." in said(dev(), "CM SG 1")


def test_a_level_of_an_area_shows_its_goals() -> None:
    assert said(dev({"CM SP 2.1": "NI"}), "CM/1") == [
        "CM level 1: unsatisfied",
        "  CM SG 1 SG 1 of CM: 2 FI -> satisfied",
        "  CM SG 2 SG 2 of CM: 1 NI -> unsatisfied",
        "Unsatisfied when one of its goals is; else not rated when one of them is; else satisfied.",
    ]


def test_a_practice_shows_units_rule_and_judgement() -> None:
    mixed = {("CM SP 1.1", "heron"): "PI"}
    assert said(dev(mixed, units=(HERON, KESTREL)), "CM SP 1.1") == [
        "CM SP 1.1 CM SP 1.1 is done: PI",
        "  Heron: PI (weak)",
        "  Kestrel: FI (weak)",
        "First that holds: FI or LI beside PI or NI -> LI or PI",
        "A judgement is due; until then the lower value counts: PI",
    ]
    judged = dev(mixed, units=(HERON, KESTREL), judgements=[Judgement("CM SP 1.1", "LI", "one old project")])
    assert said(judged, "CM SP 1.1")[-1] == "Judged LI: one old project"
    out = dev(units=(HERON, KESTREL), exclusions={("CM", "kestrel"): "maintenance"})
    assert "  Left out: Kestrel (maintenance)" in said(out, "CM GP 2.1")


def test_a_maturity_level_counts_its_areas() -> None:
    assert said(dev({"CM GP 3.1": "NI"}), "ML3") == [
        "Maturity level 3 needs every area that it asks at 3 or at its top level.",
        "  CM Configuration Management: at 2, needs 3: does not hold",
        "  SAM Suppliers: at 3, needs 3: holds",
        "  OPD Process Definition: at 3, needs 3: holds",
        "2 of 3 areas hold.",
        "Not asked at this level: QPM (from level 4)",
        "With all lower levels: level 3 is not reached; the view is at 2.",
    ]
    assert said(dev(), "ML1") == ["Maturity level 1 asks nothing: everybody is there."]


def test_key_process_areas_show_their_signs() -> None:
    case = sw({"RM G2": "partly", "RM CO": "no", "RM AC": ""})
    assert said(case, "RM") == [
        "RM Requirements",
        "  RM G1 Goal 1 of RM: 1 yes -> satisfied",
        "  RM G2 Goal 2 of RM: 1 partly -> unsatisfied",
        "  RM CO: no, a sign that is not counted",
        "  RM AC: unrated, a sign that is not counted",
        "Not satisfied: an area is when every goal that applies is.",
        "Caution: Requirements: RM G1 is answered yes while RM CO is answered no; "
        "an assessor will ask how that can hold",
    ]
    assert said(case)[-2].startswith("Caution, RM: Requirements: RM G1 is answered yes")
    assert said(case, "RM G1")[-1] == "The goal RM G1 is satisfied: only yes satisfies it."
    assert said(case, "RM CO")[-1] == "A sign beside the goals: it is never counted, and no level rests on it."


def test_what_does_not_apply_is_shown_with_its_reason() -> None:
    answers = {"SSM G1": "na", "SSM G2": "na"}
    assert said(sw(answers), "SSM")[1] == "Out of scope for the whole organisation: weak"
    assert said(sw({"SSM G1": "na"}), "SSM G1")[1:] == [
        "  Organisation: na (weak)",
        "First that holds: the answer that all give -> na",
        "The goal is not rated: only SSM as a whole can be not applicable.",
    ]
    bare = sw()
    bare = Case(bare.scope, {**bare.answers, ("SSM G1", ""): Answer("na")})
    assert "Still to be written: the reason at Organisation." in said(bare, "SSM G1")
    assert "  SSM G1 Goal 1 of SSM: 1 na -> not rated" in said(bare, "SSM")


def test_the_whole_of_a_profile_of_processes() -> None:
    lines = said(spice({"SWE.1 PA 1.1": "L", "SUP.1 PA 2.2": ""}, target=2))
    assert lines[1:7] == [
        "CL1: 2 of 2 processes hold",
        "CL2: 0 of 2 processes hold",
        "Capability level 1: the lowest of all processes in scope, one at its top level not holding back; "
        "never an average.",
        "Rated: process attributes rated in every unit that is asked / process attributes up to level 2",
        "  5 / 6 = 83.3 %",
        "  4 F, 1 L and 1 unrated",
    ]
    assert lines[-4:] == [
        "Before level 2 of SWE.1: SWE.1 PA 1.1 L, Organisation L: weak; enough for level 1, not for level 2",
        "Before level 2 of SUP.1: SUP.1 PA 2.2 unrated, not rated: Organisation",
        "No maturity level of the organisation: the standard (ISO/IEC 33004, once 15504-7) leaves open which "
        "processes belong to the set of each level.",
        indicative(SPICE),
    ]


def test_a_process_and_a_level_of_it() -> None:
    case = spice({"SWE.1 PA 2.1": "L+", "SWE.1 PA 3.2": ""})
    assert said(case, "SWE.1")[:5] == [
        "SWE.1 Requirements",
        "  Level 1: SWE.1 PA 1.1 F -> satisfied",
        "  Level 2: SWE.1 PA 2.1 L+ and SWE.1 PA 2.2 F -> satisfied",
        "  Level 3: SWE.1 PA 3.1 F and SWE.1 PA 3.2 unrated -> not rated",
        "Capability level 2: the highest level that is reached.",
    ]
    assert said(case, "SWE.1/2")[:4] == [
        "SWE.1 level 2: satisfied",
        "  SWE.1 PA 1.1 PA 1.1 of SWE.1: F, needs F",
        "  SWE.1 PA 2.1 PA 2.1 of SWE.1: L+, needs L or F",
        "  SWE.1 PA 2.2 PA 2.2 of SWE.1: F, needs L or F",
    ]


def test_an_attribute_shows_the_mean() -> None:
    case = spice({("SWE.1 PA 1.1", "heron"): "L-"}, units=(HERON, KESTREL))
    assert said(case, "SWE.1 PA 1.1") == [
        "SWE.1 PA 1.1 PA 1.1 of SWE.1: F",
        "  Heron: L- (weak)",
        "  Kestrel: F (weak)",
        "Mean, with N 0, P 1, L 2, F 3: (2 + 3) / 2 = 2.5, rounded to F",
        "First that holds: units have different ratings -> F",
    ]


def test_a_level_of_the_profile() -> None:
    assert said(spice({"SUP.1 PA 2.1": "P"}), "CL2") == [
        "Capability level 2 needs every process that it asks at 2 or at its top level.",
        "  SWE.1 Requirements: at 3, needs 2: holds",
        "  SUP.1 Quality assurance: at 1, needs 2: does not hold",
        "1 of 2 processes hold.",
        "With all lower levels: level 2 is not reached; the view is at 1.",
    ]


@pytest.mark.parametrize(
    ("case", "subject"),
    [
        (dev(units=(HERON, PLANT)), "CL2"),
        (dev(views=("PROFILE",)), "ML2"),
        (dev(views=("PROFILE",)), "CL4"),
        (dev(), "CM SG 9"),
        (dev(), "CM/4"),
        (dev(views=("PART",)), "SAM"),
        (dev(views=("PART",)), "SAM SG 1"),
        (dev(views=("PART",)), "SAM SP 1.1"),
        (sw(), "RM/2"),
        (spice(), "SWE"),
        (spice(), "ML1"),
        (spice(), "SWE.2 PA 1.1"),
    ],
)
def test_an_unknown_figure_is_refused(case: Case, subject: str) -> None:
    with pytest.raises(UsageError, match="has no"):
        said(case, subject)


def test_a_process_shows_the_instances_behind_a_mean() -> None:
    lines = said(spice({("SWE.1 PA 1.1", "kestrel"): "P"}, units=(HERON, KESTREL), target=1), "SWE.1")
    assert "    SWE.1 PA 1.1: Heron F and Kestrel P" in lines


def test_an_area_shows_what_was_judged_in_it() -> None:
    lines = said(dev({"CM SP 1.1": "LI"}, judgements=[significant("CM SG 1")]), "CM")
    assert "Judged: CM SG 1 significant (habit will not hold)" in lines
