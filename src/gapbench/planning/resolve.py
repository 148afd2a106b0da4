"""From the texts of the packages to what a plan is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.planning.values import Package

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gapbench.catalog.packages import PackageText
    from gapbench.planning.values import Size

_SIZES: tuple[Size, ...] = ("S", "M", "L")


def resolve(texts: Iterable[PackageText]) -> tuple[Package, ...]:
    """The packages of one engagement, as `catalog.packages.packages` gives them for its frameworks."""
    return tuple(_package(text) for text in texts)


def _package(text: PackageText) -> Package:
    return Package(
        id=text.id,
        name=text.name,
        theme=text.theme,
        closes=text.closes,
        touches=text.touches,
        activities=text.activities,
        deliverables=text.deliverables,
        owner=text.owner,
        supporting=text.supporting,
        effort=_effort(text.effort),
        doubled=text.doubled,
        needs=text.needs,
        step=text.step,
        audit_unit=text.audit_unit,
        review_items=text.review_items,
        evidence=text.evidence,
    )


def _effort(days: Mapping[str, tuple[int, int]]) -> dict[Size, tuple[float, float]]:
    return {size: (float(days[size][0]), float(days[size][1])) for size in _SIZES}
