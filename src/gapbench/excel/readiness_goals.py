"""Readiness by goals (CMMI 1.3, SW-CMM): practices, goals, areas, and the level that follows.

In CMMI 1.3 practices are rated and make the goals; in SW-CMM the goals are answered themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.excel import level_recipe as recipes
from gapbench.excel import level_sheet
from gapbench.excel.assessment import group_key
from gapbench.excel.book import GOALS
from gapbench.excel.level_facts import NONE, NOT_RATED, STATES
from gapbench.excel.level_goals import table_of
from gapbench.excel.level_recipe import WIDTH, Field, Line, Recipe
from gapbench.excel.page import Column
from gapbench.excel.strings import quoted
from gapbench.rating import goal_method, scales

if TYPE_CHECKING:
    from gapbench.catalog.model import Catalog
    from gapbench.excel.book import Book
    from gapbench.excel.level_facts import Facts
    from gapbench.rating.results import AreaResult

_CODES = scales.codes(scales.IMPLEMENTATION)
_NA = "not applicable"
_PRACTICES_NOTE = (
    "A goal is satisfied when all its practices are FI or LI and their weaknesses do not harm it significantly. "
    "The capability level of an area is the highest one up to which all its goals are satisfied: specific goals, then "
    "generic goal 2, then 3. A maturity level needs the areas that are asked up to it, at capability level 2 for "
    "maturity level 2 and at 3 above; no average is taken. Everybody is at maturity level 1."
)
_GOALS_NOTE = (
    "A key process area is satisfied when all its goals are answered yes. It may be not applicable as a whole, with a "
    "reason; a goal that is so alone is not rated by that. A maturity level needs every key process area of that level "
    "and of those below; no average is taken, and everybody is at level 1. Signs are not scored; where they say no "
    "beside a yes, expect questions."
)


def write(book: Book) -> None:
    """Write the sheet."""
    level_sheet.write(book, GOALS, "Readiness by goals", recipe_of)


def recipe_of(catalog: Catalog) -> Recipe:
    """How a framework with goals stands on the sheet."""
    return ANSWERED if catalog.scale == "answers" else IMPLEMENTED


def _together(states: str, facts: Facts, area: AreaResult, level: int) -> str:
    """Several goals as one: unsatisfied when one is, else not rated when one is; none where all are out."""
    key = quoted(group_key(facts.catalog.id, f"{area.id}/{level}"))
    formula = quoted(NONE)
    for word in reversed((STATES["unsatisfied"], NOT_RATED, STATES["satisfied"])):
        table = states.partition("[")[0]
        formula = f"IF(COUNTIFS({table}[Group key],{key},{states},{quoted(word)})>0,{quoted(word)},{formula})"
    return formula


# --- practices make the goals -----------------------------------------------------------------------


def _rule(line: Line) -> str:
    met, largely, partly, missed, later = (line.cell(code) for code in _CODES)
    rated = f"SUM({met}:{later})"
    return (
        f'IF(OR({line.cell("Not rated")}>0,{rated}=0),"",'
        f'IF({rated}={later},"NY",'
        f'IF({partly}+{missed}=0,IF({largely}>0,"LI","FI"),'
        f'IF({met}+{largely}>0,"LI or PI",IF({partly}>0,"PI","NI")))))'
    )


def _goal_of(line: Line) -> str:
    goals = goal_method.goals_of(line.facts.catalog, line.area.id)
    goal = next(goal for goal in goals if any(item.id == line.item.id for item in goal.items))
    return group_key(line.facts.catalog.id, goal.id)


def _unmet(line: Line, _: str) -> list[str]:
    harmed = f'AND({line.cell("Value")}="LI",{line.cell("Significant")}="yes")'
    return [*line.is_any("PI", "NI", "NY", NOT_RATED), harmed]


IMPLEMENTED = Recipe(
    part="process area",
    parts="process areas",
    items="practices",
    states=lambda n: "Specific goals" if n == 1 else f"Generic goal {n}",
    reached="Capability level",
    fields=(
        recipes.LEVEL,
        *(recipes.counting(code, code) for code in _CODES),
        recipes.unrated("Not rated"),
        recipes.allows(_rule),
        recipes.JUDGED,
        recipes.valued(recipes.chosen),
    ),
    state=lambda facts, area, level: _together(f"{table_of(facts)}[Value]", facts, area, level),
    bad=_unmet,
    belongs=_goal_of,
    due=recipes.choice_due,
    note=_PRACTICES_NOTE,
    goals=True,
)


# --- goals are answered -------------------------------------------------------------------------------


def _answer(line: Line) -> str:
    yes, partly, no, out = (line.cell(head) for head in ("Yes", "Partly", "No", "Not applicable"))
    return (
        f"IF(OR({line.cell('Not rated')}>0,SUM({yes}:{out})=0),{quoted(NOT_RATED)},"
        f'IF({no}>0,"no",IF({partly}>0,"partly",IF({yes}>0,"yes",{quoted(_NA)}))))'
    )


def _goal_state(line: Line) -> str:
    """Not applicable leaves a goal out with all the others of its area; alone it is not rated by that."""
    value, facts = line.cell("Value"), line.facts
    key = quoted(group_key(facts.catalog.id, f"{line.area.id}/{line.own}"))
    others = f'COUNTIFS({facts.table}[Group key],{key},{facts.table}[Value],"<>{_NA}")'
    return (
        f'IF({value}="yes","satisfied",IF(OR({value}="partly",{value}="no"),"unsatisfied",'
        f"IF(AND({value}={quoted(_NA)},{others}=0),{quoted(NONE)},{quoted(NOT_RATED)})))"
    )


def _goal_stands(line: Line) -> str:
    state = line.area.goals.get(line.item.id)
    return NONE if state is None else STATES[state]


def _goal_unmet(line: Line, _: str) -> list[str]:
    return [*line.is_any("partly", "no"), f"{line.cell('State')}={quoted(NOT_RATED)}"]


ANSWERED = Recipe(
    part="key process area",
    parts="key process areas",
    items="goals",
    states=lambda n: "All goals" if n == 1 else f"Goals of level {n}",
    reached="Level",
    fields=(
        recipes.counting("Yes", "yes"),
        recipes.counting("Partly", "partly"),
        recipes.counting("No", "no"),
        recipes.counting("Not applicable", "na"),
        recipes.unrated("Not rated"),
        recipes.valued(_answer),
        Field(Column("State", WIDTH, centre=True), _goal_state, _goal_stands),
    ),
    state=lambda facts, area, level: _together(f"{facts.table}[State]", facts, area, level),
    bad=_goal_unmet,
    note=_GOALS_NOTE,
    signs=True,
)
