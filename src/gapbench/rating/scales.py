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

IMPLEMENTATION: tuple[Value, ...] = (
    Value(
        "FI",
        key="1",
        word="fully implemented",
        letter="FI",
        tone="good",
        needs="",
        meaning="Evidence shows that it is done, and no weakness was noted.",
    ),
    Value(
        "LI",
        key="2",
        word="largely implemented",
        letter="LI",
        tone="fair",
        needs="note",
        meaning="Evidence shows that it is done, with a weakness.",
    ),
    Value(
        "PI",
        key="3",
        word="partially implemented",
        letter="PI",
        tone="poor",
        needs="note",
        meaning="Parts of it are done; evidence is missing, thin or contradictory.",
    ),
    Value(
        "NI",
        key="4",
        word="not implemented",
        letter="NI",
        tone="bad",
        needs="note",
        meaning="Nothing shows that it is done.",
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
)

ANSWERS: tuple[Value, ...] = (
    Value(
        "yes",
        key="1",
        word="yes",
        letter="Y",
        tone="good",
        needs="",
        meaning="Reached across the organisation, by these practices or by others that do the same.",
    ),
    Value(
        "partly",
        key="2",
        word="partly",
        letter="P",
        tone="poor",
        needs="",
        meaning="Not everywhere, or not shown; the goal is not satisfied.",
    ),
    Value(
        "no",
        key="3",
        word="no",
        letter="N",
        tone="bad",
        needs="",
        meaning="Not reached; the goal is not satisfied.",
    ),
    Value(
        "na",
        key="minus",
        word="not applicable",
        letter="-",
        tone="out",
        needs="reason",
        meaning="Does not fit the business, as subcontracting where nothing is subcontracted.",
    ),
)

ACHIEVEMENT: tuple[Value, ...] = (
    Value(
        "F",
        key="1",
        word="fully achieved",
        letter="F",
        tone="good",
        needs="",
        meaning="Over 85 %: complete and systematic, without a significant weakness.",
    ),
    Value(
        "L",
        key="2",
        word="largely achieved",
        letter="L",
        tone="fair",
        needs="note",
        meaning="Over 50 % up to 85 %: a systematic approach, with some weakness.",
    ),
    Value(
        "P",
        key="3",
        word="partially achieved",
        letter="P",
        tone="poor",
        needs="note",
        meaning="Over 15 % up to 50 %: an approach can be seen, some of it cannot be relied on.",
    ),
    Value(
        "N",
        key="4",
        word="not achieved",
        letter="N",
        tone="bad",
        needs="note",
        meaning="Up to 15 %: little or nothing shows it.",
    ),
    Value(
        "L+",
        key="5",
        word="largely achieved, upper half",
        letter="L+",
        tone="fair",
        needs="note",
        meaning="Over 67.5 % up to 85 %; counts as L.",
    ),
    Value(
        "L-",
        key="6",
        word="largely achieved, lower half",
        letter="L-",
        tone="fair",
        needs="note",
        meaning="Over 50 % up to 67.5 %; counts as L.",
    ),
    Value(
        "P+",
        key="7",
        word="partially achieved, upper half",
        letter="P+",
        tone="poor",
        needs="note",
        meaning="Over 32.5 % up to 50 %; counts as P.",
    ),
    Value(
        "P-",
        key="8",
        word="partially achieved, lower half",
        letter="P-",
        tone="poor",
        needs="note",
        meaning="Over 15 % up to 32.5 %; counts as P.",
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
