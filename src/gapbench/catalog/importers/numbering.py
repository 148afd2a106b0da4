"""Numbers for groups and items: those of the source where they can be ours, else running ones."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from gapbench.catalog.importers.wording import plain_number
from gapbench.catalog.lookup import Spoken, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 24


class Numbers:
    """Gives every row a number of its own; two that are said alike are one too many.

    Attributes:
        respelled: How many are spelled otherwise than in the source.
        made: How many the source left out, or had too long.
        doubled: How many stood in the source twice.
    """

    def __init__(self, of_source: Iterable[str]) -> None:
        self._reserved: set[Spoken] = {spoken(plain_number(number)) for number in of_source}
        self._taken: set[Spoken] = set()
        self._next: dict[str, int] = {}
        self.respelled = 0
        self.made = 0
        self.doubled = 0

    def take(self, wanted: str, parent: str, letter: str) -> str:
        """A number for a row.

        Args:
            wanted: That of the source; "" when it has none.
            parent: Number of the row above; "" at the top.
            letter: Begins a running number at the top.
        """
        number = plain_number(wanted)
        if not number or len(number) > LONGEST:
            self.made += 1
            return self._counted(f"{parent} §") if parent else self._counted(letter)
        if self._is_free(number):
            self.respelled += number != wanted
            return self._kept(number)
        self.doubled += 1
        return self._counted(f"{number} no ", 2)

    def parts(self, number: str, many: int) -> list[str]:
        """Numbers for the parts of one row."""
        return [self._counted(f"{number} part ") for _ in range(many)]

    def _counted(self, start: str, first: int = 1) -> str:
        """The next running number that begins so and that nothing else has."""
        for n in count(self._next.get(start, first)):
            number = f"{start}{n}"
            if len(number) > LONGEST:
                return self._counted("N")
            if self._is_free(number) and spoken(number) not in self._reserved:
                self._next[start] = n + 1
                return self._kept(number)
        raise AssertionError

    def _is_free(self, number: str) -> bool:
        said = spoken(number)
        return bool(said) and said not in self._taken

    def _kept(self, number: str) -> str:
        self._taken.add(spoken(number))
        return number
