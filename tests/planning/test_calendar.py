from __future__ import annotations

from datetime import date, timedelta

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapbench.errors import RefusedError, UsageError
from gapbench.planning.calendar import Calendar
from gapbench.planning.months import month_end, months_after
from tests.planning.ground import TODAY, settings

CHRISTMAS = (date(2026, 12, 24), date(2027, 1, 3))


def test_months() -> None:
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_after(date(2027, 3, 31), -1) == date(2027, 2, 28)
    assert months_after(date(2026, 12, 1), 12) == date(2027, 12, 1)
    assert month_end(date(2028, 2, 3)) == date(2028, 2, 29)


def test_weekends_and_holidays_are_not_worked() -> None:
    calendar = Calendar(date(2026, 12, 23), settings(holidays=(CHRISTMAS,)))
    assert [calendar.day(n) for n in range(3)] == [date(2026, 12, 23), date(2027, 1, 4), date(2027, 1, 5)]
    assert calendar.place(date(2026, 12, 25)) == 1
    assert calendar.shift(date(2026, 12, 31), 1) == date(2027, 1, 5)


def test_the_capacity_of_a_month_is_spread_over_its_working_days() -> None:
    calendar = Calendar(TODAY, settings(capacity=21.0, capacities={"2026-12": 14.0}, holidays=(CHRISTMAS,)))
    assert calendar.give(0) == 1.0  # November has 21 working days
    assert calendar.by_month(date(2026, 12, 1)) == pytest.approx({"2026-11": 6.0, "2026-12": 14.0})
    assert calendar.give(6) == pytest.approx(14 / 17)


def test_working_days_between_two_days() -> None:
    calendar = Calendar(TODAY, settings())
    friday, monday = date(2026, 11, 27), date(2026, 11, 30)
    assert (calendar.between(friday, monday), calendar.between(friday, friday), calendar.between(monday, friday)) == (
        1, 0, 0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"capacity": -1.0}, "-1 person-days a month is no capacity; give 0 or more."),
        ({"capacities": {"2027-03": float("nan")}}, "nan person-days in 2027-03 is no capacity; give 0 or more."),
        (
            {"holidays": ((date(2027, 1, 3), date(2026, 12, 24)),)},
            "The holiday from 2027-01-03 to 2026-12-24 ends before it begins; turn it round.",
        ),
    ],
)
def test_what_makes_no_calendar_is_said(given: dict[str, object], sentence: str) -> None:
    with pytest.raises(UsageError) as problem:
        Calendar(TODAY, settings(**given))
    assert str(problem.value) == sentence


def test_a_calendar_without_working_days_ends() -> None:
    calendar = Calendar(TODAY, settings(holidays=((TODAY, date(2090, 1, 1)),)))
    with pytest.raises(RefusedError, match="does not end within 20 years"):
        calendar.day(0)


@hypothesis.settings(deadline=None, max_examples=50)
@given(first=st.integers(0, 400), length=st.integers(0, 400), place=st.integers(0, 300))
def test_places_and_days_belong_together(first: int, length: int, place: int) -> None:
    free = (TODAY + timedelta(days=first), TODAY + timedelta(days=first + length))
    calendar = Calendar(TODAY, settings(holidays=(free,)))
    day = calendar.day(place)
    assert calendar.place(day) == place
    assert day.weekday() < 5
    assert not free[0] <= day <= free[1]
