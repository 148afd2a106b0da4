"""A process attribute from its instances to the organisation: the arithmetic mean, halves up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.rating import scales
from gapbench.rating.aggregate import Rule, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

OPEN = ""

POINTS = {"N": 0, "P": 1, "L": 2, "F": 3}
"""What a rating counts in the mean."""

_CODES = {points: code for code, points in POINTS.items()}


def basic(value: str) -> str:
    """A rating without its refinement: L+ and L- are L."""
    return value[:1]


def mean(instances: Sequence[str]) -> str:
    """The mean of some ratings as a rating; at or above the midpoint it is rounded up."""
    total = sum(POINTS[basic(value)] for value in instances)
    return _CODES[(2 * total + len(instances)) // (2 * len(instances))]


def _sum(instances: Sequence[str]) -> tuple[str, ...]:
    if len(set(instances)) < 2 or OPEN in instances:
        return ()
    points = [POINTS[basic(value)] for value in instances]
    exact = f"{sum(points) / len(points):.2f}".rstrip("0").rstrip(".")
    added = " + ".join(map(str, points))
    return (f"Mean, with N 0, P 1, L 2, F 3: ({added}) / {len(points)} = {exact}, rounded to {mean(instances)}",)


TABLE = Table(
    scales.ACHIEVEMENT,
    (
        Rule("a unit is not rated", lambda seen, _: not seen or OPEN in seen, (OPEN,)),
        Rule("all units have the same rating", lambda seen, _: len(seen) == 1, ()),
        Rule("units have different ratings", lambda *_: True, (), mean, "the arithmetic mean, from the midpoint up"),
    ),
    shown=_sum,
)
