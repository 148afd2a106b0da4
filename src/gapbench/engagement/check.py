"""Everything that can be wrong with an engagement, each thing as a sentence that names it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING

from gapbench.catalog import snapshot
from gapbench.engagement import soundness
from gapbench.engagement.reading import sha_of
from gapbench.engagement.rows import JOURNALLED
from gapbench.engagement.text import clean_text
from gapbench.errors import CatalogError
from gapbench.rating.inputs import ORGANISATION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapbench.catalog.model import Catalog
    from gapbench.engagement.file import File

_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
_NAMES_A_CATALOG = (
    ("answer", "item"),
    ("judgement", "subject"),
    ("exclusion", "area"),
    ("finding_item", "item"),
)
_ORPHANS = (
    ("A finding", "SELECT id FROM finding WHERE id NOT IN (SELECT finding FROM finding_item)"),
    ("A link", "SELECT finding FROM finding_item WHERE finding NOT IN (SELECT id FROM finding)"),
)


def check(file: File) -> tuple[str, ...]:
    """Problems as sentences; () when the file is sound."""
    connection = file.connection
    known = _catalogs(connection)
    parts = (
        ("The schema", _schema),
        ("The rows", _rows),
        ("The copies of the frameworks", lambda over: _snapshots(over)),
        ("What the rows refer to", lambda over: _references(over, known)),
    )
    found = [*soundness.problems(connection)]
    for what, part in parts:
        found += soundness.told(what, lambda part=part: part(connection))
    return tuple(dict.fromkeys(found))
