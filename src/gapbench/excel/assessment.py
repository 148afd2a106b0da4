"""Assessment: one row per item and unit; every other figure of the workbook counts these rows.

Printed are the columns from the framework to the findings, one line per row where the words allow;
what is worked with on the screen (reason, own rating, comment, question) stands to the right of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2s
from itertools import groupby
from typing import TYPE_CHECKING, Any

from gapbench.excel import measure
from gapbench.excel.book import ASSESSMENT, Book, said, saying
from gapbench.excel.page import Column, Page, letter
from gapbench.excel.strings import quoted, shortened
from gapbench.excel.style import MISSING, TAB
from gapbench.rating import findings as finding_rules
from gapbench.rating.models import model_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from gapbench.work.deliverable import Assessed, AssessmentRow, Deliverable

TABLE = "Assessment"
SIZE = 7.5
"""Points: the longest sheet is set a little smaller than the others."""

_BEFORE = (
    Column("Key", 12, hidden=True),
    Column("Item key", 12, hidden=True),
    Column("Clause key", 12, hidden=True),
    Column("Catalog", 12, hidden=True),
    Column("Asked", 12, hidden=True),
    Column("Covered", 12, hidden=True),
    Column("Fingerprint", 12, hidden=True),
    Column("Framework", 11),
    Column("Ref", 9),
    Column("Topic", 48),
    Column("Level", 5.5, centre=True),
    Column("Unit", 11),
    Column("Rating", 13.5, centre=True),
    Column("Note", 62),
    Column("Findings", 9.5),
    Column("Reason", 30),
    Column("Documented", 13),
    Column("Confidence", 10, centre=True),
)
_OPTIONAL: tuple[tuple[Column, Callable[[Deliverable], bool]], ...] = (
    (Column("Proof-reading", 42), lambda deliverable: any(row.verify for row in deliverable.rows)),
    (Column("Change", 60), lambda deliverable: any(row.change for row in deliverable.rows)),
    (Column("Carried over", 22), lambda deliverable: any(row.carried for row in deliverable.rows)),
    (Column("Also serves", 22), lambda deliverable: any(row.serves for row in deliverable.rows)),
)
"""Columns that only some engagements need, and when."""
_BEHIND = (
    Column("Client's own rating", 20, centre=True),
    Column("Client comment", 40),
    Column("Question", 110),
)
HIDDEN = tuple(place for place, column in enumerate(_BEFORE) if column.hidden)
_AT = {column.head: place for place, column in enumerate(_BEFORE)}
TOPIC, RATING, NOTE, REASON = (_AT[head] for head in ("Topic", "Rating", "Note", "Reason"))
LAST_PRINTED = _AT["Findings"]
HEAD_ROW = 3
CARRIED = "Carried over"
PROOF_READ = "to be proof-read against your licensed copy"

_SHORT = 500
_UNIT_LIMIT = 120
_HINT = (
    "Pale yellow cells are yours: change a rating and every figure of this workbook follows; give "
    "your own rating and your comment in the last columns. Filter with the arrows in the heading."
)


@dataclass(frozen=True)
class _Frame:
    """What the rows of one framework share."""

    words: dict[str, str]
    asked: dict[str, frozenset[str]]
    covered: frozenset[str]


def columns(deliverable: Deliverable) -> tuple[Column, ...]:
    """Columns of the table."""
    there = (column for column, is_needed in _OPTIONAL if is_needed(deliverable))
    return (*_fitted(deliverable), *there, *_BEHIND)


def _fitted(deliverable: Deliverable) -> Iterator[Column]:
    """Names and numbers stand on one line; what they need more than usual the notes have less."""
    widths = {it.head: it.width for it in _BEFORE}
    texts = {
        "Framework": {one.name for one in deliverable.assessed},
        "Ref": {row.item for row in deliverable.rows},
    }
    for head, those in texts.items():
        usual = widths[head]
        widest = max((measure.text_width(text) for text in those), default=0) * SIZE / 1000
        widths[head] = min(max(usual, round(widest * 1.05 / 5.25 + 1, 1)), 2 * usual)
        widths["Note"] -= widths[head] - usual
    return (replace(it, width=widths[it.head]) for it in _BEFORE)


def changed(row: AssessmentRow) -> str:
    """What happened to an item since the edition before, in a cell."""
    if not row.change or (row.change == "same" and not row.disputed):
        return ""
    words = {"same": "the same", "wording": "reworded", "moved": "moved"}
    what = words.get(row.change, row.change)
    if row.disputed:
        what = f"{what} (our reading; sources disagree)"
    return f"{what}: {row.change_note}" if row.change_note else what


def column(head: str) -> str:
    """A column of the table as formulas name it."""
    return f"{TABLE}[{head}]"


def item_key(catalog: str, item: str) -> str:
    """Names an item in formulas; never looks like a number."""
    return f"{catalog}|{item}"


def group_key(catalog: str, group: str) -> str:
    """Names a clause, practice area or practice group in formulas."""
    return f"{catalog}/{group}"


def fingerprint(row: AssessmentRow) -> str:
    """Short hash of what a client may change, to see later who changed it."""
    said_there = "\x1f".join((row.value, row.note, row.reason))
    return blake2s(said_there.encode("utf-8", "replace"), digest_size=8).hexdigest()


def write(book: Book) -> None:
    """Write the sheet."""
    shown = columns(book.deliverable)
    page = Page(book, ASSESSMENT, [column.width for column in shown])
    page.sheet.set_tab_color(TAB)
    page.hide(HIDDEN)
    first = HIDDEN[-1] + 1
    page.sheet.write_string(0, first, ASSESSMENT, page.style("title"))
    page.need(0, 27)
    page.span(1, first, LAST_PRINTED, _HINT, "note")
    lines = list(_lines(page))
    page.table(TABLE, shown, len(lines), HEAD_ROW)
    at = {column.head: place for place, column in enumerate(shown)}
    own = at["Client's own rating"]
    _write_lines(page, lines, at)
    _mark(page, max(len(lines), 1), own)
    _lists(page, lines, own)
    page.sheet.freeze_panes(HEAD_ROW + 1, _AT["Topic"])
    page.sheet.repeat_rows(HEAD_ROW)
    book.table_rows[ASSESSMENT] = len(lines)
    page.finish(HEAD_ROW + max(len(lines), 1), LAST_PRINTED, first)


def _frames(book: Book) -> dict[str, _Frame]:
    return {assessed.framework.catalog: _frame(book, assessed) for assessed in book.deliverable.assessed}


def _frame(book: Book, assessed: Assessed) -> _Frame:
    scope = assessed.scope
    rules, items = model_of(scope), scope.catalog.items_of
    by_group = {
        group: frozenset(unit.id for unit in rules.units_for(scope, members[0])) for group, members in items.items()
    }
    recorded = (finding for finding in book.deliverable.findings if not finding.proposed)
    return _Frame(
        words=saying(assessed.scale),
        asked=by_group,
        covered=finding_rules.covered(scope.catalog, recorded),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the table: a row of the deliverable, or the rest of a text too long for one."""

    row: AssessmentRow
    note: str
    reason: str
    part: int
    repeats: bool


def _lines(page: Page) -> Iterator[_Line]:
    before = ""
    for row in page.book.deliverable.rows:
        repeats = row.item == before
        before = row.item
        if len(row.note) < _SHORT and len(row.reason) < _SHORT:
            yield _Line(row, row.note, row.reason, 1, repeats)
            continue
        notes, reasons = _pieces(page, row.note, NOTE), _pieces(page, row.reason, REASON)
        for part in range(max(len(notes), len(reasons))):
            yield _Line(
                row,
                "".join(notes[part : part + 1]),
                "".join(reasons[part : part + 1]),
                part + 1,
                repeats or part > 0,
            )


def _pieces(page: Page, text: str, col: int) -> list[str]:
    return list(measure.fitting_pieces(page.book.clean(text), page.room(col, col), SIZE))


def _write_lines(page: Page, lines: list[_Line], at: Mapping[str, int]) -> None:
    frames = _frames(page.book)
    writer = _Writer(page, at)
    for number, line in enumerate(lines, HEAD_ROW + 1):
        writer.write(number, line, frames[line.row.catalog])
        if number % 500 == 0:
            page.book.tick(500)
    page.book.tick(len(lines) % 500)


_MORE: Mapping[str, Callable[[AssessmentRow], str]] = {
    "Proof-reading": lambda row: PROOF_READ if row.verify else "",
    "Change": changed,
    "Carried over": lambda row: row.carried,
    "Also serves": lambda row: row.serves,
}


class _Writer:
    """Writes rows; formats and measures are looked up once."""

    def __init__(self, page: Page, at: Mapping[str, int]) -> None:
        self._own, self._comment = at["Client's own rating"], at["Client comment"]
        self._question = at["Question"]
        optional = tuple(column.head for column, _ in _OPTIONAL)
        self._more = tuple((at[head], _MORE[head]) for head in optional if head in at)
        self._string = page.sheet.write_string
        self._blank = page.sheet.write_blank
        self._number = page.sheet.write_number
        self._height = page.sheet.set_row
        self._clean = page.book.clean
        self._cell, self._one, self._centre = (page.style(name, font_size=SIZE) for name in ("cell", "line", "centre"))
        self._input = page.style("input", font_size=SIZE)
        self._choice = page.style("input", align="center", text_wrap=False, font_size=SIZE)
        self._rooms = {col: page.room(col, col) for col in (TOPIC, NOTE, REASON)}
        self._units: dict[str, str] = {}
        self._known: dict[tuple[str, int], int] = {}
        self._heights = {1: measure.height(1, SIZE)}

    def write(self, number: int, line: _Line, frame: _Frame) -> None:
        """One row of the table at row `number`."""
        row, clean, string = line.row, self._clean, self._string
        cell, one, centre = self._cell, self._one, self._centre
        goes_on = line.part > 1
        item, unit = f"{row.catalog}|{row.item}", row.key.rpartition("|")[2]
        asked = "yes" if unit in frame.asked.get(row.group, ()) else "if rated"
        string(number, 0, f"{row.key}#{line.part}" if goes_on else row.key, one)
        string(number, 1, item, one)
        clause = row.counts and not goes_on
        self._maybe(number, 2, f"{row.catalog}/{row.group}" if clause else "", one)
        string(number, 3, row.catalog, one)
        self._maybe(number, 4, "" if goes_on else asked, one)
        string(number, 5, "yes" if row.item in frame.covered else "no", one)
        self._maybe(number, 6, "" if goes_on else fingerprint(row), one)
        string(number, 7, clean(row.framework), one)
        string(number, 8, row.item, one)
        topic = clean(row.title)
        self._maybe(number, TOPIC, topic, one if line.repeats else cell)
        self._maybe_number(number, 10, row.level, centre)
        string(number, 11, self._unit(row.unit), one)
        self._maybe(
            number,
            RATING,
            "" if goes_on else frame.words.get(row.value, row.value),
            centre if goes_on else self._choice,
        )
        note, reason = clean(line.note), clean(line.reason)
        self._maybe(number, NOTE, note, cell)
        self._maybe(number, LAST_PRINTED, ", ".join(row.findings), cell)
        self._maybe(number, REASON, reason, cell)
        self._maybe(number, 16, "" if row.documented == "none" else row.documented, one)
        self._maybe(number, 17, row.confidence, centre)
        for col, text in self._more:
            self._maybe(number, col, "" if goes_on else clean(text(row)), one)
        self._blank(number, self._own, None, centre if goes_on else self._choice)
        self._blank(number, self._comment, None, self._input)
        self._maybe(number, self._question, clean(row.question), one)
        self._fit(number, "" if line.repeats else topic, note, reason)

    def _unit(self, name: str) -> str:
        label = self._units.get(name)
        if label is None:
            label = self._units[name] = shortened(self._clean(name), _UNIT_LIMIT)
        return label

    def _maybe(self, number: int, col: int, text: str, form: Any) -> None:
        if text:
            self._string(number, col, text, form)
        else:
            self._blank(number, col, None, form)

    def _maybe_number(self, number: int, col: int, value: int | None, form: Any) -> None:
        if value is None:
            self._blank(number, col, None, form)
        else:
            self._number(number, col, value, form)

    def _fit(self, number: int, topic: str, note: str, reason: str) -> None:
        most = 1
        for col, text in ((TOPIC, topic), (NOTE, note), (REASON, reason)):
            if text:
                most = max(most, self._count(text, col))
        height = self._heights.get(most)
        if height is None:
            height = self._heights[most] = measure.height(most, SIZE)
        self._height(number, height)

    def _count(self, text: str, col: int) -> int:
        known = self._known.get((text, col))
        if known is None:
            known = measure.line_count(text, self._rooms[col], SIZE)
            self._known[text, col] = known
        return known


def _mark(page: Page, rows: int, own: int) -> None:
    """Conditional formats: ratings by tone, a missing reason or weakness, a topic said once."""
    first, last = HEAD_ROW + 1, HEAD_ROW + rows
    values = {said(value): value for one in page.book.deliverable.assessed for value in one.scale}
    for col in (RATING, own):
        page.ink_words((first, col, last, col), {word: value.tone for word, value in values.items()})
    for need, col in (("reason", REASON), ("note", NOTE)):
        wanting = sorted(word for word, value in values.items() if value.needs == need)
        if wanting:
            page.mark_where((first, col, last, col), _is_missing(first, col, wanting), bg_color=MISSING)
    above, here = f"$B{first}", f"$B{first + 1}"
    repeated = f"=AND({here}={above},SUBTOTAL(103,{above})=1)"
    page.mark_where((first, TOPIC, last, TOPIC), repeated, num_format=";;;")


def _is_missing(row: int, col: int, words: list[str]) -> str:
    rating = f"${letter(RATING)}{row + 1}"
    either = ",".join(f"{rating}={quoted(word)}" for word in words)
    return f"=AND(OR({either}),LEN(TRIM(${letter(col)}{row + 1}))=0)"


def _lists(page: Page, lines: list[_Line], own: int) -> None:
    """Each framework's rows take only words of its own scale."""
    scales = {
        assessed.framework.catalog: [said(value) for value in assessed.scale]
        for assessed in page.book.deliverable.assessed
    }
    row = HEAD_ROW + 1
    for catalog, group in groupby(lines, key=lambda line: line.row.catalog):
        last = row + sum(1 for _ in group) - 1
        for col in (RATING, own):
            page.choices((row, col, last, col), scales[catalog], "Rating")
        row = last + 1
