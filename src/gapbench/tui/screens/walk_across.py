"""Ways across the frameworks: to the counterpart and back, one note for both, the three orders of the walk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.tui.screens import walk_dialogs as dialogs
from gapbench.tui.screens.walk_list import WalkList
from gapbench.tui.screens.walk_themes import WORDS
from gapbench.work.walk import ORDERS

if TYPE_CHECKING:
    from gapbench.work.walk import Line
    from gapbench.work.walk_lines import Pair


@dataclass(frozen=True)
class Back:
    """Where the counterpart's key leads back to, with the view that stood there."""

    here: Pair
    there: Pair
    view: str
    words: str
    folded: frozenset[Pair]


class WalkAcross(WalkList):
    """Keys that lead from one framework to the other, or put both in another order."""

    _back: Back | None = None

    def _item(self, purpose: str) -> Line | None:
        line = self.line
        if line is None or line.kind != "item":
            self.say(f"Stand on an item to {purpose}.")
            return None
        return line

    def _one_framework(self, line: Line, purpose: str) -> bool:
        """Whether a key means one framework here; what heads several is told so."""
        if line.mixed:
            self.say(f"{line.label} heads several frameworks, each with its own scale: stand on an item to {purpose}.")
        return not line.mixed

    # -- to the counterpart --------------------------------------------------------------------------------------

    def action_counterpart(self) -> None:
        """Go to the counterpart in the other framework, and from there back."""
        line = self._of_item("go to its counterpart")
        if line is None:
            return
        back = self._back
        if back is not None and back.here == line.key and self.desk.walk.place(back.there) is not None:
            self._go_across(line, back.there, back)
            return
        target = self.desk.walk.across(line)
        if target is None:
            self.say(self._nowhere(line))
        else:
            self._go_across(line, target, None)

    def _of_item(self, purpose: str) -> Line | None:
        """The item in hand; of a clause its first point."""
        line, walk = self.line, self.desk.walk
        if line is not None and line.kind == "group" and line.items and line.items[0] in self._own_items(line):
            place = walk.place((line.catalog, line.items[0]))
            return walk.lines[place] if place is not None else None
        return self._item(purpose)

    def _own_items(self, line: Line) -> set[str]:
        catalog = self.desk.case(line.catalog).scope.catalog
        return set() if catalog.levels else {item.id for item in catalog.items_of.get(line.id, ())}

    def _go_across(self, line: Line, target: Pair, back: Back | None) -> None:
        place = self.desk.place
        came = Back(target, line.key, place.filter, place.words, frozenset(place.folded))
        if back is not None:
            place.filter, place.words = back.view, back.words
            place.folded.clear()
            place.folded.update(back.folded)
            self._list_again()
        self.stand_on(*target)
        self._back = came
        if back is None:
            self.say(f"{target[1]} is the counterpart of {line.id}; x goes back")
        else:
            self.say(f"Back at {target[1]}; x goes to {line.id} again")

    def _nowhere(self, line: Line) -> str:
        from gapbench.tui.screens.walk_pairs import none_words

        if self.desk.walk.counterparts.of(*line.key):
            return f"No counterpart of {line.id} is asked here: above the level aimed at, or out of scope."
        return none_words(self.desk, line)

    def action_pairs(self) -> None:
        """Every counterpart of the item in hand with its reasons."""
        line = self._of_item("see its counterparts")
        if line is not None:
            from gapbench.tui.screens.walk_pairs import PairsReading

            self.app.push_screen(PairsReading(self.desk, line))

    # -- one note for both ---------------------------------------------------------------------------------------

    def action_note_both(self) -> None:
        """Write one note for the item in hand and for what the counterpart's key leads to, as one step."""
        line = self._item("write a note for it and its counterpart")
        target = self.desk.walk.across(line) if line else None
        if line is None:
            return
        if target is None:
            self.say(f"{self._nowhere(line)} t writes the note of {line.id} alone.")
        else:
            dialogs.note_both(self, line.key, target)

    # -- orders --------------------------------------------------------------------------------------------------

    def action_order(self) -> None:
        """Put the walk in the next order, with the cursor on the same item."""
        walk, place = self.desk.walk, self.desk.place
        order = ORDERS[(ORDERS.index(walk.order) + 1) % len(ORDERS)]
        place.line = walk.turn_to(order, place.line)
        self._list_again()
        self.say(f"The walk is in order {WORDS[order]}; o takes the next order")
