"""Two editions asked together: one question is answered for both, in one step, under one name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gapbench.engagement.engagement import Engagement
from gapbench.engagement.values import AnswerRow, Change, Succession
from gapbench.errors import GapbenchError, RefusedError
from gapbench.rating.inputs import Answer, Finding, Judgement, Unit
from tests.engagement import children
from tests.engagement.small import (
    CMMI,
    CMMI3,
    ISO,
    ISO26,
    PROFILE,
    furnish,
    points,
    points_after,
    practices_after,
    state,
)
from tests.engagement.test_durability import LINUX
from tests.engagement.test_succession import statements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TWINS = {"8.1 a": "8.1 a", "8.1 b": "8.1 b", "8.2 a": "8.2 b", "8.2 b": "8.2 a"}


@pytest.fixture
def both(path: Path) -> Iterator[Engagement]:
    """The former had answers and a finding before the new edition came beside it."""
    with Engagement.create(path, PROFILE, author="E. Gray") as made:
        furnish(made)
        made.drop_framework(ISO)
        made.add_framework(points(3))
        made.rate(ISO, [("8.1 a", ""), ("8.2 a", ""), ("8.1 c", ""), ("8.2 c", "")], "partial", note="Late")
        made.record_finding(Finding("f1", 1, "minor", ((ISO, "8.2 a"), (ISO, "8.1 c"))))
        made.exclude(CMMI, "SAM", "heron", "Buys nothing")
        made.succeed(points_after(), "dual")
        made.succeed(practices_after(), "dual")
        yield made


def equal(engagement: Engagement) -> bool:
    """Whether every pair of twins says the same, in every unit."""
    for pair in engagement.dual():
        new, former = engagement.answers(pair.catalog), engagement.answers(pair.former)
        for item, twins in engagement.twins_of(pair.catalog).items():
            (one,) = (name for catalog, name in twins if catalog == pair.former)
            mine = {unit: answer for (name, unit), answer in new.items() if name == item}
            other = {unit: answer for (name, unit), answer in former.items() if name == one}
            if mine != other:
                return False
    return True


def test_both_count_and_what_was_said_serves_both_without_a_mark(both: Engagement) -> None:
    assert both.dual() == (Succession(ISO26, ISO, "dual"), Succession(CMMI3, CMMI, "dual")) or both.dual() == (
        Succession(CMMI3, CMMI, "dual"),
        Succession(ISO26, ISO, "dual"),
    )
    assert [one.catalog for one in both.frameworks()] == [CMMI, CMMI3, ISO, ISO26]
    assert both.answers(ISO26) == {("8.1 a", ""): Answer("partial", "Late"), ("8.2 b", ""): Answer("partial", "Late")}
    assert (both.carried(ISO26), both.case(ISO26).carried) == ({}, {})
    assert both.exclusions(CMMI3) == {("SAM", "heron"): "Buys nothing"}
    assert [one.items for one in both.findings()] == [((ISO, "8.1 c"), (ISO, "8.2 a"), (ISO26, "8.2 b"))]
    assert (both.left_behind(), both.check()) == ((), ())


def test_twins_are_named_both_ways(both: Engagement) -> None:
    assert both.twin_of(ISO26, "8.2 a") == (ISO, "8.2 b")
    assert both.twin_of(ISO, "8.2 b") == (ISO26, "8.2 a")
    assert both.twin_of(ISO26, "8.1 c") is None
    assert both.twins_of(ISO26) == {new: ((ISO, former),) for new, former in TWINS.items()}


def test_it_is_one_step_named_after_both(both: Engagement) -> None:
    assert [step.title for step in both.history(limit=2)] == [
        "Ask Tiny CMMI 2.0 and 3.0 together",
        "Ask Tiny ISO:2015 and 2026 together",
    ]
    both.undo()
    before = state(both)
    passage = both.passage(practices_after(), "dual")
    assert "CM 1.1" in passage.shared
    assert (passage.new, passage.again, passage.left) == (("GOV 2.3",), ("SAM 2.1",), ())
    assert state(both) == before


VERBS: dict[str, tuple[Callable[[Engagement], Change], str]] = {
    "rate the new": (lambda e: e.rate(ISO26, [("8.2 a", "")], "conforming"), "Rate 8.2 a conforming"),
    "rate the former": (lambda e: e.rate(ISO, [("8.2 b", "")], "conforming"), "Rate 8.2 b conforming"),
    "rate a clause": (
        lambda e: e.rate(ISO26, [(f"8.2 {letter}", "") for letter in "abcd"], "partial"),
        "Rate 4 points of 8.2 partial",
    ),
    "rate a practice": (lambda e: e.rate(CMMI3, [("CM 1.1", "falcon")], "LM", note="x"), "Rate CM 1.1 LM in Falcon"),
    "clear": (lambda e: e.rate(ISO26, [("8.1 a", "")], ""), "Clear 8.1 a"),
    "not applicable": (lambda e: e.rate(ISO, [("8.1 b", "")], "na", reason="None"), "Rate 8.1 b not applicable"),
    "note": (lambda e: e.note(ISO, "8.1 a", "", "Early"), "Note on 8.1 a"),
    "reason": (lambda e: e.reason(ISO26, "8.1 a", "", "x"), "Reason on 8.1 a"),
    "flag": (lambda e: e.flag(ISO26, "8.2 b", "", on=True), "Flag 8.2 b"),
    "write": (
        lambda e: e.write_answers(
            [AnswerRow(ISO26, "8.1 b", "", "partial"), AnswerRow(ISO, "8.2 b", "", "na", None, "x")], "In"
        ),
        "In",
    ),
    "write both the same": (
        lambda e: e.write_answers(
            [AnswerRow(ISO, "8.1 b", "", "partial", "n"), AnswerRow(ISO26, "8.1 b", "", "partial", "n")], "In"
        ),
        "In",
    ),
    "write what completes": (
        lambda e: e.write_answers(
            [AnswerRow(ISO, "8.1 b", "", "na", reason="x"), AnswerRow(ISO26, "8.1 b", "", None, "n", None, flag=True)],
            "In",
        ),
        "In",
    ),
    "drop a unit": (lambda e: e.drop_unit("heron"), "Remove Heron"),
    "finding": (
        lambda e: e.record_finding(Finding("", 0, "minor", ((ISO26, "8.1 a"),))),
        "Finding F-02 minor on 8.1 a",
    ),
    "finding on both": (
        lambda e: e.record_finding(Finding("", 0, "minor", ((ISO26, "8.2 b"), (ISO, "8.2 a"), (ISO, "8.1 c")))),
        "Finding F-02 minor on 8.2 b and 1 more",
    ),
    "exclude": (lambda e: e.exclude(CMMI, "CM", "falcon", "No product"), "Leave out CM for Falcon"),
    "exclude in the new": (lambda e: e.exclude(CMMI3, "CM", "falcon", "No product"), "Leave out CM for Falcon"),
    "bring back": (lambda e: e.exclude(CMMI3, "SAM", "heron", ""), "Bring back SAM for Heron"),
    "judge": (lambda e: e.judge(CMMI3, "CM/2", "significant", "Lost"), "Judge CM/2 significant"),
}


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_is_one_step_for_both(both: Engagement, name: str) -> None:
    verb, title = VERBS[name]
    before, steps = state(both), len(both.history())
    change = verb(both)
    after = state(both)
    assert (change.title, bool(change)) == (title, True)
    assert len(both.history()) == steps + 1
    assert equal(both)
    assert both.exclusions(CMMI) == both.exclusions(CMMI3)
    assert both.judgements(CMMI) == both.judgements(CMMI3)
    assert both.undo().cells == change.cells
    assert state(both) == before
    both.redo()
    assert state(both) == after
    assert both.check() == ()


def test_a_session_goes_on_at_the_line_that_was_meant(both: Engagement) -> None:
    both.rate(ISO26, [("8.2 a", "")], "conforming")
    assert both.last_answered() == (ISO26, "8.2 a")
    both.flag(ISO, "8.2 b", "", on=True)
    assert both.last_answered() == (ISO, "8.2 b")
    both.rate(ISO, [("8.1 a", ""), ("8.1 b", "")], "conforming")
    assert both.last_answered() is None


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("rating", {"value": "partial"}, {"value": "conforming"}),
        ("rating", {"value": "partial"}, {"value": ""}),
        ("note", {"note": "x"}, {"note": "y"}),
        ("reason", {"value": "na", "reason": "x"}, {"value": "na", "reason": "y"}),
        ("flag", {"flag": True}, {"flag": False}),
    ],
)
def test_two_answers_to_one_question_are_refused_with_their_row(
    both: Engagement, field: str, one: dict[str, object], other: dict[str, object]
) -> None:
    rows = [
        AnswerRow(ISO, "8.1 b", "", "conforming"),
        AnswerRow(ISO, "8.2 b", "", **one),  # type: ignore[arg-type]
        AnswerRow(ISO26, "8.2 a", "", **other),  # type: ignore[arg-type]
    ]
    before = state(both)
    sentence = (
        f"8.2 a of Tiny ISO:2026 and 8.2 b of Tiny ISO:2015 are one question here, and each is given another {field};"
    )
    assert [(place, why.startswith(sentence)) for place, why in both.refused(rows)] == [(2, True)]
    with pytest.raises(RefusedError, match="are one question here"):
        both.write_answers(rows, "In")
    assert state(both) == before


def test_a_value_that_the_twin_does_not_take_is_refused(both: Engagement) -> None:
    with pytest.raises(GapbenchError, match="NY is not allowed in GOV"):
        both.rate(CMMI3, [("GOV 1.1", "falcon")], "NY")


def test_who_takes_one_of_two_twins_from_a_finding_means_both(both: Engagement) -> None:
    (recorded,) = both.findings()
    both.record_finding(replace(recorded, items=((ISO, "8.1 c"), (ISO, "8.2 a"))))
    assert both.findings()[0].items == ((ISO, "8.1 c"),)
    both.undo()
    both.record_finding(replace(recorded, status="closed"))
    assert both.findings()[0].items == recorded.items


def test_without_one_of_them_the_other_stands_alone(both: Engagement) -> None:
    assert both.drop_framework(ISO).title == "Remove Tiny ISO:2015"
    assert both.dual() == (Succession(CMMI3, CMMI, "dual"),)
    assert both.former_of(ISO26) is None
    both.rate(ISO26, [("8.1 a", "")], "conforming")
    assert both.check() == ()


def test_a_third_edition_makes_one_question_for_three(both: Engagement) -> None:
    after = points_after()
    items = tuple(replace(item, base=(item.id,), change="same") for item in after.items)
    both.succeed(replace(after, id="tiny-iso-30", edition="2030", base=ISO26, items=items), "dual")
    change = both.rate(ISO, [("8.2 b", "")], "conforming")
    assert change.cells == {(ISO, "8.2 b", ""), (ISO26, "8.2 a", ""), ("tiny-iso-30", "8.2 a", "")}
    assert both.last_answered() == (ISO, "8.2 b")
    assert both.check() == ()


def test_a_pair_one_half_of_which_was_followed_is_no_pair(both: Engagement) -> None:
    after = points_after()
    items = tuple(replace(item, base=(item.id,), change="same") for item in after.items)
    both.succeed(replace(after, id="tiny-iso-30", edition="2030", base=ISO26, items=items))
    assert both.dual() == (Succession(CMMI3, CMMI, "dual"),)
    assert both.rate(ISO, [("8.2 b", "")], "conforming").cells == {(ISO, "8.2 b", "")}
    assert both.check() == ()


def test_units_that_come_later_are_asked_in_both(both: Engagement) -> None:
    both.put_unit(Unit("ibis", "Ibis", "project"))
    both.rate(CMMI, [("CM 1.1", "ibis")], "FM")
    assert both.answer(CMMI3, "CM 1.1", "ibis") == Answer("FM")


def test_a_judgement_of_an_item_is_taken_away_in_both(both: Engagement) -> None:
    both.rate(CMMI, [("CM 1.2", "falcon")], "FM")
    both.rate(CMMI, [("CM 1.2", "heron")], "FM")
    both.put_unit(Unit("ibis", "Ibis", "project"))
    both.rate(CMMI3, [("CM 1.2", "ibis")], "PM")
    both.judge(CMMI, "CM 1.2", "PM", "New")
    assert both.judgements(CMMI3) == {"CM 1.2": Judgement("CM 1.2", "PM", "New")}
    both.judge(CMMI3, "CM 1.2", "", "")
    assert both.judgements(CMMI) == both.judgements(CMMI3) == {}


@pytest.mark.parametrize("catalog", [ISO, CMMI])
def test_a_rating_of_both_is_still_one_commit(both: Engagement, catalog: str) -> None:
    cell = ("8.1 a", "") if catalog == ISO else ("CM 1.1", "falcon")
    both.rate(catalog, [cell], "partial" if catalog == ISO else "LM")
    said = statements(both, lambda: both.rate(catalog, [cell], "conforming" if catalog == ISO else "FM"))
    assert [one for one in said if one in ("BEGIN IMMEDIATE", "COMMIT")] == ["BEGIN IMMEDIATE", "COMMIT"]
    assert not any("carried" in one for one in said)


FLUSHES = """
import os
e = Engagement.open(path)
for number in range(3):
    e.rate("tiny-iso", [("8.1 b", "")], ("partial", "conforming")[number % 2])
os.write(2, b"MARK\\n")
for number in range(20):
    e.rate("tiny-iso", [("8.1 a", "")], ("partial", "conforming")[number % 2 == 0])
os.write(2, b"MARK\\n")
"""


@LINUX
def test_one_flush_for_each_rating_of_both(both: Engagement, path: Path, tmp_path: Path) -> None:
    import re
    import shutil

    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("there is no strace here")
    both.close()
    calls = "fsync,fdatasync,sync_file_range,open,openat,creat,unlink,unlinkat,rename,ftruncate,write"
    log = tmp_path / "calls"
    children.said(path, FLUSHES, strace, "-f", "-o", str(log), "-e", f"trace={calls}")
    between = log.read_text().split('write(2, "MARK\\n"')[1]
    assert re.findall(r"^\d+ +(\w+)\(", between, re.MULTILINE) == ["fdatasync"] * 20
