"""The file: all of it or the old one, byte for byte, and one sentence that says what to do."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gapbench.errors import ExportError
from gapbench.excel import workbook
from gapbench.excel.book import ExportStoppedError
from tests.excel import examples, oracle

OLD = b"the workbook of last week"
FOLDER = Path(__file__).parents[2]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    file = folder / "client.xlsx"
    file.write_bytes(OLD)
    return file


def refused(target: Path, *words: str) -> None:
    """It is refused in one sentence, and everything lies as it lay."""
    before = {it.name: it.read_bytes() for it in target.parent.glob("*") if it.is_file()}
    with pytest.raises(ExportError) as caught:
        workbook.write(examples.only(examples.iso()).deliverable(), target)
    said = str(caught.value)
    assert all(word in said for word in words), said
    assert "\n" not in said
    assert {it.name: it.read_bytes() for it in target.parent.glob("*") if it.is_file()} == before


def test_an_old_workbook_is_replaced_whole(target: Path) -> None:
    workbook.write(examples.both().deliverable(), target)
    assert oracle.load(target).sheetnames[0] == "Cover"
    assert [it.name for it in target.parent.iterdir()] == ["client.xlsx"]


def test_writing_twice_gives_the_same_sheets(target: Path) -> None:
    workbook.write(examples.both().deliverable(), target)
    first = target.read_bytes()
    workbook.write(examples.both().deliverable(), target)
    assert len(target.read_bytes()) == pytest.approx(len(first), rel=0.01)


def test_a_folder(tmp_path: Path) -> None:
    refused(tmp_path, "is a folder", "client.xlsx")


def test_a_missing_folder(tmp_path: Path) -> None:
    refused(tmp_path / "nowhere" / "client.xlsx", "There is no folder", "make it first")


def test_another_kind_of_file(target: Path) -> None:
    refused(target.with_suffix(".xls"), "does not end in .xlsx")


def test_an_engagement_is_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "acme.gapbench"
    file.write_bytes(b"SQLite format 3")
    refused(file, "does not end in .xlsx")


def test_a_read_only_file(target: Path) -> None:
    target.chmod(0o444)
    refused(target, "is read-only")
    assert target.read_bytes() == OLD


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_not_an_ordinary_file(target: Path) -> None:
    pipe = target.with_name("pipe.xlsx")
    os.mkfifo(pipe)
    with pytest.raises(ExportError, match="not an ordinary file"):
        workbook.write(examples.nothing().deliverable(), pipe)


def test_open_in_excel(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(self: Path, other: Path) -> None:
        raise PermissionError(errno.EACCES, "The process cannot access the file", str(other))

    monkeypatch.setattr(Path, "replace", locked)
    refused(target, "close it in Excel", "old file is unchanged")


def test_a_folder_where_nothing_may_be_written(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def forbidden(self: Path, mode: str = "r", *more: object, **named: object) -> object:
        if mode == "wb":
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return opened(self, mode, *more, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", forbidden)
    refused(target, "may write in its folder")


def test_a_full_disk(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    refused(target, "the disk is full", "free some space", "old file is unchanged")


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are a thing of POSIX")
def test_writing_that_ends_half_way(target: Path) -> None:
    script = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from gapbench.excel.workbook import write; from gapbench.errors import ExportError\n"
        "from tests.excel import examples\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))\n"
        "try:\n    write(examples.both().deliverable(), Path(sys.argv[1]))\n"
        "except ExportError as problem:\n    print(problem)\n"
    )
    done = _child(script, target)
    assert "was not written" in done.communicate(timeout=60)[0]
    assert target.read_bytes() == OLD
    assert [it.name for it in target.parent.iterdir()] == ["client.xlsx"]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a thing of POSIX")
def test_killed_while_it_writes(target: Path) -> None:
    script = (
        "import os, sys, time; from pathlib import Path\n"
        "from gapbench.excel.workbook import write; from tests.excel import examples\n"
        "def wait(handle):\n    print('half way', flush=True); time.sleep(60)\n"
        "os.fsync = wait\n"
        "write(examples.both().deliverable(), Path(sys.argv[1]))\n"
    )
    child = _child(script, target)
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "half way"
    os.kill(child.pid, signal.SIGKILL)
    child.communicate(timeout=60)
    assert target.read_bytes() == OLD
    strays = [it for it in target.parent.iterdir() if it != target]
    assert len(strays) == 1
    hour_ago = time.time() - 3600
    os.utime(strays[0], (hour_ago, hour_ago))
    workbook.write(examples.only(examples.iso()).deliverable(), target)
    assert [it.name for it in target.parent.iterdir()] == ["client.xlsx"]


def _child(script: str, target: Path) -> subprocess.Popen[str]:
    places = [str(FOLDER), str(FOLDER / "src"), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, places))}
    return subprocess.Popen(
        [sys.executable, "-c", script, str(target)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
        cwd=FOLDER,
    )


def test_another_program_s_hidden_files_are_left_alone(target: Path) -> None:
    other = target.with_name(".other.xlsx.12345678.gapbench-part")
    other.write_bytes(b"x")
    os.utime(other, (1, 1))
    workbook.write(examples.nothing().deliverable(), target)
    assert other.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_is_followed(target: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.xlsx"
    link.symlink_to(target)
    workbook.write(examples.nothing().deliverable(), link)
    assert link.is_symlink()
    assert oracle.load(target).sheetnames[0] == "Cover"


@pytest.mark.skipif(sys.platform == "win32", reason="modes are a thing of POSIX")
def test_the_old_file_s_rights_are_kept(target: Path) -> None:
    target.chmod(0o640)
    workbook.write(examples.nothing().deliverable(), target)
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="modes are a thing of POSIX")
def test_a_new_file_is_for_nobody_else(target: Path) -> None:
    fresh = target.with_name("fresh.xlsx")
    before = os.umask(0)
    try:
        workbook.write(examples.nothing().deliverable(), fresh)
    finally:
        os.umask(before)
    assert fresh.stat().st_mode & 0o777 == 0o600


def test_progress_only_grows_and_ends(target: Path) -> None:
    seen: list[tuple[int, int]] = []

    def note(done: int, total: int) -> bool:
        seen.append((done, total))
        return True

    workbook.write(examples.large(2_000).deliverable(), target, progress=note)
    done = [it for it, _ in seen]
    assert done == sorted(done)
    assert len({total for _, total in seen}) == 1
    assert seen[-1][0] == seen[-1][1]
    assert len(seen) > 8


@pytest.mark.parametrize("after", [0, 1, 3, 7, 12])
def test_a_stopped_export_leaves_the_old_file(after: int, target: Path) -> None:
    calls = iter(range(1_000))
    with pytest.raises(ExportStoppedError, match="stopped"):
        workbook.write(examples.large(1_000).deliverable(), target, progress=lambda *_: next(calls) < after)
    assert target.read_bytes() == OLD
    assert [it.name for it in target.parent.iterdir()] == ["client.xlsx"]
