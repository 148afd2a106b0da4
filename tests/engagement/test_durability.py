"""What was acknowledged is on disk: after a kill, on a full disk, and with one flush for each rating."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from gapbench.engagement.engagement import Engagement
from gapbench.engagement.values import AnswerRow
from gapbench.errors import FileError
from tests.engagement import children
from tests.engagement.small import ISO, state

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")

RATE_UNTIL_KILLED = """
e = Engagement.open(path, author="Child")
number = int(e.answer(ISO, "8.1 c", "").note or 0)
print("open", flush=True)
while True:
    number += 1
    e.note(ISO, "8.1 c", "", str(number))
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
    if number % 50 == 0:
        e.tidy()
"""


def test_a_kill_loses_nothing_that_was_acknowledged(resting: Path) -> None:
    acknowledged = 0
    for kill in range(32):
        with children.killed_later(resting, RATE_UNTIL_KILLED) as (_, lines):
            time.sleep(random.Random(kill).uniform(0.001, 0.06))  # noqa: S311 (a moment, not a secret)
        acknowledged = int(lines[-1]) if lines else acknowledged
        with Engagement.open(resting) as engagement:
            stored = int(engagement.answer(ISO, "8.1 c", "").note or 0)
            assert stored in (acknowledged, acknowledged + 1), f"kill {kill}"
            assert engagement.undo_title() == ("Note on 8.1 c" if stored else "Rate 8.1 b not applicable")
            if kill % 8 == 7:
                assert engagement.check() == ()
        acknowledged = stored
        for kept in resting.parent.glob("*recovered*"):
            kept.unlink()
    assert acknowledged > 32


WRITE_UNTIL_FULL = """
import sys
e = Engagement.open(path)
number = 0
try:
    while number < 2000:
        e.note(ISO, "8.1 a", "", str(number + 1) + " " * 5000)
        number += 1
except GapbenchError as why:
    print(type(why).__name__, why)
print(number)
print(e.answer(ISO, "8.1 a", "").note.strip())
try:
    e.close()
except GapbenchError as why:
    print(why)
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes, where the tests may make one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(place)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount here")
    if done.returncode:
        pytest.skip("only root may mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def _told_when_full(path: Path, *before: str) -> tuple[str, str, str]:
    lines = children.said(path, WRITE_UNTIL_FULL, *before).splitlines()
    return lines[0], lines[1], lines[2]


@LINUX
def test_a_full_disk_keeps_all_that_was_acknowledged(resting: Path, small_disk: Path) -> None:
    path = small_disk / resting.name
    shutil.copyfile(resting, path)
    sentence, number, note = _told_when_full(path)
    assert sentence.startswith(
        "FileError The disk is full, so this step was not done; all that was saved before is safe"
    )
    assert number == note
    assert int(number) > 10
    elsewhere = resting.parent / "elsewhere"
    shutil.copytree(small_disk, elsewhere)
    with Engagement.open(elsewhere / path.name) as engagement:
        assert engagement.answer(ISO, "8.1 a", "").note.strip() == number
        assert engagement.check() == ()


@LINUX
def test_making_copying_and_recovering_on_a_full_disk(resting: Path, small_disk: Path) -> None:
    rest = small_disk / "rest"
    with Engagement.open(resting) as engagement:
        engagement.note(ISO, "8.1 a", "", "x" * 190_000)
        size = shutil.disk_usage(small_disk).free - 60_000
        rest.write_bytes(bytes(size))
        with pytest.raises(FileError, match="The disk is full, so the copy was not done"):
            engagement.copy_to(small_disk / "copy.gapbench")
    from tests.engagement.small import PROFILE

    with pytest.raises(FileError, match="The disk is full, so making it was not done"):
        Engagement.create(small_disk / "new.gapbench", PROFILE)
    assert [each.name for each in small_disk.iterdir()] == ["rest"]


@LINUX
@pytest.mark.parametrize("at_rest", [False, True])
def test_a_full_disk_inside_together_takes_all_of_it_back(resting: Path, small_disk: Path, *, at_rest: bool) -> None:
    """Also when whoever wrote there passes over it: what went before it in the step is lost with it."""
    path = small_disk / resting.name
    shutil.copyfile(resting, path)

    def write_on() -> None:
        with engagement.together("Everything"):
            engagement.flag(ISO, "8.1 c", "", on=True)
            for letter in "abc":
                for clause in (1, 2):
                    with suppress(FileError):
                        engagement.write_answers(long_notes(f"8.{clause} {letter}"), "Long")

    def long_notes(item: str) -> list[AnswerRow]:
        return [AnswerRow(ISO, item, "", note=item * 40_000)]

    with Engagement.open(path) as engagement:
        if not at_rest:
            engagement.note(ISO, "8.1 a", "", "Short")
        before = state(engagement), engagement.head()
        (small_disk / "rest").write_bytes(bytes(shutil.disk_usage(small_disk).free - 600_000))
        with pytest.raises(FileError, match="The disk is full, so this step was not done"):
            write_on()
        assert (state(engagement), engagement.head()) == before
        (small_disk / "rest").unlink()
        assert engagement.check() == ()
        assert engagement.note(ISO, "8.1 a", "", "Shorter")
    with Engagement.open(path) as engagement:
        assert engagement.check() == ()
        assert engagement.undo_title() == "Note on 8.1 a"


@LINUX
def test_a_limit_on_the_size_of_files(resting: Path) -> None:
    """The same where no disk can be mounted: the log may not grow past a megabyte."""
    limited = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20)); "
        "exec(sys.argv.pop(1))"
    )
    program = children.START + WRITE_UNTIL_FULL
    command = [sys.executable, "-c", limited, program, str(resting)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    sentence, number, note, *_ = done.stdout.splitlines()
    assert sentence.startswith("FileError")
    assert "saved before is safe" in sentence
    assert number == note
    with Engagement.open(resting) as engagement:
        assert engagement.answer(ISO, "8.1 a", "").note.strip() == number
        assert engagement.check() == ()


RATE_BETWEEN_MARKS = """
import os
e = Engagement.open(path)
values = ("partial", "conforming")
for number in range(3):
    e.rate(ISO, [("8.1 c", "")], values[number % 2])
os.write(2, b"MARK\\n")
for number in range(20):
    e.rate(ISO, [("8.1 a", "")], values[number % 2 == 0])
os.write(2, b"MARK\\n")
"""


@LINUX
def test_one_flush_and_no_file_opened_for_each_rating(resting: Path, tmp_path: Path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("there is no strace here")
    calls = "fsync,fdatasync,sync_file_range,open,openat,creat,unlink,unlinkat,rename,ftruncate,write"
    log = tmp_path / "calls"
    children.said(resting, RATE_BETWEEN_MARKS, strace, "-f", "-o", str(log), "-e", f"trace={calls}")
    between = log.read_text().split('write(2, "MARK\\n"')[1]
    seen = re.findall(r"^\d+ +(\w+)\(", between, re.MULTILINE)
    assert seen == ["fdatasync"] * 20


def test_opening_rating_and_reading_bring_no_heavy_library(resting: Path) -> None:
    program = """
    with Engagement.open(path) as e:
        for framework in e.frameworks():
            e.case(framework.catalog)
        e.rate(ISO, [("8.1 a", "")], "conforming")
        e.undo(); e.redo(); e.undo_title(); e.history(); e.head(); e.tidy()
        e.copy_to(path.with_name("copy.gapbench"))
    heavy = {"sqlmodel", "sqlalchemy", "pydantic", "yaml", "jsonschema", "textual", "openpyxl", "difflib"}
    print(sorted(heavy & sys.modules.keys()))
    """
    assert children.said(resting, program) == "[]\n"


def test_a_long_journal_is_not_read_to_find_what_to_undo(resting: Path) -> None:
    """Work of SQLite, in units of its own machine, is the same after 40 and after 4,000 steps."""

    def work(engagement: Engagement) -> int:
        count = 0

        def tick() -> int:
            nonlocal count
            count += 1
            return 0

        engagement._file.connection.set_progress_handler(tick, 100)
        engagement.undo_title()
        engagement.redo_title()
        engagement.head()
        engagement._file.connection.set_progress_handler(None, 0)
        return count

    counts = []
    for steps in (40, 4000):
        with Engagement.open(resting) as engagement:
            with engagement.together("Filler"):
                engagement.note(ISO, "8.1 a", "", f"{steps}")
            _multiply(engagement, steps)
            counts.append(work(engagement))
    assert counts[0] == counts[1] <= 5


def _multiply(engagement: Engagement, steps: int) -> None:
    """Add steps as quickly as the journal can."""
    from gapbench.engagement import ledger

    connection = engagement._file.connection
    connection.execute("BEGIN")
    for number in range(steps):
        ledger.append(connection, ledger.Entry(f"Filler {number}"), [])
    connection.execute("COMMIT")
