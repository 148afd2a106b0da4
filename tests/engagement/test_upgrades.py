"""A file of each earlier format opens with its answers, its history and its undo."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from gapbench.engagement import upgrades
from gapbench.engagement.engagement import Engagement
from gapbench.rating.inputs import Answer
from tests.engagement.small import CMMI, ISO, ISO26, dump, folder, points_after, state

FILES = Path(__file__).parent / "files"
EARLIER = range(1, upgrades.VERSION)


@pytest.fixture(params=EARLIER)
def earlier(request: pytest.FixtureRequest, path: Path) -> Path:
    """The file as the gapbench of then had made it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((FILES / f"format-{request.param}.sql").read_text("utf-8"))
    return path


def test_it_holds_what_it_held(earlier: Path) -> None:
    before = dump(earlier)
    with Engagement.open(earlier, author="Later") as engagement:
        assert engagement.check() == ()
        assert engagement.answer(ISO, "8.1 a", "") == Answer("partial", "Seen in one project only")
        assert engagement.exclusions(CMMI) == {("SAM", "falcon"): "Buys nothing"}
        assert [finding.gap for finding in engagement.findings()] == ["Heron has none"]
        assert (engagement.successions(), engagement.carried(ISO)) == ((), {})
        assert len(engagement.history()) == len(before["step"])
    after = dump(earlier)
    assert {name: after[name] for name in before} == before
    assert dump(earlier.with_name("acme.before-upgrade-v1.bak")) == before


def test_what_was_done_then_can_be_taken_back_and_done_again(earlier: Path) -> None:
    with Engagement.open(earlier, author="Later") as engagement:
        whole = state(engagement)
        titles = []
        while engagement.undo_title():
            titles.append(engagement.undo().title)
        assert titles[0] == "Took back: Leave out SAM for Falcon"
        assert titles[-1] == "Took back: Set the scope"
        assert engagement.frameworks() == ()
        for _ in titles:
            engagement.redo()
        assert state(engagement) == whole
        assert engagement.check() == ()


def test_it_goes_on_to_a_new_edition(earlier: Path) -> None:
    with Engagement.open(earlier, author="Later") as engagement:
        before = state(engagement)
        engagement.succeed(points_after())
        assert engagement.answer(ISO26, "8.1 a", "").value == "partial"
        assert engagement.check() == ()
        engagement.undo()
        assert state(engagement) == before


def test_it_is_read_as_it_lies_there(earlier: Path) -> None:
    before = folder(earlier.parent)
    with Engagement.open(earlier, read_only=True) as engagement:
        assert engagement.check() == ()
        assert engagement.answer(ISO, "8.1 a", "").value == "partial"
    assert folder(earlier.parent) == before


def test_a_climbed_file_has_the_schema_of_a_fresh_one(earlier: Path, tmp_path: Path) -> None:
    query = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
    with Engagement.open(earlier):
        pass
    with closing(sqlite3.connect(earlier)) as climbed, closing(sqlite3.connect(":memory:")) as fresh:
        upgrades.lay_out(fresh)
        assert climbed.execute(query).fetchall() == fresh.execute(query).fetchall()
        assert climbed.execute("PRAGMA user_version").fetchone() == (upgrades.VERSION,)
