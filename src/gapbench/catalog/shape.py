"""A catalog file held against the JSON Schema, and what does not fit said in sentences."""

from __future__ import annotations

import json
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from gapbench.catalog.reading import Entry, Rows, place, shown
from gapbench.catalog.shipped import catalogs_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

CATALOG = "schema/catalog.schema.json"
CROSSWALK = "schema/crosswalk.schema.json"
OVERLAY = "schema/overlay.schema.json"


def against_schema(document: Entry, name: str, schema_file: str = CATALOG) -> Iterator[str]:
    """Name each place that does not fit; `name` is that of the file."""
    from jsonschema import Draft202012Validator

    schema = _whole(json.loads((catalogs_folder() / schema_file).read_text(encoding="utf-8")))
    for error in Draft202012Validator(schema).iter_errors(document):
        line, entry, key = _found_at(document, list(error.absolute_path))
        for what in _said(error):
            yield sentence(name, line, entry, key, what)


def _whole(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with each definition in the place of the reference to it: following them is most of the work."""
    definitions = schema.get("$defs", {})

    def filled(part: Any) -> Any:
        if isinstance(part, list):
            return [filled(each) for each in part]
        if not isinstance(part, dict):
            return part
        here = {key: filled(value) for key, value in part.items() if key != "$ref"}
        return filled(definitions[part["$ref"].removeprefix("#/$defs/")]) | here if "$ref" in part else here

    return {key: filled(value) for key, value in schema.items() if key != "$defs"}


def sentence(name: str, line: int, entry: str, key: str, what: str) -> str:
    """File, line, entry and key, as far as they are known, and what is wrong there."""
    parts = [f"{name}, {place(line)}", shown(entry), shown(key), what]
    return ": ".join(part for part in parts if part) + "."


def _found_at(document: Entry, path: list[Any]) -> tuple[int, str, str]:
    """Line, name of the innermost entry that has one, and key of a place in the document."""
    here: Any = document
    line, entry, key = document.line, "", ""
    for step in path:
        if isinstance(here, Rows):
            line = here.lines[step]
        elif isinstance(here, Entry):
            line, key = here.lines[step], str(step)
        here = here[step]
        if isinstance(here, Entry):
            entry, key = str(here.get("id", entry or key)), ""
    return line, entry, key


def _said(error: Any) -> Iterable[str]:
    keyword = str(error.validator)
    say = _SAYINGS.get(keyword)
    return say(error) if say else [f"does not fit ({keyword})"]


def _missing(error: Any) -> Iterable[str]:
    # The library reports each missing key apart; its message begins with the key in quotes.
    return [f"the key {error.message.split(chr(39))[1]!r} is missing"]


def _unknown(error: Any) -> Iterable[str]:
    known = list(error.schema.get("properties", ()))
    patterns = error.schema.get("patternProperties", ())
    for key in error.instance:
        if key in known or any(re.search(pattern, key) for pattern in patterns):
            continue
        near = get_close_matches(key, known, n=1)
        yield f"unknown key {key!r}" + (f" (did you mean {near[0]!r}?)" if near else "")


def _type(error: Any) -> Iterable[str]:
    if error.instance is None:
        return ["has no value"]
    wanted = _TYPES.get(str(error.validator_value), str(error.validator_value))
    quotes = ", write it in quotes" if isinstance(error.instance, (int, bool)) else ""
    return [f"must be {wanted}" + (quotes if wanted == "text" else "")]


_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "`key: value` lines",
    "['integer', 'string']": "a number",
}

_SAYINGS: dict[str, Callable[[Any], Iterable[str]]] = {
    "required": _missing,
    "additionalProperties": _unknown,
    "type": _type,
    "enum": lambda e: [f"{shown(str(e.instance))!r} is not one of {', '.join(e.validator_value)}"],
    "const": lambda e: [f"must be {e.validator_value}; this gapbench knows no other format"],
    "maxLength": lambda e: [f"{len(e.instance)} characters; at most {e.validator_value} fit"],
    "pattern": lambda e: [f"{shown(e.instance)!r} cannot be used here" if e.instance.strip() else "is empty"],
    "not": lambda _: ["must be one line without a space at its end"],
    "minimum": lambda e: [f"{e.instance} is too small; at least {e.validator_value}"],
    "maximum": lambda e: [f"{e.instance} is too large; at most {e.validator_value}"],
    "minItems": lambda _: ["the list is empty"],
    "maxItems": lambda e: [f"{len(e.instance)} entries; at most {e.validator_value}"],
    "maxProperties": lambda e: [f"{len(e.instance)} entries; at most {e.validator_value}"],
}
