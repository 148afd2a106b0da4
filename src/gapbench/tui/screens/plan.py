"""The plan: packages in the order of work as a table, a timeline and a forecast, and what if; audits and review."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical

from gapbench.errors import GapbenchError
from gapbench.tui.keys import PLAN, bindings
from gapbench.tui.screens.ask import AskLine, Reading
from gapbench.tui.screens.desk_screen import DeskScreen
from gapbench.tui.screens.plan_card import package_rows
from gapbench.tui.screens.plan_edit import Editor
from gapbench.tui.screens.plan_forecast import Page
from gapbench.tui.screens.plan_rows import Line, foot_rows, header_row, line_row, lines_of, place_of, summary_rows
from gapbench.tui.screens.plan_settings import PlanSettings
from gapbench.tui.screens.plan_timeline import LEGEND, Drawing, timeline_lines
from gapbench.tui.screens.plan_whatif import WhatIf, now
from gapbench.tui.screens.plan_words import effort_of
from gapbench.tui.screens.programme import agenda_rows, programme_rows
from gapbench.tui.widgets.canvas import Canvas, Piece, Row, justified, wrap
from gapbench.tui.widgets.outline import Outline
from gapbench.work.planning import Planner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.binding import Binding
    from textual.widget import Widget

    from gapbench.engagement.values import Change
    from gapbench.planning.values import Settings
    from gapbench.work.planning import Plan

TABS = ("table", "timeline", "forecast")
PAGES = {"forecast": "forecast", "audits": "audit programme", "review": "management review"}
DEFAULT_DAYS = "30"
_NOTHING = "Nothing to plan for yet: s (scope), then a adds a framework."
_STAND = "Stand on a package first; esc and tab lead to the table."
_EMPTY = "Nothing that was rated is open. w goes on in the walk, a writes an action of your own."


class Top(Canvas):
    """What the plan comes to, or what the ticked packages would give."""

    DEFAULT_CSS = "Top { height: 3; padding: 0 1; background: $surface; }"

    def rows(self, width: int, height: int) -> Sequence[Row]:
        """Two lines of figures and one of views."""
        screen = self.screen
        assert isinstance(screen, PlanScreen)  # noqa: S101 - lives on this screen only
        return screen.top_rows(width)


class Heads(Canvas):
    """Names of the columns, or the scale of the timeline."""

    DEFAULT_CSS = "Heads { height: 1; } Heads.-two { height: 2; } Heads.-none { display: none; }"

    def rows(self, width: int, height: int) -> Sequence[Row]:
        """As wide as the list below, which may have a scroll bar."""
        screen = self.screen
        assert isinstance(screen, PlanScreen)  # noqa: S101 - lives on this screen only
        return [[(" ", ""), *row] for row in screen.head_rows()]


class Foot(Canvas):
    """What the line in hand closes, and when it runs."""

    DEFAULT_CSS = "Foot { height: 2; padding: 0 1; background: $surface; }"

    def rows(self, width: int, height: int) -> Sequence[Row]:
        """Two lines."""
        screen = self.screen
        assert isinstance(screen, PlanScreen)  # noqa: S101 - lives on this screen only
        return screen.foot_rows(width)


class PlanScreen(DeskScreen):
    """One plan for both frameworks.

    Attributes:
        plan: The plan as it is now; None while something keeps it from being made, and `problem` says what.
        view: "table", "timeline", "forecast", "audits" or "review".
    """

    NAME = PLAN
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[Binding]] = bindings(PLAN)  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.plan: Plan | None = None
        self.problem = ""
        self.view = "table"
        self._unrated_is_met = False
        self._what_if: WhatIf | None = None
        self._opened: set[str] = set()
        self._lines: list[Line] = []
        self._page: list[Row] = []
        self._page_width = 0
        self._drawing: Drawing | None = None
        self._planners: dict[bool, Planner] = {}
        self._edit = Editor(self)

    def body(self) -> Iterable[Widget]:
        """Figures, columns, lines or a page, and what stands behind the line in hand."""
        yield Top()
        with Vertical(id="body"):
            yield Heads()
            yield Outline(self._row, id="lines", moved=self._moved)
            yield Outline(self._page_row, id="page", margin=0, reading=True)
        yield Foot()

    # -- the plan --------------------------------------------------------------------------------------------------

    @property
    def today(self) -> date:
        """The day of looking."""
        return (self.bench.clock() if self.bench.clock else datetime.now(UTC)).astimezone().date()

    @property
    def planner(self) -> Planner:
        """The planner of the premise in force; each remembers what it forecast."""
        key = self._unrated_is_met
        if key not in self._planners:
            self._planners[key] = Planner(
                self.desk.engagement, self.desk.readiness, today=self.today, unrated_is_met=key
            )
        return self._planners[key]

    def took(self, change: Change | None) -> None:
        """Make the plan anew after a step; the cursor stays on its package."""
        for planner in self._planners.values():
            if change is not None:
                planner.take(change)
        self._look()
        self._show()

    def begin(self) -> None:
        """Stand on the package that closes what the walk stands on."""
        self._lines_outline.focus()
        catalog, line = self.desk.place.line
        for index, each in enumerate(self._lines):
            its = self.plan.package[each.package].open if self.plan else ()
            if any(it.ref[0] == catalog and (it.ref[1] == line or line in it.open_items) for it in its):
                self._lines_outline.move_to(index)
                return

    def _look(self) -> None:
        try:
            self.plan, self.problem = self.planner.look(), ""
        except GapbenchError as problem:
            self.plan, self.problem = None, str(problem)
        self._page_width, self._drawing = 0, None
        if self._what_if is not None and self.plan is not None:
            self._what_if.keep(self.plan)

    def _show(self) -> None:
        """Draw the view; the cursor stays on its line where that is still there."""
        outline = self._lines_outline
        old = self._lines[outline.cursor] if outline.cursor < len(self._lines) else None
        pages = self._on_page
        self._lines = self._wanted_lines()
        outline.display = not pages
        self.query_one("#page", Outline).display = pages
        heads = self.query_one(Heads)
        heads.set_class(pages, "-none")
        heads.set_class(self.view == "timeline", "-two")
        self.query_one(Foot).display = not pages
        outline.show(len(self._lines), place_of(old, self._lines, outline.cursor) if old else None)
        if pages:
            self._page_width = 0
            self.call_after_refresh(self._lay_out)
        else:
            outline.focus()
        self._redraw()
        self.call_after_refresh(self._redraw)  # a scroll bar that came or went takes a column

    def _wanted_lines(self) -> list[Line]:
        if self.plan is None:
            return []
        return timeline_lines(self.plan) if self.view == "timeline" else lines_of(self.plan, self._opened)

    def _redraw(self) -> None:
        for canvas in self.query(Canvas):
            if isinstance(canvas, Top | Heads | Foot):
                canvas.redraw()

    def _moved(self) -> None:
        self.query_one(Foot).redraw()

    @property
    def _on_page(self) -> bool:
        """Whether a text is read, and not lines with a cursor."""
        return self.plan is None or self.view in PAGES or not self.plan.packages

    # -- what is drawn ---------------------------------------------------------------------------------------------

    @property
    def _lines_outline(self) -> Outline:
        return self.query_one("#lines", Outline)

    @property
    def _shown(self) -> Outline:
        return next((each for each in self.query(Outline) if each.display), self._lines_outline)

    @property
    def line(self) -> Line | None:
        """The line in hand; none on a page."""
        cursor = self._lines_outline.cursor
        return None if self._on_page or cursor >= len(self._lines) else self._lines[cursor]

    @property
    def ticks(self) -> set[str] | None:
        """Packages that are ticked, while the question is what if."""
        return self._what_if.ticks if self._what_if is not None else None

    def _drawn(self, width: int) -> Drawing:
        assert self.plan is not None  # noqa: S101 - there are lines only while there is a plan
        if self._drawing is None or self._drawing.width != width:
            self._drawing = Drawing.of(self.plan, width)
        return self._drawing

    def _row(self, index: int, width: int) -> Row:
        if self.plan is None or index >= len(self._lines):
            return []
        line = self._lines[index]
        if self.view == "timeline":
            return self._drawn(width).row(line)
        return line_row(self.plan, line, width, self.ticks)

    def _page_row(self, index: int, width: int) -> Row:
        return self._page[index]

    def top_rows(self, width: int) -> list[Row]:
        """Figures of the plan, and which view this is."""
        rows: list[Row] = [[], []]
        if self.plan is not None and self._what_if is not None:
            rows = self._what_if.rows(self.plan, width, unrated_is_met=self._unrated_is_met)
        elif self.plan is not None:
            rows = summary_rows(self.plan, width)
        tabs: list[Piece] = []
        for name in (*TABS, *([self.view] if self.view not in TABS else [])):
            here = name == self.view
            tabs += [
                (f"[{PAGES.get(name, name)}]" if here else f" {PAGES.get(name, name)} ", "title" if here else "dim")
            ]
        legend = LEGEND if self.view == "timeline" else "M first band  C critical path  L late"
        premise = "unrated taken for met   " if self._unrated_is_met else ""
        legend = legend if self.view in ("table", "timeline") and width > len(premise) + len(legend) + 34 else ""
        return [*rows, justified(tabs, [(premise, "note"), (legend, "faint")], width)]

    def head_rows(self) -> list[Row]:
        """Names of the columns, or the scale."""
        width = self._lines_outline.scrollable_content_region.width - 1
        if self.plan is None or width < 1:
            return []
        if self.view == "timeline":
            return self._drawn(width).heads()
        return [header_row(self.plan, width, ticks=self._what_if is not None)]

    def foot_rows(self, width: int) -> list[Row]:
        """What stands behind the line in hand."""
        return foot_rows(self.plan, self.line, width) if self.plan is not None else []

    def on_resize(self) -> None:
        """Lay a page out for the new width."""
        self.call_after_refresh(self._lay_out)
        self.call_after_refresh(self._redraw)

    def _lay_out(self) -> None:
        page = self.query_one("#page", Outline)
        width = page.scrollable_content_region.width - 2
        if not page.display or width < 1 or width == self._page_width:
            return
        self._page_width = width
        self._page = self._page_rows(width)
        page.show(len(self._page), 0)
        page.focus()

    def _page_rows(self, width: int) -> list[Row]:
        plan = self.plan
        if plan is None:
            words = f"{self.problem} c changes the settings of the programme, z takes the last step back."
            return [[(line, "bad")] for line in wrap(words, width)]
        if not plan.parts or (self.view not in PAGES and not plan.packages):
            return [[(line, "dim")] for line in wrap(_EMPTY if plan.parts else _NOTHING, width)]
        if self.view == "audits":
            return programme_rows(plan, width)
        if self.view == "review":
            return agenda_rows(plan, width)
        met = self._unrated_is_met
        return Page(plan, now(plan, unrated_is_met=met), met).rows(width)

    # -- moving ----------------------------------------------------------------------------------------------------

    def action_move(self, rows: int) -> None:
        """Move the cursor by lines, or scroll a page."""
        self._shown.move(rows)

    def action_page(self, pages: int) -> None:
        """Move by screenfuls."""
        self._shown.page(pages)

    def action_edge(self, end: int) -> None:
        """Go to the first or the last line."""
        shown = self._shown
        if shown is self._lines_outline:
            shown.move_to(0 if end < 0 else shown.count - 1)
        else:
            shown.move(-shown.count if end < 0 else shown.count)

    def action_next_view(self) -> None:
        """Table, timeline, forecast, round and round."""
        at = TABS.index(self.view) if self.view in TABS else -1
        self.action_look(TABS[(at + 1) % len(TABS)])

    def action_look(self, view: str) -> None:
        """Go to a view."""
        self.view = view
        self._show()

    def action_out(self) -> None:
        """Out of what if, or of a page; on the table it is harmless."""
        if self._what_if is not None:
            self._what_if = None
            self.say("Nothing was changed.", "dim")
            self._show()
        elif self.view != "table":
            self.action_look("table")
        else:
            self.say("q goes back to the walk; everything is saved already.")

    def action_inwards(self) -> None:
        """Show the actions of the package in hand."""
        line = self.line
        if self.view == "table" and line is not None and line.action is None and self.plan is not None:
            if not self.plan.package[line.package].actions:
                self.say(f"{line.package} has no actions yet; a writes one.")
            self._opened.add(line.package)
            self._show()

    def action_outwards(self) -> None:
        """Put the actions of the package away and stand on it."""
        line = self.line
        if self.view == "table" and line is not None and line.package in self._opened:
            self._opened.discard(line.package)
            self._lines_outline.move_to(self._lines.index(Line(line.package)))
            self._show()

    def action_enter(self) -> None:
        """The card of a package, or the words of an action."""
        line = self.line
        if self.plan is None or line is None:
            return
        if line.action is not None and self._free():
            self._edit.words(line)
        elif line.gate is not None:
            gate = line.gate
            self.app.push_screen(Reading(gate.title, lambda width: foot_rows_of(gate.why, width)))
        elif line.action is None:
            self.app.push_screen(Reading("Work package", package_rows(self.plan, line.package)))

    def on_outline_chosen(self, event: Outline.Chosen) -> None:
        """A second click opens."""
        self.action_enter()

    def action_walk_there(self) -> None:
        """Go to the first open item of the package, or to what the action closes."""
        line = self.line
        if self.plan is None or line is None or not line.package:
            return
        refs = line.action.closes if line.action else [it.ref for it in self.plan.package[line.package].open]
        if refs:
            self.bench.go_to(*refs[0])
        else:
            self.say("Nothing of it stands in the walk.")

    # -- changing --------------------------------------------------------------------------------------------------

    def _free(self) -> bool:
        """Whether something may be written: not while the question is what if."""
        if self._what_if is not None:
            self.say("This is only what if; esc leaves it, then the plan can be changed.")
        return self._what_if is None

    def _change(self, verb: Callable[[Line], None], *, package: bool = False) -> None:
        line = self.line
        if not self._free():
            return
        if line is None or not line.package:
            self.say(_STAND)
        elif package and line.action is not None:
            self.say("That belongs to the package; stand on its line.")
        else:
            verb(line)

    def action_status(self) -> None:
        """On to the next status."""
        self._change(self._edit.status)

    def action_owner(self) -> None:
        """Say who does it."""
        self._change(self._edit.owner)

    def action_start(self) -> None:
        """Say from when on it may run."""
        self._change(self._edit.start)

    def action_due(self) -> None:
        """Say by when it is to be done."""
        self._change(self._edit.due)

    def action_shift(self, weeks: int) -> None:
        """Begin a week earlier or later."""
        self._change(lambda line: self._edit.shift(line, weeks))

    def action_effort(self) -> None:
        """Say how many person-days it takes."""
        self._change(self._edit.effort)

    def action_pain(self) -> None:
        """Say how likely and how bad the trouble behind it is."""
        self._change(self._edit.pain, package=True)

    def action_priority(self) -> None:
        """Set a priority of one's own."""
        self._change(self._edit.priority, package=True)

    def action_add_action(self) -> None:
        """Write an action into the package in hand."""
        line = self.line
        if self.plan is None or not self._free():
            return
        if line is not None and line.package:
            self._opened.add(line.package)
        self._edit.add(line.package if line is not None else "")

    def action_drop(self) -> None:
        """Drop an action, or what was decided."""
        self._change(self._edit.drop)

    def action_settings(self) -> None:
        """Change the settings of the programme."""
        if not self._free():
            return
        engagement, broken = self.desk.engagement, bool(self.problem)

        def refuse(settings: Settings) -> str | None:
            try:
                self.planner.trial(settings=settings)
            except GapbenchError as problem:
                return None if broken and str(problem) == self.problem else str(problem)
            return None

        def keep(settings: Settings | None) -> None:
            if settings is not None:
                self.do(lambda: engagement.set_plan(settings))

        self.app.push_screen(PlanSettings(engagement.plan_settings(), self.today, refuse), keep)

    # -- what if ---------------------------------------------------------------------------------------------------

    def action_what_if(self) -> None:
        """Begin to ask what if; the same key ends it."""
        if self._what_if is not None:
            self.action_out()
        elif self.plan is None:
            self.say(self.problem, "bad")
        else:
            self._what_if = WhatIf()
            self.view = "table"
            self.say("What if: space ticks, m asks what gives most, esc leaves.")
            self._show()

    def action_tick(self) -> None:
        """Tick the package in hand; begins to ask what if."""
        line = self.line
        if line is None or not line.package or self.plan is None:
            self.say(_STAND)
            return
        if self._what_if is None:
            self.action_what_if()
        assert self._what_if is not None  # noqa: S101 - begun just now
        self._what_if.tick(line.package)
        self._lines_outline.redraw_row(self._lines_outline.cursor)
        self._redraw()

    def action_most(self) -> None:
        """Ask for a number of person-days and tick what gives most."""
        plan = self.plan
        if plan is None:
            self.say(self.problem, "bad")
            return

        def answered(text: str | None) -> None:
            days = _days_of(text or "")
            if days is None or self.plan is None:
                return
            if self._what_if is None:
                self.action_what_if()
            assert self._what_if is not None  # noqa: S101 - begun just now
            self._what_if.take(self.plan.best(days), days)
            self._show()

        ask = AskLine(
            "How many person-days?",
            hint="Ticks the packages that give most for them, with all that they need. Nothing is written.",
            value=DEFAULT_DAYS,
            refuse=lambda text: None if _days_of(text) is not None else "Write a figure such as 30.",
        )
        self.app.push_screen(ask, answered)

    def action_unrated(self) -> None:
        """Take what nobody has rated for met, or as it is."""
        self._unrated_is_met = not self._unrated_is_met
        said = "is now taken for met" if self._unrated_is_met else "stays unrated"
        self._look()
        self._show()
        self.say(f"What nobody has rated {said}, in forecast and what if.")

    # -- taking along ----------------------------------------------------------------------------------------------

    def action_copy(self) -> None:
        """Copy what stands here as text."""
        rows = (
            self._page_rows(96) if self.view in PAGES else [self._row(index, 118) for index in range(len(self._lines))]
        )
        self.app.copy_to_clipboard("\n".join("".join(text for text, _ in row).rstrip() for row in rows))
        self.say(f"The {PAGES.get(self.view, self.view)} is copied, where the terminal allows it.")


def foot_rows_of(text: str, width: int) -> list[Row]:
    """A text laid out for a width."""
    return [[(line, "")] for line in wrap(text, width)]


def _days_of(text: str) -> float | None:
    try:
        found = effort_of(text)
    except GapbenchError:
        return None
    return found[0] if found else None
