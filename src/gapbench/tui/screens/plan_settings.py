"""The settings of the programme in one form: every line its own, all of them one step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from gapbench.errors import UsageError
from gapbench.planning.values import Settings
from gapbench.tui.screens.plan_words import day_of, exact
from gapbench.tui.widgets.canvas import printable
from gapbench.tui.widgets.fields import OneLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from textual.app import ComposeResult

    from gapbench.planning.values import Size, Track

MANDATES = ("none", "scored", "expected", "mandatory")
_FIELDS: tuple[tuple[str, str, str], ...] = (
    ("size", "client size", "S 25, M 150, L 500 people"),
    ("begin", "begin", "a day; empty: today"),
    ("capacity", "person-days a month", "what the client gives"),
    ("months", "other months", "2027-07=5, 2027-08=0"),
    ("iso", "ISO is asked", "0 none to 3 mandatory"),
    ("cmmi", "CMMI is asked", "0 none to 3 mandatory"),
    ("deadline", "deadline", "by when both must stand"),
    ("deadline-iso", "deadline ISO", "where it differs"),
    ("deadline-cmmi", "deadline CMMI", "where it differs"),
    ("holidays", "holidays", "2026-12-24 to 2027-01-01"),
)
_KEYS = "tab or arrows next line   enter keeps it all   esc goes back"


class PlanSettings(ModalScreen[Settings | None]):
    """Returns the settings as they were written; None when the person left."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual declares it so
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("escape", "leave", "leave", show=False),
        Binding("down", "app.focus_next", "next", show=False),
        Binding("up", "app.focus_previous", "previous", show=False),
    ]

    def __init__(self, settings: Settings, today: date, refuse: Callable[[Settings], str | None]) -> None:
        super().__init__()
        self._settings = settings
        self._today = today
        self._refuse = refuse

    def compose(self) -> ComposeResult:
        """One line per setting, its hint beside it."""
        values = written(self._settings)
        with Vertical(classes="dialog -settings"):
            yield Static(Content("The programme"), classes="dialog-title")
            for name, word, hint in _FIELDS:
                with Horizontal(classes="setting"):
                    yield Static(Content(word), classes="setting-name")
                    yield OneLine(value=values[name], id=name, select_on_focus=False)
                    yield Static(Content(hint), classes="setting-hint")
            yield Static(Content(_KEYS), classes="dialog-keys")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep everything, unless a line cannot be."""
        self.action_keep()

    def action_keep(self) -> None:
        """Keep everything; what is refused is told here and nothing typed is lost."""
        try:
            settings = read({each.id or "": each.value for each in self.query(Input)}, self._settings, self._today)
        except UsageError as problem:
            self._bad(str(problem))
            return
        problem_said = self._refuse(settings)
        if problem_said:
            self._bad(problem_said)
        else:
            self.dismiss(settings)

    def _bad(self, text: str) -> None:
        keys = self.query_one(".dialog-keys", Static)
        keys.update(Content(printable(text)))
        keys.add_class("-bad")

    def action_leave(self) -> None:
        """Leave everything as it was."""
        self.dismiss(None)


def written(settings: Settings) -> dict[str, str]:
    """Settings as lines to write in."""
    days = (
        first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
        for first, last in settings.holidays
    )
    deadlines = settings.deadlines
    return {
        "size": settings.size,
        "begin": settings.begin.isoformat() if settings.begin else "",
        "capacity": exact(settings.capacity),
        "months": ", ".join(f"{month}={exact(days)}" for month, days in sorted(settings.capacities.items())),
        "iso": MANDATES[settings.iso_mandate],
        "cmmi": MANDATES[settings.cmmi_mandate],
        "deadline": settings.deadline.isoformat() if settings.deadline else "",
        "deadline-iso": deadlines["iso"].isoformat() if "iso" in deadlines else "",
        "deadline-cmmi": deadlines["cmmi"].isoformat() if "cmmi" in deadlines else "",
        "holidays": ", ".join(days),
    }


def read(lines: dict[str, str], before: Settings, today: date) -> Settings:
    """Settings as somebody wrote them.

    Raises:
        UsageError: A line cannot be read; the sentence says which and how.
    """
    said = {name: lines.get(name, "").strip() for name, _, _ in _FIELDS}
    tracks: tuple[Track, ...] = ("iso", "cmmi")
    deadlines = {track: day for track in tracks if (day := _day("deadline", said[f"deadline-{track}"], today))}
    return replace(
        before,
        size=_size(said["size"]),
        begin=_day("begin", said["begin"], today),
        capacity=_number("person-days a month", said["capacity"]),
        capacities=dict(_months(said["months"])),
        iso_mandate=_mandate("ISO", said["iso"]),
        cmmi_mandate=_mandate("CMMI", said["cmmi"]),
        deadline=_day("deadline", said["deadline"], today),
        deadlines=deadlines,
        holidays=tuple(_holidays(said["holidays"], today)),
    )


def _size(text: str) -> Size:
    for size in ("S", "M", "L"):
        if text.upper() == size:
            return size
    raise UsageError("A client's size is S, M or L.")


def _day(what: str, text: str, today: date) -> date | None:
    try:
        return day_of(text, today)
    except UsageError as problem:
        raise UsageError(f"{what.capitalize()}: {problem}") from problem


def _number(what: str, text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError as problem:
        raise UsageError(f"{what.capitalize()}: a figure such as 20, not “{text}”.") from problem


def _mandate(what: str, text: str) -> int:
    found = [number for number, word in enumerate(MANDATES) if text and word.startswith(text.casefold())]
    if text.isascii() and text.isdecimal() and int(text) < len(MANDATES):
        return int(text)
    if len(found) != 1:
        raise UsageError(f"{what} is asked: none, scored, expected or mandatory.")
    return found[0]


def _months(text: str) -> Iterator[tuple[str, float]]:
    for part in text.replace(";", ",").split(","):
        if part.strip():
            month, equals, days = part.partition("=")
            if not equals:
                raise UsageError("Other months are written as 2027-07=5, 2027-08=0.")
            yield month.strip(), _number(month.strip(), days.strip())


def _holidays(text: str, today: date) -> Iterator[tuple[date, date]]:
    for part in text.replace(";", ",").split(","):
        if part.strip():
            first, _, last = part.partition(" to ")
            begin = _day("holidays", first, today)
            end = _day("holidays", last, today) or begin
            if begin is not None and end is not None:
                yield begin, end
