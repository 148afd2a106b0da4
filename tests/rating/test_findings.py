"""Findings: what is proposed, what counts where, and what is refused."""

import pytest

from gapbench.rating import conformity
from gapbench.rating.inputs import Answer, Case, Finding, FindingClass
from gapbench.rating.models import MODELS

from .small import CLASSES, ISO, SCORED, finding, iso, iso_sites

N, P, C = "not_conforming", "partial", "conforming"
BUYING = ("8.4.1 a", "8.4.1 b", "8.4.1 c", "8.4.1 d")


def proposed(case: Case) -> list[Finding]:
    return [it for it in conformity.assess(case).findings if it.proposed]


PROPOSED = [
    ({}, []),
    ({"8.4.1 a": P}, [("8.4.1", "minor", "a")]),
    ({"8.4.1 a": N}, [("8.4.1", "minor", "a")]),
    ({"8.4.1 a": N, "8.4.1 c": N}, [("8.4.1", "minor", "a c")]),
    ({"8.4.1 a": N, "8.4.1 c": N, "8.4.1 d": N}, [("8.4.1", "major", "a c d")]),
    ({"8.4.1 a": N, "8.4.1 b": P, "8.4.1 c": P}, [("8.4.1", "minor", "a b c")]),
    (dict.fromkeys(BUYING, N), [("8.4.1", "major", "a b c d")]),
    ({"9.2 a": N, "9.2 b": N}, [("9.2", "major", "a b")]),
    ({"9.2 a": N, "9.2 b": P}, [("9.2", "minor", "a b")]),
    ({"9.2 a": N, "9.2 b": "na"}, [("9.2", "major", "a")]),
    ({"9.2 a": N, "9.2 b": ""}, [("9.2", "minor", "a")]),
    ({"9.3 §1": N}, [("9.3", "major", "§1")]),
    ({"9.3 §1": P, "4.1 §2": P}, [("4.1", "minor", "§2"), ("9.3", "minor", "§1")]),
    ({"8.7 §1": N}, [("8.7", "minor", "§1")]),
    ({"8.7 a": N, "8.7 b": N}, []),
]


@pytest.mark.parametrize(("answers", "expected"), PROPOSED)
def test_one_proposal_for_each_weak_leaf(answers: dict[str, str], expected: list[tuple[str, str, str]]) -> None:
    assert [
        (it.id.removeprefix("proposed:"), it.cls, " ".join(i.split()[1] for _, i in it.items))
        for it in proposed(iso(answers))
    ] == expected


@pytest.mark.parametrize(("threshold", "cls"), [(1, "major"), (2, "major"), (3, "minor"), (9, "minor")])
def test_the_threshold_of_a_major_is_a_setting(threshold: int, cls: str) -> None:
    (only,) = proposed(iso({"8.4.1 a": N, "8.4.1 b": N}, threshold=threshold))
    assert only.cls == cls


COVERED = [
    (finding(1, "minor", "8.4.1 a"), "b"),
    (finding(1, "major", "8.4.1 a", "8.4.1 b"), ""),
    (finding(1, "minor", "8.4.1 a", closed=True), "b"),
    (finding(1, "ofi", "8.4.1 a"), "a b"),
    (finding(1, "observation", "8.4.1 a", "8.4.1 b"), "a b"),
    (finding(1, "strength", "8.4.1 b"), "a b"),
    (finding(1, "minor", "8.4.1 b", "9.2 a"), "a"),
    (Finding("x", 1, "minor", (("as9100d", "8.4.1 a"),)), "a b"),
]


@pytest.mark.parametrize(("recorded", "left"), COVERED)
def test_a_recorded_nonconformity_takes_points_out_of_the_proposal(recorded: Finding, left: str) -> None:
    case = iso({"8.4.1 a": N, "8.4.1 b": P}, findings=(recorded,))
    items = [item for it in proposed(case) for _, item in it.items]
    assert items == [f"8.4.1 {letter}" for letter in left.split()]


def test_the_class_of_a_proposal_looks_at_the_whole_leaf() -> None:
    case = iso(dict.fromkeys(BUYING, N), findings=(finding(1, "major", *BUYING[:3]),))
    (only,) = proposed(case)
    assert (only.cls, only.items) == ("major", ((ISO.id, "8.4.1 d"),))


def test_a_proposal_says_what_is_missing_in_plain_words() -> None:
    case = iso({"8.4.1 b": N, "8.4.1 c": P, "8.4.1 d": N})
    answers = dict(case.answers)
    answers["8.4.1 b", ""] = Answer(N, note="No list of providers. ")
    answers["8.4.1 c", ""] = Answer(P, note="only for steel")
    (only,) = proposed(Case(case.scope, answers))
    assert only.gap == (
        "Not met: Providers are evaluated (8.4.1 b), Records are kept (8.4.1 d); "
        "partly met: Performance is watched (8.4.1 c)"
    )
    assert only.requirement == "8.4.1 Providers"
    assert only.evidence == "No list of providers; only for steel"
    assert (only.number, only.label, only.status) == (0, "proposed", "open")


def test_the_evidence_names_the_site_and_leaves_out_the_good_one() -> None:
    case = iso_sites({("9.3 §1", "plant"): N})
    answers = dict(case.answers)
    answers["9.3 §1", "plant"] = Answer(N, note="no minutes")
    answers["9.3 §1", "office"] = Answer(C, note="minutes of May")
    (only,) = proposed(Case(case.scope, answers))
    assert (only.evidence, only.gap) == (
        "Plant: no minutes",
        "Not met: Top management reviews (9.3 §1)",
    )


def test_a_finding_counts_once_in_every_group_it_touches() -> None:
    answers = {"8.4.1 a": N, "8.7 §1": N, "9.2 a": P}
    recorded = (
        finding(1, "major", "8.4.1 a", "8.7 §1"),
        finding(2, "minor", "8.7 §1", "9.2 b"),
        finding(3, "minor", "8.7 §1", closed=True),
        finding(4, "observation", "9.3 §1"),
    )
    result = conformity.assess(iso(answers, findings=recorded))
    eight, nine = result.groups[1], result.groups[2]
    assert (result.majors, result.minors) == (1, 2)
    assert (eight.majors, eight.minors) == (1, 1)
    assert [(it.majors, it.minors) for it in eight.groups] == [(1, 0), (1, 1)]
    assert (nine.majors, nine.minors) == (0, 2)
    assert [(it.majors, it.minors) for it in nine.groups] == [(0, 2), (0, 0)]
    assert [it.label for it in result.findings] == ["F-01", "F-02", "F-03", "F-04", "proposed"]


def test_findings_of_another_framework_do_not_count() -> None:
    foreign = Finding("x", 7, "major", (("as9100d", SCORED[0]),))
    assert conformity.assess(iso(findings=(foreign,))).findings == ()


ALLOWED: list[tuple[str, tuple[str, ...], str]] = [
    # model, values of the points, classes that are refused
    ("conformity", (C,), "major minor"),
    ("conformity", (C, "na"), "major minor"),
    ("conformity", (P,), "ofi strength"),
    ("conformity", (N,), "ofi strength"),
    ("conformity", (C, P), "ofi strength"),
    ("conformity", ("", N), "ofi strength"),
    ("conformity", ("",), "major minor"),
    ("conformity", ("", ""), "major minor"),
    ("conformity", ("", P), "ofi strength"),
    ("conformity", (C, ""), ""),
    ("conformity", (), ""),
    ("practice_groups", ("FM",), ""),
    ("practice_groups", ("LM", "NC"), ""),
    ("practice_groups", ("PM",), "ofi"),
    ("practice_groups", ("FM", "DM"), "ofi"),
    ("practice_groups", ("NY",), ""),
    ("practice_groups", ("",), "major minor"),
    ("practice_groups", ("", "LM"), ""),
    ("practice_groups", (), ""),
    ("goals", ("FI",), ""),
    ("goals", ("LI",), ""),
    ("goals", ("PI", "FI"), "ofi"),
    ("goals", ("no",), "ofi"),
    ("goals", ("partly",), "ofi"),
    ("goals", ("",), "major minor"),
    ("process_attributes", ("L", "F"), ""),
    ("process_attributes", ("P-",), "ofi"),
    ("process_attributes", ("N",), "ofi"),
    ("process_attributes", ("",), "major minor"),
]


@pytest.mark.parametrize(("model", "values", "refused"), ALLOWED)
def test_which_classes_are_refused(model: str, values: tuple[str, ...], refused: str) -> None:
    found = [cls for cls in CLASSES if MODELS[model].refuse_finding(cls, values) is not None]
    assert found == refused.split()


SAID: list[tuple[str, FindingClass, str, str]] = [
    ("conformity", "ofi", N, "write a minor or a major, or rate the point again"),
    ("conformity", "strength", P, "cannot be written up as a strength"),
    ("conformity", "major", C, "No requirement unmet, no nonconformity"),
    ("conformity", "minor", "", "rate the point first"),
    ("practice_groups", "minor", "", "rate the practice first"),
    ("practice_groups", "ofi", "PM", "A weakness is not an improvement opportunity"),
    ("goals", "minor", "", "rate the practice or goal first"),
    ("process_attributes", "ofi", "P", "or rate the process attribute again"),
]


@pytest.mark.parametrize(("model", "cls", "value", "words"), SAID)
def test_a_refusal_says_what_to_do(model: str, cls: FindingClass, value: str, words: str) -> None:
    assert words in (MODELS[model].refuse_finding(cls, [value]) or "")
