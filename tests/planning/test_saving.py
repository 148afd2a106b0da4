"""The modelled saving of one programme over two, and what one order or another does to the gates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gapbench.planning.paths import Path, paths
from gapbench.planning.plan import plan
from gapbench.planning.saving import modelled, saving
from gapbench.planning.schedule import schedule
from gapbench.planning.values import Decision, PlannedPackage, Settings
from tests.planning.ground import TODAY, TRACKS, clause, everything_open, planned, practice, settings, twenty_five

if TYPE_CHECKING:
    from gapbench.planning.values import Size

EVEN = settings(capacity=21.0, capacities={"2026-12": 23.0})
"""One person-day on each working day of November and December 2026."""

BOTH = (clause("c"), practice("p"))


@pytest.mark.parametrize(("size", "low", "high"), [("S", 106, 215), ("M", 251, 513), ("L", 533, 1076)])
def test_the_saving_of_the_domain_file(size: Size, low: float, high: float) -> None:
    found = modelled((package.effort[size], package.doubled) for package in twenty_five())
    assert found.integrated == (low, high)
    assert [round(each) for each in (found.percent, found.low, found.high)] == [31, 18, 40]
    assert found.label.startswith("modelled, not measured")


def test_only_packages_that_serve_both_tracks_save() -> None:
    shared, alone = planned("A", days=10, open_=BOTH), planned("B", days=10)
    assert saving([shared]).separate == (15, 15)
    assert saving([shared]).percent == pytest.approx(100 / 3)
    assert saving([alone]).separate == (10, 10)
    assert saving([alone]).percent == 0
    above = planned("C", days=10, open_=(clause("c"), practice("p", gate="above")))
    assert saving([above]).percent == 0
    assert saving([]).percent == 0


def _paths(*its: PlannedPackage, said: Settings | None = None) -> dict[str, Path]:
    return {it.order: it for it in paths(its, said or EVEN, today=TODAY, targets=TRACKS)}


def _ready(path: Path) -> tuple[int, int]:
    """Days from the first one to documentation and processes."""
    done = {gate.id: gate.finish for gate in path.gates}
    return (done["iso.documented"] - TODAY).days, (done["cmmi.processes"] - TODAY).days


def test_one_track_first_does_its_own_and_the_shared_work_first() -> None:
    found = _paths(planned("A", days=4, open_=BOTH), planned("B", "A", days=4, open_=BOTH))
    # half of each package serves both, a quarter the one track, a quarter the other: 3 days of 4 come first
    assert {order: _ready(path) for order, path in found.items()} == {
        "together": (9, 9), "iso": (7, 9), "cmmi": (9, 7),
    }  # fmt: skip
    assert len({path.finish for path in found.values()}) == 1


def test_a_package_of_one_track_waits_for_the_other() -> None:
    found = _paths(planned("A", days=2, open_=[practice("p")]), planned("B", days=2))
    assert _ready(found["iso"]) == (1, 3)
    assert _ready(found["cmmi"]) == (3, 1)


def test_together_is_the_schedule() -> None:
    said = settings(capacity=40.0)
    its = plan(twenty_five(), everything_open(), said, today=TODAY, decisions=[Decision("WP01", status="done")])
    found = _paths(*its, said=said)
    assert found["together"].gates == schedule(its, said, today=TODAY, targets=TRACKS).gates
    ready = {order: _ready(path) for order, path in found.items()}
    assert ready["iso"][0] < ready["together"][0]
    assert ready["cmmi"][1] <= ready["together"][1]


def test_one_track_has_one_order() -> None:
    assert [it.order for it in paths([planned("A")], settings(), today=TODAY, targets={"iso": 0})] == ["together"]
