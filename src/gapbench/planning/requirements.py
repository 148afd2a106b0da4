"""What the answers leave open: leaf clauses and practices on the scale of the priority model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.planning.values import GateFactor, Reference, Requirement, Track
from gapbench.rating import areas as layout
from gapbench.rating import levels
from gapbench.rating.findings import WEAK, items_in
from gapbench.rating.methods import method_of
from gapbench.rating.models import model_of
from gapbench.rating.results import ConformityResult, LevelResult, Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gapbench.catalog.model import Catalog, Item
    from gapbench.rating.inputs import Case, Finding, Scope
    from gapbench.rating.method import Method
    from gapbench.rating.results import AreaResult, ClauseResult

    Part = tuple[Case, Result]
    Scale = Mapping[str, tuple[float, float]]

FINDINGS: Mapping[str, tuple[float, float]] = {"major": (5, 1), "minor": (3, 0.5), "ofi": (1, 0.2)}
"""Class of an open finding -> severity and weight in the gap share."""

TONES: Mapping[str, tuple[float, float]] = {"good": (0, 0), "fair": (1, 0.2), "poor": (3, 0.7), "bad": (5, 1)}
"""Tone of a value -> the same: FM, LM, PM, DM and their like in the other models."""

NOT_YET = "NY"
NOT_YET_COUNTS = (2.0, 0.45)
"""A practice that is due before the appraisal and not done yet: between largely and partially met."""


def of_parts(parts: Iterable[Part]) -> tuple[Requirement, ...]:
    """Requirements of every framework, in reading order."""
    return tuple(it for case, result in parts for it in requirements(case, result))


def requirements(case: Case, result: Result) -> tuple[Requirement, ...]:
    """Leaf clauses that apply, or practices of areas in scope, as the answers leave them.

    A practice above the target is there only once it has a value: nobody is planning for it before.

    Args:
        case: What was answered.
        result: What the rules say of it.
    """
    if isinstance(result, ConformityResult):
        return tuple(_clauses(case.scope.catalog, result))
    return tuple(_practices(case, result))


def track_of(catalog: Catalog) -> Track:
    """Which programme asks a framework: certification, or appraisal."""
    return "iso" if catalog.model == "conformity" else "cmmi"


def findings_of(parts: Iterable[Part]) -> tuple[Finding, ...]:
    """Open findings of every framework, recorded ones once, then the proposed ones of each."""
    found: dict[str, Finding] = {}
    for case, result in parts:
        known = result.findings if isinstance(result, ConformityResult) else case.findings
        for finding in known:
            if _matters(finding):
                found[f"{result.catalog}/{finding.id}" if finding.proposed else finding.id] = finding
    return tuple(found.values())


def _matters(finding: Finding) -> bool:
    return finding.status == "open" and finding.cls in FINDINGS


# --- clauses ---------------------------------------------------------------------------------------


def _clauses(catalog: Catalog, result: ConformityResult) -> Iterator[Requirement]:
    on_leaf = _by_group(catalog, result.findings, {item.id: item.group for item in catalog.items})
    for leaf in result.leaves.values():
        if leaf.tally.counted or leaf.tally.rated < leaf.tally.scored:
            yield _clause(catalog, leaf, on_leaf.get(leaf.id, ()))


def _clause(catalog: Catalog, leaf: ClauseResult, findings: Iterable[tuple[Finding, str]]) -> Requirement:
    known = tuple(findings)
    weak = [name for name, point in leaf.points.items() if point.value in WEAK and catalog.item[name].scored]
    classes = {finding.cls for finding, _ in known} | ({"minor"} if weak and not known else set())
    severity, weight = max((FINDINGS[cls] for cls in classes), default=(0.0, 0.0))
    named = {*weak, *(item for _, item in known)}
    blocks = "major" in classes or leaf.missing
    return Requirement(
        ref=(catalog.id, leaf.id),
        track="iso",
        title=catalog.title_of(leaf.id),
        severity=severity,
        weight=weight,
        gate="blocks" if blocks else "inside",
        open_items=tuple(name for name in leaf.points if name in named),
        rated=leaf.tally.rated == leaf.tally.scored,
        findings=_labels(known),
    )


def _by_group(
    catalog: Catalog, findings: Iterable[Finding], groups: Mapping[str, str]
) -> dict[str, list[tuple[Finding, str]]]:
    """Group -> open findings on it, each with every item that it rests on there."""
    found: dict[str, list[tuple[Finding, str]]] = {}
    for finding in findings:
        if _matters(finding):
            for item in items_in(catalog, finding):
                found.setdefault(groups[item], []).append((finding, item))
    return found


def _labels(findings: Iterable[tuple[Finding, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.label for finding, _ in findings))


# --- practices -------------------------------------------------------------------------------------


def _practices(case: Case, result: LevelResult) -> Iterator[Requirement]:
    catalog = case.scope.catalog
    method, scale = method_of(catalog), _scale(case.scope)
    on_item = _by_group(catalog, case.findings, {item.id: item.id for item in catalog.items})
    asked = {area.id for area in levels.asked_at(result.areas, result.target)}
    for area in result.areas:
        top = min(result.target, area.top) if area.id in asked else 0
        for item in () if area.out else layout.items_in(catalog, area.id):
            if item.scored:
                gate = _gate(case, method, item, area, top)
                found = _practice(catalog, item, area.practices[item.id].value, gate, scale, on_item.get(item.id, ()))
                if found is not None:
                    yield found


def _gate(case: Case, method: Method, item: Item, area: AreaResult, top: int) -> GateFactor:
    """Above the target; in its way by the rules of the model; or inside of it."""
    own, value = layout.level_of(case.scope.catalog, item), area.practices[item.id].value
    if own > top:
        return "above"
    heavy = value == method.weighty and levels.weighs(case.judgements, method.subject(item))
    return "blocks" if heavy or value in method.stands(own, top) else "inside"


def _practice(
    catalog: Catalog, item: Item, value: str, gate: GateFactor, scale: Scale, findings: Iterable[tuple[Finding, str]]
) -> Requirement | None:
    known = tuple(findings)
    if value == NOT_YET and gate == "above":
        value = ""
    rated = value in scale
    if value in _OUT or (gate == "above" and not rated and not known):
        return None
    severity, weight = scale.get(value, (0.0, 0.0))
    if known:
        severity, weight = max((severity, weight), FINDINGS["ofi"])
    return Requirement(
        ref=(catalog.id, item.id),
        track="cmmi",
        title=item.title,
        severity=severity,
        weight=weight,
        gate=gate,
        open_items=(item.id,) if severity else (),
        rated=rated,
        findings=_labels(known),
        level=layout.level_of(catalog, item),
    )


_OUT = frozenset({"na"})


def _scale(scope: Scope) -> Scale:
    """Value -> severity and weight, for the values that say how far something is met."""
    values = model_of(scope).scale(scope.catalog)
    known = {value.code: TONES[value.tone] for value in values if value.tone in TONES}
    return known | {value.code: NOT_YET_COUNTS for value in values if value.code == NOT_YET}


def index(requirements: Iterable[Requirement]) -> dict[Reference, Reference]:
    """(catalog id, open item) -> the requirement that it keeps open."""
    return {(it.ref[0], item): it.ref for it in requirements for item in it.open_items}
