"""Going on to a newer edition: what would come along is told before it is done, as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from gapbench.catalog.known import list_known, load_known
from gapbench.catalog.model import spoken_name
from gapbench.errors import GapbenchError
from gapbench.rating.models import noun_of
from gapbench.rating.wording import listed, plural
from gapbench.tui.screens.ask import Choose
from gapbench.tui.screens.menu import Option
from gapbench.tui.widgets.canvas import Canvas, Piece, Row, printable, wrapped
from gapbench.work.walk_lines import year_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from gapbench.catalog.model import Catalog
    from gapbench.engagement.values import Mode, Passage
    from gapbench.tui.app import GapbenchApp
    from gapbench.tui.desk import Desk


async def go_on(app: GapbenchApp, desk: Desk, here: str) -> None:
    """Ask to which edition and how, then do it."""
    options = _newer(desk, here)
    if not options:
        app.say("No newer edition of what this engagement has is known here.")
        return
    chosen = options[0].id
    if len(options) > 1:
        picked = await app.push_screen_wait(Choose("Go on to which edition?", options))
        if picked is None:
            return
        chosen = picked
    try:
        catalog = load_known(chosen)
        passage = desk.engagement.passage(catalog)
    except GapbenchError as problem:
        app.say(str(problem), "bad")
        return
    mode = await app.push_screen_wait(Preview(desk, catalog, passage))
    if mode is not None and app.do(lambda: desk.engagement.succeed(catalog, mode)):
        app.say(f"{app.said[0] if app.said else ''}   z takes it back, w walks on where you stood")


def _newer(desk: Desk, here: str) -> list[Option]:
    """Known editions that follow a framework of the engagement; those of the one in hand first."""
    followed = {one.former for one in desk.engagement.successions()}
    cases = [name for name in desk.readiness.cases if name not in followed]
    cases.sort(key=lambda name: name != here)
    lines = [
        line for name in cases for line in list_known() if line.base == name and line.id not in desk.readiness.cases
    ]
    own = [line for line in lines if line.base == here] or lines
    return [
        Option(line.id, str(number), spoken_name(line.title, line.edition), f"after {_name(desk, line.base)}")
        for number, line in enumerate(own, 1)
    ]


def _name(desk: Desk, catalog: str) -> str:
    return desk.case(catalog).scope.catalog.name


class Passing(Canvas):
    """What would come of it."""

    def __init__(self, rows: list[Row]) -> None:
        super().__init__()
        self._rows = rows

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As many rows as it takes."""
        return len(self.rows(width, 0))

    DEFAULT_CSS = "Passing { height: auto; }"

    def rows(self, width: int, height: int) -> list[Row]:
        """Wrapped to the width."""
        return [part for row in self._rows for part in wrapped(row, width)]


class Preview(ModalScreen["Mode | None"]):
    """What comes along, what is asked again, what is new; 1 in its place, 2 beside it."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("escape,q", "leave", "leave", show=False),
        Binding("1", "take('transition')", "transition", show=False),
        Binding("2", "take('dual')", "both", show=False),
    ]

    def __init__(self, desk: Desk, catalog: Catalog, passage: Passage) -> None:
        super().__init__()
        self._desk = desk
        self._catalog = catalog
        self._passage = passage

    def compose(self) -> ComposeResult:
        """Title, what would happen, the two ways."""
        former = self._desk.case(self._catalog.base).scope.catalog
        with Vertical(classes="dialog"):
            title = f"From {former.name} to {year_of(self._catalog)}"
            yield Static(Content(printable(title)), classes="dialog-title")
            yield Passing(list(_rows(self._desk, self._catalog, self._passage)))
            yield Static(Content("1 goes on   2 asks both   esc leaves everything as it is"), classes="dialog-keys")

    def action_take(self, mode: str) -> None:
        """Do it."""
        self.dismiss(cast("Mode", mode))

    def action_leave(self) -> None:
        """Leave everything as it is."""
        self.dismiss(None)


def _rows(desk: Desk, catalog: Catalog, passage: Passage) -> Iterator[Row]:
    former = desk.case(catalog.base).scope.catalog
    noun, there = noun_of(catalog), year_of(former)
    yield []
    came = len({item for item, _ in passage.carried})
    answers = f" with {plural(len(passage.carried), 'answer')}" if len(passage.carried) != came else ""
    yield _count(
        came, f"rated {noun.one if came == 1 else noun.many} come along{answers}, marked until you confirm them"
    )
    again = len(passage.again) + len(passage.differing)
    yield _count(again, "changed: asked again, with the old answer beside")
    yield _count(len(passage.new), "new: nothing answers them yet")
    if passage.dropped:
        yield _count(len(passage.dropped), f"of {there} live on nowhere")
    disputed = sum(catalog.item[item].disputed for item in (*passage.again, *passage.new))
    if disputed:
        yield _count(disputed, "disputed among them: our reading, and marked as such")
    yield from _beside(passage)
    yield []
    yield [(_certificate(catalog, there), "dim")]
    if catalog.confidence != "high":
        yield [("Our rows are to be proof-read against your licensed copy.", "dim")]
    yield []
    yield [
        (" 1 ", "key"),
        (f"{'go on to ' + year_of(catalog):<16}", "strong"),
        (f"in the place of {there}, which can still be read", ""),
    ]
    shared = _shared(desk, catalog)
    yield [(" 2 ", "key"), (f"{'ask both':<16}", "strong"), (shared, "")]


def _count(count: int, words: str) -> Row:
    number: Piece = (f"{count:>5} ", "strong" if count else "dim")
    return [number, (words, "" if count else "dim")]


def _shared(desk: Desk, catalog: Catalog) -> str:
    """How many questions serve both editions."""
    from gapbench.catalog.editions import between

    former = desk.case(catalog.base).scope.catalog
    once = len(between(catalog, former).twins)
    more = len(catalog.items) - once
    return f"{once} questions serve both editions, {more} are asked of {year_of(catalog)} alone"


def _beside(passage: Passage) -> Iterator[Row]:
    """Findings, judgements and exclusions that need a word."""
    if passage.moved:
        yield _count(len(passage.moved), f"{'finding' if len(passage.moved) == 1 else 'findings'} come along")
    if passage.left:
        yield [
            ("      left behind: ", "note"),
            (f"{listed(passage.left, 6)}, as nothing is left of what they rest on", ""),
        ]
    if passage.unjudged:
        yield [("      judge anew: ", "note"), (listed(passage.unjudged, 6), "")]
    if passage.included:
        yield [("      decide anew what is out: ", "note"), (listed((area for area, _ in passage.included), 6), "")]


def _certificate(catalog: Catalog, there: str) -> str:
    if catalog.model == "conformity":
        return (
            f"A certificate to {there} stays valid during the transition; ask your certification body when that ends "
            f"and from when it audits to {year_of(catalog)}."
        )
    return f"A rating that was given to {there} stays what it was; what is said here is a new look."
