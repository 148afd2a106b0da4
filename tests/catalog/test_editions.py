"""From one edition to the next: which answers may come along, which questions are one, what changed where."""

from __future__ import annotations

from functools import cache

import pytest

from gapbench.catalog.editions import Editions, between, twins
from gapbench.catalog.shipped import list_shipped, load_shipped
from tests.engagement.small import points, points_after, practices, practices_after

PAIRS = [("iso9001-2026", "iso9001-2015"), ("iso14001-2026", "iso14001-2015"), ("cmmi-3.0", "cmmi-2.0")]


@pytest.fixture(scope="module")
def iso() -> Editions:
    return between(points_after(), points(3))


@pytest.fixture(scope="module")
def cmmi() -> Editions:
    return between(practices_after(), practices())


@pytest.mark.parametrize(
    ("item", "asked", "former", "merged", "split"),
    [
        ("8.1 a", "once", ["8.1 a"], False, False),
        ("8.1 b", "once", ["8.1 b"], False, False),
        ("8.1 c", "again", ["8.1 c"], False, False),
        ("8.2 a", "once", ["8.2 b"], False, False),
        ("8.2 c", "once", ["8.2 c", "8.3 a"], True, False),
        ("8.2 d", "new", ["8.2 c"], False, False),
        ("8.4 a", "once", ["8.3 b"], False, True),
        ("8.4 b", "once", ["8.3 b"], False, True),
    ],
)
def test_each_point_knows_what_it_grew_from(
    iso: Editions, item: str, asked: str, former: list[str], merged: bool, split: bool
) -> None:
    link = iso.links[item]
    assert (link.asked, [one.id for one in link.former]) == (asked, former)
    assert (link.merged, link.split, link.carries) == (merged, split, asked == "once")


def test_twins_are_one_to_one_and_unchanged(iso: Editions) -> None:
    expected = {"8.1 a": "8.1 a", "8.1 b": "8.1 b", "8.2 a": "8.2 b", "8.2 b": "8.2 a"}
    assert dict(iso.twins) == expected == dict(twins(iso.new, iso.former))


def test_what_lives_on_and_what_is_gone(iso: Editions, cmmi: Editions) -> None:
    assert [item.id for item in iso.gone] == ["8.3 c"]
    assert [item.id for item in cmmi.gone] == ["SAM 2.2"]
    assert iso.successors["8.3 b"] == ("8.4 a", "8.4 b")
    assert iso.successors["8.2 c"] == ("8.2 c",), "a new point near to it does not take it over"


def test_a_row_for_each_clause_with_what_is_gone_in_its_place(iso: Editions) -> None:
    figures = [
        (row.group, row.same, row.wording, row.moved, row.changed, row.new, row.disputed, len(row.gone))
        for row in iso.rows
    ]
    assert figures == [
        ("8.1", 1, 1, 0, 1, 0, 1, 0),
        ("8.2", 1, 0, 2, 0, 1, 0, 0),
        ("8.3", 0, 0, 0, 0, 0, 0, 1),
        ("8.4", 0, 1, 1, 0, 0, 0, 0),
    ]
    assert [link.item.id for link in iso.rows[0].changes] == ["8.1 b", "8.1 c"]
    assert all(row.differs for row in iso.rows)


def test_areas_that_go_on_as_they_were(cmmi: Editions) -> None:
    assert cmmi.areas == {"CM": "CM", "OT": "OT", "GOV": "GOV", "SAM": "SAM"}
    assert [row.group for row in cmmi.rows if row.differs] == ["OT", "GOV", "SAM"]


@pytest.mark.parametrize(
    ("subject", "after", "twin"),
    [
        ("CM 2.1", "CM 2.1", "CM 2.1"),
        ("CM/2", "CM/2", "CM/2"),
        ("CM", "CM", "CM"),
        ("OT/2", "OT/2", ""),  # merged: it came along whole, but is no single question
        ("OT 2.1", "", ""),
        ("GOV/1", "GOV/1", "GOV/1"),
        ("GOV/2", "", ""),  # a new practice stands in it
        ("SAM/2", "", ""),  # one changed, one is gone
        ("SAM 2.1", "", ""),
        ("XX/2", "", ""),
        ("", "", ""),
    ],
)
def test_a_judged_subject_goes_on_when_all_of_it_came_along(
    cmmi: Editions, subject: str, after: str, twin: str
) -> None:
    came = [name for name, link in cmmi.links.items() if link.carries]
    assert cmmi.subject(subject, came) == after
    assert cmmi.twin_subject(subject) == twin
    if twin:
        assert cmmi.twin_subject(twin, back=True) == subject


def test_editions_that_do_not_follow_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="tiny-iso-26 is no edition after tiny-cmmi"):
        between(points_after(), practices())


@cache
def shipped(new: str, former: str) -> Editions:
    return between(load_shipped(new), load_shipped(former))


@pytest.mark.parametrize(("new", "former"), PAIRS)
def test_shipped_editions_hold_together(new: str, former: str) -> None:
    if not {new, former} <= {line.id for line in list_shipped()}:
        pytest.skip(f"{new} is not shipped yet")
    editions = shipped(new, former)
    strange = {item.id: [name for name in item.base if name not in editions.former.item] for item in editions.new.items}
    assert {name: bases for name, bases in strange.items() if bases} == {}
    assert len(set(editions.twins.values())) == len(editions.twins) > 0
    counted = sum(row.same + row.wording + row.moved + row.changed + row.new for row in editions.rows)
    assert counted == len(editions.new.items)
    assert sum(len(row.gone) for row in editions.rows) == len(editions.gone)
    for link in editions.links.values():
        assert link.item.change == "same" or link.item.change_note or link.asked == "new", link.item.id


TRAPS = {
    "RDM 2.1": ("again", ["RDM 2.1", "RDM 2.3"]),
    "RDM 2.3": ("once", ["RDM 2.4"]),
    "RDM 2.5": ("once", ["RDM 2.6"]),
    "PAD 3.3": ("again", ["PAD 3.3", "PAD 3.5"]),
    "PAD 3.5": ("once", ["PAD 3.6"]),
    "PAD 3.6": ("once", ["PAD 3.7"]),
    "SAM 1.2": ("once", ["SAM 1.1"]),
    "SAM 2.5": ("once", ["SAM 2.4"]),
    "II 4.1": ("new", []),
    "CM 2.1": ("once", ["CM 2.1"]),
}


@pytest.mark.parametrize("item", TRAPS)
def test_renumbered_practices_of_cmmi_3_0(item: str) -> None:
    editions = shipped("cmmi-3.0", "cmmi-2.0")
    link = editions.links[item]
    assert (link.asked, [one.id for one in link.former]) == TRAPS[item]
