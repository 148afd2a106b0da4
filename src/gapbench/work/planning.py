"""The plan of an open engagement, for screens, workbook and commands: frozen values, made anew after every step.

planner = Planner(engagement, readiness, today=date.today())
planner.look().packages
planner.take(engagement.decide_package(Decision("WP04", status="started")))
planner.look().forecast
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gapbench.catalog import packages as texts
from gapbench.catalog.overlap import overlaps
from gapbench.planning import candidates, future, whatif
from gapbench.planning import paths as orders
from gapbench.planning.agenda import Beside, review_agenda
from gapbench.planning.calendar import Calendar
from gapbench.planning.forecast import Forecaster
from gapbench.planning.outlook import Outlook, outlook
from gapbench.planning.programme import Standings, audit_programme
from gapbench.planning.requirements import track_of
from gapbench.planning.resolve import resolve
from gapbench.planning.schedule import action_days, slips
from gapbench.rating.results import ConformityResult, LevelResult
from gapbench.work.plan_report import FORMAT, plan_json
from gapbench.work.readiness import Readiness

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from gapbench.catalog.model import Catalog
    from gapbench.catalog.overlap import Overlap
    from gapbench.engagement.engagement import Engagement
    from gapbench.engagement.values import Change
    from gapbench.planning.agenda import ReviewAgenda
    from gapbench.planning.programme import AuditProgramme
    from gapbench.planning.requirements import Part
    from gapbench.planning.values import (
        Action,
        Decision,
        Gate,
        Moment,
        Package,
        PlannedPackage,
        Requirement,
        Saving,
        Schedule,
        Settings,
        Standing,
        Track,
    )

__all__ = ["FORMAT", "Plan", "Planner", "plan_json", "plan_of", "slips"]


@dataclass(frozen=True)
class Ground:
    """What the plan of some frameworks stands on; made once.

    Attributes:
        packages: Every package of them, with nothing open too.
    """

    catalogs: tuple[Catalog, ...]
    packages: tuple[Package, ...]

    @cached_property
    def audit(self) -> texts.AuditText:
        """The audit programme before results shape it."""
        return texts.audit_programme(self.catalogs)

    @cached_property
    def review(self) -> texts.ReviewText:
        """The agenda of the management review before results fill it."""
        return texts.management_review(self.catalogs)

    @cached_property
    def overlaps(self) -> tuple[Overlap, ...]:
        """Where two of them ask for the same."""
        return overlaps(self.catalogs)


def ground_of(catalogs: Sequence[Catalog]) -> Ground:
    """The packages of some frameworks, and the rest once it is asked for."""
    return Ground(tuple(catalogs), resolve(texts.packages(catalogs)))


@dataclass(frozen=True)
class Plan:
    """The plan of one engagement at one moment. What few ask for is made when it is asked for.

    Attributes:
        client: Whose it is.
        today: The day of looking.
        settings: What the client said about the programme.
        outlook: Packages, schedule, forecast and saving.
        parts: Case and result of each framework that it rests on.
        recorded: Every recorded action, those of packages with nothing open too.
    """

    client: str
    today: date
    settings: Settings
    outlook: Outlook
    parts: tuple[Part, ...]
    ground: Ground
    recorded: tuple[Action, ...] = ()

    @property
    def packages(self) -> tuple[PlannedPackage, ...]:
        """Packages with something open, or with an action that is not done, in the order of work."""
        return self.outlook.packages

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """Clauses and practices of every framework, open or not."""
        return self.outlook.requirements

    @property
    def schedule(self) -> Schedule:
        """When everything runs; `schedule.slots` by package."""
        return self.outlook.schedule

    @property
    def gates(self) -> tuple[Gate, ...]:
        """The milestones of both tracks, in order."""
        return self.outlook.schedule.gates

    @property
    def forecast(self) -> tuple[Moment, ...]:
        """Readiness at each month end, until the last package is done."""
        return self.outlook.forecast

    @property
    def saving(self) -> Saving:
        """What one programme saves over two, as modelled."""
        return self.outlook.saving

    @cached_property
    def package(self) -> Mapping[str, PlannedPackage]:
        """Package id -> the package."""
        return {it.id: it for it in self.packages}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Catalog id -> the name of the framework, as people say it."""
        return {case.scope.catalog.id: case.scope.catalog.name for case, _ in self.parts}

    @cached_property
    def tracks(self) -> Mapping[str, Track]:
        """Catalog id -> which programme asks it."""
        return {case.scope.catalog.id: track_of(case.scope.catalog) for case, _ in self.parts}

    @cached_property
    def now(self) -> Mapping[str, Standing]:
        """Catalog id -> what the rules say today, with the number of open requirements."""
        left = Counter(it.ref[0] for it in self.requirements if it.open)
        return {result.catalog: future.standing(case, result, left[result.catalog]) for case, result in self.parts}

    @cached_property
    def dates(self) -> Mapping[str, tuple[date, date]]:
        """Action id -> first and last day, as decided or as its package runs; what is done has none."""
        calendar = Calendar(self.schedule.begin, self.settings)
        found: dict[str, tuple[date, date]] = {}
        for it in self.packages:
            slot = self.schedule.slots.get(it.id)
            if slot is not None:
                found |= action_days(it, slot, calendar)
        return found

    @cached_property
    def candidates(self) -> Mapping[str, Mapping[candidates.Standing, int]]:
        """Practice framework that overlaps -> practices confirmed, gaps, candidates by an ISO answer, none of these."""
        found: dict[str, dict[str, candidates.Standing]] = {}
        by_name = {result.catalog: (case, result) for case, result in self.parts}
        for overlap in self.ground.overlaps:
            (_, iso), (case, cmmi) = by_name[overlap.iso], by_name[overlap.cmmi]
            if isinstance(iso, ConformityResult) and isinstance(cmmi, LevelResult):
                states = found.setdefault(overlap.cmmi, {})
                for name, state in candidates.standing(candidates.Sides(overlap, iso, cmmi, case.scope)).items():
                    if states.get(name) in (None, "none"):
                        states[name] = state
        kinds: tuple[candidates.Standing, ...] = ("confirmed", "gap", "candidate", "none")
        return {name: {kind: list(states.values()).count(kind) for kind in kinds} for name, states in found.items()}

    @cached_property
    def programme(self) -> AuditProgramme:
        """The audits of the twelve months from the begin of the programme, for every framework."""
        return audit_programme(
            self.ground.audit, self.ground.packages, self._standings, self.schedule.begin, size=self.settings.size
        )

    @cached_property
    def agenda(self) -> ReviewAgenda:
        """The management review, on the day that the schedule has for it."""
        gate = self.schedule.gate.get("iso.review")
        beside = Beside(self.programme, self.actions, self.today)
        day = gate.finish if gate is not None else self.schedule.finish
        return review_agenda(self.ground.review, self.ground.packages, self._standings, day, beside)

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """Recorded and proposed actions of every package in the order of work, then what else is recorded."""
        inside = [it for package in self.packages for it in package.actions]
        names = {it.id for it in inside}
        return (*inside, *(it for it in self.recorded if it.id not in names))

    @cached_property
    def _standings(self) -> Standings:
        return Standings(
            {result.catalog: case for case, result in self.parts}, {result.catalog: result for _, result in self.parts}
        )

    # --- questions -------------------------------------------------------------------------------

    def what_if(self, done: Iterable[str]) -> Mapping[str, Standing]:
        """Catalog id -> what the rules would say if these packages were done."""
        return future.after(self.parts, self.packages, done)

    def best(self, days: float) -> whatif.Choice:
        """The packages that give most for so many person-days."""
        return whatif.best(self.packages, days)

    def paths(self) -> tuple[orders.Path, ...]:
        """Both tracks together, ISO first, CMMI first; one track has one order."""
        return orders.paths(self.packages, self.settings, today=self.today, targets=self.outlook.targets)


class Planner:
    """The plan of an open engagement, kept true at every step.

    Attributes:
        today: From which everything is counted.
        unrated_is_met: Forecast as if what nobody has rated were met, to look beyond a session that goes on.
    """

    def __init__(
        self,
        engagement: Engagement,
        readiness: Readiness | None = None,
        *,
        today: date,
        unrated_is_met: bool = False,
    ) -> None:
        """Look at nothing yet.

        Args:
            engagement: The open file.
            readiness: Where somebody keeps it already; else one of our own.
            today: The day of looking.
            unrated_is_met: See above.
        """
        self.today = today
        self.unrated_is_met = unrated_is_met
        self._engagement = engagement
        self._readiness = readiness
        self._own: Readiness | None = None
        self._forecaster = Forecaster()
        self._ground: Ground | None = None
        self._plan: Plan | None = None

    def take(self, change: Change) -> None:
        """Bring the plan in line with one step; a readiness that somebody else keeps has taken it before."""
        if not change:
            return
        if self._own is not None and change.kinds - {"plan"}:
            self._own.take(change)
        self._plan = None

    def look(self) -> Plan:
        """The plan as it is now.

        Raises:
            UsageError, RefusedError: Something cannot be planned; the sentence says what.
        """
        if self._plan is None:
            self._plan = self._made(
                self._engagement.plan_settings(), self._engagement.decisions(), self._engagement.actions()
            )
        return self._plan

    def trial(
        self,
        *,
        settings: Settings | None = None,
        decision: Decision | None = None,
        action: Action | None = None,
        without: str = "",
    ) -> Plan:
        """The plan as it would be with this said; nothing is written, and `slips` of both schedules tells what moves.

        Args:
            settings: Instead of those of the file.
            decision: Instead of the one on its package.
            action: A new one, or instead of the one of its id.
            without: Id of a recorded action that is left out.

        Raises:
            UsageError, RefusedError: It could not be planned.
        """
        decisions = {it.package: it for it in self._engagement.decisions()}
        actions = {it.id: it for it in self._engagement.actions()}
        if decision is not None:
            decisions[decision.package] = decision
        if action is not None:
            actions[action.id] = action
        actions.pop(without, None)
        return self._made(settings or self._engagement.plan_settings(), decisions.values(), tuple(actions.values()))

    def _made(self, settings: Settings, decisions: Iterable[Decision], actions: tuple[Action, ...]) -> Plan:
        readiness = self._kept()
        parts = tuple((case, readiness.results[name]) for name, case in readiness.cases.items())
        ground = self._on([case.scope.catalog for case, _ in parts])
        found = outlook(
            parts,
            ground.packages,
            settings,
            today=self.today,
            decisions=decisions,
            actions=actions,
            unrated_is_met=self.unrated_is_met,
            forecaster=self._forecaster,
        )
        return Plan(self._engagement.profile().client, self.today, settings, found, parts, ground, actions)

    def _kept(self) -> Readiness:
        if self._readiness is not None:
            return self._readiness
        if self._own is None:
            self._own = Readiness(self._engagement)
        return self._own

    def _on(self, catalogs: Sequence[Catalog]) -> Ground:
        if self._ground is None or [*map(id, self._ground.catalogs)] != [*map(id, catalogs)]:
            self._ground = ground_of(catalogs)
        return self._ground


def plan_of(engagement: Engagement, today: date, readiness: Readiness | None = None) -> Plan:
    """The plan as it is now; a `Planner` is quicker where it is asked for again and again.

    Raises:
        UsageError, RefusedError: Something cannot be planned; the sentence says what.
    """
    return Planner(engagement, readiness, today=today).look()
