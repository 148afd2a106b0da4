"""From answers to levels, for every model that has them: items, areas, level, verdict, blockers."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from gapbench.rating import areas as layout
from gapbench.rating import asking, goal_cautions, levels
from gapbench.rating.methods import method_of
from gapbench.rating.results import AreaResult, Blocker, LevelResult
from gapbench.rating.roadmap import Roadmap
from gapbench.rating.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapbench.catalog.model import Catalog, Group, Item
    from gapbench.rating.inputs import Case, Scope, Unit
    from gapbench.rating.method import Method
    from gapbench.rating.results import ItemResult, Result


def units_for(scope: Scope, item: Item) -> tuple[Unit, ...]:
    """Projects, or support functions for what only they do; the organisation without either."""
    return asking.asked(scope, layout.area_of(scope.catalog, item))


def in_scope(scope: Scope) -> tuple[Item, ...]:
    """Items up to the target level of the areas that it asks, indicators of those areas included."""
    target = levels.target_of(scope)
    if target <= levels.floor_of(scope):
        return ()
    known = layout.areas_of_views(scope)
    floor = max(target, min((asked_from for _, asked_from in known), default=0))
    return tuple(
        item
        for area, asked_from in known
        if asked_from <= floor and not asking.is_out(scope, area)
        for item in layout.items_in(scope.catalog, area.id)
        if layout.level_of(scope.catalog, item) <= target
    )


def item_result(case: Case, item: Item) -> ItemResult:
    """The item over its units, with the values that the rules allow."""
    members = asking.roster(case.scope, layout.area_of(case.scope.catalog, item))
    return method_of(case.scope.catalog).table.over_units(case, item, members)


def assess(case: Case) -> LevelResult:
    """Everything: items, groups or goals, areas, level, verdict, blockers."""
    return _assess(case, {}, {})


def reassess(case: Case, before: Result, items: frozenset[str]) -> LevelResult:
    """`assess`, looking again only at areas that hold `items`.

    The scope must be the one that `before` was assessed with. `items` may also name areas, goals and
    subjects of judgements ("CM/2").
    """
    catalog = case.scope.catalog
    if not isinstance(before, LevelResult) or before.catalog != catalog.id:
        return assess(case)
    stale = {area for name in items for area in layout.areas_touched(catalog, name)}
    kept = {area.id: area for area in before.areas if area.id not in stale}
    worded = {it.item: it for it in before.blockers if layout.area_of(catalog, catalog.item[it.item]).id in kept}
    return _assess(case, kept, worded)


def _assess(case: Case, kept: Mapping[str, AreaResult], worded: Mapping[str, Blocker]) -> LevelResult:
    scope = case.scope
    method = method_of(scope.catalog)
    areas = tuple(
        kept.get(group.id) or _area(case, method, group, asked_from)
        for group, asked_from in layout.areas_of_views(scope)
    )
    if method.capped:
        areas = _with_capability(scope.catalog, areas)
    reached, target = levels.reached(scope, areas), levels.target_of(scope)
    following = reached + 1 if reached < target else None
    blockers = _blockers(Roadmap(case, worded), areas, following)
    results = _counted(scope, areas, target)
    counts = Counter(result.value for result in results)
    due = tuple(result.id for result in results if result.judgement_due)
    cautions = method.cautions(case, _up_to(areas, target))
    needed = levels.asked_at(areas, target)
    standing = Standing(
        method=method,
        scheme=levels.scheme_of(scope),
        reached=reached,
        target=target,
        floor=levels.floor_of(scope),
        in_scope=len(results),
        characterized=len(results) - counts[method.table.missing],
        areas=len(needed),
        below=sum(not levels.holds(area, target) for area in needed),
        blockers=len(blockers),
        judgements_due=len(due),
        not_come=_not_come(scope.catalog, blockers),
    )
    return LevelResult(
        catalog=scope.catalog.id,
        views=scope.views,
        verdict=standing.verdict,
        sentence=" ".join(filter(None, (standing.sentence, goal_cautions.sentence(cautions)))),
        maturity_level=reached,
        target=target,
        next_level=following,
        blockers=blockers,
        areas=areas,
        in_scope=standing.in_scope,
        characterized=standing.characterized,
        counts={code: counts[code] for code in method.table.codes},
        judgements_due=due,
        scheme=standing.scheme,
        cautions=cautions,
    )


def _not_come(catalog: Catalog, blockers: tuple[Blocker, ...]) -> tuple[str, ...]:
    """Areas of goals that are not rated because the work has not come there; elsewhere NY is a rating."""
    if catalog.model != "goals":
        return ()
    areas = (layout.area_of(catalog, catalog.item[it.item]).id for it in blockers if it.value == "NY")
    return tuple(dict.fromkeys(areas))


def _area(case: Case, method: Method, area: Group, asked_from: int) -> AreaResult:
    catalog = case.scope.catalog
    members = asking.roster(case.scope, area)
    items = tuple(layout.items_in(catalog, area.id))
    results = {item.id: method.table.over_units(case, item, members) for item in items}
    states = method.states(case, area, results)
    level = levels.area_level(states.levels)
    out = asking.is_out(case.scope, area) or states.out
    shown = results.values() if case.scope.evaluation and method.risk else ()
    return AreaResult(
        id=area.id,
        title=area.title,
        level=level,
        capability_level=0 if out else level,
        top=max((layout.level_of(catalog, item) for item in items if item.scored), default=0),
        asked_from=asked_from,
        practice_groups=states.levels,
        practices=results,
        out=out,
        risk={result.id: method.risk[result.value] for result in shown},
        goals=states.goals,
    )


def _with_capability(catalog: Catalog, areas: tuple[AreaResult, ...]) -> tuple[AreaResult, ...]:
    always = [area for area in areas if catalog.group[area.id].always]
    ceiling = levels.capability_ceiling(always)
    reached = [(area, levels.capability_level(area, ceiling)) for area in areas]
    return tuple(
        area if area.capability_level == level else replace(area, capability_level=level) for area, level in reached
    )


def _blockers(way: Roadmap, areas: tuple[AreaResult, ...], following: int | None) -> tuple[Blocker, ...]:
    scope = way.case.scope
    if following is None:
        return ()
    if levels.scheme_of(scope) == "continuous":
        return way.next_steps(areas, levels.target_of(scope))
    return way.blockers(areas, following)


def _counted(scope: Scope, areas: tuple[AreaResult, ...], target: int) -> list[ItemResult]:
    """Results of what `in_scope` lists, without indicators; an area that its own answers take out is asked too."""
    if target <= levels.floor_of(scope):
        return []
    catalog, known = scope.catalog, scope.catalog.item
    return [
        result
        for area in _up_to(areas, target)
        if not asking.is_out(scope, catalog.group[area.id])
        for name, result in area.practices.items()
        if (item := known[name]).scored and (item.level or layout.level_of(catalog, item)) <= target
    ]


def _up_to(areas: tuple[AreaResult, ...], target: int) -> tuple[AreaResult, ...]:
    floor = max(target, min((area.asked_from for area in areas), default=0))
    return tuple(area for area in areas if area.asked_from <= floor)
