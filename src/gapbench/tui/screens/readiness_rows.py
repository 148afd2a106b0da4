"""The figures of the readiness screen as rows: verdicts, and bars for clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.rating.results import ClauseResult, ConformityResult, Tally
from gapbench.rating.wording import share
from gapbench.tui.screens.figures import Figure, blocker_figure, blocker_row, title_figure
from gapbench.tui.screens.level_rows import level_figures
from gapbench.tui.widgets.canvas import Piece, Row, justified, wrap
from gapbench.work.headline import headline, nothing_counts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gapbench.rating.inputs import Case
    from gapbench.tui.desk import Desk

FULL, PART, NONE = "█", "▒", "·"


def verdict_rows(desk: Desk, catalog: str, width: int, height: int) -> list[Row]:
    """The verdict, its sentence, and the first reasons that fit."""
    case, result = desk.case(catalog), desk.readiness.results[catalog]
    line = headline(case, result)
    rows: list[Row] = [[(line.name, "title"), ("   ", ""), (line.verdict.upper(), line.tone)]]
    rows += [[(part, "")] for part in wrap(result.sentence, width)[:4]]
    rows += [row for blocker in result.blockers for row in [blocker_row(blocker, width)]]
    more = len(rows) - height
    if more > 0:
        rows = [*rows[: height - 1], [(f"and {more + 1} more below", "faint")]]
    return rows


def figures(desk: Desk, catalog: str) -> list[Figure]:
    """Every line of a framework."""
    case, result = desk.case(catalog), desk.readiness.results[catalog]
    if isinstance(result, ConformityResult):
        return list(_conformity(case, result))
    return list(level_figures(case, result, desk.walk))


# -- conformity ------------------------------------------------------------------------------------------------------


def _conformity(case: Case, result: ConformityResult) -> Iterator[Figure]:
    yield Figure(lambda width: _tally_row("all", "", result.tally, result.majors, result.minors, width, 0))
    for clause in result.groups:
        yield from _clauses(clause, 0)
    if result.blockers:
        yield title_figure("")
        yield title_figure("what stands before the next better verdict")
        for blocker in result.blockers:
            yield blocker_figure(blocker)
    if result.cautions:
        yield title_figure("")
        yield title_figure("whatever the verdict, an auditor will question")
        for caution in result.cautions:
            yield blocker_figure(caution)
    principles = case.scope.catalog.principles
    if result.principles:
        yield title_figure("")
        yield title_figure("quality management principles")
        for name, tally in result.principles.items():
            yield Figure(_principle_row(principles.get(name, name), tally))


def _principle_row(title: str, tally: Tally) -> Callable[[int], Row]:
    return lambda width: _tally_row("", title, tally, 0, 0, width, 0)


def _clauses(clause: ClauseResult, depth: int) -> Iterator[Figure]:
    yield Figure(_clause_row(clause, depth), clause.id, clause.id)
    if depth < 1:
        for child in clause.groups:
            yield from _clauses(child, depth + 1)


def _clause_row(clause: ClauseResult, depth: int) -> Callable[[int], Row]:
    return lambda width: _tally_row(clause.id, clause.title, clause.tally, clause.majors, clause.minors, width, depth)


def _tally_row(number: str, title: str, tally: Tally, majors: int, minors: int, width: int, depth: int) -> Row:
    bar_width = 10 if width < 74 else 20
    percent, coverage = tally.percent, tally.coverage
    words = nothing_counts(tally) if percent is None else f"{percent:.1f} % of {share(coverage)}"
    right: list[Piece] = [*_bar(tally, bar_width), (f" {words:>16}", "strong" if percent is not None else "faint")]
    right.append((f" {majors}!" if majors else "   ", "bad"))
    right.append((f" {minors:>2}m " if minors else "     ", "note"))
    left: list[Piece] = [
        (
            f"{'  ' * depth}{number} ".lstrip() if not number else f"{'  ' * depth}{number} ",
            "dim" if depth else "strong",
        )
    ]
    left.append((title, "" if depth else "strong"))
    return justified(left, right, width)


def _bar(tally: Tally, width: int) -> list[Piece]:
    """Readiness within coverage: full blocks what conforms, shaded what was looked at, dots what was not."""
    covered = round(width * tally.rated / tally.scored) if tally.scored else 0
    full = round(covered * tally.halves / (2 * tally.counted)) if tally.counted else 0
    tone = "good" if tally.counted and tally.halves == 2 * tally.counted else "fair"
    return [(FULL * full, tone), (PART * (covered - full), "track"), (NONE * (width - covered), "faint")]
