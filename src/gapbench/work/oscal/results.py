"""The session in OSCAL: a plan that says what was asked, and the results.

Each answer is an observation; each rated item a finding, satisfied or not, with our own word beside; each gap and
each recorded nonconformity a risk.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gapbench.catalog.oscal.parts import Json, moment, plain, prop, without_empty
from gapbench.rating import areas
from gapbench.rating.inputs import NONCONFORMITIES
from gapbench.rating.methods import method_of
from gapbench.rating.models import model_of
from gapbench.rating.results import ConformityResult
from gapbench.rating.wording import sentence
from gapbench.work.oscal.facts import Facts, resource

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapbench.catalog.model import Item
    from gapbench.rating.inputs import Finding
    from gapbench.rating.results import ItemResult, Value
    from gapbench.work.deliverable import ActionRow, Assessed, AssessmentRow

PLAN = "assessment-plan"
RESULTS = "assessment-results"

_OPEN = frozenset({"", "NC"})


def catalog_file(catalog_id: str) -> str:
    """Name of the file in which a framework of the engagement lies beside its results."""
    return f"catalog-{catalog_id}.json"


def plan(facts: Facts) -> Json:
    """What the results rest on: which controls, of which catalogs, in which units."""
    profile = facts.deliverable.profile
    client = resource(facts.uuid("system"), f"What is looked at: {profile.in_scope or profile.client}")
    catalogs = [
        resource(facts.uuid("catalog", one.scope.catalog.id), one.name, catalog_file(one.scope.catalog.id))
        for one in facts.deliverable.assessed
    ]
    links = [{"href": f"#{each['uuid']}", "rel": "reference"} for each in catalogs]
    wholes: list[Json] = [{"type": "party", "include-subjects": [{"subject-uuid": facts.client, "type": "party"}]}]
    if facts.deliverable.units:
        wholes.append({"type": "component", "description": plain(profile.sampling) or "The units.", "include-all": {}})
    return {
        PLAN: without_empty(
            {
                "uuid": facts.uuid(PLAN),
                "metadata": facts.head("Assessment plan") | {"links": links},
                "import-ssp": {"href": f"#{client['uuid']}"},
                "local-definitions": without_empty({"components": facts.components()}),
                "reviewed-controls": facts.reviewed(),
                "assessment-subjects": wholes,
                "back-matter": {"resources": [client, *catalogs]},
            }
        )
    }


def results(facts: Facts) -> Json:
    """The assessment results: one result for the session."""
    found = Gathered(facts)
    profile = facts.deliverable.profile
    said = [sentence(f"{one.name}: {one.result.sentence}") for one in facts.deliverable.assessed]
    result = without_empty(
        {
            "uuid": facts.uuid("result"),
            "title": plain(profile.title) or "Gap session",
            "description": plain(" ".join(said)) or "Nothing is looked at yet.",
            "start": moment(facts.start),
            "end": moment(facts.end),
            "props": [each for one in facts.deliverable.assessed for each in _verdict(one)],
            "local-definitions": without_empty({"components": facts.components()}),
            "reviewed-controls": facts.reviewed(),
            "observations": list(found.observations.values()),
            "risks": list(found.risks.values()),
            "findings": list(found.findings.values()),
        }
    )
    return {
        RESULTS: {
            "uuid": facts.uuid(RESULTS),
            "metadata": facts.head("Assessment results"),
            "import-ap": {"href": f"{PLAN}.json"},
            "results": [result],
        }
    }


def _verdict(one: Assessed) -> list[Json]:
    catalog, result = one.scope.catalog.id, one.result
    found = prop("verdict", result.verdict, catalog)
    if isinstance(result, ConformityResult):
        figure = "" if result.tally.percent is None else f"{result.tally.percent:.1f}"
        found += [*prop("readiness-percent", figure, catalog), *prop("open-majors", str(result.majors), catalog)]
        return found + prop("open-minors", str(result.minors), catalog)
    return [*found, *prop("level", result.short, catalog), *prop("target-level", str(result.target), catalog)]


@dataclass(frozen=True)
class Gathered:
    """Observations, risks and findings by their key, each pointing at the others."""

    facts: Facts

    @cached_property
    def observations(self) -> dict[tuple[str, str, str], Json]:
        """(catalog, item, unit) -> the observation of an answer; (finding id, "", "") for what is recorded beside."""
        found: dict[tuple[str, str, str], Json] = {}
        for row in self.facts.deliverable.rows:
            if row.value not in _OPEN or row.note.strip() or row.reason.strip():
                catalog, item, unit = row.key.split("|", 2)
                found[catalog, item, unit] = self._answer(row, unit)
        for finding in self._recorded:
            if finding.cls not in NONCONFORMITIES:
                found[finding.id, "", ""] = self._remark(finding)
        return found

    def _answer(self, row: AssessmentRow, unit: str) -> Json:
        value = self._words[row.catalog].get(row.value)
        word = value.word if value else row.value
        said = [f"Rated {word}." if row.value else "Not rated.", sentence(row.note), sentence(row.reason)]
        at = self.facts.touched.get(row.key, self.facts.end)
        return without_empty(
            {
                "uuid": self.facts.uuid("observation", row.key),
                "title": plain(f"{row.framework} {row.item}: {row.title}"),
                "description": plain(" ".join(filter(None, said))),
                "props": [
                    *prop("rating", row.value, row.catalog),
                    *prop("rating-word", word if row.value else ""),
                    *prop("unit", row.unit),
                    *prop("note", row.note),
                    *prop("reason", row.reason),
                    *prop("carried-over-from", row.carried),
                ],
                "methods": ["INTERVIEW", "EXAMINE"] if row.value not in _OPEN else ["INTERVIEW"],
                "types": ["control-objective"],
                "subjects": [self.facts.subject(unit)],
                "collected": moment(at),
            }
        )

    def _remark(self, finding: Finding) -> Json:
        return {
            "uuid": self.facts.uuid("observation", "finding", finding.id),
            "title": plain(f"{finding.label} {finding.cls}"),
            "description": _said(finding),
            "props": [*prop("finding", finding.label), *prop("class", finding.cls), *prop("status", finding.status)],
            "methods": ["UNKNOWN"],
            "types": ["finding"],
            "subjects": [self.facts.subject("")],
            "collected": moment(self.facts.end),
        }

    @cached_property
    def risks(self) -> dict[str, Json]:
        """Label of an action or id of a finding -> the risk."""
        found = {action.id: self._gap(action) for action in self.facts.deliverable.actions}
        for finding in self._recorded:
            if finding.cls in NONCONFORMITIES:
                found[finding.id] = self._nonconformity(finding)
        return found

    def _gap(self, action: ActionRow) -> Json:
        key = (action.catalog, action.group, *action.closes)
        what = plain(action.what)
        remedy = {
            "uuid": self.facts.uuid("remedy", *key),
            "lifecycle": "recommendation",
            "title": plain(f"{action.id}: {action.group} {action.group_title}"),
            "description": what,
        }
        return without_empty(
            {
                "uuid": self.facts.uuid("risk", *key),
                "title": plain(f"{action.framework} {action.group}: {action.group_title}"),
                "description": what,
                "statement": plain(action.why) or what,
                "props": [*prop("severity", action.severity), *prop("action", action.id)],
                "status": "open",
                "remediations": [remedy],
                "related-observations": self._seen({(action.catalog, item) for item in action.closes}),
            }
        )

    def _nonconformity(self, finding: Finding) -> Json:
        status = "closed" if finding.status == "closed" else "open"
        return without_empty(
            {
                "uuid": self.facts.uuid("risk", "finding", finding.id),
                "title": plain(f"{finding.label} {finding.cls}: {finding.requirement}"),
                "description": _said(finding),
                "statement": plain(finding.gap) or plain(finding.requirement) or f"A {finding.cls} nonconformity.",
                "props": [
                    *prop("severity", finding.cls),
                    *prop("finding", finding.label),
                    *prop("cause", finding.cause),
                ],
                "status": status,
                "related-observations": self._seen(set(finding.items)),
            }
        )

    @cached_property
    def findings(self) -> dict[tuple[str, str], Json]:
        """(catalog, item) -> whether what it asks is satisfied; nothing where that is not said yet."""
        return {
            (one.scope.catalog.id, item.id): self._finding(one, item, result)
            for one in self.facts.deliverable.assessed
            for item, result in _rated(one)
            if self._counts(one, result)
        }

    def _counts(self, one: Assessed, result: ItemResult) -> bool:
        value = self._words[one.scope.catalog.id].get(result.value)
        return result.value not in _OPEN and not (value and value.needs == "reason")

    def _finding(self, one: Assessed, item: Item, result: ItemResult) -> Json:
        catalog, key = one.scope.catalog.id, (one.scope.catalog.id, item.id)
        word = self._words[catalog][result.value].word if result.value in self._words[catalog] else result.value
        risks = [{"risk-uuid": self.risks[name]["uuid"]} for name in self._risks_on.get(key, ())]
        fails = key in self._closed or result.value in _not_enough(one, item)
        seen = [{"observation-uuid": each} for each in self._of_item.get(key, ())]
        return without_empty(
            {
                "uuid": self.facts.uuid("finding", *key),
                "title": plain(f"{one.name} {item.id}: {item.title}"),
                "description": plain(f"{one.name} {item.id}: {word}."),
                "props": [
                    *prop("rating", result.value, catalog),
                    *prop("rating-word", word),
                    *prop("item", item.id, catalog),
                    *prop("level", str(item.level) if item.level else ""),
                    *prop("judgement-due", "yes" if result.judgement_due else ""),
                ],
                "target": {
                    "type": "objective-id",
                    "target-id": self.facts.names[catalog].part(item.id, "obj"),
                    "status": {"state": "not-satisfied" if fails else "satisfied"},
                },
                "related-observations": seen,
                "related-risks": risks,
            }
        )

    # --- what stands where ----------------------------------------------------------------------------

    @cached_property
    def _recorded(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.facts.deliverable.findings if not finding.proposed)

    @cached_property
    def _words(self) -> Mapping[str, Mapping[str, Value]]:
        return {
            one.scope.catalog.id: {value.code: value for value in one.scale} for one in self.facts.deliverable.assessed
        }

    @cached_property
    def _of_item(self) -> dict[tuple[str, str], list[str]]:
        """(catalog, item) -> ids of its observations."""
        found: dict[tuple[str, str], list[str]] = {}
        for (catalog, item, _), each in self.observations.items():
            if item:
                found.setdefault((catalog, item), []).append(each["uuid"])
        for finding in self._recorded:
            if (finding.id, "", "") in self.observations:
                for key in finding.items:
                    found.setdefault(key, []).append(self.observations[finding.id, "", ""]["uuid"])
        return found

    def _seen(self, items: set[tuple[str, str]]) -> list[Json]:
        return [{"observation-uuid": each} for key in sorted(items) for each in self._of_item.get(key, ())]

    @cached_property
    def _closed(self) -> frozenset[tuple[str, str]]:
        """Items that an action closes: they are in the way."""
        return frozenset((action.catalog, item) for action in self.facts.deliverable.actions for item in action.closes)

    @cached_property
    def _risks_on(self) -> dict[tuple[str, str], list[str]]:
        """(catalog, item) -> keys of the risks on it."""
        found: dict[tuple[str, str], list[str]] = {}
        for action in self.facts.deliverable.actions:
            for item in action.closes:
                found.setdefault((action.catalog, item), []).append(action.id)
        for finding in self._recorded:
            for key in finding.items if finding.cls in NONCONFORMITIES else ():
                found.setdefault(key, []).append(finding.id)
        return found


def _said(finding: Finding) -> str:
    """What a recorded finding says, in one text."""
    parts = [("Required", finding.requirement), ("Seen", finding.evidence), ("Missing", finding.gap)]
    said = [sentence(f"{head}: {text}") for head, text in parts if text.strip()]
    return plain(" ".join(said)) or f"{finding.label} {finding.cls}."


def _rated(one: Assessed) -> Iterator[tuple[Item, ItemResult]]:
    """Items in scope that count, with their value over all units."""
    result = one.result
    if isinstance(result, ConformityResult):
        known = {name: point for leaf in result.leaves.values() for name, point in leaf.points.items()}
    else:
        known = {name: practice for area in result.areas for name, practice in area.practices.items()}
    for item in model_of(one.scope).in_scope(one.scope):
        if item.scored and item.id in known:
            yield item, known[item.id]


def _not_enough(one: Assessed, item: Item) -> frozenset[str]:
    """Values with which an item does not give what the target asks of it."""
    catalog = one.scope.catalog
    if catalog.model == "conformity":
        return frozenset({"partial", "not_conforming"})
    own = areas.level_of(catalog, item)
    return method_of(catalog).stands(own, max(own, one.scope.target))
