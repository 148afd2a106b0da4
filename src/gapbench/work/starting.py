"""Starting an engagement: frameworks and units as typed, and a file that is whole or not there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from gapbench.catalog.known import load_known
from gapbench.catalog.model import Catalog, View
from gapbench.engagement.engagement import Engagement
from gapbench.errors import FileError, UsageError
from gapbench.rating.inputs import Scope, Unit, UnitKind
from gapbench.rating.models import model_of
from gapbench.rating.wording import listed, plural

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from gapbench.engagement.values import Profile

FrameworkChoice = tuple[Catalog, tuple[str, ...], int]
"""A catalog, the chosen views, and the level aimed at (0 where the framework has none)."""

BESIDE = ("", "-wal", "-shm", "-journal")

_KINDS: tuple[UnitKind, ...] = get_args(UnitKind)


def parse_framework(text: str) -> FrameworkChoice:
    """Read `CATALOG[:VIEW[+VIEW...][:TARGET]]`; left out are the first view and the top level.

    Raises:
        UsageError: Catalog, view or level do not exist; the sentence names those that do.
    """
    name, *rest = text.split(":")
    if len(rest) > 2:
        raise UsageError(f"{text[:80]!r} has too many parts; write CATALOG:VIEW:LEVEL.")
    catalog = load_known(name)
    views, target = (*rest, "", "")[:2]
    if not catalog.views and not catalog.levels and any(map(str.strip, rest)):
        raise UsageError(f"{catalog.name} has neither views nor levels; write --framework {catalog.id}.")
    return catalog, _views(catalog, views), _target(catalog, target)


def _views(catalog: Catalog, text: str) -> tuple[str, ...]:
    if not text.strip():
        return tuple(view.id for view in catalog.views[:1])
    if not catalog.views:
        raise UsageError(f"{catalog.name} has no views; write {catalog.id}::LEVEL.")
    chosen = [_view(catalog, word) for word in text.split("+")]
    if len(chosen) > 1 and not catalog.combine:
        raise UsageError(f"{catalog.name} is appraised in one view at a time; choose one of {_view_names(catalog)}.")
    return tuple(dict.fromkeys(view.id for view in chosen))


def _view(catalog: Catalog, word: str) -> View:
    wanted = word.strip().casefold()
    for view in catalog.views:
        if view.id.casefold() == wanted:
            return view
    level = f"; a level alone is written {catalog.id}::{wanted}" if wanted.isdecimal() else ""
    raise UsageError(f"{catalog.name} has no view {word[:40]!r}{level}; it has {_view_names(catalog)}.")


def _view_names(catalog: Catalog) -> str:
    return listed((view.id for view in catalog.views), last="and")


def _target(catalog: Catalog, text: str) -> int:
    word = text.strip()
    if not word:
        return 0  # the highest of the chosen views
    if not catalog.levels:
        raise UsageError(f"{catalog.name} has no levels; write --framework {catalog.id}.")
    if word.isascii() and word.isdecimal() and len(word) < 3 and 1 <= int(word) <= catalog.levels:
        return int(word)
    raise UsageError(f"{catalog.name} has no level {word[:40]!r}; it has 1 to {catalog.levels}.")


def parse_unit(text: str) -> Unit:
    """Read `NAME[:project|function|site]`; left out, it is a project.

    Raises:
        UsageError: There is no name, or no such kind.
    """
    name, colon, last = text.rpartition(":")
    if not colon:
        name, last = text, "project"
    kind = next((each for each in _KINDS if each == last.strip().casefold()), None)
    if kind is None:
        raise UsageError(
            f"{last.strip()[:40]!r} is not a kind of unit; after the last colon of {text[:60]!r} "
            f"write {listed(_KINDS, last='or')}."
        )
    if not name.strip():
        raise UsageError(f"The unit {text[:60]!r} has no name; write NAME:{kind}.")
    return Unit(id="", name=" ".join(name.split()), kind=kind)


def start(
    path: Path,
    profile: Profile,
    frameworks: Iterable[FrameworkChoice],
    units: Iterable[Unit],
    author: str,
    *,
    dual: bool = False,
) -> Engagement:
    """Make the file of a new engagement; if anything fails no file is left.

    Args:
        path: Where.
        profile: Who the client is.
        frameworks: What is looked at.
        units: Who is sampled.
        author: Who signs.
        dual: Ask an edition and the one before together: one question serves both.

    Raises:
        FileError: The file cannot be made there.
        UsageError, RefusedError: Client, frameworks or units cannot be taken.
    """
    choices = _editions_last(frameworks) if dual else list(frameworks)
    engagement = _create(path, profile, author)
    try:
        with engagement.together("Set the scope"):
            for choice in choices:
                _add(engagement, choice, dual=dual)
            for unit in units:
                engagement.put_unit(unit)
    except BaseException:
        engagement.close()
        for suffix in BESIDE:
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        raise
    return engagement


def _editions_last(frameworks: Iterable[FrameworkChoice]) -> list[FrameworkChoice]:
    """Every edition after the one before it, else in the order given.

    Raises:
        UsageError: There is no such pair.
    """
    left = list(frameworks)
    known = {catalog.id for catalog, _, _ in left}
    if not any(catalog.base in known for catalog, _, _ in left):
        raise UsageError(
            "Two editions are asked together when both are named, as in "
            "--framework iso9001-2015 --framework iso9001-2026 --dual."
        )
    ordered: list[FrameworkChoice] = []
    while left:
        waiting = {catalog.id for catalog, _, _ in left}
        choice = next((each for each in left if each[0].base not in waiting), left[0])
        left.remove(choice)
        ordered.append(choice)
    return ordered


def _add(engagement: Engagement, choice: FrameworkChoice, *, dual: bool) -> None:
    catalog, views, target = choice
    there = {framework.catalog for framework in engagement.frameworks()}
    if not (dual and catalog.base in there) or catalog.id in there:
        engagement.add_framework(catalog, views, target)
        return
    engagement.succeed(catalog, "dual")
    framework = next(each for each in engagement.frameworks() if each.catalog == catalog.id)
    engagement.change_framework(replace(framework, views=views, target=target))


def _create(path: Path, profile: Profile, author: str) -> Engagement:
    try:
        return Engagement.create(path, profile, author=author)
    except FileError as problem:
        if isinstance(problem.__cause__, FileNotFoundError) and path.parent.is_dir():
            # The system says "no such file" of a folder that is there: nothing can be made in it.
            where = path.parent.resolve()
            raise FileError(f"Nothing can be written in {where}; choose another folder for {path.name}.") from problem
        raise


def describe(scope: Scope) -> str:
    """A framework in one line, as in "ISO 9001:2015, 320 points"."""
    catalog = scope.catalog
    asked = sum(item.scored for item in model_of(scope).in_scope(scope))
    name = " ".join(filter(None, [catalog.name, "+".join(scope.views)]))
    if not catalog.levels:
        return f"{name}, {plural(asked, 'point')}"
    return f"{name} to level {scope.target}, {plural(asked, 'practice')}"
