"""When every package runs, what waits for what, and what slips when one date slips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.planning.calendar import Calendar
from gapbench.planning.filling import Run, Task, pour, slack
from gapbench.planning.gates import Ready, gates
from gapbench.planning.order import in_order
from gapbench.planning.priority import HIGHEST
from gapbench.planning.values import Schedule, Settings, Size, Slip, Slot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from gapbench.planning.values import PlannedPackage, Track

PACE: Mapping[Size, float] = {"S": 0.5, "M": 1.0, "L": 2.0}
"""Person-days a working day that one package takes while others wait; own, from `iso9001.md` 7.4."""

CONTAINMENT = 0.5
"""Person-days to hold the effect of a package's majors down, out of the days of the package; own estimate."""

_CONTAIN = "contain "


def schedule(
    planned: Sequence[PlannedPackage],
    settings: Settings,
    *,
    today: date,
    targets: Mapping[Track, int],
    calendar: Calendar | None = None,
) -> Schedule:
    """When every package runs, in the order of the plan.

    Containment of majors comes first, without prerequisites; then packages by prerequisites, the mandatory
    band and P. `filling` says how capacity is spent.

    Args:
        planned: In the order of work.
        settings: First day, capacity, holidays, deadlines.
        today: The programme does not begin before.
        targets: Track -> highest level aimed at (0 for certification), for the tracks of this engagement.
        calendar: Working days from the first day on, when they are known already.

    Raises:
        UsageError: Capacity or holidays that cannot be, or prerequisites in a circle.
        RefusedError: The work does not end within twenty years.
    """
    days = calendar or Calendar(max(settings.begin or today, today), settings)
    todo = [it for it in planned if not it.done]
    runs = pour(tuple(_tasks(todo, days)), days, PACE[settings.size])
    finish = max((run.finish for run in runs.values()), default=None)
    slots = _slots(todo, runs, days)
    last = days.begin if finish is None else days.day(finish)
    return Schedule(
        begin=days.begin,
        finish=last,
        slots=slots,
        containment=tuple(_contained(runs.values(), days)),
        gates=gates(ready(planned, {name: slot.finish for name, slot in slots.items()}, targets, days), settings, days),
        loads=_loads(runs.values(), days),
        capacity=days.by_month(last),
    )


def containment(it: PlannedPackage) -> float:
    """Person-days that go at once into a package with a major finding; 0 without one."""
    has_major = any(each.track == "iso" and each.severity >= HIGHEST for each in it.open)
    return min(CONTAINMENT, it.days) if has_major else 0.0


def ready(
    planned: Iterable[PlannedPackage], finishes: Mapping[str, date], targets: Mapping[Track, int], calendar: Calendar
) -> dict[Track, Ready]:
    """Track -> when its packages are done.

    Args:
        planned: The plan.
        finishes: Package -> last day of work on what the track needs of it.
        targets: Track -> level aimed at.
        calendar: Says when the programme begins.
    """
    its = tuple(planned)
    found: dict[Track, Ready] = {}
    for track, target in targets.items():
        names = tuple(it.id for it in its if track in it.tracks and it.id in finishes)
        found[track] = Ready(max((finishes[name] for name in names), default=calendar.begin), names, target)
    return found


def slips(before: Schedule, after: Schedule) -> tuple[Slip, ...]:
    """Packages and gates whose last day moved, in order of the new day."""
    old = {**{it.package: it.finish for it in before.slots.values()}, **{it.id: it.finish for it in before.gates}}
    new = {**{it.package: it.finish for it in after.slots.values()}, **{it.id: it.finish for it in after.gates}}
    moved = (Slip(name, old[name], day) for name, day in new.items() if old.get(name, day) != day)
    return tuple(sorted(moved, key=lambda it: it.after))


def action_days(it: PlannedPackage, slot: Slot, calendar: Calendar) -> dict[str, tuple[date, date]]:
    """Action -> first and last day inside of its package: one after the other, each its part of the time.

    Days that somebody set stand. What is done has none.

    Raises:
        UsageError: Actions wait for each other in a circle.
    """
    todo = {action.id: action for action in it.actions if action.status not in ("done", "verified")}
    place = {name: number for number, name in enumerate(todo)}
    order = in_order({name: todo[name].needs for name in todo}, lambda name: place[name], "actions")
    first, whole = calendar.place(slot.start), calendar.between(slot.start, slot.finish) + 1
    weights = {name: todo[name].effort or 1.0 for name in order}
    total, spent = sum(weights.values()), 0.0
    found: dict[str, tuple[date, date]] = {}
    for name in order:
        start = calendar.day(first + int(spent / total * whole))
        spent += weights[name]
        finish = calendar.day(first + max(int(spent / total * whole - 1e-9), 0))
        found[name] = (todo[name].start or start, todo[name].due or max(start, finish))
    return found


# --- tasks and slots -------------------------------------------------------------------------------


def _tasks(planned: Sequence[PlannedPackage], calendar: Calendar) -> Iterator[Task]:
    yield from containing(planned)
    for it in planned:
        yield Task(it.id, it.days - containment(it), it.needs, release(it, calendar))


def containing(planned: Iterable[PlannedPackage]) -> Iterator[Task]:
    """What comes before all else."""
    return (Task(_CONTAIN + it.id, containment(it)) for it in planned if containment(it))


def release(it: PlannedPackage, calendar: Calendar) -> int:
    """Number of the first working day on which a package may run, as decided."""
    return 0 if it.decision.start is None else calendar.place(it.decision.start)


def _contained(runs: Iterable[Run], calendar: Calendar) -> Iterator[Slot]:
    for run in runs:
        if run.task.id.startswith(_CONTAIN):
            name = run.task.id.removeprefix(_CONTAIN)
            yield Slot(name, calendar.day(run.start), calendar.day(run.finish), run.task.days)


def _slots(planned: Sequence[PlannedPackage], runs: Mapping[str, Run], calendar: Calendar) -> dict[str, Slot]:
    leeway, after = slack(runs, calendar), _before(planned, runs)
    chain = _chain(planned, runs, after)
    found: list[Slot] = []
    for it in planned:
        run = runs[it.id]
        finish = calendar.day(run.finish)
        found.append(
            Slot(
                package=it.id,
                start=calendar.day(run.start),
                finish=finish,
                days=it.days,
                slack=leeway[it.id],
                late=0 if it.decision.due is None else calendar.between(it.decision.due, finish),
                after=after[it.id],
                critical=it.id in chain,
            )
        )
    return {slot.package: slot for slot in sorted(found, key=lambda it: (it.start, it.finish))}


def _before(planned: Sequence[PlannedPackage], runs: Mapping[str, Run]) -> dict[str, str]:
    """Package -> the one that ended last before it began; of several a prerequisite, then the one ranked last."""
    found: dict[str, str] = {}
    for place, it in enumerate(planned):
        run = runs[it.id]
        ended = [
            (runs[each.id].finish, each.id in it.needs, number, each.id)
            for number, each in enumerate(planned)
            if runs[each.id].finish <= run.start and (number < place or each.id in it.needs)
        ]
        waited = run.start > run.task.release or not run.task.release
        found[it.id] = max(ended)[-1] if ended and waited else ""
    return found


def _chain(planned: Sequence[PlannedPackage], runs: Mapping[str, Run], after: Mapping[str, str]) -> frozenset[str]:
    """From the package that ends last back to one that waited for none."""
    last = max(planned, key=lambda it: (runs[it.id].finish, runs[it.id].start), default=None)
    found: list[str] = []
    name = last.id if last is not None else ""
    while name:
        found.append(name)
        name = after[name]
    return frozenset(found)


def _loads(runs: Iterable[Run], calendar: Calendar) -> dict[str, float]:
    spent: dict[str, float] = {}
    for run in runs:
        for place, days in run.spent:
            month = calendar.months[place]
            spent[month] = spent.get(month, 0.0) + days
    return dict(sorted(spent.items()))
