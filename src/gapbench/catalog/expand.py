"""What a catalog file says once and means many times: rows for every area, and a framework inside another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gapbench.catalog.order import number_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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
    area_of = _areas(groups)
    whole: list[Group] = []
    asked: list[Item] = []
    open_area: Group | None = None
    for group in groups:
        if open_area is not None and area_of.get(group.id) != open_area.id:
            _close(open_area, rows, whole, asked)
            open_area = None
        whole.append(group)
        asked.extend(own.get(group.id, ()))
        if group.area:
            asked.extend(_straight(group, rows))
            open_area = group
    if open_area is not None:
        _close(open_area, rows, whole, asked)
    return whole, asked


def _areas(groups: Iterable[Group]) -> dict[str, str]:
    """Group -> the area that it is or stands in; parents come first."""
    found: dict[str, str] = {}
    for group in groups:
        if group.area:
            found[group.id] = group.id
        elif group.parent in found:
            found[group.id] = found[group.parent]
    return found


def _close(area: Group, rows: Iterable[Generic], whole: list[Group], asked: list[Item]) -> None:
    """Put the goals that every area has behind its own."""
    for goal, items in _goals_of(area, rows):
        whole.append(goal)
        asked.extend(items)


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
                ask=row.group.ask or area.ask,
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
    base: Catalog, groups: Iterable[Group], items: Iterable[Item], said: Mapping[str, Sequence[str]], *, same_base: bool
) -> tuple[list[Group], list[Item]]:
    """A framework that contains another whole: rows of the base, and ours in their places.

    Args:
        base: The framework inside.
        groups: Our groups; one with an id of the base adds its items to those of the base.
        items: Our items.
        said: What our groups say of their own, by id: title and note take the place of those of the base.
        same_base: Both have the same edition before; else what the base says of its own is left out.
    """
    ours = list(groups)
    own: dict[str, list[Item]] = {}
    for item in items:
        own.setdefault(item.group, []).append(item)
    mended = {group.id: {key: getattr(group, key) for key in said[group.id]} for group in ours}
    whole = [replace(group, **mended[group.id]) if mended.get(group.id) else group for group in base.groups]
    for group in ours:
        if group.id not in base.group:
            whole.insert(_place(whole, group), group)
    theirs = base.items_of if same_base else {group: tuple(map(_settled, of)) for group, of in base.items_of.items()}
    asked = [item for group in whole for item in (*theirs.get(group.id, ()), *own.get(group.id, ()))]
    return whole, asked


def _settled(item: Item) -> Item:
    """The item without what happened to it since an edition that is not ours."""
    return replace(item, base=(), change="same", change_note="", disputed=False)


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
