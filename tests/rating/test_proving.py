"""A catalog proves itself: what holds is silent, what does not is a sentence."""

from typing import Any

import pytest

from gapbench.catalog.model import Catalog
from gapbench.catalog.reading import read
from gapbench.catalog.shipped import catalogs_folder, list_shipped, load_shipped
from gapbench.rating.proving import PackTest, prove

from .small import AS, CMMI, DEV, ISO, SPICE, SW


def entry(answers: dict[str, str], **gives: Any) -> dict[str, Any]:
    return {"name": "a test", "answers": answers, "gives": gives}


HOLDS: list[tuple[Catalog, dict[str, Any]]] = [
    (DEV, entry({"*": "FI"}, level=4, verdict="on_target", coverage="100.0", areas={"CM": 3, "QPM": 3})),
    (DEV, entry({"*": "FI", "CM SP 1.1": "PI"}, level=1, areas={"CM": 0}, goals={"CM SG 1": "unsatisfied"})),
    (DEV, entry({"CM SP 1.1": "PI", "*": "FI"}, level=4)),  # later wins
    (DEV, entry({"*": "FI", "CM GG 3": "NI"}, level=2, areas={"CM": 2})),
    (DEV, entry({"*": "FI", "CM": "NI", "CM GP 3.1": "FI"}, level=1)),
    (DEV, entry({"*": "FI"}, level=3) | {"view": "PROFILE"}),
    (DEV, entry({"*": "FI"}, level=2, areas={"QPM": 0}) | {"view": "STAGED", "target": 2}),
    (SW, entry({"*": "yes", "SSM": "na", "RM CO": "no"}, level=4, goals={"RM G1": "satisfied"})),
    (SPICE, entry({"*": "F", "SWE": "L"}, level=1, areas={"SWE.1": 1, "SUP.1": 3})),
    (SPICE, entry({"*": "F"}, level=3, areas={"SWE.2": 3}) | {"view": "CORE + PLUS"}),
    (CMMI, entry({"*": "FM", "DAR": "PM"}, level=2, verdict="below_target")),
    (ISO, entry({"*": "conforming"}, verdict="likely", percent=100, coverage="100.0", majors=0, minors=0)),
    (ISO, entry({"*": "conforming", "9": "not_conforming"}, verdict="not_ready", percent="70.0", majors=2)),
    (ISO, entry({"8.4.1": "partial"}, verdict="incomplete", percent="50.0", minors=1)),
    (AS, entry({"*": "conforming", "8.1": "not_conforming"}, verdict="not_ready", percent="28.6")),
]


@pytest.mark.parametrize(("catalog", "test"), HOLDS)
def test_what_holds_is_silent(catalog: Catalog, test: dict[str, Any]) -> None:
    assert prove(catalog, test) == prove(catalog, PackTest.of(test)) == ()


FAILS: list[tuple[Catalog, dict[str, Any], list[str]]] = [
    (DEV, entry({"*": "FI"}, level=3), ["level should be 3, but is 4."]),
    (
        DEV,
        entry({"*": "FI", "CM SP 1.1": "NY"}, areas={"CM": 3}, goals={"CM SG 1": "unsatisfied"}),
        ["area CM should be 3, but is 0.", "goal CM SG 1 should be unsatisfied, but is not rated."],
    ),
    (DEV, entry({"*": "FI"}, areas={"XX": 1}), ["there is no area 'XX' in what was assessed."]),
    (DEV, entry({"XX SP 1.1": "FI"}, level=1), ["there is no item or group 'XX SP 1.1' to answer."]),
    (DEV, entry({"CM": "FM"}, level=1), ["FM is not a rating of DEV small 1.3; use FI, LI, PI, NI or NY."]),
    (DEV, entry({"*": "FI"}, percent=3), ["there is no percent here; it can say verdict, level, coverage, areas or"]),
    (DEV, entry({"*": "FI"}, level=1) | {"view": "AGILE"}, ["DEV small 1.3 has no view AGILE; choose STAGED"]),
    (ISO, entry({"*": "conforming"}, level=1), ["there is no level here; it can say verdict, percent, coverage,"]),
    (ISO, entry({"*": "conforming"}, areas={"8": 1}), ["there is no area '8' in what was assessed."]),
    (ISO, entry({"*": "conforming"}, percent="x"), ["percent should be x, but is 100.0."]),
    (ISO, entry({"*": "na"}, percent=10), ["percent should be 10, but is nothing."]),
    (ISO, entry({"9": "partial"}, verdict="likely"), ["verdict should be likely, but is incomplete."]),
]


@pytest.mark.parametrize(("catalog", "test", "said"), FAILS)
def test_what_does_not_hold_is_said(catalog: Catalog, test: dict[str, Any], said: list[str]) -> None:
    found = prove(catalog, test)
    assert len(found) == len(said)
    assert all(sentence.startswith(words) for sentence, words in zip(found, said, strict=True))


@pytest.mark.parametrize("name", [line.id for line in list_shipped()])
def test_every_shipped_catalog_proves_itself(name: str) -> None:
    (line,) = [line for line in list_shipped() if line.id == name]
    tests = read(catalogs_folder() / line.file).get("tests", ())
    catalog = load_shipped(name)
    assert {test["name"]: found for test in tests if (found := prove(catalog, test))} == {}
