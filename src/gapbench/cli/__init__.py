"""The command line: what the screens do, said in words; heavy imports stand where they are used."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # `typing` costs a quarter of what `--help` may take
if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130
NOBODY_READS = 141  # what a shell reports of a program whose reader has gone


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; give the exit code: 0 done, 1 refused, 2 wrong usage."""
    from gapbench.cli import terminal
    from gapbench.errors import GapbenchError

    terminal.prepare()
    try:
        code = _run(list(sys.argv[1:] if argv is None else argv))
        terminal.flush()
    except GapbenchError as problem:
        return terminal.refuse(problem)
    except BrokenPipeError:
        terminal.hush()
        return NOBODY_READS
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as problem:
        return terminal.refuse_system(problem)
    return code


def _run(words: list[str]) -> int:
    from gapbench.cli import parser

    try:
        command, options = parser.parse(words)
    except SystemExit as done:  # argparse has shown help or the version
        return int(done.code or 0)
    return parser.module(command).run(options)
