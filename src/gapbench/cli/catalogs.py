"""The standards and models that gapbench knows, what they ask, and your own."""

from __future__ import annotations

from gapbench.cli import (
    catalog_export,
    catalog_import,
    catalog_map,
    catalog_overlay,
    catalog_preview,
    catalog_show,
    catalog_template,
    catalog_validate,
    terminal,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from types import ModuleType

    from gapbench.catalog.shipped import CatalogLine

ABOUT = """\
List the standards and models, show what one of them asks or where its subjects
stand in another, and write your own: from YAML or from an Excel template, with a
live check and a preview as interview. The guide is docs/packs.md.
"""
EXAMPLES = """\
  gapbench catalogs list
  gapbench catalogs show iso9001-2015
  gapbench catalogs preview iso9001-2015 --ask "Quality lead"
  gapbench catalogs map sw-cmm-1.1 cmmi-dev-1.3
  gapbench catalogs template house-rules.xlsx
  gapbench catalogs validate house-rules.yaml --watch
  gapbench catalogs overlay iso9001-2015 --template"""

MOST_VIEWS = 9

_VERBS: dict[str, ModuleType] = {
    "show": catalog_show,
    "preview": catalog_preview,
    "map": catalog_map,
    "validate": catalog_validate,
    "template": catalog_template,
    "overlay": catalog_overlay,
    "import": catalog_import,
    "export": catalog_export,
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what the command takes."""
    verbs = parser.add_subparsers(dest="verb", metavar="|".join(("list", *_VERBS)), required=True)
    listing = verbs.add_parser("list", help="which catalogs there are")
    listing.add_argument("--json", action="store_true", help="for programs")
    for module in _VERBS.values():
        module.arguments(verbs)


def run(options: argparse.Namespace) -> int:
    """Do what the verb says."""
    if options.verb == "list":
        return _list(options)
    done: int = _VERBS[options.verb].run(options)
    return done


def _list(options: argparse.Namespace) -> int:
    from gapbench.catalog import library
    from gapbench.catalog.shipped import list_shipped

    own = library.look()
    lines = (*list_shipped(), *own.lines)
    if options.json:
        from gapbench.catalog.as_json import lines_as_json

        terminal.emit_json(lines_as_json(lines))
    else:
        rows = [(line.id, _name(line), str(line.areas), str(line.items), _views(line)) for line in lines]
        terminal.table(rows, heads=("id", "catalog", "areas", "items", "views"), right="areas items")
    for problem in own.problems:
        terminal.note(f"One of your own was left out: {problem}")
    return 0


def _name(line: CatalogLine) -> str:
    return f"{line.title} {line.edition}{' (own)' if line.own else ''}"


def _views(line: CatalogLine) -> str:
    return " ".join(line.views) if len(line.views) <= MOST_VIEWS else f"{len(line.views)}, see catalogs show"
