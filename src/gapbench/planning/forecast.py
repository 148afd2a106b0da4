"""Readiness by month: what the rules will say as the packages of the schedule get done, one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from gapbench.planning.future import Contents, Future, contents, standing
from gapbench.planning.months import month_end
from gapbench.planning.values import Moment
from gapbench.rating.results import ConformityResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from gapbench.planning.requirements import Part
    from gapbench.planning.values import PlannedPackage, Schedule, Standing
    from gapbench.rating.results import ItemResult, Result

    Done = frozenset[str]
    Step = tuple[date, tuple[str, ...]]
    """A day, and the packages that are done by its end."""


class Forecaster:
    """Forecasts that remember the one before: after one answer only the steps that it changes are run again.

    What it says never depends on what it remembers.
    """

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}

    def by_month(
        self,
        parts: Sequence[Part],
        planned: Sequence[PlannedPackage],
        schedule: Schedule,
        *,
        unrated_is_met: bool = False,
    ) -> tuple[Moment, ...]:
        """Percent, verdict and level at each month end, until the last package is done."""
        return self._moments(parts, planned, tuple(_month_ends(planned, schedule)), unrated_is_met)

    def by_package(
        self,
        parts: Sequence[Part],
        planned: Sequence[PlannedPackage],
        schedule: Schedule,
        *,
        unrated_is_met: bool = False,
    ) -> tuple[Moment, ...]:
        """The same on the first day, before anything is done, and after each day on which a package ends."""
        return self._moments(parts, planned, ((schedule.begin, ()), *_ends(planned, schedule)), unrated_is_met)

    def _moments(
        self, parts: Sequence[Part], planned: Sequence[PlannedPackage], steps: Sequence[Step], unrated_is_met: bool
    ) -> tuple[Moment, ...]:
        inside = contents(parts, planned)
        said: dict[str, list[Standing]] = {}
        for case, result in parts:
            name = result.catalog
            line = _Line(Future(case, result, unrated_is_met=unrated_is_met), inside, self._known.get(name))
            said[name] = [line.after(frozenset(done)) for _, done in steps]
            self._known[name] = line.known
        return tuple(
            Moment(day, done, {name: its[place] for name, its in said.items()})
            for place, (day, done) in enumerate(steps)
        )


def by_month(
    parts: Sequence[Part], planned: Sequence[PlannedPackage], schedule: Schedule, *, unrated_is_met: bool = False
) -> tuple[Moment, ...]:
    """Percent, verdict and level at each month end, until the last package is done.

    A package that somebody called done counts from the first day on.

    Args:
        parts: Case and result of each framework.
        planned: The plan.
        schedule: When its packages run.
        unrated_is_met: Take what nobody has rated for met, to look beyond a session that is still going on.
    """
    return Forecaster().by_month(parts, planned, schedule, unrated_is_met=unrated_is_met)


def by_package(
    parts: Sequence[Part], planned: Sequence[PlannedPackage], schedule: Schedule, *, unrated_is_met: bool = False
) -> tuple[Moment, ...]:
    """The same on the first day, before anything is done, and after each day on which a package ends."""
    return Forecaster().by_package(parts, planned, schedule, unrated_is_met=unrated_is_met)


# --- the days that are looked at -------------------------------------------------------------------


def _ends(planned: Sequence[PlannedPackage], schedule: Schedule) -> Iterator[Step]:
    """Each day on which packages end, with all that are done by then."""
    days: dict[date, list[str]] = {}
    for it in planned:
        slot = schedule.slots.get(it.id)
        days.setdefault(schedule.begin if slot is None else slot.finish, []).append(it.id)
    done: tuple[str, ...] = ()
    for day in sorted(days):
        done = (*done, *days[day])
        yield day, done


def _month_ends(planned: Sequence[PlannedPackage], schedule: Schedule) -> Iterator[Step]:
    ends = list(_ends(planned, schedule))
    day = month_end(schedule.begin)
    while True:
        done = [names for end, names in ends if end <= day]
        yield day, done[-1] if done else ()
        if day >= schedule.finish:
            return
        day = month_end(day + timedelta(days=1))


# --- one framework ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Known:
    """One framework as it was forecast.

    Attributes:
        future: As it was before any package, for what its items said.
        owner: Open item -> the package that closes it.
        results: (packages done, findings ended) -> what the rules said.
    """

    future: Future
    owner: Mapping[str, str]
    results: dict[tuple[Done, Done], Result] = field(default_factory=dict)

    def says(self, item: str, done: Done) -> tuple[str, ...]:
        """What the units say of an item once some packages are done."""
        units = self.future.start_units(item)
        return self.future.closed(units) if self.owner.get(item) in done else tuple(units.values())


class _Line:
    """One framework along the steps of a forecast."""

    def __init__(self, future: Future, inside: Contents, before: _Known | None) -> None:
        self._catalog = future.result.catalog
        self._inside, self._future = inside, future
        self._items = inside.items.get(self._catalog, {})
        self._closed: set[str] = set()
        self.known = _Known(future, {item: name for name, its in self._items.items() for item in its})
        self._before = before if before is not None and future.is_like(before.future) else None
        self._differs = self._differences()

    def after(self, done: Done) -> Standing:
        """What the rules say once some packages are done; every step holds the one before."""
        key = (frozenset(done & self._items.keys()), self._inside.ended(done))
        result = self.known.results.get(key)
        if result is None:
            result = self.known.results[key] = self._result(key)
        return standing(self._future.case, result, self._inside.left(self._catalog, done))

    def _result(self, key: tuple[Done, Done]) -> Result:
        """As remembered, when no item that differs shows through; else the rules run, from there or from here."""
        before = self._before
        near = before.results.get(key) if before is not None else None
        if before is not None and near is not None and self._shows_nothing(before, key[0]):
            return near
        new = key[0] - self._closed
        self._closed |= new
        items = [item for name in sorted(new) for item in self._items[name]]
        self._future.close(items, key[1], None if near is None else (near, self._differs))
        return self._future.result

    def _shows_nothing(self, before: _Known, done: Done) -> bool:
        return all(before.says(item, done) == self.known.says(item, done) for item in self._differs)

    def _differences(self) -> frozenset[str]:
        """Items that say something else than before, or that another package closes."""
        before = self._before
        if before is None:
            return frozenset()
        moved = {item for item, name in self.known.owner.items() ^ before.owner.items()}
        return frozenset(moved) | _changed(before.future.start, self._future.start)


def _changed(before: Result, now: Result) -> frozenset[str]:
    """Items of which the units say something else; what was not rated again is the same object."""
    pairs: Iterable[tuple[Mapping[str, ItemResult], Mapping[str, ItemResult]]]
    if isinstance(now, ConformityResult) and isinstance(before, ConformityResult):
        pairs = ((before.leaves[name].points, leaf.points) for name, leaf in now.leaves.items())
    elif not isinstance(now, ConformityResult) and not isinstance(before, ConformityResult):
        pairs = ((old.practices, new.practices) for old, new in zip(before.areas, now.areas, strict=True))
    else:
        return frozenset()
    return frozenset(
        name
        for old, new in pairs
        if old is not new
        for name, item in new.items()
        if old[name] is not item and old[name].units != item.units
    )
