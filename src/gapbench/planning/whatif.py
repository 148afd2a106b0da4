"""We have so many person-days: which packages give most? Exact, with every prerequisite inside of the choice.

What counts, in this order: targets reached (nothing left that stands before the certificate or the target
level), steps on the way (lower levels, no minor left), points closed, fewest days. The points of a package are
severity times gate factor, summed over what it has open.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from gapbench.planning.order import in_order
from gapbench.planning.priority import GATES, MINOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gapbench.planning.values import PlannedPackage, Requirement

UNIT = 100
"""Days are counted in hundredths, rounded up: a choice never costs more than the budget."""

_TARGET, _STEP = 1000, 1


@dataclass(frozen=True, slots=True)
class Goal:
    """Something that is reached once some packages are done.

    Attributes:
        catalog: Of which framework.
        level: The level that is reached; 0 for certification.
        title: In words: "level 2", "no major left", "no nonconformity left".
        packages: Those that hold what stands in its way.
        target: Whether it is what the client aims at; else it is a step on the way.
    """

    catalog: str
    level: int
    title: str
    packages: frozenset[str]
    target: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """The packages that give most.

    Attributes:
        packages: Ids in the order of work.
        days: Person-days that they take.
        points: Points that they close.
        goals: What is reached with them.
    """

    packages: tuple[str, ...]
    days: float
    points: float
    goals: tuple[Goal, ...]


def points_of(it: PlannedPackage) -> float:
    """What is closed by a package: severity times gate factor of everything open."""
    return sum(each.severity * GATES[each.gate] for each in it.open)


def goals_of(planned: Iterable[PlannedPackage]) -> tuple[Goal, ...]:
    """What can be reached in each framework: its target, and the steps on the way."""
    holders: dict[str, list[tuple[str, Requirement]]] = {}
    for it in planned:
        for each in () if it.done else it.open:
            if each.gate != "above":
                holders.setdefault(each.ref[0], []).append((it.id, each))
    return tuple(goal for catalog, its in holders.items() for goal in _goals(catalog, its))


def _goals(catalog: str, holders: Sequence[tuple[str, Requirement]]) -> Iterator[Goal]:
    blocking = [(name, it) for name, it in holders if it.gate == "blocks"]
    if holders[0][1].track == "iso":
        if blocking:
            yield Goal(catalog, 0, "no major left", frozenset(name for name, _ in blocking), target=True)
        weak = frozenset(name for name, it in holders if it.severity >= MINOR)
        if weak:
            yield Goal(catalog, 0, "no nonconformity left", weak, target=not blocking)
        return
    levels = sorted({it.level for _, it in blocking})
    for level in levels:
        names = frozenset(name for name, it in blocking if it.level <= level)
        yield Goal(catalog, level, f"level {level}", names, target=level == levels[-1])


def best(planned: Sequence[PlannedPackage], budget: float) -> Choice:
    """The packages that give most for a number of person-days, each with all that it needs.

    Args:
        planned: In the order of work; packages that are done cost nothing and are not chosen.
        budget: Person-days that there are.
    """
    todo = {it.id: it for it in planned if not it.done}
    goals = goals_of(planned)
    chosen = frozenset(_Search(todo, goals, budget).run())
    return Choice(
        packages=tuple(name for name in todo if name in chosen),
        days=sum(todo[name].days for name in chosen),
        points=sum(points_of(todo[name]) for name in chosen),
        goals=tuple(goal for goal in goals if goal.packages <= chosen),
    )


def worth(goals: Iterable[Goal], points: float, days: int) -> tuple[int, float, int]:
    """What a choice is compared by, the more the better: goals reached, points, days not spent."""
    return sum(_TARGET if goal.target else _STEP for goal in goals), points, -days


def cost(it: PlannedPackage) -> int:
    """Days of a package in hundredths, rounded up."""
    return ceil(round(it.days * UNIT, 6))


class _Search:
    """Choices package by package in the order of prerequisites.

    Choices that leave the same packages possible and the same goals within reach are compared with each
    other, and only those that nobody beats in both days and points go on.
    """

    def __init__(self, todo: Mapping[str, PlannedPackage], goals: Sequence[Goal], budget: float) -> None:
        self._budget = int(round(max(budget, 0.0) * UNIT, 6))
        self._goals = goals
        needs = {name: tuple(it for it in package.needs if it in todo) for name, package in todo.items()}
        place = {name: number for number, name in enumerate(todo)}
        self._names = in_order(needs, lambda name: place[name])
        bit = {name: 1 << number for number, name in enumerate(self._names)}
        self._costs = [cost(todo[name]) for name in self._names]
        self._points = [points_of(todo[name]) for name in self._names]
        self._needs = [sum(bit[it] for it in needs[name]) for name in self._names]
        self._goal_bits = [sum(bit.get(it, 0) for it in goal.packages) for goal in goals]

    def run(self) -> Iterator[str]:
        """Names of the best choice."""
        # (packages that are ruled out, goals out of reach) -> choices (days, points, packages), by days
        fronts: dict[tuple[int, int], list[tuple[int, float, int]]] = {(0, 0): [(0, 0.0, 0)]}
        for place in range(len(self._names)):
            fronts = self._with(place, fronts)
        _, chosen = max(
            (self._worth(days, points, chosen), chosen) for its in fronts.values() for days, points, chosen in its
        )
        return (name for place, name in enumerate(self._names) if chosen >> place & 1)

    def _worth(self, days: int, points: float, chosen: int) -> tuple[int, float, int]:
        reached = (goal for goal, bits in zip(self._goals, self._goal_bits, strict=True) if not bits & ~chosen)
        return worth(reached, points, days)

    def _with(
        self, place: int, fronts: Mapping[tuple[int, int], list[tuple[int, float, int]]]
    ) -> dict[tuple[int, int], list[tuple[int, float, int]]]:
        bit, days, points = 1 << place, self._costs[place], self._points[place]
        found: dict[tuple[int, int], list[list[tuple[int, float, int]]]] = {}
        for (out, lost), choices in fronts.items():
            if not out & bit:
                taken = [(d + days, p + points, c | bit) for d, p, c in choices if d + days <= self._budget]
                if taken:
                    found.setdefault((out, lost), []).append(taken)
            found.setdefault(self._without(place, out | bit, lost), []).append(choices)
        return {key: _front(lists) for key, lists in found.items()}

    def _without(self, place: int, out: int, lost: int) -> tuple[int, int]:
        """The state once a package is left out: what needs it is ruled out too, and goals are lost."""
        for later in range(place + 1, len(self._names)):
            if self._needs[later] & out:
                out |= 1 << later
        for number, bits in enumerate(self._goal_bits):
            if bits & out:
                lost |= 1 << number
        return out >> (place + 1) << (place + 1), lost


def _front(lists: Sequence[list[tuple[int, float, int]]]) -> list[tuple[int, float, int]]:
    """Of some lists of choices those that no other beats in both days and points, by days."""
    if len(lists) == 1:
        return lists[0]
    found: list[tuple[int, float, int]] = []
    most = -1.0
    for choice in sorted((it for its in lists for it in its), key=lambda it: (it[0], -it[1])):
        if choice[1] > most:
            found.append(choice)
            most = choice[1]
    return found
