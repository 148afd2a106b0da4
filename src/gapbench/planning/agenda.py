"""One agenda of the management review for a client: what is due, and which figures belong to each item.

Pure: the text of `catalog.packages` and the results go in, values come out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from gapbench.planning.programme import OPEN, is_asked
from gapbench.planning.values import DONE
from gapbench.rating.wording import listed, plural

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from gapbench.catalog.packages import Figure, ReviewItem, ReviewText
    from gapbench.planning.programme import AuditProgramme, Standings
    from gapbench.planning.values import Action, Package, Reference
    from gapbench.rating.inputs import Case
    from gapbench.rating.results import ClauseResult, ItemResult


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item of the agenda with what the engagement brings to it.

    Attributes:
        refs: What it answers, in the frameworks at hand.
        figures: Sentences from the results, one for each framework or figure.
        due: Day by which its pack has to be there.
        brings: Who brings it: owners of the packages that feed it.
    """

    id: str
    topic: str
    refs: tuple[Reference, ...]
    pack: str
    decision: str
    figures: tuple[str, ...]
    due: date
    brings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewAgenda:
    """One review for every framework."""

    day: date
    rhythm: str
    present: str
    items: tuple[AgendaItem, ...]


@dataclass(frozen=True)
class Beside:
    """What else of the engagement belongs to a review, where it is there.

    Attributes:
        programme: The audit programme; actions: those of the plan; today: the day they are looked at.
    """

    programme: AuditProgramme | None = None
    actions: tuple[Action, ...] = ()
    today: date | None = None


def review_agenda(
    text: ReviewText, packages: Sequence[Package], standings: Standings, day: date, beside: Beside | None = None
) -> ReviewAgenda:
    """One agenda for every framework of the engagement.

    Args:
        text: The items, with references in these frameworks.
        packages: Those of the engagement; their owners bring the packs.
        standings: Scope and results.
        day: Of the review.
        beside: Programme and actions.
    """
    due = day - timedelta(days=text.pack_days)
    scope = standings.in_scope()
    items = tuple(
        AgendaItem(
            id=item.id,
            topic=item.topic,
            refs=tuple(ref for ref in item.refs if is_asked(ref, scope)),
            pack=item.pack,
            decision=item.decision,
            figures=tuple(_figures(item, standings, scope, beside or Beside(today=day))),
            due=due,
            brings=_owners(item.id, packages, whole=len(text.items)),
        )
        for item in text.items
    )
    return ReviewAgenda(day, text.rhythm, text.present, items)


def _owners(item: str, packages: Sequence[Package], whole: int) -> tuple[str, ...]:
    """Owners of the packages that feed an item; the review itself, which has them all, only where nobody else does."""
    feeding = [package for package in packages if item in package.review_items]
    of_it = [package for package in feeding if len(package.review_items) < whole] or feeding
    return tuple(dict.fromkeys(package.owner for package in of_it))


def _figures(item: ReviewItem, standings: Standings, scope: Collection[Reference], beside: Beside) -> Iterator[str]:
    for catalog in standings.cases:
        refs = [ref for ref in item.data if ref[0] == catalog and ref in scope]
        if refs:
            yield _state(catalog, refs, standings)
    for figure in item.figures:
        yield from _figure(figure, standings, beside)


def _state(catalog: str, refs: Sequence[Reference], standings: Standings) -> str:
    """How clauses or practices stand, in a sentence with its edition."""
    name = standings.cases[catalog].scope.catalog.name
    where = listed([ref[1] for ref in refs], limit=4)
    clauses = [clause for ref in refs if (clause := standings.clause(ref)) is not None]
    said = _clauses(clauses) if clauses else _practices([standings.practice(ref) for ref in refs])
    return f"{name}, {where}: {said}."


def _clauses(clauses: Sequence[ClauseResult]) -> str:
    rated, scored = (sum(getattr(clause.tally, key) for clause in clauses) for key in ("rated", "scored"))
    if not rated:
        return f"{plural(scored, 'point')}, none rated"
    conform = sum(clause.tally.counts.get("conforming", 0) for clause in clauses)
    majors, minors = (sum(getattr(clause, key) for clause in clauses) for key in ("majors", "minors"))
    return f"{plural(scored, 'point')}, {rated} rated, {conform} conform; {majors} major, {minors} minor"


def _practices(practices: Sequence[ItemResult | None]) -> str:
    values = [practice.value for practice in practices if practice is not None]
    counts = {value: values.count(value) for value in dict.fromkeys(values) if value not in OPEN}
    said = ", ".join(f"{count} {value}" for value, count in counts.items()) or "none rated"
    return f"{plural(len(values), 'practice')}, {said}"


def _figure(figure: Figure, standings: Standings, beside: Beside) -> Iterator[str]:
    if figure == "scope":
        yield from (_scope(case) for case in standings.cases.values())
    elif figure == "verdicts":
        for catalog, result in standings.results.items():
            blockers = plural(len(result.blockers), "requirement stands", "requirements stand")
            yield f"{standings.cases[catalog].scope.catalog.name}: {result.sentence} {blockers} in the way."
    elif figure == "findings":
        yield _findings(standings)
    elif figure == "audits" and beside.programme is not None:
        yield _audits_said(beside.programme, beside.today)
    elif figure == "actions" and beside.actions:
        yield _actions(beside)


def _scope(case: Case) -> str:
    catalog = case.scope.catalog
    views = f", view {' + '.join(case.scope.views)}" if case.scope.views else ""
    level = f", to level {case.scope.target}" if case.scope.target else ""
    out = [area for area, unit in case.scope.exclusions if not unit]
    left = f"; out: {listed(out)}" if out else ""
    return f"{catalog.name}{views}{level}{left}."


def _findings(standings: Standings) -> str:
    """Open findings as recorded, each once though several frameworks hold it."""
    found = {finding.id: finding for case in standings.cases.values() for finding in case.findings}
    open_ = [finding for finding in found.values() if finding.status == "open" and not finding.proposed]
    majors, minors = (sum(finding.cls == cls for finding in open_) for cls in ("major", "minor"))
    return f"{plural(len(open_), 'finding is', 'findings are')} open: {majors} major, {minors} minor."


def _audits_said(programme: AuditProgramme, today: date | None) -> str:
    past = sum(today is not None and audit.end < today for audit in programme.audits)
    doubled = [unit.id for unit in programme.units if unit.doubled]
    more = f"; twice as often: {listed(doubled)}" if doubled else ""
    return f"{plural(len(programme.audits), 'audit')} in twelve months, {past} of them due by now{more}."


def _actions(beside: Beside) -> str:
    open_ = [action for action in beside.actions if action.status not in DONE]
    late = sum(beside.today is not None and action.due is not None and action.due < beside.today for action in open_)
    total = plural(len(beside.actions), "action")
    return f"{len(open_)} of {total} {'is' if len(open_) == 1 else 'are'} open, {late} of them late."
