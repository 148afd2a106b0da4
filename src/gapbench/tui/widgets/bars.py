"""The lines around every screen: headline on top, what just happened and the keys at the bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.tui.keys import Key, keys_of, shown_key
from gapbench.tui.widgets.canvas import Canvas, Piece, Row, cropped, fit, justified, width_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gapbench.work.headline import Headline


class HeadlineBar(Canvas):
    """Client and readiness of every framework, always in sight."""

    DEFAULT_CSS = "HeadlineBar { height: 1; background: $panel; }"

    _client = ""
    _headlines: Sequence[Headline] = ()

    def show(self, client: str, headlines: Sequence[Headline]) -> None:
        """Take new figures."""
        if (client, tuple(headlines)) == (self._client, tuple(self._headlines)):
            return
        self._client, self._headlines = client, tuple(headlines)
        self.redraw()

    def rows(self, width: int, height: int) -> Sequence[Row]:
        """One row; the client's name gives way first, then words of the figures."""
        right: Row = []
        for form in (_full, _middle, _short, _bare):
            right = _joined([form(headline) for headline in self._headlines])
            if width_of(right) <= width - min(18, len(self._client) + 3):
                break
        right = cropped(right, width - 2)
        return [justified([(f" {self._client}", "title")], [*right, (" ", "")], width)]


def _full(headline: Headline) -> list[Piece]:
    return [
        (f"{headline.name}  ", "dim"),
        (headline.figure, "strong"),
        (f"  {headline.detail}  " if headline.detail else "  ", ""),
        (headline.verdict, headline.tone),
    ]


def _middle(headline: Headline) -> list[Piece]:
    return [
        (f"{headline.short} ", "dim"),
        (headline.figure, "strong"),
        (f", {headline.detail}, " if headline.detail else ", ", ""),
        (headline.verdict, headline.tone),
    ]


def _short(headline: Headline) -> list[Piece]:
    figure = headline.figure.replace(" %", "%").replace(" > ", ">")
    return [(f"{headline.short} ", "dim"), (figure, "strong"), (f" {headline.detail}", headline.tone)]


def _bare(headline: Headline) -> list[Piece]:
    """Figures alone, for three frameworks in 80 columns; coverage and majors stay."""
    figure = headline.figure.replace(" %", "%").replace(" > ", ">").replace(" of ", "/")
    count, _, noun = headline.detail.partition(" ")
    detail = f"{count}!" if noun.startswith("major") else "" if noun.startswith("minor") else headline.detail
    return [(f"{headline.short} ", "dim"), (figure, "strong"), (f" {detail}" if detail else "", headline.tone)]


def _joined(parts: Sequence[list[Piece]]) -> list[Piece]:
    joined: list[Piece] = []
    for part in parts:
        joined += [(" | ", "faint"), *part] if joined else part
    return joined


class StatusBar(Canvas):
    """What just happened and how to take it back; on the right how far the walk is."""

    DEFAULT_CSS = "StatusBar { height: 1; background: $surface; }"

    _message: Piece = ("", "")
    _hint = ""
    _right = ""

    def say(self, text: str, ink: str = "", hint: str = "") -> None:
        """Tell what happened; "bad" for what was refused; the hint how to take it back is never cut."""
        self._message, self._hint = (text, ink), hint
        self.redraw()

    def progress(self, text: str) -> None:
        """Tell how far the walk is."""
        if text != self._right:
            self._right = text
            self.redraw()

    def rows(self, width: int, height: int) -> Sequence[Row]:
        """One row; what just happened is never crowded out by the figures."""
        text, ink = self._message
        hint = f"   {self._hint}" if self._hint else ""
        right = self._right if len(self._right) + len(text) + len(hint) + 4 < width else ""
        left: Row = [(" ", ""), (fit(text, width - len(right) - len(hint) - 3), ink), (hint, "dim")]
        return [justified(left, [(f"{right} ", "dim")], width)]


class KeyBar(Canvas):
    """The keys that matter here, as many as fit; the way to all others is always among them."""

    DEFAULT_CSS = "KeyBar { height: 1; background: $panel; }"

    def __init__(self, screen: str) -> None:
        super().__init__()
        self._screen = screen
        self._digits = ""

    def show_digits(self, count: int) -> None:
        """Say how many digits rate along the scale in hand."""
        digits = f"1-{count}"
        if digits != self._digits:
            self._digits = digits
            self.redraw()

    def _shown(self, key: Key, keymap: Mapping[str, str]) -> str:
        return self._digits or shown_key(key, keymap) if key.id == "rate.values" else shown_key(key, keymap)

    def rows(self, width: int, height: int) -> Sequence[Row]:
        """One row of keys that never runs over the edge."""
        keymap = getattr(self.app, "user_keys", {})
        keys = sorted((key for key in keys_of(self._screen) if key.footer), key=lambda key: key.footer)
        last = [key for key in keys if key.footer >= 98]
        tail = [piece for key in last for piece in ((f"  {self._shown(key, keymap)} ", "key"), (key.word, "dim"))]
        row: list[Piece] = []
        for key in keys:
            if key in last:
                continue
            entry = [(f" {self._shown(key, keymap)} ", "key"), (f"{key.word} ", "dim")]
            if width_of([*row, *entry, *tail]) + 2 > width:
                break
            row += entry
        return [justified(row, [*tail, (" ", "")], width)]
