"""Bad input: one sentence that says what to do next, exit 1 or 2, no traceback, every file as it was."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from gapbench.engagement.engagement import Engagement

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from tests.cli.conftest import Said

    Run = Callable[..., Said]
    Snapshot = Callable[[], dict[str, Any]]

NEW = "new n.gapbench --client ACME --framework"

USAGE = {
    "unknown item": ("rate acme.gapbench|8.99 z|partial", "There is no item '8.99 z'"),
    "item of a framework that is not here": ("rate acme.gapbench|cmmi-3.0:CM 2.1|FM", "There is no item"),
    "empty item": ("rate acme.gapbench||FM", "There is no item ''"),
    "long item": (f"rate acme.gapbench|{'9' * 500}|FM", "There is no item"),
    "unknown rating": ("rate acme.gapbench|8.4.1 c|good", "'good' is not a rating of ISO 9001:2015; say conforming"),
    "rating of another scale": ("rate acme.gapbench|8.4.1 c|FM", "say conforming"),
    "rating of the ISO scale": ("rate acme.gapbench|CM 2.1|partial|--unit|Falcon", "say FM, LM"),
    "unknown unit": ("rate acme.gapbench|CM 2.1|FM|--unit|Eagle", "There is no unit 'Eagle'; name Falcon, Heron"),
    "unit that is not asked": ("rate acme.gapbench|8.4.1 c|partial|--unit|Falcon", "not of Falcon"),
    "the organisation where units are asked": ("rate acme.gapbench|CM 2.1|FM|--unit|Organisation", "asked of Falcon"),
    "no unit where several are asked": ("rate acme.gapbench|CM 2.1|FM", "add --unit with Falcon or Heron"),
    "no unit for an area": ("rate acme.gapbench|CM|FM", "add --unit with Falcon or Heron"),
    "unknown finding": ("rate acme.gapbench|8.4.1 c|partial|--finding|grave", "say major, minor, ofi"),
    "finding on a heading": ("rate acme.gapbench|8.4|partial|--finding|major", "name one, such as '8.4.1"),
    "heading in the history": ("history acme.gapbench|8.4", "is a heading; name one point"),
    "unknown figure": ("readiness acme.gapbench|--explain|ML9", "There is no item 'ML9'"),
    "unknown framework": (f"{NEW}|iso9001-2051", "did you mean iso9001-2015?"),
    "unknown view": (f"{NEW}|cmmi-2.0:foo", "has no view 'foo'; it has DEV, SVC and SPM"),
    "view of ISO": (f"{NEW}|iso9001-2015:dev", "has neither views nor levels"),
    "level of ISO": (f"{NEW}|iso9001-2015::3", "has neither views nor levels"),
    "two views where one is appraised": (f"{NEW}|cmmi-2.0:dev+svc", "one view at a time"),
    "level too high": (f"{NEW}|cmmi-2.0:dev:6", "has no level '6'; it has 1 to 5"),
    "level zero": (f"{NEW}|cmmi-2.0:dev:0", "it has 1 to 5"),
    "level in words": (f"{NEW}|cmmi-2.0:dev:three", "it has 1 to 5"),
    "level in the place of the view": (f"{NEW}|cmmi-2.0:3", "cmmi-2.0::3"),
    "too many parts": (f"{NEW}|cmmi-2.0:dev:3:4", "CATALOG:VIEW:LEVEL"),
    "unknown kind of unit": (f"{NEW}|iso9001-2015|--unit|A:team", "write project, function or site"),
    "unit without a name": (f"{NEW}|iso9001-2015|--unit|:project", "has no name"),
    "no framework": ("new n.gapbench --client ACME", "needs --framework"),
    "an empty client": ("new n.gapbench|--client||--framework|iso9001-2015", "client"),
    "the same unit twice": (f"{NEW}|iso9001-2015|--unit|A|--unit|a", "already"),
    "no client": ("new n.gapbench --framework iso9001-2015", "needs --client"),
    "unknown example": ("demo --no-open --example foo", "There is no example 'foo'"),
    "unknown catalog": ("catalogs show iso-9001", "There is no framework 'iso-9001'"),
    "unknown shell": ("completion tcsh", "invalid choice: 'tcsh'"),
    "unknown command": ("raet acme.gapbench", "There is no command 'raet' (did you mean rate?)"),
    "unknown command alone": ("redy", "(did you mean redo?)"),
    "unknown verb": ("answers exprot acme.gapbench", "invalid choice: 'exprot'"),
    "unknown option": ("readiness acme.gapbench --jsno", "(did you mean --json?)"),
    "unknown option of the program": ("--frobnicate", "does not know --frobnicate"),
    "shortened option": ("readiness acme.gapbench --js", "does not know --js"),
    "option without its value": ("rate acme.gapbench 8.4 partial --note", "--note"),
    "two files": ("acme.gapbench other.gapbench", "one engagement at a time; name 'acme.gapbench' or 'other.gap"),
    "a file and a folder": ("acme.gapbench folder", "one engagement at a time"),
    "two files and an option": ("acme.gapbench b.gapbench --author X", "one engagement at a time"),
    "the command behind its file": ("acme.gapbench readiness", "`gapbench readiness acme.gapbench`"),
    "a file and a word": ("acme.gapbench whatever", "There is no command 'acme.gapbench'"),
    "limit of nothing": ("history acme.gapbench --limit 0", "is not a number from 1 on"),
    "limit in words": ("history acme.gapbench --limit many", "is not a number from 1 on"),
    "no file at all": ("readiness", "needs FILE"),
    "an empty file name": ("readiness |", "A file name is missing"),
    "two forms at once": ("readiness acme.gapbench --json --explain 8.4", "not allowed with"),
}  # fmt: skip

REFUSED = {
    "not yet on governance": ("rate acme.gapbench|GOV 1.1|NY|--unit|Falcon", "NY is not allowed in GOV"),
    "not applicable without a reason": ("rate acme.gapbench|8.4.1 c|na", "only with a reason"),
    "a heading not applicable without a reason": ("rate acme.gapbench|8.3|na", "only with a reason"),
    "a reason of blanks": ("rate acme.gapbench|8.4.1 c|-|--reason|  ", "only with a reason"),
    "a nonconformity as an improvement": (
        "rate acme.gapbench|8.4.1 c|not_conforming|--finding|ofi", "cannot be written up as"),
    "a nonconformity on what conforms": (
        "rate acme.gapbench|8.4.1 c|conforming|--finding|major", "No requirement unmet"),
    "a nonconformity on what nobody rated": ("rate acme.gapbench|8.4.1 c||--finding|minor", "rate the point first"),
    "a nonconformity on what is cleared": ("rate acme.gapbench|8.4.1 c|clear|--finding|major", "rate the point first"),
    "a nonconformity on a practice that nobody rated": (
        "rate acme.gapbench|CM 2.1|NC|--unit|Falcon|--finding|minor", "rate the practice first"),
    "nothing to do again": ("redo acme.gapbench", "othing"),
    "missing file": ("readiness none.gapbench", "none.gapbench"),
    "missing file in the workbench": ("none.gapbench", "gapbench new none.gapbench"),
    "file in a missing folder": ("check no/where.gapbench", "where.gapbench"),
    "empty file": ("readiness empty.gapbench", "empty.gapbench"),
    "a text": ("rate text.gapbench 8.4.1 partial", "text.gapbench"),
    "another database": ("check foreign.gapbench", "foreign.gapbench"),
    "cut off": ("readiness cut.gapbench", "cut.gapbench"),
    "a folder for the engagement": ("readiness folder", "folder"),
    "new over an existing file": ("new acme.gapbench --client X --framework iso9001-2015", "acme.gapbench"),
    "new over a folder": ("new folder --client X --framework iso9001-2015", "folder"),
    "new in a missing folder": ("new no/n.gapbench --client X --framework iso9001-2015", "no"),
    "the same framework twice": (f"{NEW} iso9001-2015 --framework iso9001-2015", "already"),
    "demo over an existing file": ("demo --no-open acme.gapbench", "was left as it is"),
    "demo over a folder": ("demo --no-open folder", "is a folder"),
    "workbook into a folder": ("export acme.gapbench -o folder", "folder"),
    "workbook into a missing folder": ("export acme.gapbench -o no/client.xlsx", "no"),
    "workbook over the engagement": ("export acme.gapbench -o acme.gapbench", "does not end in .xlsx"),
    "workbook that is none": ("export acme.gapbench -o client.xls", "client.xlsx"),
    "answers from a missing file": ("answers import acme.gapbench none.csv", "There is no file none.csv"),
    "answers from a folder": ("answers import acme.gapbench folder", "is a folder"),
    "answers into a folder": ("answers export acme.gapbench -o folder", "is not a file"),
    "answers into a missing folder": ("answers export acme.gapbench -o no/a.csv", "was not written"),
    "answers over the engagement": ("answers export acme.gapbench -o acme.gapbench", "is the engagement itself"),
    "a catalog that is missing": ("catalogs validate none.yaml", "none.yaml"),
    "a catalog that is a folder": ("catalogs validate folder", "folder"),
}  # fmt: skip


def split(call: str) -> list[str]:
    """Words parted by blanks, or by bars where a word holds a blank."""
    if "|" not in call:
        return call.split()
    first, *rest = call.split("|")
    return [*first.split(), *rest]


@pytest.fixture
def place(acme: Path, tmp_path: Path) -> Path:
    """The engagement beside everything that is not one."""
    import sqlite3

    (tmp_path / "empty.gapbench").touch()
    (tmp_path / "text.gapbench").write_text("Dear client,\n" * 400)
    (tmp_path / "cut.gapbench").write_bytes((tmp_path / acme).read_bytes()[:9000])
    (tmp_path / "folder").mkdir()
    foreign = sqlite3.connect(tmp_path / "foreign.gapbench")
    foreign.execute("create table t (x)")
    foreign.commit()
    foreign.close()
    return tmp_path


def is_one_sentence(said: Said) -> bool:
    return said.sentence.startswith("gapbench: ") and "Traceback" not in said.err and len(said.sentence) < 400


@pytest.mark.parametrize("name", USAGE)
def test_wrong_words(run: Run, place: Path, snapshot: Snapshot, name: str) -> None:
    call, words = USAGE[name]
    before = snapshot()
    said = run(*split(call))
    assert (said.code, said.out, words in said.sentence) == (2, "", True), said
    assert is_one_sentence(said)
    assert snapshot() == before


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(run: Run, place: Path, snapshot: Snapshot, name: str) -> None:
    call, words = REFUSED[name]
    before = snapshot()
    said = run(*split(call))
    assert (said.code, words in said.sentence) == (1, True), said
    assert is_one_sentence(said)
    assert snapshot() == before


HEADER = "catalog,item,unit,rating,finding,note,reason"

CSV: dict[str, tuple[bytes, list[str]]] = {
    "empty": (b"", []),
    "only blank lines": (b"\n\n,,,,,,\n", []),
    "another header": (b"clause;result\n8.4;good\n", ["line 1"]),
    "a column is missing": (b"catalog,item,unit,rating,finding,note\n", ["line 1"]),
    "a column twice": (f"{HEADER},note\n".encode(), ["line 1"]),
    "no header": (b"iso9001-2015,8.4.1 c,,partial,,,\n", ["line 1"]),
    "latin-1": (f"{HEADER}\niso9001-2015,8.4.1 c,,partial,,gr\xf6\xdfer,\n".encode("latin-1"), ["line 2"]),
    "utf-16": (f"{HEADER}\n".encode("utf-16"), []),
    "binary": (bytes(range(256)) * 40, ["line 2"]),
    "ragged": (f"{HEADER}\niso9001-2015,8.4.1 c,,partial,,,\niso9001-2015,8.4.1 d\n".encode(), ["line 3"]),
    "too wide": (f"{HEADER}\niso9001-2015,8.4.1 c,,partial,,,,,\n".encode(), ["line 2"]),
    "open quote": (f'{HEADER}\niso9001-2015,8.4.1 c,,partial,,"no end,\n'.encode(), ["line 2"]),
    "stray quote": (f'{HEADER}\niso9001-2015,8.4.1 c,,partial,,"a"b,\n'.encode(), ["line 2"]),
    "bad rows among good ones": (
        (
            f"{HEADER}\n"
            "iso9001-2015,8.4.1 a,,conforming,,,\n"
            'iso9001-2015,8.4.1 b,,conforming,,"two\nlines",\n'
            "iso9001-2015,8.4.1 zz,,conforming,,,\n"
            "iso9001-2051,8.4.1 c,,conforming,,,\n"
            "cmmi-2.0,CM 2.1,Eagle,FM,,,\n"
            "cmmi-2.0,CM 2.1,,FM,,,\n"
            "cmmi-2.0,CM 2.1,Falcon,partial,,,\n"
            "cmmi-2.0,GOV 1.1,Falcon,NY,,,\n"
            "iso9001-2015,8.4.1 c,,na,,,\n"
            "iso9001-2015,8.4,,partial,,,\n"
            "iso9001-2015,8.4.1 a,,partial,,,\n"
            "iso9001-2015,8.4.2 a,,conforming,grave,,\n"
        ).encode(),
        [f"line {line}" for line in (5, 6, 7, 8, 9, 10, 11, 12, 13, 14)],
    ),
    "a finding against the rules": (
        f"{HEADER}\niso9001-2015,8.4.1 a,,conforming,,,\niso9001-2015,8.4.1 c,,not_conforming,ofi,,\n".encode(),
        ["line 3"],
    ),
    "a note without end": (f"{HEADER}\niso9001-2015,8.4.1 a,,partial,,{'x' * 300_000},\n".encode(), ["line 2"]),
}


@pytest.mark.parametrize("name", CSV)
def test_a_csv_that_is_wrong(run: Run, place: Path, snapshot: Snapshot, name: str) -> None:
    raw, lines = CSV[name]
    (place / "in.csv").write_bytes(raw)
    before = snapshot()
    said = run("answers", "import", "acme.gapbench", "in.csv")
    first, *rest = said.err.splitlines()
    assert (said.code, said.out) == (1, "")
    assert first.startswith("gapbench: ")
    assert "in.csv" in first
    assert [line.strip().partition(":")[0] for line in rest] == lines
    assert snapshot() == before


def test_a_csv_with_many_wrong_lines_names_fifty_and_a_count(run: Run, place: Path) -> None:
    (place / "in.csv").write_text(HEADER + "\n" + "iso9001-2015,nope,,partial,,,\n" * 80)
    lines = run("answers", "import", "acme.gapbench", "in.csv").err.splitlines()
    assert "80 lines are wrong" in lines[0]
    assert len(lines) == 52
    assert lines[-1] == "  and 30 more."


def test_a_file_that_is_open_elsewhere(run: Run, acme: Path) -> None:
    with Engagement.open(acme) as engagement:
        engagement.rate("iso9001-2015", [("8.4.1 c", "")], "partial")
        for call in (["rate", acme, "8.4.1 b", "partial"], ["readiness", acme], ["export", acme, "-o", "x.xlsx"]):
            said = run(*call)
            assert said.code == 1
            assert "open in another window" in said.sentence


def test_a_newer_file_is_refused(run: Run, acme: Path, snapshot: Snapshot) -> None:
    import sqlite3

    connection = sqlite3.connect(acme)
    connection.execute("pragma user_version = 9999")
    connection.close()
    before = snapshot()
    said = run("rate", acme, "8.4.1 c", "partial")
    assert said.code == 1
    assert "newer" in said.sentence
    assert snapshot() == before


def test_a_damaged_file_is_named(run: Run, acme: Path) -> None:
    raw = bytearray(acme.read_bytes())
    middle = len(raw) // 2
    raw[middle : middle + 8192] = b"\xa5" * 8192
    acme.write_bytes(raw)
    said = run("check", acme)
    assert said.code == 1
    assert said.err.startswith("gapbench: acme.gapbench")
    assert "Traceback" not in said.err


def test_what_may_only_be_read(run: Run, acme: Path, tmp_path: Path, snapshot: Snapshot) -> None:
    acme.chmod(0o400)
    tmp_path.chmod(0o500)
    if os.access(acme, os.W_OK) or os.access(tmp_path, os.W_OK):
        pytest.skip("this account may write everywhere")
    try:
        before = snapshot()
        assert run("readiness", acme, "--json").code == 0
        assert run("rate", acme, "8.4.1 c", "partial").code == 1
        assert run("export", acme, "-o", "x.xlsx").code == 1
        assert run("answers", "export", acme, "-o", "x.csv").code == 1
        assert run("new", "n.gapbench", "--client", "X", "--framework", "iso9001-2015").code == 1
        assert snapshot() == before
    finally:
        tmp_path.chmod(0o700)


def test_a_folder_in_which_nothing_can_be_made_is_not_said_to_be_missing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: object, *_: object) -> int:  # as /proc and some shares do
        raise FileNotFoundError(2, "No such file or directory", str(path))

    monkeypatch.setattr(os, "open", refuse)
    said = run("new", tmp_path / "n.gapbench", "--client", "X", "--framework", "iso9001-2015")
    assert said.code == 1
    assert f"Nothing can be written in {tmp_path.resolve()}" in said.sentence
    missing = run("new", tmp_path / "no" / "n.gapbench", "--client", "X", "--framework", "iso9001-2015")
    assert "There is no folder" in missing.sentence


def test_reading_changes_no_byte(run: Run, acme: Path, snapshot: Snapshot) -> None:
    before = snapshot()
    for call in ("readiness acme.gapbench", "readiness acme.gapbench --json", "history acme.gapbench",
                 "check acme.gapbench", "answers export acme.gapbench"):  # fmt: skip
        assert run(*call.split()).code == 0
    assert snapshot() == before


# --- the terminal --------------------------------------------------------------------------------


def test_a_clients_text_cannot_steer_the_terminal(run: Run, acme: Path) -> None:
    nasty = "a\x1b]0;pwned\x07b\x9b2Jc\u202ed[red]e\x00"
    with Engagement.open(acme) as engagement:
        from dataclasses import replace

        engagement.describe(replace(engagement.profile(), client=f"X {nasty}", title=nasty))
        engagement.rate("iso9001-2015", [("8.4.1 c", "")], "not_conforming", note=nasty)
    for call in ("readiness acme.gapbench", "readiness acme.gapbench --explain|8.4.1 c", "history acme.gapbench",
                 "readiness acme.gapbench --json"):  # fmt: skip
        out = run(*split(call)).out
        assert not any(letter in out for letter in "\x1b\x07\x9b\u202e\x00")
    assert "[red]" in run("readiness", acme).out


def test_what_was_typed_cannot_steer_the_terminal(run: Run, acme: Path) -> None:
    said = run("rate", acme, "8\x1b[2J\n.1", "partial")
    assert said.code == 2
    assert "\x1b" not in said.sentence


@pytest.mark.parametrize("text", ["[/", "[red]", "=cmd|' /C calc'!A0", "\x1b]0;x\x07", "a\ud800b", "\ufffe", "a\x00b",
                                  "\u202eabc", "x" * 40_000])  # fmt: skip
def test_any_note_is_only_text(run: Run, acme: Path, text: str) -> None:
    assert run("rate", acme, "8.4.1 c", "partial", "--note", text, "--finding", "minor").code == 0
    out = run("answers", "export", acme).out
    with Engagement.open(acme) as engagement:
        kept = engagement.answer("iso9001-2015", "8.4.1 c", "").note
    assert len(kept) == len(text)
    assert kept in out.replace('""', '"')


def test_the_workbench_needs_a_terminal(run: Run, acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = run(acme)
    assert (said.code, "needs a terminal" in said.sentence) == (2, True)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    if sys.platform != "win32":
        monkeypatch.setenv("TERM", "dumb")
        assert "TERM=dumb" in run(acme).sentence
        assert "TERM=dumb" in run("demo", "d.gapbench").sentence
        assert not acme.with_name("d.gapbench").exists()
