"""Readiness as JSON, to the letter of the contract."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

from gapbench.engagement.values import Profile
from gapbench.rating.inputs import Finding
from gapbench.work import starting
from gapbench.work.readiness_report import report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gapbench.engagement.engagement import Engagement

ISO, CMMI = "iso9001-2015", "cmmi-2.0"
AT = datetime(2026, 11, 21, 12, 15, 0, 999, tzinfo=timezone(timedelta(hours=2)))


@pytest.fixture
def engagement(tmp_path: Path) -> Iterator[Engagement]:
    frameworks = [starting.parse_framework(text) for text in (ISO, f"{CMMI}:dev:3")]
    units = [starting.parse_unit(text) for text in ("Alpha", "Beta")]
    with starting.start(tmp_path / "a.gapbench", Profile("ACME"), frameworks, units, "") as made:
        yield made


def told(engagement: Engagement) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both assessments after a journey through JSON."""
    iso, cmmi = json.loads(json.dumps(report(engagement, AT), ensure_ascii=False))["assessments"]
    return iso, cmmi


def test_the_head(engagement: Engagement) -> None:
    found = report(engagement, AT)
    assert list(found) == ["format", "client", "at", "assessments"]
    assert (found["format"], found["client"], found["at"]) == ("gapbench-readiness/1", "ACME", "2026-11-21T10:15:00Z")
    now = datetime.fromisoformat(report(engagement)["at"])
    assert abs(datetime.now(UTC) - now) < timedelta(minutes=1)


def test_where_nothing_can_be_said_stands_null(engagement: Engagement) -> None:
    iso, cmmi = told(engagement)
    assert (iso["verdict"], iso["percent"], iso["coverage"], iso["majors"]) == ("incomplete", None, 0.0, 0)
    assert {group["worst"] for group in iso["groups"]} == {None}
    assert {group["percent"] for group in iso["groups"]} == {None}
    assert (cmmi["verdict"], cmmi["maturity_level"], cmmi["next_level"]) == ("incomplete", 0, 1)


def test_conformity(engagement: Engagement) -> None:
    engagement.rate(ISO, [("8.4.1 a", ""), ("8.4.1 b", "")], "conforming")
    engagement.rate(ISO, [("8.4.1 c", "")], "partial")
    engagement.record_finding(Finding("", 0, "major", ((ISO, "8.4.1 c"),)))
    iso, _ = told(engagement)
    required = {"catalog", "model", "verdict", "percent", "coverage", "majors", "minors", "blockers", "groups"}
    assert required <= set(iso)
    assert (iso["catalog"], iso["model"], iso["percent"], iso["majors"], iso["minors"]) == (
        ISO,
        "conformity",
        83.3,
        1,
        0,
    )
    assert [group["id"] for group in iso["groups"]] == ["4", "5", "6", "7", "8", "9", "10"]
    clause = next(group for group in iso["groups"] if group["id"] == "8")
    under = next(group for group in clause["groups"] if group["id"] == "8.4")
    leaf = next(group for group in under["groups"] if group["id"] == "8.4.1")
    for group in (clause, under, leaf):
        assert {"id", "title", "percent", "coverage", "majors", "minors", "worst", "groups"} <= set(group)
        assert (group["percent"], group["majors"], group["worst"]) == (83.3, 1, "partial")
    assert leaf["groups"] == []
    assert leaf["points"]["8.4.1 c"] == {"value": "partial"}
    assert "points" not in clause
    assert all(set(blocker) >= {"item", "why"} for blocker in iso["blockers"])


def test_what_an_auditor_will_question(engagement: Engagement) -> None:
    assert told(engagement)[0]["cautions"] == []
    engagement.rate(ISO, [("9.3.1 §1", "")], "na", reason="not here")
    (caution,) = told(engagement)[0]["cautions"]
    assert (caution["item"], caution["value"]) == ("9.3.1", "na")
    assert caution["why"].startswith("Management review, general: certification rests on it")


def test_a_point_that_waits_for_a_site_has_no_value_yet(tmp_path: Path) -> None:
    units = [starting.parse_unit(text) for text in ("North:site", "South:site")]
    framework = [starting.parse_framework(ISO)]
    with starting.start(tmp_path / "s.gapbench", Profile("ACME"), framework, units, "") as made:
        ids = {unit.name: unit.id for unit in made.units()}
        made.rate(ISO, [("9.3.1 §1", ids["North"])], "partial")
        (only,) = report(made)["assessments"]
        clause = next(group for group in only["groups"] if group["id"] == "9")
        (leaf,) = [one for under in clause["groups"] for one in under["groups"] if one["id"] == "9.3.1"]
        assert leaf["points"]["9.3.1 §1"] == {"value": None, "units": {"North": "partial", "South": None}}
        assert (leaf["percent"], leaf["coverage"], leaf["worst"]) == (None, 0.0, None)


def test_practice_groups(engagement: Engagement) -> None:
    ids = {unit.name: unit.id for unit in engagement.units()}
    engagement.rate(CMMI, [("CM 2.1", ids["Alpha"])], "FM")
    engagement.rate(CMMI, [("CM 2.1", ids["Beta"])], "PM", note="Tags missing")
    engagement.rate(CMMI, [("CM 1.1", ids["Alpha"]), ("CM 1.1", ids["Beta"])], "FM")
    _, cmmi = told(engagement)
    assert (cmmi["catalog"], cmmi["model"], cmmi["view"]) == (CMMI, "practice_groups", "DEV")
    assert (cmmi["target_level"], cmmi["maturity_level"], cmmi["next_level"]) == (3, 0, 1)
    cm = next(group for group in cmmi["groups"] if group["id"] == "CM")
    assert {"id", "title", "level", "capability_level", "practice_groups", "practices"} <= set(cm)
    assert (cm["level"], cm["capability_level"]) == (1, 0)
    assert cm["practice_groups"] == {"1": "satisfied", "2": "unsatisfied"}
    assert cm["practices"]["CM 2.1"] == {"value": "PM", "allowed": ["PM"], "units": {"Alpha": "FM", "Beta": "PM"}}
    assert cm["practices"]["CM 2.2"] == {"value": "NC", "allowed": ["NC"], "units": {"Alpha": "NC", "Beta": "NC"}}
    assert all(set(blocker) >= {"item", "value", "why"} for blocker in cmmi["blockers"])


def test_views_are_joined_and_what_is_out_says_why(tmp_path: Path) -> None:
    frameworks = [starting.parse_framework("cmmi-3.0:DEV+sec:2")]
    with starting.start(tmp_path / "b.gapbench", Profile("ACME"), frameworks, (), "") as engagement:
        (only,) = report(engagement)["assessments"]
        assert (only["view"], only["target_level"]) == ("DEV+SEC", 2)
        assert only["groups"][0]["practices"].popitem()[1]["units"] == {"Organisation": "NC"}
    frameworks = [starting.parse_framework("cmmi-2.0")]
    with starting.start(tmp_path / "c.gapbench", Profile("ACME"), frameworks, (), "") as engagement:
        engagement.exclude(CMMI, "SAM", "", "Nothing is bought")
        (only,) = report(engagement)["assessments"]
        assert [(area["id"], area["out"]) for area in only["groups"] if "out" in area] == [("SAM", "Nothing is bought")]
        assert only["target_level"] == 5
