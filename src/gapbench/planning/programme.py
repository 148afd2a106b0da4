"""One audit programme for a client, from the scope and the results of the engagement.

Pure: the texts of `catalog.packages` and the results go in, values come out. `agenda` does the same for the
management review.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from gapbench.rating.models import model_of
from gapbench.rating.results import ConformityResult
from gapbench.rating.wording import listed, plural

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from gapbench.catalog.packages import AuditText, AuditUnit, Question
    from gapbench.planning.values import Package, Reference, Size
    from gapbench.rating.inputs import Case, UnitKind
    from gapbench.rating.results import ClauseResult, ItemResult, Result

SHARE_OF_PROJECTS = 3
"""One in three projects is sampled where no appraisal names them all."""
_BAD_SHARE = 3
_PICKED: dict[str, tuple[UnitKind, ...]] = {
    "system": ("site",),
    "project": ("project", "site"),
    "support": ("function", "site"),
}
_WORST = frozenset({"DM", "NI"})
_WEAK = frozenset({"PM", "PI"})
OPEN = frozenset({"", "NC"})
"""Values of a practice about which nothing is known yet."""


@dataclass(frozen=True)
class Standings:
    """The frameworks of an engagement and what is known of them, by catalog id, in order."""

    cases: Mapping[str, Case]
    results: Mapping[str, Result]

    def clause(self, ref: Reference) -> ClauseResult | None:
        """The result of a leaf clause; None for anything else."""
        result = self.results.get(ref[0])
        return result.leaves.get(ref[1]) if isinstance(result, ConformityResult) else None

    def practice(self, ref: Reference) -> ItemResult | None:
        """The result of a practice in scope; None for anything else."""
        result = self.results.get(ref[0])
        if result is None or isinstance(result, ConformityResult):
            return None
        area = next((area for area in result.areas if not area.out and ref[1] in area.practices), None)
        return area.practices[ref[1]] if area is not None else None

    def in_scope(self) -> frozenset[Reference]:
        """Leaf clauses, and practices asked for the target."""
        return frozenset(ref for catalog, case in self.cases.items() for ref in self._asked(catalog, case))

    def _asked(self, catalog: str, case: Case) -> Iterator[Reference]:
        if isinstance(self.results[catalog], ConformityResult):
            yield from ((catalog, leaf.id) for leaf in case.scope.catalog.leaves)
            return
        for item in model_of(case.scope).in_scope(case.scope):
            if self.practice((catalog, item.id)) is not None:
                yield (catalog, item.id)


@dataclass(frozen=True, slots=True)
class Audit:
    """A unit of the programme in one quarter.

    Attributes:
        quarter: 1 to 4 from the day the programme begins; `begin` and `end` are its first and last day.
        sample: Names of the projects, sites or functions that are looked at.
        visits: How often within the quarter.
    """

    unit: str
    quarter: int
    begin: date
    end: date
    sample: tuple[str, ...]
    visits: int = 1


@dataclass(frozen=True, slots=True)
class AuditedUnit:
    """A unit of the programme as this client needs it.

    Attributes:
        refs: Leaf clauses and practices in scope that it holds; `areas` the areas of the practices.
        times: Visits a year; `doubled` says why they are twice as many, or is "".
        not_by: Owners of its packages: nobody audits their own work.
    """

    text: AuditUnit
    refs: tuple[Reference, ...]
    areas: tuple[Reference, ...]
    times: int
    doubled: str
    not_by: tuple[str, ...]
    questions: tuple[Question, ...]

    @property
    def id(self) -> str:
        """The id of the unit."""
        return self.text.id


@dataclass(frozen=True, slots=True)
class AuditProgramme:
    """The audits of twelve months.

    Attributes:
        audits: By quarter, then in the order of the units.
        projects: Why this sample of projects, in a sentence.
        days: Auditor-days a year for the client's size, low and high; an estimate.
    """

    begin: date
    units: tuple[AuditedUnit, ...]
    audits: tuple[Audit, ...]
    rules: tuple[str, ...]
    projects: str
    days: tuple[int, int]

    def of_quarter(self, quarter: int) -> tuple[Audit, ...]:
        """The audits of one quarter."""
        return tuple(audit for audit in self.audits if audit.quarter == quarter)


def audit_programme(
    text: AuditText,
    packages: Sequence[Package],
    standings: Standings,
    begin: date,
    *,
    size: Size = "M",
    stressed: Mapping[str, str] | None = None,
) -> AuditProgramme:
    """One programme for every framework of the engagement.

    Args:
        text: The units, with questions for these frameworks.
        packages: Those of the engagement; a unit holds what its packages close in scope.
        standings: Scope and results.
        begin: First day of the programme.
        size: Of the client.
        stressed: Unit -> why it is audited twice as often, beside bad results: importance, change.
    """
    scope = standings.in_scope()
    named = any(not isinstance(result, ConformityResult) for result in standings.results.values())
    units = tuple(
        unit
        for each in text.units
        if (unit := _audited(each, packages, standings, scope, (stressed or {}).get(each.id, ""))).refs
    )
    audits = [audit for at, unit in enumerate(units) for audit in _audits(unit, begin, standings, at, named=named)]
    audits.sort(key=lambda audit: audit.quarter)
    return AuditProgramme(
        begin, units, tuple(audits), text.rules, _projects(standings, named=named), text.auditor_days[size]
    )


def _audited(
    text: AuditUnit, packages: Sequence[Package], standings: Standings, scope: Collection[Reference], stress: str
) -> AuditedUnit:
    held = [package for package in packages if package.id in text.packages]
    refs = tuple(dict.fromkeys(ref for package in held for ref in package.closes if ref in scope))
    reasons = [reason for reason in (stress, _bad(refs, standings)) if reason]
    groups = {catalog: case.scope.catalog for catalog, case in standings.cases.items()}
    areas = ((ref[0], groups[ref[0]].item[ref[1]].group) for ref in refs if ref[1] in groups[ref[0]].item)
    return AuditedUnit(
        text=text,
        refs=refs,
        areas=tuple(dict.fromkeys((catalog, groups[catalog].area_of.get(group, group)) for catalog, group in areas)),
        times=len(text.quarters) * (2 if reasons else 1),
        doubled="; ".join(reasons),
        not_by=tuple(dict.fromkeys(package.owner for package in held)),
        questions=tuple(question for question in text.questions if any(is_asked(ref, scope) for ref in question.refs)),
    )


def is_asked(ref: Reference, scope: Collection[Reference]) -> bool:
    """Whether a clause, a practice or the clause of a point is in scope."""
    return ref in scope or (ref[0], ref[1].partition(" ")[0]) in scope


def _bad(refs: Iterable[Reference], standings: Standings) -> str:
    """Why the results of a unit are bad, or "": something is missing whole, or a third of it fails."""
    marks = [mark for ref in refs if (mark := _mark(ref, standings))]
    worst = [name for name, mark in marks if mark == "worst"]
    if worst:
        return f"bad results: {listed(worst, limit=3)}"
    weak = [name for name, mark in marks if mark == "weak"]
    if weak and len(weak) * _BAD_SHARE >= len(marks):
        return f"bad results: {len(weak)} of {len(marks)} rated are weak"
    return ""


def _mark(ref: Reference, standings: Standings) -> tuple[str, str] | None:
    """A requirement that has been rated, with how bad it is: "worst", "weak" or "good"."""
    clause, practice = standings.clause(ref), standings.practice(ref)
    if clause is not None and (clause.tally.rated or clause.majors or clause.minors):
        return ref[1], "worst" if clause.majors else "weak" if clause.minors else "good"
    if practice is not None and practice.value not in OPEN:
        return ref[1], "worst" if practice.value in _WORST else "weak" if practice.value in _WEAK else "good"
    return None


def _audits(unit: AuditedUnit, begin: date, standings: Standings, at: int, *, named: bool) -> Iterator[Audit]:
    visits = Counter(_visits(unit))
    samples = _samples(_sampled(unit.text.layer, standings, at, named=named), len(visits))
    for (quarter, times), sample in zip(visits.items(), samples, strict=True):
        first = _months_on(begin, 3 * (quarter - 1))
        yield Audit(unit.id, quarter, first, _months_on(begin, 3 * quarter) - timedelta(days=1), sample, times)


def _visits(unit: AuditedUnit) -> tuple[int, ...]:
    """The quarters of the visits; twice as many fall into the quarters between, or twice into each."""
    usual = unit.text.quarters
    if unit.times == len(usual):
        return usual
    between = tuple((quarter + 2 // len(usual) - 1) % 4 + 1 for quarter in usual) if len(usual) < 3 else usual
    return tuple(sorted((*usual, *between)))


def _sampled(layer: str, standings: Standings, at: int, *, named: bool) -> tuple[str, ...]:
    """Names of what a layer looks at within the year; of projects all that an appraisal may name, or one in three."""
    units = {unit.id: unit for case in standings.cases.values() for unit in case.scope.units}
    for kind in _PICKED[layer]:
        names = [unit.name for unit in units.values() if unit.kind == kind]
        if kind == "project" and names and not named:
            count = -(-len(names) // SHARE_OF_PROJECTS)
            names = [names[(at * count + step) % len(names)] for step in range(count)]
        if names:
            return tuple(names)
    return ()


def _samples(names: tuple[str, ...], visits: int) -> list[tuple[str, ...]]:
    """The names spread over the visits, each at least once, no visit without one."""
    if not names:
        return [()] * visits
    return [tuple(names[visit::visits]) or (names[visit % len(names)],) for visit in range(visits)]


def _projects(standings: Standings, *, named: bool) -> str:
    units = {unit.id: unit for case in standings.cases.values() for unit in case.scope.units}
    count = sum(unit.kind == "project" for unit in units.values())
    if not count:
        return "No project is in the sample of this engagement; the organisation is audited as one."
    if named:
        return (
            f"Every one of the {plural(count, 'project')} of this engagement, because an appraisal may name them all."
        )
    least = -(-count // SHARE_OF_PROJECTS)
    return f"At least {least} of {plural(count, 'project')} in each unit that goes with projects, in turn."


def _months_on(day: date, months: int) -> date:
    """The same day some months later, or the last one of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    following = date(day.year + year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(day.year + year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))
