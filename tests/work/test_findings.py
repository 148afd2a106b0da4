"""What the form of a finding starts from."""

import pytest

from gapbench.rating.inputs import Answer, Case, Finding, Scope
from gapbench.rating.models import model_of
from gapbench.work.findings import draft
from tests.engagement.small import CMMI, ISO, points, practices


def _draft(case: Case, *items: str, unit: str = "") -> Finding | None:
    result = model_of(case.scope).assess(case)
    return draft(case, result, items, case.answers.get((items[0], unit), Answer()))


def _iso(*findings: Finding, **values: str) -> Case:
    names = {f"8.{name[1]} {name[2]}": value for name, value in values.items()}
    answers = {(item, ""): Answer(value, note=f"seen at {item}") for item, value in names.items()}
    return Case(Scope(points()), answers, findings=findings)


def test_an_unrated_item_starts_as_an_observation_in_its_own_words() -> None:
    made = _draft(_iso(), "8.1 a")
    assert made == Finding("", 0, "observation", ((ISO, "8.1 a"),), requirement="Tiny ISO:2015 8.1 a: Point 0")


def test_what_was_noted_is_what_was_seen() -> None:
    made = _draft(_iso(p1a="conforming"), "8.1 a")
    assert made is not None
    assert (made.cls, made.evidence) == ("ofi", "seen at 8.1 a")


def test_a_proposed_finding_is_taken_up_with_all_its_points() -> None:
    made = _draft(_iso(p1a="not_conforming", p1b="partial"), "8.1 b")
    assert made is not None
    assert made.items == ((ISO, "8.1 a"), (ISO, "8.1 b"))
    assert (made.id, made.number, made.proposed) == ("", 0, False)
    assert made.cls in {"minor", "major"}


def test_a_recorded_finding_is_changed_and_an_open_one_comes_first() -> None:
    closed = Finding("f1", 1, "minor", ((ISO, "8.1 a"),), status="closed")
    still_open = Finding("f2", 2, "minor", ((ISO, "8.1 a"),))
    assert _draft(_iso(closed, still_open, p1a="partial"), "8.1 a") == still_open
    assert _draft(_iso(closed, p1a="conforming"), "8.1 a") == closed


def test_a_closed_finding_does_not_swallow_a_new_weakness() -> None:
    """What is found again after closing is a finding of its own, or the closed one opened again: never lost."""
    closed = Finding("f1", 1, "minor", ((ISO, "8.1 a"),), status="closed")
    made = _draft(_iso(closed, p1a="not_conforming"), "8.1 a")
    assert made is not None
    assert (ISO, "8.1 a") in made.items


def test_a_heading_with_one_proposed_finding_takes_it_up() -> None:
    made = _draft(_iso(p1a="not_conforming"), "8.1 a", "8.1 b", "8.1 c")
    assert made is not None
    assert made.items == ((ISO, "8.1 a"),)


@pytest.mark.parametrize("values", [{}, {"p1a": "conforming"}])
def test_a_heading_with_nothing_to_write_up_gives_none(values: dict[str, str]) -> None:
    assert _draft(_iso(**values), "8.1 a", "8.1 b", "8.1 c") is None


def test_a_heading_with_one_recorded_finding_gives_it() -> None:
    recorded = Finding("f1", 1, "minor", ((ISO, "8.1 a"),))
    assert _draft(_iso(recorded, p1a="partial"), "8.1 a", "8.1 b") == recorded


@pytest.mark.parametrize(
    ("value", "cls"),
    [("FM", "ofi"), ("LM", "minor"), ("PM", "minor"), ("DM", "minor"), ("NY", "ofi"), ("", "observation")],
)
def test_a_practice_starts_as_its_rating_says(value: str, cls: str) -> None:
    case = Case(Scope(practices(), ("DEV",), 2), {("CM 1.1", ""): Answer(value, note="seen")})
    made = _draft(case, "CM 1.1")
    assert made is not None
    assert made.items == ((CMMI, "CM 1.1"),)
    assert made.cls == cls


def test_what_the_form_starts_from_is_allowed_by_the_rules() -> None:
    """A form that would be refused as it opens is a trap."""
    for value in ("conforming", "partial", "not_conforming", "na", "condition_not_met", ""):
        case = _iso(p1a=value)
        made = _draft(case, "8.1 a")
        assert made is not None
        rules = model_of(case.scope)
        values = [rules.item_result(case, case.scope.catalog.item[item]).value for _, item in made.items]
        assert rules.refuse_finding(made.cls, values) is None, value
    for value in ("FM", "LM", "PM", "DM", "NY", "NC", ""):
        case = Case(Scope(practices(), ("DEV",), 2), {("CM 1.1", ""): Answer(value, note="seen")})
        made = _draft(case, "CM 1.1")
        assert made is not None
        rules = model_of(case.scope)
        values = [rules.item_result(case, case.scope.catalog.item["CM 1.1"]).value]
        assert rules.refuse_finding(made.cls, values) is None, value
