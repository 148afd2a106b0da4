"""Two more orders of the same walk: by theme, where what overlaps is asked together, and by who can answer.

Both are the item lines of the walk by structure, each once, in another order under other headings. A theme is a work
package: its clauses are those that it closes, and a practice stands with the clause of the same package that it has the
strongest pair with. What stands together is talked about once and rated one by one, each on its own scale.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from gapbench.catalog.packages import packages
from gapbench.work.interviews import interviews_of, place_of
from gapbench.work.walk_lines import Line, year_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from gapbench.catalog.model import Catalog
    from gapbench.catalog.overlap import Overlap
    from gapbench.catalog.packages import PackageText
    from gapbench.work.walk_lines import Pair, Tie

NO_PACKAGE = "Not in a package"

_Clauses = dict[tuple[str, str], list[Line]]
"""(framework, leaf) -> its lines, in reading order."""


@dataclass(frozen=True, slots=True)
class Questions:
    """How many questions are asked for how many answers.

    Attributes:
        answers: Items of every framework, those too that another edition answers.
        asked: Questions that remain when what stands together is talked about once.
    """

    answers: int
    asked: int

    @property
    def saved(self) -> int:
        """Answers that come with the question of another framework or edition."""
        return self.answers - self.asked

    @property
    def said(self) -> str:
        """In a line."""
        return f"asked {self.asked}, answers {self.answers}, saved {self.saved}"


@dataclass(frozen=True, slots=True)
class Together:
    """What is talked about at once: the points of a clause and the practices that stand with it.

    Attributes:
        clause: (framework, leaf); of what has no clause here ("", "").
        points: Points of the clause; of two editions that are asked together, what differs too.
        practices: Strongest first.
    """

    clause: tuple[str, str]
    points: tuple[Pair, ...]
    practices: tuple[Pair, ...]

    @property
    def items(self) -> tuple[Pair, ...]:
        """In the order in which they are rated."""
        return self.points + self.practices

    @property
    def shared(self) -> bool:
        """Whether both sides are asked something here."""
        return bool(self.points and self.practices)

    def across(self, item: Pair) -> tuple[Pair, ...]:
        """What stands on the other side of an item; nothing where it stands alone."""
        if not self.shared:
            return ()
        return self.points if item in self.practices else self.practices


@dataclass(frozen=True, slots=True)
class Theme:
    """A package with what it asks here.

    Attributes:
        ask: The joint question; "" for what belongs to no package.
    """

    id: str
    name: str
    ask: str
    evidence: str
    groups: tuple[Together, ...]

    @property
    def items(self) -> tuple[Pair, ...]:
        """All its items, in the order of the walk by theme."""
        return tuple(item for group in self.groups for item in group.items)


@dataclass(frozen=True, slots=True)
class Interview:
    """A sitting with those who can answer.

    Attributes:
        roles: Who is named for its items.
        items: What stands here: these roles are named first.
        also: Interview in which others are named first -> what can be answered here as well.
    """

    name: str
    roles: tuple[str, ...]
    items: tuple[Pair, ...]
    also: Mapping[str, tuple[Pair, ...]]


class Themes:
    """The packages over the items of a walk.

    Args:
        items: Item lines in structural order.
        catalogs: Frameworks of the engagement by id.
        overlaps: Every overlap among them.
        inside: Newer of two editions that are asked together -> the former.
        twins: Items that the newer edition is served by.
    """

    def __init__(
        self,
        items: Sequence[Line],
        catalogs: Mapping[str, Catalog],
        overlaps: Sequence[Overlap],
        inside: Mapping[str, str],
        twins: Collection[Pair],
    ) -> None:
        self._lines = {line.key: line for line in items}
        self._catalogs = catalogs
        self._overlaps = overlaps
        self._inside = inside
        self._twins = twins
        self.themes = tuple(self._themes())
        self._of = {item: (theme, group) for theme in self.themes for group in theme.groups for item in group.items}

    def of(self, item: Pair) -> tuple[Theme, Together] | None:
        """The theme of an item, and what it stands together with."""
        return self._of.get(item)

    # -- which item stands where ---------------------------------------------------------------------------------------

    def _themes(self) -> Iterator[Theme]:
        texts = packages(list(self._catalogs.values()))
        package = {ref: text.id for text in texts for ref in text.closes}
        found: dict[str, list[Line]] = {}
        for line in self._lines.values():
            found.setdefault(package.get(self._ref(line), NO_PACKAGE), []).append(line)
        for text in texts:
            if text.id in found:
                yield self._theme(text, found[text.id])
        if NO_PACKAGE in found:
            alone = tuple(self._alone(found[NO_PACKAGE]))
            yield Theme(NO_PACKAGE, "", "", "", alone)

    def _ref(self, line: Line) -> Pair:
        catalog = self._catalogs[line.catalog]
        return line.key if catalog.levels else (line.catalog, catalog.item[line.id].group)

    def _alone(self, lines: Iterable[Line]) -> Iterator[Together]:
        for line in lines:
            yield Together(("", ""), (), (line.key,))

    def _theme(self, text: PackageText, lines: Sequence[Line]) -> Theme:
        clauses: _Clauses = {}
        practices: list[Line] = []
        for line in lines:
            if self._catalogs[line.catalog].levels:
                practices.append(line)
            else:
                clauses.setdefault(self._clause(line), []).append(line)
        beside = self._beside(clauses, practices)
        groups = [
            Together(
                clause,
                tuple(line.key for line in sorted(points, key=lambda line: line.differs)),
                tuple(beside.get(clause, ())),
            )
            for clause, points in clauses.items()
        ]
        taken = {item for some in beside.values() for item in some}
        groups += self._alone(line for line in practices if line.key not in taken)
        return Theme(text.id, text.name, text.ask, text.evidence, tuple(groups))

    def _clause(self, line: Line) -> tuple[str, str]:
        """The leaf of a point; of two editions that are asked together it is one."""
        leaf = self._catalogs[line.catalog].item[line.id].group
        return self._inside.get(line.catalog, line.catalog), leaf

    def _beside(self, clauses: _Clauses, practices: Sequence[Line]) -> dict[tuple[str, str], list[Pair]]:
        """The practices of each clause: every practice where its pair is strongest, at the first such clause."""
        place = {clause: number for number, clause in enumerate(clauses)}
        found: dict[tuple[str, str], list[tuple[int, int, Pair]]] = {}
        for number, line in enumerate(practices):
            best = min(self._places(line, place), default=None)
            if best is not None:
                strength, at = best
                clause = next(clause for clause, where in place.items() if where == at)
                found.setdefault(clause, []).append((strength, number, line.key))
        return {clause: [item for _, _, item in sorted(some)] for clause, some in found.items()}

    def _places(self, line: Line, place: Mapping[tuple[str, str], int]) -> Iterator[tuple[int, int]]:
        """(strength, clause) of every strong or partial pair that a practice has with a clause of the theme."""
        for overlap in self._overlaps:
            if overlap.cmmi == line.catalog:
                iso = self._inside.get(overlap.iso, overlap.iso)
                for pair in overlap.of_practice(line.id):
                    if (iso, pair.leaf) in place:
                        yield ("strong", "partial").index(pair.strength), place[iso, pair.leaf]

    # -- questions -----------------------------------------------------------------------------------------------------

    def questions(self, theme: Theme | None = None) -> Questions:
        """Questions of a theme, or of all.

        Where points and practices stand together the longer side is asked, and the answers of the shorter one come
        with it: a question serves at most one item of each side, so that nothing is saved within one framework. A
        question that serves two editions is asked once.
        """
        if theme is None:
            parts = [self.questions(each) for each in self.themes]
            return Questions(sum(each.answers for each in parts), sum(each.asked for each in parts))
        asked = sum(max(len(group.points), len(group.practices)) for group in theme.groups)
        answers = sum(1 + (item in self._twins) for item in theme.items)
        return Questions(answers, asked)

    # -- lines ---------------------------------------------------------------------------------------------------------

    def lines(self) -> list[Line]:
        """The walk by theme."""
        found: list[Line] = []
        for theme in self.themes:
            found.append(self._heading("theme", theme.id, theme.name, theme.items))
            for group in theme.groups:
                found += [self._line(item, tie) for item, tie in zip(group.items, _ties(group), strict=True)]
        return found

    def _heading(self, kind: Literal["theme", "interview"], name: str, title: str, items: Sequence[Pair]) -> Line:
        catalog = items[0][0]
        own = tuple(item for of, item in items if of == catalog)
        more = tuple(item for item in items if item[0] != catalog)
        return Line(kind, catalog, name, name, title, 0, own, more)

    def _line(self, item: Pair, tie: Tie = "") -> Line:
        line = self._lines[item]
        title = f"{year_of(self._catalogs[line.catalog])}: {line.title}" if line.differs else line.title
        return replace(line, label=line.id, title=title, depth=1, tie=tie)

    # -- who can answer ------------------------------------------------------------------------------------------------

    @cached_property
    def interviews(self) -> tuple[Interview, ...]:
        """The sittings of a session; an item stands in the one of who is named first, and is named in the others.

        So it is asked once. Within an interview the items stand in the order of the themes: what overlaps is next to
        each other.
        """
        first: dict[str, list[Pair]] = {}
        also: dict[str, dict[str, list[Pair]]] = {}
        roles: dict[str, dict[str, None]] = {}
        for item in (item for theme in self.themes for item in theme.items):
            ask = self._catalogs[item[0]].item[item[1]].ask
            here, *others = interviews_of(ask)
            first.setdefault(here, []).append(item)
            roles.setdefault(here, {}).update(dict.fromkeys(role for role in ask if interviews_of((role,)) == (here,)))
            for other in others:
                also.setdefault(other, {}).setdefault(here, []).append(item)
        return tuple(
            Interview(
                name,
                tuple(roles[name]),
                tuple(first[name]),
                {where: tuple(items) for where, items in also.get(name, {}).items()},
            )
            for name in sorted(first, key=place_of)
        )

    def interview_lines(self) -> list[Line]:
        """The walk by interview."""
        found: list[Line] = []
        for interview in self.interviews:
            found.append(self._heading("interview", interview.name, "", interview.items))
            found += [self._line(item) for item in interview.items]
        return found


def _ties(group: Together) -> list[Tie]:
    """How the lines of what stands together are tied: first, inner, last; not at all where one side is alone."""
    count = len(group.items)
    if not group.shared:
        return [""] * count
    ties: list[Tie] = ["inner"] * count
    ties[0], ties[-1] = "first", "last"
    return ties
