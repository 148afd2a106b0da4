"""Readiness of one framework as lines of 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.cli import terminal
from gapbench.rating import levels as rules
from gapbench.rating import parties, scales, standing
from gapbench.rating.models import area_noun_of, noun_of
from gapbench.rating.results import ConformityResult, Result
from gapbench.rating.wording import plural
from gapbench.work.headline import verdict_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gapbench.catalog.model import Catalog
    from gapbench.rating.inputs import Case
    from gapbench.rating.results import AreaResult, Blocker, ClauseResult, LevelResult

BLOCKERS_SHOWN = 12

_WORDS = scales.words(scales.CONFORMITY)
_STATES = {"satisfied": "+", "unsatisfied": "x", "not_rated": "."}


def show(case: Case, result: Result) -> None:
    """Print verdict, figures, groups, and what stands in the way."""
    scope = case.scope
    name = " ".join(filter(None, [scope.catalog.name, "+".join(scope.views)]))
    terminal.say("")
    terminal.say(f"{name}: {verdict_of(scope.catalog, result.verdict)}")
    terminal.paragraph(result.sentence, "  ")
    if isinstance(result, ConformityResult):
        _conformity(result)
    else:
        _levels(scope.catalog, result)
    _list("In the way of the next better verdict:", result.blockers)
    who = parties.judge_of(scope.catalog)
    _list(f"Whatever the verdict, {'an' if who[0] in 'aeiou' else 'a'} {who} will question:", result.cautions)


def closing(cases: Iterable[Case]) -> tuple[str, ...]:
    """The lines that stand with every verdict: one for each kind of framework, none twice."""
    return tuple(dict.fromkeys(parties.indicative(case.scope.catalog) for case in cases))


def _conformity(result: ConformityResult) -> None:
    terminal.say(
        f"  Readiness {_percent(result.tally.percent)} on a coverage of "
        f"{_percent(result.tally.coverage)}; {plural(result.majors, 'major')}, "
        f"{plural(result.minors, 'minor')}.",
        "",
    )
    heads = ("clause", "", "ready", "rated", "maj", "min", "worst")
    terminal.table(
        (_clause(clause) for clause in _two_levels(result.groups)),
        heads,
        right="ready rated maj min",
    )


def _two_levels(clauses: Iterable[ClauseResult]) -> Iterator[ClauseResult]:
    for clause in clauses:
        yield clause
        yield from clause.groups


def _clause(clause: ClauseResult) -> tuple[str, ...]:
    return (
        clause.id,
        _short(clause.title, 31),
        _figure(clause.tally.percent),
        _figure(clause.tally.coverage),
        str(clause.majors or ""),
        str(clause.minors or ""),
        _WORDS[clause.worst] if clause.worst else "",
    )


def _levels(catalog: Catalog, result: LevelResult) -> None:
    noun, areas = noun_of(catalog), area_noun_of(catalog)
    reached = f"Maturity level {result.maturity_level}, aimed at {result.target}"
    if result.scheme == "continuous":
        asked = rules.asked_at(result.areas, result.target)
        below = sum(not rules.holds(area, result.target) for area in asked)
        reached = standing.profile(areas, len(asked), below, result.maturity_level, result.target)
        reached = f"{reached[0].upper()}{reached[1:]}"
    terminal.paragraph(
        f"{reached}; {result.characterized} of {plural(result.in_scope, noun.one, noun.many)} rated.",
        "  ",
    )
    terminal.say("")
    highest = max((max(area.practice_groups, default=0) for area in result.areas), default=0)
    levels = range(1, highest + 1)
    # Where an area's level is its capability level, once is enough.
    capped = any(area.capability_level != area.level for area in result.areas)
    heads = ("area", "", "level", *(("cap.",) if capped else ()), *map(str, levels))
    terminal.table((_area(area, levels, capped) for area in result.areas), heads, right="level cap.")
    top = f"1 to {highest}: level by level" if highest > 1 else "1: its goals"
    terminal.say(f"  {top}, + satisfied, x unsatisfied, . not rated yet")


def _area(area: AreaResult, levels: Iterable[int], capped: bool) -> tuple[str, ...]:
    name = (area.id, _short(area.title, 44))
    if area.out:
        return (*name, "out", *(("",) if capped else ()), *("" for _ in levels))
    states = (_STATES.get(area.practice_groups.get(level, ""), "") for level in levels)
    able = (str(area.capability_level),) if capped else ()
    return (*name, str(area.level), *able, *states)


def _list(head: str, blockers: tuple[Blocker, ...]) -> None:
    if not blockers:
        return
    terminal.say("", f"  {head}")
    for blocker in blockers[:BLOCKERS_SHOWN]:
        terminal.paragraph(f"{blocker.item}  {blocker.why}", "    ", "      ")
    if len(blockers) > BLOCKERS_SHOWN:
        terminal.say(f"    and {len(blockers) - BLOCKERS_SHOWN} more; --json lists all of them.")


def _percent(figure: float | None) -> str:
    return "-" if figure is None else f"{figure} %"


def _figure(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:.1f}"


def _short(title: str, width: int) -> str:
    return title if len(title) <= width else f"{title[: width - 3]}..."
