"""What to do first, as the plan has it: packages in order, when it stands, the forecast, what one programme saves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.excel import measure
from gapbench.excel.book import ROADMAP, plural
from gapbench.excel.page import Page, cell
from gapbench.excel.pictures import placed
from gapbench.excel.roadmap_facts import at
from gapbench.excel.style import SIZE
from gapbench.excel.summary_panel import COLUMNS
from gapbench.planning.programme import OPEN
from gapbench.rating.results import LevelResult
from gapbench.rating.roadmap import Roadmap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.excel.pictures import Beside
    from gapbench.planning.values import PlannedPackage, Saving
    from gapbench.work.planning import Plan

_TOP = 10
_PIXELS = 55
_SPANS = (
    (0, 0, "Package"),
    (1, 5, "What"),
    (6, 7, "Closes"),
    (8, 9, "Days"),
    (10, 13, "Owner"),
    (14, 15, "Start"),
    (16, 17, "Finish"),
)
_LIVE = {"Owner": "line", "Start": "date", "Finish": "date"}
_CHART = 18
_ROW = 13.0


def write(page: Page, data: Beside) -> None:
    """Write it at the cursor."""
    plan = page.book.plan
    page.section("What to do first, and when it stands", COLUMNS - 1)
    page.row = page.span(page.row, 0, COLUMNS - 1, when(plan), "plain", bold=True)
    first = page.row
    for left, right, name in _SPANS:
        page.blank_span(first, left, right, page.style("head"))
        page.sheet.write_string(first, left, name, page.style("head"))
    page.need(first, 14)
    shown = plan.packages[:_TOP]
    for it in shown:
        page.row += 1
        _package(page, page.row, it)
    page.row += 1
    tall = max(len(shown) + 1, 9)
    _chart(page, data, first, tall)
    for row in range(first, first + tall):
        page.need(row, _ROW)
    page.row = max(page.row, first + tall)
    for text in notes(plan):
        page.row = page.span(page.row, 0, COLUMNS - 1, text, "note")


def when(plan: Plan) -> str:
    """When work, certificate and rating are there, as planned."""
    said = [f"work on {plural(len(plan.packages), 'package')} until {plan.schedule.finish:%Y-%m-%d}"]
    names = {"iso.certificate": "certificate", "cmmi.rating": "rating"}
    said += [
        f"{names[gate.id]} about {gate.finish:%Y-%m-%d}{_due(gate.late)}" for gate in plan.gates if gate.id in names
    ]
    return f"As planned at the time of export: {', '.join(said)}."


def _due(late: int) -> str:
    return f" ({plural(late, 'day')} after it is due)" if late else ""


def notes(plan: Plan) -> Iterator[str]:
    """What stands below the list."""
    more = len(plan.packages) - _TOP
    if more > 0:
        yield f"and {plural(more, 'package')} more on the sheet {ROADMAP}; their actions stand on the Action plan."
    yield from _out_of_reach(plan)
    if len(set(plan.tracks.values())) > 1 and plan.saving.percent >= 1:
        yield saved(plan.saving)


def _out_of_reach(plan: Plan) -> Iterator[str]:
    """Levels that the forecast cannot reach because nobody has rated what stands before them."""
    for case, result in plan.parts:
        if isinstance(result, LevelResult) and plan.forecast:
            level = plan.forecast[-1].standings[result.catalog].level or 0
            blockers = Roadmap(case, {}).blockers(result.areas, result.target)
            unrated = sum(it.value in OPEN for it in blockers)
            if level < result.target and unrated:
                name = f"{plan.names[result.catalog]} level {result.target}"
                verb = "stands" if unrated == 1 else "stand"
                yield f"{name} is not in the forecast: {unrated} not rated to the end {verb} before it."


def saved(saving: Saving) -> str:
    """What one programme saves over two, with its range and its label."""
    low, high = (f"{it:.0f}" for it in saving.integrated)
    return (
        f"One programme of {low} to {high} person-days instead of two apart saves about {saving.percent:.0f} % "
        f"({saving.low:.0f} to {saving.high:.0f} %) - {saving.label}."
    )


def _package(page: Page, row: int, it: PlannedPackage) -> None:
    counts = [(sum(each.track == track for each in it.open), word) for track, word in _WORDS]
    low, high = it.effort
    told = {
        "Package": it.id,
        "What": measure.fitted(page.book.clean(it.package.name), page.room(1, 5), SIZE),
        "Closes": ", ".join(plural(count, word) for count, word in counts if count),
        "Days": f"{low:.1f} to {high:.1f}",
    }
    source = page.book.package_rows[it.id]
    known = dict(zip(_LIVE, page.book.package_days[it.id], strict=True))
    for left, right, name in _SPANS:
        form = page.style(_LIVE.get(name, "line"))
        page.blank_span(row, left, right, form)
        if name in told:
            page.string(row, left, page.book.clean(told[name]), form)
        else:
            where = f"'{ROADMAP}'!{cell(source, at(name))}"
            page.formula(row, left, f'=IF({where}="","",{where})', known[name], form)


_WORDS = (("iso", "clause"), ("cmmi", "practice"))


# --- the forecast -----------------------------------------------------------------------------------


def _chart(page: Page, data: Beside, row: int, tall: int) -> None:
    plan = page.book.plan
    moments = plan.forecast
    ends = moments[-1].standings if moments else {}
    percents = [name for name, it in ends.items() if it.percent is not None and plan.now[name].percent is not None]
    levels = [name for name, it in ends.items() if it.level is not None]
    if not percents and not levels:
        return
    rows: list[tuple[str, list[float]]] = []
    for label, standings in (("today", plan.now), *((f"{it.day:%Y-%m}", it.standings) for it in moments)):
        figures = [standings[name].percent or 0.0 for name in percents]
        rows.append((label, [*figures, *(float(standings[name].level or 0) for name in levels)]))
    names = [f"{plan.names[name]}, {word}" for its, word in ((percents, "%"), (levels, "level")) for name in its]
    block = data.table("Readiness forecast by month, as planned at the time of export", names, rows)
    said = [f"{plan.names[name]} {ends[name].percent:.1f} %" for name in percents]
    said += [f"{plan.names[name]} level {ends[name].level}" for name in levels]
    text = f"By {moments[-1].day:%Y-%m}: {', '.join(said)}"
    last = block.head + block.rows
    parts = [
        f'"{plan.names[name]} "&{_figure(page, last, block.at + 1 + place, is_percent=name in percents)}'
        for place, name in enumerate((*percents, *levels))
    ]
    joined = '&", "&'.join(parts)
    formula = f'="By "&{page.ref(last, block.at)}&": "&{joined}'
    size = (_PIXELS * (COLUMNS - _CHART) - 4, int(_ROW / 0.75 * tall) - 6)
    top = max([1, *(int(figure) for _, figures in rows for figure in figures[len(percents) :])])
    top = max([top, *plan.outlook.targets.values()])
    chart = data.forecast(block, block.say(formula, text), len(percents), top, size)
    alt = f"Forecast by month, from today to the end of the work: readiness as lines, levels as columns. {text}."
    page.sheet.insert_chart(row, _CHART, chart, placed(4, alt))


def _figure(page: Page, row: int, col: int, *, is_percent: bool) -> str:
    where = page.ref(row, col)
    return f'FIXED({where},1)&" %"' if is_percent else f'"level "&{where}'
