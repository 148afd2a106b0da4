"""Home: the engagements of a folder, each with its readiness; the first run offers the worked example."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar, cast

from textual.screen import Screen

from gapbench.errors import GapbenchError
from gapbench.tui.keys import HOME, bindings
from gapbench.tui.widgets.bars import KeyBar, StatusBar
from gapbench.tui.widgets.canvas import Canvas, Piece, Row, fit, justified, width_of
from gapbench.tui.widgets.outline import Outline
from gapbench.work.shelf import Book, look, shelf

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import Binding

    from gapbench.tui.app import GapbenchApp

_WELCOME: tuple[tuple[str, str, str], ...] = (
    ("e", "the worked example", "a defence software house, day one of two done"),
    ("n", "a new engagement", "client, frameworks, units, step by step"),
    ("?", "keys and help", "on every screen"),
)


class Banner(Canvas):
    """Name, purpose and folder; on an empty shelf the three keys to begin with."""

    DEFAULT_CSS = "Banner { height: 3; padding: 0 1; } Banner.-empty { height: 11; }"

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def rows(self, width: int, height: int) -> Iterable[Row]:  # type: ignore[override]
        """A few rows."""
        head: Row = justified(
            [("gapbench", "title"), ("   ISO 9001 and CMMI gap sessions, on this laptop only", "dim")],
            [(fit(str(self._folder), max(10, width // 2)), "faint")],
            width,
        )
        if not self.has_class("-empty"):
            return [[], head]
        rows: list[Row] = [[], head, [], [("No engagement in this folder yet.", "strong")], []]
        rows += [[(f"  {key}  ", "key"), (f"{word:<20}", "strong"), (why, "dim")] for key, word, why in _WELCOME]
        return rows


class HomeScreen(Screen[None]):
    """The shelf."""

    NAME = HOME
    BINDINGS: ClassVar[list[Binding]] = bindings(HOME)  # type: ignore[assignment]

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self._paths: list[Path] = []
        self._books: dict[Path, Book] = {}

    def compose(self) -> ComposeResult:
        """Banner, engagements, status, keys."""
        yield Banner(self.folder)
        yield Outline(self._row)
        yield StatusBar()
        yield KeyBar(HOME)

    @property
    def _bench(self) -> GapbenchApp:
        return cast("GapbenchApp", self.app)

    @property
    def _outline(self) -> Outline:
        return self.query_one(Outline)

    def on_mount(self) -> None:
        """List the folder, then read one file after the other."""
        self._paths = shelf(self.folder)
        self.query_one(Banner).set_class(not self._paths, "-empty")
        self._outline.show(len(self._paths), 0)
        self._outline.focus()
        if self._bench.said:
            self.query_one(StatusBar).say(*self._bench.said)
        self._read_next(0)

    def _read_next(self, index: int) -> None:
        """One file at a time, so that keys are heard in between."""
        if index < len(self._paths) and self.is_attached:
            self._books[self._paths[index]] = look(self._paths[index])
            self._outline.redraw_row(index)
            self.call_later(self._read_next, index + 1)

    def _row(self, index: int, width: int) -> Row:
        path = self._paths[index]
        book = self._books.get(path)
        if book is None:
            return [(f" {path.name}", ""), ("  reading ...", "faint")]
        if book.problem:
            return [(f" {path.name}  ", ""), (fit(book.problem, width - len(path.name) - 4), "bad")]
        name_width = max(20, min(44, width // 3))
        left: list[Piece] = [(f" {fit(book.client, name_width):<{name_width}}", "strong")]
        for form in (_figures_full, _figures_short, _figures_none):
            right = [*form(book), (f"  {_age(book.changed, self._now()):>9} ", "dim")]
            if width_of(right) + name_width + 1 <= width:
                break
        room = width - width_of(right) - name_width - 4
        if room > 12:
            left.append((f"  {fit(path.name, room)}", "dim"))
        return justified(left, right, width)

    def _now(self) -> datetime:
        return self._bench.clock() if self._bench.clock else datetime.now(UTC)

    # -- keys ----------------------------------------------------------------------------------------------------

    def action_move(self, rows: int) -> None:
        """Move the cursor by lines."""
        self._outline.move(rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by screenfuls."""
        self._outline.page(pages)

    def action_edge(self, side: int) -> None:
        """Go to the first or the last line."""
        self._outline.move_to(0 if side < 0 else len(self._paths) - 1)

    def action_enter(self) -> None:
        """Open the engagement under the cursor."""
        if not self._paths:
            self._bench.say("Nothing here to open: e writes the worked example, n starts a new engagement.")
            return
        self._bench.open(self._paths[self._outline.cursor])

    def on_outline_chosen(self, event: Outline.Chosen) -> None:
        """A second click opens too."""
        self.action_enter()

    def action_example(self) -> None:
        """Write the worked example into this folder and open it; open it again when it is there."""
        from gapbench.work.example import EXAMPLES, write_example

        name = next(iter(EXAMPLES))
        path = self.folder / "example.gapbench"
        try:
            if not path.exists():
                write_example(path, name)
        except GapbenchError as problem:
            self._bench.say(str(problem), "bad")
            return
        self._bench.open(path)

    def action_new(self) -> None:
        """Start a new engagement, step by step."""
        from gapbench.tui.screens.new_engagement import guide

        self.run_worker(guide(self._bench, self.folder), exclusive=True)

    def action_help(self) -> None:
        """Show the keys that work here."""
        self._bench.show_help(HOME)

    def action_theme(self) -> None:
        """Change between dark and light."""
        self._bench.toggle_theme()

    def action_out(self) -> None:
        """Esc is harmless here too."""
        self.action_back()

    def action_back(self) -> None:
        """There is nothing behind this screen but the shell."""
        self._bench.say("ctrl+q leaves; everything is saved already.")


def _figures_full(book: Book) -> list[Piece]:
    pieces: list[Piece] = []
    for line in book.headlines:
        pieces += [(f"  {line.short} ", "dim"), (line.figure, "strong"), (f" {line.verdict}", line.tone)]
    return pieces


def _figures_short(book: Book) -> list[Piece]:
    pieces: list[Piece] = []
    for line in book.headlines:
        pieces += [(f"  {line.short} ", "dim"), (line.figure.replace(" %", "%").replace(" > ", ">"), line.tone)]
    return pieces


def _figures_none(_: Book) -> list[Piece]:
    return []


def _age(at: datetime | None, now: datetime) -> str:
    if at is None:
        return ""
    days = (now.astimezone().date() - at.astimezone().date()).days
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days"
