"""What a sound OSCAL document is beyond its schema: the mistakes that other validators let pass.

References that lead nowhere, an end before its start, one id twice, a control that no catalog has, words that
OSCAL does not know, a plan whose item closes nothing.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from gapbench.catalog.oscal.parts import VERSION, Json

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

METHODS = frozenset({"EXAMINE", "INTERVIEW", "TEST", "UNKNOWN"})
STATES = frozenset({"satisfied", "not-satisfied"})
RISKS = frozenset({
    "open", "investigating", "remediating", "deviation-requested", "deviation-approved", "closed",
})  # fmt: skip
LIFECYCLES = frozenset({"recommendation", "planned", "completed"})

_TOKEN = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_MOMENTS = frozenset({"last-modified", "published", "start", "end", "collected", "expires", "deadline"})
_OF_SYSTEM = "/system-id"
"""Where an id is whatever names the system elsewhere, often a UUID."""
_REFERENCES = frozenset({
    "observation-uuid", "risk-uuid", "finding-uuid", "subject-uuid", "party-uuid", "component-uuid",
})  # fmt: skip


def problems(document: Json, controls: Collection[str] | None = None) -> Iterator[str]:
    """Name everything that is wrong with an OSCAL document.

    Args:
        document: With its one key at the top: catalog, assessment-plan, assessment-results, plan of action.
        controls: Ids of the controls and objectives that the catalogs beside it have; None when they are not known.
    """
    if len(document) != 1 or not all(isinstance(value, dict) for value in document.values()):
        yield "the document has not exactly one key at the top"
        return
    ((kind, body),) = document.items()
    yield from _head(kind, body)
    entries = list(_entries(body, kind))
    yield from _empty(entries)
    yield from _ids(entries)
    yield from _references(entries)
    yield from _moments(entries)
    yield from _vocabulary(entries)
    if controls is not None:
        yield from _controls(entries, controls)
    if kind == "plan-of-action-and-milestones":
        yield from _plan(body)


def controls_of(catalog: Json) -> frozenset[str]:
    """Ids of the controls of an OSCAL catalog, and of their parts."""
    return frozenset(str(entry["id"]) for _, entry in _entries(catalog["catalog"], "catalog") if "id" in entry)


def _entries(value: Any, where: str) -> Iterator[tuple[str, Json]]:
    waiting: list[tuple[str, Any]] = [(where, value)]
    while waiting:
        place, here = waiting.pop()
        if isinstance(here, dict):
            yield place, here
            waiting.extend((f"{place}/{key}", inner) for key, inner in here.items())
        elif isinstance(here, list):
            waiting.extend((f"{place}[{number}]", inner) for number, inner in enumerate(here))


def _head(kind: str, body: Json) -> Iterator[str]:
    head = body.get("metadata")
    if not isinstance(head, dict):
        yield f"{kind}: no metadata"
    elif head.get("oscal-version") != VERSION:
        yield f"{kind}/metadata: oscal-version is {head.get('oscal-version')!r}, not {VERSION}"


def _empty(entries: list[tuple[str, Json]]) -> Iterator[str]:
    for place, entry in entries:
        hollow = (key for key, value in entry.items() if value in ("", [], {}, None) and key != "include-all")
        yield from (f"{place}/{key}: empty" for key in hollow)


def _ids(entries: list[tuple[str, Json]]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for place, entry in entries:
        for key, form in (("id", _TOKEN), ("uuid", _UUID)):
            value = entry.get(key)
            if value is None or place.endswith(_OF_SYSTEM):
                continue
            if not isinstance(value, str) or not form.fullmatch(value):
                yield f"{place}: the {key} {str(value)[:60]!r} is none"
            elif value in seen:
                yield f"{place}: {key} {value} stands at {seen[value]} already"
            seen.setdefault(str(value), place)
        name = entry.get("name")
        if "value" in entry and isinstance(name, str) and not _TOKEN.fullmatch(name):
            yield f"{place}: {name[:60]!r} cannot name a property"


def _references(entries: list[tuple[str, Json]]) -> Iterator[str]:
    known = {entry.get("uuid") for _, entry in entries}
    for place, entry in entries:
        for key in _REFERENCES & entry.keys():
            if entry[key] not in known:
                yield f"{place}: {key} {entry[key]} leads nowhere"
        href = entry.get("href", "")
        if isinstance(href, str) and href.startswith("#") and href[1:] not in known:
            yield f"{place}: {href} leads nowhere"
        for party in entry.get("party-uuids", ()):
            if party not in known:
                yield f"{place}: party {party} leads nowhere"


def _moments(entries: list[tuple[str, Json]]) -> Iterator[str]:
    for place, entry in entries:
        for key in _MOMENTS & entry.keys():
            if not _MOMENT.fullmatch(str(entry[key])):
                yield f"{place}/{key}: {str(entry[key])[:40]!r} is no moment with an offset"
        start, end = (_read(entry.get(key)) for key in ("start", "end"))
        if start and end and end < start:
            yield f"{place}: it ends before it starts"


def _read(value: Any) -> datetime | None:
    if not _MOMENT.fullmatch(str(value)):
        return None
    try:
        return datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError:
        return None


def _vocabulary(entries: list[tuple[str, Json]]) -> Iterator[str]:
    for place, entry in entries:
        for what, word, words in _spoken(entry):
            if word not in words:
                yield f"{place}: {str(word)[:40]!r} is no {what}"


def _spoken(entry: Json) -> Iterator[tuple[str, Any, frozenset[str]]]:
    """The words of an entry that OSCAL gives a choice of: what for, the word, the choice."""
    yield from (("method", method, METHODS) for method in entry.get("methods", ()))
    status = entry.get("status")
    if "target-id" in entry:
        yield "state of a finding", status.get("state") if isinstance(status, dict) else None, STATES
    if "statement" in entry and "title" in entry:
        yield "status of a risk", status, RISKS
    if "lifecycle" in entry:
        yield "lifecycle", entry["lifecycle"], LIFECYCLES


def _controls(entries: list[tuple[str, Json]], controls: Collection[str]) -> Iterator[str]:
    for place, entry in entries:
        for key in ("control-id", "target-id"):
            if key in entry and entry[key] not in controls:
                yield f"{place}: no catalog has {entry[key]}"


def _plan(body: Json) -> Iterator[str]:
    for number, item in enumerate(body.get("poam-items", ())):
        if not any(item.get(key) for key in ("related-findings", "related-observations", "related-risks")):
            yield f"poam-items[{number}]: it closes nothing"
