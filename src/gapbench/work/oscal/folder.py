"""The OSCAL documents of an engagement as files of one folder: all of them, checked before the first is written."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from gapbench.catalog.oscal import lint
from gapbench.catalog.oscal.export import export
from gapbench.errors import ExportError
from gapbench.work.oscal.actions import POAM, plan_of_action
from gapbench.work.oscal.facts import gather
from gapbench.work.oscal.results import PLAN, RESULTS, catalog_file, plan, results

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from gapbench.catalog.oscal.parts import Json
    from gapbench.engagement.engagement import Engagement


def documents(engagement: Engagement, only: str = "") -> dict[str, Json]:
    """File name -> document.

    Args:
        engagement: An open engagement.
        only: "assessment-results", "poam" or "catalogs"; "" for everything.

    Raises:
        ExportError: There is nothing to write, or a document is not sound.
    """
    facts = gather(engagement)
    catalogs = {
        catalog_file(one.scope.catalog.id): export(one.scope.catalog, facts.end) for one in facts.deliverable.assessed
    }
    found: dict[str, Json] = {}
    if only in ("", "assessment-results"):
        found |= {f"{PLAN}.json": plan(facts), f"{RESULTS}.json": results(facts)}
    if only in ("", "poam") and (actions := plan_of_action(facts)) is not None:
        found[f"{POAM}.json"] = actions
    if only in ("", "catalogs"):
        found |= catalogs
    if not found:
        raise ExportError("There is no gap, so there is no plan of action to write; leave --only out.")
    _check(found, frozenset().union(*map(lint.controls_of, catalogs.values())))
    return found


def _check(found: Mapping[str, Json], controls: frozenset[str]) -> None:
    for name, document in found.items():
        known = None if "catalog" in document else controls
        for problem in lint.problems(document, known):
            raise ExportError(f"{name} would not be sound OSCAL ({problem}); nothing was written. Please report this.")


def text_of(document: Json) -> str:
    """A document as the text of its file."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def save(folder: Path, found: Mapping[str, Json]) -> None:
    """Write the documents into a folder, which is made when it is missing; files of the same names are replaced.

    Raises:
        ExportError: It cannot be written; what was there is whole.
    """
    fresh = {folder / name: folder / f".{name}.{os.getpid()}.part" for name in found}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for (place, part), document in zip(fresh.items(), found.values(), strict=True):
            if place.is_dir():
                raise ExportError(f"{place} is a folder; choose another folder to write to.")
            part.write_text(text_of(document), encoding="utf-8", newline="\n")
        for place, part in fresh.items():
            part.replace(place)
    except OSError as problem:
        raise ExportError(f"{folder} cannot be written to ({problem.strerror or problem}).") from problem
    finally:
        _tidy(fresh.values())


def _tidy(parts: Iterable[Path]) -> None:
    for part in parts:
        with suppress(OSError):
            part.unlink(missing_ok=True)
