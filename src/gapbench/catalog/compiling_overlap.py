"""The files of overlaps: held against their schema and against the catalogs they speak of."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from gapbench.catalog.known import find_known, load_known
from gapbench.catalog.numbers import is_bare, leaf_of
from gapbench.catalog.reading import Entry, read
from gapbench.catalog.shape import against_schema, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from gapbench.catalog.model import Catalog

SCHEMA = "schema/overlap.schema.json"


def compile_folder(folder: Path) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The content of the index, and what is wrong with the files; one of the two is empty."""
    documents = {path.name: read(path) for path in sorted(folder.glob("*.yaml"))}
    problems = tuple(problem for name, document in documents.items() for problem in problems_of(document, name))
    if problems:
        return {}, problems
    with_former = (document for document in documents.values() if "renumbered" in document)
    return {
        "overlaps": [_overlap(document) for document in documents.values()],
        "renumbered": [_renumbered(document) for document in with_former],
    }, ()


def problems_of(document: Entry, name: str) -> Iterator[str]:
    """Name what is wrong with an overlap that was read; `name` is that of its file."""
    misshapen = tuple(against_schema(document, name, SCHEMA))
    if misshapen:
        yield from misshapen
        return
    iso, cmmi = (find_known(document[key]) for key in ("iso", "cmmi"))
    for key, catalog in (("iso", iso), ("cmmi", cmmi)):
        if catalog is None:
            yield sentence(name, document.lines[key], "", key, f"gapbench has no framework {document[key]!r}")
    if iso is not None and cmmi is not None:
        yield from _clauses(document, name, iso, cmmi)
        yield from _areas(document, name, cmmi)
        yield from _former(document, name, cmmi)
        yield from _counts(document, name)


def _clauses(document: Entry, name: str, iso: Catalog, cmmi: Catalog) -> Iterator[str]:
    practices = practices_of(cmmi)
    ids: set[str] = set()
    due = [leaf.id for leaf in iso.leaves]
    for clause in document["clauses"]:
        if clause["clause"] in due:
            due.remove(clause["clause"])
        else:
            what = f"{iso.id} has no such leaf, or it stands twice"
            yield sentence(name, clause.line, clause["clause"], "clause", what)
        yield from _cover(clause, name, practices)
        yield from _pairs(clause, name, practices, ids)
    for leaf in due:
        yield sentence(name, document.line, leaf, "clause", "missing; a clause without pairs has `pairs: []`")


def _cover(clause: Entry, name: str, practices: frozenset[str]) -> Iterator[str]:
    for practice in clause.get("practices", ()):
        if practice not in practices:
            line = clause.lines["practices"]
            yield sentence(name, line, clause["clause"], "practices", f"there is no practice {practice!r}")
    if "support" in clause and "residual" not in clause:
        yield sentence(name, clause.line, clause["clause"], "residual", "missing; say what the clause still needs")


def _pairs(clause: Entry, name: str, practices: frozenset[str], ids: set[str]) -> Iterator[str]:
    seen: set[str] = set()
    for pair in clause["pairs"]:
        wrong = {
            "id": "stands twice" if pair["id"] in ids else "",
            "practice": "" if pair["practice"] in practices - seen else "there is no such practice, or it stands twice",
            "why": "" if "why" in pair or "why" in clause else "missing; say why, here or at the clause",
        }
        for key, what in wrong.items():
            if what:
                yield sentence(name, pair.lines.get(key, pair.line), pair["id"], key, what)
        ids.add(pair["id"])
        seen.add(pair["practice"])


def _areas(document: Entry, name: str, cmmi: Catalog) -> Iterator[str]:
    known = {area.id for area in cmmi.areas}
    for area in document.get("areas", ()):
        if area["area"] not in known:
            yield sentence(name, area.line, area["area"], "area", f"{cmmi.id} has no such area")


def _former(document: Entry, name: str, cmmi: Catalog) -> Iterator[str]:
    """Hold what practices were called before against the links of the catalog."""
    if "renumbered" not in document:
        return
    said = document["renumbered"]
    if said["former"] != cmmi.base:
        yield sentence(name, said.lines["former"], "", "former", f"the edition before {cmmi.id} is {cmmi.base!r}")
    linked = _linked(cmmi)
    for practice, former in said["practices"].items():
        if linked.get(practice) != list(former):
            what = f"{cmmi.id} says it was {', '.join(linked.get(practice, ())) or 'nothing, or the same'}"
            yield sentence(name, said["practices"].lines[practice], practice, "", what)
    told = {area["area"] for area in document.get("areas", ())}
    for practice in linked:
        if practice not in said["practices"] and cmmi.item[practice].group in told:
            yield sentence(name, said.line, practice, "practices", "missing; its number was another")


def _counts(document: Entry, name: str) -> Iterator[str]:
    pairs = [pair for clause in document["clauses"] for pair in clause["pairs"]]
    words = Counter(str(pair.get(key, "")) for pair in pairs for key in ("strength", "direction", "basis"))
    for key, count in document.get("counts", {}).items():
        found = len(pairs) if key == "pairs" else words[key]
        if found != count:
            yield sentence(name, document["counts"].lines[key], "counts", key, f"says {count}, there are {found}")


def practices_of(cmmi: Catalog) -> frozenset[str]:
    """Ids of practices; of what is asked in every area the bare number too."""
    tails = (item.id.partition(" ")[2] for item in cmmi.items)
    return frozenset({*cmmi.item, *filter(is_bare, tails)})


def _linked(cmmi: Catalog) -> dict[str, list[str]]:
    return {item.id: list(item.base) for item in cmmi.items if item.base != (item.id,)}


# --- the index ---------------------------------------------------------------------------------------


def _overlap(document: Entry) -> dict[str, Any]:
    iso, cmmi = load_known(document["iso"]), load_known(document["cmmi"])
    clauses = document["clauses"]
    return {
        "iso": iso.id,
        "cmmi": cmmi.id,
        "iso_name": iso.name,
        "cmmi_name": cmmi.name,
        "title": document["title"],
        "notice": document["notice"],
        "provenance": document["provenance"],
        "points": dict(Counter(leaf_of(item.id) for item in iso.items)),
        "pairs": [_pair(pair, clause) for clause in clauses for pair in clause["pairs"]],
        "covers": [
            [clause["clause"], clause["support"], list(clause.get("practices", ())), clause["residual"]]
            for clause in clauses
            if "support" in clause
        ],
        "areas": [
            [area["area"], area["basic"], area.get("defined", ""), area["residual"]]
            for area in document.get("areas", ())
        ],
    }


def _pair(pair: Mapping[str, Any], clause: Mapping[str, Any]) -> list[str]:
    return [
        pair["id"],
        clause["clause"],
        pair["practice"],
        pair.get("relation", "intersects"),
        pair["strength"],
        pair.get("direction", "shared"),
        pair["confidence"],
        pair["basis"],
        pair.get("why", clause.get("why", "")),
    ]


def _renumbered(document: Entry) -> dict[str, Any]:
    cmmi = load_known(document["cmmi"])
    return {"edition": cmmi.id, "former": cmmi.base, "practices": _linked(cmmi)}
