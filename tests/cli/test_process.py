"""The program as its own process: streams, encodings, signals, what it loads."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.test_import_hygiene import loaded_by

if TYPE_CHECKING:
    from pathlib import Path

GAPBENCH = [sys.executable, "-m", "gapbench"]
NEVER = {"textual", "sqlmodel", "sqlalchemy", "pydantic", "yaml", "jsonschema", "openpyxl", "xlsxwriter", "rich"}


def gapbench(*words: object, **settings: Any) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | settings.pop("env", {})
    command = [*GAPBENCH, *map(str, words)]
    return subprocess.run(command, capture_output=True, check=False, env=environment, **settings)


@pytest.mark.parametrize(
    "call",
    [
        "readiness acme.gapbench --json",
        "readiness acme.gapbench",
        "rate acme.gapbench 9.2 partial",
        "answers export acme.gapbench",
        "history acme.gapbench",
        "undo acme.gapbench",
        "completion bash",
        "catalogs list",
        "catalogs list --json",
        "raet acme.gapbench",
        "none.gapbench",
    ],
)
def test_a_command_loads_only_what_it_needs(acme: Path, call: str) -> None:
    _, names, said = loaded_by(*call.split())
    assert set(names) & NEVER == set(), said


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_poor_encoding_is_no_reason_to_fall_over(acme: Path, encoding: str) -> None:
    note = "größer 東京 \u202e ✓"
    done = gapbench("rate", acme, "CM 2.1", "LM", "--unit", "東京", env={"PYTHONIOENCODING": encoding})
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)
    assert gapbench("rate", acme, "4.1 §1", "partial", "--note", note).returncode == 0
    for call in (["readiness", acme], ["history", acme], ["catalogs", "show", "iso9001-2015"]):
        done = gapbench(*call, env={"PYTHONIOENCODING": encoding})
        assert (done.returncode, done.stderr) == (0, b"")
    exported = gapbench("answers", "export", acme, env={"PYTHONIOENCODING": encoding})
    assert note in exported.stdout.decode("utf-8")
    assert "4.1 §1" in exported.stdout.decode("utf-8")
    shown = gapbench("catalogs", "show", "iso9001-2015", "--json", env={"PYTHONIOENCODING": encoding})
    assert json.loads(shown.stdout.decode("utf-8"))["id"] == "iso9001-2015"


def test_csv_lines_end_as_they_were_written(acme: Path) -> None:
    gapbench("rate", acme, "4.1 §1", "partial", "--note", "two\nlines")
    assert b',"two\nlines",\r\n' in gapbench("answers", "export", acme).stdout


def test_answers_come_from_standard_input(acme: Path) -> None:
    text = "\ufeffcatalog;item;unit;rating;finding;note;reason\n;4.1 para 1;Organisation;PARTIAL;;;\n"
    done = gapbench("answers", "import", acme, "-", input=text.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"4.1 \xc2\xa71,,partial" in gapbench("answers", "export", acme).stdout


@pytest.mark.skipif(os.name == "nt", reason="no pipes of this kind")
def test_a_reader_that_leaves_ends_it_quietly() -> None:
    command = f"{sys.executable} -m gapbench catalogs show iso9001-2015 --json | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert (done.stdout[:1], done.stderr) == (b"{", b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full disk to write to")  # noqa: PTH110
@pytest.mark.parametrize("call", ["readiness {} --json", "readiness {}", "--help"])
def test_a_full_disk_is_one_sentence(acme: Path, call: str) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run([*GAPBENCH, *call.format(acme).split()], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(b"gapbench: ")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="no such shell")
def test_closed_streams_are_no_reason_to_fall_over(acme: Path) -> None:
    command = f"{sys.executable} -m gapbench readiness {acme} >&- 2>&-; echo $?"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert done.stdout == b"0\n"


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_an_interrupt_is_quiet() -> None:
    child = subprocess.Popen(
        [*GAPBENCH, "answers", "import", "x.gapbench", "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # a check that runs in the background is started with interrupts ignored, and hands that on
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
    )
    try:
        import time

        time.sleep(1.0)
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=20)
    finally:
        child.kill()
    assert (child.returncode, err) == (130, b"")


@pytest.mark.skipif(os.name == "nt", reason="no such environment")
def test_an_empty_environment_will_do(acme: Path) -> None:
    kept = {name: os.environ[name] for name in ("PYTHONPATH", "PATH") if name in os.environ}
    done = subprocess.run(
        [*GAPBENCH, "rate", str(acme), "8.4.1 c", "partial"], capture_output=True, check=False, env=kept
    )
    assert (done.returncode, done.stderr) == (0, b"")
