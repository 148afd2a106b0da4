"""Readiness for an appraisal (CMMI 2.0 and later): practices, practice groups, areas, maturity level.

A practice's units are counted in the Assessment table, the rule from units to the organisation is one
formula, and groups, area levels, capability levels and the maturity level follow from its values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.excel import level_recipe as recipes
from gapbench.excel import level_sheet
from gapbench.excel.assessment import group_key
from gapbench.excel.book import CMMI
from gapbench.excel.level_facts import FIRST
from gapbench.excel.level_recipe import WIDTH, Field, Line, Recipe
from gapbench.excel.page import Column, cell
from gapbench.excel.strings import quoted
from gapbench.rating import scales

if TYPE_CHECKING:
    from gapbench.excel.book import Book
    from gapbench.excel.level_facts import Facts
    from gapbench.rating.results import AreaResult

_CODES = scales.codes(scales.PRACTICES)
_RISK = {"L": "low", "M": "medium", "H": "high", "NY": "not yet", "": ""}
_NOTE = (
    "A maturity level n needs every area of the view that is asked at that level to hold "
    "level n, or its highest level where that is lower; no average is taken. Capability "
    "levels end at 3 and are limited by the areas that sustain habit (GOV, II)."
)


def write(book: Book) -> None:
    """Write the sheet."""
    level_sheet.write(book, CMMI, "Readiness for an appraisal", lambda _: RECIPE)


def _rule(line: Line) -> str:
    """The values that the rule from units to the organisation allows."""
    met, largely, partly, missed, later, unseen = (line.cell(code) for code in _CODES)
    rated = f"SUM({met}:{later})"
    return (
        f'IF(OR({unseen}>0,{rated}=0),"NC",'
        f'IF({largely}+{partly}+{missed}+{later}=0,"FM",'
        f'IF({met}+{largely}+{partly}+{missed}=0,"NY",'
        f'IF({partly}+{missed}=0,IF({largely}>0,"LM","FM"),'
        f'IF({met}+{largely}>0,IF(2*({partly}+{missed})>={rated},"PM","LM or PM"),'
        f'IF({partly}=0,"DM",IF({missed}+{later}=0,"PM","PM or DM")))))))'
    )


def _risk(line: Line) -> str:
    if not line.area.risk:
        return ""
    value = line.cell("Value")
    return (
        f'IF({value}="FM","low",IF({value}="LM","medium",'
        f'IF(OR({value}="PM",{value}="DM"),"high",IF({value}="NY","not yet",""))))'
    )


def _state(facts: Facts, area: AreaResult, level: int) -> str:
    """The state of a practice group; a lower one that fails takes it along unless all is FM."""
    table, row = facts.table, facts.rows[area.id]
    key = quoted(group_key(facts.catalog.id, f"{area.id}/{level}"))

    def count(head: str, word: str) -> str:
        return f"COUNTIFS({table}[Group key],{key},{table}[{head}],{quoted(word)})"

    below, blank = "FALSE", "FALSE"
    if level > 1:
        lower = f"{cell(row, FIRST)}:{cell(row, FIRST + level - 2)}"
        below = f'COUNTIF({lower},"unsatisfied")>0'
        blank = f'COUNTIF({lower},"not rated")>0'
    unmet = "+".join(count("Value", word) for word in ("PM", "DM", "NY"))
    return (
        f'IF({count("Value", "FM")}=COUNTIFS({table}[Group key],{key}),"satisfied",'
        f'IF({unmet}>0,"unsatisfied",IF({count("Value", "NC")}>0,"not rated",'
        f'IF(OR({count("Significant", "yes")}>0,{below}),"unsatisfied",'
        f'IF({blank},"not rated","satisfied")))))'
    )


def _bad(line: Line, _: str) -> list[str]:
    harmed = f'AND({line.cell("Value")}="LM",{line.cell("Significant")}="yes")'
    return [*line.is_any("PM", "DM", "NY", "NC"), harmed]


RECIPE = Recipe(
    part="practice area",
    parts="practice areas",
    items="practices",
    states=lambda n: f"Level {n}",
    reached="Area level",
    fields=(
        recipes.LEVEL,
        *(recipes.counting(code, code) for code in _CODES[:-1]),
        recipes.unrated(_CODES[-1], _CODES[-1]),
        recipes.allows(_rule),
        recipes.JUDGED,
        recipes.valued(recipes.chosen),
        Field(Column("Risk", WIDTH, centre=True), _risk, lambda line: _RISK[line.area.risk.get(line.item.id, "")]),
    ),
    state=_state,
    bad=_bad,
    due=recipes.choice_due,
    note=_NOTE,
)
