"""Client, units and frameworks: what is assessed, and what goes when one of them goes."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, get_args
from uuid import uuid4

from gapbench.catalog import snapshot
from gapbench.engagement.reading import sha_of
from gapbench.engagement.text import clean_text
from gapbench.engagement.wording import short
from gapbench.errors import CatalogError, RefusedError, UsageError
from gapbench.rating import levels
from gapbench.rating.inputs import Scope, Unit, UnitKind
from gapbench.rating.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapbench.catalog.model import Catalog
    from gapbench.engagement.file import File
    from gapbench.engagement.journal import Journal, Writer
    from gapbench.engagement.reading import Reader
    from gapbench.engagement.rows import Row
    from gapbench.engagement.standing import Standing
    from gapbench.engagement.values import Change, Framework, Profile

_KINDS: tuple[str, ...] = get_args(UnitKind)


class Scoping:
    """The verbs on the profile, on units and on frameworks."""

    def __init__(self, file: File, journal: Journal, reader: Reader) -> None:
        self._file = file
        self._journal = journal
        self._reader = reader

    def describe(self, profile: Profile, title: str = "Describe the engagement") -> Change:
        """Say who the client is and what is looked at."""
        rows = profile_rows(profile)
        with self._journal.step(title) as step:
            step.put_all("profile", rows)
        return step.change

    def put_unit(self, unit: Unit) -> Change:
        """Add a unit, or change the one of this id."""
        units = self._reader.units()
        name = clean_text(" ".join(unit.name.split()), "The name of the unit")
        _refuse_unit(unit, name, units)
        before = next((each for each in units if each.id == unit.id), None)
        if before is not None and before.kind != unit.kind:
            self._refuse_new_kind(before)
        row: Row = {
            "id": clean_text(unit.id) or str(uuid4()),
            "name": name,
            "kind": unit.kind,
            "note": clean_text(unit.note, f"The note on {name}"),
            "position": self._position("unit", "id", unit.id),
        }
        with self._journal.step(_unit_title(name, unit, before)) as step:
            step.put("unit", row)
        return step.change

    def drop_unit(self, unit_id: str) -> Change:
        """Remove a unit with its answers and exclusions."""
        unit = self._unit(unit_id)
        with self._journal.step(f"Remove {short(unit.name)}") as step:
            self._drop_where(step, "answer", "unit", unit_id)
            self._drop_where(step, "carried", "unit", unit_id)
            self._drop_where(step, "exclusion", "unit", unit_id)
            step.drop("unit", ((unit_id,),))
        return step.change

    def add_framework(self, catalog: Catalog, framework: Framework) -> Change:
        """Add a framework with a copy of its catalog."""
        if self._reader.standing().find(catalog.id) is not None:
            raise RefusedError(f"{catalog.name} is in this engagement already.")
        fitting = fitted(catalog, framework)
        text = snapshot.to_json(catalog)
        sha = sha_of(text)
        with self._journal.step(f"Add {catalog.name}") as step:
            step.keep_snapshot(sha, catalog.id, text)
            step.put("framework", framework_row(fitting, sha))
        return step.change

    def change_framework(self, framework: Framework) -> Change:
        """Change views, target and settings of a framework."""
        self._reader.refuse_superseded(framework.catalog, self._reader.standing())
        catalog = self._reader.catalog(framework.catalog)
        fitting = fitted(catalog, framework, self._reader.framework(framework.catalog).target)
        query = "SELECT snapshot FROM framework WHERE catalog = ?"
        ((sha,),) = self._file.rows(query, (catalog.id,))
        with self._journal.step(f"Change {catalog.name}") as step:
            step.put("framework", framework_row(fitting, sha))
        return step.change

    def drop_framework(self, catalog_id: str) -> Change:
        """Remove a framework with all that was said of it; the one in whose place it stood counts again."""
        standing = self._reader.standing()
        self._reader.framework(catalog_id, standing)
        self._reader.refuse_superseded(catalog_id, standing)
        from gapbench.engagement.planning import Planning  # of no use to the first frame

        with self._journal.step(self._removal(catalog_id, standing)) as step:
            plan = Planning(self._file, self._journal, self._reader)
            plan.without_framework(step, catalog_id)
            for table in ("answer", "judgement", "exclusion", "finding_item", "carried", "succession"):
                self._drop_where(step, table, "catalog", catalog_id)
            self._drop_where(step, "succession", "former", catalog_id)
            # A finding rests on at least one item.
            bare = "SELECT id FROM finding WHERE id NOT IN (SELECT finding FROM finding_item)"
            for (finding,) in self._file.rows(bare):
                plan.without_finding(step, finding)
            step.drop("finding", self._file.rows(bare))
            step.drop("framework", ((catalog_id,),))
        return step.change

    def next_position(self) -> int:
        """The place after the last framework."""
        return self._position("framework", "catalog", "")

    def _removal(self, catalog_id: str, standing: Standing) -> str:
        back = [former for former, new in standing.superseded.items() if new == catalog_id]
        again = f" and go back to {self._name(back[0])}" if back else ""
        return f"Remove {self._name(catalog_id)}{again}"

    def _name(self, catalog_id: str) -> str:
        """What a framework is called; its id when its copy cannot be read, as it can be removed even then."""
        try:
            return self._reader.catalog(catalog_id).name
        except CatalogError:
            return catalog_id

    def _drop_where(self, step: Writer, table: str, column: str, value: str) -> None:
        keys = ", ".join(f'"{name}"' for name in self._journal.shape(table).keys)
        query = f'SELECT {keys} FROM "{table}" WHERE "{column}" = ?'  # noqa: S608 (our own names)
        step.drop(table, self._file.rows(query, (value,)))

    def _position(self, table: str, key: str, name: str) -> int:
        """Where a row stands, or the place after the last one."""
        query = (
            f'SELECT coalesce((SELECT position FROM "{table}" WHERE "{key}" = ?), '  # noqa: S608 (our own names)
            f'(SELECT max(position) + 1 FROM "{table}"), 0)'
        )
        return int(self._file.rows(query, (name,))[0][0])

    def _unit(self, unit_id: str) -> Unit:
        units = self._reader.units()
        for unit in units:
            if unit.id == unit_id:
                return unit
        names = listed(unit.name for unit in units)
        raise UsageError(f"There is no such unit; this engagement has {names or 'none yet'}.")

    def _refuse_new_kind(self, unit: Unit) -> None:
        if self._file.rows("SELECT 1 FROM answer WHERE unit = ? LIMIT 1", (unit.id,)):
            raise RefusedError(f"{unit.name} has answers as a {unit.kind}; add a new unit for the other kind.")


def profile_rows(profile: Profile) -> list[dict[str, str | int]]:
    """The profile as rows.

    Raises:
        UsageError: The client has no name.
    """
    words = {field: clean_text(text, f"The field “{field}”") for field, text in asdict(profile).items()}
    if not words["client"].strip():
        raise UsageError("An engagement needs the name of the client.")
    return [{"field": field, "value": text} for field, text in words.items()]


def fitted(catalog: Catalog, framework: Framework, kept: int = 0) -> Framework:
    """The framework with views and target as the catalog spells them.

    No view stands for the catalog's first, target 0 for the highest level of the views. A target that was
    aimed at before (`kept`) comes down to that highest level; it was allowed in another view.

    Raises:
        UsageError: A view or target that the catalog has not; the sentence names those it has.
    """
    if framework.major_threshold < 1:
        raise UsageError("The number of points from which a finding is major is at least 1.")
    views = _views(catalog, framework.views)
    return replace(framework, catalog=catalog.id, views=views, target=_target(catalog, views, framework.target, kept))


def _views(catalog: Catalog, wanted: Iterable[str]) -> tuple[str, ...]:
    have = {view.upper(): view for view in catalog.view}
    names = listed(catalog.view, last="or")
    chosen = tuple(dict.fromkeys(view.upper() for view in wanted))
    for view in chosen:
        if view not in have:
            raise UsageError(f"{catalog.name} has no view {short(view)}; {_choose(names)}.")
    if len(chosen) > 1 and not catalog.combine:
        raise UsageError(f"{catalog.name} is assessed in one view; choose {names}.")
    return tuple(have[view] for view in chosen) or tuple(catalog.view)[:1]


def _choose(names: str) -> str:
    return f"choose {names}" if names else "it is assessed as a whole"


def _target(catalog: Catalog, views: tuple[str, ...], target: int, kept: int) -> int:
    if not catalog.levels:
        if target:
            raise UsageError(f"{catalog.name} has no levels; leave the target out.")
        return 0
    scope = Scope(catalog, views)
    top, floor = levels.top_of(scope), levels.floor_of(scope)
    if not target or target == kept > top:
        return top
    if 0 < target <= floor < top and target != kept:
        raise UsageError(f"{catalog.name}: level {target} asks nothing; aim at {_span(floor + 1, top)}.")
    if not 0 < target <= top:
        where = f" in {listed(views)}" if 0 < target <= catalog.levels else ""
        raise UsageError(f"{catalog.name} has no level {target}{where}; choose {_span(min(floor + 1, top), top)}.")
    return target


def _span(first: int, last: int) -> str:
    return f"{first} to {last}" if first < last else str(last)


def framework_row(framework: Framework, sha: str) -> dict[str, Any]:
    """A framework as it is stored, with the copy of its catalog."""
    row = asdict(framework)
    views = json.dumps(framework.views, separators=(",", ":"))
    return row | {"snapshot": sha, "views": views, "evaluation": int(framework.evaluation)}


def _refuse_unit(unit: Unit, name: str, units: Iterable[Unit]) -> None:
    if not name:
        raise UsageError("A unit needs a name.")
    if unit.kind not in _KINDS:
        raise UsageError(f"A unit is a {listed(_KINDS, last='or')}, not a {short(unit.kind)}.")
    if any(name.casefold() == each.name.casefold() for each in units if each.id != unit.id):
        raise UsageError(f"There is a unit {short(name)} already; choose another name.")


def _unit_title(name: str, unit: Unit, before: Unit | None) -> str:
    if before is None:
        return f"Add {unit.kind} {short(name)}"
    if before.name != name:
        return f"Rename {short(before.name)} to {short(name)}"
    return f"Change {short(name)}"
