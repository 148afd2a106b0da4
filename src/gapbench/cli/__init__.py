"""The command line: what the screens do, said in words; heavy imports stand where they are used."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # here and in the commands: `typing` costs a quarter of what `--help` may take
if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130
NOBODY_READS = 141  # what a shell reports of a program whose reader has gone


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; give the exit code: 0 done, 1 refused, 2 wrong usage."""
    from gapbench.errors import GapbenchError

    try:
        code = _run(list(sys.argv[1:] if argv is None else argv))
        if sys.stdout is not None:
            sys.stdout.flush()  # a full disk, or a reader who left, is met here
    except GapbenchError as problem:
        from gapbench.cli import terminal

        return terminal.refuse(problem)
    except BrokenPipeError:
        from gapbench.cli import terminal

        terminal.hush()
        return NOBODY_READS
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as problem:
        from gapbench.cli import terminal

        return terminal.refuse_system(problem)
    return code


def _run(words: list[str]) -> int:
    from gapbench.cli import parser

    try:
        command, options = parser.parse(words)
    except SystemExit as done:  # argparse has shown help or the version
        return int(done.code or 0)
    from gapbench.cli import terminal

    terminal.prepare()
    return parser.module(command).run(options)
