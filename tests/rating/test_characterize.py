"""From units to the organisation: the table of the appraisal method as examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapbench.rating import practice_groups
from gapbench.rating.characterize import RULES, TABLE
from gapbench.rating.inputs import Answer, Case, Judgement, Scope, Unit

from .small import CMMI, HERON, KESTREL, PLANT, QUALITY, cmmi

CODES = ("FM", "LM", "PM", "DM", "NY", "NC")

PUBLISHED = [
    ("LM LM LM LM", "LM"),
    ("FM LM FM FM", "LM"),
    ("LM LM FM LM", "LM"),
    ("DM LM FM LM", "LM PM"),
    ("LM PM FM FM", "LM PM"),
    ("DM FM FM FM", "LM PM"),
    ("LM LM FM NY", "LM"),
    ("NY NY NY NY", "NY"),
    ("FM PM LM", "LM PM"),
    ("NY FM PM", "LM PM"),
    ("FM PM", "PM"),
    ("PM DM", "PM DM"),
    ("DM NY", "DM"),
]

OURS = [
    ("", "NC"),
    ("FM NC", "NC"),
    ("PM DM NC", "NC"),
    ("FM NY", "FM"),
    ("FM NY NY NY", "FM"),
    ("LM NY", "LM"),
    ("PM NY", "PM DM"),
    ("PM PM NY", "PM DM"),
    ("DM DM NY", "DM"),
    ("FM LM PM DM", "PM"),
    ("FM LM NY PM DM", "LM PM"),
    ("FM NY PM PM", "PM"),
    ("LM DM", "PM"),
    ("LM LM DM", "LM PM"),
    ("LM LM DM DM", "PM"),
]


@pytest.mark.parametrize(("instances", "allowed"), PUBLISHED + OURS)
def test_units_to_organisation(instances: str, allowed: str) -> None:
    assert TABLE.allowed(instances.split()) == tuple(allowed.split())


@pytest.mark.parametrize("value", CODES)
def test_one_unit_speaks_for_the_organisation(value: str) -> None:
    assert TABLE.allowed([value]) == (value,)


@given(st.lists(st.sampled_from(CODES), max_size=8))
def test_something_is_always_allowed_and_the_order_of_units_does_not_matter(
    values: list[str],
) -> None:
    allowed = TABLE.allowed(values)
    assert allowed
    assert len(allowed) <= 2
    assert allowed == TABLE.allowed(sorted(values))
    assert [CODES.index(value) for value in allowed] == sorted(map(CODES.index, allowed))


@given(st.lists(st.sampled_from(CODES), min_size=1, max_size=6))
def test_no_value_is_better_than_the_best_or_worse_than_the_worst_unit(values: list[str]) -> None:
    allowed = TABLE.allowed(values)
    ranks = [CODES.index(value) for value in values if value != "NY"] or [CODES.index("NY")]
    assert min(ranks) <= CODES.index(allowed[0])
    # A PM beside NY may be judged DM: the only place where the organisation is below every unit.
    if allowed != ("PM", "DM"):
        assert CODES.index(allowed[-1]) <= max(ranks)


def test_every_rule_is_reached() -> None:
    reached = {TABLE.rule_for(row.split()).words for row, _ in PUBLISHED + OURS}
    assert reached == {rule.words for rule in RULES}


JUDGED = [
    ("LM LM DM", None, "PM", True),
    ("LM LM DM", "LM", "LM", False),
    ("LM LM DM", "PM", "PM", False),
    ("LM LM DM", "FM", "PM", True),
    ("PM DM", None, "DM", True),
    ("PM DM", "PM", "PM", False),
    ("FM PM", "LM", "PM", False),
    ("FM FM", "PM", "FM", False),
    ("FM NC", "FM", "NC", False),
]


@pytest.mark.parametrize(("instances", "judged", "value", "due"), JUDGED)
def test_a_judgement_decides_only_among_the_allowed(instances: str, judged: str | None, value: str, due: bool) -> None:
    units = (HERON, KESTREL, QUALITY)
    given_values = dict(zip((unit.id for unit in units), instances.split(), strict=False))
    used = tuple(unit for unit in units if unit.id in given_values)
    case = cmmi(
        {("CM 2.1", unit): code for unit, code in given_values.items()},
        units=used,
        judgements=[Judgement("CM 2.1", judged, "we discussed it")] if judged else [],
    )
    result = practice_groups.item_result(case, CMMI.item["CM 2.1"])
    assert (result.value, result.judgement_due) == (value, due)


ASKED = [
    ("CM 2.1", (), {}, [""]),
    ("CM 2.1", (PLANT,), {}, [""]),
    ("CM 2.1", (HERON, PLANT, KESTREL), {}, ["heron", "kestrel"]),
    ("CM 2.1", (QUALITY, HERON), {}, ["heron"]),
    ("CM 2.1", (QUALITY,), {}, ["quality"]),
    ("PCM 2.1", (HERON, QUALITY), {}, ["quality"]),
    ("PCM 2.1", (HERON, KESTREL), {}, ["heron", "kestrel"]),
    ("CM 2.1", (HERON, KESTREL), {("CM", "heron"): "maintenance only"}, ["kestrel"]),
    ("CM 2.1", (HERON, KESTREL), {("DAR", "heron"): "maintenance only"}, ["heron", "kestrel"]),
    ("CM 2.1", (HERON, KESTREL), {("CM", "heron"): "  "}, ["heron", "kestrel"]),
    ("PCM 2.1", (HERON, QUALITY), {("PCM", "quality"): "not theirs"}, []),
    ("SAM 2.1", (HERON,), {("SAM", ""): "nothing is bought"}, []),
    ("SAM 2.1", (), {("SAM", ""): "nothing is bought"}, []),
    ("CM 2.1", (HERON,), {("CM", ""): "CM is not optional"}, ["heron"]),
]


@pytest.mark.parametrize(("item", "units", "exclusions", "asked"), ASKED)
def test_who_is_asked(
    item: str, units: tuple[Unit, ...], exclusions: dict[tuple[str, str], str], asked: list[str]
) -> None:
    scope = Scope(CMMI, ("DEV",), 3, units, exclusions)
    assert [unit.id for unit in practice_groups.units_for(scope, CMMI.item[item])] == asked


def test_without_units_the_organisation_is_asked_by_name() -> None:
    (only,) = practice_groups.units_for(Scope(CMMI, ("DEV",)), CMMI.item["CM 2.1"])
    assert (only.id, only.name) == ("", "Organisation")


def test_a_function_that_was_rated_counts_and_one_that_was_not_does_not() -> None:
    units = (QUALITY, HERON)
    item = CMMI.item["CM 2.1"]
    answers = {("CM 2.1", "heron"): Answer("FM")}
    alone = practice_groups.item_result(Case(Scope(CMMI, units=units), answers), item)
    assert (alone.value, dict(alone.units), alone.complete) == ("FM", {"heron": "FM"}, True)
    answers["CM 2.1", "quality"] = Answer("PM", note="no baseline audit")
    both = practice_groups.item_result(Case(Scope(CMMI, units=units), answers), item)
    assert both.value == "PM"
    assert list(both.units.items()) == [("quality", "PM"), ("heron", "FM")]


def test_an_excluded_unit_does_not_count_though_it_was_rated() -> None:
    case = cmmi(
        {("CM 2.1", "heron"): "DM"},
        units=(HERON, KESTREL),
        exclusions={("CM", "heron"): "maintenance only"},
    )
    result = practice_groups.item_result(case, CMMI.item["CM 2.1"])
    assert (result.value, dict(result.units)) == ("FM", {"kestrel": "FM"})


def test_a_practice_asked_of_nobody_is_not_complete() -> None:
    case = cmmi(units=(HERON,), exclusions={("CM", "heron"): "maintenance only"})
    result = practice_groups.item_result(case, CMMI.item["CM 2.1"])
    assert (result.value, dict(result.units), result.complete) == ("NC", {}, False)


def test_an_explicit_nc_is_a_missing_answer() -> None:
    explicit = cmmi({("CM 2.1", "heron"): "NC"}, units=(HERON, KESTREL))
    missing = cmmi({("CM 2.1", "heron"): ""}, units=(HERON, KESTREL))
    item = CMMI.item["CM 2.1"]
    result = practice_groups.item_result(explicit, item)
    assert result == practice_groups.item_result(missing, item)
    assert (result.value, result.complete) == ("NC", False)


def test_a_word_of_another_scale_says_nothing() -> None:
    case = cmmi({("CM 2.1", "heron"): "conforming"}, units=(HERON,))
    assert practice_groups.item_result(case, CMMI.item["CM 2.1"]).units == {"heron": "NC"}


@pytest.mark.parametrize(
    ("value", "note", "due"),
    [
        ("FM", "", False),
        ("LM", "", True),
        ("PM", "  ", True),
        ("DM", "", True),
        ("DM", "no record", False),
        ("NY", "", False),
        ("NC", "", False),
    ],
)
def test_a_weakness_is_due_in_writing_but_the_rating_counts_at_once(value: str, note: str, due: bool) -> None:
    case = Case(Scope(CMMI, units=(HERON,)), {("CM 2.1", "heron"): Answer(value, note=note)})
    result = practice_groups.item_result(case, CMMI.item["CM 2.1"])
    assert result.value == value
    assert result.due == (("heron",) if due else ())
