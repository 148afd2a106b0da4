"""The screens."""

from __future__ import annotations

import os
import sys

from gapbench.cli import opening
from gapbench.errors import FileError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from pathlib import Path

ABOUT = "Open the workbench."
EXAMPLES = ""

_NO_SCREEN = ("dumb", "unknown")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What it takes is part of the program's own parser."""
    parser.add_argument("path", metavar="FILE|FOLDER", nargs="?")


def run(options: argparse.Namespace) -> int:
    """Open the screens on a file, a folder, or the current folder."""
    path = None if options.path is None else opening.path_of(options.path)
    if path is not None and not path.exists():
        raise _missing(options.path)
    return show(path, options)


def show(path: Path | None, options: argparse.Namespace) -> int:
    """Open the screens, where there is something to show them on."""
    refuse_without_screen()
    import gc

    gc.disable()  # what is loaded from here on stays; the app turns it on again after its first frame
    from gapbench.tui.app import run as run_screens

    settings = opening.settings(options)
    return run_screens(path, author=settings.author, theme=settings.theme, keys=settings.keys)


def refuse_without_screen() -> None:
    """Refuse where nobody could see or steer the screens.

    Raises:
        UsageError: Input or output is no terminal, or one that cannot place text.
    """
    instead = "use the commands instead, see `gapbench --help`."
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty()):
        raise UsageError(f"The workbench needs a terminal to be shown on; {instead}")
    if os.name != "nt" and os.environ.get("TERM", "").lower() in _NO_SCREEN:
        raise UsageError(f"A terminal of the kind TERM={os.environ['TERM']} cannot show the workbench; {instead}")


def _missing(text: str) -> UsageError | FileError:
    from gapbench.cli.parser import COMMANDS, did_you_mean

    hint = did_you_mean(text, list(COMMANDS)) if text.isalpha() else ""
    if hint:
        return UsageError(f"There is no command, file or folder '{text}'{hint}; see `gapbench --help`.")
    return FileError(
        f"There is no file or folder '{text}'; "
        f'start an engagement with `gapbench new {text} --client "NAME" --framework iso9001-2015`.'
    )
