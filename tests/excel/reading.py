"""Finds things in a workbook as a person does: tables by their headings, rows by their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapbench.rating.results import ClauseResult


def table(sheet: Any, *heads: str) -> list[dict[str, Any]]:
    """Rows below the first line that has these headings, up to the first empty one; "#" is the row number."""
    found: list[str] | None = None
    rows: list[dict[str, Any]] = []
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        if found is None:
            texts = [str(cell or "") for cell in cells]
            if set(heads) <= set(texts):
                found = texts
            continue
        if cells[0] is None:
            break
        rows.append({**dict(zip(found, cells, strict=False)), "#": number})
    return rows


def by_key(sheet: Any, *heads: str) -> dict[str, dict[str, Any]]:
    """The same by the first column."""
    return {str(next(iter(row.values()))): row for row in table(sheet, "Key", *heads)}


def keyed(sheet: Any) -> dict[str, dict[str, Any]]:
    """Every row with a key by that key, whatever the table; headings are those that stand above it."""
    heads: tuple[Any, ...] = ()
    rows: dict[str, dict[str, Any]] = {}
    for cells in sheet.iter_rows(values_only=True):
        if cells[0] == "Key":
            heads = cells
        elif cells[0] is not None:
            rows[str(cells[0])] = {str(head): cell for head, cell in zip(heads, cells, strict=False) if head}
    return rows


def clauses(groups: tuple[ClauseResult, ...]) -> Mapping[str, ClauseResult]:
    """Every clause by id."""
    found: dict[str, ClauseResult] = {}
    for group in groups:
        found[group.id] = group
        found.update(clauses(group.groups))
    return found


def texts(book: Any) -> list[str]:
    """Every text of a workbook."""
    return [
        cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.data_type != "f"
    ]
