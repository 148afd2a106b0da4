"""Whole commands, from the call to the end of the process."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.bench.figures import Figure, interleaved, ratio, timed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.bench.ground import Ground

TALK = {"--help": 0, "--version": 0, "--no-such-option": 2}


def measure_talk(ground: Ground) -> Iterator[Figure]:
    """What only talks, against a script with argparse and nothing else."""
    for words, code in TALK.items():
        taken = interleaved(
            {
                "ours": _process(ground, ground.program(words), code),
                "floor": _process(ground, ground.app("words", words), code),
            },
            ground.rounds(25),
        )
        yield ratio(f"`gapbench {words}`", "argparse-only script", taken["ours"], taken["floor"], goal=1.25, gate=1.5)


def measure_catalogs(ground: Ground) -> Iterator[Figure]:
    """The list of all catalogs, against the bare start of the command and a script with argparse alone."""
    floors = {
        "`gapbench --version`": ground.program("--version"),
        "argparse-only script": ground.app("words", "--help"),
    }
    for name, floor in floors.items():
        taken = interleaved(
            {"ours": _process(ground, ground.program("catalogs", "list")), "floor": _process(ground, floor)},
            ground.rounds(25),
        )
        yield ratio("`gapbench catalogs list`", name, taken["ours"], taken["floor"], goal=1.5, gate=2.0)


def measure_readiness(ground: Ground) -> Iterator[Figure]:
    """`readiness --json` against nothing but the import of SQLModel."""
    for what, path in (("worked example", ground.example), ("everything answered", ground.whole)):
        taken = interleaved(
            {
                "ours": _process(ground, ground.program("readiness", path, "--json")),
                "floor": _process(ground, [sys.executable, "-c", "import sqlmodel"]),
            },
            ground.rounds(11),
        )
        words = f"`gapbench readiness --json`, {what}"
        yield ratio(words, "`import sqlmodel`", taken["ours"], taken["floor"], goal=1.0, gate=1.3)


def _process(ground: Ground, command: Sequence[str], code: int = 0) -> Callable[[], float]:
    def run() -> None:
        done = subprocess.run(
            command, env=ground.environment, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        if done.returncode != code:
            raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}, not {code}")

    return lambda: timed(run)
