"""What comes before what: prerequisites without circles, and all that hangs on something."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Any

from gapbench.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    Needs = Mapping[str, Collection[str]]


def in_order(needs: Needs, rank: Callable[[str], Any], what: str = "packages") -> tuple[str, ...]:
    """Every name after all it needs; among those that are free, the lowest rank first.

    Args:
        needs: Name -> names that come before it; those that are no name themselves are passed over.
        rank: Anything that sorts; the name itself breaks a tie.
        what: What the names are, for the sentence.

    Raises:
        UsageError: They need each other in a circle.
    """
    waits = {name: {it for it in its if it in needs} for name, its in needs.items()}
    unlocks = unlocked_by(needs)
    free = [(rank(name), name) for name, its in waits.items() if not its]
    heapify(free)
    found: list[str] = []
    while free:
        _, name = heappop(free)
        found.append(name)
        for later in unlocks[name]:
            waits[later].discard(name)
            if not waits[later]:
                heappush(free, (rank(later), later))
    if len(found) < len(needs):
        raise UsageError(_circle({name: its for name, its in waits.items() if its}, what))
    return tuple(found)


def unlocked_by(needs: Needs) -> dict[str, list[str]]:
    """Name -> names that need it directly."""
    unlocks: dict[str, list[str]] = {name: [] for name in needs}
    for name, its in needs.items():
        for earlier in dict.fromkeys(its):
            if earlier in unlocks:
                unlocks[earlier].append(name)
    return unlocks


def dependents(needs: Needs, order: Collection[str]) -> dict[str, frozenset[str]]:
    """Name -> all names that need it, directly or not.

    Args:
        needs: Name -> names that come before it.
        order: Every name after all it needs.
    """
    unlocks = unlocked_by(needs)
    found: dict[str, frozenset[str]] = {}
    for name in reversed(tuple(order)):
        found[name] = frozenset(unlocks[name]).union(*(found[later] for later in unlocks[name]))
    return found


def among(needs: Needs, chosen: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Prerequisites among some of the names, across those that are left out: a need of a need is a need.

    Args:
        needs: Name -> names that come before it, without circles.
        chosen: Names that are kept.
    """
    return {name: tuple(_nearest(needs, name, chosen)) for name in needs if name in chosen}


def _nearest(needs: Needs, name: str, chosen: Collection[str]) -> dict[str, None]:
    found: dict[str, None] = {}
    todo, seen = list(needs[name]), set()
    while todo:
        earlier = todo.pop(0)
        if earlier in seen or earlier not in needs:
            continue
        seen.add(earlier)
        if earlier in chosen:
            found[earlier] = None
        else:
            todo += needs[earlier]
    return found


def _circle(waits: Mapping[str, set[str]], what: str) -> str:
    """A sentence that walks once around the shortest way back to where it began."""
    name = min(waits)
    path: list[str] = []
    while name not in path:
        path.append(name)
        name = min(it for it in waits[name] if it in waits)
    ring = path[path.index(name) :]
    steps = ", ".join(f"{it} needs {after}" for it, after in zip(ring, [*ring[1:], ring[0]], strict=True))
    return f"The {what} wait for each other in a circle: {steps}; take one of these prerequisites away."
