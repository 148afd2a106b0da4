"""The counterpart of an item: which ones, how they stand, what they suggest, and that they never rate."""

import pytest

from gapbench.rating.inputs import Finding
from gapbench.work.counterparts import DIRECTIONS, DIRECTIONS_SAID, candidate_words
from gapbench.work.walk import ORDERS, Mark
from tests.work.across import CMMI, ISO, V13, Stood, catalog, line_of, walk_of

PAIRED = [
    (ISO, CMMI, "8.4.2 a", ["SAM 1.2", "SAM 2.1"]),
    (ISO, "cmmi-3.0", "7.5.3.2 a", ["CM 1.1"]),
    (ISO, V13, "7.5.3.2 a", ["CM SP 1.2"]),
    ("iso9001-2026", CMMI, "8.4.2 a", ["SAM 1.2", "SAM 2.1"]),
    ("iso9001-2026", V13, "8.4.2 a", ["SAM SP 2.2"]),
    ("as9100d", CMMI, "8.4.2 a", ["SAM 1.2"]),
    ("as9100d", "cmmi-3.0", "7.5.3.2 a", ["CM 1.1"]),
    ("as9100d", V13, "7.5.3.2 a", ["CM SP 1.2"]),
]


@pytest.mark.parametrize(("iso", "cmmi", "point", "among"), PAIRED)
def test_each_edition_has_counterparts_both_ways(iso: str, cmmi: str, point: str, among: list[str]) -> None:
    walk = walk_of(iso, cmmi)
    item = next(each.id for each in catalog(iso).items if each.group == point.split(maxsplit=1)[0])
    found = walk.counterparts.of(iso, item)
    assert set(among) <= {each.number for each in found}
    assert {each.framework for each in found} == {catalog(cmmi).name}
    leaf = catalog(iso).item[item].group
    for each in found:
        back = walk.counterparts.of(cmmi, each.items[0])
        assert leaf in {other.number for other in back}, each.number
        assert not each.pair.hidden
    order = [each.pair.strength for each in found]
    assert order == sorted(order, key=("strong", "partial").index)


def test_weak_pairs_stay_hidden_unless_asked_for() -> None:
    known = walk_of(ISO, CMMI).counterparts
    assert known.of(ISO, "4.1 §1") == ()
    assert {each.pair.strength for each in known.of(ISO, "4.1 §1", weak=True)} == {"weak"}
    assert known.weak(ISO, "4.1 §1") == len(known.of(ISO, "4.1 §1", weak=True)) > 0


def test_a_framework_alone_has_no_counterparts() -> None:
    for name in (ISO, CMMI, "aspice-4.0"):
        walk = walk_of(name)
        item = next(line for line in walk.lines if line.kind == "item")
        known = walk.counterparts
        assert known.of(*item.key) == ()
        assert known.candidate(*item.key) is known.check(*item.key) is None
        assert known.others(name) == ""
        assert known.standing(name) == {}
        assert walk.across(item) is None


def test_what_is_asked_in_every_area_is_one_counterpart_with_the_sum_of_its_states() -> None:
    walk = walk_of(ISO, V13, cmmi={"CM GP 2.8": "FI"})
    found = next(each for each in walk.counterparts.of(ISO, "9.1.1 a") if each.number.startswith("GP "))
    assert len(found.items) > 10
    assert found.state.letter == ""
    assert ". " in found.state.detail


@pytest.mark.parametrize(
    ("said", "letter", "detail"),
    [
        ({}, ".", ". ."),
        ({"SAM 1.2": "FM"}, "FM", "FM FM"),
        ({"SAM 1.2@f": "FM", "SAM 1.2@h": "PM"}, "PM", "FM PM"),
        ({"SAM 1.2@f": "FM"}, ".", "FM ."),
    ],
)
def test_a_practice_shows_its_units_summed_up(said: dict[str, str], letter: str, detail: str) -> None:
    walk = walk_of(ISO, CMMI, cmmi=said)
    state = next(each for each in walk.counterparts.of(ISO, "8.4.2 a") if each.number == "SAM 1.2").state
    assert (state.letter.replace("NC", "."), state.detail.replace("NC", ".")) == (letter, detail)


@pytest.mark.parametrize(
    ("said", "letter", "detail"),
    [
        ({}, ".", "0 of 6 rated"),
        ({"8.4.2": "conforming"}, "C", "6 of 6 rated"),
        ({"8.4.2 a": "not_conforming", "8.4.2 b": "conforming"}, "N", "2 of 6 rated"),
        ({"8.4.2": "na"}, "-", "6 of 6 rated"),
    ],
)
def test_a_clause_shows_its_worst_point_and_how_far_it_is(said: dict[str, str], letter: str, detail: str) -> None:
    state = walk_of(ISO, CMMI, iso=said).counterparts.of(CMMI, "SAM 1.2")[0].state
    assert (state.letter, state.detail) == (letter, detail)


def test_a_practice_that_is_not_asked_says_so() -> None:
    walk = walk_of(ISO, "cmmi-3.0")  # SAM is not in the view of developers
    found = walk.counterparts.of(ISO, "8.4.2 a")
    assert {(each.state.detail, each.asked) for each in found if each.number.startswith("SAM")} == {
        ("not asked", False)
    }


def test_every_direction_and_every_strength_has_words() -> None:
    walk = walk_of(ISO, CMMI)
    for pair in walk.counterparts.overlaps[0].pairs:
        assert pair.direction in DIRECTIONS
        assert pair.direction in DIRECTIONS_SAID


# -- candidates ------------------------------------------------------------------------------------------------------


def test_a_conforming_clause_marks_a_candidate_and_rates_nothing() -> None:
    before = walk_of(ISO, CMMI)
    walk = walk_of(ISO, CMMI, iso={"8.2.2": "conforming"})
    line = line_of(walk, CMMI, "RDM 1.1")
    assert walk.mark(line) == Mark(".", "open", candidate=True)
    assert before.mark(line) == Mark(".", "open")
    assert walk.figures(CMMI).result == before.figures(CMMI).result, "no figure of the other framework moves"
    candidate = walk.counterparts.candidate(CMMI, "RDM 1.1")
    assert candidate is not None
    units = [(unit.id, unit.name) for unit in walk.units(CMMI, "RDM 1.1")]
    assert candidate_words(candidate, "ISO 9001:2015", units) == (
        "ISO 9001:2015 8.2.2 conforms; ask every sampled project for evidence"
    )


@pytest.mark.parametrize(
    ("said", "marked", "words"),
    [
        ({"RDM 1.1@f": "FM"}, {"h"}, "ISO 9001:2015 8.2.2 conforms; ask Heron for evidence"),
        ({"RDM 1.1": "DM"}, set(), ""),
        ({"RDM 1.1": "FM"}, set(), ""),
    ],
)
def test_only_units_that_owe_evidence_are_marked(said: dict[str, str], marked: set[str], words: str) -> None:
    walk = walk_of(ISO, CMMI, iso={"8.2.2": "conforming"}, cmmi=said)
    line = line_of(walk, CMMI, "RDM 1.1")
    shown = {walk.next_unit(*line.key, 1).id: walk.mark(line).candidate for _ in walk.reachable(*line.key)}
    assert {unit for unit, candidate in shown.items() if candidate} == marked
    candidate = walk.counterparts.candidate(*line.key)
    units = [(unit.id, unit.name) for unit in walk.units(*line.key)]
    assert (candidate_words(candidate, "ISO 9001:2015", units) if candidate else "") == words


@pytest.mark.parametrize("iso", [ISO, "iso9001-2026", "as9100d"])
@pytest.mark.parametrize("cmmi", [CMMI, "cmmi-3.0", V13])
def test_candidates_and_ratings_are_counted_apart(iso: str, cmmi: str) -> None:
    leaves = {leaf.id: "conforming" for leaf in catalog(iso).leaves}
    good, bad = ("FI", "NI") if cmmi == V13 else ("FM", "DM")
    walk = walk_of(iso, cmmi, iso=leaves, cmmi={"CM": good, "PLAN": bad, "PP": bad})
    states = list(walk.counterparts.standing(cmmi).values())
    asked = [line for line in walk.lines if line.kind == "item" and line.catalog == cmmi]
    assert len(states) == len(asked)
    assert states.count("candidate") == len(walk.counterparts.candidates(cmmi)) > 0
    assert min(states.count("confirmed"), states.count("gap"), states.count("none")) > 0
    marked = {line.id for line in asked if walk.mark(line).candidate}
    assert marked == {each.about[1] for each in walk.counterparts.candidates(cmmi)}
    assert not marked & {line.id for line in asked if walk.is_rated(*line.key)}


# -- checks and the rest ---------------------------------------------------------------------------------------------


def test_a_failed_strong_pair_is_a_check_on_the_other_side_and_no_finding() -> None:
    walk = walk_of(ISO, CMMI, iso={"8.4.2": "not_conforming"}, cmmi={"OT 2.2": "DM"})
    check = walk.counterparts.check(CMMI, "SAM 1.2")
    assert check is not None
    assert check.said == "ISO 9001:2015 8.4.2 failed: have a look at CMMI 2.0 SAM 1.2."
    other = walk.counterparts.check(ISO, "7.2 b")
    assert other is not None
    assert "OT 2.2" in other.said
    assert walk.counterparts.check(CMMI, "CM 1.1") is None
    assert not walk.figures(CMMI).with_findings & {"SAM 1.2"}


def test_what_is_left_of_a_clause_is_asked_once_its_practices_are_met() -> None:
    walk = walk_of(ISO, CMMI)
    overlap = walk.counterparts.overlaps[0]
    cover = next(each for each in overlap.covers if each.main_part)
    point = catalog(ISO).items_of[cover.leaf][0].id
    assert walk.counterparts.covered(ISO, point) is None
    met = walk_of(ISO, CMMI, cmmi=dict.fromkeys(cover.practices, "LM"))
    covered = met.counterparts.covered(ISO, point)
    assert covered is not None
    assert covered.why == cover.residual
    assert not any(met.is_rated(ISO, item.id) for item in catalog(ISO).items)


def test_every_item_with_a_counterpart_says_what_the_other_leaves_open() -> None:
    known = walk_of(ISO, CMMI).counterparts
    ((said, residual),) = known.residuals(ISO, "9.2.2 c")
    assert said.startswith("CMMI 2.0 covers ")
    assert residual
    ((said, residual),) = known.residuals(CMMI, "CAR 3.1")
    assert said == "ISO 9001:2015 supports a part of CMMI 2.0 CAR"
    assert residual


# -- there and back --------------------------------------------------------------------------------------------------


def test_the_way_back_leads_to_the_point_that_was_in_hand() -> None:
    walk = walk_of(ISO, CMMI, iso={"8.4.2 a": "conforming", "8.4.2 §1": "conforming"})
    point, practice = line_of(walk, ISO, "8.4.2 c1"), line_of(walk, CMMI, "SAM 1.2")
    assert walk.across(point) == (CMMI, "SAM 1.2")
    assert walk.across(practice) == (ISO, "8.4.2 b"), "the first one without a rating"
    walk.stand(point)
    assert walk.across(practice) == (ISO, "8.4.2 c1")
    rated = walk_of(ISO, CMMI, iso={"8.4.2": "conforming"})
    assert rated.across(line_of(rated, CMMI, "SAM 1.2")) == (ISO, "8.4.2 §1"), "else the first"


def test_every_item_leads_to_something_that_is_asked() -> None:
    for names in ((ISO, CMMI), ("iso9001-2026", V13), ("as9100d", "cmmi-3.0")):
        walk = walk_of(*names)
        for order in ORDERS:
            walk.turn_to(order, ("", ""))
            for line in walk.lines:
                target = walk.across(line) if line.kind == "item" else None
                assert target is None or (walk.place(target) is not None and target[0] != line.catalog)


def test_suggestions_follow_the_results_and_are_made_once_for_them() -> None:
    stood = Stood()
    stood.take(ISO, {})
    stood.take(CMMI, {})
    walk = stood.walk()
    assert walk.counterparts.candidates(CMMI) == ()
    stood.take(ISO, {"8.2.2": "conforming"})
    found = walk.counterparts.candidates(CMMI)
    assert [each.about[1] for each in found] == ["RDM 1.1"]
    assert walk.counterparts.candidate(CMMI, "RDM 1.1") is walk.counterparts.candidate(CMMI, "RDM 1.1")
    minor = Finding("1", 1, "minor", ((ISO, catalog(ISO).items_of["8.2.2"][0].id),))
    stood.take(ISO, {"8.2.2": "conforming"}, findings=(minor,))
    assert walk.counterparts.candidates(CMMI) == (), "an open finding speaks against it"
