"""The overlap of ISO 9001 and CMMI: whole, in line with its catalogs, and quick to have."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

import pytest

from gapbench.catalog import compiled, compiling, compiling_overlap, overlap, reading
from gapbench.catalog.numbers import renumbered
from gapbench.catalog.shipped import INDEX, catalogs_folder, load_shipped

if TYPE_CHECKING:
    from gapbench.catalog.model import Catalog

ISO = ("iso9001-2015", "iso9001-2026", "as9100d")
CMMI = ("cmmi-2.0", "cmmi-3.0", "cmmi-dev-1.3")
FILES = ("iso9001-2015--cmmi-3.0.yaml", "iso9001-2015--cmmi-dev-1.3.yaml")


@cache
def catalog(name: str) -> Catalog:
    return load_shipped(name)


@cache
def between(iso: str, cmmi: str) -> overlap.Overlap:
    found = overlap.overlap(catalog(iso), catalog(cmmi))
    assert found is not None
    return found


def text(file: str) -> str:
    return (catalogs_folder() / "overlap" / file).read_text(encoding="utf-8")


def problems(changed: str, file: str = FILES[0]) -> list[str]:
    return list(compiling_overlap.problems_of(reading.read_bytes(changed.encode(), file), file))


@pytest.mark.parametrize("folder", compiled.FOLDERS)
def test_the_index_says_what_the_yaml_says(folder: str) -> None:
    """After a change there: python -m gapbench.catalog.compiling."""
    assert (catalogs_folder() / folder / INDEX).read_text(encoding="utf-8") == compiling.text_of(folder)


def test_no_yaml_is_read_for_it() -> None:
    program = (
        "import sys; from gapbench.catalog import overlap, packages, guide, compiled;"
        "[compiled.document(folder) for folder in compiled.FOLDERS]; guide.guide();"
        "sys.exit('yaml' in sys.modules or 'jsonschema' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


# --- the pairs as written ------------------------------------------------------------------------------


def test_what_is_written() -> None:
    pairs = between("iso9001-2015", "cmmi-3.0").pairs
    assert len(pairs) == 428
    assert Counter(pair.strength for pair in pairs) == {"strong": 101, "partial": 188, "weak": 139}
    assert Counter(pair.direction for pair in pairs) == {"shared": 373, "iso_to_cmmi": 37, "cmmi_to_iso": 18}
    assert Counter(pair.basis for pair in pairs) == {"own": 204, "recalled": 168, "seen": 56}
    assert Counter(pair.relation for pair in pairs) == {"intersects": 391, "superset": 37}
    old = between("iso9001-2015", "cmmi-dev-1.3").pairs
    assert len(old) == 295
    assert Counter(pair.strength for pair in old) == {"strong": 88, "partial": 151, "weak": 56}


def test_nothing_is_equal_and_what_suffices_is_contained() -> None:
    for cmmi in ("cmmi-3.0", "cmmi-dev-1.3"):
        for pair in between("iso9001-2015", cmmi).pairs:
            assert pair.relation not in ("equal", "subset")
            assert (pair.relation == "superset") == (pair.direction == "iso_to_cmmi")
            assert not (pair.hidden and pair.direction == "iso_to_cmmi")


@pytest.mark.parametrize("cmmi", CMMI)
@pytest.mark.parametrize("iso", ISO)
def test_every_number_exists_and_every_pair_says_why(iso: str, cmmi: str) -> None:
    leaves = {leaf.id for leaf in catalog(iso).leaves}
    practices = compiling_overlap.practices_of(catalog(cmmi))
    found = between(iso, cmmi)
    assert {pair.leaf for pair in found.pairs} <= leaves
    assert {pair.practice for pair in found.pairs} <= practices
    assert all(pair.why and pair.id for pair in found.pairs)
    assert len({(pair.leaf, pair.practice) for pair in found.pairs}) == len(found.pairs)
    for cover in found.covers:
        assert cover.leaf in leaves
        assert cover.residual
        assert cover.support in get_args(overlap.Support)
        assert set(cover.practices) <= practices
    assert (found.iso_name, found.cmmi_name) == (catalog(iso).name, catalog(cmmi).name)
    assert "never rates" in found.notice


def test_only_calibration_has_no_counterpart() -> None:
    for cmmi in ("cmmi-3.0", "cmmi-dev-1.3"):
        found = between("iso9001-2015", cmmi)
        assert [leaf.id for leaf in catalog("iso9001-2015").leaves if not found.of_leaf(leaf.id, weak=True)] == [
            "7.1.5.2"
        ]
    covers = between("iso9001-2015", "cmmi-3.0")
    only_weak = [cover.leaf for cover in covers.covers if not covers.of_leaf(cover.leaf)]
    assert only_weak == ["4.1", "4.2", "4.3", "7.1.5.2", "8.5.3", "8.5.4", "9.1.2"]


def test_what_is_covered_of_every_clause_and_supported_of_every_area() -> None:
    found = between("iso9001-2015", "cmmi-3.0")
    assert [cover.leaf for cover in found.covers] == [leaf.id for leaf in catalog("iso9001-2015").leaves]
    assert Counter(cover.support for cover in found.covers) == {"most": 32, "some": 23, "little": 6, "none": 4}
    assert sum(cover.main_part for cover in found.covers) == 32
    assert len(found.areas) == 20
    area = found.area("DAR")
    assert area is not None
    assert (area.basic, area.defined) == ("none", "little")
    assert found.area("SDM") is None
    assert not between("iso9001-2015", "cmmi-dev-1.3").covers


# --- looking up ----------------------------------------------------------------------------------------


def test_weak_ones_stay_hidden_and_strong_ones_come_first() -> None:
    found = between("iso9001-2015", "cmmi-3.0")
    assert found.of_leaf("4.1") == ()
    assert {pair.practice for pair in found.of_leaf("4.1", weak=True)} == {"GOV 1.1", "MPM 3.1", "RSK 1.1", "RSK 3.1"}
    shown = found.of_leaf("8.4.1", weak=True)
    assert [pair.strength for pair in shown] == ["strong"] * 3 + ["partial"] * 2 + ["weak"] * 2
    assert all(pair.hidden == (pair.strength == "weak") for pair in shown)
    assert [pair.leaf for pair in found.of_practice("OT 2.2")] == ["7.2", "7.3"]
    assert found.of_practice("EST 2.2", weak=True) == ()
    assert found.of_leaf("99") == ()


def test_what_is_asked_in_every_area_is_found_from_each() -> None:
    found = between("iso9001-2015", "cmmi-dev-1.3")
    everywhere = found.of_practice("GP 2.9")
    assert [pair.leaf for pair in everywhere] == ["9.2.1", "9.2.2"]
    assert found.of_practice("CM GP 2.9") == found.of_practice("VAL GP 2.9") == everywhere
    assert found.of_practice("GP 9.9") == ()


# --- other editions ------------------------------------------------------------------------------------


def test_former_numbers_agree_with_the_links_of_the_catalog() -> None:
    links = {item.id: item.base for item in catalog("cmmi-3.0").items}
    former = renumbered()["cmmi-3.0", "cmmi-2.0"]
    assert {practice: links[practice] for practice in former} == former
    assert all(links[practice] == (practice,) for practice in links if practice not in former)
    said = reading.read_bytes(text(FILES[0]).encode(), FILES[0])["renumbered"]["practices"]
    assert {name: tuple(old) for name, old in said.items()}.items() <= former.items()
    assert len(said) == 17


@pytest.mark.parametrize(
    ("leaf", "new", "former"),
    [
        ("8.2.2", {"RDM 1.1", "RDM 2.1", "RDM 2.2"}, {"RDM 1.1", "RDM 2.1", "RDM 2.3", "RDM 2.2"}),
        ("8.2.4", {"CM 2.4", "RDM 2.5"}, {"CM 2.4", "RDM 2.6"}),
        ("8.4.3", {"SAM 1.2"}, {"SAM 1.1"}),
        ("8.4.1", {"SAM 1.1", "SAM 2.1", "SAM 2.2"}, {"SSS 1.2", "SSS 1.3", "SSS 2.2", "SSS 2.3"}),
    ],
)
def test_cmmi_2_is_served_by_former_numbers(leaf: str, new: set[str], former: set[str]) -> None:
    for cmmi, practices in (("cmmi-3.0", new), ("cmmi-2.0", former)):
        strong = [pair for pair in between("iso9001-2015", cmmi).of_leaf(leaf) if pair.strength == "strong"]
        assert {pair.practice for pair in strong} == practices
    pair = next(pair for pair in between("iso9001-2015", "cmmi-2.0").pairs if pair.id == "X268")
    assert (pair.practice, pair.derived) == ("SAM 1.1", "CMMI 3.0 SAM 1.2")


def test_what_came_with_3_0_has_no_former_pair() -> None:
    assert not any(pair.practice == "II 4.1" for pair in between("iso9001-2015", "cmmi-2.0").pairs)
    assert len(between("iso9001-2015", "cmmi-2.0").pairs) == 444


def test_2026_has_the_pairs_of_the_points_it_grew_from() -> None:
    old, new = between("iso9001-2015", "cmmi-3.0"), between("iso9001-2026", "cmmi-3.0")
    same = [pair for pair in new.pairs if not pair.derived]
    assert set(same) <= set(old.pairs)
    assert {pair.leaf for pair in set(old.pairs) - set(same)} == {"10.3"} | {
        pair.leaf for pair in old.pairs if pair.leaf == "10.1" and pair not in same
    }
    assert {pair.practice for pair in old.of_leaf("10.1") + old.of_leaf("10.3")} == {
        pair.practice for pair in new.of_leaf("10.1")
    }
    moved = next(pair for pair in new.of_leaf("10.1") if pair.practice == "MPM 3.5")
    assert (moved.strength, moved.derived) == ("strong", "ISO 9001:2015 10.3")


def test_a_clause_that_is_new_has_less_to_say() -> None:
    new = between("iso9001-2026", "cmmi-3.0")
    pairs = new.of_leaf("6.1.3", weak=True)
    assert {pair.practice.split()[0] for pair in pairs} == {"RSK"}
    assert {pair.strength for pair in pairs} <= {"partial", "weak"}
    assert {(pair.confidence, pair.basis, pair.direction) for pair in pairs} == {("low", "own", "shared")}
    assert all(pair.derived.startswith("the clause is new") for pair in pairs)
    cover = new.cover("6.1.3")
    assert cover is not None
    assert not cover.main_part
    merged = new.cover("10.1")
    assert merged is not None
    assert merged.support == "some"
    assert merged.practices == ("PCM 2.1", "PCM 2.2", "PCM 3.6", "MPM 3.5")


def test_as9100_is_served_by_the_iso_inside_and_says_what_it_adds() -> None:
    inside, around = between("iso9001-2015", "cmmi-3.0"), between("as9100d", "cmmi-3.0")
    assert around.pairs == inside.pairs
    assert around.of_leaf("8.1.4", weak=True) == ()
    before, after = inside.cover("8.4.2"), around.cover("8.4.2")
    assert before is not None
    assert after is not None
    assert after.residual == f"{before.residual} What AS9100 D adds to ISO 9001:2015 here: 7 points."
    assert inside.cover("4.1") == around.cover("4.1")


def test_strangers_have_none() -> None:
    assert overlap.overlap(catalog("iso14001-2015"), catalog("cmmi-3.0")) is None
    assert overlap.overlap(catalog("iso9001-2015"), catalog("sw-cmm-1.1")) is None
    together = [catalog(name) for name in ("cmmi-3.0", "iso9001-2026", "iso14001-2015", "iso9001-2015")]
    assert [(each.iso, each.cmmi) for each in overlap.overlaps(together)] == [
        ("iso9001-2026", "cmmi-3.0"),
        ("iso9001-2015", "cmmi-3.0"),
    ]


# --- what is refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES)
def test_the_files_are_sound(file: str) -> None:
    assert problems(text(file), file) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("practice: GOV 1.1, strength: weak", "practice: GOV 9.9, strength: weak", "X001: practice: there is no such"),
        ("id: X002", "id: X001", "X001: id: stands twice"),
        ("strength: weak, confidence: low", "strength: feeble, confidence: low", "'feeble' is not one of strong"),
        ('- clause: "4.3"', '- clause: "4.9"', "4.9: clause: iso9001-2015 has no such leaf"),
        ("pairs: 428", "pairs: 427", "counts: pairs: says 427, there are 428"),
        ("SAM 2.5: [SAM 2.4]", "SAM 2.5: [SAM 2.5]", "SAM 2.5: cmmi-3.0 says it was SAM 2.4"),
        ("    SAM 2.5: [SAM 2.4]\n", "", "SAM 2.5: practices: missing"),
        ("- area: CAR ", "- area: XXX ", "XXX: area: cmmi-3.0 has no such area"),
        ("practices: [PAD 1.1, PAD 3.2", "practices: [PAD 9.1, PAD 3.2", "4.4.1: practices: there is no practice"),
        ("cmmi: cmmi-3.0", "cmmi: cmmi-9.9", "gapbench has no framework 'cmmi-9.9'"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(old: str, new: str, said: str) -> None:
    changed = text(FILES[0]).replace(old, new, 1)
    assert changed != text(FILES[0])
    found = problems(changed)
    assert any(said in problem for problem in found), found
    assert all(problem.startswith(FILES[0]) and problem.endswith(".") for problem in found)


def test_a_clause_that_is_missing_is_named() -> None:
    document: Any = reading.read_bytes(text(FILES[1]).encode(), FILES[1])
    del document["clauses"][0]
    assert any("4.1: clause: missing" in each for each in compiling_overlap.problems_of(document, FILES[1]))
