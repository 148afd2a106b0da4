"""The lines of the action plan: what the packages hold, action by action, or one line for each gap without packages.

Every open clause and practice stands in one line of its package. What two editions ask alike is one line, with
both numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from gapbench.planning.priority import HIGHEST, MINOR
from gapbench.planning.values import DONE
from gapbench.rating.findings import WEAK
from gapbench.rating.models import model_of
from gapbench.rating.results import ConformityResult, LevelResult
from gapbench.rating.roadmap import Roadmap
from gapbench.rating.wording import sentence
from gapbench.work.plan import ActionRow, why_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from gapbench.planning.requirements import Part
    from gapbench.planning.values import Action, PlannedPackage, Reference, Requirement
    from gapbench.rating.inputs import Finding
    from gapbench.work.planning import Plan

    Twins = Mapping[Reference, Reference]
    """(catalog, item) of one edition -> the item of another that one question serves too."""

SEVERITIES = ("major", "minor", "weakness", "improvement", "other")
"""From the worst; "improvement" stands in nobody's way, "other" closes nothing that is assessed."""

OPEN = "open"
"""Status of a line that nobody has taken up."""

_CLASSES = {"major": "major", "minor": "minor", "ofi": "improvement"}


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of the action plan.

    Attributes:
        key: Stays the same from one export to the next.
        id: As people say it: "WP04/2" in a package, "A-001" without one.
        package: Id of its package; "" without packages.
        where: Clauses and areas that it is about.
        closes: (catalog id, item) of everything that is open and that it closes.
        severity: One of `SEVERITIES`.
        findings: Labels of findings that it answers.
        effort: Person-days: its part of the middle of the package's effort; None without an estimate.
        status: "open" until somebody takes it up, then as recorded: "planned" to "verified".
        ids: Ids of all lines that are told in this one.
    """

    key: str
    id: str
    where: str
    what: str
    why: str
    closes: tuple[Reference, ...]
    severity: str
    findings: tuple[str, ...]
    package: str = ""
    owner: str = ""
    effort: float | None = None
    start: date | None = None
    due: date | None = None
    status: str = OPEN
    ids: tuple[str, ...] = ()


def gap_lines(gaps: Iterable[ActionRow], twins: Twins) -> tuple[PlanLine, ...]:
    """One line for each gap, in reading order; nothing is estimated."""
    lines = (
        PlanLine(
            key=gap.id,
            id=gap.id,
            where=f"{gap.group} {gap.group_title}",
            what=gap.what,
            why=gap.why,
            closes=tuple((gap.catalog, item) for item in gap.closes),
            severity=gap.severity,
            findings=gap.findings,
            ids=(gap.id,),
        )
        for gap in gaps
    )
    return together(lines, twins)


def package_lines(plan: Plan, twins: Twins) -> tuple[PlanLine, ...]:
    """One line for each action, in the order of the packages; then recorded actions of no package with work."""
    facts = _Facts(plan)
    lines = [line for it in plan.packages for line in facts.lines(it)]
    told = {line.key for line in lines}
    rest = [it for it in plan.recorded if it.id not in told]
    lines += [facts.line(it, f"{it.package or 'other'}/R{number}", None) for number, it in enumerate(rest, 1)]
    return together(lines, twins)


def together(lines: Iterable[PlanLine], twins: Twins) -> tuple[PlanLine, ...]:
    """The lines, with those of one package told as one where two editions ask them alike."""
    found: list[PlanLine] = []
    holder: dict[tuple[str, Reference], int] = {}
    for line in lines:
        homes = {holder.get((line.package, twins[it])) for it in line.closes if it in twins} - {None}
        if len(homes) == 1 and (home := homes.pop()) is not None:
            found[home] = _joined(found[home], line)
        else:
            home = len(found)
            found.append(line)
        holder.update({(line.package, it): home for it in line.closes})
    return tuple(found)


def _joined(first: PlanLine, second: PlanLine) -> PlanLine:
    """Two lines as one, in the words of the one that closes more."""
    fuller = second if len(second.closes) > len(first.closes) else first
    wheres = [first.where] if second.where in first.where else [first.where, second.where]
    return replace(
        first,
        where="\n".join(wheres),
        what=fuller.what,
        why=fuller.why,
        closes=tuple(dict.fromkeys((*first.closes, *second.closes))),
        severity=min(first.severity, second.severity, key=SEVERITIES.index),
        findings=tuple(dict.fromkeys((*first.findings, *second.findings))),
        effort=None if first.effort is None and second.effort is None else (first.effort or 0) + (second.effort or 0),
        due=max(filter(None, (first.due, second.due)), default=None),
        ids=(*first.ids, *second.ids),
    )


class _Facts:
    """What the lines of a plan say about what is open."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._requirements = {it.ref: it for it in plan.requirements}
        self._sides = {result.catalog: _Side((case, result)) for case, result in plan.parts}

    def lines(self, it: PlannedPackage) -> Iterator[PlanLine]:
        """The lines of one package."""
        efforts, closes = self._efforts(it), self._closes(it)
        proposed = {action.id for action in it.actions if action.id.startswith(f"{it.id}/")}
        recorded = [action.id for action in it.actions if action.id not in proposed]
        for action in it.actions:
            label = action.id if action.id in proposed else f"{it.id}/R{recorded.index(action.id) + 1}"
            line = self.line(action, label, efforts.get(action.id), closes[action.id])
            owner = action.owner if line.status != OPEN and action.owner else it.decision.owner or action.owner
            status = "done" if it.done and line.status not in DONE else line.status
            yield replace(line, package=it.id, owner=owner, status=status)

    def line(self, action: Action, label: str, effort: float | None, closes: tuple[Reference, ...] = ()) -> PlanLine:
        """One action."""
        is_recorded = action.id != label
        finding = self._finding(action)
        refs = [self._requirements[ref] for ref in action.closes if ref in self._requirements]
        start, due = self._plan.dates.get(action.id, (action.start, action.due))
        findings = (finding.label,) if finding is not None else tuple(it for ref in refs for it in ref.findings)
        return PlanLine(
            key=action.id if is_recorded else self._key(action, refs),
            id=label,
            package=action.package,
            where="\n".join(dict.fromkeys(self._sides[it.ref[0]].where(it.ref[1]) for it in refs)),
            what=sentence(action.what),
            why="\n".join(self._sides[it.ref[0]].why(it) for it in refs),
            closes=closes,
            severity=_severity(finding, refs),
            findings=tuple(dict.fromkeys(findings)),
            owner=action.owner,
            effort=effort if effort is not None else action.effort,
            start=start,
            due=due,
            status=action.status if is_recorded else OPEN,
            ids=(label,),
        )

    def _key(self, action: Action, refs: Sequence[Requirement]) -> str:
        """Of a proposal: what it answers, for its number moves with what stands before it."""
        about = f"{refs[0].ref[0]}|{action.finding}" if action.finding and refs else action.what
        return f"{action.package}|{about}"

    def _finding(self, action: Action) -> Finding | None:
        if not action.finding:
            return None
        sides = dict.fromkeys((*(ref[0] for ref in action.closes), *self._sides))
        found = (self._sides[name].findings.get(action.finding) for name in sides if name in self._sides)
        return next((it for it in found if it is not None), None)

    def _closes(self, it: PlannedPackage) -> dict[str, tuple[Reference, ...]]:
        """Action -> open items that it closes: those that its finding rests on; the first one takes what is left."""
        found: dict[str, dict[Reference, None]] = {action.id: {} for action in it.actions}
        for each in it.open:
            items = [(each.ref[0], item) for item in each.open_items]
            its = [action for action in it.actions if each.ref in action.closes]
            rests = {action.id: self._rests(action, items) for action in its}
            told = {item for known in rests.values() for item in known}
            for place, action in enumerate(its):
                own = rests[action.id] if place or rests[action.id] else items
                left = [item for item in items if item not in told] if not place else []
                found[action.id].update(dict.fromkeys((*own, *left)))
        return {name: tuple(items) for name, items in found.items()}

    def _rests(self, action: Action, items: Sequence[Reference]) -> list[Reference]:
        """What of some open items the finding of an action rests on."""
        finding = self._finding(action)
        rests = frozenset(finding.items) if finding is not None else frozenset()
        return [item for item in items if item in rests]

    def _efforts(self, it: PlannedPackage) -> dict[str, float]:
        """Action -> its part of the middle of the effort: as said, the rest by how far from closed its work is."""
        given = {action.id: action.effort for action in it.actions if action.effort is not None}
        rest = max(sum(it.effort) / 2 - sum(given.values()), 0.0)
        others = [action for action in it.actions if action.id not in given]
        told = [ref for action in others for ref in action.closes]
        weights = {
            action.id: sum(self._weight(ref) / told.count(ref) for ref in action.closes) or 0.1 for action in others
        }
        total = sum(weights.values())
        return {**given, **{name: rest * weight / total for name, weight in weights.items()}}

    def _weight(self, ref: Reference) -> float:
        known = self._requirements.get(ref)
        return known.weight if known is not None else 0.0


def _severity(finding: Finding | None, refs: Sequence[Requirement]) -> str:
    if finding is not None and finding.cls in _CLASSES:
        return _CLASSES[finding.cls]
    return min((_severity_of(it) for it in refs), key=SEVERITIES.index, default="other")


def _severity_of(it: Requirement) -> str:
    if it.track == "iso":
        return "major" if it.severity >= HIGHEST else "minor" if it.severity >= MINOR else "improvement"
    return "weakness" if it.gate == "blocks" or it.severity >= MINOR else "improvement"


class _Side:
    """One framework: where its open items stand, and why they are open."""

    def __init__(self, part: Part) -> None:
        self._case, self._result = part
        self._catalog = self._case.scope.catalog
        result = self._result
        known = result.findings if isinstance(result, ConformityResult) else self._case.findings
        self.findings = {finding.id: finding for finding in known}

    @cached_property
    def _blockers(self) -> Mapping[str, str]:
        """Practice -> why it stands before the target level."""
        result = self._result
        assert isinstance(result, LevelResult)  # noqa: S101 - only asked of practices
        return {it.item: it.why for it in Roadmap(self._case, {}).blockers(result.areas, result.target)}

    @cached_property
    def _words(self) -> Mapping[str, str]:
        return {value.code: value.word for value in model_of(self._case.scope).scale(self._catalog)}

    @cached_property
    def _practices(self) -> Mapping[str, str]:
        """Practice -> its value."""
        assert isinstance(self._result, LevelResult)  # noqa: S101
        return {name: it.value for area in self._result.areas for name, it in area.practices.items()}

    def where(self, name: str) -> str:
        """A clause, or the area of a practice, with its title."""
        if isinstance(self._result, ConformityResult):
            return f"{name} {self._catalog.title_of(name)}"
        group = self._catalog.item[name].group
        area = self._catalog.group[self._catalog.area_of.get(group, group)]
        return f"{area.id} {area.title}"

    def why(self, it: Requirement) -> str:
        """What is missing of a clause or a practice, in a sentence."""
        if isinstance(self._result, ConformityResult):
            leaf = self._result.leaves[it.ref[1]]
            scored = [point.value for name, point in leaf.points.items() if self._catalog.item[name].scored]
            missing, partly = (scored.count(code) for code in WEAK)
            if not missing and not partly:
                return sentence(f"{leaf.id}: an open finding")
            return f"{leaf.id}: {why_of(leaf, missing, partly)}"
        value = self._words.get(self._practices[it.ref[1]], "not final")
        reason = self._blockers.get(it.ref[1]) or value
        return sentence(f"{it.ref[1]} {it.title}: {reason}")
