"""What an overlap suggests in one engagement: where to look, what to offer, what to ask. Never a rating.

Results go in as people rated them, suggestions come out, each with its rationale and with the edition of
both sides. Nothing here gives a value, closes a record, makes a finding or counts towards a level.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gapbench.rating.models import model_of
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from gapbench.catalog.model import Catalog
    from gapbench.catalog.overlap import Cover, Overlap, Pair
    from gapbench.planning.values import Package, Reference
    from gapbench.rating.inputs import Scope
    from gapbench.rating.results import ClauseResult, ConformityResult, ItemResult, LevelResult

Kind = Literal["candidate", "offer", "extra", "check", "residual", "cover"]
Standing = Literal["confirmed", "gap", "candidate", "none"]

MET = frozenset({"FM", "LM", "FI", "LI"})
FAILED = frozenset({"PM", "DM", "PI", "NI"})
_OPEN = frozenset({"", "NC"})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing to look at, offer or ask.

    Attributes:
        kind: "candidate": a practice that the evidence of a clause may satisfy. "offer": one artefact for
            both records. "extra": practice evidence that helps a clause only. "check": look here, the
            other side failed. "residual": ask what the clause still needs. "cover": that was answered,
            and the set of practices is met.
        about: What it is about; `because`: what it rests on, strongest first.
        said: A sentence with the editions.
        why: The rationale of the pair, or what the clause still needs.
        pairs: Ids of the pairs behind it; none where a whole set stands behind it.
        units: Sampled units that still owe evidence ("" is the organisation); of a candidate only.
        answer: What was answered to the residual; of a cover only.
    """

    kind: Kind
    about: Reference
    because: tuple[Reference, ...]
    said: str
    why: str
    pairs: tuple[str, ...] = ()
    strength: str = ""
    confidence: str = ""
    units: tuple[str, ...] = ()
    answer: str = ""


@dataclass(frozen=True)
class Sides:
    """Both frameworks of an overlap as they stand in one engagement.

    Attributes:
        iso, cmmi: Results as people rated.
        scope: The scope of the CMMI side.
    """

    overlap: Overlap
    iso: ConformityResult
    cmmi: LevelResult
    scope: Scope

    def practices(self) -> Mapping[str, ItemResult]:
        """Practices in scope by id, as rated."""
        asked = {item.id for item in model_of(self.scope).in_scope(self.scope)}
        return {
            name: result
            for area in self.cmmi.areas
            if not area.out
            for name, result in area.practices.items()
            if name in asked
        }


# --- from ISO to CMMI ----------------------------------------------------------------------------------


def candidates(sides: Sides) -> tuple[Suggestion, ...]:
    """Practices that conforming clauses may satisfy, with the sampled units that still owe evidence.

    Only pairs by which ISO evidence usually suffices propose anything, and only for a practice in scope
    that is not rated to the end.
    """
    found: dict[str, list[Pair]] = {}
    practices = sides.practices()
    for leaf in (name for name, result in sides.iso.leaves.items() if conforms(result)):
        for pair in sides.overlap.of_leaf(leaf):
            if pair.direction == "iso_to_cmmi":
                for practice in _named(pair, sides.scope.catalog):
                    if practice in practices and not practices[practice].complete:
                        found.setdefault(practice, []).append(pair)
    return tuple(
        _candidate(sides, practice, found[practice], practices[practice]) for practice in practices if practice in found
    )


def conforms(leaf: ClauseResult) -> bool:
    """Whether a clause conforms whole: every point rated, all that count conform, no finding is open."""
    tally = leaf.tally
    whole = tally.rated == tally.scored and tally.counted > 0
    return whole and tally.counts.get("conforming", 0) == tally.counted and not leaf.majors and not leaf.minors


def _candidate(sides: Sides, practice: str, pairs: list[Pair], result: ItemResult) -> Suggestion:
    ranked = sorted(pairs, key=_strong_first)
    units = tuple(unit for unit, value in result.units.items() if value in _OPEN)
    names = {unit.id: unit.name for unit in sides.scope.units}
    clauses = listed([pair.leaf for pair in ranked], last="and")
    asked = listed([names.get(unit, "the organisation") for unit in units], last="and")
    verb = "conforms" if len(ranked) == 1 else "conform"
    ref = sides.overlap.cmmi_ref(practice)
    said = f"{sides.overlap.iso_name} {clauses} {verb}: ask for evidence of {ref} from {asked}."
    return Suggestion(
        "candidate",
        (sides.overlap.cmmi, practice),
        tuple((sides.overlap.iso, pair.leaf) for pair in ranked),
        said,
        ranked[0].why,
        tuple(pair.id for pair in ranked),
        ranked[0].strength,
        ranked[0].confidence,
        units,
    )


# --- one artefact for both ---------------------------------------------------------------------------


def offers(
    overlap: Overlap, catalog: Catalog, source: Reference, taken: Collection[Reference] = (), *, weak: bool = False
) -> tuple[Suggestion, ...]:
    """Where else an artefact of this clause or practice may serve; each record is offered it once.

    Args:
        overlap: Both frameworks.
        catalog: The CMMI side, which says what a practice that is asked in every area stands for.
        source: The leaf clause or practice whose artefact it is.
        taken: Records that have the artefact already.
        weak: Weak pairs too.
    """
    if source[0] == overlap.iso:
        pairs = [pair for pair in overlap.of_leaf(source[1], weak=weak) if pair.direction != "cmmi_to_iso"]
        reached = [(pair, (overlap.cmmi, name)) for pair in pairs for name in _named(pair, catalog)]
    else:
        pairs = [pair for pair in overlap.of_practice(source[1], weak=weak) if pair.direction != "iso_to_cmmi"]
        reached = [(pair, (overlap.iso, pair.leaf)) for pair in pairs]
    return tuple(_offer(overlap, pair, source, to) for pair, to in reached if to not in taken)


def _offer(overlap: Overlap, pair: Pair, source: Reference, to: Reference) -> Suggestion:
    kind: Kind = "extra" if pair.direction == "cmmi_to_iso" else "offer"
    said = {
        "extra": f"What shows {_spoken(overlap, source)} is extra evidence for {_spoken(overlap, to)}.",
        "offer": f"What shows {_spoken(overlap, source)} may serve {_spoken(overlap, to)} too; it closes neither.",
    }[kind]
    return Suggestion(kind, to, (source,), said, pair.why, (pair.id,), pair.strength, pair.confidence)


# --- failed on one side --------------------------------------------------------------------------------


def checks(sides: Sides) -> tuple[Suggestion, ...]:
    """Where to look because strong counterparts failed; a look, never a finding.

    What failed on both sides needs no look: it is written once, with both references.
    """
    practices = sides.practices()
    found: dict[Reference, list[tuple[Pair, Reference]]] = {}
    for pair in sides.overlap.pairs:
        if pair.strength == "strong" and pair.leaf in sides.iso.leaves:
            clause = (sides.overlap.iso, pair.leaf)
            clause_failed = fails(sides.iso.leaves[pair.leaf])
            for name in (name for name in _named(pair, sides.scope.catalog) if name in practices):
                practice = (sides.overlap.cmmi, name)
                if clause_failed != is_gap(practices[name]):
                    about, because = (practice, clause) if clause_failed else (clause, practice)
                    found.setdefault(about, []).append((pair, because))
    return tuple(_check(sides.overlap, about, behind) for about, behind in found.items())


def fails(leaf: ClauseResult) -> bool:
    """Whether a clause failed: a point does not conform, or a nonconformity is open or proposed."""
    return leaf.worst == "not_conforming" or bool(leaf.majors or leaf.minors)


def is_gap(practice: ItemResult) -> bool:
    """Whether a practice was rated to the end and is not met."""
    return practice.complete and practice.value in FAILED


def is_met(practice: ItemResult) -> bool:
    """Whether a practice was rated to the end and is fully or largely met."""
    return practice.complete and practice.value in MET


def _check(overlap: Overlap, about: Reference, behind: Sequence[tuple[Pair, Reference]]) -> Suggestion:
    first, _ = behind[0]
    name = overlap.iso_name if behind[0][1][0] == overlap.iso else overlap.cmmi_name
    failed = listed([because[1] for _, because in behind])
    said = f"{name} {failed} failed: have a look at {_spoken(overlap, about)}."
    return Suggestion(
        "check",
        about,
        tuple(because for _, because in behind),
        said,
        first.why,
        tuple(pair.id for pair, _ in behind),
        first.strength,
        first.confidence,
    )


# --- from CMMI to ISO ----------------------------------------------------------------------------------


def covered(sides: Sides, answered: Mapping[str, str]) -> tuple[Suggestion, ...]:
    """Clauses whose main part CMMI covers: those to ask about, and those of which the rest was answered.

    A clause comes up only when every practice of its set is in scope and rated as met, and while its
    points are not rated to the end.

    Args:
        sides: Both frameworks.
        answered: Clause -> what the client answered about what it still needs.
    """
    practices = sides.practices()
    return tuple(
        _covered(sides.overlap, cover, answered.get(cover.leaf, "").strip())
        for cover in sides.overlap.covers
        if cover.main_part and _undecided(sides.iso, cover.leaf) and _whole_set(cover.practices, practices)
    )


def _undecided(iso: ConformityResult, leaf: str) -> bool:
    result = iso.leaves.get(leaf)
    return result is not None and result.tally.rated < result.tally.scored


def _whole_set(names: Iterable[str], practices: Mapping[str, ItemResult]) -> bool:
    return all(name in practices and is_met(practices[name]) for name in names)


def _covered(overlap: Overlap, cover: Cover, answer: str) -> Suggestion:
    set_ = f"{overlap.cmmi_name} {listed(list(cover.practices), last='and')}"
    ref = overlap.iso_ref(cover.leaf)
    said = (
        f"{set_} cover the main part of {ref}, and the rest was answered: rate its points."
        if answer
        else f"{set_} cover the main part of {ref}: ask for the rest."
    )
    because = tuple((overlap.cmmi, name) for name in cover.practices)
    return Suggestion(
        "cover" if answer else "residual", (overlap.iso, cover.leaf), because, said, cover.residual, answer=answer
    )


# --- for readiness and plan ------------------------------------------------------------------------------


def standing(sides: Sides) -> Mapping[str, Standing]:
    """Every practice in scope: confirmed or a gap as people rated it, candidate, or none of these."""
    proposed = {suggestion.about[1] for suggestion in candidates(sides)}
    return {
        name: "confirmed"
        if is_met(result)
        else "gap"
        if is_gap(result)
        else "candidate"
        if name in proposed
        else "none"
        for name, result in sides.practices().items()
    }


def package_done(package: Package, still_open: Collection[Reference]) -> bool:
    """A package is done when what it closes is closed, whatever became of its deliverables."""
    return not any(ref in still_open for ref in package.closes)


def _named(pair: Pair, catalog: Catalog) -> Iterator[str]:
    """The practices of a pair; of what is asked in every area, one of each."""
    if pair.practice in catalog.item:
        yield pair.practice
    else:
        yield from (name for area in catalog.areas if (name := f"{area.id} {pair.practice}") in catalog.item)


def _strong_first(pair: Pair) -> int:
    return ("strong", "partial", "weak").index(pair.strength)


def _spoken(overlap: Overlap, ref: Reference) -> str:
    return overlap.iso_ref(ref[1]) if ref[0] == overlap.iso else overlap.cmmi_ref(ref[1])
