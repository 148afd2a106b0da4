"""The advisor: a short dialogue with numbered answers, then a path, its reasons and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.screen import Screen

from gapbench.catalog.guide import guide
from gapbench.planning.advice import advise, asked
from gapbench.tui.keys import ADVISOR, bindings
from gapbench.tui.widgets.bars import KeyBar, StatusBar
from gapbench.tui.widgets.canvas import Canvas, Row, fit, wrap, wrapped
from gapbench.tui.widgets.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult
    from textual.binding import Binding
    from textual.events import Key

    from gapbench.catalog.guide import Guide, Input
    from gapbench.planning.advice import Advice
    from gapbench.tui.app import GapbenchApp

LONGEST = 4
"""Digits of a number that is asked."""

Said = tuple[str, "str | int"]
"""A question and its answer, "" when it was left open."""


class Question(Canvas):
    """Which question this is, and what has been said so far."""

    DEFAULT_CSS = "Question { height: 4; padding: 0 1; }"

    def rows(self, width: int, height: int) -> Sequence[Row]:
        """The question, and where the answers lead so far."""
        screen = self.screen
        assert isinstance(screen, AdvisorScreen)  # noqa: S101 - lives on this screen only
        return screen.head_rows(width)


class AdvisorScreen(Screen[None]):
    """Questions one by one; `back` names the screen to go back to, "" is the list of engagements."""

    NAME = ADVISOR
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[Binding]] = bindings(ADVISOR)  # type: ignore[assignment]

    def __init__(self, back: str = "") -> None:
        super().__init__()
        self._back = back
        self._guide: Guide = guide()
        self._said: list[Said] = []
        self._typed = ""
        self._done = False
        self._rows: list[Row] = []
        self._width = 0

    def compose(self) -> ComposeResult:
        """Question, answers or advice, status, keys."""
        yield Question()
        yield Outline(self._answer_row, id="lines", margin=0)
        yield Outline(self._advice_row, id="advice", margin=0, reading=True)
        yield StatusBar()
        yield KeyBar(ADVISOR)

    def on_mount(self) -> None:
        """Ask the first question."""
        self._show()

    @property
    def _bench(self) -> GapbenchApp:
        return cast("GapbenchApp", self.app)

    @property
    def _inputs(self) -> dict[str, str | int]:
        return {name: value for name, value in self._said if value != ""}

    @property
    def question(self) -> Input | None:
        """The question that is asked now; None once there is advice."""
        if self._done:
            return None
        passed = {name for name, _ in self._said}
        return next((each for each in asked(self._guide, self._inputs) if each.id not in passed), None)

    @property
    def advice(self) -> Advice:
        """Where the answers lead."""
        return advise(self._guide, self._inputs)

    # -- drawing ---------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        question = self.question
        outline, page = self.query_one("#lines", Outline), self.query_one("#advice", Outline)
        outline.display, page.display = question is not None, question is None
        if question is not None:
            outline.show(len(question.values), 0)
            outline.focus()
        else:
            self._width = 0
            self.call_after_refresh(self._lay_out)
            page.focus()
        self.query_one(Question).redraw()
        advice = self.advice
        words = f"So far: {advice.name}" if question is not None and self._said else ""
        self.query_one(StatusBar).say(words, "dim")

    def head_rows(self, width: int) -> list[Row]:
        """The question, how it is answered, and which one it is."""
        question = self.question
        if question is None:
            return [[], [("Advisor", "title"), ("   indicative: the client's contract decides", "dim")]]
        number = len(self._said) + 1
        how = (
            "its number takes it, or arrows and enter"
            if question.values
            else f"type a number of {question.unit}, enter"
        )
        head: Row = [("Advisor", "title"), (f"   question {number}   ", "dim"), (fit(how, max(10, width - 26)), "dim")]
        typed: list[Row] = [] if question.values else [[("  > ", "key"), (f"{self._typed}_", "question")]]
        return [head, [], *([(line, "question")] for line in wrap(question.ask, width)[:1]), *typed]

    def _answer_row(self, index: int, width: int) -> Row:
        question = self.question
        if question is None:
            return []
        words = list(question.values.values())[index]
        return [(f"{index + 1:>3}  ", "key"), (fit(words, width - 5), "")]

    def _advice_row(self, index: int, width: int) -> Row:
        return self._rows[index]

    def on_resize(self) -> None:
        """Lay the advice out for the new width."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        page = self.query_one("#advice", Outline)
        width = page.scrollable_content_region.width - 2
        if not page.display or width < 1 or width == self._width:
            return
        self._width = width
        self._rows = advice_rows(self._guide, self.advice, width)
        page.show(len(self._rows), 0)

    # -- answering -------------------------------------------------------------------------------------------------

    def on_key(self, event: Key) -> None:
        """A digit takes an answer, or writes the number that is asked."""
        question, digit = self.question, event.character or ""
        if question is None or not ((digit.isascii() and digit.isdigit()) or event.key == "backspace"):
            return
        event.stop()
        if event.key == "backspace":
            self._typed = self._typed[:-1]
        elif self._can_go_on(question, digit):
            self._typed += digit
            if question.values and not self._can_go_on(question, "0"):
                self.action_enter()
                return
        self.query_one(Question).redraw()
        if question.values and self._typed:
            self.query_one("#lines", Outline).move_to(int(self._typed) - 1)

    def _can_go_on(self, question: Input, digit: str) -> bool:
        """Whether a number that begins so is one that can be taken."""
        text = self._typed + digit
        if not question.values:
            return len(text) <= LONGEST
        return 1 <= int(text) <= len(question.values)

    def action_enter(self) -> None:
        """Take what is typed, or the answer under the cursor."""
        question = self.question
        if question is None:
            return
        if question.values:
            at = int(self._typed) - 1 if self._typed else self.query_one("#lines", Outline).cursor
            self._take(question, list(question.values)[at])
        else:
            self._take(question, int(self._typed) if self._typed else "")

    def on_outline_chosen(self, event: Outline.Chosen) -> None:
        """A second click takes it too."""
        if event.outline.id == "lines":
            self.action_enter()

    def action_leave_open(self) -> None:
        """Leave the question open."""
        if self.question is not None:
            self._take(self.question, "")

    def _take(self, question: Input, value: str | int) -> None:
        self._said.append((question.id, value))
        self._typed = ""
        self._show()

    def action_advise(self) -> None:
        """Advise with what is known."""
        if self.question is None:
            return
        self._done, self._typed = True, ""
        self._show()

    def action_again(self) -> None:
        """Begin anew."""
        self._said, self._typed, self._done = [], "", False
        self._show()

    def action_copy(self) -> None:
        """Copy the advice as text."""
        if self.question is not None:
            self._bench.say("There is no advice yet; a advises with what is known.")
            return
        rows = advice_rows(self._guide, self.advice, 96)
        self.app.copy_to_clipboard("\n".join("".join(text for text, _ in row).rstrip() for row in rows))
        self._bench.say("The advice is copied, where the terminal allows it.")

    # -- moving ----------------------------------------------------------------------------------------------------

    @property
    def _shown(self) -> Outline:
        return self.query_one("#lines" if self.question is not None else "#advice", Outline)

    def action_move(self, rows: int) -> None:
        """Move the cursor, or scroll the advice."""
        self._typed = ""
        self._shown.move(rows)

    def action_page(self, pages: int) -> None:
        """Move by screenfuls."""
        self._shown.page(pages)

    def action_edge(self, end: int) -> None:
        """Go to the first or the last line."""
        self._shown.move(-self._shown.count if end < 0 else self._shown.count)

    def action_out(self) -> None:
        """One question back; from the first one out."""
        if self._done:
            self._done = False
        elif self._said:
            self._said.pop()
        else:
            self.action_back()
            return
        self._typed = ""
        self._show()

    def action_back(self) -> None:
        """Out, to where the person came from."""
        if self._bench.desk is None:
            self._bench.show_home()
        else:
            self._bench.show(self._back or "walk")

    def action_help(self) -> None:
        """Show the keys that work here."""
        self._bench.show_help(ADVISOR)

    def action_theme(self) -> None:
        """Change between dark and light."""
        self._bench.toggle_theme()


# -- the advice ------------------------------------------------------------------------------------------------------


def advice_rows(known: Guide, advice: Advice, width: int) -> list[Row]:
    """Path, reasons, rule, modifiers, what would change it, what was said and what was assumed."""
    rows: list[Row] = [*wrapped([(advice.name, "question")], width)]
    for reason in advice.reasons:
        rows += wrapped([("  - ", "dim"), (reason, "")], width)
    rows += wrapped([("  rule ", "faint"), (f"{advice.rule}: {advice.source}", "dim")], width)
    if advice.modifiers:
        rows += [[], [("Besides", "title")]]
        for each in advice.modifiers:
            rows += wrapped([("  + ", "key"), (f"{each.add} {each.why}", "")], width)
    if advice.would_change:
        rows += [[], [("What would change it", "title")]]
        rows += _changes(known, advice, width)
    rows += [[], [("What this rests on", "title")]]
    for name, value in advice.inputs.items():
        assumed = "   assumed, nobody said" if name in advice.assumed else ""
        question = known.input[name]
        text = f"{question.values.get(str(value), f'{value} {question.unit}')}{assumed}"
        rows += wrapped([(f"  {name.replace('_', ' '):<26}", "faint"), (text, "dim" if assumed else "")], width)
    return [*rows, [], *([(line, "dim")] for line in wrap(known.notice, width))]


def _changes(known: Guide, advice: Advice, width: int) -> Iterator[Row]:
    paths: dict[str, dict[str, list[str]]] = {}
    for each in advice.would_change:
        paths.setdefault(each.path, {}).setdefault(each.input, []).append(each.to)
    for path, answers in paths.items():
        yield [(f"  {fit(known.path[path].name, width - 2)}", "strong")]
        for name, values in answers.items():
            said = " or ".join(known.input[name].values.get(value, value) for value in values)
            yield from wrapped([(f"    {name.replace('_', ' ')}: ", "faint"), (said, "")], width)
