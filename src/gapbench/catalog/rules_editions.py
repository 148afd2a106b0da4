"""What a catalog file must hold true of the step from the edition before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.catalog.manuscript import Manuscript
    from gapbench.catalog.reading import Entry

_OF_A_STEP = ("base", "change", "change_note", "disputed")


def step(draft: Manuscript) -> Iterator[str]:
    """Every link leads to a point of the edition before, and every change is said in words."""
    if "base" not in draft.document:
        yield from _without_edition(draft)
        return
    for group in (*draft.groups, *draft.generic):
        for item in group.get("items", ()):
            yield from _step(draft, item, item.get("change", group.get("change", "same")))


def _without_edition(draft: Manuscript) -> Iterator[str]:
    for row in (*draft.groups, *draft.items, *draft.generic_items):
        for key in _OF_A_STEP:
            if key in row:
                yield draft.say(row, key, "the head does not say `base`, the edition before")


def _step(draft: Manuscript, item: Entry, change: str) -> Iterator[str]:
    whole_group = change == "new" and "change" not in item  # a group that is new says it once
    if change != "same" and "change_note" not in item and not whole_group:
        yield draft.say(item, "change_note", f"missing; say in one line what happened ({change})")
    named = item.get("base", () if change == "new" else (item["id"],))
    if not named and change != "new":
        yield draft.say(item, "base", f"names no point, but the item is not `change: new` ({change})")
    for number in named:
        if draft.former is not None and number not in draft.former.item:
            own = "" if "base" in item else "; name its point there, or say `change: new`"
            yield draft.say(item, "base", f"there is no {number!r} in {draft.former.name}{own}")
    if len(set(named)) < len(named):
        yield draft.say(item, "base", "names a point twice")
