"""What stands before the next level, in words a client understands."""

import pytest

from gapbench.rating import practice_groups
from gapbench.rating.inputs import Case, Judgement, Unit

from .small import HERON, KESTREL, Given, cmmi, significant

UNITS = (HERON, KESTREL)
THREE = (*UNITS, Unit("osprey", "Osprey", "project"))


def blockers(case: Case) -> list[tuple[str, str, str]]:
    return [(it.item, it.value, it.why) for it in practice_groups.assess(case).blockers]


ROWS = [
    ({("CM 2.1", "heron"): "PM"}, [("CM 2.1", "PM", "Heron PM: weak")]),
    ({"CM 2.1": "DM"}, [("CM 2.1", "DM", "Heron DM: weak; Kestrel DM: weak")]),
    ({("CM 2.1", "kestrel"): "NC"}, [("CM 2.1", "NC", "not characterized: Kestrel")]),
    ({"CM 2.1": ""}, [("CM 2.1", "NC", "not characterized: Heron and Kestrel")]),
    ({"CM 2.1": "NY"}, [("CM 2.1", "NY", "Heron NY: weak; Kestrel NY: weak")]),
    (
        {("CM 2.1", "heron"): "PM", ("CM 2.1", "kestrel"): "DM"},
        [("CM 2.1", "DM", "Heron PM: weak; Kestrel DM: weak; PM or DM is to be judged")],
    ),
    (
        {("CM 2.1", "heron"): "DM", ("CM 2.1", "kestrel"): "NY"},
        [("CM 2.1", "DM", "Heron DM: weak")],
    ),
    # the next level is 1, so level 2 waits
    ({"CM 1.1": "DM", "CM 2.1": "DM"}, [("CM 1.1", "DM", "Heron DM: weak; Kestrel DM: weak")]),
    # asked from level 3 only, so it does not stand before 2
    ({("CM 2.2", "heron"): "PM", "DAR 1.1": "DM"}, [("CM 2.2", "PM", "Heron PM: weak")]),
    # and at 3 its lower groups stand in the way too
    (
        {("DAR 1.1", "heron"): "PM", ("PCM 3.1", "heron"): "PM"},
        [("DAR 1.1", "PM", "Heron PM: weak"), ("PCM 3.1", "PM", "Heron PM: weak")],
    ),
    ({}, []),
]


@pytest.mark.parametrize(("answers", "expected"), ROWS)
def test_who_pulls_a_practice_down(answers: Given, expected: list[tuple[str, str, str]]) -> None:
    assert blockers(cmmi(answers, units=UNITS)) == expected


def test_a_choice_that_is_open_is_said() -> None:
    case = cmmi({("CM 2.1", "heron"): "DM"}, units=THREE)
    assert blockers(case) == [("CM 2.1", "PM", "Heron DM: weak; LM or PM is to be judged")]
    decided = cmmi({("CM 2.1", "heron"): "DM"}, units=THREE, judgements=[Judgement("CM 2.1", "LM", "one case")])
    assert blockers(decided) == []


def test_largely_met_stands_in_the_way_only_where_it_weighs() -> None:
    answers = {("CM 2.1", "heron"): "LM"}
    assert blockers(cmmi(answers, units=UNITS)) == []
    assert blockers(cmmi(answers, units=UNITS, judgements=[significant("CM/2")])) == [
        (
            "CM 2.1",
            "LM",
            "Heron LM: weak; the weaknesses of CM level 2 were judged significant: habit will not hold",
        )
    ]


def test_a_client_without_units_is_called_the_organisation() -> None:
    assert blockers(cmmi({"CM 2.1": "PM"})) == [("CM 2.1", "PM", "Organisation PM: weak")]


def test_reassess_keeps_the_words_of_areas_where_nothing_changed() -> None:
    before = practice_groups.assess(cmmi({"CM 2.1": "DM", "II 2.1": "DM"}))
    now = cmmi({"CM 2.1": "PM", "II 2.1": "DM"})
    after = practice_groups.reassess(now, before, frozenset({"CM 2.1"}))
    assert after.blockers[0] is before.blockers[0]
    assert after.blockers[1].value == "PM"


SENTENCES = [
    ({}, 3, "Maturity level 3, the level aimed at, is in place."),
    ({}, 2, "Maturity level 3 is in place, above the level aimed at, 2."),
    (
        {"CM 2.1": "DM"},
        3,
        "Maturity level 1 of the 3 aimed at: 1 practice stands before level 2.",
    ),
    (
        {"CM 2.1": "DM", "CM 2.2": "DM"},
        2,
        "Maturity level 1 of the 2 aimed at: 2 practices stand before level 2.",
    ),
    (
        {"DAR 2.1": "NC"},
        3,
        "No verdict yet: 1 of 17 practices up to level 3 not characterized; maturity level 2 so far.",
    ),
]


@pytest.mark.parametrize(("answers", "target", "sentence"), SENTENCES)
def test_the_verdict_as_a_sentence(answers: Given, target: int, sentence: str) -> None:
    assert practice_groups.assess(cmmi(answers, target=target)).sentence == sentence


def test_open_judgements_are_part_of_the_sentence() -> None:
    case = cmmi({("CM 2.1", "heron"): "DM"}, units=THREE)
    assert practice_groups.assess(case).sentence.endswith("1 judgement is due; the lower value counts until then.")
