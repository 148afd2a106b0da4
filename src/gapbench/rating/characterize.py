"""A practice from its units to the organisation: the allowed values, and the one that counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.rating import scales, units
from gapbench.rating.results import ItemResult
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gapbench.catalog.model import Group, Item
    from gapbench.rating.inputs import Answer, Case, Scope, Unit

NC = "NC"
RATED = frozenset(scales.codes(scales.PRACTICES)) - {NC}
"""Values that characterize; NC says the same as no answer."""

WEAK = frozenset({"PM", "DM"})

_WANT_NOTE = scales.wanting(scales.PRACTICES, "note")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table from units to organisation.

    Attributes:
        words: When it holds, for a person.
        holds: When it holds, for the set of values and whether half or more of the units are PM
            or DM.
        allowed: Values that it allows, best first; empty for "the value they share".
    """

    words: str
    holds: Callable[[frozenset[str], bool], bool]
    allowed: tuple[str, ...]


RULES: tuple[Rule, ...] = (
    Rule("a unit is not characterized", lambda seen, _: not seen or NC in seen, (NC,)),
    Rule("all units have the same value", lambda seen, _: len(seen) == 1, ()),
    Rule("only FM and NY", lambda seen, _: seen == {"FM", "NY"}, ("FM",)),
    Rule("only FM, LM and NY, with an LM", lambda seen, _: seen <= {"FM", "LM", "NY"}, ("LM",)),
    Rule(
        "FM or LM beside PM or DM, half or more of all units PM or DM",
        lambda seen, half: bool(seen & {"FM", "LM"}) and half,
        ("PM",),
    ),
    Rule(
        "FM or LM beside PM or DM, fewer than half of all units PM or DM",
        lambda seen, _: bool(seen & {"FM", "LM"}),
        ("LM", "PM"),
    ),
    Rule("only PM, DM and NY, with a PM", lambda seen, _: "PM" in seen, ("PM", "DM")),
    Rule("only DM and NY, with a DM", lambda *_: True, ("DM",)),
)


@dataclass(frozen=True, slots=True)
class Roster:
    """The units of an area.

    Attributes:
        members: (unit id, asked) in unit order: those that must answer, and those that count once
            they have.
    """

    members: tuple[tuple[str, bool], ...]


def rule_for(instances: Sequence[str]) -> Rule:
    """The first rule of the table that holds; what is no rating is not characterized."""
    seen = frozenset(value if value in RATED else NC for value in instances)
    half = 2 * sum(value in WEAK for value in instances) >= len(instances)
    return next(rule for rule in RULES if rule.holds(seen, half))


def allowed_values(instances: Sequence[str]) -> tuple[str, ...]:
    """Organisation-level values that the rules allow, best first; one without a choice."""
    return rule_for(instances).allowed or (instances[0],)


def refuse_choice(item: str, allowed: Sequence[str], value: str) -> str | None:
    """Why an item cannot be judged to have a value; None when the rules leave that choice."""
    if value in allowed:
        return None
    choice = listed(allowed, last="or") or "open"
    return f"{item} is {choice} by the answers of its units, so it cannot be judged {value[:40]}."


def is_out(scope: Scope, area: Group) -> str:
    """The justification when an area is out for the whole organisation, else ""."""
    return scope.exclusions.get((area.id, ""), "").strip() if area.optional else ""


def is_excluded(scope: Scope, area: Group, unit: str) -> bool:
    """Whether a unit is out of an area; an exclusion without a justification does not count."""
    return bool(scope.exclusions.get((area.id, unit), "").strip())


def asked(scope: Scope, area: Group) -> tuple[Unit, ...]:
    """Units that must answer in an area; the organisation where there is no project or function."""
    if is_out(scope, area):
        return ()
    projects, functions = units.of_kind(scope, "project"), units.of_kind(scope, "function")
    first, second = (functions, projects) if area.support else (projects, functions)
    chosen = first or second
    if not chosen:
        return (units.organisation("project"),)
    return tuple(unit for unit in chosen if not is_excluded(scope, area, unit.id))


def roster(scope: Scope, area: Group) -> Roster:
    """Every unit whose answers can count in an area, in unit order."""
    must = {unit.id for unit in asked(scope, area)}
    if units.organisation("project").id in must:
        return Roster(((units.organisation("project").id, True),))
    if is_out(scope, area):
        return Roster(())
    return Roster(
        tuple(
            (unit.id, unit.id in must)
            for unit in units.of_kind(scope, "project", "function")
            if not is_excluded(scope, area, unit.id)
        )
    )


def practice(case: Case, item: Item, members: Roster) -> ItemResult:
    """A practice over the units of its area."""
    values: dict[str, str] = {}
    due: list[str] = []
    for unit, must in members.members:
        answer = case.answers.get((item.id, unit))
        value = answer.value if answer is not None and answer.value in RATED else NC
        if must or value != NC:
            values[unit] = value
            if _lacks_note(answer, value):
                due.append(unit)
    allowed = allowed_values(tuple(values.values()))
    decision = case.judgements.get(item.id)
    decided = decision is not None and decision.value in allowed
    return ItemResult(
        id=item.id,
        value=decision.value if decision is not None and decided else allowed[-1],
        allowed=allowed,
        judgement_due=len(allowed) > 1 and not decided,
        units=values,
        complete=bool(values) and NC not in values.values(),
        due=tuple(due),
    )


def _lacks_note(answer: Answer | None, value: str) -> bool:
    return value in _WANT_NOTE and not (answer is not None and answer.note.strip())
