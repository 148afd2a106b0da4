"""Maturity of practices: units, practice groups, areas and the level of a view."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from gapbench.errors import UsageError
from gapbench.rating import characterize, findings, levels, scales
from gapbench.rating.results import (
    AreaResult,
    Blocker,
    ItemResult,
    LevelResult,
    Noun,
    Result,
    Value,
)
from gapbench.rating.roadmap import Roadmap, Standing
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gapbench.catalog.model import Catalog, Group, Item
    from gapbench.rating.inputs import Case, FindingClass, Scope, Unit

NOUN = Noun("practice", "practices")

RISK: Mapping[str, str] = {"FM": "L", "LM": "M", "PM": "H", "DM": "H", "NY": "NY", "NC": ""}
"""Practice value -> risk of not meeting it, as an evaluation shows it."""

_NAMED = 6


def scale(catalog: Catalog) -> tuple[Value, ...]:  # noqa: ARG001 (one scale for all)
    """From fully meets to does not meet, not yet, and not characterized."""
    return scales.PRACTICES


def units_for(scope: Scope, item: Item) -> tuple[Unit, ...]:
    """Projects, or support functions for what only they do; the organisation without either."""
    return characterize.asked(scope, scope.catalog.group[item.group])


def in_scope(scope: Scope) -> tuple[Item, ...]:
    """Practices up to the target level of the areas that it asks."""
    target = levels.target_of(scope)
    areas = levels.areas_of_views(scope)
    floor = max(target, min((asked_from for _, asked_from in areas), default=0))
    return tuple(
        item
        for area, asked_from in areas
        if asked_from <= floor and not characterize.is_out(scope, area)
        for item in scope.catalog.items_of[area.id]
        if (item.level or 1) <= target
    )


def refuse(scope: Scope, item: Item, value: str) -> str | None:
    """Why the rules do not allow this value here; None when they do."""
    if value == "NY" and scope.catalog.group[item.group].always:
        return (
            f"NY is not allowed in {item.group}: it is in place or it is not; "
            "rate DM with the weakness, or NC while too little is seen."
        )
    return scales.refuse_foreign(scope.catalog, scales.PRACTICES, value)


def caution(scope: Scope, item: Item, value: str) -> str | None:
    """What to think of before this allowed value is kept; None when nothing speaks against it."""
    return next(iter(cautions(scope, (item,), value)), None)


def cautions(scope: Scope, items: Iterable[Item], value: str) -> tuple[str, ...]:  # noqa: ARG001 (same for all)
    """The same for many practices, summed up."""
    names = listed((item.id for item in items), _NAMED)
    if value != "NY" or not names:
        return ()
    return (f"NY says that the work has not come to {names} yet; what was left out on purpose is DM.",)


def refuse_finding(cls: FindingClass, values: Iterable[str]) -> str | None:
    """Why a finding of this class cannot rest on practices with these values."""
    return findings.refuse_on_practices(cls, values)


def refuse_exclusion(scope: Scope, area: str, unit: str = "") -> str | None:
    """Why an area cannot be excluded for a unit, or ("") for the organisation; None when it can."""
    group = scope.catalog.group[area]
    if group.always:
        return f"{area} is never out of scope: rate it in every unit that is asked."
    if not unit and not group.optional:
        return (
            f"{area} cannot be out of scope for the whole organisation; "
            "exclude single units with a justification, or choose another view."
        )
    return None


def refuse_judgement(case: Case, subject: str, value: str) -> str | None:
    """Why a practice, or the impact of a practice group's weaknesses ("CM/2"), is not judged so."""
    if subject in case.scope.catalog.item:
        return characterize.refuse_choice(subject, item_result(case, case.scope.catalog.item[subject]).allowed, value)
    area, _, level = subject.partition("/")
    levels_of = sorted({str(item.level) for item in case.scope.catalog.items_of.get(area, ()) if item.level})
    if level not in levels_of:
        raise UsageError(_no_group(area, level, levels_of))
    levels.check_impact(subject, value)
    return None


def _no_group(area: str, level: str, have: list[str]) -> str:
    if not have:
        return f"There is no area {area[:40]} to judge; say a practice, or an area and a level as in CM/2."
    return f"{area} has no practice group {level[:40]}; it has {listed(have)}, as in {area}/{have[0]}."


def item_result(case: Case, item: Item) -> ItemResult:
    """The practice over its units, with the values that the rules allow."""
    area = case.scope.catalog.group[item.group]
    return characterize.practice(case, item, characterize.roster(case.scope, area))


def assess(case: Case) -> LevelResult:
    """Everything: practices, groups, areas, maturity level, verdict, blockers."""
    return _assess(case, {}, {})


def reassess(case: Case, before: Result, items: frozenset[str]) -> LevelResult:
    """`assess`, looking again only at areas that hold `items`.

    The scope must be the one that `before` was assessed with. `items` may also name areas and
    subjects of judgements ("CM/2").
    """
    catalog = case.scope.catalog
    if not isinstance(before, LevelResult) or before.catalog != catalog.id:
        return assess(case)
    stale = {_area_of(catalog, name) for name in items}
    kept = {area.id: area for area in before.areas if area.id not in stale}
    worded = {it.item: it for it in before.blockers if catalog.item[it.item].group in kept}
    return _assess(case, kept, worded)


def _area_of(catalog: Catalog, name: str) -> str:
    return catalog.item[name].group if name in catalog.item else name.partition("/")[0]


def _assess(case: Case, kept: Mapping[str, AreaResult], worded: Mapping[str, Blocker]) -> LevelResult:
    scope = case.scope
    areas = _with_capability(
        scope.catalog,
        tuple(
            kept.get(group.id) or _area(case, group, asked_from) for group, asked_from in levels.areas_of_views(scope)
        ),
    )
    target = levels.target_of(scope)
    reached = levels.maturity_level(areas, levels.highest_level(scope.catalog))
    following = reached + 1 if reached < target else None
    way = Roadmap(case, worded)
    blockers = way.blockers(areas, following) if following is not None else ()
    asked = _asked(scope.catalog, areas, target)
    due = tuple(result.id for result in asked if result.judgement_due)
    counts = Counter(result.value for result in asked)
    characterized = len(asked) - counts[characterize.NC]
    standing = Standing(reached, target, len(asked), characterized, len(blockers), len(due))
    return LevelResult(
        catalog=scope.catalog.id,
        views=scope.views,
        verdict=standing.verdict,
        sentence=standing.sentence,
        maturity_level=reached,
        target=target,
        next_level=following,
        blockers=blockers,
        areas=areas,
        in_scope=standing.in_scope,
        characterized=characterized,
        counts={code: counts[code] for code in scales.codes(scales.PRACTICES)},
        judgements_due=due,
    )


def _area(case: Case, area: Group, asked_from: int) -> AreaResult:
    members = characterize.roster(case.scope, area)
    items = case.scope.catalog.items_of[area.id]
    practices = {item.id: characterize.practice(case, item, members) for item in items}
    values: dict[int, list[str]] = {}
    for item in items:
        values.setdefault(item.level or 1, []).append(practices[item.id].value)
    significant = [n for n in values if levels.is_significant(case.judgements, area.id, n)]
    states = levels.group_states(values, significant)
    shown = practices.values() if case.scope.evaluation else ()
    return AreaResult(
        id=area.id,
        title=area.title,
        level=levels.area_level(states),
        capability_level=0,
        top=max(values),
        asked_from=asked_from,
        practice_groups=states,
        practices=practices,
        out=characterize.is_out(case.scope, area),
        risk={result.id: RISK[result.value] for result in shown},
    )


def _with_capability(catalog: Catalog, areas: tuple[AreaResult, ...]) -> tuple[AreaResult, ...]:
    always = [area for area in areas if catalog.group[area.id].always]
    ceiling = levels.capability_ceiling(always)
    reached = [(area, levels.capability_level(area, ceiling)) for area in areas]
    return tuple(
        area if area.capability_level == level else replace(area, capability_level=level) for area, level in reached
    )


def _asked(catalog: Catalog, areas: tuple[AreaResult, ...], target: int) -> list[ItemResult]:
    return [
        area.practices[item.id]
        for area in levels.asked_at(areas, target)
        for item in catalog.items_of[area.id]
        if (item.level or 1) <= target
    ]
