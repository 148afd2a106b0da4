"""What the OSCAL documents of one engagement share: ids, moments, the client, and who answered for what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gapbench.catalog.oscal.export import Names
from gapbench.catalog.oscal.parts import Json, identifier, metadata, plain, prop, without_empty
from gapbench.rating.results import INDICATIVE
from gapbench.rating.units import names as unit_names
from gapbench.work.deliverable import build

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from gapbench.engagement.engagement import Engagement
    from gapbench.work.deliverable import Deliverable


@dataclass(frozen=True)
class Facts:
    """One engagement at the moment of its last step.

    Attributes:
        deliverable: Everything that the rules and the plan say.
        seed: What the ids are made from: the first step of the file, so that they never change.
        start, end: Its first and its last step.
        touched: "catalog|item|unit" -> when that answer was last changed.
    """

    deliverable: Deliverable
    seed: str
    start: datetime
    end: datetime
    touched: Mapping[str, datetime]

    @cached_property
    def names(self) -> Mapping[str, Names]:
        """Ids in OSCAL, by catalog."""
        return {one.scope.catalog.id: Names(one.scope.catalog) for one in self.deliverable.assessed}

    @cached_property
    def units(self) -> Mapping[str, str]:
        """Name of each unit, by id; "" is the organisation."""
        known: dict[str, str] = {"": "Organisation"}
        for one in self.deliverable.assessed:
            known |= unit_names(one.scope)
        return known

    def uuid(self, *parts: str) -> str:
        """The id of one thing of this engagement."""
        return identifier(self.seed, *parts)

    @property
    def client(self) -> str:
        """Id of the client as a party."""
        return self.uuid("party", "client")

    def head(self, title: str) -> Json:
        """The metadata of one document."""
        profile = self.deliverable.profile
        props = [
            *prop("marking", profile.classification, ns=""),
            *prop("engagement", profile.title),
            *prop("dates", profile.dates),
            *prop("baseline", self.deliverable.head),
        ]
        party = {"uuid": self.client, "type": "organization", "name": plain(profile.client) or "Client"}
        return metadata(
            f"{title}: {profile.client}",
            self.deliverable.head[:12] or "1",
            self.end,
            props,
            parties=[party],
            remarks=INDICATIVE,
        )

    def component(self, unit: str) -> str:
        """Id of a unit as a component."""
        return self.uuid("unit", unit)

    def components(self) -> list[Json]:
        """Projects, sites and functions, as what an observation is about."""
        return [
            {
                "uuid": self.component(unit.id),
                "type": unit.kind,
                "title": plain(unit.name) or unit.kind,
                "description": plain(unit.note) or plain(unit.name) or unit.kind,
                "status": {"state": "operational"},
            }
            for unit in self.deliverable.units
        ]

    def subject(self, unit: str) -> Json:
        """What an observation is about: a unit, or the client as a whole."""
        if any(each.id == unit for each in self.deliverable.units):
            return {"subject-uuid": self.component(unit), "type": "component", "title": plain(self.units[unit]) or "-"}
        return {"subject-uuid": self.client, "type": "party", "title": "Organisation"}

    def reviewed(self) -> Json:
        """The controls that the session asks."""
        chosen = [
            {"control-id": self.names[row.catalog].control(row.item)}
            for row in {(row.catalog, row.item): row for row in self.deliverable.rows}.values()
        ]
        selection: Json = {"include-controls": chosen} if chosen else {"include-all": {}}
        return {
            "description": "The points and practices of the frameworks in scope.",
            "control-selections": [selection],
        }


def gather(engagement: Engagement) -> Facts:
    """Read an engagement once; the moment of the documents is that of its last step, not now."""
    steps = engagement.history(changes=True)
    first, last = steps[-1], steps[0]
    touched: dict[str, datetime] = {}
    for step in steps:  # newest first
        for change in step.changes:
            if change.table == "answer":
                touched.setdefault("|".join(change.key), step.at)
    moments = [step.at for step in steps]
    return Facts(
        deliverable=build(engagement, at=last.at),
        seed=first.id,
        start=min(moments),
        end=max(moments),
        touched=touched,
    )


def resource(uuid: str, title: str, href: str = "") -> Json:
    """An entry of the back matter."""
    links = [{"href": href, "media-type": "application/json"}] if href else []
    return without_empty({"uuid": uuid, "title": plain(title), "rlinks": links})
