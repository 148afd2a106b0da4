"""Show me the arithmetic: the lines must give the figure again."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapbench.errors import UsageError
from gapbench.rating import conformity, practice_groups
from gapbench.rating.explain import explain
from gapbench.rating.inputs import Answer, Case, Judgement
from gapbench.rating.parties import indicative

from .small import CMMI, HERON, ISO, KESTREL, PLANT, QUALITY, SCORED, cmmi, finding, iso, iso_sites
from .small import significant as judged_significant

N, P = "not_conforming", "partial"
DIVISION = re.compile(r"([\d.]+) / (\d+) = ([\d.]+) %")
SUM = re.compile(r"(\d+) conforming x 1 \+ (\d+) partial x 0.5 \+ (\d+) not conforming x 0 = (.+)")


def again(lines: tuple[str, ...]) -> list[float]:
    """Every percentage of some lines, computed again from the numbers beside it."""
    found = []
    for part, whole, percent in DIVISION.findall("\n".join(lines)):
        exact = float(part) / int(whole) * 100
        assert abs(exact - float(percent)) <= 0.05 + 1e-9
        found.append(float(percent))
    return found


values = st.sampled_from(["conforming", P, N, "na", "condition_not_met", ""])


@given(st.fixed_dictionaries(dict.fromkeys(SCORED, values)))
def test_readiness_of_every_clause_adds_up(answers: dict[str, str]) -> None:
    case = iso(answers)
    result = conformity.assess(case)
    clauses = {group.id: group for group in result.groups} | dict(result.leaves)
    figures = {name: clause.tally for name, clause in clauses.items()}
    for subject, tally in {"": result.tally, **figures, **result.principles}.items():
        lines = explain(case, result, subject)
        expected = [figure for figure in (tally.percent, tally.coverage) if figure is not None]
        assert again(lines) == expected
        ((good, half, bad, credit),) = SUM.findall("\n".join(lines))
        assert int(good) + int(half) / 2 == float(credit) == tally.halves / 2
        assert int(good) + int(half) + int(bad) == tally.counted


practice_values = st.sampled_from(["FM", "LM", "PM", "DM", "NC"])


@given(st.fixed_dictionaries({item.id: practice_values for item in CMMI.items}))
def test_coverage_of_a_view_adds_up(answers: dict[str, str]) -> None:
    case = cmmi(dict(answers))
    result = practice_groups.assess(case)
    assert again(explain(case, result)) == [result.coverage]


def said(case: Case, subject: str) -> str:
    model = conformity if case.scope.catalog is ISO else practice_groups
    return "\n".join(explain(case, model.assess(case), subject))


def test_a_clause_in_full() -> None:
    case = iso(
        {"8.4.1 a": N, "8.4.1 b": P, "8.4.1 c": "", "8.7 §1": "na"},
        findings=(finding(3, "major", "8.4.1 a"), finding(4, "minor", "8.7 §1", closed=True)),
    )
    answers = {**case.answers, ("8.7 §1", ""): Answer("na", reason="nothing leaves the house")}
    assert said(Case(case.scope, answers, findings=case.findings), "8").splitlines() == [
        "8 Operation",
        "Readiness: 1 conforming x 1 + 1 partial x 0.5 + 1 not conforming x 0 = 1.5",
        "  1.5 / 3 = 50.0 %",
        "  Left out, not applicable (1): 8.7 §1 (nothing leaves the house)",
        "  Left out, unrated (1): 8.4.1 c",
        "  Not scored, one of several allowed routes: 8.7 a and 8.7 b",
        "Coverage: points rated / points scored",
        "  4 / 5 = 80.0 %",
        "Colour: the worst point, not conforming (8.4.1 a)",
        "Open majors: 1 (F-03)",
        "Open minors: 1 (proposed on 8.4.1)",
        "Verified closed, not counted: F-04",
        "Caution, 8.7: Nonconforming output: declared not applicable, which is hardly ever accepted: 8.7 §1",
    ]


def test_the_whole_names_the_rule_that_held_and_the_line_that_always_stands() -> None:
    lines = said(iso({"4.1 §1": P}), "").splitlines()
    assert "  3. a major is open: no" in lines
    assert "  4. a minor is open: yes -> likely, with a plan" in lines
    assert lines[-1] == indicative(ISO)


def test_a_clause_that_is_a_gate_says_so() -> None:
    assert "here: nothing that applies is in place" in said(iso({"9.3 §1": N}), "9.3")
    assert "here: not wholly missing" in said(iso(), "9.3")
    assert "here: all of it is out of the count" in said(iso({"9.3 §1": "na"}), "9.3")
    assert "makes the verdict not ready;" in said(iso(), "9.3")


CODES = re.compile(r"[a-z]_[a-z]|\bofi\b")
states = st.sampled_from(["conforming", P, N, "na", "condition_not_met", ""])


@given(st.dictionaries(st.sampled_from([(item, site) for item in SCORED for site in ("plant", "office")]), states))
def test_no_code_stands_where_a_person_reads(answers: dict[tuple[str, str], str]) -> None:
    case = iso_sites(answers)
    result = conformity.assess(case)
    told = [result.sentence, *(it.why for it in (*result.blockers, *result.cautions))]
    subjects = ("", *ISO.group, *ISO.item, *ISO.principles)
    told += [line for subject in subjects for line in explain(case, result, subject)]
    assert not [line for line in told if CODES.search(line)]


@given(st.dictionaries(st.sampled_from([(item, site) for item in SCORED for site in ("plant", "office")]), states))
def test_what_is_left_out_and_what_counts_are_all_points(answers: dict[tuple[str, str], str]) -> None:
    case = iso_sites(answers)
    result = conformity.assess(case)
    for subject, tally in {"": result.tally, **{it.id: it.tally for it in result.groups}}.items():
        lines = "\n".join(explain(case, result, subject))
        left = sum(map(int, re.findall(r"^  Left out, [a-z ]+ \((\d+)\)", lines, re.MULTILINE)))
        assert left + tally.counted == tally.scored


def test_points_that_wait_for_other_sites_stand_on_their_own_line() -> None:
    answers = {("4.1 §1", "office"): "", ("4.1 §2", "office"): "", ("4.1 §2", "plant"): ""}
    lines = said(iso_sites(answers), "4").splitlines()
    assert "  Nothing is counted yet, so there is no percentage." in lines
    assert "  Left out, waiting for other sites (1): 4.1 §1 (Office)" in lines
    assert "  Left out, unrated (1): 4.1 §2" in lines
    assert "Coverage: points rated (at every site, or not conforming at one) / points scored" in lines


def test_the_whole_and_the_clause_name_what_an_auditor_will_question() -> None:
    case = iso({"9.2 a": "na", "9.2 b": "na"})
    caution = (
        "Caution, 9.2: Internal audit: certification rests on it and all of it is "
        "declared not applicable; an auditor will not accept that"
    )
    for subject in ("", "9", "9.2"):
        assert caution in said(case, subject).splitlines()
    assert caution not in said(case, "9.3")
    assert "9.2 a is hardly ever accepted as not applicable" in said(case, "9.2 a")


def test_a_point_names_each_site() -> None:
    case = iso_sites({("9.3 §1", "plant"): P, ("9.3 §1", "office"): ""})
    assert said(case, "9.3 §1").splitlines() == [
        "9.3 §1 Top management reviews: waiting for other sites",
        "  Plant: partial",
        "  Office: unrated",
        "Over sites the worst counts, once every site is rated; one that does not conform settles it at once.",
        "Left out of the count: waiting for other sites.",
        "Open majors: 0",
        "Open minors: 0",
    ]
    bad = iso_sites({("9.3 §1", "plant"): N, ("9.3 §1", "office"): ""})
    assert "Counts as 0 out of 1 point." in said(bad, "9.3 §1").splitlines()


@pytest.mark.parametrize(
    ("answers", "subject", "line"),
    [
        ({"8.7 a": P}, "8.7 a", "Not scored: it is one of several allowed routes."),
        ({"4.1 §1": ""}, "4.1 §1", "Left out of the count: unrated."),
        ({"4.1 §1": "na"}, "4.1 §1", "Still to be written: the reason at Organisation."),
        (dict.fromkeys(SCORED, ""), "4", "  Nothing is counted yet, so there is no percentage."),
    ],
)
def test_what_does_not_count_is_said(answers: dict[str, str], subject: str, line: str) -> None:
    assert line in said(iso(answers), subject).splitlines()


def test_a_practice_shows_units_rule_and_share() -> None:
    case = cmmi(
        {("CM 2.1", "heron"): "DM"},
        units=(HERON, KESTREL, QUALITY),
        exclusions={("CM", "quality"): "no product of theirs"},
    )
    assert said(case, "CM 2.1").splitlines() == [
        "CM 2.1 Practice 2.1 of CM: PM",
        "  Heron: DM (weak)",
        "  Kestrel: FM (weak)",
        "  Left out: Quality department (no product of theirs)",
        "PM or DM / all units: 1 / 2 = 50.0 %",
        "First that holds: FM or LM beside PM or DM, half or more of all units PM or DM -> PM",
    ]


DECISIONS = [
    (None, "A judgement is due; until then the lower value counts: PM"),
    ("LM", "Judged LM: one old project"),
    ("DM", "The recorded judgement DM is not among the allowed values: ignored."),
]


@pytest.mark.parametrize(("value", "line"), DECISIONS)
def test_a_practice_shows_the_judgement(value: str | None, line: str) -> None:
    case = cmmi(
        {("CM 2.1", "heron"): "DM"},
        units=(HERON, KESTREL, HERON.__class__("osprey", "Osprey", "project")),
        judgements=[Judgement("CM 2.1", value, "one old project")] if value else [],
    )
    assert line in said(case, "CM 2.1").splitlines()


def test_a_judgement_that_decides_nothing_is_not_shown() -> None:
    case = cmmi(units=(HERON,), judgements=[Judgement("CM 2.1", "FM", "as everybody says")])
    assert "Judged" not in said(case, "CM 2.1")


def test_a_practice_that_lacks_its_weakness_or_anybody_to_ask() -> None:
    case = Case(cmmi(units=(HERON,)).scope, {("CM 2.1", "heron"): Answer("LM")})
    assert "Still to be written: the weakness at Heron." in said(case, "CM 2.1")
    nobody = cmmi(units=(HERON,), exclusions={("CM", "heron"): "not theirs"})
    assert "  Nobody is asked." in said(nobody, "CM 2.1").splitlines()


def test_a_practice_group_shows_its_values_and_the_judgement() -> None:
    case = cmmi({"CM 2.1": "LM"}, judgements=[judged_significant("CM/2")])
    assert said(case, "CM/2").splitlines()[:6] == [
        "CM group 2: unsatisfied",
        "  1 FM and 1 LM",
        "  CM 2.1 Practice 2.1 of CM: LM",
        "  CM 2.2 Practice 2.2 of CM: FM",
        "Lower groups: group 1 satisfied",
        "Judged: its weaknesses have a significant negative impact (habit will not hold)",
    ]
    assert "No significant negative impact recorded." in said(cmmi(), "CM/2").splitlines()
    light = cmmi(judgements=[Judgement("CM/2", "none", "talked over")])
    assert "Judged: no significant negative impact (talked over)" in said(light, "CM/2").splitlines()


def test_an_area_shows_groups_and_what_caps_its_capability() -> None:
    assert said(cmmi({"GOV 2.1": "DM"}), "CM").splitlines() == [
        "CM Configuration Management",
        "  Group 1: 1 FM -> satisfied",
        "  Group 2: 2 FM -> satisfied",
        "Level 2: the highest with all groups up to it satisfied; a group that the area does not have is passed over.",
        "Capability level 1, at most 3: the area is at 2 of 2, GOV is at 1 and II is at 3; "
        "the lowest counts, and an area at its top group does not hold back.",
    ]


def test_an_area_that_is_out_gives_its_justification() -> None:
    case = cmmi(exclusions={("SAM", ""): "nothing is bought"})
    assert said(case, "SAM").endswith("Out of scope for the whole organisation: nothing is bought")
    assert "Left out: SAM, nothing is bought" in said(case, "")
    assert "Left out: SAM, nothing is bought" in said(case, "ML2")


def test_a_maturity_level_counts_its_areas() -> None:
    lines = said(cmmi({"II 2.1": "PM"}), "ML2").splitlines()
    assert "  GOV Governance: at 3, needs 2: holds" in lines
    assert "  II Infrastructure: at 1, needs 2: does not hold" in lines
    assert "3 of 4 areas hold." in lines
    assert "Not asked at this level: DAR (from level 3) and PCM (from level 3)" in lines
    assert lines[-1] == "With all lower levels: level 2 is not reached; the view is at 1."


def test_the_whole_of_a_view() -> None:
    lines = said(cmmi({"CM 2.2": "PM"}), "").splitlines()
    assert lines[:4] == [
        "CMMI small 2.0, view DEV: Maturity level 1 of the 3 aimed at: 1 practice stands before level 2.",
        "ML1: 4 of 4 areas hold",
        "ML2: 3 of 4 areas hold",
        "ML3: 5 of 6 areas hold",
    ]
    assert "Before level 2: CM 2.2 PM, Organisation PM: weak" in lines
    assert lines[-1] == indicative(CMMI)


@pytest.mark.parametrize("subject", ["8.9", "8.4.1 z", "CM", "ML2"])
def test_an_unknown_figure_of_iso_is_refused(subject: str) -> None:
    with pytest.raises(UsageError, match="has no figure"):
        said(iso(), subject)


@pytest.mark.parametrize("subject", ["XX", "CM/3", "CM 9.9", "4.1", "ML9", "CM/"])
def test_an_unknown_figure_of_cmmi_is_refused(subject: str) -> None:
    with pytest.raises(UsageError, match="has no"):
        said(cmmi(units=(HERON, PLANT)), subject)


def test_an_area_outside_the_view_has_no_figure() -> None:
    with pytest.raises(UsageError, match="in the chosen view"):
        said(cmmi(views=("SVC",)), "SAM 1.1")
