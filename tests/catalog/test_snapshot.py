"""The copy inside an engagement comes back exactly, or is refused in a sentence."""

import json
from dataclasses import replace
from typing import Any

import pytest

from gapbench.catalog.model import Catalog, Group, Item, View
from gapbench.catalog.snapshot import from_json, to_json
from gapbench.errors import CatalogError


def small(**changes: Any) -> Catalog:
    leaf = Group("1.1", "Orders", "1", ask=("Sales",), evidence=("Three orders",), na="rare")
    items = (
        Item("1.1 a", "1.1", "T", "Q?", ask=leaf.ask, evidence=leaf.evidence, na="rare"),
        Item("1.1 b", "1.1", "T", "R?", level=3, conditional=True, kind="option", na="no"),
    )
    catalog = Catalog(
        id="shop",
        title="Shop",
        edition="2026",
        family="Shop",
        model="practice_groups",
        revision=2,
        groups=(Group("1", "Counter", working_title=True, provenance="agreed"), leaf),
        items=items,
        views=(View("ALL", "All", {"1.1": 2}, "low", "a note"),),
        levels=5,
        principles={"z": "Last", "a": "First"},
    )
    return replace(catalog, **changes)


def test_shipped_catalogs_come_back_exactly(catalog: Catalog) -> None:
    text = to_json(catalog)
    again = from_json(text)
    assert again == catalog
    assert to_json(again) == text
    assert "\n" not in text


def test_a_small_catalog_comes_back_exactly() -> None:
    catalog = small()
    again = from_json(to_json(catalog))
    assert again == catalog
    assert list(again.principles) == ["z", "a"]
    assert again.item["1.1 b"].ask == ()


def test_what_is_shared_is_not_repeated() -> None:
    row_a, row_b = json.loads(to_json(small()))["items"]
    assert "ask" not in row_a
    assert "na" not in row_a
    assert row_b["ask"] == []
    assert row_b["na"] == "no"


def test_any_characters_come_back() -> None:
    hostile = "=1+1 [/red] \u202e \x1b[31m \x00 \U0001f600 §"
    assert from_json(to_json(small(notice=hostile))).notice == hostile


def broken(change: Any) -> str:
    document = json.loads(to_json(small()))
    change(document)
    return json.dumps(document)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not readable"),
        ("[" * 100_000, "not readable"),
        ("[]", "newer gapbench"),
        ("{}", "newer gapbench"),
        (broken(lambda d: d.update(format="gapbench-catalog/2")), "newer gapbench"),
        (broken(lambda d: d.pop("title")), "title"),
        (broken(lambda d: d.update(title=5)), "title is '5'"),
        (broken(lambda d: d.update(groups=5)), "shop"),
        (broken(lambda d: d["groups"][1].update(parent="9")), "unknown parent 9"),
        (broken(lambda d: d["groups"][0].update(parent="1.1")), "unknown parent"),
        (broken(lambda d: d["groups"].append(d["groups"][0])), "unique"),
        (broken(lambda d: d["items"][0].update(group="9")), "'9'"),
        (broken(lambda d: d["items"][0].update(kind="odd")), "kind is 'odd'"),
        (broken(lambda d: d["items"][0].update(evidence=[1])), "evidence"),
        (broken(lambda d: d["items"][0].update(level=True)), "level"),
        (broken(lambda d: d["items"][0].update(colour="red")), "colour"),
        (broken(lambda d: d["views"][0].update(areas={"7": 2})), "unknown area 7"),
        (broken(lambda d: d["views"][0].update(areas={"1.1": "2"})), "level"),
        (broken(lambda d: d.update(principles={"a": 1})), "principles"),
    ],
)
def test_a_damaged_copy_is_refused_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(CatalogError, match=said):
        from_json(text)
