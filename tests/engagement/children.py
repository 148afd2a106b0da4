"""Other processes that open an engagement: a second window, one that is killed, one with less rights."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from contextlib import contextmanager
from subprocess import PIPE
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START = """
import sys
from pathlib import Path
from gapbench.engagement.engagement import Engagement
from gapbench.errors import GapbenchError
ISO, CMMI = "tiny-iso", "tiny-cmmi"
path = Path(sys.argv[1])
"""


@contextmanager
def killed_later(path: Path, program: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Run a program until its first line of output; when the block ends it is killed without warning.

    Gives the process, and a list that holds afterwards what more it said.
    """
    more: list[str] = []
    with subprocess.Popen(_command(path, program), stdin=PIPE, stdout=PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline()
        try:
            yield child, more
        finally:
            child.kill()
            out, _ = child.communicate()
            more += out.split("\n")[:-1]  # the last line may have been cut in the middle


def said(path: Path, program: str, *before: str) -> str:
    """What a program says that has to end well; `before` is what runs its Python."""
    done = subprocess.run([*before, *_command(path, program)], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _command(path: Path, program: str) -> list[str]:
    return [sys.executable, "-c", START + textwrap.dedent(program), str(path)]
