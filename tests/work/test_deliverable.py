"""Everything that the workbook says, read once from an engagement."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from gapbench.engagement.engagement import Engagement
from gapbench.engagement.values import Framework, Profile
from gapbench.rating.inputs import Answer, Finding, Unit
from gapbench.rating.results import ConformityResult, LevelResult
from gapbench.work.deliverable import build, levels_shown
from gapbench.work.readiness import Readiness
from tests.engagement import small
from tests.excel import examples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ISO, CMMI = "iso-test", "cmmi-test"


@pytest.fixture
def engagement(tmp_path: Path) -> Iterator[Engagement]:
    with Engagement.create(tmp_path / "client.gapbench", Profile(client="Northwind"), author="E. Gray") as it:
        for name, kind in (("Alpha", "project"), ("Beta", "project"), ("Group", "function")):
            it.put_unit(Unit("", name, kind))  # type: ignore[arg-type]
        it.add_framework(examples.iso())
        it.add_framework(examples.cmmi(), views=("DEV",), target=2)
        it.rate(ISO, [("4.1 a", ""), ("4.1 b", "")], "partial", note="Half of it")
        it.rate(ISO, [("8.1 b", "")], "na", reason="No such thing here")
        it.rate(ISO, [("4.2 a", "")], "na", reason="Nobody is interested")
        it.rate(ISO, [("8.1 c", "")], "condition_not_met", reason="Not triggered")
        units = {unit.name: unit.id for unit in it.units()}
        it.rate(CMMI, [("CM 2.2", units["Alpha"])], "PM", note="Late")
        it.rate(CMMI, [("TS 3.2", units["Beta"])], "FM")
        it.exclude(CMMI, "EST", units["Beta"], "Beta does not estimate")
        it.record_finding(Finding("", 0, "minor", ((ISO, "4.1 a"), (CMMI, "CM 2.2")), gap="Half"))
        yield it


def test_it_says_what_the_rules_say(engagement: Engagement) -> None:
    deliverable = build(engagement)
    readiness = Readiness(engagement)
    assert {it.framework.catalog: it.result for it in deliverable.assessed} == readiness.results
    assert [it.name for it in deliverable.assessed] == ["ISO test:2015", "CMMI test 2.0"]
    assert deliverable.profile.client == "Northwind"
    assert deliverable.head == engagement.head()[0]


def test_it_names_its_moment(engagement: Engagement) -> None:
    at = datetime(2026, 11, 21, 10, 15, tzinfo=UTC)
    assert build(engagement, at).at == at
    assert build(engagement).at.tzinfo is not None
    assert build(engagement, at) == build(engagement, at)


def test_one_row_per_item_and_unit_in_reading_order(engagement: Engagement) -> None:
    rows = build(engagement).rows
    assert len({it.key for it in rows}) == len(rows)
    assert [it.catalog for it in rows] == sorted((it.catalog for it in rows), reverse=True)
    assert [it.item for it in rows if it.catalog == ISO] == [it.id for it in examples.iso().items]
    assert {it.unit for it in rows if it.catalog == ISO} == {"Organisation"}
    assert [it.unit for it in rows if it.item == "CM 2.2"] == ["Alpha", "Beta"]
    assert [it.unit for it in rows if it.item == "EST 1.1"] == ["Alpha"]


def test_a_row_says_everything_about_its_answer(engagement: Engagement) -> None:
    rows = {it.item: it for it in build(engagement).rows}
    row = rows["4.1 a"]
    assert (row.value, row.note, row.findings, row.group_title) == ("partial", "Half of it", ("F-01",), "Context")
    assert rows["4.1 b"].findings == ("proposed",)
    assert rows["8.1 b"].reason == "No such thing here"
    assert rows["9.3 a"].value == ""
    assert rows["8.1 b"].documented == "retain"


def test_options_are_listed_and_do_not_count(engagement: Engagement) -> None:
    counts = {it.item: it.counts for it in build(engagement).rows}
    assert counts["8.7 a"]
    assert not counts["8.7 c"]


def test_practices_above_the_target_are_listed_once_somebody_rated_their_group(engagement: Engagement) -> None:
    deliverable = build(engagement)
    listed = {it.item for it in deliverable.rows if it.catalog == CMMI}
    assert "TS 3.2" in listed  # rated, though level 2 is aimed at
    assert "EST 3.3" not in listed
    result = deliverable.assessed[1].result
    assert isinstance(result, LevelResult)
    groups = levels_shown(deliverable.assessed[1].scope, result)
    assert {("TS", 3), ("CM", 2)} <= groups
    assert ("PCM", 3) not in groups


def test_levels_of_areas_whose_items_stand_in_goals() -> None:
    deliverable = examples.shipped("cmmi-dev-1.3", "STAGED", 2).deliverable()
    result = deliverable.assessed[0].result
    assert isinstance(result, LevelResult)
    assert ("CM", 2) in levels_shown(deliverable.assessed[0].scope, result)
    assert {it.item for it in deliverable.rows} >= {"CM SP 1.1", "CM GP 2.1"}
    assert "CM GP 3.1" not in {it.item for it in deliverable.rows}


def test_signs_are_listed_and_do_not_count() -> None:
    rows = {it.item: it for it in examples.shipped("sw-cmm-1.1", "STAGED", 2).deliverable().rows}
    assert (rows["RM G1"].counts, rows["RM CO"].counts) == (True, False)


@pytest.fixture
def followed(tmp_path: Path) -> Iterator[Engagement]:
    """Points of which each has an answer, gone on from to the next edition, and from that to one more."""
    with Engagement.create(tmp_path / "editions.gapbench", Profile(client="Northwind"), author="E. Gray") as it:
        it.add_framework(small.points(3))
        it.rate(small.ISO, [(item.id, "") for item in small.points(3).items], "partial", note="Half")
        it.record_finding(Finding("", 0, "minor", ((small.ISO, "8.1 a"),), gap="Half"))
        it.record_finding(Finding("", 0, "minor", ((small.ISO, "8.3 c"),), gap="All"))
        it.succeed(small.points_after(), "transition")
        yield it


def test_an_edition_that_follows_another(followed: Engagement) -> None:
    deliverable = build(followed)
    (one,) = deliverable.bridges
    assert (one.how.former, one.how.catalog, one.how.mode) == (small.ISO, small.ISO26, "transition")
    assert (one.former["8.1 c"], one.new["8.1 c"], one.new["8.1 a"]) == ("partial", "", "partial")
    assert [(it.label, own, heirs) for it, own, heirs in one.moved] == [("F-01", ("8.1 a",), ("8.1 a",))]
    assert [it.label for it in one.left] == ["F-02"]
    rows = {it.item: it for it in deliverable.rows}
    assert (rows["8.2 a"].carried, rows["8.2 a"].change, rows["8.1 c"].carried) == ("Tiny ISO:2015 8.2 b", "moved", "")
    followed.confirm(small.ISO26, [("8.2 a", "")])
    assert {it.item: it.carried for it in build(followed).rows}["8.2 a"] == ""


def test_only_editions_that_count_are_told_of(followed: Engagement) -> None:
    again = replace(small.points_after(), id="tiny-iso-30", edition="2030", base=small.ISO26)
    items = tuple(replace(it, base=(it.id,), change="same") for it in again.items)
    followed.succeed(replace(again, items=items), "transition")
    assert [it.how.catalog for it in build(followed).bridges] == ["tiny-iso-30"]


def test_in_a_dual_session_an_answer_serves_both(tmp_path: Path) -> None:
    with Engagement.create(tmp_path / "dual.gapbench", Profile(client="Northwind"), author="E. Gray") as it:
        it.add_framework(small.points(3))
        it.succeed(small.points_after(), "dual")
        rows = {(row.catalog, row.item): row.serves for row in build(it).rows}
    name = small.points_after().name
    assert (rows[small.ISO, "8.2 b"], rows[small.ISO26, "8.2 a"]) == (f"{name} 8.2 a", "Tiny ISO:2015 8.2 b")
    assert rows[small.ISO26, "8.1 c"] == ""


def test_a_function_s_areas_are_asked_of_it(engagement: Engagement) -> None:
    engagement.change_framework(Framework(CMMI, ("DEV",), 3, position=1))
    rows = build(engagement).rows
    assert {it.unit for it in rows if it.group == "PCM"} == {"Group"}


def test_findings_recorded_then_proposed(engagement: Engagement) -> None:
    findings = build(engagement).findings
    assert [it.label for it in findings] == ["F-01", "proposed"]
    result = build(engagement).assessed[0].result
    assert isinstance(result, ConformityResult)
    assert [it for it in result.findings if it.proposed] == [it for it in findings if it.proposed]


def test_what_is_out_with_reason_and_warning(engagement: Engagement) -> None:
    out = {it.subject: it for it in build(engagement).not_applicable}
    assert list(out) == ["4.2 a", "8.1 b", "8.1 c", "EST"]
    assert (out["8.1 b"].kind, out["8.1 b"].warning) == ("not applicable", "")
    assert "auditor will ask" in out["4.2 a"].warning
    assert out["8.1 c"].kind == "condition not met"
    assert (out["EST"].kind, out["EST"].unit, out["EST"].reason) == ("out of scope", "Beta", "Beta does not estimate")


def out(*said: tuple[str, str, str]) -> list[tuple[str, str, str]]:
    """Reference, kind and reason of what is left out, from item, value and reason."""
    example = examples.Example().add(examples.iso())
    for item, value, reason in said:
        example.say(ISO, item, value, reason=reason)
    return [(it.subject, it.kind, it.reason) for it in example.deliverable().not_applicable]


def test_a_clause_that_is_out_as_one_is_one_row() -> None:
    one = [(f"4.2 {it}", "na", "Nobody") for it in "ab"]
    assert out(*one) == [("4.2, all 2 points", "not applicable", "Nobody")]
    assert out(*one, *((f"4.1 {it}", "na", "Nobody") for it in "abc")) == [
        ("4, all 5 points", "not applicable", "Nobody")
    ]
    assert out(*one, *((f"4.1 {it}", "na", "Nothing") for it in "abc")) == [
        ("4.1, all 3 points", "not applicable", "Nothing"),
        ("4.2, all 2 points", "not applicable", "Nobody"),
    ]


@pytest.mark.parametrize("other", [("na", "Else"), ("condition_not_met", "Nobody"), ("conforming", "")])
def test_points_that_are_out_for_different_reasons_keep_their_rows(other: tuple[str, str]) -> None:
    rows = out(("4.2 a", "na", "Nobody"), ("4.2 b", *other))
    assert [it[0] for it in rows] == ["4.2 a", "4.2 b"][: 1 if other[0] == "conforming" else 2]


def test_options_do_not_keep_a_clause_apart() -> None:
    assert [it[0] for it in out(*((f"8.7 {it}", "na", "None") for it in "ab"))] == ["8.7, all 2 points"]
    assert [it[0] for it in out(*((f"8.7 {it}", "na", "None") for it in "abcd"))] == ["8.7, all 2 points"]


def test_one_point_alone_is_no_whole() -> None:
    assert [it[0] for it in out(("9.3 a", "na", "None"))] == ["9.3 a"]


def test_each_site_has_its_own_row() -> None:
    example = examples.Example(units=(examples.NORTH, examples.SOUTH)).add(examples.iso())
    for item, unit in (("4.2 a", "s-north"), ("4.2 b", "s-north"), ("4.2 a", "s-south")):
        example.say(ISO, item, "na", unit, reason="Nobody")
    rows = [(it.subject, it.unit) for it in example.deliverable().not_applicable]
    assert rows == [("4.2, all 2 points", "North"), ("4.2 a", "South")]


def test_a_whole_clause_is_warned_of_once() -> None:
    example = examples.Example().add(examples.iso())
    for item in ("4.2 a", "4.2 b"):
        example.say(ISO, item, "na", reason="Nobody")
    (row,) = example.deliverable().not_applicable
    assert row.warning.startswith("4.2 a and 4.2 b are hardly ever accepted")


def test_a_missing_reason_is_said() -> None:
    example = examples.only(examples.iso()).say(ISO, "8.1 b", "na")
    example.answers[ISO] = {("8.1 b", ""): Answer("na")}
    (row,) = example.deliverable().not_applicable
    assert row.warning.startswith("No reason is recorded")


def test_an_empty_engagement(tmp_path: Path) -> None:
    with Engagement.create(tmp_path / "empty.gapbench", Profile(client="Nobody")) as engagement:
        deliverable = build(engagement)
    assert deliverable.rows == ()
    assert deliverable.assessed == ()
    assert deliverable.actions == ()
