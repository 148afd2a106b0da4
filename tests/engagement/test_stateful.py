"""Any order of verbs, undo, redo, closing and opening: the file is always what the model says."""

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
from gapbench.rating.inputs import Finding, Unit
from tests.engagement.small import CMMI, ISO, PROFILE, furnish, points, state

if TYPE_CHECKING:
    from collections.abc import Callable

    from gapbench.engagement.values import Change

ITEMS = st.sampled_from(["8.1 a", "8.1 b", "8.2 c"])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
PROJECTS = st.sampled_from(["falcon", "heron"])


class Session(RuleBasedStateMachine):
    """The model is a list of states as git has commits: `done` up to now, `undone` after it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="gapbench-test-"))
        self.path = self.folder / "acme.gapbench"
        self.engagement = Engagement.create(self.path, PROFILE, author="E. Gray")
        self.done: list[Any] = [state(self.engagement)]
        furnish(self.engagement)
        self.done.append(state(self.engagement))
        self.undone: list[Any] = []
        self.steps = len(self.engagement.history())

    def teardown(self) -> None:
        assert self.engagement.check() == ()
        self.engagement.close()
        assert [each.name for each in self.folder.iterdir()] == ["acme.gapbench"]
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
            self.steps += 1
            self.done.append(after)
            self.undone.clear()

    @rule(items=st.sets(ITEMS, min_size=1), value=st.sampled_from(["conforming", "partial", "not_conforming", ""]))
    def rate(self, items: set[str], value: str) -> None:
        self.did(lambda: self.engagement.rate(ISO, [(item, "") for item in sorted(items)], value))

    @rule(item=ITEMS, reason=TEXTS)
    def not_applicable(self, item: str, reason: str) -> None:
        self.did(lambda: self.engagement.rate(ISO, [(item, "")], "na", reason=reason))

    @rule(unit=PROJECTS, value=st.sampled_from(["FM", "LM", "DM"]), note=TEXTS)
    def rate_a_practice(self, unit: str, value: str, note: str) -> None:
        if unit in {each.id for each in self.engagement.units()}:
            self.did(lambda: self.engagement.rate(CMMI, [("CM 1.1", unit)], value, note=note))

    @rule(item=ITEMS, text=TEXTS)
    def note(self, item: str, text: str) -> None:
        self.did(lambda: self.engagement.note(ISO, item, "", text))

    @rule(item=ITEMS, on=st.booleans())
    def flag(self, item: str, on: bool) -> None:
        self.did(lambda: self.engagement.flag(ISO, item, "", on))

    @rule(rows=st.lists(st.tuples(ITEMS, st.sampled_from(["partial", "conforming", None]), TEXTS), max_size=5))
    def write(self, rows: list[tuple[str, str | None, str]]) -> None:
        answers = [AnswerRow(ISO, item, "", value, note) for item, value, note in rows]
        self.did(lambda: self.engagement.write_answers(answers, "Import"))

    @rule(unit=PROJECTS)
    def drop_unit(self, unit: str) -> None:
        if unit in {each.id for each in self.engagement.units()}:
            self.did(lambda: self.engagement.drop_unit(unit))

    @rule(unit=PROJECTS, name=st.sampled_from(["Falcon", "Egret"]))
    def put_unit(self, unit: str, name: str) -> None:
        if name not in {each.name for each in self.engagement.units() if each.id != unit}:
            self.did(lambda: self.engagement.put_unit(Unit(unit, name, "project")))

    @rule(items=st.sets(ITEMS, min_size=1), cls=st.sampled_from(["minor", "observation", "ofi"]))
    def finding(self, items: set[str], cls: Any) -> None:
        rests_on = tuple((ISO, item) for item in sorted(items))
        self.did(lambda: self.engagement.record_finding(Finding("", 0, cls, rests_on)))

    @precondition(lambda self: self.engagement.findings())
    @rule()
    def drop_finding(self) -> None:
        self.did(lambda: self.engagement.drop_finding(self.engagement.findings()[-1].id))

    @rule()
    def drop_or_add_framework(self) -> None:
        if any(each.catalog == ISO for each in self.engagement.frameworks()):
            self.did(lambda: self.engagement.drop_framework(ISO))
        self.did(lambda: self.engagement.add_framework(points()))

    @rule(item=ITEMS, text=TEXTS)
    def together(self, item: str, text: str) -> None:
        def both() -> Change:
            with self.engagement.together("Both") as step:
                self.engagement.note(ISO, item, "", text)
                self.engagement.rate(ISO, [(item, "")], "partial")
            return step.change

        self.did(both)

    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        for _ in range(times):
            if len(self.done) == 1:
                assert self.engagement.undo_title() == ""
                return
            self.engagement.undo()
            self.undone.append(self.done.pop())
            self.steps += 1

    @rule(times=st.integers(1, 4))
    def redo(self, times: int) -> None:
        for _ in range(times):
            if not self.undone:
                assert self.engagement.redo_title() == ""
                return
            self.engagement.redo()
            self.done.append(self.undone.pop())
            self.steps += 1

    @rule(tidy=st.booleans())
    def close_and_open(self, tidy: bool) -> None:
        if tidy:
            self.engagement.tidy()
        self.engagement.close()
        self.engagement = Engagement.open(self.path, author="Next day")

    @invariant()
    def is_what_the_model_says(self) -> None:
        assert state(self.engagement) == self.done[-1]
        assert bool(self.engagement.undo_title()) == (len(self.done) > 1)
        assert bool(self.engagement.redo_title()) == bool(self.undone)
        steps = self.engagement.history()
        assert len(steps) == self.steps
        standing = [step for step in steps if step.kind == "do" and not step.undone]
        assert len(standing) == len(self.done)


TestSession = Session.TestCase
TestSession.settings = settings(
    max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
