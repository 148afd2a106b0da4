"""The work packages: every clause and practice is closed by exactly one, and the figures are as modelled."""

from __future__ import annotations

from collections import Counter
from functools import cache
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any

import pytest

from gapbench.catalog import compiling_packages, packages, reading
from gapbench.catalog.shipped import catalogs_folder, load_shipped

if TYPE_CHECKING:
    from gapbench.catalog.model import Catalog

ISO = ("iso9001-2015", "iso9001-2026", "as9100d")
CMMI = ("cmmi-2.0", "cmmi-3.0", "cmmi-dev-1.3")
CORE = [f"WP{number:02}" for number in range(1, 26)]
AREAS = frozenset({
    "CAR", "CM", "DAR", "EST", "GOV", "II", "MC", "MPM", "OT", "PAD", "PCM", "PI", "PLAN", "PQA", "PR", "RDM", "RSK",
    "SAM", "TS", "VV",
})  # fmt: skip


@cache
def catalog(name: str) -> Catalog:
    return load_shipped(name)


@cache
def of(*names: str) -> tuple[packages.PackageText, ...]:
    return packages.packages([catalog(name) for name in names])


def closed_by(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for package in of(name):
        for _, number in package.closes:
            found.setdefault(number, []).append(package.id)
    return found


# --- closed exactly once ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ISO)
def test_every_leaf_is_closed_by_exactly_one_package(name: str) -> None:
    assert {leaf: len(by) for leaf, by in closed_by(name).items()} == {leaf.id: 1 for leaf in catalog(name).leaves}
    assert packages.unassigned([catalog(name)]) == ()


@pytest.mark.parametrize(("name", "count"), [("cmmi-2.0", 185), ("cmmi-3.0", 181)])
def test_every_practice_of_levels_1_to_3_is_closed_by_exactly_one_package(name: str, count: int) -> None:
    """CMMI 2.0 has 181 in its development view, and four of SSS are part of SAM today."""
    closed = closed_by(name)
    asked = [item for item in catalog(name).items if item.group in AREAS]
    for item in asked:
        assert len(closed[item.id]) == 1, item.id
        extension = closed[item.id] == ["X-QUANT"]
        assert extension == ((item.level or 0) >= 4), item.id
    core = [number for number, by in closed.items() if by != ["X-QUANT"]]
    assert len(core) == count
    assert {item.id for item in asked} <= set(closed)


def test_every_practice_of_the_development_views_is_closed() -> None:
    for name in ("cmmi-2.0", "cmmi-3.0"):
        view = catalog(name).view["DEV"]
        left = [ref for ref in packages.unassigned([catalog(name)]) if catalog(name).item[ref[1]].group in view.areas]
        assert left == []


def test_every_practice_of_v1_3_is_closed_by_exactly_one_package() -> None:
    closed = closed_by("cmmi-dev-1.3")
    assert {number: len(by) for number, by in closed.items()} == {item.id: 1 for item in catalog("cmmi-dev-1.3").items}
    assert closed["CM SP 2.1"] == ["WP18"]
    assert closed["CM GP 2.6"] == closed["VAL GP 2.6"] == ["WP04"]
    assert closed["OPP SP 1.1"] == ["X-QUANT"]


def test_what_other_editions_have_more_has_its_place() -> None:
    assert closed_by("iso9001-2026")["6.1.3"] == ["WP05"]
    assert closed_by("iso9001-2026")["10.1"] == ["WP24"]
    new = {"8.1.1": "WP05", "8.1.2": "WP04", "8.1.3": "WP05", "8.1.4": "WP19", "8.3.4.1": "WP16", "8.4.1.1": "WP19"}
    new |= dict.fromkeys(("8.5.1.1", "8.5.1.2", "8.5.1.3"), "WP17")
    assert {leaf: closed_by("as9100d")[leaf] for leaf in new} == {leaf: [by] for leaf, by in new.items()}


def test_of_views_beyond_development_it_says_what_is_not_assigned() -> None:
    left = {catalog("cmmi-3.0").item[number].group for _, number in packages.unassigned([catalog("cmmi-3.0")])}
    assert left == {"DM", "DQ", "WE", "ESAF", "ESEC", "MST", "EVW", "CONT", "IRP", "SDM", "STSM"}
    assert len(packages.unassigned([catalog("iso14001-2015")])) == 32


# --- the packages themselves -----------------------------------------------------------------------------


def test_there_are_25_and_one_extension() -> None:
    assert [package.id for package in of("iso9001-2015", "cmmi-3.0")] == [*CORE, "X-QUANT"]
    assert [package.id for package in of("iso9001-2015", "cmmi-3.0") if package.extension] == ["X-QUANT"]


def test_a_package_without_anything_to_close_is_left_out_and_nobody_waits_for_it() -> None:
    for names in (("iso9001-2015",), ("cmmi-dev-1.3",), ("cmmi-2.0",), ("iso9001-2026", "cmmi-dev-1.3")):
        ids = {package.id for package in of(*names)}
        assert all(set(package.needs) <= ids for package in of(*names))
    assert "WP15" not in {package.id for package in of("iso9001-2015")}
    needs = {package.id: package.needs for package in of("cmmi-dev-1.3")}
    assert "WP20" not in needs
    assert needs["WP22"] == ("WP03", "WP04")


def test_prerequisites_have_an_order_and_steps_follow_it() -> None:
    needs = {package.id: package.needs for package in of("iso9001-2015", "cmmi-3.0")}
    steps = {package.id: package.step for package in of("iso9001-2015", "cmmi-3.0")}
    order = list(TopologicalSorter(needs).static_order())
    assert order[0] == "WP01"
    assert all(steps[need] < steps[package] for package, before in needs.items() for need in before)
    assert steps["WP25"] == 10


@pytest.mark.parametrize(("size", "low", "high"), [("S", 106, 215), ("M", 251, 513), ("L", 533, 1076)])
def test_effort_and_saving_are_as_modelled(size: str, low: int, high: int) -> None:
    core = [package for package in of("iso9001-2015", "cmmi-3.0") if not package.extension]
    assert (sum(p.effort[size][0] for p in core), sum(p.effort[size][1] for p in core)) == (low, high)
    savings = []
    for factor in (1.0, 0.5, 1.5):
        efforts = [(sum(p.effort[size]) / 2, p.doubled * factor) for p in core]
        savings.append(round(100 * sum(e * d for e, d in efforts) / sum(e * (1 + d) for e, d in efforts)))
    assert savings == [31, 18, 40]


def test_texts_are_there_and_no_two_questions_are_alike() -> None:
    found = of("iso9001-2015", "cmmi-3.0")
    assert len({package.ask for package in found}) == len(found)
    for package in found:
        assert package.ask.endswith(("?", "."))
        assert "?" in package.ask or package.ask.startswith("What could go wrong")
        assert 4 <= len(package.activities) <= 8
        assert len(package.deliverables) >= 3
        assert all("  " not in text for text in (*package.activities, *package.deliverables, package.ask))
        assert all(text[0].isupper() for text in (*package.activities, *package.deliverables))
        assert package.owner
        assert package.evidence
        assert set(package.closes).isdisjoint(package.touches)


def test_both_frameworks_meet_in_one_package() -> None:
    audit = next(package for package in of("iso9001-2015", "cmmi-2.0") if package.id == "WP21")
    assert audit.closes[:2] == (("iso9001-2015", "9.2.1"), ("iso9001-2015", "9.2.2"))
    assert ("cmmi-2.0", "PQA 2.2") in audit.closes
    changes = next(package for package in of("cmmi-2.0") if package.id == "WP18")
    assert changes.closes == (("cmmi-2.0", "CM 2.4"), ("cmmi-2.0", "RDM 2.6"))


def test_sizes_and_waves() -> None:
    assert list(packages.sizes()) == ["S", "M", "L"]
    assert sorted(name for _, names in packages.waves() for name in names) == CORE
    assert "own words" in packages.notice()


# --- audits and review -----------------------------------------------------------------------------------


def test_twelve_audit_units_hold_every_package_once() -> None:
    audit = packages.audit_programme([catalog("iso9001-2015"), catalog("cmmi-3.0")])
    assert [unit.id for unit in audit.units] == [f"AU{number:02}" for number in range(1, 13)]
    assert Counter(name for unit in audit.units for name in unit.packages) == dict.fromkeys([*CORE, "X-QUANT"], 1)
    assert {package.audit_unit for package in of("iso9001-2015", "cmmi-3.0")} == {unit.id for unit in audit.units}
    calendar = {quarter: [unit.id for unit in audit.units if quarter in unit.quarters] for quarter in (1, 2, 3, 4)}
    assert calendar[1] == ["AU01", "AU03", "AU07", "AU08", "AU11", "AU12"]
    assert calendar[2] == calendar[4] == ["AU02", "AU03", "AU04", "AU05", "AU08", "AU09", "AU10"]
    assert calendar[3] == ["AU03", "AU06", "AU07", "AU08", "AU11"]
    assert audit.auditor_days == {"S": (6, 10), "M": (15, 30), "L": (40, 80)}
    assert len(audit.rules) == 10


@pytest.mark.parametrize("cmmi", CMMI)
@pytest.mark.parametrize("iso", ISO)
def test_each_unit_has_three_joint_questions_with_both_references(iso: str, cmmi: str) -> None:
    audit = packages.audit_programme([catalog(iso), catalog(cmmi)])
    asked = [question.ask for unit in audit.units for question in unit.questions]
    assert len(set(asked)) == len(asked) == 43
    for unit in audit.units:
        assert len(unit.questions) >= 3
        for question in unit.questions:
            assert {ref[0] for ref in question.refs} == {iso, cmmi}, question.ask
            assert question.evidence


def test_fourteen_items_with_the_letters_of_the_edition() -> None:
    review = packages.management_review([catalog("iso9001-2015"), catalog("cmmi-2.0")])
    assert [item.id for item in review.items] == [f"MR{number:02}" for number in range(1, 15)]
    ours = {item for package in of("iso9001-2015", "cmmi-3.0") for item in package.review_items}
    assert ours == {item.id for item in review.items}
    suppliers = review.items[8]
    assert suppliers.refs == (("iso9001-2015", "9.3.2 c7"), ("cmmi-2.0", "SAM 3.2"))
    newer = packages.management_review([catalog("iso9001-2026")])
    assert newer.items[8].refs == (("iso9001-2026", "9.3.2 d7"),)
    assert ("iso9001-2026", "9.3.2 c") in newer.items[1].refs


def test_every_prescribed_input_has_its_item() -> None:
    for name in ISO:
        review = packages.management_review([catalog(name)])
        answered = {number for item in review.items for _, number in item.refs}
        inputs = {item.id for item in catalog(name).items_of["9.3.2"] if " §" not in item.id}
        assert inputs - answered == set()


# --- what is refused -----------------------------------------------------------------------------------


def _documents() -> dict[str, Any]:
    folder = catalogs_folder() / "packages"
    return {part: reading.read(folder / file) for part, file in compiling_packages.FILES.items()}


def _problems(part: str, old: str, new: str) -> list[str]:
    file = compiling_packages.FILES[part]
    text = (catalogs_folder() / "packages" / file).read_text(encoding="utf-8")
    assert old in text
    documents = _documents() | {part: reading.read_bytes(text.replace(old, new, 1).encode(), file)}
    alone = [
        problem
        for each, document in documents.items()
        for problem in compiling_packages.shape_problems(document, each, compiling_packages.FILES[each])
    ]
    return alone or list(compiling_packages._across(documents))


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        ("packages", '["4.1", "4.2", "4.3"]', '["4.1", "4.2", "4.9"]', "there is no '4.9' in iso9001-2015"),
        ("packages", '["4.1", "4.2", "4.3"]', '["4.1", "5.3"]', "5.3 of iso9001-2015 is closed by WP01 already"),
        ("packages", "needs: [WP01]", "needs: [WP02]", "in a circle"),
        ("packages", "step: 2", "step: 3", "WP02: step: the needs make it 2"),
        ("packages", "audit_unit: AU01", "audit_unit: AU02", "WP01: audit_unit: AU02 is not there"),
        ("packages", "packages: 25", "packages: 24", "counts: packages: says 24, there are 25"),
        ("packages", "S: [2, 4]", "S: [2, 4, 6]", "3 entries; at most 2"),
        ("audit", "packages: [WP05]", "packages: [WP99]", "AU04: packages: there is no WP99"),
        ("audit", "cmmi-3.0: [GOV 2.2]", "cmmi-3.0: [GOV 9.2]", "AU01: refs: there is no 'GOV 9.2'"),
        ("review", "figures: [actions]", "figures: [rumours]", "'rumours' is not one of"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(part: str, old: str, new: str, said: str) -> None:
    found = _problems(part, old, new)
    assert any(said in problem for problem in found), found
