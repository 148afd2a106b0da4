"""Readiness for certification, clause by clause: every figure a formula over the Assessment table.

The rules stand once more as formulas: points count by their worst site (once every site is rated,
or one does not conform), a proposed finding stands where weak points are covered by no recorded
one, and the verdict is the first rule that holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.excel.assessment import column, group_key, item_key
from gapbench.excel.book import ISO, Book, ConformityCells, conformity_of, plural, plural_formula, shown
from gapbench.excel.page import Column, Page, letter, summed
from gapbench.excel.page import cell as _cell
from gapbench.excel.strings import quoted
from gapbench.excel.style import TINT, TONES
from gapbench.rating import findings as finding_rules
from gapbench.rating import scales
from gapbench.rating.conformity import units_for
from gapbench.rating.tallies import COUNTED, OUT
from gapbench.rating.wording import sentence, share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.rating.results import ClauseResult, ConformityResult, Tally
    from gapbench.work.deliverable import Assessed

NOTHING_RATED = "nothing rated"
NO_POINTS = "no points"
QUESTIONED = "Whatever the verdict, an auditor will question"

VERDICTS = {
    "not_ready": "Not ready for a certification audit",
    "incomplete": "No verdict yet",
    "not_recommended": "Would not be recommended for certification as it stands",
    "likely_with_plan": "Likely to be recommended once a plan for the minors is accepted",
    "likely": "Likely to be recommended for certification",
}
"""Verdict code -> the words that the formula gives."""

_WORDS = scales.words(scales.CONFORMITY)
_CODES = (*COUNTED, *OUT)
_TONES = {value.code: value.tone for value in scales.CONFORMITY if value.code in COUNTED}

COLUMNS = (
    Column("Key", 12, hidden=True),
    Column("Missing", 8, hidden=True),
    Column("Uncovered", 8, hidden=True),
    Column("Complete", 8, hidden=True),
    Column("Clause", 9),
    Column("Title", 47),
    Column("Points", 7, centre=True),
    Column("Conforming", 9.5, centre=True),
    Column("Partial", 7, centre=True),
    Column("Not conforming", 9.5, centre=True),
    Column("Not applicable", 9, centre=True),
    Column("Condition not met", 9, centre=True),
    Column("Not rated", 7, centre=True),
    Column("Readiness", 12),
    Column("Coverage", 9.5),
    Column("Majors", 7.5, centre=True),
    Column("Minors", 7.5, centre=True),
    Column("Worst point", 13, centre=True),
    Column("Proposed", 9, centre=True),
    Column("Gate", 6, centre=True),
)
KEY, MISSING, UNCOVERED, COMPLETE, CLAUSE, TITLE, POINTS, FIRST_COUNT = range(8)
UNRATED, PERCENT, COVERAGE, MAJORS, MINORS, WORST, PROPOSED, GATE = range(12, 20)
MISSED = FIRST_COUNT + 2
LAST = GATE
_POINT_COLUMNS = (
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
_CENTRED = frozenset(place for place, it in enumerate(COLUMNS) if it.centre)


@dataclass(frozen=True)
class _Source:
    """Which table the points of a framework are counted in."""

    leaf: str
    value: str
    covered: str
    complete: str


_DIRECT = _Source(column("Clause key"), column("Rating"), column("Covered"), "")


@dataclass(frozen=True)
class _Line:
    """One clause on its row.

    Attributes:
        row: From 0.
        children: Rows of its children; none for a leaf.
        leaves: Rows of the leaves at or below it.
    """

    clause: ClauseResult
    depth: int
    row: int
    children: tuple[int, ...]
    leaves: tuple[int, ...]


def write(book: Book) -> None:
    """Write the sheet, one block per framework."""
    page = Page(book, ISO, [it.width for it in COLUMNS])
    page.hide(place for place, it in enumerate(COLUMNS) if it.hidden)
    page.row = 0
    page.heading("Readiness for certification", LAST, CLAUSE)
    breaks = []
    head = 0
    for number, (assessed, result) in enumerate(conformity_of(book.deliverable)):
        if number:
            breaks.append(page.row)
        block = _Block(page, assessed, result, number)
        block.write()
        head = head or block.head
    page.sheet.set_h_pagebreaks(breaks)
    page.sheet.repeat_rows(head)
    page.finish(page.row, LAST, CLAUSE)


class _Block:
    """One framework: verdict above, clauses below, points over sites last."""

    def __init__(self, page: Page, assessed: Assessed, result: ConformityResult, number: int) -> None:
        self.page, self.assessed, self.result = page, assessed, result
        self.catalog = assessed.scope.catalog
        self.sites = units_for(assessed.scope, self.catalog.items[0]) if self.catalog.items else ()
        self.table = f"Points{number + 1}"
        self.source = self._source()
        self.head = 0
        self.threshold = ""
        self.recorded = [it for it in page.book.deliverable.findings if not it.proposed]
        self.proposed = {it.id: it for it in result.findings if it.proposed}

    def _source(self) -> _Source:
        if len(self.sites) < 2:
            return _DIRECT
        name = self.table
        return _Source(f"{name}[Clause key]", f"{name}[Value]", f"{name}[Covered]", f"{name}[Complete]")

    def write(self) -> None:
        """Write the block at the cursor of the page."""
        page = self.page
        page.section(f"{self.assessed.name}: the verdict and its rules", LAST, CLAUSE)
        panel = page.row
        page.row += len(VERDICTS) + 3
        self._cautions()
        page.section(f"{self.assessed.name}: clause by clause", LAST, CLAUSE)
        self.head = page.row
        page.head_row(self.head, [it.head for it in COLUMNS], 0, _CENTRED)
        page.row += 1
        lines = list(self._lines(self.result.groups, 0, page.row))
        total = page.row + len(lines)
        self.threshold = page.ref(panel + len(VERDICTS) + 2, POINTS)
        for line in lines:
            self._write_line(line)
        self._write_total(total, lines)
        page.row = total + 1
        self._bars(self.head + 1, total)
        self._panel(panel, total, lines)
        if self.source is not _DIRECT:
            self._points()
        self._remember(panel, total, lines)

    def _lines(self, clauses: tuple[ClauseResult, ...], depth: int, row: int) -> Iterator[_Line]:
        for clause in clauses:
            below = list(self._lines(clause.groups, depth + 1, row + 1))
            children = tuple(line.row for line in below if line.depth == depth + 1)
            leaves = [line.row for line in below if line.clause.points]
            own = (row,) if clause.points else ()
            yield _Line(clause, depth, row, children, (*own, *leaves))
            yield from below
            row += 1 + len(below)

    # --- one clause -------------------------------------------------------------------------

    def _write_line(self, line: _Line) -> None:
        page, row, clause = self.page, line.row, line.clause
        top = line.depth == 0
        cell = "group" if top else "cell"
        page.text(row, KEY, group_key(self.catalog.id, clause.id), "line")
        page.text(row, CLAUSE, clause.id, cell)
        page.text(row, TITLE, clause.title, cell, indent=min(line.depth, 5), align="left")
        page.fit_cells(row, {TITLE: "nn" * line.depth + page.book.clean(clause.title)})
        self._counts(line, cell)
        self._ratios(row, clause, cell)
        self._findings(line, cell)
        worst = _WORDS[clause.worst] if clause.worst else NOTHING_RATED
        page.formula(row, WORST, _worst(row), worst, self._format(cell, align="center"))
        self._gate(line, cell)

    def _format(self, cell: str, **differing: object) -> object:
        base = {"group": "group", "cell": "cell"}[cell]
        return self.page.style(base, **differing)

    def _counts(self, line: _Line, cell: str) -> None:
        page, row, tally = self.page, line.row, line.clause.tally
        form = self._format(cell, align="center", num_format='0;-0;"\N{EN DASH}"')
        source, key = self.source, f"${letter(KEY)}{row + 1}"
        cells = [(POINTS, f"COUNTIFS({source.leaf},{key})", tally.scored)]
        for place, code in enumerate(_CODES, FIRST_COUNT):
            word = quoted(_WORDS[code])
            cells.append((place, f"COUNTIFS({source.leaf},{key},{source.value},{word})", tally.counts[code]))
        for col, formula, value in cells:
            page.formula(row, col, f"={_with_children(line, formula, col)}", value, form)
        counts = f"{_cell(row, FIRST_COUNT)}:{_cell(row, UNRATED - 1)}"
        page.formula(row, UNRATED, f"={_cell(row, POINTS)}-SUM({counts})", tally.counts[""], form)
        self._complete(line, key)

    def _complete(self, line: _Line, key: str) -> None:
        """Points in any state but unrated."""
        row, source = line.row, self.source
        if not source.complete:
            formula = f"{_cell(row, POINTS)}-{_cell(row, UNRATED)}"
        else:
            formula = f'COUNTIFS({source.leaf},{key},{source.complete},"yes")'
            formula = _with_children(line, formula, COMPLETE)
        self.page.formula(row, COMPLETE, f"={formula}", line.clause.tally.rated, self.page.style("number"))

    def _ratios(self, row: int, clause: ClauseResult, cell: str) -> None:
        form = self._format(cell, align="right", num_format='0.0" %"')
        self.page.formula(row, PERCENT, percent(row), clause.tally.percent, form, NOTHING_RATED)
        self.page.formula(row, COVERAGE, coverage(row), clause.tally.coverage, form, NO_POINTS)

    def _findings(self, line: _Line, cell: str) -> None:
        form = self._format(cell, align="center", num_format='0;-0;"\N{EN DASH}"')
        key = f"{letter(KEY)}{line.row + 1}"
        for col, cls, value in (
            (MAJORS, "major", line.clause.majors),
            (MINORS, "minor", line.clause.minors),
        ):
            formula = self._number_of(cls, f"${key}", line.leaves)
            self.page.formula(line.row, col, f"={formula}", value, form)

    def _number_of(self, cls: str, key: str, leaves: tuple[int, ...]) -> str:
        """Recorded open findings that touch a clause, and proposals of the leaves below it."""
        terms = []
        if self.recorded:
            terms.append(
                f'COUNTIFS(Findings[Class],"{cls}",Findings[Status],"open",'
                f'Findings[Origin],"recorded",Findings[Touches],"*;"&{key}&";*")'
            )
        if leaves:
            where = f"{_cell(leaves[0], PROPOSED)}:{_cell(leaves[-1], PROPOSED)}"
            terms.append(f'COUNTIF({where},"{cls}")')
        return "+".join(terms) or "0"

    def _gate(self, line: _Line, cell: str) -> None:
        page, row, clause = self.page, line.row, line.clause
        centre = self._format(cell, align="center")
        page.string(row, GATE, "gate" if clause.gate else "", centre)
        if not clause.points:
            page.sheet.write_blank(row, PROPOSED, None, centre)
            return
        missing = 'IF({g}="gate",IF(AND({n}>0,{n}={p}-{a}-{c}),"yes","no"),"no")'.format(
            g=_cell(row, GATE),
            n=_cell(row, MISSED),
            p=_cell(row, POINTS),
            a=_cell(row, MISSED + 1),
            c=_cell(row, MISSED + 2),
        )
        page.formula(row, MISSING, f"={missing}", "yes" if clause.missing else "no", page.style("line"))
        self._proposal(line, centre)

    def _proposal(self, line: _Line, form: object) -> None:
        page, row, source = self.page, line.row, self.source
        key = f"${letter(KEY)}{row + 1}"
        weak = "+".join(
            f'COUNTIFS({source.leaf},{key},{source.covered},"no",{source.value},{quoted(_WORDS[code])})'
            for code in finding_rules.WEAK
        )
        proposed = self._proposed(line.clause.id)
        page.formula(row, UNCOVERED, f"={weak}", proposed[1], page.style("number"))
        formula = (
            f'=IF({_cell(row, UNCOVERED)}=0,"",IF(OR({_cell(row, MISSING)}="yes",'
            f'{_cell(row, MISSED)}>={self.threshold}),"major","minor"))'
        )
        page.formula(row, PROPOSED, formula, proposed[0], form)

    def _proposed(self, leaf: str) -> tuple[str, int]:
        finding = self.proposed.get(f"proposed:{leaf}")
        return (finding.cls, len(finding.items)) if finding is not None else ("", 0)

    # --- the whole --------------------------------------------------------------------------

    def _write_total(self, row: int, lines: list[_Line]) -> None:
        page, tally = self.page, self.result.tally
        tops = [line.row for line in lines if line.depth == 0]
        page.text(row, KEY, group_key(self.catalog.id, ""), "line")
        page.text(row, CLAUSE, "All", "group")
        page.text(row, TITLE, self.assessed.name, "group")
        form = self._format("group", align="center", num_format='0;-0;"\N{EN DASH}"')
        values = [tally.scored, *(tally.counts[code] for code in _CODES), tally.counts[""]]
        for col, value in zip(range(POINTS, UNRATED + 1), values, strict=True):
            page.formula(row, col, f"={summed(tops, col)}", value, form)
        page.formula(row, COMPLETE, f"={summed(tops, COMPLETE)}", tally.rated, page.style("number"))
        worst = next((_WORDS[code] for code in reversed(COUNTED) if tally.counts[code]), NOTHING_RATED)
        self._ratios_of_all(row)
        leaves = tuple(line.row for line in lines if line.clause.points)
        for col, cls, value in ((MAJORS, "major", self.result.majors), (MINORS, "minor", self.result.minors)):
            formula = self._number_of(cls, f"${letter(KEY)}{row + 1}", leaves)
            page.formula(row, col, f"={formula}", value, form)
        page.formula(row, WORST, _worst(row), worst, self._format("group", align="center"))
        for col in (PROPOSED, GATE):
            page.sheet.write_blank(row, col, None, self._format("group"))

    def _ratios_of_all(self, row: int) -> None:
        form = self._format("group", align="right", num_format='0.0" %"')
        tally = self.result.tally
        self.page.formula(row, PERCENT, percent(row), tally.percent, form, NOTHING_RATED)
        self.page.formula(row, COVERAGE, coverage(row), tally.coverage, form, NO_POINTS)

    def _bars(self, first: int, last: int) -> None:
        sheet = self.page.sheet
        sheet.conditional_format(
            first,
            PERCENT,
            last,
            PERCENT,
            {
                "type": "data_bar",
                "bar_color": "#B9CBE3",
                "bar_solid": True,
                "min_type": "num",
                "min_value": 0,
                "max_type": "num",
                "max_value": 100,
                "data_bar_2010": True,
            },
        )
        words = {_WORDS[code]: tone for code, tone in _TONES.items()}
        self.page.ink_words((first, WORST, last, WORST), words)
        for col, code in ((MAJORS, "not_conforming"), (MINORS, "partial")):
            some = f"=N(${letter(col)}{first + 1})>0"
            self.page.mark_where((first, col, last, col), some, font_color=TONES[_TONES[code]])

    # --- the verdict ------------------------------------------------------------------------

    def _panel(self, row: int, total: int, lines: list[_Line]) -> None:
        """The rules in their order, whether each holds, and the first that does."""
        page = self.page
        formula, text = self._headline(row, total)
        page.live_span(row, CLAUSE, LAST, formula, text, "verdict")
        page.span(row + 1, CLAUSE, LAST, f"At the time of export: {self.result.sentence}", "plain")
        row += 2
        decided = False
        facts = zip(self._facts(total, lines), VERDICTS.values(), strict=True)
        for place, ((name, holds, value), words) in enumerate(facts):
            self._rule(row + place, place, (name, words), (holds, value, decided))
            decided = decided or value
        where = (row, CLAUSE, row + len(VERDICTS) - 1, LAST)
        decides = f'=${letter(POINTS)}{row + 1}="decides"'
        page.mark_where(where, decides, bold=True, bg_color=TINT)
        row += len(VERDICTS)
        page.text(row, TITLE, "Not-conforming points of one clause that make it major", "muted")
        page.number(row, POINTS, self.assessed.scope.major_threshold)

    def _cautions(self) -> None:
        """What stands beside the verdict, at the cursor."""
        page = self.page
        if not self.result.cautions:
            return
        text = f"{QUESTIONED} (at the time of export):"
        page.row = page.span(page.row, CLAUSE, LAST, text, "plain", bold=True)
        for caution in self.result.cautions:
            page.text(page.row, CLAUSE, caution.item, "line", bold=True)
            page.row = page.span(page.row, TITLE, LAST, sentence(caution.why), "cell")

    def _rule(self, row: int, place: int, texts: tuple[str, str], rule: tuple[str, bool, bool]) -> None:
        """One line of the rules; the first that holds decides."""
        page = self.page
        name, words = texts
        holds, value, decided = rule
        page.text(row, CLAUSE, f"{place + 1}", "centre")
        page.text(row, TITLE, name, "cell")
        centre = page.style("centre")
        page.blank_span(row, POINTS, POINTS + 2, centre)
        first = "TRUE"
        if place:
            first = f'COUNTIF({_cell(row - place, POINTS)}:{_cell(row - 1, POINTS)},"decides")=0'
        said = "does not hold" if not value else "also holds" if decided else "decides"
        formula = f'=IF({holds},IF({first},"decides","also holds"),"does not hold")'
        page.formula(row, POINTS, formula, said, centre)
        page.span(row, POINTS + 3, LAST, words, "cell")

    def _facts(self, total: int, lines: list[_Line]) -> list[tuple[str, str, bool]]:
        leaves = [line.row for line in lines if line.clause.points]
        missing = "FALSE"
        if leaves:
            where = f"{_cell(leaves[0], MISSING)}:{_cell(leaves[-1], MISSING)}"
            missing = f'COUNTIF({where},"yes")>0'
        result, tally = self.result, self.result.tally
        rated, scored = _cell(total, COMPLETE), _cell(total, POINTS)
        is_missing = any(leaf.missing for leaf in result.leaves.values())
        is_incomplete = tally.rated < tally.scored or not tally.scored
        incomplete = f"OR({rated}<{scored},{scored}=0)"
        major, minor = f"{_cell(total, MAJORS)}>0", f"{_cell(total, MINORS)}>0"
        none = not (is_missing or is_incomplete or result.majors or result.minors)
        return [
            ("A gate clause is wholly missing", missing, is_missing),
            ("Not every point is rated", incomplete, is_incomplete),
            ("A major is open", major, result.majors > 0),
            ("A minor is open", minor, result.minors > 0),
            ("None of the above", f"NOT(OR({missing},{incomplete},{major},{minor}))", none),
        ]

    def _headline(self, row: int, total: int) -> tuple[str, str]:
        rules = [self.page.ref(row + 2 + place, POINTS) for place in range(len(VERDICTS) - 1)]
        *words, last = (quoted(text) for text in VERDICTS.values())
        verdict = last
        for cell, text in zip(reversed(rules), reversed(words), strict=True):
            verdict = f'IF({cell}="decides",{text},{verdict})'
        ready, covered = self.page.ref(total, PERCENT), self.page.ref(total, COVERAGE)
        majors, minors = self.page.ref(total, MAJORS), self.page.ref(total, MINORS)
        formula = (
            f'={verdict}&": readiness "&{_said(ready, NOTHING_RATED)}&", coverage "'
            f'&{_said(covered, NO_POINTS)}&", "&{plural_formula(majors, "major")}&" and "'
            f'&{plural_formula(minors, "minor")}&" open."'
        )
        return formula, headline(self.result)

    # --- points over sites --------------------------------------------------------------------

    def _points(self) -> None:
        """Where sites are units: the value of a point is the worst of its sites, once that is final."""
        page = self.page
        page.section(f"{self.assessed.name}: points over {len(self.sites)} sites", LAST, CLAUSE)
        row = page.row
        items = self.catalog.items
        page.table(self.table, _POINT_COLUMNS, len(items), row)
        covered = finding_rules.covered(self.catalog, self.recorded)
        for place, item in enumerate(items, row + 1):
            self._point(place, item.id, covered=item.id in covered)
        page.row = row + max(len(items), 1) + 1

    def _point(self, row: int, item: str, *, covered: bool) -> None:
        page, known = self.page, self.catalog.item[item]
        point = self.result.leaves[known.group].points[item]
        leaf = group_key(self.catalog.id, known.group) if known.scored else ""
        page.text(row, KEY, item_key(self.catalog.id, item), "line")
        page.text(row, _P_LEAF, leaf, "line")
        page.text(row, _P_COVERED, "yes" if covered else "no", "line")
        complete = "yes" if point.complete else "no"
        unrated, missed = _cell(row, UNRATED), _cell(row, MISSED)
        page.formula(row, _P_COMPLETE, f'=IF(OR({unrated}=0,{missed}>0),"yes","no")', complete, page.style("line"))
        page.text(row, CLAUSE, item, "line")
        page.text(row, TITLE, known.title, "cell")
        page.fit_cells(row, {TITLE: known.title})
        page.number(row, POINTS, len(self.sites))
        self._sites(row, list(point.units.values()))
        worst = '""'
        for code in (*reversed(OUT), *COUNTED):
            place = FIRST_COUNT + _CODES.index(code)
            if place == MISSED:  # final at one site; anything better waits until every site is rated
                worst = f'IF({unrated}>0,"",{worst})'
            worst = f"IF({_cell(row, place)}>0,{quoted(_WORDS[code])},{worst})"
        value = _WORDS[point.value] if point.value else ""
        page.formula(row, PERCENT, f"={worst}", value, page.style("centre"))

    def _sites(self, row: int, values: list[str]) -> None:
        """How many sites gave which value."""
        page, count = self.page, self.page.style("count")
        key = f"${letter(KEY)}{row + 1}"
        for col, code in enumerate(_CODES, FIRST_COUNT):
            formula = f"=COUNTIFS({column('Item key')},{key},{column('Rating')},{quoted(_WORDS[code])})"
            page.formula(row, col, formula, values.count(code), count)
        counts = f"{_cell(row, FIRST_COUNT)}:{_cell(row, UNRATED - 1)}"
        page.formula(row, UNRATED, f"={_cell(row, POINTS)}-SUM({counts})", values.count(""), count)

    # --- for the other sheets -----------------------------------------------------------------

    def _remember(self, panel: int, total: int, lines: list[_Line]) -> None:
        page, book, name = self.page, self.page.book, self.assessed.name
        cells = ConformityCells(
            headline=page.far_ref(panel, CLAUSE),
            percent=page.far_ref(total, PERCENT),
            coverage=page.far_ref(total, COVERAGE),
            majors=page.far_ref(total, MAJORS),
            minors=page.far_ref(total, MINORS),
            rows={line.clause.id: line.row for line in lines},
            proposed={it.clause.id: page.far_ref(it.row, PROPOSED) for it in lines if it.clause.points},
        )
        book.conformity[self.catalog.id] = cells
        tally = self.result.tally
        book.check(f"{name}: verdict and headline", headline(self.result), cells.headline)
        book.check(f"{name}: readiness %", tally.percent, cells.percent, NOTHING_RATED)
        book.check(f"{name}: coverage %", tally.coverage, cells.coverage, NO_POINTS)
        book.check(f"{name}: majors", self.result.majors, cells.majors)
        book.check(f"{name}: minors", self.result.minors, cells.minors)
        for line in lines:
            if line.depth == 0:
                self._check_clause(line)

    def _check_clause(self, line: _Line) -> None:
        clause, what = line.clause, f"{self.assessed.name} clause {line.clause.id}"
        for col, word, value, empty in (
            (PERCENT, "readiness %", clause.tally.percent, NOTHING_RATED),
            (COVERAGE, "coverage %", clause.tally.coverage, NO_POINTS),
            (MAJORS, "majors", clause.majors, ""),
            (MINORS, "minors", clause.minors, ""),
        ):
            self.page.book.check(f"{what}: {word}", value, self.page.far_ref(line.row, col), empty)


def headline(result: ConformityResult) -> str:
    """What the headline formula gives."""
    tally = result.tally
    return (
        f"{VERDICTS[result.verdict]}: readiness {shown(tally.percent, NOTHING_RATED)}, "
        f"coverage {shown(tally.coverage, NO_POINTS)}, {plural(result.majors, 'major')} and "
        f"{plural(result.minors, 'minor')} open."
    )


def percent(row: int) -> str:
    """Readiness of the counts on a row: halves rounded up, a word when nothing counts."""
    met, partly, missed = (_cell(row, FIRST_COUNT + place) for place in range(3))
    counted = f"({met}+{partly}+{missed})"
    return f"=IF({counted}=0,{quoted(NOTHING_RATED)},ROUND(1000*(2*{met}+{partly})/(2*{counted}),0)/10)"


def coverage(row: int) -> str:
    """Share of points in any state but unrated."""
    points = _cell(row, POINTS)
    return f"=IF({points}=0,{quoted(NO_POINTS)},ROUND(1000*{_cell(row, COMPLETE)}/{points},0)/10)"


def _worst(row: int) -> str:
    cells = [_cell(row, FIRST_COUNT + place) for place in range(3)]
    words = [quoted(_WORDS[code]) for code in COUNTED]
    return (
        f"=IF({cells[2]}>0,{words[2]},IF({cells[1]}>0,{words[1]},IF({cells[0]}>0,{words[0]},{quoted(NOTHING_RATED)})))"
    )


def of_coverage(ready: str, covered: str) -> str:
    """Readiness with its coverage, "87.5 % of 100 %", as a piece of a formula."""
    whole = f"IF(OR({covered}=0,{covered}=100),{covered},MIN(99,MAX(1,ROUND({covered},0))))"
    return f'IF(ISNUMBER({ready}),FIXED({ready},1)&" % of "&{whole}&" %",{quoted(NOTHING_RATED)})'


def of_coverage_text(tally: Tally) -> str:
    """The same as it stands now."""
    if tally.percent is None or tally.coverage is None:
        return NOTHING_RATED
    return f"{tally.percent:.1f} % of {share(tally.coverage)}"


def _said(cell: str, empty: str) -> str:
    return f'IF(ISNUMBER({cell}),FIXED({cell},1)&" %",{quoted(empty)})'


def _with_children(line: _Line, own: str, col: int) -> str:
    """What a clause has itself (a leaf) and what its children have."""
    parts = [own] if line.clause.points else []
    if line.children:
        parts.append(summed(line.children, col))
    return "+".join(parts) or "0"
