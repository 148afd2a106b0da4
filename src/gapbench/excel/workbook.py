"""The client workbook: written whole in memory, then put in the place of the old one in one move."""

from __future__ import annotations

import errno
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from gapbench.errors import ExportError
from gapbench.excel import (
    action_plan,
    assessment,
    audit_programme,
    cover,
    crosswalk,
    edition_bridge,
    findings,
    management_review,
    metadata,
    method,
    not_applicable,
    readiness_cmmi,
    readiness_goals,
    readiness_iso,
    readiness_processes,
    roadmap,
    self_check,
    summary,
    whatif,
)
from gapbench.excel.book import (
    ASSESSMENT,
    AUDITS,
    BRIDGE,
    CHECK,
    CMMI,
    COVER,
    CROSSWALK,
    FINDINGS,
    GOALS,
    ISO,
    METADATA,
    METHOD,
    OUT,
    PLAN,
    PROCESSES,
    REVIEW,
    ROADMAP,
    SUMMARY,
    WHAT_IF,
    Book,
    conformity_of,
    on_sheet,
)
from gapbench.excel.style import FONT, Styles

if TYPE_CHECKING:
    from gapbench.work.deliverable import Deliverable

Progress = Callable[[int, int], bool]

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_format_properties": {"font_name": FONT, "font_size": 10},
}
_STRAY = ".gapbench-part"
_OLD = 60.0


def write(deliverable: Deliverable, target: Path, *, progress: Progress | None = None) -> None:
    """Write the workbook that the client gets.

    Args:
        deliverable: Everything it says.
        target: The file; an older one is replaced in one move, or stays whole.
        progress: Called with (steps done, steps in all); False stops the export.

    Raises:
        ExportError: The target cannot be written, or the person stopped; the old file is whole.
    """
    target = Path(target)
    _refuse(target)
    content = _content(deliverable, progress)
    with _in_words(target):
        _replace(target.resolve(), content)
    if progress is not None:
        progress(_steps(deliverable), _steps(deliverable))


# --- the content ----------------------------------------------------------------------------------


def sheets_of(deliverable: Deliverable) -> tuple[str, ...]:
    """Names of the sheets, in order; one with nothing to say is left out."""
    plan = deliverable.plan
    packages = plan is not None and bool(plan.packages)
    wanted = (
        (COVER, True),
        (SUMMARY, bool(deliverable.assessed)),
        (ISO, bool(conformity_of(deliverable))),
        *((name, bool(on_sheet(deliverable, name))) for name in (CMMI, GOALS, PROCESSES)),
        (BRIDGE, bool(deliverable.bridges)),
        (ASSESSMENT, True),
        (FINDINGS, bool(deliverable.findings)),
        (PLAN, bool(deliverable.lines)),
        (ROADMAP, packages),
        (WHAT_IF, packages),
        (CROSSWALK, any(True for _ in crosswalk.rows_of(deliverable))),
        (OUT, bool(deliverable.not_applicable)),
        (AUDITS, plan is not None and bool(plan.programme.units)),
        (REVIEW, plan is not None),
        (METHOD, True),
        (CHECK, True),
        (METADATA, True),
    )
    return tuple(name for name, is_there in wanted if is_there)


_WRITERS: tuple[tuple[str, Callable[[Book], None]], ...] = (
    (ASSESSMENT, assessment.write),
    (ISO, readiness_iso.write),
    (CMMI, readiness_cmmi.write),
    (GOALS, readiness_goals.write),
    (PROCESSES, readiness_processes.write),
    (BRIDGE, edition_bridge.write),
    (FINDINGS, findings.write),
    (PLAN, action_plan.write),
    (ROADMAP, roadmap.write),
    (WHAT_IF, whatif.write),
    (CROSSWALK, crosswalk.write),
    (AUDITS, audit_programme.write),
    (REVIEW, management_review.write),
    (OUT, not_applicable.write),
    (SUMMARY, summary.write),
    (METHOD, method.write),
    (CHECK, self_check.write),
    (COVER, cover.write),
    (METADATA, metadata.write),
)
"""In the order of writing: who points to a cell comes after who owns it."""


def _content(deliverable: Deliverable, progress: Progress | None) -> bytes:
    import xlsxwriter

    file = BytesIO()
    workbook = xlsxwriter.Workbook(file, _OPTIONS)
    names = sheets_of(deliverable)
    for name in names:
        workbook.add_worksheet(name)
    book = Book(
        deliverable=deliverable,
        workbook=workbook,
        styles=Styles(workbook),
        total=_steps(deliverable),
        progress=progress,
        sheets=names,
    )
    for name, write_sheet in _WRITERS:
        if name in names:
            write_sheet(book)
    metadata.properties(book)
    book.tick()
    workbook.close()
    book.tick(len(deliverable.rows))
    return file.getvalue()


def _steps(deliverable: Deliverable) -> int:
    """Steps of the progress bar: filling the rows and packing them take about equally long."""
    return 2 * len(deliverable.rows) + len(sheets_of(deliverable)) + 2


# --- the file -------------------------------------------------------------------------------------


def _refuse(target: Path) -> None:
    """Refuse a target that cannot become a workbook, before any work is done."""
    if target.is_dir():
        raise ExportError(f"{target} is a folder; name a file in it, such as {target / 'client.xlsx'}.")
    if target.suffix.lower() != ".xlsx":
        raise ExportError(f"{target} does not end in .xlsx; name the workbook {target.stem}.xlsx.")
    if not target.parent.is_dir():
        raise ExportError(f"There is no folder {target.parent}; make it first or name another one.")
    with suppress(FileNotFoundError), _in_words(target):
        mode = target.stat().st_mode
        if not stat.S_ISREG(mode):
            raise ExportError(f"{target} is not an ordinary file; name another one.")
        if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            raise ExportError(f"{target} is read-only and was left as it is; allow writing to it or name another file.")


def _replace(target: Path, content: bytes) -> None:
    """Put the content in the place of the target: all of it or nothing."""
    _sweep(target)
    beside = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}{_STRAY}")
    try:
        beside.touch(mode=0o600, exist_ok=False)  # like the engagement: for nobody else to read
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            beside.chmod(stat.S_IMODE(target.stat().st_mode))
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    _settle(target.parent)


def _sweep(target: Path) -> None:
    """Take away what an export left that was killed while it wrote."""
    for stray in target.parent.glob(f".*.????????{_STRAY}"):
        ours = stray.name.startswith(f".{target.name[:100]}.")
        with suppress(OSError):
            if ours and time.time() - stray.stat().st_mtime > _OLD:
                stray.unlink()


def _settle(folder: Path) -> None:
    """Make the new name as durable as the file, where the system can."""
    with suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _in_words(target: Path) -> Iterator[None]:
    """Say what the system refused, and what to do about it."""
    try:
        yield
    except FileNotFoundError:
        if target.parent.is_dir():
            raise
        raise ExportError(f"The folder {target.parent} is gone; make it again or name another one.") from None
    except PermissionError as problem:
        raise ExportError(
            f"{target} cannot be written: close it in Excel if it is open there, or check that you "
            "may write in its folder, then export again; the old file is unchanged."
        ) from problem
    except OSError as problem:
        full = problem.errno in _FULL
        what = "the disk is full" if full else (problem.strerror or str(problem))
        then = "free some space" if full else "name another place"
        raise ExportError(
            f"{target} was not written: {what}; {then} and export again. The old file is unchanged."
        ) from problem


_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
