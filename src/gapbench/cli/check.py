"""Is the file sound?"""

from __future__ import annotations

from gapbench.cli import opening, terminal
from gapbench.errors import EngagementFileError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

ABOUT = """\
Look through the whole file: its pages, its tables, the chain of its steps, and
whether everything that is named in it exists. Says one line and exits 0 when it
is sound; says what is wrong and exits 1 when it is not.
"""
EXAMPLES = ""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what the command takes."""
    opening.takes_file(parser)


def run(options: argparse.Namespace) -> int:
    """Check the file."""
    with opening.to_read(options) as engagement:
        problems = engagement.check()
    if not problems:
        terminal.say(f"{options.file}: sound.")
        return 0
    for problem in problems:
        terminal.say(f"  {problem}")
    count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
    raise EngagementFileError(f"{options.file} is not sound ({count}); keep it as it is and go on with your last copy.")
