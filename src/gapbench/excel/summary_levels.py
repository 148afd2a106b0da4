"""A framework with levels, on the summary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gapbench.excel import level_panel
from gapbench.excel.book import plural
from gapbench.excel.level_facts import Facts
from gapbench.excel.page import Page, letter
from gapbench.excel.pictures import AXES, or_word, placed
from gapbench.excel.strings import quoted, shortened
from gapbench.excel.summary_panel import BEST, Entry, Panel, Place, Ranking, bulleted
from gapbench.rating import levels
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gapbench.excel.pictures import Beside
    from gapbench.rating.results import AreaResult, GroupState, LevelResult, Tone
    from gapbench.work.deliverable import Assessed

_BARS = 28
"""Most areas that bars can show one by one."""

_CAUTIONS = 8


@dataclass(frozen=True, slots=True)
class _Segment:
    """One piece of a stacked bar: values that belong together.

    Attributes:
        pattern: What finds them in the table of items.
    """

    name: str
    pattern: str
    codes: tuple[str, ...]
    tone: Tone


class LevelPanel(Panel):
    """Levels reached."""

    def __init__(self, page: Page, one: Assessed, place: Place, data: Beside, result: LevelResult) -> None:
        super().__init__(page, one, place, data)
        self.result = result
        self.cells = page.book.levels[one.framework.catalog]
        self.facts = Facts(one, result, 0, self.cells.table)
        self.method = self.facts.method
        asked = levels.asked_at(result.areas, result.target)
        self.areas = asked or tuple(area for area in result.areas if not area.out)

    @property
    def _is_yes_or_no(self) -> bool:
        """Whether an area has one level only: it is satisfied or not."""
        return self.facts.depth == 1

    def reasons(self) -> list[str]:
        """What the verdict rests on, a line each."""
        lines = bulleted([f"{it.item}: {it.why}" for it in self.result.blockers], self.cells.sheet)
        names = listed((it.item for it in self.result.cautions), _CAUTIONS)
        return [*lines, f"{level_panel.QUESTIONED}: {names} (see {self.cells.sheet})"] if names else lines

    def headline(self) -> tuple[str, str]:
        """Formula and value of the verdict."""
        return f"={self.cells.headline}", level_panel.headline(self.one.scope.catalog, self.result)

    def figures(self) -> Iterator[tuple[str, str, Any, str]]:
        """Label, cell, value and number format of each tile."""
        result, cells = self.result, self.cells
        what = f"level of every {self.method.area.one}" if self.facts.is_profile else "maturity level"
        yield f"{what} (aimed at: {result.target})", cells.level, result.maturity_level, "0"
        yield "in the way of the next", cells.blocking, len(result.blockers), "0"
        none = level_panel.no_items(self.one.scope.catalog)
        yield "coverage", cells.coverage, or_word(result.coverage, none), '0.0" %"'

    def _at(self, area: AreaResult) -> str:
        return f"'{self.cells.sheet}'!${letter(self.cells.reached)}${self.cells.rows[area.id] + 1}"

    # --- pictures -------------------------------------------------------------------------------

    def radar(self, row: int, col: int, wide: int, tall: int) -> bool:
        """A radar over what areas are about; in a profile bars, one for each area; nothing without levels."""
        if self._is_yes_or_no or not self.areas:
            return False
        if self.facts.is_profile:
            self._profile(row, col, wide, tall)
            return True
        axes, kind = self._axes()
        if len(axes) < 3:
            return False
        aim = self._aim()
        rows = [(_ids(areas), [(self._lowest(areas), self._lowest_value(areas)), aim]) for areas in axes.values()]
        name = self.one.name
        block = self.data.table(f"{name}: lowest level in each {kind[0]}", ("Level held", "Target"), rows)
        below = sum(self._lowest_value(areas) < aim for areas in axes.values())
        title = f'=COUNTIF({block.column(1)},"<{aim}")&" of {len(axes)} {kind[1]} are below level {aim}"'
        text = f"{below} of {len(axes)} {kind[1]} are below level {aim}"
        chart = self.data.radar(block, block.say(title, text), max(aim, 1), (wide, tall))
        alt = f"Radar: lowest level that the areas of each {kind[0]} of {name} hold. {text}."
        self.page.sheet.insert_chart(row, col, chart, placed(4, alt))
        return True

    def _aim(self) -> int:
        """The level that areas have to hold: the one aimed at, or their highest where that is lower."""
        return min(self.result.target, max(area.top for area in self.areas))

    def _axes(self) -> tuple[dict[str, list[AreaResult]], tuple[str, str]]:
        """At most ten axes: capability areas, else categories, else the first areas; and what they are called."""
        groups = self.one.scope.catalog.group
        for name, words in (("capability_area", "capability area"), ("category", "category")):
            axes: dict[str, list[AreaResult]] = {}
            for area in self.areas:
                key = getattr(groups[area.id], name) or area.id
                axes.setdefault(key, []).append(area)
            if len(axes) == len(self.areas) <= AXES:
                return axes, ("area", "areas")
            if len(axes) <= AXES:
                return axes, (words, "categories" if name == "category" else f"{words}s")
        return {area.id: [area] for area in self.areas[:AXES]}, ("area", "areas")

    def _lowest(self, areas: list[AreaResult]) -> str:
        aim = self._aim()
        held = (f"IF({self._at(it)}>={min(it.top, aim)},{aim},{self._at(it)})" for it in areas)
        return f"MIN({','.join(held)})"

    def _lowest_value(self, areas: list[AreaResult]) -> int:
        aim = self._aim()
        return min(aim if it.level >= min(it.top, aim) else it.level for it in areas)

    def _profile(self, row: int, col: int, wide: int, tall: int) -> None:
        """The level of each area, or the lowest in each group of them, with the one aimed at."""
        parts, words = self._parts()
        target, name = self.result.target, self.one.name
        one_each = all(len(areas) == 1 for areas in parts.values())
        rows = [
            (label, [(f"MIN({','.join(map(self._at, areas))})", min(it.level for it in areas)), target])
            for label, areas in parts.items()
        ]
        heads = ("Level reached" if one_each else "Lowest level reached", "Target")
        block = self.data.table(f"{name}: capability level by {words[0]}", heads, rows)
        below = sum(min(it.level for it in areas) < target for areas in parts.values())
        title = f'=COUNTIF({block.column(1)},"<{target}")&" of {len(parts)} {words[1]} are below level {target}"'
        text = f"{below} of {len(parts)} {words[1]} are below level {target}"
        chart = self.data.profile(block, block.say(title, text), self.facts.depth, (wide, tall))
        alt = f"Columns: {heads[0].lower()} of each {words[0]} of {name}, with the level aimed at as a line. {text}."
        self.page.sheet.insert_chart(row, col, chart, placed(4, alt))

    def _parts(self) -> tuple[Mapping[str, list[AreaResult]], tuple[str, str]]:
        """Areas one by one, or by the group that they stand in where they are many; what they are called."""
        area = self.method.area
        if len(self.areas) <= _BARS:
            return {it.id: [it] for it in self.areas}, (area.one, area.many)
        groups = self.one.scope.catalog.group
        found: dict[str, list[AreaResult]] = {}
        for it in self.areas:
            top = it.id
            while (above := groups[top].parent) is not None:
                top = above
            found.setdefault(groups[it.id].category or top, []).append(it)
        return found, (f"group of {area.many}", f"groups of {area.many}")

    def bars(self, row: int, col: int, left: int, wide: int, tall: int) -> None:
        """Draw the stacked bars."""
        segments, parts = self._segments(), self._parts()[0]
        noun = self.method.noun.many
        rows = [(label, self._bar(areas, segments)) for label, areas in parts.items()]
        heads = tuple(it.name for it in segments)
        block = self.data.table(f"{self.one.name}: {noun} by {self._parts()[1][0]}", heads, rows)
        counts, met = self.result.counts, [it for it in segments if it.tone in ("good", "fair")]
        number = sum(counts[code] for it in met for code in it.codes)
        sums = "+".join(f"SUM({block.column(segments.index(it) + 1)})" for it in met)
        met_word = "at L or F" if self.facts.catalog.model == "process_attributes" else "met"
        said, left_open = f"{noun} {met_word}", f"not {self.method.done}"
        title = f'=({sums})&" of "&SUM({block.body})&" {said}, "&SUM({block.column(len(segments))})&" {left_open}"'
        missing = counts[self.method.table.missing]
        text = f"{number} of {sum(counts.values())} {said}, {missing} {left_open}"
        tones = tuple(it.tone for it in segments)
        chart = self.data.bars(block, block.say(title, text), tones, (wide, tall))
        alt = f"Stacked bars: {noun} of {self.one.name} by {self._parts()[1][0]} and value. {text}."
        self.page.sheet.insert_chart(row, col, chart, placed(left, alt))

    def _segments(self) -> list[_Segment]:
        """Values as they are drawn: refined ones together, what is open last."""
        words, missing = self.facts.words, self.method.table.missing
        basic = [it for it in self.one.scale if it.code != missing and it.code[-1] not in "+-"]
        found = []
        for value in basic:
            codes = tuple(
                it.code for it in self.one.scale if it.code in (value.code, f"{value.code}+", f"{value.code}-")
            )
            pattern = f"{value.code}*" if len(codes) > 1 else words[value.code]
            found.append(_Segment(words[value.code], pattern, codes, value.tone))
        return [*found, _Segment(words[missing], words[missing], (missing,), "open")]

    def _bar(self, areas: list[AreaResult], segments: list[_Segment]) -> list[Any]:
        table, catalog = self.cells.table, self.one.framework.catalog
        values = [value for area in areas for value in self._asked(area)]
        bars: list[Any] = []
        for one in segments:
            terms = (
                f'COUNTIFS({table}[Group key],{quoted(f"{catalog}/{area.id}/*")},{table}[In scope],"yes",'
                f"{table}[Value],{quoted(one.pattern)})"
                for area in areas
            )
            bars.append(("+".join(terms), sum(value in one.codes for value in values)))
        return bars

    # --- strong and weak --------------------------------------------------------------------------

    def ranked(self) -> tuple[Ranking, Ranking]:
        """Strongest and weakest."""
        known = [area for area in self.areas if self._is_rated(area)]
        strong = [area for area in known if levels.holds(area, self.result.target)]
        strong.sort(key=lambda it: (-len(self._groups(it, "satisfied")), -it.level))
        weak = [area for area in known if self._groups(area, "unsatisfied")]
        weak.sort(key=self._weakness)
        noun, done = self.method.area.one.removeprefix("key process "), self.method.done
        none = f"No {noun} is {done} yet." if not known else ""
        what = f": {noun} level, {self._aim() if self.areas else self.result.target} asked"
        what = "" if self._is_yes_or_no else what
        failed = "goal" if self.facts.catalog.model == "goals" else "practice group"
        failed = "level up to the target" if self.facts.catalog.model == "process_attributes" else failed
        return (
            Ranking(
                f"Strongest{what or ': ' + self.method.area.many}",
                self._lines(strong[:BEST]),
                none or f"None: no {noun} holds yet what is asked of it.",
            ),
            Ranking(
                f"Weakest{what or ': ' + self.method.area.many}",
                self._lines(weak[:BEST]),
                none or f"None: no {failed} is unsatisfied.",
            ),
        )

    def remark(self) -> str:
        """What could not be ranked, in a line."""
        unseen = [area.id for area in self.areas if not self._is_rated(area)]
        if not unseen:
            return ""
        noun = self.method.area
        number = plural(len(unseen), noun.one) if len(unseen) == 1 else f"{len(unseen)} {noun.many}"
        return f"{number} not {self.method.done}, so not listed here: {listed(unseen, 12)}."

    def _asked(self, area: AreaResult) -> list[str]:
        """Values of the items that the target asks."""
        known, target = self.facts.catalog.item, self.result.target
        return [
            it.value
            for name, it in area.practices.items()
            if known[name].scored and self.facts.own_level(known[name]) <= target
        ]

    def _is_rated(self, area: AreaResult) -> bool:
        return any(value != self.method.table.missing for value in self._asked(area))

    def _groups(self, area: AreaResult, state: GroupState) -> list[int]:
        """Levels up to the target that have this state."""
        return [level for level, it in area.practice_groups.items() if it == state and level <= self.result.target]

    def _weakness(self, area: AreaResult) -> tuple[int, int, int]:
        """The lowest level that fails, then how many do, then how many items."""
        failed = self._groups(area, "unsatisfied")
        weak = self.method.stands(1, 1)
        unmet = sum(value in weak for value in self._asked(area))
        return min(failed), -len(failed), -unmet

    def _lines(self, areas: Iterable[AreaResult]) -> list[Entry]:
        return [(f"{it.id} {it.title}", *self._said(it)) for it in areas]

    def _said(self, area: AreaResult) -> tuple[str, str]:
        """What an area reaches, as a formula and as it stands now."""
        if self._is_yes_or_no:
            cell = self._at(area)
            return f'IF({cell}>=1,"satisfied","not satisfied")', "satisfied" if area.level else "not satisfied"
        return f'"level "&{self._at(area)}', f"level {area.level}"


def _ids(areas: list[AreaResult]) -> str:
    """The areas of an axis: "PLAN EST MC"."""
    return shortened(" ".join(area.id for area in areas), 24)
