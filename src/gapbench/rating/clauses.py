"""The tree of clauses with its figures, built afresh only where something changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import repeat
from typing import TYPE_CHECKING

from gapbench.rating import tallies
from gapbench.rating.findings import wholly_missing
from gapbench.rating.results import ClauseResult

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapbench.catalog.model import Catalog, Group
    from gapbench.rating.findings import Shift
    from gapbench.rating.tallies import Points


@dataclass(frozen=True)
class Tree:
    """What the clauses are built from.

    Attributes:
        points: Leaf -> results of its points, for the leaves that were looked at again.
        shift: By how many the open majors and minors of groups moved.
        dirty: Groups whose figures may have changed; the others are taken over.
        leaves: Every leaf built or taken over so far. Where a group has points of its own and groups
            below it, the leaf is its own points only: so no point stands in two leaves.
    """

    catalog: Catalog
    points: Mapping[str, Points]
    shift: Shift
    dirty: frozenset[str]
    leaves: dict[str, ClauseResult] = field(default_factory=dict)

    def clauses(self, before: tuple[ClauseResult, ...]) -> tuple[ClauseResult, ...]:
        """Top clauses in order; `before` are the former ones, or nothing."""
        return self._children(None, before)

    def _children(self, parent: str | None, before: tuple[ClauseResult, ...]) -> tuple[ClauseResult, ...]:
        groups = self.catalog.children.get(parent, ())
        former: Iterator[ClauseResult | None] = iter(before) if before else repeat(None)
        return tuple(self._clause(group, old) for group, old in zip(groups, former, strict=False))

    def _clause(self, group: Group, old: ClauseResult | None) -> ClauseResult:
        if old is not None and group.id not in self.dirty:
            return old
        children = self._children(group.id, old.groups if old is not None else ())
        points = self.points.get(group.id)
        if points is None:
            points = old.points if old is not None else {}
        if points:
            moved = self.shift.own.get(group.id, (0, 0))
            self.leaves[group.id] = self._figures(group, points, moved, self.leaves.get(group.id))
            if not children:
                return self.leaves[group.id]
        return self._figures(group, points, self.shift.whole.get(group.id, (0, 0)), old, children)

    def _figures(
        self,
        group: Group,
        points: Points,
        moved: tuple[int, int],
        old: ClauseResult | None,
        children: tuple[ClauseResult, ...] = (),
    ) -> ClauseResult:
        tally = tallies.of_points(self.catalog, points)
        if children:
            tally = tallies.total((tally, *(child.tally for child in children)))
        majors, minors = moved
        gate = group.gate == "always"
        scored = (point.value for name, point in points.items() if self.catalog.item[name].scored)
        return ClauseResult(
            id=group.id,
            title=group.title,
            tally=tally,
            worst=tallies.worst(tally.counts),
            majors=majors + (old.majors if old is not None else 0),
            minors=minors + (old.minors if old is not None else 0),
            gate=gate,
            missing=gate and wholly_missing(scored),
            points=points,
            groups=children,
        )
