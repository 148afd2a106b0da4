"""One framework that an audit decides as its sheet sees it: columns, words, and where its points are counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from gapbench.excel.assessment import column
from gapbench.excel.page import Column
from gapbench.excel.page import cell as _cell
from gapbench.excel.strings import quoted
from gapbench.rating import scales
from gapbench.rating.conformity import units_for
from gapbench.rating.tallies import COUNTED, OUT
from gapbench.rating.wording import share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapbench.catalog.model import Catalog
    from gapbench.rating.inputs import Finding, Unit
    from gapbench.rating.results import ClauseResult, ConformityResult, Tally
    from gapbench.work.deliverable import Assessed

NOTHING_RATED = "nothing rated"
NO_POINTS = "no points"
WORDS = scales.words(scales.CONFORMITY)
CODES = (*COUNTED, *OUT)
TONES_OF = {value.code: value.tone for value in scales.CONFORMITY if value.code in COUNTED}

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
CENTRED = frozenset(place for place, it in enumerate(COLUMNS) if it.centre)


@dataclass(frozen=True)
class Source:
    """Which table the points of a framework are counted in."""

    leaf: str
    value: str
    covered: str
    complete: str


DIRECT = Source(column("Clause key"), column("Rating"), column("Covered"), "")


@dataclass(frozen=True)
class Line:
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


@dataclass
class ClauseFacts:
    """One framework on its sheet.

    Attributes:
        table: Name of its table of points, which there is where several sites are asked.
        recorded: Findings that somebody wrote.
        threshold: The cell with the number of points that make a proposed finding major.
    """

    assessed: Assessed
    result: ConformityResult
    table: str
    recorded: list[Finding]
    threshold: str = ""
    lines: list[Line] = field(default_factory=list)

    @property
    def catalog(self) -> Catalog:
        """The framework."""
        return self.assessed.scope.catalog

    @cached_property
    def sites(self) -> tuple[Unit, ...]:
        """Who is asked."""
        items = self.catalog.items
        return units_for(self.assessed.scope, items[0]) if items else ()

    @cached_property
    def source(self) -> Source:
        """Where its points are counted."""
        if len(self.sites) < 2:
            return DIRECT
        name = self.table
        return Source(f"{name}[Clause key]", f"{name}[Value]", f"{name}[Covered]", f"{name}[Complete]")

    @cached_property
    def proposed(self) -> Mapping[str, Finding]:
        """Proposed findings by id."""
        return {it.id: it for it in self.result.findings if it.proposed}


def percent(row: int) -> str:
    """Readiness of the counts on a row: halves rounded up, a word when nothing counts."""
    met, partly, missed = (_cell(row, FIRST_COUNT + place) for place in range(3))
    counted = f"({met}+{partly}+{missed})"
    return f"=IF({counted}=0,{quoted(NOTHING_RATED)},ROUND(1000*(2*{met}+{partly})/(2*{counted}),0)/10)"


def coverage(row: int) -> str:
    """Share of points in any state but unrated."""
    points = _cell(row, POINTS)
    return f"=IF({points}=0,{quoted(NO_POINTS)},ROUND(1000*{_cell(row, COMPLETE)}/{points},0)/10)"


def of_coverage(ready: str, covered: str) -> str:
    """Readiness with its coverage, "87.5 % of 100 %", as a piece of a formula."""
    whole = f"IF(OR({covered}=0,{covered}=100),{covered},MIN(99,MAX(1,ROUND({covered},0))))"
    return f'IF(ISNUMBER({ready}),FIXED({ready},1)&" % of "&{whole}&" %",{quoted(NOTHING_RATED)})'


def of_coverage_text(tally: Tally) -> str:
    """The same as it stands now."""
    if tally.percent is None or tally.coverage is None:
        return NOTHING_RATED
    return f"{tally.percent:.1f} % of {share(tally.coverage)}"
