"""How far a view is: the verdict on its level, and the sentence for a client."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.rating.wording import listed, plural

if TYPE_CHECKING:
    from gapbench.catalog.model import Scheme
    from gapbench.rating.method import Method
    from gapbench.rating.results import Noun


_NAMED = 6


def profile(noun: Noun, areas: int, below: int, reached: int, target: int) -> str:
    """Where the areas of a profile stand: the lowest of them, and how many are where they are to be."""
    if not areas:
        return f"no {noun.one} in scope"
    if areas == 1:
        return f"the {noun.one} in scope is at capability level {reached}"
    there = areas - below
    return (
        f"the lowest of {areas} {noun.many} is at capability level {reached}; "
        f"{there or 'none'} {'is' if there < 2 else 'are'} at the {target} aimed at"
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a view is.

    Attributes:
        floor: The level that asks nothing: being there needs no rating.
        areas: Areas in scope; `below` how many of them are not at the target.
        not_come: Areas that cannot be rated at the next level because the work has not come there.
    """

    method: Method
    scheme: Scheme
    reached: int
    target: int
    floor: int
    in_scope: int
    characterized: int
    areas: int
    below: int
    blockers: int
    judgements_due: int
    not_come: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        """One of "incomplete", "on_target" and "below_target"."""
        nothing_asked = not self.in_scope and self.target > self.floor
        if self.characterized < self.in_scope or nothing_asked:
            return "incomplete"
        return "on_target" if self.reached >= self.target else "below_target"

    @property
    def sentence(self) -> str:
        """The verdict in words a client understands."""
        said = {
            "incomplete": (self._incomplete, self._incomplete),
            "on_target": (self._on_target, self._all_on_target),
            "below_target": (self._below_target, self._some_below_target),
        }[self.verdict]
        text = said[self.scheme == "continuous"]()
        if self.not_come:
            text = f"{text} {listed(self.not_come, _NAMED)} cannot be rated: the work has not come there yet (NY)."
        if not self.judgements_due:
            return text
        due = plural(self.judgements_due, "judgement is", "judgements are")
        return f"{text} {due} due; the lower value counts until then."

    def _incomplete(self) -> str:
        left = self.in_scope - self.characterized
        items = plural(self.in_scope, self.method.noun.one, self.method.noun.many)
        so_far = f"maturity level {self.reached} so far"
        if self.scheme == "continuous":
            so_far = f"so far {profile(self.method.area, self.areas, self.below, self.reached, self.target)}"
        return f"No verdict yet: {left} of {items} up to level {self.target} not {self.method.done}; {so_far}."

    def _on_target(self) -> str:
        if self.reached == self.target:
            return f"Maturity level {self.reached}, the level aimed at, is in place."
        return f"Maturity level {self.reached} is in place, above the level aimed at, {self.target}."

    def _all_on_target(self) -> str:
        text = f"Every {self.method.area.one} in scope reaches capability level {self.reached}"
        if self.reached == self.target:
            return f"{text}, the level aimed at."
        return f"{text}, above the level aimed at, {self.target}."

    def _below_target(self) -> str:
        text = f"Maturity level {self.reached} of the {self.target} aimed at: "
        if not self.blockers:
            return f"{text}nothing is left in scope at level {self.reached + 1}."
        return f"{text}{self._stand()} before level {self.reached + 1}."

    def _some_below_target(self) -> str:
        areas = plural(self.areas, self.method.area.one, self.method.area.many)
        are = "is" if self.below == 1 else "are"
        return (
            f"{self.below} of {areas} {are} below capability level {self.target}, the level aimed at; "
            f"the lowest is at {self.reached}: {self._stand()} before the next levels."
        )

    def _stand(self) -> str:
        noun = self.method.noun
        return plural(self.blockers, f"{noun.one} stands", f"{noun.many} stand")
