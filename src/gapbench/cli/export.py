"""The client's Excel workbook."""

from __future__ import annotations

from gapbench.cli import opening, terminal
from gapbench.errors import ExportError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from pathlib import Path

ABOUT = """\
Write the workbook that the client gets: summary, readiness, every answer,
findings and action plan, with formulas that stay alive. A workbook of that name
is replaced; if it is open in Excel or the disk is full, the old one stays whole.
"""
EXAMPLES = """\
  gapbench export acme.gapbench -o acme.xlsx"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what the command takes."""
    opening.takes_file(parser)
    parser.add_argument("-o", "--output", metavar="XLSX", required=True, help="the workbook to write")


def run(options: argparse.Namespace) -> int:
    """Write the workbook."""
    source, target = opening.path_of(options.file), opening.path_of(options.output)
    _refuse_target(source, target)
    with opening.to_read(options) as engagement:
        from gapbench.work.deliverable import build

        deliverable = build(engagement)
    from gapbench.excel import workbook

    workbook.write(deliverable, target)
    rows, findings = len(deliverable.rows), len(deliverable.findings)
    terminal.say(
        f"{target}: written for {deliverable.profile.client}; {rows} rows of assessment, "
        f"{findings} findings, {len(deliverable.lines)} actions."
    )
    return 0


def _refuse_target(source: Path, target: Path) -> None:
    """Refuse what would put a workbook where none belongs."""
    if target.suffix.lower() != ".xlsx" and not target.is_dir():
        raise ExportError(
            f"{target} does not end in .xlsx, so Excel would not open it; "
            f"name the workbook {target.name.partition('.')[0] or 'client'}.xlsx."
        )
    if source.exists() and target.exists() and source.samefile(target):
        raise ExportError(f"{target} is the engagement itself; name another file for the workbook.")
