"""One item from its units to the organisation: the allowed values, and the one that counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gapbench.rating import scales
from gapbench.rating.results import ItemResult
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gapbench.catalog.model import Item
    from gapbench.rating.asking import Roster
    from gapbench.rating.inputs import Answer, Case
    from gapbench.rating.results import Value


def _shared(instances: Sequence[str]) -> str:
    return instances[0]


def _nothing(_: Sequence[str]) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a table from units to organisation.

    Attributes:
        words: When it holds, for a person.
        holds: When it holds, for the set of values and whether half or more of the units are weak.
        allowed: Values that it allows, best first; empty where the values themselves make it.
        made: The value that they make; the one they share, unless the rule says otherwise.
        making: That value in words.
    """

    words: str
    holds: Callable[[frozenset[str], bool], bool]
    allowed: tuple[str, ...]
    made: Callable[[Sequence[str]], str] = _shared
    making: str = "the value they share"

    @property
    def gives(self) -> str:
        """What comes out, for a person: "LM or PM", "unrated", "the value they share"."""
        return listed((value or "unrated" for value in self.allowed), last="or") or self.making


@dataclass(frozen=True)
class Table:
    """How the values of units make the value of the organisation; the first rule that holds decides.

    Attributes:
        scale: Values that a unit can have.
        missing: What stands where nothing is rated yet.
        weak: Values whose share of all units a rule looks at.
        shown: The arithmetic of these values as lines, where there is any.
    """

    scale: tuple[Value, ...]
    rules: tuple[Rule, ...]
    missing: str = ""
    weak: frozenset[str] = frozenset()
    shown: Callable[[Sequence[str]], tuple[str, ...]] = _nothing

    @cached_property
    def rated(self) -> frozenset[str]:
        """Values that say something."""
        return frozenset(scales.codes(self.scale)) - {self.missing}

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """What an item can have, in key order, with that of an item without a rating."""
        return tuple(dict.fromkeys((*scales.codes(self.scale), self.missing)))

    @cached_property
    def _want_reason(self) -> frozenset[str]:
        return scales.wanting(self.scale, "reason")

    @cached_property
    def _want_text(self) -> frozenset[str]:
        return scales.wanting(self.scale, "note") | self._want_reason

    def rule_for(self, instances: Sequence[str]) -> Rule:
        """The first rule that holds; what is no rating is missing."""
        seen = frozenset(value if value in self.rated else self.missing for value in instances)
        half = 2 * sum(value in self.weak for value in instances) >= len(instances)
        return next(rule for rule in self.rules if rule.holds(seen, half))

    def allowed(self, instances: Sequence[str]) -> tuple[str, ...]:
        """Organisation-level values that the rules allow, best first; one without a choice."""
        rule = self.rule_for(instances)
        return rule.allowed or (rule.made(instances),)

    def over_units(self, case: Case, item: Item, members: Roster) -> ItemResult:
        """An item over the units of its area."""
        values: dict[str, str] = {}
        due: list[str] = []
        rated, missing, wanting = self.rated, self.missing, self._want_text
        for unit, must in members.members:
            answer = case.answers.get((item.id, unit))
            value = answer.value if answer is not None and answer.value in rated else missing
            if must or value != missing:
                values[unit] = value
                if value in wanting and self._lacks_text(answer, value):
                    due.append(unit)
        allowed = self.allowed(tuple(values.values()))
        decision = case.judgements.get(item.id)
        decided = decision is not None and decision.value in allowed
        return ItemResult(
            id=item.id,
            value=decision.value if decision is not None and decided else allowed[-1],
            allowed=allowed if allowed != ("",) else (),
            judgement_due=len(allowed) > 1 and not decided,
            units=values,
            complete=bool(values) and self.missing not in values.values(),
            due=tuple(due),
        )

    def _lacks_text(self, answer: Answer | None, value: str) -> bool:
        if answer is None:
            return True
        return not (answer.reason if value in self._want_reason else answer.note).strip()


def refuse_choice(item: str, allowed: Sequence[str], value: str) -> str | None:
    """Why an item cannot be judged to have a value; None when the rules leave that choice."""
    if value in allowed:
        return None
    choice = listed(allowed, last="or") or "open"
    return f"{item} is {choice} by the answers of its units, so it cannot be judged {value[:40]}."
