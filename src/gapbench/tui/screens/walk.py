"""The walk: one item after the other, rated by one key and on disk before the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from gapbench.rating.models import model_of
from gapbench.tui.keys import WALK, bindings
from gapbench.tui.screens import walk_dialogs as dialogs
from gapbench.tui.screens.walk_across import WalkAcross
from gapbench.tui.screens.walk_cards import card_of, history_rows
from gapbench.tui.screens.walk_themes import saved_rows
from gapbench.tui.widgets.card import whole_card

if TYPE_CHECKING:
    from textual.binding import Binding

    from gapbench.engagement.values import Change
    from gapbench.rating.results import Value
    from gapbench.work.walk import Line


class WalkScreen(WalkAcross):
    """What the keys do to the item in hand."""

    NAME = WALK
    BINDINGS: ClassVar[list[Binding]] = bindings(WALK)  # type: ignore[assignment]

    # -- rating --------------------------------------------------------------------------------------------------

    def action_rate_key(self, key: str) -> None:
        """Rate along the scale of the framework in hand."""
        line = self.line
        if line is None or not self._one_framework(line, "rate"):
            return
        value = next((value for value in self._scale(line) if value.key == key), None)
        if key == "minus" and value is None:
            dialogs.exclude(self, line)
        elif value is None:
            keys = ", ".join(
                f"{each.key} {each.code if each.code.isupper() else each.word}"
                for each in self._scale(line)
                if len(each.key) == 1
            )
            self.say(f"That key rates nothing here. The scale in hand: {keys}.", "bad")
        elif value.needs == "reason":
            dialogs.not_applicable(self, line, value)
        else:
            self.rate(line, value)

    def _said(self, line: Line, value: Value) -> str:
        """A value as the field says it: the word of the audit, the two letters of the appraisal."""
        return value.word if self.desk.case(line.catalog).scope.catalog.model == "conformity" else value.code

    def _scale(self, line: Line) -> tuple[Value, ...]:
        scope = self.desk.case(line.catalog).scope
        return model_of(scope).scale(scope.catalog)

    def rate(self, line: Line, value: Value, reason: str | None = None) -> None:
        """Rate what the cursor is on and step on; a heading rates what is unrated below it."""
        engagement = self.desk.engagement
        if line.kind == "item":
            unit = self.desk.walk.unit_of(line.catalog, line.id)
            cells = [(line.id, unit.id)]
        elif line.kind == "framework":
            self.say(f"Stand on a heading or an item to rate; {line.title} is too much for one key.")
            return
        else:
            self._rate_below(line, value, reason)
            return
        due = "n writes the weakness" if value.needs == "note" else ""
        done = self.do(lambda: engagement.rate(line.catalog, cells, value.code, reason=reason), due)
        already = not done and self.desk.walk.answer(line.catalog, line.id).value == value.code
        if already:
            self.say(f"{line.id} is {value.word} already; nothing was written.", "dim")
        if done or already:
            self.desk.place.last_rated = (line.catalog, *cells[0])
            self._step_on()

    def _rate_below(self, line: Line, value: Value, reason: str | None) -> None:
        """Rate what is unrated below a heading as one step, in both editions where two are asked together."""
        walk, engagement = self.desk.walk, self.desk.engagement
        cells = {line.catalog: walk.unrated_below(line, value.code), **walk.unrated_more(line, value.code)}
        count = sum(map(len, cells.values()))
        name = line.label or line.title
        if not count:
            self.say(f"Everything below {name} has a rating already.")
            return
        title = f"Rate {count} unrated below {name} {self._said(line, value)}"

        def rate() -> Change:
            with engagement.together(title) as step:
                for catalog, each in cells.items():
                    if each:
                        engagement.rate(catalog, each, value.code, reason=reason)
            return step.change

        if len(cells) > 1:
            self.do(rate)
        else:
            self.do(lambda: engagement.rate(line.catalog, cells[line.catalog], value.code, reason=reason, title=title))

    def action_confirm(self) -> None:
        """Let what came along from the edition before stand as it is."""
        line = self.line
        cells = self.desk.walk.carried_below(line) if line else []
        if line is not None and not self._one_framework(line, "confirm"):
            return
        if line is None or not cells:
            self.say("Nothing here came along from an edition before and waits to be confirmed.")
        elif self.do(lambda: self.desk.engagement.confirm(line.catalog, cells)) and line.kind == "item":
            self._step_on()

    def action_own_words(self) -> None:
        """Read the person's own text on the item in hand."""
        line = self._item("read your own text on it")
        if line:
            dialogs.own_words(self, line)

    def _step_on(self) -> None:
        after = range(self.outline.cursor + 1, len(self._shown))
        index = next((index for index in after if self._shown[index].kind == "item"), None)
        if index is not None:
            self.outline.move_to(index)

    def action_clear(self) -> None:
        """Take the rating of the item in hand away."""
        line = self.line
        if line is None or line.kind != "item":
            self.say("Stand on an item to clear its rating; z takes the last step back.")
            return
        unit = self.desk.walk.unit_of(line.catalog, line.id)
        self.do(lambda: self.desk.engagement.rate(line.catalog, [(line.id, unit.id)], ""))

    def action_flag(self) -> None:
        """Flag the item in hand, or take the flag away."""
        line = self._item("flag it")
        if line:
            unit = self.desk.walk.unit_of(line.catalog, line.id)
            on = not self.desk.walk.answer(line.catalog, line.id).flag
            self.do(lambda: self.desk.engagement.flag(line.catalog, line.id, unit.id, on))

    # -- writing -------------------------------------------------------------------------------------------------

    def action_note(self) -> None:
        """Write the note of the item in hand."""
        line = self._item("write a note")
        if line:
            dialogs.note(self, line.catalog, line.id, self.desk.walk.unit_of(line.catalog, line.id).id)

    def action_note_last(self) -> None:
        """Write the note of the item rated last: the cursor has stepped on already."""
        last = self._last_rated()
        if last:
            dialogs.note(self, *last)

    def action_finding_last(self) -> None:
        """Write the finding on the item rated last: the cursor has stepped on already."""
        last = self._last_rated()
        if last:
            dialogs.finding(self, self.desk.walk.lines[self.desk.walk.place(last[:2]) or 0])

    def _last_rated(self) -> tuple[str, str, str] | None:
        last = self.desk.place.last_rated
        units = {"", *(unit.id for unit in self.desk.engagement.units())}
        if last and last[2] in units and self.desk.walk.place(last[:2]) is not None:
            return last
        self.say("Nothing that is in scope has been rated in this sitting yet.")
        return None

    def action_finding(self) -> None:
        """Write or change the finding on the line in hand."""
        if self.line is not None and self._one_framework(self.line, "write a finding"):
            dialogs.finding(self, self.line)

    def action_decide(self) -> None:
        """Record a judgement."""
        if self.line is not None and self._one_framework(self.line, "record a judgement"):
            dialogs.decide(self, self.line)

    # -- looking closer ------------------------------------------------------------------------------------------------

    def action_history(self) -> None:
        """Every step on the item in hand."""
        line = self._item("see its history")
        if line:
            dialogs.read(self, f"History of {line.id}", lambda width: history_rows(self.desk, line, width, 200))

    def action_copy(self) -> None:
        """Copy the card in hand as plain text."""
        line = self._item("copy its card")
        if line:
            rows = whole_card(card_of(self.desk, line), 96)
            self.app.copy_to_clipboard("\n".join("".join(text for text, _ in row).rstrip() for row in rows))
            self.say(f"The card of {line.id} is copied, where the terminal allows it.")

    def action_arithmetic(self) -> None:
        """Show what stands behind the figure of the line in hand."""
        line = self.line
        if line is not None and line.mixed:
            dialogs.read(self, "Questions asked and saved", lambda width: saved_rows(self.desk, line, width))
        elif line is not None:
            dialogs.arithmetic(self, line.catalog, "" if line.kind == "framework" else line.id)
