"""Readiness month by month as stepped lines, when verdicts change, the order of both tracks, the modelled saving."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.rating.results import ConformityResult
from gapbench.tui.screens.plan_rows import shorts
from gapbench.tui.screens.plan_words import MONTHS, effort, long_day
from gapbench.tui.widgets.canvas import Piece, Row, cropped, fit, wrap
from gapbench.work.headline import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from gapbench.planning.paths import Order, Path
    from gapbench.planning.values import Standing
    from gapbench.work.planning import Plan

_STEP, _LEAST = 10, 60
"""Percent from row to row, and where the lowest row lies at most."""

_WIDEST = 8
_LEFT = 6
_LINE, _UP = "=", "|"
_ORDERS: Mapping[Order, str] = {"together": "both together", "iso": "{iso} first", "cmmi": "{cmmi} first"}


@dataclass(frozen=True)
class Page:
    """What the forecast is made of.

    Attributes:
        now: What the rules say before any package is done.
        unrated_is_met: Whether what nobody has rated was taken for met.
    """

    plan: Plan
    now: Mapping[str, Standing]
    unrated_is_met: bool

    def rows(self, width: int) -> list[Row]:
        """The whole page."""
        return _rows(self, width)

    def line(self, catalog: str) -> list[Standing]:
        """Now, then each month end."""
        return [self.now[catalog], *(moment.standings[catalog] for moment in self.plan.forecast)]

    @property
    def days(self) -> list[date]:
        """Today, then each month end."""
        return [self.plan.today, *(moment.day for moment in self.plan.forecast)]


def _rows(page: Page, width: int) -> list[Row]:
    plan = page.plan
    rows: list[Row] = [[(line, "dim")] for line in wrap(_premise(unrated_is_met=page.unrated_is_met), width)]
    for case, result in plan.parts:
        rows += [[], [(case.scope.catalog.name, "title"), (f"   {_what(plan, result.catalog)}", "dim")]]
        values = [_value(standing) for standing in page.line(result.catalog)]
        top = getattr(result, "target", 0)
        labels = _percent_labels(values) if isinstance(result, ConformityResult) else _level_labels(values, top)
        rows += _chart(values, labels, page.days, width)
    rows += [[], [("Month by month", "title")], *_table(page, width)]
    rows += [[], [("What changes when", "title")], *_changes(page, width)]
    rows += [[], [("Which first?", "title")], *_orders(plan, width)]
    rows += [[], [("One programme instead of two", "title")], *_saving(plan, width)]
    return rows


def _premise(*, unrated_is_met: bool) -> str:
    if unrated_is_met:
        return "If the packages end as planned, and what nobody has rated is met (u takes it as it is)."
    return "If the packages end as planned; what nobody has rated stays unrated (u takes it for met)."


def _what(plan: Plan, catalog: str) -> str:
    return "readiness in percent" if plan.tracks[catalog] == "iso" else "level reached"


def _value(standing: Standing) -> float:
    return standing.percent or 0.0 if standing.level is None else float(standing.level)


# -- the charts ------------------------------------------------------------------------------------------------------


def _percent_labels(values: Sequence[float]) -> list[tuple[float, str]]:
    lowest = min(int(min(values)) // _STEP * _STEP, _LEAST)
    return [(float(percent), f"{percent:>3} %") for percent in range(100, lowest - 1, -_STEP)]


def _level_labels(values: Sequence[float], target: int) -> list[tuple[float, str]]:
    top = max(target, *(int(value) for value in values), 1)
    return [(float(level), f"  {level}{' <' if level == target else '  '}") for level in range(top, -1, -1)]


def _chart(values: Sequence[float], labels: Sequence[tuple[float, str]], days: Sequence[date], width: int) -> list[Row]:
    """A stepped line: every value stands in the row of the label nearest below it."""
    cells = max(1, min(_WIDEST, (width - _LEFT - 1) // len(values)))
    shown = values[: max(1, (width - _LEFT - 1) // cells)]
    places = [next(number for number, (least, _) in enumerate(labels) if least <= value + 1e-9) for value in shown]
    rows: list[Row] = []
    for number, (_, label) in enumerate(labels):
        row: list[Piece] = [(f"{label:>{_LEFT - 1}} ", "faint")]
        for at, place in enumerate(places):
            before = places[at - 1] if at else place
            rising = min(place, before) <= number <= max(place, before) and place != before
            here = place == number
            first = _UP if rising else _LINE if here else " "
            row.append((first + (_LINE if here else " ") * (cells - 1), "good" if here or rising else "faint"))
        rows.append(row)
    return [*rows, [(" " * _LEFT + _months(days[: len(shown)], cells), "faint")]]


def _months(days: Sequence[date], cells: int) -> str:
    """Month names below their columns, as many as there is room for; the first column is today."""
    line = ""
    for at, day in enumerate(days):
        word = "now" if not at else MONTHS[day.month - 1]
        if at * cells >= len(line) + (1 if line else 0):
            line = line.ljust(at * cells) + word
    return line


# -- month by month --------------------------------------------------------------------------------------------------


def _table(page: Page, width: int) -> Iterator[Row]:
    plan, names = page.plan, page.plan.names
    room = max(14, min(34, (width - 13) // (len(names) + 1)))
    yield [(f"{'':<13}", ""), *((f"{fit(name, room - 1):<{room}}", "faint") for name in names.values())]
    before: Mapping[str, Standing] = {}
    for day, standings in zip(page.days, [page.now, *(each.standings for each in plan.forecast)], strict=True):
        row: list[Piece] = [(f"{'now' if day == plan.today and not before else long_day(day):<13}", "dim")]
        for catalog in names:
            standing = standings[catalog]
            old = before.get(catalog)
            moved = old is not None and (old.verdict, old.level) != (standing.verdict, standing.level)
            words = f"{standing.short}  {VERDICTS.get(standing.verdict, standing.verdict)}"
            row.append((f"{fit(words, room - 1):<{room}}", "strong" if moved else ""))
        done = [name for name in _done(plan, day) if name]
        row.append((" ".join(done), "faint"))
        yield cropped(row, width)
        before = standings


def _done(plan: Plan, day: date) -> list[str]:
    """Packages that end in the month."""
    moments = {moment.day: moment.done for moment in plan.forecast}
    days = sorted(moments)
    if day not in moments:
        return []
    at = days.index(day)
    earlier = set(moments[days[at - 1]]) if at else set()
    return [name for name in moments[day] if name not in earlier]


def _changes(page: Page, width: int) -> list[Row]:
    rows: list[Row] = []
    for catalog, name in page.plan.names.items():
        line = page.line(catalog)
        for day, old, new in zip(page.days[1:], line, line[1:], strict=False):
            words = []
            if old.level != new.level:
                words.append(f"{old.short} > {new.short}")
            if old.verdict != new.verdict:
                words.append(f"{VERDICTS.get(old.verdict, '')} > {VERDICTS.get(new.verdict, '')}")
            if words:
                row: list[Piece] = [(f"  {long_day(day):<13}", "dim"), (f"{name}  ", "")]
                rows.append(cropped([*row, (", ".join(words), "strong")], width))
    return rows or [[("  No verdict and no level changes; look at what is not rated yet.", "dim")]]


# -- which first, and what one programme saves -----------------------------------------------------------------------


def _orders(plan: Plan, width: int) -> list[Row]:
    paths = plan.paths()
    if len(paths) == 1:
        return [[("  One track has one order.", "dim")]]
    names = shorts(plan)
    rows: list[Row] = [[(f"  {'':<16}{'work ends':<14}{'certificate':<14}{'rating':<14}", "faint")]]
    first = paths[0]
    for path in paths:
        row: list[Piece] = [(f"  {_ORDERS[path.order].format(**names):<16}{long_day(path.finish):<14}", "")]
        row += ((f"{long_day(_end(path, track)):<14}", _ink(path, first, track)) for track in ("iso", "cmmi"))
        rows.append(cropped(row, width))
    return rows


def _end(path: Path, track: str) -> date | None:
    found = [gate.finish for gate in path.gates if gate.track == track]
    return found[-1] if found else None


def _ink(path: Path, first: Path, track: str) -> str:
    own, other = _end(path, track), _end(first, track)
    return "" if own is None or other is None or own == other else "good" if own < other else "note"


def _saving(plan: Plan, width: int) -> Iterator[Row]:
    saving = plan.saving
    words = (
        f"{effort(*saving.integrated)} person-days in one programme, {effort(*saving.separate)} in two: "
        f"{saving.percent:.0f} % less ({saving.low:.0f} to {saving.high:.0f} %)."
    )
    for line in wrap(words, width - 2):
        yield [("  ", ""), (line, "strong")]
    for line in wrap(f"{saving.label.capitalize()}.", width - 2):
        yield [("  ", ""), (line, "dim")]
