"""Findings: recorded ones by number, then what the rules propose; the client says whether they agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.excel.assessment import group_key
from gapbench.excel.book import FINDINGS, Book
from gapbench.excel.page import Column, Page, letter
from gapbench.excel.style import CLASS_TONES, MUTED, TAB
from gapbench.rating import findings as finding_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.rating.inputs import Finding

TABLE = "Findings"
COLUMNS = (
    Column("Key", 12, hidden=True),
    Column("Touches", 12, hidden=True),
    Column("Finding", 9.5),
    Column("Class", 9, centre=True),
    Column("Origin", 9),
    Column("Clauses and practices", 15),
    Column("Requirement", 23),
    Column("Evidence", 33),
    Column("Gap", 33),
    Column("Root cause", 20),
    Column("Status", 8, centre=True),
    Column("Agreed by client", 9.5),
    Column("Client's view", 40),
)
HIDDEN = (0, 1)
_CLASS, _ORIGIN, _STATUS, _AGREED, _VIEW = 3, 4, 10, 11, 12
HEAD_ROW = 3
AGREED = ("yes", "no", "partly")
CLASSES = ("major", "minor", "ofi", "observation", "strength")
SETTLED = "none now"

_WORDS = {"ofi": "improvement"}
_HINT = (
    "Proposed means that the rules see a gap which no recorded finding covers yet; the consultant "
    "decides. Proposed findings count in every total and verdict, and their class follows the "
    "ratings. Findings say what is missing, not who; agreeing does not change a verdict."
)


def word(cls: str) -> str:
    """How a class stands in a cell."""
    return _WORDS.get(cls, cls)


def write(book: Book) -> None:
    """Write the sheet; the readiness sheets stand already."""
    page = Page(book, FINDINGS, [column.width for column in COLUMNS])
    page.sheet.set_tab_color(TAB)
    page.hide(HIDDEN)
    page.sheet.write_string(0, 2, FINDINGS, page.style("title"))
    page.need(0, 27)
    page.span(1, 2, _AGREED, _HINT, "note")
    lines = list(_lines(page))
    page.table(TABLE, COLUMNS, len(lines), HEAD_ROW)
    for row, (finding, part, texts) in enumerate(lines, HEAD_ROW + 1):
        _write_line(page, row, finding, part, texts)
    last = HEAD_ROW + max(len(lines), 1)
    _mark(page, last)
    page.sheet.freeze_panes(HEAD_ROW + 1, 3)
    page.sheet.repeat_rows(HEAD_ROW)
    book.table_rows[FINDINGS] = len(lines)
    page.finish(last, _AGREED, 2)


def _lines(page: Page) -> Iterator[tuple[Finding, int, dict[int, str]]]:
    for finding in page.book.deliverable.findings:
        texts = {
            5: items_text(page.book, finding),
            6: finding.requirement,
            7: finding.evidence,
            8: finding.gap,
            9: finding.cause,
        }
        for part, piece in enumerate(page.parts(texts), 1):
            yield finding, part, piece


def items_text(book: Book, finding: Finding) -> str:
    """What a finding rests on, framework by framework when there are several."""
    parts = []
    for assessed in book.deliverable.assessed:
        items = finding_rules.items_in(assessed.scope.catalog, finding)
        if items:
            name = f"{assessed.name}: " if len(book.deliverable.assessed) > 1 else ""
            parts.append(f"{name}{', '.join(items)}")
    return "; ".join(parts)


def touches(book: Book, finding: Finding) -> str:
    """Every clause and area that a recorded finding touches, between semicolons, for wildcards."""
    found: list[str] = []
    for assessed in book.deliverable.assessed:
        catalog = assessed.scope.catalog
        leaves = finding_rules.leaves_touched(catalog, (finding,))
        groups = finding_rules.with_ancestors(catalog, leaves)
        found += [group_key(catalog.id, group) for group in sorted(groups)]
        if groups:
            found.append(group_key(catalog.id, ""))
    return f";{';'.join(found)};" if found else ""


def _write_line(page: Page, row: int, finding: Finding, part: int, texts: dict[int, str]) -> None:
    goes_on = part > 1
    origin = "proposed" if finding.proposed else "recorded"
    page.text(row, 0, f"{finding.id}#{part}" if goes_on else finding.id, "line")
    page.text(row, 1, "" if goes_on or finding.proposed else touches(page.book, finding), "line")
    page.text(row, 2, finding.label, "line", bold=True)
    page.text(row, 4, "" if goes_on else origin, "line")
    for col, text in texts.items():
        page.text(row, col, text)
    page.text(row, _STATUS, "" if goes_on else finding.status, "centre")
    _write_class(page, row, finding, goes_on=goes_on)
    page.text(row, _AGREED, "", "centre" if goes_on else "input")
    page.text(row, _VIEW, "", "cell" if goes_on else "input")
    page.fit_cells(row, texts)


def _write_class(page: Page, row: int, finding: Finding, *, goes_on: bool) -> None:
    if goes_on or not finding.proposed:
        page.text(row, _CLASS, "" if goes_on else word(finding.cls), "centre")
        return
    catalog, item = finding.items[0]
    leaf = next(
        a.scope.catalog.item[item].group for a in page.book.deliverable.assessed if a.framework.catalog == catalog
    )
    cell = page.book.conformity[catalog].proposed[leaf]
    formula = f'=IF({cell}="","{SETTLED}",{cell})'
    page.formula(row, _CLASS, formula, finding.cls, page.style("centre"))


def _mark(page: Page, last: int) -> None:
    first = HEAD_ROW + 1
    page.ink_words((first, _CLASS, last, _CLASS), CLASS_TONES)
    proposed = f'=${letter(_ORIGIN)}{first + 1}="proposed"'
    page.mark_where((first, _ORIGIN, last, _ORIGIN), proposed, italic=True, font_color=MUTED)
    page.choices((first, _AGREED, last, _AGREED), AGREED, "Agreed by client")
