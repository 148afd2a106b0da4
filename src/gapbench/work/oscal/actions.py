"""What there is to do, as an OSCAL plan of action and milestones: one item for each action of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.catalog.oscal.parts import Json, plain, prop, without_empty
from gapbench.work.oscal.results import Gathered

if TYPE_CHECKING:
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
    risks = [risk for key, risk in found.risks.items() if _is_used(risk, items)]
    findings = [finding for finding in found.findings.values() if _is_used(finding, items)]
    seen = {each["observation-uuid"] for entry in (*risks, *findings) for each in entry.get("related-observations", ())}
    named = {each["risk-uuid"] for finding in findings for each in finding.get("related-risks", ())}
    risks += [risk for risk in found.risks.values() if risk["uuid"] in named and risk not in risks]
    seen |= {each["observation-uuid"] for risk in risks for each in risk.get("related-observations", ())}
    return {
        POAM: without_empty(
            {
                "uuid": facts.uuid(POAM),
                "metadata": facts.head("Plan of action"),
                "system-id": {"identifier-type": "https://ietf.org/rfc/rfc4122", "id": facts.uuid("system")},
                "local-definitions": without_empty({"components": facts.components()}),
                "observations": [each for each in found.observations.values() if each["uuid"] in seen],
                "risks": risks,
                "findings": findings,
                "poam-items": items,
            }
        )
    }


def _is_used(entry: Json, items: list[Json]) -> bool:
    used = {value for item in items for key in _LINKS for link in item.get(key, ()) for value in link.values()}
    return entry["uuid"] in used


_LINKS = ("related-findings", "related-risks")


def _item(action: ActionRow, facts: Facts, found: Gathered) -> Json:
    keys = [(action.catalog, item) for item in action.closes]
    findings = [found.findings[key] for key in keys if key in found.findings]
    return without_empty(
        {
            "uuid": facts.uuid("poam-item", action.catalog, action.group, *action.closes),
            "title": plain(f"{action.id}: {action.framework} {action.group} {action.group_title}"),
            "description": plain(action.what),
            "props": [
                *prop("action", action.id),
                *prop("severity", action.severity),
                *(each for item in action.closes for each in prop("closes", item, action.catalog)),
                *(each for label in action.findings for each in prop("answers", label)),
            ],
            "related-findings": [{"finding-uuid": finding["uuid"]} for finding in findings],
            "related-risks": [{"risk-uuid": found.risks[action.id]["uuid"]}],
            "remarks": plain(action.why),
        }
    )
