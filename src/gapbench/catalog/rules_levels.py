"""What a catalog file must hold true of models, levels and views."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gapbench.catalog.reading import Entry, Rows
from gapbench.catalog.rules_places import twice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.catalog.manuscript import Manuscript
    from gapbench.catalog.model import Catalog, Group

_NEEDS = {
    "conformity": (),
    "practice_groups": ("levels", "views"),
    "goals": ("levels", "views"),
    "process_attributes": ("levels",),
}
_MISSING = {"levels": "missing; this model has levels", "views": "missing; this model needs one at least"}


def model(draft: Manuscript) -> Iterator[str]:
    """The model has what its rules work with."""
    for key in _NEEDS[draft.model]:
        if not draft.document.get(key) and not (draft.base and getattr(draft.base, key)):
            yield draft.say(draft.document, key, _MISSING[key])
    if "scale" in draft.document and draft.model != "goals":
        yield draft.say(draft.document, "scale", "has a meaning only with `model: goals`")
    if draft.has_areas and not draft.areas and not (draft.base and draft.base.areas):
        yield draft.say(draft.document, "groups", f"no group has `area: true`; {draft.model} rates areas")
    if not draft.has_areas:
        for group in draft.areas:
            yield draft.say(group, "area", f"the areas of {draft.model} are its groups with items; leave it out")
    yield from _nested(draft)


def _nested(draft: Manuscript) -> Iterator[str]:
    parents = {group["id"]: group.get("parent") for group in draft.groups}
    areas = {group["id"] for group in draft.areas}
    for group in draft.areas:
        above, seen = group.get("parent"), {group["id"]}
        while above is not None and above not in seen:
            if above in areas:
                yield draft.say(group, "area", f"stands in the area {above!r}; an area holds no other")
            seen.add(above)
            above = parents.get(above)


def levels(draft: Manuscript) -> Iterator[str]:
    """Every level is one that the framework has, and is there where the model needs it."""
    needed = draft.model in ("practice_groups", "process_attributes") or (
        draft.model == "goals" and draft.document.get("scale") != "answers"
    )
    for group in (*draft.groups, *draft.generic):
        yield from _too_high(draft, group)
        for item in group.get("items", ()):
            yield from _too_high(draft, item)
            if needed and draft.levels and "level" not in item and "level" not in group:
                yield draft.say(item, "level", f"missing; the framework has levels 1 to {draft.levels}")


def _too_high(draft: Manuscript, entry: Entry) -> Iterator[str]:
    level = entry.get("level", 0)
    if level > draft.levels:
        has = f"levels 1 to {draft.levels}" if draft.levels else "no `levels`"
        yield draft.say(entry, "level", f"{level} is out of range; the framework has {has}")


def views(draft: Manuscript) -> Iterator[str]:
    """Every view lists known areas, once each, from levels that it has."""
    found: list[Entry] = draft.document.get("views", Rows())
    yield from twice(draft, found, "view")
    for view in found:
        yield from _view(draft, view)


def _view(draft: Manuscript, view: Entry) -> Iterator[str]:
    listed = [(key, area) for key in view if key.startswith("from_") for area in view[key]]
    counted = Counter(area for _, area in listed)
    if not listed:
        yield draft.say(view, "", f"the view has no areas; add from_level_{1 if draft.has_areas else 2}")
    yield from _reach(draft, view, list(dict.fromkeys(key for key, _ in listed)))
    for key, area in listed:
        if area not in draft.viewed:
            has = "marked with `area: true`" if draft.has_areas else "with items"
            yield draft.say(view, key, f"there is no area {area!r} {has}")
        elif counted[area] > 1:
            yield draft.say(view, key, f"{area!r} is listed twice")


def _reach(draft: Manuscript, view: Entry, keys: list[str]) -> Iterator[str]:
    highest = view.get("levels", draft.levels)
    if highest > draft.levels:
        yield draft.say(view, "levels", f"{highest} is out of range; the framework has levels 1 to {draft.levels}")
    if "scheme" in view and not draft.has_areas:
        yield draft.say(view, "scheme", f"has no meaning with `model: {draft.model}`; leave it out")
    for key in keys:
        if int(key[-1]) > highest:
            yield draft.say(view, key, "out of range; see `levels`")


# --- the whole, with what it contains and what is asked in every area ----------------------------------


def rateable(draft: Manuscript, whole: Catalog) -> Iterator[str]:
    """Every area can reach every level that it can be asked for."""
    if not draft.has_areas:
        return
    entries = {group["id"]: group for group in draft.groups}
    levels_of: dict[str, set[int]] = {area.id: set() for area in whole.areas}
    for item in whole.items:
        area = whole.area_of.get(item.group)
        if area is not None and item.scored:
            levels_of[area].add(item.level or 1)
        elif item.scored and item.group in entries:
            yield draft.say(entries[item.group], "items", "stand in no area; put the group below one")
    for area, levels in levels_of.items():
        if problem := _unreachable(whole, whole.group[area], levels):
            yield draft.say(entries.get(area, draft.document), "", problem)
    yield from _goals(draft, whole)


def _unreachable(whole: Catalog, area: Group, levels: set[int]) -> str:
    if not levels:
        return f"the area {area.id} holds nothing that counts"
    missing = sorted(set(range(1, max(levels) + 1)) - levels)
    if whole.model == "process_attributes" and missing:
        return f"the area {area.id} has no attribute of level {missing[0]}"
    return ""


def _goals(draft: Manuscript, whole: Catalog) -> Iterator[str]:
    """A group of practices below an area is a goal, of a level; what stands in the area itself is one on its own."""
    if whole.model != "goals" or whole.scale == "answers":
        return
    for group in draft.groups:
        if "items" in group and "level" not in group and not group.get("area"):
            yield draft.say(group, "level", "missing; a goal belongs to a capability level, 1 for a specific goal")
