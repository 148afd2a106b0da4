"""A sheet of frameworks with levels, one block each: verdict, areas by level, goals, items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.excel import level_goals
from gapbench.excel.book import Book, LevelCells, Values, on_sheet
from gapbench.excel.level_facts import FIRST, NAME, TITLE, Facts
from gapbench.excel.level_grid import Grid
from gapbench.excel.level_items import Items
from gapbench.excel.level_panel import Panel
from gapbench.excel.level_recipe import WIDTH, Recipe
from gapbench.excel.page import Page
from gapbench.rating.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from gapbench.catalog.model import Catalog

_MOST_BLOCKERS, _FEWEST, _LINES = 15, 6, 34
"""Lines of what stands in the way: at most and at least, and those that a page has for them and the areas."""

_TITLE, _ROOM, _ID = 56.0, 12, 9.5
"""Width of a title beside so many columns of figures; fewer figures leave it more."""


def write(book: Book, sheet: str, title: str, recipe_of: Callable[[Catalog], Recipe]) -> None:
    """Write a sheet, one block per framework that stands on it."""
    there = on_sheet(book.deliverable, sheet)
    every = [
        (Facts(assessed, result, number, f"{_table(recipe_of(assessed.scope.catalog))}{number}"), recipe)
        for number, (assessed, result) in enumerate(there, 1)
        for recipe in (recipe_of(assessed.scope.catalog),)
    ]
    columns = max(_columns(facts, recipe) for facts, recipe in every)
    name = max(_ID, max(_longest(facts) for facts, _ in every) * 0.95 + 1)
    wide = max(_TITLE + (_ROOM - columns) * (WIDTH + 0.7) - (name - _ID), 40)
    page = Page(book, sheet, (*[10] * NAME, name, wide, *[WIDTH] * columns))
    page.hide(range(NAME))
    last = FIRST + columns - 1
    page.heading(title, last, NAME)
    breaks: list[int] = []
    head = 0
    for facts, recipe in every:
        if facts.number > 1:
            breaks.append(page.row)
        block = _Block(page, facts, recipe, last)
        breaks.append(block.write())
        head = head or block.head
    page.sheet.set_h_pagebreaks(breaks)
    page.sheet.repeat_rows(head)
    page.finish(page.row, last, NAME)


def _table(recipe: Recipe) -> str:
    return recipe.items.title().replace(" ", "")


def _columns(facts: Facts, recipe: Recipe) -> int:
    return max(len(recipe.fields) + 1, facts.width + recipe.signs)


def _longest(facts: Facts) -> int:
    return max((len(it.id) for it in facts.catalog.items if it.scored), default=0)


class _Block:
    """One framework."""

    def __init__(self, page: Page, facts: Facts, recipe: Recipe, last: int) -> None:
        self.page, self.facts, self.recipe, self.last = page, facts, recipe, last
        self.head = 0

    def write(self) -> int:
        """Write the block at the cursor; gives the row where its tables begin."""
        page, facts, recipe = self.page, self.facts, self.recipe
        name = facts.assessed.name
        views = "+".join(facts.result.views)
        page.section(f"{name} {views}".rstrip() + ": the verdict", self.last, NAME)
        panel = Panel(page, facts, self.last)
        panel.cautions()
        page.section(f"{name}: {recipe.parts} by level", self.last, NAME)
        grid = Grid(page, facts, recipe)
        grid.write()
        self._remarks()
        self._in_the_way()
        panel.write(grid)
        start = page.row
        items = Items(page, facts, recipe)
        if recipe.goals:
            page.section(f"{name}: goals", self.last, NAME)
            self.head = page.row
            level_goals.write(page, facts, items.columns)
        page.section(f"{name}: {recipe.items}", self.last, NAME)
        self.head = self.head or page.row
        items.write()
        known = frozenset(item.id for _, item in items.members())
        page.book.values[facts.catalog.id] = Values(f"{facts.table}[Key]", f"{facts.table}[Value]", known)
        self._remember(panel, grid)
        return start

    def _remarks(self) -> None:
        """How levels follow, recorded judgements with their reasons, and what is out of scope."""
        page = self.page
        page.row = page.span(page.row, NAME, self.last, self.recipe.note, "note")
        for judgement in self.facts.assessed.judgements.values():
            text = f"Judgement on {judgement.subject}, {judgement.value}: {judgement.reason}"
            page.row = page.span(page.row, NAME, self.last, text, "note")
        for area in self.facts.result.areas:
            if area.out:
                text = f"Out of scope, {area.id} {area.title}: {area.out}"
                page.row = page.span(page.row, NAME, self.last, text, "note")

    def _in_the_way(self) -> None:
        """What stood before the next level at the time of export, with the reasons."""
        page, result = self.page, self.facts.result
        blockers = result.blockers
        if not blockers:
            return
        which = "the next levels" if self.facts.is_profile else f"maturity level {result.next_level}"
        page.section(f"What stands before {which}, at the time of export", self.last, NAME)
        above = len(result.areas) + len(result.cautions) + len(self.facts.assessed.judgements)
        most = min(max(_LINES - above, _FEWEST), _MOST_BLOCKERS)
        for blocker in blockers[:most]:
            page.text(page.row, NAME, blocker.item, "line", bold=True)
            value = self.facts.words.get(blocker.value, blocker.value)
            text = f"{value}: {self.facts.catalog.item[blocker.item].title}. {sentence(blocker.why)}"
            page.row = page.span(page.row, TITLE, self.last, text, "cell")
        if len(blockers) > most:
            more = f"and {len(blockers) - most} more, marked in the table of {self.recipe.items}."
            page.row = page.span(page.row, TITLE, self.last, more, "note")

    def _remember(self, panel: Panel, grid: Grid) -> None:
        page, facts, name = self.page, self.facts, self.facts.assessed.name
        page.book.levels[facts.catalog.id] = LevelCells(
            sheet=page.name,
            headline=panel.headline,
            level=panel.level,
            coverage=panel.coverage,
            blocking=panel.blocking,
            table=facts.table,
            rows=dict(facts.rows),
            reached=facts.reached,
        )
        panel.remember(grid)
        for area in facts.result.areas:
            if facts.out_for_good(area):
                continue
            row = facts.rows[area.id]
            level = page.far_ref(row, facts.reached)
            page.book.check(
                f"{name} {area.id}: {self.recipe.reached.lower()}", area.level if not area.out else "out", level
            )
            if facts.method.capped:
                able = page.far_ref(row, facts.reached + 1)
                page.book.check(f"{name} {area.id}: capability level", area.capability_level, able)
