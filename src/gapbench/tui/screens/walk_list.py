"""The list of the walk: what is in it, how a line looks, where the cursor stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal

from gapbench.tui.screens import walk_dialogs as dialogs
from gapbench.tui.screens.desk_screen import DeskScreen
from gapbench.tui.screens.walk_cards import card_of, side_rows
from gapbench.tui.screens.walk_headings import heading_of
from gapbench.tui.screens.walk_themes import WORDS, mixed_heading
from gapbench.tui.widgets.bars import KeyBar
from gapbench.tui.widgets.canvas import Canvas, Piece, Row, fit, justified
from gapbench.tui.widgets.card import Card, CardView, Heading, whole_card
from gapbench.tui.widgets.outline import Outline
from gapbench.work.walk import FILTERS, Line, next_line, values_by_code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.timer import Timer
    from textual.widget import Widget
    from textual.widgets import Input

    from gapbench.engagement.values import Change
    from gapbench.work.walk_lines import Pair

SIDE_DELAY = 0.12
"""Seconds after the last key before the side pane is read: holding an arrow key must not read the history."""


_TIES = {"": "  ", "first": "┌ ", "inner": "│ ", "last": "└ "}
"""What is asked together is held together in the list."""

_OF_OTHERS = frozenset({"findings", "due"})
"""Views in which a step on one item may change whether another one stays."""


class ContextLine(Canvas):
    """Where am I: the order, what is in the list, the unit in hand."""

    _left: Row = ()
    _right: Row = ()

    def show(self, left: Row, right: Row) -> None:
        """Take new words."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.redraw()

    def rows(self, width: int, height: int) -> list[Row]:
        """One row."""
        return [justified(self._left, self._right, width)]


class SidePane(Canvas):
    """What the other units said and what happened to the item."""

    _rows: tuple[Row, ...] = ()

    def show(self, rows: tuple[Row, ...]) -> None:
        """Take new rows."""
        self._rows = rows
        self.redraw()

    def rows(self, width: int, height: int) -> tuple[Row, ...]:
        """What was told."""
        return self._rows


class WalkList(DeskScreen):
    """Tree, card and side pane, and every way through them."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: list[Line] = []
        self._side_timer: Timer | None = None
        self._still: set[Pair] | None = None

    def body(self) -> Iterable[Widget]:
        """Context line, then tree, card and side pane next to each other."""
        yield ContextLine(id="context")
        with Horizontal(id="body"):
            yield Outline(self._draw_line, id="outline", moved=self._moved)
            yield CardView(id="card")
            yield SidePane(id="side")

    # -- drawing -------------------------------------------------------------------------------------------------

    @property
    def outline(self) -> Outline:
        """The tree."""
        return self.query_one("#outline", Outline)

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        return self._shown[self.outline.cursor] if self._shown else None

    def took(self, change: Change | None) -> None:
        """Draw what a step has changed: the lines it touched, the card, or everything."""
        self._count_again(change)
        if change is None or "scope" in change.kinds or "profile" in change.kinds:
            self._list_again()
            return
        if change.cells and not change.kinds - {"answers"}:
            self._redraw_touched(change)
        else:
            self.outline.refresh()
        self._draw_context()
        self._draw_card()

    def _list_again(self) -> None:
        """Make the list again, keeping the cursor on the same line where it still is."""
        self._still = None
        place = self.desk.place
        self._shown = self.desk.walk.shown(place.filter, place.words, frozenset(place.folded))
        keys = {(line.catalog, line.id): index for index, line in enumerate(self._shown)}
        first_item = next((index for index, line in enumerate(self._shown) if line.kind == "item"), 0)
        cursor = keys.get(place.line) if place.line in keys else self._next_shown(keys, first_item)
        self.outline.show(len(self._shown), cursor)
        self.outline.focus()
        if not place.line[0] and self.line is not None:
            place.line = self.line.key
        self._draw_context()
        self._draw_card()

    def _next_shown(self, keys: dict[tuple[str, str], int], otherwise: int) -> int:
        """Where to stand when the line in hand is not in the list: the next item after it that is."""
        lines = self.desk.walk.lines
        here = next((n for n, line in enumerate(lines) if (line.catalog, line.id) == self.desk.place.line), None)
        after = lines[here:] if here is not None else []
        found = (
            keys[line.catalog, line.id] for line in after if line.kind == "item" and (line.catalog, line.id) in keys
        )
        return next(found, otherwise)

    def _redraw_touched(self, change: Change) -> None:
        touched = {self.desk.walk.home((catalog, item)) for catalog, item, _ in change.cells}
        outline = self.outline
        top = outline.scroll_offset.y
        for index in range(top, min(top + outline.size.height, len(self._shown))):
            if self._shown[index].kind != "item" or self._shown[index].key in touched:
                outline.redraw_row(index)
        if len(touched) == 1 and change.title.startswith(("Took back", "Did again")):
            self._stand_on(*next(iter(touched)))

    def _draw_line(self, index: int, width: int) -> Row:
        line = self._shown[index]
        mark = self.desk.walk.mark(line)
        sign = ("*" if mark.flag else "") + ("!" if mark.due else "") + ("c" if mark.carried else "")
        candidate = "e" if mark.candidate else ""
        right: list[Piece] = [(candidate, "dim"), (sign, "note"), (f" {mark.text:>2} ", mark.tone)]
        indent = " " * (2 if line.kind == "item" else max(0, line.depth - 1))
        if line.kind == "item" and self.desk.walk.order != "structure":
            left: list[Piece] = [(_TIES[line.tie], "faint"), (f"{line.label:<8} ", "dim"), (line.title, "")]
        elif line.kind == "item":
            left = [(f"{indent}{line.label:<3} ", "dim"), (line.title, "")]
        elif line.kind == "level":
            left = [(f"{indent}{line.label}", "dim")]
        else:
            folded = "+ " if (line.catalog, line.id) in self.desk.place.folded else ""
            ink = "title" if line.kind == "framework" else "strong"
            left = [(f"{indent}{folded}{line.label}{' ' if line.label else ''}", ink)]
            left.append((line.title, ink if line.depth <= 1 else ""))
        room = width - sum(len(text) for text, _ in right)
        return justified([(fit(text, room), ink) for text, ink in left], right, width)

    def _draw_context(self) -> None:
        place = self.desk.place
        word = next(each.word for each in FILTERS if each.id == place.filter)
        left: list[Piece] = [
            (f" {WORDS[self.desk.walk.order]}   ", "dim"),
            ("view ", "faint"),
            (word, "strong" if word != "all" else "dim"),
        ]
        if place.words:
            left += [("   find ", "faint"), (place.words, "note")]
        if word != "all" or place.words:
            items = self._items_shown()
            still = self._still_there(items)
            left += [
                (
                    f"   {still} of {len(items)} left, esc shows all"
                    if still != len(items)
                    else f"   {still} items, esc shows all",
                    "dim",
                )
            ]
        self.query_one(ContextLine).show(left, self._unit_words())

    def _items_shown(self) -> list[Line]:
        if self._listed is not self._shown:
            self._listed = self._shown
            self._items = [each for each in self._shown if each.kind == "item"]
        return self._items

    _listed: list[Line] | None = None
    _items: list[Line]

    def _still_there(self, items: list[Line]) -> int:
        """How many items of the list still pass its view; looked through once, then only what a step touches."""
        if self._still is None:
            walk, view = self.desk.walk, self.desk.place.filter
            self._still = {each.key for each in items if walk.passes(each, view)}
        return len(self._still)

    def _count_again(self, change: Change | None) -> None:
        view = self.desk.place.filter
        if change is None or self._still is None or change.kinds - {"answers"} or view in _OF_OTHERS:
            self._still = None
            return
        walk = self.desk.walk
        for catalog, item, _ in change.cells:
            place = walk.place(walk.home((catalog, item)))
            if place is not None and walk.passes(walk.lines[place], view):
                self._still.add(walk.lines[place].key)
            elif place is not None:
                self._still.discard(walk.lines[place].key)

    def _unit_words(self) -> Row:
        line = self.line
        item = line.items[0] if line and line.items else ""
        walk = self.desk.walk
        units = walk.units(line.catalog, item) if line and item else ()
        if not line or not units or not units[0].id:
            return [("the organisation ", "dim")]
        here = walk.unit_of(line.catalog, item)
        if here not in units:
            return [("unit ", "faint"), (here.name, "strong"), (" not asked here, counts where rated ", "note")]
        return [("unit ", "faint"), (here.name, "strong"), (f" {units.index(here) + 1}/{len(units)} ", "dim")]

    def _draw_card(self) -> None:
        line = self.line
        view = self.query_one(CardView)
        if line is None:
            none_yet = Heading("No framework yet", ([("s goes to the scope; a adds a framework there.", "dim")],))
            view.show(None if self.desk.walk.lines else none_yet)
        else:
            self.desk.walk.stand(line)
            view.show(self._card(line))
            scale = values_by_code(self.desk.case(line.catalog)).values()
            self.query_one(KeyBar).show_digits(sum(value.key.isdigit() for value in scale))
        if self._side_timer is not None:
            self._side_timer.stop()
        self._side_timer = self.set_timer(SIDE_DELAY, self._draw_side)

    def _card(self, line: Line) -> Card | Heading:
        if line.kind == "item":
            return card_of(self.desk, line)
        return mixed_heading(self.desk, line) if line.mixed else heading_of(self.desk, line)

    def _draw_side(self) -> None:
        # Asked only now: a new screen has its width classes after its first card, and the file may be closed by now.
        if self.desk is not self.bench.desk or self.has_class("-narrow") or self.has_class("-medium"):
            return
        line = self.line
        pane = self.query_one(SidePane)
        pane.show(tuple(side_rows(self.desk, line, pane.size.width)) if line else ())

    def on_resize(self) -> None:
        """The side pane may have appeared."""
        if self._shown:
            self._draw_card()

    # -- moving --------------------------------------------------------------------------------------------------

    def _moved(self) -> None:
        """Another line is in hand."""
        line = self.line
        if line is not None:
            self.desk.place.line = (line.catalog, line.id)
            self._draw_context()
            self._draw_card()
            if self.bench.said and self.bench.said[0] and self.bench.said[1] == "bad":
                self.say("")  # a refusal belongs to the line that it was about

    def on_outline_chosen(self, event: Outline.Chosen) -> None:
        """A second click opens."""
        self.action_enter()

    def action_move(self, rows: int) -> None:
        """Move the cursor by lines."""
        self.outline.move(rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by screenfuls."""
        self.outline.page(pages)

    def action_edge(self, side: int) -> None:
        """Go to the first or the last line."""
        self.outline.move_to(0 if side < 0 else len(self._shown) - 1)

    def action_outwards(self) -> None:
        """Go to the heading above."""
        here = self.outline.cursor
        depth = self._shown[here].depth if self._shown else 0
        above = (index for index in range(here - 1, -1, -1) if self._shown[index].depth < depth)
        self.outline.move_to(next(above, here))

    def action_inwards(self) -> None:
        """Into the heading, unfolding it; from an item to the next heading."""
        line = self.line
        if line is None:
            return
        if line.kind != "item" and (line.catalog, line.id) in self.desk.place.folded:
            self._fold(line)
        elif line.kind != "item":
            self.outline.move(1)
        else:
            self._to(lambda each: each.kind == "group" or each.mixed, "")

    def action_next_framework(self) -> None:
        """Go to the other framework; where they are mixed, to the next item of it."""
        line = self.line
        kind = "framework" if self.desk.walk.order == "structure" else "item"
        if line:
            self._to(lambda each: each.kind == kind and each.catalog != line.catalog, "There is no other framework.")

    def action_next_open(self) -> None:
        """Go to the next item without a rating in the unit in hand."""
        walk = self.desk.walk
        self._to(lambda line: line.kind == "item" and walk.passes(line, "unrated"), "Nothing in this list is unrated.")

    def _to(self, wanted: dialogs.Wanted, otherwise: str) -> None:
        index = next_line(self._shown, self.outline.cursor, wanted) if self._shown else None
        if index is None:
            self.say(otherwise)
        else:
            self.outline.move_to(index)

    def _stand_on(self, catalog: str, line_id: str) -> None:
        for index, line in enumerate(self._shown):
            if (line.catalog, line.id) == (catalog, line_id):
                self.outline.move_to(index)
                return

    def stand_on(self, catalog: str, line_id: str) -> None:
        """Go to a line wherever it is, showing everything if the list hides it."""
        place = self.desk.place
        place.line = self.desk.walk.home((catalog, line_id))
        if not any((line.catalog, line.id) == place.line for line in self._shown):
            place.filter, place.words = "all", ""
            place.folded.clear()
        self._list_again()

    def action_enter(self) -> None:
        """Fold a heading; read the whole card of an item."""
        line = self.line
        if line is None:
            return
        if line.kind != "item":
            self._fold(line)
            return
        card = card_of(self.desk, line)
        dialogs.read(self, f"{line.id}  {card.catalog.name}", lambda width: whole_card(card, width))

    def _fold(self, line: Line) -> None:
        self.desk.place.folded ^= {(line.catalog, line.id)}
        self.desk.place.line = (line.catalog, line.id)
        self._list_again()

    def action_unit(self, step: int) -> None:
        """Take the next or previous unit in hand."""
        line = self.line
        if line is None or not line.items:
            return
        unit = self.desk.walk.next_unit(line.catalog, line.items[0], step)
        if not unit.id:
            self.say("This is asked of the organisation as a whole; s (scope) adds projects, functions and sites.")
            return
        self._still = None
        self.outline.refresh()
        self._draw_context()
        self._draw_card()
        self.say(f"Unit in hand: {unit.name}")

    # -- finding the way -----------------------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Choose which items stay in the list."""
        dialogs.choose_filter(self, self.desk.place.filter)

    def take_filter(self, filter_id: str | None) -> None:
        """Show what was chosen."""
        if filter_id is not None:
            self.desk.place.filter = filter_id
            self._list_again()

    def action_search(self) -> None:
        """Narrow the list while words are typed."""
        from gapbench.tui.widgets.fields import OneLine

        if not self.query("#search"):
            box = OneLine(
                value=self.desk.place.words,
                placeholder="words to find in questions and notes",
                id="search",
                compact=True,
            )
            self.mount(box, before=self.query_one("#body"))
            box.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list to the words so far."""
        self.desk.place.words = event.value
        self._still = None
        place = self.desk.place
        self._shown = self.desk.walk.shown(place.filter, place.words, frozenset(place.folded))
        first = next((index for index, line in enumerate(self._shown) if line.kind == "item"), 0)
        self.outline.show(len(self._shown), first)
        self._draw_context()
        self._draw_card()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the words and go back to the list."""
        self._end_search()

    def _end_search(self) -> None:
        line = self.line
        if line is not None:
            self.desk.place.line = (line.catalog, line.id)
        for box in self.query("#search"):
            box.remove()
        self._list_again()

    def action_goto(self) -> None:
        """Go to a number."""
        dialogs.goto(self)

    def action_out(self) -> None:
        """Leave the search and the narrowed list."""
        place = self.desk.place
        if place.words or place.filter != "all" or self.query("#search"):
            place.words, place.filter = "", "all"
            self._end_search()
        else:
            super().action_out()
