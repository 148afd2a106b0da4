"""What is opened, what is refused, and that a refused file stays byte for byte as it was."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gapbench.engagement import upgrades
from gapbench.engagement.engagement import Engagement
from gapbench.engagement.header import APPLICATION_ID
from gapbench.errors import EngagementBusyError, EngagementFileError, FileError, GapbenchError
from tests.engagement import children
from tests.engagement.small import ISO, PROFILE, dump, folder, furnish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="rights of Unix")


def patched(offset: int, new: bytes) -> Callable[[bytes], bytes]:
    return lambda old: old[:offset] + new + old[offset + len(new) :]


def _other_database(_: bytes) -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (a)")
        return connection.serialize()


def _our_header_other_tables(_: bytes) -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(
            f"CREATE TABLE t (a); PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 1"
        )
        return connection.serialize()


def _with(statement: str) -> Callable[[bytes], bytes]:
    def change(old: bytes) -> bytes:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(old)
            connection.execute(statement)
            connection.commit()
            return connection.serialize()

    return change


BAD: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda _: b"", "is empty"),
    "text": (lambda _: b"Dear client,\n" * 100, "is not an engagement"),
    "short text": (lambda _: b"S", "only its beginning"),
    "zeros": (lambda old: bytes(len(old)), "is not an engagement"),
    "workbook": (
        lambda _: b"PK\x03\x04" + bytes(200),
        "is an Excel workbook (or zip), not an engagement: open it with Excel; answers come in as CSV",
    ),
    "pdf": (lambda _: b"%PDF-1.7" + bytes(200), "is a PDF"),
    "xls": (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office document"),
    "other database": (_other_database, "database of another program"),
    "newer": (patched(60, struct.pack(">I", upgrades.VERSION + 1)), "update gapbench"),
    "never finished": (patched(60, bytes(4)), "never finished"),
    "header only": (lambda old: old[:100], "of"),
    "half": (lambda old: old[: len(old) // 2], "bytes are left"),
    "one byte less": (lambda old: old[:-1], "bytes are left"),
    "magic gone": (patched(0, b"X"), "is not an engagement"),
    "mode of no sense": (patched(18, b"\x01\x02"), "makes no sense"),
    "page size of no sense": (patched(16, b"\x00\x07"), "makes no sense"),
    "schema gone": (lambda old: old[:100] + bytes(3996) + old[4096:], "damaged"),
    "other tables": (_our_header_other_tables, "never finished"),
    "no steps": (_with("DELETE FROM step"), "never finished"),
    "a trigger": (_with("CREATE TRIGGER t AFTER INSERT ON answer BEGIN DELETE FROM answer; END"), "carries t"),
    "a view": (_with("CREATE VIEW v AS SELECT * FROM answer"), "carries v"),
    "a table less": (_with("DROP TABLE judgement"), "without judgement"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("read_only", [False, True])
def test_bad_files_are_refused_and_stay_as_they_were(resting: Path, name: str, *, read_only: bool) -> None:
    change, words = BAD[name]
    bad = change(resting.read_bytes())
    resting.write_bytes(bad)
    with pytest.raises(EngagementFileError) as caught:
        Engagement.open(resting, read_only=read_only)
    assert words in str(caught.value)
    assert str(caught.value).startswith("acme.gapbench ")
    assert "gapbench check" not in str(caught.value), "it would say the same sentence"
    assert folder(resting.parent) == {"acme.gapbench": bad}


def test_names_that_lead_nowhere(tmp_path: Path) -> None:
    cases = {
        tmp_path / "none.gapbench": "There is no file none.gapbench",
        tmp_path / "none" / "acme.gapbench": "There is no file",
        tmp_path: "is a folder",
        tmp_path / ("x" * 300): "cannot be looked at",
        tmp_path / "a\0b": "cannot be looked at",
    }
    for path, words in cases.items():
        with pytest.raises(EngagementFileError, match=words) as caught:
            Engagement.open(path)
        assert "\0" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@POSIX
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(EngagementFileError, match="not an ordinary file"):
        Engagement.open(tmp_path / "pipe")


def test_creating_refuses_what_would_be_overwritten(resting: Path) -> None:
    before = folder(resting.parent)
    for path, words in {
        resting: "exists already",
        resting.parent: "exists already",
        resting.parent / "none" / "x.gapbench": "There is no folder",
        resting / "x.gapbench": "There is no folder",
        resting.with_name("a\0b"): "not a name",
    }.items():
        with pytest.raises(FileError, match=words):
            Engagement.create(path, PROFILE)
    assert folder(resting.parent) == before


def test_a_file_that_cannot_be_finished_is_not_left_behind(tmp_path: Path) -> None:
    from dataclasses import replace

    with pytest.raises(GapbenchError, match="name of the client"):
        Engagement.create(tmp_path / "x.gapbench", replace(PROFILE, client=""))
    with pytest.raises(RuntimeError):
        Engagement.create(tmp_path / "x.gapbench", PROFILE, clock=_broken)
    assert list(tmp_path.iterdir()) == []


def _broken() -> datetime:
    raise RuntimeError


def test_at_rest_it_is_one_file_that_needs_nothing(resting: Path) -> None:
    assert list(folder(resting.parent)) == ["acme.gapbench"]
    assert resting.read_bytes()[18:20] == b"\x01\x01"
    if sys.platform != "win32":
        assert resting.stat().st_mode & 0o777 == 0o600


def test_looking_changes_no_byte(resting: Path) -> None:
    before = folder(resting.parent)
    for read_only in (False, True):
        with Engagement.open(resting, read_only=read_only) as engagement:
            assert engagement.read_only is read_only
            assert engagement.answer(ISO, "8.1 a", "").value == "partial"
            engagement.history()
            assert engagement.check() == ()
            engagement.tidy()
    assert folder(resting.parent) == before


def test_closing_twice_and_speaking_after(resting: Path) -> None:
    engagement = Engagement.open(resting)
    engagement.close()
    engagement.close()
    engagement.tidy()
    for speak in (engagement.profile, engagement.undo, engagement.check):
        with pytest.raises(FileError, match="is closed; open it again"):
            speak()


def test_read_only_refuses_every_verb(resting: Path) -> None:
    with Engagement.open(resting, read_only=True) as engagement:
        verbs: tuple[Callable[[], object], ...] = (
            lambda: engagement.rate(ISO, [("8.1 a", "")], "conforming"),
            engagement.undo,
            lambda: engagement.describe(PROFILE),
            lambda: engagement.drop_framework(ISO),
        )
        for verb in verbs:
            with pytest.raises(FileError, match="open for reading only"):
                verb()


def test_two_may_read_and_then_none_may_write(resting: Path) -> None:
    said = "with Engagement.open(path, read_only=True) as e: print(e.profile().client, end='')"
    with Engagement.open(resting, read_only=True):
        assert children.said(resting, said) == "Acme"
        again = "try: Engagement.open(path)\nexcept GapbenchError as why: print(type(why).__name__, why)"
        assert children.said(resting, again).startswith("EngagementBusyError acme.gapbench is open in another window")


SECOND = """
for read_only in (False, True):
    try:
        Engagement.open(path, read_only=read_only).close()
    except GapbenchError as why:
        print(type(why).__name__, why)
"""


@pytest.mark.parametrize("written", [False, True])
def test_a_second_window_is_told(engagement: Engagement, path: Path, *, written: bool) -> None:
    if not written:
        engagement.close()
        engagement = Engagement.open(path)
    sentence = (
        "EngagementBusyError acme.gapbench is open in another window or program; close it there, then try again.\n"
    )
    before = path.stat()  # not its bytes: closing it here would drop our lock, as header.py says
    assert children.said(path, SECOND) == 2 * sentence
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    for name in (path, path.parent / ".." / path.parent.name / path.name):
        with pytest.raises(EngagementBusyError, match="is open in another window"):
            Engagement.open(name)
    # Neither of them has taken our lock away (POSIX would, if they had opened and closed the file).
    assert children.said(path, SECOND) == 2 * sentence
    engagement.rate(ISO, [("8.1 a", "")], "conforming")
    engagement.close()
    assert children.said(path, SECOND) == ""


def test_a_window_that_died_leaves_no_lock(resting: Path) -> None:
    opened = "e = Engagement.open(path); print('open', flush=True); sys.stdin.read()"
    with children.killed_later(resting, opened), pytest.raises(EngagementBusyError):
        Engagement.open(resting)
    with Engagement.open(resting) as engagement:
        assert engagement.rate(ISO, [("8.1 a", "")], "conforming")


@POSIX
def test_a_link_is_the_same_file(resting: Path) -> None:
    link = resting.with_name("link.gapbench")
    link.symlink_to(resting)
    with Engagement.open(link) as engagement:
        engagement.rate(ISO, [("8.1 a", "")], "conforming")
        with pytest.raises(EngagementBusyError):
            Engagement.open(resting)
    assert sorted(folder(resting.parent)) == ["acme.gapbench", "link.gapbench"]


def test_hand_over(engagement: Engagement, tmp_path: Path) -> None:
    engagement.rate(ISO, [("8.1 a", "")], "partial")
    target = tmp_path / "copy.gapbench"
    engagement.copy_to(target)
    assert target.read_bytes()[18:20] == b"\x01\x01"
    if sys.platform != "win32":
        assert target.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileError, match="exists already"):
        engagement.copy_to(target)
    with pytest.raises(FileError, match="exists already"):
        engagement.copy_to(engagement.path)
    with pytest.raises(FileError, match="There is no folder"):
        engagement.copy_to(tmp_path / "none" / "copy.gapbench")
    with Engagement.open(target) as copy:
        assert copy.history() == engagement.history()
        assert copy.check() == ()


# --- upgrades ------------------------------------------------------------------------------------

NOW = upgrades.VERSION


@pytest.fixture
def next_version(resting: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A gapbench of the future, with a colour for each unit; the file is of today's."""
    assert resting.exists()

    def colour(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE unit ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'")

    def nothing(connection: sqlite3.Connection) -> None:
        connection.execute("SELECT 1")

    monkeypatch.setattr(upgrades, "VERSION", NOW + 2)
    monkeypatch.setattr(upgrades, "UPGRADES", {NOW: colour, NOW + 1: nothing})


@pytest.mark.usefixtures("next_version")
def test_an_earlier_file_climbs_and_keeps_a_copy(resting: Path) -> None:
    before = dump(resting)
    with Engagement.open(resting, author="E. Gray") as engagement:
        assert engagement.history()[0].title == f"Brought up to date (format {NOW} to {NOW + 2})"
        assert engagement._file.rows("SELECT DISTINCT colour FROM unit") == [("grey",)]
        with pytest.raises(GapbenchError, match="before gapbench was updated"):
            engagement.undo()
        assert list(engagement.history(changes=True)[0].changes[0].after or ()) == [
            "colour",
            "kind",
            "name",
            "note",
            "position",
        ]
    copy = resting.with_name(f"acme.before-upgrade-v{NOW}.bak")
    assert sorted(folder(resting.parent)) == [copy.name, "acme.gapbench"]
    assert dump(copy) == before
    with Engagement.open(resting) as engagement:
        assert len(engagement.history()) == len(before["step"]) + 1
        assert list(engagement._file.rows("PRAGMA user_version")) == [(NOW + 2,)]


@pytest.mark.usefixtures("next_version")
def test_an_upgrade_is_all_or_nothing(resting: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(connection: sqlite3.Connection) -> None:
        connection.execute("SELECT none FROM nowhere")

    before = dump(resting)
    monkeypatch.setattr(upgrades, "UPGRADES", {NOW: upgrades.UPGRADES[NOW], NOW + 1: fails})
    with pytest.raises(FileError):
        Engagement.open(resting)
    assert dump(resting) == before


@pytest.mark.usefixtures("next_version")
def test_an_earlier_file_is_read_without_changing_it(resting: Path) -> None:
    before = folder(resting.parent)
    with Engagement.open(resting, read_only=True) as engagement:
        assert engagement.read_only
        assert engagement.answer(ISO, "8.1 a", "").value == "partial"
        assert engagement.history()[0].title == f"Brought up to date (format {NOW} to {NOW + 2})"
        with pytest.raises(FileError, match="open for reading only"):
            engagement.rate(ISO, [("8.1 a", "")], "conforming")
    assert folder(resting.parent) == before


# --- files and folders that cannot be written ----------------------------------------------------

READ = """
with Engagement.open(path) as e:
    print(e.read_only, e.answer(ISO, "8.1 a", "").value)
    try:
        e.rate(ISO, [("8.1 a", "")], "conforming")
    except GapbenchError as why:
        print(why)
"""


def _as_nobody() -> tuple[str, ...]:
    """What runs a child that rights apply to, even where the tests run as root."""
    if os.geteuid() != 0:
        return ()
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("rights do not bind root, and there is no setpriv to be somebody else")
    nobody = (setpriv, "--reuid=65534", "--regid=65534", "--clear-groups")
    probe = subprocess.run([*nobody, sys.executable, "-c", "import gapbench"], capture_output=True, check=False)
    if probe.returncode:
        pytest.skip("rights do not bind root, and nobody else may read this clone")
    return nobody


@pytest.fixture
def public(resting: Path) -> Iterator[Path]:
    """An engagement whose file and folder anybody may enter and read."""
    with tempfile.TemporaryDirectory(prefix="gapbench-test-") as name:
        place = Path(name)
        place.chmod(0o755)
        shutil.copyfile(resting, place / resting.name)
        (place / resting.name).chmod(0o644)
        yield place / resting.name
        place.chmod(0o755)


@POSIX
@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_cannot_be_written_can_be_read(public: Path, what: str) -> None:
    public.chmod(0o444 if what == "file" else 0o666)
    public.parent.chmod(0o777 if what == "file" else 0o555)
    before = folder(public.parent)
    assert children.said(public, READ, *_as_nobody()) == (
        "True partial\nacme.gapbench is open for reading only; "
        "copy it to a folder where you may write, and open the copy.\n"
    )
    assert folder(public.parent) == before


@POSIX
def test_an_unclean_file_in_a_folder_that_cannot_be_written(public: Path) -> None:
    killed(public)
    before = folder(public.parent)
    assert "acme.gapbench-wal" in before
    for each in public.parent.iterdir():
        each.chmod(0o644)
    public.parent.chmod(0o555)
    told = children.said(public, READ, *_as_nobody())
    assert told.startswith("True conforming\n"), "the last answer lies in the log"
    assert folder(public.parent) == before


@POSIX
def test_what_may_not_be_read(public: Path) -> None:
    public.chmod(0)
    program = "try: Engagement.open(path)\nexcept GapbenchError as why: print(why)"
    assert children.said(public, program, *_as_nobody()).startswith("You may not read acme.gapbench; ask its owner")


@POSIX
def test_making_a_file_where_nobody_may(public: Path) -> None:
    public.parent.chmod(0o555)
    program = """
    from gapbench.engagement.values import Profile
    try: Engagement.create(path.with_name("new.gapbench"), Profile("Acme"))
    except GapbenchError as why: print(why)
    """
    assert "you may not write in" in children.said(public, program, *_as_nobody())


# --- what a kill leaves, and what lies there from elsewhere --------------------------------------


def killed(path: Path, value: str = "conforming") -> None:
    """Rate in a process that is killed before it can close the file."""
    program = f"""
    e = Engagement.open(path, author="Child")
    e.rate(ISO, [("8.1 a", "")], "{value}")
    print("rated", flush=True)
    sys.stdin.read()
    """
    with children.killed_later(path, program):
        pass


def test_an_unclean_file_is_recovered_and_kept(resting: Path) -> None:
    killed(resting)
    before = folder(resting.parent)
    with Engagement.open(resting) as engagement:
        assert engagement.answer(ISO, "8.1 a", "").value == "conforming"
        assert engagement.check() == ()
        notice = engagement.notice
    after = folder(resting.parent)
    assert after["acme.gapbench"][18:20] == b"\x01\x01"
    kept = sorted(after.keys() - {"acme.gapbench"})
    assert len(kept) == 2
    assert re.fullmatch(r"acme\.recovered-\d{8}-\d{6}\.bak", kept[0])
    assert notice == (
        "acme.gapbench had not been closed the last time; everything that was acknowledged is in it, "
        f"and the file as it was found is kept beside it as {kept[0]}."
    )
    assert kept[1] == f"{kept[0]}-wal"
    assert [after[name] for name in kept] == [before["acme.gapbench"], before["acme.gapbench-wal"]]
    if sys.platform != "win32":
        assert {resting.with_name(name).stat().st_mode & 0o777 for name in kept} == {0o600}
    with Engagement.open(resting) as engagement:
        assert engagement.notice == ""
    with Engagement.open(resting.with_name(kept[0]), read_only=True) as copy:
        assert copy.answer(ISO, "8.1 a", "").value == "conforming", "the kept pair is whole"


def test_a_killed_window_after_an_idle_moment_leaves_nothing_to_recover(resting: Path) -> None:
    killed(resting)
    with Engagement.open(resting) as engagement:
        engagement.rate(ISO, [("8.1 c", "")], "partial")
        engagement.tidy()
        bare = resting.with_name("bare.gapbench")
        # Copied by another process: opened and closed here, it would cost us our lock.
        children.said(resting, f"import shutil; shutil.copyfile(path, {str(bare)!r})")
    assert bare.read_bytes()[18:20] == b"\x02\x02"
    with Engagement.open(bare) as copy:
        assert copy.answer(ISO, "8.1 c", "").value == "partial"
    assert bare.read_bytes()[18:20] == b"\x01\x01"
    assert not list(bare.parent.glob("bare.*-*"))


@pytest.fixture
def stranger(tmp_path: Path) -> bytes:
    """The log of another client's file."""
    (tmp_path / "other").mkdir()
    path = tmp_path / "other" / "beta.gapbench"
    with Engagement.create(path, PROFILE) as engagement:
        furnish(engagement)
    killed(path, "not_conforming")
    log = path.with_name("beta.gapbench-wal").read_bytes()
    shutil.rmtree(path.parent)
    return log


def _whole(log: bytes) -> bytes:
    return log


def _other_pages(log: bytes) -> bytes:
    return patched(8, struct.pack(">I", 8192))(log)


def _damaged(log: bytes) -> bytes:
    return patched(26, b"\xff\xff")(log)


def _no_log(log: bytes) -> bytes:
    return b"Dear client, " + log


@pytest.mark.parametrize("change", [_whole, _other_pages, _damaged, _no_log])
@pytest.mark.parametrize("read_only", [False, True])
def test_a_log_of_another_file_is_refused(
    resting: Path, stranger: bytes, change: Callable[[bytes], bytes], *, read_only: bool
) -> None:
    resting.with_name("acme.gapbench-wal").write_bytes(change(stranger))
    before = folder(resting.parent)
    with pytest.raises(EngagementFileError, match=r"acme.gapbench-wal beside acme.gapbench does not belong"):
        Engagement.open(resting, read_only=read_only)
    assert folder(resting.parent) == before


def test_a_log_of_yesterday_is_refused(resting: Path) -> None:
    """The file was restored from a later copy, and the log of the killed window lies there still."""
    killed(resting)
    log = resting.with_name("acme.gapbench-wal").read_bytes()
    with Engagement.open(resting) as engagement:
        engagement.rate(ISO, [("8.1 c", "")], "partial")
        engagement.rate(ISO, [("8.2 c", "")], "partial")
    resting.with_name("acme.gapbench-wal").write_bytes(log)
    before = folder(resting.parent)
    with pytest.raises(EngagementFileError, match="does not belong"):
        Engagement.open(resting)
    assert folder(resting.parent) == before


@pytest.mark.parametrize("log", [b"\0" * 40, b"7", b"7\x7f\x06\x82" * 5])
def test_a_log_without_a_step_in_it_hinders_nobody(resting: Path, log: bytes) -> None:
    """As a power cut may leave it: longer, but never written."""
    resting.with_name("acme.gapbench-wal").write_bytes(log)
    with Engagement.open(resting) as engagement:
        assert engagement.answer(ISO, "8.1 a", "").value == "partial"
        engagement.rate(ISO, [("8.1 a", "")], "conforming")
    with Engagement.open(resting) as engagement:
        assert engagement.answer(ISO, "8.1 a", "").value == "conforming"


def test_an_unclean_file_with_old_damage_still_opens(resting: Path) -> None:
    """What was wrong before the kill must not keep the consultant out of the last answers."""
    text = b"Seen in one project only"
    resting.write_bytes(resting.read_bytes().replace(text, b"Seen in two projects now"))
    killed(resting)
    with Engagement.open(resting) as engagement:
        assert engagement.answer(ISO, "8.1 a", "").value == "conforming"
        assert engagement.check() != ()
