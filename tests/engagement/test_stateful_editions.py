"""Any order of verbs while editions follow each other: twins always say the same, and undo restores every table."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from gapbench.engagement.engagement import Engagement
from gapbench.engagement.values import AnswerRow
from gapbench.errors import RefusedError, UsageError
from gapbench.rating.inputs import Finding
from tests.engagement.small import (
    CMMI,
    CMMI3,
    ISO,
    ISO26,
    PROFILE,
    furnish,
    points,
    points_after,
    practices_after,
    state,
)
from tests.engagement.test_dual import equal

if TYPE_CHECKING:
    from collections.abc import Callable

    from gapbench.engagement.values import Change

AFTER = {ISO: points_after(), CMMI: practices_after()}
POINT = st.tuples(
    st.sampled_from([ISO, ISO26]), st.sampled_from(["8.1 a", "8.1 b", "8.1 c", "8.2 a", "8.2 b", "8.2 c"])
)
PRACTICE = st.tuples(st.sampled_from([CMMI, CMMI3]), st.sampled_from(["CM 1.1", "OT 2.1", "GOV 2.1", "SAM 2.1"]))
VALUE = st.sampled_from(["conforming", "partial", "not_conforming", ""])
PROJECT = st.sampled_from(["falcon", "heron"])
TEXT = st.sampled_from(["", "x", "[/", "ü"])


class Editions(RuleBasedStateMachine):
    """The model is a list of states as git has commits: `done` up to now, `undone` after it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="gapbench-test-"))
        self.path = self.folder / "acme.gapbench"
        self.engagement = Engagement.create(self.path, PROFILE, author="E. Gray")
        furnish(self.engagement)
        self.engagement.drop_framework(ISO)
        self.engagement.add_framework(points(3))
        self.first = len(self.engagement.history())
        self.done: list[Any] = [state(self.engagement)]
        self.undone: list[Any] = []

    def teardown(self) -> None:
        assert self.engagement.check() == ()
        while len(self.done) > 1:
            assert state(self.engagement) == self.done.pop()
            self.engagement.undo()
        assert state(self.engagement) == self.done[0]
        self.engagement.close()
        shutil.rmtree(self.folder)

    def did(self, verb: Callable[[], Change]) -> None:
        before = state(self.engagement)
        try:
            change = verb()
        except (RefusedError, UsageError):
            assert state(self.engagement) == before
            return
        after = state(self.engagement)
        assert bool(change) == (after != before)
        if change:
            self.done.append(after)
            self.undone.clear()

    @rule(subject=POINT, value=VALUE, note=st.none() | TEXT)
    def rate(self, subject: tuple[str, str], value: str, note: str | None) -> None:
        self.did(lambda: self.engagement.rate(subject[0], [(subject[1], "")], value, note=note))

    @rule(subject=POINT, reason=TEXT)
    def not_applicable(self, subject: tuple[str, str], reason: str) -> None:
        self.did(lambda: self.engagement.rate(subject[0], [(subject[1], "")], "na", reason=reason))

    @rule(subject=PRACTICE, unit=PROJECT, value=st.sampled_from(["FM", "LM", "DM", "NY", ""]))
    def rate_a_practice(self, subject: tuple[str, str], unit: str, value: str) -> None:
        self.did(lambda: self.engagement.rate(subject[0], [(subject[1], unit)], value))

    @rule(subject=POINT, text=TEXT, on=st.none() | st.booleans())
    def write_beside(self, subject: tuple[str, str], text: str, on: bool | None) -> None:
        catalog, item = subject
        if on is None:
            self.did(lambda: self.engagement.note(catalog, item, "", text))
        else:
            self.did(lambda: self.engagement.flag(catalog, item, "", on))

    @rule(
        rows=st.lists(st.tuples(POINT, st.sampled_from(["partial", "conforming", None]), st.none() | TEXT), max_size=6)
    )
    def write(self, rows: list[tuple[tuple[str, str], str | None, str | None]]) -> None:
        answers = [AnswerRow(catalog, item, "", value, note) for (catalog, item), value, note in rows]
        refused = self.engagement.refused(answers)
        before = len(self.done)
        self.did(lambda: self.engagement.write_answers(answers, "Import"))
        assert not (refused and len(self.done) > before)

    @rule(subjects=st.lists(POINT, min_size=1, max_size=3), cls=st.sampled_from(["minor", "observation"]))
    def finding(self, subjects: list[tuple[str, str]], cls: Any) -> None:
        self.did(lambda: self.engagement.record_finding(Finding("", 0, cls, tuple(subjects))))

    @precondition(lambda self: self.engagement.findings())
    @rule(drop=st.booleans())
    def change_a_finding(self, drop: bool) -> None:
        last = self.engagement.findings()[-1]
        if drop:
            self.did(lambda: self.engagement.drop_finding(last.id))
        else:
            fewer = Finding(last.id, last.number, last.cls, last.items[:1], gap="Changed")
            self.did(lambda: self.engagement.record_finding(fewer))

    @rule(former=st.sampled_from([ISO, CMMI]), mode=st.sampled_from(["transition", "dual"]))
    def succeed(self, former: str, mode: Any) -> None:
        self.did(lambda: self.engagement.succeed(AFTER[former], mode))

    @rule(catalog=st.sampled_from([ISO26, CMMI3]))
    def drop(self, catalog: str) -> None:
        self.did(lambda: self.engagement.drop_framework(catalog))

    @rule(catalog=st.sampled_from([ISO26, CMMI3]))
    def confirm(self, catalog: str) -> None:
        marked = list(self.engagement.carried(catalog))[:2]
        if marked:
            self.did(lambda: self.engagement.confirm(catalog, marked))
            assert not {*marked} & self.engagement.carried(catalog).keys()

    @rule(area=st.sampled_from(["CM", "SAM"]), catalog=st.sampled_from([CMMI, CMMI3]), reason=TEXT)
    def exclude(self, area: str, catalog: str, reason: str) -> None:
        self.did(lambda: self.engagement.exclude(catalog, area, "heron", reason))

    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        for _ in range(times):
            if len(self.done) > 1:
                self.engagement.undo()
                self.undone.append(self.done.pop())

    @rule(times=st.integers(1, 4))
    def redo(self, times: int) -> None:
        for _ in range(times):
            if self.undone:
                self.engagement.redo()
                self.done.append(self.undone.pop())

    @rule()
    def close_and_open(self) -> None:
        self.engagement.close()
        self.engagement = Engagement.open(self.path, author="Next day")

    @invariant()
    def is_what_the_model_says(self) -> None:
        assert state(self.engagement) == self.done[-1]

    @invariant()
    def twins_say_the_same(self) -> None:
        assert equal(self.engagement)
        for finding in self.engagement.findings():
            for catalog, item in finding.items:
                twin = self.engagement.twin_of(catalog, item)
                assert twin is None or twin in finding.items

    @invariant()
    def every_finding_is_somewhere(self) -> None:
        shown, left = self.engagement.findings(), self.engagement.left_behind()
        rows = state(self.engagement)["finding"]
        assert sorted(one.id for one in (*shown, *left)) == sorted(row[0] for row in rows)
        live = {one.catalog for one in self.engagement.frameworks()}
        assert all(catalog in live for one in shown for catalog, _ in one.items)

    @invariant()
    def marks_stand_on_answers(self) -> None:
        for framework in self.engagement.frameworks():
            answers = self.engagement.answers(framework.catalog)
            assert all(answers[cell].value for cell in self.engagement.carried(framework.catalog))


TestEditions = Editions.TestCase
TestEditions.settings = settings(
    max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
