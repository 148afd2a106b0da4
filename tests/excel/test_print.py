"""On paper: how many pages, and that the one-page sheets are one page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from gapbench.catalog.shipped import load_shipped
from gapbench.excel.workbook import write
from gapbench.rating.inputs import Answer, Unit
from tests.excel import examples, oracle

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(oracle.find_soffice() is None, reason="LibreOffice is not installed: no pages to count")

NOTE = "Seen on two of three jobs; the third has neither plan nor record. Talked through with the operations manager."


def full() -> examples.Example:
    """ISO 9001 and CMMI 2.0 DEV to level 3 over four projects, six in ten rated, a note on half of those."""
    units = tuple(Unit(f"u-{it}", it, "project") for it in ("Falcon", "Heron", "Kestrel", "Osprey"))
    example = examples.Example(units=units)
    example.add(load_shipped("iso9001-2015")).add(load_shipped("cmmi-2.0"), "DEV", target=3)
    example.fill("iso9001-2015", 0.6, 1, {"conforming": 6, "partial": 3, "not_conforming": 1})
    example.fill("cmmi-2.0", 0.6, 1, {"FM": 6, "LM": 3, "PM": 1})
    for answers in example.answers.values():
        for number, (key, answer) in enumerate(answers.items()):
            note = NOTE if number % 2 else ""
            answers[key] = Answer(answer.value, note, answer.reason)
    return example


def pages(file: Path, folder: Path) -> int:
    """Pages of the workbook as LibreOffice prints it."""
    printed = oracle.convert(file, folder, "pdf").read_bytes()
    return len(re.findall(rb"/Type\s*/Page\b", printed))


def test_a_whole_engagement_prints_on_sixty_pages_with_its_plan(tmp_path: Path) -> None:
    deliverable = full().deliverable()
    assert len(deliverable.rows) > 1_000
    write(deliverable, tmp_path / "client.xlsx")
    number = pages(tmp_path / "client.xlsx", tmp_path)
    assert 40 < number <= 60


def test_a_small_one_prints_on_few(tmp_path: Path) -> None:
    write(examples.both().deliverable(), tmp_path / "client.xlsx")
    assert 10 <= pages(tmp_path / "client.xlsx", tmp_path) <= 16
