"""From YAML to a `Catalog`; a file that is wrong is refused with a sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gapbench.catalog import expand
from gapbench.catalog.known import load_known
from gapbench.catalog.model import Catalog, Group, Item, View
from gapbench.catalog.reading import read
from gapbench.catalog.snapshot import HANDED_DOWN
from gapbench.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gapbench.catalog.reading import Entry

_FROM_LEVEL = "from_level_"


def load(path: Path, *, inside: tuple[str, ...] = ()) -> Catalog:
    """Load a catalog after every check.

    Args:
        path: Its YAML file.
        inside: Ids of catalogs that contain this one and are being loaded.

    Raises:
        FileError: The file cannot be read.
        CatalogError: It is not a sound catalog; names file, line, entry and key of the first
            problem and says how many there are.
    """
    return checked(read(path), path.name, inside=inside)


def checked(document: Entry, name: str, *, inside: tuple[str, ...] = ()) -> Catalog:
    """Put a document that was read together after every check; `name` is that of its file.

    Raises:
        CatalogError: As `load`.
    """
    from gapbench.catalog.validate import problems_of

    if problems := problems_of(document, name, inside=inside):
        raise CatalogError(first_of(problems, name))
    return build(document, inside=inside)


def load_trusted(path: Path, *, inside: tuple[str, ...] = ()) -> Catalog:
    """Load a catalog that the tests hold sound; the checks run only when it does not fit."""
    document = read(path)
    try:
        return build(document, inside=inside)
    except (AttributeError, KeyError, TypeError, ValueError):
        return load(path, inside=inside)


def build(document: Entry, *, inside: tuple[str, ...] = ()) -> Catalog:
    """Put a checked document together, with what it extends and what it asks in every area.

    Raises:
        UsageError: It extends a framework that gapbench does not have.
        CatalogError: What it extends contains itself.
    """
    defaults = {key: document[key] for key in ("confidence", "provenance", "verify") if key in document}
    groups: list[Group] = []
    items: list[Item] = []
    for row in document["groups"]:
        group = _group(row, defaults)
        groups.append(group)
        items.extend(_item(item, group, document) for item in row.get("items", ()))
    if "generic" in document:
        groups, items = expand.generic(groups, items, [_generic(row, document) for row in document["generic"]])
    head = _values(document, *_APART)
    views = tuple(_view(row) for row in document.get("views", ()))
    if "extends" in document:
        whole = load_known(document["extends"], inside=(*inside, document["id"]))
        said = {row["id"]: tuple(key for key in ("title", "note") if key in row) for row in document["groups"]}
        groups, items = expand.extended(whole, groups, items, said, same_base=head.get("base", "") == whole.base)
        head = {key: getattr(whole, key) for key in _INHERITED if getattr(whole, key)} | head
        views = views or whole.views
    return Catalog(**head, groups=tuple(groups), items=tuple(items), views=views)


_INHERITED = ("principles", "levels", "combine", "scale", "units")
_APART = ("gapbench_catalog", "counts", "views", "groups", "generic", "tests", "provenance", "verify")


def _item(row: Entry, group: Group, document: Entry) -> Item:
    handed_down = {key: getattr(group, key) for key in (*HANDED_DOWN, "level")}
    item = Item(group=group.id, **handed_down | _values(row))
    if "base" in document and "base" not in row and item.change != "new":
        return replace(item, base=(item.id,))
    return item


def _generic(row: Entry, document: Entry) -> expand.Generic:
    defaults = {key: document[key] for key in ("confidence", "provenance", "verify") if key in document}
    group = Group(**{"id": "", "title": "", **defaults, **_values(row, "items")})
    return expand.Generic(group, tuple(_item(item, group, document) for item in row["items"]))


def _group(row: Entry, defaults: Mapping[str, Any]) -> Group:
    return Group(**{"title": "", **defaults, **_values(row, "items")})


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


def first_of(problems: tuple[str, ...], name: str) -> str:
    """The first of several problems, and how many more there are."""
    more = len(problems) - 1
    if not more:
        return problems[0]
    return f"{problems[0]} ({more} more; see `gapbench catalogs validate {name}`.)"
