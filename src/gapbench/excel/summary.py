"""Management summary: one page with verdicts, pictures, what is strong and weak, and what to do first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gapbench.excel import measure, readiness_cmmi, readiness_iso
from gapbench.excel.action_plan import COLUMNS as PLAN_COLUMNS
from gapbench.excel.book import CAVEAT, CMMI, ISO, PLAN, SUMMARY, Book, plural, plural_formula
from gapbench.excel.page import Page, cell, letter
from gapbench.excel.strings import quoted, shortened
from gapbench.excel.style import FILLS, FONT, INK, MUTED, NAVY, RULE, SIZE
from gapbench.rating import levels, scales
from gapbench.rating.results import AreaResult, ClauseResult, ConformityResult, GroupState, LevelResult, Tone
from gapbench.rating.tallies import COUNTED
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gapbench.work.deliverable import ActionRow, Assessed

_HALF = 12
_COLUMNS = 2 * _HALF + 1
_WIDTH, _GUTTER = 7.2, 2.0
_PIXELS = 55
_DATA = _COLUMNS + 2
"""First column of the figures behind the pictures, beside what is printed."""

_AXES = 10
_BEST = 5
_CHART_ROWS = 14
_CHART_HEIGHT = 15.0
_TOP = 10
_REASONS = 3
_CAUTIONS = 8
_HALF_RATED, _STRONG, _WHOLE = 50.0, 75.0, 100.0
"""Percent: coverage from which clauses are compared, readiness of a strong one, nothing left to do."""

_UNITS = tuple(step * 10**power for power in range(7) for step in (1, 2, 5))
"""Steps of an axis that counts."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a panel stands: its columns and the row of its first line."""

    first: int
    last: int

    @property
    def pixels(self) -> int:
        """Width on the screen, without the gutter."""
        return _PIXELS * (_HALF if self.last - self.first < _COLUMNS - 1 else 2 * _HALF)


def write(book: Book) -> None:
    """Write the sheet; readiness sheets and plan stand already."""
    page = Page(book, SUMMARY, [*[_WIDTH] * _HALF, _GUTTER, *[_WIDTH] * _HALF])
    for col, width in ((_COLUMNS, 3), (_COLUMNS + 1, 3), (_DATA, 34)):
        page.sheet.set_column(col, col, width)
    page.heading(SUMMARY, _COLUMNS - 1)
    assessed = book.deliverable.assessed
    data = _Data(page)
    for pair in (assessed[at : at + 2] for at in range(0, len(assessed), 2)):
        _band(page, pair, data)
    _actions(page)
    page.row = page.span(page.row, 0, _COLUMNS - 1, CAVEAT, "note", italic=True)
    page.sheet.fit_to_pages(1, 1 if len(assessed) < 3 else 0)
    page.finish(page.row - 1, _COLUMNS - 1)


def _band(page: Page, pair: Sequence[Assessed], data: _Data) -> None:
    """One or two panels side by side."""
    places = [_Place(0, _COLUMNS - 1)]
    if len(pair) == 2:
        places = [_Place(0, _HALF - 1), _Place(_HALF + 1, _COLUMNS - 1)]
    page.need(page.row, 6)
    page.row += 1
    start = page.row
    panels = [_panel(page, one, place, data) for one, place in zip(pair, places, strict=True)]
    heads = [panel.head(start) for panel in panels]
    charts = max(heads)
    for panel in panels:
        panel.charts(charts)
    for row in range(charts, charts + _CHART_ROWS):
        page.need(row, _CHART_HEIGHT)
    lists = charts + _CHART_ROWS
    page.row = max(panel.lists(lists) for panel in panels) + 1


def _panel(page: Page, one: Assessed, place: _Place, data: _Data) -> _Panel:
    if isinstance(one.result, ConformityResult):
        return _ConformityPanel(page, one, place, data, one.result)
    return _LevelPanel(page, one, place, data, one.result)


_Entry = tuple[str, str, str]
"""Name, formula of its figures, what that gives."""


@dataclass(frozen=True, slots=True)
class _Ranking:
    """A short list: its heading, its lines, and what to say when it has none."""

    title: str
    lines: list[_Entry]
    none: str


class _Panel:
    """One framework on the summary.

    Attributes:
        wide: Columns that the figures of a ranking take.
    """

    wide = 2

    def __init__(self, page: Page, one: Assessed, place: _Place, data: _Data) -> None:
        self.page, self.one, self.place, self.data = page, one, place, data

    def head(self, row: int) -> int:
        """Name, verdict, reasons and figures; gives the row below."""
        page, place = self.page, self.place
        for col in range(place.first, place.last + 1):
            page.sheet.write_blank(row, col, None, page.style("section"))
        page.sheet.write_string(row, place.first, self.title(), page.style("section"))
        page.need(row, 18)
        formula, text = self.headline()
        page.live_span(row + 1, place.first, place.last, formula, text, "verdict")
        self.tiles(row + 2)
        reasons = (self.one.result.sentence, *self.reasons())
        text = "\n".join(shortened(page.book.clean(reason), 260) for reason in reasons)
        return page.span(row + 4, place.first, place.last, text, "note", font_color=INK)

    def tiles(self, row: int) -> None:
        """The figures that matter, large."""
        page, place = self.page, self.place
        figures = list(self.figures())
        edges = [
            place.first + (place.last + 1 - place.first) * number // len(figures) for number in range(len(figures) + 1)
        ]
        for (label, source, value, form), first, end in zip(figures, edges, edges[1:], strict=False):
            tile = page.style("tile", num_format=form)
            page.blank_span(row, first, end - 1, tile)
            page.formula(row, first, f"={source}", value, tile)
            page.blank_span(row + 1, first, end - 1, page.style("tile label"))
            page.sheet.write_string(row + 1, first, label, page.style("tile label"))
        page.need(row, 24)
        page.need(row + 1, 13)

    def charts(self, row: int) -> None:
        """Radar on the left, bars on the right."""
        page, place = self.page, self.place
        wide = place.pixels - 4
        tall = int(_CHART_HEIGHT / 0.75 * _CHART_ROWS) - 10
        radar = (wide + 4) * 5 // 12 - 4
        alone = not self.radar(row, place.first, radar, tall)
        first = place.first if alone else place.first + (place.last + 1 - place.first) * 5 // 12
        self.bars(row, first, 2, wide if alone else (wide + 4) * 7 // 12 - 4, tall)
        page.need(row, _CHART_HEIGHT)

    def lists(self, row: int) -> int:
        """Five strongest and five weakest, and what is not among them; gives the row below."""
        strong, weak = self.ranked()
        place = self.place
        middle = place.first + (place.last + 1 - place.first) // 2
        self._list(row, place.first, middle - 1, strong)
        self._list(row, middle, place.last, weak)
        below, remark = row + 1 + _BEST, self.remark()
        return self.page.span(below, place.first, place.last, remark, "note") if remark else below

    def _list(self, row: int, first: int, last: int, ranking: _Ranking) -> None:
        page = self.page
        head = page.style("head")
        page.blank_span(row, first, last, head)
        page.sheet.write_string(row, first, ranking.title, head)
        page.need(row, 14)
        if not ranking.lines:
            page.span(row + 1, first, last, ranking.none, "muted")
        split = last - self.wide
        for place, (name, source, value) in enumerate(ranking.lines, row + 1):
            page.blank_span(place, first, split, page.style("line"))
            label = measure.fitted(page.book.clean(name), page.room(first, split), SIZE)
            page.sheet.write_string(place, first, label, page.style("line"))
            figure = page.style("line", align="right", indent=1)
            page.blank_span(place, split + 1, last, figure)
            page.formula(place, split + 1, f"={source}", value, figure)
            page.need(place, 12.5)

    def title(self) -> str:
        """Name of the framework with its view."""
        return " ".join([self.one.name, "+".join(self.one.scope.views)]).strip()

    def reasons(self) -> list[str]:
        """What the verdict rests on, a line each."""
        raise NotImplementedError

    def headline(self) -> tuple[str, str]:
        """Formula and value of the verdict."""
        raise NotImplementedError

    def figures(self) -> Iterator[tuple[str, str, Any, str]]:
        """Label, cell, value and number format of each tile."""
        raise NotImplementedError

    def radar(self, row: int, col: int, wide: int, tall: int) -> bool:
        """Draw the radar; False when there is too little to draw."""
        raise NotImplementedError

    def bars(self, row: int, col: int, left: int, wide: int, tall: int) -> None:
        """Draw the stacked bars."""
        raise NotImplementedError

    def ranked(self) -> tuple[_Ranking, _Ranking]:
        """Strongest and weakest."""
        raise NotImplementedError

    def remark(self) -> str:
        """What could not be ranked, in a line."""
        return ""


def _listed(lines: list[str], sheet: str) -> list[str]:
    """The first lines with a bullet each, and how many more there are."""
    told = [f"\N{BULLET} {shortened(line, 200)}" for line in lines[:_REASONS]]
    more = len(lines) - _REASONS
    return [*told, f"and {more} more: see {sheet}"] if more > 0 else told


# --- an audit ---------------------------------------------------------------------------------------


class _ConformityPanel(_Panel):
    """Readiness for certification."""

    wide = 3

    def __init__(self, page: Page, one: Assessed, place: _Place, data: _Data, result: ConformityResult) -> None:
        super().__init__(page, one, place, data)
        self.result = result
        self.cells = page.book.conformity[one.framework.catalog]

    def reasons(self) -> list[str]:
        majors = [it for it in self.result.findings if it.cls == "major" and it.status == "open"]
        lines = [f"{it.label} major: {it.gap or it.requirement}" for it in majors]
        if self.result.verdict != "not_recommended":
            lines += [f"{it.item}: {it.why}" for it in self.result.blockers]
        return [*_listed(lines, ISO), *self._cautions()]

    def _cautions(self) -> list[str]:
        """What will be questioned, in one line."""
        names = listed((it.item for it in self.result.cautions), _CAUTIONS)
        return [f"{readiness_iso.QUESTIONED}: {names} (see {ISO})"] if names else []

    def headline(self) -> tuple[str, str]:
        return f"={self.cells.headline}", readiness_iso.headline(self.result)

    def figures(self) -> Iterator[tuple[str, str, Any, str]]:
        tally, cells = self.result.tally, self.cells
        share = '0.0" %"'
        yield "readiness of what is rated", cells.percent, _or(tally.percent, readiness_iso.NOTHING_RATED), share
        yield "coverage", cells.coverage, _or(tally.coverage, readiness_iso.NO_POINTS), share
        yield "majors open", cells.majors, self.result.majors, "0"
        yield "minors open", cells.minors, self.result.minors, "0"

    def _at(self, clause: str, col: int) -> str:
        return f"'{ISO}'!${letter(col)}${self.cells.rows[clause] + 1}"

    def radar(self, row: int, col: int, wide: int, tall: int) -> bool:
        rated = [it for it in self.result.groups if it.tally.percent is not None]
        most = sorted(rated, key=lambda it: -it.tally.scored)[:_AXES]
        axes = [it for it in rated if it in most]
        if len(axes) < 3:
            return False
        rows = [(_brief(it), self._spoke(it)) for it in axes]
        heads = ("Readiness %", "Target", "Coverage %")
        block = self.data.table(f"{self.one.name}: readiness by clause", heads, rows)
        low = min(axes, key=lambda it: it.tally.percent or 0.0)
        values, labels = block.column(1), block.labels
        least = f"MATCH(MIN({values}),{values},0)"
        share = readiness_iso.of_coverage(f"MIN({values})", f"INDEX({block.column(3)},{least})")
        title = f'="Lowest: "&INDEX({labels},{least})&", "&{share}'
        text = f"Lowest: {_brief(low)}, {readiness_iso.of_coverage_text(low.tally)}"
        chart = self.data.radar(block, block.say(title, text), 100, (wide, tall))
        alt = f"Radar: readiness by clause of {self.one.name}, in percent of what is rated. {text}."
        self.page.sheet.insert_chart(row, col, chart, _placed(4, alt))
        return True

    def _spoke(self, clause: ClauseResult) -> list[Any]:
        ready = (self._at(clause.id, readiness_iso.PERCENT), clause.tally.percent)
        return [ready, 100, (self._at(clause.id, readiness_iso.COVERAGE), clause.tally.coverage)]

    def bars(self, row: int, col: int, left: int, wide: int, tall: int) -> None:
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
        self.page.sheet.insert_chart(row, col, chart, _placed(left, alt))

    def _bar(self, clause: ClauseResult) -> list[Any]:
        counts = clause.tally.counts
        first = readiness_iso.FIRST_COUNT
        cells: list[Any] = [(self._at(clause.id, first + place), counts[code]) for place, code in enumerate(COUNTED)]
        out = f"{self._at(clause.id, first + 3)}+{self._at(clause.id, first + 4)}"
        cells.append((out, counts["na"] + counts["condition_not_met"]))
        cells.append((self._at(clause.id, readiness_iso.UNRATED), counts[""]))
        return cells

    def ranked(self) -> tuple[_Ranking, _Ranking]:
        known = [it for it in self.result.leaves.values() if _percent(it) is not None]
        order = sorted(known, key=lambda it: (-(it.tally.percent or 0.0), it.majors, -it.tally.counted))
        most = min(_BEST, (len(order) + 1) // 2)
        strong = [it for it in order if not it.majors and (it.tally.percent or 0.0) >= _STRONG][:most]
        weak = [it for it in order if it not in strong and (it.majors or (it.tally.percent or 0.0) < _WHOLE)]
        weak.sort(key=lambda it: (it.tally.percent or 0.0, -it.majors, -it.tally.counted))
        none = "No clause is half rated yet." if not known else ""
        return (
            _Ranking(
                "Strongest: readiness of coverage",
                self._lines(strong),
                none or f"None: no clause has {_STRONG:.0f} % without a major.",
            ),
            _Ranking(
                "Weakest: readiness of coverage",
                self._lines(weak[:_BEST]),
                none or "None: nothing weak in what is at least half rated.",
            ),
        )

    def _lines(self, leaves: Iterable[ClauseResult]) -> list[_Entry]:
        return [self._entry(leaf) for leaf in leaves]

    def _entry(self, leaf: ClauseResult) -> _Entry:
        """Readiness of coverage, "87.5 % of 100 %", and the majors."""
        columns = (readiness_iso.PERCENT, readiness_iso.COVERAGE, readiness_iso.MAJORS)
        ready, covered, majors = (self._at(leaf.id, col) for col in columns)
        marked = f'IF({majors}>0,", "&{plural_formula(majors, "major")},"")'
        text = readiness_iso.of_coverage_text(leaf.tally)
        if leaf.majors:
            text = f"{text}, {plural(leaf.majors, 'major')}"
        name = f"{leaf.id} {self.one.scope.catalog.title_of(leaf.id)}"
        return name, f"{readiness_iso.of_coverage(ready, covered)}&{marked}", text


def _percent(leaf: ClauseResult) -> float | None:
    """Readiness of a clause of which enough is rated to compare it with others."""
    return leaf.tally.percent if (leaf.tally.coverage or 0.0) >= _HALF_RATED else None


def _brief(clause: ClauseResult) -> str:
    """Number and first word, "9 Performance", for the edge of a picture."""
    word = (clause.title.split() or [""])[0]
    return f"{clause.id} {shortened(word, 16)}".strip()


def _ids(areas: list[AreaResult]) -> str:
    """The areas of an axis: "PLAN EST MC"."""
    return shortened(" ".join(area.id for area in areas), 24)


# --- an appraisal -----------------------------------------------------------------------------------


class _LevelPanel(_Panel):
    """Levels reached."""

    def __init__(self, page: Page, one: Assessed, place: _Place, data: _Data, result: LevelResult) -> None:
        super().__init__(page, one, place, data)
        self.result = result
        self.cells = page.book.levels[one.framework.catalog]
        asked = levels.asked_at(result.areas, result.target)
        self.areas = asked or tuple(area for area in result.areas if not area.out)
        self.reached = readiness_cmmi.FIRST + min(levels.highest_level(one.scope.catalog), 5)

    def reasons(self) -> list[str]:
        return _listed([f"{it.item}: {it.why}" for it in self.result.blockers], CMMI)

    def headline(self) -> tuple[str, str]:
        return f"={self.cells.headline}", readiness_cmmi.headline(self.result)

    def figures(self) -> Iterator[tuple[str, str, Any, str]]:
        result, cells = self.result, self.cells
        yield f"maturity level (aimed at: {result.target})", cells.level, result.maturity_level, "0"
        yield "in the way of the next", cells.blocking, len(result.blockers), "0"
        yield "coverage", cells.coverage, _or(result.coverage, readiness_cmmi.NO_PRACTICES), '0.0" %"'

    def _at(self, area: AreaResult) -> str:
        return f"'{CMMI}'!${letter(self.reached)}${self.cells.rows[area.id] + 1}"

    def _axes(self) -> dict[str, list[AreaResult]]:
        """At most ten axes: capability areas, else categories, else the first areas."""
        groups = self.one.scope.catalog.group
        for name in ("capability_area", "category"):
            axes: dict[str, list[AreaResult]] = {}
            for area in self.areas:
                key = getattr(groups[area.id], name) or area.id
                axes.setdefault(key, []).append(area)
            if len(axes) <= _AXES:
                return axes
        return {area.id: [area] for area in self.areas[:_AXES]}

    def radar(self, row: int, col: int, wide: int, tall: int) -> bool:
        axes, target = self._axes(), self.result.target
        if len(axes) < 3:
            return False
        rows = [(_ids(areas), [(self._lowest(areas), self._lowest_value(areas)), target]) for areas in axes.values()]
        name = self.one.name
        block = self.data.table(f"{name}: lowest level in each capability area", ("Level held", "Target"), rows)
        values = block.column(1)
        below = sum(self._lowest_value(areas) < target for areas in axes.values())
        title = f'=COUNTIF({values},"<{target}")&" of {len(axes)} capability areas are below level {target}"'
        text = f"{below} of {len(axes)} capability areas are below level {target}"
        chart = self.data.radar(block, block.say(title, text), max(target, 1), (wide, tall))
        alt = f"Radar: lowest level that the practice areas of each capability area of {name} hold. {text}."
        self.page.sheet.insert_chart(row, col, chart, _placed(4, alt))
        return True

    def _lowest(self, areas: list[AreaResult]) -> str:
        target = self.result.target
        held = (f"IF({self._at(it)}>={min(it.top, target)},{target},{self._at(it)})" for it in areas)
        return f"MIN({','.join(held)})"

    def _lowest_value(self, areas: list[AreaResult]) -> int:
        target = self.result.target
        return min(target if it.level >= min(it.top, target) else it.level for it in areas)

    def bars(self, row: int, col: int, left: int, wide: int, tall: int) -> None:
        codes = scales.codes(scales.PRACTICES)
        rows = [(area.id, self._bar(area, codes)) for area in self.areas]
        block = self.data.table(f"{self.one.name}: practices by area", codes, rows)
        counts = self.result.counts
        met = counts["FM"] + counts["LM"]
        title = (
            f'=(SUM({block.column(1)})+SUM({block.column(2)}))&" of "&SUM({block.body})&'
            f'" practices met, "&SUM({block.column(6)})&" not characterized"'
        )
        text = f"{met} of {sum(counts.values())} practices met, {counts['NC']} not characterized"
        tones: tuple[Tone, ...] = ("good", "fair", "poor", "bad", "out", "open")
        chart = self.data.bars(block, block.say(title, text), tones, (wide, tall))
        alt = f"Stacked bars: practices of {self.one.name} by area and value. {text}."
        self.page.sheet.insert_chart(row, col, chart, _placed(left, alt))

    def _bar(self, area: AreaResult, codes: tuple[str, ...]) -> list[Any]:
        table = self.cells.table
        values = self._asked(area)
        group = quoted(f"{self.one.framework.catalog}/{area.id}/*")
        which = f'{table}[Group key],{group},{table}[In scope],"yes",{table}[Value]'
        return [(f"COUNTIFS({which},{quoted(code)})", values.count(code)) for code in codes]

    def ranked(self) -> tuple[_Ranking, _Ranking]:
        known = [area for area in self.areas if self._is_characterized(area)]
        strong = [area for area in known if levels.holds(area, self.result.target)]
        strong.sort(key=lambda it: (-len(self._groups(it, "satisfied")), -it.level))
        weak = [area for area in known if self._groups(area, "unsatisfied")]
        weak.sort(key=self._weakness)
        none = "No area is characterized yet." if not known else ""
        return (
            _Ranking(
                f"Strongest: area level, {self.result.target} asked",
                self._lines(strong[:_BEST]),
                none or "None: no area holds yet what is asked of it.",
            ),
            _Ranking(
                f"Weakest: area level, {self.result.target} asked",
                self._lines(weak[:_BEST]),
                none or "None: no practice group is unsatisfied.",
            ),
        )

    def remark(self) -> str:
        unseen = [area.id for area in self.areas if not self._is_characterized(area)]
        if not unseen:
            return ""
        return f"{plural(len(unseen), 'area')} not characterized, so not listed here: {listed(unseen, 12)}."

    def _asked(self, area: AreaResult) -> list[str]:
        """Values of the practices that the target asks."""
        known, target = self.one.scope.catalog.item, self.result.target
        return [it.value for name, it in area.practices.items() if (known[name].level or 1) <= target]

    def _is_characterized(self, area: AreaResult) -> bool:
        return any(value != "NC" for value in self._asked(area))

    def _groups(self, area: AreaResult, state: GroupState) -> list[int]:
        """Levels up to the target whose practice group has this state."""
        return [level for level, it in area.practice_groups.items() if it == state and level <= self.result.target]

    def _weakness(self, area: AreaResult) -> tuple[int, int, int]:
        """The lowest level that fails, then how many do, then how many practices."""
        failed = self._groups(area, "unsatisfied")
        unmet = sum(value in ("PM", "DM", "NY") for value in self._asked(area))
        return min(failed), -len(failed), -unmet

    def _lines(self, areas: Iterable[AreaResult]) -> list[_Entry]:
        return [(f"{it.id} {it.title}", f'"level "&{self._at(it)}', f"level {it.level}") for it in areas]


# --- what to do first -------------------------------------------------------------------------------


def _actions(page: Page) -> None:
    actions = page.book.deliverable.actions
    last = _COLUMNS - 1
    page.section("What to do first", last)
    if not actions:
        page.row = page.span(page.row, 0, last, "No gap has been found so far.", "plain")
        return
    spans = (
        (0, 0, "Action"),
        (1, 2, "Where"),
        (3, 17, "What has to be in place"),
        (18, 19, "Severity"),
        (20, 22, "Owner"),
        (23, 24, "Due"),
    )
    for first, end, name in spans:
        page.blank_span(page.row, first, end, page.style("head"))
        page.sheet.write_string(page.row, first, name, page.style("head"))
    page.need(page.row, 14)
    at = {it.head: place for place, it in enumerate(PLAN_COLUMNS)}
    for action in first_ones(page.book):
        page.row += 1
        texts = (
            action.id,
            f"{action.framework.split()[0]} {action.group}",
            measure.fitted(page.book.clean(action.what), page.room(3, 17), SIZE),
            action.severity,
        )
        for (first, end, _), text in zip(spans, texts, strict=False):
            page.blank_span(page.row, first, end, page.style("line"))
            page.sheet.write_string(page.row, first, page.book.clean(text), page.style("line"))
        row = page.book.action_rows[action.id]
        for (first, end, _), head, style in ((spans[4], "Owner", "line"), (spans[5], "Due", "date")):
            source = f"'{PLAN}'!{cell(row, at[head])}"
            page.blank_span(page.row, first, end, page.style(style))
            page.formula(page.row, first, f'=IF({source}="","",{source})', "", page.style(style))
        page.need(page.row, 12.5)
    page.row += 1
    more = len(actions) - _TOP
    if more > 0:
        text = f"and {plural(more, 'action')} more on the sheet {PLAN}."
        page.row = page.span(page.row, 0, last, text, "note")


def first_ones(book: Book) -> list[ActionRow]:
    """The ten actions to begin with.

    Gates wholly missing; majors, alternating with practices before the next level; gate leaves; the
    other practices before the next level; the rest by number of points.
    """
    urgent = {
        (one.framework.catalog, blocker.item)
        for one in book.deliverable.assessed
        if isinstance(one.result, LevelResult)
        for blocker in one.result.blockers
    }

    leaves = {
        (one.framework.catalog, leaf.id): leaf
        for one in book.deliverable.assessed
        if isinstance(one.result, ConformityResult)
        for leaf in one.result.leaves.values()
    }
    missing: list[ActionRow] = []
    majors: list[ActionRow] = []
    gates: list[ActionRow] = []
    practices: list[ActionRow] = []
    others: list[ActionRow] = []
    for action in sorted(book.deliverable.actions, key=lambda it: -len(it.closes)):
        leaf = leaves.get((action.catalog, action.group))
        if leaf is not None and leaf.missing:
            missing.append(action)
        elif action.severity == "major":
            majors.append(action)
        elif leaf is not None and leaf.gate:
            gates.append(action)
        elif any((action.catalog, item) in urgent for item in action.closes):
            practices.append(action)
        else:
            others.append(action)
    alternating = [one for pair in zip(majors, practices, strict=False) for one in pair]
    both = min(len(majors), len(practices))
    order = (*missing, *alternating, *majors[both:], *gates, *practices[both:], *others)
    return list(order[:_TOP])


# --- pictures and the figures behind them -------------------------------------------------------------


@dataclass(frozen=True)
class _Figures:
    """A small table of figures: references to its parts."""

    page: Page
    head: int
    rows: int
    columns: int
    sums: tuple[float, ...]

    def column(self, number: int) -> str:
        """The figures of a series (from 1)."""
        return self._range(_DATA + number, _DATA + number)

    @property
    def labels(self) -> str:
        """The names of the rows."""
        return self._range(_DATA, _DATA)

    @property
    def body(self) -> str:
        """All figures."""
        return self._range(_DATA + 1, _DATA + self.columns)

    def _range(self, first: int, last: int) -> str:
        page = self.page
        return f"{page.ref(self.head + 1, first)}:{page.ref(self.head + self.rows, last)}"

    def far(self, number: int) -> str:
        """The same for a chart."""
        return f"='{self.page.name}'!{self._range(_DATA + number, _DATA + number)}"

    def name(self, number: int) -> str:
        """Cell with the name of a series."""
        return f"='{self.page.name}'!{self.page.ref(self.head, _DATA + number)}"

    def say(self, formula: str, value: str) -> str:
        """Write the message of the picture; gives its cell for the title."""
        page = self.page
        page.formula(self.head - 1, _DATA + 1, formula, value, page.style("line"))
        return f"='{page.name}'!{page.ref(self.head - 1, _DATA + 1)}"


class _Data:
    """Tables of figures beside the page, one below the other, and the pictures made of them."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._row = 1
        page.sheet.write_string(0, _DATA, "Figures behind the pictures", page.style("line", bold=True))

    def table(self, title: str, heads: Sequence[str], rows: Sequence[tuple[str, list[Any]]]) -> _Figures:
        """Write one; a figure is a number, or a formula with its value."""
        page, head = self._page, self._row + 1
        page.sheet.write_string(head - 1, _DATA, title, page.style("line", bold=True))
        page.sheet.write_string(head, _DATA, "", page.style("line"))
        for place, name in enumerate(heads, _DATA + 1):
            page.sheet.write_string(head, place, name, page.style("line"))
        for row, (label, figures) in enumerate(rows, head + 1):
            page.sheet.write_string(row, _DATA, page.book.clean(label), page.style("line"))
            for col, figure in enumerate(figures, _DATA + 1):
                if isinstance(figure, tuple):
                    page.formula(row, col, f"={figure[0]}", figure[1], page.style("number"))
                else:
                    page.sheet.write_number(row, col, figure, page.style("number"))
        self._row = head + len(rows) + 2
        sums = (sum(it[1] if isinstance(it, tuple) else it for it in figures) for _, figures in rows)
        return _Figures(page, head, len(rows), len(heads), tuple(sums))

    def radar(self, block: _Figures, title: str, top: int, size: tuple[int, int]) -> Any:
        """A radar with the target as second series."""
        chart = self._page.book.workbook.add_chart({"type": "radar", "subtype": "with_markers"})
        looks: tuple[dict[str, Any], ...] = (
            {
                "line": {"color": NAVY, "width": 2},
                "marker": {"type": "circle", "size": 4, "fill": {"color": NAVY}, "border": {"color": NAVY}},
            },
            {"line": {"color": "#B07A1E", "width": 1.25, "dash_type": "dash"}, "marker": {"type": "none"}},
        )
        for number, look in enumerate(looks, 1):
            chart.add_series(
                {"name": block.name(number), "categories": block.far(0), "values": block.far(number), **look}
            )
        font = {"name": FONT, "size": 7, "color": MUTED}
        step = 1 if top <= 5 else 25
        chart.set_y_axis(
            {
                "min": 0,
                "max": top,
                "major_unit": step,
                "num_font": font,
                "major_gridlines": {"visible": True, "line": {"color": RULE}},
                "line": {"color": RULE},
            }
        )
        chart.set_x_axis({"num_font": {**font, "color": INK}})
        return _dressed(chart, title, size)

    def bars(self, block: _Figures, title: str, tones: Sequence[Tone], size: tuple[int, int]) -> Any:
        """Stacked bars, one per row of the table: lying while they are few, the first on top."""
        lying = block.rows <= _AXES
        kind = {"type": "bar" if lying else "column", "subtype": "stacked"}
        chart = self._page.book.workbook.add_chart(kind)
        for number, tone in enumerate(tones, 1):
            chart.add_series(
                {
                    "name": block.name(number),
                    "categories": block.far(0),
                    "values": block.far(number),
                    "fill": {"color": FILLS[tone]},
                    "border": {"color": "#FFFFFF", "width": 0.5},
                    "gap": 35,
                }
            )
        font = {"name": FONT, "size": 7, "color": INK}
        names = {
            "num_font": font if lying else {**font, "rotation": -90},
            "line": {"color": RULE},
            "major_tick_mark": "none",
            "interval_unit": 1,
            "reverse": lying,
        }
        most = max(1, *block.sums)
        counts = {
            "min": 0,
            "major_unit": next(unit for unit in _UNITS if 8 * unit >= most),
            "num_format": "0",
            "num_font": {**font, "color": MUTED},
            "line": {"none": True},
            "label_position": "high" if lying else "low",
            "major_gridlines": {"visible": True, "line": {"color": RULE, "width": 0.5}},
        }
        chart.set_x_axis(counts if lying else names)
        chart.set_y_axis(names if lying else counts)
        return _dressed(chart, title, size)


def _dressed(chart: Any, title: str, size: tuple[int, int]) -> Any:
    chart.set_title(
        {"name": title, "overlay": False, "name_font": {"name": FONT, "size": 9, "bold": True, "color": INK}}
    )
    chart.set_legend({"position": "bottom", "font": {"name": FONT, "size": 7, "color": INK}})
    chart.set_chartarea({"border": {"color": RULE}, "fill": {"color": "#FFFFFF"}})
    chart.set_size({"width": size[0], "height": size[1]})
    return chart


def _placed(left: int, alt: str) -> dict[str, Any]:
    return {"x_offset": left, "y_offset": 4, "object_position": 2, "description": alt}


def _or(value: float | None, empty: str) -> float | str:
    return empty if value is None else value
