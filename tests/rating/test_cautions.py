"""What an auditor will question: it stands beside every verdict and changes none."""

from dataclasses import replace

import pytest

from gapbench.rating import conformity
from gapbench.rating.inputs import Case

from .small import ISO, iso, iso_sites

N, P, NA, CNM = "not_conforming", "partial", "na", "condition_not_met"
AUDITS = dict.fromkeys(("9.2 a", "9.2 b"), NA)

CAUTIONS: list[tuple[dict[str, str], list[str]]] = [
    # answers -> leaf, value and what the reason holds
    ({}, []),
    ({"4.1 §2": NA}, []),
    ({"8.4.1 c": CNM}, []),
    ({"8.7 a": NA, "8.7 b": CNM}, []),
    (AUDITS, ["9.2 na certification rests on it and all of it is declared not applicable; an auditor will not accept"]),
    ({"9.2 a": NA, "9.2 b": CNM}, ["9.2 na all of it is taken out of the count"]),
    (dict.fromkeys(AUDITS, CNM), ["9.2 condition_not_met all of it is taken out of the count"]),
    ({"9.2 a": NA, "9.2 b": ""}, ["9.2 na declared not applicable, which is hardly ever accepted: 9.2 a"]),
    ({"8.4.1 a": NA, "8.4.1 b": NA}, ["8.4.1 na hardly ever accepted: 8.4.1 a and 8.4.1 b"]),
    ({"8.4.1 a": CNM}, ["8.4.1 condition_not_met our catalog knows no condition there: 8.4.1 a"]),
    ({"8.4.1 a": CNM, "8.4.1 b": NA, "8.4.1 c": CNM}, ["8.4.1 na accepted: 8.4.1 b; rated condition not met"]),
    ({"4.1 §1": NA, "9.3 §1": NA}, ["4.1 na hardly ever", "9.3 na certification rests on it"]),
]


@pytest.mark.parametrize(("answers", "told"), CAUTIONS)
def test_what_will_be_questioned(answers: dict[str, str], told: list[str]) -> None:
    result = conformity.assess(iso(answers))
    assert len(result.cautions) == len(told)
    for caution, words in zip(result.cautions, told, strict=True):
        leaf, value, why = words.split(" ", 2)
        assert (caution.item, caution.value) == (leaf, value)
        assert caution.why.startswith(f"{ISO.title_of(leaf)}: ")
        assert why in caution.why


def typical(case: Case) -> Case:
    """Where the catalog finds it typical that internal audit does not apply (as with design)."""
    items = tuple(replace(item, na="typical", conditional=True) if item.group == "9.2" else item for item in ISO.items)
    return replace(case, scope=replace(case.scope, catalog=replace(ISO, items=items)))


SENTENCES = [
    (
        iso(AUDITS),
        "likely",
        "9.2, on which certification rests, is declared not applicable: an auditor will not accept that.",
    ),
    (
        iso({**AUDITS, "9.3 §1": NA}),
        "likely",
        "9.2 and 9.3, on which certification rests, are declared not applicable: an auditor will not accept that.",
    ),
    (
        iso({**AUDITS, "9.3 §1": CNM, "4.1 §1": ""}),
        "incomplete",
        "9.2 and 9.3, on which certification rests, are taken out of the count: an auditor will not accept that.",
    ),
    (
        iso({**AUDITS, "8.4.1 a": NA, "8.4.1 b": CNM, "9.3 §1": N}),
        "not_ready",
        "9.2, on which certification rests, is declared not applicable: an auditor will not accept that. "
        "2 points in 8.4.1 are out of the count on grounds that an auditor will question.",
    ),
    (
        iso({"4.1 §1": NA, "8.7 §1": P}),
        "likely_with_plan",
        "1 point in 4.1 is out of the count on grounds that an auditor will question.",
    ),
]


@pytest.mark.parametrize(("case", "verdict", "words"), SENTENCES)
def test_the_verdict_stays_and_its_sentence_says_so(case: Case, verdict: str, words: str) -> None:
    result = conformity.assess(case)
    assert result.verdict == verdict
    assert result.sentence.endswith(f". {words}")


def test_a_gate_that_may_well_be_out_is_listed_but_not_held_against_the_verdict() -> None:
    result = conformity.assess(typical(iso(AUDITS)))
    (only,) = result.cautions
    assert (only.item, only.value) == ("9.2", "na")
    assert only.why == (
        "Internal audit: all of it is declared not applicable, which can be in order; "
        "an auditor will ask for the justification"
    )
    assert result.sentence.endswith("and no nonconformity open.")
    (only,) = conformity.assess(typical(iso(dict.fromkeys(AUDITS, CNM)))).cautions
    assert (only.value, "all of it is taken out of the count" in only.why) == (CNM, True)


def test_without_a_caution_the_sentence_is_the_verdict_alone() -> None:
    assert conformity.assess(iso({"4.1 §2": NA})).sentence.endswith("and no nonconformity open.")


def test_a_gate_that_a_site_answers_or_may_still_answer_is_not_waved_away() -> None:
    case = iso_sites({("9.3 §1", "plant"): NA})
    assert conformity.assess(case).cautions == ()
    waiting = iso_sites({("9.3 §1", "plant"): NA, ("9.3 §1", "office"): ""})
    assert conformity.assess(waiting).cautions == ()
