"""Finding an item or a group by what people type: "8.4.1a", "cm 2.1", "4.1 para 2", words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gapbench.catalog.model import Catalog, Group, Item

Spoken: TypeAlias = tuple[str, ...]
_Row = TypeVar("_Row", "Item", "Group")

_LONGEST = 80
_PART = re.compile(r"[0-9]+(?:\.[0-9]+)*|[a-z]+")
_SAID_FOR_PARAGRAPH = frozenset({"s", "p", "par", "para", "paragraph"})
_SPECIFIC = "sp"
_SAID_BEFORE = frozenset({"clause", "item", "point", "practice", "area", "iso"})


def spoken(number: str) -> Spoken:
    """The parts of a number as people say them, whatever stands between: "8.4.1 a" -> 8.4.1, a."""
    return tuple(_PART.findall(number.casefold()))


class Finder:
    """Finds in several catalogs; make one where many numbers are looked up in a row."""

    def __init__(self, catalogs: Sequence[Catalog]) -> None:
        self._catalogs = catalogs
        self._items = [_by_spoken(catalog.items) for catalog in catalogs]
        self._shorts: dict[int, dict[str, list[Item]]] = {}
        self._groups = [_by_spoken(catalog.groups) for catalog in catalogs]

    def item(self, text: str) -> list[tuple[Catalog, Item]]:
        """Items that may be meant; the number of a clause with a single point means that point."""
        places, number = self._places(text)
        for said in _ways(number):
            if found := [
                (self._catalogs[place], item) for place in places for item in self._items[place].get(said, ())
            ]:
                return found
        if found := self._unsaid(places, number):
            return found
        return [
            (catalog, catalog.items_of[group.id][0])
            for catalog, group in self.group(text)
            if len(catalog.items_of.get(group.id, ())) == 1
        ]

    def _unsaid(self, places: Iterable[int], number: str) -> list[tuple[Catalog, Item]]:
        """Numbers such as "CM SP 1.1" typed as "CM 1.1" or "cmsp1.1", where only one of a catalog can be meant."""
        found = []
        for place in places:
            near = {item.id: item for said in _ways(number) for item in self._short(place).get("".join(said), ())}
            if len(near) == 1:
                found += [(self._catalogs[place], item) for item in near.values()]
        return found

    def _short(self, place: int) -> dict[str, list[Item]]:
        """Items of a catalog by number without spaces, and without the mark of a specific practice."""
        if place not in self._shorts:
            found = self._shorts[place] = {}
            for said, items in self._items[place].items():
                for way in {"".join(said), "".join(part for part in said if part != _SPECIFIC)}:
                    found.setdefault(way, []).extend(items)
        return self._shorts[place]

    def group(self, text: str) -> list[tuple[Catalog, Group]]:
        """Clauses or practice areas that may be meant."""
        places, number = self._places(text)
        for said in _ways(number):
            if found := [
                (self._catalogs[place], group) for place in places for group in self._groups[place].get(said, ())
            ]:
                return found
        return []

    def _places(self, text: str) -> tuple[list[int], str]:
        """Which catalogs are meant by a "CATALOG:" in front, and the rest."""
        everywhere = list(range(len(self._catalogs)))
        name, colon, number = text.strip()[:_LONGEST].partition(":")
        if not colon:
            return everywhere, name
        wanted = name.strip().casefold()
        exact = [place for place in everywhere if self._catalogs[place].id.casefold() == wanted]
        return exact or [
            place for place in everywhere if self._catalogs[place].id.casefold().startswith(wanted)
        ], number


def find_item(catalogs: Sequence[Catalog], text: str) -> list[tuple[Catalog, Item]]:
    """Items of these catalogs that `text` may mean, "iso9001-2015:8.4.1 a" or "CM2.1"."""
    return Finder(catalogs).item(text)


def find_group(catalogs: Sequence[Catalog], text: str) -> list[tuple[Catalog, Group]]:
    """Clauses or practice areas of these catalogs that `text` may mean, "8.4" or "cm"."""
    return Finder(catalogs).group(text)


def search(catalog: Catalog, words: str) -> list[str]:
    """Ids of the items that hold every word in number, title, question or look-for, in order."""
    wanted = words.casefold().split()
    if not wanted:
        return []
    return [item.id for item in catalog.items if _holds(item, wanted)]


def _holds(item: Item, wanted: Iterable[str]) -> bool:
    text = f"{item.id}\n{item.title}\n{item.text}\n{item.look_for}".casefold()
    return all(word in text for word in wanted)


def _ways(number: str) -> Iterable[Spoken]:
    """What may be meant: as typed, then without the words people put in for "§" or before."""
    said = spoken(number.casefold().partition("(amd")[0])  # "4.1 §2 (Amd 1)" is 4.1 §2
    if not said or len(number) >= _LONGEST:
        return
    yield said
    bare = tuple(part for part in said if part not in _SAID_BEFORE)
    if bare != said:
        yield bare
    numbers = tuple(part for part in bare if part not in _SAID_FOR_PARAGRAPH)
    if numbers != bare:
        yield numbers


def _by_spoken(rows: Iterable[_Row]) -> dict[Spoken, list[_Row]]:
    found: dict[Spoken, list[_Row]] = {}
    for row in rows:
        found.setdefault(spoken(row.id), []).append(row)
    return found
