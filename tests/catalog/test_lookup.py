"""What people type finds what they mean."""

import pytest

from gapbench.catalog.lookup import Finder, find_group, find_item, search, spoken
from gapbench.catalog.model import Catalog


@pytest.fixture
def both(iso: Catalog, cmmi2: Catalog) -> list[Catalog]:
    return [iso, cmmi2]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8.4.1 a", "8.4.1 a"),
        ("8.4.1a", "8.4.1 a"),
        ("8.4.1 A)", "8.4.1 a"),
        ("8.4.1 (a)", "8.4.1 a"),
        (" 8.4.1-a ", "8.4.1 a"),
        ("8.4.1 a" + " " * 1000, "8.4.1 a"),
        ("clause 8.4.1 a", "8.4.1 a"),
        ("iso9001-2015:8.4.1 a", "8.4.1 a"),
        ("ISO9001-2015: 8.4.1 a", "8.4.1 a"),
        ("iso:8.4.1 a", "8.4.1 a"),
        ("4.1 §2", "4.1 §2"),
        ("4.1§2", "4.1 §2"),
        ("4.1 2", "4.1 §2"),
        ("4.1 s2", "4.1 §2"),
        ("4.1 para 2", "4.1 §2"),
        ("4.1 §2 (Amd 1)", "4.1 §2"),
        ("8.2.2 a1", "8.2.2 a1"),
        ("8.2.2 a 1", "8.2.2 a1"),
        ("7.1.5.2 a §2", "7.1.5.2 a §2"),
        ("7.1.5.2 §2", "7.1.5.2 §2"),
        ("7.1.2", "7.1.2 §1"),
        ("9.3.1", "9.3.1 §1"),
        ("cm 2.1", "CM 2.1"),
        ("CM2.1", "CM 2.1"),
        ("cm-2.1", "CM 2.1"),
        ("cmmi-2.0:cm 2.1", "CM 2.1"),
        ("ii 2.1", "II 2.1"),
    ],
)
def test_items(both: list[Catalog], typed: str, meant: str) -> None:
    assert [item.id for _, item in find_item(both, typed)] == [meant]


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", ":", "§", "8.4.1", "8.4.1 z", "CM", "CM 9.9", "[/red]"),
        *("cmmi-2.0:8.4.1 a", "none:4.1 §1", "\u0664.\u0661 \u0662"),
        *("1." * 40_000, "a" * 100_000, "8.4.1 a" * 40),
    ],
)
def test_nothing_is_meant(both: list[Catalog], typed: str) -> None:
    assert find_item(both, typed) == []


def test_two_editions_share_a_number(cmmi2: Catalog, cmmi3: Catalog) -> None:
    found = find_item([cmmi2, cmmi3], "cm 2.1")
    assert [(catalog.id, item.id) for catalog, item in found] == [
        ("cmmi-2.0", "CM 2.1"),
        ("cmmi-3.0", "CM 2.1"),
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("8.4", "8.4"), ("clause 8", "8"), ("cm", "CM"), ("cmmi-2.0:ii", "II"), ("8.4.1", "8.4.1")],
)
def test_groups(both: list[Catalog], typed: str, meant: str) -> None:
    assert [group.id for _, group in find_group(both, typed)] == [meant]


def test_no_two_numbers_sound_alike(catalog: Catalog) -> None:
    assert len({spoken(item.id) for item in catalog.items}) == len(catalog.items)


def test_every_number_finds_itself(catalog: Catalog) -> None:
    finder = Finder([catalog])
    for item in catalog.items:
        assert [found.id for _, found in finder.item(item.id)] == [item.id]
    for group in catalog.groups:
        assert [found.id for _, found in finder.group(group.id)] == [group.id]


def test_search_wants_every_word(iso: Catalog) -> None:
    assert search(iso, "CLIMATE relevant") == ["4.1 §2"]
    assert search(iso, "8.7.1 concession") == ["8.7.1 d"]
    assert "9.2.2 a" in search(iso, "audit programme")
    assert search(iso, "") == []
    assert search(iso, "xylophone") == []


def test_search_keeps_reading_order(iso: Catalog) -> None:
    order = [item.id for item in iso.items]
    found = search(iso, "supplier")
    assert len(found) > 5
    assert found == sorted(found, key=order.index)
