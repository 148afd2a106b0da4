"""A foreign framework as a tree of plain rows: what every importer makes of its file, whatever the format."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Row:
    """A heading, or a requirement that is asked about.

    Attributes:
        number: As the source spells it; "" when it has none.
        name: Its short title.
        asked: It is rated; else it is a heading.
        lines: What it says, line by line.
        questions: What to ask, where the source has questions of its own.
        explains: Guidance, not requirement.
        evidence: What would show it.
        ask: Who could answer.
        below: Rows below, in reading order.
    """

    number: str = ""
    name: str = ""
    asked: bool = False
    lines: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    explains: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    below: list[Row] = field(default_factory=list)

    def all(self) -> Iterator[Row]:
        """The row and all below it, in reading order."""
        waiting = [self]
        while waiting:
            row = waiting.pop()
            yield row
            waiting.extend(reversed(row.below))


@dataclass(frozen=True)
class Head:
    """What is said of the framework as a whole.

    Attributes:
        name: Title, with or without its edition.
        edition: Year or version; "" when the source says none.
        short: What its id is made of.
        origin: What every row rests on, one line.
        rights: Whose the words are.
    """

    name: str
    edition: str
    short: str
    origin: str
    rights: str = ""
