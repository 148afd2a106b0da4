"""The verdict of an audit: five rules in their order, the first that holds, and what will be questioned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.excel.book import plural, plural_formula, shown
from gapbench.excel.clause_facts import (
    CLAUSE,
    COMPLETE,
    COVERAGE,
    LAST,
    MAJORS,
    MINORS,
    MISSING,
    NO_POINTS,
    NOTHING_RATED,
    PERCENT,
    POINTS,
    TITLE,
    ClauseFacts,
)
from gapbench.excel.page import Page, letter
from gapbench.excel.page import cell as _cell
from gapbench.excel.strings import quoted
from gapbench.excel.style import TINT
from gapbench.rating.wording import sentence

if TYPE_CHECKING:
    from gapbench.rating.results import ConformityResult

QUESTIONED = "Whatever the verdict, an auditor will question"

VERDICTS = {
    "not_ready": "Not ready for a certification audit",
    "incomplete": "No verdict yet",
    "not_recommended": "Would not be recommended for certification as it stands",
    "likely_with_plan": "Likely to be recommended once a plan for the minors is accepted",
    "likely": "Likely to be recommended for certification",
}
"""Verdict code -> the words that the formula gives."""


class Verdict:
    """The panel of one framework; it is written once the clauses below it have their places.

    Attributes:
        row: Of the headline.
    """

    def __init__(self, page: Page, facts: ClauseFacts) -> None:
        self.page, self.facts, self.row = page, facts, page.row
        page.row += len(VERDICTS) + 3
        facts.threshold = page.ref(self.row + len(VERDICTS) + 2, POINTS)

    def write(self, total: int) -> None:
        """The rules in their order, whether each holds, and the first that does."""
        page, row = self.page, self.row
        formula, text = self._headline(row, total)
        page.live_span(row, CLAUSE, LAST, formula, text, "verdict")
        page.span(row + 1, CLAUSE, LAST, f"At the time of export: {self.facts.result.sentence}", "plain")
        row += 2
        decided = False
        facts = zip(self._facts(total), VERDICTS.values(), strict=True)
        for place, ((name, holds, value), words) in enumerate(facts):
            self._rule(row + place, place, (name, words), (holds, value, decided))
            decided = decided or value
        where = (row, CLAUSE, row + len(VERDICTS) - 1, LAST)
        decides = f'=${letter(POINTS)}{row + 1}="decides"'
        page.mark_where(where, decides, bold=True, bg_color=TINT)
        row += len(VERDICTS)
        page.text(row, TITLE, "Not-conforming points of one clause that make it major", "muted")
        page.number(row, POINTS, self.facts.assessed.scope.major_threshold)

    def cautions(self) -> None:
        """What stands beside the verdict, at the cursor."""
        page = self.page
        if not self.facts.result.cautions:
            return
        text = f"{QUESTIONED} (at the time of export):"
        page.row = page.span(page.row, CLAUSE, LAST, text, "plain", bold=True)
        for caution in self.facts.result.cautions:
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

    def _facts(self, total: int) -> list[tuple[str, str, bool]]:
        leaves = [line.row for line in self.facts.lines if line.clause.points]
        missing = "FALSE"
        if leaves:
            where = f"{_cell(leaves[0], MISSING)}:{_cell(leaves[-1], MISSING)}"
            missing = f'COUNTIF({where},"yes")>0'
        result, tally = self.facts.result, self.facts.result.tally
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
        return formula, headline(self.facts.result)


def headline(result: ConformityResult) -> str:
    """What the headline formula gives."""
    tally = result.tally
    return (
        f"{VERDICTS[result.verdict]}: readiness {shown(tally.percent, NOTHING_RATED)}, "
        f"coverage {shown(tally.coverage, NO_POINTS)}, {plural(result.majors, 'major')} and "
        f"{plural(result.minors, 'minor')} open."
    )


def _said(cell: str, empty: str) -> str:
    return f'IF(ISNUMBER({cell}),FIXED({cell},1)&" %",{quoted(empty)})'
