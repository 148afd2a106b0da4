"""Areas by level: the state of each level, what an area reaches, and what that means for the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.excel.assessment import column, group_key, item_key
from gapbench.excel.level_facts import FIRST, GROUP, KEY, NAME, NONE, OUT, STATES, TITLE, Facts
from gapbench.excel.level_goals import mark_states
from gapbench.excel.page import Page, cell, letter
from gapbench.excel.strings import quoted
from gapbench.excel.style import FAINT, TONES
from gapbench.rating import areas as layout
from gapbench.rating import levels

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapbench.excel.level_recipe import Recipe
    from gapbench.rating.results import AreaResult

HELD, MISSING = "held", "missing"
SIGNS = "Signs that say no"


class Grid:
    """The grid of one framework at the cursor of its page."""

    def __init__(self, page: Page, facts: Facts, recipe: Recipe) -> None:
        self.page, self.facts, self.recipe = page, facts, recipe
        self.first = page.row + 1
        self.areas = facts.result.areas
        facts.rows = {area.id: row for row, area in enumerate(self.areas, self.first)}
        self.counted = FIRST + facts.width
        self.anchors = [
            cell(facts.rows[area.id], facts.reached) for area in self.areas if facts.catalog.group[area.id].always
        ]

    def write(self) -> None:
        """Write it; the tables of items that it counts come below."""
        page, facts = self.page, self.facts
        heads = [
            "Process" if self.recipe.part == "process" else "Area",
            self.recipe.part.capitalize(),
            *(self.recipe.states(n) for n in range(1, facts.depth + 1)),
            self.recipe.reached,
            *(["Capability level"] if facts.method.capped else []),
            *self._outcomes(),
            *([SIGNS] if self.recipe.signs else []),
        ]
        page.head_row(page.row, heads, NAME, range(FIRST, NAME + len(heads)))
        for col, head in ((KEY, "Key"), (GROUP, "Counts as")):
            page.sheet.write_string(page.row, col, head, page.style("head"))
        for area in self.areas:
            self._area(area)
        page.row = self.first + len(self.areas)
        self._sums()
        self._mark()
        page.row += 1

    def _outcomes(self) -> list[str]:
        if self.facts.is_profile:
            return ["Aimed at", "At target", "Next level"]
        return [f"Needed for ML {n}" for n in self.facts.stages]

    # --- one area -------------------------------------------------------------------------------

    def _area(self, area: AreaResult) -> None:
        page, facts, row = self.page, self.facts, self.facts.rows[area.id]
        page.text(row, KEY, group_key(facts.catalog.id, area.id), "line")
        page.text(row, NAME, area.id, "line", bold=True)
        page.text(row, TITLE, area.title)
        page.fit_cells(row, {TITLE: area.title})
        for n in range(1, facts.depth + 1):
            self._level(area, n)
        if self.recipe.signs:
            self._signs(area)
        if facts.out_for_good(area):
            for col in range(facts.reached, self.counted):
                page.sheet.write_string(row, col, OUT if col == facts.reached else NONE, page.style("centre"))
            return
        value = OUT if area.out else area.level
        page.formula(row, facts.reached, f"={self._reached(area)}", value, page.style("number", bold=True))
        if facts.method.capped:
            self._capability(area)
        if facts.is_profile:
            self._profile(area)
        else:
            for place, n in enumerate(facts.stages, facts.after):
                self._need(area, place, n)

    def _level(self, area: AreaResult, level: int) -> None:
        page, facts, row, col = self.page, self.facts, self.facts.rows[area.id], FIRST + level - 1
        centre = page.style("centre")
        if level not in self._levels(area) or facts.out_for_good(area):
            page.sheet.write_string(row, col, NONE, centre)
            return
        known = area.practice_groups.get(level)
        state = STATES[known] if known else NONE
        formula = self.recipe.state(facts, area, level) if (area.id, level) in facts.groups else ""
        if formula:
            page.formula(row, col, f"={formula}", state, centre)
        else:
            page.sheet.write_string(row, col, state, centre)

    def _levels(self, area: AreaResult) -> frozenset[int]:
        """Levels that an area has, also those that its answers take out."""
        catalog = self.facts.catalog
        own = (self.facts.own_level(it) for it in layout.items_in(catalog, area.id) if it.scored)
        return frozenset(level for level in own if level <= self.facts.depth)

    def _reached(self, area: AreaResult) -> str:
        """Highest level below the first one that is not satisfied; "out" where the answers leave nothing."""
        row, known = self.facts.rows[area.id], sorted(self._levels(area))
        formula = quoted(OUT)
        states = {n: cell(row, FIRST + n - 1) for n in known}
        for n in known:
            formula = f"IF({states[n]}<>{quoted(NONE)},{n},{formula})"
        for n in reversed(known):
            unmet = f"AND({states[n]}<>{quoted(NONE)},{states[n]}<>{quoted('satisfied')})"
            formula = f"IF({unmet},{n - 1},{formula})"
        return formula

    def _capability(self, area: AreaResult) -> None:
        page, facts, row = self.page, self.facts, self.facts.rows[area.id]
        most, reached = levels.CAPABILITY_MAX, cell(row, self.facts.reached)
        own = f"IF({reached}>={area.top},{most},{reached})"
        formula = f"=MIN({','.join([str(most), own, *self.anchors])})"
        page.formula(row, facts.reached + 1, formula, area.capability_level, page.style("number"))

    def _need(self, area: AreaResult, col: int, level: int) -> None:
        page, facts, row = self.page, self.facts, self.facts.rows[area.id]
        centre = page.style("centre")
        if not facts.is_needed(area, level):
            page.sheet.write_string(row, col, NONE, centre)
            return
        said = NONE if area.out else HELD if levels.holds(area, level) else MISSING
        page.formula(row, col, f"={self._held(row, min(level, area.top))}", said, centre)

    def _held(self, row: int, need: int) -> str:
        reached = cell(row, self.facts.reached)
        return f'IF({reached}="{OUT}",{quoted(NONE)},IF({reached}>={need},"{HELD}","{MISSING}"))'

    def _profile(self, area: AreaResult) -> None:
        """What is aimed at, whether it is held, and the next level; hidden what it counts as for the whole."""
        page, facts, row = self.page, self.facts, self.facts.rows[area.id]
        centre, target = page.style("centre"), self.facts.result.target
        if not facts.is_needed(area, target):
            for col in range(facts.after, facts.after + 3):
                page.sheet.write_string(row, col, NONE, centre)
            return
        need, reached = min(target, area.top), cell(row, facts.reached)
        page.number(row, facts.after, need)
        said = NONE if area.out else HELD if levels.holds(area, target) else MISSING
        page.formula(row, facts.after + 1, f"={self._held(row, need)}", said, centre)
        step = f'=IF({cell(row, facts.after + 1)}="{MISSING}",{self._next(row, area)},"")'
        value = None if area.out else levels.next_step(area, target)
        page.formula(row, facts.step, step, value, centre)
        highest = max(it.top for it in self.areas if facts.is_needed(it, target))  # one at its top holds nothing back
        counts = f'=IF({reached}="{OUT}","",IF({reached}>={area.top},{highest},{reached}))'
        now = "" if area.out else highest if area.level >= area.top else area.level
        page.formula(row, GROUP, counts, now, page.style("line"))

    def _next(self, row: int, area: AreaResult) -> str:
        reached = cell(row, self.facts.reached)
        formula = f"{reached}+1"
        for n in sorted(self._levels(area), reverse=True):
            formula = f"IF({reached}<{n},{n},{formula})"
        return formula

    def _signs(self, area: AreaResult) -> None:
        """How many signs are answered no."""
        page, facts = self.page, self.facts
        signs = [it.id for it in layout.items_in(facts.catalog, area.id) if not it.scored]
        terms = (
            f'COUNTIFS({column("Item key")},{quoted(item_key(facts.catalog.id, it))},{column("Rating")},"no")'
            for it in signs
        )
        number = sum(list(area.practices[it].units.values()).count("no") for it in signs)
        formula = f"={'+'.join(terms) or '0'}"
        page.formula(facts.rows[area.id], self.counted, formula, number, page.style("count"))

    # --- the whole ------------------------------------------------------------------------------

    def where(self, col: int) -> str:
        """The cells of a column of the grid."""
        return f"{cell(self.first, col)}:{cell(self.first + len(self.areas) - 1, col)}"

    def _sums(self) -> None:
        """How many of the areas that a level needs are there."""
        page, facts = self.page, self.facts
        group = page.style("group", align="center")
        for col in range(NAME, self.counted + self.recipe.signs):
            page.sheet.write_blank(page.row, col, None, group)
        of = "the level aimed at" if facts.is_profile else "each maturity level"
        page.text(page.row, TITLE, f"{self.recipe.parts.capitalize()} that hold, of those {of} needs", "group")
        targets = [(facts.after + 1, facts.result.target)] if facts.is_profile else enumerate(facts.stages, facts.after)
        for col, level in targets:
            where = self.where(col)
            needed = levels.asked_at(self.areas, level)
            held = sum(levels.holds(area, level) for area in needed)
            formula = f'=COUNTIF({where},"{HELD}")&" of "&(COUNTIF({where},"{HELD}")+COUNTIF({where},"{MISSING}"))'
            page.formula(page.row, col, formula, f"{held} of {len(needed)}", group)

    def whole(self) -> str:
        """The level of the whole, as a formula."""
        facts = self.facts
        if not self.areas:
            return str(facts.floor)
        if facts.is_profile:
            where = self.where(GROUP)
            return f"IF(COUNT({where})=0,0,MIN({where}))"
        formula = str(facts.stages[-1]) if facts.stages else str(facts.floor)
        for place, n in reversed(list(enumerate(facts.stages, facts.after))):
            where = self.where(place)
            holds = f'AND(COUNTIF({where},"{MISSING}")=0,COUNTIF({where},"{HELD}")>0)'
            formula = f"IF({holds},{formula},{n - 1})"
        return formula

    def below(self) -> tuple[str, int]:
        """In a profile: how many areas are below the level aimed at."""
        target = self.facts.result.target
        number = sum(not levels.holds(area, target) for area in levels.asked_at(self.areas, target))
        return f'=COUNTIF({self.where(self.facts.after + 1)},"{MISSING}")', number

    def _mark(self) -> None:
        page, facts = self.page, self.facts
        first, last = self.first, max(page.row, self.first)
        result = facts.result
        here = f"{letter(facts.after)}{first + 1}"
        aim = max(result.target, result.maturity_level)
        beyond = facts.after + len([n for n in facts.stages if n <= aim]) if facts.stages else self.counted
        right = self.counted - 1
        mark_states(page, (first, FIRST, last, facts.reached - 1))
        if right < facts.after:
            return
        later = f'=AND(COLUMN({here})>{beyond},{here}="{MISSING}")'
        page.mark_where((first, facts.after, last, right), later, font_color=FAINT)
        looks: Mapping[str, Mapping[str, object]] = {
            HELD: {"font_color": TONES["good"]},
            MISSING: {"font_color": TONES["bad"], "bold": True},
        }
        for word, look in looks.items():
            nearer = f",COLUMN({here})<={beyond}" if word == MISSING else ""
            page.mark_where((first, facts.after, last, right), f"=AND({here}={quoted(word)}{nearer})", **look)
