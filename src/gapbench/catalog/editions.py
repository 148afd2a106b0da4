"""What became of each item since the edition before: links, twins, and what changed clause by clause.

Pure: two catalogs go in, of which one names the other as its base.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from gapbench.catalog.model import UNCHANGED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from gapbench.catalog.model import Catalog, Group, Item

Asked = Literal["once", "again", "new"]


@dataclass(frozen=True, slots=True)
class Link:
    """How one item stands to the edition before.

    Attributes:
        item: The item of the new edition.
        former: Items it grew from; for a new one the nearest, which answer nothing for it.
        split: An item it grew from lives on in other items too.
    """

    item: Item
    former: tuple[Item, ...]
    split: bool = False

    @property
    def asked(self) -> Asked:
        """Whether the former answer holds ("once"), helps ("again"), or there is none ("new")."""
        if self.item.change == "new" or not self.former:
            return "new"
        return "once" if self.item.change in UNCHANGED else "again"

    @property
    def carries(self) -> bool:
        """Whether the former answer may come along: its meaning is unchanged."""
        return self.asked == "once"

    @property
    def merged(self) -> bool:
        """Whether it grew from several items."""
        return len(self.former) > 1 and self.asked != "new"


@dataclass(frozen=True, slots=True)
class Row:
    """What changed in one clause or area.

    Attributes:
        group: Its id; one that only the edition before had stands among the others, with what is gone.
        same, wording, moved, changed, new: How many of its items are so.
        disputed: How many of them the sources disagree about.
        changes: Items that are not simply the same, in reading order.
        gone: Items of the edition before that live on nowhere.
    """

    group: str
    title: str
    same: int = 0
    wording: int = 0
    moved: int = 0
    changed: int = 0
    new: int = 0
    disputed: int = 0
    changes: tuple[Link, ...] = ()
    gone: tuple[Item, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether there is anything to tell of it."""
        return bool(self.changes or self.gone)


@dataclass(frozen=True)
class Editions:
    """An edition and the one before it.

    Attributes:
        new: The edition that names the other as its base.
        former: The edition before; an item that a link names and that it has not is passed over.
    """

    new: Catalog
    former: Catalog

    @cached_property
    def links(self) -> Mapping[str, Link]:
        """New item id -> its link, in reading order."""
        bare = {item.id: tuple(self._known(item.base)) for item in self.new.items}
        heirs: dict[str, int] = {}
        for item in self.new.items:
            if item.change != "new":
                for one in bare[item.id]:
                    heirs[one.id] = heirs.get(one.id, 0) + 1
        return {
            item.id: Link(
                item,
                bare[item.id],
                item.change != "new" and any(heirs[one.id] > 1 for one in bare[item.id]),
            )
            for item in self.new.items
        }

    @cached_property
    def successors(self) -> Mapping[str, tuple[str, ...]]:
        """Former item id -> the items that grew from it, changed ones too; what is gone is not there."""
        found: dict[str, list[str]] = {}
        for link in self.links.values():
            if link.asked != "new":
                for one in link.former:
                    found.setdefault(one.id, []).append(link.item.id)
        return {one: tuple(heirs) for one, heirs in found.items()}

    @cached_property
    def twins(self) -> Mapping[str, str]:
        """New item id -> former item id, where both are one question: one to one, and unchanged."""
        pairs = [(link.item, link.former[0]) for link in self.links.values() if link.carries and not link.merged]
        times: dict[str, int] = {}
        for link in self.links.values():
            if link.carries:
                for one in link.former:
                    times[one.id] = times.get(one.id, 0) + 1
        return {item.id: one.id for item, one in pairs if times[one.id] == 1 and self._same_rules(item, one)}

    @cached_property
    def gone(self) -> tuple[Item, ...]:
        """Former items from which nothing grew."""
        return tuple(item for item in self.former.items if item.id not in self.successors)

    @cached_property
    def areas(self) -> Mapping[str, str]:
        """Former area id -> the area that goes on with it and with nothing else."""
        onward: dict[str, set[str]] = {}
        back: dict[str, set[str]] = {}
        for link in self.links.values():
            if link.asked != "new":
                here = _area(self.new, link.item)
                for one in link.former:
                    there = _area(self.former, one)
                    onward.setdefault(there, set()).add(here)
                    back.setdefault(here, set()).add(there)
        return {there: next(iter(here)) for there, here in onward.items() if len(here) == len(back[min(here)]) == 1}

    def twin_subject(self, subject: str, *, back: bool = False) -> str:
        """What a judged subject is called in the other edition; "" unless all of it has twins there.

        Args:
            subject: An item, a group, or the items of one level of it ("CM/2").
            back: It is a subject of the new edition.
        """
        here, there = (self.new, self.former) if back else (self.former, self.new)
        other = self.twins if back else {one: new for new, one in self.twins.items()}
        items = _items_of(here, subject)
        if not items or any(item not in other for item in items):
            return ""
        twins = frozenset(other[item] for item in items)
        if subject in here.item:
            return min(twins)
        return next((name for name in _headings(there, subject, min(twins)) if _items_of(there, name) == twins), "")

    def subject(self, subject: str, came: Collection[str]) -> str:
        """What was judged, as the new edition calls it; "" unless all of it, and nothing else, came along.

        Args:
            subject: An item, a group, or the items of one level of it ("CM/2").
            came: New items whose former answers hold.
        """
        whole = _items_of(self.former, subject)
        heirs = [one for one in came if whole.intersection(each.id for each in self.links[one].former)]
        grown = {each.id for one in heirs for each in self.links[one].former}
        if not whole or grown != whole:
            return ""
        if subject in self.former.item:
            return heirs[0] if len(heirs) == 1 else ""
        wanted = frozenset(heirs)
        return next(
            (name for name in _headings(self.new, subject, heirs[0]) if _items_of(self.new, name) == wanted), ""
        )

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """What changed, clause by clause or area by area, in reading order."""
        links: dict[str, list[Link]] = {}
        for link in self.links.values():
            links.setdefault(_area(self.new, link.item), []).append(link)
        rows = {group.id: self._row(group, links[group.id]) for group in _headings_of(self.new)}
        order = list(rows)
        place = 0
        for group in _headings_of(self.former):
            if group.id in rows:
                place = order.index(group.id) + 1
            elif lost := self._gone_from(group.id):
                rows[group.id] = Row(group.id, self.former.title_of(group.id), gone=lost)
                order.insert(place, group.id)
                place += 1
        return tuple(rows[name] for name in order)

    def _known(self, names: Iterable[str]) -> Iterator[Item]:
        return (self.former.item[name] for name in dict.fromkeys(names) if name in self.former.item)

    def _same_rules(self, item: Item, one: Item) -> bool:
        """Whether both take the same values: in an area that is always in scope fewer are allowed."""
        return self.new.group[item.group].always == self.former.group[one.group].always

    def _row(self, group: Group, links: Sequence[Link]) -> Row:
        kinds = [link.item.change for link in links]
        return Row(
            group.id,
            self.new.title_of(group.id),
            same=kinds.count("same"),
            wording=kinds.count("wording"),
            moved=kinds.count("moved"),
            changed=kinds.count("changed"),
            new=kinds.count("new"),
            disputed=sum(link.item.disputed for link in links),
            changes=tuple(link for link in links if link.item.change != "same" or link.item.disputed),
            gone=self._gone_from(group.id),
        )

    def _gone_from(self, group: str) -> tuple[Item, ...]:
        return tuple(item for item in self.gone if _area(self.former, item) == group)


def between(new: Catalog, former: Catalog) -> Editions:
    """The links from an edition to the one before.

    Raises:
        ValueError: The catalog does not name the other as its base.
    """
    if new.base != former.id:
        raise ValueError(f"{new.id} is no edition after {former.id}")
    return Editions(new, former)


def twins(new: Catalog, former: Catalog) -> Mapping[str, str]:
    """New item id -> former item id, where both are one question."""
    return between(new, former).twins


def _headings_of(catalog: Catalog) -> list[Group]:
    """Leaf clauses, or areas, and what else holds items."""
    names = {_area(catalog, item) for item in catalog.items}
    return [group for group in catalog.groups if group.id in names]


def _area(catalog: Catalog, item: Item) -> str:
    return catalog.area_of.get(item.group, item.group)


def _headings(catalog: Catalog, subject: str, item: str) -> Iterator[str]:
    """Groups around an item, nearest first, spelt as the subject is."""
    level = catalog.item[item].level
    step: str | None = catalog.item[item].group
    while step is not None:
        yield f"{step}/{level}" if "/" in subject else step
        step = catalog.group[step].parent


def _items_of(catalog: Catalog, subject: str) -> frozenset[str]:
    if subject in catalog.item:
        return frozenset({subject})
    name, slash, level = subject.partition("/")
    if name not in catalog.group:
        return frozenset()
    return frozenset(item.id for item in catalog.below(name) if not slash or str(item.level or "") == level)
