"""The shelf: which files lie there, and that looking at them changes nothing."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from gapbench.engagement.engagement import Engagement
from gapbench.engagement.values import Profile
from gapbench.work.shelf import Book, free_name, look, shelf
from tests.engagement.small import ISO, PROFILE, furnish


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "acme.gapbench"
    with Engagement.create(path, PROFILE, author="E. Gray") as made:
        furnish(made)
        made.rate(ISO, [("8.1 a", "")], "conforming")
    return path


def _state(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_a_look_says_who_how_far_and_when(file: Path) -> None:
    book = look(file)
    assert (book.client, book.title, book.problem) == ("Acme", "Gap analysis", "")
    assert [(line.name, line.figure) for line in book.headlines] == [
        ("Tiny ISO:2015", "100.0 % of 17 %"),
        ("Tiny CMMI 2.0 DEV", "ML0 > 2"),
    ]
    with Engagement.open(file, read_only=True) as engagement:
        assert book.changed == engagement.head()[1]


def test_looking_changes_no_byte(file: Path) -> None:
    before = _state(file.parent)
    look(file)
    assert _state(file.parent) == before


def test_looking_at_what_a_pulled_battery_left_changes_no_byte(file: Path, tmp_path: Path) -> None:
    """The write-ahead log of a crashed session lies beside the file; only opening it for work may touch it."""
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    with Engagement.open(file) as engagement:
        engagement.rate(ISO, [("8.1 b", "")], "conforming")
        for each in tmp_path.glob("acme.gapbench*"):
            (crashed / each.name).write_bytes(each.read_bytes())
    before = _state(crashed)
    assert "acme.gapbench-wal" in before
    book = look(crashed / "acme.gapbench")
    assert book.problem == ""
    assert book.headlines[0].figure == "100.0 % of 33 %", "the last answer is seen"
    assert _state(crashed) == before


@pytest.mark.parametrize("spoil", ["empty", "text", "cut", "foreign"])
def test_what_is_none_is_told_in_a_sentence_and_left_alone(file: Path, spoil: str) -> None:
    bad = file.with_name("bad.gapbench")
    if spoil == "foreign":
        with closing(sqlite3.connect(bad)) as other:
            other.execute("CREATE TABLE x (y)")
            other.commit()
    else:
        bad.write_bytes({"empty": b"", "text": b"Dear client", "cut": file.read_bytes()[:5000]}[spoil])
    before = _state(file.parent)
    book = look(bad)
    assert book.path == bad
    assert "bad.gapbench" in book.problem
    assert book.headlines == ()
    assert _state(file.parent) == before


def test_an_engagement_in_another_window_is_told(file: Path) -> None:
    with Engagement.open(file):
        assert "open" in look(file).problem
    assert look(file).problem == ""


def test_the_one_touched_last_comes_first_and_only_engagements_come(file: Path) -> None:
    for age, name in enumerate(("b.gapbench", "a.gapbench", "notes.txt", "acme.gapbench-wal", "c.GAPBENCH")):
        path = file.with_name(name)
        path.write_bytes(b"")
        os.utime(path, (1_000_000 - age // 2, 1_000_000 - age // 2))
    file.with_name("folder.gapbench").mkdir()
    names = [path.name for path in shelf(file.parent)]
    assert names == ["acme.gapbench", "a.gapbench", "b.gapbench"]
    assert shelf(file.parent / "missing") == []


def test_a_file_that_goes_while_one_looks_is_told(file: Path) -> None:
    (path,) = shelf(file.parent)
    path.unlink()
    assert look(path) == Book(path, problem=look(path).problem)
    assert "acme.gapbench" in look(path).problem


def test_a_link_to_nowhere_does_not_hide_the_others(file: Path) -> None:
    file.with_name("gone.gapbench").symlink_to(file.with_name("nowhere"))
    assert shelf(file.parent) == [file]


@pytest.mark.parametrize(
    ("client", "name"),
    [
        ("Acme Rail Ltd.", "acme-rail-ltd.gapbench"),
        ("Skellgarth & Søn A/S", "skellgarth-søn-a-s.gapbench"),
        ("  ", "engagement.gapbench"),
        ("../../etc/passwd", "etc-passwd.gapbench"),
        ("株式会社", "株式会社.gapbench"),
        ("x" * 100, f"{'x' * 40}.gapbench"),
    ],
)
def test_a_free_name_is_made_of_the_client(tmp_path: Path, client: str, name: str) -> None:
    path = free_name(tmp_path, client)
    assert path == tmp_path / name
    with Engagement.create(path, Profile(client="Acme")):
        pass
    second = free_name(tmp_path, client)
    assert second.name == name.replace(".gapbench", "-2.gapbench")
    second.write_bytes(b"")
    assert free_name(tmp_path, client).name == name.replace(".gapbench", "-3.gapbench")
