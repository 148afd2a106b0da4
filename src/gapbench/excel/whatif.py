"""What-if: tick packages and see readiness, levels and what is left, as the rules would say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.excel.book import ROADMAP, WHAT_IF, Book, plural_formula
from gapbench.excel.clause_facts import NOTHING_RATED
from gapbench.excel.page import Column, Page, cell, letter
from gapbench.excel.roadmap_facts import at as road
from gapbench.excel.roadmap_facts import lines_of
from gapbench.excel.strings import quoted
from gapbench.excel.style import INPUT, TAB
from gapbench.excel.whatif_facts import Audited, Facts, Levelled, facts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapbench.planning.values import PlannedPackage

TABLE = "WhatIf"
YES, NO = "yes", "no"
NOTHING = "Nothing is ticked: this is where you stand at the time of export."
TICK = "Do it"
NEEDS = "Needs first, not ticked"
_FIXED = (
    Column("Key", 8, hidden=True),
    Column("Package", 8),
    Column("Name", 50),
    Column(TICK, 9, centre=True),
    Column("Days left", 9, centre=True),
)
_TICK, _DAYS = 3, 4
_HINT = (
    "Set packages to yes in the pale yellow cells: every open point and practice in them then counts as met in every "
    "unit, and the figures say what the rules would say. Counted from the ratings at the time of export; what nobody "
    "has rated stays unrated and no package closes it."
)
_HALVES, _POINTS = "half points", "points in the count"


@dataclass(frozen=True)
class _Count:
    """A column of the table: what each package brings to one figure.

    Attributes:
        framework: Catalog id.
        of: Package -> number.
    """

    framework: str
    head: str
    of: Mapping[str, int]
    hidden: bool = False


@dataclass(frozen=True)
class _Measure:
    """A figure today and with the ticked packages.

    Attributes:
        column: What is subtracted from today's figure for ticked packages; None for a formula of its own.
        remark: A few words beside it.
    """

    framework: str
    what: str
    today: float | str
    column: str | None
    form: str = "0"
    remark: str = ""


def write(book: Book) -> None:
    """Write the sheet; the roadmap stands already."""
    _Sheet(book).write()


class _Sheet:
    def __init__(self, book: Book) -> None:
        self.book = book
        self.lines = lines_of(book.plan, book.deliverable)
        self.facts = facts_of(book.plan)
        self.counts = [count for it in self.facts for count in _counts(it)]
        self.measures = [measure for it in self.facts for measure in _measures(it)]
        counted = (Column(it.head, 11.5, hidden=it.hidden, centre=True) for it in self.counts)
        self.columns = (*_FIXED, *counted, Column(NEEDS, 24))
        self.last = len(self.columns) - 1
        self.page = Page(book, WHAT_IF, [it.width for it in self.columns])
        self.then: dict[tuple[str, str], str] = {}

    def write(self) -> None:
        """Write it."""
        page = self.page
        page.sheet.set_tab_color(TAB)
        page.hide(place for place, it in enumerate(self.columns) if it.hidden)
        page.heading(WHAT_IF, self.last, 1)
        message = page.row
        page.row = page.span(page.row + 1, 1, self.last, _HINT, "note") + 1
        # The block of figures points down to the table: its heading, a line for each figure and one for the days.
        block = page.row
        self.head = block + len(self.measures) + 3
        self._block(block)
        self._table()
        self._message(message)
        page.sheet.freeze_panes(0, _DAYS)
        self.book.table_rows[WHAT_IF] = len(self.lines)
        page.finish(self.head + len(self.lines), self.last, 1)

    # --- figures ------------------------------------------------------------------------------------

    def _span(self, col: int) -> str:
        return f"${letter(col)}${self.head + 2}:${letter(col)}${self.head + 1 + len(self.lines)}"

    def _ticked(self, framework: str, head: str) -> str:
        """What the ticked packages bring to a figure."""
        number = next(n for n, it in enumerate(self.counts) if (it.framework, it.head) == (framework, head))
        return f'SUMIFS({self._span(len(_FIXED) + number)},{self._span(_TICK)},"{YES}")'

    def _block(self, row: int) -> None:
        page = self.page
        for first, last, text in ((1, 2, "Figure"), (3, 3, "Today"), (4, 4, "With the ticked"), (5, self.last, "")):
            page.blank_span(row, first, last, page.style("head"))
            page.string(row, first, text, page.style("head centre" if first in (3, 4) else "head"))
        page.need(row, 24)
        for place, it in enumerate(self.measures, row + 1):
            self.then[it.framework, it.what] = cell(place, 4)
        for place, it in enumerate(self.measures, row + 1):
            self._measure(place, it)
        last = row + len(self.measures) + 1
        total = sum(it.middle * (1 - it.done) for it in self.lines)
        days = page.style("group", align="center", num_format="0.0")
        self._label(last, "Person-days: all that is left, and those of the ticked packages", "group")
        page.formula(last, 3, f"=SUM({self._span(_DAYS)})", total, days)
        page.formula(last, 4, f'=SUMIFS({self._span(_DAYS)},{self._span(_TICK)},"{YES}")', 0, days)
        self.then["", "days"] = cell(last, 4)
        page.row = last + 1

    def _label(self, row: int, text: str, style: str) -> None:
        page = self.page
        page.blank_span(row, 1, 2, page.style(style))
        page.string(row, 1, text, page.style(style))
        page.need(row, 13)

    def _measure(self, row: int, it: _Measure) -> None:
        page = self.page
        fact = next(fact for fact in self.facts if fact.catalog == it.framework)
        self._label(row, f"{fact.name}: {it.what}", "cell")
        is_first = it.column is None
        form = page.style("group" if is_first else "cell", align="center", num_format=it.form)
        if isinstance(it.today, str):
            page.string(row, 3, it.today, form)
        else:
            page.sheet.write_number(row, 3, it.today, form)
        page.formula(row, 4, f"={self._formula(fact, it)}", it.today, form)
        page.blank_span(row, 5, self.last, page.style("muted"))
        page.string(row, 5, it.remark, page.style("muted"))
        if is_first:
            self.book.check(f"What-if, nothing ticked: {fact.name} {it.what}", it.today, page.far_ref(row, 4))

    def _formula(self, fact: Facts, it: _Measure) -> str:
        if it.column is not None:
            return f"{it.today}-{self._ticked(it.framework, it.column)}"
        if isinstance(fact, Audited):
            halves = f"({fact.halves}+{self._ticked(fact.catalog, f'{fact.name} {_HALVES}')})"
            points = f"({fact.counted}+{self._ticked(fact.catalog, f'{fact.name} {_POINTS}')})"
            return f"IF({points}=0,{quoted(NOTHING_RATED)},ROUND(1000*{halves}/(2*{points}),0)/10)"
        formula, reached = str(fact.target), fact.target
        for level in sorted(fact.before, reverse=True):
            reached = level - 1
            formula = f"IF({self.then[fact.catalog, _stands(level)]}>0,{reached},{formula})"
        return formula

    # --- the packages ---------------------------------------------------------------------------------

    def _table(self) -> None:
        page, head = self.page, self.head
        page.table(TABLE, self.columns, len(self.lines), head)
        place = {it.id: head + it.number for it in self.lines}
        for line in self.lines:
            row = place[line.id]
            page.text(row, 0, line.id, "line")
            page.text(row, 1, line.id, "line", bold=True)
            page.text(row, 2, line.name)
            page.string(row, _TICK, NO, page.style("input", align="center"))
            source = self.book.package_rows[line.id]
            low, high, done = (f"'{ROADMAP}'!{cell(source, road(it))}" for it in ("Low", "High", "Done"))
            left = line.middle * (1 - line.done)
            page.formula(row, _DAYS, f"=({low}+{high})/2*(1-{done})", left, page.style("days", align="center"))
            for col, count in enumerate(self.counts, len(_FIXED)):
                page.sheet.write_number(row, col, count.of.get(line.id, 0), page.style("count"))
            self._needs(row, line.it, place)
            page.fit(row, [(2, 2, line.name), (self.last, self.last, ", ".join(line.it.needs))])
        first, last = head + 1, head + len(self.lines)
        rule = {"validate": "list", "source": [YES, NO], "error_title": WHAT_IF, "error_message": "Choose yes or no."}
        page.sheet.data_validation(first, _TICK, last, _TICK, rule)
        page.mark_where((first, 1, last, self.last), f'=${cell(first, _TICK)}="{YES}"', bold=True, bg_color=INPUT)

    def _needs(self, row: int, it: PlannedPackage, place: Mapping[str, int]) -> None:
        """Prerequisites of a ticked package that are not ticked."""
        if not it.needs:
            self.page.string(row, self.last, "", self.page.style("cell"))
            return
        told = "&".join(f'IF({cell(place[name], _TICK)}="{YES}","",{quoted(name + " ")})' for name in it.needs)
        formula = f'=IF({cell(row, _TICK)}="{YES}",{told},"")'
        self.page.formula(row, self.last, formula, "", self.page.style("cell"))

    def _message(self, row: int) -> None:
        """What the ticked packages make of everything, in a sentence."""
        ticks = f'COUNTIF({self._span(_TICK)},"{YES}")'
        days = self.then["", "days"]
        said = '&"; "&'.join(self._said(it) for it in self.facts)
        needs = f'COUNTIF({self._span(self.last)},"?*")'
        warning = (
            f'IF({needs}=0,"",". "&{plural_formula(needs, "ticked package")}&" first need others: see the last column")'
        )
        formula = (
            f'=IF({ticks}=0,{quoted(NOTHING)},"With "&{plural_formula(ticks, "package")}&" ("&FIXED({days},1)'
            f'&" person-days): "&{said}&{warning}&".")'
        )
        self.page.live_span(row, 1, self.last, formula, NOTHING, "verdict")
        self.page.need(row, 32)

    def _said(self, it: Facts) -> str:
        if isinstance(it, Audited):
            percent, left = (self.then[it.catalog, what] for what in (_READY, _CLAUSES))
            figure = f'IF(ISNUMBER({percent}),FIXED({percent},1)&" %",{percent})'
            return f'{quoted(it.name + " ")}&{figure}&", "&{left}&" clauses open"'
        left = self.then[it.catalog, _PRACTICES]
        if not it.is_exact:
            return f'{quoted(it.name + ": ")}&{left}&" practices open"'
        level = self.then[it.catalog, it.kind]
        return f'{quoted(f"{it.name} {it.kind} ")}&{level}&", "&{left}&" practices open"'


_READY = "readiness of what is rated"
_CLAUSES = "clauses that are open"
_BLOCKING = "of them with a major, or a gate of which nothing is there"
_PRACTICES = "practices that are open"


def _stands(level: int) -> str:
    return f"practices that stand before level {level}"


def _counts(it: Facts) -> Iterator[_Count]:
    if isinstance(it, Audited):
        yield _Count(
            it.catalog, f"{it.name} {_HALVES}", {name: halves for name, (halves, _) in it.brings.items()}, hidden=True
        )
        yield _Count(
            it.catalog, f"{it.name} {_POINTS}", {name: points for name, (_, points) in it.brings.items()}, hidden=True
        )
        yield _Count(it.catalog, f"{it.name} clauses closed", it.open)
        yield _Count(it.catalog, f"{it.name} of them majors", it.blocking)
        return
    yield _Count(it.catalog, f"{it.name} practices closed", it.open)
    for level, brings in it.brings.items():
        yield _Count(it.catalog, f"{it.name} before level {level}", brings)


def _measures(it: Facts) -> Iterator[_Measure]:
    if isinstance(it, Audited):
        percent = it.percent()
        yield _Measure(it.catalog, _READY, NOTHING_RATED if percent is None else percent, None, '0.0" %"')
        yield _Measure(it.catalog, _CLAUSES, _sum(it.open), f"{it.name} clauses closed")
        yield _Measure(it.catalog, _BLOCKING, _sum(it.blocking), f"{it.name} of them majors")
        return
    if it.is_exact:
        yield _Measure(it.catalog, it.kind, it.level(), None, remark=f"level {it.target} is aimed at")
    yield from (_before(it, level) for level in it.before)
    yield _Measure(it.catalog, _PRACTICES, _sum(it.open), f"{it.name} practices closed")


def _before(it: Levelled, level: int) -> _Measure:
    unrated = it.unrated[level]
    remark = f"{unrated} of these nobody has rated to the end; no package closes them" if unrated else ""
    column = f"{it.name} before level {level}"
    return _Measure(it.catalog, _stands(level), it.before[level], column, remark=remark)


def _sum(counts: Mapping[str, int]) -> int:
    return sum(counts.values())
