"""Catalogs as the dictionaries behind `catalogs list --json` and `catalogs show ID --json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapbench.catalog.model import Catalog, Group, Item, View
    from gapbench.catalog.shipped import CatalogLine


def lines_as_json(lines: Iterable[CatalogLine]) -> list[dict[str, Any]]:
    """Rows of `catalogs list --json`."""
    return [_line(line) for line in lines]


def _line(line: CatalogLine) -> dict[str, Any]:
    row = line.as_row() | {"views": list(line.views), "own": line.own}
    del row["file"]
    return row


def catalog_as_json(catalog: Catalog) -> dict[str, Any]:
    """The document of `catalogs show ID --json`; keys that the model does not use are absent."""
    document: dict[str, Any] = {
        "id": catalog.id,
        "title": catalog.title,
        "edition": catalog.edition,
        "family": catalog.family,
        "model": catalog.model,
        "revision": catalog.revision,
        "confidence": catalog.confidence,
        "notice": catalog.notice,
    }
    document |= {name: said for name in ("base", "extends", "scale", "units") if (said := getattr(catalog, name))}
    if catalog.levels:
        document["levels"] = catalog.levels
    if catalog.principles:
        document["principles"] = dict(catalog.principles)
    if catalog.views:
        document["combine"] = catalog.combine
        document["views"] = {view.id: _view(view) for view in catalog.views}
    document["groups"] = [_group(catalog, group) for group in catalog.groups]
    document["items"] = [_item(catalog, item) for item in catalog.items]
    return document


def _view(view: View) -> dict[str, Any]:
    row: dict[str, Any] = {"title": view.title, "confidence": view.confidence}
    if view.scheme != "staged":
        row["scheme"] = view.scheme
    if view.levels:
        row["levels"] = view.levels
    if view.note:
        row["note"] = view.note
    return row | {"areas": dict(view.areas)}


def _group(catalog: Catalog, group: Group) -> dict[str, Any]:
    row: dict[str, Any] = {"id": group.id, "title": group.title, "parent": group.parent}
    if group.working_title:
        row["working_title"] = True
    if group.verify:
        row["verify"] = group.verify
    if catalog.levels:
        row |= _area(catalog, group)
    elif group.id in catalog.items_of:
        row |= {
            "gate": group.gate,
            "na": group.na,
            "principles": list(group.principles),
            "supports_principles": list(group.supports_principles),
        }
    if group.note:
        row["note"] = group.note
    return row | {"confidence": group.confidence, "provenance": group.provenance}


def _area(catalog: Catalog, group: Group) -> dict[str, Any]:
    """What only areas and goals have; the level of an area is that of the first view that asks it."""
    levels = [view.areas[group.id] for view in catalog.views if group.id in view.areas]
    row: dict[str, Any] = {"level": levels[0] if levels else group.level} if levels or group.level else {}
    if group.area:
        row["area"] = True
    row |= {"category": group.category, "capability_area": group.capability_area}
    marks = ("always", "optional", "support")
    return row | {mark: True for mark in marks if getattr(group, mark)}


def _item(catalog: Catalog, item: Item) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": item.id,
        "group": item.group,
        "title": item.title,
        "text": item.text,
        "look_for": item.look_for,
    }
    if catalog.levels:
        row["level"] = item.level
    row["scored"] = item.scored
    if catalog.model == "conformity":
        row |= {
            "kind": item.kind,
            "documented": item.documented,
            "na": item.na,
            "conditional": item.conditional,
            "principles": list(item.principles),
        }
    row |= _step(catalog, item)
    if item.verify:
        row["verify"] = item.verify
    return row | {
        "evidence": list(item.evidence),
        "ask": list(item.ask),
        "confidence": item.confidence,
        "provenance": item.provenance,
    }


def _step(catalog: Catalog, item: Item) -> dict[str, Any]:
    """What happened to an item since the edition before; nothing where there is none."""
    if not catalog.base:
        return {}
    row: dict[str, Any] = {"base": list(item.base), "change": item.change}
    if item.change_note:
        row["change_note"] = item.change_note
    return row | ({"disputed": True} if item.disputed else {})
