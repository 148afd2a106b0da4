"""Plan, schedule and forecast after one answer with 500 open items; what 30 person-days give among 25 packages."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle
from typing import TYPE_CHECKING

from gapbench.planning.forecast import Forecaster
from gapbench.planning.outlook import Outlook, outlook
from gapbench.planning.whatif import best
from gapbench.rating.inputs import Answer
from gapbench.rating.models import model_of
from tests.bench.figures import Figure, interleaved, percentile, ratio, timed
from tests.planning.ground import CMMI, ISO, TODAY, answered, settings, twenty_five

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.planning.requirements import Part
    from tests.bench.ground import Ground

FRAME = 0.016
SECOND = 1.0
SAID = settings(capacity=30.0)


def measure(ground: Ground) -> Iterator[Figure]:
    """One answer after the other, in every package; against the rules from scratch on the same answers."""
    parts = [answered(ISO, {}, "not_conforming"), answered(CMMI, {}, "DM", views=("DEV",), target=3)]
    found = outlook(parts, twenty_five(), SAID, today=TODAY)
    open_items = sum(len(it.open_items) for it in found.requirements)
    key = _Key(parts)
    taken = interleaved(
        {
            "key": key.press,
            "rules": lambda: timed(lambda: _assess(parts)),
            "fresh": lambda: timed(lambda: outlook(parts, twenty_five(), SAID, today=TODAY)),
            "thirty": lambda: timed(lambda: best(found.packages, 30.0)),
            "most": lambda: timed(lambda: best(found.packages, 190.0)),
        },
        ground.rounds(60),
    )
    rules, scratch = taken["rules"], "the rules from scratch"
    what = f"plan, schedule and forecast after an answer, {open_items} open items"
    yield ratio(what, scratch, taken["key"], rules, goal=3, gate=6)
    yield _against(f"... of a frame of {FRAME * 1e3:.0f} ms", taken["key"], FRAME)
    slowest = percentile(taken["key"], 95)
    yield _against("... the slowest of twenty", [slowest], FRAME)
    yield ratio("... nothing remembered", scratch, taken["fresh"], rules)
    yield _against("what 30 person-days give, 25 packages", taken["thirty"], SECOND, goal=0.1, gate=1)
    yield _against("what half of all days gives", taken["most"], SECOND, goal=0.1, gate=1)


class _Key:
    """Answers that change all over the two frameworks, and the outlook that follows each of them."""

    def __init__(self, parts: list[Part]) -> None:
        self._parts = list(parts)
        self._forecaster = Forecaster()
        self._items = cycle(
            [(0, item, "partial", "not_conforming") for item in _spread(parts[0])]
            + [(1, item, "PM", "DM") for item in _spread(parts[1])]
        )
        self._look()

    def press(self) -> float:
        """Seconds from an answer whose readiness is there to the whole outlook."""
        place, item, better, worse = next(self._items)
        case, result = self._parts[place]
        value = better if case.answers[item, ""].value == worse else worse
        case = replace(case, answers={**case.answers, (item, ""): Answer(value, note="weak")})
        self._parts[place] = case, model_of(case.scope).reassess(case, result, frozenset({item}))
        return timed(self._look)

    def _look(self) -> Outlook:
        return outlook(self._parts, twenty_five(), SAID, today=TODAY, forecaster=self._forecaster)


def _spread(part: Part) -> list[str]:
    case, _ = part
    items = [item.id for item in model_of(case.scope).in_scope(case.scope) if item.scored]
    return items[:: max(1, len(items) // 25)]


def _assess(parts: list[Part]) -> None:
    for case, _ in parts:
        model_of(case.scope).assess(case)


def _against(
    what: str, seconds: list[float], whole: float, *, goal: float | None = None, gate: float | None = None
) -> Figure:
    floor = "a frame" if whole == FRAME else "a second"
    return ratio(what, floor, seconds, [whole] * len(seconds), goal=goal, gate=gate)
