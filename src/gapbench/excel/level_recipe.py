"""What differs between the models that have levels: columns of their items, and formulas of their rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gapbench.excel.assessment import column
from gapbench.excel.level_facts import KEY, OUT
from gapbench.excel.page import Column, cell, letter
from gapbench.excel.strings import quoted
from gapbench.rating import levels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from gapbench.catalog.model import Item
    from gapbench.excel.book import Cell
    from gapbench.excel.level_facts import Facts
    from gapbench.rating.results import AreaResult, ItemResult

BEFORE = "Stands before"

WIDTH = 8.8
"""Of a column with figures."""


@dataclass(frozen=True)
class Line:
    """One item on its row of the table.

    Attributes:
        row: From 0.
        own: The level that it belongs to.
        at: Heading -> column.
    """

    facts: Facts
    row: int
    area: AreaResult
    item: Item
    result: ItemResult
    own: int
    at: Mapping[str, int]

    def cell(self, head: str) -> str:
        """A cell of this row."""
        return cell(self.row, self.at[head])

    @property
    def units(self) -> str:
        """The criterion that finds its rows in the assessment."""
        return f"{column('Item key')},${letter(KEY)}{self.row + 1}"

    def count(self, *words: str) -> str:
        """How many units gave one of these ratings."""
        return "+".join(f"COUNTIFS({self.units},{column('Rating')},{quoted(word)})" for word in words)

    def is_any(self, *words: str) -> list[str]:
        """Tests whether the value is one of these."""
        return [f"{self.cell('Value')}={quoted(word)}" for word in words]


@dataclass(frozen=True)
class Field:
    """A column of the table of items: how a cell of it comes about.

    Attributes:
        formula: The formula of a cell, without "="; "" where the value stands by itself.
        value: What it gives.
        style: Named format, and what differs in it.
    """

    column: Column
    formula: Callable[[Line], str]
    value: Callable[[Line], Cell | None]
    style: str = "centre"
    look: tuple[tuple[str, Any], ...] = ()

    @property
    def head(self) -> str:
        """Its heading."""
        return self.column.head


@dataclass(frozen=True)
class Recipe:
    """How the levels of one model stand on a sheet.

    Attributes:
        part: What an area is called in a heading, and several of them; `items` what is rated in them.
        states: Heading of the state of a level.
        reached: Heading of the level that an area has.
        fields: Columns of the table of items, behind the title.
        state: The state of one level of an area, as a formula.
        bad: Tests whether the value of an item stands before a level of its area; the level is a piece
            of a formula in a profile, else "".
        note: How levels follow, in a few lines.
        belongs: What stands in the hidden column by which items are gathered.
        due: The test whether a choice is open on a row; "" where nothing is judged.
        goals: Items make goals, which have a table of their own.
        signs: Signs that contradict the answers of an area are counted.
    """

    part: str
    parts: str
    items: str
    states: Callable[[int], str]
    reached: str
    fields: Sequence[Field]
    state: Callable[[Facts, AreaResult, int], str]
    bad: Callable[[Line, str], list[str]]
    note: str
    belongs: Callable[[Line], str] = lambda _: ""
    due: Callable[[Line], str] = lambda _: ""
    goals: bool = False
    signs: bool = False

    def before(self, line: Line) -> str:
        """Which level an item stands before: the next one of the whole, or in a profile of its area."""
        facts, area = line.facts, line.area
        row = facts.rows[area.id]
        if facts.is_profile:
            step = cell(row, facts.step)
            bad = ",".join(self.bad(line, step))
            return f'IF(ISNUMBER({step}),IF(AND({line.own}<={step},OR({bad})),"level "&{step},""),"")'
        following = f"({facts.level}+1)"
        return (
            f"IF(AND({facts.level}<{facts.target},{line.own}<={following},"
            f"{area.asked_from}<=MAX({following},{facts.least_asked}),"
            f"{cell(row, facts.reached)}<>{quoted(OUT)},"
            f'OR({",".join(self.bad(line, ""))})),"level "&{following},"")'
        )


def level_before(facts: Facts, area: AreaResult, items: Iterable[Item]) -> str:
    """Which level some items of an area stand before now, as the formula says it."""
    if facts.blocking.isdisjoint(item.id for item in items):
        return ""
    step = levels.next_step(area, facts.result.target) if facts.is_profile else facts.result.next_level
    return f"level {step}"


def nothing(_: Line) -> str:
    """No formula."""
    return ""


def counting(head: str, *codes: str) -> Field:
    """Units with one of some values."""
    return Field(
        Column(head, WIDTH, centre=True),
        lambda line: line.count(*(line.facts.words[code] for code in codes)),
        lambda line: sum(value in codes for value in line.result.units.values()),
        "count",
    )


def unrated(head: str, *also: str) -> Field:
    """Units that are asked and have said nothing."""

    def formula(line: Line) -> str:
        asked = f'{line.units},{column("Asked")},"yes",{column("Rating")}'
        return "+".join(f"COUNTIFS({asked},{quoted(word)})" for word in ("", *also))

    return Field(
        Column(head, WIDTH, centre=True),
        formula,
        lambda line: list(line.result.units.values()).count(line.facts.method.table.missing),
        "count",
    )


LEVEL = Field(Column("Level", WIDTH, centre=True), nothing, lambda line: line.own, "number")


def _judged(line: Line) -> str:
    judgement = line.facts.assessed.judgements.get(line.item.id)
    return judgement.value if judgement else ""


JUDGED = Field(Column("Judged", WIDTH, centre=True), nothing, _judged)


def allows(formula: Callable[[Line], str]) -> Field:
    """The values that the rule from units to the organisation allows."""
    return Field(
        Column("Rule allows", WIDTH, centre=True),
        formula,
        lambda line: " or ".join(line.facts.words[code] for code in line.result.allowed),
    )


def valued(formula: Callable[[Line], str]) -> Field:
    """The value that counts."""
    return Field(
        Column("Value", WIDTH, centre=True),
        formula,
        lambda line: line.facts.words[line.result.value],
        "centre",
        (("bold", True),),
    )


def _choices(line: Line) -> list[tuple[str, ...]]:
    """Where the rules leave a choice: the allowed values, best first."""
    return [rule.allowed for rule in line.facts.method.table.rules if len(rule.allowed) > 1]


def chosen(line: Line) -> str:
    """The recorded judgement where the rule leaves a choice, else the lower value."""
    rule, said = line.cell("Rule allows"), line.cell("Judged")
    formula = f'IF({rule}="",{quoted(line.facts.open_word)},{rule})'
    for best, lower in reversed(_choices(line)):
        test = f"{rule}={quoted(f'{best} or {lower}')}"
        formula = f"IF({test},IF({said}={quoted(best)},{quoted(best)},{quoted(lower)}),{formula})"
    return formula


def choice_due(line: Line) -> str:
    """Whether a choice is open that nobody has recorded."""
    rule, said = line.cell("Rule allows"), line.cell("Judged")
    tests = (
        f"AND({rule}={quoted(f'{best} or {lower}')},{said}<>{quoted(best)},{said}<>{quoted(lower)})"
        for best, lower in _choices(line)
    )
    return f"OR({','.join(tests)})"
