"""The history: who did what and when, newest first."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from gapbench.engagement.rows import key_json
from gapbench.engagement.sentences import unsound
from gapbench.engagement.values import RowChange, Step

if TYPE_CHECKING:
    from gapbench.engagement.file import File

_LAST_MENTION = "(SELECT kind FROM step AS m WHERE m.target = s.id AND m.target <> '' ORDER BY seq DESC LIMIT 1)"
_STEPS = (
    f"SELECT seq, id, parents, at, author, device, title, kind, target, {_LAST_MENTION} "  # noqa: S608 (our own words)
    "FROM step AS s"
)
_CHANGES = 'SELECT table_name, key, before, after FROM "change" WHERE step = ? ORDER BY n'
_LAST_TOUCHED = """
SELECT table_name, key FROM "change" WHERE step = (SELECT max(seq) FROM step) ORDER BY n LIMIT 8
"""

# Keys are JSON lists: those of answers begin with catalog and item, those of finding items end so.
_OF_ITEM = """
SELECT step FROM "change" WHERE table_name IN ('answer', 'carried') AND key >= :first AND key < :past
UNION SELECT step FROM "change" WHERE table_name = 'judgement' AND key = :pair
UNION SELECT step FROM "change" WHERE table_name = 'finding_item'
    AND substr(key, -length(:tail)) = :tail
"""
_OF_CATALOG = """
SELECT step FROM "change"
    WHERE table_name IN ('answer', 'judgement', 'exclusion', 'framework', 'succession', 'carried')
    AND substr(key, 1, length(:start)) = :start AND substr(key, length(:start) + 1, 1) IN (',', ']')
UNION SELECT step FROM "change" WHERE table_name = 'finding_item'
    AND instr(key, ',' || :name || ',') > 0
"""


def history(
    file: File, *, catalog: str = "", item: str = "", limit: int = 0, changes: bool = False
) -> tuple[Step, ...]:
    """Steps, newest first.

    Args:
        file: The open file.
        catalog: Only steps that touched this framework.
        item: Only steps that touched this item of it.
        limit: At most so many; 0 for all.
        changes: With the rows of each step.
    """
    where, values = _chosen(catalog, item)
    query = f"{_STEPS}{where} ORDER BY seq DESC LIMIT :limit"
    found = file.rows(query, values | {"limit": limit or -1})
    try:
        return tuple(_step(file, row, changes=changes) for row in found)
    except (ValueError, TypeError) as problem:
        raise unsound(file.path, "its journal cannot be read") from problem


def head(file: File) -> tuple[str, datetime | None]:
    """Id and time of the last step."""
    found = file.rows("SELECT id, at FROM step ORDER BY seq DESC LIMIT 1")
    return (found[0][0], datetime.fromisoformat(found[0][1])) if found else ("", None)


def last_answered(file: File) -> tuple[str, str] | None:
    """Catalog and item of the newest step, where it touched one answer, with its twins and its mark, and nothing else.

    Of twins the one that was meant stands first.
    """
    found = file.rows(_LAST_TOUCHED)
    if any(table not in ("answer", "carried") for table, _ in found):
        return None
    cells = [tuple(json.loads(key)) for key in dict.fromkeys(key for _, key in found)]
    catalogs, units = {cell[0] for cell in cells}, {cell[2] for cell in cells}
    if len(catalogs) != len(cells) or len(units) != 1:
        return None
    catalog, item, _ = cells[0]
    return catalog, item


def _chosen(catalog: str, item: str) -> tuple[str, dict[str, Any]]:
    if not catalog:
        return "", {}
    if not item:
        start = key_json((catalog,)).removesuffix("]")
        name = start.removeprefix("[")
        return f" WHERE seq IN ({_OF_CATALOG})", {"start": start, "name": name}
    pair = key_json((catalog, item))
    tail = f",{pair.removeprefix('[')}"
    first = f"{pair.removesuffix(']')},"
    return f" WHERE seq IN ({_OF_ITEM})", {
        "first": first,
        "past": f"{first}\U0010ffff",
        "pair": pair,
        "tail": tail,
    }


def _step(file: File, row: tuple[Any, ...], *, changes: bool) -> Step:
    seq, name, parents, at, author, device, title, kind, target, last = row
    return Step(
        name,
        tuple(json.loads(parents)),
        datetime.fromisoformat(at),
        author,
        device,
        title,
        kind,
        target,
        last == "undo",
        tuple(_change(*line) for line in file.rows(_CHANGES, (seq,))) if changes else (),
    )


def _change(table: str, key: str, before: str | None, after: str | None) -> RowChange:
    return RowChange(
        table,
        tuple(json.loads(key)),
        None if before is None else json.loads(before),
        None if after is None else json.loads(after),
    )
