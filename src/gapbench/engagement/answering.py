"""Rating, notes, reasons, flags: what the rules and the scope allow, and nothing else."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from gapbench.engagement import wording
from gapbench.engagement.text import clean_text
from gapbench.engagement.values import AnswerRow, Change
from gapbench.errors import GapbenchError, RefusedError, UsageError
from gapbench.rating import areas, asking
from gapbench.rating.models import model_of
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gapbench.catalog.model import Catalog, Item
    from gapbench.engagement.journal import Journal
    from gapbench.engagement.reading import Reader
    from gapbench.engagement.standing import Mirrors, Standing
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
        self._inside: frozenset[str] | None = None
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
        if not names:
            return self._nobody(item)
        whom = wording.unit_name(self.scope, unit) or "the organisation as a whole"
        return f"{item} is asked of {names}, not of {whom}."

    def _nobody(self, item: str) -> str:
        """Why nobody is asked, and how somebody is again."""
        scope = self.scope
        area = areas.area_of(scope.catalog, scope.catalog.item[item])
        if why := asking.is_out(scope, area):
            return (
                f"{item} is not asked: {area.id} is out of scope for the whole organisation ({why}). "
                f"Take {area.id} back in under Scope to answer it."
            )
        left = ((unit.name, scope.exclusions.get((area.id, unit.id), "").strip()) for unit in scope.units)
        who = listed((f"{name} ({why})" for name, why in left if why), limit=6)
        return f"{item} is asked of nobody: {who} left out of {area.id}. Take one back in under Scope to answer it."

    def check_view(self, item: str) -> None:
        """Refuse an answer that the chosen views do not ask at any level: no report would show it."""
        scope = self.scope
        if scope.catalog.model == "conformity" or not scope.views:
            return
        if self._inside is None:
            self._inside = frozenset(area.id for area, _ in areas.areas_of_views(scope))
        if areas.area_of(scope.catalog, scope.catalog.item[item]).id not in self._inside:
            views = f"{'this view' if len(scope.views) == 1 else 'these views'} ({listed(scope.views)})"
            another = "; choose another view" if len(scope.catalog.views) > 1 else ""
            raise RefusedError(f"{item} is not asked in {views}{another}.")

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


class Taking:
    """Answers on their way in, row by row: what each becomes, for every framework that the question serves.

    Attributes:
        after: Every cell that was said something of, its twins too.
        rerated: Cells whose rating is another than it was.
    """

    def __init__(self, asked: Mapping[str, Asked], before: Mapping[Cell, Said], mirrors: Mirrors) -> None:
        self.after: dict[Cell, Said] = {}
        self.rerated: set[Cell] = set()
        self._asked = asked
        self._before = before
        self._mirrors = mirrors
        self._given: dict[Cell, AnswerRow] = {}

    def take(self, row: AnswerRow) -> None:
        """Merge one row into what stands; what is refused changes nothing."""
        cell = (row.catalog, row.item, row.unit)
        before = self._before.get(cell, _NOTHING)
        said = self._merged(row, self.after.get(cell) or before)
        twins = self._twins(row) if self._mirrors else ()
        self.after[cell] = said
        if said.value != before.value:
            self.rerated.add(cell)
        for twin in twins:
            self.after[twin] = said
            if cell in self.rerated:
                self.rerated.add(twin)

    def _merged(self, row: AnswerRow, now: Said) -> Said:
        """The answer as the row leaves it, or the refusal of the row."""
        item, value, note, reason = row.item, row.value, row.note, row.reason
        rules = self._asked[row.catalog]
        rules.check(item, row.unit)
        if value:  # what was rated in another view can still be cleared
            rules.check_view(item)
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

    def _twins(self, row: AnswerRow) -> tuple[Cell, ...]:
        """The same question elsewhere, unless these rows say something else there."""
        twins = tuple((*pair, row.unit) for pair in self._mirrors.of(row.catalog, row.item))
        for twin in twins:
            if twin in self._given:
                self._refuse_two_answers(row, self._given[twin])
            if row.value is not None:
                self._asked[twin[0]].check_value(twin[1], row.value)
        self._given[row.catalog, row.item, row.unit] = row
        return twins

    def _refuse_two_answers(self, row: AnswerRow, other: AnswerRow) -> None:
        for field, what in (("value", "rating"), ("note", "note"), ("reason", "reason"), ("flag", "flag")):
            here, there = getattr(row, field), getattr(other, field)
            if here is not None and there is not None and here != there:
                raise RefusedError(
                    f"{row.item} of {self._name(row)} and {other.item} of {self._name(other)} are one question here, "
                    f"and each is given another {what}; give both the same, or one of them none."
                )

    def _name(self, row: AnswerRow) -> str:
        return self._asked[row.catalog].scope.catalog.name


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
        """Give every cell the value; what came along is confirmed by it."""
        pairs = list(dict.fromkeys(cells))
        rows = [AnswerRow(catalog_id, *pair, value, note, reason) for pair in pairs]
        standing = self._reader.standing()
        asked = self._asked((catalog_id,), standing)
        taking = self._taken(rows, asked, standing)
        if not title and pairs:
            mine = asked[catalog_id]
            title = wording.rated(mine.scope, mine.rules.scale(mine.scope.catalog), pairs, value)
        return self._write(taking, title, standing, taking.after)

    def write(self, rows: Iterable[AnswerRow], title: str) -> Change:
        """Write many answers as one step; what came along is confirmed where its rating changes."""
        with _no_collecting():
            known = list(rows)
            standing = self._reader.standing()
            asked = self._asked((row.catalog for row in known), standing)
            taking = self._taken(known, asked, standing)
            return self._write(taking, title, standing, taking.rerated)

    def refused(self, rows: Iterable[AnswerRow]) -> tuple[tuple[int, str], ...]:
        """What `write` would refuse: the place of each row, from 0, with the sentence."""
        known = list(rows)
        standing = self._reader.standing()
        have = {one.catalog for one in standing.live}
        asked = self._asked((row.catalog for row in known if row.catalog in have), standing)
        taking = Taking(asked, self._before(known), self._reader.mirrors(standing))
        found = []
        for place, row in enumerate(known):
            try:
                if row.catalog not in have:
                    self._to_write(row.catalog, standing)
                taking.take(row)
            except GapbenchError as problem:
                found.append((place, str(problem)))
        return tuple(found)

    def change(self, row: AnswerRow, verb: str) -> Change:
        """Change note, reason or flag of one cell."""
        standing = self._reader.standing()
        asked = self._asked((row.catalog,), standing)
        taking = self._taken((row,), asked, standing)
        where = wording.place(asked[row.catalog].scope, row.item, row.unit)
        return self._write(taking, f"{verb} {where}", standing, ())

    def confirm(self, catalog_id: str, cells: Iterable[tuple[str, str]]) -> Change:
        """Take the marks of answers that came along away."""
        standing = self._reader.standing()
        scope = self._to_write(catalog_id, standing)
        wanted = list(dict.fromkeys(cells))
        for item, _ in wanted:
            known_item(scope.catalog, item)
        marked = self._reader.carried(catalog_id) if catalog_id in standing.marked else {}
        meant = [cell for cell in wanted if cell in marked]
        title = wording.confirmed(scope, meant or wanted) if wanted else "Confirm nothing"
        with self._journal.step(title) as step:
            step.drop("carried", [(catalog_id, *cell) for cell in meant])
        return step.change

    def _to_write(self, catalog_id: str, standing: Standing) -> Scope:
        """The scope of a framework that takes answers."""
        self._reader.refuse_superseded(catalog_id, standing)
        return self._reader.scope(catalog_id, standing)

    def _asked(self, names: Iterable[str], standing: Standing) -> dict[str, Asked]:
        """What these frameworks ask, and those that are asked together with them."""
        wanted = dict.fromkeys(names)
        for _ in standing.dual:  # in a chain of editions, one link at a time
            for pair in standing.dual:
                if pair.catalog in wanted or pair.former in wanted:
                    wanted |= dict.fromkeys((pair.catalog, pair.former))
        return {name: Asked(self._to_write(name, standing)) for name in wanted}

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

    def _taken(self, rows: Sequence[AnswerRow], asked: Mapping[str, Asked], standing: Standing) -> Taking:
        taking = Taking(asked, self._before(rows), self._reader.mirrors(standing))
        for row in rows:
            taking.take(row)
        return taking

    def _write(self, taking: Taking, title: str, standing: Standing, confirmed: Iterable[Cell]) -> Change:
        marks = [cell for cell in confirmed if cell[0] in standing.marked] if standing.marked else []
        with self._journal.step(title) as step:
            step.write("answer", [(cell, None if said == _NOTHING else said) for cell, said in taking.after.items()])
            if marks:
                step.drop("carried", marks)
        return step.change
