"""A framework that somebody else wrote, brought into the person's own catalogs."""

from __future__ import annotations

from gapbench.cli import opening, terminal
from gapbench.errors import CatalogError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from pathlib import Path
    from typing import Any

    from gapbench.catalog.importers.draft import Draft
    from gapbench.catalog.reading import Entry

FORMS = ("ciso", "oscal", "pack")

_ABOUT = """\
Make a catalog of your own from a CISO Assistant library (YAML or Excel, v2), an
OSCAL catalog (1.x, JSON or YAML), our Excel template or our YAML. It goes into
your own folder, beside your settings, and says what it used, what it ignored and
what found no place. docs/interchange.md has the details.
"""
_EPILOG = """\
examples:
  gapbench catalogs import nist-csf-2.0.yaml --dry-run
  gapbench catalogs import NIST_SP-800-53_rev5_catalog.json --as sp800-53-r5
  gapbench catalogs import house-rules.xlsx --replace"""


def arguments(verbs: Any) -> None:
    """Describe what the verb takes."""
    parser = verbs.add_parser("import", help="make one of somebody else's file", description=_ABOUT, epilog=_EPILOG)
    parser.add_argument("path", metavar="PATH", help="a YAML, JSON or Excel file")
    parser.add_argument("--as", metavar="ID", dest="as_id", default="", help="the id it shall have, as in sp800-53-r5")
    parser.add_argument("--from", dest="form", choices=FORMS, default="", help="what the file is; left out, it is seen")
    parser.add_argument("--framework", metavar="NAME", default="", help="which one, where a library has several")
    parser.add_argument(
        "--overlay",
        action="store_true",
        help="put explanations that are too long for a catalog into your private overlay",
    )
    parser.add_argument("--replace", action="store_true", help="write over your catalog of that id")
    parser.add_argument("--dry-run", action="store_true", help="say what would come, write nothing")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(options: argparse.Namespace) -> int:
    """Bring it in."""
    from gapbench.catalog.importers import shelving

    path = opening.path_of(options.path)
    draft = drafted(path, options.form, options.framework)
    if options.as_id:
        draft = draft.named(options.as_id.strip())
    place = shelving.place_for(draft, replace=options.replace or options.dry_run)
    if options.overlay and not draft.words:
        terminal.note("There is nothing for an overlay: the catalog holds every word.")
    written: list[Path] = []
    if not options.dry_run:
        if options.overlay and draft.words:
            written.append(shelving.put_words(draft, replace=options.replace))
        shelving.put(draft, place)
        written.insert(0, place)
    _tell(path, draft, written, as_json=options.json)
    return 0


def drafted(path: Path, form: str = "", which: str = "") -> Draft:
    """The draft of a file, whatever its format.

    Args:
        path: The file.
        form: One of `FORMS`; "" lets the file say it.
        which: The framework that is meant, where there are several.

    Raises:
        FileError: It cannot be read.
        CatalogError: No catalog can be made of it.
        UsageError: It is not what `form` says.
    """
    from gapbench.catalog.importers import foreign, recognise

    data = foreign.read_file(path)
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return _of_workbook(path, form, which)
    if form in ("", "pack") and recognise.OURS.search(data):
        return _of_pack(path, data)
    if form == "pack":
        raise UsageError(f"{path.name} does not say gapbench_catalog, so it is no pack of gapbench; leave --from out.")
    return recognise.draft_of(data, path.name, form, which)


def _of_workbook(path: Path, form: str, which: str) -> Draft:
    from gapbench.excel import ciso_sheets

    if form == "oscal":
        raise UsageError(f"{path.name} is a workbook, and OSCAL has no form in Excel; leave --from out.")
    if form == "ciso" or (not form and ciso_sheets.is_library(path)):
        from dataclasses import replace

        from gapbench.catalog.importers import ciso

        document, spoiled = ciso_sheets.read_library(path)
        draft = ciso.draft(document, path.name, which)
        return replace(draft, unplaced=(*draft.unplaced, *spoiled))
    from gapbench.excel.pack_reading import read_pack

    return _examined(read_pack(path), path.name, "template of gapbench", "")


def _of_pack(path: Path, data: bytes) -> Draft:
    from gapbench.catalog.reading import read_bytes

    document = read_bytes(data, path.name)
    return _examined(document, path.name, "catalog of gapbench", data.decode("utf-8-sig"))


def _examined(document: Entry, name: str, form: str, source: str) -> Draft:
    """A pack as it is, when it is sound and its tests hold."""
    from gapbench.catalog.importers.draft import Draft
    from gapbench.catalog.load import first_of
    from gapbench.work import packs

    done = packs.examine_document(document, name)
    if done.problems:
        from gapbench.excel.pack_reading import in_headings

        said = done.problems if source else tuple(map(in_headings, done.problems))
        raise CatalogError(first_of(said, name))
    if done.sort != "catalog":
        raise CatalogError(f"{name} is a {done.sort}; only a catalog can be imported.")
    tests = (f"its {done.tests} tests hold",) if done.tests else ()
    return Draft(document, form, ("the whole file", *tests), source=source)


def _extent(draft: Draft) -> tuple[int, int]:
    """Groups and items as the catalog will have them, with what it contains and what every area is asked."""
    from gapbench.catalog.load import build
    from gapbench.catalog.reading import Entry

    document = draft.document
    if isinstance(document, Entry) and ("generic" in document or "extends" in document):
        whole = build(document)
        return len(whole.groups), len(whole.items)
    return len(document["groups"]), draft.items


def _tell(path: Path, draft: Draft, written: list[Path], *, as_json: bool) -> None:
    from gapbench.catalog.importers.wording import many

    head = draft.document
    groups, items = _extent(draft)
    if as_json:
        terminal.emit_json(
            {
                "format": "gapbench-import/1",
                "id": draft.id,
                "title": head["title"],
                "edition": head["edition"],
                "from": draft.form,
                "groups": groups,
                "items": items,
                "written": [str(each) for each in written],
                "used": list(draft.used),
                "ignored": list(draft.ignored),
                "unplaced": list(draft.unplaced),
            }
        )
        return
    terminal.say(f"{path}: {draft.form}")
    for title, said in (("Used", draft.used), ("Ignored", draft.ignored), ("Found no place", draft.unplaced)):
        if said:
            terminal.say(f"{title}:")
        for each in said:
            terminal.paragraph(each, "  ", "    ")
    extent = f"{many(items, 'item')} in {many(groups, 'group')}"
    what = f"{draft.id}: {head['title']} {head['edition']}, {extent}"
    if not written:
        terminal.paragraph(f"{what}. Nothing was written.")
        return
    terminal.paragraph(f"{what}.")
    for place in written:
        terminal.say(f"{place}: written.")
    terminal.say(f"Look at it: gapbench catalogs preview {draft.id}")
