"""Metadata: what this file is, of which state, made by what; also in the document's properties."""

from __future__ import annotations

from gapbench.excel.book import FORMAT, METADATA, Book
from gapbench.excel.page import Page

_PROFILE = (("Sites", "sites"), ("Dates", "dates"), ("Consultants", "team"), ("Sponsor", "sponsor"))


def facts(book: Book) -> list[tuple[str, str]]:
    """Name and value of everything that identifies the workbook."""
    deliverable = book.deliverable
    lines = [
        ("Format", FORMAT),
        ("Client", deliverable.profile.client),
        ("Engagement", deliverable.profile.title),
        ("State of the engagement (last step)", deliverable.head or "no step yet"),
        ("Written at", f"{deliverable.at:%Y-%m-%d %H:%M %Z}".rstrip()),
        ("Written by", f"gapbench {deliverable.version}"),
        ("Classification", deliverable.profile.classification),
    ]
    told = ((word, getattr(deliverable.profile, name)) for word, name in _PROFILE)
    lines += [(word, value) for word, value in told if value]
    for one in deliverable.assessed:
        catalog = one.scope.catalog
        views = f", view {'+'.join(one.scope.views)}" if one.scope.views else ""
        target = f", aimed at level {one.result.target}" if hasattr(one.result, "target") else ""
        lines.append((f"Catalog {catalog.id}", f"{one.name}, revision {catalog.revision}{views}{target}"))
    lines += [(f"Rows on {name}", str(rows)) for name, rows in book.table_rows.items()]
    lines.append(("Units", ", ".join(unit.name for unit in deliverable.units) or "the organisation"))
    lines.append(("Characters replaced because a file cannot hold them", str(book.clean.replaced)))
    return lines


def write(book: Book) -> None:
    """Write the sheet, last, when everything is counted."""
    page = Page(book, METADATA, (44, 110))
    page.heading("About this file", 1)
    page.row += 1
    for name, value in facts(book):
        page.text(page.row, 0, name, "cell", font_color="#5B6474")
        page.row = max(page.row + 1, page.span(page.row, 1, 1, value, "cell"))
    page.finish(page.row, 1)


def properties(book: Book) -> None:
    """The same for programs: document properties."""
    deliverable, clean = book.deliverable, book.clean
    client = clean(deliverable.profile.client)[:200]
    book.workbook.set_properties(
        {
            "title": f"Gap analysis {client}"[:250],
            "subject": ", ".join(one.name for one in deliverable.assessed)[:250],
            "author": clean(deliverable.profile.team)[:250],
            "category": clean(deliverable.profile.classification)[:250],
            "comments": f"Written by gapbench {deliverable.version}.",
            "created": deliverable.at.replace(tzinfo=None),
        }
    )
    custom = {
        "gapbench format": FORMAT,
        "gapbench head": deliverable.head or "none",
        "gapbench version": deliverable.version,
        "gapbench written at": deliverable.at.isoformat(),
        "gapbench catalogs": " ".join(
            f"{one.scope.catalog.id}@{one.scope.catalog.revision}" for one in deliverable.assessed
        )[:250]
        or "none",
    }
    for name, value in custom.items():
        book.workbook.set_custom_property(name, value, "text")
