"""Findings: which are proposed, what they cover, where they count, and which are refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.rating import units
from gapbench.rating.inputs import NONCONFORMITIES, Case, Finding, FindingClass
from gapbench.rating.tallies import OUT, UNRATED, Points
from gapbench.rating.wording import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gapbench.catalog.model import Catalog, Group

WEAK = ("not_conforming", "partial")

_UNMET = frozenset(WEAK)
_MET_OR_OUT = frozenset(("conforming", *OUT))
_UNRATED = frozenset({UNRATED})
_NOTHING_RATED = "Nothing that this nonconformity rests on is rated yet: rate the {} first, then write it up."


def items_in(catalog: Catalog, finding: Finding) -> tuple[str, ...]:
    """Items of this catalog that a finding rests on."""
    known = catalog.item
    return tuple(item for owner, item in finding.items if owner == catalog.id and item in known)


def touching(catalog: Catalog, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings that rest on at least one item of this catalog, in their own order."""
    name, known = catalog.id, catalog.item
    return tuple(
        finding for finding in findings if any(owner == name and item in known for owner, item in finding.items)
    )


def is_open(finding: Finding) -> bool:
    """Whether it is a nonconformity that nobody has verified closed."""
    return finding.cls in NONCONFORMITIES and finding.status == "open"


def leaves_touched(catalog: Catalog, findings: Iterable[Finding]) -> frozenset[str]:
    """Leaves that hold an item of some findings."""
    return frozenset(catalog.item[item].group for finding in findings for item in items_in(catalog, finding))


def upwards(catalog: Catalog, group: str) -> Iterator[str]:
    """A group and every group that encloses it."""
    step: str | None = group
    while step is not None:
        yield step
        step = catalog.group[step].parent


def with_ancestors(catalog: Catalog, leaves: Iterable[str]) -> frozenset[str]:
    """Some leaves and every group that encloses one of them."""
    return frozenset(group for leaf in leaves for group in upwards(catalog, leaf))


@dataclass(frozen=True, slots=True)
class Change:
    """Findings that went (or how they were) and findings that came (or how they are now)."""

    gone: tuple[Finding, ...]
    came: tuple[Finding, ...]

    @property
    def both(self) -> tuple[Finding, ...]:
        """All of them."""
        return (*self.gone, *self.came)


def change(before: tuple[Finding, ...], now: tuple[Finding, ...]) -> Change:
    """What is different between two lists of findings."""
    if before == now:
        return Change((), ())
    old = {finding.id: finding for finding in before}
    new = {finding.id: finding for finding in now}
    return Change(
        gone=tuple(it for it in before if new.get(it.id) is not it and new.get(it.id) != it),
        came=tuple(it for it in now if old.get(it.id) is not it and old.get(it.id) != it),
    )


@dataclass(frozen=True, slots=True)
class Shift:
    """By how many open majors and minors move; one finding counts once in a group.

    Attributes:
        whole: Of a group with all that stands below it.
        own: Of the points of the group itself.
    """

    whole: Mapping[str, tuple[int, int]]
    own: Mapping[str, tuple[int, int]]


def shift(catalog: Catalog, findings: Change) -> Shift:
    """What the difference between two lists of findings moves."""
    whole: dict[str, tuple[int, int]] = {}
    own: dict[str, tuple[int, int]] = {}
    for step, some in ((-1, findings.gone), (1, findings.came)):
        for finding in filter(is_open, some):
            leaves = leaves_touched(catalog, (finding,))
            _move(own, leaves, finding, step)
            _move(whole, with_ancestors(catalog, leaves), finding, step)
    return Shift(whole, own)


def _move(moves: dict[str, tuple[int, int]], groups: Iterable[str], finding: Finding, step: int) -> None:
    major = step if finding.cls == "major" else 0
    for group in groups:
        majors, minors = moves.get(group, (0, 0))
        moves[group] = (majors + major, minors + step - major)


def covered(catalog: Catalog, findings: Iterable[Finding]) -> frozenset[str]:
    """Items over which a major or minor is recorded, closed or not."""
    return frozenset(
        item for finding in findings if finding.cls in NONCONFORMITIES for item in items_in(catalog, finding)
    )


def wholly_missing(values: Iterable[str]) -> bool:
    """Whether points apply and not one of them conforms even in part; an unrated one may yet."""
    applicable = [value for value in values if value not in OUT]
    return bool(applicable) and all(value == "not_conforming" for value in applicable)


def proposed_class(leaf: Group, values: Iterable[str], threshold: int) -> FindingClass:
    """Major when a gate leaf is wholly missing or many of its points do not conform, else minor."""
    known = tuple(values)
    if leaf.gate == "always" and wholly_missing(known):
        return "major"
    return "major" if known.count("not_conforming") >= threshold else "minor"


def proposal(case: Case, leaf: Group, points: Points, taken: frozenset[str]) -> Finding | None:
    """The one finding that a leaf's weak points carry while no recorded one covers them.

    Args:
        case: Answers (for the evidence) and the threshold.
        leaf: The leaf clause.
        points: Results of its points.
        taken: Items that a recorded nonconformity covers.
    """
    catalog = case.scope.catalog
    scored = {item.id: points[item.id] for item in catalog.items_of[leaf.id] if item.scored}
    weak = [name for name, point in scored.items() if point.value in _UNMET and name not in taken]
    if not weak:
        return None
    values = [point.value for point in scored.values()]
    return Finding(
        id=f"proposed:{leaf.id}",
        number=0,
        cls=proposed_class(leaf, values, case.scope.major_threshold),
        items=tuple((catalog.id, name) for name in weak),
        requirement=f"{leaf.id} {catalog.title_of(leaf.id)}",
        evidence=_evidence(case, weak),
        gap=_gap(catalog, {name: scored[name].value for name in weak}),
        proposed=True,
    )


def _gap(catalog: Catalog, values: Mapping[str, str]) -> str:
    parts = []
    for code, words in zip(WEAK, ("not met", "partly met"), strict=True):
        titles = [f"{catalog.item[name].title} ({name})" for name in values if values[name] == code]
        if titles:
            parts.append(f"{words}: {', '.join(titles)}")
    text = "; ".join(parts)
    return text[:1].upper() + text[1:]


def _evidence(case: Case, weak: Iterable[str]) -> str:
    sites = units.of_kind(case.scope, "site")
    asked = sites or (units.organisation("site"),)
    notes = []
    for item in weak:
        for unit in asked:
            answer = case.answers.get((item, unit.id))
            if answer is not None and answer.value in _UNMET and answer.note.strip():
                where = f"{unit.name}: " if sites else ""
                notes.append(f"{where}{answer.note.strip()}")
    return joined(dict.fromkeys(notes))


def refuse_on_points(cls: FindingClass, values: Iterable[str]) -> str | None:
    """Why a finding of this class cannot rest on points with these values; None when it can."""
    known = frozenset(values)
    if cls in NONCONFORMITIES and known == _UNRATED:
        return _NOTHING_RATED.format("point")
    if cls in ("ofi", "strength") and known & _UNMET:
        what = "an opportunity for improvement" if cls == "ofi" else "a strength"
        return (
            f"A requirement that is not fully met cannot be written up as {what}; "
            "write a minor or a major, or rate the point again."
        )
    if cls in NONCONFORMITIES and known and known <= _MET_OR_OUT:
        return (
            "No requirement unmet, no nonconformity: rate the point partial or not conforming "
            "first, or write an opportunity for improvement or an observation."
        )
    return None


def refuse_on_levels(cls: FindingClass, values: Iterable[str], noun: str, weak: frozenset[str]) -> str | None:
    """Why a finding of this class cannot rest on items that make a level; None when it can.

    Args:
        cls: The class of the finding.
        values: What the items say.
        noun: What one of them is called.
        weak: Values that are a weakness whatever else is said.
    """
    known = frozenset(values)
    if cls in NONCONFORMITIES and known == _UNRATED:
        return _NOTHING_RATED.format(noun)
    if cls == "ofi" and known & weak:
        return (
            "A weakness is not an improvement opportunity: write it as the note of the rating "
            f"or as a minor or major, or rate the {noun} again."
        )
    return None
