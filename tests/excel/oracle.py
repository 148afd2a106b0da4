"""The oracle: does another program compute what the delivered workbook says?

A delivered workbook carries each formula with its value, and LibreOffice trusts such values. So a
throw-away copy is saved without them, LibreOffice calculates it headless, and every formula cell is
compared with the delivered value.

    python -m tests.excel.oracle FILE.xlsx
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import warnings
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Iterator

ERRORS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))
TOLERANCE = 1e-9
SELF_CHECK, ALL_OK = "Self-check", "All OK"


@dataclass(frozen=True)
class Verdict:
    """What the comparison found; the cells as "Sheet!A1: delivered, calculated"."""

    formulas: int
    differences: tuple[str, ...]
    errors: tuple[str, ...]
    self_check: str
    sheets: tuple[str, ...] = field(default=())

    @property
    def sound(self) -> bool:
        return not self.differences and not self.errors and self.self_check in (ALL_OK, "")

    def __str__(self) -> str:
        check = "OK" if self.self_check == ALL_OK else self.self_check or "absent"
        return (
            f"formulas checked {self.formulas}, differences {len(self.differences)}, "
            f"error values {len(self.errors)}, self-check {check}"
        )


def load(file: Path, *, data_only: bool = False) -> Any:
    """A workbook as openpyxl reads it, without its word on what it cannot keep."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(file, data_only=data_only)


def find_soffice() -> str | None:
    """LibreOffice, where there is one."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@cache
def _profile() -> tempfile.TemporaryDirectory[str]:
    """A profile for this process, so that LibreOffice meets no other and sets itself up only once."""
    return tempfile.TemporaryDirectory(prefix="oracle-profile-", ignore_cleanup_errors=True)


def convert(file: Path, folder: Path, kind: str) -> Path:
    """Convert with LibreOffice, into a folder."""
    soffice = find_soffice()
    if soffice is None:
        raise RuntimeError("LibreOffice (soffice) is not installed: nothing can be calculated")
    done = subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={Path(_profile().name).as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            kind,
            "--outdir",
            str(folder),
            str(file),
        ],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    made = folder / f"{file.stem}.{kind.partition(':')[0]}"
    if not made.exists():
        raise RuntimeError(f"LibreOffice made nothing of {file.name}: {done.stderr[-500:]}")
    return made


def calculated(file: Path, folder: Path) -> Path:
    """A copy whose values LibreOffice calculated, all of them."""
    bare = folder / "bare.xlsx"
    book = load(file)
    book.save(bare)
    out = folder / "calculated"
    out.mkdir(exist_ok=True)
    return convert(bare, out, "xlsx")


def recalculated(file: Path, folder: Path, ratings: dict[str, str]) -> Any:
    """What the workbook says after a client gave some rows of the assessment another rating (by key)."""
    book = load(file)
    sheet = book["Assessment"]
    heads: list[Any] = []
    for row in sheet.iter_rows():
        values = [cell.value for cell in row]
        if "Key" in values and "Rating" in values:
            heads = values
        elif heads and values[heads.index("Key")] in ratings:
            row[heads.index("Rating")].value = ratings[values[heads.index("Key")]] or None
    edited = folder / "edited.xlsx"
    book.save(edited)
    out = folder / "recalculated"
    out.mkdir(exist_ok=True)
    return load(convert(edited, out, "xlsx"), data_only=True)


def formula_cells(file: Path) -> Iterator[tuple[str, str, str]]:
    """Sheet, cell and formula of every formula."""
    return formula_cells_of(load(file))


def formula_cells_of(book: Any) -> Iterator[tuple[str, str, str]]:
    """The same of a workbook that is read already."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield sheet.title, cell.coordinate, str(cell.value)


def same(delivered: Any, found: Any) -> bool:
    """Whether two values are the same to a reader."""
    delivered, found = ("" if value is None else value for value in (delivered, found))
    numbers = (int, float)
    if isinstance(delivered, numbers) and isinstance(found, numbers):
        return abs(delivered - found) <= TOLERANCE * max(1.0, abs(delivered), abs(found))
    return bool(delivered == found)


def ask(file: Path) -> Verdict:
    """Compare every formula cell."""
    with tempfile.TemporaryDirectory(prefix="oracle-") as scratch:
        truth = load(calculated(file, Path(scratch)), data_only=True)
    said = load(file, data_only=True)
    differences, errors, number = [], [], 0
    for sheet, cell, _ in formula_cells(file):
        number += 1
        delivered, found = said[sheet][cell].value, truth[sheet][cell].value
        if not same(delivered, found):
            differences.append(f"{sheet}!{cell}: {delivered!r}, {found!r}")
        if delivered in ERRORS or found in ERRORS:
            errors.append(f"{sheet}!{cell}: {delivered!r}, {found!r}")
    return Verdict(number, tuple(differences), tuple(errors), self_check_of(truth), tuple(said.sheetnames))


def self_check_of(book: Any) -> str:
    """What the workbook's own self-check says, "" without one."""
    if SELF_CHECK not in book.sheetnames:
        return ""
    column = (str(row[0].value or "") for row in book[SELF_CHECK].iter_rows(max_row=8, max_col=1))
    return next((text for text in column if text == ALL_OK or text.endswith("differ from the export")), "")


def main(arguments: list[str] | None = None) -> int:
    """Print what the oracle says of a workbook; 1 when it is not sound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    verdict = ask(parser.parse_args(arguments).file)
    for line in (*verdict.differences[:40], *verdict.errors[:40]):
        print(line)  # noqa: T201
    print(verdict)  # noqa: T201
    return 0 if verdict.sound else 1


if __name__ == "__main__":
    sys.exit(main())
