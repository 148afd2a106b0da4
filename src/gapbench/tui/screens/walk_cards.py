"""What the walk's card and side pane say, composed from the engagement on the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.rating.inputs import Answer, Unit
from gapbench.rating.models import model_of
from gapbench.rating.results import AreaResult, ConformityResult, LevelResult
from gapbench.rating.wording import plural
from gapbench.tui.widgets.canvas import Piece, Row, justified, wrap
from gapbench.tui.widgets.card import Card, Heading
from gapbench.work.walk import Line, area_of, clause_of, values_by_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.engagement.values import Step
    from gapbench.tui.desk import Desk


def card_of(desk: Desk, line: Line) -> Card:
    """The card of an item."""
    case = desk.case(line.catalog)
    catalog = case.scope.catalog
    item = catalog.item[line.id]
    siblings = [each.id for each in catalog.items_of[item.group] if each.level == item.level]
    rated = sum(desk.walk.is_rated(line.catalog, each) for each in siblings)
    return Card(
        catalog=catalog,
        item=item,
        group=catalog.group[item.group],
        unit=desk.walk.unit_of(line.catalog, line.id),
        units=_shown_units(desk, line),
        scale=model_of(case.scope).scale(case.scope.catalog),
        answer=desk.walk.answer(line.catalog, line.id),
        result=desk.walk.item_result(line.catalog, line.id),
        siblings=tuple(_sibling(desk, line.catalog, each, each == line.id) for each in siblings),
        findings=desk.findings_on(line.catalog, (line.id,)),
        judgement=case.judgements.get(line.id),
        risk=_risk(desk, line),
        rated=rated,
        asked=len(siblings),
        extra=(catalog.group[item.group].note,) if catalog.group[item.group].note else (),
    )


def _risk(desk: Desk, line: Line) -> str:
    """The risk view of an evaluation; "" where ratings are given or nothing is known."""
    case, result = desk.case(line.catalog), desk.readiness.results[line.catalog]
    if not case.scope.evaluation or not isinstance(result, LevelResult):
        return ""
    area = area_of(result, case.scope.catalog.item[line.id].group)
    return area.risk.get(line.id, "") if area else ""


def _shown_units(desk: Desk, line: Line) -> tuple[Unit, ...]:
    """Units that are asked, those that were rated all the same, and the one in hand."""
    walk, answers = desk.walk, desk.case(line.catalog).answers
    asked, here = walk.units(line.catalog, line.id), walk.unit_of(line.catalog, line.id)
    return tuple(
        unit
        for unit in walk.reachable(line.catalog, line.id)
        if unit in asked or unit == here or answers.get((line.id, unit.id), Answer()).value
    )


def _sibling(desk: Desk, catalog: str, item_id: str, here: bool) -> tuple[str, str, str, bool]:
    item = desk.case(catalog).scope.catalog.item[item_id]
    code = desk.walk.answer(catalog, item_id).value
    value = values_by_code(desk.case(catalog)).get(code)
    label = item.id.removeprefix(item.group).strip() or item.id
    return (label, value.letter if value else ".", value.tone if value else "open", here)


def heading_of(desk: Desk, line: Line) -> Heading:
    """The card of a heading: its figures and what a key does here."""
    result = desk.readiness.results[line.catalog]
    title = f"{line.label} {line.title}".strip() if line.kind != "level" else f"{line.id.split('/')[0]} {line.label}"
    rows = (
        list(_clause_rows(result, line))
        if isinstance(result, ConformityResult)
        else list(_level_rows(desk, result, line))
    )
    unrated = len(desk.walk.unrated_below(line))
    if unrated and line.kind != "framework":
        rows += [
            [],
            [(f"A digit rates the {plural(unrated, 'unrated item')} below; z takes it back as one step.", "dim")],
        ]
    rows += [[("enter folds it, = shows the arithmetic", "dim")]]
    return Heading(title, tuple(rows))


def _clause_rows(result: ConformityResult, line: Line) -> Iterator[Row]:
    clause = clause_of(result, line.id) if line.kind != "framework" else None
    tally = clause.tally if clause else result.tally
    if clause is None:
        yield [(result.sentence, "")]
        yield []
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


def _level_rows(desk: Desk, result: LevelResult, line: Line) -> Iterator[Row]:
    area = None if line.kind == "framework" else area_of(result, line.id.partition("/")[0])
    if area is None:
        yield [(result.sentence, "")]
        yield []
        yield [(f"{result.characterized} of {result.in_scope} practices characterized", "")]
    elif area.out:
        yield [("Declared not applicable", "note")]
        yield [(area.out, "")]
    else:
        yield from _area_rows(desk, area, line)


def _area_rows(desk: Desk, area: AreaResult, line: Line) -> Iterator[Row]:
    yield [
        (f"Level {area.level}", "strong"),
        (f", capability level {area.capability_level}, highest group {area.top}", ""),
    ]
    for level, state in sorted(area.practice_groups.items()):
        yield [
            (f"  level {level}  ", "dim"),
            (state.replace("_", " "), {"satisfied": "good", "unsatisfied": "bad"}.get(state, "dim")),
        ]
    for (of, unit_id), reason in desk.case(line.catalog).scope.exclusions.items():
        if of == area.id and unit_id:
            yield [(f"  {_unit_name(desk, unit_id)} is out of scope: ", "note"), (reason, "")]
    group = desk.case(line.catalog).scope.catalog.group[area.id]
    if group.note:
        yield []
        yield [(group.note, "dim")]
    judged = desk.case(line.catalog).judgements.get(line.id)
    if judged:
        yield [(f"Judged {judged.value}: ", "note"), (judged.reason, "")]
    if line.kind == "level":
        yield [("d records whether its weaknesses have a significant negative impact", "dim")]
    elif not group.always:
        yield [("- takes a unit out of scope here, with a reason", "dim")]


def _unit_name(desk: Desk, unit_id: str) -> str:
    return next((unit.name for unit in desk.engagement.units() if unit.id == unit_id), unit_id)


def side_rows(desk: Desk, line: Line, width: int) -> Iterator[Row]:
    """Other units' answers with their notes, then the newest steps on the item."""
    if line.kind != "item":
        return
    units = _shown_units(desk, line)
    if units and units[0].id:
        yield [("units", "faint")]
        for unit in units:
            yield from _unit_rows(desk, line, unit, width)
        yield []
    yield [("history", "faint")]
    yield from history_rows(desk, line, width, 6)


def _unit_rows(desk: Desk, line: Line, unit: Unit, width: int) -> Iterator[Row]:
    answer = desk.case(line.catalog).answers.get((line.id, unit.id), Answer())
    value = values_by_code(desk.case(line.catalog)).get(answer.value)
    piece: Piece = (value.letter if value else ".", value.tone if value else "open")
    ink = "strong" if unit == desk.walk.unit_of(line.catalog, line.id) else ""
    yield justified([(unit.name, ink)], [piece], width)
    for text in wrap(answer.note, width - 1)[:3] if answer.note else []:
        yield [(f" {text}", "dim")]


def history_rows(desk: Desk, line: Line, width: int, limit: int) -> list[Row]:
    """Steps on an item, newest first: when, what, who."""
    steps = desk.engagement.history(catalog=line.catalog, item=line.id, limit=limit)
    if not steps:
        return [[("nothing yet", "dim")]]
    return [row for step in steps for row in _step_rows(step, width)]


def _step_rows(step: Step, width: int) -> Iterator[Row]:
    when = f"{step.at.astimezone():%d %b %H:%M} "
    ink = "faint" if step.undone else "dim"
    text = f"{step.title}{' (taken back)' if step.undone else ''} · {step.author}"
    for number, part in enumerate(wrap(text, max(8, width - len(when)))[:3]):
        yield [(when if number == 0 else " " * len(when), "faint"), (part, ink)]
