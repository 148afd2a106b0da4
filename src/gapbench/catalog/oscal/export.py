"""A catalog as an OSCAL catalog: groups stay groups, each item is a control with its question as objective."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.catalog.oscal.parts import RMF, Json, Tokens, identifier, label, metadata, plain, prop, without_empty

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from gapbench.catalog.model import Catalog, Group, Item


OWN = "own-items"
"""Class of a group that OSCAL wants and we do not: what it holds belongs to the group above."""


class Names:
    """The ids that the parts of one catalog have in OSCAL."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog.id
        self._tokens = Tokens()
        for group in catalog.groups:  # in this order, whoever asks first
            self.group(group.id)
            self.group(f"{group.id} {OWN}")
        for item in catalog.items:
            self.control(item.id)
            for kind in ("smt", "obj", "gdn", "examine", "interview", "objects-e", "objects-i"):
                self.part(item.id, kind)

    def group(self, number: str) -> str:
        """Id of a group."""
        return self._tokens.of(self._catalog, number, "group")

    def control(self, number: str) -> str:
        """Id of the control that an item is."""
        return self._tokens.of(self._catalog, number)

    def part(self, number: str, kind: str) -> str:
        """Id of a part of it; "obj" is what a finding points at."""
        return self._tokens.of(self._catalog, number, kind)


def export(catalog: Catalog, modified: datetime) -> Json:
    """The OSCAL document.

    Args:
        catalog: What is asked, in our own words; no overlay has a part in it.
        modified: When the catalog was last changed; never the time of day, so that two exports are the same.
    """
    names = Names(catalog)
    props = [
        *prop("catalog-id", catalog.id),
        *prop("family", catalog.family),
        *prop("rating-model", catalog.model),
        *prop("revision", str(catalog.revision)),
        *prop("confidence", catalog.confidence),
        *prop("base", catalog.base),
        *prop("extends", catalog.extends),
    ]
    return {
        "catalog": without_empty(
            {
                "uuid": identifier("catalog", catalog.id, catalog.edition, str(catalog.revision)),
                "metadata": metadata(catalog.title, catalog.edition, modified, props, remarks=plain(catalog.notice)),
                "groups": list(_groups(catalog, names, None)),
            }
        )
    }


def _groups(catalog: Catalog, names: Names, parent: str | None) -> Iterator[Json]:
    for group in catalog.children.get(parent, ()):
        groups = list(_groups(catalog, names, group.id))
        controls = [_control(item, names) for item in catalog.items_of.get(group.id, ())]
        if groups and controls:  # OSCAL takes either; its own items stand in a group before the others
            own = {"id": names.group(f"{group.id} {OWN}"), "class": OWN, "title": plain(group.title)}
            groups, controls = [own | {"controls": controls}, *groups], []
        yield without_empty(
            {
                "id": names.group(group.id),
                "class": "area" if group.area else "clause",
                "title": plain(group.title),
                "props": _of_group(group),
                "parts": [{"name": "overview", "prose": plain(group.note)}] if group.note else [],
                "groups": groups,
                "controls": controls,
            }
        )


def _of_group(group: Group) -> list[Json]:
    found = [
        *label(group.id),
        *prop("gate", group.gate if group.gate != "rarely" else ""),
        *prop("level", str(group.level) if group.level else ""),
        *prop("category", group.category),
        *prop("verify", group.verify),
    ]
    for mark in ("working_title", "always", "optional", "support"):
        found += prop(mark.replace("_", "-"), "yes" if getattr(group, mark) else "")
    return found


def _control(item: Item, names: Names) -> Json:
    return without_empty(
        {
            "id": names.control(item.id),
            "class": "requirement" if item.scored else item.kind,
            "title": plain(item.title),
            "props": _of_item(item),
            "parts": list(_parts(item, names)),
        }
    )


def _of_item(item: Item) -> list[Json]:
    return [
        *label(item.id),
        *prop("kind", item.kind if item.kind != "do" else ""),
        *prop("level", str(item.level) if item.level else ""),
        *prop("documented", item.documented if item.documented != "none" else ""),
        *prop("not-applicable", item.na),
        *prop("conditional", "yes" if item.conditional else ""),
        *prop("change", item.change if item.base or item.change != "same" else ""),
        *prop("change-note", item.change_note),
        *prop("disputed", "yes" if item.disputed else ""),
        *prop("verify", item.verify),
        *prop("confidence", item.confidence),
    ]


def _parts(item: Item, names: Names) -> Iterator[Json]:
    yield {"id": names.part(item.id, "smt"), "name": "statement", "prose": plain(item.title)}
    yield {"id": names.part(item.id, "obj"), "name": "assessment-objective", "prose": plain(item.text)}
    if item.look_for:
        yield {"id": names.part(item.id, "gdn"), "name": "guidance", "prose": plain(item.look_for)}
    for method, kind, objects in (("EXAMINE", "e", item.evidence), ("INTERVIEW", "i", item.ask)):
        if objects:
            yield {
                "id": names.part(item.id, method.casefold()),
                "name": "assessment-method",
                "props": [{"name": "method", "ns": RMF, "value": method}],
                "parts": [
                    {
                        "id": names.part(item.id, f"objects-{kind}"),
                        "name": "assessment-objects",
                        "prose": "\n\n".join(map(plain, objects)),
                    }
                ],
            }
