"""Scales: keys, letters, and what is refused."""

import pytest

from gapbench.rating.inputs import Scope
from gapbench.rating.models import MODELS, model_of

from .small import CMMI, ISO

SCOPES = {"conformity": Scope(ISO), "practice_groups": Scope(CMMI, ("DEV",))}


@pytest.mark.parametrize("name", MODELS)
def test_codes_keys_and_letters_are_distinct_and_explained(name: str) -> None:
    scale = MODELS[name].scale(SCOPES[name].catalog)
    for mark in ("code", "key", "letter", "word", "meaning"):
        marks = [getattr(value, mark) for value in scale]
        assert len(set(marks)) == len(marks)
        assert all(marks)
    assert all(value.letter.isascii() for value in scale)


def test_the_keys_of_both_scales() -> None:
    shown = {
        name: " ".join(f"{value.key}:{value.code}" for value in model.scale(SCOPES[name].catalog))
        for name, model in MODELS.items()
    }
    assert shown == {
        "conformity": ("1:conforming 2:partial 3:not_conforming minus:na full_stop:condition_not_met"),
        "practice_groups": "1:FM 2:LM 3:PM 4:DM 5:NY 6:NC",
    }


def test_a_model_is_found_by_the_catalog() -> None:
    assert [model_of(scope) for scope in SCOPES.values()] == [MODELS[name] for name in SCOPES]


REFUSED = [
    ("conformity", "4.1 §1", "LM", "use conforming, partial, not_conforming, na or condition"),
    ("conformity", "4.1 §1", "Conforming", "is not a rating of ISO small:2015"),
    ("practice_groups", "CM 2.1", "partial", "use FM, LM, PM, DM, NY or NC"),
    ("practice_groups", "GOV 2.1", "NY", "NY is not allowed in GOV"),
    ("practice_groups", "II 1.1", "NY", "NY is not allowed in II"),
]


@pytest.mark.parametrize(("model", "item", "value", "said"), REFUSED)
def test_refused_with_a_sentence(model: str, item: str, value: str, said: str) -> None:
    scope = SCOPES[model]
    assert said in (MODELS[model].refuse(scope, scope.catalog.item[item], value) or "")


@pytest.mark.parametrize("name", MODELS)
def test_own_values_and_clearing_are_taken(name: str) -> None:
    scope, model = SCOPES[name], MODELS[name]
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
]


@pytest.mark.parametrize(("model", "item", "value", "said"), CAUTIONS)
def test_allowed_but_worth_a_thought(model: str, item: str, value: str, said: str | None) -> None:
    scope = SCOPES[model]
    caution = MODELS[model].caution(scope, scope.catalog.item[item], value)
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
]


@pytest.mark.parametrize(("model", "heading", "value", "said"), SUMMED)
def test_the_cautions_of_a_heading_are_summed_up(model: str, heading: str, value: str, said: list[str]) -> None:
    scope = SCOPES[model]
    told = MODELS[model].cautions(scope, scope.catalog.below(heading), value)
    assert len(told) == len(said)
    assert all(sentence.startswith(words) for sentence, words in zip(told, said, strict=True))
