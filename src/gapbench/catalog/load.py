"""From YAML to a `Catalog`; a file that is wrong is refused with a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gapbench.catalog.model import Catalog, Group, Item, View
from gapbench.catalog.reading import read
from gapbench.catalog.snapshot import HANDED_DOWN
from gapbench.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gapbench.catalog.reading import Entry

_FROM_LEVEL = "from_level_"


def load(path: Path) -> Catalog:
    """Load a catalog after every check.

    Raises:
        FileError: The file cannot be read.
        CatalogError: It is not a sound catalog; names file, line, entry and key of the first
            problem and says how many there are.
    """
    from gapbench.catalog.validate import problems_of

    document = read(path)
    if problems := problems_of(document, path.name):
        raise CatalogError(_first_of(problems, path))
    return build(document)


def load_trusted(path: Path) -> Catalog:
    """Load a catalog that the tests hold sound; the checks run only when it does not fit."""
    document = read(path)
    try:
        return build(document)
    except (AttributeError, KeyError, TypeError, ValueError):
        return load(path)


def build(document: Entry) -> Catalog:
    """Put a checked document together."""
    apart = {"gapbench_catalog", "counts", "views", "groups"}
    defaults = {key: document[key] for key in ("confidence", "provenance") if key in document}
    groups: list[Group] = []
    items: list[Item] = []
    for row in document["groups"]:
        group = _group(row, defaults)
        groups.append(group)
        handed_down = {key: getattr(group, key) for key in HANDED_DOWN}
        items.extend(Item(group=group.id, **handed_down | _values(item)) for item in row.get("items", ()))
    return Catalog(
        **_values(document, *apart, "provenance"),
        groups=tuple(groups),
        items=tuple(items),
        views=tuple(_view(row) for row in document.get("views", ())),
    )


def _group(row: Entry, defaults: Mapping[str, Any]) -> Group:
    return Group(**{**defaults, **_values(row, "items")})


def _view(row: Entry) -> View:
    areas = {
        area: int(key.removeprefix(_FROM_LEVEL))
        for key, names in row.items()
        if key.startswith(_FROM_LEVEL)
        for area in names
    }
    return View(**_values(row, *(key for key in row if key.startswith(_FROM_LEVEL))), areas=areas)


def _values(row: Mapping[str, Any], *apart: str) -> dict[str, Any]:
    return {key: _plain(value) for key, value in row.items() if key not in apart}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return dict(value) if isinstance(value, dict) else value


def _first_of(problems: tuple[str, ...], path: Path) -> str:
    more = len(problems) - 1
    if not more:
        return problems[0]
    return f"{problems[0]} ({more} more; see `gapbench catalogs validate {path.name}`.)"
