"""Whether a catalog file is sound, once or again at each save."""

from __future__ import annotations

from gapbench.cli import opening, terminal
from gapbench.errors import CatalogError, GapbenchError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from pathlib import Path
    from typing import Any

    from gapbench.work.packs import Examined

_ABOUT = """\
Look through a catalog, a crosswalk or an overlay: each problem is one line with
file, line, entry and key (of a workbook: sheet, row and column). The tests that a
catalog carries are run.
"""
_PAUSE = 0.3


def arguments(verbs: Any) -> None:
    """Describe what the verb takes."""
    parser = verbs.add_parser("validate", help="look through a catalog file", description=_ABOUT)
    parser.add_argument("path", metavar="PATH", help="a YAML file, or a workbook made from the template")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="for programs")
    form.add_argument("--watch", action="store_true", help="again at each save, until ctrl+c")


def run(options: argparse.Namespace) -> int:
    """Look through it."""
    path = opening.path_of(options.path)
    if options.watch:
        return _watch(path)
    done = examine(path)
    if options.json:
        found = {"sound": not done.problems, "sort": done.sort, "tests": done.tests, "problems": list(done.problems)}
        terminal.emit_json({"path": str(path), **found, "remarks": list(done.remarks)})
    else:
        terminal.say(*_said(path, done))
    for remark in done.remarks:
        terminal.note(remark)
    if not done.problems:
        return 0
    raise CatalogError(f"{path} is not a sound {done.sort} ({_count(done)}); correct it and validate again.")


def examine(path: Path) -> Examined:
    """Everything that is wrong with a YAML file or a workbook of the template.

    Raises:
        FileError: It cannot be read at all.
    """
    from dataclasses import replace

    from gapbench.work import packs

    if path.suffix.casefold() != ".xlsx":
        return packs.examine(path)
    from gapbench.excel.pack_reading import PackError, in_headings, read_pack

    try:
        done = packs.examine_document(read_pack(path), path.name)
        return replace(done, problems=tuple(map(in_headings, done.problems)))
    except PackError as problem:
        return packs.Examined("catalog", problem.problems)


def _said(path: Path, done: Examined) -> tuple[str, ...]:
    if done.problems:
        return done.problems
    tests = f"; {done.tests} of its tests hold" if done.tests > 1 else "; its test holds" if done.tests else ""
    return (f"{path}: a sound {done.sort}{tests}.",)


def _count(done: Examined) -> str:
    return f"{len(done.problems)} problem{'' if len(done.problems) == 1 else 's'}"


def _watch(path: Path) -> int:
    """Say how the file stands, now and after each save."""
    from datetime import datetime
    from time import sleep

    terminal.say(f"Watching {path}; ctrl+c ends it.")
    seen: object = None
    try:
        while True:
            stamp = _stamp(path)
            if stamp != seen:
                seen = stamp
                terminal.say("", f"{datetime.now().astimezone():%H:%M:%S}", *_now(path))
            _flush()
            sleep(_PAUSE)
    except KeyboardInterrupt:
        return 0


def _now(path: Path) -> tuple[str, ...]:
    try:
        done = examine(path)
    except GapbenchError as problem:  # a save in two steps: the file is away for a moment
        return (str(problem),)
    return (*_said(path, done), *((_count(done),) if done.problems else ()))


def _stamp(path: Path) -> object:
    try:
        status = path.stat()
    except OSError:
        return "not there"
    return status.st_size, status.st_mtime_ns


def _flush() -> None:
    import sys

    if sys.stdout is not None:
        sys.stdout.flush()
