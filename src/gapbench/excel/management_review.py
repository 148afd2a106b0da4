"""Management review: one agenda for every framework, with what is on the table, who brings it and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.excel.book import REVIEW, Book, plural
from gapbench.excel.page import Column, Page
from gapbench.excel.roadmap_gates import TRACKS
from gapbench.excel.style import TAB

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapbench.planning.agenda import AgendaItem
    from gapbench.planning.values import Track

TABLE = "ReviewAgenda"
_HINT = (
    "What is on the table was counted at the time of export; write the figures of the day beside it. Pale yellow cells "
    "are for the minute."
)
_NOTHING = "\N{EN DASH}"


def write(book: Book) -> None:
    """Write the sheet."""
    _Sheet(book).write()


class _Sheet:
    def __init__(self, book: Book) -> None:
        self.book, self.agenda = book, book.plan.agenda
        self.tracks: Sequence[Track] = [it for it in TRACKS if it in book.plan.tracks.values()]
        self.columns = (
            Column("Key", 8, hidden=True),
            Column("No", 4.5, centre=True),
            Column("Item", 24),
            *(Column(book.framework_names(it), 13) for it in self.tracks),
            Column("On the table today", 46),
            Column("What the pack holds", 25),
            Column("Pack due", 9.5, centre=True),
            Column("Who brings it", 18),
            Column("To be decided", 25),
            Column("Decision", 26),
            Column("Owner", 12),
            Column("By", 9.5, centre=True),
        )
        self.at = {it.head: place for place, it in enumerate(self.columns)}
        self.last = len(self.columns) - 1
        self.page = Page(book, REVIEW, [it.width for it in self.columns])

    def write(self) -> None:
        """Write it."""
        page, agenda = self.page, self.agenda
        page.sheet.set_tab_color(TAB)
        page.hide((0,))
        page.heading(REVIEW, self.last, 1)
        packs = sorted({it.due for it in agenda.items})
        due = f"; packs are due by {packs[-1]:%Y-%m-%d}" if packs else ""
        message = f"Review on {agenda.day:%Y-%m-%d} with {plural(len(agenda.items), 'item')}{due}."
        page.row = page.span(page.row, 1, self.last, message, "verdict")
        page.row = page.span(page.row, 1, self.last, f"{agenda.rhythm} Present: {agenda.present}.", "plain")
        page.row = page.span(page.row, 1, self.last, _HINT, "note") + 1
        head = page.row
        page.table(TABLE, self.columns, len(agenda.items), head)
        for number, item in enumerate(agenda.items, 1):
            self._item(head + number, number, item)
        last = head + max(len(agenda.items), 1)
        page.dates((head + 1, self.at["By"], last, self.at["By"]), REVIEW)
        page.sheet.freeze_panes(head + 1, self.at["Item"] + 1)
        page.sheet.repeat_rows(head)
        self.book.table_rows[REVIEW] = len(agenda.items)
        page.row = page.span(last + 2, 1, self.last, "Chaired by: name, date, signature", "label")
        page.finish(page.row, self.last, 1)

    def _item(self, row: int, number: int, item: AgendaItem) -> None:
        page, at, book = self.page, self.at, self.book
        texts = {
            at["Item"]: item.topic,
            **{at[book.framework_names(it)]: book.track_numbers(item.refs, it) or _NOTHING for it in self.tracks},
            at["On the table today"]: "\n".join(item.figures) or _NOTHING,
            at["What the pack holds"]: item.pack,
            at["Who brings it"]: ", ".join(item.brings) or _NOTHING,
            at["To be decided"]: item.decision,
        }
        page.text(row, 0, item.id, "line")
        page.sheet.write_number(row, at["No"], number, page.style("number"))
        for col, text in texts.items():
            page.text(row, col, text, "cell", bold=col == at["Item"])
        page.date(row, at["Pack due"], item.due)
        for head in ("Decision", "Owner"):
            page.string(row, at[head], "", page.style("input"))
        page.date(row, at["By"], None, "input date")
        page.fit_cells(row, {col: book.clean(text) for col, text in texts.items()})
        page.need(row, 34)
