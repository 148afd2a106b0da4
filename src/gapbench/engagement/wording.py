"""Steps in the words of the journal: short, with the number first that a consultant would say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.engagement.text import clean_text
from gapbench.rating.inputs import ORGANISATION
from gapbench.rating.wording import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapbench.catalog.model import Catalog
    from gapbench.rating.inputs import Scope
    from gapbench.rating.results import Value

_TITLE = 60


def spoken(scale: Sequence[Value], code: str) -> str:
    """A value as it is said: "partial", but "FM"."""
    if code.isupper():
        return code
    return next((value.word.lower() for value in scale if value.code == code), code)


def class_words(cls: str) -> str:
    """A class of finding as it is said: "minor", but "opportunity for improvement"."""
    return "opportunity for improvement" if cls == "ofi" else cls


def place(scope: Scope, item: str, unit: str) -> str:
    """An item and where, as in: CM 2.1 in Falcon."""
    where = unit_name(scope, unit)
    return f"{item} in {where}" if where else item


def rated(scope: Scope, scale: Sequence[Value], cells: Sequence[tuple[str, str]], code: str) -> str:
    """What was rated, as in: Rate 8.4.1 c partial, Rate CM 2.1 FM in Falcon."""
    what, where = _what(scope, cells)
    if not code:
        return f"Clear {what}{where}"
    return f"Rate {what} {spoken(scale, code)}{where}"


def confirmed(scope: Scope, cells: Sequence[tuple[str, str]]) -> str:
    """What was confirmed, as in: Confirm 8.4.1 c."""
    what, where = _what(scope, cells)
    return f"Confirm {what}{where}"


def unit_name(scope: Scope, unit: str) -> str:
    """The name of a unit; "" for the organisation."""
    if unit == ORGANISATION:
        return ""
    return next((each.name for each in scope.units if each.id == unit), unit)


def short(text: str) -> str:
    """Somebody's words, fit for a title or a sentence."""
    line = clean_text(" ".join(text.split())[: _TITLE + 1])
    return line if len(line) <= _TITLE else f"{line[: _TITLE - 3]}..."


def _what(scope: Scope, cells: Sequence[tuple[str, str]]) -> tuple[str, str]:
    items = list(dict.fromkeys(item for item, _ in cells))
    units = list(dict.fromkeys(unit for _, unit in cells))
    name = unit_name(scope, units[0])
    where = f" in {name}" if name else ""
    if len(units) > 1:
        where = f" in {plural(len(units), 'unit')}"
    if len(items) == 1:
        return items[0], where
    noun = "point" if scope.catalog.model == "conformity" else "practice"
    group = _above(scope.catalog, items)
    return f"{plural(len(items), noun)} of {group or scope.catalog.name}", where


def _above(catalog: Catalog, items: Sequence[str]) -> str:
    """The nearest clause or area that holds all of them, "" when none does."""
    shared: list[str] = []
    for place_, item in enumerate(items):
        line = _upwards(catalog, catalog.item[item].group)
        shared = line if place_ == 0 else [group for group in shared if group in line]
    return shared[0] if shared else ""


def _upwards(catalog: Catalog, group: str | None) -> list[str]:
    line = []
    while group is not None:
        line.append(group)
        group = catalog.group[group].parent
    return line
