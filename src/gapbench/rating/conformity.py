"""Readiness for certification: points, clauses, findings and the verdict of an audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.rating import cautions as questions
from gapbench.rating import findings as rules
from gapbench.rating import scales, tallies, units, verdict
from gapbench.rating.clauses import Tree
from gapbench.rating.results import ConformityResult, ItemResult, Noun, Result, Tally, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapbench.catalog.model import Catalog, Item
    from gapbench.rating.inputs import Case, Finding, FindingClass, Scope, Unit
    from gapbench.rating.tallies import Points

NOUN = Noun("point", "points")

_CODES = frozenset(scales.codes(scales.CONFORMITY))
_WANT_REASON = scales.wanting(scales.CONFORMITY, "reason")
_DECIDES = (tallies.COUNTED[-1], tallies.UNRATED, *reversed(tallies.COUNTED[:-1]), *tallies.OUT)


def scale(catalog: Catalog) -> tuple[Value, ...]:  # noqa: ARG001 (one scale for all)
    """Conforming, partial, not conforming, and the two that take a point out."""
    return scales.CONFORMITY


def units_for(scope: Scope, item: Item) -> tuple[Unit, ...]:  # noqa: ARG001 (sites answer all)
    """Sites where there are any, else the organisation."""
    return units.of_kind(scope, "site") or (units.organisation("site"),)


def in_scope(scope: Scope) -> tuple[Item, ...]:
    """Every point, options included: they are walked though not scored."""
    return scope.catalog.items


def refuse(scope: Scope, item: Item, value: str) -> str | None:  # noqa: ARG001 (one scale for all)
    """Why the rules do not allow this value here; None when they do."""
    return scales.refuse_foreign(scope.catalog, scales.CONFORMITY, value)


def caution(scope: Scope, item: Item, value: str) -> str | None:
    """What to think of before this allowed value is kept; None when nothing speaks against it."""
    return next(iter(cautions(scope, (item,), value)), None)


def cautions(scope: Scope, items: Iterable[Item], value: str) -> tuple[str, ...]:  # noqa: ARG001 (as `refuse`)
    """The same for many points, summed up."""
    return questions.of_items(items, value)


def refuse_exclusion(scope: Scope, area: str, unit: str = "") -> str | None:  # noqa: ARG001 (as the others)
    """A clause is not excluded: its points are rated not applicable, with the justification."""
    return f"{scope.catalog.name} leaves no clause out; rate its points not applicable, each with its reason."


def refuse_judgement(case: Case, subject: str, value: str) -> str | None:  # noqa: ARG001 (as the others)
    """Points leave nothing to judge."""
    return f"{case.scope.catalog.name} leaves nothing to judgement; rate the point itself."


def refuse_finding(cls: FindingClass, values: Iterable[str]) -> str | None:
    """Why a finding of this class cannot rest on points with these values."""
    return rules.refuse_on_points(cls, values)


def item_result(case: Case, item: Item) -> ItemResult:
    """The point over its sites: the worst of them, once all are rated or one does not conform."""
    return _point(case, item, units_for(case.scope, item))


def assess(case: Case) -> ConformityResult:
    """Everything: clauses, findings, verdict, blockers."""
    stale = frozenset(leaf.id for leaf in case.scope.catalog.leaves)
    return _assess(case, rules.touching(case.scope.catalog, case.findings), stale, None)


def reassess(case: Case, before: Result, items: frozenset[str]) -> ConformityResult:
    """`assess`, looking again only at leaves that hold `items` or whose findings changed.

    The scope must be the one that `before` was assessed with. `items` may name leaves too.
    """
    catalog = case.scope.catalog
    if not isinstance(before, ConformityResult) or before.catalog != catalog.id:
        return assess(case)
    named = {catalog.item[name].group if name in catalog.item else name for name in items}
    recorded = rules.touching(catalog, case.findings)
    former = tuple(finding for finding in before.findings if not finding.proposed)
    altered = rules.change(former, recorded)
    stale = rules.leaves_touched(catalog, altered.both) | (named & catalog.items_of.keys())
    return _assess(case, recorded, stale, before)


def _point(case: Case, item: Item, asked: tuple[Unit, ...]) -> ItemResult:
    values: dict[str, str] = {}
    due: list[str] = []
    for unit in asked:
        answer = case.answers.get((item.id, unit.id))
        value = answer.value if answer is not None and answer.value in _CODES else ""
        values[unit.id] = value
        if answer is not None and value in _WANT_REASON and not answer.reason.strip():
            due.append(unit.id)
    said = set(values.values())
    value = next(code for code in _DECIDES if code in said)
    return ItemResult(
        id=item.id,
        value=value,
        allowed=(value,) if value else (),
        judgement_due=False,
        units=values,
        complete=value != tallies.UNRATED,
        due=tuple(due),
    )


def _assess(
    case: Case,
    recorded: tuple[Finding, ...],
    stale: frozenset[str],
    before: ConformityResult | None,
) -> ConformityResult:
    catalog = case.scope.catalog
    points = _points(case, stale)
    findings = (*recorded, *_proposed(case, recorded, points, before))
    altered = rules.change(before.findings if before is not None else (), findings)
    tree = Tree(catalog, points, rules.shift(catalog, altered), rules.with_ancestors(catalog, stale))
    if before is not None:
        tree.leaves.update(before.leaves)
    groups = tree.clauses(before.groups if before is not None else ())
    leaves = {leaf.id: tree.leaves[leaf.id] for leaf in catalog.leaves}
    facts = verdict.gather(catalog, tallies.total(group.tally for group in groups), leaves, findings)
    outcome = verdict.decide(facts)
    return ConformityResult(
        catalog=catalog.id,
        verdict=outcome,
        sentence=verdict.say(outcome, facts),
        tally=facts.tally,
        majors=len(facts.majors),
        minors=len(facts.minors),
        blockers=verdict.stand_in_the_way(outcome, facts),
        groups=groups,
        leaves=leaves,
        findings=findings,
        principles=_principles(case, points, before),
        cautions=(
            *(caution.blocker for caution in facts.cautions),
            *questions.of_partials(catalog, leaves.values()),
        ),
    )


def _points(case: Case, stale: frozenset[str]) -> dict[str, Points]:
    asked = units.of_kind(case.scope, "site") or (units.organisation("site"),)
    catalog = case.scope.catalog
    return {
        leaf.id: {item.id: _point(case, item, asked) for item in catalog.items_of[leaf.id]}
        for leaf in catalog.leaves
        if leaf.id in stale
    }


def _proposed(
    case: Case,
    recorded: tuple[Finding, ...],
    points: dict[str, Points],
    before: ConformityResult | None,
) -> tuple[Finding, ...]:
    catalog = case.scope.catalog
    taken = rules.covered(catalog, recorded)
    former = before.findings if before is not None else ()
    kept = {finding.id: finding for finding in former if finding.proposed}
    proposed = (
        rules.proposal(case, leaf, points[leaf.id], taken) if leaf.id in points else kept.get(f"proposed:{leaf.id}")
        for leaf in catalog.leaves
    )
    return tuple(finding for finding in proposed if finding is not None)


def _principles(case: Case, points: dict[str, Points], before: ConformityResult | None) -> dict[str, Tally]:
    former = before.principles if before is not None else {}
    old = {leaf: before.leaves[leaf].points for leaf in points} if before is not None else {}
    return tallies.by_principle(case.scope.catalog, former, old, points)
