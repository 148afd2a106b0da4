"""What if these packages were done? Ticks on the table, and what the rules would say; nothing of it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.planning import future
from gapbench.rating.wording import listed, plural
from gapbench.tui.screens.plan_words import figure
from gapbench.tui.widgets.canvas import Piece, Row, cropped
from gapbench.work.headline import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapbench.planning.values import Standing
    from gapbench.planning.whatif import Choice
    from gapbench.work.planning import Plan


class WhatIf:
    """Ticked packages, and what they would give.

    Attributes:
        ticks: Ids of packages.
        choice: The answer to "so many days: what gives most?", while its ticks stand.
    """

    def __init__(self) -> None:
        self.ticks: set[str] = set()
        self.choice: Choice | None = None
        self.budget = 0.0
        self._known: tuple[object, ...] = ()
        self._standings: tuple[Mapping[str, Standing], Mapping[str, Standing]] = ({}, {})

    def tick(self, name: str) -> None:
        """Tick a package, or take the tick away."""
        self.ticks ^= {name}
        self.choice = None

    def take(self, choice: Choice, budget: float) -> None:
        """Tick an answer."""
        self.ticks, self.choice, self.budget = set(choice.packages), choice, budget

    def keep(self, plan: Plan) -> None:
        """Only what is still in the plan stays ticked."""
        if not self.ticks <= set(plan.package):
            self.ticks &= set(plan.package)
            self.choice = None

    def standings(self, plan: Plan, *, unrated_is_met: bool) -> tuple[Mapping[str, Standing], Mapping[str, Standing]]:
        """What the rules say now, and once the ticked packages are done."""
        key = (id(plan), frozenset(self.ticks), unrated_is_met)
        if key != self._known:
            self._standings = (
                now(plan, unrated_is_met=unrated_is_met),
                future.after(plan.parts, plan.packages, self.ticks, unrated_is_met=unrated_is_met),
            )
            self._known = key
        return self._standings

    def rows(self, plan: Plan, width: int, *, unrated_is_met: bool) -> list[Row]:
        """Packages and days, then each framework before and after."""
        chosen = [it for it in plan.packages if it.id in self.ticks]
        days = sum(it.days for it in chosen)
        first: list[Piece] = [
            (f"WHAT IF {plural(len(chosen), 'package')} were done", "key"),
            (f"   {figure(days)} of {figure(sum(it.days for it in plan.packages))} days", "strong"),
        ]
        missing = self._missing(plan)
        if self.choice is not None:
            goals = listed([f"{plan.names[goal.catalog]} {goal.title}" for goal in self.choice.goals])
            first.append((f"   {goals or 'most points'} for {figure(self.budget)} days", ""))
        elif missing:
            first.append((f"   they need {listed(missing, limit=5)} too", "bad"))
        else:
            first.append(("   space ticks, m most, esc leaves", "dim"))
        before, after = self.standings(plan, unrated_is_met=unrated_is_met)
        second: list[Piece] = []
        for catalog, name in plan.names.items():
            second += [*_pieces(name, before[catalog], after[catalog]), ("   ", "")]
        return [cropped(first, width), cropped(second, width)]

    def _missing(self, plan: Plan) -> list[str]:
        """Packages that the ticked ones need and that are neither ticked nor done."""
        need = {name for it in plan.packages if it.id in self.ticks for name in it.needs}
        return [it.id for it in plan.packages if it.id in need and it.id not in self.ticks and not it.done]


def now(plan: Plan, *, unrated_is_met: bool) -> Mapping[str, Standing]:
    """What the rules say before any package is done."""
    return future.after(plan.parts, plan.packages, (), unrated_is_met=True) if unrated_is_met else plan.now


def _pieces(name: str, before: Standing, after: Standing) -> list[Piece]:
    moved = (before.short, before.verdict) != (after.short, after.verdict)
    verdicts = [VERDICTS.get(each.verdict, each.verdict) for each in (before, after)]
    verdict = verdicts[0] if verdicts[0] == verdicts[1] else f"{verdicts[0]} > {verdicts[1]}"
    figures = before.short if before.short == after.short else f"{before.short} > {after.short}"
    return [(f"{name} ", "dim"), (figures, "strong" if moved else ""), (f", {verdict}", "good" if moved else "")]
