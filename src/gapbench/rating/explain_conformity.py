"""The arithmetic of readiness: points, clauses, principles and the verdict, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.errors import UsageError
from gapbench.rating import cautions, parties, scales, tallies, units, verdict
from gapbench.rating import findings as rules
from gapbench.rating.wording import listed, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gapbench.catalog.model import Item
    from gapbench.rating.inputs import Case, Finding
    from gapbench.rating.results import (
        Blocker,
        ClauseResult,
        ConformityResult,
        ItemResult,
        Tally,
    )

_WORDS = scales.words(scales.CONFORMITY)
_WAITING = "waiting for other sites"
_WEIGHTS = {"conforming": "1", "partial": "0.5", "not_conforming": "0"}


def explain(case: Case, result: ConformityResult, subject: str) -> tuple[str, ...]:
    """Lines for the whole (""), a clause, a point or a principle."""
    catalog = case.scope.catalog
    if not subject:
        return tuple(_whole(case, result))
    if subject in catalog.group:
        return tuple(_clause(case, result, subject))
    if subject in catalog.item:
        return tuple(_point(case, result, catalog.item[subject]))
    if subject in result.principles:
        return tuple(_principle(case, result, subject))
    raise UsageError(f'{catalog.name} has no figure "{subject}"; name a clause, a point or a principle.')


def _whole(case: Case, result: ConformityResult) -> Iterator[str]:
    yield f"{case.scope.catalog.name}: {result.sentence}"
    yield from _figures(case, result, result.tally, case.scope.catalog.items)
    yield from _finding_lines(result.findings)
    yield "The verdict does not follow from the percentage. First that holds:"
    words = verdict.words_of(case.scope.catalog)
    facts = verdict.gather(case.scope.catalog, result.tally, result.leaves, result.findings)
    for number, rule in enumerate(verdict.RULES, 1):
        held = rule.holds(facts)
        yield f"  {number}. {rule.words}: {f'yes -> {words[rule.verdict]}' if held else 'no'}"
        if held:
            break
    for blocker in result.blockers:
        yield f"  {blocker.item}: {blocker.why}"
    yield from _cautions(result.cautions)
    yield parties.indicative(case.scope.catalog)


def _clause(case: Case, result: ConformityResult, name: str) -> Iterator[str]:
    catalog = case.scope.catalog
    clause = _find(result.groups, name)
    yield f"{clause.id} {clause.title}"
    yield from _figures(case, result, clause.tally, tuple(catalog.below(name)))
    yield from _worst(result, clause, tuple(catalog.below(name)))
    here = [
        finding
        for finding in result.findings
        if name in rules.with_ancestors(catalog, rules.leaves_touched(catalog, (finding,)))
    ]
    yield from _finding_lines(here)
    if clause.gate:
        own = result.leaves.get(name, clause)
        yield f"Gate clause: its total absence alone makes the verdict not ready; here: {_held(own)}."
    below = {item.group for item in catalog.below(name)}
    yield from _cautions(caution for caution in result.cautions if caution.item in below)


def _held(clause: ClauseResult) -> str:
    if clause.missing:
        return "nothing that applies is in place"
    out = sum(clause.tally.counts[code] for code in tallies.OUT)
    return "all of it is out of the count" if out and out == clause.tally.scored else "not wholly missing"


def _cautions(some: Iterable[Blocker]) -> Iterator[str]:
    for caution in some:
        yield f"Caution, {caution.item}: {caution.why}"


def _point(case: Case, result: ConformityResult, item: Item) -> Iterator[str]:
    point = result.leaves[item.group].points[item.id]
    yield f"{item.id} {item.title}: {_state(point)}"
    named = units.names(case.scope)
    for unit, value in point.units.items():
        yield f"  {named[unit]}: {_WORDS[value]}{_remark(case, item.id, unit, value)}"
    if len(point.units) > 1:
        yield "Over sites the worst counts, once every site is rated; one that does not conform settles it at once."
    yield _part_in_count(item, point)
    yield from cautions.of_items((item,), point.value)
    for unit in point.due:
        yield f"Still to be written: the reason at {named[unit]}."
    key = (case.scope.catalog.id, item.id)
    yield from _finding_lines([it for it in result.findings if key in it.items])


def _principle(case: Case, result: ConformityResult, name: str) -> Iterator[str]:
    items = tuple(item for item in case.scope.catalog.items if name in item.principles)
    yield f"{case.scope.catalog.principles.get(name, name)}: the points that serve this principle"
    yield from _figures(case, result, result.principles[name], items)


def _figures(case: Case, result: ConformityResult, tally: Tally, items: Iterable[Item]) -> Iterator[str]:
    counted = " + ".join(f"{tally.counts[code]} {_WORDS[code]} x {weight}" for code, weight in _WEIGHTS.items())
    credit = f"{tally.halves / 2:g}"
    yield f"Readiness: {counted} = {credit}"
    if tally.percent is None:
        yield "  Nothing is counted yet, so there is no percentage."
    else:
        yield f"  {credit} / {tally.counted} = {tally.percent} %"
    yield from _left_out(case, result, tuple(items))
    at_sites = " (at every site, or not conforming at one)" if len(units.of_kind(case.scope, "site")) > 1 else ""
    yield f"Coverage: points rated{at_sites} / points scored"
    if tally.coverage is None:
        yield "  No point is scored."
    else:
        yield f"  {tally.rated} / {tally.scored} = {tally.coverage} %"


def _left_out(case: Case, result: ConformityResult, items: tuple[Item, ...]) -> Iterator[str]:
    left: dict[str, list[str]] = {words: [] for words in (*map(_WORDS.__getitem__, tallies.OUT), _WAITING, _WORDS[""])}
    for item in items:
        point = result.leaves[item.group].points[item.id]
        if item.scored and _state(point) in left:
            left[_state(point)].append(f"{item.id}{_reasons(case, point)}")
    for words, names in left.items():
        if names:
            yield f"  Left out, {words} ({len(names)}): {listed(names)}"
    options = [item.id for item in items if not item.scored]
    if options:
        yield f"  Not scored, one of several allowed routes: {listed(options)}"


def _state(point: ItemResult) -> str:
    return _WAITING if point.waits else _WORDS[point.value]


def _reasons(case: Case, point: ItemResult) -> str:
    """Why a point is left out, or which sites it waits for."""
    if point.waits:
        named = units.names(case.scope)
        return f" ({listed(named[unit] for unit, value in point.units.items() if not value)})"
    answers = (case.answers.get((point.id, unit)) for unit in point.units)
    reasons = [it.reason.strip() for it in answers if it is not None and point.value and it.value == point.value]
    known = list(dict.fromkeys(reason for reason in reasons if reason))
    return f" ({'; '.join(known)})" if known else ""


def _worst(result: ConformityResult, clause: ClauseResult, items: tuple[Item, ...]) -> Iterator[str]:
    if not clause.worst:
        return
    names = [
        item.id for item in items if item.scored and result.leaves[item.group].points[item.id].value == clause.worst
    ]
    yield f"Colour: the worst point, {_WORDS[clause.worst]} ({listed(names, 6)})"


def _finding_lines(findings: Iterable[Finding]) -> Iterator[str]:
    known = tuple(findings)
    for cls in ("major", "minor"):
        standing = [it for it in known if it.cls == cls and rules.is_open(it)]
        names = [it.label for it in standing if not it.proposed]
        leaves = [it.id.removeprefix("proposed:") for it in standing if it.proposed]
        if leaves:
            names.append(f"proposed on {listed(leaves)}")
        shown = f" ({'; '.join(names)})" if names else ""
        yield f"Open {cls}s: {len(standing)}{shown}"
    closed = [it.label for it in known if it.status == "closed"]
    if closed:
        yield f"Verified closed, not counted: {listed(closed)}"


def _remark(case: Case, item: str, unit: str, value: str) -> str:
    answer = case.answers.get((item, unit))
    if answer is None:
        return ""
    text = answer.reason if value in tallies.OUT else answer.note
    return f" ({text.strip()})" if text.strip() else ""


def _part_in_count(item: Item, point: ItemResult) -> str:
    if not item.scored:
        return "Not scored: it is one of several allowed routes."
    if point.value in _WEIGHTS:
        return f"Counts as {_WEIGHTS[point.value]} out of {plural(1, 'point')}."
    return f"Left out of the count: {_state(point)}."


def _find(groups: Iterable[ClauseResult], name: str) -> ClauseResult:
    waiting = list(groups)
    while waiting:
        clause = waiting.pop()
        if clause.id == name:
            return clause
        waiting.extend(clause.groups)
    raise UsageError(f'There is no clause "{name}"; name one of the framework.')
