"""Which areas the chosen views ask and from which level on, and what stands in an area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.errors import UsageError
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.catalog.model import Catalog, Group, Item, View
    from gapbench.rating.inputs import Scope


def chosen_views(scope: Scope) -> tuple[View, ...]:
    """The views of a scope.

    Raises:
        UsageError: The framework has no view of such a name.
    """
    known = {view.id.casefold(): view for view in scope.catalog.views}
    for name in scope.views:
        if name.casefold() not in known:
            names = listed((view.id for view in scope.catalog.views), last="or")
            raise UsageError(f"{scope.catalog.name} has no view {name}; choose {names or 'none'}.")
    return tuple(known[name.casefold()] for name in scope.views)


def areas_of_views(scope: Scope) -> tuple[tuple[Group, int], ...]:
    """Areas of the chosen views in catalog order, each with the level from which it is asked.

    Where views share an area the lower level counts. Areas that are never out of scope come in
    always; a framework without views asks every area.
    """
    areas = scope.catalog.areas
    wanted: dict[str, int] = {}
    for view in chosen_views(scope):
        for area, level in view.areas.items():
            wanted[area] = min(level, wanted.get(area, level))
    floor = min(wanted.values(), default=2)
    if not wanted:
        wanted = {area.id: floor for area in areas}
    wanted |= {area.id: floor for area in areas if area.always and area.id not in wanted}
    return tuple((area, wanted[area.id]) for area in areas if area.id in wanted)


def groups_in(catalog: Catalog, area: str) -> Iterator[Group]:
    """Groups below an area, in reading order, without those that belong to an area inside of it."""
    yield from _belonging(catalog, area, area)


def _belonging(catalog: Catalog, area: str, group: str) -> Iterator[Group]:
    for child in catalog.children.get(group, ()):
        if catalog.area_of.get(child.id) == area:
            yield child
            yield from _belonging(catalog, area, child.id)


def items_in(catalog: Catalog, area: str) -> Iterator[Item]:
    """Items of an area, in reading order."""
    yield from catalog.items_of.get(area, ())
    for group in groups_in(catalog, area):
        yield from catalog.items_of.get(group.id, ())


def area_of(catalog: Catalog, item: Item) -> Group:
    """The area that an item belongs to."""
    return catalog.group[catalog.area_of.get(item.group, item.group)]


def level_of(catalog: Catalog, item: Item) -> int:
    """The level of an item: its own, else that of its goal, else the lowest."""
    return item.level or catalog.group[item.group].level or 1


def areas_touched(catalog: Catalog, name: str) -> frozenset[str]:
    """Areas that hold an item, or a group that stands for its items ("CM SG 1", "CM/2", "CM")."""
    if name in catalog.item:
        return frozenset({area_of(catalog, catalog.item[name]).id})
    group = name if name in catalog.group else name.partition("/")[0]
    if group not in catalog.group:
        return frozenset()
    own = {catalog.area_of[group]} if group in catalog.area_of else set()
    return frozenset(own | set(_areas_below(catalog, group)))


def _areas_below(catalog: Catalog, group: str) -> Iterator[str]:
    if catalog.area_of.get(group) == group:
        yield group
    for child in catalog.children.get(group, ()):
        yield from _areas_below(catalog, child.id)
