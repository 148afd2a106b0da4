"""Take the last step back."""

from __future__ import annotations

from gapbench.cli import opening, terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

ABOUT = """\
Take the last step back; again, and the one before goes too. Nothing is lost:
`gapbench redo` does it again, and the history keeps both.
"""
EXAMPLES = ""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what the command takes."""
    opening.takes_file(parser)


def run(options: argparse.Namespace) -> int:
    """Take the last step back."""
    with opening.to_write(options) as engagement:
        terminal.say(engagement.undo().title)
    return 0
