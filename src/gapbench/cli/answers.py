"""Answers in from CSV, out to CSV."""

from __future__ import annotations

from gapbench.cli import opening, terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

ABOUT = """\
Bring answers in from a CSV file, or write them to one. The header line is

  catalog,item,unit,rating,finding,note,reason

in any order, with commas or semicolons, in UTF-8 ("CSV UTF-8" in Excel's list of
formats). An import is one step: all of it or, with the numbers of the lines that
are wrong, nothing. An empty rating clears; an empty finding, note or reason leaves
what is there. An empty unit, or Organisation, is the organisation as a whole.
"""
EXAMPLES = """\
  gapbench answers export acme.gapbench -o acme.csv
  gapbench answers export acme.gapbench --all -o form.csv   a form to fill in
  gapbench answers import acme.gapbench acme.csv"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what the command takes."""
    verbs = parser.add_subparsers(dest="verb", metavar="import|export", required=True)
    bring = verbs.add_parser("import", help="bring answers in", description=_IMPORT)
    opening.takes_file(bring)
    bring.add_argument("csv", metavar="CSV", help="the answers; - reads standard input")
    write = verbs.add_parser("export", help="write answers", description=_EXPORT)
    opening.takes_file(write)
    write.add_argument("-o", "--output", metavar="CSV", help="where to write; left out, to standard output")
    write.add_argument("--all", action="store_true", help="also what is not answered yet: a form to fill in")
    write.add_argument("--excel", action="store_true", help="with a mark that makes Excel read it as UTF-8")


_IMPORT = "Bring answers in from a CSV file: all of them as one step, or none."
_EXPORT = """\
Write the answers as CSV. Texts are written exactly as they are, so that an import
gives the same answers again. Some spreadsheets take a text that begins with = + -
or @ for a formula: bring the columns in as text (Data, From Text/CSV).
"""


def run(options: argparse.Namespace) -> int:
    """Import or export."""
    return _import(options) if options.verb == "import" else _export(options)


def _import(options: argparse.Namespace) -> int:
    from gapbench.rating.wording import plural
    from gapbench.work import answers_csv

    raw, name = _read(options.csv)
    with opening.to_write(options) as engagement:
        done = answers_csv.bring_in(engagement, raw, name)
    found = f" and {plural(done.findings, 'finding')}" if done.findings else ""
    said = f"{plural(done.rows, 'answer')}{found}"
    if done.changed:
        terminal.say(f"{said} taken from {name}, as one step.")
    else:
        terminal.say(f"{said} read from {name}; all were there already.")
    return 0


def _export(options: argparse.Namespace) -> int:
    from gapbench.work import answers_csv

    with opening.to_read(options) as engagement:
        rows = answers_csv.rows(engagement, everything=options.all)
        text = answers_csv.written(rows)
    mark = "\N{ZERO WIDTH NO-BREAK SPACE}" if options.excel else ""
    if options.output is None:
        terminal.emit(mark + text)
        return 0
    target = opening.path_of(options.output)
    answers_csv.save(target, mark + text, besides=opening.path_of(options.file))
    terminal.say(f"{target}: {len(rows)} answers written.")
    return 0


def _read(source: str) -> tuple[bytes, str]:
    """The bytes of the file, and what to call it."""
    import sys

    from gapbench.work import answers_csv

    if source == "-":
        return sys.stdin.buffer.read(answers_csv.LARGEST + 1), "standard input"
    path = opening.path_of(source)
    return answers_csv.read(path), path.name
