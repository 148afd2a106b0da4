"""A framework that an audit decides, on the summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gapbench.excel import clause_facts, clause_panel
from gapbench.excel.book import ISO, plural, plural_formula
from gapbench.excel.page import Page, letter
from gapbench.excel.pictures import AXES, or_word, placed
from gapbench.excel.strings import shortened
from gapbench.excel.summary_panel import BEST, Entry, Panel, Place, Ranking, bulleted
from gapbench.rating import scales
from gapbench.rating.tallies import COUNTED
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gapbench.excel.pictures import Beside
    from gapbench.rating.results import ClauseResult, ConformityResult, Tone
    from gapbench.work.deliverable import Assessed

_CAUTIONS = 8
_HALF_RATED, _STRONG, _WHOLE = 50.0, 75.0, 100.0
"""Percent: coverage from which clauses are compared, readiness of a strong one, nothing left to do."""


class AuditPanel(Panel):
    """Readiness for certification."""

    wide = 3

    def __init__(self, page: Page, one: Assessed, place: Place, data: Beside, result: ConformityResult) -> None:
        super().__init__(page, one, place, data)
        self.result = result
        self.cells = page.book.conformity[one.framework.catalog]

    def reasons(self) -> list[str]:
        """What the verdict rests on, a line each."""
        majors = [it for it in self.result.findings if it.cls == "major" and it.status == "open"]
        lines = [f"{it.label} major: {it.gap or it.requirement}" for it in majors]
        if self.result.verdict != "not_recommended":
            lines += [f"{it.item}: {it.why}" for it in self.result.blockers]
        return [*bulleted(lines, ISO), *self._cautions()]

    def _cautions(self) -> list[str]:
        """What will be questioned, in one line."""
        names = listed((it.item for it in self.result.cautions), _CAUTIONS)
        return [f"{clause_panel.QUESTIONED}: {names} (see {ISO})"] if names else []

    def headline(self) -> tuple[str, str]:
        """Formula and value of the verdict."""
        return f"={self.cells.headline}", clause_panel.headline(self.result)

    def figures(self) -> Iterator[tuple[str, str, Any, str]]:
        """Label, cell, value and number format of each tile."""
        tally, cells = self.result.tally, self.cells
        share = '0.0" %"'
        yield "readiness of what is rated", cells.percent, or_word(tally.percent, clause_facts.NOTHING_RATED), share
        yield "coverage", cells.coverage, or_word(tally.coverage, clause_facts.NO_POINTS), share
        yield "majors open", cells.majors, self.result.majors, "0"
        yield "minors open", cells.minors, self.result.minors, "0"

    def _at(self, clause: str, col: int) -> str:
        return f"'{ISO}'!${letter(col)}${self.cells.rows[clause] + 1}"

    def radar(self, row: int, col: int, wide: int, tall: int) -> bool:
        """Draw readiness by clause; False when there is too little to draw."""
        rated = [it for it in self.result.groups if it.tally.percent is not None]
        most = sorted(rated, key=lambda it: -it.tally.scored)[:AXES]
        axes = [it for it in rated if it in most]
        if len(axes) < 3:
            return False
        rows = [(_brief(it), self._spoke(it)) for it in axes]
        heads = ("Readiness %", "Target", "Coverage %")
        block = self.data.table(f"{self.one.name}: readiness by clause", heads, rows)
        low = min(axes, key=lambda it: it.tally.percent or 0.0)
        values, labels = block.column(1), block.labels
        least = f"MATCH(MIN({values}),{values},0)"
        share = clause_facts.of_coverage(f"MIN({values})", f"INDEX({block.column(3)},{least})")
        title = f'="Lowest: "&INDEX({labels},{least})&", "&{share}'
        text = f"Lowest: {_brief(low)}, {clause_facts.of_coverage_text(low.tally)}"
        chart = self.data.radar(block, block.say(title, text), 100, (wide, tall))
        alt = f"Radar: readiness by clause of {self.one.name}, in percent of what is rated. {text}."
        self.page.sheet.insert_chart(row, col, chart, placed(4, alt))
        return True

    def _spoke(self, clause: ClauseResult) -> list[Any]:
        ready = (self._at(clause.id, clause_facts.PERCENT), clause.tally.percent)
        return [ready, 100, (self._at(clause.id, clause_facts.COVERAGE), clause.tally.coverage)]

    def bars(self, row: int, col: int, left: int, wide: int, tall: int) -> None:
        """Draw the stacked bars."""
        groups = self.result.groups
        words = scales.words(scales.CONFORMITY)
        heads = (*(words[code] for code in COUNTED), "out of the count", "not rated")
        rows = [(_brief(it), self._bar(it)) for it in groups]
        block = self.data.table(f"{self.one.name}: points by clause", heads, rows)
        missed, partly = self.result.tally.counts["not_conforming"], self.result.tally.counts["partial"]
        title = f'=SUM({block.column(3)})&" points not conforming, "&SUM({block.column(2)})&" partial"'
        text = f"{missed} points not conforming, {partly} partial"
        tones: tuple[Tone, ...] = ("good", "fair", "bad", "out", "open")
        chart = self.data.bars(block, block.say(title, text), tones, (wide, tall))
        alt = f"Stacked bars: points of {self.one.name} by clause and rating. {text}."
        self.page.sheet.insert_chart(row, col, chart, placed(left, alt))

    def _bar(self, clause: ClauseResult) -> list[Any]:
        counts = clause.tally.counts
        first = clause_facts.FIRST_COUNT
        cells: list[Any] = [(self._at(clause.id, first + place), counts[code]) for place, code in enumerate(COUNTED)]
        out = f"{self._at(clause.id, first + 3)}+{self._at(clause.id, first + 4)}"
        cells.append((out, counts["na"] + counts["condition_not_met"]))
        cells.append((self._at(clause.id, clause_facts.UNRATED), counts[""]))
        return cells

    def ranked(self) -> tuple[Ranking, Ranking]:
        """Strongest and weakest."""
        known = [it for it in self.result.leaves.values() if _percent(it) is not None]
        order = sorted(known, key=lambda it: (-(it.tally.percent or 0.0), it.majors, -it.tally.counted))
        most = min(BEST, (len(order) + 1) // 2)
        strong = [it for it in order if not it.majors and (it.tally.percent or 0.0) >= _STRONG][:most]
        weak = [it for it in order if it not in strong and (it.majors or (it.tally.percent or 0.0) < _WHOLE)]
        weak.sort(key=lambda it: (it.tally.percent or 0.0, -it.majors, -it.tally.counted))
        none = "No clause is half rated yet." if not known else ""
        return (
            Ranking(
                "Strongest: readiness of coverage",
                self._lines(strong),
                none or f"None: no clause has {_STRONG:.0f} % without a major.",
            ),
            Ranking(
                "Weakest: readiness of coverage",
                self._lines(weak[:BEST]),
                none or "None: nothing weak in what is at least half rated.",
            ),
        )

    def _lines(self, leaves: Iterable[ClauseResult]) -> list[Entry]:
        return [self._entry(leaf) for leaf in leaves]

    def _entry(self, leaf: ClauseResult) -> Entry:
        """Readiness of coverage, "87.5 % of 100 %", and the majors."""
        columns = (clause_facts.PERCENT, clause_facts.COVERAGE, clause_facts.MAJORS)
        ready, covered, majors = (self._at(leaf.id, col) for col in columns)
        marked = f'IF({majors}>0,", "&{plural_formula(majors, "major")},"")'
        text = clause_facts.of_coverage_text(leaf.tally)
        if leaf.majors:
            text = f"{text}, {plural(leaf.majors, 'major')}"
        name = f"{leaf.id} {self.one.scope.catalog.title_of(leaf.id)}"
        return name, f"{clause_facts.of_coverage(ready, covered)}&{marked}", text


def _percent(leaf: ClauseResult) -> float | None:
    """Readiness of a clause of which enough is rated to compare it with others."""
    return leaf.tally.percent if (leaf.tally.coverage or 0.0) >= _HALF_RATED else None


def _brief(clause: ClauseResult) -> str:
    """Number and first word, "9 Performance", for the edge of a picture."""
    word = (clause.title.split() or [""])[0]
    return f"{clause.id} {shortened(word, 16)}".strip()
