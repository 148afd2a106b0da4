"""Days, efforts and owners of the plan as people write and read them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from gapbench.errors import UsageError

if TYPE_CHECKING:
    from gapbench.planning.values import PlannedPackage

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
A_DAY = "Write the day as 2027-03-15, 15 Mar 2027 or 15.3.2027, or as +2w from today."

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_WORDS = re.compile(r"(\d{1,2})\.?\s*([A-Za-z]{3})[a-z]*\.?,?\s*(\d{4})")
_STEP = re.compile(r"\+(\d{1,3})\s*([dw]?)")
_EFFORT = re.compile(r"(\d+(?:\.\d+)?)(?:\s*(?:-|to|\N{EN DASH}|\s)\s*(\d+(?:\.\d+)?))?")


def short_day(day: date | None) -> str:
    """Such as 7 Dec, where the year is told elsewhere."""
    return f"{day.day} {MONTHS[day.month - 1]}" if day else ""


def long_day(day: date | None) -> str:
    """Such as 7 Dec 2026."""
    return f"{short_day(day)} {day.year}" if day else ""


def month_name(day: date) -> str:
    """Such as Dec 2026."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def day_of(text: str, today: date) -> date | None:
    """The day that somebody wrote; None for an empty line.

    Raises:
        UsageError: It is no day; the sentence shows how one is written.
    """
    text = text.strip()
    if not text:
        return None
    if step := _STEP.fullmatch(text):
        return today + timedelta(days=int(step[1]) * (7 if step[2] == "w" else 1))
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DOTS.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _WORDS.fullmatch(text):
            return date(int(found[3]), MONTHS.index(found[2].capitalize()) + 1, int(found[1]))
    except ValueError as problem:
        raise UsageError(f"There is no such day. {A_DAY}") from problem
    raise UsageError(A_DAY)


def figure(number: float) -> str:
    """Person-days with as many decimals as they can bear."""
    return f"{number:.0f}" if number >= 10 or abs(number - round(number)) < 0.05 else f"{number:.1f}"


def exact(number: float) -> str:
    """A figure to write in, as short as can be and nothing lost."""
    return f"{number:.6f}".rstrip("0").rstrip(".")


def effort(low: float, high: float) -> str:
    """A range of person-days: "4.3-8.6"; one figure where both are alike."""
    first, second = figure(low), figure(high)
    return first if first == second else f"{first}-{second}"


def effort_of(text: str) -> tuple[float, float] | None:
    """The range that somebody wrote, "4-8" or "6"; None for an empty line.

    Raises:
        UsageError: It is none.
    """
    text = text.strip().replace(",", ".")
    if not text:
        return None
    found = _EFFORT.fullmatch(text)
    if not found:
        raise UsageError("Write person-days as 4-8, or as one figure.")
    low = float(found[1])
    return low, float(found[2]) if found[2] else low


def owner_of(it: PlannedPackage) -> str:
    """Who does it: as decided, or as suggested."""
    return it.decision.owner or it.package.owner
