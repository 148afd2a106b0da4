"""The rules on the catalogs that come along."""

import pytest

from gapbench.catalog.model import Catalog
from gapbench.catalog.shipped import list_shipped, load_shipped
from gapbench.rating.explain import explain
from gapbench.rating.inputs import Answer, Case, Scope
from gapbench.rating.models import model_of
from gapbench.rating.results import ConformityResult, LevelResult

IDS = [line.id for line in list_shipped()]


def case_of(catalog: Catalog, value: str) -> Case:
    views = tuple(view.id for view in catalog.views[:1])
    return Case(
        Scope(catalog, views),
        {(item.id, ""): Answer(value, note="seen", reason="agreed") for item in catalog.items},
    )


@pytest.mark.parametrize("name", IDS)
def test_best_everywhere_reaches_the_best_verdict(name: str) -> None:
    catalog = load_shipped(name)
    case = case_of(catalog, model_of(Scope(catalog)).scale(catalog)[0].code)
    result = model_of(case.scope).assess(case)
    assert (result.verdict, result.blockers) in (("likely", ()), ("on_target", ()))
    if isinstance(result, LevelResult):
        assert (result.maturity_level, result.coverage) == (catalog.levels, 100.0)
        assert all(area.level == area.top for area in result.areas)
    else:
        assert (result.tally.percent, result.tally.coverage) == (100.0, 100.0)


@pytest.mark.parametrize("name", IDS)
def test_nothing_answered_is_incomplete_and_names_where(name: str) -> None:
    case = Case(case_of(load_shipped(name), "").scope)
    result = model_of(case.scope).assess(case)
    assert result.verdict == "incomplete"
    if isinstance(result, ConformityResult):
        assert [it.item for it in result.blockers] == list(result.leaves)
    else:
        assert (result.maturity_level, result.next_level) == (0, 1)
        assert {it.value for it in result.blockers} == {"NC"}


@pytest.mark.parametrize("name", IDS)
def test_one_item_at_a_time_is_looked_at_again_as_if_all_were(name: str) -> None:
    catalog = load_shipped(name)
    scale = model_of(Scope(catalog)).scale(catalog)
    case = case_of(catalog, scale[0].code)
    model = model_of(case.scope)
    before = model.assess(case)
    for item in catalog.items[::17]:
        now = Case(case.scope, {**case.answers, (item.id, ""): Answer(scale[2].code, note="gap")})
        assert model.reassess(now, before, frozenset({item.id})) == model.assess(now)


@pytest.mark.parametrize("name", IDS)
def test_every_item_and_group_can_be_explained(name: str) -> None:
    catalog = load_shipped(name)
    case = case_of(catalog, model_of(Scope(catalog)).scale(catalog)[1].code)
    result = model_of(case.scope).assess(case)
    known = (
        {area.id for area in result.areas}
        if isinstance(result, LevelResult)
        else {group.id for group in catalog.groups}
    )
    items = [item.id for item in catalog.items if item.group in known or catalog.levels == 0]
    for subject in ("", *known, *items):
        lines = explain(case, result, subject)
        assert len(lines) > 1
        assert all(line == line.rstrip() and "\n" not in line for line in lines)
