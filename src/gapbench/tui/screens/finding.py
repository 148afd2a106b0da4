"""The form of a finding: class, requirement, evidence, gap, root cause, status; every field its own, none lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from gapbench.engagement.values import Change
from gapbench.errors import GapbenchError
from gapbench.tui.widgets.canvas import Canvas, Piece, Row, printable
from gapbench.tui.widgets.fields import Paper

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from gapbench.engagement.engagement import Engagement
    from gapbench.rating.inputs import Finding, FindingClass, FindingStatus

CLASSES: tuple[tuple[FindingClass, str], ...] = (
    ("major", "major"),
    ("minor", "minor"),
    ("ofi", "opportunity"),
    ("observation", "observation"),
    ("strength", "strength"),
)

FIELDS: tuple[tuple[str, str], ...] = (
    ("requirement", "what is required"),
    ("evidence", "what was seen: which record, date, sample"),
    ("gap", "what is missing"),
    ("cause", "root cause, when known"),
)

Verb = Callable[[], Change]


class ClassBar(Canvas, can_focus=True):
    """Class and status, one key each."""

    DEFAULT_CSS = "ClassBar { height: 2; } ClassBar:focus { background: $panel; }"
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        *(Binding(str(number), f"take('{cls}')", cls, show=False) for number, (cls, _) in enumerate(CLASSES, 1)),
        Binding("c", "close_or_open", "closed", show=False),
        Binding("left", "step(-1)", "previous", show=False),
        Binding("right", "step(1)", "next", show=False),
        Binding("enter", "screen.record", "record", show=False),
        Binding("x", "screen.drop", "drop", show=False),
    ]

    def __init__(self, cls: FindingClass, status: FindingStatus) -> None:
        super().__init__()
        self.cls = cls
        self.status: FindingStatus = status

    def rows(self, width: int, height: int) -> list[Row]:
        """Classes, then the status."""
        row: list[Piece] = []
        for number, (cls, word) in enumerate(CLASSES, 1):
            row += [(f"[{number} {word}]", "chosen")] if cls == self.cls else [(f" {number} ", "key"), (f"{word} ", "")]
        closed = self.status == "closed"
        return [
            row,
            [
                (" c ", "key"),
                ("verified closed" if closed else "open; c when it is verified closed", "good" if closed else "dim"),
            ],
        ]

    def action_take(self, cls: str) -> None:
        """Choose a class."""
        self.cls = cast("FindingClass", cls)
        self.redraw()

    def action_step(self, step: int) -> None:
        """Choose the next class."""
        names = [cls for cls, _ in CLASSES]
        self.action_take(names[(names.index(self.cls) + step) % len(names)])

    def action_close_or_open(self) -> None:
        """Close it as verified, or open it again."""
        self.status = "open" if self.status == "closed" else "closed"
        self.redraw()


class FindingForm(ModalScreen[Verb | None]):
    """Returns the verb that records, changes or drops the finding; None when nothing is to be done."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("escape,ctrl+s", "keep", "keep", show=False, priority=True),
        Binding("ctrl+x", "drop", "drop", show=False, priority=True),
    ]

    def __init__(self, engagement: Engagement, finding: Finding) -> None:
        super().__init__()
        self._engagement = engagement
        self._finding = finding
        self._shown: dict[str | None, str] = {}

    def compose(self) -> ComposeResult:
        """Title, class, fields."""
        finding = self._finding
        numbers = ", ".join(item for _, item in finding.items)
        name = finding.label if finding.id else "New finding"
        with Vertical(classes="dialog -form"):
            yield Static(Content(f"{name} on {numbers}"), classes="dialog-title")
            yield ClassBar(finding.cls, finding.status)
            for field, word in FIELDS:
                yield Static(Content(word), classes="field-name")
                value = cast("str", getattr(finding, field))
                yield Paper(value, id=field, soft_wrap=True, tab_behavior="focus", compact=True, classes="-short")
            yield Static(Content(self._keys()), classes="dialog-keys")

    def _keys(self) -> str:
        drops = "x drops the finding" if self._finding.id else "x leaves without it"
        return (
            f"tab next field   esc keeps what was changed   on the class line: enter records it as it stands, {drops}"
        )

    def on_mount(self) -> None:
        """Class first."""
        self._shown = {area.id: area.text for area in self.query(TextArea)}
        self.query_one(ClassBar).focus()

    def _field(self, name: str) -> str:
        """What was written; a field that nobody touched keeps its text to the letter."""
        text = self.query_one(f"#{name}", TextArea).text
        return cast("str", getattr(self._finding, name)) if text == self._shown[name] else text.strip()

    def _written(self) -> Finding:
        bar = self.query_one(ClassBar)
        requirement, evidence, gap, cause = (self._field(field) for field, _ in FIELDS)
        return replace(
            self._finding,
            cls=bar.cls,
            status=bar.status,
            requirement=requirement,
            evidence=evidence,
            gap=gap,
            cause=cause,
        )

    def action_keep(self) -> None:
        """Keep what was changed; a form in which nothing was typed or chosen leaves nothing behind."""
        if self._written() == self._finding:
            self.dismiss(None)
        else:
            self.action_record()

    def action_record(self) -> None:
        """Record what stands there; a refusal is told here and nothing typed is lost."""
        finding = self._written()
        if finding.id and finding == self._finding:
            self.dismiss(None)
            return
        try:
            change = self._engagement.record_finding(finding)
        except GapbenchError as problem:
            keys = self.query_one(".dialog-keys", Static)
            keys.update(Content(printable(str(problem))))
            keys.add_class("-bad")
            return
        self.dismiss(lambda: change)

    def action_drop(self) -> None:
        """Drop a recorded finding, or leave without recording a new one."""
        finding = self._finding
        self.dismiss((lambda: self._engagement.drop_finding(finding.id)) if finding.id else None)
