"""Catalogs as the dictionaries behind `catalogs list --json` and `catalogs show ID --json`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapbench.catalog.model import Catalog, Group, Item, View
    from gapbench.catalog.shipped import CatalogLine


def lines_as_json(lines: Iterable[CatalogLine]) -> list[dict[str, Any]]:
    """Rows of `catalogs list --json`."""
    rows = []
    for line in lines:
        row = asdict(line)
        del row["file"]
        rows.append(row | {"views": list(line.views)})
    return rows


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
    if view.note:
        row["note"] = view.note
    return row | {"areas": dict(view.areas)}


def _group(catalog: Catalog, group: Group) -> dict[str, Any]:
    row: dict[str, Any] = {"id": group.id, "title": group.title, "parent": group.parent}
    if group.working_title:
        row["working_title"] = True
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
    """What only a practice area has; its level is that of the first view that asks it."""
    levels = [view.areas[group.id] for view in catalog.views if group.id in view.areas]
    row: dict[str, Any] = {"level": levels[0]} if levels else {}
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
    return row | {
        "evidence": list(item.evidence),
        "ask": list(item.ask),
        "confidence": item.confidence,
        "provenance": item.provenance,
    }
