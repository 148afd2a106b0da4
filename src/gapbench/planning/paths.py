"""Both at once, ISO first or CMMI first: the same work in three orders, and when each gate is reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gapbench.planning.calendar import Calendar
from gapbench.planning.filling import Task, pour
from gapbench.planning.gates import gates
from gapbench.planning.order import among
from gapbench.planning.schedule import PACE, containing, containment, ready, release
from gapbench.planning.values import TRACKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from gapbench.planning.values import Gate, PlannedPackage, Settings, Track

Order = Literal["together", "iso", "cmmi"]


@dataclass(frozen=True, slots=True)
class Path:
    """One order of the programme.

    Attributes:
        order: "together", or the track that comes first.
        finish: Last day of work on the packages.
        gates: Of both tracks.
    """

    order: Order
    finish: date
    gates: tuple[Gate, ...]


def paths(
    planned: Sequence[PlannedPackage], settings: Settings, *, today: date, targets: Mapping[Track, int]
) -> tuple[Path, ...]:
    """The programme with both tracks together, with ISO first and with CMMI first; one track has one order.

    One track first: every package does what that track needs, and the work that serves both; only then comes
    what the other track needs besides. Inside of a package the part of a track follows the weights of what it has open.

    Args:
        planned: In the order of work.
        settings: First day, capacity, holidays, deadlines.
        today: The programme does not begin before.
        targets: Track -> level aimed at.
    """
    calendar = Calendar(max(settings.begin or today, today), settings)
    orders: tuple[Order, ...] = ("together", *TRACKS) if len(targets) > 1 else ("together",)
    return tuple(_path(order, planned, settings, targets, calendar) for order in orders)


def _path(
    order: Order,
    planned: Sequence[PlannedPackage],
    settings: Settings,
    targets: Mapping[Track, int],
    calendar: Calendar,
) -> Path:
    todo = [it for it in planned if not it.done]
    runs = pour((*containing(todo), *_tasks(order, todo, calendar)), calendar, PACE[settings.size])
    last = {name: calendar.day(run.finish) for name, run in runs.items()}
    finishes: dict[Track, dict[str, date]] = {
        track: {it.id: last[_part(order, it, track)] for it in todo} for track in targets
    }
    reached = {
        track: ready(planned, finishes[track], {track: target}, calendar)[track] for track, target in targets.items()
    }
    return Path(order, max(last.values(), default=calendar.begin), gates(reached, settings, calendar))


def _part(order: Order, it: PlannedPackage, track: Track) -> str:
    """The task after which a track has all that it needs of a package."""
    if order == "together":
        return it.id
    return f"{it.id} 1" if track == order and _first_share(it, track) > 0 else f"{it.id} 2"


def _tasks(order: Order, planned: Sequence[PlannedPackage], calendar: Calendar) -> Iterator[Task]:
    days = {it.id: it.days - containment(it) for it in planned}
    start = {it.id: release(it, calendar) for it in planned}
    if order == "together":
        yield from (Task(it.id, days[it.id], it.needs, start[it.id]) for it in planned)
        return
    share = {it.id: _first_share(it, order) for it in planned}
    needs = {it.id: it.needs for it in planned}
    firsts = among(needs, [name for name in share if share[name] > 0])
    for name, its in firsts.items():
        yield Task(f"{name} 1", days[name] * share[name], tuple(f"{it} 1" for it in its), start[name])
    for it in planned:
        own = (f"{it.id} 1",) if it.id in firsts else ()
        before = (*own, *(f"{name} 2" for name in it.needs))
        yield Task(f"{it.id} 2", days[it.id] * (1 - share[it.id]), before, start[it.id])


def _first_share(it: PlannedPackage, track: Track) -> float:
    """Part of a package that is done when one track comes first: its own, and what serves both."""
    weights: dict[Track, float] = dict.fromkeys(TRACKS, 0.0)
    for each in it.open:
        weights[each.track] += each.weight
    own, total = weights[track], sum(weights.values())
    if not own:
        return 0.0
    if own == total:
        return 1.0
    return it.package.doubled + (1 - it.package.doubled) * own / total
