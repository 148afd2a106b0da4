"""Where a subject of one framework stands in another: for finding one's way, never for converting a rating."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gapbench import config
from gapbench.catalog.known import find_known, load_known
from gapbench.catalog.reading import Entry, read
from gapbench.catalog.shape import CROSSWALK, against_schema, sentence
from gapbench.catalog.shipped import catalogs_folder
from gapbench.errors import CatalogError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from gapbench.catalog.model import Catalog, Confidence

FOLDER = "crosswalks"
NEVER = "For finding one's way only: a rating is never converted."

_RANK: tuple[Confidence, ...] = ("high", "medium", "low")
_ID = re.compile(r"[a-z0-9][a-z0-9.-]{1,39}")


@dataclass(frozen=True, slots=True)
class Counterpart:
    """One row.

    Attributes:
        from_: A group or an item; of what is asked in every area also its bare number, "GP 2.1".
        to: Where the same subject stands; nothing where it has no counterpart.
        also: What touches it.
    """

    from_: str
    to: tuple[str, ...]
    also: tuple[str, ...] = ()
    confidence: Confidence = "high"
    note: str = ""


@dataclass(frozen=True)
class Crosswalk:
    """A map from one framework to another; `from_` and `to` are ids of catalogs."""

    from_: str
    to: str
    title: str
    rows: tuple[Counterpart, ...]
    notice: str = NEVER
    provenance: str = ""

    @cached_property
    def onward(self) -> Mapping[str, tuple[Counterpart, ...]]:
        """Rows by what they start from."""
        return _by((row.from_, row) for row in self.rows)

    @cached_property
    def back(self) -> Mapping[str, tuple[Counterpart, ...]]:
        """Rows by what they lead to, main counterparts before what is touched."""
        main = [(name, row) for row in self.rows for name in row.to]
        return _by((*main, *((name, row) for row in self.rows for name in row.also)))

    @cached_property
    def turned(self) -> Crosswalk:
        """The same map read the other way round."""
        rows = tuple(_turned(name, self.back[name]) for name in self.back)
        alone = tuple(row for row in self.rows if not row.to and not row.also)
        left = f" Without a counterpart there: {', '.join(row.from_ for row in alone)}." if alone else ""
        return Crosswalk(
            self.to, self.from_, f"{self.title}, read backwards", rows, self.notice, (self.provenance + left).strip()
        )


def _by(pairs: Iterable[tuple[str, Counterpart]]) -> dict[str, tuple[Counterpart, ...]]:
    found: dict[str, tuple[Counterpart, ...]] = {}
    for name, row in pairs:
        found[name] = (*found.get(name, ()), row)
    return found


def _turned(name: str, rows: tuple[Counterpart, ...]) -> Counterpart:
    main = tuple(row.from_ for row in rows if name in row.to)
    touched = tuple(row.from_ for row in rows if name not in row.to)
    counted = [row for row in rows if name in row.to] or list(rows)
    confidence = max((row.confidence for row in counted), key=_RANK.index)
    note = "; ".join(f"{row.from_}: {row.note}" for row in counted if row.note)
    return Counterpart(name, main, touched, confidence, note)


# --- finding one -----------------------------------------------------------------------------------


def list_crosswalks() -> tuple[tuple[str, str], ...]:
    """From and to of each map, by name of its file."""
    names = (path.stem.partition("--") for folder in _folders() for path in sorted(folder.glob("*--*.yaml")))
    return tuple(dict.fromkeys((from_, to) for from_, _, to in names))


def crosswalk(from_: str, to: str) -> Crosswalk:
    """The map from one framework to another: a file, one read backwards, or the step between two editions.

    Raises:
        UsageError: One of the frameworks is unknown, or there is no map; says which maps there are.
        CatalogError: The file is not sound.
    """
    one, other = from_.strip().casefold(), to.strip().casefold()
    found = find_crosswalk(one, other)
    if found is not None:
        return found
    ours, theirs = load_known(one), load_known(other)
    if ours.base == theirs.id:
        return of_editions(ours, theirs)
    if theirs.base == ours.id:
        return of_editions(theirs, ours).turned
    known = ", ".join(f"{each} and {its}" for each, its in list_crosswalks())
    raise UsageError(f"There is no map between {ours.id} and {theirs.id}; there is one between {known}.")


def find_crosswalk(from_: str, to: str) -> Crosswalk | None:
    """The map of these two that is a file, backwards if need be; None when there is none."""
    for folder in _folders():
        if _is_file(folder, from_, to):
            return load_crosswalk(folder / f"{from_}--{to}.yaml")
        if _is_file(folder, to, from_):
            return load_crosswalk(folder / f"{to}--{from_}.yaml").turned
    return None


def _folders() -> list[Path]:
    from pathlib import Path

    own = config.library()
    return [catalogs_folder() / FOLDER, *([Path(own, FOLDER)] if own else [])]


def _is_file(folder: Path, from_: str, to: str) -> bool:
    named = _ID.fullmatch(from_) and _ID.fullmatch(to)
    return bool(named) and (folder / f"{from_}--{to}.yaml").is_file()


def load_crosswalk(path: Path) -> Crosswalk:
    """Read a map after the checks of its shape; whether its numbers exist is for `validate`.

    Raises:
        FileError: It cannot be read.
        CatalogError: It is no such map; names file, line, entry and key.
    """
    document = read(path)
    for problem in against_schema(document, path.name, CROSSWALK):
        raise CatalogError(problem)
    return Crosswalk(
        document["from"],
        document["to"],
        document["title"],
        tuple(_row(row) for row in document["rows"]),
        document.get("notice", NEVER),
        document.get("provenance", ""),
    )


def _row(row: Entry) -> Counterpart:
    also, confidence = tuple(row.get("also", ())), row.get("confidence", "high")
    return Counterpart(row["from"], tuple(row["to"]), also, confidence, row.get("note", ""))


def of_editions(new: Catalog, former: Catalog) -> Crosswalk:
    """From an edition to the one before, by the links of its items."""
    from gapbench.catalog.editions import between

    rows = tuple(
        Counterpart(
            link.item.id,
            () if link.asked == "new" else tuple(one.id for one in link.former),
            tuple(one.id for one in link.former) if link.asked == "new" else (),
            link.item.confidence,
            _said(link.item.change, link.item.change_note, disputed=link.item.disputed),
        )
        for link in between(new, former).links.values()
    )
    return Crosswalk(new.id, former.id, f"From {new.name} to the edition before, {former.name}", rows)


def _said(change: str, note: str, *, disputed: bool) -> str:
    doubt = " (disputed)" if disputed else ""
    return f"{change}{doubt}: {note}" if note else f"{change}{doubt}"


# --- checking a file ---------------------------------------------------------------------------------


def problems_of_crosswalk(document: Entry, name: str) -> Iterator[str]:
    """Name what is wrong with a map that was read; `name` is that of its file."""
    found = False
    for problem in against_schema(document, name, CROSSWALK):
        found = True
        yield problem
    if not found:
        yield from _content(document, name)


def _content(document: Entry, name: str) -> Iterator[str]:
    due = f"{document['from']}--{document['to']}.yaml"
    if name != due:
        yield sentence(name, document.lines["from"], "", "from", f"the file must be called {due} to be found")
    numbers: dict[str, frozenset[str]] = {}
    for key in ("from", "to"):
        catalog = find_known(document[key])
        if catalog is None:
            yield sentence(name, document.lines[key], "", key, f"gapbench has no framework {document[key]!r}")
            return
        numbers[key] = _numbers(catalog)
    first: dict[str, Entry] = {}
    for row in document["rows"]:
        if (other := first.setdefault(row["from"], row)) is not row:
            what = f"{row['from']!r} stands on line {other.line} already; put both into one row"
            yield sentence(name, row.line, row["from"], "from", what)
        yield from _row_problems(document, row, name, numbers)


def _row_problems(document: Entry, row: Entry, name: str, numbers: Mapping[str, frozenset[str]]) -> Iterator[str]:
    if not row["to"] and "note" not in row:
        yield sentence(name, row.line, row["from"], "note", "missing; say why there is no counterpart")
    said = [("from", "from", row["from"]), *(("to", key, each) for key in ("to", "also") for each in row.get(key, ()))]
    seen: set[str] = set()
    for end, key, number in said:
        line = row.lines.get(key, row.line)
        if number not in numbers[end]:
            yield sentence(name, line, row["from"], key, f"there is no {number!r} in {document[end]}")
        if end == "to" and number in seen:
            yield sentence(name, line, row["from"], key, f"{number!r} is named twice")
        seen |= {number} if end == "to" else set()


def _numbers(catalog: Catalog) -> frozenset[str]:
    """Ids of groups and items; of what every area has, the bare number too."""
    named = {*catalog.group, *catalog.item}
    bare = {
        number.removeprefix(f"{area} ")
        for group, area in catalog.area_of.items()
        for number in (group, *(item.id for item in catalog.items_of.get(group, ())))
    }
    return frozenset(named | bare)
