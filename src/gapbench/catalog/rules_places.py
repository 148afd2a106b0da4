"""What a catalog file must hold true of its numbers and texts: once each, known, in order, and of bearable length."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from gapbench.catalog.expand import AREA
from gapbench.catalog.lookup import spoken
from gapbench.catalog.reading import place
from gapbench.catalog.snapshot import HANDED_DOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gapbench.catalog.lookup import Spoken
    from gapbench.catalog.manuscript import Manuscript
    from gapbench.catalog.reading import Entry

LONGEST_ID, LONGEST_TITLE, LONGEST_LINE = 24, 120, 200

_TEXTS = ("title", "text", "look_for")
_ADDED = frozenset({"id", "parent", "title", "note", "items", *HANDED_DOWN})
_BRACES = re.compile(r"\{[^{}]{0,40}\}")


def once(draft: Manuscript) -> Iterator[str]:
    """No group and no item twice, not even said alike."""
    yield from twice(draft, draft.groups, "group")
    yield from twice(draft, draft.items, "item")
    yield from twice(draft, [row for row in draft.generic if "id" in row], "goal")
    yield from twice(draft, draft.generic_items, "item")


def twice(draft: Manuscript, rows: Iterable[Entry], kind: str) -> Iterator[str]:
    """What has an id that another row has already."""
    first: dict[Spoken, Entry] = {}
    for row in rows:
        other = first.setdefault(spoken(row["id"]), row)
        if other is not row:
            same = "" if other["id"] == row["id"] else f", said like {other['id']!r}"
            yield draft.say(row, "id", f"this {kind} stands on {place(other.lines['id'])} already{same}")


def same_question(draft: Manuscript) -> Iterator[str]:
    """No two items ask the same."""
    first = {_said(item.text): item.id for item in draft.base.items} if draft.base else {}
    for item in (*draft.items, *draft.generic_items):
        other = first.setdefault(_said(item["text"]), item["id"])
        if other != item["id"]:
            yield draft.say(item, "text", f"the same question as {other}")


def _said(text: str) -> str:
    return " ".join(text.casefold().split())


def parents(draft: Manuscript) -> Iterator[str]:
    """Every group has a title, stands below one that is known, and holds something."""
    of_base = set(draft.base.group) if draft.base else set()
    known = of_base | {group["id"] for group in draft.groups}
    above = set(of_base)
    for group in draft.groups:
        parent = group.get("parent")
        if "title" not in group and not draft.is_of_base(group):
            yield draft.say(group, "", "the key 'title' is missing")
        if parent is not None and parent not in known:
            yield draft.say(group, "parent", f"there is no group {parent!r}")
        elif parent is not None and parent not in above:
            yield draft.say(group, "parent", f"{parent!r} must stand before it; or it waits for itself in a circle")
        above.add(group["id"])
        if _is_empty(draft, group):
            yield draft.say(group, "items", "no items, and no group stands below it")


def _is_empty(draft: Manuscript, group: Entry) -> bool:
    if "items" in group or group["id"] in draft.parents or draft.is_of_base(group):
        return False
    return not (group.get("area") and draft.generic)


def principles(draft: Manuscript) -> Iterator[str]:
    """Every principle that is named exists."""
    known = draft.document.get("principles") or (draft.base.principles if draft.base else {})
    for row in (*draft.groups, *draft.items, *draft.generic_items):
        for key in ("principles", "supports_principles"):
            for name in row.get(key, ()):
                if name not in known:
                    yield draft.say(row, key, f"there is no principle {name!r}")


# --- a framework inside --------------------------------------------------------------------------------


def inside(draft: Manuscript) -> Iterator[str]:
    """What is put into another framework takes no number of it, and changes nothing but what may be changed."""
    base = draft.base
    if base is None:
        return
    if draft.model != base.model:
        yield draft.say(draft.document, "model", f"must be {base.model}, as {base.name} has it")
    for item in (*draft.items, *draft.generic_items):
        if other := draft.base_items.get(spoken(item["id"])):
            yield draft.say(item, "id", f"{other!r} stands in {base.name} already")
    for group in draft.groups:
        if draft.is_of_base(group):
            yield from _changed(draft, group)
        elif other := draft.base_groups.get(spoken(group["id"])):
            yield draft.say(group, "id", f"said like {other!r} of {base.name}")


def _changed(draft: Manuscript, group: Entry) -> Iterator[str]:
    base = draft.base
    assert base is not None  # noqa: S101 (asked only with one)
    theirs = base.group[group["id"]]
    for key in group:
        if key not in _ADDED or (key == "parent" and group[key] != theirs.parent):
            yield draft.say(group, key, f"that of {base.name} holds; leave it out")


# --- what is asked in every area -----------------------------------------------------------------------


def generic(draft: Manuscript) -> Iterator[str]:
    """What is asked in every area has areas, stands apart in each, and still fits with their names in it."""
    for row in (*draft.groups, *draft.items):
        for key in _TEXTS:
            if AREA in row.get(key, ""):
                yield draft.say(row, key, f"{AREA} has a meaning only below `generic`")
            for found in _BRACES.findall(row.get(key, "")):
                if found != AREA and get_close_matches(found.casefold(), [AREA], cutoff=0.7):
                    yield draft.say(row, key, f"{found} looks like {AREA}, which has a meaning only below `generic`")
    if draft.generic and not draft.areas:
        yield draft.say(draft.generic[0], "", "no group has `area: true`, so it would never be asked")
    for row in draft.generic:
        yield from _generic(draft, row)
    yield from _expanded(draft)


def _generic(draft: Manuscript, row: Entry) -> Iterator[str]:
    if "id" in row and "title" not in row:
        yield draft.say(row, "", "the key 'title' is missing")
    for entry in (row, *row["items"]):
        yield from _braces(draft, entry)
    for item in row["items"]:
        if AREA not in item["text"] and len(draft.areas) > 1:
            yield draft.say(item, "text", f"without {AREA} every area would ask the same; put it in")


def _braces(draft: Manuscript, row: Entry) -> Iterator[str]:
    for key in _TEXTS:
        for found in _BRACES.findall(row.get(key, "")):
            if found != AREA:
                yield draft.say(row, key, f"only {AREA} can stand in curly brackets, not {found}")


def _expanded(draft: Manuscript) -> Iterator[str]:
    taken_groups = {spoken(group["id"]): group["id"] for group in draft.groups} | dict(draft.base_groups)
    taken_items = {spoken(item["id"]): item["id"] for item in draft.items} | dict(draft.base_items)
    reported: set[tuple[int, str]] = set()
    for area in draft.areas:
        for row, longest_title, taken in (
            *((row, LONGEST_TITLE, taken_groups) for row in draft.generic if "id" in row),
            *((row, LONGEST_LINE, taken_items) for row in draft.generic_items),
        ):
            for key, what in _in_area(row, area, longest_title, taken):
                if (id(row), key) not in reported:  # once for a row, not for each area
                    reported.add((id(row), key))
                    yield draft.say(row, key, what)


def _in_area(row: Entry, area: Entry, longest_title: int, taken: Mapping[Spoken, str]) -> Iterator[tuple[str, str]]:
    number = f"{area['id']} {row['id']}"
    if len(number) > LONGEST_ID:
        yield "id", f"becomes {number!r}, {len(number)} characters; at most {LONGEST_ID} fit"
    if other := taken.get(spoken(number)):
        yield "id", f"becomes {number!r}; {other!r} stands in the file already"
    for key in _TEXTS:
        length = len(row.get(key, "").replace(AREA, area.get("title", "")))
        most = longest_title if key == "title" else LONGEST_LINE
        if AREA in row.get(key, "") and length > most:
            yield key, f"{length} characters with the title of {area['id']} in it; at most {most} fit"
