"""The figures of the readiness screen as rows: bars for clauses, a level grid for practice areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.rating.results import (
    AreaResult,
    Blocker,
    ClauseResult,
    ConformityResult,
    LevelResult,
    Tally,
    Tone,
)
from gapbench.rating.wording import plural, share
from gapbench.tui.widgets.canvas import Piece, Row, fit, justified, wrap
from gapbench.work.headline import headline, nothing_counts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gapbench.rating.inputs import Case
    from gapbench.tui.desk import Desk

GRID_WIDTH = 80
"""The grid stays close to the names of its areas."""

FULL, PART, NONE = "█", "▒", "·"
_CELLS: dict[str, tuple[str, Tone]] = {
    "satisfied": ("■", "good"),
    "unsatisfied": ("x", "bad"),
    "not_rated": ("□", "open"),
}


@dataclass(frozen=True)
class Figure:
    """One line of figures.

    Attributes:
        subject: What "show me the arithmetic" is asked for.
        place: Line of the walk it belongs to, "" for none.
    """

    row: Callable[[int], Row]
    subject: str = ""
    place: str = ""


def verdict_rows(desk: Desk, catalog: str, width: int, height: int) -> list[Row]:
    """The verdict, its sentence, and the first reasons that fit."""
    case, result = desk.case(catalog), desk.readiness.results[catalog]
    line = headline(case, result)
    rows: list[Row] = [[(line.name, "title"), ("   ", ""), (line.verdict.upper(), line.tone)]]
    rows += [[(part, "")] for part in wrap(result.sentence, width)[:4]]
    rows += [row for blocker in result.blockers for row in [_blocker_row(blocker, width)]]
    more = len(rows) - height
    if more > 0:
        rows = [*rows[: height - 1], [(f"and {more + 1} more below", "faint")]]
    return rows


def _blocker_row(blocker: Blocker, width: int) -> Row:
    head = f"{blocker.item} {blocker.value}".strip()
    return [(f"{head}  ", "note"), (fit(blocker.why, max(4, width - len(head) - 2)), "dim")]


def figures(desk: Desk, catalog: str) -> list[Figure]:
    """Every line of a framework."""
    case, result = desk.case(catalog), desk.readiness.results[catalog]
    if isinstance(result, ConformityResult):
        return list(_conformity(case, result))
    return list(_levels(case, result))


def _title(text: str) -> Figure:
    return Figure(lambda width: [(fit(text, width), "faint")])


# -- conformity ------------------------------------------------------------------------------------------------------


def _conformity(case: Case, result: ConformityResult) -> Iterator[Figure]:
    yield Figure(lambda width: _tally_row("all", "", result.tally, result.majors, result.minors, width, 0))
    for clause in result.groups:
        yield from _clauses(clause, 0)
    if result.blockers:
        yield _title("")
        yield _title("what stands before the next better verdict")
        for blocker in result.blockers:
            yield _blocker(blocker)
    if result.cautions:
        yield _title("")
        yield _title("whatever the verdict, an auditor will question")
        for caution in result.cautions:
            yield _blocker(caution)
    principles = case.scope.catalog.principles
    if result.principles:
        yield _title("")
        yield _title("quality management principles")
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


# -- levels ----------------------------------------------------------------------------------------------------------


def _levels(case: Case, result: LevelResult) -> Iterator[Figure]:
    top = max([result.target, *(level for area in result.areas for level in area.practice_groups)], default=0)
    top = min(top, max(result.target, result.maturity_level))
    yield Figure(lambda width: _grid_head(result, top, width))
    for area in result.areas:
        yield Figure(_area_row(area, result, top), area.id, area.id)
    yield _title("")
    yield _title("■ satisfied   x not satisfied   □ not rated")
    yield _title("· no such group   | level aimed at")
    if result.blockers:
        yield _title("")
        yield _title(f"before maturity level {result.next_level}: {plural(len(result.blockers), 'practice')}")
        for blocker in result.blockers:
            yield _blocker(blocker)
    yield from _unit_figures(case)


def _grid_head(result: LevelResult, top: int, width: int) -> Row:
    levels = " ".join(str(level) for level in range(1, top + 1))
    return justified(
        [(f"ML{result.maturity_level}", "strong"), (f" of {result.target} aimed at", "dim")],
        [(levels, "dim"), ("    level ", "dim")],
        min(width, GRID_WIDTH),
    )


def _area_row(area: AreaResult, result: LevelResult, top: int) -> Callable[[int], Row]:
    cells: list[Piece] = []
    for level in range(1, top + 1):
        state = area.practice_groups.get(level)
        cells.append(_CELLS[state] if state else (NONE, "faint"))
        cells.append(("|" if level == result.target else " ", "note"))
    if area.out:
        cells = [("not applicable", "out")]
    reached: Tone = "good" if area.level >= min(result.target, area.top) else "fair"
    right: list[Piece] = [*cells, (f"     {area.level}   ", reached)]
    return lambda width: justified([(f"{area.id:<5}", "strong"), (area.title, "")], right, min(width, GRID_WIDTH))


def _blocker(blocker: Blocker) -> Figure:
    return Figure(lambda width: [(" ", ""), *_blocker_row(blocker, width - 1)], blocker.item, blocker.item)


def _unit_figures(case: Case) -> Iterator[Figure]:
    units = [unit for unit in case.scope.units if unit.kind != "site"]
    if len(units) < 2:
        return
    yield _title("")
    yield _title("unit by unit")
    for unit in units:
        counts: dict[str, int] = {}
        for (_, of), answer in case.answers.items():
            if of == unit.id and answer.value not in {"", "NC"}:
                counts[answer.value] = counts.get(answer.value, 0) + 1
        yield Figure(_unit_row(unit.name, counts))


def _unit_row(name: str, counts: dict[str, int]) -> Callable[[int], Row]:
    tones = {"FM": "good", "LM": "fair", "PM": "poor", "DM": "bad", "NY": "open"}
    right: list[Piece] = [
        piece for code, tone in tones.items() for piece in ((f"  {code} ", "dim"), (f"{counts.get(code, 0):>3}", tone))
    ]
    return lambda width: justified([(name, "")], [*right, (" ", "")], width)
