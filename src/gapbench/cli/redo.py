"""Do again what was taken back."""

from __future__ import annotations

from gapbench.cli import opening, terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

ABOUT = """\
Do again the step that was taken back last. It works until the next new step.
"""
EXAMPLES = ""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what the command takes."""
    opening.takes_file(parser)


def run(options: argparse.Namespace) -> int:
    """Do the step again."""
    with opening.to_write(options) as engagement:
        terminal.say(engagement.redo().title)
    return 0
