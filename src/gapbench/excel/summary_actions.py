"""What to do first: the ten actions to begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.excel import measure
from gapbench.excel.action_plan import columns_of
from gapbench.excel.book import PLAN, Book, plural
from gapbench.excel.page import Page, cell
from gapbench.excel.style import SIZE
from gapbench.excel.summary_panel import COLUMNS
from gapbench.rating.results import ConformityResult, LevelResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gapbench.work.deliverable import ActionRow

_TOP = 10


def write(page: Page) -> None:
    """Write the list at the cursor."""
    actions = page.book.deliverable.actions
    last = COLUMNS - 1
    page.section("What to do first", last)
    if not actions:
        page.row = page.span(page.row, 0, last, "No gap has been found so far.", "plain")
        return
    spans = (
        (0, 0, "Action"),
        (1, 3, "Where"),
        (4, 17, "What has to be in place"),
        (18, 19, "Severity"),
        (20, 22, "Owner"),
        (23, 24, "Due"),
    )
    for first, end, name in spans:
        page.blank_span(page.row, first, end, page.style("head"))
        page.sheet.write_string(page.row, first, name, page.style("head"))
    page.need(page.row, 14)
    at = {it.head: place for place, it in enumerate(columns_of(page.book))}
    several = len(page.book.deliverable.assessed) > 1
    for action in first_ones(page.book):
        page.row += 1
        texts = (
            action.id,
            f"{action.group}, {action.framework}" if several else action.group,
            measure.fitted(page.book.clean(action.what), page.room(4, 17), SIZE),
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
    return list(_each_once(book, order))[:_TOP]


def _each_once(book: Book, actions: Iterable[ActionRow]) -> Iterator[ActionRow]:
    """Where one question serves two editions, what closes it stands once."""
    twins: dict[tuple[str, str], tuple[str, str]] = {}
    for bridge in book.deliverable.bridges:
        new, former = bridge.how.catalog, bridge.how.former
        for here, there in bridge.editions.twins.items() if bridge.how.mode == "dual" else ():
            twins |= {(new, here): (former, there), (former, there): (new, here)}
    closed: set[tuple[str, str] | None] = set()
    for action in actions:
        items = {(action.catalog, item) for item in action.closes}
        if items - closed:
            yield action
        closed |= items | {twins.get(item) for item in items}
