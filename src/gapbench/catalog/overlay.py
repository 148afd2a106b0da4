"""A person's own words beside ours: licensed text or house wording, item by item.

It lies in the person's own folder. Nothing of it ever gets into an engagement file, an export or a log.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from gapbench import config
from gapbench.errors import CatalogError, GapbenchError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from gapbench.catalog.model import Catalog, Item
    from gapbench.catalog.reading import Entry

FOLDER = "overlays"
BY_YOU = "proof-read by you"
DUE = "to be proof-read against your licensed copy"

_ID = re.compile(r"[a-z0-9][a-z0-9.-]{1,39}")


@dataclass(frozen=True, slots=True)
class Words:
    """What an overlay says of one item; what it leaves out is "".

    Attributes:
        title, text: Shown beside ours, never in its place.
        note: The person's own remark.
        checked: The person has proof-read our row against the licensed copy.
    """

    title: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    checked: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.title or self.text or self.note or self.checked)


NOTHING = Words()


@dataclass(frozen=True)
class Overlay:
    """The overlay of one catalog; read when it is first asked for a word, and empty when it is not sound.

    Attributes:
        path: Its file; None when there is none.
    """

    catalog: str
    path: Path | None = None

    def __bool__(self) -> bool:
        """Whether there is a file."""
        return self.path is not None

    @cached_property
    def _read(self) -> tuple[Mapping[str, Words], str, str]:
        """Words by item, owner, and what is wrong."""
        if self.path is None:
            return {}, "", ""
        try:
            return (*load_overlay(self.path, self.catalog), "")
        except GapbenchError as problem:
            return {}, "", str(problem)

    @property
    def items(self) -> Mapping[str, Words]:
        """Words by item."""
        return MappingProxyType(self._read[0])

    @property
    def owner(self) -> str:
        """Whose words or whose licence."""
        return self._read[1]

    @property
    def problem(self) -> str:
        """Why nothing of it is shown, as a sentence; "" when it is sound or there is none."""
        return self._read[2]

    def of(self, item: str) -> Words:
        """What it says of an item; nothing when there is none."""
        return self._read[0].get(item, NOTHING)

    def proof(self, item: Item) -> str:
        """How far a row has been proof-read, for the screen; "" where that is not needed."""
        if self.of(item.id).checked:
            return BY_YOU
        return DUE if item.verify == "due" else ""


def overlay_for(catalog_id: str) -> Overlay:
    """The person's overlay of a catalog; costs one look at the disk until a word is asked for."""
    place = overlay_path(catalog_id)
    if not place or not os.path.isfile(place):  # noqa: PTH113 (pathlib only when there is one)
        return Overlay(catalog_id)
    from pathlib import Path

    return Overlay(catalog_id, Path(place))


def overlay_path(catalog_id: str) -> str:
    """Where the overlay of a catalog belongs; "" on a machine that gives no home, or for a name that is no id."""
    folder = config.library()
    if not folder or not _ID.fullmatch(catalog_id):
        return ""
    return f"{folder}{os.sep}{FOLDER}{os.sep}{catalog_id}.yaml"


def load_overlay(path: Path, catalog_id: str) -> tuple[dict[str, Words], str]:
    """Words by item, and the owner.

    Raises:
        FileError: It cannot be read.
        CatalogError: It is no sound overlay of this catalog; no word of it is repeated in the sentence.
    """
    from gapbench.catalog.reading import read
    from gapbench.catalog.shape import OVERLAY, against_schema

    document = read(path)
    for problem in against_schema(document, path.name, OVERLAY):
        raise CatalogError(problem)
    if document["catalog"] != catalog_id:
        raise CatalogError(f"{path.name}: it is for {document['catalog']}, not for {catalog_id}; rename it.")
    said = {number: Words(**{key: value for key, value in row.items() if value}) for number, row in _rows(document)}
    return {number: words for number, words in said.items() if words}, document.get("owner", "")


def _rows(document: Entry) -> Iterator[tuple[str, Entry]]:
    return ((number, row) for number, row in document["items"].items())


def problems_of_overlay(document: Entry, name: str) -> Iterator[str]:
    """Name what is wrong with an overlay that was read; `name` is that of its file."""
    from gapbench.catalog.known import find_known
    from gapbench.catalog.shape import OVERLAY, against_schema, sentence

    found = list(against_schema(document, name, OVERLAY))
    yield from found
    if found:
        return
    if name != f"{document['catalog']}.yaml":
        what = f"the file must be called {document['catalog']}.yaml to be found"
        yield sentence(name, document.lines["catalog"], "", "catalog", what)
    catalog = find_known(document["catalog"])
    if catalog is None:
        what = f"gapbench has no framework {document['catalog']!r}"
        yield sentence(name, document.lines["catalog"], "", "catalog", what)
        return
    items: Entry = document["items"]
    for number in items:
        if number not in catalog.item:
            yield sentence(name, items.lines[number], "items", number, f"there is no such item in {catalog.id}")


def template(catalog: Catalog) -> str:
    """An empty overlay to fill in: every item with our title as a remark."""
    lines = [
        f"# Your own words beside gapbench's for {catalog.name}: licensed text or house wording.",
        "# It stays on this machine: nothing of it goes into an engagement file or an export.",
        "# Fill in what you like and delete what you do not need. `checked: true` says that you have",
        "# proof-read our row against your licensed copy. A long text goes below `text: |-`, indented.",
        "",
        "gapbench_overlay: 1",
        f"catalog: {catalog.id}",
        'owner: ""',
        "items:",
    ]
    for item in catalog.items:
        lines += [
            f"  # {item.title}",
            f'  "{item.id}":',
            '    title: ""',
            '    text: ""',
            '    note: ""',
            "    checked: false",
        ]
    return "\n".join(lines) + "\n"
