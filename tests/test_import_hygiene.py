"""A command that only talks loads nothing heavy: a consultant types ``--help`` and has it."""

import json
import subprocess
import sys

import pytest

HEAVY = (
    "jsonschema",
    "openpyxl",
    "pydantic",
    "rich",
    "sqlalchemy",
    "sqlmodel",
    "textual",
    "xlsxwriter",
    "yaml",
)

# Runs the program in a fresh Python as the console script would, then says what got loaded.
PROGRAM = """
import atexit, json, sys
heavy = json.loads(sys.argv.pop(1))
def tell():
    print("\\nloaded:" + json.dumps([name for name in heavy if name in sys.modules]))
atexit.register(tell)
sys.argv[0] = "gapbench"
from gapbench.cli import main
sys.exit(main())
"""


def loaded_by(*arguments: str) -> tuple[int, list[str], str]:
    """Gives the exit code, the heavy libraries that were loaded, and everything that was said."""
    command = [sys.executable, "-c", PROGRAM, json.dumps(HEAVY), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said, _, names = done.stdout.rpartition("\nloaded:")
    return done.returncode, json.loads(names), said + done.stderr


def test_help_loads_nothing_heavy() -> None:
    code, names, said = loaded_by("--help")
    assert (code, names) == (0, [])
    assert "readiness" in said


def test_version_loads_nothing_heavy() -> None:
    code, names, said = loaded_by("--version")
    assert (code, names) == (0, [])
    assert "0.1.0" in said


@pytest.mark.parametrize(
    "arguments",
    [
        ["rate"],
        ["rate", "--no-such-option"],
        ["export", "client.gapbench", "--no-such-option"],
        ["catalogs", "no-such-verb"],
        ["readiness"],
    ],
    ids=" ".join,
)
def test_wrong_arguments_load_nothing_heavy(arguments: list[str]) -> None:
    code, names, said = loaded_by(*arguments)
    assert (code, names) == (2, [])
    assert "Traceback" not in said


def test_help_of_a_command_loads_nothing_heavy() -> None:
    code, names, _ = loaded_by("export", "--help")
    assert (code, names) == (0, [])


def test_the_detector_detects() -> None:
    """Were the list of loaded modules always empty, every test above would pass."""
    program = PROGRAM.replace("from gapbench.cli import main", "import yaml; main = lambda: 0")
    command = [sys.executable, "-c", program, json.dumps(HEAVY)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.endswith('loaded:["yaml"]\n')
