"""Every problem of a catalog file at once, each a sentence with file, line, entry and key."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Literal

from gapbench.catalog import rules_editions, rules_levels, rules_places, rules_tests
from gapbench.catalog.manuscript import Manuscript
from gapbench.catalog.reading import Entry, read
from gapbench.catalog.shape import against_schema
from gapbench.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST = 100

_OF_ROWS = (
    rules_places.once,
    rules_places.same_question,
    rules_places.parents,
    rules_places.principles,
    rules_places.inside,
    rules_places.generic,
    rules_levels.model,
    rules_levels.levels,
    rules_levels.views,
    rules_editions.step,
)
_OF_THE_WHOLE = (rules_levels.rateable, rules_tests.counts, rules_tests.tests)


Sort = Literal["catalog", "crosswalk", "overlay"]


def validate(path: Path) -> tuple[str, ...]:
    """Name everything that is wrong with a catalog, a crosswalk or an overlay; nothing when it is sound.

    Raises:
        FileError: The file cannot be read at all.
    """
    try:
        return look_through(read(path), path.name)
    except CatalogError as problem:
        return (str(problem),)


def look_through(document: Entry, name: str) -> tuple[str, ...]:
    """The same for a document that was read; `name` is that of its file."""
    sort = sort_of(document)
    if sort == "crosswalk":
        from gapbench.catalog.crosswalk import problems_of_crosswalk

        return tuple(islice(problems_of_crosswalk(document, name), MOST))
    if sort == "overlay":
        from gapbench.catalog.overlay import problems_of_overlay

        return tuple(islice(problems_of_overlay(document, name), MOST))
    return problems_of(document, name)


def sort_of(document: Entry) -> Sort:
    """What a document says it is; a catalog when it does not say."""
    if "gapbench_crosswalk" in document:
        return "crosswalk"
    return "overlay" if "gapbench_overlay" in document else "catalog"


def problems_of(document: Entry, name: str, *, inside: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Name what is wrong with a document that was read.

    Args:
        document: What the file says.
        name: What to call the file.
        inside: Ids of catalogs that wait for this one.
    """
    found = list(islice(against_schema(document, name), MOST))
    return tuple(found or islice(_of_content(Manuscript(document, name, inside), inside), MOST))


def _of_content(draft: Manuscript, inside: tuple[str, ...]) -> Iterator[str]:
    """Problems that join one entry to another; those of the whole only when its rows are right."""
    found = False
    for problem in (*draft.problems_of_others(), *_of_rows(draft)):
        found = True
        yield problem
    if found:
        return
    from gapbench.catalog.load import build

    whole = build(draft.document, inside=inside)
    for rule in _OF_THE_WHOLE:
        yield from rule(draft, whole)


def _of_rows(draft: Manuscript) -> Iterator[str]:
    for rule in _OF_ROWS:
        yield from rule(draft)
