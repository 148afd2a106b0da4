"""A changed byte is found: refused on opening, or named by `check`."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

import pytest

from gapbench.engagement.engagement import Engagement
from gapbench.errors import CatalogError, EngagementFileError, GapbenchError
from tests.engagement.small import CMMI, ISO, PROFILE, dump, furnish

if TYPE_CHECKING:
    from pathlib import Path


def checked(path: Path) -> tuple[str, ...]:
    """What is said of a file: the refusal, or what `check` finds."""
    try:
        with Engagement.open(path, read_only=True) as engagement:
            return engagement.check()
    except GapbenchError as refusal:
        return (str(refusal),)


def test_no_flipped_byte_of_live_content_goes_unnoticed(resting: Path, tmp_path: Path) -> None:
    """Every 61st byte in turn (every page in many places), and the whole first page's header."""
    whole = resting.read_bytes()
    before = dump(resting)
    path = tmp_path / "flipped" / "acme.gapbench"
    path.parent.mkdir()
    noticed = harmless = 0
    for place in [*range(100), *range(100, len(whole), 61)]:
        flipped = bytearray(whole)
        flipped[place] ^= 0xFF if place % 2 else 1 << place % 8
        path.write_bytes(flipped)
        if checked(path):
            noticed += 1
            continue
        assert dump(path) == before, f"byte {place}"
        harmless += 1
    assert noticed > 100
    assert harmless > 100, "a good part of a small file is free space"


def test_every_letter_of_every_text_is_guarded(resting: Path, tmp_path: Path) -> None:
    """Names, notes, titles, hashes: each place where a text of ours stands in the file."""
    whole = resting.read_bytes()
    before = dump(resting)
    path = tmp_path / "flipped.gapbench"
    for text in (b"Acme", b"Seen in one project only", b"Rate 8.1 a partial", b"E. Gray", b"Falcon", b"Is 8.1 1 done?"):
        place = whole.find(text)
        assert place > 0
        while place > 0:
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            assert checked(path) or dump(path) == before, text
            place = whole.find(text, place + 1)


CHANGES = {
    "an answer": ("UPDATE answer SET value = 'conforming' WHERE item = '8.1 a'", "answer", "not what the journal says"),
    "a note of an answer": ("UPDATE answer SET note = 'All is well'", "8.1 a", "not what the journal says"),
    "an answer too many": (
        "INSERT INTO answer VALUES ('tiny-iso', '8.1 z', '', 'partial', '', '', 0)",
        "Tiny ISO:2015 has no 8.1 z",
        "not what the journal says",
    ),
    "an answer less": ("DELETE FROM answer WHERE item = '8.1 a'", "in the journal and not in its table"),
    "a unit less": ("DELETE FROM unit WHERE id = 'falcon'", "there is no unit falcon", "in the journal"),
    "a title": ("UPDATE step SET title = 'Rate 8.1 a conforming' WHERE seq = 3", "Step 3", "hash does not fit"),
    "an author": ("UPDATE step SET author = 'Nobody' WHERE seq = 2", "Step 2", "hash does not fit"),
    "a time": ("UPDATE step SET at = '2020-01-01T00:00:00+00:00' WHERE seq = 2", "Step 2", "hash does not fit"),
    "a row of the past": (
        """UPDATE "change" SET after = replace(after, 'partial', 'conforming') WHERE step = 3""",
        "Step 3",
        "hash does not fit",
    ),
    "a row of the past gone": ("""DELETE FROM "change" WHERE step = 2 AND n = 1""", "Step 2", "has lost rows"),
    "a step gone": (
        """PRAGMA foreign_keys = ON; DELETE FROM "change" WHERE step = 3; DELETE FROM step WHERE seq = 3""",
        "does not follow the step before",
    ),
    "the last step gone": (
        """DELETE FROM step WHERE seq = (SELECT max(seq) FROM step)""",
        "A row of change belongs to a row of step",
    ),
    "two steps exchanged": (
        "UPDATE step SET seq = -seq WHERE seq IN (3, 4); UPDATE step SET seq = 7 + seq WHERE seq < 0",
        "hash does not fit",
    ),
    "a copy of a framework": (
        "UPDATE snapshot SET text = replace(text, 'Point 1', 'Point I') WHERE catalog = 'tiny-iso'",
        "The copy of framework tiny-iso was changed",
    ),
    "a copy gone": ("DELETE FROM snapshot WHERE catalog = 'tiny-iso'", "lost the copy of its catalog"),
    "a number as text": ("UPDATE framework SET position = 'first' WHERE position = 0", "framework", "position"),
    "a text as bytes": ("UPDATE answer SET note = x'ff00' WHERE item = '8.1 a'", "cannot be read to the end"),
    "a copy as bytes": ("UPDATE snapshot SET text = CAST(text AS BLOB)", "was changed after it was written"),
    "names as bytes": ("UPDATE answer SET item = CAST(item AS BLOB)", "The journal cannot be read to the end"),
    "a title as bytes": ("UPDATE step SET title = x'00ff'", "The journal cannot be read to the end"),
    "an index gone": ("DROP INDEX change_row", "The index change_row is not as gapbench makes it."),
    "a table too many": ("CREATE TABLE more (a)", "The table more is not as gapbench makes it."),
    "a link to nothing": ("INSERT INTO finding_item VALUES ('x', 'tiny-iso', '8.1 a')", "belongs to no finding"),
    "a mark on nothing that came along": (
        "INSERT INTO carried VALUES ('tiny-iso', '8.1 a', '', 'tiny-iso:8.1 a')",
        "carried 8.1 a: no answer came along there",
        "not what the journal says",
    ),
    "a mark in no unit": (
        "INSERT INTO carried VALUES ('tiny-iso', '8.1 a', 'crane', 'tiny-iso:8.1 a')",
        "there is no unit crane",
    ),
    "an edition after nothing": (
        "INSERT INTO succession VALUES ('tiny-cmmi', 'tiny-none', 'transition')",
        "succession tiny-none follows a framework that is not there",
    ),
    "an edition after another framework": (
        "INSERT INTO succession VALUES ('tiny-cmmi', 'tiny-iso', 'dual')",
        "Tiny CMMI 2.0 is no edition after Tiny ISO:2015",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_changed_by_hand_is_named(resting: Path, name: str) -> None:
    statement, *words = CHANGES[name]
    with closing(sqlite3.connect(resting)) as connection:
        connection.executescript(statement)
    problems = checked(resting)
    for word in words:
        assert any(word in problem for problem in problems), problems
    assert all(problem.endswith(".") for problem in problems)


def test_a_damaged_framework_is_a_sentence(resting: Path) -> None:
    with closing(sqlite3.connect(resting)) as connection:
        connection.executescript("UPDATE snapshot SET text = replace(text, 'Point 1', 'Point I')")
    with Engagement.open(resting) as engagement:
        for ask in (engagement.catalog, engagement.scope, engagement.case):
            with pytest.raises(CatalogError, match=r"The copy of tiny-iso in .* is damaged"):
                ask(ISO)
        assert engagement.rate(CMMI, [("CM 1.1", "falcon")], "LM"), "the other framework goes on"
        assert engagement.profile() == PROFILE


UNSOUND = r"^acme\.gapbench is damaged: .*; run `gapbench check acme\.gapbench` .*\.$"

# What a flipped byte does to the last step or its rows, and whether any verb (not only undo) rests on it.
BEFORE_UNDO = {
    "a row as it stands": ("UPDATE answer SET reason = 'Other' WHERE item = '8.1 b'", False),
    "a row gone": ("DELETE FROM answer WHERE item = '8.1 b'", False),
    "a row before": ("""UPDATE "change" SET before = after WHERE step = 5""", True),
    "a row after": ("""UPDATE "change" SET after = replace(after, 'Nothing', 'Something') WHERE step = 5""", True),
    "no JSON": ("""UPDATE "change" SET after = substr(after, 2) WHERE step = 5""", True),
    "a key": ("""UPDATE "change" SET key = replace(key, '8.1 b', '8.1 c') WHERE step = 5""", True),
    "another table": ("""UPDATE "change" SET table_name = 'bnswer' WHERE step = 5""", True),
    "bytes": ("""UPDATE "change" SET after = x'ff00' WHERE step = 5""", True),
    "rows gone": ("""DELETE FROM "change" WHERE step = 5""", True),
    "the title": ("UPDATE step SET title = 'Rate 8.1 b conforming' WHERE seq = 5", True),
    "the title as bytes": ("UPDATE step SET title = x'00ff' WHERE seq = 5", True),
    "the hash": ("UPDATE step SET id = replace(id, substr(id, 1, 1), 'x') WHERE seq = 5", True),
    "the parent": ("UPDATE step SET parents = '[]x' WHERE seq = 5", True),
}  # fmt: skip


@pytest.mark.parametrize("name", BEFORE_UNDO)
def test_nothing_is_built_on_a_step_that_was_changed(resting: Path, name: str) -> None:
    statement, any_verb = BEFORE_UNDO[name]
    with closing(sqlite3.connect(resting)) as connection:
        connection.executescript(statement)
    before = resting.read_bytes()
    with Engagement.open(resting) as engagement:
        with pytest.raises(EngagementFileError, match=UNSOUND):
            engagement.undo()
        if any_verb:
            for _ in range(2):
                with pytest.raises(EngagementFileError, match=UNSOUND):
                    engagement.rate(ISO, [("8.1 c", "")], "conforming")
            with pytest.raises(EngagementFileError, match=UNSOUND):
                _rated_together(engagement)
        assert not engagement.rate(ISO, [("8.1 a", "")], "partial"), "nothing new is no verb that writes"
    assert resting.read_bytes() == before


def _rated_together(engagement: Engagement) -> None:
    with engagement.together("Both"):
        engagement.rate(ISO, [("8.1 c", "")], "conforming")
        engagement.rate(ISO, [("8.2 c", "")], "conforming")


def test_a_redo_of_what_was_changed_is_refused(resting: Path) -> None:
    with Engagement.open(resting) as engagement:
        engagement.undo()
        engagement.undo()
    with closing(sqlite3.connect(resting)) as connection:
        connection.executescript("""UPDATE "change" SET after = replace(after, 'FM', 'LM') WHERE step = 4""")
    before = resting.read_bytes()
    with Engagement.open(resting) as engagement, pytest.raises(EngagementFileError, match=UNSOUND):
        engagement.redo()
    assert resting.read_bytes() == before
    with Engagement.open(resting) as engagement:
        assert engagement.rate(ISO, [("8.1 c", "")], "conforming"), "the last step is whole, and no more is looked at"
        assert engagement.undo()


def test_only_the_last_step_is_looked_at_and_only_once(resting: Path) -> None:
    with Engagement.open(resting) as engagement:
        statements: list[str] = []
        engagement._file.connection.set_trace_callback(statements.append)
        for value in ("conforming", "partial", "conforming"):
            engagement.rate(ISO, [("8.1 c", "")], value)
        engagement._file.connection.set_trace_callback(None)
    looked = [number for number, each in enumerate(statements) if each.startswith("SELECT table_name")]
    assert len(looked) == 1
    assert looked[0] < statements.index("PRAGMA journal_mode = WAL"), "before the first byte is written"


def test_a_page_of_zeros(resting: Path) -> None:
    """A bad sector: a sentence whatever is asked, and never a traceback of SQLite."""
    whole = resting.read_bytes()
    for start in range(4096, len(whole), 4096):
        resting.write_bytes(whole[:start] + bytes(4096) + whole[start + 4096 :])
        try:
            with Engagement.open(resting) as engagement:
                _ask_everything(engagement)
                assert engagement.check() != (), f"page at {start}"
        except EngagementFileError:
            assert checked(resting)[0].startswith("acme.gapbench is damaged")


def _ask_everything(engagement: Engagement) -> None:
    for ask in (
        engagement.profile,
        engagement.frameworks,
        engagement.units,
        lambda: engagement.case(ISO),
        engagement.findings,
        lambda: engagement.history(changes=True),
        engagement.undo_title,
        engagement.undo,
        lambda: engagement.rate(ISO, [("8.1 a", "")], "conforming"),
    ):
        with suppress(GapbenchError):
            ask()


def test_a_sound_file_of_many_steps(path: Path) -> None:
    with Engagement.create(path, PROFILE) as engagement:
        furnish(engagement)
        for number in range(120):
            engagement.rate(ISO, [("8.1 a", ""), ("8.2 b", "")], ("partial", "conforming")[number % 2])
            if number % 5 == 0:
                engagement.undo()
            if number % 10 == 0:
                engagement.redo()
        assert engagement.check() == ()
    shutil.copyfile(path, path.with_name("copy.gapbench"))
    assert checked(path.with_name("copy.gapbench")) == ()
