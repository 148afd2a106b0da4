"""What reaches the terminal: plain lines that cannot steer it, and exact bytes for programs."""

from __future__ import annotations

import os
import sys

from gapbench.errors import GapbenchError, ImportRefusedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

WIDTH = 80
PROBLEMS_SHOWN = 50

_NARROWEST = 20

# Nothing in a client's text may move the cursor, set a title or turn the line round.
_STEERING = [
    *range(0x20),
    *range(0x7F, 0xA0),
    0x061C,
    *range(0x200B, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
    *range(0xFFF9, 0xFFFC),
]
_HARMLESS = dict.fromkeys(_STEERING, "\ufffd") | {
    0x09: " ",
    0x0A: " ",
    0x0D: " ",
}


def prepare() -> None:
    """Let no letter that this terminal cannot show end the program."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def clean(text: str) -> str:
    """The text as one line that cannot steer a terminal."""
    return text.translate(_HARMLESS)


def say(*lines: str) -> None:
    """Print lines for a person."""
    for line in lines:
        print(clean(line).rstrip())


def paragraph(text: str, indent: str = "", hang: str | None = None) -> None:
    """Print a text, folded so that it fits 80 columns."""
    import textwrap

    folded = textwrap.wrap(
        clean(text),
        WIDTH - 1,
        initial_indent=indent,
        subsequent_indent=indent if hang is None else hang,
        break_on_hyphens=False,
    )
    say(*(folded or [""]))


def table(rows: Iterable[Sequence[str]], heads: Sequence[str], right: str = "") -> None:
    """Print rows in columns; the last one is folded so that a line fits 80 columns.

    Args:
        rows: As many cells each as there are heads.
        heads: What stands above each column.
        right: Heads of the columns that hold numbers.
    """
    import textwrap

    cells = [tuple(heads), *(tuple(clean(cell) for cell in row) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads) - 1)]
    left = max(_NARROWEST, WIDTH - 1 - sum(widths) - 2 * len(widths))
    numbers = right.split()
    for row in cells:
        fitted = [
            cell.rjust(width) if head in numbers else cell.ljust(width)
            for cell, width, head in zip(row, widths, heads, strict=False)
        ]
        first, *more = textwrap.wrap(row[-1], left) or [""]
        say("  ".join([*fitted, first]))
        say(*("  ".join([*(" " * width for width in widths), line]) for line in more))


def emit(text: str) -> None:
    """Write for another program: UTF-8 and line ends as they are, whatever the terminal speaks."""
    out = sys.stdout
    if out is None:
        return
    out.flush()
    if hasattr(out, "buffer"):
        out.buffer.write(text.encode("utf-8", "backslashreplace"))
    else:
        out.write(text)


def emit_json(value: Any) -> None:
    """Write a value as JSON that a person can read as well, and a terminal can be shown."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=1)
    unsafe = {code: f"\\u{code:04x}" for code in _STEERING if code >= 0x7F}
    emit(text.translate(unsafe) + "\n")


def note(sentence: str) -> None:
    """Say something beside the answer, where it does not mix with what a program reads."""
    prepare()
    if sys.stderr is not None:
        print(f"gapbench: {clean(sentence)}", file=sys.stderr)


def refuse(problem: GapbenchError) -> int:
    """Say what was refused; give the exit code."""
    note(str(problem))
    if isinstance(problem, ImportRefusedError) and sys.stderr is not None:
        for line in problem.problems[:PROBLEMS_SHOWN]:
            print(f"  {clean(line)}", file=sys.stderr)
        if len(problem.problems) > PROBLEMS_SHOWN:
            print(f"  and {len(problem.problems) - PROBLEMS_SHOWN} more.", file=sys.stderr)
    return problem.exit_code


def refuse_system(problem: OSError) -> int:
    """Say what the system refused, where nobody had better words; give the exit code."""
    what = problem.strerror or type(problem).__name__
    named = problem.filename
    where = f"{os.fsdecode(named)}: " if isinstance(named, str | bytes) else ""
    hush()
    note(f"{where}{what}; make that possible and try again.")
    return 1


def hush() -> None:
    """Keep Python from complaining at its end about output that nobody can take any more."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123 (pathlib is not loaded yet)
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
