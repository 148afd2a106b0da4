"""Readiness by processes (ISO/IEC 15504 and 33020, Automotive SPICE): attributes and the level of each process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.excel import level_recipe as recipes
from gapbench.excel import level_sheet
from gapbench.excel.assessment import group_key
from gapbench.excel.book import PROCESSES
from gapbench.excel.level_facts import NOT_RATED, STATES
from gapbench.excel.level_recipe import WIDTH, Field, Line, Recipe
from gapbench.excel.page import Column
from gapbench.excel.strings import quoted
from gapbench.rating import achievement, scales

if TYPE_CHECKING:
    from gapbench.excel.book import Book
    from gapbench.excel.level_facts import Facts
    from gapbench.rating.results import AreaResult

_CODES = scales.codes(scales.ACHIEVEMENT)
_BASIC = tuple(achievement.POINTS)[::-1]
_REFINED = tuple(code for code in _CODES if code not in _BASIC)
_NOTE = (
    "Every process has a capability level of its own: the highest one whose attributes are at L or F while all "
    "attributes of the levels below are at F. Over several instances an attribute has the mean of their ratings "
    "(N 0, P 1, L 2, F 3), rounded to the nearest, halves up; L+, L-, P+ and P- count as L and P. Levels of "
    "processes are never averaged: the profile below is the result."
)


def write(book: Book) -> None:
    """Write the sheet."""
    level_sheet.write(book, PROCESSES, "Capability of processes", lambda _: RECIPE)


def _with_refined(code: str) -> tuple[str, ...]:
    return tuple(it for it in _CODES if achievement.basic(it) == code)


def _rated(line: Line) -> str:
    return "+".join(line.cell(code) for code in _BASIC)


def _mean(line: Line) -> str:
    total = "+".join(f"{achievement.POINTS[code]}*{line.cell(code)}" for code in _BASIC if achievement.POINTS[code])
    return f'IF(OR({line.cell("Not rated")}>0,({_rated(line)})=0),"",({total})/({_rated(line)}))'


def _mean_now(line: Line) -> float | str:
    values = list(line.result.units.values())
    if not values or "" in values:
        return ""
    return sum(achievement.POINTS[achievement.basic(value)] for value in values) / len(values)


def _value(line: Line) -> str:
    """The rating that all have, refinements included; else that of the mean."""
    mean = line.cell("Mean")
    rounded = f"ROUND({mean},0)"
    formula = quoted(_BASIC[0])
    for points, code in enumerate(reversed(_BASIC[1:])):
        formula = f"IF({rounded}={points},{quoted(code)},{formula})"
    for code in _REFINED:
        formula = f"IF({line.count(code)}={_rated(line)},{quoted(code)},{formula})"
    return f"IF(ISNUMBER({mean}),{formula},{quoted(NOT_RATED)})"


def _points(line: Line) -> str:
    return f'IF(ISNUMBER({line.cell("Mean")}),ROUND({line.cell("Mean")},0),"")'


def _points_now(line: Line) -> int | str:
    value = line.result.value
    return achievement.POINTS[achievement.basic(value)] if value else ""


def _belongs(line: Line) -> str:
    return group_key(line.facts.catalog.id, line.area.id)


def _state(facts: Facts, area: AreaResult, level: int) -> str:
    """A level is reached when its attributes are at L or F and all of the lower ones at F."""
    lower = {facts.own_level(facts.catalog.item[it]) for it in area.practices} & set(range(1, level))
    if any((area.id, it) not in facts.groups for it in lower):
        return ""
    table = facts.table
    mine = f"{table}[Belongs to],{quoted(group_key(facts.catalog.id, area.id))},{table}[Level]"
    upto = f'{mine},"<={level}"'
    unrated = f'COUNTIFS({upto})-COUNTIFS({upto},{table}[Counts as],">=0")'
    weak = f'COUNTIFS({mine},{level},{table}[Counts as],"<2")+COUNTIFS({mine},"<{level}",{table}[Counts as],"<3")'
    words = [quoted(STATES[it]) for it in ("not_rated", "unsatisfied", "satisfied")]
    return f"IF({unrated}>0,{words[0]},IF({weak}>0,{words[1]},{words[2]}))"


def _bad(line: Line, step: str) -> list[str]:
    points = line.cell("Counts as")
    least = f"IF({line.own}={step},2,3)" if step else "3"
    return [f"NOT(ISNUMBER({points}))", f"N({points})<{least}"]


RECIPE = Recipe(
    part="process",
    parts="processes",
    items="process attributes",
    states=lambda n: f"Level {n}",
    reached="Process level",
    fields=(
        recipes.LEVEL,
        *(recipes.counting(code, *_with_refined(code)) for code in _BASIC),
        recipes.unrated("Not rated"),
        Field(Column("Mean", WIDTH, centre=True), _mean, _mean_now, "number", (("num_format", "0.00"),)),
        recipes.valued(_value),
        Field(Column("Counts as", WIDTH, centre=True), _points, _points_now, "number"),
    ),
    state=_state,
    bad=_bad,
    belongs=_belongs,
    note=_NOTE,
)
