"""The table of practices, goals or process attributes: counted over their units, valued, and what they stand before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.excel.assessment import group_key, item_key
from gapbench.excel.level_facts import (
    ASKED,
    DUE,
    FIRST,
    GROUP,
    HARM,
    HIDDEN,
    KEY,
    NAME,
    SCOPE,
    TITLE,
    WHOLE,
    Facts,
)
from gapbench.excel.level_recipe import BEFORE, WIDTH, Line, Recipe, level_before
from gapbench.excel.page import Column, Page, letter
from gapbench.excel.style import DUE as DUE_FILL
from gapbench.rating import areas as layout
from gapbench.rating import levels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.catalog.model import Item
    from gapbench.rating.results import AreaResult


def columns(recipe: Recipe) -> list[Column]:
    """Columns of the table; goals stand above their practices with the same ones, so one heading serves both."""
    name = "Ref" if recipe.goals else recipe.items.removesuffix("s").capitalize()
    return [
        *(Column(head, 10, hidden=True) for head in HIDDEN),
        Column(name, 10),
        Column("Title", 56),
        *(it.column for it in recipe.fields),
        Column(BEFORE, WIDTH, centre=True),
    ]


class Items:
    """The table of one framework."""

    def __init__(self, page: Page, facts: Facts, recipe: Recipe) -> None:
        self.page, self.facts, self.recipe = page, facts, recipe
        self.columns = columns(recipe)
        self.at = {it.head: place for place, it in enumerate(self.columns)}

    def write(self) -> None:
        """Write the table at the cursor."""
        page, row = self.page, self.page.row
        members = list(self.members())
        page.table(self.facts.table, self.columns, len(members), row)
        for place, (area, item) in enumerate(members, row + 1):
            own = self.facts.own_level(item)
            self._line(Line(self.facts, place, area, item, area.practices[item.id], own, self.at))
        last = row + max(len(members), 1)
        self._mark(row + 1, last)
        page.row = last + 1

    def members(self) -> Iterator[tuple[AreaResult, Item]]:
        """What counts, in reading order: signs beside it stand on the assessment only."""
        facts = self.facts
        for area in facts.result.areas:
            for item in layout.items_in(facts.catalog, area.id):
                if item.scored and (area.id, facts.own_level(item)) in facts.groups:
                    yield area, item

    def _line(self, line: Line) -> None:
        page, row, item = self.page, line.row, line.item
        self._hidden(line)
        page.text(row, NAME, item.id, "line")
        page.text(row, TITLE, item.title)
        page.fit_cells(row, {TITLE: item.title})
        for col, field in enumerate(self.recipe.fields, FIRST):
            form, formula, value = page.style(field.style, **dict(field.look)), field.formula(line), field.value(line)
            if formula:
                page.formula(row, col, f"={formula}", value, form)
            elif isinstance(value, str):
                page.string(row, col, page.book.clean(value), form)
            else:
                page.sheet.write_number(row, col, value, form)
        page.formula(
            row,
            self.at[BEFORE],
            f"={self.recipe.before(line)}",
            level_before(self.facts, line.area, [item]),
            page.style("centre"),
        )

    def _hidden(self, line: Line) -> None:
        page, facts, row = self.page, self.facts, line.row
        catalog, judgements = facts.catalog.id, facts.assessed.judgements
        page.text(row, KEY, item_key(catalog, line.item.id), "line")
        page.text(row, GROUP, group_key(catalog, f"{line.area.id}/{line.own}"), "line")
        page.text(row, WHOLE, self.recipe.belongs(line), "line")
        page.number(row, ASKED, line.area.asked_from)
        target = facts.result.target
        counts = facts.is_needed(line.area, target) and line.own <= target and target > facts.floor
        page.text(row, SCOPE, "yes" if counts else "no", "line")
        harm = bool(facts.method.weighty) and levels.weighs(judgements, facts.method.subject(line.item))
        page.text(row, HARM, "yes" if harm else "no", "line")
        due = self.recipe.due(line)
        if due:
            said = "yes" if line.result.judgement_due else "no"
            page.formula(row, DUE, f'=IF({due},"yes","no")', said, page.style("line"))
        else:
            page.text(row, DUE, "no", "line")

    def _mark(self, first: int, last: int) -> None:
        page, facts = self.page, self.facts
        tones = {facts.words[value.code]: value.tone for value in facts.assessed.scale}
        value = self.at["Value"]
        page.ink_words((first, value, last, value), tones)
        if "Rule allows" in self.at:
            due = f'=${letter(DUE)}{first + 1}="yes"'
            page.mark_where((first, self.at["Rule allows"], last, self.at["Judged"]), due, bg_color=DUE_FILL)
