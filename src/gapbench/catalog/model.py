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

Model = Literal["conformity", "practice_groups", "goals", "process_attributes"]
Kind = Literal["do", "consider", "option", "gate", "indicator"]
Applicability = Literal["no", "rare", "partly", "typical"]
Documented = Literal["none", "maintain", "retain", "maintain+retain", "available"]
Confidence = Literal["high", "medium", "low"]
Change = Literal["same", "wording", "moved", "changed", "new"]
Verify = Literal["", "due"]
Scheme = Literal["staged", "continuous"]
Scale = Literal["", "answers"]

UNCHANGED: frozenset[Change] = frozenset({"same", "wording", "moved"})
"""Changes from the edition before that leave the meaning of an item as it was."""


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
            "option" is one of several allowed routes and "indicator" a sign beside what is rated:
            neither is scored.
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
        base: Ids in the edition before that it grew from (`Catalog.base`); for a new item the
            nearest ones, if any.
        change: What happened to it since that edition; "same" where there is none.
        change_note: What changed, in one line.
        disputed: Sources disagree whether it changed: our reading, not a fact.
        verify: "due" while the row is to be proof-read against a licensed copy.
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
    base: tuple[str, ...] = ()
    change: Change = "same"
    change_note: str = ""
    disputed: bool = False
    verify: Verify = ""

    @property
    def scored(self) -> bool:
        """Whether the item counts in readiness."""
        return self.kind not in _UNSCORED


_UNSCORED: frozenset[Kind] = frozenset({"option", "indicator"})


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
        area: A process area, key process area or process: it has a level, a view stages it, and it
            can be out of scope. (Practice areas are the leaves of their framework and need no mark.)
        level: For the group of a goal: the capability level that the goal belongs to.
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
    area: bool = False
    level: int | None = None
    change: Change = "same"
    verify: Verify = ""


@dataclass(frozen=True, slots=True)
class View:
    """A selection of areas with the level from which each is asked.

    Attributes:
        id: "DEV"; views are named without regard to case.
        areas: Area id -> lowest level that asks it.
        scheme: "staged" gives one maturity level; "continuous" a capability level for each area.
        levels: Highest target of this view; 0 for that of the framework.
        confidence: How sure we are of the selection; `note` says why.
    """

    id: str
    title: str
    areas: Mapping[str, int]
    confidence: Confidence = "high"
    note: str = ""
    scheme: Scheme = "staged"
    levels: int = 0


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
        base: Id of the edition before, to which `Item.base` and `Item.change` refer.
        extends: Id of the framework that this one contains whole.
        scale: "answers" where goals are answered yes, partly, no (SW-CMM).
        units: "organisation" where every item is rated once for the whole organisation.
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
    base: str = ""
    extends: str = ""
    scale: Scale = ""
    units: Literal["", "organisation"] = ""

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
    def areas(self) -> tuple[Group, ...]:
        """Process areas, key process areas, processes or practice areas, in reading order."""
        return tuple(group for group in self.groups if group.area) or self.leaves

    @cached_property
    def area_of(self) -> Mapping[str, str]:
        """Group id -> the area that it is or stands in; groups outside of any area are not there."""
        areas = {area.id for area in self.areas}
        found: dict[str, str] = {}
        for group in self.groups:  # parents come first
            if group.id in areas:
                found[group.id] = group.id
            elif group.parent in found:
                found[group.id] = found[group.parent]
        return found

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
