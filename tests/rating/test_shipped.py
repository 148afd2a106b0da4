"""The rules on the catalogs that come along."""

import pytest

from gapbench.catalog.model import Catalog
from gapbench.catalog.shipped import list_shipped, load_shipped
from gapbench.rating import levels
from gapbench.rating.explain import explain
from gapbench.rating.inputs import Answer, Case, Scope
from gapbench.rating.models import model_of
from gapbench.rating.results import ConformityResult, LevelResult

IDS = [line.id for line in list_shipped()]


VIEWS = [(line.id, view) for line in list_shipped() for view in line.views or ("",)]


def case_of(catalog: Catalog, value: str, view: str = "") -> Case:
    views = (view,) if view else tuple(each.id for each in catalog.views[:1])
    return Case(
        Scope(catalog, views),
        {(item.id, ""): Answer(value, note="seen", reason="agreed") for item in catalog.items},
    )


@pytest.mark.parametrize(("name", "view"), VIEWS)
def test_best_everywhere_reaches_the_best_verdict(name: str, view: str) -> None:
    catalog = load_shipped(name)
    case = case_of(catalog, model_of(Scope(catalog)).scale(catalog)[0].code, view)
    result = model_of(case.scope).assess(case)
    assert (result.verdict, result.blockers) in (("likely", ()), ("on_target", ()))
    if isinstance(result, LevelResult):
        assert (result.maturity_level, result.coverage) == (levels.top_of(case.scope), 100.0)
        assert result.maturity_level == catalog.levels or result.scheme == "continuous"
        assert all(area.level == area.top for area in result.areas)
        assert {state for area in result.areas for state in area.goals.values()} <= {"satisfied"}
    else:
        assert (result.tally.percent, result.tally.coverage) == (100.0, 100.0)
        assert result.tally.scored == sum(leaf.tally.scored for leaf in result.leaves.values())


@pytest.mark.parametrize(("name", "view"), VIEWS)
def test_nothing_answered_is_incomplete_and_names_where(name: str, view: str) -> None:
    case = Case(case_of(load_shipped(name), "", view).scope)
    result = model_of(case.scope).assess(case)
    assert result.verdict == "incomplete"
    if isinstance(result, ConformityResult):
        assert [it.item for it in result.blockers] == list(result.leaves)
        assert sum(leaf.tally.scored for leaf in result.leaves.values()) == result.tally.scored
    else:
        floor = levels.floor_of(case.scope)
        assert (result.maturity_level, result.next_level) == (floor, floor + 1)
        assert {it.value for it in result.blockers} <= {"NC", ""}
        walked = [item for item in model_of(case.scope).in_scope(case.scope) if item.scored]
        assert result.in_scope == len(walked) > 0


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


@pytest.mark.parametrize(("name", "view"), [(name, view) for name, view in VIEWS if "FLEX" not in view])
def test_every_item_and_group_can_be_explained(name: str, view: str) -> None:
    catalog = load_shipped(name)
    case = case_of(catalog, model_of(Scope(catalog)).scale(catalog)[1].code, view)
    result = model_of(case.scope).assess(case)
    if isinstance(result, LevelResult):
        areas = {area.id: area for area in result.areas}
        known = {*areas, *(f"{area.id}/{level}" for area in result.areas for level in area.practice_groups)}
        known |= {goal for area in result.areas for goal in area.goals}
        known |= {f"{result.mark}{level}" for level in range(1, levels.top_of(case.scope) + 1)}
        items = [item.id for item in catalog.items if catalog.area_of[item.group] in areas]
    else:
        known = {group.id for group in catalog.groups}
        items = [item.id for item in catalog.items]
    for subject in ("", *known, *items):
        lines = explain(case, result, subject)
        assert len(lines) > 1 or subject == "ML1"
        assert all(line == line.rstrip() and "\n" not in line for line in lines)
