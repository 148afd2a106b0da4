"""Numbers that are said in one edition, found in a catalog of another: leaves, points, practices.

Data about a framework are kept for one edition. A catalog that contains it, comes after it or has only
renumbered it is served by the same data.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from gapbench.catalog import compiled

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from gapbench.catalog.model import Catalog, Item

Finding: TypeAlias = Callable[[str], tuple[str, ...]]
"""From a number as the data say it to the numbers of a catalog; nothing where it has none."""

_EVERYWHERE = "GP "


def finding(catalog: Catalog, spoken: str) -> Finding | None:
    """How numbers of the edition `spoken` are found in a catalog; None when they are strangers.

    Of a leaf that lives on under its number that is the leaf; else it is where its points went. What is
    asked in every area ("GP 2.7") is one practice of each.
    """
    if spoken in (catalog.id, catalog.extends):
        return partial(_standing, catalog)
    if spoken == catalog.base:
        return partial(_heirs, catalog)
    former = renumbered().get((spoken, catalog.id))
    if former is not None:
        return lambda number: tuple(one for said in former.get(number, (number,)) for one in _standing(catalog, said))
    return None


def renumbered() -> Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]]:
    """(edition, the one before) -> practice -> what it was, for practices whose number is not the same."""
    rows = compiled.document(compiled.OVERLAP)["renumbered"]
    return {
        (row["edition"], row["former"]): {said: tuple(old) for said, old in row["practices"].items()} for row in rows
    }


def origins(catalog: Catalog, leaf: str) -> tuple[str, ...]:
    """Leaves of the edition before from which the points of a leaf grew, its own number first.

    New points say nothing of where a leaf comes from, unless there are no others: then the nearest count.
    """
    items = catalog.items_of.get(leaf, ())
    grown = [item for item in items if item.change != "new"] or list(items)
    found = dict.fromkeys(leaf_of(one) for item in grown for one in item.base)
    return tuple(sorted(found, key=lambda one: one != leaf))


def is_new(catalog: Catalog, leaf: str) -> bool:
    """Whether none of the points of a leaf was asked in the edition before."""
    return all(item.change == "new" for item in catalog.items_of.get(leaf, ()))


def leaf_of(point: str) -> str:
    """The leaf of a point, by its number: "8.4.1 a" stands in 8.4.1."""
    return point.partition(" ")[0]


def bare(practice: str, areas: Collection[str]) -> str:
    """What is asked in every area, without the area: "CM GP 2.7" is GP 2.7; "" for any other practice."""
    area, _, number = practice.partition(" ")
    return number if area in areas and number.startswith(_EVERYWHERE) else ""


def is_bare(number: str) -> bool:
    """Whether a number says what is asked in every area."""
    return number.startswith(_EVERYWHERE)


def in_every_area(catalog: Catalog, number: str) -> tuple[str, ...]:
    """The practices behind a bare number, one of each area, in reading order."""
    return tuple(name for area in catalog.areas if (name := f"{area.id} {number}") in catalog.item)


def _standing(catalog: Catalog, number: str) -> tuple[str, ...]:
    if number in catalog.item or number in catalog.items_of:
        return (number,)
    return in_every_area(catalog, number) if is_bare(number) else ()


def _heirs(catalog: Catalog, number: str) -> tuple[str, ...]:
    if " " in number:
        return tuple(item.id for item in catalog.items if number in _grown_from(item))
    if number in catalog.items_of:
        return (number,)
    return tuple(leaf.id for leaf in catalog.leaves if number in origins(catalog, leaf.id))


def _grown_from(item: Item) -> tuple[str, ...]:
    return () if item.change == "new" else item.base
