"""Slots, containment, lateness, the critical chain, what slips, days of actions, and plans that cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gapbench.errors import RefusedError, UsageError
from gapbench.planning.calendar import Calendar
from gapbench.planning.plan import plan
from gapbench.planning.schedule import action_days, schedule, slips
from gapbench.planning.values import Action, Decision, PlannedPackage, Schedule, Settings
from tests.planning.ground import TODAY, TRACKS, clause, everything_open, planned, settings, twenty_five

EVEN = settings(capacity=21.0, capacities={"2026-12": 23.0})
"""One person-day on each working day of November and December 2026."""


def _schedule(*its: PlannedPackage, said: Settings = EVEN, **more: object) -> Schedule:
    return schedule(its, said, today=TODAY, targets=TRACKS, **more)  # type: ignore[arg-type]


def test_packages_follow_each_other() -> None:
    found = _schedule(planned("A", days=3), planned("B", "A", days=2))
    slots = [(it.package, it.start.day, it.finish.day, it.after) for it in found.slots.values()]
    assert slots == [("A", 23, 25, ""), ("B", 26, 27, "A")]
    assert found.critical == ("A", "B")
    assert (found.begin, found.finish) == (TODAY, date(2026, 11, 27))
    assert found.loads == {"2026-11": pytest.approx(5)}
    assert found.capacity == {"2026-11": pytest.approx(6)}


def test_nothing_to_do_ends_on_the_first_day() -> None:
    found = _schedule()
    assert (dict(found.slots), found.finish, found.critical) == ({}, TODAY, ())
    assert found.gate["iso.documented"].finish == TODAY


def test_work_does_not_begin_before_today() -> None:
    assert _schedule(planned("A"), said=replace(EVEN, begin=date(2026, 1, 1))).begin == TODAY


def test_majors_are_contained_before_all_else() -> None:
    found = _schedule(
        planned("A", days=3),
        planned("B", "A", days=2, open_=[clause("9.2", 5, "blocks"), clause("9.3", 5, "blocks")]),
    )
    assert [(it.package, it.start, it.days) for it in found.containment] == [("B", TODAY, 0.5)]
    assert found.slots["B"].days == 2
    assert sum(found.loads.values()) == pytest.approx(5)


def test_a_package_that_is_done_holds_nothing_up() -> None:
    done = planned("A", days=0.0, decision=Decision("A", status="done"))
    found = _schedule(done, planned("B", "A", days=1))
    assert list(found.slots) == ["B"]
    assert found.slots["B"].start == TODAY


def test_late_in_working_days() -> None:
    due = Decision("A", due=date(2026, 11, 27))
    found = _schedule(planned("A", days=7, decision=due))
    assert (found.slots["A"].finish, found.slots["A"].late) == (date(2026, 12, 1), 2)


def test_what_slips_when_one_date_slips() -> None:
    its = [planned("A", days=2), planned("B", "A", days=2), planned("C", days=1)]
    before = _schedule(*its)
    its[0] = planned("A", days=2, decision=Decision("A", start=date(2026, 11, 30)))
    found = {it.id: it.days for it in slips(before, _schedule(*its))}
    assert {name: days for name, days in found.items() if len(name) == 1} == {"A": 7, "B": 7, "C": -4}
    assert found["iso.documented"] == 6  # the last of the three ended on Friday


def test_actions_share_the_days_of_their_package() -> None:
    calendar = Calendar(TODAY, EVEN)
    its = (
        Action("1", "A", "First", effort=1.0),
        Action("2", "A", "Done", status="done"),
        Action("3", "A", "Before it", effort=3.0),
        Action("4", "A", "Fixed", due=date(2026, 12, 24), needs=("3",)),
    )
    it = planned("A", days=5, actions=(replace(its[0], needs=("3",)), *its[1:]))
    found = action_days(it, _schedule(it).slots["A"], calendar)
    assert {name: (first.day, last.day) for name, (first, last) in found.items()} == {
        "3": (23, 25), "1": (26, 26), "4": (27, 24),
    }  # fmt: skip
    ring = replace(it, actions=(replace(its[0], needs=("3",)), replace(its[2], needs=("1",))))
    with pytest.raises(UsageError, match="The actions wait for each other in a circle: 1 needs 3, 3 needs 1;"):
        action_days(ring, _schedule(ring).slots["A"], calendar)


def test_a_plan_that_never_ends_is_refused() -> None:
    with pytest.raises(RefusedError) as problem:
        _schedule(planned("A"), said=settings(capacity=0.0))
    assert str(problem.value) == (
        "The plan does not end within 20 years; give it more person-days a month, fewer holidays, or less work."
    )


def test_the_25_packages() -> None:
    said = settings(capacity=40.0, holidays=((date(2026, 12, 24), date(2027, 1, 3)),))
    its = plan(twenty_five(), everything_open(), said, today=TODAY)
    found = schedule(its, said, today=TODAY, targets=TRACKS)
    assert set(found.slots) == {package.id for package in twenty_five()}
    for it in its:
        slot = found.slots[it.id]
        assert all(found.slots[name].finish <= slot.start for name in it.needs)
        assert not date(2026, 12, 24) <= slot.start <= date(2027, 1, 3)
        assert not date(2026, 12, 24) <= slot.finish <= date(2027, 1, 3)
    assert all(days <= found.capacity[month] + 1e-6 for month, days in found.loads.items())
    chain = [found.slots[name] for name in found.critical]
    assert [slot.after for slot in chain[1:]] == [slot.package for slot in chain[:-1]]
    assert (chain[0].package, chain[0].after, chain[-1].finish) == ("WP01", "", found.finish)
