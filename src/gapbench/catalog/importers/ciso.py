"""CISO Assistant libraries, format v2: the framework of a library as a catalog.

Assessable nodes become items, the others headings or, below an assessable one, part of its words.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from gapbench.catalog.importers import building, wording
from gapbench.catalog.importers.building import Account
from gapbench.catalog.importers.tree import Head, Row
from gapbench.catalog.reading import shown
from gapbench.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapbench.catalog.importers.draft import Draft

DEEPEST = 12
_KNOWN = frozenset((
    "urn", "assessable", "depth", "parent_urn", "ref_id", "name", "description", "annotation", "typical_evidence",
    "questions", "question", "implementation_groups", "translations", "reference_controls", "threats", "weight",
    "importance", "min_score", "max_score", "scores_definition",
))  # fmt: skip
_OTHER_OBJECTS = {
    "reference_controls": "reference controls",
    "threats": "threats",
    "risk_matrix": "risk matrix",
    "risk_matrices": "risk matrices",
    "requirement_mapping_set": "mapping to another framework",
    "requirement_mapping_sets": "mappings to other frameworks",
    "preset": "preset",
    "metric_definitions": "metrics",
}
_IN_NODES = {
    "reference_controls": "references to controls",
    "threats": "references to threats",
    "weight": "weights: every item counts the same here",
    "importance": "grades of importance: every item counts the same here",
    "min_score": "scores of their own",
    "max_score": "scores of their own",
    "scores_definition": "scores of their own",
}


def is_library(document: Mapping[str, Any]) -> bool:
    """Whether a document looks like a CISO Assistant library."""
    return isinstance(document.get("objects"), dict) or "requirement_nodes" in document


def draft(document: Mapping[str, Any], name: str, which: str = "") -> Draft:
    """Make a catalog of a library.

    Args:
        document: The library in plain values.
        name: What to call its file in a sentence.
        which: Short name or urn of the framework that is meant, where the library has several.

    Raises:
        CatalogError: It has no framework, or none of that name, or nothing is asked in it.
    """
    found = _frameworks(document)
    if not found:
        raise CatalogError(f"{name} has no framework{_instead(document)}; a catalog is made of a library's framework.")
    framework = _chosen(found, which, name)
    nodes = list(_rows(framework.get("requirement_nodes")))
    tree = _Tree(nodes)
    account = Account(
        _form(document),
        tuple(_used(framework, tree)),
        tuple(_ignored(document, framework, nodes)),
        tuple(_unplaced(found, framework, tree)),
    )
    return building.draft(tree.top, _head(document, framework), account, name)


# --- which framework ------------------------------------------------------------------------------


def _frameworks(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The frameworks, under whichever key a version of the format keeps them."""
    objects = document.get("objects")
    places = [objects if isinstance(objects, dict) else {}, document]
    for place in places:
        for key in ("framework", "frameworks"):
            if found := [each for each in _rows(place.get(key)) if "requirement_nodes" in each]:
                return found
    return [dict(document)] if "requirement_nodes" in document else []


def _rows(value: Any) -> Iterator[dict[str, Any]]:
    """The entries of a list, of a single entry, or of entries by name."""
    if isinstance(value, dict):
        inside = list(value.values())
        by_name = bool(inside) and all(isinstance(each, dict) for each in inside)
        value = inside if by_name else [value]
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, dict))


def _chosen(found: list[dict[str, Any]], which: str, name: str) -> dict[str, Any]:
    if not which:
        return found[0]
    wanted = which.strip().casefold()
    for framework in found:
        if wanted in {wording.clean(framework.get(key)).casefold() for key in ("ref_id", "urn", "name")}:
            return framework
    raise CatalogError(f"{name} has no framework {shown(which)!r}; it has {', '.join(map(_called, found))}.")


def _called(framework: Mapping[str, Any]) -> str:
    return shown(wording.clean(framework.get("ref_id")) or wording.clean(framework.get("name")) or "one without a name")


def _instead(document: Mapping[str, Any]) -> str:
    objects = document.get("objects")
    kept = [words for key, words in _OTHER_OBJECTS.items() if isinstance(objects, dict) and objects.get(key)]
    return f", it holds {' and '.join(kept)}" if kept else ""


# --- nodes ----------------------------------------------------------------------------------------


class _Tree:
    """The nodes as rows below one another.

    Attributes:
        top: Rows without a row above.
        astray: How many name a node above them that is not there, or that is below them.
        shallowed: How many stood deeper than a catalog is.
    """

    def __init__(self, nodes: list[dict[str, Any]]) -> None:
        self.top: list[Row] = []
        self.astray = 0
        self.shallowed = 0
        self._rows = [row_of(node) for node in nodes]
        places = {urn: place for place, node in enumerate(nodes) if (urn := wording.clean(node.get("urn")).casefold())}
        parents = [self._parent(place, node, places, nodes) for place, node in enumerate(nodes)]
        self._link(parents)

    def _parent(self, place: int, node: dict[str, Any], places: dict[str, int], nodes: list[dict[str, Any]]) -> int:
        """The place of the node above; -1 at the top."""
        named = wording.clean(node.get("parent_urn")).casefold()
        if named:
            above = places.get(named, -1)
            self.astray += above in (-1, place)
            return above if above != place else -1
        depth = number_of(node.get("depth"))
        if depth <= 1 or "parent_urn" in node:
            return -1
        before = (at for at in range(place - 1, max(-1, place - 5000), -1) if number_of(nodes[at].get("depth")) < depth)
        return next(before, -1)

    def _link(self, parents: list[int]) -> None:
        below: dict[int, list[int]] = {}
        for place, above in enumerate(parents):
            below.setdefault(above, []).append(place)
        seen: set[int] = set()
        self._hang(below, below.get(-1, []), seen)
        for place in range(len(parents)):  # what is left goes in circles
            if place not in seen:
                self.astray += 1
                self._hang(below, [place], seen)

    def _hang(self, below: dict[int, list[int]], roots: list[int], seen: set[int]) -> None:
        path: list[Row] = []
        waiting = [(place, 0) for place in reversed(roots)]
        while waiting:
            place, depth = waiting.pop()
            if place in seen:
                continue
            seen.add(place)
            del path[min(depth, DEEPEST) :]
            self.shallowed += depth > DEEPEST
            (path[-1].below if path else self.top).append(self._rows[place])
            path.append(self._rows[place])
            waiting.extend((each, depth + 1) for each in reversed(below.get(place, ())))


def row_of(node: Mapping[str, Any]) -> Row:
    """One node."""
    return Row(
        number=wording.clean(node.get("ref_id")),
        name=wording.clean(node.get("name")),
        asked=is_yes(node.get("assessable")),
        lines=wording.lines(node.get("description")),
        questions=tuple(_questions(node.get("questions") or node.get("question"))),
        explains=wording.lines(node.get("annotation")),
        evidence=wording.lines(node.get("typical_evidence")),
    )


def _questions(value: Any) -> Iterator[str]:
    rows = [value] if isinstance(value, dict) and "text" in value else list(_rows(value))
    yield from filter(None, (wording.clean(row.get("text")) for row in rows))


def is_yes(value: Any) -> bool:
    """Whether a mark is set, as YAML or as a worksheet says it."""
    return value is True or wording.clean(value).casefold() in ("x", "true", "yes", "1", "y")


def number_of(value: Any) -> int:
    """A small number that stands as text; 0 for what is none."""
    text = wording.clean(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


# --- head and account -----------------------------------------------------------------------------


def _head(document: Mapping[str, Any], framework: Mapping[str, Any]) -> Head:
    def said(key: str) -> str:
        return wording.clean(framework.get(key)) or wording.clean(document.get(key))

    version, day = wording.clean(document.get("version")), wording.clean(document.get("publication_date"))
    library = wording.clean(document.get("urn")) or said("urn") or said("ref_id")
    marks = [f"version {version}" if version else "", f"of {day}" if day else ""]
    rights = wording.clean(document.get("copyright")) or wording.clean(document.get("provider"))
    return Head(
        name=said("name") or said("ref_id"),
        edition=day[:4] if day[:4].isdigit() else version,
        short=said("ref_id"),
        origin=" ".join(filter(None, (f"CISO Assistant library {library}", *marks))),
        rights=rights,
    )


def _form(document: Mapping[str, Any]) -> str:
    version = wording.clean(document.get("version"))
    return f"CISO Assistant library{f', version {shown(version)}' if version else ''}"


def _used(framework: Mapping[str, Any], tree: _Tree) -> Iterator[str]:
    yield f"the framework {_called(framework)}"
    if tree.shallowed:
        yield f"{wording.many(tree.shallowed, 'row')} deeper than {DEEPEST} levels, lifted to that level"


def _ignored(document: Mapping[str, Any], framework: Mapping[str, Any], nodes: list[dict[str, Any]]) -> Iterator[str]:
    objects = document.get("objects")
    for key, words in _OTHER_OBJECTS.items():
        if isinstance(objects, dict) and objects.get(key):
            yield f"{words} of the library"
    yield from _of_framework(framework)
    held = Counter(words for node in nodes for words in _held(node))
    yield from (f"{wording.many(count, 'row')} with {words}" for words, count in held.items())
    languages = sorted({str(key) for part in (document, *nodes) for key in _named(part.get("translations"))})
    if languages:
        yield f"translations ({shown(', '.join(languages))}): a catalog speaks one language"
    choices = sum(_length(row.get("choices")) for node in nodes for row in _rows(node.get("questions")))
    if choices:
        yield f"{wording.many(choices, 'choice of answer')}: an item is rated on the scale of conformity"
    strange = Counter(key for node in nodes for key in node if key not in _KNOWN)
    if strange:
        yield f"keys that gapbench does not know: {', '.join(shown(key) for key, _ in strange.most_common(8))}"


def _held(node: Mapping[str, Any]) -> dict[str, None]:
    """What a node holds that a catalog has no place for, each once."""
    return {words: None for key, words in _IN_NODES.items() if node.get(key) not in (None, "", [], {})}


def _of_framework(framework: Mapping[str, Any]) -> Iterator[str]:
    groups = [_called(group) for group in _rows(framework.get("implementation_groups_definition"))]
    if groups:
        names = ", ".join(groups[:8])
        yield f"{wording.many(len(groups), 'implementation group')} ({names}): every item is asked, none is a view"
    scores = list(_rows(framework.get("scores_definition")))
    if scores or "max_score" in framework:
        low, high = (wording.clean(framework.get(key)) for key in ("min_score", "max_score"))
        span = f" from {shown(low)} to {shown(high)}" if low and high else ""
        yield f"the scores{span}: an item is rated conforming, partial or not conforming"


def _length(value: Any) -> int:
    return len(value) if isinstance(value, (list, dict)) else 0


def _named(value: Any) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, dict) else ()


def _unplaced(found: list[dict[str, Any]], framework: Mapping[str, Any], tree: _Tree) -> Iterator[str]:
    others = [_called(each) for each in found if each is not framework]
    if others:
        names = ", ".join(others[:5])
        yield f"{wording.many(len(others), 'framework')} more in the library: {names}; import each with --framework"
    if tree.astray:
        yield f"{wording.many(tree.astray, 'row')} whose row above is missing or goes in a circle, put at the top"
