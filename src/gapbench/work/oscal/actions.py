"""What there is to do, as an OSCAL plan of action and milestones: one item for each action of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.catalog.oscal.parts import Json, plain, prop, without_empty
from gapbench.work.oscal.results import Gathered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapbench.work.deliverable import ActionRow
    from gapbench.work.oscal.facts import Facts

POAM = "plan-of-action-and-milestones"


def plan_of_action(facts: Facts) -> Json | None:
    """The plan with all that its items point at; None when there is nothing to do."""
    actions = facts.deliverable.actions
    if not actions:
        return None
    found = Gathered(facts)
    items = [_item(action, facts, found) for action in actions]
    findings = _pointed_at(found.findings.values(), items)
    risks = _pointed_at(found.risks.values(), (*items, *findings))
    observations = _pointed_at(found.observations.values(), (*risks, *findings))
    return {
        POAM: without_empty(
            {
                "uuid": facts.uuid(POAM),
                "metadata": facts.head("Plan of action"),
                "system-id": {"identifier-type": "https://ietf.org/rfc/rfc4122", "id": facts.uuid("system")},
                "local-definitions": without_empty({"components": facts.components()}),
                "observations": observations,
                "risks": risks,
                "findings": findings,
                "poam-items": items,
            }
        )
    }


def _pointed_at(entries: Iterable[Json], others: Iterable[Json]) -> list[Json]:
    """The entries that one of the others points at."""
    named = {uuid for other in others for key in _LINKS for link in other.get(key, ()) for uuid in link.values()}
    return [entry for entry in entries if entry["uuid"] in named]


_LINKS = ("related-findings", "related-risks", "related-observations")


def _item(action: ActionRow, facts: Facts, found: Gathered) -> Json:
    keys = [(action.catalog, item) for item in action.closes]
    findings = [found.findings[key] for key in keys if key in found.findings]
    recorded = {finding.label for finding in facts.deliverable.findings if not finding.proposed}
    return without_empty(
        {
            "uuid": facts.uuid("poam-item", action.catalog, action.group, *action.closes),
            "title": plain(f"{action.id}: {action.framework} {action.group} {action.group_title}"),
            "description": plain(action.what),
            "props": [
                *prop("action", action.id),
                *prop("severity", action.severity),
                *(each for item in action.closes for each in prop("closes", item, action.catalog)),
                *(each for label in action.findings if label in recorded for each in prop("answers", label)),
            ],
            "related-findings": [{"finding-uuid": finding["uuid"]} for finding in findings],
            "related-risks": [{"risk-uuid": found.risks[action.id]["uuid"]}],
            "remarks": plain(action.why),
        }
    )
