"""What an assessor will question in answers to goals: signs that contradict them, areas declared out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.rating.results import Blocker
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.rating.inputs import Case
    from gapbench.rating.results import AreaResult

_NAMED = 6


def of_areas(case: Case, areas: tuple[AreaResult, ...]) -> tuple[Blocker, ...]:
    """Areas that will be questioned, in their own order."""
    return tuple(caution for area in areas for caution in _of_area(case, area))


def _of_area(case: Case, area: AreaResult) -> Iterator[Blocker]:
    catalog = case.scope.catalog
    if area.out:
        if not catalog.group[area.id].optional:
            yield Blocker(area.id, "na", f"{area.title}: declared not applicable as a whole, which is hardly accepted")
        return
    reached = [name for name, it in area.practices.items() if catalog.item[name].scored and it.value == "yes"]
    missing = [name for name, it in area.practices.items() if not catalog.item[name].scored and it.value == "no"]
    if reached and missing:
        are = "is" if len(reached) == 1 else "are"
        yield Blocker(
            area.id,
            "yes",
            f"{area.title}: {listed(reached, _NAMED)} {are} answered yes while {listed(missing, _NAMED)} "
            f"{'is' if len(missing) == 1 else 'are'} answered no; an assessor will ask how that can hold",
        )


def sentence(cautions: tuple[Blocker, ...]) -> str:
    """What has to stand beside a verdict; "" where nothing has."""
    if not cautions:
        return ""
    names = listed((caution.item for caution in cautions), _NAMED)
    return f"An assessor will question the answers in {names}."
