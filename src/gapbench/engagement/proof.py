"""Whether a step is still as it was written, before anything is built on it: its hash says so.

The whole chain is for `soundness.py`; here is only what a verb is about to rest on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapbench.engagement import ledger, sentences
from gapbench.engagement.wording import short

if TYPE_CHECKING:
    from gapbench.engagement.file import File
    from gapbench.engagement.ledger import Difference

_STEP = "SELECT id, parents, title, author, kind, target, at, device FROM step WHERE seq = ?"
_CHANGES = 'SELECT table_name, key, before, after FROM "change" WHERE step = ? ORDER BY n'
_LAST = "SELECT max(seq) FROM step"


def step(file: File, seq: int) -> list[Difference]:
    """The rows of a step that is as it was written.

    Raises:
        EngagementFileError: It is not.
    """
    changes: list[Difference] = file.rows(_CHANGES, (seq,))
    called = f"step {seq}"
    try:
        ((name, parents, *words),) = file.rows(_STEP, (seq,))
        entry = ledger.Entry(*words)
        called += f" (“{short(entry.title)}”)"
        whole = ledger.step_id(entry, parents, changes) == name
    except (ValueError, TypeError, AttributeError):  # in a damaged file any cell may be anything
        whole = False
    if not whole:
        raise sentences.unsound(file.path, f"{called} is not as it was written")
    return changes


def last_step(file: File) -> None:
    """Refuse to write after a last step that was changed; an empty journal has none.

    Raises:
        EngagementFileError: It was changed.
    """
    ((seq,),) = file.rows(_LAST)
    if seq is not None:
        step(file, seq)
