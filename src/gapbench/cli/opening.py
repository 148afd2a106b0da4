"""Opening an engagement for a command: the file that is meant, and who signs."""

from __future__ import annotations

from gapbench.cli import terminal
from gapbench.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from gapbench.config import Config
    from gapbench.engagement.engagement import Engagement


def takes_file(parser: argparse.ArgumentParser) -> None:
    """Let a command take the engagement it works on."""
    parser.add_argument("file", metavar="FILE", help="the engagement, as in acme.gapbench")


def path_of(text: str) -> Path:
    """The path that was typed.

    Raises:
        UsageError: No system has such a path.
    """
    if not text or "\0" in text:
        raise UsageError("A file name is missing; name the engagement, as in acme.gapbench.")
    from pathlib import Path

    return Path(text)


def to_read(options: argparse.Namespace) -> Engagement:
    """Open the engagement of a command that changes nothing."""
    from gapbench.engagement.engagement import Engagement

    return Engagement.open(path_of(options.file), read_only=True)


def to_write(options: argparse.Namespace) -> Engagement:
    """Open the engagement of a command that takes a step."""
    from gapbench.engagement.engagement import Engagement

    engagement = Engagement.open(path_of(options.file), author=settings(options).author)
    if engagement.notice:
        terminal.note(engagement.notice)
    return engagement


def settings(options: argparse.Namespace) -> Config:
    """The person's settings, with who signs; what nobody understands in them is told."""
    from gapbench import config

    found = config.load()
    for warning in found.warnings:
        terminal.note(warning)
    return found._replace(author=config.author(options.author, found))
