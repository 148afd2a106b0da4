"""Changes to the plan by keyboard: each asks one thing, is tried on the plan first, and is written as one step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gapbench.errors import GapbenchError, UsageError
from gapbench.planning.schedule import slips
from gapbench.planning.values import STATUSES, Action, Decision
from gapbench.rating.wording import plural
from gapbench.tui.screens.ask import AskLine, AskText, Choose, Option, Reading
from gapbench.tui.screens.plan_rows import last_gates
from gapbench.tui.screens.plan_words import A_DAY, day_of, effort, effort_of, exact, long_day
from gapbench.tui.widgets.canvas import Row, fit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gapbench.engagement.values import Change
    from gapbench.planning.values import PlannedPackage, Schedule, Slip
    from gapbench.tui.screens.plan import PlanScreen
    from gapbench.tui.screens.plan_rows import Line
    from gapbench.work.planning import Plan

WEEK = 7


@dataclass(frozen=True)
class Edit:
    """A new decision on a package, or a new wording of an action."""

    decision: Decision | None = None
    action: Action | None = None


class Editor:
    """What the keys of the table change; the line in hand is a package or one of its actions."""

    def __init__(self, screen: PlanScreen) -> None:
        self._screen = screen

    # -- one step --------------------------------------------------------------------------------------------------

    def keep(self, edit: Edit, *, show: bool = False) -> None:
        """Write it; say what slips, or list it where dates were the point."""
        before = self._screen.plan
        try:
            after = self._tried(edit)
        except GapbenchError as problem:
            self._screen.say(str(problem), "bad")
            return
        moved = slips(before.schedule, after.schedule) if before else ()
        later = [it for it in moved if it.days > 0]
        said = f"{plural(len(later), 'date slips', 'dates slip')}" if later else ""
        if self._screen.do(self._verb(edit), said) and show and later:
            ends = {gate.id: gate.title for gate in last_gates(after)}
            most = "".join(f", {ends[it.id]} {it.days:+d} days" for it in moved if it.id in ends)
            title = f"What slips: {plural(len(later), 'date')}{most}"
            self._screen.app.push_screen(Reading(title, slip_rows(after, moved)))

    def _verb(self, edit: Edit) -> Callable[[], Change]:
        engagement = self._screen.desk.engagement
        if edit.decision is not None:
            decision = edit.decision
            return lambda: engagement.decide_package(decision)
        action = edit.action
        assert action is not None  # noqa: S101 - an edit has one of the two
        return lambda: engagement.record_action(action)

    def _tried(self, edit: Edit) -> Plan:
        return self._screen.planner.trial(decision=edit.decision, action=edit.action)

    def _ask(self, title: str, hint: str, value: str, make: Callable[[str], Edit], *, show: bool = False) -> None:
        """Ask for a line; what cannot be planned is told in the dialog, and nothing typed is lost."""

        def refuse(text: str) -> str | None:
            try:
                self._tried(make(text))
            except GapbenchError as problem:
                return str(problem)
            return None

        def answered(text: str | None) -> None:
            if text is not None:
                self.keep(make(text), show=show)

        self._screen.app.push_screen(AskLine(title, hint=hint, value=value, refuse=refuse), answered)

    # -- the line in hand ------------------------------------------------------------------------------------------

    def status(self, line: Line) -> None:
        """On to the next status, round and round."""
        it, action = self._of(line)
        now = action.status if action else it.decision.status
        following = STATUSES[(STATUSES.index(now) + 1) % len(STATUSES)]
        self.keep(self._with(line, status=following))

    def owner(self, line: Line) -> None:
        """Ask who does it."""
        it, action = self._of(line)
        value = action.owner if action else it.decision.owner
        hint = f"Suggested: {it.package.owner or 'nobody'}. Empty leaves it so." if not action else "Who does it."
        self._ask(f"Owner of {_called(line)}", hint, value, lambda text: self._with(line, owner=text.strip()))

    def start(self, line: Line) -> None:
        """Ask from when on it may run."""
        it, action = self._of(line)
        value = (action or it.decision).start
        self._ask(
            f"{_called(line)}: not before",
            f"{A_DAY} Empty: as early as it can.",
            value.isoformat() if value else "",
            lambda text: self._with(line, start=day_of(text, self._screen.today)),
            show=True,
        )

    def due(self, line: Line) -> None:
        """Ask by when it is to be done."""
        it, action = self._of(line)
        value = (action or it.decision).due
        self._ask(
            f"{_called(line)}: due",
            f"{A_DAY} Empty: no day of its own.",
            value.isoformat() if value else "",
            lambda text: self._with(line, due=day_of(text, self._screen.today)),
        )

    def shift(self, line: Line, weeks: int) -> None:
        """Begin some weeks later or earlier; as early as it can once nothing holds it back."""
        it, action = self._of(line)
        slot = self._screen.plan.schedule.slots.get(it.id) if self._screen.plan else None
        if action is not None or slot is None:
            self._screen.say("Only a package that is still to be done can be moved by weeks; d says a day.")
            return
        if weeks < 0 and it.decision.start is None:
            self._screen.say(f"{it.id} runs as early as what comes before it and the capacity allow.")
            return
        day = max(slot.start, it.decision.start or slot.start).toordinal() + weeks * WEEK
        start = slot.start.fromordinal(day)
        free = self._screen.planner.trial(decision=replace(it.decision, start=None)).schedule.slots[it.id].start
        self.keep(Edit(replace(it.decision, start=start if start > free else None)))

    def effort(self, line: Line) -> None:
        """Ask for person-days."""
        it, action = self._of(line)
        if action is not None:
            value = exact(action.effort) if action.effort is not None else ""
            self._ask(
                f"Person-days of {_called(line)}",
                "One figure. Empty leaves it to the package.",
                value,
                lambda text: self._with(line, effort=_one(text)),
            )
            return
        value = "-".join(map(exact, it.decision.effort)) if it.decision.effort else ""
        hint = f"What this client has to do, as in 4-8. Empty: by the model, now {effort(*it.effort)}."
        self._ask(f"Person-days of {it.id}", hint, value, lambda text: self._with(line, effort=effort_of(text)))

    def pain(self, line: Line) -> None:
        """Ask for likelihood and impact."""
        it, _ = self._of(line)
        value = " ".join(map(str, it.decision.pain)) if it.decision.pain else ""
        hint = "Likelihood, then impact of the trouble that this would end, 1 to 5 each, as in 3 4. Empty: not asked."
        self._ask(f"Pain behind {it.id}", hint, value, lambda text: Edit(replace(it.decision, pain=_pain(text))))

    def priority(self, line: Line) -> None:
        """Ask for a priority of one's own, then for its reason."""
        it, _ = self._of(line)
        value = exact(it.decision.priority) if it.decision.priority is not None else ""
        hint = f"The model says {it.priority.own:.2f}. Empty: by the model."

        def answered(text: str | None) -> None:
            if text is None:
                return
            wanted = _figure_of(text)
            if wanted is None:
                self.keep(Edit(replace(it.decision, priority=None, reason="")))
                return
            ask = AskText(f"Why does {it.id} rank at {wanted:g}?", value=it.decision.reason, must="esc keeps it")
            self._screen.app.push_screen(ask, lambda why: reasoned(wanted, why))

        def reasoned(wanted: float, why: str | None) -> None:
            reason = it.decision.reason if why is None else why
            if reason:
                self.keep(Edit(replace(it.decision, priority=wanted, reason=reason)))
            else:
                self._screen.say("A priority of your own wants its reason; nothing was changed.", "bad")

        self._screen.app.push_screen(
            AskLine(f"Priority of {it.id}", hint=hint, value=value, refuse=_refuse_figure), answered
        )

    # -- actions ---------------------------------------------------------------------------------------------------

    def add(self, name: str) -> None:
        """Ask what is to be done in a package; "" leaves it to what is in none."""
        plan = self._screen.plan
        where = f" in {name} {plan.package[name].package.name}" if plan is not None and name else ""

        def make(text: str) -> Edit:
            if not text.strip():
                raise UsageError("An action says what is to be done; esc goes back.")
            return Edit(action=Action("", name, text.strip(), manual=True))

        self._ask(f"New action{where}", "What is to be done?", "", make)

    def words(self, line: Line) -> None:
        """Ask for other words of an action."""
        _, action = self._of(line)
        if action is None:
            return

        def answered(text: str | None) -> None:
            if text:
                self.keep(Edit(action=replace(action, what=text)))

        self._screen.app.push_screen(AskText("Action", hint="What is to be done?", value=action.what), answered)

    def drop(self, line: Line) -> None:
        """Drop a recorded action, or what was decided on a package."""
        it, action = self._of(line)
        engagement = self._screen.desk.engagement
        if action is not None:
            if all(action.id != each.id for each in engagement.actions()):
                self._screen.say("This one is proposed by the plan; it goes when its requirements are closed.")
                return
            self._screen.do(lambda: engagement.drop_action(action.id))
            return
        empty = Decision(it.id)
        if it.decision == empty:
            self._screen.say(f"Nothing was decided on {it.id}; it is as the model takes it.")
            return
        options = [
            Option("no", "n", "keep it"),
            Option("yes", "y", "back to the model", "owner, days, effort, pain, priority, status"),
        ]

        def answered(answer: str | None) -> None:
            if answer == "yes":
                self.keep(Edit(empty))

        self._screen.app.push_screen(Choose(f"Drop what was decided on {it.id}?", options), answered)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _of(self, line: Line) -> tuple[PlannedPackage, Action | None]:
        plan = self._screen.plan
        assert plan is not None  # noqa: S101 - there are lines only while there is a plan
        return plan.package[line.package], line.action

    def _with(self, line: Line, **changed: Any) -> Edit:
        it, action = self._of(line)
        if action is not None:
            return Edit(action=replace(action, **changed))
        return Edit(replace(it.decision, **changed))


def _called(line: Line) -> str:
    return f"“{fit(line.action.what, 40)}”" if line.action else line.package


def _one(text: str) -> float | None:
    found = effort_of(text)
    if found is None:
        return None
    if found[0] != found[1]:
        raise UsageError("An action has one figure of person-days, such as 2 or 0.5.")
    return found[0]


def _pain(text: str) -> tuple[int, int] | None:
    words = text.replace("x", " ").replace(",", " ").split()
    if not words:
        return None
    if len(words) != len(("likelihood", "impact")) or not all(word.isdecimal() and word.isascii() for word in words):
        raise UsageError("Write likelihood and impact as two figures from 1 to 5, as in 3 4.")
    return int(words[0]), int(words[1])


def _figure_of(text: str) -> float | None:
    try:
        found = effort_of(text)
    except UsageError:
        return None
    return found[0] if found else None


def _refuse_figure(text: str) -> str | None:
    return "Write a figure such as 4 or 2.5." if text.strip() and _figure_of(text) is None else None


def slip_rows(plan: Plan, moved: Sequence[Slip]) -> Callable[[int], list[Row]]:
    """Packages and gates with their new last day, and by how many days it moved."""
    names = {it.id: f"{it.id}  {it.package.name}" for it in plan.packages} | _gates(plan.schedule)
    return lambda width: [
        [
            (f"{it.days:+5d} days  ", "bad" if it.days > 0 else "good"),
            (f"{long_day(it.after):>11}  ", "strong"),
            (f"was {long_day(it.before):>11}  ", "dim"),
            (fit(names.get(it.id, it.id), max(8, width - 42)), ""),
        ]
        for it in moved
    ]


def _gates(schedule: Schedule) -> dict[str, str]:
    return {gate.id: gate.title for gate in schedule.gates}


__all__ = ["Editor", "slip_rows"]
