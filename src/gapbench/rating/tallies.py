"""Sums of conformity points: of a leaf, of a clause from its children, of a principle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from gapbench.rating.results import ItemResult, Tally
from gapbench.rating.scales import CONFORMITY, codes

if TYPE_CHECKING:
    from gapbench.catalog.model import Catalog

COUNTED = ("conforming", "partial", "not_conforming")
"""Values in the denominator, best first."""

OUT = ("na", "condition_not_met")
"""Values that take a point out of the denominator."""

UNRATED = ""

_STATES = (*codes(CONFORMITY), UNRATED)

Points = Mapping[str, ItemResult]


def tally_of(counts: Mapping[str, int]) -> Tally:
    """The sums that follow from how many points have which value."""
    scored = sum(counts.values())
    return Tally(
        scored=scored,
        rated=scored - counts[UNRATED],
        counted=sum(counts[code] for code in COUNTED),
        halves=2 * counts["conforming"] + counts["partial"],
        counts=counts,
    )


NOTHING = tally_of(dict.fromkeys(_STATES, 0))


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum of some tallies."""
    counts = dict.fromkeys(_STATES, 0)
    for tally in tallies:
        for code, number in tally.counts.items():
            counts[code] += number
    return tally_of(counts)


def moved(tally: Tally, moves: Iterable[tuple[ItemResult | None, ItemResult]]) -> Tally:
    """A tally after some points went from one result to another (or came in)."""
    counts = dict(tally.counts)
    for old, new in moves:
        if old is not None:
            counts[old.value] -= 1
        counts[new.value] += 1
    return tally_of(counts)


def of_points(catalog: Catalog, points: Points) -> Tally:
    """The tally of the scored points among some results."""
    scored = (point for name, point in points.items() if catalog.item[name].scored)
    return moved(NOTHING, ((None, point) for point in scored))


def worst(counts: Mapping[str, int]) -> str:
    """The worst value that is counted; "" while nothing is."""
    return next((code for code in reversed(COUNTED) if counts[code]), UNRATED)


def by_principle(
    catalog: Catalog,
    before: Mapping[str, Tally],
    old: Mapping[str, Points],
    new: Mapping[str, Points],
) -> dict[str, Tally]:
    """Principle -> tally over the points that serve it.

    Args:
        catalog: Says which point serves which principle.
        before: Tallies so far; those of principles not concerned are kept.
        old: Leaf -> results that `before` counted there.
        new: Leaf -> results to count instead.
    """
    moves: dict[str, list[tuple[ItemResult | None, ItemResult]]] = {}
    for leaf, points in new.items():
        known = old.get(leaf, {})
        for item in catalog.items_of[leaf]:
            for principle in item.principles if item.scored else ():
                moves.setdefault(principle, []).append((known.get(item.id), points[item.id]))
    start = dict.fromkeys(catalog.principles, NOTHING) | dict(before)
    concerned = {name: moved(start.get(name, NOTHING), its) for name, its in moves.items()}
    return start | concerned
