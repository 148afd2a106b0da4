"""Work poured into working days: nothing idles while something can be worked on.

On every working day each task that is free (all it needs is done, its first day has come) takes up to the
pace of the programme, in the order of the plan; so several run side by side when capacity allows. What
capacity is left then goes to the first of them, and so on. As no capacity is wasted, the end depends on the
work, the first days and the capacity alone: more capacity never delays it, and slack can be counted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING

from gapbench.planning.order import dependents, unlocked_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gapbench.planning.calendar import Calendar

TINY = 1e-7
"""Person-days that are none."""


@dataclass(frozen=True, slots=True)
class Task:
    """Work to be done.

    Attributes:
        days: Person-days.
        needs: Ids of tasks that must be done before; they stand before it in the order.
        release: Number of the first working day on which it may run.
    """

    id: str
    days: float
    needs: tuple[str, ...] = ()
    release: int = 0


@dataclass(slots=True)
class Run:
    """How a task runs: numbers of its first and last working day, and what it took on each day."""

    task: Task
    start: int = 0
    finish: int = 0
    spent: list[tuple[int, float]] = field(default_factory=list)


def pour(tasks: Sequence[Task], calendar: Calendar, pace: float) -> dict[str, Run]:
    """When every task runs.

    Args:
        tasks: In the order of the plan: every task after all it needs.
        calendar: Working days and what they give.
        pace: Person-days a working day that one task takes while others wait.
    """
    return _Pouring(tasks, calendar, pace).run()


class _Pouring:
    def __init__(self, tasks: Sequence[Task], calendar: Calendar, pace: float) -> None:
        self._calendar, self._pace = calendar, pace
        self._place = {task.id: place for place, task in enumerate(tasks)}
        needs = {task.id: task.needs for task in tasks}
        self._unlocks = unlocked_by(needs)
        self._waits = {name: sum(it in self._place for it in set(its)) for name, its in needs.items()}
        self._left = {task.id: task.days for task in tasks}
        self._runs = {task.id: Run(task) for task in tasks}
        self._today = 0

    def run(self) -> dict[str, Run]:
        free = [name for name, waits in self._waits.items() if not waits]
        while free:
            free = self._day(free)
            self._today += 1
        return self._runs

    def _day(self, free: list[str]) -> list[str]:
        """Spend one day's capacity; the tasks that are free afterwards, in order."""
        gives, limit = self._calendar.give(self._today), self._pace
        taken: dict[str, float] = {}
        while True:
            gives -= self._take(free, gives, limit, taken)
            ended = [name for name in free if self._left[name] <= TINY and self._is_released(name)]
            if ended:
                free, limit = self._after(free, ended), self._pace
            elif limit < inf and gives > TINY:
                limit = inf
            else:
                break
        for name, days in taken.items():
            self._note(name, days)
        return free

    def _take(self, free: list[str], gives: float, limit: float, taken: dict[str, float]) -> float:
        """Give what there is to the tasks in order, to each up to a limit for the day; what was given."""
        left = gives
        for name in free:
            days = min(self._left[name], left, limit - taken.get(name, 0.0))
            if days > 0 and self._is_released(name):
                taken[name] = taken.get(name, 0.0) + days
                self._left[name] -= days
                left -= days
        return gives - left

    def _is_released(self, name: str) -> bool:
        return self._runs[name].task.release <= self._today

    def _note(self, name: str, days: float) -> None:
        run = self._runs[name]
        if not run.spent:
            run.start = self._today
        run.spent.append((self._today, days))

    def _after(self, free: list[str], ended: list[str]) -> list[str]:
        fresh = [name for name in free if name not in ended]
        for name in ended:
            self._runs[name].finish = self._today
            if self._runs[name].task.days <= TINY:
                self._runs[name].start = self._today
            for later in self._unlocks[name]:
                self._waits[later] -= 1
                if not self._waits[later]:
                    fresh.append(later)
        return sorted(fresh, key=self._place.__getitem__)


def slack(runs: Mapping[str, Run], calendar: Calendar) -> dict[str, int]:
    """Working days by which the start of each task may slip before the last day of all does.

    A task that starts later takes all that needs it along, and everything else moves up: the end holds as
    long as what then comes late still fits before it.

    Args:
        runs: Every task in the order of the plan, as `pour` gives them.
        calendar: The same working days.
    """
    tasks = {name: run.task for name, run in runs.items()}
    later = dependents({name: task.needs for name, task in tasks.items()}, tasks)
    first: dict[str, int] = {}
    for name, task in tasks.items():
        first[name] = max(task.release, *(first.get(it, 0) for it in task.needs), 0)
    end = max((run.finish for run in runs.values()), default=0) + 1
    found: dict[str, int] = {}
    for name, run in runs.items():
        held = sum(tasks[it].days for it in {name, *later[name]})
        beside = [(first[it], task.days) for it, task in tasks.items() if it != name and it not in later[name]]
        found[name] = max(_latest_start(run.start, held, beside, calendar, end) - run.start, 0)
    return found


def _latest_start(start: int, held: float, beside: list[tuple[int, float]], calendar: Calendar, end: int) -> int:
    """The last working day on which some work may begin so that all is done before working day `end`.

    Args:
        start: When it begins now.
        held: Person-days that begin with it or after it.
        beside: First possible working day and person-days of each other task.
        calendar: What the days give.
        end: Number of the working day after the last.
    """
    for day in sorted({day for day, _ in beside if day >= start}):
        latest = calendar.latest(held + sum(days for first, days in beside if first >= day), end)
        if latest < day:
            return latest
    return min(calendar.latest(held, end), end - 1)
