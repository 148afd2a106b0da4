"""Each failure a person can meet, as a sentence that says what to do next.

Room: leftmost arrow's end; imports nothing of ours. Raise these, never print them: the command line turns one into a
line on stderr and exit 1 (`UsageError`: exit 2), the workbench into a message that leaves the screen as it was.
"""

from __future__ import annotations


class GapbenchError(Exception):
    """Something was refused; `str()` is the one sentence for the person, with the next step in it."""

    exit_code = 1


class UsageError(GapbenchError):
    """The words of the call are wrong: unknown item, rating, unit, framework, view, level or option."""

    exit_code = 2


class FileError(GapbenchError):
    """A file cannot be read, written or created; it is left as it was."""


class EngagementFileError(FileError):
    """The path is not an engagement that this program can open: missing, foreign, damaged, newer, read-only."""


class EngagementBusyError(FileError):
    """The engagement is open in another window."""


class CatalogError(GapbenchError):
    """A framework's file is wrong; the sentence names file, entry and key."""


class RefusedError(GapbenchError):
    """The rules of the audit or of the appraisal do not allow this answer."""


class ImportRefusedError(GapbenchError):
    """Nothing was imported; `problems` holds one line for each wrong row.

    Args:
        sentence: What happened and what to do next.
        problems: `line 12: ...` for each row that cannot be taken.
    """

    def __init__(self, sentence: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.problems = problems


class ExportError(FileError):
    """A workbook cannot be written; the old file, if any, is whole."""
