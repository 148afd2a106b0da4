"""The method of each framework that has levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.rating import attribute_method, goal_method, practice_method

if TYPE_CHECKING:
    from gapbench.catalog.model import Catalog
    from gapbench.rating.method import Method


def method_of(catalog: Catalog) -> Method:
    """How this framework is rated; conformity has no levels and no method."""
    if catalog.model == "goals":
        return goal_method.GOALS if catalog.scale == "answers" else goal_method.PRACTICES
    return attribute_method.METHOD if catalog.model == "process_attributes" else practice_method.METHOD
