"""The rules of use: a pair suggests where to look, what to offer and what to ask, and never rates."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from gapbench.catalog import packages
from gapbench.catalog.overlap import Cover, Overlap, Pair, overlap
from gapbench.catalog.shipped import load_shipped
from gapbench.planning import candidates as rules
from gapbench.planning.resolve import resolve
from gapbench.rating.inputs import Answer, Case, Finding, Scope, Unit
from gapbench.rating.models import model_of
from gapbench.rating.results import ConformityResult, LevelResult

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapbench.catalog.model import Catalog

UNITS = (Unit("f", "Falcon", "project"), Unit("h", "Heron", "project"), Unit("b", "Buying", "function"))
ISO = "iso9001-2015"


@cache
def catalog(name: str) -> Catalog:
    return load_shipped(name)


def result_of(
    name: str, said: Mapping[str, str], *, target: int = 3, findings: tuple[Finding, ...] = ()
) -> tuple[Scope, ConformityResult | LevelResult]:
    """A framework in which leaves, areas or items were answered alike by every unit that is asked."""
    views = ("DEV",) if name in ("cmmi-2.0", "cmmi-3.0") else ("STAGED",) if name == "cmmi-dev-1.3" else ()
    scope = Scope(catalog(name), views=views, target=target if views else 0, units=UNITS)
    answers = {}
    for item in scope.catalog.items:
        value = said.get(item.id) or said.get(item.group) or said.get(item.group.partition(" ")[0])
        if value:
            for unit in model_of(scope).units_for(scope, item):
                answers[item.id, unit.id] = Answer(value, note="weak", reason="because")
    return scope, model_of(scope).assess(Case(scope, answers, findings=findings))


def sides(
    iso: Mapping[str, str],
    cmmi: Mapping[str, str],
    names: tuple[str, str] = (ISO, "cmmi-2.0"),
    findings: tuple[Finding, ...] = (),
    target: int = 3,
) -> rules.Sides:
    """Both frameworks as answered."""
    _, ours = result_of(names[0], iso, findings=findings)
    scope, theirs = result_of(names[1], cmmi, target=target)
    found = overlap(catalog(names[0]), catalog(names[1]))
    assert found is not None
    assert isinstance(ours, ConformityResult)
    assert isinstance(theirs, LevelResult)
    return rules.Sides(found, ours, theirs, scope)


def about(found: tuple[rules.Suggestion, ...]) -> list[str]:
    return [suggestion.about[1] for suggestion in found]


# --- a pair suggests, it never rates ---------------------------------------------------------------------


def test_no_suggestion_has_a_place_for_a_rating() -> None:
    names = {field.name for field in fields(rules.Suggestion)}
    assert names == {
        "kind", "about", "because", "said", "why", "pairs", "strength", "confidence", "units", "answer",
    }  # fmt: skip


def test_asking_for_suggestions_leaves_the_results_as_they_are() -> None:
    both = sides({"7.2": "conforming", "10.2.1": "not_conforming"}, {"CM": "FM", "OT 2.2": "DM"})
    before = (repr(both.iso), repr(both.cmmi))
    rules.candidates(both)
    rules.checks(both)
    rules.covered(both, {"8.5.6": "yes"})
    rules.standing(both)
    assert (repr(both.iso), repr(both.cmmi)) == before


# --- direction iso_to_cmmi -------------------------------------------------------------------------------


def test_a_conforming_clause_proposes_practices_and_asks_every_sampled_unit() -> None:
    found = rules.candidates(sides({"8.2.2": "conforming"}, {}))
    assert about(found) == ["RDM 1.1"]
    (candidate,) = found
    assert candidate.kind == "candidate"
    assert candidate.units == ("f", "h")
    assert candidate.because == ((ISO, "8.2.2"),)
    assert candidate.pairs == ("X165",)
    assert candidate.said == "ISO 9001:2015 8.2.2 conforms: ask for evidence of CMMI 2.0 RDM 1.1 from Falcon and Heron."
    assert candidate.why == "Determined requirements are recorded requirements."
    assert (candidate.strength, candidate.confidence) == ("strong", "high")


def test_a_practice_of_support_is_asked_of_the_function() -> None:
    found = rules.candidates(sides({"7.2": "conforming"}, {}))
    assert about(found) == ["OT 1.1", "OT 2.1", "OT 2.2"]
    assert all(candidate.units == ("b",) for candidate in found)


@pytest.mark.parametrize("value", ["partial", "not_conforming", "na", ""])
def test_any_other_state_of_the_clause_proposes_nothing(value: str) -> None:
    assert rules.candidates(sides({"8.2.2": value}, {})) == ()


def test_one_point_that_is_open_or_partial_is_enough_to_propose_nothing() -> None:
    points = [item.id for item in catalog(ISO).items_of["8.2.2"]]
    whole = dict.fromkeys(points, "conforming")
    assert rules.candidates(sides(whole, {}))
    assert rules.candidates(sides(whole | {points[0]: "partial"}, {})) == ()
    assert rules.candidates(sides(dict.fromkeys(points[1:], "conforming"), {})) == ()


def test_a_finding_that_is_open_takes_the_proposal_back() -> None:
    finding = Finding("1", 1, "minor", ((ISO, catalog(ISO).items_of["8.2.2"][0].id),))
    assert rules.candidates(sides({"8.2.2": "conforming"}, {}, findings=(finding,))) == ()
    closed = replace(finding, status="closed")
    assert rules.candidates(sides({"8.2.2": "conforming"}, {}, findings=(closed,)))


def test_what_people_rated_is_no_candidate_any_more() -> None:
    for value in ("FM", "DM"):
        assert rules.candidates(sides({"8.2.2": "conforming"}, {"RDM 1.1": value})) == ()


def test_a_practice_out_of_scope_is_no_candidate() -> None:
    """At target level 1 the view asks nothing; level 3 practices of 7.2 are not asked at level 2."""
    assert rules.candidates(sides({"8.2.2": "conforming"}, {}, target=2))
    both = sides({"8.4.1": "conforming", "8.4.3": "conforming"}, {}, names=(ISO, "cmmi-3.0"))
    assert rules.candidates(both) == (), "SAM is not in the development view of 3.0"


def test_several_clauses_behind_one_practice_are_one_candidate() -> None:
    (found,) = [
        each
        for each in rules.candidates(sides({"5.1.1": "conforming", "7.1.1": "conforming"}, {}))
        if each.about[1] == "GOV 2.2"
    ]
    assert found.because == ((ISO, "5.1.1"), (ISO, "7.1.1"))
    assert found.said.startswith("ISO 9001:2015 5.1.1 and 7.1.1 conform: ask for evidence of CMMI 2.0 GOV 2.2")


def test_shared_and_weak_pairs_propose_nothing() -> None:
    both = sides(dict.fromkeys((leaf.id for leaf in catalog(ISO).leaves), "conforming"), {})
    direct = {pair.practice for pair in both.overlap.pairs if pair.direction == "iso_to_cmmi"}
    assert set(about(rules.candidates(both))) <= direct
    assert {"GOV 2.1", "PQA 2.2", "MC 3.4"}.isdisjoint(about(rules.candidates(both)))


def test_of_v1_3_what_is_asked_in_every_area_is_a_candidate_in_each() -> None:
    both = sides({"9.3.1": "conforming"}, {}, names=(ISO, "cmmi-dev-1.3"))
    found = about(rules.candidates(both))
    assert "CM GP 2.10" in found
    assert "VAL GP 2.10" in found
    assert all(name.endswith("GP 2.10") for name in found)


@pytest.mark.parametrize("iso", ["iso9001-2015", "iso9001-2026", "as9100d"])
@pytest.mark.parametrize("cmmi", ["cmmi-2.0", "cmmi-3.0", "cmmi-dev-1.3"])
def test_edition_and_version_stand_with_every_reference(iso: str, cmmi: str) -> None:
    every = {leaf.id: "conforming" for leaf in catalog(iso).leaves if leaf.id != "10.2.1"} | {
        "10.2.1": "not_conforming"
    }
    value = "FI" if cmmi == "cmmi-dev-1.3" else "FM"
    both = sides(every, {"OT": value, "CM": value}, names=(iso, cmmi))
    found = (*rules.candidates(both), *rules.checks(both), *rules.covered(both, {}))
    assert found
    for suggestion in found:
        assert suggestion.why
        assert catalog(iso).name in suggestion.said
        assert catalog(cmmi).name in suggestion.said


# --- direction shared, and cmmi_to_iso -------------------------------------------------------------------


def test_one_artefact_is_offered_to_both_records_once_and_closes_neither() -> None:
    found = overlap(catalog(ISO), catalog("cmmi-3.0"))
    assert found is not None
    offers = rules.offers(found, catalog("cmmi-3.0"), (ISO, "9.2.2"))
    assert {offer.kind for offer in offers} == {"offer"}
    assert about(offers) == ["PQA 2.1", "PQA 2.2", "PQA 2.3", "PQA 2.4", "PCM 1.2", "PCM 1.3", "PQA 3.1"]
    assert offers[0].said == "What shows ISO 9001:2015 9.2.2 may serve CMMI 3.0 PQA 2.1 too; it closes neither."
    again = rules.offers(found, catalog("cmmi-3.0"), (ISO, "9.2.2"), {("cmmi-3.0", "PQA 2.1")})
    assert about(again) == about(offers)[1:]


def test_offers_go_the_other_way_too() -> None:
    found = overlap(catalog(ISO), catalog("cmmi-3.0"))
    assert found is not None
    back = rules.offers(found, catalog("cmmi-3.0"), ("cmmi-3.0", "CM 2.5"))
    assert set(about(back)) == {"7.5.3.2", "8.3.6", "8.5.2", "8.5.6", "8.7.2"}
    assert "10.2.1" not in about(rules.offers(found, catalog("cmmi-3.0"), ("cmmi-3.0", "CAR 2.2"))), "ISO to CMMI only"


def test_practice_evidence_that_helps_a_clause_only_is_extra() -> None:
    found = overlap(catalog(ISO), catalog("cmmi-3.0"))
    assert found is not None
    (extra,) = rules.offers(found, catalog("cmmi-3.0"), ("cmmi-3.0", "PR 2.1"))
    assert (extra.kind, extra.about) == ("extra", (ISO, "8.3.4"))
    assert extra.said == "What shows CMMI 3.0 PR 2.1 is extra evidence for ISO 9001:2015 8.3.4."
    assert "PR 2.1" not in about(rules.offers(found, catalog("cmmi-3.0"), (ISO, "8.3.4")))


def test_weak_pairs_stay_hidden_unless_asked_for() -> None:
    found = overlap(catalog(ISO), catalog("cmmi-3.0"))
    assert found is not None
    assert rules.offers(found, catalog("cmmi-3.0"), (ISO, "4.1")) == ()
    assert len(rules.offers(found, catalog("cmmi-3.0"), (ISO, "4.1"), weak=True)) == 4


# --- failed on one side ----------------------------------------------------------------------------------


def test_a_failed_strong_pair_raises_a_check_on_the_other_side() -> None:
    found = rules.checks(sides({"10.2.2": "not_conforming"}, {}))
    assert about(found) == ["CAR 3.4", "PQA 2.4"]
    assert {check.kind for check in found} == {"check"}
    assert found[0].said == "ISO 9001:2015 10.2.2 failed: have a look at CMMI 2.0 CAR 3.4."
    back = rules.checks(sides({}, {"OT 2.1": "DM", "OT 2.2": "PM"}))
    assert about(back) == ["7.2"]
    assert back[0].said == "CMMI 2.0 OT 2.1 and OT 2.2 failed: have a look at ISO 9001:2015 7.2."


def test_only_strong_pairs_raise_checks() -> None:
    both = sides({"10.2.2": "not_conforming", "4.1": "not_conforming"}, {"MC 2.4": "DM"})
    weak_or_partial = {"GOV 1.1", "MPM 3.1", "RSK 1.1", "RSK 3.1"}
    assert weak_or_partial.isdisjoint(about(rules.checks(both)))


def test_what_failed_on_both_sides_or_on_none_needs_no_look() -> None:
    assert "CAR 3.4" not in about(rules.checks(sides({"10.2.2": "not_conforming"}, {"CAR 3.4": "DM"})))
    assert rules.checks(sides({"10.2.2": "conforming"}, {"CAR 3.4": "LM"})) == ()


def test_a_check_is_never_a_finding() -> None:
    both = sides({"10.2.2": "not_conforming"}, {})
    before = both.iso.findings
    assert rules.checks(both)
    assert both.iso.findings == before
    assert both.cmmi.blockers == sides({}, {}).cmmi.blockers


# --- covered from CMMI -----------------------------------------------------------------------------------


def test_a_clause_comes_up_when_the_whole_set_is_met_and_is_proposed_once_the_rest_is_answered() -> None:
    both = sides({}, {"CM": "FM"})
    asked = {each.about[1]: each for each in rules.covered(both, {})}
    assert set(asked) == {"7.5.3.2", "8.3.6", "8.5.6"}
    assert {each.kind for each in asked.values()} == {"residual"}
    assert asked["8.5.6"].why == "Unplanned changes to production or service provision, with authoriser recorded."
    found = {each.about[1]: each for each in rules.covered(both, {"8.5.6": "Kept in the shift log.", "8.3.6": " "})}
    assert [leaf for leaf, each in found.items() if each.kind == "cover"] == ["8.5.6"]
    assert found["8.5.6"].answer == "Kept in the shift log."
    assert found["8.5.6"].because == (("cmmi-2.0", "CM 2.4"), ("cmmi-2.0", "CM 2.5"))
    assert found["8.5.6"].said.endswith("the rest was answered: rate its points.")


@pytest.mark.parametrize(("value", "comes"), [("FM", True), ("LM", True), ("PM", False), ("DM", False), ("NY", False)])
def test_only_fully_and_largely_met_practices_cover(value: str, comes: bool) -> None:
    both = sides({}, {"CM": "FM", "CM 2.5": value})
    assert ("8.5.6" in about(rules.covered(both, {"8.5.6": "yes"}))) == comes


def test_one_practice_of_the_set_without_a_rating_or_out_of_scope_and_nothing_is_covered() -> None:
    assert rules.covered(sides({}, {"CM 2.4": "FM"}), {"8.5.6": "yes"}) == ()
    beyond = sides({}, {"SAM": "FM"}, names=(ISO, "cmmi-3.0"))
    assert rules.covered(beyond, {"8.4.2": "yes"}) == (), "SAM is not in the development view of 3.0"


def test_a_set_that_covers_only_some_of_a_clause_proposes_nothing() -> None:
    """9.3.1 has GOV 2.3 as its set, but `some` support: the main part is still to be done."""
    assert "9.3.1" not in about(rules.covered(sides({}, {"GOV": "FM"}), {"9.3.1": "yes"}))


def test_a_clause_that_people_rated_is_not_proposed() -> None:
    for value in ("conforming", "not_conforming"):
        assert "8.5.6" not in about(rules.covered(sides({"8.5.6": value}, {"CM": "FM"}), {"8.5.6": "yes"}))


def test_v1_3_covers_nothing_because_nobody_judged_it() -> None:
    assert rules.covered(sides({}, {"CM": "FI"}, names=(ISO, "cmmi-dev-1.3")), {}) == ()


# --- standing, packages, figures ---------------------------------------------------------------------------


def test_confirmed_gap_candidate_and_none_stand_apart() -> None:
    both = sides({"7.2": "conforming", "8.2.2": "conforming"}, {"OT 1.1": "LM", "OT 2.1": "PM", "CM 2.1": "NY"})
    found = rules.standing(both)
    assert {name: found[name] for name in ("OT 1.1", "OT 2.1", "OT 2.2", "RDM 1.1", "CM 2.1", "DAR 1.1")} == {
        "OT 1.1": "confirmed",
        "OT 2.1": "gap",
        "OT 2.2": "candidate",
        "RDM 1.1": "candidate",
        "CM 2.1": "none",
        "DAR 1.1": "none",
    }
    assert len(found) == 181


def test_a_package_is_done_when_its_requirements_are_closed() -> None:
    package = next(
        each for each in resolve(packages.packages([catalog(ISO), catalog("cmmi-2.0")])) if each.id == "WP18"
    )
    assert not rules.package_done(package, {("cmmi-2.0", "CM 2.4")})
    assert rules.package_done(package, set())
    assert rules.package_done(package, {ref for ref in package.touches if ref not in package.closes})


def test_coverage_is_never_turned_into_a_level() -> None:
    """All 37 pairs together change neither the level nor any practice group."""
    conform = dict.fromkeys((leaf.id for leaf in catalog(ISO).leaves), "conforming")
    with_iso, without = sides(conform, {}), sides({}, {})
    assert rules.candidates(with_iso)
    assert with_iso.cmmi == without.cmmi
    assert with_iso.cmmi.maturity_level == 0


def test_rules_hold_for_an_overlap_of_ones_own() -> None:
    """A pair that somebody corrected to `shared` proposes nothing any more."""
    both = sides({"8.2.2": "conforming"}, {})
    changed = replace(
        both.overlap,
        pairs=tuple(replace(pair, direction="shared") if pair.id == "X165" else pair for pair in both.overlap.pairs),
    )
    assert rules.candidates(replace(both, overlap=changed)) == ()
    empty = Overlap(ISO, "cmmi-2.0", "ISO", "CMMI", ())
    assert rules.candidates(replace(both, overlap=empty)) == ()
    assert not Cover("4.1", "most", (), "all").main_part
    assert Pair("X1", "4.1", "CM 1.1", "intersects", "weak", "shared", "low", "own", "why").hidden
