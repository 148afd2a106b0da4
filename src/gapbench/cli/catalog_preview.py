"""A catalog as the interview that it becomes: who is asked what, and what to look for."""

from __future__ import annotations

from gapbench.cli import opening, terminal
from gapbench.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from typing import Any

    from gapbench.catalog.model import Catalog, Item

NOBODY = "Nobody is named"

_ABOUT = """\
Show a catalog as an interview: the questions under the people who can answer
them, in reading order, each with what to look for. Who else could answer stands
behind the number.
"""


def arguments(verbs: Any) -> None:
    """Describe what the verb takes."""
    parser = verbs.add_parser("preview", help="a catalog as interview", description=_ABOUT)
    parser.add_argument("catalog", metavar="PATH|ID", help="a file of yours, or a catalog as in cmmi-3.0")
    parser.add_argument("--ask", metavar="WHO", help='only what this person is asked, as in "Quality lead"')


def run(options: argparse.Namespace) -> int:
    """Show it."""
    catalog = _catalog(options.catalog)
    sheets = by_person(catalog.items)
    if options.ask is not None:
        wanted = _person(options.ask, catalog)
        sheets = {wanted: [item for item in catalog.items if wanted in item.ask]}
    _show(catalog, sheets)
    return 0


def by_person(items: Iterable[Item]) -> dict[str, list[Item]]:
    """Items under the first who can answer, in reading order."""
    sheets: dict[str, list[Item]] = {}
    for item in items:
        sheets.setdefault(item.ask[0] if item.ask else NOBODY, []).append(item)
    return sheets


def _person(text: str, catalog: Catalog) -> str:
    people = {name.casefold(): name for item in catalog.items for name in item.ask}
    wanted = " ".join(text.casefold().split())
    if wanted in people:
        return people[wanted]
    known = ", ".join(sorted(people.values())) or "nobody"
    raise UsageError(f"{catalog.name} asks no {text[:80]!r}; it asks {known}.")


def _catalog(text: str) -> Catalog:
    path = opening.path_of(text)
    suffix = path.suffix.casefold()
    if suffix == ".xlsx":
        from gapbench.catalog.load import checked
        from gapbench.excel.pack_reading import read_pack

        return checked(read_pack(path), path.name)
    if suffix in (".yaml", ".yml"):
        from gapbench.catalog.load import load

        return load(path)
    from gapbench.catalog.known import load_known

    return load_known(text)


def _show(catalog: Catalog, sheets: dict[str, list[Item]]) -> None:
    import sys

    from rich.console import Console
    from rich.text import Text

    from gapbench.rating.wording import plural

    class Piped(Console):
        """A console whose reader may leave, as `head` does."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    console = Piped(file=sys.stdout, highlight=False, markup=False, emoji=False)

    def put(text: str, style: str = "", left: int = 0) -> None:
        for line in Text(terminal.clean(text), style).wrap(console, max(20, console.width - left)):
            line.rstrip()
            console.print(Text(" " * left) + line, soft_wrap=True)

    questions = plural(sum(map(len, sheets.values())), "question")
    put(f"{catalog.name}: {questions}, {plural(len(sheets), 'sheet')}", "bold")
    for person, items in sheets.items():
        console.print()
        put(f"{person} ({len(items)})", "bold underline")
        group = ""
        for item in items:
            if item.group != group:
                group = item.group
                console.print()
                put(f"{group}  {catalog.title_of(group)}", "bold", 2)
            others = [name for name in item.ask if name != person]
            beside = f" (or {', '.join(others)})" if others else ""
            put(f"{item.id}{beside}", "cyan", 4)
            put(item.text, "", 6)
            if item.look_for:
                put(f"Look for: {item.look_for}", "dim", 6)
