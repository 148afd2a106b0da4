"""What is said about the plan is kept, can be taken back, and never names what is not there."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from gapbench.catalog.shipped import load_shipped
from gapbench.engagement.engagement import Engagement
from gapbench.errors import FileError, GapbenchError, RefusedError, UsageError
from gapbench.planning.values import Action, Decision, Settings
from gapbench.rating.inputs import Finding
from tests.engagement.small import CMMI, ISO, ISO26, PROFILE, furnish, points, points_after, state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gapbench.engagement.values import Change

ISO15, CMMI2 = "iso9001-2015", "cmmi-2.0"
OTHER = f"other-{ISO}"
"""The package of a framework that no package knows, as the small ones."""

SAID = Settings(
    size="L",
    begin=date(2027, 1, 11),
    capacity=12.5,
    cmmi_mandate=3,
    iso_mandate=1,
    deadline=date(2027, 8, 31),
    holidays=((date(2026, 12, 24), date(2027, 1, 6)), (date(2027, 5, 1), date(2027, 5, 1))),
    capacities={"2027-08": 0.0, "2027-09": 30.0},
    deadlines={"iso": date(2027, 10, 1)},
)
DECIDED = Decision(
    "WP04",
    "Maria Läng",
    "started",
    date(2027, 2, 1),
    date(2027, 3, 31),
    (4.5, 8.0),
    (3, 4),
    5.25,
    "The customer asks for it first",
)


@pytest.fixture
def shipped(path: Path) -> Iterator[Engagement]:
    """ISO 9001:2015 and CMMI 2.0, nothing answered."""
    with Engagement.create(path, PROFILE, author="E. Gray") as made:
        made.add_framework(load_shipped(ISO15))
        made.add_framework(load_shipped(CMMI2), ("DEV",), 3)
        yield made


def recorded(engagement: Engagement, action: Action) -> Action:
    """The action as it stands in the file once it was recorded."""
    before = {it.id for it in engagement.actions()}
    engagement.record_action(action)
    (new,) = [it for it in engagement.actions() if it.id not in before]
    return new


# --- what is said, comes back --------------------------------------------------------------------


def test_a_fresh_file_says_nothing(engagement: Engagement) -> None:
    assert (engagement.plan_settings(), engagement.decisions(), engagement.actions()) == (Settings(), (), ())


def test_all_of_it_comes_back_after_closing(shipped: Engagement, path: Path) -> None:
    first = recorded(shipped, Action("", "WP04", "Write the procedure\nand train", manual=True))
    full = Action(
        "",
        "WP12",
        "Plan the work",
        ((CMMI2, "PLAN 2.1"), (ISO15, "8.1")),
        "Ann",
        2.5,
        date(2027, 1, 4),
        date(2027, 2, 1),
        "verified",
        (first.id,),
        manual=True,
    )
    second = recorded(shipped, full)
    shipped.set_plan(SAID)
    shipped.decide_package(DECIDED)
    shipped.close()
    with Engagement.open(path) as again:
        assert again.plan_settings() == SAID
        assert again.decisions() == (DECIDED,)
        assert again.actions() == (first, second) == (first, replace(full, id=second.id))
        assert again.check() == ()


def test_every_verb_is_one_step_with_a_name_that_undo_takes_back_and_redo_brings_again(shipped: Engagement) -> None:
    kept: dict[str, str] = {}

    def record() -> Change:
        return shipped.record_action(Action("", "WP04", "Write it"))

    def change() -> Change:
        kept["id"] = shipped.actions()[0].id
        return shipped.record_action(replace(shipped.actions()[0], status="done"))

    verbs: tuple[tuple[str, Callable[[], Change]], ...] = (
        ("Plan: 12.5 person-days a month", lambda: shipped.set_plan(Settings(capacity=12.5))),
        ("Set the plan", lambda: shipped.set_plan(SAID)),
        ("WP04: owner Ann", lambda: shipped.decide_package(Decision("WP04", "Ann"))),
        ("Decide on WP04", lambda: shipped.decide_package(DECIDED)),
        ("Take away what was decided on WP04", lambda: shipped.decide_package(Decision("WP04"))),
        ("Action “Write it” in WP04", record),
        ("Action “Write it” done", change),
        ("Remove the action “Write it”", lambda: shipped.drop_action(kept["id"])),
    )
    states = [state(shipped)]
    for title, verb in verbs:
        done = verb()
        assert (done.title, done.kinds, done.cells) == (title, frozenset({"plan"}), frozenset())
        states.append(state(shipped))
    for before in reversed(states[:-1]):
        shipped.undo()
        assert state(shipped) == before
    for after in states[1:]:
        shipped.redo()
        assert state(shipped) == after
    assert shipped.check() == ()


def test_saying_the_same_again_writes_nothing(shipped: Engagement) -> None:
    action = recorded(shipped, Action("", "WP04", "Write it", ((ISO15, "7.5.1"),)))
    shipped.set_plan(SAID)
    shipped.decide_package(DECIDED)
    before = shipped.history()
    assert not shipped.set_plan(SAID)
    assert not shipped.decide_package(DECIDED)
    assert not shipped.record_action(action)
    assert not shipped.decide_package(Decision("WP05"))
    assert shipped.history() == before


def test_several_verbs_are_one_step(shipped: Engagement) -> None:
    before = state(shipped)
    with shipped.together("From the workbook") as step:
        shipped.decide_package(DECIDED)
        shipped.record_action(Action("", "WP04", "Write it"))
    assert (step.change.title, *step.change.kinds) == ("From the workbook", "plan")
    shipped.undo()
    assert state(shipped) == before


# --- refusals ------------------------------------------------------------------------------------

_BAD: tuple[tuple[type[GapbenchError], str, Callable[[Engagement], object]], ...] = (
    (UsageError, "no work package WP99", lambda it: it.decide_package(Decision("WP99", "Ann"))),
    (UsageError, "due on 2027-01-01, before", lambda it: it.decide_package(
        Decision("WP04", start=date(2027, 2, 1), due=date(2027, 1, 1)))),
    (UsageError, "no day of a plan", lambda it: it.decide_package(Decision("WP04", due=date(9999, 1, 1)))),
    (UsageError, "figure from 0 up, not -1", lambda it: it.decide_package(Decision("WP04", effort=(-1, 2)))),
    (UsageError, "lower to the higher", lambda it: it.decide_package(Decision("WP04", effort=(3, 2)))),
    (UsageError, "from 0 up", lambda it: it.decide_package(Decision("WP04", effort=(0, float("inf"))))),
    (UsageError, "1 to 5", lambda it: it.decide_package(Decision("WP04", pain=(0, 5)))),
    (UsageError, "needs its reason; say why WP04 ranks at 5", lambda it: it.decide_package(
        Decision("WP04", priority=5, reason=" "))),
    (UsageError, "from 0 up", lambda it: it.decide_package(Decision("WP04", priority=-1, reason="x"))),
    (UsageError, "not late", lambda it: it.decide_package(Decision("WP04", status="late"))),  # type: ignore[arg-type]
    (RefusedError, "characters and", lambda it: it.decide_package(Decision("WP04", "x" * 300_000))),
    (UsageError, "says what is to be done", lambda it: it.record_action(Action("", "WP04", "  "))),
    (UsageError, "no work package", lambda it: it.record_action(Action("", "WP99", "x"))),
    (UsageError, "from 0 up", lambda it: it.record_action(Action("", "WP04", "x", effort=-0.5))),
    (UsageError, "before it may start", lambda it: it.record_action(
        Action("", "WP04", "x", start=date(2027, 2, 1), due=date(2027, 1, 1)))),
    (UsageError, "not recorded; record that", lambda it: it.record_action(Action("", "WP04", "x", needs=("WP04/1",)))),
    (UsageError, "record the finding first", lambda it: it.record_action(Action("", "WP04", "x", finding="F-01"))),
    (UsageError, "no clause without clauses", lambda it: it.record_action(Action("", "", "x", ((ISO15, "7.5"),)))),
    (UsageError, "no practice of CMMI 2.0", lambda it: it.record_action(Action("", "", "x", ((CMMI2, "CM"),)))),
    (UsageError, "no framework nist", lambda it: it.record_action(Action("", "", "x", (("nist", "1"),)))),
    (UsageError, "not XL", lambda it: it.set_plan(Settings(size="XL"))),  # type: ignore[arg-type]
    (UsageError, "capacity of a month is a figure", lambda it: it.set_plan(Settings(capacity=float("nan")))),
    (UsageError, "0 to 3, not 4", lambda it: it.set_plan(Settings(cmmi_mandate=4))),
    (UsageError, "ends before it begins", lambda it: it.set_plan(
        Settings(holidays=((date(2027, 2, 1), date(2027, 1, 1)),)))),
    (UsageError, "written as in 2027-03", lambda it: it.set_plan(Settings(capacities={"2027-13": 1}))),
    (UsageError, "from 0 up", lambda it: it.set_plan(Settings(capacities={"2027-12": -1}))),
    (UsageError, "no day of a plan", lambda it: it.set_plan(Settings(begin=date(9999, 12, 1)))),
    (UsageError, "of iso or cmmi", lambda it: it.set_plan(
        Settings(deadlines={"as9100": date(2027, 1, 1)}))),  # type: ignore[dict-item]
    (UsageError, "recorded are none yet", lambda it: it.drop_action("WP04/1")),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "words", "verb"), _BAD)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_is_written(
    shipped: Engagement, kind: type[GapbenchError], words: str, verb: Callable[[Engagement], object]
) -> None:
    before, steps = state(shipped), shipped.history()
    with pytest.raises(kind) as refused:
        verb(shipped)
    said = str(refused.value)
    assert words in said
    assert said.endswith(".")
    assert "\n" not in said
    assert (state(shipped), shipped.history()) == (before, steps)


def test_verified_needs_no_done_before(shipped: Engagement) -> None:
    assert shipped.decide_package(Decision("WP04", status="verified"))
    assert shipped.decide_package(Decision("WP04", status="started"))


def test_actions_that_would_wait_for_each_other_are_told_by_their_words(shipped: Engagement) -> None:
    first = recorded(shipped, Action("", "WP04", "Write"))
    second = recorded(shipped, Action("", "WP04", "Train", needs=(first.id,)))
    third = recorded(shipped, Action("", "WP04", "Use", needs=(second.id,)))
    with pytest.raises(RefusedError, match="circle: “Write” waits for “Use” waits for “Train” waits for “Write”;"):
        shipped.record_action(replace(first, needs=(third.id,)))
    with pytest.raises(RefusedError, match="“Use” waits for “Use”"):
        shipped.record_action(replace(third, needs=(third.id,)))
    assert shipped.actions() == (first, second, third)


def test_a_file_that_is_read_takes_nothing(shipped: Engagement, path: Path) -> None:
    shipped.close()
    with Engagement.open(path, read_only=True) as reading, pytest.raises(FileError, match="reading only"):
        reading.decide_package(DECIDED)


# --- where actions belong --------------------------------------------------------------------------


def test_a_proposed_action_is_taken_up_under_an_id_of_its_own(shipped: Engagement) -> None:
    proposed = Action("WP04/2", "WP04", "Close 7.5.1: a", ((ISO15, "7.5.1"),), finding="proposed:7.5.1")
    one, two = recorded(shipped, proposed), recorded(shipped, proposed)
    assert len({"WP04/2", one.id, two.id}) == 3
    assert one == replace(proposed, id=one.id, finding="")


def test_an_id_of_somebody_else_is_kept(shipped: Engagement) -> None:
    shipped.record_action(Action("4711", "WP04", "From the workbook"))
    assert not shipped.record_action(Action("4711", "WP04", "From the workbook"))
    assert [it.id for it in shipped.actions()] == ["4711"]


def test_an_action_lands_in_the_package_of_its_finding_or_of_what_it_closes(shipped: Engagement) -> None:
    shipped.rate(ISO15, [("9.2.1 b", "")], "partial", note="Two of five")
    shipped.record_finding(Finding("", 0, "minor", ((ISO15, "9.2.1 b"),)))
    (finding,) = shipped.findings()
    assert recorded(shipped, Action("", "", "Correct it", finding=finding.id)).package == "WP21"
    assert recorded(shipped, Action("", "", "Write it", ((ISO15, "7.5.1"),))).package == "WP04"
    assert recorded(shipped, Action("", "WP12", "Write it", ((ISO15, "7.5.1"),))).package == "WP12"
    assert recorded(shipped, Action("", "", "Something else")).package == ""


def test_a_finding_that_goes_leaves_its_action(shipped: Engagement) -> None:
    shipped.rate(ISO15, [("9.2.1 b", "")], "partial")
    shipped.record_finding(Finding("", 0, "minor", ((ISO15, "9.2.1 b"),)))
    (finding,) = shipped.findings()
    action = recorded(shipped, Action("", "", "Correct it", finding=finding.id))
    before = state(shipped)
    assert shipped.drop_finding(finding.id).kinds == {"findings", "plan"}
    assert shipped.actions() == (replace(action, finding=""),)
    assert shipped.check() == ()
    shipped.undo()
    assert state(shipped) == before


def test_who_waits_for_an_action_that_goes_waits_for_what_it_waited_for(shipped: Engagement) -> None:
    first = recorded(shipped, Action("", "WP04", "Write"))
    second = recorded(shipped, Action("", "WP04", "Train", needs=(first.id,)))
    third = recorded(shipped, Action("", "WP04", "Use", needs=(second.id,)))
    shipped.drop_action(second.id)
    assert shipped.actions() == (first, replace(third, needs=(first.id,)))
    shipped.drop_action(first.id)
    assert shipped.actions() == (replace(third, needs=()),)
    assert shipped.check() == ()


def test_a_framework_that_goes_takes_its_requirements_out_of_actions(shipped: Engagement) -> None:
    action = recorded(shipped, Action("", "", "Write it", ((ISO15, "7.5.1"), (CMMI2, "CM 2.1"))))
    before = state(shipped)
    shipped.drop_framework(CMMI2)
    assert shipped.actions() == (replace(action, closes=((ISO15, "7.5.1"),)),)
    assert shipped.check() == ()
    shipped.undo()
    assert state(shipped) == before


# --- editions --------------------------------------------------------------------------------------


@pytest.fixture
def tiny(path: Path) -> Iterator[Engagement]:
    """The small frameworks of three clauses, with two actions."""
    with Engagement.create(path, PROFILE) as made:
        furnish(made)
        made.drop_framework(ISO)
        made.add_framework(points(3))
        made.record_action(Action("one", OTHER, "Do 8.1 and 8.3", ((ISO, "8.1"), (ISO, "8.3"), (CMMI, "CM 1.1"))))
        made.record_action(Action("two", "", "Do 8.2", ((ISO, "8.2"),)))
        yield made


def closing_of(engagement: Engagement) -> list[tuple[tuple[str, str], ...]]:
    return [it.closes for it in engagement.actions()]


def test_actions_go_along_to_a_new_edition(tiny: Engagement) -> None:
    before, was = state(tiny), closing_of(tiny)
    tiny.succeed(points_after())
    assert closing_of(tiny) == [((CMMI, "CM 1.1"), (ISO26, "8.1"), (ISO26, "8.2"), (ISO26, "8.4")), ((ISO26, "8.2"),)]
    assert tiny.check() == ()
    tiny.record_action(replace(tiny.actions()[1], status="done"))  # keeps what it closed before
    tiny.drop_framework(ISO26)
    assert closing_of(tiny) == was
    for _ in range(3):
        tiny.undo()
    assert state(tiny) == before


def test_of_two_editions_asked_together_actions_close_both(tiny: Engagement) -> None:
    tiny.succeed(points_after(), "dual")
    first, _ = closing_of(tiny)
    assert {(ISO, "8.1"), (ISO26, "8.1")} <= {*first}
    assert tiny.check() == ()


# --- soundness -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE action SET needs = '[\"x\"]'", "waits for an action that is not there"),
        ("UPDATE action SET finding = 'x'", "answers a finding that is not there"),
        ('UPDATE action SET closes = \'[["iso9001-2015","99"]]\'', "ISO 9001:2015 has no 99"),
        ('UPDATE action SET closes = \'[["nist","1"]]\'', "no framework nist"),
        ("UPDATE action SET due = 'soon'", "cannot be read: Invalid isoformat string: 'soon'"),
        ("UPDATE work_package SET priority = 'high'", "work_package WP04 cannot be read"),
        ("UPDATE planning SET value = '\"XL\"' WHERE name = 'size'", "planning cannot be read: XL"),
    ],
)
def test_check_knows_the_plan(shipped: Engagement, path: Path, statement: str, said: str) -> None:
    shipped.set_plan(SAID)
    shipped.decide_package(DECIDED)
    shipped.record_action(Action("", "WP04", "Write it"))
    shipped.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()
    with Engagement.open(path) as again:
        problems = again.check()
    assert any(said in problem for problem in problems)
    assert any("is not what the journal says" in problem for problem in problems)


@pytest.mark.parametrize(
    ("statement", "ask"),
    [
        ("UPDATE action SET closes = '7'", Engagement.actions),
        ("UPDATE work_package SET due = 'soon'", Engagement.decisions),
        ("UPDATE planning SET value = '['", Engagement.plan_settings),
    ],
)
def test_a_damaged_plan_is_told_in_a_sentence(
    shipped: Engagement, path: Path, statement: str, ask: Callable[[Engagement], object]
) -> None:
    shipped.set_plan(SAID)
    shipped.decide_package(DECIDED)
    shipped.record_action(Action("", "WP04", "Write it"))
    shipped.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()
    with Engagement.open(path) as again, pytest.raises(FileError, match="gapbench check"):
        ask(again)


# --- any order -------------------------------------------------------------------------------------

DAYS = st.sampled_from([None, date(2027, 1, 4), date(2027, 3, 1)])


class Plans(RuleBasedStateMachine):
    """The model is a list of states as git has commits: `done` up to now, `undone` after it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="gapbench-test-"))
        self.path = self.folder / "acme.gapbench"
        self.engagement = Engagement.create(self.path, PROFILE)
        furnish(self.engagement)
        self.engagement.rate(ISO, [("8.1 a", "")], "partial")
        self.done: list[Any] = [state(self.engagement)]
        self.undone: list[Any] = []

    def teardown(self) -> None:
        assert self.engagement.check() == ()
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

    @rule(capacity=st.sampled_from([0.0, 12.5, -1.0]), begin=DAYS)
    def set_plan(self, capacity: float, begin: date | None) -> None:
        self.did(lambda: self.engagement.set_plan(Settings(capacity=capacity, begin=begin)))

    @rule(
        package=st.sampled_from([OTHER, "other", "WP99"]),
        owner=st.sampled_from(["", "Ann"]),
        start=DAYS,
        due=DAYS,
        priority=st.sampled_from([None, 2.5]),
        reason=st.sampled_from(["", "x"]),
    )
    def decide(
        self, package: str, owner: str, start: date | None, due: date | None, priority: float | None, reason: str
    ) -> None:
        decision = Decision(package, owner, start=start, due=due, priority=priority, reason=reason)
        self.did(lambda: self.engagement.decide_package(decision))

    @rule(
        name=st.sampled_from(["", "a", "b", "c", "other/1"]),
        needs=st.lists(st.sampled_from(["a", "b", "c"]), max_size=2),
        closes=st.lists(st.sampled_from([(ISO, "8.1"), (ISO26, "8.1"), (CMMI, "CM 1.1")]), max_size=2),
        answers=st.booleans(),
    )
    def record(self, name: str, needs: list[str], closes: list[tuple[str, str]], *, answers: bool) -> None:
        findings = self.engagement.findings()
        finding = findings[0].id if answers and findings else ""
        action = Action(name, "", "Do it", tuple(closes), needs=tuple(needs), finding=finding)
        self.did(lambda: self.engagement.record_action(action))

    @rule(name=st.sampled_from(["a", "b", "c"]))
    def drop(self, name: str) -> None:
        self.did(lambda: self.engagement.drop_action(name))

    @rule()
    def record_a_finding(self) -> None:
        self.did(lambda: self.engagement.record_finding(Finding("", 0, "minor", ((ISO, "8.1 a"),))))

    @rule()
    def drop_a_finding(self) -> None:
        findings = self.engagement.findings()
        if findings:
            self.did(lambda: self.engagement.drop_finding(findings[0].id))

    @rule(mode=st.sampled_from(["transition", "dual"]))
    def succeed(self, mode: Any) -> None:
        self.did(lambda: self.engagement.succeed(points_after(), mode))

    @rule(catalog=st.sampled_from([ISO26, CMMI]))
    def drop_framework(self, catalog: str) -> None:
        self.did(lambda: self.engagement.drop_framework(catalog))

    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        for _ in range(times):
            if len(self.done) > 1:
                self.engagement.undo()
                self.undone.append(self.done.pop())

    @rule(times=st.integers(1, 3))
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
    def names_only_what_is_there(self) -> None:
        actions = self.engagement.actions()
        live = {one.catalog for one in self.engagement.frameworks()}
        findings = {one.id for one in self.engagement.findings()}
        for it in actions:
            assert {each.id for each in actions}.issuperset(it.needs)
            assert all(catalog in live for catalog, _ in it.closes)
            assert not it.finding or it.finding in findings


TestPlans = Plans.TestCase
TestPlans.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
