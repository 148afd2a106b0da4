"""The decision guide: what is asked before a path to ISO 9001 or CMMI is advised, and the rules as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from gapbench.catalog import compiled

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Condition:
    """An input has one of some values, or is a number below a bound (0: there is none)."""

    input: str
    values: tuple[str, ...] = ()
    below: int = 0


@dataclass(frozen=True, slots=True)
class Input:
    """One thing that is asked.

    Attributes:
        values: Value -> what it means; empty where a number is asked, in `unit`.
        otherwise: What counts while nobody has said; "" leaves it unknown.
        asked_when: Only when these hold is it worth a question.
    """

    id: str
    ask: str
    values: Mapping[str, str] = field(default_factory=dict)
    otherwise: str = ""
    unit: str = ""
    asked_when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Derivation:
    """What follows from an answer: another answer counts."""

    when: tuple[Condition, ...]
    input: str
    becomes: str
    why: str


@dataclass(frozen=True, slots=True)
class Path:
    """Where a rule leads; `joint` when it is one programme for both frameworks."""

    id: str
    name: str
    first: str
    joint: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the guide; the first whose conditions all hold gives the path."""

    id: str
    when: tuple[Condition, ...]
    path: str
    why: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Modifier:
    """What is added to a path when its conditions hold, or (`joint`) to every joint path."""

    id: str
    when: tuple[Condition, ...]
    add: str
    why: str
    source: str
    joint: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """A case with the path that has to come out."""

    name: str
    inputs: Mapping[str, str | int]
    path: str
    rule: str


@dataclass(frozen=True)
class Guide:
    """The whole guide, in its own order."""

    inputs: tuple[Input, ...]
    derivations: tuple[Derivation, ...]
    paths: tuple[Path, ...]
    rules: tuple[Rule, ...]
    modifiers: tuple[Modifier, ...]
    cases: tuple[Checked, ...]
    notice: str

    @cached_property
    def input(self) -> Mapping[str, Input]:
        """Inputs by id."""
        return {each.id: each for each in self.inputs}

    @cached_property
    def path(self) -> Mapping[str, Path]:
        """Paths by id."""
        return {each.id: each for each in self.paths}


@cache
def guide() -> Guide:
    """The guide that comes with gapbench."""
    document = compiled.document(compiled.ADVICE)
    return Guide(
        inputs=tuple(_input(row) for row in document["inputs"]),
        derivations=tuple(
            Derivation(_when(row), row["input"], row["becomes"], row["why"]) for row in document["derive"]
        ),
        paths=tuple(Path(**row) for row in document["paths"]),
        rules=tuple(Rule(**row | {"when": _when(row)}) for row in document["rules"]),
        modifiers=tuple(Modifier(**row | {"when": _when(row)}) for row in document["modifiers"]),
        cases=tuple(Checked(**row) for row in document["cases"]),
        notice=f"{document['notice']} {document['provenance']}",
    )


def _input(row: Mapping[str, Any]) -> Input:
    return Input(
        row["id"],
        row["ask"],
        dict(row.get("values", {})),
        row.get("else", ""),
        row.get("unit", ""),
        _when(row, "asked_when"),
    )


def _when(row: Mapping[str, Any], key: str = "when") -> tuple[Condition, ...]:
    return tuple(
        Condition(name, below=wanted["below"]) if isinstance(wanted, dict) else Condition(name, tuple(wanted))
        for name, wanted in row.get(key, {}).items()
    )
