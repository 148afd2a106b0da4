"""The walk by theme and by interview: every item once, what overlaps together, how many questions that saves."""

import time
from collections import Counter
from pathlib import Path

import pytest

from gapbench.catalog.known import load_known
from gapbench.catalog.packages import packages
from gapbench.catalog.shipped import CatalogLine, list_shipped
from gapbench.engagement.engagement import Engagement
from gapbench.engagement.values import Profile
from gapbench.work.example import write_example
from gapbench.work.interviews import ANYBODY, INTERVIEWS, interviews_of, place_of
from gapbench.work.readiness import Readiness
from gapbench.work.themes import NO_PACKAGE, Questions, Themes, Together
from gapbench.work.walk import ORDERS, Mark, Order, Walk
from tests.work.across import CMMI, ISO, V13, catalog, line_of, walk_of

NEWER = "iso9001-2026"
MIXED: list[tuple[str, ...]] = [
    (ISO, CMMI),
    (ISO, "cmmi-3.0"),
    (ISO, V13),
    (NEWER, CMMI),
    ("as9100d", "cmmi-3.0"),
    (ISO,),
    (CMMI,),
    (V13,),
    ("aspice-4.0",),
    (ISO, "sw-cmm-1.1"),
    (ISO, "iso14001-2015", CMMI),
]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("themes") / "example.gapbench"
    write_example(path)
    return path


def both_editions(path: Path) -> Walk:
    """ISO 9001:2015 and 2026 asked together, with CMMI 2.0."""
    with Engagement.create(path, Profile("Acme"), author="E. Gray") as made:
        made.add_framework(load_known(ISO))
        made.add_framework(load_known(CMMI), ("DEV",), 3)
        made.succeed(load_known(NEWER), "dual")
        pairs = [made.editions(one.catalog) for one in made.dual()]
        return Walk(Readiness(made), lambda: [each for each in pairs if each is not None])


# -- every item once -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("names", MIXED, ids="+".join)
@pytest.mark.parametrize("order", ORDERS)
def test_every_order_has_every_item_once_under_a_heading(names: tuple[str, ...], order: Order) -> None:
    walk = walk_of(*names)
    asked = [line.key for line in walk.lines if line.kind == "item"]
    walk.turn_to(order, ("", ""))
    items = [line.key for line in walk.lines if line.kind == "item"]
    assert sorted(items) == sorted(asked)
    assert len({line.key for line in walk.lines}) == len(walk.lines)
    for index, line in enumerate(walk.lines):
        assert walk.place(line.key) == index
        below = []
        for each in walk.lines[index + 1 :]:
            if each.depth <= line.depth:
                break
            below += [each.key] if each.kind == "item" else []
        assert set(line.below) == set(below or line.below)
        assert line.title or line.label


def test_two_editions_stand_in_every_order(tmp_path: Path) -> None:
    walk = both_editions(tmp_path / "dual.gapbench")
    asked = [line.key for line in walk.lines if line.kind == "item"]
    for order in ORDERS:
        walk.turn_to(order, ("", ""))
        assert sorted(line.key for line in walk.lines if line.kind == "item") == sorted(asked)
        for new, former in walk.served.items():
            assert walk.home(new) == former
    walk.turn_to("theme", ("", ""))
    differing = line_of(walk, NEWER, "6.1.2 a")
    assert differing.title.startswith("2026: ")
    together = walk.together(differing)
    assert together is not None
    theme, group = together
    assert (theme.id, group.clause) == ("WP05", (ISO, "6.1.2"))
    assert {of for of, _ in group.points} == {ISO, NEWER}
    assert [of for of, _ in group.points] == sorted((of for of, _ in group.points), key=(ISO, NEWER).index)
    questions = walk.themes.questions()
    assert questions.answers == sum(len(walk._case(name).scope.catalog.items) for name in (ISO, NEWER)) + 181
    assert questions.saved > len(walk.served)


# -- themes ----------------------------------------------------------------------------------------------------------


def test_themes_are_the_packages_in_their_order_and_the_rest_comes_last() -> None:
    walk = walk_of(ISO, CMMI)
    names = [theme.id for theme in walk.themes.themes]
    assert names == [f"WP{number:02}" for number in range(1, 26)]
    mixed = walk_of(ISO, "iso14001-2015", CMMI)
    assert [theme.id for theme in mixed.themes.themes][-1] == NO_PACKAGE
    rest = mixed.themes.themes[-1]
    assert {of for of, _ in rest.items} == {"iso14001-2015"}
    assert not any(group.shared for group in rest.groups)


@pytest.mark.parametrize("names", [(ISO, CMMI), (NEWER, "cmmi-3.0"), (ISO, V13), ("as9100d", CMMI)], ids="+".join)
def test_what_stands_together_is_a_clause_and_its_strongest_practices_of_the_package(names: tuple[str, str]) -> None:
    walk = walk_of(*names)
    texts = {text.id: text for text in packages([catalog(name) for name in names])}
    (overlap,) = walk.counterparts.overlaps
    rank = ("strong", "partial").index
    together = 0
    for theme in walk.themes.themes:
        leaves = {leaf for of, leaf in texts[theme.id].closes if of == names[0]}
        for group in theme.groups:
            assert {catalog(names[0]).item[item].group for _, item in group.points} <= {group.clause[1]}
            assert not group.points or group.clause[1] in leaves
            strengths = []
            for _, practice in group.practices:
                best = [pair for pair in overlap.of_practice(practice) if pair.leaf in leaves]
                assert bool(best) == bool(group.points), practice
                if best:
                    strength = min(rank(pair.strength) for pair in best)
                    assert group.clause[1] in {pair.leaf for pair in best if rank(pair.strength) == strength}
                    strengths.append(strength)
                    together += 1
            assert strengths == sorted(strengths)
    assert together > 60


def test_partners_stand_next_to_each_other_and_are_tied_in_the_list() -> None:
    walk = walk_of(ISO, CMMI)
    walk.turn_to("theme", ("", ""))
    lines = {line.key: line for line in walk.lines}
    for theme in walk.themes.themes:
        for group in theme.groups:
            places = [walk.place(item) or 0 for item in group.items]
            assert places == list(range(places[0], places[0] + len(places)))
            ties = [lines[item].tie for item in group.items]
            assert ties == (
                ["first", *["inner"] * (len(ties) - 2), "last"] if group.shared else [""] * len(group.items)
            )
            for item in group.items:
                across = walk.across(lines[item])
                assert not group.shared or across in group.across(item)


@pytest.mark.parametrize(
    ("item", "target"),
    [
        ((ISO, "8.4.2 a"), (CMMI, "SAM 1.2")),
        ((CMMI, "SAM 3.1"), (ISO, "8.4.2 §1")),
        ((CMMI, "CM 2.6"), (ISO, "7.5.3.2 a")),
    ],
)
def test_under_a_theme_the_counterpart_is_what_is_asked_with_it(item: tuple[str, str], target: tuple[str, str]) -> None:
    walk = walk_of(ISO, CMMI)
    walk.turn_to("theme", ("", ""))
    assert walk.across(line_of(walk, *item)) == target


# -- questions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "practices", "asked", "saved"),
    [(1, 1, 1, 1), (6, 1, 6, 1), (1, 5, 5, 1), (4, 4, 4, 4), (3, 0, 3, 0), (0, 1, 1, 0)],
)
def test_the_longer_side_is_asked_and_the_shorter_comes_with_it(
    points: int, practices: int, asked: int, saved: int
) -> None:
    group = Together(
        ("iso", "1"),
        tuple(("iso", str(n)) for n in range(points)),
        tuple(("cmmi", str(n)) for n in range(practices)),
    )
    themes = object.__new__(Themes)
    themes._twins = frozenset()
    theme = type("T", (), {"groups": (group,), "items": group.items})()
    questions = themes.questions(theme)
    assert (questions.asked, questions.saved) == (asked, saved)
    assert questions.answers == points + practices


def test_nothing_is_saved_within_one_framework() -> None:
    for name in (ISO, CMMI, V13):
        questions = walk_of(name).themes.questions()
        assert questions.saved == 0
        assert questions.answers == questions.asked


def test_the_worked_example_saves_112_of_505_questions(example: Path) -> None:
    with Engagement.open(example) as engagement:
        questions = Walk(Readiness(engagement)).themes.questions()
    assert questions == Questions(505, 393)
    assert questions.said == "asked 393, answers 505, saved 112"


# -- interviews ------------------------------------------------------------------------------------------------------


def test_a_role_sits_in_one_interview() -> None:
    roles = [role for roles in INTERVIEWS.values() for role in roles]
    assert len(roles) == len(set(roles))


@pytest.mark.parametrize("line", list_shipped(), ids=lambda line: line.id)
def test_every_shipped_role_is_in_the_table(line: CatalogLine) -> None:
    roles = {role for item in catalog(line.id).items for role in item.ask}
    assert roles <= {role for roles in INTERVIEWS.values() for role in roles}


@pytest.mark.parametrize(
    ("ask", "found"),
    [
        ((), (ANYBODY,)),
        (
            ("Configuration managers", "Document controller", "Testers"),
            ("Documents and configuration", "Test and inspection"),
        ),
        (("Astronauts", "HR"), ("Astronauts", "HR and training")),
    ],
)
def test_roles_lead_to_interviews(ask: tuple[str, ...], found: tuple[str, ...]) -> None:
    assert interviews_of(ask) == found


def test_interviews_stand_as_in_the_table_and_what_names_no_one_comes_last() -> None:
    names = [ANYBODY, "Zoo", "Purchasing", "Astronauts", "Top management"]
    assert sorted(names, key=place_of) == ["Top management", "Purchasing", "Astronauts", "Zoo", ANYBODY]


@pytest.mark.parametrize("names", MIXED, ids="+".join)
def test_an_item_stands_where_it_is_named_first_and_is_named_at_the_others(names: tuple[str, ...]) -> None:
    interviews = {each.name: each for each in walk_of(*names).themes.interviews}
    for interview in interviews.values():
        for of, item in interview.items:
            here, *others = interviews_of(catalog(of).item[item].ask)
            assert here == interview.name
            for other in others:
                assert other not in interviews or (of, item) in interviews[other].also[here]


def test_frameworks_are_mixed_within_an_interview_in_the_order_of_themes() -> None:
    walk = walk_of(ISO, CMMI)
    place = {item: n for n, item in enumerate(item for theme in walk.themes.themes for item in theme.items)}
    for interview in walk.themes.interviews:
        assert [place[item] for item in interview.items] == sorted(place[item] for item in interview.items)
    frameworks = Counter(len({of for of, _ in each.items}) for each in walk.themes.interviews)
    assert 8 <= len(walk.themes.interviews) <= 15
    assert frameworks[2] >= 7


# -- headings, marks, filters ----------------------------------------------------------------------------------------


def test_a_theme_and_an_interview_show_how_many_items_are_open() -> None:
    walk = walk_of(ISO, CMMI, iso={"8.4.1": "conforming", "8.4.2": "partial", "8.4.3": "na"})
    walk.turn_to("theme", ("", ""))
    line = next(line for line in walk.lines if line.id == "WP19")
    assert walk.mark(line) == Mark("9", "open")
    assert walk.open_below(line) == 9 == sum(item[0] == CMMI for item in line.below)
    done = walk_of(ISO, iso={leaf.id: "conforming" for leaf in catalog(ISO).leaves})
    done.turn_to("theme", ("", ""))
    assert {done.mark(line) for line in done.lines if line.kind == "theme"} == {Mark("0", "good")}


def test_filters_words_and_folding_work_in_every_order() -> None:
    walk = walk_of(ISO, CMMI, iso={"8.4.2 a": "not_conforming"}, cmmi={"SAM 1.2": "PM"})
    for order in ORDERS:
        walk.turn_to(order, ("", ""))
        gaps = walk.shown("gaps", "", frozenset())
        assert {line.id for line in gaps if line.kind == "item"} == {"8.4.2 a", "SAM 1.2"}
        assert all(line.kind != "item" for line in gaps[:1])
        assert [line.id for line in walk.shown("all", "xyzzy", frozenset())] == []
        head = walk.lines[0]
        folded = walk.shown("all", "", frozenset({head.key}))
        assert folded[0] == head
        assert folded[1].depth <= head.depth


# -- the same item in hand -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ((ISO, "8.4.2 a"), (ISO, "8.4.2 a")),
        ((CMMI, "SAM 1.2"), (CMMI, "SAM 1.2")),
        ((ISO, "8.4"), (ISO, "8.4.1 §1")),
        ((CMMI, "CM/2"), (CMMI, "CM 2.1")),
        ((CMMI, CMMI), (CMMI, "CAR 1.1")),
        ((ISO, "99"), (ISO, "99")),
    ],
)
def test_another_order_keeps_the_item_and_a_heading_leads_to_its_first(
    key: tuple[str, str], found: tuple[str, str]
) -> None:
    walk = walk_of(ISO, CMMI)
    for order in ORDERS[1:]:
        assert walk.turn_to(order, key) == found
        assert walk.home(key) == found
    assert walk.turn_to("structure", found) == found


def test_a_theme_in_hand_leads_to_its_first_item() -> None:
    walk = walk_of(ISO, CMMI)
    walk.turn_to("theme", ("", ""))
    assert walk.turn_to("interview", (ISO, "WP19")) == (ISO, "8.4.1 §1")
    assert walk.turn_to("structure", (ISO, "Purchasing")) != (ISO, "Purchasing")


# -- speed -----------------------------------------------------------------------------------------------------------


def test_an_order_is_made_once_for_a_scope_and_quickly(example: Path) -> None:
    with Engagement.open(example) as engagement:
        walk = Walk(Readiness(engagement))
        assert walk.counterparts.overlaps
        began = time.perf_counter()
        walk.turn_to("theme", ("", ""))
        by_theme = walk.lines
        walk.turn_to("interview", ("", ""))
        took = time.perf_counter() - began
        walk.turn_to("structure", ("", ""))
        walk.turn_to("theme", ("", ""))
        assert walk.lines is by_theme
        walk.rebuild()
        assert walk.order == "theme"
        assert walk.lines is not by_theme
        assert [line.key for line in walk.lines] == [line.key for line in by_theme]
    assert took < 0.5, "about 20 ms on a quiet machine"
