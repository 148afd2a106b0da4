"""Who did what and when: newest first, of one item, with rows, and over closing the file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from gapbench.engagement.engagement import Engagement
from gapbench.rating.inputs import Finding
from tests.engagement.small import CMMI, ISO, PROFILE, furnish

if TYPE_CHECKING:
    from pathlib import Path


def titles(engagement: Engagement, **which: object) -> list[str]:
    return [step.title for step in engagement.history(**which)]  # type: ignore[arg-type]


def test_history_of_one_item_and_of_one_framework(engagement: Engagement) -> None:
    engagement.rate(ISO, [("8.1 a", "")], "partial")
    engagement.rate(ISO, [("8.1 a", ""), ("8.1 b", "")], "not_conforming")
    engagement.rate(CMMI, [("CM 1.1", "falcon")], "FM")
    engagement.record_finding(Finding("f", 0, "minor", ((ISO, "8.1 b"),)))
    engagement.judge(CMMI, "CM/1", "significant", "Lost")
    assert titles(engagement, catalog=ISO, item="8.1 a") == [
        "Rate 2 points of 8.1 not conforming",
        "Rate 8.1 a partial",
    ]
    assert titles(engagement, catalog=ISO, item="8.1 b")[0] == "Finding F-01 minor on 8.1 b"
    assert titles(engagement, catalog=ISO, item="8.1") == []
    assert titles(engagement, catalog=CMMI, item="CM/1") == ["Judge CM/1 significant"]
    assert titles(engagement, catalog=CMMI) == ["Judge CM/1 significant", "Rate CM 1.1 FM in Falcon", "Set the scope"]
    assert titles(engagement, limit=2) == ["Judge CM/1 significant", "Finding F-01 minor on 8.1 b"]
    assert titles(engagement)[-1] == "Start the engagement of Acme"


def test_a_step_says_what_it_changed(engagement: Engagement) -> None:
    engagement.rate(ISO, [("8.1 a", "")], "partial")
    engagement.rate(ISO, [("8.1 a", "")], "")
    cleared, rated, *_ = engagement.history(changes=True)
    row = {"flag": 0, "note": "", "reason": "", "value": "partial"}
    (change,) = rated.changes
    assert (change.table, change.key, change.before, change.after) == ("answer", (ISO, "8.1 a", ""), None, row)
    (change,) = cleared.changes
    assert (change.before, change.after) == (row, None)
    assert cleared.parents == (rated.id,)
    assert cleared.author == "E. Gray"
    assert engagement.head() == (cleared.id, cleared.at)


def test_undo_marks_its_target_and_another_way_ends_redo(path: Path) -> None:
    with Engagement.create(path, PROFILE) as engagement:
        furnish(engagement)
        engagement.rate(ISO, [("8.1 a", "")], "partial")
        engagement.rate(ISO, [("8.1 b", "")], "partial")
        engagement.undo()
    with Engagement.open(path) as engagement:
        took, second, first, *_ = engagement.history()
        assert (took.kind, took.target) == ("undo", second.id)
        assert (second.undone, first.undone, took.undone) == (True, False, False)
        assert engagement.redo_title() == "Rate 8.1 b partial"
        engagement.undo()
    with Engagement.open(path) as engagement:
        assert engagement.redo().title == "Did again: Rate 8.1 a partial"
        engagement.rate(ISO, [("8.2 a", "")], "partial")
        assert engagement.redo_title() == "", "whoever did something else has gone another way"
        engagement.undo()
        engagement.undo()
        assert engagement.undo_title() == "Set the scope", "what was taken back before is passed over"
        assert engagement.check() == ()


def test_a_clock_of_ones_own(path: Path) -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    ticks = iter(range(100))
    with Engagement.create(path, PROFILE, clock=lambda: noon + timedelta(minutes=next(ticks))) as engagement:
        furnish(engagement)
        assert [step.at for step in engagement.history()] == [noon + timedelta(minutes=1), noon]
