"""What stands before the next maturity level, practice by practice, and who pulls it down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.rating import characterize, levels, units
from gapbench.rating.results import AreaResult, Blocker, ItemResult
from gapbench.rating.wording import joined, listed, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapbench.catalog.model import Item
    from gapbench.rating.inputs import Case

_STANDS = frozenset({"PM", "DM", "NY", characterize.NC})


@dataclass(frozen=True)
class Roadmap:
    """Blockers of the next level.

    Attributes:
        known: Blockers already worded, of areas where nothing changed.
    """

    case: Case
    known: Mapping[str, Blocker]

    def blockers(self, areas: tuple[AreaResult, ...], level: int) -> tuple[Blocker, ...]:
        """Practices that stand before a level, in reading order."""
        names = units.names(self.case.scope)
        return tuple(
            self.known.get(item.id) or self._blocker(item, area, names)
            for area in levels.asked_at(areas, level)
            for item in self._in_the_way(area, level)
        )

    def _in_the_way(self, area: AreaResult, level: int) -> Iterator[Item]:
        judgements = self.case.judgements
        for item in self.case.scope.catalog.items_of[area.id]:
            own = item.level or 1
            if own > level:
                continue
            value = area.practices[item.id].value
            heavy = value == "LM" and levels.is_significant(judgements, area.id, own)
            if value in _STANDS or heavy:
                yield item

    def _blocker(self, item: Item, area: AreaResult, names: Mapping[str, str]) -> Blocker:
        result = area.practices[item.id]
        if result.value == characterize.NC:
            return Blocker(item.id, result.value, self._open(item, result, names))
        remarks = [*self._weak(result, names)]
        if result.judgement_due:
            remarks.append(f"{listed(result.allowed, last='or')} is to be judged")
        if result.value == "LM":
            remarks.append(self._significance(area.id, item.level or 1))
        return Blocker(item.id, result.value, joined(remarks))

    def _open(self, item: Item, result: ItemResult, names: Mapping[str, str]) -> str:
        missing = [names[unit] for unit, value in result.units.items() if value == "NC"]
        if missing:
            return f"not characterized: {listed(missing)}"
        return f"nobody is asked: every unit that could answer is excluded from {item.group}; take one back in"

    def _weak(self, result: ItemResult, names: Mapping[str, str]) -> Iterator[str]:
        said = set(result.units.values())
        worst = said & characterize.WEAK or said & {result.value}
        for unit, value in result.units.items():
            if value not in worst:
                continue
            answer = self.case.answers.get((result.id, unit))
            note = answer.note.strip() if answer is not None else ""
            yield f"{names[unit]} {value}: {note}" if note else f"{names[unit]} {value}"

    def _significance(self, area: str, level: int) -> str:
        reason = self.case.judgements[f"{area}/{level}"].reason.strip()
        text = f"the weaknesses of {area} level {level} were judged significant"
        return f"{text}: {reason}" if reason else text


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a view is, for the verdict and its sentence."""

    reached: int
    target: int
    in_scope: int
    characterized: int
    blockers: int
    judgements_due: int

    @property
    def verdict(self) -> str:
        """One of "incomplete", "on_target" and "below_target"."""
        if self.characterized < self.in_scope or not self.in_scope:
            return "incomplete"
        return "on_target" if self.reached >= self.target else "below_target"

    @property
    def sentence(self) -> str:
        """The verdict in words a client understands."""
        text = {
            "incomplete": self._incomplete,
            "on_target": self._on_target,
            "below_target": self._below_target,
        }[self.verdict]()
        if not self.judgements_due:
            return text
        due = plural(self.judgements_due, "judgement is", "judgements are")
        return f"{text} {due} due; the lower value counts until then."

    def _incomplete(self) -> str:
        left = self.in_scope - self.characterized
        return (
            f"No verdict yet: {left} of {plural(self.in_scope, 'practice')} up to level "
            f"{self.target} not characterized; maturity level {self.reached} so far."
        )

    def _on_target(self) -> str:
        if self.reached == self.target:
            return f"Maturity level {self.reached}, the level aimed at, is in place."
        return f"Maturity level {self.reached} is in place, above the level aimed at, {self.target}."

    def _below_target(self) -> str:
        stand = plural(self.blockers, "practice stands", "practices stand")
        return f"Maturity level {self.reached} of the {self.target} aimed at: {stand} before level {self.reached + 1}."
