"""A new edition in the place of the one before: what comes along, what is asked again, and the way back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from gapbench.engagement.engagement import Engagement
from gapbench.engagement.values import AnswerRow, Framework, Succession
from gapbench.errors import FileError, GapbenchError, RefusedError, UsageError
from gapbench.rating.inputs import Answer, Finding, Judgement
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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def finding(number: int, *items: str, cls: str = "minor", catalog: str = ISO) -> Finding:
    return Finding(f"f{number}", number, cls, tuple((catalog, item) for item in items))  # type: ignore[arg-type]


@pytest.fixture
def audited(path: Path) -> Iterator[Engagement]:
    """Three clauses rated, two frameworks, findings of every fate."""
    with Engagement.create(path, PROFILE, author="E. Gray") as made:
        furnish(made)
        made.drop_framework(ISO)
        made.add_framework(points(3), major_threshold=2)
        made.rate(ISO, [(f"8.{n} {letter}", "") for n in (1, 2) for letter in "ab"], "conforming")
        made.rate(ISO, [("8.1 b", "")], "partial", note="One site only")
        made.rate(ISO, [("8.1 c", ""), ("8.2 c", ""), ("8.3 c", "")], "not_conforming")
        made.rate(ISO, [("8.3 a", "")], "partial")
        made.rate(ISO, [("8.3 b", "")], "na", reason="No design")
        made.flag(ISO, "8.2 b", "", on=True)
        made.record_finding(finding(1, "8.1 b"))
        made.record_finding(finding(2, "8.1 c", "8.3 c"))
        made.record_finding(finding(3, "8.3 c"))
        yield made


EXPECTED = {
    "8.1 a": Answer("conforming"),
    "8.1 b": Answer("partial", "One site only"),
    "8.2 a": Answer("conforming", flag=True),
    "8.2 b": Answer("conforming"),
    "8.4 a": Answer("na", reason="No design"),
    "8.4 b": Answer("na", reason="No design"),
}


def test_answers_whose_meaning_is_unchanged_come_along_with_their_origin(audited: Engagement) -> None:
    change = audited.succeed(points_after())
    assert (change.title, bool(change)) == ("Go from Tiny ISO:2015 to 2026", True)
    assert change.kinds == {"scope", "answers", "findings"}
    assert audited.answers(ISO26) == {(item, ""): answer for item, answer in EXPECTED.items()}
    assert audited.carried(ISO26) == {
        ("8.1 a", ""): "tiny-iso:8.1 a",
        ("8.1 b", ""): "tiny-iso:8.1 b",
        ("8.2 a", ""): "tiny-iso:8.2 b",
        ("8.2 b", ""): "tiny-iso:8.2 a",
        ("8.4 a", ""): "tiny-iso:8.3 b",
        ("8.4 b", ""): "tiny-iso:8.3 b",
    }
    assert audited.case(ISO26).carried == audited.carried(ISO26)
    assert audited.check() == ()


def test_several_that_agree_come_along_as_one(audited: Engagement) -> None:
    audited.rate(ISO, [("8.2 c", "")], "partial", note="Late")
    audited.rate(ISO, [("8.3 a", "")], "partial", note="Lost")
    audited.succeed(points_after())
    assert audited.answer(ISO26, "8.2 c", "") == Answer("partial", "Late\nLost")
    assert audited.carried(ISO26)["8.2 c", ""] == "tiny-iso:8.2 c, 8.3 a"


def test_it_is_told_before_it_is_done(audited: Engagement) -> None:
    before = state(audited)
    passage = audited.passage(points_after())
    assert state(audited) == before
    assert passage.succession == Succession(ISO26, ISO, "transition")
    assert {item for item, _ in passage.carried} == EXPECTED.keys()
    assert (passage.again, passage.differing, passage.new) == (("8.1 c",), ("8.2 c",), ("8.2 d",))
    assert (passage.dropped, passage.moved, passage.left) == (("8.3 c",), ("F-01", "F-02"), ("F-03",))
    audited.succeed(points_after())
    assert audited.carried(ISO26).keys() == {*passage.carried}


def test_a_note_without_a_rating_comes_along_unmarked(audited: Engagement) -> None:
    audited.rate(ISO, [("8.1 a", "")], "")
    audited.note(ISO, "8.1 a", "", "Ask again")
    audited.succeed(points_after())
    assert audited.answer(ISO26, "8.1 a", "") == Answer(note="Ask again")
    assert ("8.1 a", "") not in audited.carried(ISO26)


def test_the_new_one_stands_in_the_place_of_the_former(audited: Engagement) -> None:
    former = next(one for one in audited.frameworks() if one.catalog == ISO)
    audited.succeed(points_after())
    assert [one.catalog for one in audited.frameworks()] == [CMMI, ISO26]
    assert audited.frameworks()[1] == replace(former, catalog=ISO26)
    assert audited.former_of(ISO26) == former
    assert (audited.former_of(CMMI), audited.former_of(ISO)) == (None, None)
    assert audited.successions() == (Succession(ISO26, ISO, "transition"),)
    assert (audited.dual(), audited.twin_of(ISO26, "8.1 a")) == ((), None)


def test_views_targets_and_levels_are_those_that_the_new_edition_has(audited: Engagement) -> None:
    audited.change_framework(Framework(CMMI, ("SVC",), 3, evaluation=False, position=4))
    audited.succeed(replace(practices_after(), levels=2))
    (found,) = (one for one in audited.frameworks() if one.catalog == CMMI3)
    assert found == Framework(CMMI3, ("SVC",), 2, evaluation=False, position=4)


def test_a_view_that_is_no_more_gives_way_to_the_first(audited: Engagement) -> None:
    after = practices_after()
    audited.succeed(replace(after, views=after.views[:1]))
    assert [one.views for one in audited.frameworks() if one.catalog == CMMI3] == [("SVC",)]


# --- the former framework ------------------------------------------------------------------------


def test_the_former_can_be_read_as_it_was(audited: Engagement) -> None:
    before = audited.case(ISO)
    audited.succeed(points_after())
    after = audited.case(ISO)
    assert (after.answers, after.judgements) == (before.answers, before.judgements)
    assert after.scope == before.scope
    assert audited.catalog(ISO) == points(3)
    assert {one.id for one in after.findings} == {one.id for one in before.findings}
    own = [{pair for pair in one.items if pair[0] == ISO} for one in after.findings]
    assert own == [set(one.items) for one in before.findings]


WRITING: dict[str, Callable[[Engagement], object]] = {
    "rate": lambda e: e.rate(ISO, [("8.1 a", "")], "partial"),
    "write": lambda e: e.write_answers([AnswerRow(ISO26, "8.1 a", "", "partial"), AnswerRow(ISO, "8.1 a", "")], "In"),
    "note": lambda e: e.note(ISO, "8.1 a", "", "x"),
    "reason": lambda e: e.reason(ISO, "8.1 a", "", "x"),
    "flag": lambda e: e.flag(ISO, "8.1 a", "", on=True),
    "judge": lambda e: e.judge(ISO, "8.1 a", "partial", "x"),
    "exclude": lambda e: e.exclude(ISO, "8.1", "", "x"),
    "confirm": lambda e: e.confirm(ISO, [("8.1 a", "")]),
    "finding": lambda e: e.record_finding(finding(9, "8.1 b")),
    "change": lambda e: e.change_framework(Framework(ISO)),
    "drop": lambda e: e.drop_framework(ISO),
}


@pytest.mark.parametrize("name", WRITING)
def test_the_former_is_not_written_to(audited: Engagement, name: str) -> None:
    audited.succeed(points_after())
    before = state(audited)
    with pytest.raises(RefusedError, match="was followed by Tiny ISO:2026 in this engagement and can only be read"):
        WRITING[name](audited)
    assert state(audited) == before


def test_rows_for_the_former_are_named_by_place(audited: Engagement) -> None:
    audited.succeed(points_after())
    rows = [AnswerRow(ISO26, "8.1 a", "", "partial"), AnswerRow(ISO, "8.1 a", "", "partial")]
    ((place, why),) = audited.refused(rows)
    assert (place, "write to tiny-iso-26" in why) == (1, True)


# --- marks ---------------------------------------------------------------------------------------

MARKS: dict[str, tuple[Callable[[Engagement], object], str, bool]] = {
    "rate otherwise": (lambda e: e.rate(ISO26, [("8.1 a", "")], "partial"), "Rate 8.1 a partial", False),
    "rate the same": (lambda e: e.rate(ISO26, [("8.1 a", "")], "conforming"), "Rate 8.1 a conforming", False),
    "clear": (lambda e: e.rate(ISO26, [("8.1 a", "")], ""), "Clear 8.1 a", False),
    "confirm": (lambda e: e.confirm(ISO26, [("8.1 a", "")]), "Confirm 8.1 a", False),
    "confirm many": (
        lambda e: e.confirm(ISO26, [("8.1 a", ""), ("8.1 b", ""), ("8.1 c", "")]),
        "Confirm 2 points of 8.1",
        False,
    ),
    "import otherwise": (lambda e: e.write_answers([AnswerRow(ISO26, "8.1 a", "", "partial")], "In"), "In", False),
    "import a note": (
        lambda e: e.write_answers([AnswerRow(ISO26, "8.1 a", "", "conforming", "x")], "In"),
        "In",
        True,
    ),
    "note": (lambda e: e.note(ISO26, "8.1 a", "", "x"), "Note on 8.1 a", True),
    "flag": (lambda e: e.flag(ISO26, "8.1 a", "", on=True), "Flag 8.1 a", True),
}


@pytest.mark.parametrize("name", MARKS)
def test_who_rates_or_confirms_takes_the_mark_away(audited: Engagement, name: str) -> None:
    verb, title, marked = MARKS[name]
    audited.succeed(points_after())
    before = state(audited)
    change = verb(audited)
    assert change.title == title  # type: ignore[attr-defined]
    assert (ISO26, "8.1 a", "") in change.cells  # type: ignore[attr-defined]
    assert (("8.1 a", "") in audited.carried(ISO26)) is marked
    assert ("8.2 a", "") in audited.carried(ISO26)
    assert audited.check() == ()
    audited.undo()
    assert state(audited) == before


def test_what_bears_no_mark_is_not_confirmed(audited: Engagement) -> None:
    audited.succeed(points_after())
    head = audited.head()
    assert not audited.confirm(ISO26, [("8.1 c", "")])
    assert not audited.confirm(ISO26, [])
    assert not audited.confirm(CMMI, [("CM 1.1", "falcon")])
    assert audited.head() == head
    with pytest.raises(UsageError, match="has no 9 z"):
        audited.confirm(ISO26, [("9 z", "")])


def test_a_session_goes_on_where_something_was_confirmed(audited: Engagement) -> None:
    audited.succeed(points_after())
    assert audited.last_answered() is None
    audited.rate(ISO26, [("8.2 a", "")], "conforming")
    assert audited.last_answered() == (ISO26, "8.2 a")
    audited.rate(ISO26, [("8.2 b", "")], "partial")
    assert audited.last_answered() == (ISO26, "8.2 b")
    assert [step.title for step in audited.history(catalog=ISO26, item="8.2 a")] == [
        "Rate 8.2 a conforming",
        "Go from Tiny ISO:2015 to 2026",
    ]


def test_a_unit_takes_its_marks_along(audited: Engagement) -> None:
    audited.rate(CMMI, [("CM 1.1", "falcon"), ("CM 1.1", "heron")], "FM")
    audited.succeed(practices_after())
    audited.drop_unit("falcon")
    assert audited.carried(CMMI3) == {("CM 1.1", "heron"): "tiny-cmmi:CM 1.1"}
    assert audited.check() == ()


# --- findings ------------------------------------------------------------------------------------


def test_findings_go_along_and_none_is_lost(audited: Engagement) -> None:
    audited.succeed(points_after())
    assert [(one.label, one.items) for one in audited.findings()] == [
        ("F-01", ((ISO26, "8.1 b"),)),
        ("F-02", ((ISO26, "8.1 c"),)),  # changed: it stays open there too
    ]
    assert [(one.label, one.items) for one in audited.left_behind()] == [("F-03", ((ISO, "8.3 c"),))]


def test_a_finding_keeps_what_it_rested_on(audited: Engagement) -> None:
    audited.succeed(points_after())
    audited.rate(ISO26, [("8.1 c", "")], "partial")
    audited.record_finding(replace(audited.findings()[0], status="closed", items=((ISO26, "8.1 c"),)))
    audited.drop_framework(ISO26)
    first, *_ = audited.findings()
    assert (first.items, first.status) == (((ISO, "8.1 b"),), "closed")


def test_one_left_behind_is_taken_up_on_other_points(audited: Engagement) -> None:
    audited.succeed(points_after())
    (left,) = audited.left_behind()
    with pytest.raises(RefusedError, match="at least one"):
        audited.record_finding(replace(left, gap="x"))
    change = audited.record_finding(replace(left, items=(*left.items, (ISO26, "8.1 b"))))
    assert (change.title, audited.left_behind()) == ("Change finding F-03", ())
    assert [one.items for one in audited.findings() if one.number == 3] == [((ISO26, "8.1 b"),)]
    assert audited.check() == ()


def test_one_left_behind_can_be_removed_and_its_number_is_not_given_again(audited: Engagement) -> None:
    audited.succeed(points_after())
    assert audited.drop_finding("f3").title == "Remove finding F-03"
    audited.record_finding(Finding("", 0, "minor", ((ISO26, "8.1 b"),)))
    assert [one.label for one in audited.findings()] == ["F-01", "F-02", "F-04"]
    assert (audited.left_behind(), audited.check()) == ((), ())


# --- judgements and exclusions -------------------------------------------------------------------


def test_decisions_come_along_with_what_they_are_about(audited: Engagement) -> None:
    audited.rate(CMMI, [("CM 1.2", "falcon")], "FM")
    audited.rate(CMMI, [("CM 1.2", "heron")], "FM")
    audited.rate(CMMI, [("SAM 2.1", "falcon"), ("GOV 2.1", "falcon")], "DM")
    audited.put_unit(replace(audited.units()[0], id="ibis", name="Ibis"))
    audited.rate(CMMI, [("CM 1.2", "ibis")], "PM")
    audited.judge(CMMI, "CM 1.2", "PM", "New team")
    audited.judge(CMMI, "CM/1", "significant", "Half is lost")
    audited.judge(CMMI, "GOV/2", "significant", "Nobody asks")
    audited.exclude(CMMI, "SAM", "heron", "Buys nothing")
    passage = audited.passage(practices_after())
    audited.succeed(practices_after())
    assert audited.judgements(CMMI3) == {
        "CM 1.2": Judgement("CM 1.2", "PM", "New team"),
        "CM/1": Judgement("CM/1", "significant", "Half is lost"),
    }
    assert audited.exclusions(CMMI3) == {("SAM", "heron"): "Buys nothing"}
    assert (passage.unjudged, passage.included) == (("GOV/2",), ())
    assert ("SAM 2.1", "falcon") not in audited.answers(CMMI3)
    assert audited.check() == ()


def test_an_area_that_was_divided_has_to_be_left_out_anew(audited: Engagement) -> None:
    audited.exclude(CMMI, "CM", "falcon", "No product")
    after = practices_after()
    items = tuple(replace(item, base=("CM 1.1",)) if item.id == "OT 1.1" else item for item in after.items)
    after = replace(after, items=items)
    assert audited.passage(after).included == (("CM", "falcon"),)
    audited.succeed(after)
    assert audited.exclusions(CMMI3) == {}


def test_a_value_that_the_new_rules_do_not_take_is_asked_again(audited: Engagement) -> None:
    after = practices_after()
    groups = tuple(replace(group, always=group.id in ("GOV", "CM")) for group in after.groups)
    audited.rate(CMMI, [("CM 1.1", "falcon")], "NY")
    audited.rate(CMMI, [("CM 1.2", "falcon")], "FM")
    after = replace(after, groups=groups)
    assert audited.passage(after).differing == ("CM 1.1",)
    audited.succeed(after)
    assert set(audited.answers(CMMI3)) == {("CM 1.2", "falcon")}


# --- the way back --------------------------------------------------------------------------------


def test_one_undo_takes_all_of_it_back_and_redo_does_it_again(audited: Engagement) -> None:
    before = state(audited)
    steps = len(audited.history())
    audited.succeed(points_after())
    after = state(audited)
    assert len(audited.history()) == steps + 1
    assert audited.undo().title == "Took back: Go from Tiny ISO:2015 to 2026"
    assert state(audited) == before
    assert [one.label for one in audited.findings()] == ["F-01", "F-02", "F-03"]
    audited.redo()
    assert state(audited) == after
    assert audited.check() == ()


def test_removing_the_new_edition_brings_the_former_back(audited: Engagement) -> None:
    before = state(audited)
    audited.succeed(points_after())
    audited.rate(ISO26, [("8.2 d", "")], "partial")
    audited.record_finding(Finding("own", 0, "minor", ((ISO26, "8.2 d"),)))
    assert audited.drop_framework(ISO26).title == "Remove Tiny ISO:2026 and go back to Tiny ISO:2015"
    assert state(audited) == before
    assert audited.check() == ()


def test_a_file_keeps_it_when_it_is_closed(audited: Engagement, path: Path) -> None:
    audited.succeed(points_after())
    after = state(audited)
    audited.close()
    with Engagement.open(path, read_only=True) as again:
        assert state(again) == after
        assert [one.catalog for one in again.frameworks()] == [CMMI, ISO26]


def test_editions_may_follow_each_other(audited: Engagement) -> None:
    audited.succeed(points_after())
    after = points_after()
    third = replace(
        after,
        id="tiny-iso-30",
        edition="2030",
        base=ISO26,
        items=tuple(replace(item, base=(item.id,), change="same") for item in after.items),
    )
    audited.succeed(third)
    assert [one.catalog for one in audited.frameworks()] == [CMMI, "tiny-iso-30"]
    assert audited.carried("tiny-iso-30")["8.1 a", ""] == "tiny-iso-26:8.1 a"
    assert [one.label for one in audited.left_behind()] == ["F-03"]
    with pytest.raises(RefusedError, match="is in this engagement already and was followed by a later edition"):
        audited.succeed(points_after())
    assert audited.check() == ()


# --- refusals ------------------------------------------------------------------------------------

REFUSED: dict[str, tuple[Callable[[Engagement], object], type[GapbenchError], str]] = {
    "no base": (
        lambda e: e.succeed(replace(points_after(), id="v13", base="")),
        RefusedError,
        "no new edition of what this engagement has (Tiny CMMI 2.0 and Tiny ISO:2015), and a rating is never converted",
    ),
    "base not here": (
        lambda e: e.succeed(replace(points_after(), base="as9100")),
        UsageError,
        "follows as9100, which is not in this engagement; it has Tiny CMMI 2.0 and Tiny ISO:2015.",
    ),
    "already there": (
        lambda e: (e.succeed(points_after()), e.undo(), e.add_framework(points_after()), e.succeed(points_after())),
        RefusedError,
        "Tiny ISO:2026 is in this engagement already.",
    ),
    "asked together already": (
        lambda e: (e.succeed(points_after(), "dual"), e.succeed(points_after())),
        RefusedError,
        "already, asked together with Tiny ISO:2015; to go on with it alone, remove Tiny ISO:2015 from the scope.",
    ),
    "followed already": (
        lambda e: (e.succeed(points_after()), e.succeed(replace(points_after(), id="other"))),
        RefusedError,
        "Tiny ISO:2015 is followed by Tiny ISO:2026 in this engagement already",
    ),
    "other rules": (
        lambda e: e.succeed(replace(practices_after(), base=ISO)),
        RefusedError,
        "is rated in another way than Tiny ISO:2015, and a rating is never converted",
    ),
    "no such mode": (
        lambda e: e.succeed(points_after(), "both"),  # type: ignore[arg-type]
        UsageError,
        "as transition or dual",
    ),
    "added beside its follower": (
        lambda e: (e.succeed(points_after()), e.add_framework(points(3))),
        RefusedError,
        "Tiny ISO:2015 is in this engagement already.",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_are_sentences(audited: Engagement, name: str) -> None:
    verb, kind, words = REFUSED[name]
    with pytest.raises(GapbenchError) as caught:
        verb(audited)
    assert type(caught.value) is kind
    assert words in str(caught.value)
    assert str(caught.value).endswith(".")
    assert audited.check() == ()


def test_a_file_that_is_only_read(audited: Engagement, path: Path) -> None:
    audited.close()
    with Engagement.open(path, read_only=True) as reading:
        assert reading.passage(points_after()).new == ("8.2 d",)
        with pytest.raises(FileError, match="open for reading only"):
            reading.succeed(points_after())
        with pytest.raises(FileError, match="open for reading only"):
            reading.confirm(ISO, [("8.1 a", "")])


# --- what it costs -------------------------------------------------------------------------------


def statements(engagement: Engagement, verb: Callable[[], object]) -> list[str]:
    said: list[str] = []
    engagement._file.connection.set_trace_callback(said.append)
    verb()
    engagement._file.connection.set_trace_callback(None)
    return said


def test_a_rating_asks_no_more_where_no_edition_follows_another(audited: Engagement) -> None:
    audited.rate(ISO, [("8.1 a", "")], "partial")
    said = statements(audited, lambda: audited.rate(ISO, [("8.1 a", "")], "conforming"))
    assert len(said) == 12
    assert not any("carried" in statement for statement in said)
    assert not any("carried" in statement for statement in statements(audited, lambda: audited.case(ISO)))
