"""Measures and prints one table; see docs/bench.md."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.figures import Figure, table
from tests.bench.ground import Ground

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

BENCHES = {
    "imports": "imports.measure",
    "first-frame": "first_frame.measure",
    "talk": "commands.measure_talk",
    "catalogs": "commands.measure_catalogs",
    "readiness-command": "commands.measure_readiness",
    "moves": "keys.measure_moves",
    "ratings": "keys.measure_ratings",
    "sizes": "keys.measure_sizes",
    "opening": "opening.measure",
    "readiness": "rules.measure",
    "planning": "planning.measure",
    "import": "importing.measure",
    "workbook": "workbook.measure",
    "memory": "memory.measure",
}
SCREENS = frozenset({"first-frame", "moves", "ratings", "sizes", "memory"})
"""Benchmarks that need a pseudo-terminal."""


def main() -> int:
    """Run what is named, or everything."""
    options = _options()
    figures: list[Figure] = []
    broken: list[str] = []
    scratch = Path("build")  # on the disk that the project lies on: /tmp may be memory
    scratch.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=scratch) as folder:
        ground = Ground(Path(folder).resolve(), options.rounds, full=options.full)
        for name in options.name or BENCHES:
            if name in SCREENS and os.name == "nt":
                print(f"{name}: left out, it needs a pseudo-terminal.", file=sys.stderr)
                continue
            print(f"{name} ...", file=sys.stderr, flush=True)
            try:
                figures += _bench(name)(ground)
            except (RuntimeError, OSError, subprocess.CalledProcessError) as problem:
                broken.append(f"{name} could not be measured: {problem}")
    print(json.dumps([figure.as_json() for figure in figures], indent=1) if options.json else table(figures))
    print(*broken, sep="\n", file=sys.stderr)
    return int(options.gate and (bool(broken) or any(figure.within == "MISSED" for figure in figures)))


def _bench(name: str) -> Callable[[Ground], Iterable[Figure]]:
    module, function = BENCHES[name].split(".")
    found: Callable[[Ground], Iterable[Figure]] = getattr(import_module(f"tests.bench.{module}"), function)
    return found


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.bench", description=__doc__)
    parser.add_argument("name", nargs="*", choices=[[], *BENCHES], metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--rounds", type=int, default=0, metavar="N", help="rounds; each benchmark has its own number")
    parser.add_argument("--full", action="store_true", help="also what takes minutes: the workbook of 50,000 rows")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("--gate", action="store_true", help="exit 1 when a gate is missed")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
