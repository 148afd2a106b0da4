"""What the card says of a heading: the figures of a clause, a goal, an area, and what a key does there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.rating.models import area_noun_of, model_of, noun_of
from gapbench.rating.results import AreaResult, ConformityResult, LevelResult
from gapbench.rating.wording import plural
from gapbench.tui.screens.edition_rows import heading_notes, verdict_rows
from gapbench.tui.widgets.card import Heading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.rating.inputs import Case
    from gapbench.tui.desk import Desk
    from gapbench.tui.widgets.canvas import Row
    from gapbench.work.walk import Line

_INKS = {"satisfied": "good", "unsatisfied": "bad"}


def heading_of(desk: Desk, line: Line) -> Heading:
    """The card of a heading: its figures and what a key does here."""
    figures = desk.walk.figures(line.catalog)
    rows: list[Row] = list(heading_notes(desk, line))
    if isinstance(figures.result, ConformityResult):
        rows += _clause_rows(desk, figures.result, line)
    else:
        rows += _level_rows(desk, figures.result, line)
    return Heading(_title(desk, line), (*rows, *_key_rows(desk, line)))


def _title(desk: Desk, line: Line) -> str:
    if line.kind == "level":
        return f"{line.id.split('/')[0]} {line.label}"
    catalog = desk.case(line.catalog).scope.catalog
    area = catalog.area_of.get(line.id, line.id)
    title = f"{line.label} {line.title}".strip()
    return title if area == line.id or line.kind == "framework" else f"{area} {title}"


def _key_rows(desk: Desk, line: Line) -> Iterator[Row]:
    if line.kind != "framework":
        more = desk.walk.unrated_more(line)
        unrated = len(desk.walk.unrated_below(line)) + sum(map(len, more.values()))
        if unrated:
            yield []
            words = f"A digit rates the {plural(unrated, 'unrated item')} below; z takes it back as one step."
            yield [(words, "dim")]
    yield [("enter folds it, = shows the arithmetic", "dim")]


# -- clauses -------------------------------------------------------------------------------------------------------


def _clause_rows(desk: Desk, result: ConformityResult, line: Line) -> Iterator[Row]:
    clause = desk.walk.figures(line.catalog).clauses.get(line.id) if line.kind != "framework" else None
    tally = clause.tally if clause else result.tally
    if clause is None:
        yield from verdict_rows(desk, line)
        for caution in result.cautions:
            yield [(f"caution, {caution.item}: ", "note"), (caution.why, "dim")]
    percent = "nothing counts yet" if tally.percent is None else f"{tally.percent:.1f} % ready"
    yield [(percent, "strong"), (f", {tally.coverage or 0:.1f} % covered ({tally.rated} of {tally.scored} points)", "")]
    majors, minors = (clause.majors, clause.minors) if clause else (result.majors, result.minors)
    yield [
        (plural(majors, "major"), "bad" if majors else "dim"),
        (", ", ""),
        (plural(minors, "minor"), "note" if minors else "dim"),
    ]
    words = {
        "conforming": "conforming",
        "partial": "partial",
        "not_conforming": "not conforming",
        "condition_not_met": "without their condition",
        "na": "not applicable",
    }
    for code, word in words.items():
        if tally.counts.get(code):
            yield [(f"{tally.counts[code]:>4} ", "strong"), (word, "dim")]
    if clause and clause.gate:
        yield []
        yield [("Gate: its total absence blocks certification.", "note")]


# -- levels --------------------------------------------------------------------------------------------------------


def _level_rows(desk: Desk, result: LevelResult, line: Line) -> Iterator[Row]:
    case = desk.case(line.catalog)
    catalog = case.scope.catalog
    group = line.id.partition("/")[0]
    area = desk.walk.figures(line.catalog).areas.get(catalog.area_of.get(group, ""))
    if line.kind == "framework":
        yield from verdict_rows(desk, line)
        for caution in result.cautions:
            yield [(f"caution, {caution.item}: ", "note"), (caution.why, "dim")]
        done = f"{result.characterized} of {result.in_scope} {noun_of(catalog).many} rated"
        yield [(done, "")]
    elif area is None:
        yield from _areas_below(desk, line)
    elif area.out:
        yield [("Declared not applicable", "note")]
        yield [(area.out, "")]
    elif group != area.id:
        yield from _goal_rows(case, area, group)
    else:
        yield from _area_rows(desk, result, area, line)


def _areas_below(desk: Desk, line: Line) -> Iterator[Row]:
    """A heading that only gathers areas: the level of each."""
    catalog = desk.case(line.catalog).scope.catalog
    areas = desk.walk.figures(line.catalog).areas
    below = dict.fromkeys(catalog.area_of.get(catalog.item[item].group, "") for item in line.items)
    noun = area_noun_of(catalog)
    yield [(plural(len(below), noun.one, noun.many), "dim")]
    for name in below:
        if name in areas:
            yield [(f"  {name:<8} ", "dim"), (f"level {areas[name].level}  ", "strong"), (areas[name].title, "")]


def _goal_rows(case: Case, area: AreaResult, goal: str) -> Iterator[Row]:
    state = area.goals.get(goal, "not_rated")
    yield [("goal  ", "dim"), (state.replace("_", " "), _INKS.get(state, "dim"))]
    level = case.scope.catalog.group[goal].level or 1
    yield [(f"{'specific' if level == 1 else 'generic'}, belongs to capability level {level}", "dim")]
    yield from _judged(case, goal)
    yield [("d records whether its weaknesses have a significant negative impact", "dim")]


def _judged(case: Case, subject: str) -> Iterator[Row]:
    judged = case.judgements.get(subject)
    if judged:
        yield [(f"Judged {judged.value}: ", "note"), (judged.reason, "")]


def _area_rows(desk: Desk, result: LevelResult, area: AreaResult, line: Line) -> Iterator[Row]:
    case = desk.case(line.catalog)
    catalog = case.scope.catalog
    yield from _reached(catalog.model, result, area)
    yield from _states(case, area)
    for (of, unit_id), reason in case.scope.exclusions.items():
        if of == area.id and unit_id:
            yield [(f"  {_unit_name(case, unit_id)} is out of scope: ", "note"), (reason, "")]
    group = catalog.group[area.id]
    if group.note:
        yield []
        yield [(group.note, "dim")]
    yield from _judged(case, line.id)
    if line.kind == "level":
        yield [("d records whether its weaknesses have a significant negative impact", "dim")]
    elif model_of(case.scope).refuse_exclusion(case.scope, area.id, _some_unit(case)) is None:
        whom = "a unit" if _some_unit(case) else "the area"
        yield [(f"- takes {whom} out of scope here, with a reason", "dim")]


def _reached(model: str, result: LevelResult, area: AreaResult) -> Iterator[Row]:
    if model == "practice_groups":
        words = f", capability level {area.capability_level}, highest group {area.top}"
        yield [(f"Level {area.level}", "strong"), (words, "")]
    elif area.top > 1:
        yield [(f"Capability level {area.level}", "strong"), (f" of {area.top}", "")]
    if result.scheme == "staged" and model == "goals":
        yield [(f"  asked from maturity level {area.asked_from}", "dim")]


def _some_unit(case: Case) -> str:
    return next((unit.id for unit in case.scope.units if unit.kind != "site"), "")


def _states(case: Case, area: AreaResult) -> Iterator[Row]:
    """Goals one by one where there are any, else the levels of the area."""
    catalog = case.scope.catalog
    for goal, state in area.goals.items():
        title = catalog.group[goal].title if goal in catalog.group else catalog.item[goal].title
        name = goal.removeprefix(area.id).strip()
        yield [(f"  {name:<5} {state.replace('_', ' '):<12} ", _INKS.get(state, "dim")), (title, "dim")]
    if area.goals:
        return
    for level, state in sorted(area.practice_groups.items()):
        yield [(f"  level {level}  ", "dim"), (state.replace("_", " "), _INKS.get(state, "dim"))]


def _unit_name(case: Case, unit_id: str) -> str:
    return next((unit.name for unit in case.scope.units if unit.id == unit_id), unit_id)
