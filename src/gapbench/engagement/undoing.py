"""What can be taken back and done again: read off the journal, so it survives closing the file.

An undo and a redo are steps that name their target; the last one to name a step decides whether it
stands. Looked for backwards from the end: a long journal costs nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gapbench.engagement import proof
from gapbench.engagement.sentences import unsound
from gapbench.errors import RefusedError

if TYPE_CHECKING:
    from gapbench.engagement.file import File
    from gapbench.engagement.journal import Journal, Line, Writer
    from gapbench.engagement.ledger import Difference
    from gapbench.engagement.rows import Key
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
        RefusedError: There is none.
        EngagementFileError: The step, or a row of it, is no longer as it left it.
    """
    journal.forbid_inside("take it back")
    target = to_undo(journal.file)
    if target is None:
        raise RefusedError("Nothing to take back.")
    changes = [(table, key, now, was) for table, key, was, now in proof.step(journal.file, target.seq)]
    with journal.step(f"Took back: {target.title}", "undo", target.id) as step:
        _turn(journal, step, target, changes)
    return step.change


def redo(journal: Journal) -> Change:
    """Do again what was taken back last.

    Raises:
        RefusedError: There is none.
        EngagementFileError: The step, or a row of it, is no longer as it was.
    """
    journal.forbid_inside("do it again")
    target = to_redo(journal.file)
    if target is None:
        raise RefusedError("Nothing to do again.")
    changes = proof.step(journal.file, target.seq)
    with journal.step(f"Did again: {target.title}", "redo", target.id) as step:
        _turn(journal, step, target, changes)
    return step.change


def _first(found: list[Any]) -> Target | None:
    return Target(*found[0]) if found else None


def _turn(journal: Journal, step: Writer, target: Target, changes: list[Difference]) -> None:
    """Bring rows from how they have to be now to how they shall be; nothing is written unless all can be."""
    plans = [
        (table, *_plan(journal, step, target, table, [change for change in changes if change[0] == table]))
        for table in dict.fromkeys(change[0] for change in changes)
    ]
    for table, lines, now in plans:
        step.write(table, lines, now)


def _plan(
    journal: Journal, step: Writer, target: Target, table: str, changes: list[Difference]
) -> tuple[list[Line], dict[Key, str]]:
    """What is to be written to a table, and how its rows stand."""
    try:
        read = journal.shape(table).read
        keys = [tuple(json.loads(key)) for _, key, _, _ in changes]
        rows = [None if wanted is None else read(wanted) for *_, wanted in changes]
    except (ValueError, TypeError) as problem:
        raise unsound(journal.file.path, f"step {target.seq} of its journal cannot be read") from problem
    if any(row is None and wanted is not None for row, (*_, wanted) in zip(rows, changes, strict=True)):
        raise RefusedError(f"“{target.title}” was written before gapbench was updated and stays as it is.")
    now = step.now(table, keys)
    if any(now.get(key) != was for key, (_, _, was, _) in zip(keys, changes, strict=True)):
        raise unsound(journal.file.path, f"what “{target.title}” wrote is no longer as its journal says")
    return list(zip(keys, rows, strict=True)), now
