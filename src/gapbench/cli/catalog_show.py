"""What one catalog asks."""

from __future__ import annotations

from gapbench.cli import terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

    from gapbench.catalog.model import Catalog, Group, Item
    from gapbench.catalog.overlay import Overlay


def arguments(verbs: Any) -> None:
    """Describe what the verb takes."""
    parser = verbs.add_parser("show", help="what one catalog asks")
    parser.add_argument("id", metavar="ID", help="a catalog, as in iso9001-2015")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(options: argparse.Namespace) -> int:
    """Show it."""
    from gapbench.catalog.known import load_known

    catalog = load_known(options.id)
    if options.json:
        from gapbench.catalog.as_json import catalog_as_json

        terminal.emit_json(catalog_as_json(catalog))
        return 0
    from gapbench.catalog.overlay import overlay_for

    overlay = overlay_for(catalog.id)
    terminal.say(f"{catalog.name} ({catalog.id}): {len(catalog.items)} items")
    terminal.paragraph(catalog.notice)
    for line in _about(catalog):
        terminal.paragraph(line, "  ", "    ")
    for group in catalog.groups:
        _group(catalog, group, overlay)
    if overlay.problem:
        terminal.note(f"Your overlay was left out: {overlay.problem}")
    return 0


def _about(catalog: Catalog) -> list[str]:
    lines = [f"contains {catalog.extends} whole"] if catalog.extends else []
    lines += [f"the edition before: {catalog.base}"] if catalog.base else []
    return lines + [f"view {view.id}: {view.title}; {len(view.areas)} areas" for view in catalog.views]


def _group(catalog: Catalog, group: Group, overlay: Overlay) -> None:
    terminal.say("")
    terminal.paragraph(f"{group.id}  {group.title}")
    for item in catalog.items_of.get(group.id, ()):
        terminal.paragraph(f"{item.id}  {item.title}{_marks(item, overlay)}", "  ", "    ")
        terminal.paragraph(item.text, "      ")
        if item.change_note:
            terminal.paragraph(f"{item.change}: {item.change_note}", "      ")


def _marks(item: Item, overlay: Overlay) -> str:
    marks = [] if item.scored else ["not scored"]
    marks += [] if item.documented == "none" else [f"documented: {item.documented}"]
    marks += [] if item.change == "same" else [item.change]
    marks += ["disputed"] if item.disputed else []
    marks += [] if item.confidence == "high" else [f"{item.confidence} confidence"]
    proof = overlay.proof(item)
    marks += [proof] if proof else []
    return f" [{', '.join(marks)}]" if marks else ""
