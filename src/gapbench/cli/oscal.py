"""The session as OSCAL, for programs that read the exchange format of NIST."""

from __future__ import annotations

from gapbench.cli import opening, terminal
from gapbench.errors import ExportError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

CHOICES = ("assessment-results", "poam", "catalogs")

ABOUT = """\
Write the session as OSCAL 1.1.3 (JSON) into a folder: the catalogs that were
asked, an assessment plan, the assessment results and, where there are gaps, a
plan of action and milestones. Each document is checked before one is written.
Your private overlay is in none of them. docs/interchange.md says what stands where.
"""
EXAMPLES = """\
  gapbench oscal acme.gapbench -o acme-oscal
  gapbench oscal acme.gapbench -o acme-oscal --only poam"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what the command takes."""
    opening.takes_file(parser)
    parser.add_argument("-o", "--output", metavar="FOLDER", required=True, help="where to write; made when missing")
    parser.add_argument("--only", choices=CHOICES, default="", help="one kind of document; left out, all of them")


def run(options: argparse.Namespace) -> int:
    """Write the documents."""
    folder = opening.path_of(options.output)
    if folder.exists() and not folder.is_dir():
        raise ExportError(f"{folder} is a file; name a folder to write to.")
    with opening.to_read(options) as engagement:
        from gapbench.work.oscal.folder import documents, save

        found = documents(engagement, options.only)
    save(folder, found)
    for name in found:
        terminal.say(f"{folder / name}: written.")
    if not options.only and "plan-of-action-and-milestones.json" not in found:
        terminal.say("There is no gap, so there is no plan of action.")
    return 0
