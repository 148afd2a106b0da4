"""What the walk's card and side pane say, composed from the engagement on the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.rating.inputs import Answer, Unit
from gapbench.rating.models import model_of
from gapbench.rating.results import LevelResult
from gapbench.tui.screens.edition_rows import edition_notes, former_rows, origin_words
from gapbench.tui.screens.walk_pairs import beside_of, side_pair_rows, suggested, together_of
from gapbench.tui.widgets.canvas import Piece, Row, justified, wrap
from gapbench.tui.widgets.card import Card
from gapbench.work.walk import Line, values_by_code
from gapbench.work.walk_lines import group_label, tail, year_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.catalog.model import Catalog, Item
    from gapbench.engagement.values import Step
    from gapbench.tui.desk import Desk


def card_of(desk: Desk, line: Line) -> Card:
    """The card of an item."""
    case = desk.case(line.catalog)
    catalog = case.scope.catalog
    item = catalog.item[line.id]
    theme, together = desk.walk.together(line) or (None, None)
    siblings = _siblings(desk, catalog, item)
    if together is not None and catalog.levels:
        siblings = [catalog.item[name] for of, name in together.practices if of == line.catalog]
    across = together_of(desk, line, together) if together else ()
    rated = sum(desk.walk.is_rated(line.catalog, each.id) for each in siblings)
    number, badges, notes = edition_notes(desk, line)
    return Card(
        catalog=catalog,
        item=item,
        group=catalog.group[item.group],
        number=number,
        heading=_heading(catalog, item),
        badges=badges,
        notes=notes,
        former=tuple(former_rows(desk, line)),
        origin=origin_words(desk, line),
        words=desk.overlay(line.catalog).of(line.id),
        proof=_proof(desk, line),
        unit=desk.walk.unit_of(line.catalog, line.id),
        units=_shown_units(desk, line),
        scale=model_of(case.scope).scale(catalog),
        answer=desk.walk.answer(line.catalog, line.id),
        result=desk.walk.item_result(line.catalog, line.id),
        siblings=tuple(_sibling(desk, line.catalog, each, each.id == line.id) for each in siblings),
        findings=desk.findings_on(line.catalog, (line.id,)),
        judgement=case.judgements.get(line.id),
        risk=_risk(desk, line),
        rated=rated,
        asked=len(siblings),
        extra=(catalog.group[item.group].note,) if catalog.group[item.group].note else (),
        theme=(f"{theme.id} {theme.name}", theme.ask) if theme and theme.ask else ("", ""),
        beside=across or beside_of(desk, line),
        asked_together=bool(across),
        suggested=tuple(suggested(desk, line)),
    )


def _proof(desk: Desk, line: Line) -> str:
    """How far the row has been proof-read; of a shared question, the row of the newer edition."""
    own = desk.overlay(line.catalog).proof(desk.walk.item(line))
    twin = desk.walk.twin(line)
    if own or twin is None:
        return own
    newer = desk.case(twin[0]).scope.catalog
    proof = desk.overlay(twin[0]).proof(newer.item[twin[1]])
    return f"{year_of(newer)}: {proof}" if proof else ""


def _heading(catalog: Catalog, item: Item) -> str:
    """What stands beside the number: the clause; the goal with its area; the process with the level."""
    group = catalog.group[item.group]
    area = catalog.area_of.get(group.id, group.id)
    if area != group.id:
        return f"{group_label(catalog, group)} {group.title}, {catalog.group[area].title}"
    title = catalog.title_of(group.id)
    if item.level and catalog.model in {"practice_groups", "process_attributes"}:
        return f"{title}, {'capability ' if catalog.model == 'process_attributes' else ''}level {item.level}"
    return title


def _siblings(desk: Desk, catalog: Catalog, item: Item) -> list[Item]:
    """What stands beside an item: the points of its leaf, the practices of its level or goal, all attributes."""
    beside = catalog.items_of[item.group]
    if catalog.model == "process_attributes":
        return [each for each in beside if desk.walk.is_asked(catalog.id, each.id)]
    return [each for each in beside if each.level == item.level]


def _risk(desk: Desk, line: Line) -> str:
    """The risk view of an evaluation; "" where ratings are given or nothing is known."""
    case = desk.case(line.catalog)
    figures = desk.walk.figures(line.catalog)
    if not case.scope.evaluation or not isinstance(figures.result, LevelResult):
        return ""
    catalog = case.scope.catalog
    group = catalog.item[line.id].group
    area = figures.areas.get(catalog.area_of.get(group, group))
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


def _sibling(desk: Desk, catalog: str, item: Item, here: bool) -> tuple[str, str, str, bool]:
    code = desk.walk.answer(catalog, item.id).value
    value = values_by_code(desk.case(catalog)).get(code)
    label = tail(desk.case(catalog).scope.catalog, item)
    return (label, value.letter if value else ".", value.tone if value else "open", here)


def side_rows(desk: Desk, line: Line, width: int) -> Iterator[Row]:
    """Counterparts, other units' answers with their notes, then the newest steps on the item."""
    if line.kind != "item":
        return
    yield from side_pair_rows(desk, line, width)
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
