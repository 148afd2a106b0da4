"""The milestones of both tracks, from the day the packages are done."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from gapbench.planning.calendar import Calendar
from gapbench.planning.gates import Ready, audit_days, evidence_months, gates
from gapbench.planning.values import Gate, Size
from tests.planning.ground import TODAY, settings

DONE = date(2027, 3, 31)


def _gates(size: Size = "M", target: int = 2, **more: object) -> dict[str, Gate]:
    said = settings(size=size, **more)
    ready = {"iso": Ready(DONE, ("WP01",)), "cmmi": Ready(DONE, ("WP02",), target)}
    return {gate.id: gate for gate in gates(ready, said, Calendar(TODAY, said))}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("people", "days"), [(1, 1.5), (25, 3), (26, 4), (55, 5), (150, 8), (500, 11), (10700, 22), (99999, 22)]
)
def test_days_of_the_certification_audit(people: int, days: float) -> None:
    assert audit_days(people) == days


def test_the_gates_of_a_medium_client() -> None:
    found = {name.partition(".")[2]: (f"{gate.start:%m-%d}", f"{gate.finish:%m-%d}") for name, gate in _gates().items()}
    assert found == {
        "documented": ("11-23", "03-31"),
        "records": ("03-31", "06-30"),
        "audit": ("05-19", "06-30"),
        "review": ("07-01", "07-14"),
        "stage-1": ("07-28", "07-30"),
        "stage-2": ("09-10", "09-16"),
        "certificate": ("09-16", "10-16"),
        "processes": ("11-23", "03-31"),
        "evidence": ("03-31", "06-30"),
        "evaluation": ("05-31", "06-11"),
        "benchmark": ("08-10", "08-19"),
        "rating": ("08-19", "09-02"),
    }


def test_a_higher_target_wants_more_evidence() -> None:
    assert (evidence_months(2), evidence_months(3)) == (3, 6)
    assert _gates(target=3)["cmmi.rating"].finish > _gates(target=2)["cmmi.rating"].finish


@pytest.mark.parametrize("size", get_args(Size))
def test_gates_follow_each_other_on_working_days(size: Size) -> None:
    found = _gates(size, holidays=((date(2027, 7, 1), date(2027, 8, 15)),))
    for gate in found.values():
        assert gate.start <= gate.finish
        assert gate.why.endswith(".")
        assert all(found[name].finish <= gate.finish for name in gate.needs if name in found)
        if gate.id.partition(".")[2] in {"review", "stage-1", "stage-2", "evaluation", "benchmark"}:
            assert gate.start.weekday() < 5
            assert not date(2027, 7, 1) <= gate.start <= date(2027, 8, 15)


def test_the_last_gate_is_held_against_the_deadline() -> None:
    found = _gates(deadline=date(2027, 10, 1), deadlines={"cmmi": date(2027, 12, 31)})
    assert (found["iso.certificate"].due, found["iso.certificate"].late) == (date(2027, 10, 1), 15)
    assert (found["cmmi.rating"].due, found["cmmi.rating"].late) == (date(2027, 12, 31), 0)
    assert found["iso.stage-2"].due is None


def test_a_track_that_nobody_asks_has_no_gates() -> None:
    assert gates({}, settings(), Calendar(TODAY, settings())) == ()
