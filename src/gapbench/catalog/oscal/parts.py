"""The small parts of every OSCAL document: ids, labels, properties, plain text, moments, metadata."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

if TYPE_CHECKING:
    from collections.abc import Iterable

Json = dict[str, Any]

VERSION = "1.1.3"
OURS = "urn:gapbench:oscal"
"""Namespace of the properties that only we understand."""

RMF = "http://csrc.nist.gov/ns/rmf"

_ROOT = UUID("6f0a2c1e-3d0b-5c55-9a52-0d6a8f6f2b11")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffc\ufffe\uffff]"
)
_MARKUP = re.compile(r"[\\*`~^<\[{]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_ESCAPED = re.compile(r"\\([\\*`~^<\[{_])")
_NO_TOKEN = re.compile(r"[^A-Za-z0-9._-]+")


def identifier(*parts: str) -> str:
    """A UUID, version 5, that is the same whenever the parts are."""
    return str(uuid5(_ROOT, "\x1f".join(parts)))


class Tokens:
    """Ids that OSCAL takes, one for each of ours: a letter first, no blank, no colon, no bracket."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, ...], str] = {}
        self._taken: set[str] = set()

    def of(self, *parts: str) -> str:
        """The id of a thing of ours; the same parts always give the same one."""
        if parts in self._given:
            return self._given[parts]
        flat = _NO_TOKEN.sub("_", "-".join(parts).replace("§", "s").casefold()).strip("_")
        start = flat if flat[:1].isalpha() and flat[:1].isascii() else f"_{flat}"
        token, number = start, 1
        while token in self._taken:
            number += 1
            token = f"{start}.{number}"
        self._taken.add(token)
        self._given[parts] = token
        return token


def line(text: str) -> str:
    """A text as one line of plain characters, for a value or a label."""
    return " ".join(_UNPRINTABLE.sub("", text).split())


def plain(text: str) -> str:
    """A text as prose or title: what would be markup there is escaped, so that it stays the text it is."""
    kept = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return _MARKUP.sub(lambda found: f"\\{found[0]}", kept).strip()


def unescaped(text: str) -> str:
    """Prose without the escapes that `plain` and its like have put in."""
    return _ESCAPED.sub(r"\1", text)


def prop(name: str, value: str, cls: str = "", ns: str = OURS) -> list[Json]:
    """A property, as a list that is empty when there is nothing to say."""
    said = line(value)
    if not said:
        return []
    return [{"name": name, **({"ns": ns} if ns else {}), "value": said, **({"class": cls} if cls else {})}]


def label(value: str) -> list[Json]:
    """The number that people say."""
    return prop("label", value, ns="")


def without_empty(document: Json) -> Json:
    """The document without what is empty; OSCAL allows no empty list and no empty text."""
    return {key: value for key, value in document.items() if value not in ("", [], {}, None)}


def moment(at: datetime) -> str:
    """A moment with its offset, whole seconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def metadata(title: str, version: str, at: datetime, props: Iterable[Json] = (), **more: Any) -> Json:
    """What stands at the head of every document."""
    return without_empty(
        {
            "title": plain(title) or "Untitled",
            "last-modified": moment(at),
            "version": line(version) or "1",
            "oscal-version": VERSION,
            "props": list(props),
            **more,
        }
    )
