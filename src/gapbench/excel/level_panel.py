"""The verdict on levels: one sentence by formula, the figures that it rests on, and what an assessor will question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.excel.book import shown
from gapbench.excel.level_facts import FIRST, NAME, TITLE, Facts
from gapbench.excel.strings import quoted
from gapbench.rating.methods import method_of
from gapbench.rating.wording import sentence

if TYPE_CHECKING:
    from gapbench.catalog.model import Catalog
    from gapbench.excel.book import Cell
    from gapbench.excel.level_grid import Grid
    from gapbench.excel.page import Page
    from gapbench.rating.results import LevelResult

VERDICTS = {"incomplete": "No verdict yet", "below_target": "Below target", "on_target": "On target"}
QUESTIONED = "Whatever the verdict, an assessor will question"

_LEVEL, _TARGET, _BLOCKING, _COVERAGE = range(4)


class Panel:
    """The panel of one framework; it is written once the figures below it have their places.

    Attributes:
        row: Of the headline.
        last: Last column of the sheet.
    """

    def __init__(self, page: Page, facts: Facts, last: int) -> None:
        self.page, self.facts, self.last = page, facts, last
        self.row = page.row
        facts.level, facts.target = page.ref(self._at(_LEVEL), FIRST), page.ref(self._at(_TARGET), FIRST)
        page.row += 2 + 4 + bool(self._judges) + facts.is_profile

    def _at(self, line: int) -> int:
        return self.row + 2 + line

    @property
    def _judges(self) -> bool:
        return any(len(rule.allowed) > 1 for rule in self.facts.method.table.rules)

    def ref(self, line: int) -> str:
        """A figure of the panel, from another sheet."""
        return self.page.far_ref(self._at(line), FIRST)

    @property
    def level(self) -> str:
        """The cell with the level reached."""
        return self.ref(_LEVEL)

    @property
    def blocking(self) -> str:
        """The cell with the number of items that stand before the next level."""
        return self.ref(_BLOCKING)

    @property
    def coverage(self) -> str:
        """The cell with the coverage."""
        return self.ref(_COVERAGE)

    @property
    def headline(self) -> str:
        """The cell with the verdict."""
        return self.page.far_ref(self.row, NAME)

    def write(self, grid: Grid) -> None:
        """Write it."""
        page, facts, result = self.page, self.facts, self.facts.result
        page.live_span(self.row, NAME, self.last, self._headline(), headline(facts.catalog, result), "verdict")
        page.span(self.row + 1, NAME, self.last, f"At the time of export: {result.sentence}", "plain")
        for place, (name, formula, value) in enumerate(self._lines(grid), self._at(0)):
            page.span(place, NAME, TITLE, name, "cell")
            form = page.style("percent" if "Coverage" in name else "number", bold=True)
            if formula:
                page.formula(place, FIRST, formula, value, form, no_items(facts.catalog))
            else:
                page.sheet.write_number(place, FIRST, value, form)

    def _lines(self, grid: Grid) -> list[tuple[str, str, Cell | None]]:
        """Name, formula and value of each figure."""
        facts, result, table = self.facts, self.facts.result, self.facts.table
        method = facts.method
        noun, area = method.noun.many, method.area
        in_scope = f'COUNTIFS({table}[In scope],"yes")'
        covered = (
            f"=IF({in_scope}=0,{quoted(no_items(facts.catalog))},ROUND(1000*({in_scope}-{self._open})/{in_scope},0)/10)"
        )
        which = "the next levels" if facts.is_profile else "the next level"
        whole = f"Capability level that every {area.one} reaches" if facts.is_profile else "Maturity level reached"
        kind = "Capability" if facts.is_profile else "Maturity"
        lines: list[tuple[str, str, Cell | None]] = [
            (whole, f"={grid.whole()}", result.maturity_level),
            (f"{kind} level aimed at", "", result.target),
            (
                f"{noun.capitalize()} that stand before {which}",
                f'=COUNTIFS({table}[Stands before],"level*")',
                len(result.blockers),
            ),
            (f"Coverage: {noun} in scope that are {method.done}", covered, result.coverage),
        ]
        if facts.is_profile:
            lines.append((f"{area.many.capitalize()} below level {result.target}", *grid.below()))
        if self._judges:
            due = f'=COUNTIFS({table}[Due],"yes",{table}[In scope],"yes")'
            lines.append(("Judgements due (the lower value counts until then)", due, len(result.judgements_due)))
        return lines

    @property
    def _open(self) -> str:
        table = self.facts.table
        return f'COUNTIFS({table}[In scope],"yes",{table}[Value],{quoted(self.facts.open_word)})'

    def _headline(self) -> str:
        page, facts = self.page, self.facts
        reached, target, blocking, covered = (page.ref(self._at(line), FIRST) for line in range(4))
        noun = facts.method.noun
        incomplete, below, on_target = (quoted(VERDICTS[code]) for code in VERDICTS)
        whole = "FALSE" if facts.nothing_asked else f"{self._open}=0"
        verdict = f"IF({whole},IF({reached}>={target},{on_target},{below}),{incomplete})"
        stand = f"{blocking}&IF({blocking}=1,{quoted(f' {noun.one} stands')},{quoted(f' {noun.many} stand')})"
        before = '&" before the next levels; "' if facts.is_profile else f'&" before level "&({reached}+1)&"; "'
        what = f": every {facts.method.area.one} reaches capability level " if facts.is_profile else ": maturity level "
        none = quoted(no_items(facts.catalog))
        return (
            f'={verdict}&{quoted(what)}&{reached}&", level "&{target}&" aimed at; "'
            f'&IF({reached}<{target},{stand}{before},"")'
            f'&"coverage "&IF(ISNUMBER({covered}),FIXED({covered},1)&" %",{none})&"."'
        )

    def cautions(self) -> None:
        """What stands beside the verdict, at the cursor."""
        page = self.page
        if not self.facts.result.cautions:
            return
        text = f"{QUESTIONED} (at the time of export):"
        page.row = page.span(page.row, NAME, self.last, text, "plain", bold=True)
        for caution in self.facts.result.cautions:
            page.text(page.row, NAME, caution.item, "line", bold=True)
            page.row = page.span(page.row, TITLE, self.last, sentence(caution.why), "cell")

    def remember(self, grid: Grid) -> None:
        """Note the totals for the self-check."""
        page, facts, result = self.page, self.facts, self.facts.result
        book, name, noun = page.book, facts.assessed.name, facts.method.noun.many
        book.check(f"{name}: verdict and headline", headline(facts.catalog, result), self.headline)
        what = "capability level of all" if facts.is_profile else "maturity level"
        book.check(f"{name}: {what}", result.maturity_level, self.level)
        book.check(f"{name}: coverage %", result.coverage, self.coverage, no_items(facts.catalog))
        book.check(f"{name}: {noun} before the next level", len(result.blockers), self.blocking)
        following = 4
        if facts.is_profile:
            book.check(f"{name}: {facts.method.area.many} below the target", grid.below()[1], self.ref(following))
            following += 1
        if self._judges:
            book.check(f"{name}: judgements due", len(result.judgements_due), self.ref(following))


def no_items(catalog: Catalog) -> str:
    """What stands where a share has no denominator."""
    return f"no {method_of(catalog).noun.many}"


def headline(catalog: Catalog, result: LevelResult) -> str:
    """What the headline formula gives."""
    method = method_of(catalog)
    is_profile = result.scheme == "continuous"
    way = ""
    if result.maturity_level < result.target:
        number, noun = len(result.blockers), method.noun
        stand = f"{number} {noun.one} stands" if number == 1 else f"{number} {noun.many} stand"
        before = "the next levels" if is_profile else f"level {result.maturity_level + 1}"
        way = f"{stand} before {before}; "
    what = f"every {method.area.one} reaches capability level" if is_profile else "maturity level"
    return (
        f"{VERDICTS[result.verdict]}: {what} {result.maturity_level}, level {result.target} "
        f"aimed at; {way}coverage {shown(result.coverage, no_items(catalog))}."
    )
