"""The rules run on "and if these packages were done?", by ticks, by package and by month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapbench.planning.forecast import Forecaster, by_month, by_package
from gapbench.planning.future import after
from gapbench.planning.outlook import Outlook, outlook
from gapbench.planning.values import Decision
from gapbench.rating.inputs import Answer, Finding
from gapbench.rating.models import model_of
from tests.planning.ground import CMMI, ISO, TODAY, answered, catalog, settings, twenty_five

if TYPE_CHECKING:
    from gapbench.planning.requirements import Part
    from gapbench.planning.values import Standing

VERDICTS = ("not_ready", "incomplete", "not_recommended", "likely_with_plan", "likely")
LEVELS = ("incomplete", "below_target", "on_target")

SHARED = Finding("f", 1, "minor", ((ISO, "9.2.1 §1"), (CMMI, "CM 2.1")), gap="Audits and baselines do not meet.")

WEAK = {
    "4.1 §1": "partial", "7.2 a": "partial", "7.2 b": "not_conforming", "9.3.1 §1": "partial", "10.3 §1": "partial",
}  # fmt: skip
PRACTICES = {"CM 2.1": "PM", "PLAN 2.1": "DM", "OT 2.1": "DM", "GOV 2.3": "LM", "DAR 3.1": "PM", "EST 1.1": "DM"}


def _parts() -> tuple[Part, ...]:
    iso, _ = answered(ISO, WEAK | {"9.2.1 §1": "partial"}, "conforming")
    cmmi, _ = answered(CMMI, PRACTICES, "FM", views=("DEV",), target=3)
    cases = [replace(case, findings=(SHARED,)) for case in (iso, cmmi)]
    return tuple((case, model_of(case.scope).assess(case)) for case in cases)


SLOW = settings(capacity=2.0)
"""So that the few days of this plan take several months."""


@cache
def _outlook() -> Outlook:
    return outlook(_parts(), twenty_five(), SLOW, today=TODAY)


def _said(standings: dict[str, Standing]) -> list[tuple[str, str]]:
    return [(it.verdict, it.short) for it in standings.values()]


def test_of_no_package_it_is_today() -> None:
    parts = _parts()
    today = after(parts, _outlook().packages, ())
    assert today[ISO].verdict == parts[0][1].verdict == "likely_with_plan"
    assert _said(today) == [("likely_with_plan", "98.9 %"), ("below_target", "ML0")]
    assert (today[ISO].open, today[CMMI].open) == (5, 6)


def test_of_all_packages_everything_is_met() -> None:
    done = after(_parts(), _outlook().packages, [it.id for it in _outlook().packages])
    assert _said(done) == [("likely", "100.0 %"), ("on_target", "ML3")]
    assert (done[ISO].open, done[CMMI].open) == (0, 0)


def test_ticking_packages_turns_level_1_into_level_2() -> None:
    its = _outlook().packages
    first = {"WP12"}  # EST 1.1 and PLAN 2.1
    second = first | {"WP04", "WP07"}  # CM 2.1 and OT 2.1
    assert [after(_parts(), its, done)[CMMI].short for done in (set(), first, second)] == ["ML0", "ML1", "ML2"]


def test_a_finding_over_two_frameworks_closes_with_the_last_of_its_packages() -> None:
    parts, its = _parts(), _outlook().packages
    others = {it.id for it in its} - {"WP04", "WP21"}
    verdicts = [after(parts, its, others | more)[ISO].verdict for more in (set(), {"WP21"}, {"WP04"}, {"WP04", "WP21"})]
    assert verdicts == ["likely_with_plan", "likely_with_plan", "likely_with_plan", "likely"]


def test_what_is_recorded_stays_as_it_is() -> None:
    parts = _parts()
    answers = dict(parts[0][0].answers)
    after(parts, _outlook().packages, ["WP01", "WP07"])
    assert parts[0][0].answers == answers
    assert parts[0][0].findings == (SHARED,)


def test_unrated_items_keep_the_verdict_open_unless_they_are_taken_for_met() -> None:
    iso = answered(ISO, {"4.1 §1": "partial", "4.2 a": ""}, "conforming")
    cmmi = answered(CMMI, {"CM 2.1": "PM", "CM 1.1": ""}, "FM", views=("DEV",), target=3)
    found = outlook((iso, cmmi), twenty_five(), settings(), today=TODAY)
    done = [it.id for it in found.packages]
    assert _said(after((iso, cmmi), found.packages, done)) == [("incomplete", "100.0 %"), ("incomplete", "ML0")]
    assert _said(after((iso, cmmi), found.packages, done, unrated_is_met=True)) == [
        ("likely", "100.0 %"), ("on_target", "ML3"),
    ]  # fmt: skip


def test_by_package_each_end_is_a_step() -> None:
    found = _outlook()
    steps = by_package(_parts(), found.packages, found.schedule)
    assert (steps[0].day, steps[0].done) == (TODAY, ())
    assert [moment.day for moment in steps[1:]] == sorted({slot.finish for slot in found.schedule.slots.values()})
    assert set(steps[-1].done) == {it.id for it in found.packages}
    for moment in steps:
        assert dict(moment.standings) == after(_parts(), found.packages, moment.done)


def test_by_month_up_to_the_last_package() -> None:
    found = _outlook()
    assert [moment.day for moment in found.forecast][:2] == [date(2026, 11, 30), date(2026, 12, 31)]
    assert found.forecast[-1].day >= found.schedule.finish
    for moment in found.forecast:
        ended = {name for name, slot in found.schedule.slots.items() if slot.finish <= moment.day}
        assert set(moment.done) == ended
        assert dict(moment.standings) == after(_parts(), found.packages, ended)


def test_a_package_that_is_called_done_counts_from_the_first_day() -> None:
    found = outlook(_parts(), twenty_five(), SLOW, today=TODAY, decisions=[Decision("WP12", status="done")])
    assert "WP12" in found.forecast[0].done
    assert found.forecast[0].standings[CMMI].short == "ML1"


IDS = [f"WP{n:02d}" for n in range(1, 26)]


@hypothesis.settings(deadline=None, max_examples=40)
@given(st.lists(st.sets(st.sampled_from(IDS)), min_size=2, max_size=4))
def test_more_packages_never_make_it_worse(ticks: list[set[str]]) -> None:
    done: set[str] = set()
    before = after(_parts(), _outlook().packages, done)
    for more in ticks:
        done |= more
        now = after(_parts(), _outlook().packages, done)
        assert (now[ISO].percent or 0) >= (before[ISO].percent or 0)
        assert VERDICTS.index(now[ISO].verdict) >= VERDICTS.index(before[ISO].verdict)
        assert (now[CMMI].level or 0) >= (before[CMMI].level or 0)
        assert LEVELS.index(now[CMMI].verdict) >= LEVELS.index(before[CMMI].verdict)
        before = now


ISO_ITEMS = [item.id for item in catalog(ISO).items if item.scored][::9]
CMMI_ITEMS = [item.id for item in catalog(CMMI).items if not item.group.startswith("S")][::7]
KEYS = st.one_of(
    st.tuples(st.just(0), st.sampled_from(ISO_ITEMS), st.sampled_from(["conforming", "partial", "not_conforming", ""])),
    st.tuples(st.just(1), st.sampled_from(CMMI_ITEMS), st.sampled_from(["FM", "LM", "PM", "DM", ""])),
)


@hypothesis.settings(deadline=None, max_examples=25)
@given(st.lists(KEYS, min_size=1, max_size=5), st.booleans())
def test_what_is_remembered_makes_no_difference(keys: list[tuple[int, str, str]], by_packages: bool) -> None:
    parts, remembering = list(_parts()), Forecaster()
    for place, item, value in keys:
        case, result = parts[place]
        case = replace(case, answers={**case.answers, (item, ""): Answer(value, note="weak")})
        parts[place] = case, model_of(case.scope).reassess(case, result, frozenset({item}))
        found = outlook(parts, twenty_five(), SLOW, today=TODAY, forecaster=remembering)
        assert found.forecast == by_month(parts, found.packages, found.schedule)
        if by_packages:
            fresh = by_package(parts, found.packages, found.schedule)
            assert remembering.by_package(parts, found.packages, found.schedule) == fresh


def test_other_findings_are_not_mixed_up_with_the_ones_before() -> None:
    parts, remembering = _parts(), Forecaster()
    outlook(parts, twenty_five(), SLOW, today=TODAY, forecaster=remembering)
    cases = [replace(case, findings=(replace(SHARED, cls="major"),)) for case, _ in parts]
    now = [(case, model_of(case.scope).assess(case)) for case in cases]
    found = outlook(now, twenty_five(), SLOW, today=TODAY, forecaster=remembering)
    assert found.forecast[0].standings[ISO].verdict == "not_recommended"


@pytest.mark.parametrize("sites", [1, 3])
def test_every_unit_is_brought_to_the_best_value(sites: int) -> None:
    from tests.rating import small

    case = small.iso_sites({("8.4.1 a", site.id): "partial" for site in (small.PLANT, small.OFFICE)[:sites]})
    part = case, model_of(case.scope).assess(case)
    found = outlook((part,), (), settings(), today=TODAY)
    assert [it.package.name for it in found.packages] == ["Other work for ISO small:2015"]
    assert found.forecast[-1].standings[small.ISO.id].verdict == "likely"
