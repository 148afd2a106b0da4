"""The counterpart of the item in hand: beside the card, under it where the screen is narrow, and in full on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from gapbench.rating.models import model_of
from gapbench.rating.wording import plural
from gapbench.tui.screens.ask import Reading
from gapbench.tui.widgets.canvas import Piece, Row, fit, justified, wrap, wrapped
from gapbench.tui.widgets.card import Beside
from gapbench.tui.widgets.outline import Outline
from gapbench.work.counterparts import BASES, DIRECTIONS_SAID, candidate_words
from gapbench.work.walk import values_by_code
from gapbench.work.walk_lines import tail

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from textual.app import ComposeResult

    from gapbench.rating.inputs import Case
    from gapbench.tui.desk import Desk
    from gapbench.work.counterparts import Counterpart
    from gapbench.work.themes import Together
    from gapbench.work.walk import Line

SHOWN = 3
"""Counterparts of each framework that stand beside an item; X shows all."""


# -- beside the card -------------------------------------------------------------------------------------------------


def by_framework(found: Iterable[Counterpart]) -> dict[str, list[Counterpart]]:
    """Counterparts under the name of their framework."""
    grouped: dict[str, list[Counterpart]] = {}
    for each in found:
        grouped.setdefault(each.framework, []).append(each)
    return grouped


def _asked(desk: Desk, line: Line) -> dict[str, list[Counterpart]]:
    return by_framework(each for each in desk.walk.counterparts.of(*line.key) if each.asked)


def side_pair_rows(desk: Desk, line: Line, width: int) -> Iterator[Row]:
    """The strongest counterparts with their state, two lines each."""
    for framework, found in _asked(desk, line).items():
        yield justified([(f"in {framework}", "faint")], [("x jumps", "faint")], width)
        for each in found[:SHOWN]:
            yield justified([(each.number, "strong"), (f" {each.state.detail}", "dim")], [_letter(each)], width)
            yield [(fit(f" {each.title}", width), "dim")]
            yield [(fit(f" {each.carries}", width), "faint")]
        more = _left_out(len(found) - SHOWN)
        if more:
            yield [(more, "faint")]
        yield []


def _letter(each: Counterpart) -> Piece:
    return each.state.letter, each.state.tone


def _left_out(count: int) -> str:
    return f"{count} more, X shows all" if count > 0 else ""


def beside_of(desk: Desk, line: Line) -> tuple[Beside, ...]:
    """The same for under the card, one line each."""
    return tuple(
        Beside(
            f"in {framework}, x jumps there",
            rows=tuple((each.number, each.carries, each.title, *_letter(each)) for each in found[:SHOWN]),
            more=_left_out(len(found) - SHOWN),
        )
        for framework, found in _asked(desk, line).items()
    )


def suggested(desk: Desk, line: Line) -> Iterator[tuple[str, str, str]]:
    """What the other framework suggests of an item: a candidate, a check, the rest to ask; never a rating."""
    known = desk.walk.counterparts
    candidate = known.candidate(*line.key)
    if candidate is not None:
        units = [(unit.id, unit.name) for unit in desk.walk.units(*line.key)]
        framework = desk.case(candidate.because[0][0]).scope.catalog.name
        yield "candidate", candidate_words(candidate, framework, units), "note"
    check = known.check(*line.key)
    if check is not None:
        yield "check", check.said, "note"
    covered = known.covered(*line.key)
    if covered is not None:
        yield "rest", f"{covered.said} {covered.why}", "note"


# -- asked together, by theme ----------------------------------------------------------------------------------------


def together_of(desk: Desk, line: Line, together: Together) -> tuple[Beside, ...]:
    """What shares the joint question with an item, each framework with its own scale."""
    across = together.across(line.key)
    catalogs = dict.fromkeys(catalog for catalog, _ in across)
    return tuple(_together(desk, line, catalog, [item for of, item in across if of == catalog]) for catalog in catalogs)


def _together(desk: Desk, line: Line, catalog: str, items: Sequence[str]) -> Beside:
    case = desk.case(catalog)
    name = case.scope.catalog.name
    if not case.scope.catalog.levels:
        group = case.scope.catalog.item[items[0]].group
        of = case.scope.catalog
        cells = tuple((tail(of, of.item[item]), *_mark(desk, catalog, item)) for item in items)
        return Beside(f"{name} {group}", _scale(case), cells=cells)
    carries = {
        item: each.carries
        for each in desk.walk.counterparts.of(*line.key)
        if each.catalog == catalog
        for item in each.items
    }
    rows = tuple(
        (item, carries.get(item, ""), case.scope.catalog.item[item].title, *_mark(desk, catalog, item))
        for item in items[: SHOWN + 1]
    )
    more = len(items) - len(rows)
    rest = "  ".join(f"{item} {_mark(desk, catalog, item)[0]}" for item in items[len(rows) :])
    return Beside(name, _scale(case), rows=rows, more=rest if more else "")


def _scale(case: Case) -> str:
    values = model_of(case.scope).scale(case.scope.catalog)
    return "  ".join(f"{value.key} {value.letter}" for value in values if value.key.isdigit() and value.code != "NC")


def _mark(desk: Desk, catalog: str, item: str) -> Piece:
    value = values_by_code(desk.case(catalog)).get(desk.walk.answer(catalog, item).value)
    return (value.letter, value.tone) if value else (".", "open")


# -- all of them -----------------------------------------------------------------------------------------------------


class PairsReading(Reading):
    """Every counterpart of an item with its reasons; weak ones when they are asked for."""

    BINDINGS: ClassVar[list[Any]] = [Binding("w", "weak", "weak ones", show=False)]

    def __init__(self, desk: Desk, line: Line) -> None:
        super().__init__(f"Counterparts of {line.id}", lambda width: pair_rows(desk, line, width, weak=self._weak))
        self._hidden = desk.walk.counterparts.weak(*line.key)
        self._weak = False

    def compose(self) -> ComposeResult:
        """Title, text, and whether there is more."""
        with Vertical(classes="dialog -tall"):
            yield Static(Content(self._title_words), classes="dialog-title", markup=False)
            yield Outline(lambda index, _: self._rows[index], margin=0, reading=True)
            yield Static(Content(self._keys()), classes="dialog-keys", markup=False)

    def _keys(self) -> str:
        weak = f"w {'hides' if self._weak else 'shows'} {plural(self._hidden, 'weak one')}   " if self._hidden else ""
        return f"{weak}arrows scroll   esc closes"

    def action_weak(self) -> None:
        """Show weak pairs too, or hide them again."""
        if self._hidden:
            self._weak = not self._weak
            self.query_one(".dialog-keys", Static).update(Content(self._keys()))
            self._lay_out()


def pair_rows(desk: Desk, line: Line, width: int, *, weak: bool) -> list[Row]:
    """Every counterpart: number, title, state, how far it carries, why, how sure; then what the other leaves open."""
    known = desk.walk.counterparts
    rows: list[Row] = []
    for label, text, _ in suggested(desk, line):
        rows += [*wrapped([(f"{label}: ", "note"), (text, "")], width), []]
    for framework, found in by_framework(known.of(*line.key, weak=weak)).items():
        rows += [[(f"in {framework}", "faint")], []]
        for each in found:
            rows += _pair(each, width)
    if not rows:
        rows.append([(none_words(desk, line), "dim")])
    for said, residual in known.residuals(*line.key):
        rows += [[(part, "strong")] for part in wrap(f"{said}.", width)]
        rows += [*([(part, "")] for part in wrap(f"Still to ask: {residual}", width)), []] if residual else [[]]
    notes = dict.fromkeys(each.notice for each in known.overlaps if line.catalog in (each.iso, each.cmmi))
    rows += [[(part, "dim")] for notice in notes for part in wrap(notice, width)]
    return rows


def _pair(each: Counterpart, width: int) -> Iterator[Row]:
    pair = each.pair
    yield justified(
        [(f"{each.number}  ", "title"), (each.title, "strong")],
        [(f"{each.state.detail} ", "dim"), _letter(each)],
        width,
    )
    for text in (f"{pair.strength}: {DIRECTIONS_SAID[pair.direction]}.", pair.why):
        yield from ([(part, "")] for part in wrap(text, width))
    derived = f"; from {pair.derived}" if pair.derived else ""
    sure = f"{pair.confidence} confidence; {BASES[pair.basis]}; {pair.id}{derived}"
    yield from ([(part, "dim")] for part in wrap(sure, width))
    yield []


def none_words(desk: Desk, line: Line) -> str:
    """That an item has no counterpart, or only weak ones."""
    known = desk.walk.counterparts
    others = known.others(line.catalog)
    if not others:
        return "No other framework of this engagement has counterparts here."
    hidden = known.weak(*line.key)
    if hidden:
        return f"{line.id} has only weak counterparts in {others}; X shows them."
    return f"{line.id} has no counterpart in {others}."
