"""The counterpart of an item in the other framework: how it stands, how far it carries, what it suggests.

Everything here rests on `planning.candidates`: a pair suggests where to look and never rates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.rating.models import model_of
from gapbench.rating.results import ConformityResult, LevelResult, Tone
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gapbench.catalog.model import Catalog
    from gapbench.catalog.overlap import Overlap, Pair
    from gapbench.planning.candidates import Sides, Standing, Suggestion
    from gapbench.rating.inputs import Case
    from gapbench.rating.results import ClauseResult, ItemResult
    from gapbench.work.readiness import Readiness

DIRECTIONS = {"iso_to_cmmi": "ISO suffices", "shared": "shared", "cmmi_to_iso": "helps ISO"}
"""How far a pair carries, in two words."""

DIRECTIONS_SAID = {
    "iso_to_cmmi": "good evidence for the clause usually suffices, if it exists for the sampled projects",
    "shared": "the same evidence helps both, neither suffices",
    "cmmi_to_iso": "evidence for the practice helps the clause only",
}
BASES = {
    "seen": "a link of these themes was read in a published source",
    "recalled": "believed to be in published maps that could not be opened",
    "own": "our own derivation",
}
SUPPORTS = {"most": "the main part", "some": "a part", "little": "little", "none": "nothing"}


@dataclass(frozen=True, slots=True)
class State:
    """How a counterpart stands: a letter, and what it sums up."""

    letter: str
    tone: Tone
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Counterpart:
    """What an item has in common with something in another framework.

    Attributes:
        pair: How strong and in which direction, with its rationale.
        catalog: The other framework; `framework` as people say it, with the edition.
        number: A leaf clause, a practice, or what is asked in every area ("GP 2.7").
        items: Points of the clause, or the practice, or one practice of each area.
        asked: Whether any of it is in scope and up to the level aimed at.
    """

    pair: Pair
    catalog: str
    framework: str
    number: str
    title: str
    items: tuple[str, ...]
    state: State
    asked: bool

    @property
    def carries(self) -> str:
        """Strength and direction in a few words."""
        return f"{self.pair.strength}, {DIRECTIONS[self.pair.direction]}"


@dataclass(frozen=True)
class _Suggested:
    """What an overlap suggests while two results stand."""

    results: tuple[ConformityResult, LevelResult]
    candidates: Mapping[str, Suggestion]
    checks: Mapping[tuple[str, str], Suggestion]
    residuals: Mapping[str, Suggestion]
    standing: Mapping[str, Standing]


class Counterparts:
    """Counterparts of every item; pairs are read once, suggestions once for each result.

    Args:
        readiness: Cases and results of the engagement.
        found: (catalog, item) -> the item over its units.
    """

    def __init__(self, readiness: Readiness, found: Callable[[str, str], ItemResult | None]) -> None:
        self._readiness = readiness
        self._found = found
        self._overlaps: tuple[Overlap, ...] | None = None
        self._suggested: dict[tuple[str, str], _Suggested] = {}
        self._scales: dict[str, Mapping[str, tuple[str, Tone]]] = {}

    def forget(self) -> None:
        """Read the pairs again: the frameworks are others now."""
        self._overlaps = None
        self._suggested.clear()
        self._scales.clear()

    @property
    def overlaps(self) -> tuple[Overlap, ...]:
        """Every overlap among the frameworks of the engagement."""
        if self._overlaps is None:
            from gapbench.catalog.overlap import overlaps

            self._overlaps = overlaps([case.scope.catalog for case in self._readiness.cases.values()])
        return self._overlaps

    def _catalog(self, catalog: str) -> Catalog:
        return self._case(catalog).scope.catalog

    def _case(self, catalog: str) -> Case:
        return self._readiness.cases[catalog]

    # -- pairs -------------------------------------------------------------------------------------------------------

    def of(self, catalog: str, item: str, *, weak: bool = False) -> tuple[Counterpart, ...]:
        """Counterparts of a point or a practice in each other framework, strong ones first in each.

        Of an edition and the one before it that pair a practice with the same clause, the first is named.
        """
        found: dict[tuple[str, str], Counterpart] = {}
        for overlap in self._of(catalog):
            to_iso = catalog == overlap.cmmi
            number = item if to_iso else self._catalog(catalog).item[item].group
            pairs = overlap.of_practice(number, weak=weak) if to_iso else overlap.of_leaf(number, weak=weak)
            for pair in pairs:
                name = (pair.id, pair.leaf) if to_iso else (overlap.cmmi, pair.practice)
                if name not in found:
                    found[name] = self._clause(overlap, pair) if to_iso else self._practice(overlap, pair)
        return tuple(found.values())

    def weak(self, catalog: str, item: str) -> int:
        """How many counterparts stay hidden until they are asked for."""
        return sum(each.pair.hidden for each in self.of(catalog, item, weak=True))

    def _of(self, catalog: str) -> Iterator[Overlap]:
        return (each for each in self.overlaps if catalog in (each.iso, each.cmmi))

    def others(self, catalog: str) -> str:
        """The frameworks that this one overlaps with, as people say them; "" for none."""
        names = (each.iso_name if catalog == each.cmmi else each.cmmi_name for each in self._of(catalog))
        return listed(list(dict.fromkeys(names)), last="or")

    def _clause(self, overlap: Overlap, pair: Pair) -> Counterpart:
        catalog = self._catalog(overlap.iso)
        items = tuple(item.id for item in catalog.items_of.get(pair.leaf, ()))
        result = self._readiness.results[overlap.iso]
        leaf = result.leaves.get(pair.leaf) if isinstance(result, ConformityResult) else None
        state = _clause_state(self._letters(overlap.iso), leaf)
        title = catalog.title_of(pair.leaf)
        return Counterpart(pair, overlap.iso, overlap.iso_name, pair.leaf, title, items, state, leaf is not None)

    def _practice(self, overlap: Overlap, pair: Pair) -> Counterpart:
        from gapbench.catalog.numbers import in_every_area

        catalog = self._catalog(overlap.cmmi)
        items = (pair.practice,) if pair.practice in catalog.item else in_every_area(catalog, pair.practice)
        title = catalog.item[items[0]].title if items else ""
        suggested = self._suggest(overlap)
        asked = [item for item in items if suggested and item in suggested.standing]
        results = [result for item in asked if (result := self._found(overlap.cmmi, item)) is not None]
        state = _practices_state(self._letters(overlap.cmmi), results)
        return Counterpart(pair, overlap.cmmi, overlap.cmmi_name, pair.practice, title, items, state, bool(results))

    def _letters(self, catalog: str) -> Mapping[str, tuple[str, Tone]]:
        if catalog not in self._scales:
            scope = self._case(catalog).scope
            scale = model_of(scope).scale(scope.catalog)
            self._scales[catalog] = {value.code: (value.letter, value.tone) for value in scale}
        return self._scales[catalog]

    # -- what stands on the other side ---------------------------------------------------------------------------------

    def residuals(self, catalog: str, item: str) -> Iterator[tuple[str, str]]:
        """What the other framework leaves open of the clause or the practice area of an item: (said, residual)."""
        of = self._catalog(catalog)
        group = of.item[item].group
        for overlap in self._of(catalog):
            if catalog == overlap.iso:
                cover = overlap.cover(group)
                if cover is not None:
                    said = f"{overlap.cmmi_name} covers {SUPPORTS[cover.support]} of {overlap.iso_ref(group)}"
                    practices = f": {', '.join(cover.practices)}" if cover.practices else ""
                    yield f"{said}{practices}", cover.residual
            else:
                area = overlap.area(of.area_of.get(group, group))
                if area is not None:
                    part = (of.item[item].level == 3 and area.defined) or area.basic
                    said = f"{overlap.iso_name} supports {SUPPORTS[part]} of {overlap.cmmi_ref(area.area)}"
                    yield said, area.residual

    # -- suggestions ---------------------------------------------------------------------------------------------------

    def candidate(self, catalog: str, item: str, unit: str | None = None) -> Suggestion | None:
        """That conforming clauses propose a practice; for a unit only while it still owes evidence."""
        for overlap in self._of(catalog):
            if catalog == overlap.cmmi:
                found = self._suggest(overlap)
                candidate = found.candidates.get(item) if found else None
                if candidate is not None and (unit is None or unit in candidate.units):
                    return candidate
        return None

    def check(self, catalog: str, item: str) -> Suggestion | None:
        """That strong counterparts of a practice, or of the clause of a point, failed: have a look."""
        ref = (catalog, item if self._catalog(catalog).levels else self._catalog(catalog).item[item].group)
        suggested = (self._suggest(overlap) for overlap in self._of(catalog))
        return next((found.checks[ref] for found in suggested if found and ref in found.checks), None)

    def covered(self, catalog: str, item: str) -> Suggestion | None:
        """That practices cover the main part of the clause of a point, so that only the rest is to be asked."""
        leaf = self._catalog(catalog).item[item].group
        suggested = (self._suggest(overlap) for overlap in self._of(catalog) if catalog == overlap.iso)
        return next((found.residuals[leaf] for found in suggested if found and leaf in found.residuals), None)

    def candidates(self, catalog: str) -> tuple[Suggestion, ...]:
        """All practices of a framework that conforming clauses propose, in reading order."""
        found: dict[str, Suggestion] = {}
        for overlap in self._of(catalog):
            suggested = self._suggest(overlap) if catalog == overlap.cmmi else None
            for practice, suggestion in suggested.candidates.items() if suggested else ():
                found.setdefault(practice, suggestion)
        return tuple(found.values())

    def standing(self, catalog: str) -> Mapping[str, Standing]:
        """Every practice in scope: met or a gap as people rated it, candidate, or none; empty without an overlap."""
        all_: dict[str, Standing] = {}
        for overlap in self._of(catalog):
            found = self._suggest(overlap) if catalog == overlap.cmmi else None
            for practice, state in found.standing.items() if found else ():
                if all_.get(practice, "none") == "none":
                    all_[practice] = state
        return all_

    def _suggest(self, overlap: Overlap) -> _Suggested | None:
        iso, cmmi = self._readiness.results[overlap.iso], self._readiness.results[overlap.cmmi]
        if not isinstance(iso, ConformityResult) or not isinstance(cmmi, LevelResult):
            return None
        key = (overlap.iso, overlap.cmmi)
        known = self._suggested.get(key)
        if known is None or known.results[0] is not iso or known.results[1] is not cmmi:
            from gapbench.planning.candidates import Sides

            sides = Sides(overlap, iso, cmmi, self._case(overlap.cmmi).scope)
            known = self._suggested[key] = _suggested(sides)
        return known


def _suggested(sides: Sides) -> _Suggested:
    from gapbench.planning import candidates as rules

    return _Suggested(
        (sides.iso, sides.cmmi),
        {each.about[1]: each for each in rules.candidates(sides)},
        {each.about: each for each in rules.checks(sides)},
        {each.about[1]: each for each in rules.covered(sides, {})},
        rules.standing(sides),
    )


def candidate_words(candidate: Suggestion, framework: str, units: Sequence[tuple[str, str]]) -> str:
    """What the walk says of a candidate; never a rating.

    Args:
        candidate: The practice with the clauses behind it.
        framework: The other framework with its edition.
        units: (id, name) of every unit that is asked.
    """
    clauses = listed([clause for _, clause in candidate.because], last="and")
    verb = "conforms" if len(candidate.because) == 1 else "conform"
    owing = [name for unit, name in units if unit in candidate.units]
    if not any(unit for unit, _ in units):
        whom = "the organisation"
    elif len(owing) == len(units):
        whom = "every sampled project" if len(units) > 1 else owing[0]
    else:
        whom = listed(owing, last="and")
    return f"{framework} {clauses} {verb}; ask {whom} for evidence"


# -- how a counterpart stands ----------------------------------------------------------------------------------------


def _clause_state(letters: Mapping[str, tuple[str, Tone]], leaf: ClauseResult | None) -> State:
    if leaf is None:
        return State("", "out", "not asked")
    tally = leaf.tally
    letter, tone = letters.get(leaf.worst, ("-", "out")) if tally.rated else (".", "open")
    return State(letter, tone, f"{tally.rated} of {tally.scored} rated")


def _practices_state(letters: Mapping[str, tuple[str, Tone]], results: Sequence[ItemResult]) -> State:
    if not results:
        return State("", "out", "not asked")
    if len(results) > 1:
        values = [result.value for result in results]
        said = [f"{letters[code][0]} {values.count(code)}" for code in letters if code in values]
        open_ = values.count("")
        return State("", "open", " ".join([*said, f". {open_}"] if open_ else said))
    (result,) = results
    letter, tone = letters.get(result.value, (".", "open"))
    units = [letters.get(value, (".", "open"))[0] for value in result.units.values()]
    return State(letter, tone, " ".join(units) if len(units) > 1 else "")
