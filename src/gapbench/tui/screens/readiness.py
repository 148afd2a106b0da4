"""Readiness: clauses as bars, areas and processes as a grid of levels, verdicts with their reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical

from gapbench.tui.keys import READINESS, bindings
from gapbench.tui.screens import walk_dialogs as dialogs
from gapbench.tui.screens.desk_screen import DeskScreen
from gapbench.tui.screens.readiness_rows import figures, verdict_rows
from gapbench.tui.widgets.canvas import Canvas, Row, wrap
from gapbench.tui.widgets.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import Binding
    from textual.widget import Widget

    from gapbench.engagement.values import Change
    from gapbench.tui.screens.figures import Figure


class Verdict(Canvas):
    """A framework's verdict and its first reasons."""

    DEFAULT_CSS = "Verdict { height: 8; padding: 0 1; }"

    def __init__(self, catalog: str) -> None:
        super().__init__()
        self.catalog = catalog

    def rows(self, width: int, height: int) -> list[Row]:
        """The verdict in words, then what stands before the next better one."""
        screen = self.screen
        assert isinstance(screen, ReadinessScreen)  # noqa: S101 - lives on this screen only
        return verdict_rows(screen.desk, self.catalog, width, height)


class Nothing(Canvas):
    """What stands here before there is a framework."""

    DEFAULT_CSS = "Nothing { height: 1fr; padding: 1; }"

    def rows(self, width: int, height: int) -> list[Row]:
        """The way on."""
        words = "Nothing to be ready for yet: s (scope), then a adds a framework."
        return [[(line, "dim")] for line in wrap(words, width)]


class Side(Vertical):
    """One framework: verdict and figures."""

    def __init__(self, catalog: str, second: bool) -> None:
        super().__init__(classes="-second" if second else "")
        self.catalog = catalog
        self.figures: list[Figure] = []

    def compose(self) -> Iterable[Widget]:
        """Verdict above, figures below."""
        yield Verdict(self.catalog)
        yield Outline(self._row)

    def _row(self, index: int, width: int) -> Row:
        return self.figures[index].row(width)

    def show(self, figures_now: list[Figure]) -> None:
        """Take new figures; the cursor stays."""
        self.figures = figures_now
        outline = self.query_one(Outline)
        outline.show(len(figures_now), outline.cursor)
        self.query_one(Verdict).redraw()


class ReadinessScreen(DeskScreen):
    """Both frameworks side by side, or one at a time where the screen is narrow."""

    NAME = READINESS
    AUTO_FOCUS = ""  # or the first side would take over from the one that the walk stands on
    BINDINGS: ClassVar[list[Binding]] = bindings(READINESS)  # type: ignore[assignment]

    def body(self) -> Iterable[Widget]:
        """One side per framework; of more than two, one at a time on all but huge screens."""
        self.set_class(len(self.desk.readiness.cases) > 2, "-many")
        with Horizontal(id="body"):
            if not self.desk.readiness.cases:
                yield Nothing()
            for number, catalog in enumerate(self.desk.readiness.cases):
                yield Side(catalog, number > 0)

    def begin(self) -> None:
        """Stand on the framework that the walk stands on."""
        here = self.desk.place.line[0]
        sides = list(self.query(Side))
        if sides:
            self._stand(next((side for side in sides if side.catalog == here), sides[0]))

    def took(self, change: Change | None) -> None:
        """New figures after a step; other frameworks are another screen."""
        if [side.catalog for side in self.query(Side)] != list(self.desk.readiness.cases):
            self.bench.show(self.NAME)
            return
        for side in self.query(Side):
            side.show(figures(self.desk, side.catalog))

    def _stand(self, side: Side) -> None:
        for each in self.query(Side):
            each.set_class(each is side, "-here")
        side.query_one(Outline).focus()

    @property
    def side(self) -> Side | None:
        """The framework in hand."""
        return next((side for side in self.query(Side) if side.has_class("-here")), None)

    @property
    def figure(self) -> Figure | None:
        """The figure under the cursor."""
        side = self.side
        return side.figures[side.query_one(Outline).cursor] if side and side.figures else None

    def action_move(self, rows: int) -> None:
        """Move the cursor by lines."""
        if self.side:
            self.side.query_one(Outline).move(rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by screenfuls."""
        if self.side:
            self.side.query_one(Outline).page(pages)

    def action_edge(self, end: int) -> None:
        """Go to the first or the last line."""
        if self.side:
            self.side.query_one(Outline).move_to(0 if end < 0 else len(self.side.figures) - 1)

    def action_side(self) -> None:
        """Go to the other framework."""
        sides = list(self.query(Side))
        if self.side and len(sides) > 1:
            self._stand(sides[(sides.index(self.side) + 1) % len(sides)])

    def action_enter(self) -> None:
        """Show what stands behind the figure."""
        self.action_arithmetic()

    def action_arithmetic(self) -> None:
        """Show the arithmetic of the figure in hand."""
        if self.side and self.figure:
            dialogs.arithmetic(self, self.side.catalog, self.figure.subject)

    def action_go(self) -> None:
        """Go to the place of the figure in the walk."""
        if self.side and self.figure and self.figure.place:
            self.bench.go_to(self.side.catalog, self.figure.place)

    def on_outline_chosen(self, event: Outline.Chosen) -> None:
        """A second click opens."""
        self.action_arithmetic()

    def on_descendant_focus(self, event: object) -> None:
        """A click on the other side takes it in hand."""
        focused = self.focused
        side = next((side for side in self.query(Side) if side.query_one(Outline) is focused), None)
        if side is not None and side is not self.side:
            self._stand(side)
