"""Choosing a framework: all that are known by family, then its views and the level aimed at in its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.catalog.model import Catalog, spoken_name
from gapbench.rating import levels
from gapbench.rating.inputs import Scope
from gapbench.rating.models import area_noun_of
from gapbench.rating.wording import plural
from gapbench.tui.screens.ask import Choose
from gapbench.tui.screens.menu import Option
from gapbench.tui.screens.pick import Pick

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapbench.catalog.shipped import CatalogLine
    from gapbench.rating.inputs import UnitKind
    from gapbench.tui.app import GapbenchApp

Chosen = tuple[Catalog, tuple[str, ...], int]
"""A framework, its views, and the level aimed at (0 where it has none)."""

_CMMI = {1: "initial", 2: "managed", 3: "defined", 4: "quantitatively managed", 5: "optimizing"}
_SW = {1: "initial", 2: "repeatable", 3: "defined", 4: "managed", 5: "optimizing"}
_CAPABILITY = {1: "performed", 2: "managed", 3: "defined"}
_PROCESS = {1: "performed", 2: "managed", 3: "established", 4: "predictable", 5: "innovating"}

_COUNTED = {"practice_groups": "practice areas", "goals": "process areas", "process_attributes": "processes"}

UNIT_KINDS: tuple[UnitKind, ...] = ("project", "function", "site")

KINDS: tuple[Option, ...] = (
    Option("project", "1", "project", "answers practices and processes, each project for itself"),
    Option("function", "2", "support function", "answers what only it performs; the rest where you rate it"),
    Option("site", "3", "site", "answers every point of a standard; the worst site counts"),
)


def options_of(lines: Iterable[CatalogLine]) -> list[Option]:
    """Frameworks to choose from, by family; one's own are marked."""
    return [_option(number, line) for number, line in enumerate(lines, 1)]


def _option(number: int, line: CatalogLine) -> Option:
    counted = f"{line.items} points" if line.model == "conformity" else f"{line.areas} {_COUNTED[line.model]}"
    own = ", your own" if line.own else ""
    key = str(number) if number < 10 else ""
    return Option(line.id, key, spoken_name(line.title, line.edition), f"{counted}{own}", line.family)


def kinds_for(catalogs: Iterable[Catalog]) -> list[Option]:
    """Kinds of units that some of these frameworks ask; all of them where none asks any."""
    asked: set[str] = set()
    for catalog in catalogs:
        if catalog.model == "conformity":
            asked.add("site")
        elif catalog.units != "organisation":
            asked |= {"project", "function"}
    return [option for option in KINDS if option.id in asked] or list(KINDS)


async def ask_view(app: GapbenchApp, catalog: Catalog) -> Chosen | None:
    """Views and target of a framework; asked only where it has any."""
    views = await _ask_views(app, catalog)
    if views is None:
        return None
    if not catalog.levels:
        return catalog, views, 0
    target = await _ask_target(app, Scope(catalog, views))
    return (catalog, views, target) if target else None


async def _ask_views(app: GapbenchApp, catalog: Catalog) -> tuple[str, ...] | None:
    if len(catalog.views) < 2:
        return tuple(view.id for view in catalog.views)
    noun = area_noun_of(catalog)
    options = [
        Option(view.id, str(number), view.title, plural(len(view.areas), noun.one, noun.many))
        for number, view in enumerate(catalog.views, 1)
    ]
    if not catalog.combine:
        one = await app.push_screen_wait(Choose(f"{catalog.name}: which view?", options))
        return (one,) if one else None
    title = (
        f"{catalog.name}: which {'domains' if catalog.model == 'practice_groups' else 'views'}? They can be combined."
    )
    return await app.push_screen_wait(Pick(title, options, least=1, chosen=(catalog.views[0].id,)))


async def _ask_target(app: GapbenchApp, scope: Scope) -> int:
    """The level aimed at; 0 when the person left."""
    catalog, top, floor = scope.catalog, levels.top_of(scope), levels.floor_of(scope)
    is_profile = levels.scheme_of(scope) == "continuous"
    words, kind = _words(catalog, is_profile), "Capability" if is_profile else "Maturity"
    options = [
        Option(str(level), str(level), f"{kind} level {level}", words.get(level, ""))
        for level in range(floor + 1, top + 1)
    ]
    noun = area_noun_of(catalog).one
    title = f"{catalog.name}: which level is aimed at{f' in every {noun}' if is_profile else ''}?"
    target = await app.push_screen_wait(Choose(title, options, chosen=str(min(3, top))))
    return int(target) if target else 0


def _words(catalog: Catalog, is_profile: bool) -> dict[int, str]:
    if catalog.model == "process_attributes":
        return _PROCESS
    if is_profile:
        return _CAPABILITY
    return _SW if catalog.scale == "answers" else _CMMI
