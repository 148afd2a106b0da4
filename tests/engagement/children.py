"""Other processes that open an engagement: a second window, one that is killed, one with less rights."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

START = """
import sys
from pathlib import Path
from gapbench.engagement.engagement import Engagement
from gapbench.errors import GapbenchError
ISO, CMMI = "tiny-iso", "tiny-cmmi"
path = Path(sys.argv[1])
"""


def started(path: Path, program: str, *before: str) -> subprocess.Popen[str]:
    """Run a program in another Python; `before` is what runs that Python."""
    source = START + textwrap.dedent(program)
    command = [*before, sys.executable, "-c", source, str(path)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def said(path: Path, program: str, *before: str) -> str:
    """What a program says that has to end well."""
    child = started(path, program, *before)
    out, err = child.communicate(timeout=60)
    assert child.returncode == 0, err
    return out
