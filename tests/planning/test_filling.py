"""How work fills working days: rules by example, then what holds for every plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapbench.planning.calendar import Calendar
from gapbench.planning.filling import Run, Task, pour, slack
from tests.planning.ground import TODAY, settings

if TYPE_CHECKING:
    from collections.abc import Mapping

EVERY_DAY = 21.0
"""Person-days of November 2026 that make one each working day."""


def _pour(*tasks: Task, capacity: float = EVERY_DAY, pace: float = 1.0) -> dict[str, tuple[int, int]]:
    calendar = Calendar(TODAY, settings(capacity=capacity))
    return {name: (run.start, run.finish) for name, run in pour(tasks, calendar, pace).items()}


def test_one_after_the_other_when_capacity_is_at_the_pace() -> None:
    assert _pour(Task("A", 2), Task("B", 3)) == {"A": (0, 1), "B": (2, 4)}


def test_side_by_side_when_there_is_more() -> None:
    assert _pour(Task("A", 2), Task("B", 2), capacity=2 * EVERY_DAY) == {"A": (0, 1), "B": (0, 1)}


def test_what_is_left_goes_to_the_first_when_nothing_else_is_free() -> None:
    assert _pour(Task("A", 4), Task("B", 2, ("A",)), capacity=2 * EVERY_DAY) == {"A": (0, 1), "B": (2, 2)}


def test_a_later_one_moves_up_while_an_earlier_one_waits() -> None:
    assert _pour(Task("A", 2, release=2), Task("B", 2)) == {"A": (2, 3), "B": (0, 1)}


def test_the_rest_of_a_day_goes_to_what_has_become_free() -> None:
    assert _pour(Task("A", 0.5), Task("B", 0.5, ("A",))) == {"A": (0, 0), "B": (0, 0)}


def test_work_of_no_days_ends_when_it_is_free() -> None:
    assert _pour(Task("A", 2), Task("B", 0, ("A",)), Task("C", 1, ("B",))) == {"A": (0, 1), "B": (1, 1), "C": (2, 2)}


# --- what holds for every plan ---------------------------------------------------------------------

DAYS = st.integers(0, 40).map(lambda quarters: quarters / 4)


@st.composite
def task_lists(draw: st.DrawFn) -> tuple[Task, ...]:
    """Up to seven tasks, each needing some of those before it."""
    tasks: list[Task] = []
    for number in range(draw(st.integers(1, 7))):
        needs = draw(st.sets(st.sampled_from([task.id for task in tasks]))) if tasks else set()
        release = draw(st.sampled_from([0, 0, 0, 3, 9]))
        tasks.append(Task(f"T{number}", draw(DAYS), tuple(sorted(needs)), release))
    return tuple(tasks)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    first = draw(st.integers(0, 30))
    free = (TODAY + timedelta(days=first), TODAY + timedelta(days=first + draw(st.integers(0, 20))))
    months = draw(st.dictionaries(st.sampled_from(["2026-11", "2026-12", "2027-01"]), st.integers(0, 80).map(float)))
    said = settings(capacity=draw(st.sampled_from([5.0, 20.0, 50.0])), capacities=months, holidays=(free,))
    return Calendar(TODAY, said)


def _end(runs: Mapping[str, Run]) -> int:
    return max(run.finish for run in runs.values())


@hypothesis.settings(deadline=None, max_examples=100)
@given(tasks=task_lists(), calendar=calendars(), pace=st.sampled_from([0.25, 1.0, 3.0]))
def test_prerequisites_capacity_and_days_hold(tasks: tuple[Task, ...], calendar: Calendar, pace: float) -> None:
    runs = pour(tasks, calendar, pace)
    for task in tasks:
        run = runs[task.id]
        assert run.start >= task.release
        assert all(runs[name].finish <= run.start for name in task.needs)
        assert sum(days for _, days in run.spent) == pytest.approx(task.days)
    for place in range(_end(runs) + 1):
        assert (
            sum(days for run in runs.values() for at, days in run.spent if at == place) <= calendar.give(place) + 1e-6
        )


@hypothesis.settings(deadline=None, max_examples=100)
@given(tasks=task_lists(), calendar=calendars(), more=st.floats(1, 5), pace=st.sampled_from([0.25, 1.0, 3.0]))
def test_more_capacity_never_delays_the_end(
    tasks: tuple[Task, ...], calendar: Calendar, more: float, pace: float
) -> None:
    old = calendar._settings
    raised = {month: days * more for month, days in old.capacities.items()}
    larger = Calendar(TODAY, replace(old, capacity=old.capacity * more, capacities=raised))
    assert _end(pour(tasks, larger, pace)) <= _end(pour(tasks, calendar, pace))


@hypothesis.settings(deadline=None, max_examples=100)
@given(tasks=task_lists(), calendar=calendars())
def test_slack_is_what_the_start_may_slip(tasks: tuple[Task, ...], calendar: Calendar) -> None:
    runs = pour(tasks, calendar, 1.0)
    end = _end(runs)
    for name, days in slack(runs, calendar).items():
        latest = runs[name].start + days
        assert _end(_with_release(tasks, name, latest, calendar)) <= end
        if runs[name].task.days > 0:
            assert _end(_with_release(tasks, name, latest + 1, calendar)) > end


def _with_release(tasks: tuple[Task, ...], name: str, release: int, calendar: Calendar) -> dict[str, Run]:
    later = tuple(replace(task, release=max(release, task.release)) if task.id == name else task for task in tasks)
    return pour(later, calendar, 1.0)
