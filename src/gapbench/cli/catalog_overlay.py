"""Your own words beside ours: how the private overlay of a catalog stands, and an empty one to fill in."""

from __future__ import annotations

from gapbench.cli import opening, terminal
from gapbench.errors import CatalogError, FileError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

    from gapbench.catalog.model import Catalog

_ABOUT = """\
Say how your private overlay of a catalog stands: licensed text or house wording
that the screen shows beside ours. It lies in your own folder and gets into no
engagement file and no export. --template writes an empty one to fill in.
"""


def arguments(verbs: Any) -> None:
    """Describe what the verb takes."""
    parser = verbs.add_parser("overlay", help="your own words beside ours", description=_ABOUT)
    parser.add_argument("id", metavar="ID", help="a catalog, as in iso9001-2015")
    parser.add_argument(
        "--template",
        metavar="PATH",
        nargs="?",
        const="",
        help="write an empty one; without PATH, to where it is looked for",
    )


def run(options: argparse.Namespace) -> int:
    """Say how it stands, or write an empty one."""
    from gapbench.catalog.known import load_known

    catalog = load_known(options.id)
    return _state(catalog) if options.template is None else _template(catalog, options.template)


def _state(catalog: Catalog) -> int:
    from gapbench.catalog.overlay import overlay_for, overlay_path

    overlay = overlay_for(catalog.id)
    if not overlay:
        place = overlay_path(catalog.id) or "nowhere: this machine gives you no home; set GAPBENCH_CATALOGS"
        terminal.say(f"{catalog.name} has no overlay of yours; it would be looked for in {place}")
        return 0
    if overlay.problem:
        raise CatalogError(overlay.problem)
    known = {number: words for number, words in overlay.items.items() if number in catalog.item}
    checked = sum(words.checked for words in known.values())
    terminal.say(
        f"{overlay.path}: words for {len(known)} of {len(catalog.items)} items of {catalog.name}; "
        f"{checked} proof-read by you."
    )
    if strange := len(overlay.items) - len(known):
        terminal.note(f"{strange} of its numbers are not in {catalog.id}; `gapbench catalogs validate` names them.")
    return 0


def _template(catalog: Catalog, text: str) -> int:
    from gapbench.catalog.overlay import overlay_path, template

    place = text or overlay_path(catalog.id)
    if not place:
        raise FileError("This machine gives you no home; name a file, as in --template my-overlay.yaml.")
    path = opening.path_of(place)
    try:
        if not text:
            path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(template(catalog))
    except FileExistsError as problem:
        raise FileError(f"{path} exists already; name another file.") from problem
    except OSError as problem:
        raise FileError(f"{path} cannot be written ({problem.strerror}); name another file.") from problem
    terminal.say(f"{path}: {len(catalog.items)} items to fill in; it stays on this machine.")
    return 0
