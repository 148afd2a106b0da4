"""The verbs on the plan: settings of the programme, decisions on packages, recorded actions."""

from __future__ import annotations

import re
from dataclasses import replace
from math import isfinite
from typing import TYPE_CHECKING, get_args
from uuid import uuid4

from gapbench.catalog import packages
from gapbench.engagement import plan_rows
from gapbench.engagement.text import clean_text
from gapbench.engagement.wording import short
from gapbench.errors import RefusedError, UsageError
from gapbench.planning.plan import OTHER
from gapbench.planning.values import STATUSES, TRACKS, Action, Decision, Settings, Size
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from gapbench.catalog.model import Catalog
    from gapbench.engagement.file import File
    from gapbench.engagement.journal import Journal, Writer
    from gapbench.engagement.reading import Reader
    from gapbench.engagement.values import Change
    from gapbench.planning.values import Reference
    from gapbench.rating.inputs import Finding

SIZES: tuple[Size, ...] = get_args(Size)
MANDATES = ("none", "scored", "expected", "mandatory")
"""Words for a mandate, by its figure."""

FIRST_YEAR, LAST_YEAR = 2000, 2199
"""Years of a plan; others are a slip of the hand."""

MOST = 1_000_000
"""Person-days, or a priority, beyond which a figure is a slip of the hand."""

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_PROPOSED = "/"
"""Stands in the id of every proposed action, and in none that we make."""

_PLACE = "SELECT coalesce((SELECT position FROM action WHERE id = ?), (SELECT max(position) + 1 FROM action), 0)"
"""Where an action stands, or the place after the last one."""

_FIELDS = (
    "size",
    "begin",
    "capacity",
    "cmmi_mandate",
    "iso_mandate",
    "deadline",
    "holidays",
    "capacities",
    "deadlines",
)


class Planning:
    """What is decided about the plan; the plan itself is made from it anew at every look."""

    def __init__(self, file: File, journal: Journal, reader: Reader) -> None:
        self._file = file
        self._journal = journal
        self._reader = reader

    # --- what stands in the file -----------------------------------------------------------------

    def settings(self) -> Settings:
        """What the client said about the programme."""
        return plan_rows.settings(self._file)

    def decisions(self) -> tuple[Decision, ...]:
        """What was decided on packages."""
        return plan_rows.decisions(self._file)

    def actions(self) -> tuple[Action, ...]:
        """Recorded actions; what they close of superseded frameworks is left out."""
        found = plan_rows.actions(self._file)
        superseded = self._reader.standing().superseded if found else {}
        if not superseded:
            return found
        return tuple(replace(it, closes=_without(it.closes, superseded)) for it in found)

    # --- settings and decisions ------------------------------------------------------------------

    def set_plan(self, settings: Settings) -> Change:
        """Say what holds for the whole programme."""
        _refuse_settings(settings)
        with self._journal.step(_settings_title(self.settings(), settings)) as step:
            step.put_all("planning", plan_rows.setting_rows(settings))
        return step.change

    def decide(self, decision: Decision) -> Change:
        """Decide on one package; an empty decision takes away what was decided."""
        decision = replace(
            decision,
            owner=_line(decision.owner, f"The owner of {short(decision.package)}"),
            reason=clean_text(decision.reason.strip(), f"The reason for {short(decision.package)}"),
        )
        before = next((it for it in self.decisions() if it.package == decision.package), None)
        if before is None:
            self._refuse_package(decision.package)
        _refuse_decision(decision)
        empty = Decision(decision.package)
        with self._journal.step(_decision_title(before or empty, decision)) as step:
            if decision == empty:
                step.drop("work_package", ((decision.package,),))
            else:
                step.put("work_package", plan_rows.decision_row(decision))
        return step.change

    # --- actions ---------------------------------------------------------------------------------

    def record(self, action: Action) -> Change:
        """Record an action, take up a proposed one, or change the one of this id."""
        known = {it.id: it for it in plan_rows.actions(self._file)}
        before = known.get(action.id)
        action = self._complete(action, before)
        self._refuse(action, known)
        with self._journal.step(_action_title(before, action)) as step:
            self._write(step, action)
        return step.change

    def drop(self, action_id: str) -> Change:
        """Remove an action; those that wait for it wait for what it waited for."""
        every = {it.id: it for it in plan_rows.actions(self._file)}
        if action_id not in every:
            names = listed((short(it.what) for it in every.values()), limit=4)
            raise UsageError(f"There is no such action; recorded are {names or 'none yet'}.")
        gone = every.pop(action_id)
        waiting = [it for it in every.values() if action_id in it.needs]
        with self._journal.step(f"Remove the action “{short(gone.what)}”") as step:
            for it in waiting:
                needs = [each for name in it.needs for each in (gone.needs if name == action_id else (name,))]
                self._write(step, replace(it, needs=tuple(dict.fromkeys(needs))))
            step.drop("action", ((action_id,),))
        return step.change

    def _complete(self, action: Action, before: Action | None) -> Action:
        """With an id, clean words, each reference once, in the package where it belongs."""
        new = before is None and (not action.id or _PROPOSED in action.id)
        action = replace(
            action,
            id=str(uuid4()) if new else clean_text(action.id),
            what=clean_text(action.what.strip(), "What the action says"),
            owner=_line(action.owner, "The owner of the action"),
            closes=self._kept(action.closes, before),
            needs=tuple(dict.fromkeys(action.needs)),
        )
        if new and action.finding.startswith("proposed:"):  # it goes as soon as the points are rated otherwise
            action = replace(action, finding="")
        return action if action.package else replace(action, package=self._home(action))

    def _kept(self, closes: Sequence[Reference], before: Action | None) -> tuple[Reference, ...]:
        """What it closes, each once, and what it closed in frameworks that cannot be seen now."""
        superseded = self._reader.standing().superseded
        aside = [ref for ref in (before.closes if before else ()) if ref[0] in superseded]
        return tuple(dict.fromkeys((*closes, *aside)))

    def _home(self, action: Action) -> str:
        """The package that closes what an action closes, or what its finding rests on; "" when none does."""
        closer = {ref: text.id for text in packages.packages(self._catalogs()) for ref in text.closes}
        finding = next((it for it in self._findings() if action.finding and it.id == action.finding), None)
        refs = (*action.closes, *(self._requirements_of(finding) if finding else ()))
        return next((closer[ref] for ref in refs if ref in closer), "")

    def _requirements_of(self, finding: Finding) -> Iterator[Reference]:
        """Leaf clauses and practices that a finding rests on."""
        for name, item in finding.items:
            catalog = self._reader.catalog(name)
            if item in catalog.item:
                yield name, item if catalog.levels else catalog.item[item].group

    def _refuse(self, action: Action, known: Mapping[str, Action]) -> None:
        called = f"“{short(action.what)}”"
        if not action.what:
            raise UsageError("An action says what is to be done; write it.")
        if action.package:
            self._refuse_package(action.package)
        _refuse_status(action.status, called)
        _refuse_days(called, action.start, action.due)
        if action.effort is not None:
            _refuse_number(action.effort, f"The effort of {called}")
        for ref in action.closes:
            self._refuse_reference(ref)
        if action.finding and action.finding not in {it.id for it in self._findings()}:
            raise UsageError(f"The finding that {called} answers is not there; record the finding first.")
        strange = [name for name in action.needs if name not in known and name != action.id]
        if strange:
            raise UsageError(f"{called} waits for an action that is not recorded; record that one first.")
        _refuse_circle({**known, action.id: action}, action.id)

    def _refuse_reference(self, ref: Reference) -> None:
        catalog = self._reader.catalog(ref[0])
        if ref not in packages.requirements(catalog):
            kind = "practice" if catalog.levels else "clause without clauses below it"
            raise UsageError(f"An action closes whole requirements; {short(ref[1])} is no {kind} of {catalog.name}.")

    def _refuse_package(self, package: str) -> None:
        names = [text.id for text in packages.packages(self._catalogs())]
        if package not in names and package not in _others(self._catalogs()):
            raise UsageError(
                f"There is no work package {short(package)} here; this engagement has {listed(names) or 'none yet'}."
            )

    def _catalogs(self) -> list[Catalog]:
        return [self._reader.catalog(one.catalog) for one in self._reader.frameworks()]

    def _findings(self) -> tuple[Finding, ...]:
        recorded, left = self._reader.all_findings()
        return (*recorded, *left)

    def _write(self, step: Writer, action: Action) -> None:
        ((place,),) = self._file.rows(_PLACE, (action.id,))
        step.put("action", plan_rows.action_row(action, place))

    # --- what other verbs do to actions ------------------------------------------------------------

    def without_finding(self, step: Writer, finding_id: str) -> None:
        """Part of removing a finding: its actions stay, and answer none."""
        for it in plan_rows.actions(self._file):
            if it.finding == finding_id:
                self._write(step, replace(it, finding=""))

    def without_framework(self, step: Writer, catalog_id: str) -> None:
        """Part of removing a framework: actions stay, and close nothing of it."""
        for it in plan_rows.actions(self._file):
            closes = _without(it.closes, (catalog_id,))
            if closes != it.closes:
                self._write(step, replace(it, closes=closes))

    def along(self, step: Writer, heirs: Mapping[Reference, Sequence[Reference]]) -> None:
        """Part of going on to a new edition: actions close what grew from what they closed."""
        for it in plan_rows.actions(self._file):
            new = [heir for ref in it.closes for heir in heirs.get(ref, ())]
            if new:
                self._write(step, replace(it, closes=tuple(dict.fromkeys((*it.closes, *new)))))


# --- refusals --------------------------------------------------------------------------------------


def _refuse_settings(settings: Settings) -> None:
    if settings.size not in SIZES:
        raise UsageError(f"A client's size is {listed(SIZES, last='or')}, not {short(str(settings.size))}.")
    _refuse_number(settings.capacity, "The capacity of a month")
    strange = [
        mandate for mandate in (settings.cmmi_mandate, settings.iso_mandate) if mandate not in range(len(MANDATES))
    ]
    if strange:
        raise UsageError(f"A mandate is {listed(MANDATES, last='or')}: 0 to 3, not {strange[0]}.")
    turned = [(first, last) for first, last in settings.holidays if last < first]
    if turned:
        raise UsageError(f"The holiday from {turned[0][0]} to {turned[0][1]} ends before it begins; turn it round.")
    _refuse_maps(settings)


def _refuse_maps(settings: Settings) -> None:
    said = (
        settings.begin,
        settings.deadline,
        *settings.deadlines.values(),
        *(it for pair in settings.holidays for it in pair),
    )
    for day in said:
        _refuse_year(day)
    for month, days in settings.capacities.items():
        if not _MONTH.fullmatch(month):
            raise UsageError(f"A month is written as in 2027-03, not {short(month)}.")
        _refuse_number(days, f"The capacity of {month}")
    for track in settings.deadlines:
        if track not in TRACKS:
            raise UsageError(f"A deadline is of {listed(TRACKS, last='or')}, not of {short(str(track))}.")


def _refuse_decision(decision: Decision) -> None:
    name = decision.package
    _refuse_status(decision.status, name)
    _refuse_days(name, decision.start, decision.due)
    if decision.effort is not None:
        low, high = decision.effort
        for figure in (low, high):
            _refuse_number(figure, f"The effort of {name}")
        if high < low:
            raise UsageError(f"The effort of {name} goes from the lower to the higher figure, not {low:g} to {high:g}.")
    if decision.pain is not None and not all(each in range(1, 6) for each in decision.pain):
        raise UsageError(f"Likelihood and impact of {name} go from 1 to 5 each, as in 3 and 4.")
    if decision.priority is not None:
        _refuse_number(decision.priority, f"The priority of {name}")
        if not decision.reason:
            raise UsageError(f"A priority of your own needs its reason; say why {name} ranks at {decision.priority:g}.")


def _refuse_status(status: str, called: str) -> None:
    if status not in STATUSES:
        raise UsageError(f"{called} is {listed(STATUSES, last='or')}, not {short(str(status))}.")


def _refuse_year(day: date | None) -> None:
    if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise UsageError(f"{day} is no day of a plan; name one from {FIRST_YEAR} to {LAST_YEAR}.")


def _refuse_days(called: str, start: date | None, due: date | None) -> None:
    _refuse_year(start)
    _refuse_year(due)
    if start is not None and due is not None and due < start:
        raise UsageError(f"{called} is due on {due}, before it may start on {start}; move one of them.")


def _refuse_number(number: float, called: str) -> None:
    if not isfinite(number) or not 0 <= number <= MOST:
        raise UsageError(f"{called} is a figure from 0 up, not {number:g}.")


def _refuse_circle(actions: Mapping[str, Action], first: str) -> None:
    """Refuse an action that waits, directly or not, for itself; the sentence walks once around."""
    came: dict[str, str] = {}
    todo = [first]
    while todo:
        name = todo.pop(0)
        for need in actions[name].needs if name in actions else ():
            if need == first:
                ring = [first, *reversed(_way(came, name, first))]
                said = " waits for ".join(f"“{short(actions[it].what)}”" for it in [*ring, first])
                raise RefusedError(f"Actions would wait for each other in a circle: {said}; leave one of these out.")
            if need not in came:
                came[need] = name
                todo.append(need)


def _way(came: Mapping[str, str], name: str, first: str) -> list[str]:
    """Back from a name to the first one, which is left out."""
    way = []
    while name != first:
        way.append(name)
        name = came[name]
    return way


# --- words -----------------------------------------------------------------------------------------


def _settings_title(before: Settings, after: Settings) -> str:
    said = {
        "size": f"size {after.size}",
        "begin": f"begin {after.begin or 'today'}",
        "capacity": f"{after.capacity:g} person-days a month",
        "deadline": f"deadline {after.deadline or 'none'}",
        "cmmi_mandate": f"CMMI {MANDATES[after.cmmi_mandate]}",
        "iso_mandate": f"ISO {MANDATES[after.iso_mandate]}",
    }
    changed = [name for name in _FIELDS if getattr(before, name) != getattr(after, name)]
    if len(changed) == 1 and changed[0] in said:
        return f"Plan: {said[changed[0]]}"
    return "Set the plan"


def _decision_title(before: Decision, after: Decision) -> str:
    name = after.package
    if after == Decision(name):
        return f"Take away what was decided on {name}"
    said = {
        "owner": f"{name}: owner {short(after.owner) or 'as suggested'}",
        "status": f"{name} {after.status}",
        "start": f"{name}: not before {after.start}" if after.start else f"{name}: no first day",
        "due": f"{name}: due {after.due}" if after.due else f"{name}: not due",
        "pain": f"{name}: pain {after.pain[0]} x {after.pain[1]}" if after.pain else f"{name}: no pain said",
        "priority": f"{name}: priority {'by the model' if after.priority is None else f'{after.priority:g}'}",
    }
    changed = [field for field in (*said, "effort") if getattr(before, field) != getattr(after, field)]
    return said[changed[0]] if len(changed) == 1 and changed[0] in said else f"Decide on {name}"


def _action_title(before: Action | None, after: Action) -> str:
    called = f"“{short(after.what)}”"
    if before is None:
        where = f" in {after.package}" if after.package else ""
        return f"Action {called}{where}"
    if before.status != after.status and replace(before, status=after.status) == after:
        return f"Action {called} {after.status}"
    return f"Change the action {called}"


def _line(text: str, what: str) -> str:
    return clean_text(" ".join(text.split()), what)


def _without(closes: Sequence[Reference], catalogs: Collection[str]) -> tuple[Reference, ...]:
    return tuple(ref for ref in closes if ref[0] not in catalogs)


def _others(catalogs: Sequence[Catalog]) -> frozenset[str]:
    """Packages of what no package knows."""
    return frozenset({OTHER, *(f"{OTHER}-{catalog.id}" for catalog in catalogs)})
