"""Is a pack sound, and does it give what it says of itself? The rules of catalogs and of rating, joined."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gapbench.catalog.known import list_known
from gapbench.catalog.load import build
from gapbench.catalog.reading import read
from gapbench.catalog.shape import sentence
from gapbench.catalog.shipped import find_shipped, list_shipped
from gapbench.catalog.validate import Sort, look_through, sort_of
from gapbench.errors import CatalogError
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gapbench.catalog.reading import Entry


CONFORMITY_VERDICTS = ("not_ready", "incomplete", "not_recommended", "likely_with_plan", "likely")
LEVEL_VERDICTS = ("incomplete", "below_target", "on_target")


@dataclass(frozen=True, slots=True)
class Examined:
    """What came out of looking through a file.

    Attributes:
        sort: What it is.
        problems: Everything that is wrong, each a sentence.
        tests: How many tests it carries; they were run when the rest of it is sound.
        remarks: What is no mistake and good to know.
    """

    sort: Sort
    problems: tuple[str, ...]
    tests: int = 0
    remarks: tuple[str, ...] = ()


def examine(path: Path) -> Examined:
    """Look through a YAML file and run its tests.

    Raises:
        FileError: It cannot be read at all.
    """
    try:
        done = examine_document(read(path), path.name)
        return replace(done, remarks=(*done.remarks, *_shadowed(path, done)))
    except CatalogError as problem:
        return Examined("catalog", (str(problem),))


def examine_document(document: Entry, name: str) -> Examined:
    """The same for a document that was read; `name` is that of its file."""
    sort = sort_of(document)
    problems = look_through(document, name)
    if problems or sort != "catalog":
        return Examined(sort, problems)
    remarks = tuple(_remarks(document))
    if not document.get("tests"):
        return Examined(sort, (), remarks=remarks)
    return Examined(sort, tuple(_failures(document, name)), len(document["tests"]), remarks)


def _shadowed(path: Path, done: Examined) -> Iterator[str]:
    """A pack whose id a catalog of gapbench has, unless it is that file: it would never be found."""
    if done.problems or done.sort != "catalog":
        return
    name = str(read(path).get("id", ""))
    shipped = find_shipped(name, list_shipped())
    if shipped is not None and shipped.read_bytes() != path.read_bytes():
        yield f"gapbench has a catalog {name} of its own, which goes before this one; choose another id."


def _remarks(document: Entry) -> Iterator[str]:
    base = document.get("base", "")
    if base and base not in {line.id for line in list_known()}:
        yield f"gapbench has no catalog {base!r}, so the links to that edition are not checked and lead nowhere."


def _failures(document: Entry, name: str) -> Iterator[str]:
    from gapbench.rating.proving import prove

    catalog = build(document)
    verdicts = CONFORMITY_VERDICTS if catalog.model == "conformity" else LEVEL_VERDICTS
    for test in document["tests"]:
        said = test["gives"].get("verdict", verdicts[0])
        if said not in verdicts:
            what = f"there is no verdict {said!r}; the words are {listed(verdicts, last='and')}"
            yield sentence(name, test["gives"].lines["verdict"], test["name"], "verdict", what)
    for test in document["tests"]:
        for what in prove(catalog, test):
            if test["gives"].get("verdict", verdicts[0]) in verdicts or "verdict" not in what:
                yield sentence(name, test.line, test["name"], "gives", what.removesuffix("."))
