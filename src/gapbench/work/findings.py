"""Findings as a consultant writes them: what the form starts from, and whether the rules let it stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gapbench.rating.inputs import Answer, Case, Finding, FindingClass
from gapbench.rating.results import ConformityResult, Result
from gapbench.work.walk import GAP_TONES, values_by_code

if TYPE_CHECKING:
    from collections.abc import Sequence


def draft(case: Case, result: Result, items: Sequence[str], answer: Answer) -> Finding | None:
    """The finding that the form starts from.

    A recorded open finding on the items is changed; a proposed one is taken up with all its points; else a new one
    starts from the item's own words. None where a heading has nothing to write up.
    """
    catalog = case.scope.catalog
    wanted = {(catalog.id, item) for item in items}
    every = result.findings if isinstance(result, ConformityResult) else case.findings
    on_items = [finding for finding in every if wanted.intersection(finding.items)]
    recorded = [finding for finding in on_items if not finding.proposed]
    still_open = [finding for finding in recorded if finding.status == "open"]
    if len(items) == 1 and (still_open or recorded):
        return (still_open or recorded)[0]
    proposed = [finding for finding in on_items if finding.proposed]
    if len(proposed) == 1 or (proposed and len(items) == 1):
        return replace(proposed[0], id="", number=0, proposed=False)
    if len(items) != 1:
        return recorded[0] if len(recorded) == 1 else None
    item = catalog.item[items[0]]
    return Finding(
        id="",
        number=0,
        cls=_first_class(case, answer),
        items=((catalog.id, item.id),),
        requirement=f"{catalog.name} {item.id}: {item.title}",
        evidence=answer.note,
    )


def _first_class(case: Case, answer: Answer) -> FindingClass:
    """A nonconformity where the rating says so, else something to watch."""
    value = values_by_code(case).get(answer.value)
    if value is None:
        return "observation"
    return "minor" if value.tone in GAP_TONES | {"fair"} and value.code != "conforming" else "ofi"
