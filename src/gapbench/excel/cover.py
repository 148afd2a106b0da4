"""Cover: whose workbook this is, the verdicts in a sentence each, what to read, where to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.excel import measure
from gapbench.excel.book import (
    ASSESSMENT,
    AUDITS,
    BRIDGE,
    CAVEAT,
    CHECK,
    CMMI,
    COVER,
    CROSSWALK,
    FINDINGS,
    GOALS,
    ISO,
    METHOD,
    OUT,
    PLAN,
    PROCESSES,
    REVIEW,
    ROADMAP,
    SUMMARY,
    WHAT_IF,
    Book,
    conformity_of,
    levels_of,
)
from gapbench.excel.clause_panel import headline as conformity_headline
from gapbench.excel.level_panel import headline as level_headline
from gapbench.excel.page import Page
from gapbench.excel.self_check import ALL_OK
from gapbench.excel.strings import shortened
from gapbench.rating.results import LevelResult

if TYPE_CHECKING:
    from gapbench.work.deliverable import Assessed

_LAST = 5
_GUIDE = {
    SUMMARY: "one page: where you stand, why, and what to do first",
    ISO: "clause by clause, down to each sub-clause, and the rules that lead to the verdict",
    CMMI: "practice areas by level, and which practices stand before the next level",
    GOALS: "areas by level with their goals, and what stands before the next maturity level",
    PROCESSES: "the capability level of each process, and what stands before its next one",
    BRIDGE: "what changed since the edition before, clause by clause, with the ratings of then and of now",
    FINDINGS: "what is missing and what it rests on; say whether you agree",
    PLAN: "what has to be done, line by line; fill in owner, dates and effort",
    ROADMAP: "packages in the order of work with dates and effort, the gates, and why in this order",
    WHAT_IF: "tick packages and see readiness, level and what is left",
    CROSSWALK: "where clause and practice ask for the same, and how both stand",
    OUT: "what was left out, and why; for your signature",
    AUDITS: "one internal audit programme for every framework, with a joint checklist",
    REVIEW: "one agenda of the management review, with what is on the table",
    ASSESSMENT: "every question with its rating and note; the figures everywhere else count these rows",
    METHOD: "what the ratings mean, how the figures are made, what this is not",
    CHECK: "every total twice: as the tool computed it and as this workbook computes it",
}
_FIRST_READ = (SUMMARY, FINDINGS, ROADMAP, PLAN)


def write(book: Book) -> None:
    """Write the sheet; everything that it points to stands already."""
    page = Page(book, COVER, (20, 34, 22, 20, 34, 22))
    _band(page)
    _facts(page)
    _verdicts(page)
    _guide(page)
    _sign(page)
    page.row = page.span(page.row + 1, 0, _LAST, CAVEAT, "note", italic=True)
    page.sheet.fit_to_pages(1, 1)
    page.sheet.activate()
    page.finish(page.row - 1, _LAST)


def _band(page: Page) -> None:
    profile = page.book.deliverable.profile
    lines = ((profile.client, 22, True), (profile.title or "Gap analysis", 13, False))
    for text, size, bold in lines:
        form = page.style("band", font_size=size, bold=bold, indent=1)
        page.blank_span(page.row, 0, _LAST, form)
        line = measure.fitted(page.book.clean(text), page.room(0, _LAST) - 20, size * 1.08)
        page.sheet.write_string(page.row, 0, line or " ", form)
        page.need(page.row, size * 1.3 + 12)
        page.row += 1
    page.need(page.row, 8)
    page.row += 1


def _facts(page: Page) -> None:
    deliverable = page.book.deliverable
    profile = deliverable.profile
    frameworks = "\n".join(map(_named, deliverable.assessed)) or "none yet"
    facts = (
        ("Frameworks", frameworks, "Sites", profile.sites),
        ("Dates", profile.dates, "Consultants", profile.team),
        ("Sponsor", profile.sponsor, "Classification", profile.classification),
        ("Written", f"{deliverable.at:%Y-%m-%d %H:%M %Z}".rstrip(), "State of the file", deliverable.head[:12]),
    )
    for left, first, right, second in facts:
        page.text(page.row, 0, left, "label")
        end = page.span(page.row, 1, 2, _short(first), "fact")
        page.text(page.row, 3, right, "label")
        page.row = max(end, page.span(page.row, 4, 5, _short(second), "fact"))


def _short(text: str) -> str:
    """Enough for a cover; the whole text stands in the metadata."""
    return "\n".join(shortened(line, 300) for line in text.splitlines()[:6]) or "not stated"


def _named(assessed: Assessed) -> str:
    catalog = assessed.scope.catalog
    parts = [f"{catalog.title} {catalog.edition}"]
    if assessed.scope.views:
        parts.append(f"view {'+'.join(assessed.scope.views)}")
    result = assessed.result
    if isinstance(result, LevelResult) and result.target:
        kind = "maturity" if result.scheme == "staged" else "capability"
        parts.append(f"{kind} level {result.target} aimed at")
    return ", ".join(parts)


def _verdicts(page: Page) -> None:
    page.section("Where you stand", _LAST)
    book = page.book
    said = [
        (one, book.conformity[one.framework.catalog].headline, conformity_headline(result), result.sentence)
        for one, result in conformity_of(book.deliverable)
    ] + [
        (one, book.levels[one.framework.catalog].headline, level_headline(one.scope.catalog, result), result.sentence)
        for one, result in levels_of(book.deliverable)
    ]
    if not said:
        page.row = page.span(page.row, 0, _LAST, "No framework has been chosen yet.", "fact")
    for one, cell, headline, sentence in said:
        page.text(page.row, 0, one.name, "fact", bold=True)
        page.live_span(page.row, 1, _LAST, f"={cell}", headline, "fact", bold=True)
        page.row = page.span(page.row + 1, 1, _LAST, f"At the time of export: {sentence}", "note")


def _guide(page: Page) -> None:
    page.section("What to read in three minutes, and then", _LAST)
    for name in (*_FIRST_READ, *(it for it in _GUIDE if it not in _FIRST_READ)):
        if name not in page.book.sheets:
            continue
        page.sheet.write_url(
            page.row,
            0,
            f"internal:'{name}'!A1",
            page.style("link", bold=name in _FIRST_READ),
            string=name,
        )
        page.row = page.span(page.row, 1, _LAST, _GUIDE[name], "fact")
    page.text(page.row, 0, "Self-check now", "label")
    page.live_span(page.row, 1, _LAST, f"={page.book.overall}", ALL_OK, "fact")
    page.row += 1


def _sign(page: Page) -> None:
    page.section("Received and discussed", _LAST)
    page.need(page.row, 30)
    for first, last, label in (
        (0, 1, "For the client: name, date, signature"),
        (3, 4, "For the consultants: name, date, signature"),
    ):
        page.blank_span(page.row, first, last, page.style("rule"))
        page.span(page.row + 1, first, last, label, "label")
    page.row += 2
