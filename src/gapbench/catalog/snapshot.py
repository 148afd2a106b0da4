"""The JSON copy of a catalog that travels inside an engagement file, so that it opens unchanged.

One catalog has one text: fields stand in the order of `model.py`, and what equals its default is
left out (so a default, once released, must never change). What an item shares with its group,
evidence or people to ask for instance, is not repeated.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from gapbench.catalog.model import (
    Applicability,
    Catalog,
    Change,
    Confidence,
    Documented,
    Group,
    Item,
    Kind,
    Model,
    Scale,
    Scheme,
    Verify,
    View,
)
from gapbench.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FORMAT = "gapbench-catalog/1"
HANDED_DOWN = ("evidence", "ask", "principles", "na", "confidence", "provenance", "change", "verify")

_TEXT_LISTS = frozenset({"evidence", "ask", "principles", "supports_principles", "base"})
_FLAGS = frozenset({"support", "always", "optional", "working_title", "conditional", "combine", "area", "disputed"})
_NUMBERS = frozenset({"level", "levels", "revision"})
_WORDS: dict[str, frozenset[str]] = {
    "kind": frozenset(get_args(Kind)),
    "documented": frozenset(get_args(Documented)),
    "na": frozenset(get_args(Applicability)),
    "confidence": frozenset(get_args(Confidence)),
    "model": frozenset(get_args(Model)),
    "gate": frozenset({"always", "depends", "rarely"}),
    "change": frozenset(get_args(Change)),
    "verify": frozenset(get_args(Verify)),
    "scheme": frozenset(get_args(Scheme)),
    "scale": frozenset(get_args(Scale)),
    "units": frozenset({"", "organisation"}),
}
_PARTS = frozenset({"format", "groups", "items", "views", "principles", "base"})

_Row = TypeVar("_Row", Group, Item)


def to_json(catalog: Catalog) -> str:
    """Write a catalog as its one canonical text."""
    document = {
        "format": FORMAT,
        **_differing(catalog, *_PARTS),
        **({"base": catalog.base} if catalog.base else {}),
        "principles": dict(catalog.principles),
        "views": [_view_row(view) for view in catalog.views],
        "groups": [_differing(group) for group in catalog.groups],
        "items": [_item_row(item, catalog.group[item.group]) for item in catalog.items],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Catalog:
    """Read what `to_json` wrote.

    Raises:
        CatalogError: The text is not a catalog of this format; the sentence says where it fails.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise CatalogError(f"The stored copy of a framework is not readable: {problem}.") from problem
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise CatalogError(
            "The stored copy of a framework has a format that this gapbench does not know; "
            "open it with a newer gapbench."
        )
    try:
        return _catalog(document)
    except (TypeError, KeyError, ValueError, AttributeError) as problem:
        raise CatalogError(
            f"The stored copy of framework {document.get('id', '?')} is damaged or newer "
            f"than this gapbench ({problem}); run `gapbench check` or use a newer gapbench."
        ) from problem


def _differing(part: Catalog | Group | View | Item, *apart: str) -> dict[str, Any]:
    """The fields that differ from their default, without those that are written apart."""
    row: dict[str, Any] = {}
    for field in fields(part):
        value = getattr(part, field.name)
        if field.name in apart or (field.default is not MISSING and value == field.default):
            continue
        row[field.name] = list(value) if isinstance(value, tuple) else value
    return row


def _view_row(view: View) -> dict[str, Any]:
    return _differing(view, "areas") | {"areas": dict(view.areas)}


def _item_row(item: Item, group: Group) -> dict[str, Any]:
    row = _differing(item)
    for name in HANDED_DOWN:
        own = getattr(item, name)
        if own == getattr(group, name):
            row.pop(name, None)
        else:
            row[name] = list(own) if isinstance(own, tuple) else own
    return row


def _catalog(document: Mapping[str, Any]) -> Catalog:
    groups = tuple(_built(Group, row) for row in document["groups"])
    return _joined(
        Catalog(
            **_checked((k, v) for k, v in document.items() if k not in _PARTS),
            groups=groups,
            items=_items(document["items"], groups),
            views=tuple(_view(row) for row in document["views"]),
            principles=_texts_by_name(document["principles"]),
            base=_text(document.get("base", "")),
        )
    )


def _items(rows: Iterable[dict[str, Any]], groups: tuple[Group, ...]) -> tuple[Item, ...]:
    handed_down = {g.id: {name: getattr(g, name) for name in HANDED_DOWN} for g in groups}
    return tuple(Item(**handed_down[row["group"]] | _checked(row.items())) for row in rows)


def _built(kind: type[_Row], row: dict[str, Any]) -> _Row:
    return kind(**_checked(row.items()))


def _view(row: dict[str, Any]) -> View:
    areas = row["areas"]
    if any(type(level) is not int for level in areas.values()):
        raise ValueError(f"view {row.get('id')}: a level is not a number")
    return View(areas=areas, **_checked((k, v) for k, v in row.items() if k != "areas"))


def _text(value: Any) -> str:
    if type(value) is not str:
        raise ValueError(f"base is {str(value)[:40]!r}")
    return value


def _texts_by_name(row: dict[str, Any]) -> dict[str, str]:
    if any(type(text) is not str for text in row.values()):
        raise ValueError("principles: a title is not a text")
    return row


def _checked(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, value in pairs:
        if name in _TEXT_LISTS:
            row[name] = tuple(value)
            fits = all(type(text) is str for text in value)
        elif name in _FLAGS:
            row[name], fits = value, value is True or value is False
        elif name in _NUMBERS:
            row[name], fits = value, type(value) is int
        else:
            row[name], fits = value, type(value) is str
            if fits and name in _WORDS:
                fits = value in _WORDS[name]
        if not fits:
            raise ValueError(f"{name} is {str(value)[:40]!r}")
    return row


def _joined(catalog: Catalog) -> Catalog:
    """Refuse a reference that leads nowhere; parents come first, so no circle is possible."""
    seen: set[str | None] = {None}
    for group in catalog.groups:
        if group.parent not in seen:
            raise ValueError(f"group {group.id} has the unknown parent {group.parent}")
        seen.add(group.id)
    for view in catalog.views:
        if unknown := set(view.areas) - seen:
            raise ValueError(f"view {view.id} has the unknown area {min(unknown)}")
    return catalog
