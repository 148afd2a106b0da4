"""Clause by clause: counts, readiness, coverage, findings, worst point, each a formula over the assessment.

A clause may hold points of its own and clauses below it: each point counts once, where it stands, and in all that
encloses it; whether a gate is missing and what is proposed looks at its own points only, as the rules do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.excel.assessment import group_key
from gapbench.excel.clause_facts import (
    CENTRED,
    CLAUSE,
    CODES,
    COLUMNS,
    COMPLETE,
    COVERAGE,
    FIRST_COUNT,
    GATE,
    KEY,
    MAJORS,
    MINORS,
    MISSED,
    MISSING,
    NO_POINTS,
    NOTHING_RATED,
    PERCENT,
    POINTS,
    PROPOSED,
    TITLE,
    TONES_OF,
    UNCOVERED,
    UNRATED,
    WORDS,
    WORST,
    ClauseFacts,
    Line,
    coverage,
    percent,
)
from gapbench.excel.page import Page, letter, summed
from gapbench.excel.page import cell as _cell
from gapbench.excel.strings import quoted
from gapbench.excel.style import TONES
from gapbench.rating import findings as finding_rules
from gapbench.rating.tallies import COUNTED, OUT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.rating.results import ClauseResult


class Clauses:
    """The table of one framework.

    Attributes:
        total: Row of the whole, from 0.
    """

    def __init__(self, page: Page, facts: ClauseFacts) -> None:
        self.page, self.facts = page, facts
        self.total = 0

    def write(self) -> None:
        """Write it at the cursor."""
        page, facts = self.page, self.facts
        head = page.row
        page.head_row(head, [it.head for it in COLUMNS], 0, CENTRED)
        page.row += 1
        facts.lines = list(self._lines(facts.result.groups, 0, page.row))
        self.total = page.row + len(facts.lines)
        for line in facts.lines:
            self._write_line(line)
        self._write_total(self.total, facts.lines)
        page.row = self.total + 1
        self._bars(head + 1, self.total)

    def _lines(self, clauses: tuple[ClauseResult, ...], depth: int, row: int) -> Iterator[Line]:
        for clause in clauses:
            below = list(self._lines(clause.groups, depth + 1, row + 1))
            children = tuple(line.row for line in below if line.depth == depth + 1)
            leaves = [line.row for line in below if line.clause.points]
            own = (row,) if clause.points else ()
            yield Line(clause, depth, row, children, (*own, *leaves))
            yield from below
            row += 1 + len(below)

    # --- one clause -------------------------------------------------------------------------

    def _write_line(self, line: Line) -> None:
        page, row, clause = self.page, line.row, line.clause
        top = line.depth == 0
        cell = "group" if top else "cell"
        page.text(row, KEY, group_key(self.facts.catalog.id, clause.id), "line")
        page.text(row, CLAUSE, clause.id, cell)
        page.text(row, TITLE, clause.title, cell, indent=min(line.depth, 5), align="left")
        page.fit_cells(row, {TITLE: "nn" * line.depth + page.book.clean(clause.title)})
        self._counts(line, cell)
        self._ratios(row, clause, cell)
        self._findings(line, cell)
        worst = WORDS[clause.worst] if clause.worst else NOTHING_RATED
        page.formula(row, WORST, _worst(row), worst, self._format(cell, align="center"))
        self._gate(line, cell)

    def _format(self, cell: str, **differing: object) -> object:
        base = {"group": "group", "cell": "cell"}[cell]
        return self.page.style(base, **differing)

    def _counts(self, line: Line, cell: str) -> None:
        page, row, tally = self.page, line.row, line.clause.tally
        form = self._format(cell, align="center", num_format='0;-0;"\N{EN DASH}"')
        source, key = self.facts.source, f"${letter(KEY)}{row + 1}"
        cells = [(POINTS, f"COUNTIFS({source.leaf},{key})", tally.scored)]
        for place, code in enumerate(CODES, FIRST_COUNT):
            word = quoted(WORDS[code])
            cells.append((place, f"COUNTIFS({source.leaf},{key},{source.value},{word})", tally.counts[code]))
        for col, formula, value in cells:
            page.formula(row, col, f"={_with_children(line, formula, col)}", value, form)
        counts = f"{_cell(row, FIRST_COUNT)}:{_cell(row, UNRATED - 1)}"
        page.formula(row, UNRATED, f"={_cell(row, POINTS)}-SUM({counts})", tally.counts[""], form)
        self._complete(line, key)

    def _complete(self, line: Line, key: str) -> None:
        """Points in any state but unrated."""
        row, source = line.row, self.facts.source
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

    def _findings(self, line: Line, cell: str) -> None:
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
        if self.facts.recorded:
            terms.append(
                f'COUNTIFS(Findings[Class],"{cls}",Findings[Status],"open",'
                f'Findings[Origin],"recorded",Findings[Touches],"*;"&{key}&";*")'
            )
        if leaves:
            where = f"{_cell(leaves[0], PROPOSED)}:{_cell(leaves[-1], PROPOSED)}"
            terms.append(f'COUNTIF({where},"{cls}")')
        return "+".join(terms) or "0"

    def _gate(self, line: Line, cell: str) -> None:
        page, row, clause = self.page, line.row, line.clause
        centre = self._format(cell, align="center")
        page.string(row, GATE, "gate" if clause.gate else "", centre)
        if not clause.points:
            page.sheet.write_blank(row, PROPOSED, None, centre)
            return
        missed, applies = self._own(line)
        missing = f'IF({_cell(row, GATE)}="gate",IF(AND({missed}>0,{missed}={applies}),"yes","no"),"no")'
        page.formula(row, MISSING, f"={missing}", "yes" if clause.missing else "no", page.style("line"))
        self._proposal(line, centre)

    def _own(self, line: Line) -> tuple[str, str]:
        """Its own points that do not conform, and those that apply; what its children have is not among them."""
        row = line.row
        if not line.children:
            applies = f"{_cell(row, POINTS)}-{_cell(row, MISSED + 1)}-{_cell(row, MISSED + 2)}"
            return _cell(row, MISSED), applies
        source, key = self.facts.source, f"${letter(KEY)}{row + 1}"
        mine = f"COUNTIFS({source.leaf},{key}"
        out = "-".join(f"{mine},{source.value},{quoted(WORDS[code])})" for code in OUT)
        return f"{mine},{source.value},{quoted(WORDS[COUNTED[-1]])})", f"{mine})-{out}"

    def _proposal(self, line: Line, form: object) -> None:
        page, row, source = self.page, line.row, self.facts.source
        key = f"${letter(KEY)}{row + 1}"
        weak = "+".join(
            f'COUNTIFS({source.leaf},{key},{source.covered},"no",{source.value},{quoted(WORDS[code])})'
            for code in finding_rules.WEAK
        )
        proposed = self._proposed(line.clause.id)
        page.formula(row, UNCOVERED, f"={weak}", proposed[1], page.style("number"))
        formula = (
            f'=IF({_cell(row, UNCOVERED)}=0,"",IF(OR({_cell(row, MISSING)}="yes",'
            f'{self._own(line)[0]}>={self.facts.threshold}),"major","minor"))'
        )
        page.formula(row, PROPOSED, formula, proposed[0], form)

    def _proposed(self, leaf: str) -> tuple[str, int]:
        finding = self.facts.proposed.get(f"proposed:{leaf}")
        return (finding.cls, len(finding.items)) if finding is not None else ("", 0)

    # --- the whole --------------------------------------------------------------------------

    def _write_total(self, row: int, lines: list[Line]) -> None:
        page, tally = self.page, self.facts.result.tally
        tops = [line.row for line in lines if line.depth == 0]
        page.text(row, KEY, group_key(self.facts.catalog.id, ""), "line")
        page.text(row, CLAUSE, "All", "group")
        page.text(row, TITLE, self.facts.assessed.name, "group")
        form = self._format("group", align="center", num_format='0;-0;"\N{EN DASH}"')
        values = [tally.scored, *(tally.counts[code] for code in CODES), tally.counts[""]]
        for col, value in zip(range(POINTS, UNRATED + 1), values, strict=True):
            page.formula(row, col, f"={summed(tops, col)}", value, form)
        page.formula(row, COMPLETE, f"={summed(tops, COMPLETE)}", tally.rated, page.style("number"))
        worst = next((WORDS[code] for code in reversed(COUNTED) if tally.counts[code]), NOTHING_RATED)
        self._ratios_of_all(row)
        leaves = tuple(line.row for line in lines if line.clause.points)
        for col, cls, value in (
            (MAJORS, "major", self.facts.result.majors),
            (MINORS, "minor", self.facts.result.minors),
        ):
            formula = self._number_of(cls, f"${letter(KEY)}{row + 1}", leaves)
            page.formula(row, col, f"={formula}", value, form)
        page.formula(row, WORST, _worst(row), worst, self._format("group", align="center"))
        for col in (PROPOSED, GATE):
            page.sheet.write_blank(row, col, None, self._format("group"))

    def _ratios_of_all(self, row: int) -> None:
        form = self._format("group", align="right", num_format='0.0" %"')
        tally = self.facts.result.tally
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
        words = {WORDS[code]: tone for code, tone in TONES_OF.items()}
        self.page.ink_words((first, WORST, last, WORST), words)
        for col, code in ((MAJORS, "not_conforming"), (MINORS, "partial")):
            some = f"=N(${letter(col)}{first + 1})>0"
            self.page.mark_where((first, col, last, col), some, font_color=TONES[TONES_OF[code]])


def _worst(row: int) -> str:
    cells = [_cell(row, FIRST_COUNT + place) for place in range(3)]
    words = [quoted(WORDS[code]) for code in COUNTED]
    return (
        f"=IF({cells[2]}>0,{words[2]},IF({cells[1]}>0,{words[1]},IF({cells[0]}>0,{words[0]},{quoted(NOTHING_RATED)})))"
    )


def _with_children(line: Line, own: str, col: int) -> str:
    """What a clause has itself (a leaf) and what its children have."""
    parts = [own] if line.clause.points else []
    if line.children:
        parts.append(summed(line.children, col))
    return "+".join(parts) or "0"
