"""Maps between frameworks: read both ways, checked, and never used for a rating."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gapbench import config
from gapbench.catalog.crosswalk import Counterpart, Crosswalk, crosswalk, list_crosswalks, load_crosswalk
from gapbench.catalog.shipped import catalogs_folder
from gapbench.catalog.validate import validate
from gapbench.errors import CatalogError, UsageError

SHIPPED = sorted((catalogs_folder() / "crosswalks").glob("*.yaml"))

GOOD = """\
gapbench_crosswalk: 1
from: sw-cmm-1.1
to: cmmi-dev-1.3
title: Mine
rows:
  - {from: RM, to: [REQM], also: [PP], confidence: medium, note: near}
  - {from: RM G1, to: [REQM SG 1]}
  - {from: SPP CO, to: [], also: [GP 2.1], note: only touched}
"""


def written(folder: Path, text: str, name: str = "sw-cmm-1.1--cmmi-dev-1.3.yaml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_every_shipped_map_is_sound(path: Path) -> None:
    assert validate(path) == ()
    found = load_crosswalk(path)
    assert f"{found.from_}--{found.to}.yaml" == path.name
    assert "never converted" in found.notice


def test_what_the_maps_are_for_is_there() -> None:
    known = set(list_crosswalks())
    assert ("sw-cmm-1.1", "cmmi-dev-1.3") in known
    assert ("cmmi-dev-1.3", "cmmi-3.0") in known
    assert ("iso15504-5", "cmmi-dev-1.3") in known


def test_a_map_reads_both_ways() -> None:
    found = Crosswalk(
        "a-1",
        "b-1",
        "From a to b",
        (
            Counterpart("A", ("X", "Y"), ("Z",), "high", "split"),
            Counterpart("B", ("X",), (), "low", "moved"),
            Counterpart("C", (), (), "high", "gone"),
        ),
    )
    assert [row.from_ for row in found.back["X"]] == ["A", "B"]
    assert found.onward["C"][0].to == ()
    turned = found.turned
    assert (turned.from_, turned.to) == ("b-1", "a-1")
    assert turned.onward["X"] == (Counterpart("X", ("A", "B"), (), "low", "A: split; B: moved"),)
    assert turned.onward["Z"] == (Counterpart("Z", (), ("A",), "high", "A: split"),)
    assert "Without a counterpart there: C." in turned.provenance


def test_a_shipped_map_is_found_from_either_end() -> None:
    there, back = crosswalk("SW-CMM-1.1", "cmmi-dev-1.3"), crosswalk("cmmi-dev-1.3", "sw-cmm-1.1")
    assert there.onward["RM"][0].to == ("REQM",)
    assert "RM" in back.onward["REQM"][0].to


def test_two_editions_need_no_file() -> None:
    found = crosswalk("iso9001-2026", "iso9001-2015")
    assert len(found.rows) == 337
    new = [row for row in found.rows if row.note.startswith("new")]
    assert len(new) == 12
    assert all(not row.to for row in new)
    back = crosswalk("iso9001-2015", "iso9001-2026")
    assert back.onward["4.1 §1"][0].to == ("4.1 §1",)


def test_what_has_no_map_says_which_there_are() -> None:
    with pytest.raises(UsageError, match=r"no map between iso9001-2015 and cmmi-3.0; .*sw-cmm-1.1 and cmmi-dev-1.3"):
        crosswalk("iso9001-2015", "cmmi-3.0")
    with pytest.raises(UsageError, match=r"There is no framework '\.\./x'"):
        crosswalk("../x", "cmmi-3.0")


def test_ones_own_map_is_found(tmp_path: Path) -> None:
    folder = Path(config.library(), "crosswalks")
    folder.mkdir(parents=True)
    text = GOOD.replace("from: sw-cmm-1.1", "from: iso14001-2015").replace("to: cmmi-dev-1.3", "to: iso9001-2015")
    rows = 'rows:\n  - {from: "4.1", to: ["4.1"]}\n'
    path = written(folder, text.partition("rows:")[0] + rows, "iso14001-2015--iso9001-2015.yaml")
    assert validate(path) == ()
    assert crosswalk("iso9001-2015", "iso14001-2015").onward["4.1"][0].to == ("4.1",)


def test_the_good_one_is_good(tmp_path: Path) -> None:
    assert validate(written(tmp_path, GOOD)) == ()


CASES = {
    "unknown from": ("{from: RM,", "{from: RX,", "line 6: RX: from: there is no 'RX' in sw-cmm-1.1"),
    "unknown to": ("[REQM]", "[REQX]", "line 6: RM: to: there is no 'REQX' in cmmi-dev-1.3"),
    "unknown also": ("[PP]", "[PX]", "line 6: RM: also: there is no 'PX' in cmmi-dev-1.3"),
    "twice in a row": ("also: [PP]", "also: [REQM]", "also: 'REQM' is named twice"),
    "two rows": ("{from: RM G1,", "{from: RM,", "RM: from: 'RM' stands on line 6 already"),
    "unknown framework": ("from: sw-cmm-1.1", "from: sw-cmm-9", "from: gapbench has no framework 'sw-cmm-9'"),
    "another name": ("to: cmmi-dev-1.3", "to: cmmi-3.0", "must be called sw-cmm-1.1--cmmi-3.0.yaml to be found"),
    "no reason": (", note: only touched", "", "SPP CO: note: missing; say why there is no counterpart"),
    "no rows": (GOOD.partition("rows:")[2], " []\n", "rows: the list is empty"),
    "odd key": ("note: near", "rating: FI", "unknown key 'rating'"),
    "odd confidence": ("medium", "sure", "'sure' is not one of high, medium, low"),
    "newer": ("gapbench_crosswalk: 1", "gapbench_crosswalk: 2", "must be 1"),
    "anchor": ("[REQM]", "&a [REQM]", "the anchor &a is not allowed"),
}


@pytest.mark.parametrize(("old", "new", "said"), CASES.values(), ids=CASES)
def test_refusals(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    problems = validate(written(tmp_path, GOOD.replace(old, new, 1)))
    assert any(re.search(said, problem) for problem in problems), problems
    assert all(problem.startswith("sw-cmm-1.1--cmmi-dev-1.3.yaml, line") for problem in problems)


def test_a_broken_own_map_is_refused_when_it_is_asked_for(tmp_path: Path) -> None:
    folder = Path(config.library(), "crosswalks")
    folder.mkdir(parents=True)
    written(folder, "rows: 5\n", "iso14001-2015--iso9001-2015.yaml")
    with pytest.raises(CatalogError, match=r"iso14001-2015--iso9001-2015\.yaml, line 1"):
        crosswalk("iso14001-2015", "iso9001-2015")
