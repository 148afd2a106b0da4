"""The priority model: what a package is worth, how hard it presses, and what that makes of its place.

`V = 0.35 S + 0.30 C + 0.15 B + 0.20 R` and `P = V x G x U / sqrt(Z)`. A transparent heuristic of our own,
to be calibrated with the client: differences below about 0.3 mean nothing, and P is never a level.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from math import log2, sqrt
from typing import TYPE_CHECKING

from gapbench.planning.months import months_after
from gapbench.planning.order import dependents, in_order
from gapbench.planning.values import Priority

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from gapbench.planning.values import GateFactor, Requirement, Settings, Track

HIGHEST = 5.0
"""Where S, B and R end."""

BLOCKS = 1.5
GATES: Mapping[GateFactor, float] = {"blocks": BLOCKS, "inside": 1.0, "above": 0.5}
SIZES = ((3, 1), (8, 2), (15, 3), (30, 5), (60, 8))
"""Person-days up to -> size class; above them all it is `LARGEST`."""

LARGEST = 13
SOON, IN_SIGHT = 9, 18
"""Months to a deadline below which time adds two, or one."""

MOST_UNLOCKED = 10
MINOR = 3
"""Severity of a minor nonconformity, or of a practice that is partially met."""

PRESSING = 4
"""C of the mandatory band."""


def severity(requirements: Iterable[Requirement]) -> float:
    """S: the worse of both tracks, half a step more where both are minor or worse."""
    worst: dict[Track, float] = {"iso": 0.0, "cmmi": 0.0}
    for it in requirements:
        worst[it.track] = max(worst[it.track], it.severity)
    both = 0.5 if min(worst.values()) >= MINOR else 0.0
    return min(max(worst.values()) + both, HIGHEST)


def contract_risk(settings: Settings, tracks: Iterable[Track], today: date) -> float:
    """C: mandate and time of the track that presses most; 0 where nobody asks.

    Args:
        settings: Mandates and deadlines.
        tracks: Tracks with something open up to the target.
        today: From which the months are counted.
    """
    return max((_pressure(settings, track, today) for track in tracks), default=0.0)


def _pressure(settings: Settings, track: Track, today: date) -> float:
    mandate, deadline = settings.mandate(track), settings.deadline_of(track)
    if not mandate:
        return 0.0
    if deadline is None or deadline > months_after(today, IN_SIGHT):
        return float(mandate)
    return float(mandate + (2 if deadline <= months_after(today, SOON) else 1))


def breadth(requirements: int) -> float:
    """B: how many open clauses and practices one package closes."""
    return min(log2(1 + requirements), HIGHEST)


def pain(judged: tuple[int, int] | None) -> float:
    """R: likelihood times impact over 5; 0 while nobody was asked."""
    return 0.0 if judged is None else judged[0] * judged[1] / 5


def gate(requirements: Iterable[Requirement]) -> float:
    """G: the gate of the requirement that stands most in the way."""
    return max((GATES[it.gate] for it in requirements), default=GATES["above"])


def unlock(packages: int) -> float:
    """U: a twentieth for each planned package that waits for it, directly or not, at most ten."""
    return 1 + 0.05 * min(packages, MOST_UNLOCKED)


def size_class(days: float) -> int:
    """Z: the class of so many person-days."""
    place = bisect_left([most for most, _ in SIZES], days)
    return SIZES[place][1] if place < len(SIZES) else LARGEST


def score(*, S: float, C: float, B: float, R: float, G: float, U: float, days: float) -> Priority:  # noqa: N803 (the model's own letters)
    """P of one package, before anything is inherited or decided."""
    V = 0.35 * S + 0.30 * C + 0.15 * B + 0.20 * R  # noqa: N806 (the model's own letters)
    Z = size_class(days)  # noqa: N806
    P = V * G * U / sqrt(Z)  # noqa: N806
    return Priority(P=P, S=S, C=C, B=B, R=R, V=V, G=G, U=U, Z=Z, days=days, own=P)


def is_mandatory(priority: Priority) -> bool:
    """The band that comes first: it blocks, and is as severe or as pressing as can be."""
    return priority.G >= BLOCKS and (priority.S >= HIGHEST or priority.C >= PRESSING)


def inherited(
    own: Mapping[str, Priority], needs: Mapping[str, Collection[str]]
) -> tuple[dict[str, Priority], frozenset[str]]:
    """Priorities once every prerequisite has the highest P of the packages it unlocks, and who is mandatory.

    A figure that a person set stands, and is handed on; a prerequisite of a mandatory package is mandatory.

    Args:
        own: Package -> its own priority, or the decided one.
        needs: Package -> packages that come before it.
    """
    order = in_order(needs, str)
    later = dependents(needs, order)
    found: dict[str, Priority] = {}
    for name, priority in own.items():
        best = max(later[name], key=lambda it: (own[it].P, it), default=name)
        lifts = not priority.override and own[best].P > priority.P
        found[name] = replace(priority, P=own[best].P, inherited_from=best) if lifts else priority
    band = frozenset(name for name, priority in own.items() if is_mandatory(priority))
    return found, band | {name for name in own if later[name] & band}


def ranked(
    priorities: Mapping[str, Priority], mandatory: Collection[str], needs: Mapping[str, Collection[str]]
) -> tuple[str, ...]:
    """Packages in the order of work: prerequisites, the mandatory band, P, the smaller, the name."""
    return in_order(needs, lambda it: (it not in mandatory, -priorities[it].P, priorities[it].Z))
