"""What can be taken back and done again: read off the journal, so it survives closing the file.

An undo and a redo are steps that name their target; the last one to name a step decides whether it
stands. Looked for backwards from the end: a long journal costs nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gapbench.engagement.sentences import damaged
from gapbench.errors import RefusedError

if TYPE_CHECKING:
    from gapbench.engagement.file import File
    from gapbench.engagement.journal import Journal, Writer
    from gapbench.engagement.ledger import Difference
    from gapbench.engagement.values import Change

# The first step is the engagement itself; it stays.
_TO_UNDO = """
SELECT seq, id, title FROM step AS s WHERE kind = 'do' AND parents <> '[]' AND coalesce((
    SELECT kind FROM step AS m WHERE m.target = s.id AND m.target <> '' ORDER BY seq DESC LIMIT 1
), 'redo') = 'redo' ORDER BY seq DESC LIMIT 1
"""

# Whoever did something else after an undo has gone another way: nothing is left to do again.
_TO_REDO = """
SELECT t.seq, t.id, t.title FROM step AS u JOIN step AS t ON t.id = u.target
WHERE u.kind = 'undo' AND u.seq > coalesce((
    SELECT seq FROM step WHERE kind = 'do' ORDER BY seq DESC LIMIT 1
), 0) AND NOT EXISTS (
    SELECT 1 FROM step AS v WHERE v.target = u.target AND v.target <> '' AND v.seq > u.seq
) ORDER BY u.seq DESC LIMIT 1
"""

_CHANGES = 'SELECT table_name, key, before, after FROM "change" WHERE step = ? ORDER BY n'


@dataclass(frozen=True, slots=True)
class Target:
    """A step that can be taken back or done again."""

    seq: int
    id: str
    title: str


def to_undo(file: File) -> Target | None:
    """The step that undo would take back."""
    return _first(file.rows(_TO_UNDO))


def to_redo(file: File) -> Target | None:
    """The step that redo would do again."""
    return _first(file.rows(_TO_REDO))


def undo(journal: Journal) -> Change:
    """Take back the last step that stands.

    Raises:
        RefusedError: There is none, or its rows are no longer as it left them.
    """
    journal.forbid_inside("take it back")
    target = to_undo(journal.file)
    if target is None:
        raise RefusedError("Nothing to take back.")
    changes = [(table, key, now, was) for table, key, was, now in _changes(journal, target)]
    with journal.step(f"Took back: {target.title}", "undo", target.id) as step:
        _turn(journal, step, target, changes)
    return step.change


def redo(journal: Journal) -> Change:
    """Do again what was taken back last.

    Raises:
        RefusedError: There is none, or its rows are no longer as they were before it.
    """
    journal.forbid_inside("do it again")
    target = to_redo(journal.file)
    if target is None:
        raise RefusedError("Nothing to do again.")
    with journal.step(f"Did again: {target.title}", "redo", target.id) as step:
        _turn(journal, step, target, _changes(journal, target))
    return step.change


def _first(found: list[Any]) -> Target | None:
    return Target(*found[0]) if found else None


def _changes(journal: Journal, target: Target) -> list[Difference]:
    return journal.file.rows(_CHANGES, (target.seq,))


def _turn(journal: Journal, step: Writer, target: Target, changes: list[Difference]) -> None:
    """Bring rows from how they have to be now to how they shall be."""
    for table in dict.fromkeys(change[0] for change in changes):
        try:
            lines = [
                (tuple(json.loads(key)), was, wanted, None if wanted is None else journal.shape(table).read(wanted))
                for name, key, was, wanted in changes
                if name == table
            ]
        except (ValueError, TypeError) as problem:
            raise damaged(journal.file.path, f"step {target.seq} of its journal") from problem
        if any(wanted is not None and cells is None for _, _, wanted, cells in lines):
            raise RefusedError(f"“{target.title}” was written before gapbench was updated and stays as it is.")
        now = step.now(table, [key for key, *_ in lines])
        if any(now.get(key) != was for key, was, *_ in lines):
            raise RefusedError(
                f"“{target.title}” cannot be turned back: what it wrote has been changed since. Run `gapbench check`."
            )
        step.write(table, [(key, cells) for key, _, _, cells in lines], now)
