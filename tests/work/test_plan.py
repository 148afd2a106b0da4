"""The plan: one line per gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gapbench.work.plan_lines import PlanLine, together
from tests.excel import examples

if TYPE_CHECKING:
    from gapbench.work.deliverable import Deliverable

ISO, CMMI = "iso-test", "cmmi-test"


def iso(*answers: tuple[str, str]) -> examples.Example:
    example = examples.Example().add(examples.iso())
    for item, value in answers:
        example.say(ISO, item, value)
    return example


def lines(deliverable: Deliverable) -> list[tuple[str, tuple[str, ...], str]]:
    return [(it.group, it.closes, it.severity) for it in deliverable.actions]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((), []),
        ((("4.1 a", "conforming"), ("4.1 b", "na"), ("4.1 c", "condition_not_met")), []),
        ((("4.1 a", "partial"),), [("4.1", ("4.1 a",), "minor")]),
        ((("4.1 b", "partial"), ("4.1 a", "not_conforming")), [("4.1", ("4.1 a", "4.1 b"), "minor")]),
        (tuple((f"8.10 {it}", "not_conforming") for it in "abc"), [("8.10", ("8.10 a", "8.10 b", "8.10 c"), "major")]),
        ((("9.3 a", "not_conforming"),), [("9.3", ("9.3 a",), "major")]),
        ((("8.7 c", "not_conforming"),), []),
        ((("8.1 a", "partial"), ("4.1 a", "partial")), [("4.1", ("4.1 a",), "minor"), ("8.1", ("8.1 a",), "minor")]),
    ],
    ids=["nothing said", "met or out", "one", "in reading order", "many", "gate", "an option", "clauses apart"],
)
def test_clauses(answers: tuple[tuple[str, str], ...], expected: list[tuple[str, tuple[str, ...], str]]) -> None:
    assert lines(iso(*answers).deliverable()) == expected


def test_what_and_why_are_composed_from_the_points() -> None:
    (action,) = iso(("9.2 a", "not_conforming"), ("9.2 b", "partial")).deliverable().actions
    assert action.what == ("To put in place: Internal audit, point a. To complete and show: Internal audit, point b.")
    assert action.why == "1 point not met and 1 point partly met of 3; a gate clause."
    assert action.framework == "ISO test:2015"


def test_a_gate_of_which_nothing_is_there() -> None:
    (action,) = iso(("9.3 a", "not_conforming")).deliverable().actions
    assert action.why == "1 point not met of 1; nothing of this gate clause is in place."


@pytest.mark.parametrize(
    ("cls", "status", "severity", "labels"),
    [
        ("major", "open", "major", ("F-01",)),
        ("major", "closed", "minor", ("F-01",)),
        ("minor", "open", "minor", ("F-01",)),
        ("observation", "open", "minor", ("proposed",)),
    ],
)
def test_findings_decide_the_severity(cls: str, status: str, severity: str, labels: tuple[str, ...]) -> None:
    example = iso(("4.1 a", "partial"))
    example.findings = (examples.finding(1, cls, [(ISO, "4.1 a")], status=status),)
    (action,) = example.deliverable().actions
    assert (action.severity, action.findings) == (severity, labels)


def test_practices_in_the_way_of_the_target_not_only_of_the_next_level() -> None:
    example = examples.judged()
    actions = example.deliverable().actions
    closed = {it.closes: it for it in actions}
    assert ("TS 3.2",) in closed
    assert closed["TS 3.2",].severity == "weakness"
    assert closed["TS 3.2",].what.startswith("To put in place: TS practice 3.2")
    assert closed["EST 3.3",].what == "To complete in every unit: EST practice 3.3."
    assert "Alpha PM" in closed["TS 3.2",].why
    assert ("II 2.2",) in closed  # LM, judged significant
    assert ("CM 2.2",) not in closed  # judged LM


def test_what_nobody_has_rated_is_no_gap() -> None:
    assert examples.untouched().deliverable().actions == ()


def test_numbers_run_through_both_frameworks_and_are_the_same_again() -> None:
    first, second = (examples.both().deliverable().actions for _ in range(2))
    assert first == second
    assert [it.id for it in first] == [f"A-{number:03d}" for number in range(1, len(first) + 1)]
    assert {it.catalog for it in first} == {ISO, CMMI}
    assert all(it.what.endswith(".") for it in first)


def test_in_every_unit_is_said_only_where_units_were_asked() -> None:
    example = examples.Example().add(examples.cmmi(), "DEV", target=2).say(CMMI, "CM 2.2", "PM")
    (action,) = example.deliverable().actions
    assert action.what == "To complete: CM practice 2.2."
    (line,) = example.deliverable().lines
    assert (line.id, line.package, line.what, line.closes) == ("A-001", "", action.what, ((CMMI, "CM 2.2"),))


def line(key: str, package: str, *closes: tuple[str, str], **more: object) -> PlanLine:
    given: dict[str, object] = {"severity": "minor", "findings": (), "ids": (key,), "what": key, **more}
    return PlanLine(key=key, id=key, where=key, why="", closes=closes, package=package, **given)  # type: ignore[arg-type]


TWINS = {("new", "8 a"): ("old", "8 a"), ("old", "8 a"): ("new", "8 a")}


def test_twins_of_two_editions_are_one_line_in_the_words_of_the_fuller() -> None:
    old = line("old", "WP01", ("old", "8 a"), effort=1.0, findings=("F-01",))
    new = line("new", "WP01", ("new", "8 a"), ("new", "8 b"), effort=2.0, severity="major")
    (joined,) = together([old, new], TWINS)
    assert joined.closes == (("old", "8 a"), ("new", "8 a"), ("new", "8 b"))
    assert (joined.key, joined.what, joined.severity, joined.effort) == ("old", "new", "major", 3.0)
    assert (joined.ids, joined.findings) == (("old", "new"), ("F-01",))


def test_what_stands_in_another_package_or_is_no_twin_stays_apart() -> None:
    lines = [
        line("a", "WP01", ("old", "8 a")),
        line("b", "WP02", ("new", "8 a")),
        line("c", "WP01", ("new", "9 a")),
        line("d", "WP01"),
    ]
    assert together(lines, TWINS) == tuple(lines)
