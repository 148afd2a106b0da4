"""What the card says of editions: new, changed, disputed, carried over, and the old answer beside the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.rating.wording import plural
from gapbench.work.walk_lines import year_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.catalog.model import Catalog, Item
    from gapbench.tui.desk import Desk
    from gapbench.tui.widgets.canvas import Row
    from gapbench.work.walk import Line

Notes = tuple[tuple[str, str, str], ...]
"""(label, text, ink): lines under the question."""

_ASKED_AGAIN = frozenset({"changed", "new"})


def edition_notes(desk: Desk, line: Line) -> tuple[str, tuple[str, ...], Notes]:
    """The number or numbers of an item, its badges, and the lines on what became of it."""
    catalog = desk.case(line.catalog).scope.catalog
    item = catalog.item[line.id]
    badges = []
    if catalog.base and item.change in _ASKED_AGAIN:
        badges.append(f"new in {year_of(catalog)}" if item.change == "new" else "changed")
    if item.disputed:
        badges.append("disputed")
    if desk.walk.origin(line.catalog, line.id):
        badges.append("carried over")
    notes = [*_changes(desk, catalog, item), *_both(desk, line)]
    return _number(desk, line), tuple(badges), tuple(notes)


def _number(desk: Desk, line: Line) -> str:
    twin = desk.walk.twin(line)
    if twin is None or twin[1] == line.id:
        return line.id
    return f"{line.id} = {year_of(desk.case(twin[0]).scope.catalog)} {twin[1]}"


def _changes(desk: Desk, catalog: Catalog, item: Item) -> Iterator[tuple[str, str, str]]:
    if catalog.base and item.change != "same":
        since = f"since {desk.base_year(catalog)}"
        words = {"new": f"new in {year_of(catalog)}", "wording": f"other wording {since}"}
        said = words.get(item.change, f"{item.change} {since}")
        note = f": {item.change_note}" if item.change_note else ""
        yield "edition", f"{said}{note}", "note" if item.change in _ASKED_AGAIN else "dim"
    if item.disputed:
        yield "disputed", "sources disagree; this is our reading", "note"


def _both(desk: Desk, line: Line) -> Iterator[tuple[str, str, str]]:
    """What two editions that are asked together make of one item."""
    if desk.walk.twin(line) is not None:
        yield "editions", "one answer serves both editions", "dim"
        return
    newer = desk.newer_of(line.catalog)
    if newer is not None:
        heirs = newer.successors.get(line.id, ())
        year = year_of(newer.new)
        # An unchanged meaning that was split or merged cannot share one answer, but it is not another question.
        way = "apart, as before" if heirs and all(newer.links[heir].carries for heir in heirs) else "in another way"
        words = f"{year} asks it as {', '.join(heirs)}, {way}" if heirs else f"gone in {year}"
        yield "editions", f"for {year_of(newer.former)} alone; {words}", "dim"


def origin_words(desk: Desk, line: Line) -> str:
    """Where a carried answer came from, as in "over from 2015 4.1 a"; "" when it did not."""
    origin = desk.walk.origin(line.catalog, line.id)
    if not origin:
        return ""
    catalog, _, items = origin.partition(":")
    former = desk.former_year(line.catalog)
    return f"over from {former or catalog} {items}"


def former_rows(desk: Desk, line: Line) -> Iterator[Row]:
    """Under what is asked again or is new: the former point and its former answer with its note."""
    if not desk.former_year(line.catalog):
        return
    from gapbench.work.editions import before

    if desk.walk.origin(line.catalog, line.id) or line.key in desk.walk.served or _settled(desk, line):
        return
    year = desk.former_year(line.catalog)
    for old in before(desk.engagement, line.catalog, line.id, desk.walk.unit_of(line.catalog, line.id).id):
        near = "nearest: " if old.nearest else ""
        note = f": {old.answer.note or old.answer.reason}" if old.answer.note or old.answer.reason else ""
        said = f"{near}{old.word or 'not rated'}{note}"
        yield [(f"{year} {old.item.id}  ", "faint"), (said, "note" if old.word else "dim")]


def _settled(desk: Desk, line: Line) -> bool:
    """An unchanged item that has its own answer needs no old one beside it."""
    item = desk.walk.item(line)
    return item.change not in _ASKED_AGAIN and desk.walk.is_rated(line.catalog, line.id)


def heading_notes(desk: Desk, line: Line) -> Iterator[Row]:
    """What editions have to say of a heading."""
    newer = desk.newer_of(line.catalog)
    if line.kind == "framework" and newer is not None:
        yield from _together(desk, line, newer.new)
    elif line.differs:
        year = year_of(desk.case(line.catalog).scope.catalog)
        yield [(f"{year} asks this anew, or in another way; all else of this clause is asked once for both.", "dim")]
        yield []
    carried = len(desk.walk.carried_below(line))
    if carried:
        came = f"{plural(carried, 'answer')} came along from {desk.former_year(line.catalog)}"
        yield [(f"{came}; c confirms {'it' if carried == 1 else 'all of them as one step'}", "note")]
        yield []


def _together(desk: Desk, line: Line, new: Catalog) -> Iterator[Row]:
    years = f"{year_of(desk.case(line.catalog).scope.catalog)}", f"{year_of(new)}"
    once = sum(there[0] == line.catalog for there in desk.walk.served.values())
    alone = len(line.items) - once
    shared = f"{once} {'question is' if once == 1 else 'questions are'} asked once for both editions"
    yield [(f"{shared}; {alone} of {years[0]} and {len(line.more)} of {years[1]} are asked for themselves.", "strong")]
    yield []


def verdict_rows(desk: Desk, line: Line) -> Iterator[Row]:
    """The verdict of a framework in a sentence; of both editions where two are asked together."""
    results, newer = desk.readiness.results, desk.newer_of(line.catalog)
    if newer is None:
        yield [(results[line.catalog].sentence, "")]
    else:
        for catalog in (newer.former, newer.new):
            yield [(f"{year_of(catalog)}: ", "strong"), (results[catalog.id].sentence, "")]
    yield []


def words_rows(desk: Desk, line: Line) -> list[tuple[str, str]]:
    """The person's own text on an item in full: (label, text)."""
    words = desk.overlay(line.catalog).of(line.id)
    parts = (("title", words.title), ("text", words.text), ("note", words.note))
    return [(label, text) for label, text in parts if text]
