"""A worked example, and the workbench on it."""

from __future__ import annotations

from gapbench.cli import opening, terminal
from gapbench.errors import FileError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from pathlib import Path

ABOUT = """\
Write a worked example - a made-up client in the middle of a gap session - and
open it in the workbench. Try everything in it. A file that is there already is
opened as it is.

There are five, from a start-up to a maker of flight components.
"""
EXAMPLES = """\
  gapbench demo
  gapbench demo --no-open example.gapbench      only write the file
  gapbench demo --example start-up              another client
  gapbench demo --list                          which examples there are"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what the command takes."""
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        help="where to write it; left out, NAME.gapbench in the current folder",
    )
    parser.add_argument("--example", metavar="NAME", help="which example; left out, the first")
    parser.add_argument("--no-open", action="store_true", help="write the file and stop")
    parser.add_argument("--list", action="store_true", help="list the examples and stop")


def run(options: argparse.Namespace) -> int:
    """Write the example, open it."""
    from gapbench.work.example import EXAMPLES, write_example

    if options.list:
        terminal.table(EXAMPLES.items(), heads=("name", "what it is"))
        return 0
    name = options.example or next(iter(EXAMPLES))
    if name not in EXAMPLES:
        raise UsageError(f"There is no example '{name}'; there is {', '.join(EXAMPLES)}.")
    path = opening.path_of(options.file or f"{name}.gapbench")
    if not options.no_open:
        from gapbench.cli import workbench

        workbench.refuse_without_screen()
    if options.no_open or not path.exists():
        _refuse_existing(path)
        write_example(path, name)
        terminal.say(f"{path}: the worked example '{name}' is written.")
    if options.no_open:
        return 0
    return workbench.show(path, options)


def _refuse_existing(path: Path) -> None:
    if path.is_dir():
        raise FileError(f"{path} is a folder; name a file in it, as in {path / 'demo.gapbench'}.")
    if path.exists():
        raise FileError(
            f"{path} is there already and was left as it is; open it with `gapbench {path}`, or name another file."
        )
