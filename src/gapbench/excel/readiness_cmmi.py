"""Readiness for an appraisal: practices, practice groups, areas and the maturity level, all as formulas.

A practice's units are counted in the Assessment table, the rule from units to the organisation is one
formula, and groups, area levels, capability levels and the maturity level follow from its values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.excel.assessment import column, group_key, item_key
from gapbench.excel.book import CMMI, Book, LevelCells, levels_of, shown
from gapbench.excel.page import Column, Page, cell, letter
from gapbench.excel.strings import quoted
from gapbench.excel.style import DUE, FAINT, TONES
from gapbench.rating import levels, scales
from gapbench.rating.wording import sentence
from gapbench.work.deliverable import Assessed, levels_shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapbench.catalog.model import Item
    from gapbench.rating.results import AreaResult, ItemResult, LevelResult

NO_PRACTICES = "no practices"
NONE = "\N{EN DASH}"
STATES = {"satisfied": "satisfied", "unsatisfied": "unsatisfied", "not_rated": "not rated"}
VERDICTS = {"incomplete": "No verdict yet", "below_target": "Below target", "on_target": "On target"}

_MOST_BLOCKERS = 15
_CODES = scales.codes(scales.PRACTICES)
_RISK = {"L": "low", "M": "medium", "H": "high", "NY": "not yet", "": ""}

KEY, NAME, TITLE, FIRST = 0, 1, 2, 3
LAST = 14
_WIDTHS = (12, 9, 56, *[8.8] * 12, *[10] * 5)
_HIDDEN = (0, 15, 16, 17, 18, 19)

PRACTICES = (
    Column("Key", 12, hidden=True),
    Column("Practice", 9),
    Column("Title", 56),
    *(Column(head, 9, centre=True) for head in ("Level", *_CODES)),
    Column("Rule allows", 9, centre=True),
    Column("Judged", 9, centre=True),
    Column("Value", 9, centre=True),
    Column("Stands before", 9, centre=True),
    Column("Risk", 9, centre=True),
    Column("Group key", 10, hidden=True),
    Column("Asked from", 10, hidden=True),
    Column("In scope", 10, hidden=True),
    Column("Significant", 10, hidden=True),
    Column("Due", 10, hidden=True),
)
_AT = {it.head: place for place, it in enumerate(PRACTICES)}
_FM, _NC = _AT["FM"], _AT["NC"]
_RULE, _JUDGED, _VALUE = _AT["Rule allows"], _AT["Judged"], _AT["Value"]
_BLOCKS, _RISKS, _GROUP = _AT["Stands before"], _AT["Risk"], _AT["Group key"]
_ASKED, _SCOPE, _HARM, _DUE = (_AT[it] for it in ("Asked from", "In scope", "Significant", "Due"))


def write(book: Book) -> None:
    """Write the sheet, one block per framework."""
    page = Page(book, CMMI, _WIDTHS)
    page.hide(_HIDDEN)
    page.heading("Readiness for an appraisal", LAST, NAME)
    breaks: list[int] = []
    head = 0
    for number, (assessed, result) in enumerate(levels_of(book.deliverable)):
        if number:
            breaks.append(page.row)
        block = _Block(page, assessed, result, number)
        breaks.append(block.write())
        head = head or block.head
    page.sheet.set_h_pagebreaks(breaks)
    page.sheet.repeat_rows(head)
    page.finish(page.row, LAST, NAME)


class _Block:
    """One framework: verdict, grid of areas by level, practices."""

    def __init__(self, page: Page, assessed: Assessed, result: LevelResult, number: int) -> None:
        self.page, self.assessed, self.result = page, assessed, result
        self.catalog = assessed.scope.catalog
        self.table = f"Practices{number + 1}"
        self.highest = min(levels.highest_level(self.catalog), 5)
        self.groups = levels_shown(assessed.scope, result)
        self.rows: dict[str, int] = {}
        self.head = 0
        self.level = self.target = ""

    def write(self) -> int:
        """Write the block at the cursor; gives the row where the practices begin."""
        page, name = self.page, self.assessed.name
        views = "+".join(self.result.views)
        page.section(f"{name} {views}".rstrip() + ": the verdict", LAST, NAME)
        panel = page.row
        page.row += 7
        self.level, self.target = page.ref(panel + 2, FIRST), page.ref(panel + 3, FIRST)
        page.section(f"{name}: practice areas by level", LAST, NAME)
        grid = page.row
        self._grid(grid)
        self._judgements()
        self._in_the_way()
        self._panel(panel)
        start = page.row
        page.section(f"{name}: practices", LAST, NAME)
        self._practices(page.row)
        self._remember(panel)
        return start

    # --- verdict ------------------------------------------------------------------------------

    def _panel(self, row: int) -> None:
        page, result, table = self.page, self.result, self.table
        formula, text = self._headline(row)
        page.live_span(row, NAME, LAST, formula, text, "verdict")
        page.span(row + 1, NAME, LAST, f"At the time of export: {result.sentence}", "plain")
        following = self._following()
        in_scope = f'COUNTIFS({table}[In scope],"yes")'
        open_ones = f'COUNTIFS({table}[In scope],"yes",{table}[Value],"NC")'
        covered = f"=IF({in_scope}=0,{quoted(NO_PRACTICES)},ROUND(1000*({in_scope}-{open_ones})/{in_scope},0)/10)"
        lines: list[tuple[str, str, str | float | None]] = [
            ("Maturity level reached", f"={self._maturity()}", result.maturity_level),
            ("Maturity level aimed at", "", result.target),
            ("Practices that stand before the next level", following, len(result.blockers)),
            ("Coverage: practices in scope that are characterized", covered, result.coverage),
            (
                "Judgements due (the lower value counts until then)",
                f'=COUNTIFS({table}[Due],"yes",{table}[In scope],"yes")',
                len(result.judgements_due),
            ),
        ]
        for place, (name, formula, value) in enumerate(lines, row + 2):
            page.span(place, NAME, TITLE, name, "cell")
            form = page.style("percent" if "Coverage" in name else "number", bold=True)
            if formula:
                page.formula(place, FIRST, formula, value, form, NO_PRACTICES)
            else:
                page.sheet.write_number(place, FIRST, value, form)

    def _following(self) -> str:
        return f'=COUNTIFS({self.table}[Stands before],"level*")'

    def _headline(self, row: int) -> tuple[str, str]:
        page = self.page
        reached, target = page.ref(row + 2, FIRST), page.ref(row + 3, FIRST)
        blocking, covered = page.ref(row + 4, FIRST), page.ref(row + 5, FIRST)
        incomplete, below, on_target = (quoted(VERDICTS[code]) for code in VERDICTS)
        whole = f'AND(ISNUMBER({covered}),COUNTIFS({self.table}[In scope],"yes",{self.table}[Value],"NC")=0)'
        verdict = f"IF({whole},IF({reached}>={target},{on_target},{below}),{incomplete})"
        formula = (
            f'={verdict}&": maturity level "&{reached}&", level "&{target}&" aimed at; "'
            f'&IF({reached}<{target},{blocking}&IF({blocking}=1," practice stands"," practices stand")'
            f'&" before level "&({reached}+1)&"; ","")'
            f'&"coverage "&IF(ISNUMBER({covered}),FIXED({covered},1)&" %",{quoted(NO_PRACTICES)})&"."'
        )
        return formula, headline(self.result)

    # --- areas by level -----------------------------------------------------------------------

    def _grid(self, row: int) -> None:
        page, count = self.page, self.highest
        heads = [
            "Key",
            "Area",
            "Practice area",
            *(f"Level {n}" for n in range(1, count + 1)),
            "Area level",
            "Capability level",
            *(f"Needed for ML {n}" for n in range(1, count + 1)),
        ]
        page.head_row(row, heads, 0, range(FIRST, LAST + 1))
        areas = self.result.areas
        self.rows = {area.id: place for place, area in enumerate(areas, row + 1)}
        anchors = [cell(self.rows[area.id], FIRST + count) for area in areas if self.catalog.group[area.id].always]
        for area in areas:
            self._area(area, anchors)
        page.row = row + len(areas) + 1
        self._needs(row + 1, page.row)
        self._mark_grid(row + 1, page.row)
        page.row += 1

    def _area(self, area: AreaResult, anchors: list[str]) -> None:
        page, row, count = self.page, self.rows[area.id], self.highest
        page.text(row, KEY, group_key(self.catalog.id, area.id), "line")
        page.text(row, NAME, area.id, "line", bold=True)
        page.text(row, TITLE, area.title)
        page.fit_cells(row, {TITLE: area.title})
        centre = page.style("centre")
        for n in range(1, count + 1):
            self._group(area, n)
        reached, able = FIRST + count, FIRST + count + 1
        if area.out:
            for col in range(reached, able + 1 + count):
                page.sheet.write_string(row, col, "out" if col == reached else NONE, centre)
            return
        page.formula(row, reached, self._reached(row, area), area.level, page.style("number", bold=True))
        own = f"IF({cell(row, reached)}>={area.top},{levels.CAPABILITY_MAX},{cell(row, reached)})"
        capability = f"=MIN({','.join([str(levels.CAPABILITY_MAX), own, *anchors])})"
        page.formula(row, able, capability, area.capability_level, page.style("number"))
        for n in range(1, count + 1):
            col = able + n
            if area not in levels.asked_at(self.result.areas, n):
                page.sheet.write_string(row, col, NONE, centre)
                continue
            need = min(n, area.top)
            page.formula(
                row,
                col,
                f'=IF({cell(row, reached)}>={need},"held","missing")',
                "held" if area.level >= need else "missing",
                centre,
            )

    def _reached(self, row: int, area: AreaResult) -> str:
        """Highest level below the first group that is not satisfied."""
        formula = str(area.top)
        for n in sorted(area.practice_groups, reverse=True):
            if n <= self.highest:
                state = cell(row, FIRST + n - 1)
                formula = f'IF({state}="satisfied",{formula},{n - 1})'
        return f"={formula}"

    def _group(self, area: AreaResult, level: int) -> None:
        page, row, col = self.page, self.rows[area.id], FIRST + level - 1
        centre = page.style("centre")
        state = area.practice_groups.get(level)
        if state is None or area.out:
            page.sheet.write_string(row, col, NONE, centre)
        elif (area.id, level) not in self.groups:
            page.sheet.write_string(row, col, STATES[state], centre)
        else:
            page.formula(row, col, self._state(area, level), STATES[state], centre)

    def _state(self, area: AreaResult, level: int) -> str:
        table, row = self.table, self.rows[area.id]
        key = quoted(group_key(self.catalog.id, f"{area.id}/{level}"))

        def count(head: str, word: str) -> str:
            return f"COUNTIFS({table}[Group key],{key},{table}[{head}],{quoted(word)})"

        below, blank = "FALSE", "FALSE"
        if level > 1:
            lower = f"{cell(row, FIRST)}:{cell(row, FIRST + level - 2)}"
            below = f'COUNTIF({lower},"unsatisfied")>0'
            blank = f'COUNTIF({lower},"not rated")>0'
        unmet = "+".join(count("Value", word) for word in ("PM", "DM", "NY"))
        return (
            f'=IF({count("Value", "FM")}=COUNTIFS({table}[Group key],{key}),"satisfied",'
            f'IF({unmet}>0,"unsatisfied",IF({count("Value", "NC")}>0,"not rated",'
            f'IF(OR({count("Significant", "yes")}>0,{below}),"unsatisfied",'
            f'IF({blank},"not rated","satisfied")))))'
        )

    def _needs(self, first: int, row: int) -> None:
        """How many of the areas that each level needs are there."""
        page, count = self.page, self.highest
        group = page.style("group", align="center")
        for col in range(NAME, FIRST + 2 + 2 * count):
            page.sheet.write_blank(row, col, None, group)
        page.text(row, TITLE, "Areas that hold, of those each maturity level needs", "group")
        for n in range(1, count + 1):
            col = FIRST + count + 1 + n
            where = f"{cell(first, col)}:{cell(row - 1, col)}"
            needed = levels.asked_at(self.result.areas, n)
            held = sum(levels.holds(area, n) for area in needed)
            formula = f'=COUNTIF({where},"held")&" of "&(COUNTIF({where},"held")+COUNTIF({where},"missing"))'
            page.formula(row, col, formula, f"{held} of {len(needed)}", group)

    def _maturity(self) -> str:
        formula = str(self.highest)
        rows = list(self.rows.values())
        for n in range(self.highest, 0, -1):
            col = FIRST + self.highest + 1 + n
            where = f"{cell(rows[0], col)}:{cell(rows[-1], col)}" if rows else ""
            holds = f'AND(COUNTIF({where},"missing")=0,COUNTIF({where},"held")>0)' if rows else "FALSE"
            formula = f"IF({holds},{formula},{n - 1})"
        return formula

    def _mark_grid(self, first: int, last: int) -> None:
        page, right = self.page, FIRST + 1 + 2 * self.highest
        target = max(self.result.target, self.result.maturity_level)
        beyond = FIRST + 2 + self.highest + target
        here = f"{letter(FIRST)}{first + 1}"
        later = f'=AND(COLUMN({here})>{beyond},{here}="missing")'
        page.mark_where((first, FIRST, last - 1, right), later, font_color=FAINT)
        looks: Mapping[str, Mapping[str, object]] = {
            "satisfied": {"bg_color": "#DCEBDF", "font_color": TONES["good"]},
            "unsatisfied": {"bg_color": "#F6DEDF", "font_color": TONES["bad"]},
            "held": {"font_color": TONES["good"]},
            "missing": {"font_color": TONES["bad"], "bold": True},
            "not rated": {"font_color": TONES["open"]},
        }
        for word, look in looks.items():
            nearer = f",COLUMN({here})<={beyond}" if word == "missing" else ""
            page.mark_where((first, FIRST, last, right), f"=AND({here}={quoted(word)}{nearer})", **look)

    def _judgements(self) -> None:
        """Recorded judgements with their reasons, and what is out of scope."""
        page = self.page
        page.row = page.span(
            page.row,
            NAME,
            LAST,
            "A maturity level n needs every area of the view that is asked at that level to hold "
            "level n, or its highest level where that is lower; no average is taken. Capability "
            "levels end at 3 and are limited by the areas that sustain habit (GOV, II).",
            "note",
        )
        for judgement in self.assessed.judgements.values():
            text = f"Judgement on {judgement.subject}, {judgement.value}: {judgement.reason}"
            page.row = page.span(page.row, NAME, LAST, text, "note")
        for area in self.result.areas:
            if area.out:
                text = f"Out of scope, {area.id} {area.title}: {area.out}"
                page.row = page.span(page.row, NAME, LAST, text, "note")

    def _in_the_way(self) -> None:
        """What stood before the next level at the time of export, with the reasons."""
        page, blockers = self.page, self.result.blockers
        if not blockers:
            return
        title = f"What stands before maturity level {self.result.next_level}, at the time of export"
        page.section(title, LAST, NAME)
        for blocker in blockers[:_MOST_BLOCKERS]:
            page.text(page.row, NAME, blocker.item, "line", bold=True)
            text = f"{blocker.value}: {self.catalog.item[blocker.item].title}. {sentence(blocker.why)}"
            page.row = page.span(page.row, TITLE, LAST, text, "cell")
        if len(blockers) > _MOST_BLOCKERS:
            more = f"and {len(blockers) - _MOST_BLOCKERS} more, marked in the table of practices."
            page.row = page.span(page.row, TITLE, LAST, more, "note")

    # --- practices ----------------------------------------------------------------------------

    def _members(self) -> Iterator[tuple[AreaResult, Item, ItemResult]]:
        for area in self.result.areas:
            for item in self.catalog.items_of[area.id]:
                if (area.id, item.level or 1) in self.groups:
                    yield area, item, area.practices[item.id]

    def _practices(self, row: int) -> None:
        page = self.page
        members = list(self._members())
        self.head = row
        page.table(self.table, PRACTICES, len(members), row)
        shown_risk = any(area.risk for area in self.result.areas)
        for place, (area, item, result) in enumerate(members, row + 1):
            self._practice(place, area, item, result)
            if shown_risk:
                self._risk(place, area.risk.get(item.id, ""))
            else:
                page.sheet.write_blank(place, _RISKS, None, page.style("centre"))
        last = row + max(len(members), 1)
        self._mark_practices(row + 1, last)
        page.row = last + 1

    def _practice(self, row: int, area: AreaResult, item: Item, result: ItemResult) -> None:
        page, _scope = self.page, self.assessed.scope
        page.text(row, KEY, item_key(self.catalog.id, item.id), "line")
        page.text(row, NAME, item.id, "line")
        page.text(row, TITLE, item.title)
        page.fit_cells(row, {TITLE: item.title})
        level = item.level or 1
        page.number(row, FIRST, level)
        values = list(result.units.values())
        key, rating = f"${letter(KEY)}{row + 1}", column("Rating")
        one = f"COUNTIFS({column('Item key')},{key}"
        count = page.style("count")
        for col, code in enumerate(_CODES[:-1], _FM):
            page.formula(row, col, f"={one},{rating},{quoted(code)})", values.count(code), count)
        asked = f'{one},{column("Asked")},"yes",{rating}'
        page.formula(row, _NC, f'={asked},"")+{asked},"NC")', values.count("NC"), count)
        centre = page.style("centre")
        page.formula(row, _RULE, rule_formula(row), " or ".join(result.allowed), centre)
        judged = self.assessed.judgements.get(item.id)
        page.text(row, _JUDGED, judged.value if judged else "", "centre")
        page.formula(row, _VALUE, value_formula(row), result.value, page.style("centre", bold=True))
        page.text(row, _GROUP, group_key(self.catalog.id, f"{area.id}/{level}"), "line")
        page.number(row, _ASKED, area.asked_from)
        asked_for = area in levels.asked_at(self.result.areas, self.result.target)
        page.text(row, _SCOPE, "yes" if asked_for and level <= self.result.target else "no", "line")
        significant = levels.is_significant(self.assessed.judgements, area.id, level)
        page.text(row, _HARM, "yes" if significant else "no", "line")
        due = "yes" if result.judgement_due else "no"
        page.formula(row, _DUE, due_formula(row), due, page.style("line"))
        self._blocking(row, item, scope_floor=min((a.asked_from for a in self.result.areas), default=0))

    def _blocking(self, row: int, item: Item, scope_floor: int) -> None:
        value = cell(row, _VALUE)
        either = ",".join(f'{value}="{code}"' for code in ("PM", "DM", "NY", "NC"))
        formula = (
            f"=IF(AND({self.level}<{self.target},{cell(row, FIRST)}<={self.level}+1,"
            f"{cell(row, _ASKED)}<=MAX({self.level}+1,{scope_floor}),"
            f'OR({either},AND({value}="LM",{cell(row, _HARM)}="yes"))),"level "&({self.level}+1),"")'
        )
        blocks = any(blocker.item == item.id for blocker in self.result.blockers)
        said = f"level {self.result.next_level}" if blocks else ""
        self.page.formula(row, _BLOCKS, formula, said, self.page.style("centre"))

    def _risk(self, row: int, risk: str) -> None:
        value = cell(row, _VALUE)
        formula = (
            f'=IF({value}="FM","low",IF({value}="LM","medium",'
            f'IF(OR({value}="PM",{value}="DM"),"high",IF({value}="NY","not yet",""))))'
        )
        self.page.formula(row, _RISKS, formula, _RISK[risk], self.page.style("centre"))

    def _mark_practices(self, first: int, last: int) -> None:
        tones = {value.code: value.tone for value in scales.PRACTICES}
        self.page.ink_words((first, _VALUE, last, _VALUE), tones)
        due = f'=${letter(_DUE)}{first + 1}="yes"'
        self.page.mark_where((first, _RULE, last, _JUDGED), due, bg_color=DUE)

    # --- for the other sheets -----------------------------------------------------------------

    def _remember(self, panel: int) -> None:
        page, book, name, result = self.page, self.page.book, self.assessed.name, self.result
        cells = LevelCells(
            headline=page.far_ref(panel, NAME),
            level=page.far_ref(panel + 2, FIRST),
            coverage=page.far_ref(panel + 5, FIRST),
            blocking=page.far_ref(panel + 4, FIRST),
            table=self.table,
            rows=dict(self.rows),
        )
        book.levels[self.catalog.id] = cells
        book.check(f"{name}: verdict and headline", headline(result), cells.headline)
        book.check(f"{name}: maturity level", result.maturity_level, cells.level)
        book.check(f"{name}: coverage %", result.coverage, cells.coverage, NO_PRACTICES)
        book.check(f"{name}: practices before the next level", len(result.blockers), cells.blocking)
        book.check(f"{name}: judgements due", len(result.judgements_due), page.far_ref(panel + 6, FIRST))
        for area in result.areas:
            if not area.out:
                row = self.rows[area.id]
                reached = page.far_ref(row, FIRST + self.highest)
                able = page.far_ref(row, FIRST + self.highest + 1)
                book.check(f"{name} {area.id}: area level", area.level, reached)
                book.check(f"{name} {area.id}: capability level", area.capability_level, able)


def headline(result: LevelResult) -> str:
    """What the headline formula gives."""
    way = ""
    if result.maturity_level < result.target:
        stand = "practice stands" if len(result.blockers) == 1 else "practices stand"
        way = f"{len(result.blockers)} {stand} before level {result.maturity_level + 1}; "
    return (
        f"{VERDICTS[result.verdict]}: maturity level {result.maturity_level}, level {result.target} "
        f"aimed at; {way}coverage {shown(result.coverage, NO_PRACTICES)}."
    )


def rule_formula(row: int) -> str:
    """The values that the rule from units to the organisation allows."""
    met, largely, partly, missed, later, unseen = (cell(row, _FM + place) for place in range(len(_CODES)))
    rated = f"SUM({met}:{later})"
    return (
        f'=IF(OR({unseen}>0,{rated}=0),"NC",'
        f'IF({largely}+{partly}+{missed}+{later}=0,"FM",'
        f'IF({met}+{largely}+{partly}+{missed}=0,"NY",'
        f'IF({partly}+{missed}=0,IF({largely}>0,"LM","FM"),'
        f'IF({met}+{largely}>0,IF(2*({partly}+{missed})>={rated},"PM","LM or PM"),'
        f'IF({partly}=0,"DM",IF({missed}+{later}=0,"PM","PM or DM")))))))'
    )


def value_formula(row: int) -> str:
    """The value that counts: the recorded judgement where the rule leaves a choice, else the lower."""
    rule, judged = cell(row, _RULE), cell(row, _JUDGED)
    return (
        f'=IF({rule}="LM or PM",IF({judged}="LM","LM","PM"),IF({rule}="PM or DM",IF({judged}="PM","PM","DM"),{rule}))'
    )


def due_formula(row: int) -> str:
    """Whether a choice is open that nobody has recorded."""
    rule, judged = cell(row, _RULE), cell(row, _JUDGED)
    return (
        f'=IF(OR(AND({rule}="LM or PM",{judged}<>"LM",{judged}<>"PM"),'
        f'AND({rule}="PM or DM",{judged}<>"PM",{judged}<>"DM")),"yes","no")'
    )
