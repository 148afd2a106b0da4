"""The table of goals: what their practices come to, and whether the goal is satisfied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.excel.assessment import group_key
from gapbench.excel.level_facts import (
    ASKED,
    DUE,
    FIRST,
    GROUP,
    HARM,
    KEY,
    NAME,
    NOT_RATED,
    SCOPE,
    STATES,
    TITLE,
    WHOLE,
    Facts,
)
from gapbench.excel.level_recipe import BEFORE, level_before
from gapbench.excel.page import Column, Page, cell
from gapbench.excel.strings import quoted
from gapbench.excel.style import TONES
from gapbench.rating import levels, scales
from gapbench.rating.goal_method import Goal, goals_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gapbench.rating.results import AreaResult

_CODES = scales.codes(scales.IMPLEMENTATION)


def table_of(facts: Facts) -> str:
    """Name of the table of goals."""
    return f"Goals{facts.number}"


def write(page: Page, facts: Facts, columns: Sequence[Column]) -> None:
    """Write the table at the cursor, with the columns of the practices that stand below it."""
    at = {it.head: place for place, it in enumerate(columns)}
    row = page.row
    goals = list(_goals(facts))
    page.table(table_of(facts), columns, len(goals), row)
    for place, (area, goal) in enumerate(goals, row + 1):
        _line(page, facts, place, area, goal, at)
    last = row + max(len(goals), 1)
    mark_states(page, (row + 1, at["Value"], last, at["Value"]))
    page.row = last + 1


def mark_states(page: Page, cells: tuple[int, int, int, int]) -> None:
    """Ink states by what they say."""
    looks = {
        "satisfied": {"bg_color": "#DCEBDF", "font_color": TONES["good"]},
        "unsatisfied": {"bg_color": "#F6DEDF", "font_color": TONES["bad"]},
        NOT_RATED: {"font_color": TONES["open"]},
    }
    here = cell(cells[0], cells[1])
    for word, look in looks.items():
        page.mark_where(cells, f"={here}={quoted(word)}", **look)


def _goals(facts: Facts) -> Iterator[tuple[AreaResult, Goal]]:
    for area in facts.result.areas:
        for goal in goals_of(facts.catalog, area.id):
            if (area.id, goal.level) in facts.groups:
                yield area, goal


def _line(page: Page, facts: Facts, row: int, area: AreaResult, goal: Goal, at: Mapping[str, int]) -> None:
    catalog = facts.catalog.id
    key = group_key(catalog, goal.id)
    page.text(row, KEY, key, "line")
    page.text(row, GROUP, group_key(catalog, f"{area.id}/{goal.level}"), "line")
    harm = levels.weighs(facts.assessed.judgements, goal.id)
    page.text(row, HARM, "yes" if harm else "no", "line")
    page.text(row, WHOLE, group_key(catalog, area.id), "line")
    page.number(row, ASKED, area.asked_from)
    needed = facts.is_needed(area, facts.result.target) and goal.level <= facts.result.target
    page.text(row, SCOPE, "yes" if needed else "no", "line")
    page.text(row, DUE, "no", "line")
    page.text(row, NAME, goal.id, "line")
    page.text(row, TITLE, goal.title)
    page.fit_cells(row, {TITLE: goal.title})
    page.number(row, FIRST, goal.level)
    mine = f"{facts.table}[Belongs to],{quoted(key)}"
    count = page.style("count")
    values = [area.practices[item.id].value for item in goal.items]
    for code in (*_CODES, ""):
        col = at[code or "Not rated"]
        formula = f"=COUNTIFS({mine},{facts.table}[Value],{quoted(facts.words[code])})"
        page.formula(row, col, formula, values.count(code), count)
    page.text(row, at["Rule allows"], "", "centre")
    page.text(row, at["Judged"], levels.SIGNIFICANT if harm else "", "centre")
    state = STATES[area.goals.get(goal.id, "not_rated")]
    page.formula(row, at["Value"], f"={_state(row, at)}", state, page.style("centre", bold=True))
    step = cell(facts.rows[area.id], facts.step) if facts.is_profile else f"({facts.level}+1)"
    before = f'=IF(COUNTIFS({mine},{facts.table}[{BEFORE}],"level*")=0,"","level "&{step})'
    page.formula(row, at[BEFORE], before, level_before(facts, area, goal.items), page.style("centre"))


def _state(row: int, at: Mapping[str, int]) -> str:
    largely, partly, missed, later, unseen = (cell(row, at[it]) for it in ("LI", "PI", "NI", "NY", "Not rated"))
    harmed = f'AND({cell(row, HARM)}="yes",{largely}>0)'
    return f'IF({unseen}+{later}>0,{quoted(NOT_RATED)},IF(OR({partly}+{missed}>0,{harmed}),"unsatisfied","satisfied"))'
