"""A row of the table: ratios of pairs taken in the same run, against the goal and the gate."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Verdict = Literal["goal", "gate", "MISSED", ""]

HEADS = ("what", "ours", "floor", "ratio", "spread", "goal", "gate", "within")


@dataclass(frozen=True)
class Figure:
    """One row.

    Attributes:
        what: What was measured; `floor` what it is held against.
        values: One ratio (or difference, or count) for each round.
        ours, base: Medians, written for people: "412 ms".
        goal, gate: None for a row that is only told.
        unit: What the values are.
    """

    what: str
    floor: str
    values: tuple[float, ...]
    ours: str = ""
    base: str = ""
    goal: float | None = None
    gate: float | None = None
    unit: Literal["x", " MB", " loaded"] = "x"

    @property
    def value(self) -> float:
        """The median over the rounds."""
        return median(self.values)

    @property
    def within(self) -> Verdict:
        """The best that is kept."""
        if self.goal is None or self.gate is None:
            return ""
        if self.value <= self.goal:
            return "goal"
        return "gate" if self.value <= self.gate else "MISSED"

    def cells(self) -> tuple[str, ...]:
        """The row as the table shows it."""
        low, high = min(self.values), max(self.values)
        spread = f"{self._said(low)}..{self._said(high)}" if len(self.values) > 1 else ""
        return (
            f"{self.what}, over {self.floor}",
            self.ours,
            self.base,
            f"{self._said(self.value)}{self.unit}",
            spread,
            self._limit(self.goal),
            self._limit(self.gate),
            self.within,
        )

    def as_json(self) -> dict[str, Any]:
        """The row for programs."""
        return asdict(self) | {"value": self.value, "within": self.within}

    def _limit(self, limit: float | None) -> str:
        return "" if limit is None else f"{self._said(limit)}{self.unit}"

    def _said(self, number: float) -> str:
        return f"{number:.2f}" if self.unit == "x" else f"{number:.0f}"


def ratio(
    what: str,
    floor: str,
    ours: Sequence[float],
    base: Sequence[float],
    *,
    goal: float | None = None,
    gate: float | None = None,
) -> Figure:
    """A row from pairs of seconds; the ratio is taken in each round, then the median of the ratios."""
    values = tuple(one / other for one, other in zip(ours, base, strict=True))
    return Figure(what, floor, values, seconds(median(ours)), seconds(median(base)), goal, gate)


def seconds(time: float) -> str:
    """A time as people read it."""
    return f"{time * 1e3:.2f} ms" if time < 0.01 else f"{time * 1e3:.0f} ms" if time < 10 else f"{time:.1f} s"


def percentile(values: Iterable[float], percent: float) -> float:
    """The value that so many percent do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def timed(work: Callable[[], object]) -> float:
    """Seconds that some work takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def interleaved(samples: dict[str, Callable[[], float]], rounds: int, warm: int = 1) -> dict[str, list[float]]:
    """Every sample once in each round, in turn forwards and backwards, so that a drift of the machine hits all."""
    taken: dict[str, list[float]] = {name: [] for name in samples}
    for number in range(rounds + warm):
        names = list(samples) if number % 2 else list(reversed(samples))
        found = {name: samples[name]() for name in names}
        if number >= warm:
            for name, value in found.items():
                taken[name].append(value)
    return taken


def table(figures: Sequence[Figure]) -> str:
    """The rows for people."""
    rows = [HEADS, *(figure.cells() for figure in figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADS))]
    return "\n".join(
        "  ".join(cell.ljust(width) if place == 0 else cell.rjust(width) for place, (cell, width) in columns).rstrip()
        for columns in (list(enumerate(zip(row, widths, strict=True))) for row in rows)
    )
