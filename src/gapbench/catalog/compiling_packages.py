"""The files of packages, audit programme and review: held against their schema, the catalogs and one another."""

from __future__ import annotations

from collections import Counter
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any

from gapbench.catalog.compiling_overlap import practices_of
from gapbench.catalog.known import find_known
from gapbench.catalog.reading import Entry, read
from gapbench.catalog.shape import against_schema, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

SCHEMA = "schema/packages.schema.json"
FILES = {"packages": "integrated.yaml", "audit": "audit-programme.yaml", "review": "management-review.yaml"}
_NEEDED = {
    "packages": ("sizes", "waves", "external", "packages", "extensions"),
    "audit": ("auditor_days", "rules", "units"),
    "review": ("rhythm", "present", "pack_days", "items"),
}
_COUNTED = {"packages", "extensions", "units", "items"}


def compile_folder(folder: Path) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The content of the index, and what is wrong with the files; one of them is empty."""
    documents = {part: read(folder / file) for part, file in FILES.items()}
    problems = tuple(
        problem for part, document in documents.items() for problem in shape_problems(document, part, FILES[part])
    )
    problems = problems or tuple(_across(documents))
    return ({} if problems else _index(documents)), problems


def shape_problems(document: Entry, part: str, name: str) -> Iterator[str]:
    """Name what is wrong with one file by itself."""
    misshapen = tuple(against_schema(document, name, SCHEMA))
    yield from misshapen
    for key in _NEEDED[part]:
        if key not in document:
            yield sentence(name, document.line, "", key, "the key is missing")
    if not misshapen:
        yield from _references(document, name)
        yield from _counts(document, name)


def _references(document: Entry, name: str) -> Iterator[str]:
    """Hold each number against its catalog; a package closes leaves and practices, an item may name points."""
    known: dict[str, frozenset[str]] = {}
    for row, key, refs in _said(document):
        for catalog_id, numbers in refs.items():
            if catalog_id not in known:
                known[catalog_id] = _numbers(catalog_id)
            for number in numbers:
                if number not in known[catalog_id]:
                    yield sentence(name, refs.lines[catalog_id], row, key, f"there is no {number!r} in {catalog_id}")


def _numbers(catalog_id: str) -> frozenset[str]:
    catalog = find_known(catalog_id)
    return frozenset() if catalog is None else frozenset({*catalog.items_of, *practices_of(catalog)})


def _said(document: Entry) -> Iterator[tuple[str, str, Entry]]:
    for row in (*document.get("packages", ()), *document.get("extensions", ())):
        yield from ((row["id"], key, row[key]) for key in ("closes", "touches") if key in row)
    for unit in document.get("units", ()):
        yield from ((unit["id"], "refs", question["refs"]) for question in unit["questions"])
    for item in document.get("items", ()):
        yield from ((item["id"], key, item[key]) for key in ("refs", "data") if key in item)


def _counts(document: Entry, name: str) -> Iterator[str]:
    found = {key: len(document[key]) for key in _COUNTED if key in document}
    found["questions"] = sum(len(unit["questions"]) for unit in document.get("units", ()))
    for key, count in document.get("counts", {}).items():
        if found.get(key, 0) != count:
            line = document["counts"].lines[key]
            yield sentence(name, line, "counts", key, f"says {count}, there are {found.get(key, 0)}")


# --- the files together ------------------------------------------------------------------------------


def _across(documents: Mapping[str, Entry]) -> Iterator[str]:
    rows = [*documents["packages"]["packages"], *documents["packages"]["extensions"]]
    ids = {
        "package": [row["id"] for row in rows],
        "unit": [row["id"] for row in documents["audit"]["units"]],
        "item": [row["id"] for row in documents["review"]["items"]],
    }
    for kind, names in ids.items():
        for name, times in Counter(names).items():
            if times > 1:
                yield f"The {kind} {name} stands {times} times."
    yield from _closed_once(rows)
    yield from _names(rows, documents, ids)
    yield from _order(rows)


def _closed_once(rows: Sequence[Entry]) -> Iterator[str]:
    first: dict[tuple[str, str], str] = {}
    for row in rows:
        for catalog, numbers in row["closes"].items():
            for number in numbers:
                other = first.setdefault((catalog, number), row["id"])
                if other != row["id"]:
                    what = f"{number} of {catalog} is closed by {other} already"
                    yield sentence(FILES["packages"], row["closes"].lines[catalog], row["id"], "closes", what)


def _names(rows: Sequence[Entry], documents: Mapping[str, Entry], ids: Mapping[str, list[str]]) -> Iterator[str]:
    units = {unit["id"]: unit["packages"] for unit in documents["audit"]["units"]}
    for row in rows:
        wrong = [("needs", need) for need in row.get("needs", ()) if need not in ids["package"]]
        wrong += [("review_items", item) for item in row["review_items"] if item not in ids["item"]]
        wrong += [("audit_unit", row["audit_unit"])] if row["id"] not in units.get(row["audit_unit"], ()) else []
        for key, name in wrong:
            what = f"{name} is not there, or does not know it"
            yield sentence(FILES["packages"], row.lines[key], row["id"], key, what)
    for unit, held in units.items():
        for name in held:
            if name not in ids["package"]:
                yield f"{FILES['audit']}: {unit}: packages: there is no {name}."


def _order(rows: Sequence[Entry]) -> Iterator[str]:
    needs = {row["id"]: tuple(row.get("needs", ())) for row in rows}
    try:
        order = tuple(TopologicalSorter(needs).static_order())
    except CycleError as problem:
        yield f"{FILES['packages']}: packages wait for one another in a circle: {', '.join(problem.args[1])}."
        return
    steps: dict[str, int] = {}
    for name in order:
        steps[name] = 1 + max((steps[need] for need in needs.get(name, ())), default=0)
    for row in rows:
        if row["step"] != steps[row["id"]]:
            what = f"the needs make it {steps[row['id']]}"
            yield sentence(FILES["packages"], row.lines["step"], row["id"], "step", what)


# --- the index ---------------------------------------------------------------------------------------


def _index(documents: Mapping[str, Entry]) -> dict[str, Any]:
    packages, audit, review = (documents[part] for part in FILES)
    spoken = {catalog for document in documents.values() for _, _, refs in _said(document) for catalog in refs}
    return {
        "editions": sorted(spoken),
        **{key: packages[key] for key in ("notice", "provenance", "sizes", "external", "waves")},
        **{key: [_package(row) for row in packages[key]] for key in ("packages", "extensions")},
        "audit": {key: audit[key] for key in _NEEDED["audit"]},
        "review": {
            **{key: review[key] for key in _NEEDED["review"]},
            "items": [{"data": {}, "figures": [], **row} for row in review["items"]],
        },
    }


def _package(row: Entry) -> dict[str, Any]:
    return {"touches": {}, "needs": [], **row}
