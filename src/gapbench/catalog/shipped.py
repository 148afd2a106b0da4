"""The catalogs that come with gapbench: listed from a small index, loaded by name."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, NamedTuple

from gapbench.errors import FileError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from gapbench.catalog.model import Catalog, Confidence, Model

INDEX = "index.json"
TEMPLATES = "templates"

_NO_CATALOGS = frozenset({"crosswalks", "overlap", "packages", "advice", TEMPLATES})
"""Folders whose YAML files are no frameworks."""
FAMILIES = ("ISO 9001", "AS9100", "ISO 14001", "CMMI", "CMM", "SPICE")
"""In the order of the list; any other family comes after them."""


class CatalogLine(NamedTuple):
    """One line of `catalogs list`.

    Attributes:
        items: Items that count in readiness; `points` counts all of them.
        leaves: Leaf clauses or practice areas.
        areas: Leaf clauses, or what a view stages: practice areas, process areas, processes.
        file: Path of its YAML below the catalogs folder; of one's own, below one's own folder.
        base, extends: Ids of the edition before and of the framework inside.
        own: It comes from the person's own folder.
    """

    id: str
    title: str
    edition: str
    family: str
    model: Model
    items: int
    points: int
    leaves: int
    areas: int
    views: tuple[str, ...]
    revision: int
    confidence: Confidence
    file: str
    base: str = ""
    extends: str = ""
    own: bool = False

    def as_row(self) -> dict[str, object]:
        """The line as the index holds it."""
        return {name: value for name, value in self._asdict().items() if value or name not in self._field_defaults}


def catalogs_folder() -> Path:
    """Where the catalogs lie: in the package when installed, at the top of a clone."""
    from pathlib import Path

    return Path(_folder())


def _folder() -> str:
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 (pathlib is slow)
    installed = f"{package}{os.sep}catalogs{os.sep}{INDEX}"
    top = package if os.path.isfile(installed) else os.path.dirname(os.path.dirname(package))  # noqa: PTH113, PTH120
    return f"{top}{os.sep}catalogs"


def list_shipped() -> tuple[CatalogLine, ...]:
    """Every shipped catalog, without reading any YAML."""
    try:
        with open(f"{_folder()}{os.sep}{INDEX}", encoding="utf-8") as file:  # noqa: PTH123
            rows = json.load(file)
        return tuple(CatalogLine(**row | {"views": tuple(row["views"])}) for row in rows)
    except (OSError, ValueError, TypeError) as problem:
        raise FileError("The catalogs of gapbench are missing; install gapbench again.") from problem


def load_shipped(catalog_id: str) -> Catalog:
    """Load a shipped catalog by its id, without regard to case.

    Raises:
        UsageError: There is none of that name; the sentence names those that exist.
    """
    lines = list_shipped()
    found = find_shipped(catalog_id.strip().casefold(), lines)
    if found is None:
        raise UsageError(unknown(catalog_id, [line.id for line in lines]))
    from gapbench.catalog.load import load_trusted

    return load_trusted(found)


def find_shipped(catalog_id: str, lines: Iterable[CatalogLine]) -> Path | None:
    """The file of a shipped catalog; None when there is none of that id."""
    folder = catalogs_folder()
    for line in lines:
        if line.id == catalog_id:
            return folder / line.file
    # One that is new stands in the index only after this has found it for what extends it.
    return next((path for path in catalog_files(folder) if path.stem == catalog_id), None)


def unknown(catalog_id: str, known: list[str]) -> str:
    """Say that there is no such catalog, with the nearest and all that exist."""
    from difflib import get_close_matches

    near = get_close_matches(catalog_id.strip().casefold()[:80], known, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]}? " if near else ""
    return f"There is no framework {catalog_id[:80]!r}; {hint}gapbench has {', '.join(known)}."


# --- the index -----------------------------------------------------------------------------------


def index_text() -> str:
    """What the index should say, from the YAML files themselves."""
    from gapbench.catalog.load import load

    folder = catalogs_folder()
    lines = [line_of(load(path), path.relative_to(folder).as_posix()) for path in catalog_files(folder)]
    lines.sort(key=lambda line: (family_place(line.family), line.family, line.id))
    return json.dumps([line.as_row() for line in lines], ensure_ascii=False, indent=1) + "\n"


def catalog_files(folder: Path) -> list[Path]:
    """The YAML files of catalogs; what lies in these folders is none, or not for choosing."""
    return [path for path in sorted(folder.glob("*/*.yaml")) if path.parent.name not in _NO_CATALOGS]


def template_file(model: str) -> Path:
    """The small example of a rating model, with remarks, from which people write their own."""
    return catalogs_folder() / TEMPLATES / f"{model}.yaml"


def family_place(family: str) -> int:
    """Where a family stands in the list."""
    return FAMILIES.index(family) if family in FAMILIES else len(FAMILIES)


def line_of(catalog: Catalog, file: str, *, own: bool = False) -> CatalogLine:
    """What the list says of a catalog."""
    return CatalogLine(
        id=catalog.id,
        title=catalog.title,
        edition=catalog.edition,
        family=catalog.family,
        model=catalog.model,
        items=sum(item.scored for item in catalog.items),
        points=len(catalog.items),
        leaves=len(catalog.leaves),
        areas=len(catalog.areas),
        views=tuple(view.id for view in catalog.views),
        revision=catalog.revision,
        confidence=catalog.confidence,
        file=file,
        base=catalog.base,
        extends=catalog.extends,
        own=own,
    )


if __name__ == "__main__":  # after a change to a catalog: python -m gapbench.catalog.shipped
    (catalogs_folder() / INDEX).write_text(index_text(), encoding="utf-8", newline="\n")
