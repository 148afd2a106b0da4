"""All that the client workbook says, as frozen values: read once from the engagement, then written by `excel`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gapbench import __version__
from gapbench.errors import RefusedError, UsageError
from gapbench.rating import areas as layout
from gapbench.rating import asking
from gapbench.rating.findings import items_in
from gapbench.rating.inputs import Answer, Case, Finding, Judgement, Scope, Unit
from gapbench.rating.models import RatingModel, model_of
from gapbench.rating.results import ConformityResult, LevelResult, Result, Value
from gapbench.rating.units import names
from gapbench.work.plan import ActionRow, actions
from gapbench.work.plan_lines import PlanLine, gap_lines, package_lines
from gapbench.work.planning import plan_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from gapbench.catalog.editions import Editions
    from gapbench.catalog.model import Catalog, Item
    from gapbench.engagement.engagement import Engagement
    from gapbench.engagement.values import Framework, Profile, Succession
    from gapbench.planning.values import Reference
    from gapbench.work.planning import Plan


__all__ = [
    "ActionRow",
    "Assessed",
    "AssessmentRow",
    "Deliverable",
    "EditionBridge",
    "NotApplicableRow",
    "PlanLine",
    "assemble",
    "bridge",
    "build",
    "levels_shown",
]


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """One item in one unit, in reading order: framework, group, item, unit.

    Attributes:
        key: Stable hidden key "catalog|item|unit id".
        framework: As people say it, "ISO 9001:2015".
        unit: Unit name; "Organisation" for the whole.
        value: Code, "" when unrated ("NC" stays "NC").
        counts: Whether the row takes part in readiness (scored, in scope).
        findings: Labels of the findings on the item ("F-01", "proposed").
        verify: "due" while the item is to be proof-read against a licensed copy.
        change: What happened to the item since the edition before; "" where there is none.
        disputed: Sources disagree about that.
        carried: Item of the edition before that the answer came from ("ISO 9001:2015 4.1 a"), until confirmed.
        serves: Items of another edition that the same answer serves.
    """

    key: str
    catalog: str
    framework: str
    group: str
    group_title: str
    item: str
    title: str
    question: str
    look_for: str
    level: int | None
    unit: str
    value: str
    counts: bool
    note: str
    reason: str
    findings: tuple[str, ...]
    flag: bool
    documented: str
    confidence: str
    verify: str = ""
    change: str = ""
    change_note: str = ""
    disputed: bool = False
    carried: str = ""
    serves: str = ""


@dataclass(frozen=True, slots=True)
class NotApplicableRow:
    """Something taken out of the assessment, with its written reason, for the client's signature."""

    framework: str
    subject: str
    title: str
    unit: str
    kind: str
    reason: str
    warning: str


@dataclass(frozen=True)
class Assessed:
    """One framework with everything the rules say of it."""

    framework: Framework
    name: str
    scope: Scope
    scale: tuple[Value, ...]
    result: Result
    judgements: Mapping[str, Judgement]


@dataclass(frozen=True)
class EditionBridge:
    """An edition of the engagement and the one before it.

    Attributes:
        former, new: (item) -> value over all units, of the edition before and of this one.
        moved: Findings that rest on both, with their items in each.
        left: Findings of the edition before that nothing is left of.
    """

    how: Succession
    editions: Editions
    former: Mapping[str, str]
    new: Mapping[str, str]
    moved: tuple[tuple[Finding, tuple[str, ...], tuple[str, ...]], ...] = ()
    left: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Deliverable:
    """The engagement at one moment.

    Attributes:
        at: When it was read; `head` the id of the last step then ("" in an empty file).
        findings: Recorded findings by number, then the proposed ones in reading order.
        actions: One for each gap of each framework.
        bridges: Editions that follow another one in this engagement.
        plan: The integrated plan; None where no package knows these frameworks, or where `refused` says why.
        lines: Of the action plan.
    """

    profile: Profile
    units: tuple[Unit, ...]
    assessed: tuple[Assessed, ...]
    rows: tuple[AssessmentRow, ...]
    findings: tuple[Finding, ...]
    actions: tuple[ActionRow, ...]
    not_applicable: tuple[NotApplicableRow, ...]
    at: datetime
    head: str
    version: str
    bridges: tuple[EditionBridge, ...] = ()
    plan: Plan | None = None
    refused: str = ""
    lines: tuple[PlanLine, ...] = ()


def build(engagement: Engagement, at: datetime | None = None) -> Deliverable:
    """Read the engagement once, run the rules, and say everything that the workbook says.

    Args:
        engagement: An open engagement.
        at: The moment that the workbook names; now unless given.
    """
    cases = tuple((framework, engagement.case(framework.catalog)) for framework in engagement.frameworks())
    live = {framework.catalog for framework, _ in cases}
    at = at or datetime.now(UTC)
    plan, refused = _plan(engagement, at.date())
    return assemble(
        engagement.profile(),
        engagement.units(),
        cases,
        engagement.findings(),
        at=at,
        head=engagement.head()[0],
        bridges=tuple(_bridge(engagement, how) for how in engagement.successions() if how.catalog in live),
        plan=plan,
        refused=refused,
    )


def _plan(engagement: Engagement, today: date) -> tuple[Plan | None, str]:
    """The plan where packages know the frameworks, or why there is none: a workbook is written all the same."""
    try:
        plan = plan_of(engagement, today)
    except (UsageError, RefusedError) as problem:
        return None, str(problem)
    return (plan if plan.ground.packages else None), ""


def _bridge(engagement: Engagement, how: Succession) -> EditionBridge:
    editions = engagement.editions(how.catalog)
    assert editions is not None  # noqa: S101 - it follows another, or it would be no succession
    return bridge(how, editions, engagement.case(how.former), engagement.case(how.catalog), engagement.left_behind())


def bridge(how: Succession, editions: Editions, former: Case, new: Case, left: Iterable[Finding] = ()) -> EditionBridge:
    """An edition beside the one before, from values already read: a pure function."""
    now = {finding.id: finding for finding in new.findings}
    moved = []
    for finding in former.findings:
        heir = now.get(finding.id)
        own = items_in(former.scope.catalog, finding)
        heirs = items_in(new.scope.catalog, heir) if heir is not None else ()
        if own and heirs:
            moved.append((finding, own, heirs))
    return EditionBridge(
        how=how,
        editions=editions,
        former=_values(former),
        new=_values(new),
        moved=tuple(moved),
        left=tuple(finding for finding in left if items_in(former.scope.catalog, finding)),
    )


def _values(case: Case) -> dict[str, str]:
    rules = model_of(case.scope)
    return {item.id: rules.item_result(case, item).value for item in rules.in_scope(case.scope)}


def assemble(
    profile: Profile,
    units: tuple[Unit, ...],
    cases: Iterable[tuple[Framework, Case]],
    findings: tuple[Finding, ...],
    *,
    at: datetime,
    head: str,
    bridges: tuple[EditionBridge, ...] = (),
    plan: Plan | None = None,
    refused: str = "",
) -> Deliverable:
    """The deliverable from values already read: a pure function."""
    pairs = [(_assess(framework, case), case) for framework, case in cases]
    assessed = tuple(one for one, _ in pairs)
    every = (*findings, *_proposed(assessed))
    labels = _labels(every)
    gaps, twins = actions([(one.name, case, one.result) for one, case in pairs], every), _twins(bridges)
    return Deliverable(
        profile=profile,
        units=units,
        assessed=assessed,
        rows=tuple(row for one, case in pairs for row in _rows(one, case, labels, _Elsewhere(one, bridges))),
        findings=every,
        actions=gaps,
        not_applicable=tuple(row for one, case in pairs for row in _out(one, case)),
        at=at,
        head=head,
        version=__version__,
        bridges=bridges,
        plan=plan,
        refused=refused,
        lines=gap_lines(gaps, twins) if plan is None else package_lines(plan, twins),
    )


def _twins(bridges: Iterable[EditionBridge]) -> dict[Reference, Reference]:
    """(catalog, item) -> the item of the other edition that one question serves too, where both are assessed."""
    found: dict[Reference, Reference] = {}
    for one in bridges:
        new, former = one.how.catalog, one.how.former
        for here, there in one.editions.twins.items() if one.how.mode == "dual" else ():
            found |= {(new, here): (former, there), (former, there): (new, here)}
    return found


def levels_shown(scope: Scope, result: LevelResult) -> frozenset[tuple[str, int]]:
    """Levels of areas (area, level) that the workbook lists.

    Those asked for the target, and any other of which somebody has rated an item.
    """
    catalog = scope.catalog
    asked = {_place(catalog, item) for item in model_of(scope).in_scope(scope)}
    rated = {
        (area.id, layout.level_of(catalog, catalog.item[name]))
        for area in result.areas
        if not asking.is_out(scope, catalog.group[area.id])
        for name, practice in area.practices.items()
        if any(value not in ("", "NC") for value in practice.units.values())
    }
    return frozenset(asked | rated)


def _place(catalog: Catalog, item: Item) -> tuple[str, int]:
    """The area and the level that an item of a framework with levels stands in."""
    return layout.area_of(catalog, item).id, layout.level_of(catalog, item)


def _assess(framework: Framework, case: Case) -> Assessed:
    rules = model_of(case.scope)
    return Assessed(
        framework=framework,
        name=case.scope.catalog.name,
        scope=case.scope,
        scale=rules.scale(case.scope.catalog),
        result=rules.assess(case),
        judgements=case.judgements,
    )


def _proposed(assessed: tuple[Assessed, ...]) -> Iterator[Finding]:
    for one in assessed:
        if isinstance(one.result, ConformityResult):
            yield from (finding for finding in one.result.findings if finding.proposed)


def _labels(findings: Iterable[Finding]) -> dict[tuple[str, str], tuple[str, ...]]:
    """(catalog, item) -> labels of the findings that rest on it."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for finding in findings:
        for key in finding.items:
            found[key] = (*found.get(key, ()), finding.label)
    return found


class _Elsewhere:
    """What other editions of the engagement say of an item of one framework."""

    def __init__(self, assessed: Assessed, bridges: Iterable[EditionBridge]) -> None:
        own = assessed.scope.catalog.id
        self._names: dict[str, str] = {}
        self._serves: dict[str, list[str]] = {}
        for one in bridges:
            new, former = one.editions.new, one.editions.former
            self._names |= {new.id: new.name, former.id: former.name}
            for here, there in one.editions.twins.items() if one.how.mode == "dual" else ():
                if own == new.id:
                    self._serves.setdefault(here, []).append(f"{former.name} {there}")
                elif own == former.id:
                    self._serves.setdefault(there, []).append(f"{new.name} {here}")

    def serves(self, item: str) -> str:
        """Items that the same answer serves."""
        return ", ".join(self._serves.get(item, ()))

    def origin(self, origin: str) -> str:
        """Where an answer came from, as people say it."""
        catalog, colon, item = origin.partition(":")
        return f"{self._names.get(catalog, catalog)} {item}" if colon else origin


def _rows(
    assessed: Assessed, case: Case, labels: Mapping[tuple[str, str], tuple[str, ...]], elsewhere: _Elsewhere
) -> Iterator[AssessmentRow]:
    catalog, rules = case.scope.catalog, model_of(case.scope)
    known, units = names(case.scope), _units(assessed, rules)
    for item in _items(assessed, case, rules):
        group = catalog.group[item.group]
        for unit in units(item):
            answer = case.answers.get((item.id, unit), _NOTHING)
            yield AssessmentRow(
                key=f"{catalog.id}|{item.id}|{unit}",
                catalog=catalog.id,
                framework=assessed.name,
                group=item.group,
                group_title=group.title,
                item=item.id,
                title=item.title,
                question=item.text,
                look_for=item.look_for,
                level=item.level,
                unit=known.get(unit, unit),
                value=answer.value,
                counts=item.scored,
                note=answer.note,
                reason=answer.reason,
                findings=labels.get((catalog.id, item.id), ()),
                flag=answer.flag,
                documented=item.documented,
                confidence=item.confidence,
                verify=item.verify,
                change=item.change if catalog.base else "",
                change_note=item.change_note if catalog.base else "",
                disputed=item.disputed,
                carried=elsewhere.origin(case.carried.get((item.id, unit), "")),
                serves=elsewhere.serves(item.id),
            )


_NOTHING = Answer()


def _items(assessed: Assessed, case: Case, rules: RatingModel) -> Iterator[Item]:
    """Items in reading order: of the scope, and of groups above the target that somebody rated."""
    if not isinstance(assessed.result, LevelResult):
        yield from rules.in_scope(case.scope)
        return
    groups = levels_shown(case.scope, assessed.result)
    catalog = case.scope.catalog
    yield from (it for it in catalog.items if _place(catalog, it) in groups)


def _units(assessed: Assessed, rules: RatingModel) -> Callable[[Item], Iterable[str]]:
    """Tells the units that are asked an item, and those that answered without being asked."""
    result = assessed.result
    if isinstance(result, LevelResult):
        practices = {name: it for area in result.areas for name, it in area.practices.items()}
        return lambda item: practices[item.id].units
    return lambda item: tuple(unit.id for unit in rules.units_for(assessed.scope, item))


def _out(assessed: Assessed, case: Case) -> Iterator[NotApplicableRow]:
    yield from _excluded(assessed, case.scope)
    yield from _points_out(assessed, case)


def _excluded(assessed: Assessed, scope: Scope) -> Iterator[NotApplicableRow]:
    catalog, known = scope.catalog, names(scope)
    for group in catalog.groups:
        for (area, unit), reason in scope.exclusions.items():
            if area == group.id:
                yield NotApplicableRow(
                    framework=assessed.name,
                    subject=area,
                    title=group.title,
                    unit=known.get(unit, unit),
                    kind="out of scope",
                    reason=reason,
                    warning="" if reason.strip() else _NO_REASON,
                )


_NO_REASON = "No reason is recorded; without one it cannot be left out."


def _points_out(assessed: Assessed, case: Case) -> Iterator[NotApplicableRow]:
    """Every point on a row, or on one row the whole of a clause that is out for one and the same reason."""
    rules = model_of(case.scope)
    wanting = {value.code: value.word for value in rules.scale(case.scope.catalog) if value.needs == "reason"}
    known = names(case.scope)
    out: dict[tuple[str, str], Answer] = {}
    for item in rules.in_scope(case.scope):
        for unit in rules.units_for(case.scope, item):
            answer = case.answers.get((item.id, unit.id))
            if answer is not None and answer.value in wanting:
                out[item.id, unit.id] = answer
    wholes = _wholes(case.scope.catalog, out)
    told: set[tuple[str, str]] = set()
    for (name, unit_id), answer in out.items():
        item = case.scope.catalog.item[name]
        subject, title, items = wholes.get((name, unit_id), (name, item.title, (item,)))
        if (subject, unit_id) in told:
            continue
        told.add((subject, unit_id))
        missing = () if answer.reason.strip() else (_NO_REASON,)
        yield NotApplicableRow(
            framework=assessed.name,
            subject=subject,
            title=title,
            unit=known.get(unit_id, unit_id),
            kind=wanting[answer.value],
            reason=answer.reason,
            warning=" ".join((*missing, *rules.cautions(case.scope, items, answer.value))),
        )


def _wholes(
    catalog: Catalog, out: Mapping[tuple[str, str], Answer]
) -> dict[tuple[str, str], tuple[str, str, tuple[Item, ...]]]:
    """(item, unit) -> reference, title and points of the largest clause around it that is out as one."""
    found: dict[tuple[str, str], tuple[str, str, tuple[Item, ...]]] = {}
    units = dict.fromkeys(unit for _, unit in out)
    for group in catalog.groups:  # parents come first
        items = tuple(item for item in catalog.below(group.id) if item.scored)
        for unit in units if len(items) > 1 else ():
            if (items[0].id, unit) in found:
                continue
            answers = {_kind_and_reason(out.get((item.id, unit))) for item in items}
            if len(answers) > 1 or None in answers:
                continue
            whole = (f"{group.id}, all {len(items)} points", catalog.title_of(group.id), items)
            same = (it for it in catalog.below(group.id) if _kind_and_reason(out.get((it.id, unit))) in answers)
            found.update(((item.id, unit), whole) for item in same)
    return found


def _kind_and_reason(answer: Answer | None) -> tuple[str, str] | None:
    return None if answer is None else (answer.value, answer.reason.strip())
