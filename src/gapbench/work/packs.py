"""Is a pack sound, and does it give what it says of itself? The rules of catalogs and of rating, joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapbench.catalog.load import build
from gapbench.catalog.reading import read
from gapbench.catalog.shape import sentence
from gapbench.catalog.validate import Sort, look_through, sort_of
from gapbench.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gapbench.catalog.reading import Entry


@dataclass(frozen=True, slots=True)
class Examined:
    """What came out of looking through a file.

    Attributes:
        sort: What it is.
        problems: Everything that is wrong, each a sentence.
        tests: How many tests it carries; they were run when the rest of it is sound.
    """

    sort: Sort
    problems: tuple[str, ...]
    tests: int = 0


def examine(path: Path) -> Examined:
    """Look through a YAML file and run its tests.

    Raises:
        FileError: It cannot be read at all.
    """
    try:
        return examine_document(read(path), path.name)
    except CatalogError as problem:
        return Examined("catalog", (str(problem),))


def examine_document(document: Entry, name: str) -> Examined:
    """The same for a document that was read; `name` is that of its file."""
    sort = sort_of(document)
    problems = look_through(document, name)
    if problems or sort != "catalog" or not document.get("tests"):
        return Examined(sort, problems)
    return Examined(sort, tuple(_failures(document, name)), len(document["tests"]))


def _failures(document: Entry, name: str) -> Iterator[str]:
    from gapbench.rating.proving import prove

    catalog = build(document)
    for test in document["tests"]:
        for what in prove(catalog, test):
            yield sentence(name, test.line, test["name"], "gives", what.removesuffix("."))
