"""What is asked as one list of lines, framework by framework; two editions that are asked together make one list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from gapbench.rating.inputs import ORGANISATION
from gapbench.rating.models import model_of
from gapbench.rating.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gapbench.catalog.editions import Editions
    from gapbench.catalog.model import Catalog, Group, Item
    from gapbench.rating.inputs import Case

LineKind = Literal["framework", "group", "level", "item", "theme", "interview"]
Tie = Literal["", "first", "inner", "last"]
"""Where a line stands among those that are asked together."""

Pair = tuple[str, str]
"""(catalog id, line or item id)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the walk.

    Attributes:
        kind: "theme" and "interview" head items of several frameworks.
        id: Catalog id, group id, "CM/2" for a practice group, "WP04", "Purchasing", or item id.
        label: What stands in front of the title: "8.4.1", "c", "2.1".
        items: Ids of the items at or below the line.
        more: (catalog, item) of other frameworks below the line: of the other edition where two are asked
            together, of everything else in a theme or an interview.
        differs: Only the newer of two editions that are asked together asks it, or asks it so.
    """

    kind: LineKind
    catalog: str
    id: str
    label: str
    title: str
    depth: int
    items: tuple[str, ...]
    more: tuple[Pair, ...] = ()
    differs: bool = False
    tie: Tie = ""

    @property
    def key(self) -> Pair:
        """By what a line is found."""
        return self.catalog, self.id

    @property
    def mixed(self) -> bool:
        """Whether it heads items of several frameworks, each with its own scale."""
        return self.kind in {"theme", "interview"}

    @property
    def below(self) -> tuple[Pair, ...]:
        """(catalog, item) of all items at or below the line."""
        return (*((self.catalog, item) for item in self.items), *self.more)


def year_of(catalog: Catalog) -> str:
    """What an edition is called beside another one: "2026", "3.0"."""
    return catalog.edition.split(maxsplit=1)[0]


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
    label = group_label(catalog, group)
    return [Line("group", catalog.id, group.id, label, group.title, depth, below), *items, *inner]


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


# -- two editions asked together ----------------------------------------------------------------------------------


def served(editions: Editions, former: Case, new: Case) -> Mapping[str, str]:
    """Item of the new edition -> the item of the former that asks it too; both are in scope."""
    here, there = (_asked(case) for case in (new, former))
    return {item: one for item, one in editions.twins.items() if item in here and one in there}


def _asked(case: Case) -> set[str]:
    return {item.id for item in model_of(case.scope).in_scope(case.scope)}


def together_lines(editions: Editions, former: Case, new: Case) -> list[Line]:
    """The lines of the former edition, with what differs in the new one right below each clause.

    What only the new one has stands in its place among the clauses.
    """
    lines = walk_lines(former)
    differing = _differing(editions, former, new)
    for group in editions.new.groups:
        if group.id in differing:
            _insert(lines, editions, group, differing[group.id])
    return _with_more(lines, editions)


def _differing(editions: Editions, former: Case, new: Case) -> dict[str, list[Item]]:
    """Items that the new edition asks for itself, by group."""
    shared = served(editions, former, new)
    found: dict[str, list[Item]] = {}
    for item in model_of(new.scope).in_scope(new.scope):
        if item.id not in shared:
            found.setdefault(item.group, []).append(item)
    return found


def _insert(lines: list[Line], editions: Editions, group: Group, items: Sequence[Item]) -> None:
    catalog, noun = editions.new, "point" if editions.new.model == "conformity" else "item"
    year = year_of(catalog)
    at = next((n for n, line in enumerate(lines) if line.kind == "group" and line.id == group.id), None)
    if at is not None and not lines[at].differs:
        title = f"{plural(len(items), noun)} {'differs' if len(items) == 1 else 'differ'}"
        depth = lines[at].depth + 1
        place = _end_of_own(lines, at)
        head = Line("group", catalog.id, group.id, f"{group_label(catalog, group)} in {year}:", title, depth, ())
    else:
        place, depth = _place_of_new(lines, catalog, group)
        head = Line(
            "group", catalog.id, group.id, f"{group_label(catalog, group)} new in {year}:", group.title, depth, ()
        )
    below = [
        Line("item", catalog.id, item.id, tail(catalog, item), item.title, depth + 1, (item.id,), differs=True)
        for item in items
    ]
    lines[place:place] = [replace(head, items=tuple(item.id for item in items), differs=True), *below]


def _end_of_own(lines: Sequence[Line], at: int) -> int:
    """The place after what belongs to a group itself, before the groups below it."""
    for place in range(at + 1, len(lines)):
        if lines[place].kind in {"group", "framework"}:
            return place
    return len(lines)


def _end_of(lines: Sequence[Line], at: int) -> int:
    """The place after all that stands below a line."""
    for place in range(at + 1, len(lines)):
        if lines[place].depth <= lines[at].depth:
            return place
    return len(lines)


def _place_of_new(lines: Sequence[Line], catalog: Catalog, group: Group) -> tuple[int, int]:
    """Where a group stands that the former edition has not, and how deep: after its elder sibling."""
    at = {line.id: n for n, line in reversed(list(enumerate(lines))) if line.kind in {"group", "framework"}}
    parent = at.get(group.parent or "", 0)
    siblings = [each.id for each in catalog.children.get(group.parent, ())]
    elder = [at[name] for name in siblings[: siblings.index(group.id)] if name in at]
    place = _end_of(lines, elder[-1]) if elder else _end_of_own(lines, parent)
    return place, lines[parent].depth + 1


def _with_more(lines: list[Line], editions: Editions) -> list[Line]:
    """Every heading of the former edition knows what of the new one stands below it."""
    year = year_of(editions.new)
    for at, line in enumerate(lines):
        if line.kind in {"framework", "group"} and not line.differs:
            below = lines[at + 1 : _end_of(lines, at)]
            more = tuple(each.key for each in below if each.kind == "item" and each.differs)
            title = f"{line.title} and {year}" if line.kind == "framework" else line.title
            lines[at] = replace(line, more=more, title=title)
    return lines
