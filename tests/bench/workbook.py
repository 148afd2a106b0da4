"""The client's workbook, against XlsxWriter writing the same cells without any style."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, simplefilter

from tests.bench import made
from tests.bench.figures import Figure, interleaved, ratio, timed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.bench.ground import Ground

Sheets = dict[str, list[tuple[int, int, Any]]]


def measure(ground: Ground) -> Iterator[Figure]:
    """About 1,000 rows; 50,000 with --full."""
    yield _figure(ground, ground.whole, "1,000 rows", 5)
    if ground.full:
        path = ground.scratch("50000.gapbench")
        made.answered(path, [made.points(2_500)], sites=20)
        yield _figure(ground, path, "50,000 rows", 3)


def _figure(ground: Ground, path: Path, what: str, rounds: int) -> Figure:
    from gapbench.engagement.engagement import Engagement
    from gapbench.excel.workbook import write
    from gapbench.work.deliverable import build

    target = ground.scratch("ours.xlsx")
    with Engagement.open(path, read_only=True) as engagement:
        deliverable = build(engagement)
    write(deliverable, target)
    sheets = _cells(target)
    taken = interleaved(
        {"ours": _timed(lambda: write(deliverable, target)), "floor": _timed(lambda: _bare(sheets, target))},
        ground.rounds(rounds),
        warm=1,
    )
    count = sum(len(cells) for cells in sheets.values())
    return ratio(f"workbook of {what}", f"its {count:,} cells bare", taken["ours"], taken["floor"], goal=1.25, gate=1.5)


def _timed(work: Callable[[], object]) -> Callable[[], float]:
    return lambda: timed(work)


def _cells(path: Path) -> Sheets:
    """Everything in a workbook that is not blank."""
    from openpyxl import load_workbook

    with catch_warnings():
        simplefilter("ignore")  # what openpyxl leaves out is no cell
        return {sheet.title: list(_said(sheet)) for sheet in load_workbook(path, read_only=True).worksheets}


def _said(sheet: Any) -> Iterator[tuple[int, int, Any]]:
    for row, values in enumerate(sheet.iter_rows(values_only=True)):
        yield from ((row, column, value) for column, value in enumerate(values) if value is not None)


def _bare(sheets: Sheets, path: Path) -> None:
    from xlsxwriter import Workbook

    path.unlink()
    with Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, cells in sheets.items():
            sheet = book.add_worksheet(name)
            for row, column, value in cells:
                if isinstance(value, str) and not value.startswith("="):
                    sheet.write_string(row, column, value)
                else:
                    sheet.write(row, column, value)
