"""Putting a draft into the person's own folder: whole or not at all, and nothing is replaced unasked."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from gapbench import config
from gapbench.catalog import library, overlay
from gapbench.catalog.shipped import list_shipped
from gapbench.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.catalog.importers.draft import Draft

LONGEST = 8000
"""Characters that an overlay holds of one item."""


def place_for(draft: Draft, *, replace: bool = False) -> Path:
    """The file that the draft will be.

    Raises:
        FileError: Its id is taken, or this machine gives no folder for catalogs.
    """
    folder = config.library()
    if not folder:
        raise FileError(f"There is no folder for your catalogs on this machine; name one in {config.LIBRARY}.")
    if any(line.id == draft.id for line in list_shipped()):
        raise FileError(f"{draft.id} is a framework that comes with gapbench; choose another id with --as.")
    taken = library.find(draft.id)
    place = taken or Path(folder, f"{draft.id}.yaml")
    if (taken is not None or place.exists()) and not replace:
        raise FileError(f"{place} holds {draft.id} already; choose another id with --as, or say --replace.")
    return place


def put(draft: Draft, place: Path) -> None:
    """Write the catalog.

    Raises:
        FileError: It cannot be written; what was there is whole.
    """
    _write(place, draft.text)


def put_words(draft: Draft, *, replace: bool = False) -> Path:
    """Write the source's own words, where ours do not hold them all, beside the items as a private overlay.

    Returns:
        Its file.

    Raises:
        FileError: There is an overlay of that catalog already, or it cannot be written.
    """
    place = Path(overlay.overlay_path(draft.id))
    if place.exists() and not replace:
        raise FileError(f"{place} exists already; say --replace to write over your own words.")
    head = ["gapbench_overlay: 1", f"catalog: {draft.id}", f"owner: {json.dumps(draft.form, ensure_ascii=False)}"]
    body = [line for row in _rows(draft) for line in row]
    _write(place, "\n".join([*head, "items:" if body else "items: {}", *body]) + "\n")
    return place


def _rows(draft: Draft) -> Iterator[list[str]]:
    items = {item["id"] for group in draft.document["groups"] for item in group.get("items", ())}
    for number, text in draft.words.items():
        if number in items and len(text) <= LONGEST:
            lines = [f"      {line}" for line in text.splitlines()]
            yield [f"  {json.dumps(number, ensure_ascii=False)}:", "    text: |-", *lines]


def _write(place: Path, text: str) -> None:
    fresh = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(text, encoding="utf-8", newline="\n")
        fresh.replace(place)
    except OSError as problem:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise FileError(f"{place} cannot be written ({problem.strerror or problem}).") from problem
