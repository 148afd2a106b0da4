"""The work of an integrated programme, for the frameworks of one engagement: packages, audits, the review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from gapbench.catalog import compiled
from gapbench.catalog.numbers import finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from gapbench.catalog.model import Catalog

Ref: TypeAlias = tuple[str, str]
"""(catalog id, id of a leaf clause, a point or a practice)."""
Layer = Literal["system", "project", "support"]
Figure = Literal["scope", "findings", "audits", "actions", "verdicts"]
Days: TypeAlias = "Mapping[str, tuple[int, int]]"
"""Client size S, M, L -> low and high person-days."""

EXTENSION = "X-"


@dataclass(frozen=True, slots=True)
class PackageText:
    """A package, with what it closes in the frameworks at hand.

    Attributes:
        ask: The question that opens the talk on the theme, for every framework at once.
        closes: What only this package closes, in reading order; `touches`: whose evidence it shares.
        effort: Days from near zero.
        doubled: Share of the effort that would be done twice if both programmes ran apart.
        needs: Packages that come before it, among those that close anything here.
        step: Earliest place in the order of prerequisites.
    """

    id: str
    name: str
    theme: str
    ask: str
    closes: tuple[Ref, ...]
    touches: tuple[Ref, ...]
    activities: tuple[str, ...]
    deliverables: tuple[str, ...]
    owner: str
    supporting: str
    effort: Days
    doubled: float
    needs: tuple[str, ...]
    step: int
    audit_unit: str
    review_items: tuple[str, ...]
    evidence: str

    @property
    def extension(self) -> bool:
        """Whether it goes beyond what both programmes ask: levels 4 and 5."""
        return self.id.startswith(EXTENSION)


@dataclass(frozen=True, slots=True)
class Question:
    """One question for several frameworks: one piece of evidence, a result in each."""

    ask: str
    refs: tuple[Ref, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class AuditUnit:
    """A part of the audit programme.

    Attributes:
        layer: Audited as part of the system, with the projects, or as what projects lean on.
        packages: Whose clauses and practices it holds.
        quarters: When it is audited in a year without surprises.
        independent: Who must not do it.
    """

    id: str
    name: str
    layer: Layer
    packages: tuple[str, ...]
    quarters: tuple[int, ...]
    method: str
    sample: str
    auditor: str
    independent: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class AuditText:
    """The audit programme before a client's scope and results shape it."""

    units: tuple[AuditUnit, ...]
    rules: tuple[str, ...]
    auditor_days: Days


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """An item of the agenda.

    Attributes:
        refs: Which prescribed input or practice it answers.
        data: Clauses and practices whose state belongs on the table.
        figures: What else of the engagement belongs to it.
        pack: What the client brings.
    """

    id: str
    topic: str
    refs: tuple[Ref, ...]
    data: tuple[Ref, ...]
    figures: tuple[Figure, ...]
    pack: str
    decision: str


@dataclass(frozen=True, slots=True)
class ReviewText:
    """The agenda before a client's results fill it; `pack_days` before the review the pack is due."""

    rhythm: str
    present: str
    pack_days: int
    items: tuple[ReviewItem, ...]


def packages(catalogs: Sequence[Catalog]) -> tuple[PackageText, ...]:
    """Packages that close something in these frameworks, extensions last."""
    document = compiled.document(compiled.PACKAGES)
    found = _Numbers(catalogs)
    rows = {row["id"]: row for row in (*document["packages"], *document["extensions"])}
    closes = {name: found.refs(row["closes"]) for name, row in rows.items()}
    used = {name for name, refs in closes.items() if refs}
    return tuple(
        _package(row, closes[name], found.refs(row["touches"], but=closes[name]), _needs(name, rows, used))
        for name, row in rows.items()
        if name in used
    )


def audit_programme(catalogs: Sequence[Catalog]) -> AuditText:
    """The audit programme; a question that none of these frameworks asks is left out."""
    document = compiled.document(compiled.PACKAGES)["audit"]
    found = _Numbers(catalogs)
    return AuditText(
        tuple(_unit(row, found) for row in document["units"]),
        tuple(document["rules"]),
        _days(document["auditor_days"]),
    )


def management_review(catalogs: Sequence[Catalog]) -> ReviewText:
    """The agenda of the management review."""
    document = compiled.document(compiled.PACKAGES)["review"]
    found = _Numbers(catalogs)
    items = tuple(
        ReviewItem(
            row["id"],
            row["topic"],
            found.refs(row["refs"]),
            found.refs(row["data"]),
            tuple(row["figures"]),
            row["pack"],
            row["decision"],
        )
        for row in document["items"]
    )
    return ReviewText(document["rhythm"], document["present"], document["pack_days"], items)


def unassigned(catalogs: Sequence[Catalog]) -> tuple[Ref, ...]:
    """Leaf clauses and practices of these frameworks that no package closes, in reading order."""
    closed = {ref for package in packages(catalogs) for ref in package.closes}
    return tuple(ref for catalog in catalogs for ref in requirements(catalog) if ref not in closed)


def requirements(catalog: Catalog) -> tuple[Ref, ...]:
    """What packages close of a framework: leaf clauses, or practices where it has levels."""
    if catalog.levels:
        return tuple((catalog.id, item.id) for item in catalog.items if item.scored)
    return tuple((catalog.id, leaf.id) for leaf in catalog.leaves)


def sizes() -> Mapping[str, str]:
    """What the sizes of a client stand for."""
    return dict(compiled.document(compiled.PACKAGES)["sizes"])


def waves() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Suggested waves of work: name and packages."""
    return tuple((row["name"], tuple(row["packages"])) for row in compiled.document(compiled.PACKAGES)["waves"])


def notice() -> str:
    """Whose judgement this is and what it rests on."""
    document = compiled.document(compiled.PACKAGES)
    return f"{document['notice']} {document['provenance']}"


class _Numbers:
    """Numbers of the data, found in the frameworks at hand."""

    def __init__(self, catalogs: Sequence[Catalog]) -> None:
        self._catalogs = catalogs
        self._findings = {
            (catalog.id, spoken): how
            for catalog in catalogs
            for spoken in dict.fromkeys((catalog.id, *_editions()))
            if (how := finding(catalog, spoken)) is not None
        }
        self._places = {
            catalog.id: {name: at for at, name in enumerate((*(leaf.id for leaf in catalog.leaves), *catalog.item))}
            for catalog in catalogs
        }

    def refs(self, said: Mapping[str, Sequence[str]], but: Collection[Ref] = ()) -> tuple[Ref, ...]:
        """In the order of the frameworks and of their numbers, each once."""
        return tuple(
            ref
            for catalog in self._catalogs
            for ref in sorted(set(self._found(catalog, said)), key=lambda ref: self._places[ref[0]].get(ref[1], -1))
            if ref not in but
        )

    def _found(self, catalog: Catalog, said: Mapping[str, Sequence[str]]) -> Iterator[Ref]:
        for spoken, numbers in said.items():
            how = self._findings.get((catalog.id, spoken))
            if how is not None:
                yield from ((catalog.id, one) for number in numbers for one in how(number))


def _editions() -> Sequence[str]:
    """Catalogs that the data speak of."""
    editions: list[str] = compiled.document(compiled.PACKAGES)["editions"]
    return editions


def _needs(name: str, rows: Mapping[str, Any], used: Collection[str]) -> tuple[str, ...]:
    """What comes before a package; for one that has nothing to do here, what comes before that."""
    found: dict[str, None] = {}
    for need in rows[name]["needs"]:
        found.update(dict.fromkeys((need,) if need in used else _needs(need, rows, used)))
    return tuple(found)


def _package(
    row: Mapping[str, Any], closes: tuple[Ref, ...], touches: tuple[Ref, ...], needs: tuple[str, ...]
) -> PackageText:
    return PackageText(
        id=row["id"],
        name=row["name"],
        theme=row["theme"],
        ask=row["ask"],
        closes=closes,
        touches=touches,
        activities=tuple(row["activities"]),
        deliverables=tuple(row["deliverables"]),
        owner=row["owner"],
        supporting=row["supporting"],
        effort=_days(row["effort"]),
        doubled=row["doubled"] / 100,
        needs=needs,
        step=row["step"],
        audit_unit=row["audit_unit"],
        review_items=tuple(row["review_items"]),
        evidence=row["evidence"],
    )


def _unit(row: Mapping[str, Any], found: _Numbers) -> AuditUnit:
    questions = (Question(one["ask"], found.refs(one["refs"]), one["evidence"]) for one in row["questions"])
    return AuditUnit(
        row["id"],
        row["name"],
        row["layer"],
        tuple(row["packages"]),
        tuple(row["quarters"]),
        row["method"],
        row["sample"],
        row["auditor"],
        row["independent"],
        tuple(question for question in questions if question.refs),
    )


def _days(said: Mapping[str, Sequence[int]]) -> dict[str, tuple[int, int]]:
    return {size: (low, high) for size, (low, high) in said.items()}
