"""Where ISO 9001 and CMMI ask for the same: pairs of clause and practice, and what a set of practices covers.

A pair suggests where to look for evidence. It never rates; the rules of use are in `planning.candidates`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from gapbench.catalog import compiled
from gapbench.catalog.numbers import bare, finding, is_bare, is_new, origins

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gapbench.catalog.model import Catalog, Confidence
    from gapbench.catalog.numbers import Finding

Relation = Literal["superset", "subset", "equal", "intersects"]
Strength = Literal["strong", "partial", "weak"]
Direction = Literal["iso_to_cmmi", "shared", "cmmi_to_iso"]
Basis = Literal["seen", "recalled", "own"]
Support = Literal["most", "some", "little", "none"]

STRENGTHS: tuple[Strength, ...] = ("strong", "partial", "weak")
SUPPORTS: tuple[Support, ...] = ("none", "little", "some", "most")


@dataclass(frozen=True, slots=True)
class Pair:
    """A leaf clause and a practice that ask for something in common.

    Attributes:
        id: "X046"; a practice that was two before has a pair for each of them, with one id.
        leaf: Clause in the catalog at hand.
        practice: Practice in the catalog at hand; of what is asked in every area its bare number, "GP 2.7".
        relation: What the clause is to the practice, as sets of duties.
        direction: "iso_to_cmmi": good ISO evidence usually suffices for the practice. "shared": the same
            artefacts help, neither suffices. "cmmi_to_iso": practice evidence helps the clause only.
        basis: "seen": a link of themes was read in a published source; "recalled": believed to be in
            published maps that could not be opened; "own": our derivation.
        derived: What it was written for, where that is another number: "ISO 9001:2015 6.1.1".
    """

    id: str
    leaf: str
    practice: str
    relation: Relation
    strength: Strength
    direction: Direction
    confidence: Confidence
    basis: Basis
    why: str
    derived: str = ""

    @property
    def hidden(self) -> bool:
        """Whether it is shown only when asked for: it explains overlap but saves no work."""
        return self.strength == "weak"


@dataclass(frozen=True, slots=True)
class Cover:
    """How far an organisation that works by CMMI has a clause already.

    Attributes:
        practices: Those that together cover the main part, or the part that there is.
        residual: What the clause still needs.
    """

    leaf: str
    support: Support
    practices: tuple[str, ...]
    residual: str

    @property
    def main_part(self) -> bool:
        """Whether the set covers the main part of the clause, so that only the residual is left."""
        return self.support == "most" and bool(self.practices)


@dataclass(frozen=True, slots=True)
class AreaSupport:
    """How far an organisation certified to ISO 9001 has a practice area already.

    Attributes:
        basic: For its practices of levels 1 and 2; `defined` for those of level 3, "" where it has none.
        residual: What CMMI still needs.
    """

    area: str
    basic: Support
    defined: Support | Literal[""]
    residual: str


@dataclass(frozen=True)
class Overlap:
    """The overlap of one edition of ISO 9001, or of AS9100, with one of CMMI.

    Attributes:
        iso, cmmi: Ids of the catalogs; `iso_name` and `cmmi_name` as people say them, with the edition.
        pairs: In reading order of the clauses.
        area_ids: Areas of the CMMI catalog, by which bare numbers are told apart.
    """

    iso: str
    cmmi: str
    iso_name: str
    cmmi_name: str
    pairs: tuple[Pair, ...]
    covers: tuple[Cover, ...] = ()
    areas: tuple[AreaSupport, ...] = ()
    notice: str = ""
    provenance: str = ""
    area_ids: frozenset[str] = frozenset()

    def of_leaf(self, leaf: str, *, weak: bool = False) -> tuple[Pair, ...]:
        """Counterparts of a clause, strong ones first; weak ones only when asked for."""
        return _shown(self._by_leaf.get(leaf, ()), weak=weak)

    def of_practice(self, practice: str, *, weak: bool = False) -> tuple[Pair, ...]:
        """Counterparts of a practice, strong ones first; weak ones only when asked for."""
        number = practice if practice in self._by_practice else bare(practice, self.area_ids)
        return _shown(self._by_practice.get(number, ()), weak=weak)

    def cover(self, leaf: str) -> Cover | None:
        """What CMMI covers of a clause; None where nobody judged it."""
        return self._covers.get(leaf)

    def area(self, area: str) -> AreaSupport | None:
        """What ISO supports of a practice area; None where nobody judged it."""
        return self._areas.get(area)

    def iso_ref(self, leaf: str) -> str:
        """A clause with its edition, "ISO 9001:2015 8.4.1"."""
        return f"{self.iso_name} {leaf}"

    def cmmi_ref(self, practice: str) -> str:
        """A practice with its version, "CMMI 3.0 SAM 1.1"."""
        return f"{self.cmmi_name} {practice}"

    @cached_property
    def _by_leaf(self) -> Mapping[str, tuple[Pair, ...]]:
        return _grouped((pair.leaf, pair) for pair in self.pairs)

    @cached_property
    def _by_practice(self) -> Mapping[str, tuple[Pair, ...]]:
        return _grouped((pair.practice, pair) for pair in self.pairs)

    @cached_property
    def _covers(self) -> Mapping[str, Cover]:
        return {cover.leaf: cover for cover in self.covers}

    @cached_property
    def _areas(self) -> Mapping[str, AreaSupport]:
        return {area.area: area for area in self.areas}


def _shown(pairs: Iterable[Pair], *, weak: bool) -> tuple[Pair, ...]:
    return tuple(pair for pair in pairs if weak or not pair.hidden)


def _grouped(pairs: Iterable[tuple[str, Pair]]) -> dict[str, tuple[Pair, ...]]:
    found: dict[str, list[Pair]] = {}
    for name, pair in pairs:
        found.setdefault(name, []).append(pair)
    return {name: tuple(sorted(some, key=_strong_first)) for name, some in found.items()}


def _strong_first(pair: Pair) -> int:
    return STRENGTHS.index(pair.strength)


# --- finding one -----------------------------------------------------------------------------------


def overlap(iso: Catalog, cmmi: Catalog) -> Overlap | None:
    """The overlap of two frameworks; None when there is none for them.

    It is written for ISO 9001:2015 with CMMI 3.0 and with CMMI-DEV 1.3. ISO 9001:2026 has it through the
    points that its own grew from, AS9100 through the ISO 9001 inside it, CMMI 2.0 through former numbers.
    """
    for row in compiled.document(compiled.OVERLAP)["overlaps"]:
        practices = finding(cmmi, row["cmmi"])
        if practices is not None and row["iso"] in (iso.id, iso.base, iso.extends):
            return _read(row, iso, cmmi, practices)
    return None


def overlaps(catalogs: Sequence[Catalog]) -> tuple[Overlap, ...]:
    """Every overlap among the frameworks of one engagement."""
    found = (overlap(iso, cmmi) for iso in catalogs if not iso.levels for cmmi in catalogs if cmmi.levels)
    return tuple(each for each in found if each is not None)


def _read(row: Mapping[str, Any], iso: Catalog, cmmi: Catalog, practices: Finding) -> Overlap:
    areas = frozenset(area.id for area in cmmi.areas)
    pairs = tuple(_written(row, cmmi, practices))
    covers = tuple(Cover(leaf, support, _all(of, practices), left) for leaf, support, of, left in row["covers"])
    if row["iso"] == iso.base:
        pairs, covers = tuple(_after(pairs, iso, row["iso_name"])), tuple(_covers_after(covers, iso))
    elif row["iso"] == iso.extends:
        covers = tuple(_with_additions(cover, iso, row) for cover in covers)
    return Overlap(
        iso=iso.id,
        cmmi=cmmi.id,
        iso_name=iso.name,
        cmmi_name=cmmi.name,
        pairs=pairs,
        covers=covers,
        areas=tuple(AreaSupport(*fields) for fields in row["areas"] if fields[0] in areas),
        notice=row["notice"],
        provenance=row["provenance"],
        area_ids=areas,
    )


def _written(row: Mapping[str, Any], cmmi: Catalog, practices: Finding) -> Iterator[Pair]:
    """The pairs as they are written, with the numbers of the CMMI catalog at hand."""
    for fields in row["pairs"]:
        pair = Pair(*fields)
        for number in _practice(pair.practice, cmmi, practices):
            same = number == pair.practice
            yield pair if same else replace(pair, practice=number, derived=f"{row['cmmi_name']} {pair.practice}")


def _practice(number: str, cmmi: Catalog, practices: Finding) -> tuple[str, ...]:
    """A practice as the catalog numbers it; what is asked in every area keeps its bare number."""
    found = practices(number)
    return (number,) if found and is_bare(number) and number not in cmmi.item else found


def _all(numbers: Iterable[str], practices: Finding) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for number in numbers for one in practices(number)))


# --- an edition after the one that the pairs were written for, or a framework around it ---------------


def _after(pairs: Sequence[Pair], iso: Catalog, former: str) -> Iterator[Pair]:
    """Pairs of the leaves that each leaf grew from, every practice once, by its strongest pair."""
    by_leaf = _grouped((pair.leaf, pair) for pair in pairs)
    for leaf in (group.id for group in iso.leaves):
        new = is_new(iso, leaf)
        best: dict[str, Pair] = {}
        for pair in (pair for origin in origins(iso, leaf) for pair in by_leaf.get(origin, ())):
            came = _nearest(pair, leaf, former) if new else _moved(pair, leaf, former)
            if came.practice not in best or _strong_first(came) < _strong_first(best[came.practice]):
                best[came.practice] = came
        yield from best.values()


def _moved(pair: Pair, leaf: str, former: str) -> Pair:
    if pair.leaf == leaf:
        return pair
    return replace(pair, leaf=leaf, derived=_joined(f"{former} {pair.leaf}", pair.derived))


def _nearest(pair: Pair, leaf: str, former: str) -> Pair:
    """A pair under a clause that is new: it says less, and is less sure."""
    return replace(
        pair,
        leaf=leaf,
        relation="intersects",
        strength="partial" if pair.strength == "strong" else pair.strength,
        direction="shared" if pair.direction == "iso_to_cmmi" else pair.direction,
        confidence="low",
        basis="own",
        derived=_joined(f"the clause is new, nearest is {former} {pair.leaf}", pair.derived),
    )


def _covers_after(covers: Sequence[Cover], iso: Catalog) -> Iterator[Cover]:
    """Covers of the leaves that each leaf grew from as one, as weak as the weakest; what is new stays open."""
    by_leaf = {cover.leaf: cover for cover in covers}
    for leaf in (group.id for group in iso.leaves):
        found = [by_leaf[origin] for origin in origins(iso, leaf) if origin in by_leaf]
        if not found:
            continue
        support = min((cover.support for cover in found), key=SUPPORTS.index)
        if is_new(iso, leaf) and support == "most":
            support = "some"
        new = sum(item.change == "new" for item in iso.items_of[leaf])
        said = [*dict.fromkeys(cover.residual for cover in found)]
        said += [f"What is new in {iso.name} here: {_points(new)}."] if new else []
        practices = tuple(dict.fromkeys(one for cover in found for one in cover.practices))
        yield Cover(leaf, support, practices, " ".join(said))


def _with_additions(cover: Cover, iso: Catalog, row: Mapping[str, Any]) -> Cover:
    """A cover in a framework that adds points of its own to a clause."""
    added = len(iso.items_of.get(cover.leaf, ())) - row["points"][cover.leaf]
    if added <= 0:
        return cover
    more = f"What {iso.name} adds to {row['iso_name']} here: {_points(added)}."
    return replace(cover, residual=f"{cover.residual} {more}")


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _points(count: int) -> str:
    return "one point" if count == 1 else f"{count} points"
