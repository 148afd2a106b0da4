"""The shape of a framework: groups (clauses, practice areas), items (points, practices), views.

Plain frozen values with lookups; no file format here. `load.py` reads them from YAML,
`snapshot.py` writes and reads the JSON copy that travels inside an engagement file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Model = Literal["conformity", "practice_groups"]
Kind = Literal["do", "consider", "option", "gate"]
Applicability = Literal["no", "rare", "partly", "typical"]
Documented = Literal["none", "maintain", "retain", "maintain+retain", "available"]
Confidence = Literal["high", "medium", "low"]


def spoken_name(title: str, edition: str) -> str:
    """A framework as people say it: a year follows a colon, a version a space."""
    year = edition.split(maxsplit=1)[0]
    return f"{title}:{year}" if len(year) == 4 and year.isdigit() else f"{title} {year}"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is rated: a checkable point of a clause or a practice of a practice area.

    Attributes:
        id: Number as the field speaks it, "8.4.1 a" or "CM 2.1"; unique in its catalog.
        group: Id of the leaf clause or practice area it belongs to.
        title: What must be there, one line in our own words.
        text: The question a consultant says aloud.
        look_for: What the eye should look for; one line.
        kind: "do" is the rule; "consider" may rest on light evidence; "gate" conditions a claim;
            "option" is one of several allowed routes and is not scored.
        documented: The documented-information duty of the point.
        na: How readily "not applicable" is accepted: "no" (warn), "rare", "partly" (part is
            conditional), "typical".
        level: Practice level 1 to 5; None where the framework has no levels.
        evidence: Typical objective evidence.
        ask: Who can answer.
        principles: Quality management principles served, by short name.
        confidence: How sure we are of the row; `provenance` says what it rests on.
        conditional: The point has its own trigger ("where applicable"); when the trigger is absent
            the answer is "condition not met", not "not applicable".
    """

    id: str
    group: str
    title: str
    text: str
    look_for: str = ""
    kind: Kind = "do"
    documented: Documented = "none"
    na: Applicability = "no"
    level: int | None = None
    evidence: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    principles: tuple[str, ...] = ()
    confidence: Confidence = "high"
    provenance: str = ""
    conditional: bool = False

    @property
    def scored(self) -> bool:
        """Whether the item counts in readiness."""
        return self.kind != "option"


@dataclass(frozen=True, slots=True)
class Group:
    """A clause, sub-clause or practice area.

    Attributes:
        id: "8.4.1" or "CM".
        parent: The enclosing clause or capability area; None at the top.
        gate: For a leaf clause: "always" when its total absence blocks certification, else
            "depends" or "rarely".
        support: For a practice area: typically performed by an organisational support function
            only (PAD, PCM, OT).
        always: For a practice area: never out of scope, and NY is not allowed (GOV, II).
        optional: For a practice area: may be declared not applicable with a reason (SAM in 2.x).
        note: A remark for the consultant.
        provenance: What the row rests on.
        working_title: The framework gives this number no title; `title` is ours and never official.
    """

    id: str
    title: str
    parent: str | None = None
    gate: Literal["always", "depends", "rarely"] = "rarely"
    na: Applicability = "no"
    evidence: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    principles: tuple[str, ...] = ()
    supports_principles: tuple[str, ...] = ()
    category: str = ""
    capability_area: str = ""
    support: bool = False
    always: bool = False
    optional: bool = False
    note: str = ""
    confidence: Confidence = "high"
    provenance: str = ""
    working_title: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A selection of practice areas with the maturity level from which each is asked.

    Attributes:
        id: "DEV"; views are named without regard to case.
        areas: Practice area id -> lowest maturity level above 1 that asks it (2 or 3).
        confidence: How sure we are of the selection; `note` says why.
    """

    id: str
    title: str
    areas: Mapping[str, int]
    confidence: Confidence = "high"
    note: str = ""


@dataclass(frozen=True)
class Catalog:
    """One framework in one edition.

    `groups` are in reading order with every parent before its children; `items` are in reading
    order, those of one group together.

    Attributes:
        id: "iso9001-2015", "cmmi-2.0".
        title: "ISO 9001"; `edition` "2015 + Amd 1:2024".
        family: "ISO 9001", "CMMI": editions of one family can be compared.
        model: The rating model that turns answers into a verdict.
        revision: Our own count of changes to this catalog.
        combine: Whether several views may be chosen together.
        levels: Highest level of the framework (5 for CMMI), 0 where it has none.
        notice: Whose the framework is and what our words are.
    """

    id: str
    title: str
    edition: str
    family: str
    model: Model
    revision: int
    groups: tuple[Group, ...]
    items: tuple[Item, ...]
    views: tuple[View, ...] = ()
    combine: bool = False
    levels: int = 0
    principles: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""
    confidence: Confidence = "high"

    def __post_init__(self) -> None:
        groups, items = [g.id for g in self.groups], [i.id for i in self.items]
        for kind, ids in (("group", groups), ("item", items)):
            if len(ids) != len(set(ids)):
                raise ValueError(f"{self.id}: {kind} ids must be unique")

    @cached_property
    def item(self) -> Mapping[str, Item]:
        """Items by id."""
        return {item.id: item for item in self.items}

    @cached_property
    def group(self) -> Mapping[str, Group]:
        """Groups by id."""
        return {group.id: group for group in self.groups}

    @cached_property
    def view(self) -> Mapping[str, View]:
        """Views by id."""
        return {view.id: view for view in self.views}

    @cached_property
    def items_of(self) -> Mapping[str, tuple[Item, ...]]:
        """Items of each group that has any, in reading order."""
        found: dict[str, list[Item]] = {}
        for item in self.items:
            found.setdefault(item.group, []).append(item)
        return {group: tuple(items) for group, items in found.items()}

    @cached_property
    def leaves(self) -> tuple[Group, ...]:
        """Groups that hold items: leaf clauses, practice areas."""
        return tuple(group for group in self.groups if group.id in self.items_of)

    @cached_property
    def children(self) -> Mapping[str | None, tuple[Group, ...]]:
        """Groups by parent; None holds the top ones."""
        found: dict[str | None, list[Group]] = {}
        for group in self.groups:
            found.setdefault(group.parent, []).append(group)
        return {parent: tuple(groups) for parent, groups in found.items()}

    def title_of(self, group: str) -> str:
        """The title of a group; "General" says nothing without the clause around it."""
        here = self.group[group]
        if here.title.casefold() != "general" or here.parent is None:
            return here.title
        return f"{self.group[here.parent].title}, {here.title.lower()}"

    def below(self, group: str) -> Iterator[Item]:
        """Every item at or below a group, in reading order."""
        yield from self.items_of.get(group, ())
        for child in self.children.get(group, ()):
            yield from self.below(child.id)

    @property
    def name(self) -> str:
        """Title and edition, as people say it: "ISO 9001:2015", "CMMI 2.0"."""
        return spoken_name(self.title, self.edition)
