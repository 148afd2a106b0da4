"""What the models with levels refuse or question alike: areas left out, judgements, work not come to yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.rating import aggregate, assessment
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapbench.catalog.model import Item
    from gapbench.rating.inputs import Case, Scope

_NAMED = 6


def not_yet(items: Iterable[Item], value: str, instead: str) -> tuple[str, ...]:
    """What to think of before NY is kept; `instead` is the value of what was left out on purpose."""
    names = listed((item.id for item in items), _NAMED)
    if value != "NY" or not names:
        return ()
    return (f"NY says that the work has not come to {names} yet; what was left out on purpose is {instead}.",)


def exclusion(scope: Scope, area: str, unit: str, instead: str) -> str | None:
    """Why an area cannot be excluded for a unit, or ("") for the organisation; None when it can.

    Args:
        scope: What is assessed.
        area: The area.
        unit: The unit, "" for the whole organisation.
        instead: Why it cannot be out for the organisation, and what to do instead.
    """
    catalog = scope.catalog
    group = catalog.group[area]
    if catalog.area_of.get(area) != area:
        return f"{area} is not in or out of scope by itself; leave out a whole area, with a justification."
    if group.always:
        return f"{area} is never out of scope: rate it in every unit that is asked."
    if unit and catalog.units == "organisation":
        return f"{catalog.name} asks the organisation as a whole, so no single unit can be out of {area}."
    return None if unit or group.optional else instead


def choice(case: Case, item: str, value: str) -> str | None:
    """Why an item is not judged to have a value; None when the rules leave that choice."""
    allowed = assessment.item_result(case, case.scope.catalog.item[item]).allowed
    return aggregate.refuse_choice(item, allowed, value)
