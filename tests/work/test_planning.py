"""The plan of an open engagement: everything in one place, true after every step, and the same for programs."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from gapbench.catalog.shipped import list_shipped, load_shipped
from gapbench.engagement.engagement import Engagement
from gapbench.engagement.values import Profile
from gapbench.errors import RefusedError
from gapbench.planning.values import Action, Decision, Settings
from gapbench.rating.inputs import Finding, Unit
from gapbench.rating.models import model_of
from gapbench.work.planning import Planner, plan_json, plan_of, slips
from gapbench.work.readiness import Readiness

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gapbench.engagement.values import Change
    from gapbench.work.planning import Plan

TODAY = date(2026, 11, 23)
ISO, CMMI = "iso9001-2015", "cmmi-2.0"


def made(path: Path, *frameworks: str, share: int = 3, seed: int = 7) -> Engagement:
    """An engagement of which every so many items are rated, some well and some badly."""
    engagement = Engagement.create(path, Profile("Acme"), author="E. Gray")
    for name in frameworks:
        engagement.add_framework(load_shipped(name))
    draw = random.Random(seed)  # noqa: S311 (nothing secret)
    for framework in engagement.frameworks():
        scope = engagement.scope(framework.catalog)
        rules = model_of(scope)
        codes = [value.code for value in rules.scale(scope.catalog) if value.tone in ("good", "fair", "poor", "bad")]
        asked = [item for item in rules.in_scope(scope) if item.scored and draw.randrange(share) == 0]
        for code in codes:
            cells = [(item.id, "") for item in asked if draw.choice(codes) == code]
            cells = [cell for cell in cells if not rules.refuse(scope, scope.catalog.item[cell[0]], code)]
            engagement.rate(framework.catalog, cells, code, note="Seen") if cells else None
    return engagement


@pytest.fixture
def acme(tmp_path: Path) -> Iterator[Engagement]:
    """ISO 9001:2015 and CMMI 2.0, half of it answered."""
    with made(tmp_path / "acme.gapbench", ISO, CMMI, share=2) as engagement:
        yield engagement


def as_json(plan: Plan) -> str:
    return json.dumps(plan_json(plan), sort_keys=True)


# --- what it holds ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [line.id for line in list_shipped()])
def test_every_framework_has_a_plan(tmp_path: Path, name: str) -> None:
    with made(tmp_path / "a.gapbench", name) as engagement:
        plan = plan_of(engagement, TODAY)
        said = plan_json(plan)
        assert json.loads(json.dumps(said)) == said
        assert plan.packages
        assert (len(plan.agenda.items), len(plan.gates) > 3, bool(plan.paths())) == (14, True, True)
        assert plan.what_if(plan.package)[name].open == 0


def test_an_engagement_without_frameworks_has_an_empty_one(tmp_path: Path) -> None:
    with Engagement.create(tmp_path / "a.gapbench", Profile("Acme")) as engagement:
        said = plan_json(plan_of(engagement, TODAY))
        assert (said["packages"], said["gates"], said["now"]["iso"], said["now"]["cmmi"]) == ([], [], None, None)


def test_each_open_item_is_in_exactly_one_package(acme: Engagement) -> None:
    plan = plan_of(acme, TODAY)
    said = plan_json(plan)
    open_ = Counter(name for package in said["packages"] for name in package["open"])
    wanted = {f"{it.ref[0]}:{name}" for it in plan.requirements for name in it.open_items}
    assert open_.keys() == wanted
    assert set(open_.values()) == {1}
    closes = [name for package in said["packages"] for name in package["closes"]]
    assert len(closes) == len(set(closes))
    for package in said["packages"]:
        assert set(package["open"]) <= set(package["closes"])


def test_programs_find_what_the_format_promises(acme: Engagement) -> None:
    acme.decide_package(Decision("WP04", "Ann", "started", pain=(3, 4)))
    said = plan_json(plan_of(acme, TODAY))
    assert said["format"] == "gapbench-plan/1"
    keys = {
        "id",
        "name",
        "closes",
        "open",
        "effort",
        "priority",
        "needs",
        "start",
        "finish",
        "owner",
        "status",
        "actions",
    }
    for package in said["packages"]:
        assert keys <= package.keys()
        assert [*package["priority"]][:8] == [*"PSCBRGUZ"]
        assert package["effort"][0] <= package["effort"][1]
        assert {"id", "what", "closes", "owner", "effort", "start", "due", "status"} <= package["actions"][0].keys()
    (four,) = [package for package in said["packages"] if package["id"] == "WP04"]
    assert (four["owner"], four["status"], four["priority"]["R"]) == ("Ann", "started", 2.4)
    assert all(it["iso"].keys() >= {"percent", "verdict"} for it in said["forecast"])
    assert all("maturity_level" in it["cmmi"] for it in said["forecast"])
    assert [it["date"] for it in said["forecast"]] == sorted(it["date"] for it in said["forecast"])


def test_practices_are_counted_by_what_is_known_of_them(acme: Engagement) -> None:
    plan = plan_of(acme, TODAY)
    scope = acme.scope(CMMI)
    assert sum(plan.candidates[CMMI].values()) == len(model_of(scope).in_scope(scope))
    assert plan.candidates[CMMI]["gap"] > 0


def test_the_review_is_on_the_day_that_the_schedule_has_for_it(acme: Engagement) -> None:
    plan = plan_of(acme, TODAY)
    assert plan.agenda.day == plan.schedule.gate["iso.review"].finish
    assert plan.programme.begin == plan.schedule.begin == TODAY


def test_actions_run_while_their_package_does(acme: Engagement) -> None:
    plan = plan_of(acme, TODAY)
    for package in plan.packages:
        slot = plan.schedule.slots[package.id]
        for action in package.actions:
            start, due = plan.dates[action.id]
            assert slot.start <= start <= due <= slot.finish


# --- recorded actions and findings -----------------------------------------------------------------


def test_a_proposed_action_that_is_taken_up_is_proposed_no_more(acme: Engagement) -> None:
    plan = plan_of(acme, TODAY)
    proposed = plan.packages[0].actions[0]
    acme.record_action(replace(proposed, owner="Ann", status="started"))
    after = plan_of(acme, TODAY).package[proposed.package]
    (taken,) = [it for it in after.actions if it.what == proposed.what]
    assert (taken.owner, taken.status, taken.closes) == ("Ann", "started", proposed.closes)
    assert len(after.actions) == len(plan.packages[0].actions)


def test_the_action_of_a_finding_stands_in_its_package(acme: Engagement) -> None:
    acme.rate(ISO, [("9.2.1 b", "")], "not_conforming", note="None")
    acme.record_finding(Finding("", 0, "major", ((ISO, "9.2.1 b"),), gap="No audit was ever done"))
    (finding,) = acme.findings()
    (proposed,) = [it for it in plan_of(acme, TODAY).package["WP21"].actions if it.finding == finding.id]
    acme.record_action(Action("", "", "Plan the audits", finding=finding.id))
    found = [it.what for it in plan_of(acme, TODAY).package["WP21"].actions]
    assert "Plan the audits" in found
    assert proposed.what not in found


def test_an_action_of_a_package_with_nothing_open_is_not_lost(tmp_path: Path) -> None:
    with Engagement.create(tmp_path / "a.gapbench", Profile("Acme")) as engagement:
        engagement.add_framework(load_shipped(ISO))
        engagement.record_action(Action("one", "WP04", "Write it", status="done"))
        plan = plan_of(engagement, TODAY)
        assert plan.packages == ()
        assert [it.id for it in plan.actions] == ["one"]
        engagement.record_action(Action("two", "WP04", "Train", effort=2.0))
        assert [it.id for it in plan_of(engagement, TODAY).package["WP04"].actions] == ["one", "two"]


# --- kept true -------------------------------------------------------------------------------------


def _steps(engagement: Engagement) -> Iterator[Change]:
    """Steps of every kind that touch a plan."""
    yield engagement.rate(ISO, [("7.5.1 a", "")], "not_conforming", note="None")
    yield engagement.rate(CMMI, [("CM 2.1", "")], "PM", note="Weak")
    yield engagement.set_plan(Settings(size="S", capacity=9, cmmi_mandate=3, deadline=date(2027, 6, 1)))
    yield engagement.decide_package(Decision("WP04", pain=(4, 4), priority=9, reason="First"))
    yield engagement.record_finding(Finding("", 0, "minor", ((ISO, "7.5.1 a"),)))
    yield engagement.record_action(Action("one", "WP04", "Write it", ((ISO, "7.5.1"),), effort=3))
    yield engagement.undo()
    yield engagement.put_unit(Unit("falcon", "Falcon", "project"))
    yield engagement.change_framework(replace(engagement.frameworks()[1], target=2))
    yield engagement.succeed(load_shipped("iso9001-2026"), "dual")
    yield engagement.drop_framework(CMMI)
    yield engagement.describe(Profile("Acme Ltd"))
    for _ in range(3):
        yield engagement.undo()


@pytest.mark.parametrize("shared", [False, True])
def test_after_every_step_it_is_as_if_made_anew(acme: Engagement, *, shared: bool) -> None:
    readiness = Readiness(acme) if shared else None
    planner = Planner(acme, readiness, today=TODAY)
    planner.look()
    for change in _steps(acme):
        if readiness is not None:
            readiness.take(change)
        planner.take(change)
        assert as_json(planner.look()) == as_json(plan_of(acme, TODAY))


def test_a_step_of_the_plan_alone_runs_no_rules(acme: Engagement) -> None:
    planner = Planner(acme, today=TODAY)
    before = planner.look()
    planner.take(acme.decide_package(Decision("WP04", "Ann")))
    after = planner.look()
    assert after.package["WP04"].decision.owner == "Ann"
    assert all(old[1] is new[1] for old, new in zip(before.parts, after.parts, strict=True))
    assert before.package["WP04"].decision.owner == ""  # what was given is frozen


def test_nothing_is_made_anew_without_a_step(acme: Engagement) -> None:
    planner = Planner(acme, today=TODAY)
    first = planner.look()
    planner.take(acme.decide_package(Decision("WP04")))
    assert planner.look() is first


# --- questions -------------------------------------------------------------------------------------


def test_a_trial_says_what_would_come_and_writes_nothing(acme: Engagement) -> None:
    planner = Planner(acme, today=TODAY)
    before, steps = planner.look(), acme.history()
    first = next(iter(before.schedule.slots))
    late = Decision(first, start=date(2027, 3, 1))
    tried = planner.trial(decision=late)
    assert acme.history() == steps
    assert planner.look() is before
    moved = {slip.id: slip.days for slip in slips(before.schedule, tried.schedule)}
    assert moved[first] > 0
    assert moved["iso.certificate"] >= 0
    acme.decide_package(late)
    assert as_json(plan_of(acme, TODAY)) == as_json(tried)


def test_a_trial_without_an_action_is_the_plan_once_it_is_gone(acme: Engagement) -> None:
    acme.record_action(Action("one", "WP04", "Write it", effort=30))
    planner = Planner(acme, today=TODAY)
    tried = planner.trial(without="one")
    assert as_json(tried) != as_json(planner.look())
    acme.drop_action("one")
    assert as_json(tried) == as_json(plan_of(acme, TODAY))


def test_what_cannot_be_planned_is_said_in_a_sentence(acme: Engagement) -> None:
    with pytest.raises(RefusedError, match="does not end within 20 years; give it more person-days"):
        Planner(acme, today=TODAY).trial(settings=Settings(capacity=0))


def test_packages_that_are_done_turn_one_level_into_the_next(acme: Engagement) -> None:
    plan = plan_of(acme, TODAY)
    planner = Planner(acme, today=TODAY, unrated_is_met=True)
    levels = [moment.standings[CMMI].level or 0 for moment in planner.look().forecast]
    assert levels == sorted(levels)
    assert levels[-1] == plan.outlook.targets["cmmi"] == 5
    assert plan.now[CMMI].level == 0
    assert plan.best(10_000).packages == tuple(plan.package)
    assert plan.best(0).packages == ()
