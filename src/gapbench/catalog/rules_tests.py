"""What a catalog file must hold true of its counts and of the tests it carries; running them is for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.catalog.reading import Entry, Rows
from gapbench.catalog.shape import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.catalog.manuscript import Manuscript
    from gapbench.catalog.model import Catalog

EVERYTHING = "*"


def counts(draft: Manuscript, whole: Catalog) -> Iterator[str]:
    """The file holds what it says it holds, with all that it contains."""
    said: Entry = draft.document.get("counts", Entry(0))
    real = {
        "leaves": len(whole.leaves),
        "items": len(whole.items),
        "scored": sum(item.scored for item in whole.items),
    }
    for key, expected in said.items():
        if expected != real[key]:
            what = f"says {expected}, the file holds {real[key]}"
            yield sentence(draft.name, said.lines[key], "counts", key, what)


def tests(draft: Manuscript, whole: Catalog) -> Iterator[str]:
    """Every test names views, levels, items and areas that exist."""
    names: dict[str, Entry] = {}
    for test in draft.document.get("tests", Rows()):
        if names.setdefault(test["name"], test) is not test:
            yield draft.say(test, "name", "another test has this name")
        yield from _chosen(draft, whole, test)
        yield from _answers(draft, whole, test)
        yield from _given(draft, whole, test)


def _chosen(draft: Manuscript, whole: Catalog, test: Entry) -> Iterator[str]:
    views = [name.strip() for name in test["view"].split("+")] if "view" in test else []
    for name in views:
        if name not in whole.view:
            yield draft.say(test, "view", f"there is no view {name!r}")
    if len(views) > 1 and not whole.combine:
        yield draft.say(test, "view", "the views of this framework are not combined; name one")
    if test.get("target", 0) > whole.levels:
        has = f"levels 1 to {whole.levels}" if whole.levels else "no levels"
        yield draft.say(test, "target", f"{test['target']} is out of range; the framework has {has}")


def _answers(draft: Manuscript, whole: Catalog, test: Entry) -> Iterator[str]:
    answers: Entry = test["answers"]
    for name in answers:
        if name != EVERYTHING and name not in whole.item and name not in whole.group:
            yield sentence(draft.name, answers.lines[name], test["name"], name, "there is no such item or group")


def _given(draft: Manuscript, whole: Catalog, test: Entry) -> Iterator[str]:
    gives: Entry = test["gives"]
    if not gives:
        yield draft.say(test, "gives", "expects nothing; say what must come out")
    areas = {area.id for area in whole.areas}
    for key, known, what in (("areas", areas, "area"), ("goals", whole.item.keys() | whole.group.keys(), "goal")):
        rows: Entry = gives.get(key, Entry(0))
        for name in rows:
            if name not in known:
                yield sentence(draft.name, rows.lines[name], test["name"], key, f"there is no {what} {name!r}")
