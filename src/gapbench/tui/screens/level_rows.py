"""Areas and their levels as a grid: practice groups, goals, or process attributes, whatever the framework rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.rating.levels import asked_at
from gapbench.rating.models import area_noun_of, model_of, noun_of
from gapbench.rating.results import Blocker
from gapbench.rating.wording import plural
from gapbench.tui.screens.figures import Figure, blocker_figure, title_figure
from gapbench.tui.widgets.canvas import Piece, Row, cropped, fit, justified
from gapbench.work.walk import values_by_code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gapbench.catalog.model import Catalog, Item
    from gapbench.rating.inputs import Case
    from gapbench.rating.results import AreaResult, LevelResult, Tone, Value
    from gapbench.work.walk import Walk

GRID_WIDTH = 80
"""The grid stays close to the names of its areas."""

NONE = "·"
CELLS: dict[str, tuple[str, Tone]] = {
    "satisfied": ("■", "good"),
    "unsatisfied": ("x", "bad"),
    "not_rated": ("□", "open"),
}


def level_figures(case: Case, result: LevelResult, walk: Walk) -> Iterator[Figure]:
    """Every line of a framework with levels."""
    model = case.scope.catalog.model
    if model == "practice_groups":
        yield from _group_grid(result)
    else:
        yield from _goal_grid(case, result) if model == "goals" else _attribute_grid(case, result)
    yield from _standing_figures(walk, case.scope.catalog)
    yield from _in_the_way(case, result)
    yield from _candidate_figures(walk, case.scope.catalog)
    yield from _unit_figures(case)


# -- beside the other framework --------------------------------------------------------------------------------------


def _standing_figures(walk: Walk, catalog: Catalog) -> Iterator[Figure]:
    """What was rated, what a conforming clause proposes, and neither: apart, and never added up."""
    known = walk.counterparts
    states = list(known.standing(catalog.id).values())
    if not states:
        return
    met, gaps = states.count("confirmed"), states.count("gap")
    yield title_figure("")
    yield title_figure(f"{noun_of(catalog).many} beside {known.others(catalog.id)}")
    yield _count_figure("confirmed by rating", met + gaps, f"{met} met, {plural(gaps, 'gap')}")
    yield _count_figure("candidate", states.count("candidate"), "by a clause: evidence to ask for")
    yield _count_figure("neither", states.count("none"), "")
    questions = walk.themes.questions()
    yield _count_figure("questions saved", questions.saved, f"asked {questions.asked}, answers {questions.answers}")


def _count_figure(name: str, count: int, words: str) -> Figure:
    row: Row = [(f" {name:<20}", "dim"), (f"{count:>4}", "strong"), (f"   {words}", "dim")]
    return Figure(lambda width: cropped(row, width))


def _candidate_figures(walk: Walk, catalog: Catalog) -> Iterator[Figure]:
    """Candidates one by one; each leads to its place in the walk."""
    found = walk.counterparts.candidates(catalog.id)
    if found:
        noun = noun_of(catalog)
        yield title_figure("")
        yield title_figure(f"{plural(len(found), 'candidate')} among the {noun.many}: evidence to ask for, no rating")
        for each in found:
            clauses = ", ".join(clause for _, clause in each.because)
            verb = "conforms" if len(each.because) == 1 else "conform"
            yield blocker_figure(Blocker(each.about[1], "", f"{clauses} {verb}"))


# -- what stands before the next level -------------------------------------------------------------------------------


def _in_the_way(case: Case, result: LevelResult) -> Iterator[Figure]:
    catalog = case.scope.catalog
    if result.blockers:
        noun = noun_of(catalog)
        words = plural(len(result.blockers), noun.one, noun.many)
        kind = "maturity" if result.scheme == "staged" else "capability"
        each = f" in each of the {area_noun_of(catalog).many}" if result.scheme == "continuous" else ""
        which = f"the next {kind} level{each}" if each else f"{kind} level {result.next_level}"
        yield title_figure("")
        yield title_figure(f"before {which}: {words}")
        for blocker in result.blockers:
            yield blocker_figure(blocker)
    if result.cautions:
        yield title_figure("")
        yield title_figure("whatever the level, an appraiser will question")
        for caution in result.cautions:
            yield blocker_figure(caution)


def _head(result: LevelResult, columns: str, width: int) -> Row:
    left: Row = [(result.short, "strong"), (f" of {result.target} aimed at", "dim")]
    return justified(left, [(columns, "dim")], min(width, GRID_WIDTH))


def _line(area: AreaResult, cells: Sequence[Piece], last: Piece, name_width: int) -> Figure:
    """An area with its cells and its level."""

    def row(width: int) -> Row:
        right = [("not applicable", "out"), ("   ", "")] if area.out else [*cells, last]
        return justified([(f"{area.id:<{name_width}}", "strong"), (area.title, "")], right, min(width, GRID_WIDTH))

    return Figure(row, area.id, area.id)


def _reached(area: AreaResult, target: int) -> Tone:
    return "good" if area.level >= min(target, area.top) else "fair"


def _widest(areas: Sequence[AreaResult]) -> int:
    return max((len(area.id) for area in areas), default=4) + 1


# -- practice groups -------------------------------------------------------------------------------------------------


def _group_grid(result: LevelResult) -> Iterator[Figure]:
    top = max([result.target, *(level for area in result.areas for level in area.practice_groups)], default=0)
    top = min(top, max(result.target, result.maturity_level))
    levels = " ".join(str(level) for level in range(1, top + 1))
    yield Figure(lambda width: _head(result, f"{levels}    level ", width))
    for area in result.areas:
        cells: list[Piece] = []
        for level in range(1, top + 1):
            state = area.practice_groups.get(level)
            cells.append(CELLS[state] if state else (NONE, "faint"))
            cells.append(("|" if level == result.target else " ", "note"))
        yield _line(area, cells, (f"     {area.level}   ", _reached(area, result.target)), 5)
    yield title_figure("")
    yield title_figure("■ satisfied   x not satisfied   □ not rated")
    yield title_figure("· no such group   | level aimed at")


# -- goals -----------------------------------------------------------------------------------------------------------


def _goal_grid(case: Case, result: LevelResult) -> Iterator[Figure]:
    """Specific goals one by one, then the generic ones; areas under the maturity level that asks them."""
    catalog = case.scope.catalog
    asked = {area.id for area in asked_at(result.areas, result.target)}
    generic = sorted({level for area in result.areas for level in area.practice_groups if level > 1})
    generic = [level for level in generic if level <= max(result.target, 1)] if generic else []
    specific = {area.id: _specific(catalog, area) for area in result.areas}
    most = max((len(goals) for goals in specific.values()), default=0)
    names = "".join(f" GG{level} " for level in generic)
    last = "  CL " if generic else "  "
    yield Figure(lambda width: _head(result, f"{'SG' if generic else 'goals':<{max(most, 5)}} {names}{last}", width))
    width = _widest(result.areas)
    for level in sorted({area.asked_from for area in result.areas}):
        if result.scheme == "staged":
            yield _level_title(result, level)
        for area in result.areas:
            if area.asked_from == level:
                cells = _goal_cells(area, specific[area.id], max(most, 5), generic)
                end = f"   {area.level} " if generic else "  "
                tone = _reached(area, result.target) if area.id in asked else "out"
                yield _line(area, cells, (end, tone), width)
    yield title_figure("")
    yield title_figure("■ satisfied   x not satisfied   □ not rated")
    if generic:
        yield title_figure("SG specific goals   GG2 managed   GG3 defined   CL capability level")


def _specific(catalog: Catalog, area: AreaResult) -> list[str]:
    """Goals that belong to level 1: of the area's own, in reading order."""
    return [goal for goal in area.goals if _level_of(catalog, goal) == 1]


def _level_of(catalog: Catalog, goal: str) -> int:
    found = catalog.group[goal].level if goal in catalog.group else catalog.item[goal].level
    return found or 1


def _goal_cells(area: AreaResult, specific: Sequence[str], most: int, generic: Sequence[int]) -> list[Piece]:
    cells: list[Piece] = [CELLS[area.goals[goal]] for goal in specific]
    cells.append((" " * (most - len(specific) + 1), ""))
    for level in generic:
        state = area.practice_groups.get(level)
        mark, tone = CELLS[state] if state else (NONE, "faint")
        cells.append((f"  {mark}  ", tone))
    return cells


def _level_title(result: LevelResult, level: int) -> Figure:
    """The line above the areas that a maturity level asks."""
    if level <= result.maturity_level:
        said: Piece = ("reached", "good")
    elif level <= result.target:
        said = ("not reached yet", "fair")
    else:
        said = ("beyond the level aimed at", "out")
    return Figure(lambda width: cropped([(f"--- maturity level {level}: ", "faint"), said], width))


# -- process attributes ----------------------------------------------------------------------------------------------


def _attribute_grid(case: Case, result: LevelResult) -> Iterator[Figure]:
    """A letter for each attribute up to the level aimed at."""
    catalog = case.scope.catalog
    top = max(result.target, *(area.level for area in result.areas), 1) if result.areas else 1
    columns = _columns(catalog, result.areas, top)
    yield Figure(lambda width: _head(result, f"{' '.join(f'{name:>3}' for name in columns)}   CL ", width))
    values = values_by_code(case)
    width = _widest(result.areas)
    for area in result.areas:
        cells = [piece for name in columns for piece in (_letter(catalog, area, name, values), (" ", ""))]
        yield _line(area, cells, (f"   {area.level} ", _reached(area, result.target)), width)
    yield title_figure("")
    yield title_figure("columns PA n.m   N P L F not, partially, largely, fully achieved   . not rated")
    yield title_figure("CL capability level: its attributes at least L, all attributes below F")


def _number(catalog: Catalog, item: Item) -> str:
    """The number of an attribute, "2.1" of "SWE.1 PA 2.1"."""
    return item.id.removeprefix(catalog.area_of.get(item.group, "")).strip().removeprefix("PA").strip()


def _columns(catalog: Catalog, areas: Sequence[AreaResult], top: int) -> list[str]:
    items = (catalog.item[name] for area in areas for name in area.practices)
    return sorted({_number(catalog, item) for item in items if item.scored and (item.level or 1) <= top})


def _letter(catalog: Catalog, area: AreaResult, name: str, values: Mapping[str, Value]) -> Piece:
    found = next(
        (result for item, result in area.practices.items() if _number(catalog, catalog.item[item]) == name), None
    )
    if found is None:
        return f"{NONE:>3}", "faint"
    value = values.get(found.value)
    return (f"{value.letter:>3}", value.tone) if value else (f"{'.':>3}", "open")


# -- units -----------------------------------------------------------------------------------------------------------


def _unit_figures(case: Case) -> Iterator[Figure]:
    catalog = case.scope.catalog
    units = [unit for unit in case.scope.units if unit.kind != "site"]
    if len(units) < 2 or catalog.units == "organisation":
        return
    scale = [value for value in model_of(case.scope).scale(catalog) if value.code != "NC"]
    yield title_figure("")
    yield title_figure("unit by unit")
    counts: dict[str, dict[str, int]] = {unit.id: {} for unit in units}
    for (_, of), answer in case.answers.items():
        if of in counts and answer.value:
            counts[of][answer.value] = counts[of].get(answer.value, 0) + 1
    shown = [value for value in scale if "," not in value.word or any(value.code in each for each in counts.values())]
    for unit in units:
        yield Figure(_unit_row(unit.name, counts[unit.id], shown))


def _unit_row(name: str, counts: dict[str, int], scale: Sequence[Value]) -> Callable[[int], Row]:
    right: list[Piece] = [
        piece
        for value in scale
        for piece in ((f"  {value.letter} ", "dim"), (f"{counts.get(value.code, 0):>3}", value.tone))
    ]
    return lambda width: justified([(fit(name, width), "")], [*right, (" ", "")], width)
