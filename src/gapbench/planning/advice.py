"""Which path the decision guide advises, why, and what would change it.

Pure: the guide goes in as values. The first base rule that holds gives the path, every modifier that
holds adds to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from gapbench.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gapbench.catalog.guide import Condition, Guide, Input, Modifier, Path, Rule

Inputs: TypeAlias = Mapping[str, str | int]
"""Input -> value, or a number where one is asked; an input that is not there is unknown."""


@dataclass(frozen=True, slots=True)
class Change:
    """An input that would lead elsewhere.

    Attributes:
        to: The value it would need; of a number "below 12" or "12 or more".
        path: Where it would lead.
    """

    input: str
    to: str
    path: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What is advised.

    Attributes:
        path, name: Where to go.
        reasons: Why, the rule's reason first, the first step last.
        rule: The rule that gave it, with its source.
        modifiers: What comes on top.
        would_change: Each single answer that leads to another path.
        inputs: What counted, assumed values included; `assumed` names those that nobody gave.
    """

    path: str
    name: str
    reasons: tuple[str, ...]
    rule: str
    source: str
    modifiers: tuple[Modifier, ...]
    would_change: tuple[Change, ...]
    inputs: Inputs
    assumed: tuple[str, ...] = ()


def advise(guide: Guide, inputs: Inputs) -> Advice:
    """The path for these answers.

    Raises:
        UsageError: The guide does not ask this, or knows no such answer; says which it knows.
    """
    _refuse_strange(guide, inputs)
    counted = _counted(guide, inputs)
    derived, whys = _derived(guide, counted)
    rule = _first(guide, derived)
    path = guide.path[rule.path]
    reasons = (rule.why, rule.note, *whys, path.first)
    return Advice(
        path=path.id,
        name=path.name,
        reasons=tuple(reason for reason in reasons if reason),
        rule=rule.id,
        source=rule.source,
        modifiers=tuple(each for each in guide.modifiers if _adds(each, derived, path)),
        would_change=tuple(_changes(guide, counted, path.id)),
        inputs=counted,
        assumed=tuple(name for name in counted if name not in inputs),
    )


def asked(guide: Guide, inputs: Inputs) -> tuple[Input, ...]:
    """The questions that are worth asking after these answers, in order, without the answered ones."""
    counted = _counted(guide, inputs)
    return tuple(each for each in guide.inputs if each.id not in inputs and holds(each.asked_when, counted))


def holds(when: Iterable[Condition], inputs: Inputs) -> bool:
    """Whether all these conditions hold; what is unknown fulfils none."""
    return all(_holds(condition, inputs.get(condition.input)) for condition in when)


def _holds(condition: Condition, value: str | int | None) -> bool:
    if condition.below:
        return isinstance(value, int) and value < condition.below
    return value in condition.values


def _refuse_strange(guide: Guide, inputs: Inputs) -> None:
    for name, value in inputs.items():
        known = guide.input.get(name)
        if known is None:
            raise UsageError(f"The guide does not ask for {name!r}; it asks for {', '.join(guide.input)}.")
        if known.unit and (not isinstance(value, int) or value < 0):
            raise UsageError(f"{name} is a number of {known.unit}, such as 12; {value!r} is none.")
        if known.values and value not in known.values:
            raise UsageError(f"{name} has no value {value!r}; it has {', '.join(known.values)}.")


def _counted(guide: Guide, inputs: Inputs) -> dict[str, str | int]:
    """The answers, with what counts while nobody has said."""
    said = ((each.id, inputs.get(each.id, each.otherwise)) for each in guide.inputs)
    return {name: value for name, value in said if value != ""}


def _derived(guide: Guide, counted: Inputs) -> tuple[Inputs, tuple[str, ...]]:
    """What counts after everything that follows from it, with the reasons where that differs."""
    derived = dict(counted)
    whys = []
    for each in guide.derivations:
        if holds(each.when, derived) and derived.get(each.input) != each.becomes:
            derived[each.input] = each.becomes
            whys.append(each.why)
    return derived, tuple(whys)


def _first(guide: Guide, derived: Inputs) -> Rule:
    return next(rule for rule in guide.rules if holds(rule.when, derived))


def _adds(modifier: Modifier, derived: Inputs, path: Path) -> bool:
    return path.joint if modifier.joint else holds(modifier.when, derived)


def _changes(guide: Guide, counted: Inputs, path: str) -> Iterator[Change]:
    """Every single other answer, with the path it leads to, where that is another."""
    for each in guide.inputs:
        for said, value in _others(guide, each, counted.get(each.id)):
            derived, _ = _derived(guide, {**counted, each.id: value})
            led = _first(guide, derived).path
            if led != path:
                yield Change(each.id, said, led)


def _others(guide: Guide, asked: Input, now: str | int | None) -> Iterator[tuple[str, str | int]]:
    """Other answers to a question: values, or numbers on the other side of a bound."""
    yield from ((value, value) for value in asked.values if value != now)
    bounds = {one.below for rule in guide.rules for one in rule.when if one.input == asked.id and one.below}
    for bound in sorted(bounds):
        if not isinstance(now, int) or now >= bound:
            yield f"below {bound}", bound - 1
        else:
            yield f"{bound} or more", bound
