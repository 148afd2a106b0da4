"""Two editions in one walk: what is shared is asked once, what differs below its clause, what is new in place."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gapbench.catalog.known import load_known
from gapbench.engagement.engagement import Engagement
from gapbench.engagement.values import Profile
from gapbench.work.readiness import Readiness
from gapbench.work.walk import Walk

FORMER, NEWER = "iso9001-2015", "iso9001-2026"


@pytest.fixture
def engagement(tmp_path: Path) -> Iterator[Engagement]:
    with Engagement.create(tmp_path / "acme.gapbench", Profile("Acme"), author="E. Gray") as made:
        made.add_framework(load_known(FORMER))
        yield made


def _walk(engagement: Engagement) -> Walk:
    pairs = [engagement.editions(one.catalog) for one in engagement.dual()]
    return Walk(Readiness(engagement), lambda: [each for each in pairs if each is not None])


def test_everything_that_is_asked_has_one_line(engagement: Engagement) -> None:
    engagement.succeed(load_known(NEWER), "dual")
    walk = _walk(engagement)
    asked = {(name, item.id) for name in (FORMER, NEWER) for item in engagement.catalog(name).items}
    items = [line.key for line in walk.lines if line.kind == "item"]
    assert len(items) == len(set(items))
    assert set(items) | set(walk.served) == asked
    assert not set(items) & set(walk.served)
    assert len({line.key for line in walk.lines}) == len(walk.lines)
    for new, former in walk.served.items():
        assert walk.place(former) is not None
        assert walk.home(new) == former
        assert walk.twin(walk.lines[walk.place(former) or 0]) == new


def test_headings_know_what_stands_below_them_in_both_editions(engagement: Engagement) -> None:
    engagement.succeed(load_known(NEWER), "dual")
    walk = _walk(engagement)
    for index, line in enumerate(walk.lines):
        below = []
        for each in walk.lines[index + 1 :]:
            if each.depth <= line.depth:
                break
            below += [each.key] if each.kind == "item" else []
        if line.kind != "item":
            assert set(below) == {(line.catalog, item) for item in line.items} | set(line.more), line.id
    head = walk.lines[0]
    assert (head.key, head.title) == ((FORMER, FORMER), "ISO 9001:2015 and 2026")
    assert len(head.items) + len(head.more) + len(walk.served) == 324 + 337


def test_what_differs_stands_below_its_clause_and_new_clauses_in_their_place(engagement: Engagement) -> None:
    engagement.succeed(load_known(NEWER), "dual")
    walk = _walk(engagement)
    groups = [(line.catalog, line.label, line.title) for line in walk.lines if line.kind == "group"]
    assert groups.index((NEWER, "4.2 in 2026:", "1 point differs")) - 1 == [each[:2] for each in groups].index(
        (FORMER, "4.2")
    )
    labels = [label for _, label, _ in groups]
    assert labels[labels.index("6.1.3 new in 2026:") - 2 :][:4] == [
        "6.1.2",
        "6.1.2 in 2026:",
        "6.1.3 new in 2026:",
        "6.2",
    ]


def test_a_filter_keeps_the_headings_above_what_differs(engagement: Engagement) -> None:
    engagement.succeed(load_known(NEWER), "dual")
    walk = _walk(engagement)
    assert {"carried", "changed"} < {each.id for each in walk.filters()}
    shown = [line.key for line in walk.shown("changed", "", frozenset())]
    assert shown[:4] == [(FORMER, FORMER), (FORMER, "4"), (FORMER, "4.2"), (NEWER, "4.2")]
    assert (FORMER, "4.3") not in shown
    below = walk.lines[walk.place((FORMER, "4.2")) or 0]
    assert walk.unrated_more(below) == {NEWER: [("4.2 c", "")]}
    assert ("4.2 a", "") in walk.unrated_below(below)


def test_after_a_transition_marks_say_what_came_along(engagement: Engagement) -> None:
    engagement.rate(FORMER, [("4.1 §2", ""), ("6.1.1 a", "")], "partial")
    engagement.succeed(load_known(NEWER))
    walk = _walk(engagement)
    line = walk.lines[walk.place((NEWER, "4.1 §2")) or 0]
    assert walk.mark(line).carried
    assert walk.mark(line).text == "P"
    assert walk.origin(NEWER, "4.1 §2") == f"{FORMER}:4.1 §2"
    heading = walk.lines[walk.place((NEWER, "4")) or 0]
    assert walk.carried_below(heading) == [("4.1 §2", "")]
    assert [each.key for each in walk.shown("carried", "", frozenset()) if each.kind == "item"] == [
        (NEWER, "4.1 §2"),
        (NEWER, "6.1.1 a"),
    ]


def test_editions_whose_areas_are_staged_stand_together_too(tmp_path: Path) -> None:
    with Engagement.create(tmp_path / "cmmi.gapbench", Profile("Acme"), author="E. Gray") as made:
        made.add_framework(load_known("cmmi-2.0"), ("DEV",), 3)
        made.succeed(load_known("cmmi-3.0"), "dual")
        walk = _walk(made)
        keys = {line.key for line in walk.lines}
        assert ("cmmi-2.0", "CM 2.1") in keys
        assert ("cmmi-3.0", "CM 2.1") not in keys
        assert ("cmmi-3.0", "CM 2.1") in walk.served
        assert len(keys) == len(walk.lines)
        assert any(line.differs for line in walk.lines)
