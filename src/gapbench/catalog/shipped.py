"""The catalogs that come with gapbench: listed from a small index, loaded by name."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gapbench.errors import FileError, UsageError

if TYPE_CHECKING:
    from gapbench.catalog.model import Catalog, Confidence, Model

INDEX = "index.json"


@dataclass(frozen=True, slots=True)
class CatalogLine:
    """One line of `catalogs list`.

    Attributes:
        items: Items that count in readiness; `points` counts all of them.
        leaves: Leaf clauses or practice areas.
        file: Path of its YAML below the catalogs folder.
    """

    id: str
    title: str
    edition: str
    family: str
    model: Model
    items: int
    points: int
    leaves: int
    views: tuple[str, ...]
    revision: int
    confidence: Confidence
    file: str


def catalogs_folder() -> Path:
    """Where the catalogs lie: in the package when installed, at the top of a clone."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "catalogs"
    return installed if installed.is_dir() else package.parents[1] / "catalogs"


def list_shipped() -> tuple[CatalogLine, ...]:
    """Every shipped catalog, without reading any YAML."""
    try:
        rows = json.loads((catalogs_folder() / INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise FileError("The catalogs of gapbench are missing; install gapbench again.") from problem
    return tuple(CatalogLine(**row | {"views": tuple(row["views"])}) for row in rows)


def load_shipped(catalog_id: str) -> Catalog:
    """Load a shipped catalog by its id, without regard to case.

    Raises:
        UsageError: There is none of that name; the sentence names those that exist.
    """
    from gapbench.catalog.load import load_trusted

    wanted = catalog_id.strip().casefold()
    lines = list_shipped()
    for line in lines:
        if line.id == wanted:
            return load_trusted(catalogs_folder() / line.file)
    raise UsageError(_unknown(catalog_id, [line.id for line in lines]))


def _unknown(catalog_id: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(catalog_id.strip().casefold()[:80], known, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]}? " if near else ""
    return f"There is no framework {catalog_id[:80]!r}; {hint}gapbench has {', '.join(known)}."


def index_text() -> str:
    """What the index should say, from the YAML files themselves."""
    from gapbench.catalog.load import load

    folder = catalogs_folder()
    rows = []
    for path in sorted(folder.glob("*/*.yaml")):
        catalog = load(path)
        rows.append(asdict(_line(catalog, path.relative_to(folder).as_posix())))
    rows.sort(key=lambda row: (row["family"] != "ISO 9001", row["family"], row["id"]))
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _line(catalog: Catalog, file: str) -> CatalogLine:
    return CatalogLine(
        id=catalog.id,
        title=catalog.title,
        edition=catalog.edition,
        family=catalog.family,
        model=catalog.model,
        items=sum(item.scored for item in catalog.items),
        points=len(catalog.items),
        leaves=len(catalog.leaves),
        views=tuple(view.id for view in catalog.views),
        revision=catalog.revision,
        confidence=catalog.confidence,
        file=file,
    )


if __name__ == "__main__":  # after a change to a catalog: python -m gapbench.catalog.shipped
    (catalogs_folder() / INDEX).write_text(index_text(), encoding="utf-8", newline="\n")
