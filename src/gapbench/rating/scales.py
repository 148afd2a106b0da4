"""The values of each model, in key order, with their meaning in our own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.rating.results import Value
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from gapbench.catalog.model import Catalog

CONFORMITY: tuple[Value, ...] = (
    Value(
        "conforming",
        key="1",
        word="conforming",
        letter="C",
        tone="good",
        needs="",
        meaning="Done wherever it applies, shown by evidence, and it works.",
    ),
    Value(
        "partial",
        key="2",
        word="partial",
        letter="P",
        tone="fair",
        needs="",
        meaning="Not everywhere, or not evidenced, or not effective.",
    ),
    Value(
        "not_conforming",
        key="3",
        word="not conforming",
        letter="N",
        tone="bad",
        needs="",
        meaning="Not done, or nothing shows that it is.",
    ),
    Value(
        "na",
        key="minus",
        word="not applicable",
        letter="-",
        tone="out",
        needs="reason",
        meaning="Cannot apply in this scope; the justification belongs in the scope statement.",
    ),
    Value(
        "condition_not_met",
        key="full_stop",
        word="condition not met",
        letter="o",
        tone="out",
        needs="reason",
        meaning="The point's own trigger is absent today; say which one.",
    ),
)

PRACTICES: tuple[Value, ...] = (
    Value(
        "FM",
        key="1",
        word="fully meets",
        letter="FM",
        tone="good",
        needs="",
        meaning="Shown by work products and by the people, without a weakness.",
    ),
    Value(
        "LM",
        key="2",
        word="largely meets",
        letter="LM",
        tone="fair",
        needs="note",
        meaning="Shown by work products and by the people, with a weakness.",
    ),
    Value(
        "PM",
        key="3",
        word="partially meets",
        letter="PM",
        tone="poor",
        needs="note",
        meaning="Some of it is shown; evidence is missing, thin or contradictory.",
    ),
    Value(
        "DM",
        key="4",
        word="does not meet",
        letter="DM",
        tone="bad",
        needs="note",
        meaning="Evidence is missing or does not show the practice.",
    ),
    Value(
        "NY",
        key="5",
        word="not yet",
        letter="NY",
        tone="out",
        needs="",
        meaning="The work has not come to this point yet; never for something left out on purpose.",
    ),
    Value(
        "NC",
        key="6",
        word="not characterized",
        letter="NC",
        tone="open",
        needs="",
        meaning="Not enough seen to say, or no agreement; the same as no rating.",
    ),
)


def codes(scale: tuple[Value, ...]) -> tuple[str, ...]:
    """The codes of a scale in key order."""
    return tuple(value.code for value in scale)


def wanting(scale: tuple[Value, ...], need: str) -> frozenset[str]:
    """Codes that want a note or a reason in writing."""
    return frozenset(value.code for value in scale if value.needs == need)


def words(scale: tuple[Value, ...]) -> dict[str, str]:
    """Code -> word; an item without a value is "unrated"."""
    return {"": "unrated"} | {value.code: value.word for value in scale}


def refuse_foreign(catalog: Catalog, scale: tuple[Value, ...], value: str) -> str | None:
    """Refuse a value that is not of this scale; the empty value clears and is always allowed."""
    known = codes(scale)
    if not value or value in known:
        return None
    return f"{value} is not a rating of {catalog.name}; use {listed(known, last='or')}."
