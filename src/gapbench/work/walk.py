"""The walk: every item of every framework as one list of lines, what each line shows, and where the next one is.

Lines are made once for a scope; marks are asked for line by line, so a list of 30,000 costs what is on the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gapbench.rating.inputs import ORGANISATION, Answer, Case, Unit
from gapbench.rating.models import model_of
from gapbench.rating.results import (
    AreaResult,
    ClauseResult,
    ConformityResult,
    ItemResult,
    LevelResult,
    Result,
    Tone,
    Value,
)
from gapbench.rating.wording import share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gapbench.catalog.model import Catalog, Group, Item
    from gapbench.work.readiness import Readiness

LineKind = Literal["framework", "group", "level", "item"]

_SCALES: dict[tuple[str, str], dict[str, Value]] = {}

GAP_TONES: frozenset[Tone] = frozenset({"poor", "bad"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the walk.

    Attributes:
        id: Catalog id, group id, "CM/2" for a practice group, or item id.
        label: What stands in front of the title: "8.4.1", "c", "2.1".
        items: Ids of the items at or below the line.
    """

    kind: LineKind
    catalog: str
    id: str
    label: str
    title: str
    depth: int
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line shows behind its title, by letter before colour."""

    text: str = ""
    tone: Tone = "open"
    flag: bool = False
    due: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """Which items stay in the list.

    Attributes:
        id: Stable name; `word` what the screen says.
    """

    id: str
    word: str
    help: str


FILTERS: tuple[Filter, ...] = (
    Filter("all", "all", "every item in scope"),
    Filter("unrated", "unrated", "items without a rating in the unit in hand"),
    Filter("gaps", "gaps", "items rated below the mark in the unit in hand"),
    Filter("flagged", "flagged", "items flagged to come back to"),
    Filter("due", "due", "a weakness, a reason or a judgement is still missing"),
    Filter("findings", "findings", "items that a recorded or proposed finding rests on"),
)


def walk_lines(case: Case) -> list[Line]:
    """Every line of one framework in structural order, heading line first."""
    catalog = case.scope.catalog
    asked = model_of(case.scope).in_scope(case.scope)
    lines = [Line("framework", catalog.id, catalog.id, "", catalog.name, 0, tuple(item.id for item in asked))]
    out = {area for area, unit in case.scope.exclusions if unit == ORGANISATION}
    if catalog.model == "practice_groups":
        by_area: dict[str, list[Item]] = {}
        for item in asked:
            by_area.setdefault(item.group, []).append(item)
        for group in catalog.groups:
            if group.id in by_area or group.id in out:
                lines.extend(_area_lines(catalog, group, by_area.get(group.id, [])))
    else:
        wanted = {item.id for item in asked}
        for group in catalog.children.get(None, ()):
            lines.extend(_tree_lines(catalog, group, wanted, out, 1))
    return lines


def _tree_lines(catalog: Catalog, group: Group, wanted: set[str], out: set[str], depth: int) -> list[Line]:
    """A group with its items and what stands below it; nothing where nothing is asked."""
    own = [item for item in catalog.items_of.get(group.id, ()) if item.id in wanted]
    inner = [
        line
        for child in catalog.children.get(group.id, ())
        for line in _tree_lines(catalog, child, wanted, out, depth + 1)
    ]
    if not own and not inner and group.id not in out:
        return []
    items = [Line("item", catalog.id, item.id, tail(catalog, item), item.title, depth + 1, (item.id,)) for item in own]
    below = tuple(line.id for line in (*items, *inner) if line.kind == "item")
    title = group_label(catalog, group)
    return [Line("group", catalog.id, group.id, title, group.title, depth, below), *items, *inner]


def _area_lines(catalog: Catalog, group: Group, items: Sequence[Item]) -> Iterator[Line]:
    yield Line("group", catalog.id, group.id, group.id, group.title, 1, tuple(item.id for item in items))
    for level in sorted({item.level or 0 for item in items}):
        own = [item for item in items if (item.level or 0) == level]
        ids = tuple(item.id for item in own)
        yield Line("level", catalog.id, f"{group.id}/{level}", f"Level {level}", "", 2, ids)
        for item in own:
            yield Line("item", catalog.id, item.id, tail(catalog, item), item.title, 3, (item.id,))


def tail(catalog: Catalog, item: Item) -> str:
    """The number without what stands above it: "c" of "8.4.1 c", "2.1" of "CM 2.1", "SP 1.1" of "CM SP 1.1"."""
    short = item.id.removeprefix(item.group).strip()
    if short == item.id:
        short = item.id.removeprefix(catalog.area_of.get(item.group, "")).strip()
    return short or item.id


def group_label(catalog: Catalog, group: Group) -> str:
    """The number of a clause or area; of a goal what follows its area, "SG 1" of "CM SG 1"."""
    area = catalog.area_of.get(group.id, group.id)
    return group.id if area == group.id else group.id.removeprefix(area).strip()


class Walk:
    """Lines of all frameworks with their marks in the unit in hand.

    Attributes:
        lines: All lines in structural order.
    """

    def __init__(self, readiness: Readiness) -> None:
        self._readiness = readiness
        self._in_hand: dict[str, str] = {}
        self.lines: list[Line] = []
        self.rebuild()

    def rebuild(self) -> None:
        """Make the lines again after the scope changed."""
        self.lines = [line for case in self._readiness.cases.values() for line in walk_lines(case)]
        self._units: dict[tuple[str, str], tuple[Unit, ...]] = {}
        self._covered: dict[str, frozenset[str]] = {}

    # -- units ---------------------------------------------------------------------------------------------------

    def units(self, catalog: str, item: str) -> tuple[Unit, ...]:
        """Units that are asked the item; one pseudo-unit when it is the organisation's."""
        key = (catalog, self._case(catalog).scope.catalog.item[item].group)
        if key not in self._units:
            scope = self._case(catalog).scope
            self._units[key] = model_of(scope).units_for(scope, scope.catalog.item[item])
        return self._units[key]

    def reachable(self, catalog: str, item: str) -> tuple[Unit, ...]:
        """Units that are asked, then those that are not but count as soon as they are rated."""
        asked = self.units(catalog, item)
        scope = self._case(catalog).scope
        if scope.catalog.model == "conformity" or not asked or not asked[0].id:
            return asked
        group = scope.catalog.item[item].group
        area = scope.catalog.area_of.get(group, group)
        others = (unit for unit in scope.units if unit.kind != "site" and unit not in asked)
        return (*asked, *(unit for unit in others if not scope.exclusions.get((area, unit.id))))

    def unit_of(self, catalog: str, item: str) -> Unit:
        """The unit that a rating of this item goes to now.

        What was chosen is remembered for each kind of unit that is asked, so that a look at the process group's
        areas does not change the project in hand.
        """
        asked = self.units(catalog, item)
        if not asked:
            return Unit(ORGANISATION, "nobody", "project")
        chosen = self._in_hand.get(asked[0].kind, "")
        return next((unit for unit in self.reachable(catalog, item) if unit.id == chosen), asked[0])

    def next_unit(self, catalog: str, item: str, step: int) -> Unit:
        """The unit before or after the one in hand; it becomes the one in hand."""
        units = self.reachable(catalog, item)
        here = self.unit_of(catalog, item)
        if units:
            here = units[(units.index(here) + step) % len(units)]
            self._in_hand[self.units(catalog, item)[0].kind] = here.id
        return here

    # -- what is there -------------------------------------------------------------------------------------------

    def _case(self, catalog: str) -> Case:
        return self._readiness.cases[catalog]

    def answer(self, catalog: str, item: str) -> Answer:
        """The answer in the unit in hand; an empty one when there is none."""
        unit = self.unit_of(catalog, item)
        return self._case(catalog).answers.get((item, unit.id), Answer())

    def is_rated(self, catalog: str, item: str) -> bool:
        """Whether the unit in hand has a rating here ("NC" is none)."""
        return self.answer(catalog, item).value not in {"", "NC"}

    def mark(self, line: Line) -> Mark:
        """What the line shows now."""
        result = self._readiness.results[line.catalog]
        if line.kind == "item":
            return self._item_mark(line)
        if isinstance(result, ConformityResult):
            return _clause_mark(result, line)
        return _area_mark(result, self._case(line.catalog).scope.catalog, line)

    def _item_mark(self, line: Line) -> Mark:
        answer = self.answer(line.catalog, line.id)
        case = self._case(line.catalog)
        value = values_by_code(case)[answer.value] if answer.value else None
        due = (
            value is not None and bool(value.needs) and not (answer.reason if value.needs == "reason" else answer.note)
        )
        found = self.item_result(line.catalog, line.id)
        due = due or (found is not None and found.judgement_due)
        if value is None:
            return Mark(".", "open", answer.flag, due)
        return Mark(value.letter, value.tone, answer.flag, due)

    def item_result(self, catalog: str, item: str) -> ItemResult | None:
        """The item over all its units."""
        return find_item_result(self._readiness.results[catalog], self._case(catalog).scope.catalog, item)

    def passes(self, line: Line, filter_id: str) -> bool:
        """Whether an item line stays under a filter."""
        if filter_id == "unrated":
            return bool(self.units(line.catalog, line.id)) and not self.is_rated(line.catalog, line.id)
        if filter_id == "gaps":
            return self.mark(line).tone in GAP_TONES or self.answer(line.catalog, line.id).value == "partial"
        if filter_id == "flagged":
            return self.mark(line).flag
        if filter_id == "due":
            return self.mark(line).due
        if filter_id == "findings":
            return line.id in self._items_with_findings(line.catalog)
        return True

    def _items_with_findings(self, catalog: str) -> frozenset[str]:
        result = self._readiness.results[catalog]
        findings = result.findings if isinstance(result, ConformityResult) else self._case(catalog).findings
        return frozenset(item for finding in findings for of, item in finding.items if of == catalog)

    def shown(self, filter_id: str, words: str, folded: frozenset[tuple[str, str]]) -> list[Line]:
        """Lines that stay: items that pass, with the headings above them; folded headings hide what is below."""
        narrowed = filter_id != "all" or bool(words)
        keep = self._matching(filter_id, words) if narrowed else None
        shown: list[Line] = []
        closed_at: int | None = None
        for line in self.lines:
            if closed_at is not None and line.depth > closed_at:
                continue
            closed_at = None
            if keep is not None and not any((line.catalog, item) in keep for item in line.items):
                continue
            shown.append(line)
            if not narrowed and line.kind != "item" and (line.catalog, line.id) in folded:
                closed_at = line.depth
        return shown

    def _matching(self, filter_id: str, words: str) -> set[tuple[str, str]]:
        needles = words.casefold().split()
        written = self._written() if needles else {}
        return {
            (line.catalog, line.id)
            for line in self.lines
            if line.kind == "item" and self.passes(line, filter_id) and self._has_words(line, needles, written)
        }

    def _written(self) -> dict[tuple[str, str], str]:
        """Notes and reasons of every unit, by item."""
        found: dict[tuple[str, str], str] = {}
        for catalog, case in self._readiness.cases.items():
            for (item, _), answer in case.answers.items():
                if answer.note or answer.reason:
                    found[catalog, item] = f"{found.get((catalog, item), '')} {answer.note} {answer.reason}"
        return found

    def _has_words(self, line: Line, needles: Sequence[str], written: Mapping[tuple[str, str], str]) -> bool:
        if not needles:
            return True
        item = self._case(line.catalog).scope.catalog.item[line.id]
        notes = written.get((line.catalog, line.id), "")
        hay = f"{item.id} {item.title} {item.text} {item.look_for} {notes}".casefold()
        return all(needle in hay for needle in needles)

    def unrated_below(self, line: Line, value: str = "") -> list[tuple[str, str]]:
        """(item, unit) of what a rating of this heading would rate: the unit in hand, nothing that has a rating.

        Options are alternative routes: only "na" is meant for all of them at once.
        """
        items = self._case(line.catalog).scope.catalog.item
        return [
            (item, self.unit_of(line.catalog, item).id)
            for item in line.items
            if self.units(line.catalog, item)
            and not self.is_rated(line.catalog, item)
            and (items[item].scored or value == "na")
        ]


def next_line(lines: Sequence[Line], start: int, wanted: Callable[[Line], bool]) -> int | None:
    """Index of the next line after `start` that is wanted, going round once; None when there is none."""
    count = len(lines)
    for offset in range(1, count + 1):
        index = (start + offset) % count
        if wanted(lines[index]):
            return index
    return None


def values_by_code(case: Case) -> Mapping[str, Value]:
    """The scale of a framework by code."""
    catalog = case.scope.catalog
    key = (catalog.model, catalog.scale)
    if key not in _SCALES:
        _SCALES[key] = {value.code: value for value in model_of(case.scope).scale(catalog)}
    return _SCALES[key]


def find_item_result(result: Result, catalog: Catalog, item: str) -> ItemResult | None:
    """An item in a result; None when its group is not part of it."""
    group = catalog.item[item].group
    if isinstance(result, ConformityResult):
        leaf = result.leaves.get(group)
        return leaf.points.get(item) if leaf else None
    area = area_of(result, catalog.area_of.get(group, group))
    return area.practices.get(item) if area else None


def area_of(result: LevelResult, area_id: str) -> AreaResult | None:
    """A practice area in a result."""
    return next((area for area in result.areas if area.id == area_id), None)


def clause_of(result: ConformityResult, clause_id: str) -> ClauseResult | None:
    """A clause or leaf in a result."""
    if clause_id in result.leaves:
        return result.leaves[clause_id]
    queue = list(result.groups)
    while queue:
        clause = queue.pop()
        if clause.id == clause_id:
            return clause
        queue.extend(clause.groups)
    return None


def _clause_mark(result: ConformityResult, line: Line) -> Mark:
    clause = None if line.kind == "framework" else clause_of(result, line.id)
    tally = clause.tally if clause else result.tally
    majors = clause.majors if clause else result.majors
    percent = tally.percent
    text = "" if percent is None else share(percent).removesuffix(" %")
    tone: Tone = "open" if percent is None else ("bad" if majors else "good" if percent == 100 else "fair")
    return Mark(f"{text}{'!' if majors else ''}", tone)


_STATES: dict[str, Mark] = {
    "satisfied": Mark("+", "good"),
    "unsatisfied": Mark("x", "bad"),
    "not_rated": Mark(".", "open"),
}


def _area_mark(result: LevelResult, catalog: Catalog, line: Line) -> Mark:
    if line.kind == "framework":
        return Mark(result.short, "good" if result.verdict == "on_target" else "fair")
    group = line.id.partition("/")[0]
    if group not in catalog.area_of:
        return Mark()  # what only gathers areas has no level of its own
    area = area_of(result, catalog.area_of[group])
    if area is None or area.out:
        return Mark("out", "out")
    if line.kind == "level":
        return _STATES[area.practice_groups.get(int(line.id.partition("/")[2]), "not_rated")]
    if group != area.id:
        return _STATES[area.goals.get(group, "not_rated")]
    return Mark(str(area.level), "good" if area.level >= min(result.target, area.top) else "fair")
