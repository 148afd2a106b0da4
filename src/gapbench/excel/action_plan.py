"""Action plan: one line per gap; owner, dates, effort and status are the client's to fill in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from gapbench.excel.book import PLAN, Book
from gapbench.excel.page import Column, Page, cell
from gapbench.excel.strings import quoted
from gapbench.excel.style import CLASS_TONES, MISSING, TAB, TONES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gapbench.work.deliverable import ActionRow

TABLE = "Actions"
COLUMNS = (
    Column("Key", 12, hidden=True),
    Column("Action", 6.5),
    Column("Clause or area", 17),
    Column("What has to be in place", 43),
    Column("Why", 35),
    Column("Closes", 12.5),
    Column("Severity", 9, centre=True),
    Column("Findings", 9),
    Column("Owner", 12),
    Column("Start", 9, centre=True),
    Column("Effort days", 6.5, centre=True),
    Column("Due", 9.5, centre=True),
    Column("Status", 9.5, centre=True),
    Column("Done %", 7, centre=True),
    Column("Days late", 7, centre=True),
    Column("Framework", 14),
)
_AT = {it.head: place for place, it in enumerate(COLUMNS)}
_OWNER, _START, _EFFORT, _DUE = (_AT[head] for head in ("Owner", "Start", "Effort days", "Due"))
_STATUS, _DONE, _LATE, _SEVERITY = (_AT[head] for head in ("Status", "Done %", "Days late", "Severity"))
_PRINTED = _STATUS
STATUSES = ("open", "planned", "in progress", "done", "verified")
SEVERITIES = ("major", "minor", "weakness")
NOT_ESTIMATED = "no estimate"

_EPOCH = date(2000, 1, 1)
_FINISHED = ("done", "verified")
_HINT = (
    "One line per gap. Pale yellow cells are yours: owner, dates, effort and status. Days late are "
    "counted up to the status date below; move it when you look at the plan again. Start with gate "
    "clauses that are wholly missing and the other majors, then with gate clauses and what stands "
    "before the next level."
)


def write(book: Book) -> None:
    """Write the sheet."""
    page = Page(book, PLAN, [it.width for it in COLUMNS])
    page.sheet.set_tab_color(TAB)
    page.hide((0,))
    page.sheet.write_string(0, 1, PLAN, page.style("title"))
    page.need(0, 27)
    page.span(1, 1, _AT["Why"], _HINT, "note")
    as_of = _status_date(page, 1)
    head = _totals(page, 2) + 1
    lines = list(_lines(page))
    page.table(TABLE, COLUMNS, len(lines), head)
    for row, line in enumerate(lines, head + 1):
        _write_line(page, row, line, as_of)
        if line[1] == 1:
            book.action_rows[line[0].id] = row
    last = head + len(lines)
    _validate(page, head + 1, last)
    _mark(page, head + 1, last)
    page.sheet.freeze_panes(head + 1, 2)
    page.sheet.repeat_rows(head)
    book.table_rows[PLAN] = len(lines)
    book.check("Action plan: lines", len(book.action_rows), page.far_ref(head - 2, _OWNER + 1))
    page.finish(last, _PRINTED, 1)


def _status_date(page: Page, row: int) -> str:
    page.text(row, _OWNER, "Status date", "label", font_size=8)
    page.date(row, _START, page.book.deliverable.at, "input date")
    _date_rule(page, row, _START, row, _START)
    return page.ref(row, _START)


def _totals(page: Page, row: int) -> int:
    """Totals by severity; gives the row below them."""
    heads = ("Totals", "Actions", "Done", "Effort days", "Late")
    page.head_row(row, heads, _OWNER, range(_OWNER + 1, _OWNER + 5))
    present = [it for it in SEVERITIES if any(a.severity == it for a in page.book.deliverable.actions)]
    for severity in (*present, "all"):
        row += 1
        _total(page, row, severity)
    return row + 1


def _total(page: Page, row: int, severity: str) -> None:
    actions = page.book.deliverable.actions
    number = sum(severity in ("all", action.severity) for action in actions)
    style = "group" if severity == "all" else "cell"
    centre = page.style(style, align="center")
    which = f"{TABLE}[Severity],{quoted('?*' if severity == 'all' else severity)}"
    page.text(row, _OWNER, severity, style)
    page.formula(row, _OWNER + 1, f"=COUNTIFS({which})", number, centre)
    finished = "+".join(f"COUNTIFS({which},{TABLE}[Status],{quoted(word)})" for word in _FINISHED)
    page.formula(row, _OWNER + 2, f"={finished}", 0, centre)
    effort = (
        f'=IF(COUNTIFS({which},{TABLE}[Effort days],">0")=0,{quoted(NOT_ESTIMATED)},'
        f"SUMIFS({TABLE}[Effort days],{which}))"
    )
    page.formula(row, _OWNER + 3, effort, NOT_ESTIMATED, centre)
    page.formula(row, _OWNER + 4, f'=COUNTIFS({which},{TABLE}[Days late],">0")', 0, centre)


def _lines(page: Page) -> Iterator[tuple[ActionRow, int, dict[int, str]]]:
    for action in page.book.deliverable.actions:
        texts = {
            2: f"{action.group} {action.group_title}",
            3: action.what,
            4: action.why,
            5: ", ".join(action.closes),
            7: ", ".join(action.findings),
        }
        for part, piece in enumerate(page.parts(texts), 1):
            yield action, part, piece


def _write_line(page: Page, row: int, line: tuple[ActionRow, int, dict[int, str]], as_of: str) -> None:
    action, part, texts = line
    goes_on = part > 1
    page.text(row, 0, f"{action.id}#{part}" if goes_on else action.id, "line")
    page.text(row, 1, action.id, "line", bold=True)
    for col, text in texts.items():
        page.text(row, col, text)
    page.text(row, _SEVERITY, "" if goes_on else action.severity, "centre")
    page.text(row, _AT["Framework"], action.framework, "line")
    if goes_on:
        for col in range(_OWNER, _LATE + 1):
            page.string(row, col, "", page.style("line"))
    else:
        _write_inputs(page, row, as_of)
    page.fit_cells(row, texts)


def _write_inputs(page: Page, row: int, as_of: str) -> None:
    for col in (_OWNER, _EFFORT):
        page.string(row, col, "", page.style("input"))
    page.string(row, _STATUS, STATUSES[0], page.style("input", align="center"))
    for col in (_START, _DUE):
        page.string(row, col, "", page.style("input date"))
    page.string(row, _DONE, "", page.style("input share"))
    due, status = cell(row, _DUE), cell(row, _STATUS)
    finished = ",".join(f"{status}={quoted(word)}" for word in _FINISHED)
    late = f'=IF(OR(NOT(ISNUMBER({due})),{finished}),"",MAX(0,{as_of}-{due}))'
    page.formula(row, _LATE, late, "", page.style("number"))


def _validate(page: Page, first: int, last: int) -> None:
    _date_rule(page, first, _START, last, _START)
    _date_rule(page, first, _DUE, last, _DUE)
    rules: Sequence[tuple[int, dict[str, object]]] = (
        (
            _STATUS,
            {"validate": "list", "source": list(STATUSES), "error_message": f"Choose one of: {', '.join(STATUSES)}."},
        ),
        (
            _EFFORT,
            {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": "Days as a number, such as 2.5."},
        ),
        (
            _DONE,
            {
                "validate": "decimal",
                "criteria": "between",
                "minimum": 0,
                "maximum": 1,
                "error_message": "A share between 0 % and 100 %.",
            },
        ),
    )
    for col, rule in rules:
        page.sheet.data_validation(first, col, last, col, {"error_title": "Action plan", **rule})


def _date_rule(page: Page, first: int, left: int, last: int, right: int) -> None:
    page.sheet.data_validation(
        first,
        left,
        last,
        right,
        {
            "validate": "date",
            "criteria": ">=",
            "value": _EPOCH,
            "error_title": "Date",
            "error_message": "A date, such as 2026-12-01.",
        },
    )


def _mark(page: Page, first: int, last: int) -> None:
    page.ink_words((first, _SEVERITY, last, _SEVERITY), CLASS_TONES)
    late = f"${cell(first, _LATE)}"
    page.mark_where(
        (first, _LATE, last, _LATE), f"=AND(ISNUMBER({late}),{late}>0)", bg_color=MISSING, font_color=TONES["bad"]
    )
