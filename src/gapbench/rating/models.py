"""The one door to the rules: a model by name, and the questions that every model answers.

The functions of each model stand in its own module; this module only says which ones exist and
what they are asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from gapbench.rating import conformity, goals, practice_groups, process_attributes
from gapbench.rating.methods import method_of
from gapbench.rating.results import Noun

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapbench.catalog.model import Catalog, Item
    from gapbench.rating.inputs import Case, FindingClass, Scope, Unit
    from gapbench.rating.results import ItemResult, Result, Value


class RatingModel(Protocol):
    """What every model answers."""

    NOUN: Noun
    """What an item is called: "point" and "points"; `noun_of` says it for one framework."""

    def scale(self, catalog: Catalog) -> tuple[Value, ...]:
        """Values in key order, best first, then the ones that take an item out of the count."""
        ...

    def units_for(self, scope: Scope, item: Item) -> tuple[Unit, ...]:
        """Units that are asked the item.

        The pseudo-unit of id "" named "Organisation" when none of the kind exists.
        """
        ...

    def in_scope(self, scope: Scope) -> tuple[Item, ...]:
        """Items to walk, in reading order."""
        ...

    def refuse(self, scope: Scope, item: Item, value: str) -> str | None:
        """Why the rules do not allow this value here, as a sentence; None when they do."""
        ...

    def caution(self, scope: Scope, item: Item, value: str) -> str | None:
        """What to think of before an allowed value is kept; None when nothing speaks against it."""
        ...

    def cautions(self, scope: Scope, items: Iterable[Item], value: str) -> tuple[str, ...]:
        """The same for many items at once, summed up: one sentence for all of a kind."""
        ...

    def refuse_exclusion(self, scope: Scope, area: str, unit: str = "") -> str | None:
        """Why an area cannot be out for a unit, or ("") for the organisation; None when it can."""
        ...

    def refuse_judgement(self, case: Case, subject: str, value: str) -> str | None:
        """Why nothing is to be judged here, or not in this way; None when it may be.

        The subject is an item, or what the model judges beside items ("CM/2", "CM SG 1"). The case
        holds the answers to the item.

        Raises:
            UsageError: There is no such subject.
        """
        ...

    def refuse_finding(self, cls: FindingClass, values: Iterable[str]) -> str | None:
        """Why a finding of this class cannot rest on items with these values; None when it can.

        The values are what the items say so far (`ItemResult.so_far`), "" where nothing is rated.
        """
        ...

    def item_result(self, case: Case, item: Item) -> ItemResult:
        """The item over its units."""
        ...

    def assess(self, case: Case) -> Result:
        """Everything: groups, findings, levels, verdict, blockers."""
        ...

    def reassess(self, case: Case, before: Result, items: frozenset[str]) -> Result:
        """`assess`, reusing what `before` says of groups that hold none of `items`.

        `items` are those whose answer, judgement or finding changed; a group or the subject of a
        judgement ("CM/2") may stand for its items. The scope is the one of `before`.
        """
        ...


MODELS: dict[str, RatingModel] = {
    "conformity": conformity,
    "practice_groups": practice_groups,
    "goals": goals,
    "process_attributes": process_attributes,
}


def model_of(scope: Scope) -> RatingModel:
    """The rules of a framework."""
    return MODELS[scope.catalog.model]


def noun_of(catalog: Catalog) -> Noun:
    """What the items of a framework are called; one model may rate practices here and goals there."""
    return conformity.NOUN if catalog.model == "conformity" else method_of(catalog).noun


def area_noun_of(catalog: Catalog) -> Noun:
    """What the areas of a framework are called: clauses, areas, key process areas, processes."""
    return Noun("clause", "clauses") if catalog.model == "conformity" else method_of(catalog).area
