"""Working days and what each gives: Monday to Friday without holidays, a month's capacity spread evenly over them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from gapbench.errors import RefusedError, UsageError
from gapbench.planning.months import month_end, month_of, months_after, next_month

if TYPE_CHECKING:
    from gapbench.planning.values import Settings

YEARS = 20
"""A plan that does not end within so many years is refused."""

_FRIDAY = 4
_TINY = 1e-7


class Calendar:
    """Working days from the first day of a programme on, counted from 0; grown as far as it is asked.

    Attributes:
        days: Working days known so far.
        gives: Person-days that each of them gives.
        months: Month of each of them, "2027-03".
    """

    def __init__(self, begin: date, settings: Settings) -> None:
        _check(settings)
        self.begin = begin
        self.days: list[date] = []
        self.gives: list[float] = []
        self.months: list[str] = []
        self._settings = settings
        self._end = months_after(begin, 12 * YEARS)
        self._month = begin.replace(day=1)
        self._sums: list[float] = [0.0]

    def day(self, place: int) -> date:
        """The working day of that number."""
        while place >= len(self.days):
            self._grow()
        return self.days[place]

    def give(self, place: int) -> float:
        """Person-days that the working day gives."""
        while place >= len(self.gives):
            self._grow()
        return self.gives[place]

    def place(self, day: date) -> int:
        """Number of the first working day on or after a day; of a day before the first one it is 0."""
        while not self.days or self.days[-1] < day:
            self._grow()
        return bisect_left(self.days, day)

    def before(self, place: int) -> float:
        """Person-days that all working days before that number give together."""
        self.day(place)
        return self._sums[place]

    def latest(self, days: float, end: int) -> int:
        """The last working day from which on so many person-days still fit before working day `end`."""
        return bisect_right(self._sums, self.before(end) - days + _TINY) - 1

    def shift(self, day: date, working_days: int) -> date:
        """The working day so many after the first one on or after a day."""
        return self.day(self.place(day) + working_days)

    def between(self, first: date, second: date) -> int:
        """Working days after the first day up to the second; 0 when the second is not later."""
        if second <= first:
            return 0
        return self.place(second + timedelta(days=1)) - self.place(first + timedelta(days=1))

    def by_month(self, last: date) -> dict[str, float]:
        """Month -> person-days that its working days give, from the first day to the end of the last one's month."""
        end = self.place(next_month(last))
        found: dict[str, float] = {}
        for month, gives in zip(self.months[:end], self.gives[:end], strict=True):
            found[month] = found.get(month, 0.0) + gives
        return found

    def _grow(self) -> None:
        if self._month > self._end:
            raise RefusedError(
                f"The plan does not end within {YEARS} years; give it more person-days a month, fewer holidays, "
                "or less work."
            )
        days = _working_days(self._month, self._settings.holidays)
        if days:
            month = month_of(self._month)
            whole = self._settings.capacities.get(month, self._settings.capacity)
            gives = whole / len(days)
            left = [day for day in days if day >= self.begin]
            self.days += left
            self.gives += [gives] * len(left)
            self.months += [month] * len(left)
            self._sums += list(accumulate([gives] * len(left), initial=self._sums[-1]))[1:]
        self._month = next_month(self._month)


@lru_cache(maxsize=1024)
def _working_days(first: date, holidays: tuple[tuple[date, date], ...]) -> tuple[date, ...]:
    """Working days of the month that begins with a day."""
    last = month_end(first)
    free = [(start, end) for start, end in holidays if start <= last and end >= first]
    days = (first + timedelta(days=number) for number in range(last.day))
    return tuple(day for day in days if day.weekday() <= _FRIDAY and not any(a <= day <= b for a, b in free))


def _check(settings: Settings) -> None:
    """Refuse figures that no calendar can be made of."""
    for start, end in settings.holidays:
        if end < start:
            raise UsageError(f"The holiday from {start} to {end} ends before it begins; turn it round.")
    for month, days in {"": settings.capacity, **settings.capacities}.items():
        if not 0 <= days < float("inf"):
            where = f"in {month}" if month else "a month"
            raise UsageError(f"{days:g} person-days {where} is no capacity; give 0 or more.")
