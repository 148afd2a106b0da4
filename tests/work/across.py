"""Several frameworks as people answered them, without a file: for counterparts and for the orders of the walk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, cast

from gapbench.catalog.known import load_known
from gapbench.catalog.model import Catalog
from gapbench.rating.inputs import Answer, Case, Finding, Scope, Unit
from gapbench.rating.models import model_of
from gapbench.rating.results import Result
from gapbench.work.walk import Line, Walk

if TYPE_CHECKING:
    from gapbench.work.readiness import Readiness

ISO, CMMI, V13 = "iso9001-2015", "cmmi-2.0", "cmmi-dev-1.3"
UNITS = (Unit("f", "Falcon", "project"), Unit("h", "Heron", "project"), Unit("b", "Buying", "function"))


@cache
def catalog(name: str) -> Catalog:
    return load_known(name)


@dataclass
class Stood:
    """What the walk knows of an engagement."""

    cases: dict[str, Case] = field(default_factory=dict)
    results: dict[str, Result] = field(default_factory=dict)

    def take(
        self, name: str, said: Mapping[str, str], *, units: tuple[Unit, ...] = UNITS, findings: tuple[Finding, ...] = ()
    ) -> None:
        """Answer items, or all items of a leaf or an area, in every unit that is asked, or in one ("CM 1.1@f")."""
        views = {"cmmi-2.0": ("DEV",), "cmmi-3.0": ("DEV",), V13: ("STAGED",), "aspice-4.0": ("SOFTWARE",)}
        scope = Scope(catalog(name), views=views.get(name, ()), target=3 if name in views else 0, units=units)
        answers: dict[tuple[str, str], Answer] = {}
        for item in scope.catalog.items:
            for unit in model_of(scope).units_for(scope, item):
                area = scope.catalog.area_of.get(item.group, item.group)
                value = said.get(f"{item.id}@{unit.id}") or said.get(item.id) or said.get(item.group) or said.get(area)
                if value:
                    answers[item.id, unit.id] = Answer(value, note="seen", reason="because")
        self.cases[name] = Case(scope, answers, findings=findings)
        self.results[name] = model_of(scope).assess(self.cases[name])

    def walk(self) -> Walk:
        """A walk through it."""
        return Walk(cast("Readiness", self))


def walk_of(*names: str, **said: Mapping[str, str]) -> Walk:
    """A walk through frameworks; `iso` and `cmmi` are the answers to those with and without levels."""
    stood = Stood()
    for name in names:
        stood.take(name, said.get("cmmi" if catalog(name).levels else "iso", {}))
    return stood.walk()


def line_of(walk: Walk, catalog_id: str, item: str) -> Line:
    place = walk.place((catalog_id, item))
    assert place is not None, item
    return walk.lines[place]
