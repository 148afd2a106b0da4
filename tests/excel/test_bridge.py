"""Two editions in one workbook: what changed, the ratings of then and now, and what came along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gapbench.catalog.shipped import load_shipped
from gapbench.engagement.engagement import Engagement
from gapbench.engagement.values import AnswerRow, Mode, Profile
from gapbench.excel.assessment import PROOF_READ
from gapbench.excel.edition_bridge import OUR_READING
from gapbench.excel.workbook import write
from gapbench.rating.inputs import Finding, Unit
from gapbench.work.deliverable import Deliverable, build
from tests.engagement.small import ISO as ISO15
from tests.engagement.small import ISO26, points, points_after
from tests.excel import oracle, reading

if TYPE_CHECKING:
    from pathlib import Path

    from gapbench.catalog.model import Catalog

needs_oracle = pytest.mark.skipif(oracle.find_soffice() is None, reason="LibreOffice is not installed: no oracle")


def engagement(folder: Path, former: Catalog, new: Catalog, mode: Mode, *sites: str) -> Deliverable:
    """Points answered in turn, findings on the first and on the last, then the new edition."""
    with Engagement.create(folder / "client.gapbench", Profile(client="Northwind"), author="E. Gray") as it:
        for name in sites:
            it.put_unit(Unit("", name, "site"))
        it.add_framework(former)
        values = ("partial", "conforming", "not_conforming", "conforming")
        units = [unit.id for unit in it.units()] or [""]
        rows = [
            AnswerRow(former.id, item.id, unit, values[place % 4], note="Seen")
            for place, item in enumerate(former.items)
            for unit in units
        ]
        it.write_answers(rows, "Answers")
        weak = [row.item for row in rows if row.value in ("partial", "not_conforming")]
        it.record_finding(Finding("", 0, "minor", ((former.id, weak[0]),), gap="Half of it"))
        it.record_finding(Finding("", 0, "minor", ((former.id, weak[-1]),), gap="Nothing of it"))
        it.succeed(new, mode)
        again = next(item.id for item in new.items if item.change == "changed")
        it.write_answers([AnswerRow(new.id, again, unit, "partial") for unit in units], "Again")
        return build(it)


def small(folder: Path, mode: Mode, *sites: str) -> Deliverable:
    """The small editions, of which the last point of the former lives on nowhere."""
    return engagement(folder, points(3), points_after(), mode, *sites)


def opened(deliverable: Deliverable, folder: Path) -> Any:
    write(deliverable, folder / "client.xlsx")
    return oracle.load(folder / "client.xlsx", data_only=True)


def test_there_is_no_bridge_without_a_former_edition(tmp_path: Path) -> None:
    with Engagement.create(tmp_path / "client.gapbench", Profile(client="Northwind"), author="E. Gray") as it:
        it.add_framework(points_after())
        deliverable = build(it)
    book = opened(deliverable, tmp_path)
    assert "Edition bridge" not in book.sheetnames
    row = reading.table(book["Assessment"], "Key", "Change", "Confidence")[0]
    assert not {"Carried over", "Also serves", "Proof-reading"} & row.keys()


def test_points_with_what_changed_and_both_ratings(tmp_path: Path) -> None:
    book = opened(small(tmp_path, "transition"), tmp_path)
    rows = reading.keyed(book["Edition bridge"])
    points_of = {key.partition("|")[2]: row for key, row in rows.items() if key.startswith(f"{ISO26}|")}
    assert (points_of["8.1 c"]["Change"], points_of["8.1 c"]["Before"]) == ("changed", "8.1 c")
    assert (points_of["8.1 c"]["Rating before"], points_of["8.1 c"]["Rating now"]) == ("not conforming", "partial")
    assert (points_of["8.2 d"]["Change"], points_of["8.2 d"]["Rating now"]) == ("new", "not rated")
    assert points_of["8.2 a"]["Rating before"] == points_of["8.2 a"]["Rating now"]
    assert rows[f"{ISO15}|8.3 c"]["Change"] == "gone"
    assert "8.1 a" not in points_of
    clause = rows[f"{ISO26}/8.1/bridge"]
    assert (clause["Clause"], clause["The same"], clause["Changed"], clause["New"]) == ("8.1", 1, 1, 0)


def test_the_message_and_what_was_left_behind(tmp_path: Path) -> None:
    texts = reading.texts(opened(small(tmp_path, "transition"), tmp_path))
    assert "1 point changed and 1 is new since Tiny ISO:2015; 1 of these 2 are rated now." in texts
    assert "minor, left behind: 8.3 c of Tiny ISO:2015 lives on nowhere. Nothing of it." in texts
    assert any(it.startswith("minor: rests on 8.1 a of Tiny ISO:2015, and on 8.1 a of") for it in texts)


def test_what_came_along_says_from_where(tmp_path: Path) -> None:
    book = opened(small(tmp_path, "transition"), tmp_path)
    rows = {row["Ref"]: row for row in reading.table(book["Assessment"], "Key", "Carried over", "Change")}
    assert rows["8.2 a"]["Carried over"] == "Tiny ISO:2015 8.2 b"
    assert rows["8.1 c"]["Carried over"] is None
    assert str(rows["8.1 c"]["Change"]).startswith("changed")
    assert rows["8.1 a"]["Change"] is None
    assert {row["Framework"] for row in rows.values()} == {points_after().name}


def test_in_a_dual_session_both_are_there_and_name_each_other(tmp_path: Path) -> None:
    book = opened(small(tmp_path, "dual"), tmp_path)
    rows = {row["Key"]: row for row in reading.table(book["Assessment"], "Key", "Also serves")}
    assert rows[f"{ISO26}|8.2 a|"]["Also serves"] == "Tiny ISO:2015 8.2 b"
    assert rows[f"{ISO15}|8.2 b|"]["Also serves"] == f"{points_after().name} 8.2 a"
    assert rows[f"{ISO26}|8.1 c|"]["Also serves"] is None
    readiness = reading.keyed(book["Readiness ISO"])
    assert {f"{ISO15}/8", f"{ISO26}/8"} <= readiness.keys()


@needs_oracle
@pytest.mark.parametrize("mode", ["transition", "dual"])
@pytest.mark.parametrize("sites", [(), ("North", "South")])
def test_the_oracle_agrees(mode: Mode, sites: tuple[str, ...], tmp_path: Path) -> None:
    write(small(tmp_path, mode, *sites), tmp_path / "client.xlsx")
    assert oracle.ask(tmp_path / "client.xlsx").differences == ()


@needs_oracle
def test_a_client_s_rating_moves_the_message(tmp_path: Path) -> None:
    write(small(tmp_path, "transition"), tmp_path / "client.xlsx")
    book = oracle.recalculated(tmp_path / "client.xlsx", tmp_path, {f"{ISO26}|8.2 d|": "conforming"})
    assert "1 point changed and 1 is new since Tiny ISO:2015; 2 of these 2 are rated now." in reading.texts(book)
    assert reading.keyed(book["Edition bridge"])[f"{ISO26}|8.2 d"]["Rating now"] == "conforming"


@needs_oracle
@pytest.mark.parametrize("mode", ["transition", "dual"])
def test_iso_9001_goes_to_2026(mode: Mode, tmp_path: Path) -> None:
    former, new = load_shipped("iso9001-2015"), load_shipped("iso9001-2026")
    write(engagement(tmp_path, former, new, mode), tmp_path / "client.xlsx")
    assert oracle.ask(tmp_path / "client.xlsx").sound
    book = oracle.load(tmp_path / "client.xlsx", data_only=True)
    rows = reading.keyed(book["Edition bridge"])
    disputed = [key for key, row in rows.items() if row.get("Disputed") == OUR_READING]
    assert len(disputed) == sum(item.disputed for item in new.items)
    assessed = reading.table(book["Assessment"], "Key", "Proof-reading")
    marked = [row for row in assessed if str(row["Key"]).startswith("iso9001-2026|")]
    assert {row["Proof-reading"] for row in marked} == {PROOF_READ}
