"""Rating, notes, reasons, flags: what the rules and the scope allow, and nothing else."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from gapbench.engagement import wording
from gapbench.engagement.text import clean_text
from gapbench.engagement.values import AnswerRow, Change
from gapbench.errors import GapbenchError, RefusedError, UsageError
from gapbench.rating.models import model_of
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gapbench.catalog.model import Catalog, Item
    from gapbench.engagement.journal import Journal
    from gapbench.engagement.reading import Reader
    from gapbench.engagement.values import Cell
    from gapbench.rating.inputs import Scope, Unit

_FEW = 500  # cells from which reading a whole framework beats asking for each


class Said(NamedTuple):
    """An answer in the order in which its row is stored: that of the alphabet."""

    flag: int
    note: str
    reason: str
    value: str


_NOTHING = Said(0, "", "", "")


class Asked:
    """What one framework asks, of whom, and which values it takes; remembers what it was asked."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.rules = model_of(scope)
        self._units: dict[str, frozenset[str]] = {}
        self._refused: dict[tuple[str, str], str | None] = {}

    def check(self, item: str, unit: str) -> None:
        """Refuse an item that is not there, and a unit that is not asked it."""
        if item not in self._units:
            self._units[item] = self._asked(known_item(self.scope.catalog, item))
        if unit not in self._units[item]:
            raise UsageError(self._not_asked(item, unit))

    def check_value(self, item: str, value: str) -> None:
        """Refuse a word of another scale, and a value that the rules do not take here."""
        if (item, value) not in self._refused:
            self._refused[item, value] = self._refusal(item, value)
        if why := self._refused[item, value]:
            known = not value or value in {each.code for each in self.rules.scale(self.scope.catalog)}
            raise (RefusedError if known else UsageError)(why)

    def _refusal(self, item: str, value: str) -> str | None:
        return self.rules.refuse(self.scope, self.scope.catalog.item[item], value)

    def _asked(self, item: Item) -> frozenset[str]:
        asked = {unit.id for unit in self.rules.units_for(self.scope, item)}
        if self.scope.catalog.model == "practice_groups":
            # Which function performs a practice is the consultant's to say, not the catalog's.
            asked |= {unit.id for unit in self.scope.units if unit.kind in ("project", "function")}
        return frozenset(asked)

    def _not_asked(self, item: str, unit: str) -> str:
        names = listed((each.name for each in self._by_default(item)), limit=6, last="or")
        whom = wording.unit_name(self.scope, unit) or "the organisation as a whole"
        return f"{item} is asked of {names}, not of {whom}."

    def _by_default(self, item: str) -> tuple[Unit, ...]:
        return self.rules.units_for(self.scope, self.scope.catalog.item[item])


def known_item(catalog: Catalog, item: str) -> Item:
    """The item of a catalog.

    Raises:
        UsageError: There is none; the sentence names the nearest number.
    """
    if item in catalog.item:
        return catalog.item[item]
    from difflib import get_close_matches

    near = get_close_matches(item, catalog.item, n=1, cutoff=0.0)
    raise UsageError(f"{catalog.name} has no {wording.short(item)}; the nearest number is {listed(near)}.")


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Many rows that are all kept: looking for rings among them takes a sixth of the time and finds none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class Answering:
    """The verbs on answers."""

    def __init__(self, journal: Journal, reader: Reader) -> None:
        self._journal = journal
        self._reader = reader

    def rate(
        self,
        catalog_id: str,
        cells: Iterable[tuple[str, str]],
        value: str,
        *,
        note: str | None,
        reason: str | None,
        title: str,
    ) -> Change:
        """Give every cell the value."""
        asked = Asked(self._reader.scope(catalog_id))
        pairs = list(dict.fromkeys(cells))
        rows = [AnswerRow(catalog_id, *pair, value, note, reason) for pair in pairs]
        answers = self._after(rows, {catalog_id: asked})
        if not title and pairs:
            title = wording.rated(asked.scope, asked.rules.scale(asked.scope.catalog), pairs, value)
        return self._write(answers, title)

    def write(self, rows: Iterable[AnswerRow], title: str) -> Change:
        """Write many answers as one step."""
        with _no_collecting():
            known = list(rows)
            return self._write(self._after(known, self._asked(known)), title)

    def refused(self, rows: Iterable[AnswerRow]) -> tuple[tuple[int, str], ...]:
        """What `write` would refuse: the place of each row, from 0, with the sentence."""
        known = list(rows)
        have = {framework.catalog for framework in self._reader.frameworks()}
        asked = self._asked(row for row in known if row.catalog in have)
        before = self._before(known)
        found = []
        for place, row in enumerate(known):
            try:
                self._merged(asked, row, before.get((row.catalog, row.item, row.unit), _NOTHING))
            except GapbenchError as problem:
                found.append((place, str(problem)))
        return tuple(found)

    def change(self, row: AnswerRow, verb: str) -> Change:
        """Change note, reason or flag of one cell."""
        asked = self._asked((row,))
        answers = self._after((row,), asked)
        where = wording.place(asked[row.catalog].scope, row.item, row.unit)
        return self._write(answers, f"{verb} {where}")

    def _asked(self, rows: Iterable[AnswerRow]) -> dict[str, Asked]:
        names = dict.fromkeys(row.catalog for row in rows)
        return {name: Asked(self._reader.scope(name)) for name in names}

    def _before(self, rows: Sequence[AnswerRow]) -> dict[Cell, Said]:
        cells = [(row.catalog, row.item, row.unit) for row in rows]
        if len(cells) < _FEW:
            answers = {cell: self._reader.answer(*cell) for cell in cells}
        else:
            answers = {
                (catalog, *pair): answer
                for catalog in dict.fromkeys(cell[0] for cell in cells)
                for pair, answer in self._reader.answers(catalog).items()
            }
        return {cell: Said(int(one.flag), one.note, one.reason, one.value) for cell, one in answers.items()}

    def _after(self, rows: Sequence[AnswerRow], asked: Mapping[str, Asked]) -> dict[Cell, Said]:
        before = self._before(rows)
        after: dict[Cell, Said] = {}
        for row in rows:
            cell = (row.catalog, row.item, row.unit)
            after[cell] = self._merged(asked, row, after.get(cell) or before.get(cell, _NOTHING))
        return after

    def _merged(self, asked: Mapping[str, Asked], row: AnswerRow, now: Said) -> Said:
        """The answer as the row leaves it, or the refusal of the row."""
        catalog, item, value, note, reason = row.catalog, row.item, row.value, row.note, row.reason
        if catalog not in asked:
            self._reader.framework(catalog)  # raises: there is none of that name
        rules = asked[catalog]
        rules.check(item, row.unit)
        if value is not None:
            rules.check_value(item, value)
        said = Said(
            now.flag if row.flag is None else int(row.flag),
            now.note if note is None else clean_text(note, f"The note on {item}"),
            now.reason if reason is None else clean_text(reason, f"The reason on {item}"),
            now.value if value is None else value,
        )
        if said.value == "na" and said != now and not said.reason.strip():
            raise RefusedError(f"{item} is not applicable only with a reason; say why it cannot apply here.")
        return said

    def _write(self, answers: Mapping[Cell, Said], title: str) -> Change:
        with self._journal.step(title) as step:
            step.write("answer", [(cell, None if said == _NOTHING else said) for cell, said in answers.items()])
        return step.change
