"""Readiness of one framework as lines of 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.cli import terminal
from gapbench.rating import scales
from gapbench.rating.models import model_of
from gapbench.rating.results import ConformityResult, Result
from gapbench.rating.wording import plural
from gapbench.work.headline import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gapbench.rating.inputs import Case
    from gapbench.rating.results import AreaResult, Blocker, ClauseResult, LevelResult, Noun

BLOCKERS_SHOWN = 12

_WORDS = scales.words(scales.CONFORMITY)
_STATES = {"satisfied": "+", "unsatisfied": "x", "not_rated": "."}


def show(case: Case, result: Result) -> None:
    """Print verdict, figures, groups, and what stands in the way."""
    scope = case.scope
    name = " ".join(filter(None, [scope.catalog.name, "+".join(scope.views)]))
    terminal.say("")
    terminal.say(f"{name}: {VERDICTS[result.verdict]}")
    terminal.paragraph(result.sentence, "  ")
    if isinstance(result, ConformityResult):
        _conformity(result)
    else:
        _levels(result, model_of(scope).NOUN)
    _list("In the way of the next better verdict:", result.blockers)
    if isinstance(result, ConformityResult):
        _list("Whatever the verdict, an auditor will question:", result.cautions)


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


def _levels(result: LevelResult, noun: Noun) -> None:
    reached = "Maturity level" if result.scheme == "staged" else "Every area at capability level"
    terminal.say(
        f"  {reached} {result.maturity_level}, aimed at {result.target}; "
        f"{result.characterized} of {plural(result.in_scope, noun.one, noun.many)} characterized.",
        "",
    )
    highest = max((max(area.practice_groups, default=0) for area in result.areas), default=0)
    levels = range(1, highest + 1)
    heads = ("area", "", "level", "cap.", *map(str, levels))
    terminal.table((_area(area, levels) for area in result.areas), heads, right="level cap.")
    terminal.say("  1 to 5: level by level, + satisfied, x unsatisfied, . not rated yet")


def _area(area: AreaResult, levels: Iterable[int]) -> tuple[str, ...]:
    if area.out:
        return (area.id, _short(area.title, 44), "out", "", *("" for _ in levels))
    states = (_STATES.get(area.practice_groups.get(level, ""), "") for level in levels)
    return (area.id, _short(area.title, 44), str(area.level), str(area.capability_level), *states)


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
