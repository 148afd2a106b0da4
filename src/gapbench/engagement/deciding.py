"""Judgements, and areas left out: decisions that the rules ask for in writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.engagement import wording
from gapbench.engagement.answering import known_item
from gapbench.engagement.text import clean_text
from gapbench.errors import RefusedError, UsageError
from gapbench.rating.inputs import ORGANISATION, Case
from gapbench.rating.models import model_of
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from gapbench.catalog.model import Group
    from gapbench.engagement.journal import Journal
    from gapbench.engagement.reading import Reader
    from gapbench.engagement.values import Change
    from gapbench.rating.inputs import Scope


class Deciding:
    """The verbs on judgements and exclusions."""

    def __init__(self, journal: Journal, reader: Reader) -> None:
        self._journal = journal
        self._reader = reader

    def judge(self, catalog_id: str, subject: str, value: str, reason: str) -> Change:
        """Record a decision with its reason; an empty value takes it away."""
        scope = self._reader.scope(catalog_id)
        reason = clean_text(reason, f"The reason on {wording.short(subject)}")
        key = (catalog_id, subject)
        if not value:
            with self._journal.step(f"Take away the judgement on {wording.short(subject)}") as step:
                step.drop("judgement", (key,))
            return step.change
        self._refuse_judgement(scope, subject, value)
        if not reason.strip():
            raise RefusedError(f"A judgement needs its reason; say why {subject} is {value}.")
        row = {"catalog": catalog_id, "subject": subject, "value": value, "reason": reason}
        with self._journal.step(f"Judge {subject} {value}") as step:
            step.put("judgement", row)
        return step.change

    def exclude(self, catalog_id: str, area: str, unit_id: str, reason: str) -> Change:
        """Leave an area out with its reason; an empty reason brings it back."""
        scope = self._reader.scope(catalog_id)
        reason = clean_text(reason, f"The reason for leaving out {wording.short(area)}")
        group = _area(scope, area)
        _refuse_unit(scope, unit_id)
        where = wording.unit_name(scope, unit_id)
        for_whom = f" for {where}" if where else ""
        if not reason.strip():
            with self._journal.step(f"Bring back {area}{for_whom}") as step:
                step.drop("exclusion", ((catalog_id, area, unit_id),))
            return step.change
        if why := model_of(scope).refuse_exclusion(scope, group.id, unit_id):
            raise RefusedError(why)
        row = {"catalog": catalog_id, "area": area, "unit": unit_id, "reason": reason}
        with self._journal.step(f"Leave out {area}{for_whom}") as step:
            step.put("exclusion", row)
        return step.change

    def _refuse_judgement(self, scope: Scope, subject: str, value: str) -> None:
        catalog = scope.catalog
        if "/" not in subject and subject not in catalog.group:
            known_item(catalog, subject)
        case = Case(scope, self._reader.item_answers(catalog.id, subject))
        if why := model_of(scope).refuse_judgement(case, subject, value):
            raise RefusedError(why)


def _area(scope: Scope, area: str) -> Group:
    areas = [group.id for group in scope.catalog.areas]
    if area in areas:
        return scope.catalog.group[area]
    from difflib import get_close_matches

    near = get_close_matches(area, areas, n=1, cutoff=0.0)
    raise UsageError(f"{scope.catalog.name} has no area {wording.short(area)}; the nearest is {listed(near)}.")


def _refuse_unit(scope: Scope, unit_id: str) -> None:
    counted = [unit for unit in scope.units if unit.kind in ("project", "function")]
    if unit_id != ORGANISATION and unit_id not in {unit.id for unit in counted}:
        names = listed((unit.name for unit in counted), limit=6)
        raise UsageError(f"An area is left out for a project or a support function; there is {names or 'none'}.")
