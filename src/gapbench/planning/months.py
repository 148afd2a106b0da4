"""Calendar months: a day so many months on, the month of a day, its first and last day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_of(day: date) -> str:
    """The month as settings name it, "2027-03"."""
    return f"{day.year:04d}-{day.month:02d}"


def month_end(day: date) -> date:
    """The last day of the month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def next_month(day: date) -> date:
    """The first day of the month after."""
    return month_end(day) + timedelta(days=1)
