"""One line of the readiness screen, and the lines that every model has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.tui.widgets.canvas import fit

if TYPE_CHECKING:
    from collections.abc import Callable

    from gapbench.rating.results import Blocker
    from gapbench.tui.widgets.canvas import Row


@dataclass(frozen=True)
class Figure:
    """One line of figures.

    Attributes:
        subject: What "show me the arithmetic" is asked for.
        place: Line of the walk it belongs to, "" for none.
    """

    row: Callable[[int], Row]
    subject: str = ""
    place: str = ""


def title_figure(text: str) -> Figure:
    """A line that only labels."""
    return Figure(lambda width: [(fit(text, width), "faint")])


def blocker_figure(blocker: Blocker) -> Figure:
    """What stands in the way; it leads to its place in the walk."""
    return Figure(lambda width: [(" ", ""), *blocker_row(blocker, width - 1)], blocker.item, blocker.item)


def blocker_row(blocker: Blocker, width: int) -> Row:
    """An item, its value, and why it stands in the way."""
    head = f"{blocker.item} {blocker.value}".strip()
    return [(f"{head}  ", "note"), (fit(blocker.why, max(4, width - len(head) - 2)), "dim")]
