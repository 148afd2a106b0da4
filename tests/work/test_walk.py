"""The walk: its lines, what each line shows, which lines stay, and which unit is in hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gapbench.catalog.shipped import list_shipped, load_shipped
from gapbench.engagement.engagement import Engagement
from gapbench.rating.inputs import Case, Finding, Scope, Unit
from gapbench.rating.models import model_of
from gapbench.work.readiness import Readiness
from gapbench.work.walk import FILTERS, Line, Mark, Walk, next_line, walk_lines
from tests.engagement.small import CMMI, ISO, PROFILE, furnish, points, practices


class Bench:
    """An engagement with its walk, kept up to date as the app does it."""

    def __init__(self, engagement: Engagement) -> None:
        self.engagement = engagement
        self.readiness = Readiness(engagement)
        self.walk = Walk(self.readiness)

    def rate(self, item: str, value: str, unit: str = "", **more: str) -> None:
        catalog = CMMI if item[0].isalpha() else ISO
        self.readiness.take(self.engagement.rate(catalog, [(item, unit)], value, **more))

    def line(self, id_: str) -> Line:
        return next(line for line in self.walk.lines if line.id == id_)

    def mark(self, id_: str) -> Mark:
        return self.walk.mark(self.line(id_))

    def shown(self, filter_id: str = "all", words: str = "", *folded: str) -> list[str]:
        closed = frozenset((self.line(id_).catalog, id_) for id_ in folded)
        return [line.id for line in self.walk.shown(filter_id, words, closed)]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Engagement.create(tmp_path / "acme.gapbench", PROFILE, author="E. Gray") as made:
        furnish(made)
        yield Bench(made)


# -- lines -----------------------------------------------------------------------------------------------------------


def test_clauses_stand_above_their_points() -> None:
    lines = walk_lines(Case(Scope(points())))
    assert [(line.kind, line.id, line.label, line.depth) for line in lines][:5] == [
        ("framework", ISO, "", 0),
        ("group", "8", "8", 1),
        ("group", "8.1", "8.1", 2),
        ("item", "8.1 a", "a", 3),
        ("item", "8.1 b", "b", 3),
    ]
    assert lines[0].title == "Tiny ISO:2015"
    assert lines[1].items == lines[0].items == tuple(item.id for item in points().items)
    assert lines[2].items == ("8.1 a", "8.1 b", "8.1 c")


def test_practices_stand_in_levels_up_to_the_view() -> None:
    lines = walk_lines(Case(Scope(practices(), ("SVC",), 2)))
    assert {line.id for line in lines if line.kind == "group"} == {"CM", "GOV"}
    assert [line.id for line in lines][:5] == [CMMI, "CM", "CM/1", "CM 1.1", "CM 1.2"]
    assert [line.label for line in lines][:5] == ["", "CM", "Level 1", "1.1", "1.2"]


def test_an_area_that_is_out_keeps_its_heading_so_that_it_can_come_back(bench: Bench) -> None:
    bench.readiness.take(bench.engagement.exclude(CMMI, "SAM", "", "No suppliers"))
    bench.walk.rebuild()
    line = bench.line("SAM")
    assert line.items == ()
    assert bench.walk.mark(line) == Mark("out", "out")
    assert not any(line.id.startswith("SAM ") for line in bench.walk.lines)


@pytest.mark.parametrize("catalog_id", [line.id for line in list_shipped()])
def test_every_shipped_item_has_one_line_under_its_own_heading(catalog_id: str) -> None:
    catalog = load_shipped(catalog_id)
    scope = Scope(catalog, tuple(view.id for view in catalog.views[:1]), catalog.levels)
    lines = walk_lines(Case(scope))
    wanted = [item.id for item in model_of(scope).in_scope(scope)]
    items = [line.id for line in lines if line.kind == "item"]
    assert sorted(items) == sorted(wanted)
    assert len({line.id for line in lines}) == len(lines)
    for index, line in enumerate(lines):
        below = []
        for each in lines[index + 1 :]:
            if each.depth <= line.depth:
                break
            below += [each.id] if each.kind == "item" else []
        assert list(line.items) == (below or [line.id]) or set(line.items) == set(below)
        assert line.title or line.kind == "level"


# -- marks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "letter", "tone"),
    [
        ("conforming", "C", "good"),
        ("partial", "P", "fair"),
        ("not_conforming", "N", "bad"),
        ("na", "-", "out"),
        ("condition_not_met", "o", "out"),
        ("", ".", "open"),
    ],
)
def test_a_point_shows_its_letter(bench: Bench, value: str, letter: str, tone: str) -> None:
    bench.rate("8.1 a", "partial")
    bench.rate("8.1 a", value, reason="because")
    assert bench.mark("8.1 a") == Mark(letter, tone)  # type: ignore[arg-type]


def test_what_is_still_to_be_written_is_due(bench: Bench) -> None:
    bench.rate("CM 1.1", "LM", "falcon")
    assert bench.mark("CM 1.1") == Mark("LM", "fair", due=True)
    bench.readiness.take(bench.engagement.note(CMMI, "CM 1.1", "falcon", "One of three"))
    assert bench.mark("CM 1.1") == Mark("LM", "fair")
    bench.rate("8.1 a", "condition_not_met")
    assert bench.mark("8.1 a").due
    bench.readiness.take(bench.engagement.flag(ISO, "8.1 a", "", on=True))
    assert bench.mark("8.1 a") == Mark("o", "out", flag=True, due=True)


def test_a_judgement_is_due_where_the_units_leave_a_choice(bench: Bench) -> None:
    for unit, value in (("falcon", "PM"), ("heron", "DM")):
        bench.rate("CM 1.1", value, unit, note="seen")
    assert bench.mark("CM 1.1").due
    bench.readiness.take(bench.engagement.judge(CMMI, "CM 1.1", "DM", "None of it is used"))
    assert not bench.mark("CM 1.1").due


def test_a_clause_shows_its_percentage_and_warns_of_a_major(bench: Bench) -> None:
    assert bench.mark("8.1") == Mark("", "open")
    bench.rate("8.1 a", "conforming")
    assert bench.mark("8.1") == Mark("100", "good")
    bench.rate("8.1 b", "partial")
    assert bench.mark("8.1") == Mark("75", "fair")
    assert bench.mark("8") == bench.mark(ISO) == Mark("75", "fair")
    bench.readiness.take(bench.engagement.record_finding(Finding("", 0, "major", ((ISO, "8.1 b"),))))
    assert bench.mark("8.1") == Mark("75!", "bad")
    assert bench.mark("8.2") == Mark("", "open")


def test_a_level_shows_whether_it_is_satisfied(bench: Bench) -> None:
    assert bench.mark("CM/1") == Mark(".", "open")
    for item in ("CM 1.1", "CM 1.2"):
        for unit in ("falcon", "heron"):
            bench.rate(item, "FM", unit)
    assert bench.mark("CM/1") == Mark("+", "good")
    assert bench.mark("CM") == Mark("1", "fair")
    assert bench.mark(CMMI) == Mark("ML0", "fair")
    bench.rate("CM 2.1", "DM", "falcon", note="none")
    bench.rate("CM 2.1", "DM", "heron", note="none")
    assert bench.mark("CM/2") == Mark("x", "bad")


# -- what stays in the list ------------------------------------------------------------------------------------------


def test_every_view_keeps_what_passes_with_its_headings(bench: Bench) -> None:
    bench.rate("8.1 a", "not_conforming")
    bench.rate("8.1 b", "conforming")
    bench.rate("8.1 c", "partial")
    bench.rate("8.2 c", "condition_not_met")
    bench.readiness.take(bench.engagement.flag(ISO, "8.2 b", "", on=True))
    head, first, second = [ISO, "8"], ["8.1"], ["8.2"]
    of_iso = [line.id for line in bench.walk.lines if line.catalog == ISO]
    assert [each.id for each in bench.walk.filters()] == [each.id for each in FILTERS][:6], "no editions here"
    shown = {each.id: [id_ for id_ in bench.shown(each.id) if id_ in of_iso] for each in bench.walk.filters()}
    assert shown == {
        "all": of_iso,
        "unrated": [*head, *second, "8.2 a", "8.2 b"],
        "gaps": [*head, *first, "8.1 a", "8.1 c"],
        "flagged": [*head, *second, "8.2 b"],
        "due": [*head, *second, "8.2 c"],
        "findings": [*head, *first, "8.1 a", "8.1 c"],
    }


def test_words_are_found_in_number_question_and_notes_of_any_unit(bench: Bench) -> None:
    bench.rate("CM 1.2", "LM", "heron", note="Straße without a plan")
    assert bench.shown(words="8.2 point 1") == [ISO, "8", "8.2", "8.2 b"]
    assert bench.shown(words="STRASSE") == [CMMI, "CM", "CM/1", "CM 1.2"]
    assert bench.shown(words="done gov") == [id_ for id_ in bench.shown() if id_ == CMMI or id_.startswith("GOV")]
    assert bench.shown("unrated", "8.2 point 1")[-1] == "8.2 b"
    assert bench.shown(words="[/") == []
    assert bench.shown(words="   ") == bench.shown()


def test_a_folded_heading_hides_what_is_below_and_nothing_else(bench: Bench) -> None:
    everything = bench.shown()
    assert bench.shown("all", "", "8.1") == [id_ for id_ in everything if not id_.startswith("8.1 ")]
    assert bench.shown("all", "", ISO)[:2] == [ISO, CMMI]
    assert bench.shown("unrated", "", "8.1") == everything, "a narrowed list shows what it found, folded or not"


def test_the_next_line_goes_round_once(bench: Bench) -> None:
    lines = bench.walk.lines
    last = len(lines) - 1
    assert next_line(lines, last, lambda line: line.kind == "item") == 3
    assert next_line(lines, 3, lambda line: line.id == "8.1 a") == 3, "the line itself comes last"
    assert next_line(lines, 0, lambda line: False) is None
    assert next_line([], 0, lambda line: True) is None


# -- units -----------------------------------------------------------------------------------------------------------


def test_a_practice_asks_projects_or_functions_and_a_point_the_organisation(bench: Bench) -> None:
    assert [unit.id for unit in bench.walk.units(CMMI, "CM 1.1")] == ["falcon", "heron"]
    assert [unit.id for unit in bench.walk.units(CMMI, "OT 1.1")] == ["school"]
    assert [unit.id for unit in bench.walk.units(ISO, "8.1 a")] == [""]


def test_the_unit_in_hand_goes_round_and_is_kept_over_a_look_elsewhere(bench: Bench) -> None:
    walk = bench.walk
    assert walk.unit_of(CMMI, "CM 1.1").id == "falcon"
    assert walk.next_unit(CMMI, "CM 1.1", 1).id == "heron"
    assert walk.unit_of(CMMI, "GOV 1.1").id == "heron"
    assert walk.unit_of(CMMI, "OT 1.1").id == "school"
    walk.next_unit(CMMI, "OT 1.1", 1)
    walk.next_unit(ISO, "8.1 a", 1)
    assert walk.unit_of(CMMI, "CM 1.1").id == "heron"
    there = [walk.next_unit(CMMI, "CM 1.1", 1).id for _ in range(len(walk.reachable(CMMI, "CM 1.1")))]
    assert sorted(there) == sorted(unit.id for unit in walk.reachable(CMMI, "CM 1.1"))
    assert walk.unit_of(CMMI, "CM 1.1").id == "heron"


def test_a_unit_that_left_is_not_in_hand_any_more(bench: Bench) -> None:
    bench.walk.next_unit(CMMI, "CM 1.1", 1)
    bench.readiness.take(bench.engagement.drop_unit("heron"))
    bench.walk.rebuild()
    assert bench.walk.unit_of(CMMI, "CM 1.1").id == "falcon"
    bench.readiness.take(bench.engagement.exclude(CMMI, "CM", "falcon", "Build to print"))
    bench.walk.rebuild()
    assert "falcon" not in {unit.id for unit in bench.walk.reachable(CMMI, "CM 1.1")}


def test_sites_answer_points(bench: Bench) -> None:
    bench.readiness.take(bench.engagement.put_unit(Unit("north", "North", "site")))
    bench.walk.rebuild()
    assert [unit.id for unit in bench.walk.units(ISO, "8.1 a")] == ["north"]
    assert bench.walk.unit_of(ISO, "8.1 a").id == "north"


def test_a_heading_rates_what_is_unrated_in_the_unit_in_hand(bench: Bench) -> None:
    bench.rate("CM 1.1", "FM", "falcon")
    bench.rate("CM 2.1", "NC", "falcon")  # not characterized is no rating
    line = bench.line("CM")
    assert bench.walk.unrated_below(line) == [("CM 1.2", "falcon"), ("CM 2.1", "falcon"), ("CM 2.2", "falcon")]
    bench.walk.next_unit(CMMI, "CM 1.1", 1)
    assert len(bench.walk.unrated_below(line)) == 4
