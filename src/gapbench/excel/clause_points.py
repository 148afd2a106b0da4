"""Points over sites: the value of a point is the worst of its sites, once that is final."""

from __future__ import annotations

from gapbench.excel.assessment import column, group_key, item_key
from gapbench.excel.clause_facts import (
    CLAUSE,
    CODES,
    COLUMNS,
    FIRST_COUNT,
    KEY,
    MISSED,
    PERCENT,
    POINTS,
    TITLE,
    UNRATED,
    WORDS,
    ClauseFacts,
)
from gapbench.excel.page import Column, Page, letter
from gapbench.excel.page import cell as _cell
from gapbench.excel.strings import quoted
from gapbench.rating import findings as finding_rules
from gapbench.rating.tallies import COUNTED, OUT

POINT_COLUMNS = (
    Column("Key", 12),
    Column("Clause key", 8),
    Column("Covered", 8),
    Column("Complete", 8),
    Column("Point", 9),
    Column("Topic", 47),
    Column("Sites", 7, centre=True),
    *COLUMNS[FIRST_COUNT : UNRATED + 1],
    Column("Value", 12, centre=True),
)
_P_LEAF, _P_COVERED, _P_COMPLETE = 1, 2, 3


class Points:
    """The table of one framework with several sites."""

    def __init__(self, page: Page, facts: ClauseFacts) -> None:
        self.page, self.facts = page, facts

    def write(self) -> None:
        """Write it at the cursor."""
        page = self.page
        row = page.row
        items = self.facts.catalog.items
        page.table(self.facts.table, POINT_COLUMNS, len(items), row)
        covered = finding_rules.covered(self.facts.catalog, self.facts.recorded)
        for place, item in enumerate(items, row + 1):
            self._point(place, item.id, covered=item.id in covered)
        page.row = row + max(len(items), 1) + 1

    def _point(self, row: int, item: str, *, covered: bool) -> None:
        page, known = self.page, self.facts.catalog.item[item]
        point = self.facts.result.leaves[known.group].points[item]
        leaf = group_key(self.facts.catalog.id, known.group) if known.scored else ""
        page.text(row, KEY, item_key(self.facts.catalog.id, item), "line")
        page.text(row, _P_LEAF, leaf, "line")
        page.text(row, _P_COVERED, "yes" if covered else "no", "line")
        complete = "yes" if point.complete else "no"
        unrated, missed = _cell(row, UNRATED), _cell(row, MISSED)
        page.formula(row, _P_COMPLETE, f'=IF(OR({unrated}=0,{missed}>0),"yes","no")', complete, page.style("line"))
        page.text(row, CLAUSE, item, "line")
        page.text(row, TITLE, known.title, "cell")
        page.fit_cells(row, {TITLE: known.title})
        page.number(row, POINTS, len(self.facts.sites))
        self._sites(row, list(point.units.values()))
        worst = '""'
        for code in (*reversed(OUT), *COUNTED):
            place = FIRST_COUNT + CODES.index(code)
            if place == MISSED:  # final at one site; anything better waits until every site is rated
                worst = f'IF({unrated}>0,"",{worst})'
            worst = f"IF({_cell(row, place)}>0,{quoted(WORDS[code])},{worst})"
        value = WORDS[point.value] if point.value else ""
        page.formula(row, PERCENT, f"={worst}", value, page.style("centre"))

    def _sites(self, row: int, values: list[str]) -> None:
        """How many sites gave which value."""
        page, count = self.page, self.page.style("count")
        key = f"${letter(KEY)}{row + 1}"
        for col, code in enumerate(CODES, FIRST_COUNT):
            formula = f"=COUNTIFS({column('Item key')},{key},{column('Rating')},{quoted(WORDS[code])})"
            page.formula(row, col, formula, values.count(code), count)
        counts = f"{_cell(row, FIRST_COUNT)}:{_cell(row, UNRATED - 1)}"
        page.formula(row, UNRATED, f"={_cell(row, POINTS)}-SUM({counts})", values.count(""), count)
