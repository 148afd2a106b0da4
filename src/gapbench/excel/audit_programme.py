"""Audit programme: one for every framework, by quarter, with a joint checklist of two references a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.excel.book import AUDITS, Book, plural, said
from gapbench.excel.page import Column, Page, cell
from gapbench.excel.roadmap_gates import TRACKS
from gapbench.excel.style import FAINT, TAB
from gapbench.planning.programme import Standings, is_asked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gapbench.catalog.packages import Question
    from gapbench.planning.programme import Audit, AuditedUnit
    from gapbench.planning.values import Track

CALENDAR, CHECKLIST = "AuditUnits", "AuditChecklist"
_QUARTERS = (1, 2, 3, 4)
_NOTHING = "\N{EN DASH}"
_YES = "yes"
_JOINT = (
    "One question, two references, one piece of evidence, two results: each on its own scale, neither computed from "
    "the other. An internal look at a practice is no rating. "
)
_HINT = "Pale yellow cells are for the auditor; a result is one word of the scale."


def write(book: Book) -> None:
    """Write the sheet."""
    _Sheet(book).write()


class _Sheet:
    def __init__(self, book: Book) -> None:
        self.book, self.programme = book, book.plan.programme
        plan = book.plan
        self.tracks: Sequence[Track] = [it for it in TRACKS if it in plan.tracks.values()]
        cases = {result.catalog: case for case, result in plan.parts}
        self.scope = Standings(cases, {result.catalog: result for _, result in plan.parts}).in_scope()
        wide = 12 if len(self.tracks) > 1 else 19
        self.columns = (
            Column("Key", 8, hidden=True),
            Column("Unit", 7),
            Column("Question", 52),
            *(Column(book.framework_names(it), 21) for it in self.tracks),
            Column("Evidence to see", 34),
            *(Column(f"{TRACKS[it]} result", wide) for it in self.tracks),
            Column("Finding", wide),
            Column("What was seen", 40),
        )
        self.last = len(self.columns) - 1
        self.page = Page(book, AUDITS, [it.width for it in self.columns])

    def write(self) -> None:
        """Write it."""
        page, programme = self.page, self.programme
        page.sheet.set_tab_color(TAB)
        page.hide((0,))
        page.heading(AUDITS, self.last, 1)
        low, high = programme.days
        ends = max(audit.end for audit in programme.audits)
        message = (
            f"{plural(len(programme.units), 'unit')} and {plural(len(programme.audits), 'audit')} from "
            f"{programme.begin:%Y-%m-%d} to {ends:%Y-%m-%d}; {low} to {high} auditor-days a year, estimated by size."
        )
        page.row = page.span(page.row, 1, self.last, message, "verdict")
        page.row = page.span(page.row, 1, self.last, programme.projects, "plain")
        page.section("Calendar", self.last, 1)
        self._calendar()
        page.section("Rules of the programme", self.last, 1)
        for rule in programme.rules:
            page.row = page.span(page.row, 1, self.last, f"\N{BULLET} {rule}", "note")
        breaks = [page.row]
        joint = len(self.tracks) > 1
        page.section("Joint checklist" if joint else "Checklist", self.last, 1)
        page.row = page.span(page.row, 1, self.last, f"{_JOINT if joint else ''}{_HINT}", "note")
        self._checklist()
        page.sheet.set_h_pagebreaks(breaks)
        page.finish(page.row - 1, self.last, 1)

    # --- calendar -------------------------------------------------------------------------------------

    def _spans(self) -> list[tuple[int, int]]:
        """Columns of the calendar: unit, what it holds, four quarters, by whom."""
        quarters = [(3, 3), (4, 4), (5, 5), (6, self.last - 1)]
        return [(1, 1), (2, 2), *quarters, (self.last, self.last)]

    def _calendar(self) -> None:
        page, programme = self.page, self.programme
        spans = self._spans()
        quarters = {audit.quarter: audit for audit in programme.audits}
        heads = ["Unit", "What it holds, and how"]
        for quarter in _QUARTERS:
            audit = quarters.get(quarter)
            heads.append(
                f"Quarter {quarter}\n{audit.begin:%Y-%m-%d} to {audit.end:%Y-%m-%d}" if audit else f"Quarter {quarter}"
            )
        heads.append("By whom, and how often")
        for (first, last), text in zip(spans, heads, strict=True):
            page.blank_span(page.row, first, last, page.style("head"))
            page.sheet.write_string(page.row, first, text, page.style("head"))
        page.need(page.row, 36)
        for unit in programme.units:
            page.row += 1
            self._unit(page.row, unit, spans)
        page.row += 1

    def _unit(self, row: int, unit: AuditedUnit, spans: Sequence[tuple[int, int]]) -> None:
        page = self.page
        audits = {it.quarter: it for it in self.programme.audits if it.unit == unit.id}
        clauses = self.book.track_numbers(unit.refs, "iso")
        areas = self.book.track_numbers(unit.areas, "cmmi")
        holds = "\n".join(
            filter(None, (unit.text.name, f"{clauses}{'; ' if clauses and areas else ''}{areas}", unit.text.method))
        )
        texts = [unit.id, holds, *(_visit(audits.get(it)) for it in _QUARTERS), _who(unit)]
        for (first, last), text in zip(spans, texts, strict=True):
            page.blank_span(row, first, last, page.style("cell"))
            page.text(row, first, text, "cell", bold=first == 1)
            page.fit(row, [(first, last, page.book.clean(text))])

    # --- checklist ------------------------------------------------------------------------------------

    def _questions(self) -> Iterator[tuple[AuditedUnit, int, Question]]:
        for unit in self.programme.units:
            for number, question in enumerate(unit.questions, 1):
                yield unit, number, question

    def _checklist(self) -> None:
        page, head = self.page, self.page.row
        questions = list(self._questions())
        page.table(CHECKLIST, self.columns, len(questions), head)
        for row, (unit, number, question) in enumerate(questions, head + 1):
            self._question(row, unit, number, question)
        last = head + max(len(questions), 1)
        for place, track in enumerate(self.tracks, 4 + len(self.tracks)):
            words = self._words(track)
            if questions and words:
                page.choices((head + 1, place, last, place), words, AUDITS)
        above, here = cell(head, 1), cell(head + 1, 1)
        page.mark_where((head + 1, 1, last, 1), f"=${here}=${above}", font_color=FAINT)
        page.sheet.repeat_rows(head)
        self.book.table_rows[AUDITS] = len(questions)
        page.row = last + 1

    def _words(self, track: Track) -> list[str]:
        """The scale of a track, where all its frameworks have the same."""
        scales = {
            tuple(said(value) for value in one.scale)
            for one in self.book.deliverable.assessed
            if self.book.plan.tracks.get(one.framework.catalog) == track
        }
        return list(scales.pop()) if len(scales) == 1 else []

    def _question(self, row: int, unit: AuditedUnit, number: int, question: Question) -> None:
        page, book = self.page, self.book
        asked = [ref for ref in question.refs if is_asked(ref, self.scope)]
        refs = [book.track_numbers(asked, track) for track in self.tracks]
        texts = dict(enumerate((unit.id, question.ask, *refs, question.evidence), 1))
        page.text(row, 0, f"{unit.id}|{number}", "line")
        for col, text in texts.items():
            page.text(row, col, text or _NOTHING)
        for col in range(len(texts) + 1, self.last + 1):
            page.string(row, col, "", page.style("input"))
        page.fit_cells(row, texts)
        page.need(row, 34)


def _visit(audit: Audit | None) -> str:
    """What is looked at in a quarter."""
    if audit is None:
        return ""
    names = ", ".join(audit.sample) or _YES
    return f"{names} ({audit.visits} visits)" if audit.visits > 1 else names


def _who(unit: AuditedUnit) -> str:
    often = "once" if unit.times == 1 else f"{unit.times} times"
    why = f": {unit.doubled}" if unit.doubled else ""
    return f"{unit.text.auditor}. {unit.text.independent}. {often.capitalize()} in the year{why}."
