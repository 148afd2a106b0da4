"""A list to choose from: by its key where there are few, by typing where there are many, grouped under headings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapbench.tui.widgets.outline import Outline

MOST_BY_KEY = 9
"""From how many options on a typed letter narrows the list instead of taking one."""

TALLEST = 16


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose.

    Attributes:
        family: Heading that it stands under; options of one family stand together.
    """

    id: str
    key: str
    word: str
    help: str = ""
    family: str = ""


class Menu:
    """What of a list stands there now: options with their headings, narrowed by what was typed."""

    def __init__(self, options: Sequence[Option]) -> None:
        self.options = tuple(options)
        self.typed = ""
        self.rows: list[Option | str] = []
        self._make()

    @property
    def by_typing(self) -> bool:
        """Whether there are too many for a key each."""
        return len(self.options) > MOST_BY_KEY

    @property
    def height(self) -> int:
        """Rows that the whole list takes, within reason."""
        return max(1, min(len(self.rows), TALLEST))

    @property
    def widest(self) -> int:
        """Cells for the words, so that what is said of them stands in one column."""
        return max(18, min(30, max((len(each.word) for each in self.options), default=0)))

    def type(self, character: str) -> bool:
        """Narrow the list by one more character; one after which nothing is left is not taken."""
        before = self.typed
        self.typed += character
        self._make()
        if self.rows:
            return True
        self.typed = before
        self._make()
        return False

    def back(self) -> None:
        """Take back the last character."""
        self.typed = self.typed[:-1]
        self._make()

    def clear(self) -> None:
        """Show everything again."""
        self.typed = ""
        self._make()

    def option(self, index: int) -> Option | None:
        """What stands in a row; None for a heading."""
        row = self.rows[index] if index < len(self.rows) else ""
        return None if isinstance(row, str) else row

    def place(self, option_id: str) -> int:
        """Where an option stands, the first one when it does not."""
        first = next((n for n, row in enumerate(self.rows) if not isinstance(row, str)), 0)
        return next((n for n, row in enumerate(self.rows) if not isinstance(row, str) and row.id == option_id), first)

    def _make(self) -> None:
        words = self.typed.casefold().split()
        kept = [each for each in self.options if all(word in _hay(each) for word in words)]
        self.rows = []
        for family in dict.fromkeys(each.family for each in kept):
            self.rows += [family] if family else []
            self.rows += [each for each in kept if each.family == family]


def _hay(option: Option) -> str:
    words = f"{option.word} {option.id} {option.help} {option.family}"
    return f"{words} {option.word.replace(' ', '')}".casefold()


def step(outline: Outline, menu: Menu, rows: int) -> None:
    """Move the cursor by rows, over headings."""
    target = outline.cursor + rows
    while 0 <= target < len(menu.rows) and menu.option(target) is None:
        target += 1 if rows > 0 else -1
    if 0 <= target < len(menu.rows):
        outline.move_to(target)


__all__ = ["Menu", "Option", "step"]
