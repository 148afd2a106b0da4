"""What one programme saves over two, as modelled from each package's share of work that would be done twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.planning.values import Saving

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapbench.planning.values import PlannedPackage

LEAST, MOST = 0.5, 1.5
"""By how much the shares may be wrong."""


def saving(planned: Iterable[PlannedPackage]) -> Saving:
    """The saving of the packages of a plan.

    Work is done twice only where both tracks have something open up to the target.
    """
    return modelled((it.effort, it.package.doubled if len(it.tracks) > 1 else 0.0) for it in planned)


def modelled(efforts: Iterable[tuple[tuple[float, float], float]]) -> Saving:
    """The saving over packages with their (low, high) person-days and their share of double work.

    `saving = sum(effort x share) / sum(effort x (1 + share))`, with the middle of each effort.
    """
    known = tuple(efforts)
    low, high = (sum(effort[end] for effort, _ in known) for end in (0, 1))
    apart = [sum(effort[end] * (1 + share) for effort, share in known) for end in (0, 1)]
    return Saving(
        integrated=(low, high),
        separate=(apart[0], apart[1]),
        percent=_percent(known, 1.0),
        low=_percent(known, LEAST),
        high=_percent(known, MOST),
    )


def _percent(efforts: Iterable[tuple[tuple[float, float], float]], factor: float) -> float:
    middles = [(sum(effort) / 2, min(share * factor, 1.0)) for effort, share in efforts]
    apart = sum(days * (1 + share) for days, share in middles)
    return 100 * sum(days * share for days, share in middles) / apart if apart else 0.0
