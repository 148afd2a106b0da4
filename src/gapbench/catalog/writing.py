"""A catalog as YAML in our layout: what is written reads back as the same."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from gapbench.catalog.snapshot import to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gapbench.catalog.model import Catalog, Item

Document = dict[str, Any]

WIDTH = 110

_HEAD = (
    "gapbench_catalog", "id", "title", "edition", "family", "model", "base", "extends", "scale", "units", "revision",
    "levels", "combine", "confidence", "verify", "provenance", "notice", "counts", "principles", "views", "generic",
    "tests",
)  # fmt: skip
_GROUP = (
    "id", "parent", "title", "working_title", "area", "level", "category", "capability_area", "always", "optional",
    "support", "gate", "na", "ask", "evidence", "principles", "supports_principles", "note", "change", "verify",
    "confidence", "provenance",
)  # fmt: skip
_ITEM = (
    "id", "title", "text", "look_for", "level", "kind", "documented", "na", "conditional", "base", "change",
    "change_note", "disputed", "ask", "evidence", "principles", "verify", "confidence", "provenance",
)  # fmt: skip

# Bare words that every reader of YAML takes for text.
_BARE = re.compile(r"[A-Za-z][A-Za-z0-9_ ,./()'+-]*[.?!]?")
_NOT_TEXT = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))
_WORDS = frozenset(("na", "kind", "documented", "gate", "change", "confidence", "model", "verify", "scheme"))
"""Keys whose values are words that we choose: they stand bare, as in `na: no`."""


def written(document: Mapping[str, Any]) -> str:
    """A catalog document as the text of its file.

    Args:
        document: As `docs/catalogs.md` describes it, in plain values; keys that are unknown come last.
    """
    head = {key: value for key, value in document.items() if key != "groups"}
    lines = list(_entry(head, _HEAD, ""))
    groups = document.get("groups", ())
    lines += ["", "groups:"] if groups else ["", "groups: []"]
    for number, group in enumerate(groups):
        lines += [""] * (number > 0)
        lines += _dashed(_group(group))
    return "\n".join(lines) + "\n"


def _group(group: Mapping[str, Any]) -> Iterator[str]:
    yield from _entry({key: value for key, value in group.items() if key != "items"}, _GROUP, "    ")
    if "items" in group:
        yield "    items:"
        for item in group["items"]:
            yield from _dashed(_entry(item, _ITEM, " " * 8))


def _dashed(lines: Iterable[str]) -> Iterator[str]:
    """The lines of an entry of a list, with the dash before the first."""
    for number, line in enumerate(lines):
        if number:
            yield line
        else:
            bare = line.lstrip(" ")
            yield f"{' ' * (len(line) - len(bare) - 2)}- {bare}"


def _entry(row: Mapping[str, Any], order: tuple[str, ...], indent: str) -> Iterator[str]:
    known = [key for key in order if key in row]
    for key in (*known, *(key for key in row if key not in order)):
        yield from _pair(key, row[key], indent)


def _pair(key: str, value: Any, indent: str) -> Iterator[str]:
    name = f"{indent}{_text(key, '')}:"
    if isinstance(value, str):
        yield from _said(name, key, value, indent)
    elif isinstance(value, (list, tuple)):
        yield from _list(name, value, indent)
    elif hasattr(value, "items"):
        yield from _values(name, value, indent)
    else:
        yield f"{name} {_plain(value)}"


def _values(name: str, row: Mapping[str, Any], indent: str) -> Iterator[str]:
    if not row:
        yield f"{name} {{}}"
        return
    yield name
    for key, value in row.items():
        yield from _pair(key, value, f"{indent}  ")


def _list(name: str, values: Iterable[Any], indent: str) -> Iterator[str]:
    rows = list(values)
    line = f"{name} [{', '.join(_text(each, '') for each in rows if isinstance(each, str))}]"
    if len(line) <= WIDTH and all(isinstance(each, str) and "," not in each and len(each) <= 40 for each in rows):
        yield line
        return
    yield name
    for row in rows:
        if hasattr(row, "items"):
            yield from _dashed(_entry(row, _ITEM, f"{indent}    "))
        else:
            yield f"{indent}  - {_text(row, '') if isinstance(row, str) else _plain(row)}"


def _said(name: str, key: str, value: str, indent: str) -> Iterator[str]:
    line = f"{name} {_text(value, key)}"
    if len(line) <= WIDTH or not _folds(value):
        yield line
        return
    yield f"{name} >-"
    yield from _folded(value, f"{indent}  ")


def _folds(text: str) -> bool:
    """Whether the text is the same again after it was broken at its spaces."""
    return "\n" not in text and "  " not in text and text == text.strip(" ") and bool(text)


def _folded(text: str, indent: str) -> Iterator[str]:
    line = indent
    for word in text.split(" "):
        if len(line) > len(indent) and len(line) + 1 + len(word) > WIDTH:
            yield line
            line = indent
        line += word if len(line) == len(indent) else f" {word}"
    yield line


def _text(value: str, key: str) -> str:
    if key in _WORDS and value.isidentifier():
        return value
    if _BARE.fullmatch(value) and not value.endswith(" ") and value.casefold() not in _NOT_TEXT:
        return value
    return json.dumps(value, ensure_ascii=False)


def _plain(value: Any) -> str:
    return json.dumps(value)


# --- from the model -------------------------------------------------------------------------------


def document_of(catalog: Catalog) -> Document:
    """A catalog as the document that loads as the same catalog, with nothing left to look up elsewhere.

    What another catalog holds (`extends`) and what is asked in every area (`generic`) stands in it written out.
    """
    document: Document = {"gapbench_catalog": 1, **json.loads(to_json(catalog))}
    for key in ("format", "extends"):
        document.pop(key, None)
    rows = document.pop("items")
    groups = [_own(group, catalog.confidence) for group in document.pop("groups")]
    document |= _shared(groups)
    document["views"] = [_view(view) for view in document["views"]]
    document = {key: value for key, value in document.items() if value not in ([], {})}
    of_group: dict[str, list[Document]] = {}
    for row in rows:
        of_group.setdefault(row.pop("group"), []).append(_with_base(row, catalog.item[row["id"]], catalog.base))
    for group in groups:
        if group["id"] in of_group:
            group["items"] = of_group[group["id"]]
    counts = {
        "leaves": len(of_group),
        "items": len(catalog.items),
        "scored": sum(item.scored for item in catalog.items),
    }
    return document | {"counts": counts, "groups": groups}


def _own(group: Document, confidence: str) -> Document:
    """A group that says its confidence where it is not that of the catalog."""
    own = group.pop("confidence", "high")
    return group if own == confidence else group | {"confidence": own}


def _shared(groups: list[Document]) -> Document:
    """What every group says is said once, at the head."""
    head: Document = {}
    for key in ("provenance", "verify"):
        said = {group.get(key, "") for group in groups}
        if len(said) == 1 and (value := said.pop()):
            head[key] = value
            for group in groups:
                del group[key]
    return head


def _view(view: Document) -> Document:
    areas: dict[str, int] = view.pop("areas")
    levels = sorted(set(areas.values()))
    return view | {f"from_level_{level}": [area for area in areas if areas[area] == level] for level in levels}


def _with_base(row: Document, item: Item, base: str) -> Document:
    """An item names its forerunners where they are not simply its own number."""
    row.pop("base", None)
    if not base or (item.base == (item.id,) and item.change != "new"):
        return row
    return row if not item.base and item.change == "new" else row | {"base": list(item.base)}
