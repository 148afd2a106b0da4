"""The edition bridge: what changed, clause by clause, with the old and the new answer where there are any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from gapbench.catalog.editions import between
from gapbench.catalog.known import list_known, load_known
from gapbench.errors import GapbenchError
from gapbench.rating.models import noun_of
from gapbench.tui.keys import BRIDGE, bindings
from gapbench.tui.screens.desk_screen import DeskScreen
from gapbench.tui.widgets.canvas import Canvas, Piece, Row, fit, justified, wrap
from gapbench.tui.widgets.outline import Outline
from gapbench.work.editions import Bridge, Clause, Old, Point, bridge, bridge_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.binding import Binding
    from textual.widget import Widget

    from gapbench.engagement.values import Change
    from gapbench.tui.desk import Desk

_INDENT = 15
"""Cells before what changed in a point."""

KINDS = ("wording", "moved", "changed", "new")
_INKS = {"changed": "note", "new": "note", "moved": "", "wording": "dim", "same": "dim"}


@dataclass(frozen=True)
class Entry:
    """One line of the bridge.

    Attributes:
        clause: The clause it belongs to; `point` or `gone` where it is one of its points.
        note: A line below a point, with what changed.
    """

    clause: Clause
    point: Point | None = None
    gone: Old | None = None
    note: str = ""


class Title(Canvas):
    """Which editions, and how many points are asked once, again and anew."""

    DEFAULT_CSS = "Title { height: 3; padding: 0 1; }"

    _bridge: Bridge | None = None

    def show(self, found: Bridge | None) -> None:
        """Take another pair of editions."""
        self._bridge = found
        self.redraw()

    def rows(self, width: int, height: int) -> list[Row]:
        """Two lines and an empty one."""
        found = self._bridge
        if found is None:
            words = "No framework of this engagement has an edition before or after it that is known here."
            return [[(line, "dim")] for line in wrap(words, width)]
        tally, noun = found.counts, noun_of(found.editions.new).many
        how = {"transition": "gone on to", "dual": "both are asked"}.get(str(found.mode), "not gone on to yet")
        disputed = f", {tally.disputed} disputed" if tally.disputed else ""
        gone = f", {tally.gone} gone" if tally.gone else ""
        words = f"{tally.once} {noun} keep their meaning, {tally.again} changed, {tally.new} new{gone}{disputed}"
        return [[(found.title, "title"), (f"   {how}", "dim")], [(fit(words, width), "")]]


class BridgeScreen(DeskScreen):
    """One line per clause or area; its points open below it."""

    NAME = BRIDGE
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[Binding]] = bindings(BRIDGE)  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self._pairs: list[tuple[str, str]] = []
        self._at = 0
        self._bridge: Bridge | None = None
        self._entries: list[Entry] = []
        self._open: set[str] = set()
        self._everything = False

    def body(self) -> Iterable[Widget]:
        """Title, then the clauses."""
        yield Title()
        yield Outline(self._row)

    def begin(self) -> None:
        """Stand on the clause that the walk stands in."""
        self._outline.focus()
        here = self._clause_of(*self.desk.place.line)
        for index, entry in enumerate(self._entries):
            if entry.clause.row.group == here:
                self._outline.move_to(index)
                return

    def _clause_of(self, catalog: str, line: str) -> str:
        known = self.desk.readiness.cases.get(catalog)
        if known is None:
            return ""
        own = known.scope.catalog
        group = own.item[line].group if line in own.item else line.partition("/")[0]
        return own.area_of.get(group, group)

    @property
    def _outline(self) -> Outline:
        return self.query_one(Outline)

    def took(self, change: Change | None) -> None:
        """Read the bridge again; a step may have changed an answer, or the frameworks themselves."""
        if change is None or "scope" in change.kinds:
            self._pairs = pairs_of(self.desk)
            here = self.desk.place.line[0]
            self._at = next((n for n, pair in enumerate(self._pairs) if here in pair), 0)
        self._read()

    def _read(self) -> None:
        self._bridge = None
        if self._pairs:
            try:
                self._bridge = bridge_between(self.desk, *self._pairs[self._at])
            except GapbenchError as problem:
                self.say(str(problem), "bad")
        self.query_one(Title).show(self._bridge)
        self._list()

    def _list(self) -> None:
        self._entries = list(self._lines())
        self._outline.show(len(self._entries), min(self._outline.cursor, max(0, len(self._entries) - 1)))

    def _lines(self) -> Iterator[Entry]:
        for clause in self._bridge.clauses if self._bridge else ():
            if not clause.row.differs and not self._everything:
                continue
            yield Entry(clause)
            if clause.row.group in self._open:
                yield from _points_of(clause, max(20, self._outline.size.width - _INDENT - 2))

    def on_resize(self) -> None:
        """Lay the notes out for the new width."""
        if self._open:
            self.call_after_refresh(self._list)

    # -- drawing -------------------------------------------------------------------------------------------------

    def _row(self, index: int, width: int) -> Row:
        entry = self._entries[index]
        if entry.gone is not None:
            value = f"  {entry.gone.value}" if entry.gone.value else ""
            return justified(
                [(f"     {entry.gone.id:<9} ", "dim"), (entry.gone.title, "dim")], [(f"{value} gone ", "out")], width
            )
        if entry.point is None:
            return self._clause_row(entry.clause, width)
        if entry.note:
            return [(" " * _INDENT, ""), (fit(entry.note, width - _INDENT), "dim")]
        return self._point_row(entry.point, width)

    def _clause_row(self, clause: Clause, width: int) -> Row:
        row = clause.row
        opened = "- " if row.group in self._open else "+ " if row.differs else "  "
        counts: list[Piece] = []
        words = [(kind, getattr(row, kind)) for kind in KINDS] + [
            ("gone", len(clause.gone)),
            ("disputed", row.disputed),
        ]
        wide = width >= 100
        for kind, count in words:
            text = f"{count:>3} {kind} " if count else " " * (5 + len(kind)) if wide else ""
            counts.append((text, "note" if kind in {"changed", "new", "disputed"} else "dim"))
        left: Row = [(opened, "key"), (f"{row.group:<8} ", "strong"), (row.title, "" if row.differs else "dim")]
        return justified(left, counts, width)

    def _point_row(self, point: Point, width: int) -> Row:
        item = point.item
        sign = "?" if item.disputed else " "
        left: Row = [
            (f"     {item.id:<9} ", ""),
            (f"{item.change:<8}{sign} ", _INKS[item.change]),
            (_from(point), "faint"),
            (item.title, ""),
        ]
        return justified(left, _values(point, bool(self._bridge and self._bridge.mode)), width)

    # -- keys ----------------------------------------------------------------------------------------------------

    def action_move(self, rows: int) -> None:
        """Move the cursor by lines; what explains a point is stepped over."""
        target = self._outline.cursor + rows
        while 0 <= target < len(self._entries) and self._entries[target].note:
            target += 1 if rows > 0 else -1
        if target >= len(self._entries):
            return
        self._outline.move_to(target)

    def action_page(self, pages: int) -> None:
        """Move the cursor by screenfuls."""
        self._outline.page(pages)

    def action_edge(self, side: int) -> None:
        """Go to the first or the last line."""
        self._outline.move_to(0 if side < 0 else len(self._entries) - 1)

    @property
    def _entry(self) -> Entry | None:
        return self._entries[self._outline.cursor] if self._entries else None

    def action_enter(self) -> None:
        """Open or close the points of the clause."""
        entry = self._entry
        if entry is None:
            return
        if not entry.clause.row.differs:
            self.say(f"Nothing changed in {entry.clause.row.group}.")
            return
        group = entry.clause.row.group
        self._open ^= {group}
        self._list()
        self._outline.move_to(next(n for n, each in enumerate(self._entries) if each.clause.row.group == group))

    def on_outline_chosen(self, event: Outline.Chosen) -> None:
        """A second click opens."""
        self.action_enter()

    def action_go(self) -> None:
        """Go to the place in the walk."""
        entry = self._entry
        found = place_of(self.desk, self._bridge, entry) if entry and self._bridge else None
        if found is None:
            self.say("That is not asked in this engagement.")
        else:
            self.bench.go_to(*found)

    def action_everything(self) -> None:
        """All clauses, or only those that changed."""
        entry = self._entry
        self._everything = not self._everything
        self._list()
        group = entry.clause.row.group if entry else ""
        at = next((n for n, each in enumerate(self._entries) if each.clause.row.group == group), 0)
        self._outline.move_to(at)

    def action_next_pair(self) -> None:
        """Go to the next pair of editions."""
        if len(self._pairs) > 1:
            self._at = (self._at + 1) % len(self._pairs)
            self._open.clear()
            self._read()
            self._outline.move_to(0)
        else:
            self.say("There is no other pair of editions here.")


def _points_of(clause: Clause, width: int) -> Iterator[Entry]:
    for point in clause.points:
        yield Entry(clause, point)
        mark = "disputed, our reading: " if point.item.disputed else ""
        for line in wrap(f"{mark}{point.item.change_note}".strip(), width)[:3]:
            if line:
                yield Entry(clause, point, note=line)
    for old in clause.gone:
        yield Entry(clause, gone=old)


def _from(point: Point) -> str:
    """The former number, where it is another one."""
    names = ", ".join(old.id for old in point.old)
    if point.asked == "new" or not names or names == point.item.id:
        return ""
    return f"was {names}  "


def _values(point: Point, in_engagement: bool) -> Row:
    """Old and new rating over all units."""
    if not in_engagement:
        return [(" ", "")]
    old = ", ".join(dict.fromkeys(old.value or "." for old in point.old)) if point.asked != "new" else ""
    new = point.value or "."
    old = "" if old == new else old
    return [(f" {old} > " if old else " ", "dim"), (new, "strong"), (" carried " if point.carried else " ", "note")]


def pairs_of(desk: Desk) -> list[tuple[str, str]]:
    """(new, former) editions of which at least one is in the engagement; those that follow here come first."""
    followed = [(one.catalog, one.former) for one in desk.engagement.successions()]
    bases = {line.id: line.base for line in list_known()}
    known = [(new, former) for new, former in bases.items() if former in bases]
    mine = [pair for pair in known if pair[0] in desk.readiness.cases or pair[1] in desk.readiness.cases]
    return list(dict.fromkeys([*followed, *mine]))


def bridge_between(desk: Desk, new: str, former: str) -> Bridge:
    """What changed, with the answers where the one follows the other in the engagement."""
    if any((one.catalog, one.former) == (new, former) for one in desk.engagement.successions()):
        return bridge(desk.engagement, new)
    cases = desk.readiness.cases
    here, there = (cases[name].scope.catalog if name in cases else load_known(name) for name in (new, former))
    return bridge_of(between(here, there))


def place_of(desk: Desk, found: Bridge, entry: Entry) -> tuple[str, str] | None:
    """(catalog, line) of the walk that a line of the bridge is about."""
    new, former = found.editions.new.id, found.editions.former.id
    if entry.gone is not None:
        wanted = [(former, entry.gone.id)]
    elif entry.point is not None:
        wanted = [(new, entry.point.item.id), *((former, old.id) for old in entry.point.old)]
    else:
        wanted = [(new, entry.clause.row.group), (former, entry.clause.row.group)]
    homes = (desk.walk.home(key) for key in wanted)
    return next((home for home in homes if desk.walk.place(home) is not None), None)
