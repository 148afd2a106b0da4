"""Edition bridge: clause by clause what changed since the edition before, with the ratings of then and of now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.excel.assessment import CARRIED, column, group_key, item_key
from gapbench.excel.book import BRIDGE, Book, saying
from gapbench.excel.page import Column, Page, cell, letter
from gapbench.excel.strings import quoted
from gapbench.excel.style import DUE, TONES
from gapbench.rating.models import noun_of
from gapbench.rating.wording import listed, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapbench.catalog.editions import Link, Row
    from gapbench.catalog.model import Item
    from gapbench.rating.results import Tone
    from gapbench.work.deliverable import Assessed, EditionBridge

NOT_RATED = "not rated"
NOT_ASKED = "\N{EN DASH}"
KINDS = {"wording": "reworded", "moved": "moved", "changed": "changed", "new": "new", "gone": "gone"}
"""What happened to an item -> how it stands in a cell."""

OUR_READING = "our reading"
_NAMED = 12

COLUMNS = (
    Column("Key", 12, hidden=True),
    Column("Clause key", 12, hidden=True),
    Column("Clause", 9.5),
    Column("Now", 10),
    Column("Before", 12),
    Column("Topic", 42),
    Column("What changed", 52),
    Column("Change", 9.5, centre=True),
    Column("Disputed", 10, centre=True),
    Column("Asked", 9.5, centre=True),
    Column("Confidence", 9.5, centre=True),
    Column("Rating before", 13, centre=True),
    Column("Rating now", 13, centre=True),
)
_AT = {it.head: place for place, it in enumerate(COLUMNS)}
_FIRST, _LAST = 2, len(COLUMNS) - 1
_WHAT, _CHANGE, _DISPUTED = _AT["What changed"], _AT["Change"], _AT["Disputed"]
_OLD, _NOW = _AT["Rating before"], _AT["Rating now"]

_SUMS = (
    ("the same", ()),
    ("reworded or moved", ("reworded", "moved")),
    *((it, (it,)) for it in ("changed", "new", "gone")),
)
"""Headings of the table of clauses and what they count; what is disputed stands behind them."""

_ASKED_WORDS = {
    ("transition", "once"): "as before",
    ("dual", "once"): "once for both",
    ("transition", "again"): "again",
    ("dual", "again"): "in each",
    ("transition", "new"): "new",
    ("dual", "new"): "new",
}
_HINT = {
    "transition": (
        "{new} takes the place of {former} here. Where the meaning is the same the answer came along, marked until "
        "somebody confirms it; what changed is asked again, what is new is open."
    ),
    "dual": (
        "{former} and {new} are both assessed. Where the meaning is the same one answer serves both; what changed is "
        "asked in each, what is new only in {new}."
    ),
}
_DISPUTE = (
    "Disputed: sources disagree whether this changed. It is our reading, not a fact; read it beside your own licensed "
    "copy of both editions."
)


def write(book: Book) -> None:
    """Write the sheet, one block per pair of editions."""
    page = Page(book, BRIDGE, [it.width for it in COLUMNS])
    page.hide(range(_FIRST))
    page.heading(BRIDGE, _LAST, _FIRST)
    breaks: list[int] = []
    head = 0
    for number, bridge in enumerate(book.deliverable.bridges, 1):
        if number > 1:
            breaks.append(page.row)
        block = _Block(page, bridge, number)
        block.write()
        head = head or block.head
    page.sheet.set_h_pagebreaks(breaks)
    page.sheet.repeat_rows(head)
    page.finish(page.row, _LAST, _FIRST)


@dataclass(frozen=True, slots=True)
class _Point:
    """One line of the table: an item that is not simply the same, or one that is gone."""

    row: Row
    item: Item
    link: Link | None

    @property
    def kind(self) -> str:
        """What happened to it, as it stands in a cell."""
        if self.link is None:
            return KINDS["gone"]
        return KINDS.get(self.item.change, "the same")


class _Block:
    """One pair of editions: the message, counts, clauses, findings, points."""

    def __init__(self, page: Page, bridge: EditionBridge, number: int) -> None:
        self.page, self.bridge = page, bridge
        self.new, self.former = bridge.editions.new, bridge.editions.former
        self.table = f"Bridge{number}"
        self.rows = [row for row in bridge.editions.rows if row.differs]
        self.points = [point for row in self.rows for point in _points(row)]
        self.words = saying(self._assessed.scale)
        noun = noun_of(self.new)
        self.one, self.many = noun.one, noun.many
        self.head = 0

    @property
    def _assessed(self) -> Assessed:
        deliverable = self.page.book.deliverable
        return next(it for it in deliverable.assessed if it.framework.catalog == self.bridge.how.catalog)

    def write(self) -> None:
        """Write the block at the cursor."""
        page = self.page
        page.section(f"{self.former.name} to {self.new.name}", _LAST, _FIRST)
        message = page.row
        page.row += 1
        hint = _HINT[self.bridge.how.mode].format(new=self.new.name, former=self.former.name)
        page.row = page.span(page.row, _FIRST, _LAST, hint, "plain")
        self._counts(message)
        if any(row.disputed for row in self.rows):
            page.row = page.span(page.row, _FIRST, _LAST, _DISPUTE, "note")
        self._findings()
        page.section("What changed, clause by clause", _LAST, _FIRST)
        self._clauses()
        page.section(f"What changed, {self.one} by {self.one}", _LAST, _FIRST)
        self._table()

    # --- counts -------------------------------------------------------------------------------------

    def _kind(self, *words: str) -> str:
        return "+".join(f"COUNTIFS({self.table}[Change],{quoted(word)})" for word in words)

    def _number(self, *words: str) -> int:
        return sum(point.kind in words for point in self.points)

    @property
    def _same(self) -> int:
        return sum(row.same for row in self.bridge.editions.rows)

    def _counts(self, message: int) -> None:
        """Counts over the table below, and the message that they make."""
        page, catalog = self.page, self.new.id
        changed, new = KINDS["changed"], KINDS["new"]
        fresh = [point for point in self.points if point.kind in (changed, new)]
        rated = "+".join(
            f'COUNTIFS({self.table}[Change],{quoted(word)},{self.table}[Rating now],"<>{no}")'
            + f'-COUNTIFS({self.table}[Change],{quoted(word)},{self.table}[Rating now],"{NOT_ASKED}")'
            for word in (changed, new)
            for no in (NOT_RATED,)
        )
        lines: list[tuple[str, str, int]] = [
            ("The same in both, not listed below", "", self._same),
            (
                "Reworded or moved: the meaning is the same",
                self._kind("reworded", "moved"),
                self._number("reworded", "moved"),
            ),
            ("Changed", self._kind(changed), self._number(changed)),
            ("New", self._kind(new), self._number(new)),
            ("Gone: in the edition before only", self._kind(KINDS["gone"]), self._number(KINDS["gone"])),
            (
                "Disputed among these: our reading",
                f"COUNTIFS({self.table}[Disputed],{quoted(OUR_READING)})",
                sum(point.item.disputed for point in self.points if point.link),
            ),
            ("Changed or new, and rated now", rated, sum(self._is_rated(point) for point in fresh)),
        ]
        carried = sum(bool(row.carried) for row in page.book.deliverable.rows if row.catalog == catalog)
        if carried:
            formula = f'COUNTIFS({column("Catalog")},{quoted(catalog)},{column(CARRIED)},"?*")'
            lines.append(("Answers that came along and that nobody has confirmed yet", formula, carried))
        cells: dict[str, str] = {}
        for name, formula, value in lines:
            form = page.style("number", bold=True)
            if formula:
                page.formula(page.row, _FIRST, f"={formula}", value, form)
                what = f"{self.new.name} since {self.former.name}: {name[:1].lower()}{name[1:]}"
                page.book.check(what, value, page.far_ref(page.row, _FIRST))
            else:
                page.sheet.write_number(page.row, _FIRST, value, form)
            cells[name] = page.ref(page.row, _FIRST)
            page.row = page.span(page.row, _FIRST + 1, _WHAT, name, "cell")
        self._message(message, cells, len(fresh), lines[6][2])

    def _message(self, row: int, cells: Mapping[str, str], fresh: int, rated: int) -> None:
        changed, new = self._number("changed"), self._number("new")
        since = f" since {self.former.name}; "
        end = f" of these {fresh} are rated now."
        are = "is" if changed == 1 else "are"
        text = f"{changed} {self.one if changed == 1 else self.many} changed and {new} {are} new{since}{rated}{end}"
        there = [cells[name] for name in ("Changed", "New", "Changed or new, and rated now")]
        one, many = quoted(f" {self.one}"), quoted(f" {self.many}")
        formula = (
            f'={there[0]}&IF({there[0]}=1,{one},{many})&" changed and "&{there[1]}'
            f"&{quoted(f' {are} new{since}')}&{there[2]}&{quoted(end)}"
        )
        self.page.live_span(row, _FIRST, _LAST, formula, text, "verdict")

    def _is_rated(self, point: _Point) -> bool:
        return self._now_word(point) not in (NOT_RATED, NOT_ASKED)

    # --- clauses ------------------------------------------------------------------------------------

    def _clauses(self) -> None:
        """One line for each clause in which something changed; the others in one line below."""
        page = self.page
        head = page.row
        for col, name in enumerate(("Key", "Clause key")):
            page.sheet.write_string(head, col, name, page.style("head"))
        for first, last, name in ((_FIRST, _FIRST, "Clause"), (_FIRST + 1, _WHAT, "Title")):
            page.blank_span(head, first, last, page.style("head"))
            page.sheet.write_string(head, first, name, page.style("head"))
        heads = [*(name.capitalize() for name, _ in _SUMS), "Disputed"]
        page.head_row(head, heads, _CHANGE, range(_CHANGE, _LAST + 1))
        page.row += 1
        first = page.row
        for row in self.rows:
            self._clause(row)
        self._whole(first)
        rest = [row.group for row in self.bridge.editions.rows if not row.differs]
        if rest:
            text = f"Nothing changed in {len(rest)} more: {listed(rest, 3 * _NAMED)}."
            page.row = page.span(page.row, _FIRST, _LAST, text, "note")

    def _clause(self, row: Row) -> None:
        page, at = self.page, self.page.row
        page.text(at, 0, f"{group_key(self.new.id, row.group)}/bridge", "line")
        page.text(at, 1, group_key(self.new.id, row.group), "line")
        page.text(at, _FIRST, row.group, "line", bold=True)
        page.span(at, _FIRST + 1, _WHAT, row.title, "cell")
        count = page.style("count")
        mine = f"{self.table}[Clause key],$B{at + 1}"
        kinds = [point.kind for point in self.points if point.row is row]
        page.sheet.write_number(at, _CHANGE, row.same, count)
        for col, (_, words) in enumerate(_SUMS[1:], _CHANGE + 1):
            formula = "+".join(f"COUNTIFS({mine},{self.table}[Change],{quoted(word)})" for word in words)
            page.formula(at, col, f"={formula}", sum(kind in words for kind in kinds), count)
        disputed = f"=COUNTIFS({mine},{self.table}[Disputed],{quoted(OUR_READING)})"
        page.formula(at, _LAST, disputed, row.disputed, count)
        page.row += 1

    def _whole(self, first: int) -> None:
        page, row = self.page, self.page.row
        form = page.style("group", align="center", num_format='0;-0;"\N{EN DASH}"')
        page.text(row, _FIRST, "All", "group")
        page.blank_span(row, _FIRST + 1, _WHAT, page.style("group"))
        page.string(row, _FIRST + 1, "of these", page.style("group"))
        for col, (_, words) in enumerate(_SUMS, _CHANGE):
            value = self._number(*words) if words else sum(it.same for it in self.rows)
            self._sum(row, first, col, value, form)
        self._sum(row, first, _LAST, sum(it.disputed for it in self.rows), form)
        page.row += 1

    def _sum(self, row: int, first: int, col: int, value: int, form: object) -> None:
        where = f"{cell(first, col)}:{cell(row - 1, col)}" if row > first else "0"
        self.page.formula(row, col, f"=SUM({where})", value, form)

    # --- points -------------------------------------------------------------------------------------

    def _table(self) -> None:
        page = self.page
        self.head = page.row
        page.table(self.table, COLUMNS, len(self.points), self.head)
        for row, point in enumerate(self.points, self.head + 1):
            self._point(row, point)
        last = self.head + max(len(self.points), 1)
        self._mark(self.head + 1, last)
        page.row = last + 1

    def _point(self, row: int, point: _Point) -> None:
        page, item, link = self.page, point.item, point.link
        catalog = self.new.id if link else self.former.id
        page.text(row, 0, item_key(catalog, item.id), "line")
        page.text(row, 1, group_key(self.new.id, point.row.group), "line")
        before = [one.id for one in link.former] if link and link.asked != "new" else [] if link else [item.id]
        nearest = ", ".join(one.id for one in link.former) if link and link.asked == "new" else ""
        note = item.change_note if link else "Nothing of the new edition grew from it."
        what = f"{note} Nearest before: {nearest}." if nearest else note
        texts = {
            _AT["Now"]: item.id if link else NOT_ASKED,
            _AT["Before"]: ", ".join(before) or NOT_ASKED,
            _AT["Topic"]: item.title,
            _WHAT: what,
        }
        page.text(row, _FIRST, point.row.group, "line")
        for col, text in texts.items():
            page.text(row, col, text)
        page.text(row, _CHANGE, point.kind, "centre", bold=point.kind in ("changed", "new", "gone"))
        page.text(row, _DISPUTED, OUR_READING if link and item.disputed else "", "centre")
        asked = _ASKED_WORDS[self.bridge.how.mode, link.asked] if link else NOT_ASKED
        page.text(row, _AT["Asked"], asked, "centre")
        page.text(row, _AT["Confidence"], item.confidence if link else "", "centre")
        page.text(row, _OLD, self._old_word(before), "centre")
        self._rating_now(row, point)
        page.fit_cells(row, texts)

    def _old_word(self, before: list[str]) -> str:
        """What was said of the items that it grew from; nothing where there were none."""
        values = self.bridge.former
        said = dict.fromkeys(self.words.get(values[one], values[one]) or NOT_RATED for one in before if one in values)
        return ", ".join(said) or NOT_ASKED

    def _now_word(self, point: _Point) -> str:
        source = self.page.book.values[self.new.id]
        if point.link is None or (source.known is not None and point.item.id not in source.known):
            return NOT_ASKED
        value = self.bridge.new.get(point.item.id, "")
        return self.words.get(value, value) or NOT_RATED

    def _rating_now(self, row: int, point: _Point) -> None:
        page, said, centre = self.page, self._now_word(point), self.page.style("centre")
        if said == NOT_ASKED:
            page.sheet.write_string(row, _NOW, said, centre)
            return
        source = page.book.values[self.new.id]
        value = f"INDEX({source.values},MATCH($A{row + 1},{source.keys},0))"
        page.formula(row, _NOW, f'=IF({value}="",{quoted(NOT_RATED)},{value})', said, centre)

    def _mark(self, first: int, last: int) -> None:
        page = self.page
        tones = {self.words[value.code]: value.tone for value in self._assessed.scale}
        for col in (_OLD, _NOW):
            page.ink_words((first, col, last, col), tones)
        here = f"${letter(_CHANGE)}{first + 1}"
        tone: Tone
        for word, tone in (("changed", "fair"), ("new", "poor"), ("gone", "out")):
            page.mark_where((first, _CHANGE, last, _CHANGE), f"={here}={quoted(word)}", font_color=TONES[tone])
        disputed = f"${letter(_DISPUTED)}{first + 1}={quoted(OUR_READING)}"
        page.mark_where((first, _DISPUTED, last, _DISPUTED), f"={disputed}", bg_color=DUE, font_color=TONES["fair"])

    # --- findings -----------------------------------------------------------------------------------

    def _findings(self) -> None:
        """Findings that rest on both editions, and those that nothing is left of."""
        page, bridge = self.page, self.bridge
        if not bridge.moved and not bridge.left:
            return
        page.section("Findings", _LAST, _FIRST)
        for finding, own, heirs in bridge.moved:
            then = f"{listed(own, _NAMED)} of {self.former.name}"
            text = f"{finding.cls}: rests on {then}, and on {listed(heirs, _NAMED)} of {self.new.name} now"
            self._told(finding.label, text)
        for finding in bridge.left:
            lost = listed((item for _, item in finding.items), _NAMED)
            what = finding.gap or finding.requirement
            text = f"{finding.cls}, left behind: {lost} of {self.former.name} lives on nowhere. {sentence(what)}"
            self._told(finding.label, text)

    def _told(self, label: str, text: str) -> None:
        page = self.page
        page.text(page.row, _FIRST, label, "line", bold=True)
        page.row = page.span(page.row, _FIRST + 1, _LAST, text, "cell")


def _points(row: Row) -> Iterator[_Point]:
    for link in row.changes:
        yield _Point(row, link.item, link)
    for item in row.gone:
        yield _Point(row, item, None)
