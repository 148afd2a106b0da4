"""Judgements, and areas left out: decisions that the rules ask for in writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.engagement import wording
from gapbench.engagement.answering import known_item
from gapbench.engagement.text import clean_text
from gapbench.errors import GapbenchError, RefusedError, UsageError
from gapbench.rating.inputs import ORGANISATION, Case
from gapbench.rating.models import model_of
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.catalog.editions import Editions
    from gapbench.catalog.model import Catalog, Group
    from gapbench.engagement.journal import Journal
    from gapbench.engagement.reading import Reader
    from gapbench.engagement.rows import Row
    from gapbench.engagement.standing import Standing
    from gapbench.engagement.values import Change
    from gapbench.rating.inputs import Scope


class Deciding:
    """The verbs on judgements and exclusions."""

    def __init__(self, journal: Journal, reader: Reader) -> None:
        self._journal = journal
        self._reader = reader

    def judge(self, catalog_id: str, subject: str, value: str, reason: str) -> Change:
        """Record a decision with its reason; an empty value takes it away."""
        standing = self._reader.standing()
        scope = self._to_write(catalog_id, standing)
        reason = clean_text(reason, f"The reason on {wording.short(subject)}")
        twins = self._twins(standing, catalog_id, subject)
        if not value:
            with self._journal.step(f"Take away the judgement on {wording.short(subject)}") as step:
                step.drop("judgement", ((catalog_id, subject), *twins))
            return step.change
        self._refuse_judgement(scope, subject, value)
        if not reason.strip():
            raise RefusedError(f"A judgement needs its reason; say why {subject} is {value}.")
        pairs = [(catalog_id, subject), *(pair for pair in twins if self._takes(standing, pair, value))]
        rows: list[Row] = [
            {"catalog": catalog, "subject": name, "value": value, "reason": reason} for catalog, name in pairs
        ]
        with self._journal.step(f"Judge {subject} {value}") as step:
            step.put_all("judgement", rows)
        return step.change

    def exclude(self, catalog_id: str, area: str, unit_id: str, reason: str) -> Change:
        """Leave an area out with its reason; an empty reason brings it back."""
        standing = self._reader.standing()
        scope = self._to_write(catalog_id, standing)
        reason = clean_text(reason, f"The reason for leaving out {wording.short(area)}")
        group = _area(scope, area)
        _refuse_unit(scope, unit_id)
        where = wording.unit_name(scope, unit_id)
        for_whom = f" for {where}" if where else ""
        twins = self._twin_areas(standing, catalog_id, group.id)
        if not reason.strip():
            with self._journal.step(f"Bring back {area}{for_whom}") as step:
                step.drop("exclusion", ((*pair, unit_id) for pair in ((catalog_id, area), *twins)))
            return step.change
        if why := model_of(scope).refuse_exclusion(scope, group.id, unit_id):
            raise RefusedError(why)
        taken = [(name, twin) for name, twin in twins if not self._refuses(standing, name, twin, unit_id)]
        rows: list[Row] = [
            {"catalog": catalog, "area": name, "unit": unit_id, "reason": reason}
            for catalog, name in ((catalog_id, area), *taken)
        ]
        with self._journal.step(f"Leave out {area}{for_whom}") as step:
            step.put_all("exclusion", rows)
        return step.change

    def _to_write(self, catalog_id: str, standing: Standing) -> Scope:
        self._reader.refuse_superseded(catalog_id, standing)
        return self._reader.scope(catalog_id, standing)

    def _twins(self, standing: Standing, catalog_id: str, subject: str) -> list[tuple[str, str]]:
        """The same subject in frameworks that are asked together with this one."""
        return [
            (other.id, twin)
            for editions, other, back in self._dual(standing, catalog_id)
            if (twin := editions.twin_subject(subject, back=back))
        ]

    def _twin_areas(self, standing: Standing, catalog_id: str, area: str) -> list[tuple[str, str]]:
        """The same area in frameworks that are asked together with this one."""
        found = []
        for editions, other, back in self._dual(standing, catalog_id):
            areas = {new: one for one, new in editions.areas.items()} if back else editions.areas
            if area in areas:
                found.append((other.id, areas[area]))
        return found

    def _dual(self, standing: Standing, catalog_id: str) -> Iterator[tuple[Editions, Catalog, bool]]:
        """The links to each such framework, that framework, and whether it is the edition before."""
        for pair in standing.dual:
            if catalog_id in (pair.catalog, pair.former):
                editions = self._reader.editions(pair.catalog, pair.former)
                back = catalog_id == pair.catalog
                yield editions, editions.former if back else editions.new, back

    def _takes(self, standing: Standing, pair: tuple[str, str], value: str) -> bool:
        """Whether a judgement on the twin is allowed too: its rules may leave no choice there."""
        catalog, subject = pair
        try:
            self._refuse_judgement(self._reader.scope(catalog, standing), subject, value)
        except GapbenchError:
            return False
        return True

    def _refuses(self, standing: Standing, catalog: str, area: str, unit_id: str) -> bool:
        scope = self._reader.scope(catalog, standing)
        return model_of(scope).refuse_exclusion(scope, area, unit_id) is not None

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
