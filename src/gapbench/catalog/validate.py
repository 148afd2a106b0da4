"""Every problem of a catalog file at once, each a sentence with file, line, entry and key."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from gapbench.catalog.lookup import spoken
from gapbench.catalog.reading import Entry, Rows, read
from gapbench.catalog.shape import against_schema, sentence
from gapbench.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from gapbench.catalog.lookup import Spoken

MOST = 100


def validate(path: Path) -> tuple[str, ...]:
    """Name everything that is wrong with a catalog file; nothing when it is sound.

    Raises:
        FileError: The file cannot be read at all.
    """
    try:
        return problems_of(read(path), path.name)
    except CatalogError as problem:
        return (str(problem),)


def problems_of(document: Entry, name: str) -> tuple[str, ...]:
    """Name what is wrong with a document that was read; `name` is that of its file."""
    found = list(islice(against_schema(document, name), MOST))
    if not found:
        found = list(islice(_Content(document, name).problems(), MOST))
    return tuple(found)


class _Content:
    """The rules that join one entry to another, in a document whose shape is right."""

    def __init__(self, document: Entry, name: str) -> None:
        self._document = document
        self._name = name
        self._groups: list[Entry] = document["groups"]
        self._items: list[Entry] = [i for g in self._groups for i in g.get("items", ())]

    def problems(self) -> Iterator[str]:
        yield from self._twice(self._groups, "group")
        yield from self._twice(self._items, "item")
        yield from self._same_question()
        yield from self._parents()
        yield from self._principles()
        yield from self._levels()
        yield from self._views()
        yield from self._counts()

    def _say(self, entry: Entry, key: str, what: str) -> str:
        line = entry.lines.get(key, entry.line)
        return sentence(self._name, line, str(entry.get("id", "")), key, what)

    def _twice(self, rows: Iterable[Entry], kind: str) -> Iterator[str]:
        first: dict[Spoken, Entry] = {}
        for row in rows:
            other = first.setdefault(spoken(row["id"]), row)
            if other is row:
                continue
            same = "" if other["id"] == row["id"] else f", said like {other['id']!r}"
            line = other.lines["id"]
            yield self._say(row, "id", f"this {kind} stands on line {line} already{same}")

    def _same_question(self) -> Iterator[str]:
        first: dict[str, Entry] = {}
        for item in self._items:
            other = first.setdefault(" ".join(item["text"].casefold().split()), item)
            if other is not item:
                yield self._say(item, "text", f"the same question as {other['id']}")

    def _parents(self) -> Iterator[str]:
        known = {group["id"] for group in self._groups}
        above: set[str] = set()
        parents = {group.get("parent") for group in self._groups}
        for group in self._groups:
            parent = group.get("parent")
            if parent is not None and parent not in known:
                yield self._say(group, "parent", f"there is no group {parent!r}")
            elif parent is not None and parent not in above:
                what = f"{parent!r} must stand before it; is there a circle?"
                yield self._say(group, "parent", what)
            above.add(group["id"])
            if "items" not in group and group["id"] not in parents:
                yield self._say(group, "items", "no items, and no group stands below it")

    def _principles(self) -> Iterator[str]:
        known = self._document.get("principles", {})
        for row in [*self._groups, *self._items]:
            for key in ("principles", "supports_principles"):
                for name in row.get(key, ()):
                    if name not in known:
                        yield self._say(row, key, f"there is no principle {name!r}")

    def _levels(self) -> Iterator[str]:
        highest = self._document.get("levels", 0)
        if self._document["model"] == "practice_groups":
            if not highest:
                yield self._say(self._document, "levels", "missing; this model has levels")
            if not self._document.get("views"):
                yield self._say(self._document, "views", "missing; this model needs one at least")
        for item in self._items:
            level = item.get("level")
            if level is None and highest:
                yield self._say(item, "level", f"missing; the framework has levels 1 to {highest}")
            elif level is not None and level > highest:
                what = f"{level} is out of range; the framework has "
                what += f"levels 1 to {highest}" if highest else "no `levels`"
                yield self._say(item, "level", what)

    def _views(self) -> Iterator[str]:
        views: list[Entry] = self._document.get("views", Rows())
        yield from self._twice(views, "view")
        areas = {group["id"] for group in self._groups if "items" in group}
        for view in views:
            listed = [(key, area) for key in view if key.startswith("from_") for area in view[key]]
            counted = Counter(area for _, area in listed)
            if not listed:
                yield self._say(view, "", "the view has no areas; add from_level_2")
            for key, area in listed:
                if area not in areas:
                    yield self._say(view, key, f"there is no area {area!r} with items")
                elif counted[area] > 1:
                    yield self._say(view, key, f"{area!r} is listed twice")
                if int(key[-1]) > self._document.get("levels", 0):
                    yield self._say(view, key, "out of range; see `levels`")
                    break

    def _counts(self) -> Iterator[str]:
        counts: Entry = self._document.get("counts", Entry(0))
        real = {
            "leaves": sum("items" in group for group in self._groups),
            "items": len(self._items),
            "scored": sum(item.get("kind") != "option" for item in self._items),
        }
        for key, expected in counts.items():
            if expected != real[key]:
                line = counts.lines[key]
                what = f"says {expected}, the file holds {real[key]}"
                yield sentence(self._name, line, "counts", key, what)
