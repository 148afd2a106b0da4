"""What the shipped catalogs hold: the counts and marks that the facts demand."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from gapbench.catalog import shipped as room
from gapbench.catalog.model import Catalog
from gapbench.catalog.shipped import (
    INDEX,
    CatalogLine,
    catalog_files,
    catalogs_folder,
    index_text,
    list_shipped,
    load_shipped,
)
from gapbench.catalog.validate import validate
from gapbench.errors import FileError, UsageError
from gapbench.work.packs import examine

SHIPPED = {line.id: line for line in list_shipped()}


def asked(catalog: Catalog, view: str, level: int) -> int:
    """Number of practices that a maturity level asks of a view, the lower levels with it."""
    areas = {area for area, start in catalog.view[view].areas.items() if start <= level}
    return sum(i.group in areas and (i.level or 0) <= level for i in catalog.items)


def test_the_index_says_what_the_files_hold() -> None:
    """After a change to a catalog: python -m gapbench.catalog.shipped."""
    assert (catalogs_folder() / INDEX).read_text("utf-8") == index_text()


def test_the_list_is_short_and_in_order() -> None:
    assert [(line.id, line.areas, line.items, line.points, line.leaves) for line in list_shipped()] == [
        ("iso9001-2015", 65, 320, 324, 65),
        ("iso9001-2026", 65, 333, 337, 65),
        ("as9100d", 74, 482, 486, 74),
        ("iso14001-2015", 32, 89, 89, 32),
        ("iso14001-2026", 35, 92, 92, 35),
        ("cmmi-2.0", 25, 229, 229, 25),
        ("cmmi-3.0", 31, 276, 276, 31),
        ("cmmi-acq-1.3", 22, 286, 286, 66),
        ("cmmi-dev-1.3", 22, 431, 431, 93),
        ("cmmi-svc-1.3", 24, 312, 312, 72),
        ("sw-cmm-1.1", 18, 52, 142, 18),
        ("aspice-4.0", 32, 288, 288, 32),
        ("iso15504-5", 55, 495, 495, 55),
        ("iso33061-2021", 30, 270, 270, 30),
    ]


def test_a_file_is_called_as_its_catalog() -> None:
    assert [line.file for line in list_shipped() if Path(line.file).stem != line.id] == []


def test_crosswalks_and_templates_are_no_catalogs() -> None:
    folders = {path.parent.name for path in catalog_files(catalogs_folder())}
    assert folders == {"cmmi", "iso", "spice"}


@pytest.mark.parametrize("line", SHIPPED.values(), ids=SHIPPED)
def test_it_gives_what_its_own_tests_say(line: CatalogLine) -> None:
    done = examine(catalogs_folder() / line.file)
    assert done.problems == ()
    assert done.tests >= (3 if line.id not in ("iso9001-2015", "cmmi-2.0", "cmmi-3.0") else 0)


def test_a_missing_folder_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(room, "_folder", lambda: str(tmp_path))
    with pytest.raises(FileError, match="install gapbench again"):
        list_shipped()


@pytest.mark.parametrize("line", SHIPPED.values(), ids=SHIPPED)
def test_every_check_passes(line: CatalogLine) -> None:
    assert validate(catalogs_folder() / line.file) == ()


def test_an_unknown_name_is_told_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"mean iso9001-2015\?.* iso9001-2015, iso9001-2026, as9100d"):
        load_shipped("iso9001-2105")
    with pytest.raises(UsageError, match="'zzz'; gapbench has"):
        load_shipped("zzz")


def test_names_are_taken_without_regard_to_case() -> None:
    assert load_shipped(" CMMI-2.0 ").name == "CMMI 2.0"


def test_lines_stay_readable_in_a_diff() -> None:
    for line in list_shipped():
        text = (catalogs_folder() / line.file).read_text("utf-8")
        assert max(map(len, text.splitlines())) <= 110
        assert not re.search(r"[ \t]$", text, re.MULTILINE)


# --- every catalog -------------------------------------------------------------------------------


def test_every_item_asks_something_of_its_own(catalog: Catalog) -> None:
    questions = [item.text for item in catalog.items]
    assert len(set(questions)) == len(questions)
    assert [q for q in questions if len(q) > 200 or not q.endswith(("?", ".", "!"))] == []
    assert [i.id for i in catalog.items if not i.look_for or len(i.look_for) > 200] == []
    assert [i.id for i in catalog.items if i.look_for in (i.text, i.title)] == []


def test_every_item_knows_who_to_ask_evidence_and_what_it_rests_on(catalog: Catalog) -> None:
    assert [i.id for i in catalog.items if not (i.ask and i.provenance)] == []
    assert [i.id for i in catalog.items if i.scored and not i.evidence] == []


def test_every_leaf_knows_who_to_ask(catalog: Catalog) -> None:
    assert [leaf.id for leaf in catalog.leaves if not leaf.ask] == []


def test_words_are_plain(catalog: Catalog) -> None:
    for item in catalog.items:
        for text in (item.title, item.text, item.look_for, *item.evidence):
            assert text == " ".join(text.split())
            assert not set(text) - set(map(chr, range(32, 127)))
            assert not re.search(r"\bshall\b", text)


OWNERS = {
    "ISO 9001": ("ISO",),
    "AS9100": ("SAE", "IAQG", "ISO"),
    "ISO 14001": ("ISO",),
    "CMMI": ("ISACA",),
    "CMM": ("Carnegie Mellon University",),
    "SPICE": ("ISO", "IEC"),
}


def test_the_notice_says_whose_it_is(catalog: Catalog) -> None:
    owners = ("VDA",) if catalog.id.startswith("aspice") else OWNERS[catalog.family]
    assert all(re.search(rf"\b{owner}\b", catalog.notice) for owner in owners)
    assert "our own" in catalog.notice
    assert "ndicative" in catalog.notice


def test_the_project_says_whose_everything_is() -> None:
    notice = (Path(__file__).resolve().parents[2] / "NOTICE").read_text("utf-8")
    for name in ("ISO 9001", "ISO 14001", "AS9100", "SW-CMM", "V1.3", "15504", "33061", "12207", "Automotive SPICE"):
        assert name in notice
    for owner in ("ISACA", "Carnegie Mellon University", "VDA", "SAE International", "IAQG"):
        assert owner in notice


def test_what_nobody_proof_read_says_so(shipped: dict[str, Catalog]) -> None:
    for name in ("iso9001-2026", "iso14001-2026", "aspice-4.0"):
        assert {item.verify for item in shipped[name].items} == {"due"}
    as9100 = shipped["as9100d"]
    of_iso = shipped["iso9001-2015"].item
    assert {item.verify for item in as9100.items if item.id not in of_iso} == {"due"}


# --- ISO 9001:2015 with Amendment 1:2024 ---------------------------------------------------------


def test_iso_counts(iso: Catalog) -> None:
    assert len(iso.leaves) == 65
    assert len(iso.groups) == 91
    assert len(iso.items) == 324
    assert sum(item.scored for item in iso.items) == 320
    assert sum(group.gate == "always" for group in iso.groups) == 21
    assert sum(group.working_title for group in iso.groups) == 16
    assert Counter(item.documented for item in iso.items) == {
        "none": 283,
        "maintain": 6,
        "retain": 29,
        "maintain+retain": 4,
        "available": 2,
    }


@pytest.mark.parametrize(
    ("clause", "leaves", "points", "scored", "documented"),
    [
        ("4", 5, 27, 27, 5),
        ("5", 5, 27, 27, 1),
        ("6", 5, 28, 28, 1),
        ("7", 14, 45, 45, 5),
        ("8", 24, 135, 131, 24),
        ("9", 8, 44, 44, 3),
        ("10", 4, 18, 18, 2),
    ],
)
def test_iso_counts_by_clause(
    iso: Catalog, clause: str, leaves: int, points: int, scored: int, documented: int
) -> None:
    items = list(iso.below(clause))
    assert len({item.group for item in items}) == leaves
    assert len(items) == points
    assert sum(item.scored for item in items) == scored
    assert sum(item.documented != "none" for item in items) == documented


def test_iso_options_and_gate(iso: Catalog) -> None:
    assert [i.id for i in iso.items if i.kind == "option"] == [f"8.7.1 {c}" for c in "abcd"]
    assert [i.id for i in iso.items if i.kind == "gate"] == ["4.3 §6"]


def test_the_amendment_is_named(iso: Catalog) -> None:
    climate = iso.item["4.1 §2"]
    assert "climate" in climate.title
    assert "Amd 1:2024" in climate.title
    assert "Amendment 1:2024" in climate.provenance


def test_working_titles_are_marked_and_never_in_brackets(iso: Catalog) -> None:
    assert iso.group["9.2.2"].working_title
    assert not iso.group["9.3.2"].working_title
    assert [g.id for g in iso.groups if set(g.title) & set("()[]")] == []


def test_every_point_serves_a_principle(iso: Catalog) -> None:
    assert list(iso.principles) == [
        "customer",
        "leadership",
        "people",
        "process",
        "improvement",
        "evidence",
        "relationships",
    ]
    assert [item.id for item in iso.items if not item.principles] == []
    assert {name for item in iso.items for name in item.principles} == set(iso.principles)
    assert iso.item["5.1.1 h"].principles == ("leadership", "people")
    assert iso.item["9.3.2 c7"].principles == ("leadership", "evidence", "relationships")
    assert "our judgement" in iso.item["6.3 §1"].provenance


@pytest.mark.parametrize(
    ("point", "na", "conditional"),
    [
        ("4.1 §1", "no", False),
        ("7.1.5.1 §1", "partly", True),
        ("7.1.5.2 b", "typical", True),
        ("7.2 c", "no", True),
        ("7.2 d", "no", False),
        ("8.2.3.1 §4", "no", True),
        ("8.3.4 d", "typical", False),
        ("8.4.1 a", "no", True),
        ("8.4.1 §2", "no", False),
        ("8.5.1 §1", "no", False),
        ("8.5.1 e", "no", True),
        ("8.5.1 f", "typical", True),
        ("8.5.2 §2", "no", False),
        ("8.5.2 §3", "typical", True),
        ("8.5.3 §1", "typical", True),
        ("8.5.4 §1", "rare", False),
        ("8.7.1 a", "no", True),
        ("10.2.1 a1", "no", True),
        ("10.2.1 b2", "no", False),
    ],
)
def test_not_applicable_and_triggers(iso: Catalog, point: str, na: str, conditional: bool) -> None:
    assert (iso.item[point].na, iso.item[point].conditional) == (na, conditional)


# --- CMMI ----------------------------------------------------------------------------------------


def levels(catalog: Catalog) -> list[int]:
    counted = Counter(item.level for item in catalog.items)
    return [counted[level] for level in range(1, 6)]


def test_cmmi_2_counts(cmmi2: Catalog) -> None:
    assert len(cmmi2.leaves) == 25
    assert levels(cmmi2) == [36, 97, 81, 11, 4]
    assert list(cmmi2.view) == ["DEV", "SVC", "SPM"]
    assert [view.confidence for view in cmmi2.views] == ["high", "medium", "low"]
    assert not cmmi2.combine


def test_cmmi_3_counts(cmmi3: Catalog) -> None:
    assert len(cmmi3.leaves) == 31
    assert levels(cmmi3) == [47, 115, 97, 13, 4]
    assert list(cmmi3.view) == ["DEV", "SVC", "SPM", "SEC", "SAF", "DATA", "PPL", "VRT"]
    assert {start for view in cmmi3.views for start in view.areas.values()} == {2}
    assert cmmi3.combine
    assert "SSS" not in cmmi3.group


@pytest.mark.parametrize(
    ("catalog_id", "view", "areas", "practices"),
    [
        ("cmmi-2.0", "DEV", 20, [62, 181, 192, 196]),
        ("cmmi-2.0", "SVC", 22, [69, 187, 198, 202]),
        ("cmmi-2.0", "SPM", 19, [68, 168, 179, 183]),
        ("cmmi-3.0", "DEV", 19, [100, 170, 181, 185]),
        ("cmmi-3.0", "SVC", 21, [108, 176, 187, 191]),
        ("cmmi-3.0", "SPM", 18, [98, 161, 173, 177]),
        ("cmmi-3.0", "SEC", 19, [101, 168, 180, 184]),
        ("cmmi-3.0", "SAF", 18, [94, 158, 169, 173]),
        ("cmmi-3.0", "DATA", 19, [98, 163, 174, 178]),
        ("cmmi-3.0", "PPL", 18, [93, 157, 168, 172]),
        ("cmmi-3.0", "VRT", 18, [93, 156, 167, 171]),
    ],
)
def test_what_a_view_asks(
    shipped: dict[str, Catalog], catalog_id: str, view: str, areas: int, practices: list[int]
) -> None:
    catalog = shipped[catalog_id]
    assert len(catalog.view[view].areas) == areas
    assert [asked(catalog, view, level) for level in range(2, 6)] == practices


def test_marks_of_practice_areas(cmmi2: Catalog, cmmi3: Catalog) -> None:
    for catalog in (cmmi2, cmmi3):
        assert {g.id for g in catalog.groups if g.always} == {"GOV", "II"}
        assert {g.id for g in catalog.groups if g.support} == {"PAD", "PCM", "OT"}
        assert all(g.note and g.category and g.capability_area for g in catalog.groups)
        assert [i.id for i in catalog.items if i.id.split()[0] != i.group] == []
        assert [i.id for i in catalog.items if i.id.split()[1][0] != str(i.level)] == []
        assert [i.id for i in catalog.items if not 1 <= len(i.evidence) <= 3] == []
    assert [g.id for g in cmmi2.groups if g.optional] == ["SAM"]
    assert not any(g.optional for g in cmmi3.groups)


def test_what_we_are_less_sure_of_is_marked(cmmi2: Catalog, cmmi3: Catalog) -> None:
    doubtful = {item.group for item in cmmi2.items if item.confidence == "medium"}
    assert doubtful == {"SDM", "STSM", "IRP", "CONT", "SSS"}
    assert cmmi3.item["SAM 2.1"].confidence == "medium"
    assert cmmi3.item["SAM 3.1"].confidence == "high"


def test_moved_practices_carry_their_own_question(cmmi2: Catalog, cmmi3: Catalog) -> None:
    assert cmmi3.item["RDM 2.3"].title == cmmi2.item["RDM 2.4"].title
    assert cmmi3.item["RDM 2.3"].text != cmmi2.item["RDM 2.3"].text
    assert cmmi3.item["SAM 2.4"].title == cmmi2.item["SAM 2.3"].title


def test_the_index_is_plain_json() -> None:
    rows = json.loads((catalogs_folder() / INDEX).read_text("utf-8"))
    assert all((catalogs_folder() / row["file"]).is_file() for row in rows)


# --- what came with the 2026 edition -----------------------------------------------------------------


def test_iso_2026_grew_from_2015(shipped: dict[str, Catalog]) -> None:
    new, old = shipped["iso9001-2026"], shipped["iso9001-2015"]
    assert new.base == old.id
    assert Counter(item.change for item in new.items) == {
        "same": 236,
        "wording": 59,
        "moved": 21,
        "changed": 9,
        "new": 12,
    }
    assert {number for item in new.items for number in item.base} <= set(old.item)
    assert all(item.base for item in new.items if item.change != "new")


def test_as9100_contains_iso_9001_whole(shipped: dict[str, Catalog]) -> None:
    whole, iso = shipped["as9100d"], shipped["iso9001-2015"]
    assert [item.id for item in whole.items if item.id in iso.item] == [item.id for item in iso.items]
    assert [group.id for group in whole.groups if group.id in iso.group] == [group.id for group in iso.groups]
    new = [group.id for group in whole.groups if group.id not in iso.group]
    assert "8.1.4" in new
    order = [group.id for group in whole.groups]
    assert order.index("8.1") < order.index("8.1.1") < order.index("8.1.4") < order.index("8.2")
    assert whole.principles == iso.principles


def test_cmmi_dev_13_counts(shipped: dict[str, Catalog]) -> None:
    dev = shipped["cmmi-dev-1.3"]
    specific = [item for item in dev.items if " SP " in item.id]
    assert len(dev.areas) == 22
    assert sum(" SG " in group.id for group in dev.groups) == 49
    assert len(specific) == 167
    assert len(dev.items) == 167 + 22 * 12
    assert {item.level for item in specific} == {1}
    assert {item.level for item in dev.items if " GP 2." in item.id} == {2}
    staged = Counter(dev.view["STAGED"].areas.values())
    assert [staged[level] for level in range(2, 6)] == [7, 11, 2, 2]
    assert dev.group["SAM"].optional
    assert dev.view["CONTINUOUS"].scheme == "continuous"


def test_sw_cmm_counts(shipped: dict[str, Catalog]) -> None:
    cmm = shipped["sw-cmm-1.1"]
    staging = cmm.view["STAGED"].areas
    goals = Counter(staging[item.group] for item in cmm.items if item.scored)
    assert [goals[level] for level in range(2, 6)] == [20, 17, 6, 9]
    assert Counter(item.kind for item in cmm.items) == {"do": 52, "indicator": 90}


@pytest.mark.parametrize(("name", "processes"), [("aspice-4.0", 32), ("iso15504-5", 55), ("iso33061-2021", 30)])
def test_every_process_has_nine_attributes(shipped: dict[str, Catalog], name: str, processes: int) -> None:
    catalog = shipped[name]
    assert len(catalog.areas) == processes
    for area in catalog.areas:
        assert [item.level for item in catalog.below(area.id)] == [1, 2, 2, 3, 3, 4, 4, 5, 5]
