"""A catalog as a file for others: OSCAL, or our YAML written out in full."""

from __future__ import annotations

from gapbench.cli import opening, terminal
from gapbench.errors import ExportError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from datetime import datetime
    from pathlib import Path
    from typing import Any

    from gapbench.catalog.model import Catalog

FORMATS = {"oscal": (".json",), "yaml": (".yaml", ".yml")}

_ABOUT = """\
Write a catalog to a file: as OSCAL 1.1.3 (JSON), or as YAML in which nothing is
left to look up, whatever it extends. The words are those of the catalog; your
private overlay is not in it.
"""
_EPILOG = """\
examples:
  gapbench catalogs export iso9001-2015 -o iso9001-2015.json
  gapbench catalogs export as9100d --format yaml -o as9100d-whole.yaml"""


def arguments(verbs: Any) -> None:
    """Describe what the verb takes."""
    parser = verbs.add_parser("export", help="write one as OSCAL or YAML", description=_ABOUT, epilog=_EPILOG)
    parser.add_argument("id", metavar="ID", help="a catalog, as in iso9001-2015")
    parser.add_argument("-o", "--output", metavar="PATH", required=True, help="the file to write")
    parser.add_argument("--format", choices=tuple(FORMATS), default="", help="left out, the name of the file says it")
    parser.add_argument("--replace", action="store_true", help="write over a file of that name")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(options: argparse.Namespace) -> int:
    """Write it."""
    target = opening.path_of(options.output)
    form = options.format or _form_of(target)
    from gapbench.catalog.known import load_known

    catalog = load_known(options.id)
    text = _as_oscal(catalog) if form == "oscal" else _as_yaml(catalog)
    _write(target, text, replace=options.replace)
    if options.json:
        terminal.emit_json({"path": str(target), "id": catalog.id, "format": form, "items": len(catalog.items)})
    else:
        terminal.say(f"{target}: {catalog.name} written, {len(catalog.items)} items.")
    return 0


def _form_of(target: Path) -> str:
    suffix = target.suffix.casefold()
    for form, suffixes in FORMATS.items():
        if suffix in suffixes:
            return form
    raise UsageError(f"{target} ends in neither .json nor .yaml; say --format oscal or --format yaml.")


def _as_oscal(catalog: Catalog) -> str:
    from gapbench.catalog.oscal import lint
    from gapbench.catalog.oscal.export import export
    from gapbench.work.oscal.folder import text_of

    document = export(catalog, _modified(catalog.id))
    for problem in lint.problems(document):
        raise ExportError(f"{catalog.id} would not be sound OSCAL ({problem}); nothing was written.")
    return text_of(document)


def _as_yaml(catalog: Catalog) -> str:
    from gapbench.catalog.writing import document_of, written

    return written(document_of(catalog))


def _modified(catalog_id: str) -> datetime:
    """When the file of a catalog was last changed."""
    from datetime import UTC, datetime

    from gapbench.catalog import library, shipped

    path = shipped.find_shipped(catalog_id, shipped.list_shipped()) or library.find(catalog_id)
    return datetime.fromtimestamp(path.stat().st_mtime if path else 0, UTC)


def _write(target: Path, text: str, *, replace: bool) -> None:
    """Write the file whole or not at all."""
    import os
    from contextlib import suppress

    if target.exists() and not replace:
        raise ExportError(f"{target} exists already; name another file, or say --replace.")
    if target.is_dir():
        raise ExportError(f"{target} is a folder; name a file.")
    fresh = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        fresh.write_text(text, encoding="utf-8", newline="\n")
        fresh.replace(target)
    except OSError as problem:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        reason = problem.strerror or problem
        raise ExportError(f"{target} cannot be written ({reason}); name another file.") from problem
