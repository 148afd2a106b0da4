"""The walk: every item of every framework as one list of lines, what each line shows, and where the next one is.

Lines are made once for a scope; marks are asked for line by line, so a list of 30,000 costs what is on the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from gapbench.rating.inputs import ORGANISATION, Answer, Case, Finding, Unit
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
from gapbench.work.counterparts import Counterparts
from gapbench.work.walk_lines import Line, LineKind, Pair, served, together_lines, walk_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gapbench.catalog.editions import Editions
    from gapbench.catalog.model import Catalog, Item
    from gapbench.work.readiness import Readiness
    from gapbench.work.themes import Theme, Themes, Together

__all__ = [
    "FILTERS",
    "ORDERS",
    "Filter",
    "Line",
    "LineKind",
    "Mark",
    "Order",
    "Walk",
    "next_line",
    "values_by_code",
    "walk_lines",
]

Order = Literal["structure", "theme", "interview"]
ORDERS: tuple[Order, ...] = ("structure", "theme", "interview")

_SCALES: dict[tuple[str, str], dict[str, Value]] = {}

GAP_TONES: frozenset[Tone] = frozenset({"poor", "bad"})


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line shows behind its title, by letter before colour."""

    text: str = ""
    tone: Tone = "open"
    flag: bool = False
    due: bool = False
    carried: bool = False
    candidate: bool = False


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
    Filter("carried", "carried over", "answers from the edition before that nobody has confirmed"),
    Filter("changed", "new or changed", "items that the edition asks anew or in another way"),
)


def _no_editions() -> Sequence[Editions]:
    return ()


class Figures:
    """What the rules say of one framework, found by name instead of by looking through it."""

    def __init__(self, result: Result, findings: tuple[Finding, ...]) -> None:
        self.result = result
        self._findings = result.findings if isinstance(result, ConformityResult) else findings

    @cached_property
    def areas(self) -> Mapping[str, AreaResult]:
        """Areas by id."""
        return {area.id: area for area in self.result.areas} if isinstance(self.result, LevelResult) else {}

    @cached_property
    def clauses(self) -> Mapping[str, ClauseResult]:
        """Clauses by id, leaves too."""
        return dict(_clauses_of(self.result)) if isinstance(self.result, ConformityResult) else {}

    @cached_property
    def with_findings(self) -> frozenset[str]:
        """Items that a recorded or proposed finding rests on."""
        catalog = self.result.catalog
        return frozenset(item for finding in self._findings for of, item in finding.items if of == catalog)

    def findings_on(self, items: Sequence[str]) -> tuple[Finding, ...]:
        """Recorded and proposed findings that rest on any of the items."""
        wanted = {(self.result.catalog, item) for item in items}
        return tuple(finding for finding in self._findings if not wanted.isdisjoint(finding.items))

    def item(self, catalog: Catalog, item: str) -> ItemResult | None:
        """An item over its units; None when its group is not part of the result."""
        group = catalog.item[item].group
        if isinstance(self.result, ConformityResult):
            leaf = self.result.leaves.get(group)
            return leaf.points.get(item) if leaf else None
        area = self.areas.get(catalog.area_of.get(group, group))
        return area.practices.get(item) if area else None


def _clauses_of(result: ConformityResult) -> Iterator[tuple[str, ClauseResult]]:
    yield from result.leaves.items()
    queue = list(result.groups)
    while queue:
        clause = queue.pop()
        if clause.groups:
            yield clause.id, clause
            queue.extend(clause.groups)


class Walk:
    """Lines of all frameworks with their marks in the unit in hand.

    Attributes:
        order: In which order the lines stand.
        lines: All lines in this order.
        served: (catalog, item) of the newer of two editions that are asked together -> where it is asked.
        counterparts: What each item has in common with the other frameworks.
    """

    def __init__(self, readiness: Readiness, together: Callable[[], Sequence[Editions]] = _no_editions) -> None:
        self._readiness = readiness
        self._together = together
        self._in_hand: dict[str, str] = {}
        self._hay: dict[Pair, str] = {}
        self._figures: dict[str, Figures] = {}
        self._inside: dict[str, str] = {}
        self._stood: dict[Pair, str] = {}
        self.counterparts = Counterparts(readiness, self.item_result)
        self.order: Order = "structure"
        self.lines: list[Line] = []
        self.served: dict[Pair, Pair] = {}
        self.rebuild()

    def rebuild(self) -> None:
        """Make the lines again after the scope changed."""
        self.served = {}
        self._structure = list(self._all_lines())
        self._twins = {there: here for here, there in self.served.items()}
        self._units: dict[tuple[str, str], tuple[Unit, ...]] = {}
        self._orders: dict[Order, list[Line]] = {"structure": self._structure}
        self._structure_place = {line.key: place for place, line in enumerate(self._structure)}
        self._themes: Themes | None = None
        self.counterparts.forget()
        self._turn_to(self.order)

    # -- orders --------------------------------------------------------------------------------------------------

    def turn_to(self, order: Order, key: Pair) -> Pair:
        """Put the lines in another order; the line to stand on there, for the one that was in hand."""
        place = self._place.get(key)
        line = self.lines[place] if place is not None else None
        self._turn_to(order)
        return self.home((line.catalog, line.items[0]) if line is not None and line.mixed else key)

    def _turn_to(self, order: Order) -> None:
        if order not in self._orders:
            self._orders[order] = self.themes.lines() if order == "theme" else self.themes.interview_lines()
        self.order = order
        self.lines = self._orders[order]
        self._place = {line.key: place for place, line in enumerate(self.lines)}

    @property
    def themes(self) -> Themes:
        """The packages over what is asked here; made once for a scope."""
        if self._themes is None:
            from gapbench.work.themes import Themes

            items = [line for line in self._structure if line.kind == "item"]
            catalogs = {name: case.scope.catalog for name, case in self._readiness.cases.items()}
            self._themes = Themes(items, catalogs, self.counterparts.overlaps, self._inside, self._twins)
        return self._themes

    def together(self, line: Line) -> tuple[Theme, Together] | None:
        """In the walk by theme: the theme of an item, and what it stands together with."""
        return self.themes.of(line.key) if self.order == "theme" and line.kind == "item" else None

    def open_below(self, line: Line) -> int:
        """How many items below a heading have no rating in the unit in hand."""
        return sum(bool(self.units(*item)) and not self.is_rated(*item) for item in line.below)

    def _all_lines(self) -> Iterator[Line]:
        """Frameworks in order; two editions that are asked together are one list, where the former stands."""
        cases = self._readiness.cases
        pairs = [each for each in self._together() if each.new.id in cases and each.former.id in cases]
        newer = {each.new.id for each in pairs}
        merged = {each.former.id: each for each in pairs if each.former.id not in newer}
        self._inside = {each.new.id: each.former.id for each in merged.values()}
        for catalog, case in cases.items():
            if catalog in merged:
                editions = merged[catalog]
                new = cases[editions.new.id]
                shared = served(editions, case, new)
                self.served |= {(editions.new.id, item): (catalog, one) for item, one in shared.items()}
                yield from together_lines(editions, case, new)
            elif catalog not in self._inside:
                yield from walk_lines(case)

    # -- places --------------------------------------------------------------------------------------------------

    def place(self, key: Pair) -> int | None:
        """Where a line stands among all."""
        return self._place.get(key)

    def home(self, key: Pair) -> Pair:
        """The line at which something is asked: for what an edition shares with another, the line of the other.

        A heading that the order at hand does not have leads to the first item below it.
        """
        found = self._structural(key)
        if found in self._place or found not in self._structure_place:
            return found
        line = self._structure[self._structure_place[found]]
        return line.below[0] if line.below else found

    def _structural(self, key: Pair) -> Pair:
        former = self._inside.get(key[0], "")
        if key in self._place or key in self._structure_place or not former:
            return key
        found = self.served.get(key) or (former, key[1])
        return found if found in self._structure_place else (former, former)

    def stand(self, line: Line) -> None:
        """Remember where in its clause the cursor stands: the way back from a practice leads there."""
        if line.kind == "item":
            self._stood[line.catalog, self.item(line).group] = line.id

    def across(self, line: Line) -> Pair | None:
        """What an item is asked together with: where the counterpart's key leads, and whom a note for both is for.

        Under a theme it is what stands there with it; else the strongest counterpart that is asked. Of a clause it is
        the point that was in hand last, else the first one without a rating, else the first.
        """
        together = self.together(line)
        beside = together[1].across(line.key) if together else ()
        if beside:
            return self._point_of(beside) if beside == together[1].points else beside[0]  # type: ignore[index]
        for each in self.counterparts.of(*line.key):
            homes = (self.home((each.catalog, item)) for item in each.items if self.is_asked(each.catalog, item))
            asked = tuple(home for home in homes if home in self._place)
            if asked:
                return self._point_of(asked)
        return None

    def _point_of(self, points: Sequence[Pair]) -> Pair:
        stood = (point for point in points if self._stood.get((point[0], self._group(point))) == point[1])
        open_ = (point for point in points if not self.is_rated(*point))
        return next(stood, None) or next(open_, points[0])

    def _group(self, item: Pair) -> str:
        return self._case(item[0]).scope.catalog.item[item[1]].group

    def is_asked(self, catalog: str, item: str) -> bool:
        """Whether an item has a line, or its twin has one."""
        return (catalog, item) in self._structure_place or (catalog, item) in self.served

    def twin(self, line: Line) -> Pair | None:
        """The item of the newer edition that this line serves as well."""
        return self._twins.get(line.key)

    def filters(self) -> tuple[Filter, ...]:
        """Views that say something here: those on editions only where there is one with an edition before."""
        based = any(case.scope.catalog.base for case in self._readiness.cases.values())
        return FILTERS if based else tuple(each for each in FILTERS if each.id not in {"carried", "changed"})

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

    def figures(self, catalog: str) -> Figures:
        """What the rules say of a framework now."""
        case, result = self._case(catalog), self._readiness.results[catalog]
        known = self._figures.get(catalog)
        if known is None or known.result is not result:
            known = self._figures[catalog] = Figures(result, case.findings)
        return known

    def mark(self, line: Line) -> Mark:
        """What the line shows now."""
        if line.kind == "item":
            return self._item_mark(line)
        if line.mixed:
            left = self.open_below(line)
            return Mark(str(left), "open" if left else "good")
        figures = self.figures(line.catalog)
        if isinstance(figures.result, ConformityResult):
            return _clause_mark(figures, figures.result, line)
        return _area_mark(figures, figures.result, self._case(line.catalog).scope.catalog, line)

    def _item_mark(self, line: Line) -> Mark:
        answer = self.answer(line.catalog, line.id)
        case = self._case(line.catalog)
        value = values_by_code(case).get(answer.value)
        due = (
            value is not None and bool(value.needs) and not (answer.reason if value.needs == "reason" else answer.note)
        )
        found = self.item_result(line.catalog, line.id)
        due = due or (found is not None and found.judgement_due)
        if value is None:
            return Mark(".", "open", answer.flag, due, candidate=self._is_candidate(line))
        return Mark(value.letter, value.tone, answer.flag, due, self.origin(line.catalog, line.id) != "")

    def _is_candidate(self, line: Line) -> bool:
        unit = self.unit_of(line.catalog, line.id).id
        return self.counterparts.candidate(line.catalog, line.id, unit) is not None

    def origin(self, catalog: str, item: str) -> str:
        """Where an answer came along from that nobody has confirmed, "iso9001-2015:4.1 a"; "" for none."""
        carried = self._case(catalog).carried
        return carried.get((item, self.unit_of(catalog, item).id), "") if carried else ""

    def carried_below(self, line: Line) -> list[tuple[str, str]]:
        """(item, unit) at or below a line, in every unit, whose answer came along and waits to be confirmed."""
        carried, items = self._case(line.catalog).carried, frozenset(line.items)
        if line.kind == "item":
            unit = self.unit_of(line.catalog, line.id).id
            return [(line.id, unit)] if (line.id, unit) in carried else []
        return [cell for cell in carried if cell[0] in items]

    def item_result(self, catalog: str, item: str) -> ItemResult | None:
        """The item over all its units."""
        return self.figures(catalog).item(self._case(catalog).scope.catalog, item)

    def item(self, line: Line) -> Item:
        """What an item line asks."""
        return self._case(line.catalog).scope.catalog.item[line.id]

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
            return line.id in self.figures(line.catalog).with_findings
        if filter_id == "carried":
            return self.origin(line.catalog, line.id) != ""
        if filter_id == "changed":
            return self.item(line).change in {"new", "changed"}
        return True

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
            if keep is not None and not _any_kept(line, keep):
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
        hay = self._hay.get(line.key)
        if hay is None:
            item = self.item(line)
            hay = self._hay[line.key] = f"{item.id} {item.title} {item.text} {item.look_for}".casefold()
        notes = written.get(line.key, "")
        hay = f"{hay} {notes.casefold()}" if notes else hay
        return all(needle in hay for needle in needles)

    def unrated_below(self, line: Line, value: str = "") -> list[tuple[str, str]]:
        """(item, unit) of what a rating of this heading would rate: the unit in hand, nothing that has a rating.

        Options are alternative routes: only "na" is meant for all of them at once.
        """
        return self._unrated(line.catalog, line.items, value)

    def unrated_more(self, line: Line, value: str = "") -> dict[str, list[tuple[str, str]]]:
        """The same for what the other edition asks below this heading, by framework."""
        found: dict[str, list[str]] = {}
        for catalog, item in line.more:
            found.setdefault(catalog, []).append(item)
        cells = {catalog: self._unrated(catalog, items, value) for catalog, items in found.items()}
        return {catalog: each for catalog, each in cells.items() if each}

    def _unrated(self, catalog: str, names: Sequence[str], value: str) -> list[tuple[str, str]]:
        items = self._case(catalog).scope.catalog.item
        return [
            (item, self.unit_of(catalog, item).id)
            for item in names
            if self.units(catalog, item) and not self.is_rated(catalog, item) and (items[item].scored or value == "na")
        ]


def _any_kept(line: Line, keep: set[Pair]) -> bool:
    return any((line.catalog, item) in keep for item in line.items) or not keep.isdisjoint(line.more)


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


def _clause_mark(figures: Figures, result: ConformityResult, line: Line) -> Mark:
    clause = None if line.kind == "framework" else figures.clauses.get(line.id)
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


def _area_mark(figures: Figures, result: LevelResult, catalog: Catalog, line: Line) -> Mark:
    if line.kind == "framework":
        return Mark(result.short, "good" if result.verdict == "on_target" else "fair")
    group = line.id.partition("/")[0]
    if group not in catalog.area_of:
        return Mark()  # what only gathers areas has no level of its own
    area = figures.areas.get(catalog.area_of[group])
    if area is None or area.out:
        return Mark("out", "out")
    if line.kind == "level":
        return _STATES[area.practice_groups.get(int(line.id.partition("/")[2]), "not_rated")]
    if group != area.id:
        return _STATES[area.goals.get(group, "not_rated")]
    return Mark(str(area.level), "good" if area.level >= min(result.target, area.top) else "fair")
