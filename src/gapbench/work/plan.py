"""The gaps, one by one, grouped by clause and practice area.

A gap is a leaf clause with points not or partly met, or a practice in the way of the target level.
What nobody has rated yet is not a gap. `plan_lines` puts them into the packages of the plan.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gapbench.rating.findings import WEAK
from gapbench.rating.inputs import NONCONFORMITIES, Case, Finding
from gapbench.rating.results import Blocker, ClauseResult, ConformityResult, LevelResult, Result
from gapbench.rating.roadmap import Roadmap
from gapbench.rating.wording import plural, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gapbench.catalog.model import Catalog, Group, Item


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One gap, grouped by clause or practice area.

    A gap is a leaf clause with points not or partly met, or a practice in the way of the target.

    Attributes:
        id: "A-001", stable for the same engagement state.
        closes: Item numbers that the action closes.
        what: What has to be in place, composed from the titles of the items.
        severity: "major", "minor" for a conformity gap; "weakness" for a practice.
        findings: Labels of findings it answers.
    """

    id: str
    catalog: str
    framework: str
    group: str
    group_title: str
    closes: tuple[str, ...]
    what: str
    severity: str
    findings: tuple[str, ...]
    why: str


def actions(parts: Sequence[tuple[str, Case, Result]], findings: Sequence[Finding]) -> tuple[ActionRow, ...]:
    """Every gap of every framework in reading order, numbered.

    Args:
        parts: Name, case and result of each framework.
        findings: Recorded and proposed findings.
    """
    rows = (row for name, case, result in parts for row in _gaps(name, case, result, findings))
    return tuple(replace(row, id=f"A-{number:03d}") for number, row in enumerate(rows, 1))


def _gaps(name: str, case: Case, result: Result, findings: Sequence[Finding]) -> Iterator[ActionRow]:
    if isinstance(result, ConformityResult):
        return _clause_gaps(name, case.scope.catalog, result, findings)
    return _practice_gaps(name, case, result, findings)


def _clause_gaps(
    name: str, catalog: Catalog, result: ConformityResult, findings: Sequence[Finding]
) -> Iterator[ActionRow]:
    for leaf in result.leaves.values():
        weak = {
            code: [
                catalog.item[point.id]
                for point in leaf.points.values()
                if point.value == code and catalog.item[point.id].scored
            ]
            for code in WEAK
        }
        items = [item for found in weak.values() for item in found]
        if not items:
            continue
        touching = _resting_on(findings, catalog.id, items)
        severe = any(finding.cls == "major" and finding.status == "open" for finding in touching)
        yield ActionRow(
            id="",
            catalog=catalog.id,
            framework=name,
            group=leaf.id,
            group_title=catalog.title_of(leaf.id),
            closes=tuple(item.id for item in catalog.items_of[leaf.id] if item in items),
            what=_what(weak["not_conforming"], weak["partial"]),
            severity="major" if severe else "minor",
            findings=_labels(touching),
            why=why_of(leaf, len(weak["not_conforming"]), len(weak["partial"])),
        )


def _what(missing: list[Item], partly: list[Item]) -> str:
    parts = []
    if missing:
        parts.append(f"To put in place: {'; '.join(item.title for item in missing)}")
    if partly:
        parts.append(f"To complete and show: {'; '.join(item.title for item in partly)}")
    return " ".join(map(sentence, parts))


def why_of(leaf: ClauseResult, missing: int, partly: int) -> str:
    """How much of a leaf clause is missing, in a sentence."""
    counted = [f"{plural(missing, 'point')} not met"] if missing else []
    counted += [f"{plural(partly, 'point')} partly met"] if partly else []
    text = f"{' and '.join(counted)} of {leaf.tally.scored}"
    if leaf.missing:
        text += "; nothing of this gate clause is in place"
    elif leaf.gate:
        text += "; a gate clause"
    return sentence(text)


def _practice_gaps(name: str, case: Case, result: LevelResult, findings: Sequence[Finding]) -> Iterator[ActionRow]:
    catalog = case.scope.catalog
    areas = {area.id: area for area in result.areas}
    blockers = Roadmap(case, {}).blockers(result.areas, result.target)
    for blocker in blockers:
        if blocker.value in _OPEN:
            continue
        item = catalog.item[blocker.item]
        area = catalog.area_of.get(item.group, item.group)
        asked = len(areas[area].practices[item.id].units)
        yield _practice_gap(name, catalog.group[area], item, blocker, findings, catalog.id, several=asked > 1)


_OPEN = frozenset({"", "NC"})
_ABSENT = frozenset({"DM", "NI", "NY", "N", "no"})
"""Values that say that nothing of it is there yet."""


def _practice_gap(
    name: str, area: Group, item: Item, blocker: Blocker, findings: Sequence[Finding], catalog: str, *, several: bool
) -> ActionRow:
    verb = "To put in place" if blocker.value in _ABSENT else f"To complete{' in every unit' if several else ''}"
    return ActionRow(
        id="",
        catalog=catalog,
        framework=name,
        group=area.id,
        group_title=area.title,
        closes=(item.id,),
        what=sentence(f"{verb}: {item.title}"),
        severity="weakness",
        findings=_labels(_resting_on(findings, catalog, [item])),
        why=sentence(blocker.why),
    )


def _resting_on(findings: Iterable[Finding], catalog: str, items: Iterable[Item]) -> tuple[Finding, ...]:
    keys = {(catalog, item.id) for item in items}
    return tuple(
        finding for finding in findings if finding.cls in NONCONFORMITIES and not keys.isdisjoint(finding.items)
    )


def _labels(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.label for finding in findings))
