"""What a catalog file says once and means many times: rows for every area, and a framework inside another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gapbench.catalog.order import number_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from gapbench.catalog.model import Catalog, Group, Item

AREA = "{area}"
"""Stands in the words of a generic row for the title of the area."""


@dataclass(frozen=True, slots=True)
class Generic:
    """Rows that are asked in every area.

    Attributes:
        group: The goal they belong to; with the id "" they stand in the area itself.
        items: As the file says them: "GP 2.1" becomes "CM GP 2.1" in the area CM.
    """

    group: Group
    items: tuple[Item, ...]


def generic(groups: Sequence[Group], items: Iterable[Item], rows: Sequence[Generic]) -> tuple[list[Group], list[Item]]:
    """Groups and items with the generic rows at the end of each area, in reading order."""
    own: dict[str, list[Item]] = {}
    for item in items:
        own.setdefault(item.group, []).append(item)
    whole: list[Group] = []
    asked: list[Item] = []
    open_area: Group | None = None
    for group in (*groups, None):
        if open_area is not None and (group is None or not _is_below(group, open_area, groups)):
            more = list(_goals_of(open_area, rows))
            whole.extend(goal for goal, _ in more)
            asked.extend(item for _, those in more for item in those)
            open_area = None
        if group is None:
            break
        whole.append(group)
        asked.extend(own.get(group.id, ()))
        if group.area:
            asked.extend(_straight(group, rows))
            open_area = group
    return whole, asked


def _is_below(group: Group, area: Group, groups: Sequence[Group]) -> bool:
    parents = {each.id: each.parent for each in groups}
    step = group.parent
    while step is not None and step != area.id:
        step = parents.get(step)
    return step is not None


def _straight(area: Group, rows: Iterable[Generic]) -> Iterator[Item]:
    for row in rows:
        if not row.group.id:
            yield from (_of_area(item, area, area.id) for item in row.items)


def _goals_of(area: Group, rows: Iterable[Generic]) -> Iterator[tuple[Group, tuple[Item, ...]]]:
    for row in rows:
        if row.group.id:
            goal = replace(
                row.group,
                id=f"{area.id} {row.group.id}",
                parent=area.id,
                title=row.group.title.replace(AREA, area.title),
                support=area.support,
            )
            yield goal, tuple(_of_area(item, area, goal.id) for item in row.items)


def _of_area(item: Item, area: Group, group: str) -> Item:
    return replace(
        item,
        id=f"{area.id} {item.id}",
        group=group,
        title=item.title.replace(AREA, area.title),
        text=item.text.replace(AREA, area.title),
        look_for=item.look_for.replace(AREA, area.title),
        ask=item.ask or area.ask,
    )


def extended(
    base: Catalog, groups: Iterable[Group], items: Iterable[Item], named: Collection[str]
) -> tuple[list[Group], list[Item]]:
    """A framework that contains another whole: rows of the base, and ours in their places.

    Args:
        base: The framework inside.
        groups: Our groups; one with an id of the base adds its items to those of the base.
        items: Our items.
        named: Ids of our groups that have a title of their own.
    """
    ours = list(groups)
    own: dict[str, list[Item]] = {}
    for item in items:
        own.setdefault(item.group, []).append(item)
    whole = list(base.groups)
    for group in ours:
        if group.id not in base.group:
            whole.insert(_place(whole, group), group)
        elif group.id in named:
            whole = [replace(each, title=group.title) if each.id == group.id else each for each in whole]
    asked = [item for group in whole for item in (*base.items_of.get(group.id, ()), *own.get(group.id, ()))]
    return whole, asked


def _place(groups: Sequence[Group], new: Group) -> int:
    """After the last group that stands before the new one among its siblings, and all below that."""
    parents = {group.id: group.parent for group in groups} | {new.id: new.parent}
    place = 0
    for at, group in enumerate(groups, start=1):
        if group.id == new.parent or _before(group.id, new, parents):
            place = at
    return place


def _before(group: str, new: Group, parents: dict[str, str | None]) -> bool:
    """Whether a group is, or stands below, a sibling that comes before the new group."""
    step: str | None = group
    while step is not None and parents.get(step) != new.parent:
        step = parents.get(step)
    return step is not None and number_key(step) < number_key(new.id)
