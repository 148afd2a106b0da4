"""One framework with levels as its sheet sees it: what is asked, what things are called, where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from gapbench.excel.book import said
from gapbench.rating import areas as layout
from gapbench.rating import asking, levels
from gapbench.rating.methods import method_of
from gapbench.work.deliverable import levels_shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapbench.catalog.model import Catalog, Item
    from gapbench.rating.method import Method
    from gapbench.rating.results import AreaResult, LevelResult
    from gapbench.work.deliverable import Assessed

NONE = "\N{EN DASH}"
OUT = "out"
NOT_RATED = "not rated"
STATES = {"satisfied": "satisfied", "unsatisfied": "unsatisfied", "not_rated": NOT_RATED}

KEY, GROUP, WHOLE, ASKED, SCOPE, HARM, DUE, NAME, TITLE, FIRST = range(10)
"""Columns that every table of items has; those up to the name are hidden, the figures follow the title."""

HIDDEN = ("Key", "Group key", "Belongs to", "Asked from", "In scope", "Significant", "Due")
"""Headings of the hidden ones."""

_MOST = 5
"""Levels that a grid has room for; no framework has more."""


@dataclass
class Facts:
    """One framework on its sheet.

    Attributes:
        number: Its place on the sheet, from 1; part of the names of its tables.
        table: Name of its table of items.
        rows: Area id -> row of the grid, from 0.
        level, target: Cells with the level reached and the one aimed at.
    """

    assessed: Assessed
    result: LevelResult
    number: int
    table: str
    rows: dict[str, int] = field(default_factory=dict)
    level: str = ""
    target: str = ""

    @property
    def catalog(self) -> Catalog:
        """The framework."""
        return self.assessed.scope.catalog

    @cached_property
    def method(self) -> Method:
        """How it is rated."""
        return method_of(self.catalog)

    @property
    def is_profile(self) -> bool:
        """Whether each area has a capability level of its own and the whole has no maturity level."""
        return self.result.scheme == "continuous"

    @cached_property
    def groups(self) -> frozenset[tuple[str, int]]:
        """(area, level) that are listed."""
        return levels_shown(self.assessed.scope, self.result)

    @cached_property
    def depth(self) -> int:
        """The highest level of any area."""
        return min(max((area.top for area in self.result.areas), default=1) or 1, _MOST)

    @cached_property
    def stages(self) -> tuple[int, ...]:
        """Maturity levels that ask something; none in a profile."""
        scope = self.assessed.scope
        if self.is_profile:
            return ()
        return tuple(range(levels.floor_of(scope) + 1, min(levels.top_of(scope), _MOST) + 1))

    @cached_property
    def floor(self) -> int:
        """The level at which everybody is."""
        return levels.floor_of(self.assessed.scope)

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Value -> how it stands in a cell."""
        missing = self.method.table.missing
        return {value.code: said(value) for value in self.assessed.scale} | {missing: missing or NOT_RATED}

    @property
    def open_word(self) -> str:
        """What stands where nothing is rated."""
        return self.words[self.method.table.missing]

    @property
    def reached(self) -> int:
        """Column with the level that an area has."""
        return FIRST + self.depth

    @property
    def after(self) -> int:
        """First column behind the levels of an area."""
        return self.reached + (2 if self.method.capped else 1)

    @property
    def step(self) -> int:
        """Column with the next level of an area, in a profile."""
        return self.after + 2

    @cached_property
    def blocking(self) -> frozenset[str]:
        """Items that stand before the next level now."""
        return frozenset(blocker.item for blocker in self.result.blockers)

    @cached_property
    def width(self) -> int:
        """Columns of figures that the grid of areas takes."""
        return self.after - FIRST + (3 if self.is_profile else len(self.stages))

    @property
    def nothing_asked(self) -> bool:
        """Whether nothing is asked at all though something should be."""
        return not self.result.in_scope and self.result.target > self.floor

    def out_for_good(self, area: AreaResult) -> bool:
        """Whether an area is out whatever is answered in it."""
        return bool(asking.is_out(self.assessed.scope, self.catalog.group[area.id]))

    def is_needed(self, area: AreaResult, level: int) -> bool:
        """Whether a level needs an area, unless its own answers take it out."""
        return area.asked_from <= max(level, self.least_asked) and not self.out_for_good(area)

    @cached_property
    def least_asked(self) -> int:
        """The lowest level from which any area is asked."""
        return min((area.asked_from for area in self.result.areas), default=0)

    def own_level(self, item: Item) -> int:
        """The level that an item belongs to."""
        return layout.level_of(self.catalog, item)
