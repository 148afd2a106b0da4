"""Steps as they are written down: their content, and the hash of it that is their name.

A step's id is the SHA-256 of its content and of its parents' ids, as in git. So a byte changed
anywhere in the past changes every id after it, and `soundness.py` finds it.
"""

from __future__ import annotations

import hashlib
import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gapbench.engagement.rows import cell_json, key_json
from gapbench.engagement.text import clean_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from gapbench.engagement.values import StepKind

Difference = tuple[str, str, str | None, str | None]
"""Table, key, row before, row after; key and rows as the JSON texts that are stored."""

_DEVICE = 64


def now() -> str:
    """The present, as a step keeps it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def device() -> str:
    """The name of this machine, so that two consultants' steps can be told apart."""
    return clean_text(platform.node()[:_DEVICE])


@dataclass(frozen=True, slots=True)
class Entry:
    """A step without its rows."""

    title: str
    author: str = ""
    kind: StepKind = "do"
    target: str = ""
    at: str = field(default_factory=now)
    device: str = field(default_factory=device)


def step_id(entry: Entry, parents: str, changes: Iterable[Difference]) -> str:
    """SHA-256 over the canonical JSON of the step: keys in the order of the alphabet, no spaces.

    Args:
        entry: The step.
        parents: JSON list of the ids it follows.
        changes: Its rows, in order.
    """
    digest = hashlib.sha256(f'{{"at":{cell_json(entry.at)},"author":{cell_json(entry.author)},"changes":['.encode())
    comma = ""
    for table, key, before, after in changes:
        was = "null" if before is None else before
        now_ = "null" if after is None else after
        digest.update(f'{comma}["{table}",{key},{was},{now_}]'.encode())
        comma = ","
    digest.update(
        f'],"device":{cell_json(entry.device)},"kind":"{entry.kind}","parents":{parents},'
        f'"target":"{entry.target}","title":{cell_json(entry.title)}}}'.encode()
    )
    return digest.hexdigest()


def append(connection: sqlite3.Connection, entry: Entry, changes: Sequence[Difference]) -> str:
    """Write one step down after the last one; gives its id."""
    last = connection.execute("SELECT seq, id FROM step ORDER BY seq DESC LIMIT 1").fetchone()
    seq = last[0] + 1 if last else 1
    parents = key_json((last[1],) if last else ())
    name = step_id(entry, parents, changes)
    connection.execute(
        "INSERT INTO step (seq, id, parents, at, author, device, title, kind, target) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            seq, name, parents, entry.at, entry.author, entry.device, entry.title, entry.kind,
            entry.target,
        ),
    )  # fmt: skip
    connection.executemany(
        'INSERT INTO "change" (step, n, table_name, key, before, after) VALUES (?, ?, ?, ?, ?, ?)',
        [(seq, n, *change) for n, change in enumerate(changes)],
    )
    return name
