"""Scales: keys, letters, and what is refused."""

import pytest

from gapbench.rating.inputs import Scope
from gapbench.rating.models import MODELS, area_noun_of, model_of, noun_of

from .small import CMMI, DEV, ISO, SPICE, SW

SCOPES = {
    "conformity": Scope(ISO),
    "practice_groups": Scope(CMMI, ("DEV",)),
    "goals": Scope(DEV, ("STAGED",)),
    "process_attributes": Scope(SPICE, ("CORE",)),
    "answers": Scope(SW, ("STAGED",)),
}


@pytest.mark.parametrize("name", SCOPES)
def test_codes_keys_and_letters_are_distinct_and_explained(name: str) -> None:
    scale = model_of(SCOPES[name]).scale(SCOPES[name].catalog)
    for mark in ("code", "key", "letter", "word", "meaning"):
        marks = [getattr(value, mark) for value in scale]
        assert len(set(marks)) == len(marks)
        assert all(marks)
    assert all(value.letter.isascii() for value in scale)


def test_the_keys_of_every_scale() -> None:
    shown = {
        name: " ".join(f"{value.key}:{value.code}" for value in model_of(scope).scale(scope.catalog))
        for name, scope in SCOPES.items()
    }
    assert shown == {
        "conformity": ("1:conforming 2:partial 3:not_conforming minus:na full_stop:condition_not_met"),
        "practice_groups": "1:FM 2:LM 3:PM 4:DM 5:NY 6:NC",
        "goals": "1:FI 2:LI 3:PI 4:NI 5:NY",
        "process_attributes": "1:F 2:L 3:P 4:N 5:L+ 6:L- 7:P+ 8:P-",
        "answers": "1:yes 2:partly 3:no minus:na",
    }


def test_what_wants_a_word_in_writing() -> None:
    wanted = {
        name: " ".join(f"{value.code}:{value.needs}" for value in model_of(scope).scale(scope.catalog) if value.needs)
        for name, scope in SCOPES.items()
    }
    assert wanted == {
        "conformity": "na:reason condition_not_met:reason",
        "practice_groups": "LM:note PM:note DM:note",
        "goals": "LI:note PI:note NI:note",
        "process_attributes": "L:note P:note N:note L+:note L-:note P+:note P-:note",
        "answers": "na:reason",
    }


def test_what_items_and_areas_are_called() -> None:
    assert {name: (noun_of(it.catalog).many, area_noun_of(it.catalog).many) for name, it in SCOPES.items()} == {
        "conformity": ("points", "clauses"),
        "practice_groups": ("practices", "areas"),
        "goals": ("practices", "areas"),
        "process_attributes": ("process attributes", "processes"),
        "answers": ("goals", "key process areas"),
    }


def test_a_model_is_found_by_the_catalog() -> None:
    assert [model_of(scope) for scope in SCOPES.values()] == [*MODELS.values(), MODELS["goals"]]


REFUSED = [
    ("conformity", "4.1 §1", "LM", "use conforming, partial, not_conforming, na or condition"),
    ("conformity", "4.1 §1", "Conforming", "is not a rating of ISO small:2015"),
    ("practice_groups", "CM 2.1", "partial", "use FM, LM, PM, DM, NY or NC"),
    ("practice_groups", "GOV 2.1", "NY", "NY is not allowed in GOV"),
    ("practice_groups", "II 1.1", "NY", "NY is not allowed in II"),
    ("goals", "CM SP 1.1", "FM", "use FI, LI, PI, NI or NY"),
    ("goals", "CM SP 1.1", "na", "is not a rating of DEV small 1.3"),
    ("answers", "RM G1", "FI", "use yes, partly, no or na"),
    ("process_attributes", "SWE.1 PA 1.1", "F+", "use F, L, P, N, L+, L-, P+ or P-"),
]


@pytest.mark.parametrize(("model", "item", "value", "said"), REFUSED)
def test_refused_with_a_sentence(model: str, item: str, value: str, said: str) -> None:
    scope = SCOPES[model]
    assert said in (model_of(scope).refuse(scope, scope.catalog.item[item], value) or "")


@pytest.mark.parametrize("name", SCOPES)
def test_own_values_and_clearing_are_taken(name: str) -> None:
    scope, model = SCOPES[name], model_of(SCOPES[name])
    item = scope.catalog.items[-1]
    values = ["", *(value.code for value in model.scale(scope.catalog))]
    assert [model.refuse(scope, item, value) for value in values] == [None] * len(values)


CAUTIONS = [
    ("conformity", "4.1 §1", "na", "hardly ever accepted as not applicable"),
    ("conformity", "4.1 §1", "condition_not_met", "no condition of its own in our catalog"),
    ("conformity", "8.4.1 c", "condition_not_met", None),
    ("conformity", "8.7 b", "condition_not_met", None),
    ("conformity", "8.4.1 c", "na", "rate it condition not met"),
    ("conformity", "8.7 a", "na", "seldom accepted as not applicable"),
    ("conformity", "4.1 §2", "na", None),
    ("conformity", "4.1 §1", "partial", None),
    ("practice_groups", "CM 2.1", "NY", "left out on purpose is DM"),
    ("practice_groups", "CM 2.1", "DM", None),
    ("goals", "CM SP 1.1", "NY", "left out on purpose is NI"),
    ("goals", "CM SP 1.1", "NI", None),
    ("answers", "RM G1", "na", "RM G1: not applicable is only what does not fit the business at all; of SW small"),
    ("answers", "SSM G1", "na", "Only a whole key process area can be not applicable"),
    ("answers", "RM CO", "na", None),
    ("answers", "RM G1", "no", None),
    ("process_attributes", "SWE.1 PA 1.1", "N", None),
]


@pytest.mark.parametrize(("model", "item", "value", "said"), CAUTIONS)
def test_allowed_but_worth_a_thought(model: str, item: str, value: str, said: str | None) -> None:
    scope = SCOPES[model]
    caution = model_of(scope).caution(scope, scope.catalog.item[item], value)
    assert (caution is None) if said is None else (said in (caution or ""))


def test_condition_not_met_is_recommended_only_where_there_is_a_condition() -> None:
    scope = SCOPES["conformity"]
    caution = MODELS["conformity"].caution(scope, ISO.item["4.1 §1"], "na")
    assert caution == ("4.1 §1 is hardly ever accepted as not applicable: an auditor will ask why it cannot apply.")


SUMMED = [
    ("conformity", "4.1", "na", ["4.1 §1 is hardly ever accepted as not applicable"]),
    (
        "conformity",
        "8",
        "na",
        [
            "8.4.1 a, 8.4.1 b, 8.4.1 c, 8.4.1 d, 8.7 §1 and 8.7 b are hardly ever accepted as not applicable: "
            "an auditor will ask why they cannot apply. Where only its own trigger is absent, "
            "rate it condition not met: 8.4.1 c.",
            "8.7 a is seldom accepted as not applicable: an auditor will ask why it cannot apply.",
        ],
    ),
    ("conformity", "8.4.1", "condition_not_met", ["8.4.1 a, 8.4.1 b and 8.4.1 d have no condition of their own"]),
    ("conformity", "8", "partial", []),
    ("practice_groups", "CM", "NY", ["NY says that the work has not come to CM 1.1, CM 2.1 and CM 2.2 yet"]),
    ("practice_groups", "CM", "DM", []),
    ("goals", "CM SG 1", "NY", ["NY says that the work has not come to CM SP 1.1 and CM SP 1.2 yet"]),
    ("answers", "RM", "na", ["RM G1 and RM G2: not applicable is only what does not fit"]),
    ("process_attributes", "SWE", "N", []),
]


@pytest.mark.parametrize(("model", "heading", "value", "said"), SUMMED)
def test_the_cautions_of_a_heading_are_summed_up(model: str, heading: str, value: str, said: list[str]) -> None:
    scope = SCOPES[model]
    told = model_of(scope).cautions(scope, scope.catalog.below(heading), value)
    assert len(told) == len(said)
    assert all(sentence.startswith(words) for sentence, words in zip(told, said, strict=True))
