"""The standards and models that gapbench knows, and what they ask."""

from __future__ import annotations

from gapbench.cli import opening, terminal
from gapbench.errors import CatalogError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from gapbench.catalog.model import Catalog, Group, Item

ABOUT = """\
List the standards and models, show what one of them asks, or look through a
catalog file that you have corrected or written yourself.
"""
EXAMPLES = """\
  gapbench catalogs list
  gapbench catalogs show iso9001-2015
  gapbench catalogs show cmmi-3.0 --json
  gapbench catalogs validate my-standard.yaml"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what the command takes."""
    verbs = parser.add_subparsers(dest="verb", metavar="list|show|validate", required=True)
    listing = verbs.add_parser("list", help="which catalogs there are")
    show = verbs.add_parser("show", help="what one catalog asks")
    show.add_argument("id", metavar="ID", help="a catalog, as in iso9001-2015")
    validate = verbs.add_parser("validate", help="look through a catalog file")
    validate.add_argument("path", metavar="PATH", help="a YAML file")
    for verb in (listing, show, validate):
        verb.add_argument("--json", action="store_true", help="for programs")


def run(options: argparse.Namespace) -> int:
    """List, show or validate."""
    return {"list": _list, "show": _show, "validate": _validate}[options.verb](options)


def _list(options: argparse.Namespace) -> int:
    from gapbench.catalog.shipped import list_shipped

    lines = list_shipped()
    if options.json:
        from gapbench.catalog.as_json import lines_as_json

        terminal.emit_json(lines_as_json(lines))
        return 0
    rows = [(line.id, f"{line.title} {line.edition}", str(line.items), " ".join(line.views)) for line in lines]
    terminal.table(rows, heads=("id", "catalog", "items", "views"), right="items")
    return 0


def _show(options: argparse.Namespace) -> int:
    from gapbench.catalog.shipped import load_shipped

    catalog = load_shipped(options.id)
    if options.json:
        from gapbench.catalog.as_json import catalog_as_json

        terminal.emit_json(catalog_as_json(catalog))
        return 0
    terminal.say(f"{catalog.name} ({catalog.id}): {len(catalog.items)} items")
    terminal.paragraph(catalog.notice)
    for view in catalog.views:
        terminal.paragraph(f"view {view.id}: {view.title}; {len(view.areas)} areas", "  ", "    ")
    for group in catalog.groups:
        _show_group(catalog, group)
    return 0


def _show_group(catalog: Catalog, group: Group) -> None:
    terminal.say("")
    terminal.paragraph(f"{group.id}  {group.title}")
    for item in catalog.items_of.get(group.id, ()):
        terminal.paragraph(f"{item.id}  {item.title}{_marks(item)}", "  ", "    ")
        terminal.paragraph(item.text, "      ")


def _marks(item: Item) -> str:
    marks = [] if item.scored else ["not scored"]
    marks += [] if item.documented == "none" else [f"documented: {item.documented}"]
    marks += [] if item.confidence == "high" else [f"{item.confidence} confidence"]
    return f" [{', '.join(marks)}]" if marks else ""


def _validate(options: argparse.Namespace) -> int:
    from gapbench.catalog.validate import validate

    path = opening.path_of(options.path)
    problems = validate(path)
    if options.json:
        terminal.emit_json({"path": str(path), "sound": not problems, "problems": list(problems)})
    elif problems:
        for problem in problems:
            terminal.say(problem)
    else:
        terminal.say(f"{path}: a sound catalog.")
    if not problems:
        return 0
    count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
    raise CatalogError(f"{path} is not a sound catalog ({count}); correct it and validate again.")
