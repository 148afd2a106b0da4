"""Every catalog that is shipped makes a workbook that opens and calculates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gapbench.catalog.shipped import list_shipped
from gapbench.excel.book import LEVEL_SHEETS
from gapbench.excel.workbook import write
from tests.excel import examples, oracle

if TYPE_CHECKING:
    from pathlib import Path

    from gapbench.catalog.shipped import CatalogLine

SHIPPED = list_shipped()


@pytest.mark.skipif(oracle.find_soffice() is None, reason="LibreOffice is not installed: no oracle")
@pytest.mark.parametrize("line", SHIPPED, ids=[it.id for it in SHIPPED])
def test_it_opens_and_calculates(line: CatalogLine, tmp_path: Path) -> None:
    view = line.views[0] if line.views else ""
    deliverable = examples.shipped(line.id, view, 2 if view else 0, 0.9).deliverable()
    write(deliverable, tmp_path / "client.xlsx")
    verdict = oracle.ask(tmp_path / "client.xlsx")
    assert verdict.differences == ()
    assert verdict.sound
    assert LEVEL_SHEETS.get(line.model, "Readiness ISO") in verdict.sheets
    assert all(len(name) <= 31 for name in verdict.sheets)
