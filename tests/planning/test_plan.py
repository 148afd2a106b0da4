"""Which packages are planned, what they close, what they take, and the actions in them."""

from __future__ import annotations

from dataclasses import replace

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapbench.errors import UsageError
from gapbench.planning.plan import gap_share, plan
from gapbench.planning.values import Action, Decision, Package, PlannedPackage, Requirement
from gapbench.rating.inputs import Finding
from tests.planning.ground import ISO, TODAY, clause, everything_open, practice, settings, small, twenty_five

AUDIT = small("AUD", days=20, closes=(clause("9.2").ref, practice("PQA 2.1").ref), activities=("Plan audits", "Audit"))
REVIEW = small("REV", "AUD", days=8, closes=(clause("9.3").ref,))


def _plan(
    requirements: list[Requirement], *packages: Package, findings: tuple[Finding, ...] = (), **more: object
) -> dict[str, PlannedPackage]:
    known = packages or (AUDIT, REVIEW)
    found = plan(known, requirements, settings(), today=TODAY, findings=findings, **more)  # type: ignore[arg-type]
    return {it.id: it for it in found}


def test_only_packages_with_something_open() -> None:
    found = _plan([clause("9.2", 0), practice("PQA 2.1", 0), clause("9.3")])
    assert list(found) == ["REV"]
    assert found["REV"].needs == ()


def test_effort_follows_the_gap_share() -> None:
    it = _plan([clause("9.2", weight=0.5), practice("PQA 2.1", 0), clause("9.3", 0)])["AUD"]
    assert (it.share, it.effort, it.days, it.priority.days) == (0.25, (5, 5), 5, 5)
    assert gap_share(()) == 0


def test_a_decided_effort_is_taken_as_it_is() -> None:
    it = _plan([clause("9.2", weight=0.1)], decisions=[Decision("AUD", effort=(3, 5))])["AUD"]
    assert (it.effort, it.days) == ((3, 5), 4)


def test_what_no_package_knows_is_gathered_by_framework() -> None:
    found = _plan(
        [clause("9.2"), replace(clause("6.1.2"), ref=("iso14001-2015", "6.1.2")),
         replace(clause("6.1.3"), ref=("iso14001-2015", "6.1.3")), replace(practice("X 1"), ref=("own", "X 1"))],
        names={"iso14001-2015": "ISO 14001:2015"},
    )  # fmt: skip
    other = found["other-iso14001-2015"]
    assert other.package.name == "Other work for ISO 14001:2015"
    assert [it.ref[1] for it in other.open] == ["6.1.2", "6.1.3"]
    assert other.effort == (2.0, 4.2)
    assert found["other-own"].package.name == "Other work for own"


@hypothesis.settings(deadline=None, max_examples=50)
@given(st.sets(st.integers(0, 234)), st.sets(st.integers(0, 24)))
def test_each_open_requirement_is_closed_exactly_once(shut: set[int], gone: set[int]) -> None:
    every = everything_open()
    some = [replace(it, open_items=(), severity=0.0, weight=0.0) if n in shut else it for n, it in enumerate(every)]
    packages = [package for n, package in enumerate(twenty_five()) if n not in gone]
    found = plan(packages, some, settings(), today=TODAY)
    closed = [it.ref for package in found for it in package.open]
    assert sorted(closed) == sorted(it.ref for it in some if it.open)
    assert all(package.open for package in found)
    proposed = [ref for package in found for action in package.actions for ref in action.closes]
    assert sorted(proposed) == sorted(closed)
    place = {package.id: n for n, package in enumerate(found)}
    assert all(place[name] < place[package.id] for package in found for name in package.needs)


def test_two_packages_that_close_the_same_are_refused() -> None:
    with pytest.raises(UsageError) as problem:
        _plan([], AUDIT, replace(REVIEW, closes=AUDIT.closes))
    assert str(problem.value) == (
        "9.2 of iso9001-2015 is closed by AUD and by REV; leave it in one of them and let the other touch it."
    )


def test_packages_in_a_circle_are_refused() -> None:
    with pytest.raises(UsageError, match="in a circle: AUD needs REV, REV needs AUD;"):
        _plan([], replace(AUDIT, needs=("REV",)), REVIEW)


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [
        (Decision("AUD", effort=(5, 3)), "AUD: an effort goes from the lower to the higher number of person-days."),
        (Decision("AUD", pain=(0, 3)), "AUD: likelihood and impact go from 1 to 5."),
        (
            Decision("AUD", start=TODAY.replace(day=30), due=TODAY),
            "AUD is due on 2026-11-23, before it may start on 2026-11-30; move one of them.",
        ),
    ],
)
def test_decisions_that_cannot_be(decision: Decision, sentence: str) -> None:
    with pytest.raises(UsageError) as problem:
        _plan([clause("9.2")], decisions=[decision])
    assert str(problem.value) == sentence


# --- actions ---------------------------------------------------------------------------------------

MAJOR = Finding("f1", 1, "major", ((ISO, "9.2 a"), (ISO, "9.3 a")), gap="No audit in three years.")


def _told(it: PlannedPackage) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(action.id, action.what, tuple(ref[1] for ref in action.closes)) for action in it.actions]


def test_a_finding_lands_in_the_package_of_its_first_item() -> None:
    found = _plan([clause("9.2"), practice("PQA 2.1"), clause("9.3")], findings=(MAJOR,))
    assert _told(found["AUD"]) == [
        ("AUD/1", "Close F-01: No audit in three years.", ("9.2",)),
        ("AUD/2", "Plan audits", ("PQA 2.1",)),
    ]
    assert found["AUD"].actions[0].finding == "f1"
    assert found["AUD"].actions[0].owner == "Owner of AUD"
    assert _told(found["REV"]) == [("REV/1", "Package REV", ("9.3",))]


def test_an_activity_is_proposed_for_what_is_closest_to_its_words() -> None:
    package = small(
        "P", closes=(practice("a").ref, practice("b").ref), activities=("Train everybody", "Control changes")
    )
    its = [replace(practice("a"), title="Changes are controlled"), replace(practice("b"), title="Something else")]
    assert _told(_plan(its, package)["P"]) == [("P/1", "Train everybody", ("b",)), ("P/2", "Control changes", ("a",))]


@pytest.mark.parametrize(
    "recorded",
    [
        Action("x", "AUD", "Other words", finding="f1"),
        Action("x", "AUD", "Close F-01: No audit in three years."),
        Action("x", "AUD", "Other words", closes=(clause("9.2").ref,)),
    ],
)
def test_a_recorded_action_replaces_the_proposal(recorded: Action) -> None:
    it = _plan([clause("9.2"), practice("PQA 2.1")], findings=(MAJOR,), actions=[recorded])["AUD"]
    assert [action.id for action in it.actions] == ["x", "AUD/2"]


def test_a_manual_action_beside_adds_its_days() -> None:
    beside = Action("x", "AUD", "Buy a tool", effort=2.0, manual=True)
    assert _plan([clause("9.2")], actions=[beside])["AUD"].effort == (22, 22)


def test_an_action_keeps_its_package_in_the_plan_and_none_is_lost() -> None:
    loose = [
        Action("x", "AUD", "Tell the staff", effort=1.5, manual=True),
        Action("y", "", "Buy cake", manual=True),
        Action("z", "REV", "Done already", status="done"),
    ]
    found = _plan([clause("9.2", 0)], actions=loose)
    assert {name: it.effort for name, it in found.items()} == {"AUD": (1.5, 1.5), "other": (0, 0)}
    assert found["other"].package.name == "Other actions"


def test_done_actions_leave_fewer_days() -> None:
    done = Action("x", "AUD", "Half", closes=(clause("9.2").ref,), status="done")
    assert _plan([clause("9.2"), practice("PQA 2.1")], actions=[done])["AUD"].days == 10


def test_a_package_that_is_called_done_stays_until_its_requirements_are_closed() -> None:
    found = _plan([clause("9.2"), clause("9.3")], decisions=[Decision("AUD", status="done")])
    assert (found["AUD"].done, found["AUD"].days) == (True, 0)
