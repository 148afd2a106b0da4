"""Two editions in one engagement, as screens, workbook and command line show them: what changed, and the old answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gapbench.catalog.editions import between
from gapbench.engagement.carrying import exclusions
from gapbench.engagement.succeeding import following, scope_of
from gapbench.engagement.wording import spoken
from gapbench.errors import UsageError
from gapbench.rating.models import model_of
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from gapbench.catalog.editions import Asked, Editions, Link, Row
    from gapbench.catalog.model import Catalog, Item
    from gapbench.engagement.engagement import Engagement
    from gapbench.engagement.values import Mode, Passage
    from gapbench.rating.inputs import Answer, Case, Finding, Scope

FORMAT = "gapbench-bridge/1"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Before:
    """The old answer beside a point: one item of the edition before, and what was said of it.

    Attributes:
        catalog: Id of that edition; `name` as it is said.
        word: The rating in words, "" when there is none.
        nearest: The point is new: this is the nearest there was, and answers nothing for it.
    """

    catalog: str
    name: str
    item: Item
    answer: Answer
    word: str
    nearest: bool


@dataclass(frozen=True, slots=True)
class Old:
    """An item of the edition before with its rating over all units, "" without an engagement or a rating."""

    id: str
    title: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the bridge.

    Attributes:
        link: The item, what changed, and what it grew from.
        old: What it grew from, with the ratings of then.
        value: Its rating in words over all units, "" when there is none.
        carried: That rating came along, in one unit at least, and nobody has confirmed it yet.
    """

    link: Link
    old: tuple[Old, ...]
    value: str = ""
    carried: bool = False

    @property
    def item(self) -> Item:
        """The item of the new edition."""
        return self.link.item

    @property
    def asked(self) -> Asked:
        """Whether the old answer holds ("once"), helps ("again"), or there is none ("new")."""
        return self.link.asked


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause or area of the bridge.

    Attributes:
        row: Its counts.
        points: Its points, reading order; only those that are not simply the same unless all were wanted.
        gone: Points of the edition before that live on nowhere.
    """

    row: Row
    points: tuple[Point, ...]
    gone: tuple[Old, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How the scored points in scope of the new edition are asked: shared, apart, again and new are all of them.

    Attributes:
        once: Unchanged: `shared` and `apart` together.
        again: Changed: asked again, with the old answer beside.
        new: Nothing answers them.
        gone: Scored points in scope of the edition before that live on nowhere.
        disputed: How many of them all the sources disagree about.
        shared: Unchanged, one to one, and asked in both: where both editions are asked, one question.
        apart: Unchanged, but split or merged, or asked in the new edition alone: a line of its own with the old answer.
    """

    once: int
    again: int
    new: int
    gone: int
    disputed: int
    shared: int = 0
    apart: int = 0


@dataclass(frozen=True, slots=True)
class Ahead:
    """What would be asked if an engagement went on to a new edition.

    Attributes:
        counts: Of what would be in scope.
        areas: Areas of the new edition that would be asked and of which nothing is asked now.
        further: How many scored items would be asked in them.
        outside: Items whose answers would come along and are not asked in the new view and level.
        views: The views that would be asked.
    """

    counts: Counts
    areas: tuple[str, ...]
    further: int
    outside: tuple[str, ...]
    views: tuple[str, ...]


@dataclass(frozen=True)
class Bridge:
    """What changed from one edition to the next.

    Attributes:
        mode: How the one follows the other in this engagement; "" without an engagement.
        counts: Of the items in scope; of all of them without an engagement.
    """

    editions: Editions
    mode: Mode | str
    counts: Counts
    clauses: tuple[Clause, ...]

    @property
    def title(self) -> str:
        """As in: ISO 9001:2015 to ISO 9001:2026."""
        return f"{self.editions.former.name} to {self.editions.new.name}"


def followed(engagement: Engagement, catalog: str = "") -> str:
    """The framework that follows another edition: the one named, or the only one there is.

    Raises:
        UsageError: None does, or several do; the sentence says what to name.
    """
    names = [one.catalog for one in engagement.successions()]
    if catalog in names:
        return catalog
    live = [one.catalog for one in engagement.frameworks() if one.catalog in names]
    if len(live) == 1 and not catalog:
        return live[0]
    if not live:
        raise UsageError(
            "No framework of this engagement follows another edition yet; go on to one with `gapbench transition`."
        )
    what = f"{catalog[:60]} follows no other edition here" if catalog else "Several frameworks follow another edition"
    raise UsageError(f"{what}; name {listed(live, last='or')}.")


def bridge(engagement: Engagement, catalog: str = "", *, everything: bool = False) -> Bridge:
    """What changed in the framework of an engagement that follows another edition, with old and new ratings.

    Args:
        engagement: The open file.
        catalog: The framework; left out, the only one that follows another.
        everything: Also the points that are simply the same.

    Raises:
        UsageError: No framework, or not this one, follows another.
    """
    name = followed(engagement, catalog)
    how = next(one for one in engagement.successions() if one.catalog == name)
    new, former = engagement.case(name), engagement.case(how.former)
    editions = engagement.editions(name)
    assert editions is not None  # noqa: S101 - it follows another, as was asked above
    now, then = _Values(new), _Values(former)
    return Bridge(
        editions,
        how.mode,
        _counts(editions, new.scope, former.scope),
        _clauses(editions, now, then, everything=everything),
    )


def bridge_ahead(engagement: Engagement, catalog: Catalog) -> Bridge:
    """What would change if an engagement went on to a new edition, with the ratings of now.

    Raises:
        UsageError: The edition before is not in this engagement.
    """
    if catalog.base not in {one.catalog for one in engagement.frameworks()}:
        names = listed(one.catalog for one in engagement.frameworks())
        follows = f"{catalog.name} follows {catalog.base}" if catalog.base else f"{catalog.name} follows no edition"
        raise UsageError(f"{follows}, and this engagement has {names or 'no framework yet'}.")
    former = engagement.case(catalog.base)
    editions = between(catalog, former.scope.catalog)
    tally = _counts(editions, _scope_ahead(engagement, editions, former), former.scope)
    return Bridge(editions, "", tally, _clauses(editions, None, _Values(former), everything=False))


def bridge_of(editions: Editions, *, everything: bool = False) -> Bridge:
    """What changed between two catalogs, without an engagement."""
    return Bridge(editions, "", _counts(editions), _clauses(editions, None, None, everything=everything))


def counts(engagement: Engagement, catalog: str) -> Counts:
    """How many points in scope are asked once, asked again, and new.

    Raises:
        UsageError: The framework follows no other edition.
    """
    name = followed(engagement, catalog)
    how = next(one for one in engagement.successions() if one.catalog == name)
    editions = engagement.editions(name)
    assert editions is not None  # noqa: S101 - it follows another, as was asked above
    return _counts(editions, engagement.scope(name), engagement.scope(how.former))


def ahead(engagement: Engagement, catalog: Catalog, passage: Passage) -> Ahead:
    """What would be asked after a passage; ask before it is done."""
    former = engagement.case(passage.succession.former)
    editions = between(catalog, former.scope.catalog)
    scope = _scope_ahead(engagement, editions, former)
    asked = list(model_of(scope).in_scope(scope))
    then = {item.id for item in model_of(former.scope).in_scope(former.scope)}
    known = {
        _area(catalog, item)
        for item in asked
        if editions.links[item.id].asked != "new"
        and then.intersection(one.id for one in editions.links[item.id].former)
    }
    further = [item for item in asked if item.scored and _area(catalog, item) not in known] if catalog.levels else []
    names = {item.id for item in asked}
    return Ahead(
        _counts(editions, scope, former.scope),
        tuple(dict.fromkeys(_area(catalog, item) for item in further)),
        len(further),
        tuple(dict.fromkeys(item for item, _ in passage.carried if item not in names)),
        scope.views,
    )


def _scope_ahead(engagement: Engagement, editions: Editions, former: Case) -> Scope:
    """The new edition as it would be asked."""
    framework = next(one for one in engagement.frameworks() if one.catalog == editions.former.id)
    scope = scope_of(following(editions.new, framework), editions.new, former.scope)
    return replace(scope, exclusions=exclusions(editions, former, scope)[0])


def _area(catalog: Catalog, item: Item) -> str:
    return catalog.area_of.get(item.group, item.group)


def before(engagement: Engagement, catalog: str, item: str, unit: str) -> tuple[Before, ...]:
    """The old answers beside a point in one unit; nothing where the framework follows no other edition."""
    editions = engagement.editions(catalog)
    if editions is None or item not in editions.links:
        return ()
    link = editions.links[item]
    former = editions.former
    scale = model_of(engagement.scope(former.id)).scale(former)
    found = []
    for one in link.former:
        answer = engagement.answer(former.id, one.id, unit)
        word = spoken(scale, answer.value) if answer.value else ""
        found.append(Before(former.id, former.name, one, answer, word, link.asked == "new"))
    return tuple(found)


def origin_words(engagement: Engagement, catalog: str, origin: str) -> str:
    """Where a carried answer came from, as it is said: "4.1 a of ISO 9001:2015"."""
    former = engagement.former_of(catalog)
    items = origin.partition(":")[2]
    return f"{items} of {engagement.catalog(former.catalog).name}" if former else items


def left_behind(engagement: Engagement) -> tuple[Finding, ...]:
    """Findings all of whose points live on nowhere: they stay in the file, and undo brings them back."""
    return engagement.left_behind()


def served(engagement: Engagement, catalog: str) -> frozenset[str]:
    """Items of a framework that need no line of their own: a twin in scope of a framework before it is shown."""
    order = [one.catalog for one in engagement.frameworks()]
    if catalog not in order or not any(catalog in (pair.catalog, pair.former) for pair in engagement.dual()):
        return frozenset()
    shown: set[tuple[str, str]] = set()
    for other in order[: order.index(catalog)]:
        scope = engagement.scope(other)
        shown |= {(other, item.id) for item in model_of(scope).in_scope(scope)}
    return frozenset(item for item, twins in engagement.twins_of(catalog).items() if shown.intersection(twins))


class _Values:
    """Ratings of one framework over all units, in words."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._rules = model_of(case.scope)
        self._scale = self._rules.scale(case.scope.catalog)
        self._carried = {item for item, _ in case.carried}

    def word(self, item: Item) -> str:
        result = self._rules.item_result(self._case, item)
        rated = any(value not in ("", "NC") for value in result.units.values())
        return spoken(self._scale, result.value) if rated and result.value else ""

    def carried(self, item: Item) -> bool:
        return item.id in self._carried


def _counts(editions: Editions, new: Scope | None = None, former: Scope | None = None) -> Counts:
    asked = [item for item in (model_of(new).in_scope(new) if new else editions.new.items) if item.scored]
    then = {item.id for item in (model_of(former).in_scope(former) if former else editions.former.items) if item.scored}
    kinds = [editions.links[item.id].asked for item in asked]
    shared = sum(editions.twins.get(item.id) in then for item in asked)
    return Counts(
        kinds.count("once"),
        kinds.count("again"),
        kinds.count("new"),
        sum(item.id in then for item in editions.gone),
        sum(item.disputed for item in asked),
        shared,
        kinds.count("once") - shared,
    )


def _clauses(editions: Editions, now: _Values | None, then: _Values | None, *, everything: bool) -> tuple[Clause, ...]:
    links: dict[str, list[Link]] = {}
    if everything:
        for link in editions.links.values():
            area = editions.new.area_of.get(link.item.group, link.item.group)
            links.setdefault(area, []).append(link)
    return tuple(
        Clause(
            row,
            tuple(_point(link, now, then) for link in links.get(row.group, row.changes)),
            tuple(_old(item, then) for item in row.gone),
        )
        for row in editions.rows
    )


def _point(link: Link, now: _Values | None, then: _Values | None) -> Point:
    old = tuple(_old(one, then) for one in link.former)
    if now is None:
        return Point(link, old)
    return Point(link, old, now.word(link.item), now.carried(link.item))


def _old(item: Item, then: _Values | None) -> Old:
    return Old(item.id, item.title, then.word(item) if then else "")


# --- for programs --------------------------------------------------------------------------------


def bridge_json(found: Bridge) -> Json:
    """A bridge as programs read it, `gapbench-bridge/1`: keys may be added, never renamed."""
    tally = found.counts
    return {
        "format": FORMAT,
        "from": found.editions.former.id,
        "to": found.editions.new.id,
        "mode": found.mode or None,
        "counts": {
            "once": tally.once,
            "shared": tally.shared,
            "apart": tally.apart,
            "again": tally.again,
            "new": tally.new,
            "gone": tally.gone,
        },
        "clauses": [_clause_json(clause, with_values=bool(found.mode)) for clause in found.clauses],
    }


def _clause_json(clause: Clause, *, with_values: bool) -> Json:
    row = clause.row
    return {
        "id": row.group,
        "title": row.title,
        "same": row.same,
        "wording": row.wording,
        "moved": row.moved,
        "changed": row.changed,
        "new": row.new,
        "disputed": row.disputed,
        "points": [_point_json(point, with_values=with_values) for point in clause.points],
        "gone": [_old_json(old, with_values=with_values) for old in clause.gone],
    }


def _point_json(point: Point, *, with_values: bool) -> Json:
    row: Json = {
        "id": point.item.id,
        "title": point.item.title,
        "change": point.item.change,
        "note": point.item.change_note or None,
        "asked": point.asked,
        "disputed": point.item.disputed,
        "confidence": point.item.confidence,
        "verify": point.item.verify == "due",
        "from": [_old_json(old, with_values=with_values) for old in point.old],
    }
    return row | ({"value": point.value or None, "carried": point.carried} if with_values else {})


def _old_json(old: Old, *, with_values: bool) -> Json:
    row: Json = {"id": old.id, "title": old.title}
    return row | ({"value": old.value or None} if with_values else {})


def passage_json(passage: Passage, ahead: Ahead | None = None) -> Json:
    """What going on to a new edition does, as programs read it: keys may be added, never renamed."""
    more: Json = {}
    if ahead is not None:
        more = {
            "apart": ahead.counts.apart,
            "further": {"areas": list(ahead.areas), "items": ahead.further},
            "outside": list(ahead.outside),
        }
    return more | {
        "from": passage.succession.former,
        "to": passage.succession.catalog,
        "mode": passage.succession.mode,
        "carried": len({item for item, _ in passage.carried}),
        "answers": len(passage.carried),
        "changed": len(passage.again),
        "new": len(passage.new),
        "shared": len(passage.shared),
        "differing": list(passage.differing),
        "dropped": list(passage.dropped),
        "findings": {"moved": len(passage.moved), "left": list(passage.left)},
        "judge_again": list(passage.unjudged),
        "exclude_again": [{"area": area, "unit": unit} for area, unit in passage.included],
    }
