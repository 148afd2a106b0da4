"""What is a model's own among the models that give levels; all the rest they share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gapbench.catalog.model import Group, Item
    from gapbench.rating.aggregate import Table
    from gapbench.rating.inputs import Case
    from gapbench.rating.results import AreaResult, Blocker, GroupState, ItemResult, Noun


@dataclass(frozen=True, slots=True)
class States:
    """What the items of an area come to.

    Attributes:
        levels: Level -> state, for the levels that the area has.
        goals: Goal -> state, where there are goals; one that is not applicable is left out.
        out: Why the answers take the area out altogether, else "".
    """

    levels: Mapping[int, GroupState]
    goals: Mapping[str, GroupState] = field(default_factory=dict)
    out: str = ""


def no_cautions(case: Case, areas: tuple[AreaResult, ...]) -> tuple[Blocker, ...]:  # noqa: ARG001 (as the others)
    """Nothing to question."""
    return ()


@dataclass(frozen=True)
class Method:
    """How a framework with levels is rated.

    Attributes:
        noun: What is rated; `area` what has a level; `done` what an item is that has its rating.
        table: From units to the organisation.
        states: An area from the results of its items.
        stands: Values of an item of one level that stand before another level of its area.
        weighty: The value with a weakness that is met, and stands in the way once the weaknesses are
            judged significant; "" where nothing is judged so.
        subject: What such a judgement is about, for an item.
        capped: Areas that are always in scope hold down the capability of the others (GOV, II).
        risk: Value -> risk of not meeting the item, where an evaluation shows it.
        cautions: What an assessor will question beside the verdict.
    """

    noun: Noun
    area: Noun
    done: str
    table: Table
    states: Callable[[Case, Group, Mapping[str, ItemResult]], States]
    stands: Callable[[int, int], frozenset[str]]
    weighty: str = ""
    subject: Callable[[Item], str] = lambda item: item.id
    capped: bool = False
    risk: Mapping[str, str] = field(default_factory=dict)
    cautions: Callable[[Case, tuple[AreaResult, ...]], tuple[Blocker, ...]] = no_cautions
